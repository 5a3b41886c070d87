"""A production: its units, cast, places and rates, beside its script."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from cupola.model.budget import NO_PLAN, BudgetPlan
from cupola.model.colours import STANDARD, Colours
from cupola.model.desk import NO_DESK, Desk
from cupola.model.kit import NO_KIT, Kit
from cupola.model.money import Deal, Rate
from cupola.model.orbit import Station
from cupola.model.pack import Pack
from cupola.model.script import Script


@dataclass(frozen=True, kw_only=True, slots=True)
class Dates:
    """Calendar dates from `first` to `last`, both included; `why` says it in the user's words.

    `flight` names the orbit unit with whose launch these dates move (quarantine, flight, rehabilitation).
    """

    first: date
    last: date
    why: str = ""
    flight: str = ""

    def __contains__(self, day: date) -> bool:
        return self.first <= day <= self.last


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where sets stand: on Earth a town or lot with coordinates, aboard a module of a station.

    `sets` are the heading words that mean this place; a set not listed belongs to the place whose `id` its
    heading names.
    Places of one `hub` can be reached within a day (`unit.move_min`). `closed` are dates it cannot be had. Costs
    are per day used.

    `permits` are the only dates it may be used (empty: any); `hours` the local times between which anybody may work there;
    `quiet` those between which nothing may be recorded or fired (a sound curfew; it may pass midnight). `covers` are
    places whose exteriors this cover set stands by for. `outside` is beyond the hatch: work there is a spacewalk.

    `horizon` is what stands round about, as pairs of azimuth and altitude in degrees as seen; without it the horizon is
    level, or dips as it does `overlook_m` metres above sea or plain. `directions` are azimuths of streets, fronts and
    views by name. `tides` is a table of instants (UTC) and heights in metres. `bodies` says who knows Sun and Moon: erfa or
    jpl. `address`, `hospital`, `parking` and `base` are what a call sheet says of it.
    """

    id: str
    name: str
    hub: str
    unit: str
    sets: tuple[str, ...] = ()
    lat_deg: float = 0.0
    lon_deg: float = 0.0
    elevation_m: float = 0.0
    tz: str = "UTC"
    day_rate: Rate | None = None
    closed: tuple[Dates, ...] = ()
    permits: tuple[Dates, ...] = ()
    hours: tuple[time, time] | None = None
    quiet: tuple[time, time] | None = None
    covers: tuple[str, ...] = ()
    outside: bool = False
    horizon: tuple[tuple[float, float], ...] = ()
    overlook_m: float = 0.0
    directions: tuple[tuple[str, float], ...] = ()
    tides: tuple[tuple[datetime, float], ...] = ()
    bodies: str = "erfa"
    address: str = ""
    hospital: str = ""
    parking: str = ""
    base: str = ""
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CastMember:
    """A role and the deal of whoever plays it. `id` is the cue in the script; `board_id` 1 is the lead.

    `away` are dates on which the person cannot work on Earth (quarantine, flight, rehabilitation, other work). A
    hold is a paid idle
    day; a gap of at least `drop_days` calendar days between work days may be dropped once (None: never). `ready_min` is
    wardrobe and make-up before the set, `pickup_min` the ride to the base before that (None: nobody is picked up).
    """

    id: str
    board_id: int
    name: str = ""
    aboard: str = ""
    work: Rate | None = None
    hold: Rate | None = None
    travel: Rate | None = None
    home_hub: str = ""
    drop_days: int | None = None
    away: tuple[Dates, ...] = ()
    born: date | None = None
    packs: tuple[str, ...] = ()
    deal: Deal | None = None
    ready_min: int = 60
    pickup_min: int | None = None
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class CrewMember:
    """Somebody aboard, in frame or behind the camera; `blocks` are the working hours of a crew day (UTC), in
    order."""

    id: str
    name: str
    duty: str
    blocks: tuple[tuple[time, time], ...]
    hour: Rate | None = None
    operates: bool = False
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Spacewalks:
    """How a station goes outside: who may be a pair, how long, and what stands round it.

    `before_min` is prebreathe and suiting up, `after_min` the way back in; `overhead_h` are crew-hours of everybody, before
    and after. None before flight day `first_flight_day`; `spacing_days` from one to the next, `rest_days` off for the pair.
    """

    pairs: tuple[tuple[str, str], ...]
    longest_min: int = 390
    before_min: int = 240
    after_min: int = 90
    overhead_h: float = 100.0
    first_flight_day: int = 4
    spacing_days: int = 3
    rest_days: int = 1
    rate: Rate | None = None
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class StationUnit:
    """What an orbit unit has beyond a unit on Earth: one camera, a crew, and a station.

    `rig` is the time to set up in a module the first time it is used in a crew day; `prep_min` is re-rig and
    rehearsal before
    each strip; `stretch` multiplies working time by flight day (1-based), the last value holding for the rest.
    """

    station: Station
    crew: tuple[CrewMember, ...]
    rig_min: int = 25
    prep_min: int = 10
    reset_min: int = 3
    stretch: tuple[float, ...] = (2.0, 2.0, 2.0, 1.4)
    spacewalks: Spacewalks | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Unit:
    """A shooting unit with its span, calendar and day.

    `first_utc` and `last_utc` are the span, half-open. Days off are weekdays (0 = Monday) and dates. `page_min`
    is shooting minutes for
    a page; `relight_min` for a further set in the same place, `move_min` for a further place of the same hub.
    `day_min` is call to wrap,
    meal included. `launches` are the dates on which an orbit unit may begin instead (its clock times stay); `packs` are rule
    packs of this unit beside the production's.
    """

    id: str
    kind: str
    first_utc: datetime
    last_utc: datetime
    tz: str = "UTC"
    call: time = time(8, 0)
    day_min: int = 720
    meal_min: int = 60
    rest_min: int = 720
    page_min: float = 160.0
    relight_min: int = 30
    move_min: int = 60
    max_sets: int = 4
    days_off: tuple[int, ...] = (6,)
    dates_off: tuple[Dates, ...] = ()
    day_rate: Rate | None = None
    move_rate: Rate | None = None
    station: StationUnit | None = None
    launches: tuple[date, ...] = ()
    packs: tuple[str, ...] = ()
    line: int = 0

    @property
    def is_orbit(self) -> bool:
        return self.kind == "orbit"


