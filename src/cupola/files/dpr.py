"""The form of a daily production report: TOML or a workbook that a person fills in, one for each shooting day, in `dpr/`.

TOML keeps in git and a slip in it is told with its line; a workbook is what an office has, and a slip is told with its cell.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import tomlkit

from cupola.errors import ProductionError
from cupola.files import folder as home
from cupola.files.documents_dpr import CastTimeDoc, FormDoc, SceneShotDoc
from cupola.files.dpr_workbook import form_workbook, read_workbook
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.files.locate import KeyPath
from cupola.files.shape import shaped_as
from cupola.model import Board, Day, Production
from cupola.paper.dpr import Card, CastTime, Delay, FilledDay, SceneShot
from cupola.paper.strips import day_zone, days_of_unit

FORMS = "dpr"
"""The folder of the forms, in that of the production."""
TOML, XLSX = ".toml", ".xlsx"


def form_path(folder: Path, day: Day, suffix: str = TOML) -> Path:
    """Return where the form of a day is: `dpr/main-03.toml`, or `dpr/main-03.xlsx`."""
    unit = "".join(sign if sign.isalnum() or sign in "-_" else "-" for sign in day.unit)
    return folder / FORMS / f"{unit}-{day.number:02d}{suffix}"


def found_form(folder: Path, day: Day) -> Path | None:
    """Return the form of a day, None where it has none yet; raises ProductionError where it has two."""
    found = [path for path in (form_path(folder, day, suffix) for suffix in (TOML, XLSX)) if path.is_file()]
    if len(found) > 1:
        rule, remedy = (
            "a day has one form, as TOML or as a workbook",
            f"keep {found[0].name} or {found[1].name}, take the other away",
        )
        raise ProductionError(rule, value=f"{day.unit}:{day.number} has both", remedy=remedy, file=str(found[1]))
    return found[0] if found else None


def read_forms(folder: Path, production: Production, board: Board, day: Day) -> tuple[FilledDay, ...]:
    """Read the forms of a day and of all earlier days of its unit that have one.

    Raises ProductionError with file and line, or cell, for a form that does not fit the production, the day, or what was
    shot before.
    """
    days = [each for each in days_of_unit(board, day.unit) if each.number <= day.number]
    done: dict[str, int] = {}
    forms: list[FilledDay] = []
    for each in days:
        path = found_form(folder, each)
        if path:
            forms.append(_read(path, production, each, done))
        elif each.number == day.number:
            rule, remedy = "this day has no form", "run the verb again: it writes one to be filled"
            missing = str(form_path(folder, each))
            raise ProductionError(rule, value=missing, remedy=remedy, file=missing)
    return tuple(forms)


def _read(path: Path, production: Production, day: Day, done: dict[str, int]) -> FilledDay:
    """Read one form; `done` counts the eighths of each scene that are shot, and grows."""
    toml = read_workbook(path, day.date) if path.suffix == XLSX else home.read_toml(path)[0]
    doc = shaped_as(FormDoc, toml)
    if (doc.unit, doc.number) != (day.unit, day.number):
        rule, remedy = f"this is the form of {day.unit}:{day.number}", "look at the file's name, or at unit and number"
        raise toml.wrong(("number",), rule, value=f"{doc.unit}:{doc.number}", remedy=remedy)
    clock = _Clock(production, day)
    return FilledDay(
        unit=doc.unit,
        number=doc.number,
        call=clock.at(doc.call),
        first_shot=clock.at(doc.first_shot),
        meal=clock.span(doc.meal),
        first_after_meal=clock.at(doc.first_after_meal),
        camera_wrap=clock.at(doc.camera_wrap),
        last_out=clock.at(doc.last_out),
        scenes=tuple(_scene(each, ("scene", number), production, done, toml) for number, each in enumerate(doc.scene)),
        cast=tuple(_cast(each, ("cast", number), production, clock, toml) for number, each in enumerate(doc.cast)),
        background=tuple((each.name, each.count) for each in doc.background),
        cards=tuple(Card(name=each.card, used=each.used, copies=each.copies) for each in doc.media),
        delays=tuple(Delay(minutes=each.minutes, why=each.why) for each in doc.delay),
        injuries=doc.injuries,
        notes=doc.notes,
    )


class _Clock:
    """The clock of a day's place: a time more than four hours before the call is of the next morning."""

    def __init__(self, production: Production, day: Day) -> None:
        self.zone = ZoneInfo(day_zone(production, day))
        self.day = day
        self.earliest = (day.call_utc - timedelta(hours=4)).astimezone(self.zone)

    def at(self, clock: time | None) -> datetime | None:
        if clock is None:
            return None
        found = datetime.combine(self.day.date, clock, tzinfo=self.zone)
        return (found if found >= self.earliest else found + timedelta(days=1)).astimezone(UTC)

    def span(self, clocks: tuple[time, time] | None) -> tuple[datetime, datetime] | None:
        first, last = (self.at(clocks[0]), self.at(clocks[1])) if clocks else (None, None)
        return (first, last) if first and last else None


