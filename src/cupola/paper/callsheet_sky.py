"""What a call sheet says of the sky beyond day and night: contacts, the anomaly, and the Sun at each roll.

The sky room finds them; here they are values, cut to a day.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from cupola.model import Day, SunTimes
from cupola.paper.orbit_day import OrbitDay, Span, clipped
from cupola.paper.phrases import Phrases
from cupola.paper.wording import clock, zone_name


@dataclass(frozen=True, kw_only=True, slots=True)
class Passes:
    """When a station is in sight of each relay by name, and when it is in the anomaly, over a flight; half-open, UTC.

    `saa` is None where the station has no outline of the anomaly.
    """

    station: str
    contacts: Mapping[str, Sequence[Span]]
    saa: Sequence[Span] | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class RollSky:
    """The Sun at the roll of a strip: degrees over the limb (aboard) or the horizon (on the ground), and which way it stands.

    Aboard `bearing` is in words and `panes` are those through which the Sun shines, each with its degrees off the pane's axis;
    on the ground `azimuth_deg` counts from north. `exposures` are estimates of EV at ISO 100, empty where nobody knows one.
    """

    strip: str
    sun_deg: float
    aboard: bool
    bearing: str = ""
    azimuth_deg: float = 0.0
    panes: tuple[tuple[str, float], ...] = ()
    exposures: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class DayPasses:
    """Contacts of a crew day by relay, and its time in the anomaly (None: no outline is known)."""

    contacts: tuple[tuple[str, tuple[Span, ...]], ...]
    saa: tuple[Span, ...] | None


@dataclass(frozen=True, kw_only=True, slots=True)
class SunLine:
    """Sun and Moon over one place of the day, written out in the time of the place; `zone` names it."""

    place: str
    zone: str
    dawn: str
    sunrise: str
    sunset: str
    dusk: str
    golden: tuple[str, ...]
    blue: tuple[str, ...]
    moon: str
    phase: str


def day_passes(passes: Passes, orbit: OrbitDay) -> DayPasses:
    """Return the passes within the band of a crew day."""
    start, end = orbit.start_utc, orbit.end_utc
    return DayPasses(
        contacts=tuple((name, clipped(spans, start, end)) for name, spans in passes.contacts.items()),
        saa=None if passes.saa is None else clipped(passes.saa, start, end),
    )


def sun_line(sun: SunTimes, name: str, phrases: Phrases) -> SunLine:
    """Return Sun and Moon over a place; a dash stands for what does not happen on the date."""

    def at(instant: datetime | None) -> str:
        return clock(instant, sun.tz) if instant else "–"

    def spans(pairs: Sequence[Span]) -> tuple[str, ...]:
        return tuple(f"{clock(a, sun.tz)}-{clock(b, sun.tz)}" for a, b in pairs)

    lit = sun.moon_lit_percent
    return SunLine(
        place=name,
        zone=zone_name(sun.noon_utc, sun.tz),
        dawn=f"{at(sun.nautical_dawn_utc)} · {at(sun.civil_dawn_utc)}",
        sunrise=at(sun.sunrise_utc),
        sunset=at(sun.sunset_utc),
        dusk=f"{at(sun.civil_dusk_utc)} · {at(sun.nautical_dusk_utc)}",
        golden=spans(sun.golden_utc),
        blue=spans(sun.blue_utc),
        moon=f"{at(sun.moonrise_utc)}, {at(sun.moonset_utc)}" if lit is not None else "",
        phase="" if lit is None else phrases("moon-lit", phase=lambda say: say.word("moon", sun.moon_phase), lit=round(lit)),
    )


def of_day(rolls: Mapping[str, RollSky], day: Day) -> tuple[RollSky, ...]:
    """Return what is known of the rolls of a day, in their order."""
    return tuple(rolls[strip.id] for strip in day.strips if strip.id in rolls)
