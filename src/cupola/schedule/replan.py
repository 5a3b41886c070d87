"""The world moved: the board with the fewest changes, the cheapest with so many, and boards between that and the cheapest."""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta

import cupola
from cupola.errors import NothingFits
from cupola.model import Board, Day, Production, Provenance, Strip, Unit, Violation, Window
from cupola.model.work import Work, workdays, works_of
from cupola.money import cost
from cupola.rules import broken, check
from cupola.schedule.earth import EarthCase, earth_case, earth_days
from cupola.schedule.earth_search import slots_of
from cupola.schedule.explain import explain
from cupola.schedule.neighbourhood import Neighbourhood
from cupola.schedule.replan_count import Changes, Weights, changes_between
from cupola.schedule.replan_cuts import Conflict, Judge
from cupola.schedule.replan_earth import EarthReplan, Found
from cupola.schedule.replan_front import Ladder, worth_showing
from cupola.schedule.replan_model import Slots, task_of
from cupola.schedule.replan_orbit import FlightReplan, flight_replan
from cupola.schedule.replan_weigh import weight_of
from cupola.schedule.stop import CP_PER_S, Halt, Stop

Windows = Mapping[str, Sequence[Window]]

BOARDS = 10
"""How many boards of a unit the front has at most."""
FEWEST_LEAST = 4.0
"""Deterministic seconds that the fewest changes may take at least: they are what was asked for."""
TRIES = 4
"""How often a board is looked for anew whose days the rules refuse although the kernel had no word to say."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Option:
    """A board that keeps every rule, what it changes of the agreed one, and what is proven of it.

    `is_fewest`: no board changes less. `is_cheapest`: no board that changes as little costs less.
    """

    board: Board
    changes: Changes
    weight: int
    is_fewest: bool = False
    is_cheapest: bool = False

    @property
    def cents(self) -> int:
        return self.board.cost.total_cents


@dataclass(frozen=True, kw_only=True, slots=True)
class Replanned:
    """The front from the fewest changes to the cheapest board: each option changes more than the one before, and costs less.

    `agreed` is the board that changes are counted from, moved with a slipped launch; `misfits` are its strips that cannot
    stay, with the rules that say so.
    """

    agreed: Board
    options: tuple[Option, ...]
    misfits: tuple[Violation, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class _UnitPlan:
    days: tuple[Day, ...]
    is_fewest: bool = False
    is_cheapest: bool = False


def replan(
    production: Production,
    board: Board,
    windows: Windows,
    *,
    since: date | None = None,
    weights: Weights | None = None,
    slips: Mapping[str, int] | None = None,
    stop: Stop | None = None,
    seed: int = 1,
    halt: Halt | None = None,
    tell: Callable[[str], None] = lambda _: None,
) -> Replanned:
    """Return boards for a production that has changed since `board` was agreed.

    Days before `since` are shot: they stay as they are. `slips` are days by which units were moved as wholes (a launch): what
    moved with them is no change. Every board keeps every rule, or an option is not there. The same inputs, seed and `stop`
    give the same boards. Raises NothingFits where it is proven that no board keeps every wish.
    """
    run = _Replan(
        production=production,
        windows=windows,
        agreed=slipped_board(board, slips or {}),
        since=since,
        weights=weights or Weights(),
        stop=stop or Stop(seconds=30),
        seed=seed,
        halt=halt or Halt(),
        tell=tell,
    )
    return run.replanned()


def slipped_board(board: Board, slips: Mapping[str, int]) -> Board:
    """Return a board whose units begin later by so many days, everything on them at its clock time."""
    return dataclasses.replace(board, days=tuple(_later(day, slips.get(day.unit, 0)) for day in board.days))


def _later(day: Day, days: int) -> Day:
    by = timedelta(days=days)
    return (
        day
        if not days
        else dataclasses.replace(
            day,
            date=day.date + by,
            call_utc=day.call_utc + by,
            wrap_utc=day.wrap_utc + by,
            strips=tuple(_later_strip(strip, by) for strip in day.strips),
            banners=tuple(dataclasses.replace(b, start_utc=b.start_utc + by, end_utc=b.end_utc + by) for b in day.banners),
        )
    )


def _later_strip(strip: Strip, by: timedelta) -> Strip:
    times = {name: getattr(strip, name) + by for name in ("start_utc", "roll_utc", "cut_utc", "end_utc")}
    return dataclasses.replace(strip, **times)


@dataclass(kw_only=True, slots=True)
class _Replan:
    """One call of `replan`."""

    production: Production
    windows: Windows
    agreed: Board
    since: date | None
    weights: Weights
    stop: Stop
    seed: int
    halt: Halt
    tell: Callable[[str], None]
    broken: tuple[Violation, ...] = ()
    trusted: dict[tuple[str, date], Day] = field(default_factory=dict)

    def replanned(self) -> Replanned:
        self.broken = tuple(
            violation for violation in broken(check(self.production, self.agreed, self.windows)) if self._matters(violation)
        )
        self.trusted = self._trusted()
        works: dict[str, list[Work]] = {unit.id: [] for unit in self.production.units}
        for work in works_of(self.production):
            works[work.unit].append(work)
        units = [unit for unit in self.production.units if works[unit.id]]
        plans: list[list[_UnitPlan]] = []
        busy: dict[str, dict[date, str]] = {}
        for unit in sorted(units, key=lambda unit: not unit.is_orbit):
            own = self._flight(unit, works[unit.id]) if unit.is_orbit else self._earth(unit, works[unit.id], busy)
            if not own:
                self._raise_clash(unit, works[unit.id])
            plans.append(own)
            self._add_busy(busy, own[0].days)
        options = self._front(plans)
        if not options:
            self._raise_clash(units[-1], works[units[-1].id])
        return Replanned(agreed=self.agreed, options=options, misfits=self.broken)

    def _matters(self, violation: Violation) -> bool:
        """Whether a broken rule is of days that are still to come."""
        if self.since is None:
            return True
        if violation.day is not None:
            return violation.day >= self.since
        shot = {strip.id for day in self.agreed.days if day.date < self.since for strip in day.strips}
        return not violation.strips or not set(violation.strips) <= shot

    def _trusted(self) -> dict[tuple[str, date], Day]:
        """The days of the agreed board that no rule has a word against."""
        named = {strip for violation in self.broken for strip in violation.strips}
        dates = {violation.day for violation in self.broken}
        return {
            (day.unit, day.date): day
            for day in self.agreed.days
            if day.date not in dates and not any(strip.id in named for strip in day.strips)
        }

    def _raise_clash(self, unit: Unit, works: Sequence[Work]) -> None:
        clash = explain(self.production, unit, works, self.windows)
        if clash is not None:
            raise clash
        raise NothingFits(
            f"no board of unit {unit.id} was found that keeps every wish, and none is proven impossible",
            wishes=tuple(f"{violation.rule}: {violation.message}" for violation in self.broken[:8]),
            remedy="Give it more --time, or give up one of these.",
        )

    def _add_busy(self, busy: dict[str, dict[date, str]], days: Iterable[Day]) -> None:
        for day in days:
            for strip in day.strips:
                for name in strip.cast:
                    busy.setdefault(name, {})[day.date] = self.production.place(strip.place).hub

    # ------------------------------------------------------------------------------------------------------------- units

    def _flight(self, unit: Unit, works: Sequence[Work]) -> list[_UnitPlan]:
        old = [day for day in self.agreed.days if day.unit == unit.id]
        flight: FlightReplan = flight_replan(
            self.production,
            unit,
            works,
            self.windows,
            old=old,
            trusted=[day for day in old if (unit.id, day.date) in self.trusted],
            since=self.since,
            halt=self.halt,
            seed=self.seed,
        )
        plans = flight.plans(limit=self.stop.seconds * CP_PER_S)
        return [_UnitPlan(days=plan.days, is_fewest=plan.is_fewest, is_cheapest=plan.is_cheapest) for plan in plans]

    def _earth(self, unit: Unit, works: Sequence[Work], busy: Mapping[str, Mapping[date, str]]) -> list[_UnitPlan]:
        within = Neighbourhood(frozen_before=self.since)
        case = earth_case(self.production, unit, works, self.windows, busy=busy, start=self.agreed, within=within)
        task = task_of(case, self.agreed)
        slot = {day: d for d, day in enumerate(case.dates)}
        trusted = {
            slot[on]: frozenset(i for i, was in enumerate(task.was) if was >= 0 and task.calendar[was] == on)
            for unit_id, on in self.trusted
            if unit_id == unit.id and on in slot
        }
        run = EarthReplan(
            task=task, judge=Judge(task=task, trusted=trusted), weights=self.weights, halt=self.halt, seed=self.seed
        )
        limit = self.stop.seconds * CP_PER_S
        fewest = self._fewest(case, run, max(limit, FEWEST_LEAST))
        if fewest is None:
            return []
        slots, most, is_fewest = fewest
        shared = any(day in slot for member in case.cast for day in busy.get(member.id, ()))
        is_fewest = is_fewest and (most == 0 or not shared)  # another unit's board, otherwise, might have left more room
        self.tell(f"unit {unit.id}: fewest changes {most}{', proven' if is_fewest else ''}")
        cheap = run.cheapest(most=most, near=slots, limit=limit / 2)
        is_cheapest = False
        if self._is_clean(case, cheap.slots):
            slots = cheap.slots
            is_cheapest = not shared and cheap.bound >= cheap.value and run.is_cheapest(cheap.value, most=most, limit=limit / 5)
            self.tell(f"unit {unit.id}: cheapest with so many{', proven' if is_cheapest else ''}")
        plans = [_UnitPlan(days=self._days(case, slots), is_fewest=is_fewest, is_cheapest=is_cheapest)]
        plans += [_UnitPlan(days=self._days(case, other)) for other in self._between(run, slots)]
        return plans

    def _fewest(self, case: EarthCase, run: EarthReplan, limit: float) -> tuple[Slots, int, bool] | None:
        """The assignment with the fewest changes whose days the rules find no fault with, and whether that is proven."""
        best: Found | None = None
        for _ in range(TRIES):
            found = run.fewest(limit=limit)
            if found is None:
                break
            faults = self._faults(case, found.slots)
            if not faults:
                fewer, refuted = run.fewer(found.value, limit=limit)
                if fewer is None:
                    return found.slots, found.value, refuted and found.bound >= found.value
                faults = self._faults(case, fewer.slots)  # what was missed is known to be good now: look again
                best = found if faults else fewer
            run.refuse(faults)
        return (best.slots, best.value, False) if best is not None else self._mended(case, run)

    def _mended(self, case: EarthCase, run: EarthReplan) -> tuple[Slots, int, bool] | None:
        """An assignment with few changes, where the time did not do for the fewest: nothing of it is proven."""
        ladder = Ladder(task=run.task, seconds=self.stop.seconds, seed=self.seed, halt=self.halt)
        slots = ladder.mended(slots_of(case, self.agreed, self.seed))
        if slots is None or self._faults(case, slots):
            return None
        return slots, weight_of(run.task, slots, self.weights), False

    def _between(self, run: EarthReplan, slots: Slots) -> list[Slots]:
        """Assignments from the fewest changes to the cheapest that annealing finds, those that say most of the front."""
        ladder = Ladder(task=run.task, seconds=self.stop.seconds, seed=self.seed, halt=self.halt)
        found = [slots, *ladder.boards(slots)]
        points = [(weight_of(run.task, each, self.weights), run.judge.cents(each)[0]) for each in found]
        return [found[n] for n in worth_showing(points, BOARDS) if n]

    # ------------------------------------------------------------------------------------------------------------ boards

    def _days(self, case: EarthCase, slots: Slots, *, as_before: bool = True) -> tuple[Day, ...]:
        """Return the days of an assignment; one that holds the same strips as before stands as it did, if that leaves rest."""
        made = earth_days(case, self.production, [slots.get(i, -1) for i in range(len(case.works))])
        if not as_before:
            return made
        rest = timedelta(seconds=int(case.problem.rest_s))
        days: list[Day] = []
        for day in made:
            old = self.trusted.get((day.unit, day.date))
            same = old is not None and {strip.id for strip in old.strips} == {strip.id for strip in day.strips}
            stands = old is not None and same and not (days and old.call_utc < min(day.call_utc, days[-1].wrap_utc + rest))
            days.append(dataclasses.replace(old, number=day.number) if old is not None and stands else day)
        return tuple(days)

    def _is_clean(self, case: EarthCase, slots: Slots) -> bool:
        return not self._faults(case, slots)

    def _faults(self, case: EarthCase, slots: Slots) -> list[Conflict]:
        """What the rules have against the days of a unit, as sets of pieces that must not stand alone on their slots."""
        days = self._days(case, slots)
        dates = {
            violation.day
            for violation in broken(check(self.production, self._board(days), self.windows))
            if violation.day is not None and self._matters(violation) and violation.rule != "every scene"
        } & set(case.dates)
        on = sorted(set(slots.values()))
        faults = []
        for d in (case.dates.index(day) for day in dates if day is not None):
            near = {d, *(other for other in on if other in (d - 1, d + 1))}
            pairs = tuple(sorted((i, e) for i, e in slots.items() if e in near))
            faults.append(Conflict(pairs=pairs, alone=True))
        return faults

    def _front(self, plans: Sequence[Sequence[_UnitPlan]]) -> tuple[Option, ...]:
        """Return every board of these plans that keeps the rules and that no other beats, the fewest changes first."""
        options: dict[tuple[int, int], Option] = {}
        calendars = {unit.id: workdays(unit) for unit in self.production.units}
        for combination in itertools.islice(itertools.product(*plans), 200):
            board = self._board(tuple(day for plan in combination for day in plan.days))
            if any(self._matters(violation) for violation in broken(check(self.production, board, self.windows))):
                continue
            changes = changes_between(self.agreed, board, calendars=calendars)
            first = all(plan is own[0] for plan, own in zip(combination, plans, strict=True))
            option = Option(
                board=board,
                changes=changes,
                weight=changes.weighed(self.weights),
                is_fewest=first and all(plan.is_fewest for plan in combination),
                is_cheapest=first and all(plan.is_cheapest for plan in combination),
            )
            key = (option.weight, option.cents)
            if key not in options or option.is_fewest:
                options[key] = option
        least = min((option.weight for option in options.values() if option.is_fewest), default=-1)
        front: list[Option] = []
        for key in sorted(options):
            if not front or key[1] < front[-1].cents:
                front.append(dataclasses.replace(options[key], is_fewest=not front and key[0] == least))
        return tuple(front)

    def _board(self, days: Sequence[Day]) -> Board:
        ordered = tuple(sorted(days, key=lambda day: (day.date, day.unit)))
        on_board = {strip.id for day in ordered for strip in day.strips}
        return Board(
            title=f"{self.production.title}, replanned",
            days=ordered,
            boneyard=tuple(work.id for work in works_of(self.production) if work.id not in on_board),
            omitted=self.agreed.omitted,
            cost=cost(self.production, ordered),
            bounds=(),
            provenance=Provenance(
                production_digest=self.production.digest,
                cupola_version=cupola.__version__,
                seed=self.seed,
                effort=self.stop.effort,
                stopped="replanned",
            ),
        )
