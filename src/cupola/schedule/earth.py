"""An Earth unit as arrays for the kernel, and an assignment of work to dates as days of a board."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

import numpy as np
from numpy.typing import NDArray

from cupola.model import Board, CastMember, Day, Production, Unit, Window
from cupola.model.work import Work, local, workdays
from cupola.money import terms
from cupola.rules import limits_of
from cupola.schedule.earth_days import earth_days, fits
from cupola.schedule.earth_pieces import Piece, pieces_of
from cupola.schedule.earth_windows import Calendar, Minors, Span, clock_s, minors_of
from cupola.schedule.kernel_problem import CHOICES, Ints, Keys, Packed, Problem, packed
from cupola.schedule.neighbourhood import FREE, Neighbourhood, dates_on, kept_days

__all__ = ["Busy", "EarthCase", "earth_case", "earth_days", "fits"]

Busy = Mapping[str, Mapping[date, str]]
"""The dates on which cast work in other units, and the hub they are in, by cast id."""


@dataclass(frozen=True, kw_only=True, slots=True)
class EarthCase:
    """One Earth unit ready to be solved: its pieces, its dates, and the same as arrays, by name and as the kernel's tables.

    `works` has a piece of work for each row of the arrays; where scenes are shot together, `pieces` says which strips it
    stands for. `kept` are days of an earlier board that stay as they are.
    """

    unit: Unit
    works: tuple[Work, ...]
    pieces: tuple[Piece, ...]
    dates: tuple[date, ...]
    cast: tuple[CastMember, ...]
    places: tuple[str, ...]
    windows: Mapping[str, Sequence[Window]]
    kept: tuple[Day, ...]
    problem: Problem
    tables: Packed


def earth_case(
    production: Production,
    unit: Unit,
    works: Sequence[Work],
    windows: Mapping[str, Sequence[Window]],
    *,
    busy: Busy | None = None,
    start: Board | None = None,
    within: Neighbourhood = FREE,
) -> EarthCase:
    """Return an Earth unit as arrays.

    `windows` are by shot id; `busy` are dates on which cast work in other units. `within` limits what may change of `start`.
    """
    pieces = pieces_of(production, unit, works)
    kept = kept_days(start, within, unit.id)
    dates = tuple(sorted({*workdays(unit), *(day.date for day in kept)}))
    own = {name for piece in pieces for name in piece.work.cast}
    cast = tuple(member for member in production.cast if member.id in own)
    places = tuple(dict.fromkeys(piece.work.place for piece in pieces))
    problem = _Arrays(production, unit, pieces, dates, cast, places, windows, busy or {}, start, within, kept).problem()
    return EarthCase(
        unit=unit,
        works=tuple(piece.work for piece in pieces),
        pieces=pieces,
        dates=dates,
        cast=cast,
        places=places,
        windows=windows,
        kept=kept,
        problem=problem,
        tables=packed(problem),
    )


@dataclass(frozen=True, slots=True)
class _Arrays:
    """The parts of a unit on their way into arrays: one method for each rule."""

    production: Production
    unit: Unit
    pieces: tuple[Piece, ...]
    dates: tuple[date, ...]
    cast: tuple[CastMember, ...]
    places: tuple[str, ...]
    windows: Mapping[str, Sequence[Window]]
    busy: Busy
    start: Board | None
    within: Neighbourhood
    kept: tuple[Day, ...]

    def problem(self) -> Problem:
        production, unit, pieces = self.production, self.unit, self.pieces
        hubs = list(dict.fromkeys(production.place(place).hub for place in self.places))
        limits = limits_of(production, unit)
        call_s, day_s = clock_s(unit.call), limits.day.minutes * 60
        midnights = tuple(local(unit, day, time(0)) for day in self.dates)
        minors = minors_of(production, unit, self.dates)
        calendar = Calendar(
            production=production, unit=unit, dates=self.dates, midnights=midnights, windows=self.windows, minors=minors
        )
        opens, closes = self._rolls(calendar)
        sets = self._sets()
        prices = [terms(production, member, unit) for member in self.cast]
        row = {member.id: a for a, member in enumerate(self.cast)}
        order, cover = self._order(), self._cover()
        minor_set, minor_work, minor_beside = self._minor_times(minors)
        brief = _brief(opens, closes, call_s)
        return Problem(
            prep_s=_ints([piece.work.prep_s for piece in pieces]),
            roll_s=_ints([piece.work.roll_s for piece in pieces]),
            open_s=opens,
            close_s=closes,
            brief=brief,
            ok=self._allowed(opens, closes),
            free=self._free(opens, closes, call_s, day_s, minors),
            key=self._keys(opens, closes, minor_set, minor_work),
            place=_ints([self.places.index(piece.work.place) for piece in pieces]),
            set_no=sets[:, 0].copy(),
            set_last=_ints([own[own >= 0][-1] for own in sets]),
            sets=sets,
            cast=_padded([[row[name] for name in piece.work.cast] for piece in pieces]),
            hub=_ints([hubs.index(production.place(place).hub) for place in self.places]),
            place_cents=_ints([_cents(production.place(place).day_rate) for place in self.places]),
            work_cents=_ints([each.work for each in prices]),
            hold_cents=_ints([each.hold for each in prices]),
            travel_cents=_ints([each.travel for each in prices]),
            week_cents=_ints([each.week for each in prices]),
            guarantee_days=_ints([each.guarantee_days for each in prices]),
            straight_s=_ints([each.straight_min * 60 for each in prices]),
            overtime_cents=_ints([each.overtime for each in prices]),
            home=_ints([hubs.index(member.home_hub) if member.home_hub in hubs else -2 for member in self.cast]),
            drop_days=_ints([each.drop_days for each in prices]),
            minor_set_s=minor_set,
            minor_work_s=minor_work,
            minor_beside_s=minor_beside,
            date_no=_ints([day.toordinal() for day in self.dates]),
            idle=self._idle(),
            midnight_s=_ints([round(at.timestamp()) for at in midnights]),
            order=order,
            cover=cover,
            tied=self._tied(order, cover),
            rank=self._rank(),
            was=np.full(len(pieces), -1, np.int64),
            strips=_ints([len(piece.parts) for piece in pieces]),
            given=self._given(midnights),
            call_s=call_s,
            day_s=day_s,
            rest_s=limits.rest.minutes * 60,
            night_rest_s=limits.night_rest.minutes * 60 if limits.night_rest else 0,
            night_call_s=clock_s(limits.night_call),
            week_rest_s=limits.week_rest.minutes * 60 if limits.week_rest else 0,
            days_in_row=limits.days_in_row.minutes if limits.days_in_row else 0,
            meal_s=max(unit.meal_min, limits.meal.minutes) * 60,
            meal_within_s=limits.meal_within.minutes * 60,
            relight_s=unit.relight_min * 60,
            move_s=unit.move_min * 60,
            max_sets=unit.max_sets,
            unit_cents=_cents(unit.day_rate),
            move_cents=_cents(unit.move_rate),
            any_overtime=int(any(each.overtime for each in prices)),
            any_minor=int(bool(minors)),
            only_swap_days=int(self.within.only_swap_days),
            keep_order=int(self.within.keep_order and self.start is not None),
        )

    def _rolls(self, calendar: Calendar) -> tuple[Ints, Ints]:
        """Return the opening and closing of each piece's windows on each slot; those too short for the roll are left out."""
        shape = (len(self.pieces), len(self.dates), CHOICES)
        opens, closes = np.zeros(shape, np.int64), np.full(shape, -1, np.int64)
        known: dict[object, list[tuple[Span, ...]]] = {}
        pinned = {pin.strip for pin in self.production.pins if pin.start is not None}
        for i, piece in enumerate(self.pieces):
            by_part = []
            for part in piece.parts:
                lit = None if part.light.is_any else id(self.windows.get(part.shot))
                people = tuple(name for name in part.cast if name in calendar.minors)
                alike = (part.place, lit, part.prep_s, people, part.id if part.id in pinned else "")
                if alike not in known:
                    known[alike] = calendar.rolls(part)
                by_part.append(known[alike])
            for d in range(len(self.dates)):
                spans = piece.rolls([spans[d] for spans in by_part])
                wide = [span for span in spans if span[1] - span[0] >= piece.work.roll_s]
                for k, (opening, closing) in enumerate(wide[:CHOICES]):
                    opens[i, d, k], closes[i, d, k] = opening, closing
        return opens, closes

    def _allowed(self, opens: Ints, closes: Ints) -> Ints:
        """Return where light, place, cast, pin and neighbourhood allow a date."""
        roll = _ints([piece.work.roll_s for piece in self.pieces])
        ok: NDArray[np.bool_] = np.asarray((closes - opens >= roll[:, None, None]).any(axis=2))
        open_on = {place: self._open_on(place) for place in self.places}
        here = {member.id: self._present(member) for member in self.cast}
        pinned = {pin.strip: pin.day for pin in self.production.pins}
        before = dates_on(self.start, self.unit.id) if self.start is not None else {}
        closed = np.array([self.within.is_closed(self.unit.id, day) for day in self.dates], bool)
        on_kept = {strip.id for day in self.kept for strip in day.strips}
        for i, piece in enumerate(self.pieces):
            names = {part.id for part in piece.parts}
            if names & on_kept:  # what was shot, or must stay, is not asked whether it may
                ok[i] = [day == before[next(iter(names & on_kept))] for day in self.dates]
                continue
            days = {pinned[name] for name in names if name in pinned}
            days |= {before[name] for name in names & self.within.pins if name in before}
            ok[i] &= open_on[piece.work.place] & ~closed
            for name in piece.work.cast:
                ok[i] &= here[name]
            for name in piece.work.cast:
                ok[i] &= self._apart(name, self.production.place(piece.work.place).hub)
            if days:
                ok[i] &= [{day} == days for day in self.dates]
        return np.ascontiguousarray(ok, np.int64)

    def _open_on(self, place_id: str) -> NDArray[np.bool_]:
        place = self.production.place(place_id)
        return np.array(
            [
                not any(day in span for span in place.closed)
                and (not place.permits or any(day in span for span in place.permits))
                for day in self.dates
            ],
            bool,
        )

    def _present(self, member: CastMember) -> NDArray[np.bool_]:
        return np.array([not any(day in span for span in member.away) for day in self.dates], bool)

    def _apart(self, name: str, hub: str) -> NDArray[np.bool_]:
        """Return the dates on which a person can be at a hub: not with another unit, nor next to a day with one elsewhere."""
        ok = np.ones(len(self.dates), bool)
        for day, other in self.busy.get(name, {}).items():
            near = 1 if other != hub else 0
            ok &= [abs((own - day).days) > near for own in self.dates]
        return ok

    def _free(self, opens: Ints, closes: Ints, call_s: int, day_s: int, minors: Minors) -> Ints:
        prep = _ints([piece.work.prep_s for piece in self.pieces])
        whole = (opens <= call_s + prep[:, None, None]) & (closes >= call_s + day_s)
        free: Ints = np.where(whole, closes, 0).max(axis=2)
        for i, piece in enumerate(self.pieces):
            for name in piece.work.cast:
                if name in minors:
                    free[i] *= [limits is None for limits in minors[name]]
            if len(piece.sets) > 1:
                free[i] = 0
        return np.ascontiguousarray(free, np.int64)

    def _keys(self, opens: Ints, closes: Ints, minor_set: Ints, minor_work: Ints) -> Keys:
        """Return a 64-bit number for each piece and each sort of date it has: alike where windows and minors' times are."""
        n, T = opens.shape[:2]
        people = np.concatenate([minor_set, minor_work]).T if len(minor_set) else np.zeros((T, 1), np.int64)
        _, age = np.unique(people, axis=0, return_inverse=True)
        key = np.zeros((n, T), np.uint64)
        for i in range(n):
            rows = np.concatenate([opens[i], closes[i], age.reshape(T, 1)], axis=1)
            _, sort = np.unique(rows, axis=0, return_inverse=True)
            key[i] = mixed(np.uint64(i + 1) * np.uint64(1 << 20) + sort.reshape(T).astype(np.uint64))
        return key

    def _sets(self) -> Ints:
        names = list(dict.fromkeys(own for piece in self.pieces for own in piece.sets))
        number = {name: k for k, name in enumerate(names)}
        return _padded([[number[own] for own in piece.sets] for piece in self.pieces])

    def _order(self) -> Ints:
        """Return the pairs of pieces of which the first comes before the second."""
        rows: dict[str, list[int]] = {}
        for i, piece in enumerate(self.pieces):
            for scene in dict.fromkeys(part.scene for part in piece.parts):
                rows.setdefault(scene, []).append(i)
        pairs = [
            (a, b)
            for wish in self.production.order
            for a in rows.get(wish.first, ())
            for b in rows.get(wish.then, ())
            if a != b
        ]
        return _ints(pairs).reshape(-1, 2)

    def _cover(self) -> Ints:
        """Return which pieces are work at a cover set (1), and which are the exteriors that it stands by for (2)."""
        outside = {scene.number for scene in self.production.script.scenes if "EXT" in scene.int_ext.upper()}
        covers = [self.production.place(place) for place in self.places if self.production.place(place).covers]
        table = np.zeros((len(self.pieces), len(covers)), np.int64)
        for g, cover in enumerate(covers):
            for i, piece in enumerate(self.pieces):
                if piece.work.place == cover.id:
                    table[i, g] = 1
                elif piece.work.place in cover.covers and any(part.scene in outside for part in piece.parts):
                    table[i, g] = 2
        return table

    def _tied(self, order: Ints, cover: Ints) -> Ints:
        tied: Ints = np.asarray((cover > 0).any(axis=1), np.int64)
        tied[order.ravel()] = 1
        return tied

    def _minor_times(self, minors: Minors) -> tuple[Ints, Ints, Ints]:
        """Return the longest times of each minor on set and at work on each date (-1: none), and what school and meal take."""
        on_set = np.full((len(self.cast), len(self.dates)), -1, np.int64)
        work, beside = on_set.copy(), np.zeros_like(on_set)
        for a, member in enumerate(self.cast):
            for d, limits in enumerate(minors.get(member.id, ())):
                if limits is not None:
                    school = limits.school.minutes if limits.school else 0
                    on_set[a, d], work[a, d] = limits.on_set.minutes * 60, limits.work.minutes * 60
                    beside[a, d] = (school + limits.meal_min) * 60
        return on_set, work, beside

    def _idle(self) -> Ints:
        """Return how many of the unit's work days come before each slot: the days on which a hold is paid."""
        calendar = frozenset(workdays(self.unit))
        return _ints(np.concatenate([[0], np.cumsum([day in calendar for day in self.dates])]))

    def _rank(self) -> Ints:
        if self.start is None or not self.within.keep_order:
            return np.full(len(self.pieces), -1, np.int64)
        before = dates_on(self.start, self.unit.id)
        days = sorted(set(before.values()))
        return _ints(
            [min((days.index(before[p.id]) for p in piece.parts if p.id in before), default=-1) for piece in self.pieces]
        )

    def _given(self, midnights: Sequence[datetime]) -> Ints:
        """Return the days that stay as they are: what unit, places and moves of them cost, their call and wrap."""
        given = np.zeros((len(self.dates), 4), np.int64)
        for day in self.kept:
            d = self.dates.index(day.date)
            places = [strip.place for strip in day.strips]
            cents = _cents(self.unit.day_rate) + sum(_cents(self.production.place(name).day_rate) for name in set(places))
            cents += _cents(self.unit.move_rate) * sum(a != b for a, b in itertools.pairwise(places))
            given[d] = (1, cents, _since(midnights[d], day.call_utc), _since(midnights[d], day.wrap_utc))
        return given


def _since(midnight: datetime, at: datetime) -> int:
    return round((at - midnight).total_seconds())


def _cents(rate: object) -> int:
    return int(getattr(rate, "cents", 0))


def _ints(values: object) -> Ints:
    return np.ascontiguousarray(values, dtype=np.int64)


def _padded(rows: Sequence[Sequence[int]]) -> Ints:
    """Return rows of numbers as a table, -1 where a row is shorter."""
    width = max((len(row) for row in rows), default=1) or 1
    return _ints([[*row, *[-1] * (width - len(row))] for row in rows]).reshape(-1, width)


def mixed(numbers: Keys) -> Keys:
    """Return 64-bit numbers well mixed (splitmix64, Steele, Lea and Flood 2014)."""
    with np.errstate(over="ignore"):
        z = numbers * np.uint64(0x9E3779B97F4A7C15)
        z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
        return np.asarray(z ^ (z >> np.uint64(31)), np.uint64)


def _brief(opens: Ints, closes: Ints, call_s: int) -> Ints:
    """Return which windows are worth a call of their own: those that a day called at the usual hour may miss."""
    return np.ascontiguousarray((closes - opens < 8 * 3600) | (opens > call_s + 3 * 3600), dtype=np.int64)
