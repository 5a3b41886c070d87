"""Calendars by the letter of RFC 5545: a reader written from its text here, and two parsers that are not ours.

`ical` checks every property against a model of the standard, `vobject` the number of times that each may stand.
"""

import dataclasses
import re
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from cupola.files import read_board, read_production
from cupola.model import Board, Production
from cupola.paper.calendars import calendars

CHALLENGE = Path(__file__).parents[2] / "examples" / "the-challenge"
LINE = re.compile(r'([A-Z0-9-]+)((?:;[A-Z0-9-]+=(?:"[^"]*"|[^";:,]*)(?:,(?:"[^"]*"|[^";:,]*))*)*):(.*)', re.DOTALL)
ONCE = {"UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "LOCATION", "DESCRIPTION", "GEO", "SEQUENCE", "STATUS", "TRANSP"}


@pytest.fixture(scope="module")
def film() -> tuple[Production, Board]:
    production = read_production(CHALLENGE)
    return production, read_board(CHALLENGE / "boards" / "agreed.json", production)


@pytest.fixture(scope="module")
def files(film) -> dict[str, bytes]:
    return calendars(*film)


def read(data: bytes) -> tuple[dict[str, str], list[dict[str, str]]]:
    """Read a calendar as 3.1 to 3.4 and 3.6 say: physical lines, content lines, properties of the calendar and its events."""
    assert data.endswith(b"\r\n")
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", data), "3.1: lines end in CRLF"
    lines = data[:-2].split(b"\r\n")
    for line in lines:
        assert len(line) <= 75, "3.1: lines are no longer than 75 octets"
        line.decode()  # a fold that cuts a character in two is no UTF-8
    content = re.sub(rb"\r\n[ \t]", b"", data[:-2]).decode().split("\r\n")
    head: dict[str, str] = {}
    events: list[dict[str, str]] = []
    stack: list[str] = []
    for line in content:
        found = LINE.fullmatch(line)
        assert found, line
        name, _, value = found.groups()
        assert not re.search(r"[\x00-\x08\x0b-\x1f\x7f]", value), "3.3.11: no control characters"
        if name == "BEGIN":
            stack.append(value)
            if value == "VEVENT":
                events.append({})
        elif name == "END":
            assert stack.pop() == value
        else:
            into = events[-1] if stack[-1] == "VEVENT" else head
            assert name not in into, f"3.6.1: {name} stands once"
            into[name] = value
    assert not stack
    return head, events


def instant(text: str) -> datetime:
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)  # 3.3.5, form 2: UTC, which needs no VTIMEZONE


def test_every_calendar_keeps_the_musts_of_the_standard(film, files):
    seen: Counter[str] = Counter()
    for data in files.values():
        head, events = read(data)
        assert head["VERSION"] == "2.0"
        assert head["PRODID"]
        assert "METHOD" not in head, "RFC 5546, 3.2.1: a calendar that is published names its organiser"
        for event in events:
            assert set(event) <= ONCE
            assert {"UID", "DTSTAMP", "DTSTART", "DTEND", "SEQUENCE"} <= set(event)
            assert instant(event["DTEND"]) > instant(event["DTSTART"])
            assert instant(event["DTSTAMP"])
            assert event["SEQUENCE"] == "0"
            seen[event["UID"]] += 1
    assert max(seen.values()) == 1, "3.8.4.7: a UID is one event's own"
    assert len(files) == len({day.unit for day in film[1].days}) + len({name for s in film[1].strips for name in s.cast}) + 1


def test_two_other_parsers_read_the_same_events(files):
    for data in files.values():
        _, events = read(data)
        strict = IcsCalendarStream.calendar_from_ics(data.decode())
        loose = vobject.readOne(data.decode())
        loose.validate(raiseException=True)
        said = sorted((event["UID"], instant(event["DTSTART"]), instant(event["DTEND"])) for event in events)
        assert sorted((one.uid, one.dtstart, one.dtend) for one in strict.events) == said
        assert sorted((one.uid.value, one.dtstart.value, one.dtend.value) for one in loose.vevent_list) == said
        unescaped = {one.uid.value: one.description.value for one in loose.vevent_list}
        assert {one.uid: one.description for one in strict.events} == unescaped


def moved(board: Board) -> Board:
    """The first day an hour later, the last one gone."""
    hour = timedelta(hours=1)
    first = board.days[0]
    later = dataclasses.replace(first, call_utc=first.call_utc - hour)
    return dataclasses.replace(board, days=(later, *board.days[1:-1]))


def versions(files: dict[str, bytes]) -> dict[str, tuple[int, str]]:
    found = {}
    for data in files.values():
        for event in read(data)[1]:
            found[event["UID"]] = int(event["SEQUENCE"]), event.get("STATUS", "")
    return found


def test_what_changed_has_a_higher_sequence_and_what_is_gone_is_cancelled(film, files):
    production, board = film
    newer = moved(board)
    again = calendars(production, newer, files)
    last, first = board.days[-1], board.days[0]
    unit = f"The_20_Challenge-unit-{first.unit}-{first.number}@cupola"
    gone = f"The_20_Challenge-unit-{last.unit}-{last.number}@cupola"
    found = versions(again)
    assert set(found) == set(versions(files))
    assert found[unit] == (1, "")
    assert found[gone] == (1, "CANCELLED")
    lit = sum(strip.window is not None for day in newer.days for strip in day.strips)
    assert [version for uid, version in found.items() if "-light-" in uid].count((0, "")) == lit
    for data in again.values():
        IcsCalendarStream.calendar_from_ics(data.decode())
    back = versions(calendars(production, board, again))
    assert back[unit] == (2, "")
    assert back[gone] == (2, "")


def test_the_same_board_again_changes_no_byte(film, files):
    assert calendars(*film, files) == files
    once = calendars(film[0], moved(film[1]), files)
    assert calendars(film[0], moved(film[1]), once) == once


def test_calendars_of_another_film_in_the_folder_are_left_out(film, files):
    other = dataclasses.replace(film[0], title="Another film")
    uids = versions(calendars(other, film[1], files))
    assert all(uid.startswith("Another_20_film-") for uid in uids)


class Short:
    """Two days of the film, so that many may be tried; no fixture, whose repr would be printed for each."""

    def __init__(self) -> None:
        self.production = read_production(CHALLENGE)
        board = read_board(CHALLENGE / "boards" / "agreed.json", self.production)
        self.board = dataclasses.replace(board, days=board.days[:2])
        self.files = calendars(self.production, self.board)


SHORT = Short()
UNIT = "unit-orbit.ics"


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=200) | st.text(max_size=80).map(str.encode) | st.integers(0, 3000))
def test_a_broken_calendar_in_the_folder_is_as_none(noise):
    data = SHORT.files[UNIT][:noise] if isinstance(noise, int) else b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n" + noise
    again = calendars(SHORT.production, SHORT.board, {UNIT: data})
    assert set(again) == set(SHORT.files)
    for event in read(again[UNIT])[1]:
        assert int(event["SEQUENCE"]) in (0, 1)


NAMES = st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=90)


@settings(max_examples=60, deadline=None)
@given(title=NAMES, place=NAMES)
def test_any_title_and_place_folds_between_characters_and_reads_back(title, place):
    places = tuple(dataclasses.replace(one, name=place) for one in SHORT.production.places)
    made = calendars(dataclasses.replace(SHORT.production, title=title, places=places), SHORT.board)
    for data in (made[UNIT], made["light.ics"]):
        read(data)
        vobject.readOne(data.decode()).validate(raiseException=True)
