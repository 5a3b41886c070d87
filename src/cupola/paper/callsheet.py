"""The call sheet of one shooting day: who is where, when, for what, under which light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeVar

from cupola.model import Board, Day, Desk, FlightSky, Place, Production, SunTimes, Unit
from cupola.model.outside import Outing, outings
from cupola.paper.callsheet_back import (
    Bulletin,
    CrewCall,
    MinorCall,
    VehicleCall,
    bulletins,
    crew_calls,
    minor_calls,
    vehicle_calls,
)
from cupola.paper.callsheet_crew import CrewRow, crew_rows
from cupola.paper.callsheet_sky import DayPasses, Passes, RollSky, SunLine, day_passes, of_day, sun_line
from cupola.paper.dood import DayOutOfDays, day_out_of_days
from cupola.paper.oneliner import OneLinerDay, one_liner_day
from cupola.paper.orbit_day import OrbitDay, Span, orbit_day
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.strips import MEAL, StripLine, days_of_unit
from cupola.paper.wording import clock

CAST = "cast"
ADVANCED = 3
"""How many of the unit's next days a sheet looks ahead to."""


@dataclass(frozen=True, kw_only=True, slots=True)
class CastCall:
    """One cast member's day; `status` is the code of the day out of days.

    `pickup` is empty where nobody is picked up; `call` is the report to the base, wardrobe and make-up from then on, which is
    never before the unit's call.
    """

    board_id: str
    role: str
    name: str
    status: str
    call: str
    on_set: str
    wrap: str
    scenes: tuple[str, ...]
    pickup: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Needed:
    """A thing the day needs, and for which scenes."""

    name: str
    scenes: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class CrewAboard:
    """One person aboard: duty, working blocks, the roles played that day, and the strips that need them."""

    name: str
    duty: str
    blocks: tuple[str, ...]
    roles: tuple[str, ...]
    operates: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class CallSheet:
    """A shooting day as it is handed out; clocks are those of the place, in `tz`; `zone` names it.

    `places` are in the order of use. `advances` are the unit's next days, three at most. `date`, `suns` and `notes` are in the
    language of `phrases`. `background` counts extras by scene, where somebody counted them. What follows `notes` stands on
    the back.
    """

    title: str
    board: str
    unit: Unit
    day: Day
    of: int
    date: str
    tz: str
    zone: str
    call: str
    first_shot: str
    meal: str
    wrap: str
    places: tuple[Place, ...]
    sun: SunTimes | None
    suns: tuple[SunLine, ...]
    orbit: OrbitDay | None
    strips: tuple[StripLine, ...]
    pages: str
    scenes: int
    cast: tuple[CastCall, ...]
    background: tuple[tuple[str, int], ...]
    needed: Mapping[str, tuple[Needed, ...]]
    crew: tuple[CrewAboard, ...]
    advances: tuple[OneLinerDay, ...]
    notes: tuple[str, ...]
    phrases: Phrases
    desk: Desk
    rows: tuple[CrewRow, ...]
    outings: tuple[Outing, ...]
    passes: DayPasses | None
    rolls: tuple[RollSky, ...]
    contacts: tuple[CrewCall, ...]
    vehicles: tuple[VehicleCall, ...]
    bulletins: tuple[Bulletin, ...]
    minors: tuple[MinorCall, ...]

    @property
    def advance(self) -> OneLinerDay | None:
        """The unit's next day, None on its last."""
        return self.advances[0] if self.advances else None


