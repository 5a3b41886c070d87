"""What has to be shot, as pieces of work that each become one strip."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from cupola.model.light import Light
from cupola.model.outside import is_through_a_pane
from cupola.model.production import Place, Production, Unit
from cupola.model.script import Scene, Shot

GRAIN_MIN = 5
SHORTEST_MIN = 20
EXTRA_SHOT_MIN = 45
BRIEF_ROLL_MIN = 20
BLUE_ROLL_MIN = 6  # the Sun crosses the blue hour's 2° in 8 minutes where it sets upright, on the equator
PASS_WORK_MIN = 45
LONGEST_ABOARD_MIN = 100
PASS_TAKE_S = 30
RESET_MIN = 3
LONGEST_PIECE_MIN = 300


@dataclass(frozen=True, kw_only=True, slots=True)
class Work:
    """A scene, a shot of it, or one pass or part of a shot: what one strip holds.

    Preparation of `prep_s`, then the camera runs within `roll_s` (which must lie in the light), then `reset_s`.
    Newcomers' stretch
    multiplies the preparation, and the roll too where any light will do. `crew` are the people aboard whom it needs.
    """

    id: str
    scene: str
    shot: str
    take: int
    takes: int
    unit: str
    place: str
    hub: str
    set: str
    cast: tuple[str, ...]
    crew: tuple[str, ...]
    light: Light
    prep_s: int
    roll_s: int
    reset_s: int
    line: int

    def prepared_s(self, stretch: float = 1.0) -> int:
        """Seconds from start to roll, on the grain of the board."""
        return grained_s(self.prep_s * stretch) if self.light.is_any else round(self.prep_s * stretch)

    def rolled_s(self, stretch: float = 1.0) -> int:
        """Seconds from roll to cut."""
        return grained_s(self.roll_s * stretch) if self.light.is_any else self.roll_s

    def total_s(self, stretch: float = 1.0) -> int:
        """Seconds from start to end."""
        return self.prepared_s(stretch) + self.rolled_s(stretch) + self.reset_s


def grained_s(seconds: float) -> int:
    """Round seconds up to the grain of a board (five minutes)."""
    grain = GRAIN_MIN * 60
    return math.ceil(seconds / grain - 1e-9) * grain


def works_of(production: Production) -> tuple[Work, ...]:
    """Return all work of a production, scene by scene in script order."""
    aboard = {member.id: member.aboard for member in production.cast if member.aboard}
    parts = {split.scene: split.eighths for split in production.splits}
    where = dict(production.place_of)
    places = {place.id: place for place in production.places}
    units = {unit.id: unit for unit in production.units}
    works: list[Work] = []
    for scene in production.script.scenes:
        place = places[where[scene.number]]
        for shot in scene.shots:
            own = () if shot.letter else parts.get(scene.number, ())
            works += _works_of_shot(scene, shot, place, units[place.unit], aboard, own)
    return tuple(works)


def _works_of_shot(
    scene: Scene, shot: Shot, place: Place, unit: Unit, aboard: dict[str, str], parts: tuple[int, ...]
) -> list[Work]:
    pieces = _pieces(scene, shot, unit, parts)
    cast = tuple(name for name in scene.cast if name in aboard) if unit.is_orbit else scene.cast
    crew = crew_of_shot(shot, place, unit, [aboard[name] for name in cast]) if unit.is_orbit else ()
    return [
        Work(
            id=f"{shot.id}{suffix}",
            scene=scene.number,
            shot=shot.id,
            take=take,
            takes=len(pieces),
            unit=unit.id,
            place=place.id,
            hub=place.hub,
            set=scene.place_words,
            cast=cast,
            crew=crew,
            light=shot.light,
            prep_s=prep_s,
            roll_s=roll_s,
            reset_s=reset_s,
            line=shot.line or scene.line,
        )
        for take, (suffix, (prep_s, roll_s, reset_s)) in enumerate(pieces, 1)
    ]


Piece = tuple[int, int, int]
"""Seconds of preparation, roll and reset."""


def _pieces(scene: Scene, shot: Shot, unit: Unit, parts: tuple[int, ...]) -> list[tuple[str, Piece]]:
    """Return the pieces of a shot, each with what its strip's name adds to the shot's: `PT1` for a part that a person made,
    `-1` for one of several pieces of the rest.
    """
    made = _aboard_pieces if unit.is_orbit else _earth_pieces
    minutes = shooting_minutes(scene, shot, unit)
    if not parts:
        return _numbered("", made(minutes, shot, unit))
    shares = [max(GRAIN_MIN, math.ceil(minutes * eighths / sum(parts) / GRAIN_MIN) * GRAIN_MIN) for eighths in parts]
    return [piece for n, share in enumerate(shares, 1) for piece in _numbered(f"PT{n}", made(share, shot, unit))]


def _numbered(name: str, pieces: list[Piece]) -> list[tuple[str, Piece]]:
    return [(f"{name}-{n}" if len(pieces) > 1 else name, piece) for n, piece in enumerate(pieces, 1)]


def crew_of_shot(shot: Shot, place: Place, unit: Unit, in_frame: Sequence[str]) -> tuple[str, ...]:
    """Return who aboard a shot needs: the operators and whoever is in frame.

    Outside, the pair runs its own camera: the operators are needed only for a light that names a pane, through which they
    shoot from inside.
    """
    station = unit.station
    assert station is not None, f"unit {unit.id} has no station"
    needs_operators = not place.outside or is_through_a_pane(shot.light)
    operators = [member.id for member in station.crew if member.operates and needs_operators]
    return tuple(dict.fromkeys([*operators, *in_frame]))


def shooting_minutes(scene: Scene, shot: Shot, unit: Unit) -> int:
    """Minutes the set gives a shot: the writer's figure, else pages × the unit's pace × what makes the scene slow."""
    if shot.work_min is not None:
        minutes = float(shot.work_min)
    elif shot.letter:
        minutes = EXTRA_SHOT_MIN
    else:
        minutes = max(SHORTEST_MIN, scene.eighths * unit.page_min / 8 * scene.slowness)
    return math.ceil(minutes / GRAIN_MIN) * GRAIN_MIN


def _roll_s(shot: Shot, reset_min: int) -> int | None:
    """Seconds of light that all takes need in one go, where the writer gave them."""
    return None if shot.take_s is None else shot.takes * shot.take_s + (shot.takes - 1) * reset_min * 60


def _earth_pieces(minutes: int, shot: Shot, unit: Unit) -> list[Piece]:
    """Return the pieces of so many minutes of a shot on Earth."""
    if shot.light.is_brief:
        is_blue = any("blue hour" in clause.condition for clause in shot.light.leaves)
        roll_min = BLUE_ROLL_MIN if is_blue else BRIEF_ROLL_MIN
        return _brief_pieces(minutes, _roll_s(shot, RESET_MIN), longest_piece_min(unit), roll_min)
    parts = math.ceil(minutes / longest_piece_min(unit))
    return [(0, _share_s(minutes, parts), 0)] * parts


def _brief_pieces(minutes: int, asked_s: int | None, longest_min: int, roll_min: int) -> list[Piece]:
    """Pieces that roll in a light of minutes: all takes in one, where the writer timed them, else one for each evening."""
    if asked_s is not None:
        return [(max(0, min(minutes, longest_min) * 60 - asked_s), asked_s, 0)]
    parts = math.ceil(minutes / longest_min)
    share_s = _share_s(minutes, parts)
    roll_s = min(share_s // 2, roll_min * 60)
    return [(share_s - roll_s, roll_s, 0)] * parts


def _share_s(minutes: int, parts: int) -> int:
    """Seconds of one of `parts` equal parts, on the grain."""
    return math.ceil(minutes / parts / GRAIN_MIN) * GRAIN_MIN * 60


def longest_piece_min(unit: Unit) -> int:
    """The longest piece of a scene that one day is asked to hold; longer scenes are split in equal parts."""
    return min(LONGEST_PIECE_MIN, (unit.day_min - unit.meal_min) * 3 // 4)


def _aboard_pieces(minutes: int, shot: Shot, unit: Unit) -> list[Piece]:
    """Return the pieces of so many minutes of a shot aboard: a pass, or a part within a block."""
    station = unit.station
    assert station is not None, f"unit {unit.id} has no station"
    prep_s, reset_s = station.prep_min * 60, station.reset_min * 60
    if shot.light.is_pass_bound:
        take_s = shot.take_s or PASS_TAKE_S
        share_s = minutes * 60 // shot.takes - take_s - reset_s
        return [(min(max(prep_s, share_s), PASS_WORK_MIN * 60), take_s, reset_s)] * shot.takes
    if shot.light.is_any:
        parts = math.ceil(minutes / LONGEST_ABOARD_MIN)
        return [(0, _share_s(minutes, parts), 0)] * parts
    asked = _roll_s(shot, station.reset_min)
    parts = 1 if asked is not None else math.ceil(minutes / PASS_WORK_MIN)
    share_s = _share_s(minutes, parts)
    roll_s = asked if asked is not None else share_s // 3
    return [(min(max(share_s - roll_s, prep_s), PASS_WORK_MIN * 60), roll_s, reset_s)] * parts


def workdays(unit: Unit) -> tuple[date, ...]:
    """Return the dates on which a unit may shoot, in its own time zone, days off left out."""
    zone = ZoneInfo(unit.tz)
    first, last = unit.first_utc.astimezone(zone).date(), (unit.last_utc - timedelta(seconds=1)).astimezone(zone).date()
    dates = (first + timedelta(days=n) for n in range((last - first).days + 1))
    return tuple(day for day in dates if day.weekday() not in unit.days_off and not any(day in off for off in unit.dates_off))


def stretch_on(unit: Unit, day: date) -> float:
    """Return how much longer work takes on a flight day (1.0 for a unit on Earth)."""
    if unit.station is None or not unit.station.stretch:
        return 1.0
    flight_day = (day - unit.first_utc.astimezone(ZoneInfo(unit.tz)).date()).days
    return unit.station.stretch[min(flight_day, len(unit.station.stretch) - 1)]


def local(unit: Unit, day: date, clock: time) -> datetime:
    """Return a wall-clock time of a unit on a date, as an aware datetime of its zone."""
    return datetime.combine(day, clock, tzinfo=ZoneInfo(unit.tz))


def crew_blocks(unit: Unit, day: date, crew: tuple[str, ...]) -> tuple[tuple[datetime, datetime], ...]:
    """Return the times of a crew day at which all of `crew` may work, cut to the unit's span (half-open, UTC)."""
    assert unit.station is not None, f"unit {unit.id} has no station"
    blocks = [(unit.first_utc, unit.last_utc)]
    for member in unit.station.crew:
        if member.id in crew:
            own = [(local(unit, day, a), local(unit, day, b)) for a, b in member.blocks]
            blocks = [(max(a, c), min(b, d)) for a, b in blocks for c, d in own if max(a, c) < min(b, d)]
    return tuple(blocks)
