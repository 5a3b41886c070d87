"""Money of a file's entries as rates that know their line, their source and, where it is foreign, their rate of exchange."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from cupola.errors import RateError
from cupola.files.documents_money import ExchangeDoc
from cupola.files.entries import MoneyDoc
from cupola.files.folder import Toml
from cupola.files.locate import KeyPath
from cupola.files.people import Priced
from cupola.files.rates import currency_code, quoted
from cupola.model import Rate
from cupola.model.money import Exchange, Quote
from cupola.money.sums import exact_cents, half_up


def exchanges_of(found: Mapping[str, ExchangeDoc], currency: str, toml: Toml) -> dict[str, Exchange]:
    """Return the rates of exchange of production.toml; raises RateError for one that is none, or the own."""
    exchanges: dict[str, Exchange] = {}
    for code, entry in found.items():
        path: KeyPath = ("currency", code)
        try:
            if currency_code(code) == currency:
                remedy = "take the table out; it is for other currencies"
                raise RateError("the production counts in this currency itself", value=code, remedy=remedy)
            quote = quoted(entry.rate, currency)
        except RateError as error:
            raise toml.wrong(path, error.rule, value=error.value, remedy=error.remedy, kind=RateError) from None
        if quote.is_range or not quote.likely:
            rule, remedy = "a rate of exchange is one amount above zero", f'write rate = "73.5 {currency}"'
            raise toml.wrong((*path, "rate"), rule, value=entry.rate, remedy=remedy, kind=RateError)
        line = toml.line(path)
        exchanges[code] = Exchange(currency=code, per=quote.likely, on=entry.date, source=entry.source, line=line)
    return exchanges


def pricing(currency: str, exchanges: Mapping[str, Exchange], toml: Toml) -> Priced:
    """Return what turns an entry of a file into a rate; it raises RateError with the entry's line."""

    def priced(money: MoneyDoc | None, path: KeyPath) -> Rate | None:
        if money is None:
            return None
        try:
            quote = _quote(money, currency, exchanges)
            rate = Rate(cents=0, currency=currency, source=money.source, line=toml.line(path), quote=quote, on=money.date)
        except RateError as error:
            raise toml.wrong(path, error.rule, value=error.value, remedy=error.remedy, kind=RateError) from None
        cents = half_up(exact_cents(rate)[1])
        plain = not quote.is_range and quote.currency == currency
        return replace(rate, cents=cents, quote=None if plain else quote)

    return priced


def _quote(money: MoneyDoc, currency: str, exchanges: Mapping[str, Exchange]) -> Quote:
    """Return an entry's price, its range said by `rate` itself or by `low` and `high`."""
    quote = quoted(money.rate, currency, exchanges)
    low, high = (quoted(each, currency, exchanges) if each else None for each in (money.low, money.high))
    for end in (low, high):
        if end is not None and (end.is_range or end.currency != quote.currency):
            remedy = "write rate, low and high as one amount each, in one currency"
            raise RateError("a range is three amounts of one currency", value=money.rate, remedy=remedy)
    made = replace(quote, low=low.low if low else quote.low, high=high.high if high else quote.high)
    if not made.low <= made.likely <= made.high:
        remedy = "put low, rate and high in this order"
        raise RateError("the likely figure lies between low and high", value=money.rate, remedy=remedy)
    return made