@dataclass(frozen=True, kw_only=True, slots=True)
class FixedLine:
    """A budget line that no order of shooting changes: `amount` × `rate`."""

    account: str
    text: str
    amount: float
    unit: str
    rate: Rate
    line: int = 0


@dataclass(frozen=True, kw_only=True, slots=True)
class Launch:
    """The date on which an orbit unit begins, in its own time zone, where that is not the production's."""

    unit: str
    date: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Pin:
    """A wish of a person: this strip on this date, and not before `start` (local time of its unit) if that is
    given."""

    strip: str
    day: date
    start: time | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Precedence:
    """Scene `first` is shot before scene `then`: hair, damage, a set that is struck."""

    first: str
    then: str
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Together:
    """Scenes that are shot one after the other on one day, as if they were one strip (merged sheets)."""

    scenes: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Split:
    """A scene shot in parts, 12PT1 and 12PT2: how many eighths each part has."""

    scene: str
    eighths: tuple[int, ...]
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Fact:
    """A public fact that the production rests on, with its source."""

    text: str
    source: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Production:
    """Everything a plan is made from, as one value.

    `packs` name the rule packs that hold, `own_packs` are those written in its folder. `colour` is the paper of the script's
    last revision; `launched` are units moved to another launch. `digest` is the SHA-256 of the files it was read from.
    """

    title: str
    folder: str
    currency: str
    script: Script
    units: tuple[Unit, ...]
    places: tuple[Place, ...]
    cast: tuple[CastMember, ...]
    fixed: tuple[FixedLine, ...] = ()
    pins: tuple[Pin, ...] = ()
    order: tuple[Precedence, ...] = ()
    together: tuple[Together, ...] = ()
    splits: tuple[Split, ...] = ()
    facts: tuple[Fact, ...] = ()
    packs: tuple[str, ...] = ()
    own_packs: tuple[Pack, ...] = ()
    place_of: tuple[tuple[str, str], ...] = ()
    launched: tuple[Launch, ...] = ()
    budget: BudgetPlan = NO_PLAN
    desk: Desk = NO_DESK
    kit: Kit = NO_KIT
    colours: Colours = STANDARD
    colour: str = "White"
    digest: str = ""

    def unit(self, unit_id: str) -> Unit:
        """Return the unit of that id; raises KeyError."""
        for unit in self.units:
            if unit.id == unit_id:
                return unit
        raise KeyError(unit_id)

    def place(self, place_id: str) -> Place:
        """Return the place of that id; raises KeyError."""
        for place in self.places:
            if place.id == place_id:
                return place
        raise KeyError(place_id)

    def member(self, cast_id: str) -> CastMember:
        """Return the cast member of that id; raises KeyError."""
        for member in self.cast:
            if member.id == cast_id:
                return member
        raise KeyError(cast_id)

    def place_for(self, scene_number: str) -> Place:
        """Return where a scene is shot; raises KeyError."""
        return self.place(dict(self.place_of)[scene_number])

    def unit_for(self, scene_number: str) -> Unit:
        """Return the unit that shoots a scene; raises KeyError."""
        return self.unit(self.place_for(scene_number).unit)
