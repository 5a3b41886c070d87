"""A board that somebody else made, and ours from the same file: days and hold days, side by side, with what is proven.

    .venv/bin/python bench/schedule_vendor.py [--file FILE.uss] [--seconds 60] [--seed 1] [--only NAME] [--json]

The board is “First Pass” of the large sample that comes with the tests of the Universal Schedule Standard's own validator
(github.com/UniversalScheduleStandard/uss-validator, test/large_sample_schedule.uss, MIT licence). It is not part of Cupola:
give its path by --file or in CUPOLA_USS_LARGE. What is assumed, and why, stands in docs/explanation/a-vendor-board.md.

Three questions, each less bound to the other board than the one before:

    order      its days as they are, every strip where it stands; only which day is shot when
    pages      its scenes over days of at most 4 4/8 pages, the fullest of its days that is not one long scene
    fullest    its scenes over days of at most 6 pages, its fullest day

In all of them: its calendar, the unit abroad on its own dates, each location in one stay as it has them, no day with more
sets than its own worst. A day costs more than all moves, a move more than all holds. In the table, `least` is what no board
goes below (_vendor_proof.py), `dropped` the holds after one drop each, `strips` and `sets` the most on one day, `broken` the
rules that the board breaks.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from time import process_time

from _vendor_proof import Stay, best_order, fewest_days, fewest_holds
from cupola.errors import CupolaError
from cupola.files.imported import import_schedule
from cupola.files.imported_boards import figures
from cupola.model import ANY_LIGHT, Board, CastMember, Dates, Day, Place, Production, Rate, Scene, Shot, Unit
from cupola.model.work import longest_piece_min
from cupola.rules import check
from cupola.schedule import Stop, solve

VARIABLE = "CUPOLA_USS_LARGE"
NEEDED = f"""\
This needs a file that is not part of Cupola: test/large_sample_schedule.uss of
github.com/UniversalScheduleStandard/uss-validator. Give its path with --file, or in {VARIABLE}."""
BOARD, ABROAD = "First Pass", "GREECE UNIT"
EIGHTH_MIN = 5
DAY_CENTS, MOVE_CENTS, HOLD_CENTS = 10_000, 300, 1
DROP_DAYS = 10
"""Idle calendar days that may be dropped: a pick-up more than ten days after the drop."""


@dataclass(frozen=True, kw_only=True)
class Theirs:
    """The board as its maker has it: production, days, the location of each scene, the scenes abroad, the one long scene."""

    production: Production
    board: Board
    location: Mapping[str, int]
    abroad: frozenset[str]
    long: str

    @property
    def stays(self) -> int:
        """How many stays at a location the board has."""
        return stays(self.board.days, self.location)


@dataclass(frozen=True, kw_only=True)
class Line:
    """One row of the table: a board, or what is proven of all boards of a question."""

    board: str
    days: int
    stays: int
    hold_days: int
    hold_days_after_drop: int
    days_bound: int | None = None
    hold_bound: int | None = None
    most_strips: int = 0
    most_sets: int = 0
    search_bound: int | None = None
    cost: int | None = None
    broken: int = 0
    cpu_s: float = 0.0
    stopped: str = ""


def read(path: Path) -> Theirs:
    """Import the file, and find out how its board uses locations: sets that share a day are at one location."""
    with tempfile.TemporaryDirectory() as folder:
        made = import_schedule(path, Path(folder) / "film", start=date(2025, 1, 6), board=BOARD)
    _, board = made.boards[0]
    scenes = {scene.number: scene for scene in made.production.script.scenes}
    location = locations([[scenes[strip.scene].hub for strip in day.strips] for day in board.days])
    turn = next(n for n, day in enumerate(board.days) if any(banner.text == ABROAD for banner in day.banners))
    return Theirs(
        production=made.production,
        board=board,
        location={number: location[word(scene.hub)] for number, scene in scenes.items()},
        abroad=frozenset(strip.scene for day in board.days[turn:] for strip in day.strips),
        long=max(scenes.values(), key=lambda scene: scene.eighths).number,
    )


def word(name: str) -> str:
    return name.replace("’", "'").casefold()


def locations(days: Iterable[Sequence[str]]) -> dict[str, int]:
    """Number the locations: names that share a day are at one."""
    groups: list[set[str]] = []
    for day in days:
        names = {word(name) for name in day}
        touched = [group for group in groups if group & names]
        groups = [group for group in groups if not group & names] + [names.union(*touched)]
    return {name: number for number, group in enumerate(groups) for name in group}


def stays(days: Sequence[Day], location: Mapping[str, int]) -> int:
    """Count stays at a location: one more each time a day is elsewhere than the day before."""
    where = [location[day.strips[0].scene] for day in sorted(days, key=lambda day: day.date)]
    return sum(before != here for before, here in zip([-1, *where], where, strict=False))


def question(theirs: Theirs, *, most_eighths: int | None, drops: bool) -> Production:
    """Return a production whose boards are answers: scenes over days of `most_eighths`, or (None) the days as they are."""
    production, dates = theirs.production, [day.date for day in theirs.board.days]
    day_min = (most_eighths or 48) * EIGHTH_MIN
    unit = Unit(
        id="main",
        kind="earth",
        first_utc=production.units[0].first_utc,
        last_utc=production.units[0].last_utc,
        days_off=production.units[0].days_off,
        dates_off=production.units[0].dates_off,
        day_min=day_min,
        meal_min=0,
        relight_min=0,
        move_min=day_min // 4,
        max_sets=most_sets(theirs),
        day_rate=rate(DAY_CENTS),
        move_rate=rate(MOVE_CENTS),
    )
    pieces = whole_days(theirs, unit) if most_eighths is None else one_by_one(theirs, unit)
    places = [place(theirs, number, dates) for number in sorted(set(theirs.location.values()))]
    where = {scene.number: f"location {theirs.location[home]}" for scene, home in pieces}
    if most_eighths is not None:
        alone = replace(next(p for p in places if p.id == where[theirs.long]), id="alone", name="alone")
        places, where = [*places, alone], {**where, theirs.long: "alone"}
    return replace(
        production,
        script=replace(production.script, scenes=tuple(scene for scene, _ in pieces)),
        units=(unit,),
        places=tuple(places),
        place_of=tuple(where.items()),
        cast=tuple(
            CastMember(id=one.id, board_id=one.board_id, hold=rate(HOLD_CENTS), drop_days=DROP_DAYS if drops else None)
            for one in production.cast
        ),
        fixed=(),
        packs=(),
    )


def rate(cents: int) -> Rate:
    return Rate(cents=cents, currency="USD", source="weight of the comparison")


def most_sets(theirs: Theirs) -> int:
    return sets_of(theirs, theirs.board.days)


def sets_of(theirs: Theirs, days: Sequence[Day]) -> int:
    """Return how many sets the day with the most of them has."""
    words = {scene.number: scene.place_words for scene in theirs.production.script.scenes}
    return max(len({words[strip.scene] for strip in day.strips}) for day in days)


def place(theirs: Theirs, number: int, dates: Sequence[date]) -> Place:
    """Return a location that is open on the dates of its unit alone: at home before the break, abroad after it."""
    abroad = [day.date for day in theirs.board.days if day.strips[0].scene in theirs.abroad]
    is_abroad = any(theirs.location[scene] == number for scene in theirs.abroad)
    before, after = Dates(first=dates[0], last=abroad[0] - timedelta(days=1)), Dates(first=abroad[0], last=dates[-1])
    name = f"location {number}"
    return Place(id=name, name=name, hub=name, unit="main", closed=(before if is_abroad else after,))


def one_by_one(theirs: Theirs, unit: Unit) -> list[tuple[Scene, str]]:
    """Return each scene with its pages as minutes; the longest, which fills a day, is cut to what one strip may last.

    It stands at a place of its own, so that the move to any other scene takes the rest of the day.
    """
    longest = longest_piece_min(unit)
    return [
        (replace(scene, shots=(piece(scene.number, min(scene.eighths * EIGHTH_MIN, longest)),)), scene.number)
        for scene in theirs.production.script.scenes
    ]


def whole_days(theirs: Theirs, unit: Unit) -> list[tuple[Scene, str]]:
    """Return each of their days as one scene that fills a day, and a scene of it that says where it is."""
    found = []
    for day in theirs.board.days:
        first = theirs.production.script.scene(day.strips[0].scene)
        cast = tuple(dict.fromkeys(name for strip in day.strips for name in strip.cast))
        number = f"D{day.number}"
        minutes = longest_piece_min(unit)
        found.append((replace(first, number=number, cast=cast, shots=(piece(number, minutes),)), first.number))
    return found


def piece(number: str, minutes: int) -> Shot:
    return Shot(scene=number, light=ANY_LIGHT, work_min=minutes)


def their_line(theirs: Theirs) -> Line:
    found = figures(theirs.production, theirs.board.days)
    return Line(
        board="theirs",
        days=found.days,
        stays=theirs.stays,
        hold_days=found.held_without_drop,
        hold_days_after_drop=found.held,
        most_strips=max(len(day.strips) for day in theirs.board.days),
        most_sets=most_sets(theirs),
    )


def our_line(theirs: Theirs, name: str, *, most_eighths: int | None, drops: bool, seconds: float, seed: int) -> Line:
    """Solve one question, and count the board by the same function that counts theirs."""
    asked = question(theirs, most_eighths=most_eighths, drops=drops)
    began = process_time()
    board = solve(asked, {}, stop=Stop(seconds=seconds), seed=seed)
    cpu_s = process_time() - began
    judged = replace(asked, cast=tuple(replace(one, drop_days=DROP_DAYS) for one in asked.cast))
    found = figures(judged, board.days)
    where = dict(asked.place_of)
    numbers = {name: n for n, name in enumerate(sorted({asked.place(place).hub for place in where.values()}))}
    at = {scene: numbers[asked.place(place).hub] for scene, place in where.items()}
    days, holds = proven(theirs, most_eighths)
    return Line(
        board=f"{name}, {'holds after drops' if drops else 'holds'}",
        days=found.days,
        stays=stays(board.days, at),
        hold_days=found.held_without_drop,
        hold_days_after_drop=found.held,
        days_bound=days,
        hold_bound=None if drops else holds,
        most_strips=max(len(day.strips) for day in board.days) if most_eighths else 0,
        most_sets=sets_of(theirs, board.days) if most_eighths else 0,
        search_bound=board.bound_cents,
        cost=board.cost.total_cents,
        broken=len(check(asked, board, {})) + len(board.boneyard) + broken(theirs, board, most_eighths),
        cpu_s=round(cpu_s, 1),
        stopped=board.provenance.stopped,
    )


def proven(theirs: Theirs, most_eighths: int | None) -> tuple[int, int]:
    """Return the days and the hold days that no board of a question goes below."""
    if most_eighths is None:
        return len(theirs.board.days), best_order(stays_of_days(theirs))
    found = stays_of_scenes(theirs)
    return fewest_days(found, most_eighths), fewest_holds(found, most_eighths)


def stays_of_days(theirs: Theirs) -> list[Stay]:
    """Return the locations with their days as they are."""
    days: dict[int, list[frozenset[str]]] = {}
    for day in theirs.board.days:
        cast = frozenset(name for strip in day.strips for name in strip.cast)
        days.setdefault(theirs.location[day.strips[0].scene], []).append(cast)
    abroad = {theirs.location[scene] for scene in theirs.abroad}
    return [Stay(cast=tuple(cast), eighths=(0,) * len(cast), is_abroad=number in abroad) for number, cast in days.items()]


def stays_of_scenes(theirs: Theirs) -> list[Stay]:
    """Return the locations with their scenes."""
    scenes: dict[int, list[Scene]] = {}
    for scene in theirs.production.script.scenes:
        scenes.setdefault(theirs.location[scene.number], []).append(scene)
    abroad = {theirs.location[scene] for scene in theirs.abroad}
    return [
        Stay(
            cast=tuple(frozenset(scene.cast) for scene in own),
            eighths=tuple(scene.eighths for scene in own),
            is_abroad=number in abroad,
        )
        for number, own in scenes.items()
    ]


def broken(theirs: Theirs, board: Board, most_eighths: int | None) -> int:
    """Count days that are fuller than was allowed, in eighths, by a count of its own."""
    if most_eighths is None:
        return 0
    eighths = {scene.number: scene.eighths for scene in theirs.production.script.scenes}
    loads = [[eighths[strip.scene] for strip in day.strips] for day in board.days]
    return sum(sum(load) > max(most_eighths, *load) for load in loads)


QUESTIONS = {"order": None, "pages": 36, "fullest": 48}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--file", default=os.environ.get(VARIABLE, ""))
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=QUESTIONS)
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    given = parser.parse_args()
    if not given.file:
        print(NEEDED)
        return 0
    try:
        theirs = read(Path(given.file))
    except CupolaError as error:
        print(f"error: {error}", file=sys.stderr)
        return 2
    lines = [their_line(theirs)]
    for name, most in QUESTIONS.items():
        if given.only in (None, name):
            for drops in (False, True):
                lines.append(our_line(theirs, name, most_eighths=most, drops=drops, seconds=given.seconds, seed=given.seed))
    print(json.dumps({line.board: asdict(line) for line in lines}) if given.json else table(lines))
    return 0


def table(lines: Sequence[Line]) -> str:
    words = ("days", "least", "stays", "holds", "least", "dropped", "strips", "sets", "broken", "cpu s")
    rows = [
        f"{one.board:26} {one.days:7} {shown(one.days_bound):>7} {one.stays:7} {one.hold_days:7} {shown(one.hold_bound):>7} "
        f"{one.hold_days_after_drop:7} {one.most_strips or '':7} {one.most_sets or '':7} {one.broken:7} {one.cpu_s:7.1f} "
        f"{one.stopped}"
        for one in lines
    ]
    return "\n".join([f"{'board':26} {' '.join(f'{word:>7}' for word in words)}", *rows])


def shown(bound: int | None) -> str:
    return "" if bound is None else str(bound)


if __name__ == "__main__":
    raise SystemExit(main())
