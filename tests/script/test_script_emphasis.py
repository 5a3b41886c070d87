"""Emphasis marks taken off where only letters count (Fountain 1.1, "Emphasis")."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cupola.script.emphasis import plain


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("*rain*", "rain"),
        ("**rain**", "rain"),
        ("***rain***", "rain"),
        ("_rain_", "rain"),
        ("_**HARD**_ rain", "HARD rain"),
        ("a *b **c** d* e", "a b c d e"),
        ("3 * 4 * 5", "3 * 4 * 5"),
        ("*one\ntwo*", "*one\ntwo*"),
        ("\\*rain\\*", "*rain*"),
        ("a lone * and _", "a lone * and _"),
        ("C:\\rain", "C:\\rain"),
    ],
)
def test_marks_with_a_partner_are_taken_off(text: str, letters: str) -> None:
    assert plain(text) == letters


@given(st.text(alphabet="ab *_\\\n", max_size=60))
def test_nothing_but_marks_is_taken_off(text: str) -> None:
    def kept(line: str) -> str:
        return "".join(sign for sign in line if sign not in "*_\\")

    assert kept(plain(text)) == kept(text)
