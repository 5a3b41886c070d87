"""Permits, hours and quiet of places, in the place's own time, and scenes that belong together."""

from __future__ import annotations

import dataclasses
from datetime import time, timedelta
from typing import Any

from small import MONDAY, PLACES, Made, film, rules, shooting_day, strip, verdict

from cupola.model import Dates, Place, Together


def at_quay(start: float, end: float, *, roll: float = 0.0, **given: Any) -> Made:
    places: list[Place] = [dataclasses.replace(p, **given) if p.id == "quay" else p for p in PLACES]
    day = shooting_day(MONDAY, start, end, strip("1", MONDAY, start, end, place="quay", shot=roll))
    return film([day], places=places)


def test_a_place_is_used_on_its_permits_dates() -> None:
    permit = Dates(first=MONDAY + timedelta(days=3), last=MONDAY + timedelta(days=4), why="harbour office")
    found = verdict(at_quay(9, 11, permits=(permit,)))
    assert [each.rule for each in found] == ["permits"]
    assert found[0].remedy == "Shoot there from 2027-06-10 to 2027-06-11 (harbour office)."
    assert rules(at_quay(9, 11, permits=(Dates(first=MONDAY, last=MONDAY),))) == []


def test_nobody_works_outside_the_hours_of_a_place() -> None:
    # Lisbon is an hour ahead of UTC in June: 08:30 UTC is 09:30 there, half an hour before ten.
    found = verdict(at_quay(8.5, 11, tz="Europe/Lisbon", hours=(time(10), time(18))))
    assert [each.rule for each in found] == ["place hours"]
    assert "at 09:30-12:00 is 30 min outside the hours of Quay, 10:00-18:00" in found[0].message
    assert rules(at_quay(9, 11, tz="Europe/Lisbon", hours=(time(10), time(18)))) == []


def test_hours_of_a_place_may_pass_midnight() -> None:
    assert rules(at_quay(23, 25, hours=(time(22), time(4)))) == []
    assert rules(at_quay(3, 5, hours=(time(22), time(4)))) == ["place hours"]


def test_no_camera_rolls_in_a_sound_curfew_but_the_set_may_work() -> None:
    # Quiet from 22:00 to 07:00. Work from 06:00 with the first roll at 07:00 is allowed; a roll at 06:30 is not.
    quiet = (time(22), time(7))
    assert rules(at_quay(6, 9, roll=1.0, quiet=quiet)) != ["sound curfew"]
    found = [each for each in verdict(at_quay(6, 9, roll=0.5, quiet=quiet)) if each.rule == "sound curfew"]
    assert len(found) == 1
    assert "30 min of it in the quiet hours of Quay, 22:00-07:00" in found[0].message
    assert found[0].remedy == "Roll at 19:30 at the latest, or from 07:00 on."


def test_scenes_of_one_sheet_stand_together() -> None:
    strips = [strip(str(n), MONDAY, 8 + n, 9 + n) for n in range(3)]
    production, board = film([shooting_day(MONDAY, 8, 11, *strips)])
    apart = dataclasses.replace(production, together=(Together(scenes=("0", "2"), why="one sheet"),))
    beside = dataclasses.replace(production, together=(Together(scenes=("0", "1")),))
    assert rules((apart, board)) == ["together"]
    assert rules((beside, board)) == []


def covered(int_ext: str, *, cover: int = 0, quay: int = 1) -> Made:
    """Work at the stage and at the quay, which the stage covers, so many days after Monday."""
    places = [dataclasses.replace(p, covers=("quay",)) if p.id == "stage" else p for p in PLACES]
    dates = {"1": ("stage", MONDAY + timedelta(days=cover)), "2": ("quay", MONDAY + timedelta(days=quay))}
    days = [shooting_day(day, 9, 10, strip(n, day, 9, 10, place=place)) for n, (place, day) in dates.items()]
    return film(sorted(days, key=lambda day: day.date), places=places, int_ext=int_ext)


def test_a_cover_set_is_kept_until_the_last_exterior_that_it_covers() -> None:
    found = verdict(covered("EXT"))
    assert [each.rule for each in found] == ["cover sets"]
    assert "in bad weather strip 2 on 2027-06-08 has nowhere to go" in found[0].message
    assert found[0].remedy == "Keep work at Stage for 2027-06-08 or later, or shoot 2 by 2027-06-07."
    assert (found[0].who, found[0].day, found[0].strips) == ("Stage", MONDAY + timedelta(days=1), ("1", "2"))


def test_interiors_and_exteriors_before_the_cover_set_need_nothing() -> None:
    assert rules(covered("INT")) == []
    assert rules(covered("I/E", quay=0, cover=1)) == []
    assert rules(covered("INT/EXT", quay=0, cover=2)) == []
    alone, board = covered("EXT")  # a cover set with no work left covers nothing that could be kept for it
    assert "cover sets" not in rules((alone, dataclasses.replace(board, days=board.days[1:])))
