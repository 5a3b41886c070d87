"""The call sheet of one shooting day: who is where, when, for what, under which light."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from cupola.model import Board, Day, FlightSky, Place, Production, SunTimes, Unit
from cupola.paper.dood import DayOutOfDays, day_out_of_days
from cupola.paper.oneliner import OneLinerDay, one_liner_day
from cupola.paper.orbit_day import OrbitDay, Span, orbit_day
from cupola.paper.strips import StripLine, days_of_unit
from cupola.paper.wording import clock, date_text, zone_name

MEAL = "Meal"
"""The banner that is the company's meal."""

READY = timedelta(minutes=60)
"""Between a member's own call and the set, on Earth: wardrobe and make-up (general practice); never before the unit's call."""

CAST = "cast"


@dataclass(frozen=True, kw_only=True, slots=True)
class CastCall:
    """One cast member's day; `status` is the code of the day out of days."""

    board_id: str
    role: str
    name: str
    status: str
    call: str
    on_set: str
    wrap: str
    scenes: tuple[str, ...]


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

    `places` are in the order of use. `advance` is the unit's next day, None on its last.
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
    orbit: OrbitDay | None
    strips: tuple[StripLine, ...]
    pages: str
    scenes: int
    cast: tuple[CastCall, ...]
    needed: Mapping[str, tuple[Needed, ...]]
    crew: tuple[CrewAboard, ...]
    advance: OneLinerDay | None
    notes: tuple[str, ...]


def call_sheet(
    production: Production,
    board: Board,
    day: Day,
    *,
    sun: SunTimes | None = None,
    flight: FlightSky | None = None,
    table: DayOutOfDays | None = None,
) -> CallSheet:
    """Return the call sheet of a day.

    `sun` is the Sun over the day's place on Earth, `flight` the sky of an orbit unit's station; without them the
    sheet has no line of the sky. `table` spares making the day out of days again for each sheet.
    """
    unit = production.unit(day.unit)
    lines = one_liner_day(production, board, day)
    orbit = orbit_day(flight, unit, day) if flight is not None and unit.is_orbit else None
    return CallSheet(
        title=production.title,
        board=board.title,
        unit=unit,
        day=day,
        of=lines.of,
        date=lines.date,
        tz=lines.tz,
        zone=lines.zone,
        call=lines.call,
        first_shot=clock(min(strip.roll_utc for strip in day.strips), lines.tz) if day.strips else "",
        meal=_meal(day, orbit, lines.tz),
        wrap=lines.wrap,
        places=tuple({line.place.id: line.place for line in lines.strips}.values()),
        sun=None if unit.is_orbit else sun,
        orbit=orbit,
        strips=lines.strips,
        pages=lines.pages,
        scenes=lines.scenes,
        cast=_cast_calls(production, day, lines, table or day_out_of_days(production, board)),
        needed=_needed(lines.strips),
        crew=_crew(production, unit, day),
        advance=_advance(production, board, day),
        notes=_notes(lines.strips, orbit),
    )


def call_sheets(
    production: Production,
    board: Board,
    days: Sequence[Day],
    *,
    suns: Sequence[SunTimes] = (),
    flights: Sequence[FlightSky] = (),
) -> tuple[CallSheet, ...]:
    """Return the call sheets of some days, each with its own Sun and sky."""
    table = day_out_of_days(production, board)
    return tuple(
        call_sheet(
            production, board, day, sun=sun_of(production, day, suns), flight=_flight(production, day, flights), table=table
        )
        for day in days
    )


def sun_of(production: Production, day: Day, suns: Sequence[SunTimes]) -> SunTimes | None:
    """Return the Sun over a day's first place; `SunTimes.place` is the id or the name of a place."""
    for strip in day.strips:
        place = production.place(strip.place)
        found = next((sun for sun in suns if sun.date == day.date and sun.place in (place.id, place.name)), None)
        if found is not None:
            return found
    return None


def _flight(production: Production, day: Day, flights: Sequence[FlightSky]) -> FlightSky | None:
    station = production.unit(day.unit).station
    return None if station is None else next((f for f in flights if f.station == station.station.name), None)


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
    for member in sorted(production.cast, key=lambda member: member.board_id):
        own = [line for line in lines.strips if member.id in line.strip.cast]
        if not own:
            continue
        on_set = min(line.strip.start_utc for line in own)
        calls.append(
            CastCall(
                board_id=str(member.board_id),
                role=member.id,
                name=member.name,
                status=table.code(member.id, day.unit, day.date),
                call=clock(_own_call(lines.unit, day, on_set), lines.tz),
                on_set=clock(on_set, lines.tz),
                wrap=clock(max(line.strip.end_utc for line in own), lines.tz),
                scenes=tuple(dict.fromkeys(line.number for line in own)),
            )
        )
    return tuple(calls)


def _own_call(unit: Unit, day: Day, on_set: datetime) -> datetime:
    return on_set if unit.is_orbit else max(day.call_utc, on_set - READY)


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


def _advance(production: Production, board: Board, day: Day) -> OneLinerDay | None:
    later = [other for other in days_of_unit(board, day.unit) if other.date > day.date]
    return one_liner_day(production, board, later[0]) if later else None


def _notes(lines: Sequence[StripLine], orbit: OrbitDay | None) -> tuple[str, ...]:
    notes = []
    if orbit is not None:
        epoch = orbit.elements_epoch_utc
        notes.append(
            f"Light from elements of {date_text(epoch.date())}, {clock(epoch)} {zone_name(epoch, 'UTC')}, "
            f"{orbit.age_days:.1f} days old at call."
        )
    loose = [line.strip.id for line in lines if line.strip.window is not None and not line.strip.window.firm]
    if loose:
        notes.append(f"Not firm, wait for later elements: {', '.join(loose)}.")
    return tuple(notes)
