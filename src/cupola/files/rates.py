"""Money as a production writes it: `"45 000.50 RUB"` to whole minor units, `"30-60 M USD"` to a quote, exchanged exactly."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal
from fractions import Fraction

from cupola.errors import RateError
from cupola.files.hints import did_you_mean
from cupola.model.currency import MINOR_DIGITS
from cupola.model.money import Exchange, Quote

_NUMBER = r"\d+(?:[ _\u00a0\u202f]\d{3})*(?:\.\d+)?"
_MONEY = re.compile(
    rf"(?P<low>-?{_NUMBER})(?:\s*[-\u2013]\s*(?P<high>{_NUMBER}))?\s*(?:(?P<scale>k|M|bn)\s+)?(?P<code>[^\d\s.,_-]+)"
)
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "¥": "JPY", "RUR": "RUB", "RUBLES": "RUB", "DOLLARS": "USD"}
_SCALES = {None: 0, "k": 3, "M": 6, "bn": 9}
LONGEST = 80
"""Signs of money at most."""
LARGEST_CENTS = 10**15
"""Beyond any film, and well inside what solvers and tables can add up."""


def currency_code(word: str) -> str:
    """Return an ISO 4217 code that is in use; raises RateError with the code that may be meant."""
    if word in MINOR_DIGITS:
        return word
    meant = _SIGNS.get(word.upper())
    remedy = f'did you mean "{meant}"?' if meant else did_you_mean(word, MINOR_DIGITS, "write its three letters, such as EUR")
    raise RateError("a currency is an ISO 4217 code", value=word, remedy=remedy)


def minor_units(text: str, currency: str) -> int:
    """Return an amount of money in minor units of `currency`.

    The amount stands first, with a decimal point and at most single spaces between thousands. Raises RateError for another
    currency, an amount below zero, a range, or more decimals than the currency has.

    >>> minor_units("45 000.50 RUB", "RUB"), minor_units("900 JPY", "JPY")
    (4500050, 900)
    """
    quote = quoted(text, currency)
    if quote.is_range:
        raise RateError("this must be one amount, not a range", value=text, remedy="write the likely one")
    return int(quote.likely * 10 ** MINOR_DIGITS[currency])


def quoted(text: str, currency: str, exchanges: Mapping[str, Exchange] | None = None) -> Quote:
    """Return money as it is written: an amount or a range of them, in `currency` or one that is exchanged into it.

    `k`, `M` and `bn` stand for thousands, millions and thousands of millions. The likely figure of a range is its middle.
    Raises RateError as `minor_units` does, and for a currency that nobody says the price of.

    >>> quote = quoted("30-60 M USD", "USD")
    >>> int(quote.low), int(quote.likely), int(quote.high)
    (30000000, 45000000, 60000000)
    """
    found = _MONEY.fullmatch(text.strip()) if len(text) <= LONGEST else None
    if found is None:
        raise RateError("money is an amount and a currency", value=text, remedy=f'write it as "45 000.50 {currency}"')
    code = currency_code(found["code"])
    exchange = (exchanges or {}).get(code)
    if code != currency and exchange is None:
        remedy = f"convert it to {currency}, or say what one costs: [currency.{code}] with rate and date"
        raise RateError(f"all money of this production is in {currency}", value=text, remedy=remedy)
    low = _amount(found["low"], found["scale"], code, text)
    high = low if found["high"] is None else _amount(found["high"], found["scale"], code, text)
    if high < low:
        raise RateError("a range runs from low to high", value=text, remedy="swap the two")
    return Quote(
        currency=code,
        low=low,
        likely=(low + high) / 2,
        high=high,
        per=exchange.per if exchange and code != currency else Fraction(1),
        on=exchange.on if exchange and code != currency else None,
    )


def _amount(written: str, scale: str | None, code: str, text: str) -> Fraction:
    """Return an amount in whole units; raises RateError for one that its currency cannot have."""
    amount, digits = Decimal(re.sub(r"[^\d.-]", "", written)).scaleb(_SCALES[scale]), MINOR_DIGITS[code]
    cents = amount.scaleb(digits)
    if amount < 0:
        raise RateError("a price is not below zero", value=text, remedy="leave the minus out")
    if cents != cents.to_integral_value():
        decimals = f"at most {digits} decimals" if digits else "no decimals"
        raise RateError(f"{code} has {decimals}", value=text, remedy="round the amount")
    if cents > LARGEST_CENTS:
        raise RateError("an amount is at most 10^15 minor units", value=text, remedy="count the zeros")
    return Fraction(amount)
