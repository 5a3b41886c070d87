"""An imported board as a board of the production: the file's days and order, at hours of our own."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

import cupola
from cupola.exchange.schedule_file import Schedule, Sheet, StripBoard
from cupola.model import Banner, Board, Cost, Day, Production, Provenance, Scene, Strip, Unit
from cupola.model.work import SHORTEST_MIN, Work, local, longest_piece_min, shooting_minutes, workdays, works_of
from cupola.money import cost, days_of, engagement

PACES = tuple(range(160, 9, -10))
"""Minutes a page may take, the slowest first."""
MEAL_WITHIN_MIN = 360


@dataclass(frozen=True, kw_only=True, slots=True)
class Figures:
    """What a board is counted by: strips on days, days, eighths of a page, and the days of its cast.

    `longest_eighths` is of the fullest day. A hold is a work day of the unit on which a person is idle between the first and
    the last day of work; `held` counts them after the drop that the deals allow, `held_without_drop` before it.
    """

    strips: int
    days: int
    eighths: int
    longest_eighths: int
    cast: int
    worked: int
    held: int
    held_without_drop: int

    @property
    def pages_a_day(self) -> float:
        return self.eighths / 8 / self.days if self.days else 0.0


def figures(production: Production, days: Sequence[Day]) -> Figures:
    """Count a board of a production; units are counted each by its own calendar."""
    eighths = {scene.number: scene.eighths for scene in production.script.scenes}
    loads = [sum(eighths[scene] for scene in {strip.scene: None for strip in day.strips}) for day in days]
    cast, worked, held, undropped = set(), 0, 0, 0
    for unit in production.units:
        own = sorted((day for day in days if day.unit == unit.id), key=lambda day: day.date)
        calendar = workdays(unit)
        for member in production.cast:
            dates = days_of(member.id, own)
            if dates:
                cast.add(member.id)
                worked += len(dates)
                held += len(engagement(member, dates, calendar).holds)
                undropped += len(engagement(replace(member, drop_days=None), dates, calendar).holds)
    return Figures(
        strips=sum(len(day.strips) for day in days),
        days=len(days),
        eighths=sum(loads),
        longest_eighths=max(loads, default=0),
        cast=len(cast),
        worked=worked,
        held=held,
        held_without_drop=undropped,
    )


def fitting_pace(production: Production, schedule: Schedule, boards: Sequence[StripBoard], numbers: Mapping[str, str]) -> int:
    """Return the slowest pace in minutes a page at which every day of the boards fits into its unit's; else the fastest."""
    scenes = {scene.number: scene for scene in production.script.scenes}
    of = {sheet.id: scenes[numbers[sheet.id]] for sheet in schedule.scenes}
    at = dict(production.place_of)
    days = [[of[name] for name in day if name in of] for day in _days_of(boards)]
    main = production.units[0]
    for page_min in PACES:
        unit = replace(main, page_min=float(page_min))
        if all(_length(unit, day, at) <= main.day_min for day in days):
            return page_min
    return PACES[-1]


def _days_of(boards: Sequence[StripBoard]) -> list[tuple[str, ...]]:
    return [day for board in boards for unit in board.shooting for day in unit.days]


def _length(unit: Unit, scenes: Sequence[Scene], at: Mapping[str, str]) -> int:
    """Return how many minutes a day lasts at a unit's pace, a meal, new sets and company moves included."""
    minutes = 0
    for scene in scenes:
        said = shooting_minutes(scene, scene.shots[0], unit)
        minutes += said if scene.shots[0].work_min is not None else min(said, longest_piece_min(unit))
    for before, after in itertools.pairwise(scenes):
        if at[before.number] != at[after.number]:
            minutes += unit.move_min
        elif before.place_words != after.place_words:
            minutes += unit.relight_min
    return minutes + (unit.meal_min if minutes > MEAL_WITHIN_MIN else 0)


def can_be_days(schedule: Schedule, board: StripBoard) -> bool:
    """Whether every day of a board can be shot between two midnights; a list in script order cannot."""
    scenes = {sheet.id for sheet in schedule.scenes}
    return all(sum(name in scenes for name in day) * SHORTEST_MIN < 24 * 60 for day in _days_of([board]))


