"""The daily production report: what the board meant for a day against what the filled form says was shot, and what is owed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from cupola.model import Board, Day, Production, Scene, Unit
from cupola.paper.oneliner import one_liner_day
from cupola.paper.strips import StripLine, days_of_unit

EIGHTH_S = Fraction(15, 2)
"""A page of the script is a minute of film."""


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneShot:
    """What was shot of a scene on one day: eighths of it, setups, and seconds of film by the script clerk."""

    scene: str
    eighths: int
    complete: bool
    setups: int = 0
    seconds: int = 0
    note: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class CastTime:
    """When somebody came and left, with the meal and minutes of travel: what pay is made from."""

    role: str
    came: datetime | None = None
    left: datetime | None = None
    meal: tuple[datetime, datetime] | None = None
    travel_min: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A card or drive: what is on it, and how many copies there are."""

    name: str
    used: str = ""
    copies: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Delay:
    """Time that was lost, and why."""

    minutes: int
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class FilledDay:
    """A filled form of one shooting day; times in UTC, None where nobody wrote one down."""

    unit: str
    number: int
    call: datetime | None = None
    first_shot: datetime | None = None
    meal: tuple[datetime, datetime] | None = None
    first_after_meal: datetime | None = None
    camera_wrap: datetime | None = None
    last_out: datetime | None = None
    scenes: tuple[SceneShot, ...] = ()
    cast: tuple[CastTime, ...] = ()
    background: tuple[tuple[str, int], ...] = ()
    cards: tuple[Card, ...] = ()
    delays: tuple[Delay, ...] = ()
    injuries: tuple[str, ...] = ()
    notes: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Tally:
    """One figure of the report; `scheduled` is for today, None where the board does not know it, as is `remaining`."""

    scheduled: Fraction | None
    previous: Fraction
    today: Fraction
    remaining: Fraction | None

    @property
    def to_date(self) -> Fraction:
        return self.previous + self.today


@dataclass(frozen=True, kw_only=True, slots=True)
class SceneLine:
    """A scene of the day: what was meant and what was shot, in eighths; `result` is complete, partly, not-shot or added.

    `added` scenes were shot and not meant for the day.
    """

    scene: Scene
    meant: int
    shot: SceneShot | None
    result: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Dpr:
    """The report of a day. Eighths owed are those of scenes whose last strip on the board has gone by: `owed` today's,
    `carried` those of days before."""

    title: str
    board: str
    unit: Unit
    day: Day
    of: int
    tz: str
    zone: str
    form: FilledDay
    places: tuple[str, ...]
    planned_first: datetime | None
    planned_wrap: datetime
    lines: tuple[SceneLine, ...]
    scenes: Tally
    eighths: Tally
    seconds: Tally
    setups: Tally
    owed: tuple[tuple[str, int], ...]
    carried: tuple[tuple[str, int], ...]


def daily_report(production: Production, board: Board, day: Day, forms: Sequence[FilledDay]) -> Dpr:
    """Return the report of a day from the forms of its unit, today's among them; forms of later days are left aside.

    Raises KeyError where today's form is not there.
    """
    own = {form.number: form for form in forms if form.unit == day.unit and form.number <= day.number}
    today, before = own[day.number], [form for number, form in sorted(own.items()) if number < day.number]
    head = one_liner_day(production, board, day)
    scenes = [scene for scene in production.script.scenes if production.unit_for(scene.number).id == day.unit]
    owed, carried = _owed(scenes, board, day, [*before, today])
    return Dpr(
        title=production.title,
        board=board.title,
        unit=head.unit,
        day=day,
        of=head.of,
        tz=head.tz,
        zone=head.zone,
        form=today,
        places=head.places,
        planned_first=min((strip.roll_utc for strip in day.strips), default=None),
        planned_wrap=day.wrap_utc,
        lines=_lines(production, head.strips, today),
        scenes=_scenes(scenes, board, day, before, today),
        eighths=_eighths(scenes, head.strips, before, today),
        seconds=_seconds(scenes, head.strips, before, today),
        setups=Tally(scheduled=None, previous=_sum(before, "setups"), today=_sum([today], "setups"), remaining=None),
        owed=owed,
        carried=carried,
    )


