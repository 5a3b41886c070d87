"""Rounding and exchange. Minor units: ISO 4217 list one; the arithmetic is that of fractions of whole numbers."""

from __future__ import annotations

from datetime import date
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from cupola.model import Rate
from cupola.model.budget import Estimate
from cupola.model.currency import MINOR_DIGITS
from cupola.model.money import Quote
from cupola.money import converted
from cupola.money.sums import percent_of, priced, rate_estimate, scaled

CODES = st.sampled_from(sorted(MINOR_DIGITS))
PER = st.fractions(min_value=Fraction(1, 10**6), max_value=10**6).filter(bool)


@given(st.integers(-(10**13), 10**13), CODES, CODES, PER)
def test_an_exchange_is_rounded_once(cents: int, source: str, target: str, per: Fraction) -> None:
    exact = Fraction(cents, 10 ** MINOR_DIGITS[source]) * per * 10 ** MINOR_DIGITS[target]
    assert Fraction(-1, 2) < converted(cents, source, target, per) - exact <= Fraction(1, 2)


@given(st.integers(-(10**13), 10**13), CODES, CODES, PER)
def test_there_and_back_is_the_same_money(cents: int, source: str, target: str, per: Fraction) -> None:
    minor = per * 10 ** MINOR_DIGITS[target] / 10 ** MINOR_DIGITS[source]
    if minor > 1:  # a minor unit of the target is worth less than one of the source: nothing can be lost
        assert converted(converted(cents, source, target, per), target, source, 1 / per) == cents


@given(st.integers(-(10**13), 10**13), CODES)
def test_one_for_one_is_no_exchange(cents: int, code: str) -> None:
    assert converted(cents, code, code, Fraction(1)) == cents


@given(st.integers(0, 10**6), st.integers(0, 10**9))
def test_a_sum_of_whole_amounts_is_exact(amount: int, cents: int) -> None:
    rate = Rate(cents=cents, currency="EUR")
    assert priced(Fraction(amount), rate).likely == amount * cents == scaled(Fraction(amount), rate_estimate(rate)).likely


@given(st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10**9), st.integers(0, 10000))
def test_a_percentage_keeps_the_order_of_a_range(a: int, b: int, c: int, percent: int) -> None:
    low, likely, high = sorted((a, b, c))
    found = percent_of(Fraction(percent, 100), Estimate(low=low, likely=likely, high=high))
    assert found.low <= found.likely <= found.high


def test_a_foreign_price_is_rounded_where_its_line_ends() -> None:
    # 3 × 0.33 USD at 73.335 RUB = 72.60165 RUB = 7260 kopecks; rounded at the rate it would be 3 × 2420 = 7260.
    # 1000 × 0.01 USD at 73.335 = 733.35 RUB = 73335 kopecks; rounded at the rate it would be 73000
    quote = Quote(currency="USD", low=Fraction("0.01"), likely=Fraction("0.01"), high=Fraction("0.02"), per=Fraction("73.335"))
    rate = Rate(cents=73, currency="RUB", quote=quote)
    assert priced(Fraction(1000), rate) == Estimate(low=73335, likely=73335, high=146670)
    assert rate_estimate(rate) == Estimate(low=73, likely=73, high=147)


def test_a_quote_knows_its_day() -> None:
    one = Quote(currency="USD", low=Fraction(1), likely=Fraction(1), high=Fraction(1), on=date(2021, 10, 5))
    assert not one.is_range
