"""What lies below the station: targets and areas with their own Sun, the nadir's Sun, and the terminator.

Tilt is the angle of the lens from the local vertical down (NASA's off-nadir angle); the horizon comes into a picture
from a tilt of some 55° on. Elevation is how high the station stands for somebody there. The Sun is that at the place: the
true altitude of its centre, seen from there.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from difflib import get_close_matches

import numpy as np

from cupola.errors import LightError
from cupola.model import Clause, Station, Target
from cupola.sky.almanac import EARTH_EQUATOR_KM
from cupola.sky.find import Rows
from cupola.sky.limb import EARTH_POLE_KM
from cupola.sky.measures import Line, Measure, Sight, between
from cupola.sky.orbit import Ephemeris
from cupola.sky.polygon import Polygon, distance_to_any_deg
from cupola.sky.timescale import Array
from cupola.sky.vectors import angle_deg, dot, norm, unit
from cupola.sky.view import Sites, StationView, surface_km, upright

PASS_STEP_S = 120.0
"""In a pass a target comes nearest once; before and after it is some five minutes to the horizon."""
DAY_STEP_S = 3600.0
"""The Sun at a place turns at noon and at midnight."""
NADIR_STEP_S = 300.0
"""The Sun at the nadir turns at the station's noon and midnight, 46 minutes apart."""
AREA_STEP_S = 30.0
"""The nearest point of an area may pass from edge to edge: as for the anomaly, it is looked at every 200 km of the track."""
OUTLINE_DEG = 1.0
"""An edge is followed in pieces of 1°; the middle of a piece lies 0.24 km inside the Earth at most."""
BLOCK = 2048
NORMAL = np.array([1.0, 1.0, (EARTH_EQUATOR_KM / EARTH_POLE_KM) ** 2])


def nadir_up(t: Array, view: StationView) -> Array:
    """Return the local vertical (geodetic, Earth-fixed) of the point below the station."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    return upright(np.radians(latitude), np.radians(longitude))


def station_above_mask(t: Array, view: StationView) -> Array:
    """Return how many km the station is above the cone of the least elevation at the site."""
    here, site = view.ephemeris.fixed_km(t), view.sites
    height = dot(here, site.up) - dot(site.at_km, site.up)
    squared = dot(here, here) + dot(site.at_km, site.at_km) - 2 * dot(here, site.at_km)
    return height - site.mask * np.sqrt(squared)


def sun_altitude_sine(sun_km: Array, at_km: Array, up: Array) -> Array:
    """Return the sine of the Sun's altitude over a place on Earth: its centre, without refraction, seen from there."""
    ray = dot(sun_km, up) - dot(at_km, up)
    squared = dot(sun_km, sun_km) + dot(at_km, at_km) - 2 * dot(sun_km, at_km)
    return ray / np.sqrt(squared)


def sun_above_site(t: Array, view: StationView) -> Array:
    """Return the sine of the Sun's true altitude at the site less that of the least it must have."""
    return sun_altitude_sine(view.ephemeris.almanac.sun_fixed_km(t), view.sites.at_km, view.sites.up) - view.sites.daylight


def sun_there_deg(t: Array, view: StationView) -> Array:
    """Return the Sun's true altitude at the site, in degrees."""
    sine = sun_altitude_sine(view.ephemeris.almanac.sun_fixed_km(t), view.sites.at_km, view.sites.up)
    return np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))


def elevation_deg(t: Array, view: StationView) -> Array:
    """Return how high the station stands over the horizon of the site, in degrees."""
    ray = view.ephemeris.fixed_km(t) - view.sites.at_km
    return np.degrees(np.arcsin(np.clip(dot(ray, view.sites.up) / norm(ray), -1.0, 1.0)))


def tilt_deg(t: Array, view: StationView) -> Array:
    """Return how far from straight down the lens is tilted to look at the site, in degrees."""
    return angle_deg(unit(view.sites.at_km - view.ephemeris.fixed_km(t)), -nadir_up(t, view))


