"""Money as people write it. Minor units: ISO 4217 list one (JPY 0, EUR and RUB 2, KWD and TND 3 digits)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import RateError
from cupola.files.rates import currency_code, minor_units
from cupola.model.currency import MINOR_DIGITS


@pytest.mark.parametrize(
    ("text", "currency", "cents"),
    [
        ("45000 RUB", "RUB", 4_500_000),
        ("45 000.50 RUB", "RUB", 4_500_050),
        ("45_000.5RUB", "RUB", 4_500_050),
        ("45\u00a0000 EUR", "EUR", 4_500_000),
        ("900 JPY", "JPY", 900),
        ("1.234 KWD", "KWD", 1234),
        ("0 EUR", "EUR", 0),
    ],
)
def test_money_becomes_minor_units(text, currency, cents):
    assert minor_units(text, currency) == cents


@pytest.mark.parametrize(
    ("text", "currency", "word"),
    [
        ("45000", "RUB", "45 000.50 RUB"),
        ("RUB 45000", "RUB", "45 000.50 RUB"),
        ("45,000 RUB", "RUB", "45 000.50 RUB"),
        ("45000 EURO", "EUR", '"EUR"'),
        ("45000 €", "EUR", '"EUR"'),
        ("45000 USD", "RUB", "convert it to RUB"),
        ("-1 RUB", "RUB", "minus"),
        ("1.5 JPY", "JPY", "round"),
        ("1.005 EUR", "EUR", "round"),
        ("99999999999999999999 EUR", "EUR", "zeros"),
        ("٤٥ EUR x", "EUR", "45 000.50 EUR"),
    ],
)
def test_money_that_cannot_be_read_says_what_to_write(text, currency, word):
    with pytest.raises(RateError) as caught:
        minor_units(text, currency)
    assert word in caught.value.remedy
    assert caught.value.value in text


@pytest.mark.parametrize(("word", "meant"), [("EURO", "EUR"), ("RUR", "RUB"), ("usd", "USD"), ("$", "USD"), ("GPB", "GBP")])
def test_a_currency_typo_is_answered_with_the_code_that_was_meant(word, meant):
    with pytest.raises(RateError) as caught:
        currency_code(word)
    assert f'did you mean "{meant}"?' in caught.value.remedy


@given(st.sampled_from(sorted(MINOR_DIGITS)), st.integers(0, 10**12))
def test_any_amount_comes_back_from_its_text(currency, cents):
    digits = MINOR_DIGITS[currency]
    whole, rest = divmod(cents, 10**digits)
    text = f"{whole:,}".replace(",", " ") + (f".{rest:0{digits}d}" if digits else "") + f" {currency}"
    assert minor_units(text, currency) == cents
