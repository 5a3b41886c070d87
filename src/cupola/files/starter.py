"""A new production's production.toml: one unit on Earth, one place, the script's cast; every price a placeholder."""

from __future__ import annotations

import json
import math
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta

from cupola.model import Script

STARTER_SCRIPT = """\
Title: {title}
Credit: Written by
Author: You

FADE IN:

INT. KITCHEN - MORNING

ANNA pours two coffees. One of them is for nobody.

ANNA
You're late.

EXT. GARDEN - DUSK

BORIS stands by the gate and does not open it.

BORIS
I know.

INT. KITCHEN - NIGHT

Two cups, both empty. ANNA and BORIS, on the same side of the table.

ANNA
Stay for the morning, then.
"""
"""Three scenes to plan until there is a script."""

RANKS = (("lead", 2, 3000, 1500), ("support", 6, 1200, 600), ("day player", 10**6, 500, 250))
"""Rank, how many roles have it, and its price for a day of work and of hold, in whole units of the currency."""

PLACEHOLDER = "estimate"
WORK_DAYS_FOR_A_PAGE = 0.25
"""Four pages a day: a feature's two to five."""


def starter_toml(script: Script, *, script_file: str, title: str, currency: str, start: date) -> str:
    """Return a production.toml with which any script plans as it is; what to change is said in its comments."""
    last = start + timedelta(days=span_days(script) - 1)
    return "\n".join(
        [*_film(title, currency, script_file), *_unit(currency, start, last), *_place(currency), *_cast(script, currency)]
    )


def span_days(script: Script) -> int:
    """Return calendar days with room to spare: twice the work days of the pages at six days a week, and two weeks."""
    pages = sum(scene.eighths for scene in script.scenes) / 8
    return 14 + math.ceil(pages * WORK_DAYS_FOR_A_PAGE * 2 * 7 / 6)


def roles_by_rank(script: Script) -> list[tuple[str, str]]:
    """Return (role, rank), the largest role first: by eighths, then by first appearance."""
    eighths: Counter[str] = Counter()
    for scene in script.scenes:
        for name in scene.cast:
            eighths[name] += scene.eighths
    names = sorted(eighths, key=lambda name: -eighths[name])
    ranks = [rank for rank, count, *_ in RANKS for _ in range(min(count, len(names)))]
    return list(zip(names, ranks, strict=False))


def quoted(text: str) -> str:
    """Return a text as a TOML basic string."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def _film(title: str, currency: str, script_file: str) -> Iterator[str]:
    yield "# What the script cannot carry. Every price below is a placeholder: put your own, with its source, as in"
    yield f'# work = {{ rate = "3000 {currency}", source = "deal memo of 2 March" }}'
    yield "[production]"
    yield f"title = {quoted(title)}"
    yield f"currency = {quoted(currency)}"
    yield f"script = {quoted(script_file)}"
    yield 'rules = ["film-12h"]'
    yield ""


def _unit(currency: str, start: date, last: date) -> Iterator[str]:
    yield "[[unit]]"
    yield 'id = "main"'
    yield f"first = {start}"
    yield f"last = {last}"
    yield 'tz = "Europe/London"'
    yield "page_min = 160  # shooting minutes for a page: your pace"
    yield 'days_off = ["sunday"]'
    yield f'day_rate = {{ rate = "15000 {currency}", source = "{PLACEHOLDER}" }}'
    yield f'move_rate = {{ rate = "3000 {currency}", source = "{PLACEHOLDER}" }}'
    yield ""


def _place(currency: str) -> Iterator[str]:
    yield "# One place takes every set until you add others, each with the sets that are shot there:"
    yield '# sets = ["KITCHEN", "HOUSE - ROOF"]. The Sun is computed for lat_deg and lon_deg (Greenwich until you say where).'
    yield "[[place]]"
    yield 'id = "base"'
    yield 'name = "Base"'
    yield 'unit = "main"'
    yield 'sets = ["*"]'
    yield "lat_deg = 51.4779"
    yield "lon_deg = 0.0"
    yield f'day_rate = {{ rate = "2000 {currency}", source = "{PLACEHOLDER}" }}'
    yield ""


def _cast(script: Script, currency: str) -> Iterator[str]:
    prices = {rank: (work, hold) for rank, _, work, hold in RANKS}
    for number, (name, rank) in enumerate(roles_by_rank(script), start=1):
        work, hold = prices[rank]
        yield f"[[cast]]  # {rank}"
        yield f"id = {quoted(name)}"
        yield f"board_id = {number}"
        yield f'work = {{ rate = "{work} {currency}", source = "{PLACEHOLDER}" }}'
        yield f'hold = {{ rate = "{hold} {currency}", source = "{PLACEHOLDER}" }}'
        yield ""
