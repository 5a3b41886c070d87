"""Every light aboard against a scan of each second of a day: nothing that lasts a second is missed, nothing is invented."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import numpy as np
import pytest

from cupola.model import Area, Attitude, Clause, Pane, Shift, Target, Timetable
from cupola.model.conditions_aboard import ABOARD
from cupola.sky.conditions import ORBIT
from cupola.sky.intervals import contains
from cupola.sky.measures import Sight
from cupola.sky.orbit import Ephemeris
from cupola.sky.spells import as_sights, orbit_spells, sights_of
from cupola.sky.words import Aboard

START = datetime(2021, 10, 5, tzinfo=UTC)
DAY_S = 86400
SLOW = frozenset({"earth in frame", "limb in frame", "tilt to", "sun at", "glint in frame"})
"""Lights that take long to look at: three hours of the day are scanned, those in which the station turns away. Second
samples of the others are scanned for six."""
HOUR = timedelta(hours=1)

TURNS_S = np.array([9, 11, 14.01]) * 3600
"""When the station is turned: neither attitude holds at the very instant in its own measures, but the spells meet there."""

BOX = Area(name="Box", corners=((60, 150), (50, 155), (51, 170), (62, 168)))
PACIFIC = Area(name="Pacific", corners=((50, 150), (-50, 160), (-50, -90), (5, -90), (40, -135), (50, -140)))

SAMPLES = {
    "visible day": [{"least": 0}, {"least": 30}],
    "sun over limb": [{"least": -3, "most": 12}],
    "beta": [{"least": -29.72}, {"most": -30}],
    "eclipse": [{"least": 33.9, "most": 34.0}],
    "sun off pane": [{"argument": "nadir", "least": 60, "most": 110}, {"argument": "port", "most": 62}],
    "sun off axis": [{"argument": "bow", "most": 40}],
    "sun in pane": [{"argument": "starboard"}, {"argument": "masked"}, {"argument": "shut"}],
    "no sun in pane": [{"argument": "starboard"}, {"argument": "masked"}, {"argument": "shut"}],
    "moon in pane": [{"argument": "bow"}],
    "sun in frame": [{"argument": "90x60", "more": ("bow",)}, {"argument": "35 deg", "more": ("bow",)}],
    "moon in frame": [{"argument": "100x80", "more": ("bow",)}],
    "star in frame": [{"argument": "Sirius", "more": ("100x70", "bow")}],
    "milky way in frame": [{"argument": "100x70", "more": ("bow",)}],
    "glint in frame": [{"argument": "100x80", "more": ("nadir",)}],
    "limb in frame": [{"argument": "80x60", "more": ("bow",)}, {"argument": "100x80", "more": ("nadir",)}],
    "earth in frame": [
        {"argument": "80x60", "more": ("bow",), "least": 25, "most": 60},
        {"argument": "80x60", "more": ("masked",), "least": 20},
    ],
    "tilt to": [{"argument": "Sydney", "most": 55}, {"argument": "Box", "most": 50}, {"argument": "Pacific", "most": 20}],
    "elevation at": [{"argument": "Moscow", "least": 10, "most": 40}],
    "sun at": [{"argument": "Moscow", "least": 10}, {"argument": "Pacific", "least": 5, "most": 30}],
    "city lights": [{"argument": "Lima"}],
    "over": [{"argument": "Moscow"}],
    "above": [{"argument": "Box"}, {"argument": "Pacific"}],
    "clear of": [{"argument": "Pacific"}],
    "nadir sun": [{"least": -4, "most": 20}],
    "glint": [{}, {"most": 33}],
    "aurora below": [{"argument": "kp 7"}, {"argument": "8.5"}],
    "aurora in view": [{}, {"argument": "kp 1"}],
    "moon over limb": [{"least": 5, "most": 30}],
    "moon lit": [{"most": 3}, {"least": 1.2}],
    "contact with": [{"argument": "TDRS-E"}, {"argument": "Shchyolkovo"}],
    "crew day": [{}, {"argument": "Peresild"}],
    "in timetable": [{"argument": "Ku"}],
    "out of timetable": [{"argument": "Ku"}],
}


@pytest.fixture(scope="module")
def equipped(station):
    """A station with panes, masks, areas, working hours and a timetable, that turns away for five hours of the day."""
    quarter = Pane(
        id="masked", look=(1, 1, 0), up=(0, 0, -1), half_angle_deg=75, mask=((0, 70), (90, 20), (180, 65), (270, 60))
    )
    hidden = replace(quarter, hidden=(((-30, 10), (10, 10), (10, 40), (-30, 40)),))
    closed = ((START + 3 * HOUR, START + 6 * HOUR), (START + 20 * HOUR, START + 30 * HOUR))
    return replace(
        station,
        targets=(
            *station.targets,
            Target(name="Sydney", lat_deg=-33.87, lon_deg=151.21),
            Target(name="Lima", lat_deg=-12, lon_deg=-77, min_elevation_deg=5),
        ),
        areas=(BOX, PACIFIC),
        panes=(
            Pane(id="nadir", half_angle_deg=65),
            Pane(id="bow", look=(1, 0, 0.3), up=(0, 0, -1), half_angle_deg=80),
            Pane(id="port", look=(0, -1, 0), up=(0, 0, -1), half_angle_deg=60),
            Pane(id="starboard", look=(0, 1, 0), up=(0, 0, -1), half_angle_deg=60),
            hidden,
            replace(hidden, id="shut", closed=closed),
        ),
        attitudes=(
            Attitude(yaw_deg=-4, pitch_deg=-3),
            Attitude(from_utc=START + 9 * HOUR, hold="INERTIAL", yaw_deg=20, pitch_deg=40),
            Attitude(from_utc=START + 11 * HOUR, hold="XPOP", roll_deg=10),
            Attitude(from_utc=START + 14.01 * HOUR, yaw_deg=180),
        ),
        shifts=(
            Shift(name="Peresild", blocks=((time(8), time(12, 30)), (time(14), time(19)))),
            Shift(name="Shipenko", blocks=((time(10), time(13)),), tz="Europe/Moscow"),
        ),
        timetables=(Timetable(name="Ku", spans=((START - HOUR, START + HOUR), (START + 7 * HOUR, START + 8 * HOUR))),),
    )


@pytest.fixture(scope="module")
def day(elements):
    return Ephemeris.over(elements, START, START + timedelta(days=1))


def sampled(condition):
    return [Clause(condition=condition, **each) for each in SAMPLES.get(condition, [{}])]


CLAUSES = [clause for each in ABOARD for clause in sampled(each.name)] + sampled("moon lit")


FIRST = frozenset(sampled(each.name)[0] for each in ABOARD)


def held(sight: Sight, t):
    """Whether all measures of a sight are positive in any of its rows, at every instant."""
    row = np.arange(sight.rows)[:, None]
    parts = []
    for some in np.array_split(t, len(t) // 4000 + 1):
        here = sight.view.at(row)
        values = [np.broadcast_to(each.margin(some[None, :], here) > 0, (sight.rows, some.size)) for each in sight.measures]
        parts.append(np.all(values, axis=0).any(axis=0))
    return np.concatenate(parts)


@pytest.mark.parametrize("clause", CLAUSES, ids=str)
def test_a_scan_of_every_second_of_a_day_finds_nothing_that_was_missed(equipped, day, clause):
    spells = orbit_spells((clause,), equipped, day)[clause]
    assert 0 < (spells[:, 1] - spells[:, 0]).sum() < DAY_S, "a sample that always or never holds proves nothing"
    sought = sights_of(clause, equipped, day)
    if isinstance(sought, np.ndarray):
        assert np.all(np.diff(spells.ravel()) > 0)
        return
    if clause.condition in SLOW:
        t = np.arange(30_000, 40_800, dtype=float)
    else:
        t = np.arange(0, DAY_S, dtype=float) if clause in FIRST else np.arange(30_000, 51_600, dtype=float)
    scan = np.any([held(sight, t) for sight in as_sights(sought)], axis=0)
    differ = np.flatnonzero(contains(spells, t) != scan)
    edges = np.concatenate((spells.ravel(), TURNS_S))
    near = np.abs(t[differ][:, None] - edges[None, :]).min(axis=1)
    assert not len(differ) or near.max() < 0.01, t[differ][:10]


def test_every_word_of_the_model_has_a_line_and_every_line_a_word():
    assert set(ORBIT) == {each.name for each in ABOARD} | {"moon lit"}


@pytest.mark.parametrize("clause", CLAUSES, ids=str)
def test_every_light_says_how_it_stands_while_it_holds_and_while_it_does_not(equipped, day, clause):
    seen = Aboard(station=equipped, ephemeris=day)
    spells = orbit_spells((clause,), equipped, day)[clause][:3]
    facts = seen.facts(clause, spells)
    assert len(facts) == len(spells)
    assert all(isinstance(fact, str) and "nan" not in fact and "{" not in fact for fact in facts)
    state = seen.state(clause, 40_000.0)
    assert state
    assert "nan" not in state
    if clause.condition not in ("crew day", "in timetable", "out of timetable", "sea below", "land below"):
        assert all(facts)


def test_words_are_those_of_a_person_behind_a_camera(equipped, day):
    seen = Aboard(station=equipped, ephemeris=day)
    t = np.array([[600.0, 600.0]])
    off = Clause(condition="sun off pane", argument="starboard", most=180)
    assert seen.facts(off, t)[0].startswith("Sun ")
    assert seen.facts(off, t)[0].endswith("° off the axis of starboard")
    frame = Clause(condition="earth in frame", argument="80x60", more=("bow",))
    assert seen.facts(frame, t)[0].startswith("Earth fills ")