def nadir_sun_deg(t: Array, view: StationView) -> Array:
    """Return the Sun's true altitude at the point below the station, in degrees."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    up = upright(np.radians(latitude), np.radians(longitude))
    sine = sun_altitude_sine(view.ephemeris.almanac.sun_fixed_km(t), surface_km(up), up)
    return np.degrees(np.arcsin(np.clip(sine, -1.0, 1.0)))


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class AreaView:
    """A region below, of one piece or several: its polygons, and short pieces of its edges (Earth-fixed kilometres)."""

    ephemeris: Ephemeris
    polygons: tuple[Polygon, ...]
    from_km: Array
    to_km: Array

    @classmethod
    def of(cls, polygons: Sequence[Polygon], ephemeris: Ephemeris) -> AreaView:
        """Return the view of a region."""
        rings = [_on_ground(*polygon.outline(OUTLINE_DEG)) for polygon in polygons]
        return cls(
            ephemeris=ephemeris,
            polygons=tuple(polygons),
            from_km=np.concatenate(rings),
            to_km=np.concatenate([np.roll(ring, -1, axis=0) for ring in rings]),
        )

    def at(self, _row: Rows) -> AreaView:
        """Return the view of a row: a region is one."""
        return self


def _on_ground(lat_deg: Array, lon_deg: Array) -> Array:
    rows = np.column_stack((lat_deg, lon_deg, np.zeros_like(lat_deg), np.zeros_like(lat_deg)))
    return Sites.on_ground([tuple(row) for row in rows.tolist()]).at_km


def outside_area_deg(t: Array, view: AreaView) -> Array:
    """Return how far the point below is from the area, in degrees of the map: negative inside."""
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    return distance_to_any_deg(view.polygons, latitude, longitude)


def inside_area_deg(t: Array, view: AreaView) -> Array:
    """Return how deep inside the area the point below is, in degrees of the map."""
    return -outside_area_deg(t, view)


def area_tilt_deg(t: Array, view: AreaView) -> Array:
    """Return the least tilt at which some of the area is seen, in degrees: below 0 above it, 90 where none of it is in view."""
    return in_blocks(lambda s: _nearest(s, view)[0], t)


def area_sun_deg(t: Array, view: AreaView) -> Array:
    """Return the Sun's altitude, in degrees, at the point of the area nearest to straight down."""

    def sun(s: Array) -> Array:
        at = _nearest(s, view)[1]
        return np.degrees(np.arcsin(sun_altitude_sine(view.ephemeris.almanac.sun_fixed_km(s), at, unit(at * NORMAL))))

    return in_blocks(sun, t)


def _nearest(t: Array, view: AreaView) -> tuple[Array, Array]:
    """Return the least tilt to an area at times (n,), and the point where it is (n, 3), Earth-fixed.

    Points are laid on the plane that a lens looking straight down draws; there edges are straight, and the nearest point of
    each is found as in any plane. Those with both ends behind the limb are passed over.
    """
    here = view.ephemeris.fixed_km(t)
    latitude, longitude, _ = view.ephemeris.subpoint(t)
    up = upright(np.radians(latitude), np.radians(longitude))
    a, b = (ends - here[:, None] for ends in (view.from_km, view.to_km))
    deep_a, deep_b = (-(end * up[:, None]).sum(-1) for end in (a, b))
    flat_a, flat_b = (end / deep[..., None] + up[:, None] for end, deep in ((a, deep_a), (b, deep_b)))
    way = flat_b - flat_a
    share = np.clip(-(flat_a * way).sum(-1) / np.maximum((way * way).sum(-1), 1e-30), 0.0, 1.0)
    gap = norm(flat_a + share[..., None] * way)
    seen = np.maximum(*(_rises(ends, here) for ends in (view.from_km, view.to_km)))
    gap = np.where(seen > 0, gap, np.inf)
    edge = np.argmin(gap, axis=1)
    row = np.arange(len(t))
    s = share[row, edge][:, None]
    deep = deep_a[row, edge][:, None] * s + deep_b[row, edge][:, None] * (1 - s)
    along = s * deep_a[row, edge][:, None] / deep
    point = view.from_km[edge] + along * (view.to_km[edge] - view.from_km[edge])
    outside = distance_to_any_deg(view.polygons, latitude, longitude)
    tilt = np.where(outside < 0, outside, np.degrees(np.arctan(gap[row, edge])))
    return tilt, np.where(outside[:, None] < 0, surface_km(up), point)


def _rises(ends_km: Array, here: Array) -> Array:
    """Return what is positive where the station is above the horizon of each point (n times, m points)."""
    normal = ends_km * NORMAL
    above: Array = here @ normal.T - (normal * ends_km).sum(-1)
    return above


def in_blocks(f: Callable[[Array], Array], t: Array) -> Array:
    """Return a function of flat times for times of any shape, so many at once that memory stays small."""
    flat = np.ravel(t)
    if not flat.size:
        return np.empty(np.shape(t))
    parts = [f(flat[first : first + BLOCK]) for first in range(0, len(flat), BLOCK)]
    return np.concatenate(parts).reshape(np.shape(t))


STATION_SEEN = Measure(margin=station_above_mask, step_s=PASS_STEP_S, unit="km")
OVER = (STATION_SEEN, Measure(margin=sun_above_site, step_s=DAY_STEP_S, unit="sine"))