def call_sheet(
    production: Production,
    board: Board,
    day: Day,
    *,
    sun: SunTimes | None = None,
    suns: Sequence[SunTimes] = (),
    flight: FlightSky | None = None,
    passes: Passes | None = None,
    rolls: Mapping[str, RollSky] | None = None,
    table: DayOutOfDays | None = None,
    phrases: Phrases = ENGLISH,
) -> CallSheet:
    """Return the call sheet of a day.

    `sun` is the Sun over the day's first place on Earth, `suns` over all of them, `flight` the sky of an orbit unit's station,
    `passes` when it is heard and in the anomaly, `rolls` the Sun at the roll of each strip by its id; without them the sheet
    has no line of the sky. `table` spares making the day out of days again for each sheet.
    """
    unit = production.unit(day.unit)
    lines = one_liner_day(production, board, day)
    orbit = orbit_day(flight, unit, day) if flight is not None and unit.is_orbit else None
    cast = _cast_calls(production, day, lines, table or day_out_of_days(production, board))
    arrivals = [(member, at) for member, at, _ in _arrivals(production, day, lines)]
    there = _suns_of(production, day, [*suns, *([sun] if sun else [])])
    return CallSheet(
        title=production.title,
        board=board.title,
        unit=unit,
        day=day,
        of=lines.of,
        date=phrases.date(day.date),
        tz=lines.tz,
        zone=phrases.word("zone", lines.zone),
        call=lines.call,
        first_shot=clock(min(strip.roll_utc for strip in day.strips), lines.tz) if day.strips else "",
        meal=_meal(day, orbit, lines.tz),
        wrap=lines.wrap,
        places=tuple({line.place.id: line.place for line in lines.strips}.values()),
        sun=None if unit.is_orbit else sun,
        suns=() if unit.is_orbit else tuple(sun_line(each, name, phrases) for name, each in there),
        orbit=orbit,
        strips=lines.strips,
        pages=lines.pages,
        scenes=lines.scenes,
        cast=cast,
        background=_background(lines.strips),
        needed=_needed(lines.strips),
        crew=_crew(production, unit, day),
        advances=_advances(production, board, day),
        notes=_notes(lines.strips, orbit, phrases),
        phrases=phrases,
        desk=production.desk,
        rows=crew_rows(production, unit, day),
        outings=outings(day.banners),
        passes=day_passes(passes, orbit) if passes is not None and orbit is not None else None,
        rolls=of_day(rolls or {}, day),
        contacts=crew_calls(production, unit, day, lines.tz),
        vehicles=vehicle_calls(production, unit, day, lines.tz),
        bulletins=bulletins(lines.strips),
        minors=minor_calls(production, unit, day, arrivals, lines.tz),
    )


def call_sheets(
    production: Production,
    board: Board,
    days: Sequence[Day],
    *,
    suns: Sequence[SunTimes] = (),
    flights: Sequence[FlightSky] = (),
    passes: Sequence[Passes] = (),
    rolls: Mapping[str, RollSky] | None = None,
    phrases: Phrases = ENGLISH,
) -> tuple[CallSheet, ...]:
    """Return the call sheets of some days, each with its own Sun and sky."""
    table = day_out_of_days(production, board)
    return tuple(
        call_sheet(
            production,
            board,
            day,
            sun=sun_of(production, day, suns),
            suns=suns,
            flight=_of_station(production, day, flights),
            passes=_of_station(production, day, passes),
            rolls=rolls,
            table=table,
            phrases=phrases,
        )
        for day in days
    )


def _suns_of(production: Production, day: Day, suns: Sequence[SunTimes]) -> list[tuple[str, SunTimes]]:
    """Return the Sun over each place of a day, with the place's name, in the order of use."""
    places = {strip.place: production.place(strip.place) for strip in day.strips}
    found: dict[str, SunTimes] = {}
    for place in places.values():
        for sun in suns:
            if sun.date == day.date and sun.place in (place.id, place.name):
                found.setdefault(place.name, sun)
    return list(found.items())


def sun_of(production: Production, day: Day, suns: Sequence[SunTimes]) -> SunTimes | None:
    """Return the Sun over a day's first place; `SunTimes.place` is the id or the name of a place."""
    for strip in day.strips:
        place = production.place(strip.place)
        found = next((sun for sun in suns if sun.date == day.date and sun.place in (place.id, place.name)), None)
        if found is not None:
            return found
    return None


S = TypeVar("S", FlightSky, Passes)


def _of_station(production: Production, day: Day, skies: Sequence[S]) -> S | None:
    """Return what is known of the station of a day's unit."""
    station = production.unit(day.unit).station
    return None if station is None else next((sky for sky in skies if sky.station == station.station.name), None)


def span_text(span: Span, tz: str) -> str:
    """Write a span of time as two clocks."""
    return f"{clock(span[0], tz)}-{clock(span[1], tz)}"


