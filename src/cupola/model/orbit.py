"""A station's orbit and what it can see, in the words of the CCSDS orbit mean-elements message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


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
class Station:
    """A station in orbit: its element sets (the planning set first), targets below, relays, and the anomaly to avoid.

    `saa` is a polygon of (latitude, east longitude in degrees). `trust_days` is the age of elements beyond which no
    window is firm.
    """

    name: str
    elements: tuple[Elements, ...]
    targets: tuple[Target, ...] = ()
    relays: tuple[Relay, ...] = ()
    saa: tuple[tuple[float, float], ...] = ()
    trust_days: float = 15.0

    def target(self, name: str) -> Target | None:
        """Return the target of that name, whatever its case; None where there is none."""
        wanted = name.casefold()
        return next((target for target in self.targets if target.name.casefold() == wanted), None)
