"""The dates of Earth units as one CP-SAT model: what moves, what it costs at least, and which strips no date can hold together.

The model is a relaxation: whatever the kernel can shoot is a solution of it, at no higher cost. What the kernel refuses is
cut off strip set by strip set (`forbid`), so that in the end both agree.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from ortools.sat.python import cp_model

from cupola.model import Board
from cupola.schedule.earth import EarthCase
from cupola.schedule.neighbourhood import dates_on
from cupola.schedule.replan_count import Weights

Pair = tuple[int, int]
"""A piece of work (row) and a slot."""

Slots = Mapping[int, int]
"""The slot of each piece, by its row."""

Expr = cp_model.LinearExpr | int


@dataclass(frozen=True, kw_only=True, slots=True)
class Task:
    """An Earth unit that is planned again.

    `calendar` are its old and new work days, in order; `was[i]` is where the date of piece i stands in it (-1: on no day), and
    `at[d]` where slot d stands. `frozen` pieces are on days that stay as they are.
    """

    case: EarthCase
    calendar: tuple[date, ...]
    was: tuple[int, ...]
    frozen: frozenset[int]

    @property
    def at(self) -> tuple[int, ...]:
        return tuple(self.calendar.index(day) for day in self.case.dates)

    def old_slot(self, i: int) -> int | None:
        """Return the slot of piece i on the old board, None where its date is no slot now."""
        if self.was[i] < 0:
            return None
        day = self.calendar[self.was[i]]
        return self.case.dates.index(day) if day in self.case.dates else None

    def choices(self, i: int) -> tuple[int, ...]:
        """Return the slots that piece i may take."""
        return tuple(int(d) for d in self.case.problem.ok[i].nonzero()[0])

    def strips(self, i: int) -> int:
        """Return how many strips piece i stands for."""
        return len(self.case.pieces[i].parts)


def task_of(case: EarthCase, board: Board) -> Task:
    """Return what has to be planned again of a unit, given the board that was agreed."""
    dates = dates_on(board, case.unit.id)
    calendar = tuple(sorted({*case.dates, *dates.values()}))
    own = [[dates[part.id] for part in piece.parts if part.id in dates] for piece in case.pieces]
    kept = {strip.id for day in case.kept for strip in day.strips}
    return Task(
        case=case,
        calendar=calendar,
        was=tuple(calendar.index(days[0]) if days else -1 for days in own),
        frozen=frozenset(i for i, piece in enumerate(case.pieces) if any(part.id in kept for part in piece.parts)),
    )


class Part:
    """One unit's share of a model. `on[i, d]` is 1 where piece i stands on slot d; `only` limits the slots of each piece."""

    def __init__(self, model: cp_model.CpModel, task: Task, only: Mapping[int, Collection[int]] | None = None) -> None:
        self.model, self.task, self.p = model, task, task.case.problem
        rows = range(len(task.case.works))
        self.cast = [frozenset(int(a) for a in row if a >= 0) for row in self.p.cast]
        self.sets = [tuple(int(s) for s in row if s >= 0) for row in self.p.sets]
        self.place = [int(place) for place in self.p.place]
        self.hub = [int(self.p.hub[place]) for place in self.p.place]
        self.on = {
            (i, d): model.new_bool_var("")
            for i in rows
            for d in task.choices(i)
            if only is None or d in only[i] or i in task.frozen
        }
        self.by_slot: dict[int, list[int]] = {}
        self.by_row: dict[int, list[int]] = {}
        for i, d in self.on:
            self.by_slot.setdefault(d, []).append(i)
            self.by_row.setdefault(i, []).append(d)
        for i in rows:
            model.add_exactly_one(self.on[i, d] for d in self.by_row.get(i, ()))
        self.hubs: dict[int, dict[int, cp_model.IntVar]] = {}
        self.places: dict[int, dict[int, cp_model.IntVar]] = {}
        for d, items in self.by_slot.items():
            self._add_day(d, items)
        self.used: dict[int, cp_model.IntVar] = {}
        self._add_order()
        self._add_rows()
        self.works: dict[Pair, cp_model.IntVar] = {}

    def _add_day(self, d: int, items: Sequence[int]) -> None:
        """Post what a day holds at most: one hub, so many sets, so many minutes with relights and moves."""
        p, model = self.p, self.model
        sets = {s: model.new_bool_var("") for s in sorted({s for i in items for s in self.sets[i]})}
        places = {l: model.new_bool_var("") for l in sorted({self.place[i] for i in items})}
        hubs = {h: model.new_bool_var("") for h in sorted({self.hub[i] for i in items})}
        for l, used in places.items():
            model.add_implication(used, hubs[int(p.hub[l])])
        for i in items:
            model.add_implication(self.on[i, d], places[self.place[i]])
            for s in self.sets[i]:
                model.add_implication(self.on[i, d], sets[s])
        self.hubs[d], self.places[d] = hubs, places
        if not any(i not in self.task.frozen for i in items):
            return
        model.add_at_most_one(hubs.values())
        model.add(sum(sets.values()) <= int(p.max_sets))
        minutes: Expr = sum(int(p.prep_s[i] + p.roll_s[i]) // 60 * self.on[i, d] for i in items)
        if all(len(self.sets[i]) == 1 for i in items):  # scenes shot together bring their relights and moves along
            minutes += int(p.relight_s) // 60 * (sum(sets.values()) - sum(places.values()))
            minutes += int(p.move_s) // 60 * (sum(places.values()) - sum(hubs.values()))
        model.add(minutes <= max(int(p.meal_within_s), int(p.day_s - p.meal_s)) // 60)

    def _add_order(self) -> None:
        for a, b in self.p.order.tolist():
            if not {a, b} <= self.task.frozen:
                self.model.add(self.slot(a) <= self.slot(b))

    def _add_rows(self) -> None:
        """No more days in a row than allowed."""
        most, dates = int(self.p.days_in_row), self.p.date_no.tolist()
        for d in range(len(dates) - most if most else 0):
            run = range(d, d + most + 1)
            if dates[d + most] - dates[d] == most and not all(set(self.by_slot.get(e, ())) <= self.task.frozen for e in run):
                self.model.add(sum(self.working(e) for e in run if e in self.by_slot) <= most)

    def working(self, d: int) -> cp_model.IntVar:
        """Return the variable that is 1 exactly where the unit shoots on slot d."""
        if d not in self.used:
            self.used[d] = self.model.new_bool_var("")
            self.model.add_max_equality(self.used[d], list(self.hubs[d].values()))
        return self.used[d]

    def slot(self, i: int) -> Expr:
        """Return the slot of piece i as an expression."""
        return sum(d * self.on[i, d] for d in self.by_row[i])

    def day_cents(self, pairs: Sequence[Pair]) -> int:
        """Return what the model counts for the unit, the places and the moves of a day with these pieces."""
        places = {self.place[i] for i, _ in pairs}
        each = sum(int(self.p.place_cents[place]) for place in places)
        return int(self.p.unit_cents) + each + int(self.p.move_cents) * (len(places) - 1)

    def forbid(self, pairs: Sequence[Pair], *, alone: bool = False, unless: Sequence[Pair] = ()) -> None:
        """Say that these pieces never stand on these slots all at once, unless one of the others stands on its slot as well.

        `alone`: only where nothing else stands on those slots.
        """
        if any(pair not in self.on for pair in pairs):
            return
        if alone:
            self._unless(pairs)
        else:
            others = [self.on[pair] for pair in unless if pair in self.on]
            self.model.add_bool_or([*(self.on[pair].negated() for pair in pairs), *others])

    def _unless(self, pairs: Sequence[Pair], *so: cp_model.IntVar) -> None:
        """Say that not exactly these pieces stand on their slots, unless `so`."""
        known, slots = set(pairs), {d for _, d in pairs}
        others = [self.on[i, d] for d in slots for i in self.by_slot[d] if (i, d) not in known]
        self.model.add_bool_or([*(self.on[pair].negated() for pair in pairs), *others, *so])

    # ----------------------------------------------------------------------------------------------------------- changes

    def changes(self, weights: Weights) -> Expr:
        """Return what the changes of the unit weigh, at least."""
        total: Expr = 0
        if weights.scenes:
            total += weights.scenes * sum(self.task.strips(i) * (1 - self.stays(i)) for i in self._movable())
        if weights.calls:
            total += weights.calls * self._calls()
        if weights.days:
            total += weights.days * self._decisions()
        return total

    def _movable(self) -> list[int]:
        return [i for i in self.by_row if self.task.was[i] >= 0 and i not in self.task.frozen]

    def stays(self, i: int) -> Expr:
        """Return 1 where piece i stands on its old date."""
        slot = self.task.old_slot(i)
        return 0 if slot is None else self.on.get((i, slot), 0)

    def called(self, a: int, d: int) -> cp_model.IntVar:
        """Return the variable that is 1 exactly where cast member a works on slot d."""
        if (a, d) not in self.works:
            here = [self.on[i, d] for i in self.by_slot.get(d, ()) if a in self.cast[i]]
            self.works[a, d] = self.model.new_bool_var("")
            self.model.add_max_equality(self.works[a, d], here or [self.model.new_constant(0)])
        return self.works[a, d]

    def _calls(self) -> Expr:
        """Call days that come and go, those before the first free slot left out."""
        task = self.task
        total: Expr = 0
        slot_at = {at: d for d, at in enumerate(task.at)}
        before = {(a, was) for i, was in enumerate(task.was) if was >= 0 for a in self.cast[i]}
        for a, d in sorted({(a, d) for i, d in self.on for a in self.cast[i]}):
            was_called = (a, task.at[d]) in before
            total += 1 - self.called(a, d) if was_called else self.called(a, d)
        gone = {(a, at) for a, at in before if at not in slot_at}
        idle = {(a, at) for a, at in before - gone if not any(a in self.cast[i] for i in self.by_slot.get(slot_at[at], ()))}
        return total + len(gone) + len(idle)

    def _decisions(self) -> Expr:
        """Runs of whole days that move alike, and pieces that move for themselves."""
        task, model = self.task, self.model
        days: dict[int, list[int]] = {}
        for i in self._movable():
            days.setdefault(task.was[i], []).append(i)
        frozen_days = {task.was[i] for i in task.frozen}
        at_slot = {at: d for d, at in enumerate(task.at)}
        shifts: dict[int, dict[int, cp_model.IntVar]] = {}
        for at, items in days.items():
            if at in frozen_days:
                continue
            common = [d for d in range(len(task.case.dates)) if all((i, d) in self.on for i in items) and task.at[d] != at]
            shifts[at] = {task.at[d] - at: model.new_bool_var("") for d in common}
            model.add_at_most_one(shifts[at].values())
            for by, shifted in shifts[at].items():
                for i in items:
                    model.add_implication(shifted, self.on[i, at_slot[at + by]])
        total: Expr = 0
        order = sorted({task.was[i] for i in range(len(task.was)) if task.was[i] >= 0})
        for before, at in itertools.pairwise([-1, *order]):
            for by, shifted in shifts.get(at, {}).items():
                earlier = shifts.get(before, {}).get(by)
                if earlier is None:
                    total += shifted
                else:
                    begins = model.new_bool_var("")
                    model.add_bool_or(begins, earlier, shifted.negated())
                    total += begins
        for at, items in days.items():
            for i in items:
                alone = model.new_bool_var("")
                stays = self.stays(i)
                model.add(alone + stays + sum(shifts.get(at, {}).values()) >= 1)
                total += task.strips(i) * alone
        return total

    # -------------------------------------------------------------------------------------------------------------- cost

    def cents(self, surcharges: Mapping[tuple[Pair, ...], int] | None = None) -> Expr:
        """Return what the unit costs, at least: days, places, moves, and what the cast is paid.

        `surcharges` are what some days cost beyond that as they run: a place returned to, overtime.
        """
        p = self.p
        slots = range(len(self.task.case.dates))
        total: Expr = 0
        for d in self.hubs:
            total += (int(p.unit_cents) - int(p.move_cents)) * self.working(d)
            total += sum((int(p.place_cents[l]) + int(p.move_cents)) * on for l, on in self.places[d].items())
        for pairs, extra in (surcharges or {}).items():
            if all(pair in self.on for pair in pairs):
                so = self.model.new_bool_var("")
                self._unless(pairs, so)
                total += extra * so
        if int(p.move_cents):
            total += int(p.move_cents) * self._stays_between(slots)
        for a in range(len(self.task.case.cast)):
            total += self._pay(a, slots)
        return total

    def _stays_between(self, slots: range) -> Expr:
        """Moves of the unit between hubs from day to day."""
        model, hubs = self.model, sorted({h for here in self.hubs.values() for h in here})
        stay = {(h, d): model.new_bool_var("") for h in hubs for d in slots}
        total: Expr = 0
        for d in slots:
            model.add_exactly_one(stay[h, d] for h in hubs)
            for h, here in self.hubs.get(d, {}).items():
                model.add_implication(here, stay[h, d])
            if d:
                moved = model.new_bool_var("")
                for h in hubs:
                    model.add_bool_or(stay[h, d].negated(), stay[h, d - 1], moved)
                total += moved
        return total

    def _pay(self, a: int, slots: range) -> Expr:
        """Work, holds less one dropped gap, and journeys of a cast member."""
        p, model = self.p, self.model
        own = sorted({d for i, d in self.on if a in p.cast[i]})
        if not own:
            return 0
        work, hold = int(p.work_cents[a]), int(p.hold_cents[a])
        total: Expr = work * sum(self.called(a, d) for d in own)
        if hold > 0:
            paid = {d: model.new_bool_var("") for d in slots}
            starts = {d: model.new_bool_var("") for d in slots}
            for d in slots:
                if (a, d) in self.works:
                    model.add_implication(self.called(a, d), paid[d])
                before = [paid[d - 1]] if d else []
                model.add_bool_or([paid[d].negated(), starts[d], *before])
                for k in range(d if p.drop_days[a] >= 0 else 0):
                    if int(p.date_no[d] - p.date_no[k]) - 1 < int(p.drop_days[a]):
                        model.add_implication(starts[d], paid[k].negated())
            model.add(sum(starts.values()) <= (2 if p.drop_days[a] >= 0 else 1))
            idle = [int(p.idle[d + 1] - p.idle[d]) for d in slots]
            holds = sum(idle[d] * paid[d] for d in slots) - sum(idle[d] * self.called(a, d) for d in own)
            total += hold * self._at_least(holds, int(p.guarantee_days[a]) - sum(self.called(a, d) for d in own))
        if int(p.travel_cents[a]) > 0:
            total += int(p.travel_cents[a]) * self._journeys(a, own)
        return total

    def _at_least(self, first: Expr, second: Expr) -> Expr:
        """Return a variable that is no less than either."""
        days = self.model.new_int_var(0, len(self.task.case.dates) + 366, "")
        self.model.add(days >= first)
        self.model.add(days >= second)
        return days

    def _journeys(self, a: int, own: Sequence[int]) -> Expr:
        """Stays of a cast member away from home: one at least for each hub worked in, one more for each return."""
        p, model = self.p, self.model
        home = int(p.home[a])
        hubs = sorted({self.hub[i] for i, _ in self.on if a in p.cast[i]} | {home})
        total: Expr = 0
        last: dict[int, cp_model.IntVar] = {}
        for d in own:
            there = {h: model.new_bool_var("") for h in hubs}  # where nobody has a home, -2 is a place to wait
            model.add_exactly_one(there.values())
            for i in self.by_slot[d]:
                if a in p.cast[i]:
                    model.add_implication(self.on[i, d], there[self.hub[i]])
            for h in hubs:
                if h != home:
                    arrives = model.new_bool_var("")
                    model.add_bool_or([arrives, there[h].negated(), *([last[h]] if last else [])])
                    total += arrives
            last = there
        return total
