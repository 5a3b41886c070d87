"""What a take aboard a station may ask for: the table, in words and figures."""

from __future__ import annotations

from cupola.model.condition import Condition


def _plain(name: str, holds: str, *, pass_bound: bool = False) -> Condition:
    return Condition(name=name, holds=holds, where="aboard", pass_bound=pass_bound)


def _ranged(
    name: str,
    holds: str,
    phrase: str,
    *arguments: str,
    unit: str = "deg",
    least: float | None = None,
    most: float | None = None,
    pass_bound: bool = False,
) -> Condition:
    """Return a condition with bounds, and the names that its phrase has."""
    return Condition(
        name=name,
        holds=holds,
        where="aboard",
        arguments=arguments,
        unit=unit,
        least=least,
        most=most,
        phrase=phrase,
        pass_bound=pass_bound,
    )


def _named(name: str, holds: str, phrase: str, *arguments: str, pass_bound: bool = False) -> Condition:
    return Condition(name=name, holds=holds, where="aboard", arguments=arguments, phrase=phrase, pass_bound=pass_bound)


ABOARD: tuple[Condition, ...] = (
    Condition(
        name="orbital day",
        holds="some of the Sun's disc is above the Earth's limb, seen from the station",
        where="aboard",
    ),
    Condition(
        name="orbital night",
        holds="the station is in the umbra: no part of the Sun's disc is seen",
        where="aboard",
    ),
    Condition(
        name="orbital sunrise",
        holds="the Sun's centre climbs from 1° below to 4° above the limb",
        where="aboard",
        pass_bound=True,
    ),
    Condition(
        name="orbital sunset",
        holds="the Sun's centre sinks from 4° above to 1° below the limb",
        where="aboard",
        pass_bound=True,
    ),
    Condition(
        name="over",
        holds="the named ground target is in view below, in daylight",
        where="aboard",
        arguments=("target",),
        pass_bound=True,
    ),
    Condition(
        name="in contact",
        holds="a relay satellite or ground station of the production sees the station",
        where="aboard",
    ),
    Condition(
        name="outside saa",
        holds="the ground track is outside the South Atlantic Anomaly",
        where="aboard",
    ),
    _plain("umbra", "no part of the Sun's disc is seen: the same as orbital night"),
    _plain("penumbra", "part of the Sun's disc is behind the Earth's limb, and part of it is seen"),
    _plain("full sun", "the whole of the Sun's disc is above the limb"),
    _plain("half sun", "the Sun's centre is above the limb: begins and ends with half of the disc"),
    _ranged(
        "visible day",
        "some of the Sun is seen through the air, by light that grazes the Earth no lower than the height",
        "visible day {bounds}",
        unit="km",
        least=10,
    ),
    _ranged(
        "visible night",
        "no part of the Sun is seen, even through the air, by light that grazes the Earth no lower than the height",
        "visible night {bounds}",
        unit="km",
        least=10,
    ),
    _ranged(
        "visible sunrise",
        "the Sun's centre climbs from 1° below to 4° above the limb, refraction included, over air up to the height",
        "visible sunrise {bounds}",
        unit="km",
        least=10,
        pass_bound=True,
    ),
    _ranged(
        "visible sunset",
        "the Sun's centre sinks from 4° above to 1° below the limb, refraction included, over air up to the height",
        "visible sunset {bounds}",
        unit="km",
        least=10,
        pass_bound=True,
    ),
    _ranged("sun over limb", "the Sun's centre stands so high over the limb", "sun {bounds} over limb", least=0),
    _ranged("beta", "the Sun stands so far off the plane of the orbit, north of it counted up", "beta {bounds}"),
    _ranged(
        "eclipse", "the station is in the umbra, in a night that is so long in all", "eclipse {bounds}", unit="min", least=25
    ),
    _ranged("sun off pane", "the Sun is so far off the normal of a pane", "sun {bounds} off pane {pane}", "pane"),
    _ranged(
        "sun off axis",
        "the Sun is so far off an axis of the station: bow, stern, port, starboard, nadir, zenith",
        "sun {bounds} off axis {axis}",
        "axis",
    ),
    _named("sun in pane", "the Sun shines in through a pane", "sun in pane {pane}", "pane"),
    _named("no sun in pane", "no sunlight comes in through a pane", "no sun in pane {pane}", "pane"),
    _named("moon in pane", "the Moon is seen through a pane", "moon in pane {pane}", "pane"),
    _named(
        "sun in frame",
        "the Sun is in the picture of a lens behind a pane",
        "sun in frame {lens} through {pane}",
        "lens",
        "pane",
    ),
    _named(
        "moon in frame",
        "the Moon is in the picture of a lens behind a pane",
        "moon in frame {lens} through {pane}",
        "lens",
        "pane",
    ),
    _named(
        "star in frame",
        "a star is in the picture of a lens behind a pane, above the limb",
        "star {star} in frame {lens} through {pane}",
        "star",
        "lens",
        "pane",
    ),
    _named(
        "milky way in frame",
        "the galactic centre is in the picture of a lens behind a pane, above the limb",
        "milky way in frame {lens} through {pane}",
        "lens",
        "pane",
    ),
    _named(
        "glint in frame",
        "the Sun's reflection on the Earth is in the picture of a lens behind a pane",
        "glint in frame {lens} through {pane}",
        "lens",
        "pane",
    ),
    _named(
        "limb in frame",
        "Earth and sky are both in the picture of a lens behind a pane",
        "limb in frame {lens} through {pane}",
        "lens",
        "pane",
    ),
    _ranged(
        "earth in frame",
        "the Earth fills so much of the picture of a lens behind a pane",
        "earth {bounds} of frame {lens} through {pane}",
        "lens",
        "pane",
        unit="%",
        least=50,
    ),
    _ranged(
        "tilt to",
        "a target, or some of an area, is in view so far from straight down",
        "tilt {bounds} to {target}",
        "target",
        most=55,
        pass_bound=True,
    ),
    _ranged(
        "elevation at",
        "the station stands so high over the horizon of a target",
        "elevation {bounds} at {target}",
        "target",
        least=30,
        pass_bound=True,
    ),
    _ranged(
        "sun at", "the Sun stands so high at a target, or at the nearest point of an area", "sun {bounds} at {target}", "target"
    ),
    _ranged(
        "city lights",
        "a target is in view below, with its own Sun so low",
        "city lights of {target} {bounds}",
        "target",
        most=-6,
        pass_bound=True,
    ),
    _named("above", "the point below the station is inside an area", "above {area}", "area"),
    _named("clear of", "the point below the station is outside an area", "clear of {area}", "area"),
    _ranged("nadir sun", "the Sun stands so high at the point below the station", "nadir sun {bounds}"),
    _ranged(
        "terminator below",
        "the Sun is near the horizon of the point below: between day and night there",
        "terminator below {bounds}",
        least=-6,
        most=6,
    ),
    _ranged("glint", "the Sun's reflection on the Earth is so far from straight down", "glint {bounds}", most=55),
    _plain("sea below", "the point below the station is sea"),
    _plain("land below", "the point below the station is land, lakes included"),
    _named("aurora below", "the point below is inside the auroral oval of a Kp (an estimate)", "aurora below {kp}", "kp?"),
    _named("aurora in view", "some of the auroral oval of a Kp is over the limb (an estimate)", "aurora in view {kp}", "kp?"),
    _ranged("moon over limb", "the Moon's centre stands so high over the limb", "moon {bounds} over limb", least=0),
    _named("contact with", "one relay satellite or ground station sees the station", "contact with {relay}", "relay"),
    _plain("inside saa", "the ground track is inside the South Atlantic Anomaly"),
    _named("crew day", "somebody aboard, or the one who is named, is at work", "crew day {person}", "person?"),
    _named("in timetable", "an entry of a timetable of the production is running", "in timetable {timetable}", "timetable"),
    _named(
        "out of timetable", "no entry of a timetable of the production is running", "out of timetable {timetable}", "timetable"
    ),
)
