"""What the sky does over a day or a flight, as values that paper can print."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class SunTimes:
    """Sun and Moon over one local date at a place; None where the event does not happen (polar day or night).

    `golden_utc` and `blue_utc` are the golden and blue hours of the date, as (start, end). The Moon is that of local noon:
    how much of it is lit, and the name of its phase.
    """

    place: str
    date: date
    tz: str
    civil_dawn_utc: datetime | None
    sunrise_utc: datetime | None
    noon_utc: datetime
    noon_altitude_deg: float
    sunset_utc: datetime | None
    civil_dusk_utc: datetime | None
    astronomical_dawn_utc: datetime | None = None
    nautical_dawn_utc: datetime | None = None
    nautical_dusk_utc: datetime | None = None
    astronomical_dusk_utc: datetime | None = None
    golden_utc: tuple[tuple[datetime, datetime], ...] = ()
    blue_utc: tuple[tuple[datetime, datetime], ...] = ()
    moonrise_utc: datetime | None = None
    moonset_utc: datetime | None = None
    moon_lit_percent: float | None = None
    moon_phase: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Revolution:
    """One orbit from ascending node to the next: its beta angle and its night."""

    number: int
    start_utc: datetime
    end_utc: datetime
    beta_deg: float
    night_open_utc: datetime | None
    night_close_utc: datetime | None

    @property
    def night_min(self) -> float:
        if self.night_open_utc is None or self.night_close_utc is None:
            return 0.0
        return (self.night_close_utc - self.night_open_utc).total_seconds() / 60


@dataclass(frozen=True, kw_only=True, slots=True)
class TrackPoint:
    """Where the station stands over the ground at an instant; longitude east, -180 to 180."""

    at_utc: datetime
    lat_deg: float
    lon_deg: float
    altitude_km: float
    sunlit: bool


@dataclass(frozen=True, kw_only=True, slots=True)
class FlightSky:
    """The light of a whole flight: its revolutions, its nights as (start, end), and the track under it."""

    station: str
    start_utc: datetime
    end_utc: datetime
    revolutions: tuple[Revolution, ...]
    nights: tuple[tuple[datetime, datetime], ...]
    track: tuple[TrackPoint, ...]
    elements_epoch_utc: datetime
