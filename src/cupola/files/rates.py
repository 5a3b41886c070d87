"""Money as a production writes it: `"45 000.50 RUB"` to whole minor units."""

from __future__ import annotations

import re
from decimal import Decimal

from cupola.errors import RateError
from cupola.files.hints import did_you_mean
from cupola.model.currency import MINOR_DIGITS

_MONEY = re.compile(r"(?P<amount>-?\d+(?:[ _\u00a0\u202f]\d{3})*(?:\.\d+)?)\s*(?P<code>[^\d\s.,_-]+)")
_SIGNS = {"€": "EUR", "$": "USD", "£": "GBP", "₽": "RUB", "¥": "JPY", "RUR": "RUB", "RUBLES": "RUB", "DOLLARS": "USD"}
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
    currency, an amount below zero, or more decimals than the currency has.

    >>> minor_units("45 000.50 RUB", "RUB"), minor_units("900 JPY", "JPY")
    (4500050, 900)
    """
    found = _MONEY.fullmatch(text.strip())
    if found is None:
        raise RateError("money is an amount and a currency", value=text, remedy=f'write it as "45 000.50 {currency}"')
    code = currency_code(found["code"])
    if code != currency:
        remedy = f"convert it to {currency}, and say at what rate in its source"
        raise RateError(f"all money of this production is in {currency}", value=text, remedy=remedy)
    amount, digits = Decimal(re.sub(r"[^\d.-]", "", found["amount"])), MINOR_DIGITS[code]
    cents = amount.scaleb(digits)
    if amount < 0:
        raise RateError("a price is not below zero", value=text, remedy="leave the minus out")
    if cents != cents.to_integral_value():
        decimals = f"at most {digits} decimals" if digits else "no decimals"
        raise RateError(f"{code} has {decimals}", value=text, remedy="round the amount")
    if cents > LARGEST_CENTS:
        raise RateError("an amount is at most 10^15 minor units", value=text, remedy="count the zeros")
    return int(cents)