def _meal(day: Day, orbit: OrbitDay | None, tz: str) -> str:
    """The meal banner; aboard, the breaks between the crew's working blocks."""
    meals = [(banner.start_utc, banner.end_utc) for banner in day.banners if banner.text == MEAL]
    breaks = meals or list(orbit.breaks if orbit else ())
    return ", ".join(span_text(span, tz) for span in breaks)


def _cast_calls(production: Production, day: Day, lines: OneLinerDay, table: DayOutOfDays) -> tuple[CastCall, ...]:
    calls: list[CastCall] = []
    for role, arrival, own in _arrivals(production, day, lines):
        member = production.member(role)
        ride = None if lines.unit.is_orbit else member.pickup_min
        calls.append(
            CastCall(
                board_id=str(member.board_id),
                role=role,
                name=member.name,
                status=table.code(role, day.unit, day.date),
                call=clock(arrival, lines.tz),
                on_set=clock(min(line.strip.start_utc for line in own), lines.tz),
                wrap=clock(max(line.strip.end_utc for line in own), lines.tz),
                scenes=tuple(dict.fromkeys(line.number for line in own)),
                pickup="" if ride is None else clock(arrival - timedelta(minutes=ride), lines.tz),
            )
        )
    return tuple(calls)


def _arrivals(production: Production, day: Day, lines: OneLinerDay) -> list[tuple[str, datetime, list[StripLine]]]:
    """Return each called role by board number with its own call and its strips; never before the unit's call."""
    found = []
    for member in sorted(production.cast, key=lambda member: member.board_id):
        own = [line for line in lines.strips if member.id in line.strip.cast]
        if own:
            on_set = min(line.strip.start_utc for line in own)
            ready = timedelta(minutes=member.ready_min)
            found.append((member.id, on_set if lines.unit.is_orbit else max(day.call_utc, on_set - ready), own))
    return found


def _background(lines: Sequence[StripLine]) -> tuple[tuple[str, int], ...]:
    """Extras by scene, in the order of the day."""
    counted = {line.scene.number: line.scene.background for line in lines}
    return tuple((number, count) for number, count in counted.items() if count)


def _needed(lines: Sequence[StripLine]) -> dict[str, tuple[Needed, ...]]:
    """Elements by category, each with the scenes that need it, in the order of the day."""
    found: dict[str, dict[str, list[str]]] = {}
    for line in lines:
        for element in line.scene.elements:
            scenes = found.setdefault(element.category, {}).setdefault(element.name, [])
            if line.strip.scene not in scenes:
                scenes.append(line.strip.scene)
    return {
        category: tuple(Needed(name=name, scenes=tuple(scenes)) for name, scenes in things.items())
        for category, things in sorted(found.items())
        if category != CAST
    }


def _crew(production: Production, unit: Unit, day: Day) -> tuple[CrewAboard, ...]:
    if unit.station is None:
        return ()
    playing = {name for strip in day.strips for name in strip.cast}
    return tuple(
        CrewAboard(
            name=member.name,
            duty=member.duty,
            blocks=tuple(f"{start:%H:%M}-{end:%H:%M}" for start, end in member.blocks),
            roles=tuple(role.id for role in production.cast if role.aboard == member.id and role.id in playing),
            operates=member.operates,
        )
        for member in unit.station.crew
    )


def _advances(production: Production, board: Board, day: Day) -> tuple[OneLinerDay, ...]:
    later = [other for other in days_of_unit(board, day.unit) if other.date > day.date]
    return tuple(one_liner_day(production, board, other) for other in later[:ADVANCED])


def _notes(lines: Sequence[StripLine], orbit: OrbitDay | None, phrases: Phrases) -> tuple[str, ...]:
    notes = []
    if orbit is not None:
        epoch = orbit.elements_epoch_utc
        notes.append(phrases("elements", date=epoch.date(), clock=clock(epoch), age=orbit.age_days))
    loose = loose_strips(lines)
    if loose:
        notes.append(phrases("wait", strips=", ".join(loose)))
    return tuple(notes)


def loose_strips(lines: Sequence[StripLine]) -> list[str]:
    """Return the strips whose window is not firm."""
    return [line.strip.id for line in lines if line.strip.window is not None and not line.strip.window.firm]