def below_named(clause: Clause, station: Station, name: str = "") -> Target | tuple[Polygon, ...]:
    """Return the target or the region of a name; raises LightError for one that the station does not have."""
    wanted = (name or clause.argument).casefold()
    target = station.target(wanted)
    if target is not None:
        return target
    polygons = tuple(Polygon.of(area.corners) for area in station.areas if area.name.casefold() == wanted)
    if polygons:
        return polygons
    raise unknown_name(
        clause, station, "target", [*(each.name for each in station.targets), *(each.name for each in station.areas)]
    )


def unknown_name(clause: Clause, station: Station, kind: str, known: Sequence[str]) -> LightError:
    """Return the error of a clause that names what the station does not have."""
    names = list(dict.fromkeys(known))
    near = get_close_matches(clause.argument.casefold(), [name.casefold() for name in names], n=1, cutoff=0.6)
    hint = f"Did you mean {next(name for name in names if name.casefold() == near[0])}? " if near else ""
    what = "ground target" if kind == "target" else kind
    none = f"The station has no {kind}s yet: add one{' with its coordinates' if kind == 'target' else ''}."
    return LightError(
        f"“{clause.condition}” names {'an' if what[0] in 'aeiou' else 'a'} {what} of {station.name}",
        value=str(clause),
        remedy=f"{hint}Known {kind}s: {', '.join(names)}." if names else none,
    )


def over(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of a named target below, in daylight; raises LightError for a target the station does not have."""
    target = station.target(clause.argument)
    if target is None:
        raise unknown_name(clause, station, "target", [each.name for each in station.targets])
    return Sight(measures=OVER, view=StationView.of(station, ephemeris, Sites.of_targets((target,))))


def tilt_to(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of a target or an area within a tilt of the lens, above its horizon."""
    found = below_named(clause, station)
    if isinstance(found, Target):
        level = replace(found, min_elevation_deg=0.0)
        measures = (STATION_SEEN, *between(tilt_deg, clause, step_s=PASS_STEP_S, unit="deg"))
        return Sight(measures=measures, view=StationView.of(station, ephemeris, Sites.of_targets((level,))))
    measures_of_area = between(area_tilt_deg, clause, step_s=AREA_STEP_S, unit="deg")
    return Sight(measures=measures_of_area, view=AreaView.of(found, ephemeris))


def elevation_at(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the station at a height over the horizon of a target."""
    return _of_target(clause, station, ephemeris, between(elevation_deg, clause, step_s=PASS_STEP_S, unit="deg"))


def sun_at(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the Sun at a height at a target, or at the point of an area nearest to straight down."""
    found = below_named(clause, station)
    if isinstance(found, Target):
        return _of_target(clause, station, ephemeris, between(sun_there_deg, clause, step_s=DAY_STEP_S, unit="deg"))
    measures = between(area_sun_deg, clause, step_s=AREA_STEP_S, unit="deg")
    return Sight(measures=measures, view=AreaView.of(found, ephemeris))


def city_lights(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of a target below in its own night, at the target's own least elevation."""
    dark = between(sun_there_deg, clause, step_s=DAY_STEP_S, unit="deg")
    return _of_target(clause, station, ephemeris, (STATION_SEEN, *dark))


def _of_target(clause: Clause, station: Station, ephemeris: Ephemeris, measures: Sequence[Measure[StationView]]) -> Sight:
    target = station.target(clause.argument)
    if target is None:
        raise unknown_name(clause, station, "target", [each.name for each in station.targets])
    return Sight(measures=measures, view=StationView.of(station, ephemeris, Sites.of_targets((target,))))


def above_area(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the point below inside a region."""
    return _of_area(clause, station, ephemeris, inside_area_deg)


def clear_of_area(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the point below outside a region."""
    return _of_area(clause, station, ephemeris, outside_area_deg)


def _of_area(clause: Clause, station: Station, ephemeris: Ephemeris, margin: Callable[[Array, AreaView], Array]) -> Sight:
    wanted = clause.argument.casefold()
    polygons = tuple(Polygon.of(area.corners) for area in station.areas if area.name.casefold() == wanted)
    if not polygons:
        raise unknown_name(clause, station, "area", [each.name for each in station.areas])
    measure = Measure(margin=margin, step_s=AREA_STEP_S, unit="deg")
    return Sight(measures=(measure,), view=AreaView.of(polygons, ephemeris))


def nadir_sun(clause: Clause, station: Station, ephemeris: Ephemeris) -> Sight:
    """Return the sight of the Sun at a height at the point below."""
    measures = between(nadir_sun_deg, clause, step_s=NADIR_STEP_S, unit="deg")
    return Sight(measures=measures, view=StationView.of(station, ephemeris))


LINES: dict[str, Line] = {
    "over": over,
    "tilt to": tilt_to,
    "elevation at": elevation_at,
    "sun at": sun_at,
    "city lights": city_lights,
    "above": above_area,
    "clear of": clear_of_area,
    "nadir sun": nadir_sun,
    "terminator below": nadir_sun,
}