def _scene(doc: SceneShotDoc, path: KeyPath, production: Production, done: dict[str, int], toml: Toml) -> SceneShot:
    """Return what was shot of a scene; a complete one has all the eighths that were left."""
    known = {scene.number: scene.eighths for scene in production.script.scenes}
    if doc.number not in known:
        remedy = did_you_mean(doc.number, known)
        raise toml.wrong((*path, "number"), "the script has no such scene", value=doc.number, remedy=remedy)
    left = known[doc.number] - done.get(doc.number, 0)
    if (doc.eighths or 0) > left:
        rule = f"scene {doc.number} has {left} of its {known[doc.number]} eighths left to shoot"
        raise toml.wrong((*path, "eighths"), rule, value=doc.eighths, remedy="look at the forms of the days before")
    eighths = left if doc.complete else doc.eighths or 0
    done[doc.number] = done.get(doc.number, 0) + eighths
    return SceneShot(
        scene=doc.number, eighths=eighths, complete=doc.complete, setups=doc.setups, seconds=doc.seconds, note=doc.note
    )


def _cast(doc: CastTimeDoc, path: KeyPath, production: Production, clock: _Clock, toml: Toml) -> CastTime:
    roles = [member.id for member in production.cast]
    if doc.id not in roles:
        remedy = did_you_mean(doc.id, roles)
        raise toml.wrong((*path, "id"), "the production has no such role", value=doc.id, remedy=remedy)
    return CastTime(
        role=doc.id, came=clock.at(doc.came), left=clock.at(doc.left), meal=clock.span(doc.meal), travel_min=doc.travel_min
    )


def form_data(production: Production, day: Day) -> dict[str, Any]:
    """Return what is known of a day before it is shot, as its form says it: its call, its scenes and its cast."""
    zone = ZoneInfo(day_zone(production, day))
    scenes = dict.fromkeys(strip.scene for strip in day.strips)
    cast = [member.id for member in production.cast if any(member.id in strip.cast for strip in day.strips)]
    data = {
        "unit": day.unit,
        "number": day.number,
        "call": f"{day.call_utc.astimezone(zone):%H:%M}",
        "scene": [{"number": number, "complete": False, "eighths": 0, "setups": 0, "seconds": 0} for number in scenes],
        "cast": [{"id": name, "travel_min": 0} for name in cast],
    }
    return {key: value for key, value in data.items() if value != []}


def form_bytes(production: Production, board: Board, day: Day, suffix: str) -> bytes:
    """Return the form of a day to be filled, as TOML or as an Excel workbook."""
    if suffix == TOML:
        return form_text(production, board, day).encode()
    return form_workbook(form_data(production, day), title=board.title, day=day.date, zone=day_zone(production, day))


def form_text(production: Production, board: Board, day: Day) -> str:
    """Return the form of a day to be filled: its scenes and cast are there, what happened is not."""
    data = form_data(production, day)
    form = tomlkit.document()
    form.add(tomlkit.comment(f"{board.title}: what happened on {day.unit}:{day.number}, {day.date}."))
    zone = day_zone(production, day)
    form.add(tomlkit.comment(f"Times are those of the place ({zone}). Take out what you do not know; nothing is guessed."))
    for key in ("unit", "number", "call"):
        form.add(key, tomlkit.item(data[key]))
    for line in (
        'first_shot = "08:40"',
        'meal = "13:00-14:00"',
        'first_after_meal = "14:20"',
        'camera_wrap = "19:05"',
        'last_out = "19:50"',
        'notes = ""',
        'injuries = ["who, what, where"]',
    ):
        form.add(tomlkit.comment(line))
    for key in ("scene", "cast"):
        if key in data:
            form.add(key, _table(data[key]))
    text = tomlkit.dumps(form)
    more = (
        '# in each [[cast]]: came = "07:00", left = "19:10", meal = "13:00-14:00"\n'
        '# [[background]]\n# name = "passers-by"\n# count = 12\n'
        '# [[media]]\n# card = "A001"\n# used = "412 GB"\n# copies = 2\n'
        '# [[delay]]\n# minutes = 35\n# why = "rain"\n'
    )
    return f"{text}\n{more}"


def _table(rows: Sequence[dict[str, object]]) -> tomlkit.items.AoT:
    tables = tomlkit.aot()
    for row in rows:
        table = tomlkit.table()
        for key, value in row.items():
            table.add(key, tomlkit.item(value))
        tables.append(table)
    return tables
