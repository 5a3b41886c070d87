"""Charts of accounts, and which account a line is booked on: data, not code."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

from cupola.model.budget import SECTIONS, Chart, ChartAccount

CHART = "film"
"""The chart of a production that brings none."""


@cache
def film_chart() -> Chart:
    """Return the chart that comes with Cupola: 1100-7900 as American features have it, 8000-8999 for orbit."""
    text = (files("cupola.money") / "charts" / f"{CHART}.toml").read_text(encoding="utf-8")
    return chart_of(CHART, tomllib.loads(text))


def chart_of(name: str, data: dict[str, Any]) -> Chart:
    """Return a chart from the tables of its file, which are known to be right; kinds it does not book are booked as usual."""
    accounts = [
        ChartAccount(number=str(number), title=str(title), section=section)
        for section in SECTIONS
        for number, title in data.get(section, {}).items()
    ]
    usual = {} if name == CHART else dict(film_chart().kinds)
    kinds = {**usual, **{str(kind): str(number) for kind, number in data.get("kinds", {}).items()}}
    in_order = tuple(sorted(accounts, key=lambda each: each.number))
    return Chart(id=name, title=str(data.get("title", name)), accounts=in_order, kinds=tuple(kinds.items()))


def kind_key(kind: str) -> str:
    """Return a kind of line as a chart writes it.

    >>> kind_key("crew hours")
    'crew-hours'
    """
    return kind.replace(" ", "-")
