"""What a take on the ground may ask for: the table, in words and figures."""

from __future__ import annotations

from cupola.model.condition import Condition


def _sun(name: str, holds: str, *, brief: bool = True) -> Condition:
    return Condition(name=name, holds=holds, where="ground", brief=brief)


def _plain(name: str, holds: str) -> Condition:
    return Condition(name=name, holds=holds, where="ground")


def _ranged(
    name: str,
    holds: str,
    *,
    unit: str = "deg",
    argument: str = "",
    least: float | None = None,
    most: float | None = None,
    brief: bool = False,
) -> Condition:
    """Return a condition with bounds, and one name where it takes any."""
    arguments = (argument,) if argument else ()
    return Condition(
        name=name, holds=holds, where="ground", arguments=arguments, unit=unit, least=least, most=most, brief=brief
    )


GROUND: tuple[Condition, ...] = (
    _sun("day", "the Sun's upper limb is above the horizon (altitude above -0.833°)", brief=False),
    _sun("night", "the Sun is more than 6° below the horizon", brief=False),
    _sun("dawn", "morning, Sun from 6° below to 6° above the horizon"),
    _sun("dusk", "evening, Sun from 6° above to 6° below the horizon"),
    _sun("golden hour", "morning or evening, Sun from 4° below to 6° above the horizon"),
    _sun("morning golden hour", "golden hour with the Sun climbing"),
    _sun("evening golden hour", "golden hour with the Sun sinking"),
    _sun("blue hour", "morning or evening, Sun from 6° to 4° below the horizon"),
    _sun("morning blue hour", "blue hour with the Sun climbing"),
    _sun("evening blue hour", "blue hour with the Sun sinking"),
    _sun("civil twilight", "the Sun from 6° below the horizon to its first or last edge (0.833° below)"),
    _sun("morning civil twilight", "civil twilight with the Sun climbing"),
    _sun("evening civil twilight", "civil twilight with the Sun sinking"),
    _sun("nautical twilight", "the Sun from 12° to 6° below the horizon"),
    _sun("morning nautical twilight", "nautical twilight with the Sun climbing"),
    _sun("evening nautical twilight", "nautical twilight with the Sun sinking"),
    _sun("astronomical twilight", "the Sun from 18° to 12° below the horizon"),
    _sun("morning astronomical twilight", "astronomical twilight with the Sun climbing"),
    _sun("evening astronomical twilight", "astronomical twilight with the Sun sinking"),
    _plain("nautical night", "the Sun is more than 12° below the horizon"),
    _plain("astronomical night", "the Sun is more than 18° below the horizon: as dark as it gets"),
    _plain("polar day", "the Sun would not set in a whole turn of the Earth (upper limb, level horizon)"),
    _plain("polar night", "the Sun would not rise in a whole turn of the Earth (upper limb, level horizon)"),
    _plain("direct sun", "some of the Sun's disc is seen over the place's own horizon, refraction included"),
    _plain("sun clear of horizon", "all of the Sun's disc is seen over the place's own horizon, refraction included"),
    _ranged("sun altitude", "the Sun's centre stands so high, without refraction", brief=True),
    _ranged(
        "sun azimuth", "the Sun stands between two azimuths over the place's own horizon; through north count on: 350..370°"
    ),
    _ranged(
        "sun along",
        "the Sun stands over either end of a street, so many degrees of azimuth off its line",
        argument="direction",
        most=5,
        brief=True,
    ),
    _ranged(
        "sun on facade",
        "the Sun shines on a wall that faces a direction, so many degrees off the wall's normal",
        argument="direction",
        most=90,
    ),
    _ranged(
        "backlight looking",
        "the Sun is out, so many degrees of azimuth off where the camera looks",
        argument="direction",
        most=30,
    ),
    _ranged(
        "sidelight looking",
        "the Sun is out to the left or right, so many degrees of azimuth off where the camera looks",
        argument="direction",
        least=60,
        most=120,
    ),
    _ranged(
        "frontlight looking",
        "the Sun is out behind the camera, so many degrees of azimuth off",
        argument="direction",
        most=30,
    ),
    _plain("moon up", "the Moon's upper limb is above the place's own horizon, refraction included"),
    _plain("moon down", "no part of the Moon is above the place's own horizon"),
    _plain("moonlit night", "the Moon is up and the Sun more than 12° below the horizon"),
    _plain("moonless night", "the Moon is down and the Sun more than 12° below the horizon"),
    _sun("moonrise", "the Moon climbs, its upper limb less than 3° above the place's own horizon"),
    _sun("moonset", "the Moon sinks, its upper limb less than 3° above the place's own horizon"),
    _ranged("moon altitude", "the Moon's centre stands so high, seen from the place, without refraction"),
    _ranged(
        "moon azimuth", "the Moon stands between two azimuths over the place's own horizon; through north count on: 350..370°"
    ),
    _ranged(
        "moon toward",
        "the Moon is up, so many degrees of azimuth off a direction",
        argument="direction",
        most=10,
    ),
    Condition(name="moon lit", holds="so much of the Moon's disc is lit", where="both", unit="%"),
    _plain("waxing moon", "the Moon grows, from new to full"),
    _plain("waning moon", "the Moon shrinks, from full to new"),
    _ranged("star", "the named star stands so high, the Sun more than 12° below the horizon", argument="star", least=10),
    _ranged(
        "milky way core",
        "the galactic centre stands so high, Sun more than 18° below, and the Moon down or less than 20 % lit",
        least=10,
    ),
    _ranged("tide", "the water stands so high in the place's tide table", unit="m"),
    _plain("rising tide", "the water rises in the place's tide table"),
    _plain("falling tide", "the water falls in the place's tide table"),
    Condition(
        name="local time",
        holds='the place\'s own clock shows these hours, such as "06:00-09:30", summer time and winter time as they come',
        where="ground",
        arguments=("hours",),
    ),
)
