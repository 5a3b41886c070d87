"""Rules of one performer: rest and journeys across units, what is owed beyond a day's pay, the gap that a deal drops."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from datetime import timedelta

from cupola.model import CastMember, Violation
from cupola.rules.case import Case
from cupola.rules.dues import Due, DueKind
from cupola.rules.limits import Limit, drop_of, limit, longest
from cupola.rules.packs import packs_of
from cupola.rules.people import Stint, stints
from cupola.rules.said import clock, hours, joined, length, minutes_between, weekday


def check_rest(case: Case) -> Iterator[Violation]:
    """A performer who goes from one unit to another, or has a contract of their own, has their rest between."""
    for member in case.production.cast:
        own = stints(case.production, case.board.days, member.id)
        for before, after in itertools.pairwise(own):
            rest = _own_rest(case, member, before, after)
            have = minutes_between(before.end_utc, after.start_utc)
            if rest is not None and have < rest.minutes:
                earliest = before.end_utc + timedelta(minutes=rest.minutes)
                yield Violation(
                    rule="rest",
                    message=f"{member.id} has {hours(have)} from {before.unit.id} on {before.day.date} to {after.unit.id} on "
                    f"{after.day.date}, {hours(rest.minutes)} needed",
                    who=member.id,
                    day=after.day.date,
                    clause=rest.clause,
                    remedy=f"Call {member.id} at {clock(after.unit, earliest)} on {weekday(after.day.date)}, "
                    f"or release them {length(rest.minutes - have)} earlier on {weekday(before.day.date)}.",
                )


def check_journey(case: Case) -> Iterator[Violation]:
    """A performer who goes from one unit on Earth to another in another hub has a day between for the journey."""
    for member in case.production.cast:
        own = stints(case.production, case.board.days, member.id)
        for before, after in itertools.pairwise(own):
            if before.unit.id != after.unit.id and before.hub != after.hub and (after.day.date - before.day.date).days == 1:
                yield Violation(
                    rule="journey",
                    message=f"{member.id} is in {before.hub} with unit {before.unit.id} on {before.day.date} and in "
                    f"{after.hub} with unit {after.unit.id} on {after.day.date}, a day between needed",
                    who=member.id,
                    day=after.day.date,
                    strips=tuple(strip.id for strip in after.day.strips if member.id in strip.cast),
                    remedy=f"Shoot with {member.id} on {weekday(after.day.date + timedelta(days=1))} or later, "
                    f"or end with unit {before.unit.id} a day earlier.",
                )


def _own_rest(case: Case, member: CastMember, before: Stint, after: Stint) -> Limit | None:
    """Return the rest that nobody's unit sees to: all that hold between two units, a person's own packs within one."""
    packs = packs_of(case.production, after.unit, member)
    if before.unit.id == after.unit.id:
        packs = tuple(pack for pack in packs if pack not in case.packs[after.unit.id])
    found = [limit(each, "min_h") for pack in packs if not any(pack.named("forced_call")) for each in pack.named("rest")]
    if before.unit.id != after.unit.id:
        found.append(Limit(minutes=after.unit.rest_min, clause=f"rest of unit {after.unit.id} in production.toml"))
    return longest(found) if found else None


def check_overtime(case: Case) -> Iterator[Violation]:
    """Hours beyond a day's pay are paid by the contract's steps."""
    yield from _owed(
        case, "overtime", "works beyond the day's pay", "Release them earlier, or take {most} of work to another day."
    )


def check_night_premium(case: Case) -> Iterator[Violation]:
    """Hours of the night are paid by the contract's factor."""
    yield from _owed(case, "night premium", "works in the night", "Shoot it dusk for night, or on a stage by day.")


def check_meal_penalty(case: Case) -> Iterator[Violation]:
    """A meal that comes late for a performer is paid by the half hour."""
    yield from _owed(case, "meal penalty", "has a late meal", "Begin the meal {most} earlier, or call them {most} later.")


def check_forced_call(case: Case) -> Iterator[Violation]:
    """A rest cut short is paid as a forced call, where the contract lets it be bought."""
    yield from _owed(
        case, "forced call", "is short of rest", "Call them {most} later, or release them {most} earlier the day before."
    )


def check_premium_days(case: Case) -> Iterator[Violation]:
    """A sixth or seventh day in a row, and a public holiday, are paid by the contract's factor."""
    yield from _owed(case, "days in row", "works a day too many in a row", "Take a day off before it.")
    yield from _owed(case, "holidays", "works on a public holiday", "Take its strips to another day.")


def _owed(case: Case, kind: DueKind, what: str, remedy: str) -> Iterator[Violation]:
    """Report what is owed of one kind, day by day, everybody together."""
    found = [due for due in case.dues if due.kind == kind]
    for (unit, day), group in itertools.groupby(found, key=lambda due: (due.unit, due.day)):
        dues = list(group)
        yield Violation(
            rule=kind,
            message=f"{weekday(day)}, unit {unit}: {_people(dues)} {what if len(dues) == 1 else _plural(what)}",
            who=joined(due.who for due in dues),
            day=day,
            clause=joined(due.clause for due in dues),
            remedy=remedy.format(most=length(max(due.minutes for due in dues))),
            kind="priced",
            cost_cents=_sum(dues),
        )


def _people(dues: Sequence[Due]) -> str:
    return ", ".join(f"{due.who} ({length(due.minutes)})" if due.minutes else due.who for due in dues)


def _plural(what: str) -> str:
    verb, _, rest = what.partition(" ")
    return f"{ {'has': 'have', 'is': 'are', 'works': 'work'}[verb] } {rest}".strip()


def _sum(dues: Sequence[Due]) -> int | None:
    """Return what is known of the cost; None where nothing is."""
    known = [due.cents for due in dues if due.cents is not None]
    return sum(known) if known else None


def check_drop(case: Case) -> Iterator[Violation]:
    """No deal drops a gap that is shorter than the contract's."""
    for member in case.production.cast:
        allowed = drop_of(case.production, member)
        if allowed is None or member.drop_days is None or member.drop_days >= allowed.days:
            continue
        own = stints(case.production, case.board.days, member.id)
        for before, after in itertools.pairwise(own):
            gap = (after.day.date - before.day.date).days - 1
            if member.drop_days <= gap < allowed.days:
                yield Violation(
                    rule="drop",
                    message=f"{member.id} is dropped for {gap} days from {before.day.date} to {after.day.date}, "
                    f"{allowed.days} needed",
                    who=member.id,
                    day=after.day.date,
                    clause=allowed.clause,
                    remedy=f"Write drop_days = {allowed.days} for {member.id} in production.toml, "
                    f"or pick {member.id} up {allowed.days - gap} days later.",
                )
                break