def _sum(forms: Sequence[FilledDay], what: str) -> Fraction:
    return Fraction(sum(getattr(shot, what) for form in forms for shot in form.scenes))


def _eighths(scenes: Sequence[Scene], lines: Sequence[StripLine], before: Sequence[FilledDay], today: FilledDay) -> Tally:
    own = {scene.number for scene in scenes}
    done = sum(shot.eighths for form in [*before, today] for shot in form.scenes if shot.scene in own)
    return Tally(
        scheduled=Fraction(sum(line.eighths for line in lines)),
        previous=_sum(before, "eighths"),
        today=_sum([today], "eighths"),
        remaining=Fraction(sum(scene.eighths for scene in scenes) - done),
    )


def _seconds(scenes: Sequence[Scene], lines: Sequence[StripLine], before: Sequence[FilledDay], today: FilledDay) -> Tally:
    """Film is reckoned from pages where it is to come, and is as the clerk timed it where it is shot."""
    eighths = _eighths(scenes, lines, before, today)
    assert eighths.scheduled is not None, "pages are always known"
    assert eighths.remaining is not None, "pages are always known"
    return Tally(
        scheduled=eighths.scheduled * EIGHTH_S,
        previous=_sum(before, "seconds"),
        today=_sum([today], "seconds"),
        remaining=eighths.remaining * EIGHTH_S,
    )


def _scenes(scenes: Sequence[Scene], board: Board, day: Day, before: Sequence[FilledDay], today: FilledDay) -> Tally:
    """A scene counts on the day on which it is complete, and is scheduled for that of its last strip."""
    last = _last_days(board, day.unit)
    previous, now = _complete(before), _complete([today]) - _complete(before)
    return Tally(
        scheduled=Fraction(sum(number == day.number for number in last.values())),
        previous=Fraction(len(previous)),
        today=Fraction(len(now)),
        remaining=Fraction(len({scene.number for scene in scenes} - previous - now)),
    )


def _complete(forms: Sequence[FilledDay]) -> set[str]:
    return {shot.scene for form in forms for shot in form.scenes if shot.complete}


def _last_days(board: Board, unit: str) -> dict[str, int]:
    """Return the number of the last day on which each scene of a unit stands."""
    return {strip.scene: day.number for day in days_of_unit(board, unit) for strip in day.strips}


def _owed(
    scenes: Sequence[Scene], board: Board, day: Day, forms: Sequence[FilledDay]
) -> tuple[tuple[tuple[str, int], ...], tuple[tuple[str, int], ...]]:
    done: dict[str, int] = {}
    for shot in (shot for form in forms for shot in form.scenes):
        done[shot.scene] = done.get(shot.scene, 0) + shot.eighths
    last, complete = _last_days(board, day.unit), _complete(forms)
    due = [(each, last[each.number]) for each in scenes if each.number in last and each.number not in complete]
    owed = [(each.number, each.eighths - done.get(each.number, 0), number) for each, number in due if number <= day.number]
    return (
        tuple((number, eighths) for number, eighths, on in owed if on == day.number),
        tuple((number, eighths) for number, eighths, on in owed if on < day.number),
    )


def _lines(production: Production, strips: Sequence[StripLine], today: FilledDay) -> tuple[SceneLine, ...]:
    meant: dict[str, int] = {}
    for line in strips:
        meant[line.scene.number] = meant.get(line.scene.number, 0) + line.eighths
    shot = {each.scene: each for each in today.scenes}
    added = [number for number in shot if number not in meant]
    return tuple(
        SceneLine(
            scene=production.script.scene(number),
            meant=meant.get(number, 0),
            shot=shot.get(number),
            result=_result(shot.get(number)),
        )
        for number in [*meant, *added]
    )


def _result(shot: SceneShot | None) -> str:
    if shot is None or (not shot.complete and shot.eighths == 0):
        return "not-shot"
    return "complete" if shot.complete else "partly"
