"""A board goes out to other programs as a schedule, and is the same board when it comes back."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cupola.errors import ScheduleError
from cupola.exchange.board_schedule import calendar_on, schedule_of
from cupola.exchange.exporters import exporter_named
from cupola.exchange.schedule_reader import parse_schedule
from cupola.exchange.uss import parse_uss
from cupola.exchange.uss_write import to_uss
from cupola.files import read_board, read_production

EXAMPLES = Path(__file__).parents[2] / "examples"


@pytest.fixture(scope="module", params=["the-challenge/agreed"])
def film(request):
    folder, name = request.param.split("/")
    production = read_production(EXAMPLES / folder)
    return production, read_board(EXAMPLES / folder / "boards" / f"{name}.json", production)


def test_every_strip_stands_on_its_date(film):
    production, board = film
    schedule = schedule_of(production, board)
    (out,) = schedule.boards
    sheets = {sheet.id: sheet for sheet in schedule.sheets}
    dates = schedule.calendar_of(out).workdays(out.day_count)
    found = {
        (unit.id.removeprefix("unit "), day, sheets[id].number.split("PT")[0])
        for unit in out.shooting
        for day, ids in zip(dates, unit.days, strict=False)
        for id in ids
        if sheets[id].kind == "scene"
    }
    assert found == {(day.unit, day.date, strip.scene) for day in board.days for strip in day.strips}
    assert sum(sheet.eighths for sheet in schedule.sheets) == sum(scene.eighths for scene in production.script.scenes)


def test_the_standard_reads_the_export_as_it_was_meant(film):
    schedule = schedule_of(*film)
    assert replace(parse_uss(to_uss(schedule)), notes=(), header=()) == replace(
        schedule,
        sheets=tuple(replace(one, extra=CREATED) for one in schedule.sheets),
        categories=tuple(replace(one, extra=CREATED) for one in schedule.categories),
        items=tuple(replace(one, extra=ITEM) for one in schedule.items),
        calendars=tuple(
            replace(one, events=tuple(replace(e, extra=(("id", f'"{e.kind} {e.date}"'),)) for e in one.events))
            for one in schedule.calendars
        ),
    )


CREATED = (("created", '"1970-01-01T00:00:00.000Z"'),)
ITEM = (*CREATED, ("isIdLock", "false"), ("linkedElements", "[]"))


@pytest.mark.parametrize("form", ["uss", "sex", "msd"])
def test_each_format_is_told_by_its_bytes_and_has_every_scene(film, form):
    production, board = film
    data = exporter_named(form).write(production, board)
    assert data == exporter_named(form).write(production, board)
    read = parse_schedule(data, file="film.any")
    numbers = {sheet.number.split("PT")[0] for sheet in read.scenes}
    assert numbers == {scene.number for scene in production.script.scenes}
    cast = {item.name for item in read.items if item.word == "cast"}
    assert cast == {name for scene in production.script.scenes for name in scene.cast}
    assert sum(sheet.eighths for sheet in read.scenes) == sum(scene.eighths for scene in production.script.scenes)


@settings(max_examples=60, deadline=None)
@given(st.sets(st.dates(date(2026, 1, 1), date(2026, 6, 1)), min_size=1, max_size=30))
def test_a_calendar_has_just_the_dates_it_is_made_of(dates):
    calendar = calendar_on(dates, id="k", name="")
    assert set(calendar.workdays(len(dates))) == dates
    assert all(day - timedelta(days=1) not in calendar.dates_off for day in dates if day == calendar.start)


@pytest.mark.parametrize(
    ("name", "data", "rule"),
    [
        ("a.mmsx", b"\x01\x02", "encrypts it"),
        ("a.fdx", b"<FinalDraft/>", "does not know this kind"),
        ("a.pdf", b"%PDF-1.7", "two reports"),
        ("a.uss", b"", "not JSON"),
    ],
)
def test_what_is_none_is_refused(name, data, rule):
    with pytest.raises(ScheduleError) as caught:
        parse_schedule(data, file=name)
    assert rule in caught.value.rule
    assert caught.value.remedy


def test_a_second_file_belongs_to_printed_reports_only():
    with pytest.raises(ScheduleError, match="only a printed report"):
        parse_schedule(b"SSI*", file="a.sex", other=b"", other_file="b.pdf")
