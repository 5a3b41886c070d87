"""`cupola rates`: every rate of a production with its source, and the price packs that come with Cupola."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import PRODUCTION_NAME, AsJson, Folder
from cupola.cli.say import print_json, print_table, say
from cupola.errors import RateError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cupola.files.prices import PricePack
    from cupola.model import Production, Rate
    from cupola.money import RateUse

Pack = Annotated[str, typer.Option("--pack", metavar="NAME", help="Print the prices of one pack instead.")]


def rates(folder: Folder = Path(), pack: Pack = "", as_json: AsJson = False) -> None:
    """List every rate with its source, date and range, and the price packs."""
    from cupola.files import did_you_mean, read_production
    from cupola.files.prices import shipped_packs

    packs = list(shipped_packs())
    chosen = [each for each in packs if each.name == pack]
    if pack and not chosen:
        raise RateError("no price pack of this name", value=pack, remedy=did_you_mean(pack, [each.name for each in packs]))
    production = read_production(folder) if not pack or (folder / PRODUCTION_NAME).is_file() else None
    if as_json:
        print_json(rates_document(production, chosen or packs))
        return
    if pack:
        _print_pack(chosen[0])
    elif production is not None:
        _print_rates(production)
        say('Price packs, for price = "PACK/PRICE" of a [[charge]]; their prices with --pack NAME:')
        for each in packs:
            say(f"  {each.name}: {each.title} ({each.on}), {len(each.prices)} prices")


def rates_document(production: Production | None, packs: Sequence[PricePack]) -> dict[str, Any]:
    """Return rates, rates of exchange and price packs as JSON can hold them."""
    from cupola.money import rates_of

    return {
        "currency": production.currency if production else None,
        "rates": [_use(each) for each in rates_of(production)] if production else [],
        "exchange": [
            {"currency": each.currency, "per": float(each.per), "date": str(each.on), "source": each.source, "line": each.line}
            for each in (production.budget.exchanges if production else ())
        ],
        "packs": [_pack(each) for each in packs],
    }


def _use(each: RateUse) -> dict[str, Any]:
    from cupola.money.sums import rate_estimate

    figure, rate = rate_estimate(each.rate), each.rate
    return {
        "whose": each.whose,
        "what": each.what,
        "rate_cents": figure.likely,
        "low_cents": figure.low,
        "high_cents": figure.high,
        "quoted": _quoted(rate),
        "source": rate.source,
        "date": str(rate.on) if rate.on else None,
        "price": each.price or None,
        "line": rate.line or None,
    }


def _pack(each: PricePack) -> dict[str, Any]:
    return {
        "name": each.name,
        "title": each.title,
        "date": str(each.on),
        "source": each.source,
        "prices": [
            {
                "id": price.id,
                "text": price.text,
                "unit": price.unit,
                "account": price.account,
                "rate": price.rate.rate,
                "low": price.rate.low,
                "high": price.rate.high,
                "source": price.rate.source if price.rate.source != "estimate" else each.source,
                "date": str(price.rate.date or each.on),
            }
            for price in each.prices
        ],
    }


def _quoted(rate: Rate) -> str:
    """Return a rate as it was written where that says more: a range, or another currency with its rate of exchange."""
    quote = rate.quote
    if quote is None:
        return ""
    low, likely, high = (_amount(each) for each in (quote.low, quote.likely, quote.high))
    amounts = f"{low} / {likely} / {high}" if quote.is_range else likely
    exchanged = f" at {_amount(quote.per)} of {quote.on}" if quote.on else ""
    return f"{amounts} {quote.currency}{exchanged}"


def _amount(value: Any) -> str:
    return f"{float(value):,.4f}".rstrip("0").rstrip(".")


def _print_rates(production: Production) -> None:
    from cupola.money import rates_of
    from cupola.paper.wording import amount_text

    rows = []
    for each in rates_of(production):
        what = each.price or each.what
        source = each.rate.source + (f" ({each.rate.on})" if each.rate.on else "")
        amount = amount_text(each.rate.cents, production.currency)
        rows.append([each.whose, what, amount, _quoted(each.rate), source, str(each.rate.line or "")])
    head = ["Whose", "What", production.currency, "As written", "Source", "Line"]
    print_table(f"Rates of {production.title}", head, rows, right=[2, 5], whole=[2, 5])
    for exchange in production.budget.exchanges:
        per = _amount(exchange.per)
        say(f"1 {exchange.currency} = {per} {production.currency} on {exchange.on} ({exchange.source}), line {exchange.line}")


def _print_pack(pack: PricePack) -> None:
    rows = []
    for price in pack.prices:
        source = price.rate.source if price.rate.source != "estimate" else pack.source
        span = f" ({price.rate.low} to {price.rate.high})" if price.rate.low or price.rate.high else ""
        rows.append([price.id, price.text, price.account, price.unit, f"{price.rate.rate}{span}", source])
    head = ["Price", "", "Account", "Unit", "Rate", "Source"]
    print_table(f"{pack.name}: {pack.title}, {pack.on}", head, rows, whole=[0, 2])
