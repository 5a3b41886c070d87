"""Universal Schedule Standard files, read as the documentation of version 1.0.0 says (docs/docs.md of the standard)."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from cupola.errors import ScheduleError
from cupola.exchange.schedule_file import Calendar, Event
from cupola.exchange.uss import parse_uss

HERE = Path(__file__).parent / "uss"
HARBOUR = (HERE / "harbour.uss").read_bytes()
OLD = (HERE / "harbour-old-spelling.uss").read_bytes()


@pytest.fixture(scope="module")
def harbour():
    return parse_uss(HARBOUR, file="harbour.uss")


def document():
    return json.loads(HARBOUR)


def parsed(document):
    return parse_uss(json.dumps(document).encode(), file="a.uss")


def test_the_header_says_what_it_is_of(harbour):
    assert (harbour.title, harbour.name, harbour.id) == ("Harbour Lights", "White Schedule", "harbour")
    assert dict(harbour.header)["source"] == '"written by hand"'
    assert harbour.notes == ()


def test_keys_beside_the_standard_are_carried(harbour):
    assert dict(harbour.header)["_note"] == '{"kept": [1, 2, 3]}'
    item = next(item for item in harbour.items if item.name == "ANNA")
    assert dict(item.extra)["linkedElements"] == '["e-lamp"]'
    assert dict(item.extra)["isIdLock"] == "true"


def test_pages_are_eighths_and_milliseconds_minutes(harbour):
    of = {sheet.number: sheet for sheet in harbour.scenes}
    assert of["1"].eighths == 17  # 2.125 pages, "a decimal representation … in eighths of pages"
    assert of["2PT2"].eighths == 5
    assert of["4"].eighths == 1
    assert of["8"].minutes == 90  # 5,400,000 ms
    assert sum(sheet.eighths for sheet in harbour.scenes) == 143


def test_banners_stand_beside_scenes(harbour):
    banner = harbour.sheets[0]
    assert (banner.kind, banner.text, banner.items) == ("banner", "HARBOUR LIGHTS - WHITE", ())
    assert len(harbour.scenes) == 14


def test_items_have_our_word_for_their_category(harbour):
    words = {item.name: item.word for item in harbour.items}
    assert words["CAFÉ"] == "set"
    assert words["INT"] == "int/ext"
    assert words["NIGHT"] == "day/night"
    assert words["Stage 5"] == "location"
    assert words["CLARA"] == "cast"
    assert words["lamp, brass"] == "prop"
    assert words["Drone"] == "drones"  # a category of the file's own: its name


def test_a_deal_is_what_the_day_out_of_days_may_do(harbour):
    of = {item.name: item for item in harbour.items}
    assert (of["ANNA"].board_id, of["ANNA"].may_drop, of["ANNA"].drop_days) == ("1", True, 10)
    assert not of["CLARA"].may_drop
    assert of["DAVID (k)"].days_off == (0,)  # the standard's 1 is Monday, our 0
    assert of["BORIS"].events[1] == replace(of["BORIS"].events[1], date=date(2026, 3, 10), kind="day off", name="theatre")


def test_boards_have_days_a_boneyard_and_units(harbour):
    order, first, units, _ = harbour.boards
    assert order.shooting == ()
    assert len(order.units[0].loose) == 15
    assert first.day_count == 12
    assert first.units[0].days[0] == ("b-title", "b-1", "b-2PT1")
    assert first.units[1].is_boneyard
    assert first.units[1].loose == ("b-13",)
    assert [unit.name for unit in units.shooting] == ["stripboard", "Second Unit"]
    assert units.units[1].days == ((), ("b-9", "b-11"))


def test_a_calendar_gives_the_dates_of_its_days(harbour):
    first = harbour.boards[1]
    calendar = harbour.calendar_of(first)
    assert calendar.start == date(2026, 3, 2)  # a Monday
    assert calendar.days_off == (5, 6)
    assert calendar.dates_off == (date(2026, 3, 5),)
    march = [2, 3, 4, 6, 9, 10, 11, 12, 13, 16, 17, 18]  # the 5th is off; an event of type "event" is not
    assert calendar.workdays(12) == tuple(date(2026, 3, day) for day in march)


def test_both_spellings_are_one_schedule(harbour):
    old = parse_uss(OLD, file="harbour.uss")
    sets = {category.id for category in harbour.categories if category.name == "Set"}
    plain = tuple(replace(each, ucid=0) if each.id in sets else each for each in old.categories)
    assert replace(old, categories=plain, notes=()) == harbour
    assert old.notes == tuple(f"Board “{name}” has sheets between its days; each is a day of its own."
                              for name in ("First Pass", "Six-Day Weeks"))  # fmt: skip


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2022-06-24T08:00:00.000Z", date(2022, 6, 24)),  # the standard's own
        ("2022-08-03T07:00:00.000+0000", date(2022, 8, 3)),  # as its full sample writes: midnight in Los Angeles
        ("2022-06-24", date(2022, 6, 24)),
        ("2022-06-24T12:00:00.000Z", date(2022, 6, 24)),
        ("2022-06-23T22:00:00.000Z", date(2022, 6, 24)),  # midnight in Paris
        ("2022-06-24T00:00:00+02:00", date(2022, 6, 24)),
    ],
)
def test_a_date_is_that_of_the_midnight_it_is_nearest_to(written, day):
    film = document()
    film["universalScheduleStandard"]["calendars"][0]["events"][0]["date"] = written
    found = parsed(film)
    assert found.calendars[0].start == day
    assert bool(found.notes) == (written[:10] != str(day))


def test_a_calendar_without_a_start_has_no_dates():
    assert Calendar(id="k", name="", start=None).workdays(3) == ()


def test_a_calendar_that_is_never_worked_has_no_dates():
    never = Calendar(id="k", name="", start=date(2026, 1, 1), days_off=tuple(range(7)))
    assert never.workdays(1) == ()
    off = Calendar(id="k", name="", start=date(2026, 1, 1), events=(Event(date=date(2026, 1, 1), kind="day off"),))
    assert off.workdays(1) == (date(2026, 1, 2),)


def test_uneven_pages_are_told_of():
    film = document()
    film["universalScheduleStandard"]["breakdowns"][1]["pages"] = 2.3
    found = parsed(film)
    assert found.scenes[0].eighths == 18
    assert found.notes == ("Sheet 1 has 2.3 pages, read as 18/8.",)


def test_missing_keys_are_empty_ones():
    film = document()
    for sheet in film["universalScheduleStandard"]["breakdowns"]:
        for key in ("bannerText", "comments", "created", "scriptPage", "duration"):
            sheet.pop(key)
    del film["universalScheduleStandard"]["calendars"], film["universalScheduleStandard"]["stripboards"]
    found = parsed(film)
    assert found.boards == found.calendars == ()
    assert len(found.scenes) == 14


def test_what_leads_nowhere_is_left_out_and_told_of():
    film = document()
    root = film["universalScheduleStandard"]
    root["breakdowns"][1]["elements"].append("e-nobody")
    root["stripboards"][1]["boards"][0]["breakdownIds"][0].append("b-nothing")
    root["stripboards"][1]["calendar"] = "k-none"
    root["elements"][0]["category"] = "c-none"
    found = parsed(film)
    assert "e-nobody" not in found.scenes[0].items
    assert found.boards[1].units[0].days[0] == ("b-title", "b-1", "b-2PT1")
    assert found.calendar_of(found.boards[1]) is None
    assert len(found.notes) == 4


def changed(path, value):
    film = document()
    at = film["universalScheduleStandard"]
    *inner, last = path
    for key in inner:
        at = at[key]
    at[last] = value
    return film


WRONG = [
    (("breakdowns", 1, "pages"), "2 1/8", "breakdowns[1].pages: must be a number from 0 to 500"),
    (("breakdowns", 1, "pages"), -1, "breakdowns[1].pages: must be a number"),
    (("breakdowns", 1, "pages"), True, "breakdowns[1].pages: must be a number"),
    (("breakdowns", 1, "type"), "day", "breakdowns[1].type: a sheet is a scene or a banner"),
    (("breakdowns", 1, "scene"), 12, "breakdowns[1].scene: must be a text"),
    (("breakdowns", 1, "id"), None, "breakdowns[1].id: an id is a text"),
    (("breakdowns", 1, "id"), "b-2PT1", "an id is one object's own, and breakdowns[1] has it too"),
    (("breakdowns", 1, "elements"), "e-int", "breakdowns[1].elements: must be a list"),
    (("breakdowns", 1), [], "breakdowns[1]: must be an object"),
    (("breakdowns",), [], "breakdowns: a schedule has at least one scene"),
    (("elements", 3, "id"), "e-int", "elements[3].id: an id is one object's own"),
    (("elements", 3, "isDrop"), "yes", "elements[3].isDrop: must be true or false"),
    (("elements", 3, "daysOff"), [7], "elements[3].daysOff: a day of the week is a number from 0 (Sunday) to 6"),
    (("elements", 11, "events", 0, "type"), "party", "elements[11].events[0].type: an event is a start"),
    (("calendars", 0, "events", 0, "date"), "2 March", "calendars[0].events[0].date: a date is written as in"),
    (("calendars", 0, "events", 0, "date"), "9999-12-31T23:00:00Z", "calendars[0].events[0].date: a date is written as in"),
    (("calendars", 0, "events", 0, "date"), "1026-03-02", "a date is one of the years 1900 to 2200"),
    (("stripboards", 1, "boards", 0, "breakdownIds", 0), 7, "stripboards[1].boards[0].breakdownIds[0]: a day is a list"),
    (("stripboards", 1, "boards", 0, "breakdownIds", 0), [["b-1"]], "breakdownIds[0]: a day is a list"),
    (("stripboards", 1, "boards", 0, "breakdownIds"), [[]] * 1101, "a board has at most 1100 days"),
]


@pytest.mark.parametrize(("path", "value", "said"), WRONG)
def test_a_slip_is_one_message_that_says_where(path, value, said):
    with pytest.raises(ScheduleError) as caught:
        parsed(changed(path, value))
    assert said in str(caught.value)
    assert caught.value.file == "a.uss"
    assert caught.value.remedy


def test_the_line_is_that_of_the_object_with_the_slip():
    text = HARBOUR.decode().replace('"pages": 2.125', '"pages": "2 1/8"')
    with pytest.raises(ScheduleError) as caught:
        parse_uss(text.encode(), file="harbour.uss")
    assert text.splitlines()[caught.value.line - 1].strip().startswith('{"id": "b-1"')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "this is not JSON"),
        (b"[]", "a schedule is a JSON object"),
        (b"{}", "a .uss file holds one object universalScheduleStandard"),
        (b'{"universalScheduleStandard": 3}', "a .uss file holds one object"),
        (b'{"universalScheduleStandard": {}}', "breakdowns: a schedule has at least one scene"),
        (b'{"a": NaN}', "a number is written in digits"),
        (b'{"a": 1, "a": 2}', "a key stands once in an object"),
        (b'{"a": ' + b"9" * 5000 + b"}", "a number has at most 4000 digits"),
        (b'{"a": ' + b"[" * 100_000, "deep in each other"),
        (b'{"a": ' + b"[" * 60 + b"]" * 60 + b"}", "deep in each other"),
        (b"\xff\xfe{\x00}\x00", "a schedule is text in UTF-8"),
        (b"PK\x03\x04 a zip", "this is not JSON"),
    ],
)
def test_what_is_no_schedule_is_said_to_be_none(data, said):
    with pytest.raises(ScheduleError) as caught:
        parse_uss(data, file="a.uss")
    assert said in str(caught.value)


def test_a_number_without_end_is_refused():
    text = HARBOUR.decode().replace('"pages": 2.125', '"pages": 1e999')
    with pytest.raises(ScheduleError, match="must be a number from 0 to 500"):
        parse_uss(text.encode())


def test_a_file_too_large_is_not_looked_at():
    with pytest.raises(ScheduleError, match="at most 32 MB"):
        parse_uss(b" " * (32 * 2**20 + 1))


def test_half_a_character_becomes_a_mark():
    film = HARBOUR.decode().replace('"name": "CLARA"', '"name": "CLA\\ud800RA"')
    assert any(item.name == "CLA\ufffdRA" for item in parse_uss(film.encode()).items)


def test_a_holiday_that_is_no_day_off_is_told_of():
    film = document()
    film["universalScheduleStandard"]["calendars"][0]["events"][2]["name"] = "holiday"
    assert parsed(film).notes == (
        "Calendar “March” has a holiday on 2026-03-09 as an event and not as a day off: it is shot on.",
    )
