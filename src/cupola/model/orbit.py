"""A station's orbit, how it is turned, and what can be seen from it, in the words of the CCSDS orbit data messages."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime, time


@dataclass(frozen=True, kw_only=True, slots=True)
class Elements:
    """One set of SGP4 mean elements (TEME, angles in degrees, mean motion in revolutions a day)."""

    object_name: str
    object_id: str
    norad_cat_id: int
    epoch_utc: datetime
    mean_motion: float
    eccentricity: float
    inclination_deg: float
    ra_of_asc_node_deg: float
    arg_of_pericenter_deg: float
    mean_anomaly_deg: float
    bstar: float
    mean_motion_dot: float = 0.0
    mean_motion_ddot: float = 0.0
    element_set_no: int = 999
    rev_at_epoch: int = 0
    source: str = ""


StateRow = tuple[float, float, float, float, float, float, float]
"""SI seconds, then x, y, z in km and their rates in km/s."""


@dataclass(frozen=True, kw_only=True, slots=True)
class States:
    """One segment of an orbit ephemeris: where a station is, and how fast, at instants in order.

    `rows` are seconds since `epoch_utc` (SI, leap seconds counted), km and km/s in `frame`: TEME, EME2000, GCRF, TOD or ITRF.
    Two rows of one instant are a jump (a burn without length). Between `useable_s`, both included, the segment answers;
    rows outside only help to interpolate.
    """

    frame: str
    epoch_utc: datetime
    rows: tuple[StateRow, ...]
    useable_s: tuple[float, float]


@dataclass(frozen=True, kw_only=True, slots=True)
class TrajectoryEvent:
    """A line of an ephemeris's own list of events: a launch, a docking, a reboost; `dv_m_s` is 0 where the orbit stays."""

    name: str
    at_utc: datetime
    dv_m_s: float
    apogee_km: float | None = None
    perigee_km: float | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitEphemeris:
    """An orbit as states at instants (CCSDS orbit ephemeris message), planned burns included.

    `created_utc` is when it was made, which is what its age counts from. `first_revolution` is the number its maker gives to
    the revolution that begins at the first ascending node, 0 where none is given. `comments` are its remarks, as they stand.
    """

    object_name: str
    object_id: str
    created_utc: datetime
    originator: str
    segments: tuple[States, ...]
    mass_kg: float | None = None
    first_revolution: int = 0
    events: tuple[TrajectoryEvent, ...] = ()
    comments: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Manoeuvre:
    """A burn: element sets from before it do not know the orbit after it."""

    start_utc: datetime
    end_utc: datetime
    dv_m_s: float | None = None
    note: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Attitude:
    """How a station is turned from an instant on, until the next attitude.

    `hold` is LVLH (turning with the orbit: x ahead, y to starboard, z to the Earth's centre), XPOP (x along the orbit's pole on
    the Sun's side, z to the Earth at orbital noon, so nearly at rest among the stars) or INERTIAL (x to the equinox, z to the
    pole). From there the body is turned by yaw about its z, pitch about its new y, roll about its new x.
    """

    from_utc: datetime | None = None
    hold: str = "LVLH"
    yaw_deg: float = 0.0
    pitch_deg: float = 0.0
    roll_deg: float = 0.0
    name: str = ""
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Pane:
    """A pane of glass: where it looks, how wide, and what of the station stands in the way.

    `look` and `up` are directions in body axes (x ahead, y to starboard, z to nadir); `up` is the top of a picture taken
    through it. A direction is seen up to `half_angle_deg` from `look`. `mask` narrows that to (azimuth, angle) in degrees,
    azimuth from `up` through right, straight lines between. `hidden` are outlines of structure, corners as (right, up) in
    degrees from `look`. `closed` are the times, half-open, at which its shutter is shut. `sources` says for each figure where
    it is from: "reported: …" or "estimate".
    """

    id: str
    name: str = ""
    module: str = ""
    look: tuple[float, float, float] = (0.0, 0.0, 1.0)
    up: tuple[float, float, float] = (1.0, 0.0, 0.0)
    half_angle_deg: float = 60.0
    size_m: float = 0.0
    mask: tuple[tuple[float, float], ...] = ()
    hidden: tuple[tuple[tuple[float, float], ...], ...] = ()
    closed: tuple[tuple[datetime, datetime], ...] = ()
    sources: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Target:
    """A named place on the ground to be seen from orbit; in view at `min_elevation_deg`, in daylight from
    `min_sun_deg`."""

    name: str
    lat_deg: float
    lon_deg: float
    min_elevation_deg: float = 30.0
    min_sun_deg: float = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Relay:
    """Something that hears the station: a geostationary relay (`lon_deg` alone) or a ground station (`lat_deg`
    too)."""

    name: str
    lon_deg: float
    lat_deg: float | None = None
    min_elevation_deg: float = 5.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A named region below: corners of (latitude, east longitude in degrees), edges straight on a map of equal degrees.

    Several areas of one name are one region of several pieces.
    """

    name: str
    corners: tuple[tuple[float, float], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Shift:
    """The working hours of somebody aboard: blocks of a crew day, in the time zone of the crew."""

    name: str
    blocks: tuple[tuple[time, time], ...]
    tz: str = "UTC"


@dataclass(frozen=True, kw_only=True, slots=True)
class Timetable:
    """Times that somebody else decides: when a relay is booked, when shutters are closed; half-open, UTC."""

    name: str
    spans: tuple[tuple[datetime, datetime], ...]
    source: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class AgeError:
    """How many seconds early or late a station comes when its elements are so old: half the time less than the median, one
    time in twenty more than `p95_s`."""

    age_days: float
    median_s: float
    p95_s: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Station:
    """A station in orbit: its orbit files, targets below, relays, the anomaly to avoid, how it is turned, and its panes.

    `elements` are in the order of the files (the planning set first). `saa` is a polygon of (latitude, east longitude in
    degrees). `trust_days` is the age of elements beyond which no window is firm. `attitudes` are in order of time. `areas` are
    regions below, `shifts` the crew's working hours, `timetables` times that others decide. `error_table` is how elements of
    this station age, in order of age (empty: as those of the ISS did); `plan_with` is what is planned with, median or p95.
    """

    name: str
    elements: tuple[Elements, ...] = ()
    targets: tuple[Target, ...] = ()
    relays: tuple[Relay, ...] = ()
    saa: tuple[tuple[float, float], ...] = ()
    trust_days: float = 15.0
    ephemerides: tuple[OrbitEphemeris, ...] = ()
    manoeuvres: tuple[Manoeuvre, ...] = ()
    attitudes: tuple[Attitude, ...] = ()
    panes: tuple[Pane, ...] = ()
    areas: tuple[Area, ...] = ()
    shifts: tuple[Shift, ...] = ()
    timetables: tuple[Timetable, ...] = ()
    error_table: tuple[AgeError, ...] = ()
    plan_with: str = "median"
    _named: Mapping[str, Target] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        named = {target.name.casefold(): target for target in reversed(self.targets)}
        object.__setattr__(self, "_named", named)

    def target(self, name: str) -> Target | None:
        """Return the target of that name, whatever its case; None where there is none."""
        return self._named.get(name.casefold())

    def pane(self, pane_id: str) -> Pane | None:
        """Return the pane of that id, whatever its case; None where there is none."""
        wanted = pane_id.casefold()
        return next((pane for pane in self.panes if pane.id.casefold() == wanted), None)
