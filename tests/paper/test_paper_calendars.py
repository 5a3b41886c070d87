"""Calendars against RFC 5545, read back by the icalendar package."""

import dataclasses
from datetime import timedelta
from pathlib import Path

import pytest
from icalendar import Calendar

from cupola.files import read_board, read_production
from cupola.model import Board, Production
from cupola.paper.calendars import calendars

CHALLENGE = Path(__file__).parents[2] / "examples" / "the-challenge"


@pytest.fixture(scope="module")
def film() -> tuple[Production, Board]:
    production = read_production(CHALLENGE)
    return production, read_board(CHALLENGE / "boards" / "agreed.json", production)


def events(data: bytes) -> list[object]:
    return list(Calendar.from_ical(data.decode()).walk("VEVENT"))


def test_everyone_has_the_days_that_the_board_gives_them(film: tuple[Production, Board]) -> None:
    production, board = film
    files = calendars(production, board)
    for member in production.cast:
        own = [day for day in board.days if any(member.id in strip.cast for strip in day.strips)]
        assert len(events(files[f"person-{member.id}.ics"])) == len(own)
    for unit in production.units:
        found = events(files[f"unit-{unit.id}.ics"])
        days = sorted((day for day in board.days if day.unit == unit.id), key=lambda day: day.date)
        assert [(event["DTSTART"].dt, event["DTEND"].dt) for event in found] == [(d.call_utc, d.wrap_utc) for d in days]
    lit = [strip for strip in board.strips if strip.window is not None]
    assert len(events(files["light.ics"])) == len(lit)


def test_lines_are_short_and_end_in_crlf_and_uids_are_once(film: tuple[Production, Board]) -> None:
    """RFC 5545, 3.1: lines end in CRLF and are no longer than 75 octets; 3.8.4.7: a UID is globally unique."""
    seen: set[str] = set()
    for data in calendars(*film).values():
        assert data.endswith(b"\r\n")
        assert b"\n" not in data.replace(b"\r\n", b"")
        assert max(map(len, data.split(b"\r\n"))) <= 75
        uids = [str(event["UID"]) for event in events(data)]
        assert not seen.intersection(uids)
        seen.update(uids)
        assert len(set(uids)) == len(uids)


def test_a_day_that_moves_keeps_its_uid(film: tuple[Production, Board]) -> None:
    production, board = film
    later = timedelta(hours=3)
    days = tuple(dataclasses.replace(day, call_utc=day.call_utc + later, wrap_utc=day.wrap_utc + later) for day in board.days)
    moved = calendars(production, dataclasses.replace(board, days=days))
    for name, data in calendars(production, board).items():
        assert [event["UID"] for event in events(data)] == [event["UID"] for event in events(moved[name])]


def test_the_same_board_gives_the_same_bytes(film: tuple[Production, Board]) -> None:
    assert calendars(*film) == calendars(*film)
