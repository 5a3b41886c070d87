"""Small flights against brute force that shares nothing with the solver: it reads the production, in minutes, and tries all.

The brute force knows the rules by their words alone: who must be free when, light, rigs, the restow, spacewalks with their
suits, spacing and rest. It knows no spots, cells, slots or models of the solver.
"""

from __future__ import annotations

import dataclasses
import itertools
from collections.abc import Iterator
from datetime import datetime, time, timedelta

from aboard import DAYLIGHT, MIDNIGHT, SUNRISE, WALKS, case_of, cheapest, flight, unit, violations, window
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from cupola.model import CrewMember, Light, Pin, Precedence, Production, Window
from cupola.schedule.orbit import orbit_cents
from cupola.schedule.orbit_counting import is_too_few, least_rigs
from cupola.schedule.orbit_earliest import finish_earliest
from cupola.schedule.orbit_search import orbit_bound
from cupola.schedule.stop import Halt

GRAIN = 5
"""Minutes of a crew timeline."""
RIG_MIN = 10
ABOARD = {"HERO": "ACT", "HOST": "COS"}
Span = tuple[int, int]
"""Minutes of one date, half-open."""
Scenes = list[dict[str, object]]


def clash(a: Span, b: Span) -> bool:
    return a[0] < b[1] and b[0] < a[1]


