"""How each light aboard stands at an instant, in a few words: midway through a window, or where it comes closest."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from cupola.model import Clause, Pane, Station, Target
from cupola.sky import aurora, below, glint, limb, panes, season
from cupola.sky.frame import parse_lens
from cupola.sky.intervals import contains
from cupola.sky.moon import moon_lit_percent
from cupola.sky.orbit import Ephemeris
from cupola.sky.stars import GALACTIC_CENTRE, star_named
from cupola.sky.timescale import Array
from cupola.sky.view import Sites, StationView

Say = Callable[[Clause, Station, Ephemeris, Array], list[str]]
"""Words for a clause at instants: (clause, station, ephemeris, times)."""


def _each(words: str, values: Array) -> list[str]:
    """Return a text for each value; the value is named `v` in it."""
    return [words.format(v=value).replace("-0 ", "0 ").replace("-", "−") for value in values.tolist()]


def against_limb(name: str, deg: Array) -> list[str]:
    """Return how far a body stands above or below the limb."""
    return [f"{name} {abs(value):.1f}° {'above' if value >= 0 else 'below'} the limb" for value in deg.tolist()]


def _sun(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    return against_limb("Sun", limb.sun_over_limb_deg(t, StationView.of(station, ephemeris)))


def _moon(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    return against_limb("Moon", limb.moon_over_limb_deg(t, StationView.of(station, ephemeris)))


def _moon_lit(_clause: Clause, _station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    return _each("Moon {v:.0f} % lit", moon_lit_percent(t, ephemeris.almanac))


def _beta(_clause: Clause, _station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    return _each("beta {v:.1f}°", ephemeris.beta_deg(t))


def _eclipse(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    nights = season.nights_of(station, ephemeris)
    minutes = np.diff(season.whole_nights(nights, station, ephemeris), axis=1).ravel() / season.MINUTE_S
    if not len(nights):
        return ["there is no night"] * len(t)
    number = np.clip(np.searchsorted(nights[:, 0], t, side="right") - 1, 0, len(nights) - 1)
    is_in = contains(nights, t)
    return [
        f"{'a' if night else 'the last'} night of {length:.1f} min"
        for length, night in zip(minutes[number], is_in, strict=True)
    ]


def _by_attitude(
    value: Callable[[Array, panes.PaneView], Array], pane: Pane, station: Station, ephemeris: Ephemeris, t: Array
) -> Array:
    """Return a quantity seen through a pane, at each instant in the attitude of its time; shape (…, n)."""
    found: Array | None = None
    for turned, times in panes.attitudes_of(station, ephemeris.span):
        here = value(t, panes.PaneView(ephemeris=ephemeris, station=turned, pane=pane))
        found = here if found is None else np.where(contains(times, t), here, found)
    assert found is not None
    return found


def _off_pane(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    side = panes.SIDES.get(clause.argument.casefold())
    if clause.condition == "sun off axis" and side is not None:
        pane, name = panes.side_pane(clause.argument.casefold()), f"the {clause.argument}"
    else:
        pane, name = panes.pane_named(clause, station, clause.argument), f"the axis of {clause.argument}"
    return _each(f"Sun {{v:.0f}}° off {name}", _by_attitude(panes.off_look_deg(panes.to_sun), pane, station, ephemeris, t))


def _in_picture(name: str, direction: panes.Direction, up: panes.Margin) -> Say:
    """Return the words for where a body stands against the middle of a pane."""

    def say(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
        pane = panes.pane_named(clause, station, clause.arguments[-1])

        def place(s: Array, view: panes.PaneView) -> Array:
            x, y, z = np.moveaxis(view.in_camera(s, direction(s, view)), -1, 0)
            return np.stack((np.degrees(np.arctan2(x, z)), np.degrees(np.arctan2(y, np.hypot(x, z))), up(s, view)))

        right, high, over = _by_attitude(place, pane, station, ephemeris, t).tolist()
        rows = zip(right, high, over, strict=True)
        return [
            f"{name} {_aside(r)}, {_high(h)} of the axis of {pane.id}{'' if o > 0 else '; it is below the limb'}"
            for r, h, o in rows
        ]

    return say


def _aside(right_deg: float) -> str:
    return f"{abs(right_deg):.0f}° {'right' if right_deg >= 0 else 'left'}"


def _high(up_deg: float) -> str:
    return f"{abs(up_deg):.0f}° {'up' if up_deg >= 0 else 'down'}"


def _star(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    star = star_named(clause.argument)
    return _in_picture(star.name, panes.to_star(star), panes.star_is_up(star))(clause, station, ephemeris, t)


def _earth(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    lens, pane = parse_lens(clause.arguments[-2]), panes.pane_named(clause, station, clause.arguments[-1])
    return _each("Earth fills {v:.0f} %", _by_attitude(panes.earth_percent(lens, pane), pane, station, ephemeris, t))


def _of_target(
    words: str, value: Callable[[Array, StationView], Array], of_area: Callable[[Array, below.AreaView], Array]
) -> Say:
    """Return the words for a quantity of a target, or of an area."""

    def say(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
        found = below.below_named(clause, station)
        if isinstance(found, Target):
            return _each(words, value(t, StationView.of(station, ephemeris, Sites.of_targets((found,)))))
        return _each(words, of_area(t, below.AreaView.of(found, ephemeris)))

    return say


def _city(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    target = station.target(clause.argument)
    view = StationView.of(station, ephemeris, Sites.of_targets(() if target is None else (target,)))
    rows = zip(below.elevation_deg(t, view).tolist(), below.sun_there_deg(t, view).tolist(), strict=True)
    return [f"passing {high:.0f}° high there, Sun {sun:.0f}° high".replace("-", "−") for high, sun in rows]


def _area(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    found = below.below_named(clause, station)
    if isinstance(found, Target):
        return [""] * len(t)
    off = below.outside_area_deg(t, below.AreaView.of(found, ephemeris)).tolist()
    return [f"the point below is {abs(way):.1f}° {'inside' if way < 0 else 'outside'} its edge on the map" for way in off]


def _nadir_sun(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    return _each("Sun {v:.0f}° high at the point below", below.nadir_sun_deg(t, StationView.of(station, ephemeris)))


def _glint(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    view = StationView.of(station, ephemeris)
    rows = zip(glint.glint_tilt_deg(t, view).tolist(), glint.sun_up(t, view).tolist(), strict=True)
    return [f"glint {tilt:.0f}° from straight down" if up > 0 else "the Sun is below the limb" for tilt, up in rows]


def _aurora(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    kp = aurora.kp_of(clause)
    colatitude, hours = aurora.magnetic(t, StationView.of(station, ephemeris))
    edge = aurora.oval_colatitude_deg(aurora.EQUATORWARD, kp, hours)
    rows = zip((90 - colatitude).tolist(), (90 - edge).tolist(), strict=True)
    return [f"at {here:.0f}° of magnetic latitude, the oval of Kp {kp:g} from {there:.0f}° on" for here, there in rows]


def _contact(clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    wanted = clause.argument.casefold()
    relay = next((each for each in station.relays if each.name.casefold() == wanted), None)
    if relay is None:
        return [""] * len(t)
    if relay.lat_deg is not None:
        view = StationView.of(station, ephemeris, Sites.of_stations((relay,)))
        return _each(f"{{v:.0f}}° high over {relay.name}", below.elevation_deg(t, view))
    there = Sites.of_satellites((relay,)).at_km[0]
    return against_limb(relay.name, np.degrees(limb.limb_clearance(ephemeris.fixed_km(t), there)))


def _saa(_clause: Clause, station: Station, ephemeris: Ephemeris, t: Array) -> list[str]:
    latitude, longitude, _ = ephemeris.subpoint(t)
    off = StationView.of(station, ephemeris).saa.distance_deg(latitude, longitude).tolist()
    return [f"{abs(way):.1f}° {'inside' if way < 0 else 'outside'} the anomaly's edge on the map" for way in off]


_TILT = _of_target("tilt {v:.0f}°", below.tilt_deg, below.area_tilt_deg)
_SUN_IN = _in_picture("Sun", panes.to_sun, panes.sun_is_up)
_MOON_IN = _in_picture("Moon", panes.to_moon, panes.moon_is_up)
_CORE = _in_picture("the galactic centre", panes.to_star(GALACTIC_CENTRE), panes.star_is_up(GALACTIC_CENTRE))

SAYS: dict[str, Say] = {
    **dict.fromkeys(("umbra", "penumbra", "full sun", "half sun", "sun over limb"), _sun),
    **dict.fromkeys(("visible day", "visible night", "visible sunrise", "visible sunset"), _sun),
    "beta": _beta,
    "eclipse": _eclipse,
    "sun off pane": _off_pane,
    "sun off axis": _off_pane,
    **dict.fromkeys(("sun in pane", "no sun in pane", "sun in frame"), _SUN_IN),
    **dict.fromkeys(("moon in pane", "moon in frame"), _MOON_IN),
    "star in frame": _star,
    "milky way in frame": _CORE,
    "glint in frame": _in_picture("glint", panes.to_glint, panes.glint_is_there),
    **dict.fromkeys(("limb in frame", "earth in frame"), _earth),
    "tilt to": _TILT,
    "elevation at": _of_target("station {v:.0f}° high there", below.elevation_deg, below.area_tilt_deg),
    "sun at": _of_target("Sun {v:.0f}° high there", below.sun_there_deg, below.area_sun_deg),
    "city lights": _city,
    **dict.fromkeys(("above", "clear of"), _area),
    **dict.fromkeys(("nadir sun", "terminator below"), _nadir_sun),
    "glint": _glint,
    **dict.fromkeys(("aurora below", "aurora in view"), _aurora),
    "moon over limb": _moon,
    "moon lit": _moon_lit,
    "contact with": _contact,
    "inside saa": _saa,
}
"""How a light stands, where there is more to say than that it holds."""
