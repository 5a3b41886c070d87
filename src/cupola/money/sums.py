"""Exact sums: fractions of minor units, rounded half up once, where a line ends."""

from __future__ import annotations

from fractions import Fraction

from cupola.model import Rate
from cupola.model.budget import Estimate
from cupola.model.currency import MINOR_DIGITS


def half_up(value: Fraction) -> int:
    """Round to a whole number, halves upwards.

    >>> half_up(Fraction(5, 2)), half_up(Fraction(7, 3)), half_up(Fraction(-5, 2))
    (3, 2, -2)
    """
    return (2 * value.numerator + value.denominator) // (2 * value.denominator)


def converted(cents: int, source: str, target: str, per: Fraction) -> int:
    """Return minor units of one currency in minor units of another, where one unit of `source` costs `per` of `target`.

    >>> converted(100, "USD", "RUB", Fraction("73.5")), converted(7350, "RUB", "USD", 1 / Fraction("73.5"))
    (7350, 100)
    """
    return half_up(Fraction(cents) * per * 10 ** MINOR_DIGITS[target] / 10 ** MINOR_DIGITS[source])


def exact_cents(rate: Rate) -> tuple[Fraction, Fraction, Fraction]:
    """Return a rate as low, likely and high in minor units of its currency, before any rounding."""
    quote = rate.quote
    if quote is None:
        return (Fraction(rate.cents),) * 3
    scale = quote.per * 10 ** MINOR_DIGITS[rate.currency]
    return quote.low * scale, quote.likely * scale, quote.high * scale


def rate_estimate(rate: Rate) -> Estimate:
    """Return a rate in whole minor units."""
    if rate.quote is None:
        return certain(rate.cents)
    low, likely, high = map(half_up, exact_cents(rate))
    return Estimate(low=low, likely=likely, high=high)


def priced(amount: Fraction, rate: Rate) -> Estimate:
    """Return amount × rate, exchanged exactly and rounded once: what a line entered by hand costs."""
    low, likely, high = (half_up(amount * each) for each in exact_cents(rate))
    return Estimate(low=low, likely=likely, high=high)


def scaled(amount: Fraction, rate: Estimate) -> Estimate:
    """Return amount × a rate of whole minor units: what a line of the board costs, as the search counts it."""
    if not rate.is_range:
        return certain(half_up(amount * rate.likely))
    return Estimate(low=half_up(amount * rate.low), likely=half_up(amount * rate.likely), high=half_up(amount * rate.high))


def percent_of(percent: Fraction, base: Estimate) -> Estimate:
    """Return a percentage of a base, rounded once."""
    return scaled(percent / 100, base)


def certain(cents: int) -> Estimate:
    """Return an amount that is no range."""
    return Estimate(low=cents, likely=cents, high=cents)
