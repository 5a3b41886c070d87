"""`cupola sky`: what stands in the sky at an instant, aboard or at a place on Earth."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from zoneinfo import ZoneInfo

import typer

from cupola.cli.home import AsJson
from cupola.cli.say import print_json, say, utc_text
from cupola.errors import CupolaError, ProductionError

if TYPE_CHECKING:
    from cupola.model import Place, Production, Station, SunTimes, Unit
    from cupola.sky.at import Event, SkyAboard, SkyOnGround

At = Annotated[
    str, typer.Argument(metavar="AT", help="An instant: 2021-10-08T10:36Z, 2021-10-08T10:36 (local time there), or now.")
]
Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.", show_default=True)]
PlaceId = Annotated[
    str, typer.Option("--place", metavar="ID", help="A place of the production (default: the station, or its first place).")
]
NOW = "now"
SHOWN_EVENTS = 8
FIRST = 12
"""Columns of the words at the head of each line."""


def sky(at: At, folder: Folder = Path(), place: PlaceId = "", as_json: AsJson = False) -> None:
    """Say what stands in the sky at an instant."""
    from cupola.files import read_production
    from cupola.sky.at import sky_aboard, sky_on_ground

    production = read_production(folder)
    unit, where, station = _where(production, place)
    zone = ZoneInfo(unit.tz if station else where.tz)
    instant = _instant(at, zone)
    if station:
        aboard = sky_aboard(station, instant)
        over_land = is_land(aboard.lat_deg, aboard.lon_deg)
        if as_json:
            print_json(aboard_document(aboard, over_land))
        else:
            _print(f"{station.name}, {_date(instant, UTC)} UTC", _aboard_lines(aboard, over_land))
        return
    ground = sky_on_ground(where, instant)
    if as_json:
        print_json(ground_document(ground))
    else:
        _print(f"{where.name}, {_date(instant, zone)} ({zone.key})", _ground_lines(ground, zone))


def _where(production: Production, place_id: str) -> tuple[Unit, Place, Station | None]:
    """Return the unit and place that are asked for, and the station where it is aboard one."""
    from cupola.files import did_you_mean

    known = {place.id: place for place in production.places}
    if place_id and place_id not in known:
        remedy = did_you_mean(place_id, list(known), f"there are: {', '.join(known)}")
        file = str(Path(production.folder) / "production.toml")
        raise ProductionError("the production has no such place", value=place_id, remedy=remedy, file=file)
    orbits = {unit.id for unit in production.units if unit.is_orbit}
    aboard = [place for place in production.places if place.unit in orbits]
    where = known[place_id] if place_id else (aboard or list(production.places))[0]
    unit = production.unit(where.unit)
    if unit.station is None and not (where.lat_deg or where.lon_deg):
        file, remedy = str(Path(production.folder) / "production.toml"), "add lat_deg and lon_deg to the place"
        rule = f"place {where.id} has no coordinates"
        raise ProductionError(rule, remedy=remedy, file=file, line=where.line or None)
    return unit, where, unit.station.station if unit.station else None


def _instant(text: str, zone: ZoneInfo) -> datetime:
    """Return an instant that a person wrote; without an offset it is the clock of `zone`."""
    if text.casefold() == NOW:
        return datetime.now(UTC).replace(microsecond=0)
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        remedy = "write 2021-10-08T10:36Z, 2021-10-08T10:36 for the clock there, or now"
        raise CupolaError("an instant is a date and a time", value=text, remedy=remedy) from None
    if not 1900 < found.year < 2200:
        raise CupolaError("an instant lies between 1900 and 2200", value=text, remedy="look at the year")
    return (found if found.tzinfo else found.replace(tzinfo=zone)).astimezone(UTC)


def is_land(lat_deg: float, lon_deg: float) -> bool:
    """Whether a point is on land, by the coarse outlines of the maps on paper: some 20 km off at a coast, no small islands."""
    from cupola.paper.parts import land

    inside = False
    for ring in land():
        for (lon, lat), (lon2, lat2) in zip(ring, (*ring[1:], ring[0]), strict=True):
            if (lat > lat_deg) != (lat2 > lat_deg) and lon_deg < lon + (lat_deg - lat) / (lat2 - lat) * (lon2 - lon):
                inside = not inside
    return inside


def _print(title: str, lines: Iterator[tuple[str, str]]) -> None:
    say(title)
    for head, text in lines:
        say(f"  {head:<{FIRST}}{text}")


def _aboard_lines(sky: SkyAboard, over_land: bool) -> Iterator[tuple[str, str]]:
    yield (
        "Light",
        f"{sky.illumination}; Sun {_from(sky.sun_over_limb_deg, 'limb')}, {sky.sun_bearing}; beta {_degrees(sky.beta_deg)}",
    )
    yield from _headed("Panes", _pane_lines(sky))
    yield "Moon", f"{sky.moon_phase}, {sky.moon_lit_percent:.0f} % lit, {_from(sky.moon_over_limb_deg, 'limb')}"
    at = (
        f"{_side(sky.lat_deg, 'NS')} {_side(sky.lon_deg, 'EW')}, {sky.height_km:.0f} km below; {'land' if over_land else 'sea'}"
    )
    yield "Below", f"{at}; Sun {_from(sky.sun_below_deg, 'horizon')}, solar time {_hours(sky.solar_h)}"
    near = [f"{target.name} {target.distance_km:.0f} km (Sun {_degrees(target.sun_deg)})" for target in sky.targets]
    yield from [("Near", "; ".join(near))] if near else []
    yield "Contact", ", ".join(sky.contacts) or "none in line of sight"
    if sky.in_saa is not None:
        yield "Anomaly", "inside the South Atlantic Anomaly" if sky.in_saa else "outside the South Atlantic Anomaly"
    yield from _headed("Next (UTC)", [_event(event) for event in sky.events[:SHOWN_EVENTS]])
    yield from _headed("EV, ISO 100", [f"{each.ev100:4.0f}  {each.what}".replace("-", "−") for each in sky.exposures])
    yield "", "an estimate: meter before you roll"
    yield "Known to", f"±{sky.trust.edge_s:g} s; {sky.trust.cause}{'' if sky.trust.firm else '; not firm'}"


def _headed(head: str, lines: list[str]) -> Iterator[tuple[str, str]]:
    yield from zip((head, *[""] * len(lines)), lines, strict=False)


def _pane_lines(sky: SkyAboard) -> list[str]:
    lit = [f"{pane.id} {pane.sun_off_deg:.0f}°" for pane in sky.panes if pane.sun_in]
    moon = [f"{pane.id} {pane.moon_off_deg:.0f}°" for pane in sky.panes if pane.moon_in]
    lines = (
        [f"Sun comes in, degrees off the pane's axis: {', '.join(lit)}"]
        if lit
        else ["no pane has the Sun"]
        if sky.panes
        else []
    )
    return lines + ([f"Moon is seen from: {', '.join(moon)}"] if moon else [])


def _event(event: Event) -> str:
    return f"{event.at_utc:%H:%M:%S} ±{event.edge_s:g} s  {event.what}"


def _ground_lines(sky: SkyOnGround, zone: ZoneInfo) -> Iterator[tuple[str, str]]:
    shows = "" if sky.sun_shows or sky.sun_altitude_deg < -0.833 else ", behind the place's horizon"
    yield "Light", sky.phase
    yield "Sun", f"{_from(sky.sun_altitude_deg, 'horizon')}, azimuth {sky.sun_azimuth_deg:.0f}°{shows}"
    up = _from(sky.moon_altitude_deg, "horizon")
    yield "Moon", f"{sky.moon_phase}, {sky.moon_lit_percent:.0f} % lit, {up}, azimuth {sky.moon_azimuth_deg:.0f}°"
    yield "Milky Way", f"its core is {_from(sky.core_altitude_deg, 'horizon')}, azimuth {sky.core_azimuth_deg:.0f}°"
    yield from _headed("This date", _date_lines(sky.times, zone))


def _date_lines(times: SunTimes, zone: ZoneInfo) -> list[str]:
    rows = [
        ("first light (Sun 6° below)", times.civil_dawn_utc),
        ("sunrise", times.sunrise_utc),
        ("noon, Sun " + f"{times.noon_altitude_deg:.0f}° high", times.noon_utc),
        ("sunset", times.sunset_utc),
        ("last light (Sun 6° below)", times.civil_dusk_utc),
        ("moonrise", times.moonrise_utc),
        ("moonset", times.moonset_utc),
    ]
    lines = [(at, f"{_clock(at, zone)}        {what}") for what, at in rows if at]
    lines += [(a, f"{_clock(a, zone)}-{_clock(b, zone)}  golden hour") for a, b in times.golden_utc]
    lines += [(a, f"{_clock(a, zone)}-{_clock(b, zone)}  blue hour") for a, b in times.blue_utc]
    return [text for _, text in sorted(lines, key=lambda line: line[0])]


def _clock(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M}"


def _date(at: datetime, zone: Any) -> str:
    local = at.astimezone(zone)
    return f"{local:%a} {local.day} {local:%b %Y, %H:%M:%S}"


def _from(angle_deg: float, edge: str) -> str:
    return f"{abs(angle_deg):.1f}° {'above' if angle_deg >= 0 else 'below'} the {edge}"


def _degrees(angle_deg: float) -> str:
    return f"{angle_deg:.1f}°".replace("-", "−")


def _side(angle_deg: float, sides: str) -> str:
    return f"{abs(angle_deg):.2f}° {sides[0] if angle_deg >= 0 else sides[1]}"


def _hours(hours: float) -> str:
    minutes = round(hours * 60) % 1440
    return f"{minutes // 60:02d}:{minutes % 60:02d}"


def aboard_document(sky: SkyAboard, over_land: bool) -> dict[str, Any]:
    """Return the sky aboard as JSON can hold it."""
    rounded = {name: round(getattr(sky, name), 4) for name in _figures(sky)}
    return {
        "station": sky.station,
        "at_utc": utc_text(sky.at_utc),
        "illumination": sky.illumination,
        **rounded,
        "sun_bearing": sky.sun_bearing,
        "moon_phase": sky.moon_phase,
        "land_below": over_land,
        "panes": [_document(pane) for pane in sky.panes],
        "targets": [_document(target) for target in sky.targets],
        "contacts": list(sky.contacts),
        "in_saa": sky.in_saa,
        "events": [{"what": each.what, "at_utc": utc_text(each.at_utc), "edge_s": each.edge_s} for each in sky.events],
        "exposures": [{"what": each.what, "ev100": round(each.ev100, 1), "source": "estimate"} for each in sky.exposures],
        "edge_s": sky.trust.edge_s,
        "firm": sky.trust.firm,
        "cause": sky.trust.cause,
    }


def ground_document(sky: SkyOnGround) -> dict[str, Any]:
    """Return the sky on the ground as JSON can hold it."""
    from dataclasses import fields

    rounded = {name: round(getattr(sky, name), 4) for name in _figures(sky)}
    times: dict[str, Any] = {}
    for field in fields(sky.times):
        value = getattr(sky.times, field.name)
        if field.name in ("golden_utc", "blue_utc"):
            times[field.name] = [[utc_text(a), utc_text(b)] for a, b in value]
        elif isinstance(value, datetime) or (value is None and field.name.endswith("_utc")):
            times[field.name] = utc_text(value) if value else None
    times["noon_altitude_deg"] = round(sky.times.noon_altitude_deg, 4)
    return {
        "place": sky.place,
        "at_utc": utc_text(sky.at_utc),
        "tz": sky.tz,
        "phase": sky.phase,
        **rounded,
        "sun_shows": sky.sun_shows,
        "moon_shows": sky.moon_shows,
        "moon_phase": sky.moon_phase,
        "date": sky.times.date.isoformat(),
        "times": times,
    }


def _figures(sky: Any) -> list[str]:
    from dataclasses import fields

    return [field.name for field in fields(sky) if isinstance(getattr(sky, field.name), float)]


def _document(value: Any) -> dict[str, Any]:
    from dataclasses import asdict

    return {key: round(each, 3) if isinstance(each, float) else each for key, each in asdict(value).items()}
