"""The movie-shoot sequence: Cupola on the public instances of 100, 200 and 300 scenes, five seeds each.

    .venv/bin/python bench/schedule.py --only movie [--json]

Cost is holds plus every visit of a location but its first; wishes of order hold. The instances are not ours to pass on: set
CUPOLA_MOVIES to a folder with movie100.txt, movie200.txt and movie300.txt, or to a git directory of the repository
https://github.com/Rastion/movie_shoot_scheduling (they are in its folder `instances`). Without it the rows are left out, and
the bench says so. There is no peer: no exact method is known at this size. Each order is priced again by this file, on its own;
`missed` is 1 for a seed priced otherwise, and the fifth seed adds 1 if none of the five is as cheap as 28,789, 92,241 or
167,363 (a sketch's best of four runs in 26 seconds), and 1 if their mean is over 0.3 % above the lowest cost we ever saw.
"""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from _bench import Work
from cupola.schedule.talent import Instance, Sequence, sequenced

SOURCE = "CUPOLA_MOVIES"
SEEDS = range(1, 6)
SKETCH = {100: 28_789, 200: 92_241, 300: 167_363}
BEST = {100: 28_786, 200: 92_076, 300: 165_335}
"""The lowest costs any run of ours has seen."""


@dataclass(frozen=True, kw_only=True)
class Film:
    """An instance and where its scenes are."""

    instance: Instance
    places: tuple[str, ...]
    fees: dict[str, int]


def read(text: str) -> Film:
    """Read an instance: numbers of people, scenes, locations, wishes; wages; fees; days; locations; who is in what; wishes."""
    numbers = iter([int(word) for word in text.split()])

    def take(count: int) -> list[int]:
        return [next(numbers) for _ in range(count)]

    people, scenes, locations, wishes = take(4)
    wages, fees, days, where = take(people), take(locations), take(scenes), take(scenes)
    inside = [take(scenes) for _ in range(people)]
    before = tuple((a, b) for a, b in (take(2) for _ in range(wishes)))
    instance = Instance(
        casts=tuple(frozenset(p for p in range(people) if inside[p][s]) for s in range(scenes)),
        days=tuple(days),
        wages=dict(enumerate(wages)),
        before=before,
    )
    return Film(instance=instance, places=tuple(str(l) for l in where), fees={str(l): fee for l, fee in enumerate(fees)})


def text_of(scenes: int) -> str:
    """The file of an instance, from the folder or git directory that CUPOLA_MOVIES names; empty where there is none."""
    source = Path(os.environ.get(SOURCE, "/nowhere"))
    for path in (source / f"movie{scenes}.txt", source / "instances" / f"movie{scenes}.txt"):
        if path.exists():
            return path.read_text()
    if not (source / "HEAD").exists():
        return ""
    show = ["git", f"--git-dir={source}", "show", f"HEAD:instances/movie{scenes}.txt"]
    return subprocess.run(show, capture_output=True, text=True, check=False).stdout


def price(film: Film, order: tuple[int, ...]) -> int:
    """Holds and extra visits counted on a calendar, without the solver's code; a broken wish costs the earth."""
    instance = film.instance
    if sorted(order) != list(range(len(instance.casts))) or any(order.index(a) > order.index(b) for a, b in instance.before):
        return 1 << 60
    calendar = [s for s in order for _ in range(instance.days[s])]
    total = 0
    for person, wage in instance.wages.items():
        own = [day for day, s in enumerate(calendar) if person in instance.casts[s]]
        total += wage * (own[-1] - own[0] + 1 - len(own)) if own else 0
    visits = [film.places[s] for k, s in enumerate(order) if k == 0 or film.places[s] != film.places[order[k - 1]]]
    return total + sum(film.fees[place] * (visits.count(place) - 1) for place in set(visits))


def work(scenes: int, film: Film, seed: int, costs: dict[int, int]) -> Work:
    def missed(_: str, answer: object) -> int:
        assert isinstance(answer, Sequence)
        costs[seed] = price(film, answer.order)
        print(f"  movie{scenes}, seed {seed}: {costs[seed]:,}", file=sys.stderr)
        off = int(costs[seed] != answer.cost)
        if len(costs) == len(SEEDS):
            off += int(min(costs.values()) > SKETCH[scenes])
            off += int(sum(costs.values()) / len(costs) > 1.003 * BEST[scenes])
        return off

    return Work(
        name=f"movie: {scenes} scenes, seed {seed}",
        ours=lambda: sequenced(film.instance, places=film.places, fees=film.fees, seed=seed),
        missed=missed,
        runs=1,
    )


def rows(*, quick: bool) -> list[Work]:
    """Five seeds of each instance; `quick` takes the one of 100 scenes."""
    works = []
    for scenes in (100,) if quick else (100, 200, 300):
        text = text_of(scenes)
        if not text:
            print(f"  movie{scenes} left out: set {SOURCE} (see bench/schedule_movie.py)", file=sys.stderr)
            continue
        film, costs = read(text), dict[int, int]()
        works += [work(scenes, film, seed, costs) for seed in SEEDS]
    return works
