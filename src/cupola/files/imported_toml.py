"""The production.toml of an imported schedule: its calendar and people as they are, every price a placeholder."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from cupola.exchange.schedule_file import Calendar, Item
from cupola.files.entries import WEEKDAYS
from cupola.files.imported_script import BASE, MAIN_UNIT, ImportedPlace, ImportedScene
from cupola.files.starter import PLACEHOLDER, RANKS, quoted, roles_by_rank
from cupola.model import Script

LONGEST_AWAY = 400
AWAY = "a day off in the imported schedule"


@dataclass(frozen=True, kw_only=True, slots=True)
class Frame:
    """What a production needs beside its scenes: title, currency, units in order, their calendar and span, and their pace.

    `whole` are scenes that are shot in one go though the pace would split them, in `whole_min` minutes each.
    """

    title: str
    source: str
    currency: str
    units: tuple[str, ...]
    calendar: Calendar
    first: date
    last: date
    max_sets: int = 4
    page_min: int = 160
    whole: frozenset[str] = frozenset()
    whole_min: int = 300
    lit: frozenset[str] = frozenset()


def toml_of(
    frame: Frame,
    scenes: Sequence[ImportedScene],
    places: Sequence[ImportedPlace],
    roles: Mapping[str, Item],
    script: Script | None,
) -> str:
    """Return production.toml; `roles` are the items of cast by role, `script` (once it is read) ranks them for their prices."""
    lines = [*_film(frame)]
    for unit in frame.units:
        lines += _unit(frame, unit)
    for place in places:
        lines += _place(frame, place)
    used = {name for scene in scenes for name in scene.cast}
    lines += _cast(frame, {name: item for name, item in roles.items() if name in used}, script)
    for scene in scenes:
        lines += _scene(frame, scene)
    return "\n".join(lines)


def _film(frame: Frame) -> Iterator[str]:
    yield f"# Imported from {quoted(frame.source)}: scenes, pages, cast, elements, calendar and boards are that file's. It says"
    yield "# no prices, no places on Earth and no hours: those here are placeholders, to be put right before planning."
    yield "[production]"
    yield f"title = {quoted(frame.title)}"
    yield f"currency = {quoted(frame.currency)}"
    yield 'script = "script.fountain"'
    yield 'rules = ["film-12h"]'
    yield ""


def _unit(frame: Frame, unit: str) -> Iterator[str]:
    off = ", ".join(quoted(WEEKDAYS[day]) for day in frame.calendar.days_off)
    yield "[[unit]]"
    yield f"id = {quoted(unit)}"
    yield f"first = {frame.first}"
    yield f"last = {frame.last}"
    yield f"page_min = {frame.page_min}  # the slowest pace at which every day of the file's boards can be shot in twelve hours"
    yield f"max_sets = {frame.max_sets}  # the most that one of those days has"
    yield f"days_off = [{off}]"
    dates = [day for day in frame.calendar.dates_off if frame.first <= day <= frame.last]
    if dates:
        yield f"dates_off = [{', '.join(map(str, dates))}]"
    yield f'day_rate = {{ rate = "15000 {frame.currency}", source = "{PLACEHOLDER}" }}'
    yield f'move_rate = {{ rate = "3000 {frame.currency}", source = "{PLACEHOLDER}" }}'
    yield ""


def _place(frame: Frame, place: ImportedPlace) -> Iterator[str]:
    if place.id == BASE:
        yield "# One place takes every set of the main unit until you add others, each with the sets that are shot there. With"
        yield '# lat_deg and lon_deg, and without light = "any" in its scenes, exteriors get the real light of the day.'
    yield "[[place]]"
    yield f"id = {quoted(place.id)}"
    yield f"name = {quoted(place.name)}"
    yield f"unit = {quoted(place.unit)}"
    yield f"hub = {quoted(BASE if place.unit == MAIN_UNIT else place.unit)}"
    yield f"sets = [{quoted(place.word or '*')}]"
    yield f'day_rate = {{ rate = "2000 {frame.currency}", source = "{PLACEHOLDER}" }}'
    yield ""


def _cast(frame: Frame, roles: Mapping[str, Item], script: Script | None) -> Iterator[str]:
    prices = {rank: (work, hold) for rank, _, work, hold in RANKS}
    ranks = dict(roles_by_rank(script)) if script else {}
    ids = _board_ids(roles)
    for name, item in roles.items():
        work, hold = prices[ranks.get(name, RANKS[-1][0])]
        yield "[[cast]]"
        yield f"id = {quoted(name)}"
        if name in ids:
            yield f"board_id = {ids[name]}"
        yield f'work = {{ rate = "{work} {frame.currency}", source = "{PLACEHOLDER}" }}'
        if item.may_hold:
            yield f'hold = {{ rate = "{hold} {frame.currency}", source = "{PLACEHOLDER}" }}'
        if item.may_drop and item.drop_days:
            yield f"drop_days = {item.drop_days}"
        away = _away(frame, item)
        if away:
            yield "away = ["
            yield from (f'    {{ first = {day}, last = {day}, why = "{AWAY}" }},' for day in away)
            yield "]"
        yield ""


def _board_ids(roles: Mapping[str, Item]) -> dict[str, int]:
    """Return the board numbers that are whole numbers and one role's own."""
    found: dict[int, str] = {}
    for name, item in roles.items():
        text = item.board_id
        if text.isascii() and text.isdigit() and len(text) <= 5 and int(text) > 0:
            found.setdefault(int(text), name)
    return {name: number for number, name in found.items()}


def _away(frame: Frame, item: Item) -> list[date]:
    """Return the dates of the span on which a person cannot work: weekdays off, and single days off."""
    span = (frame.first + timedelta(days=n) for n in range((frame.last - frame.first).days + 1))
    off = {event.date for event in item.events if event.kind == "day off"}
    return [day for day in span if day in off or day.weekday() in item.days_off][:LONGEST_AWAY]


def _scene(frame: Frame, scene: ImportedScene) -> Iterator[str]:
    yield f"[scene.{quoted(scene.number)}]"
    yield f"eighths = {max(1, scene.eighths)}"
    if scene.minutes or scene.number in frame.whole:
        yield f"minutes = {scene.minutes or frame.whole_min}{'' if scene.minutes else '  # in one go, as the file has it'}"
    if scene.number in frame.lit:
        yield 'light = "any"'
    yield f"cast = [{', '.join(map(quoted, scene.cast))}]"
    if scene.elements:
        yield f"elements = [{', '.join(map(quoted, scene.elements))}]"
    yield ""