def imported_board(
    production: Production,
    schedule: Schedule,
    board: StripBoard,
    dates: Sequence[date],
    *,
    numbers: Mapping[str, str],
    units: Mapping[str, str],
) -> Board:
    """Return a board of the file: its days, and in each its strips one after the other from the call.

    `dates` are the work days of its calendar, `numbers` scene numbers by sheet, `units` the ids of the production's units by
    the id of the file's. Hours are ours: pages times the unit's pace, a meal once six hours would pass, time to relight and to
    move.
    """
    pieces: dict[str, list[Work]] = {}
    for work in works_of(production):
        pieces.setdefault(work.scene, []).append(work)
    sheets = {sheet.id: sheet for sheet in schedule.sheets}
    days: list[Day] = []
    for one in board.shooting:
        unit = production.unit(units[one.id])
        own = [_day(unit, date_, [sheets[name] for name in day], pieces, numbers, production)
               for date_, day in zip(dates, one.days, strict=False)]  # fmt: skip
        shot = [day for day in own if day.strips or day.banners]
        days += [replace(day, number=number) for number, day in enumerate(shot, 1)]
    placed = {strip.id for day in days for strip in day.strips}
    days.sort(key=lambda day: (day.date, day.unit))
    return Board(
        title=f"{production.title}, {' '.join(board.name.split())}",
        days=tuple(days),
        boneyard=tuple(work.id for works in pieces.values() for work in works if work.id not in placed),
        cost=cost(production, days) if days else Cost(currency=production.currency, lines=()),
        provenance=Provenance(
            production_digest=production.digest,
            cupola_version=cupola.__version__,
            seed=0,
            effort="imported",
            stopped="imported",
        ),
    )


def _day(
    unit: Unit,
    day: date,
    sheets: Sequence[Sheet],
    pieces: Mapping[str, Sequence[Work]],
    numbers: Mapping[str, str],
    production: Production,
) -> Day:
    call = local(unit, day, unit.call)
    run = _Run(unit=unit, call=call, production=production)
    for sheet in sheets:
        if sheet.kind == "banner":
            run.banner(" ".join((sheet.text or sheet.number).split()))
        for work in pieces[numbers[sheet.id]] if sheet.kind == "scene" else ():
            run.strip(work)
    utc = unit.first_utc.tzinfo
    return Day(
        unit=unit.id,
        date=day,
        number=1,
        call_utc=call.astimezone(utc),
        wrap_utc=run.at.astimezone(utc),
        strips=tuple(run.strips),
        banners=tuple(run.banners),
    )


class _Run:
    """The running order of one day: strips as they come, and what stands between them."""

    def __init__(self, *, unit: Unit, call: datetime, production: Production) -> None:
        self.unit, self.production = unit, production
        self.utc = unit.first_utc.tzinfo
        self.call = self.at = call.astimezone(self.utc)
        self.strips: list[Strip] = []
        self.banners: list[Banner] = []
        self.last: Work | None = None
        self.has_eaten = False

    def banner(self, text: str) -> None:
        if text:
            self.banners.append(Banner(text=text, start_utc=self.at, end_utc=self.at))

    def pause(self, minutes: int, text: str = "") -> None:
        end = self.at + timedelta(minutes=minutes)
        if text and minutes:
            self.banners.append(Banner(text=text, start_utc=self.at, end_utc=end))
        self.at = end

    def between(self, before: Work, after: Work) -> None:
        """Leave time for a meal, once six hours would pass without one, and for the way to the next place or set."""
        moves = before.place != after.place
        minutes = self.unit.move_min if moves else self.unit.relight_min if before.set != after.set else 0
        end = self.at + timedelta(minutes=minutes, seconds=after.total_s())
        if not self.has_eaten and end - self.call > timedelta(minutes=MEAL_WITHIN_MIN):
            self.pause(self.unit.meal_min, "Meal")
            self.has_eaten = True
        self.pause(minutes, f"Company move to {self.production.place(after.place).name}" if moves else "")

    def strip(self, work: Work) -> None:
        if self.last is not None:
            self.between(self.last, work)
        roll = self.at + timedelta(seconds=work.prepared_s())
        cut = roll + timedelta(seconds=work.rolled_s())
        end = cut + timedelta(seconds=work.reset_s)
        self.strips.append(
            Strip(
                id=work.id,
                scene=work.scene,
                shot=work.shot,
                take=work.take,
                takes=work.takes,
                place=work.place,
                cast=work.cast,
                start_utc=self.at,
                roll_utc=roll,
                cut_utc=cut,
                end_utc=end,
            )
        )
        self.at, self.last = end, work