class Brute:
    """Every way to shoot a few scenes, in minutes of each date."""

    def __init__(self, production: Production, windows: dict[str, tuple[Window, ...]], days: int, restow_min: int = 0) -> None:
        flown = production.units[0]
        assert flown.station is not None
        self.days, self.restow_min, self.walks = days, restow_min, flown.station.spacewalks
        self.blocks = {member.id: self._minutes(member) for member in flown.station.crew}
        self.scenes = [(scene, scene.shots[0]) for scene in production.script.scenes]
        self.windows, self.pins = windows, {pin.strip: pin.day for pin in production.pins}
        self.order = [(int(wish.first) - 1, int(wish.then) - 1) for wish in production.order]

    def _minutes(self, member: CrewMember) -> list[Span]:
        return [(a.hour * 60 + a.minute, b.hour * 60 + b.minute) for a, b in member.blocks]

    def fits(self, names: set[str], span: Span) -> bool:
        """Whether some people all work through a span, by the template of their crew day."""
        return all(any(a <= span[0] and span[1] <= b for a, b in self.blocks[name]) for name in names)

    def people(self, w: int) -> set[str]:
        scene = self.scenes[w][0]
        camera = set() if scene.set == "OUT" else {"DIR"}
        return camera | {ABOARD[name] for name in scene.cast}

    def work_min(self, w: int) -> int:
        return int(self.scenes[w][1].work_min or 0)

    def places(self, w: int) -> Iterator[tuple[int, Span]]:
        """Yield each date and span that a scene could take alone: on the grain, one more step long where its roll is fixed."""
        scene, shot = self.scenes[w]
        grains = -(-self.work_min(w) // GRAIN) + (0 if shot.light.is_any else 1)
        for d, start in itertools.product(range(self.days), range(0, 1440, GRAIN)):
            span = (start, start + grains * GRAIN)
            on = (MIDNIGHT + timedelta(days=d)).date()
            if span[1] > 1440 or self.pins.get(scene.number, on) != on:
                continue
            if scene.set != "OUT" and not self.fits(self.people(w), span):
                continue
            if shot.light.is_any or self.is_lit(w, MIDNIGHT + timedelta(days=d, minutes=start)):
                yield d, span

    def is_lit(self, w: int, begin: datetime) -> bool:
        """Whether the roll can be in its light: a brief one in the middle of its pass, others on the grain."""
        scene, shot = self.scenes[w]
        take = timedelta(seconds=shot.take_s or 0)
        ready, step = begin + timedelta(minutes=self.work_min(w)) - take, timedelta(minutes=GRAIN)
        roll = ready + (MIDNIGHT - ready) % step
        for light in self.windows[scene.number]:
            if shot.light == SUNRISE:
                middle = light.open_utc + (light.close_utc - take - light.open_utc) / 2
                if ready <= middle.replace(microsecond=0) < ready + step:
                    return True
            elif light.open_utc <= roll and roll + take <= light.close_utc:
                return True
        return False

    def finishes(self) -> Iterator[tuple[int, int, int]]:
        """Yield half-days, crew days and rigs of every way to shoot it all."""
        choices = [list(self.places(w)) for w in range(len(self.scenes))]
        for chosen in itertools.product(*choices):
            rigs = self.rigs(chosen) if self.is_allowed(chosen) else None
            if rigs is not None:
                yield max(self.half(w, d, span) for w, (d, span) in enumerate(chosen)) + 1, len({d for d, _ in chosen}), rigs

    def half(self, w: int, d: int, span: Span) -> int:
        """The half-day: split by the longest break of the operators, the first of equals; a day in one piece has one half."""
        blocks = self.blocks["DIR"]
        breaks = [(b[0] - a[1], -b[0]) for a, b in itertools.pairwise(blocks)]
        midday = -max(breaks)[1] if breaks else blocks[-1][1]
        return 2 * d + (span[1] > midday if self.scenes[w][0].set == "OUT" else span[0] >= midday)

    def is_allowed(self, chosen: tuple[tuple[int, Span], ...]) -> bool:
        """Whether scenes never overlap, come in their order, and whoever is outside does nothing else."""
        for (d, a), (e, b) in itertools.combinations(chosen, 2):
            if d == e and clash(a, b):
                return False
        for first, then in self.order:
            if chosen[then][0] < chosen[first][0] or (
                chosen[then][0] == chosen[first][0] and chosen[then][1] < chosen[first][1]
            ):
                return False
        return self.walks is None or self.walks_allow(chosen)

    def outside(self, chosen: tuple[tuple[int, Span], ...]) -> dict[int, Span]:
        """The time outside of each date, without suits and the way back."""
        found: dict[int, Span] = {}
        for w, (d, span) in enumerate(chosen):
            if self.scenes[w][0].set == "OUT":
                a, b = found.get(d, span)
                found[d] = (min(a, span[0]), max(b, span[1]))
        return found

    def walks_allow(self, chosen: tuple[tuple[int, Span], ...]) -> bool:
        assert self.walks is not None
        out = self.outside(chosen)
        for d, (a, b) in out.items():
            early, late = a - self.walks.before_min, b + self.walks.after_min
            if d + 1 < self.walks.first_flight_day or b - a > self.walks.longest_min or early < 0 or late > 1440:
                return False
            if any(0 < e - d < max(self.walks.spacing_days, self.walks.rest_days + 1) for e in out):
                return False
            for w, (e, span) in enumerate(chosen):
                if self.scenes[w][0].set == "OUT" or not self.people(w) & {"ACT", "COS"}:
                    continue
                if (e == d and clash(span, (early, late))) or 0 < e - d <= self.walks.rest_days:
                    return False
        return True

    def rigs(self, chosen: tuple[tuple[int, Span], ...]) -> int | None:
        """How many rigs there must be, one for each module of a date; None where one, or a restow, has no time."""
        count = 0
        for d in {d for d, _ in chosen}:
            taken = [span for e, span in chosen if e == d]
            first: dict[str, int] = {}
            for w, (e, span) in enumerate(chosen):
                module = self.scenes[w][0].set
                if e == d and module != "OUT":
                    first[module] = min(first.get(module, 1440), span[0])
            inside = [s for w, (e, s) in enumerate(chosen) if e == d and self.scenes[w][0].set != "OUT"]
            count += len(first)
            if not self.has_rigs(list(first.values()), taken):
                return None
            if inside and self.restow_min and not self.has_restow(max(b for _, b in inside), taken):
                return None
        return count

    def has_rigs(self, before: list[int], taken: list[Span]) -> bool:
        """Whether each rig has a time before its module's first scene, clear of all else; every order of them is tried."""
        if not before:
            return True
        for start in range(0, before[0], GRAIN):
            span = (start, start + RIG_MIN)
            if span[1] > before[0] or not self.fits({"DIR"}, span) or any(clash(span, each) for each in taken):
                continue
            if self.has_rigs(before[1:], [*taken, span]):
                return True
        return False

    def has_restow(self, last: int, taken: list[Span]) -> bool:
        for start in range(last, 1440 - self.restow_min + 1, GRAIN):
            span = (start, start + self.restow_min)
            if self.fits({"DIR"}, span) and not any(clash(span, each) for each in taken):
                return True
        return False


CASTS: list[list[str]] = [[], ["HERO"], ["HOST"], ["HERO", "HOST"]]
LIGHTS: list[Light | None] = [None, None, DAYLIGHT, SUNRISE]
TEMPLATES = {
    "one block": ("08:00-09:00",) * 3,
    "two blocks": ("08:00-08:35 09:00-09:25",) * 3,
    "a crew that overlaps": ("08:00-08:40 09:00-09:20", "08:10-08:40 09:00-09:20", "08:00-08:25 09:00-09:20"),
}


@st.composite
def small_flights(draw: st.DrawFn) -> tuple[Production, dict[str, tuple[Window, ...]], int]:
    """Two or three scenes on one or two days: crew, light, modules, templates of the day, an order and a pin."""
    days = draw(st.integers(1, 2))
    scenes: Scenes = []
    windows: dict[str, tuple[Window, ...]] = {}
    for number in range(1, draw(st.integers(2, 3)) + 1):
        light = draw(st.sampled_from(LIGHTS))
        scene: dict[str, object] = {
            "place": draw(st.sampled_from("AB")),
            "minutes": draw(st.sampled_from((10, 15, 20))),
            "cast": draw(st.sampled_from(CASTS)),
        }
        if light is not None:
            scene |= {"light": light, "take_s": 60}
            opens = draw(st.sampled_from((8.2, 8.5, 9.1)))
            windows[str(number)] = tuple(window(opens, opens + 0.3, day) for day in range(days))
        scenes.append(scene)
    template = draw(st.sampled_from(sorted(TEMPLATES)))
    flown = unit(days, "08:00-09:00", rig_min=RIG_MIN)
    assert flown.station is not None
    crew = tuple(
        dataclasses.replace(member, blocks=tuple(tuple(map(time.fromisoformat, b.split("-"))) for b in blocks.split()))  # type: ignore[arg-type]
        for member, blocks in zip(flown.station.crew, TEMPLATES[template], strict=True)
    )
    flown = dataclasses.replace(flown, station=dataclasses.replace(flown.station, crew=crew))
    order = (Precedence(first="1", then="2", why="damage"),) if draw(st.booleans()) else ()
    on = draw(st.sampled_from((None, None, *range(days))))
    pins = () if on is None else (Pin(strip="2", day=(MIDNIGHT + timedelta(days=on)).date()),)
    return flight(scenes, flown, order=order, pins=pins), windows, days


@settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(drawn=small_flights(), restow=st.sampled_from((0, 0, 10)))
def test_the_earliest_finish_and_its_bounds_are_those_of_brute_force(
    drawn: tuple[Production, dict[str, tuple[Window, ...]], int], restow: int
) -> None:
    production, windows, days = drawn
    case = dataclasses.replace(case_of(production, windows), restow_slots=restow // GRAIN)
    assume(all(case.spots))
    every = list(Brute(production, windows, days, restow).finishes())
    found = finish_earliest(case, limit=0.2, seed=1, halt=Halt())
    if not every:
        assert found is None
        return
    half_days = min(each[0] for each in every)
    rigs = min(each[2] for each in every if each[0] == half_days)
    assert not is_too_few(case, half_days, halt=Halt(), seed=1)
    assert least_rigs(case, half_days) <= rigs
    assert found is not None
    number = [k for k in sorted({cell.half for cell in case.cells}) if k < half_days]
    assert found.half_days == len(number)
    assert found.bound <= found.half_days
    assert found.rigs_bound <= rigs <= found.rigs
    if not restow:
        assert violations(production, found.placing, windows) == ()


@settings(max_examples=12, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(drawn=small_flights())
def test_the_cheapest_placing_has_the_fewest_days_and_rigs_of_brute_force(
    drawn: tuple[Production, dict[str, tuple[Window, ...]], int],
) -> None:
    # a crew day costs 100,000 and a rig 200, the hours are the same everywhere: fewest days first, then fewest rigs
    production, windows, days = drawn
    case = case_of(production, windows)
    assume(all(case.spots))
    every = list(Brute(production, windows, days).finishes())
    placing = cheapest(case)
    if not every:
        assert placing is None
        return
    assert placing is not None
    _, used, rigs = min(every, key=lambda each: each[1:])
    hours = sum(case.cents[w][spot.day] for w, spot in placing.spots.items())
    assert orbit_cents(case, placing) == used * 100_000 + rigs * 200 + hours
    assert orbit_bound(case, limit=1, seed=1, halt=Halt()) <= orbit_cents(case, placing)
    assert violations(production, placing, windows) == ()


SHORT_WALKS = dataclasses.replace(WALKS, longest_min=30, before_min=15, after_min=10)


@settings(max_examples=6, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(
    insides=st.lists(st.sampled_from(CASTS), min_size=1, max_size=1),
    minutes=st.sampled_from((15, 20)),
    outsides=st.integers(1, 2),
    rest=st.integers(0, 2),
)
def test_spacewalks_keep_the_pair_from_other_work_as_brute_force_says(
    insides: list[list[str]], minutes: int, outsides: int, rest: int
) -> None:
    walks = dataclasses.replace(SHORT_WALKS, rest_days=rest)
    scenes: Scenes = [{"place": "OUT", "minutes": minutes, "cast": ["HERO"]} for _ in range(outsides)]
    scenes += [{"place": "A", "minutes": 20, "cast": cast} for cast in insides]
    days = 3
    flown = unit(days, "08:00-09:00", walks=walks, rig_min=RIG_MIN)
    production = flight(scenes, flown)
    brute = Brute(production, {}, days)
    fewest = min((used for _, used, _ in near_the_crew_day(brute)), default=None)
    placing = cheapest(case_of(production))
    if placing is None:
        assert fewest is None
        return
    assert fewest is not None
    assert len({spot.day for spot in placing.spots.values()}) == fewest
    assert violations(production, placing) == ()


def near_the_crew_day(brute: Brute) -> Iterator[tuple[int, int, int]]:
    """Every finish with work outside that begins from 08:00 to 10:00 in steps of its length: others make more of the same."""
    places = brute.places

    def near(w: int) -> Iterator[tuple[int, Span]]:
        out = brute.scenes[w][0].set == "OUT"
        return (each for each in places(w) if not out or each[1][0] in range(480, 601, brute.work_min(w)))

    brute.places = near  # type: ignore[method-assign]
    return brute.finishes()
