"""Talent scheduling to proof: Cupola, CP-SAT and DIDP (CABS) on the same reduced instances, in one run.

    .venv/bin/python bench/schedule.py --only talent [--json]
    .venv/bin/python bench/schedule_talent.py classic     # the eight films against both peers, and the geometric mean
    .venv/bin/python bench/schedule_talent.py drawn       # five film-like ones of each size, ours alone, wall and CPU

Every engine gets the instance after the same reduction (equal casts merged, who can never wait left out) and must prove the
order with the lowest wages. CP-SAT has the best of three models tried (linear-ordering literals, one wait for each person and
foreign scene), DIDP the dynamic program of Garcia de la Banda, Stuckey and Chu with forced moves and subsumption; both use both
cores and stop at a cap. `missed` is 1 where an engine did not prove the best known wages. `classic` runs each peer once and
us five times, of which the median counts; the ratio is to the better peer, and a peer that met the cap counts with the cap.

The classic films are data/talent.toml, with their source. The film-like ones are drawn: one to five people a scene, the
popularity of the k-th person 1/k^0.8, wages falling with billing.
"""

from __future__ import annotations

import random
import sys
import tomllib
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import geometric_mean, median
from time import perf_counter, process_time

from ortools.sat.python import cp_model

from _bench import Work, seconds
from cupola.schedule.talent import Instance, Order, best_order, warm
from cupola.schedule.talent.instance import reduced

CAP_S = 60.0
DATA = Path(__file__).parent / "data" / "talent.toml"
DRAWN = ((24, 15), (28, 18), (32, 20))
Answer = tuple[int, bool]
"""Wages, and whether they are proven to be the least."""


def classic() -> dict[str, tuple[Instance, int]]:
    """Return the eight films and the least wages known."""
    films: dict[str, tuple[Instance, int]] = {}
    for row in tomllib.loads(DATA.read_text())["film"]:
        people = list(enumerate(row["people"]))
        instance = Instance(
            casts=tuple(frozenset(k for k, p in people if s + 1 in p["scenes"]) for s in range(row["scenes"])),
            days=tuple(row["days"].get(str(s + 1), 1) for s in range(row["scenes"])),
            wages={k: p["wage"] for k, p in people},
        )
        films[row["name"]] = instance, row["wages"]
    return films


def drawn(scenes: int, people: int, seed: int) -> Instance:
    """Return a film-like instance: everybody in two scenes at least, one day a scene."""
    rng = random.Random(f"{scenes},{people},{seed},film")
    popularity = [1 / (k + 1) ** 0.8 for k in range(people)]
    casts: list[set[int]] = []
    for _ in range(scenes):
        wanted = min(people, rng.choice([1, 2, 2, 2, 3, 3, 4, 5]))
        cast: list[int] = []
        while len(cast) < wanted:
            k = rng.choices(range(people), popularity)[0]
            if k not in cast:
                cast.append(k)
        casts.append(set(cast))
    for k in range(people):
        while sum(k in cast for cast in casts) < 2:
            casts[rng.randrange(scenes)].add(k)
    wages = {k: max(1, int(100 / (k + 1) ** 0.7 * rng.uniform(0.7, 1.3))) for k in range(people)}
    return Instance(casts=tuple(frozenset(cast) for cast in casts), days=(1,) * scenes, wages=wages)


class Small:
    """The reduced instance as a peer wants it: casts as sets of numbers, and the constant that reduction took out."""

    def __init__(self, instance: Instance) -> None:
        small = reduced(instance)
        case = small.case
        self.days = [int(d) for d in case.days]
        self.wages = [int(case.hold[a, 0]) // self.days[0] for a in range(len(case.hold))]
        self.casts = [{a for a in range(len(self.wages)) if int(c) >> a & 1} for c in case.cast]
        work = sum(d * self.wages[a] for d, cast in zip(self.days, self.casts, strict=True) for a in cast)
        self.constant = instance.worked - work
        self.work = work


def by_cp_sat(small: Small) -> Answer:
    """Linear ordering: before-literals, positions, and a wait unless all own scenes are on one side."""
    model = cp_model.CpModel()
    n = len(small.days)
    place = [model.new_int_var(0, n - 1, "") for _ in range(n)]
    model.add_all_different(place)
    earlier = {}
    for s in range(n):
        for t in range(s):
            literal = model.new_bool_var("")
            earlier[s, t], earlier[t, s] = literal, literal.negated()
            model.add(place[s] + 1 <= place[t]).only_enforce_if(literal)
            model.add(place[t] + 1 <= place[s]).only_enforce_if(literal.negated())
    for s in range(n):
        model.add(place[s] == sum(earlier[t, s] for t in range(n) if t != s))
    cost = []
    for a, wage in enumerate(small.wages):
        own = [s for s in range(n) if a in small.casts[s]]
        for s in set(range(n)) - set(own):
            wait, side = model.new_bool_var(""), model.new_bool_var("")
            cost.append(wage * small.days[s] * wait)
            for o in own:
                model.add_bool_or([wait, side, earlier[s, o]])
                model.add_bool_or([wait, side.negated(), earlier[o, s]])
    model.minimize(sum(cost))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 2
    solver.parameters.max_time_in_seconds = CAP_S
    status = solver.solve(model)
    found = int(solver.objective_value) if status in (cp_model.OPTIMAL, cp_model.FEASIBLE) else 1 << 40
    return small.constant + small.work + found, status == cp_model.OPTIMAL


def by_didp(small: Small) -> Answer:
    """The forward dynamic program over the scenes left, by complete anytime beam search."""
    import didppy as dp

    model = dp.Model(maximize=False, float_cost=False)
    n, m = len(small.days), len(small.wages)
    scene, person = model.add_object_type(number=n), model.add_object_type(number=m)
    left = model.add_set_var(object_type=scene, target=list(range(n)))
    casts = model.add_set_table([sorted(cast) for cast in small.casts], object_type=person)
    wages = model.add_int_table(small.wages)
    work = [d * sum(small.wages[a] for a in cast) for d, cast in zip(small.days, small.casts, strict=True)]
    works = model.add_int_table(work)
    gone = casts.union(left.complement())
    here = casts.union(left) & gone
    model.add_base_case([left.is_empty()])
    for s in range(n):
        own = model.create_set_const(object_type=person, value=sorted(small.casts[s]))
        effects, cost = [(left, left.remove(s))], dp.IntExpr.state_cost()
        at_once = [left.contains(s), own == here]
        model.add_transition(
            dp.Transition(name=f"f{s}", cost=work[s] + cost, effects=effects, preconditions=at_once), forced=True
        )
        allowed = [left.contains(s)]
        for t in range(n):
            if t != s and small.casts[s] <= small.casts[t]:
                others = model.create_set_const(object_type=person, value=sorted(small.casts[t]))
                allowed.append(~left.contains(t) | ~others.issubset(gone | own))
        paid = small.days[s] * wages[own | here] + cost
        model.add_transition(dp.Transition(name=f"{s}", cost=paid, effects=effects, preconditions=allowed))
    model.add_dual_bound(works[left])
    solution = dp.CABS(model, time_limit=CAP_S, threads=2, quiet=True).search()
    return small.constant + (solution.cost if solution.cost is not None else 1 << 40), bool(solution.is_optimal)


def peers(small: Small) -> dict[str, Callable[[], Answer]]:
    engines: dict[str, Callable[[], Answer]] = {"CP-SAT": lambda: by_cp_sat(small)}
    try:
        import didppy  # noqa: F401 (only whether it is there)
    except ImportError:
        return engines
    return engines | {"DIDP CABS": lambda: by_didp(small)}


def work(name: str, instance: Instance, least: int | None, *, with_peers: bool) -> Work:
    """One instance; where no least wages are known, what we prove is what counts."""
    known = [least] if least is not None else []

    def missed(_: str, answer: object) -> int:
        if isinstance(answer, Order):
            answer = answer.wages, answer.proven
            known.append(answer[0])
        return int(answer != (known[0], True))

    return Work(
        name=name,
        ours=lambda: best_order(instance),
        peers=peers(Small(instance)) if with_peers else {},
        missed=missed,
        runs=1,
    )


def all_eight(films: dict[str, tuple[Instance, int]]) -> Work:
    def missed(_: str, answer: object) -> int:
        found = answer if isinstance(answer, list) else []
        return sum(not (o.proven and o.wages == least) for o, (_, least) in zip(found, films.values(), strict=True))

    return Work(
        name="talent: the eight classic films together",
        ours=lambda: [best_order(instance) for instance, _ in films.values()],
        missed=missed,
        runs=5,
    )


def rows(*, quick: bool) -> list[Work]:
    """All eight classic films at once, then one by one with peers, then film-like ones; `quick`: no peers, no 32 x 20."""
    films = classic()
    works = [all_eight(films)]
    for name, (instance, least) in films.items():
        works.append(work(f"talent: {name}", instance, least, with_peers=not quick))
    for scenes, people in DRAWN[: 2 if quick else 3]:
        for seed in range(2):
            name = f"talent: film-like {scenes} x {people}, seed {seed}"
            works.append(work(name, drawn(scenes, people, seed), None, with_peers=seed == 0 and not quick))
    return works


def against_peers(works: Iterable[Work]) -> None:
    """Print each work's seconds and its ratio to the better peer, then the geometric mean of the ratios."""
    ratios = []
    for row in works:
        assert row.missed is not None
        missed = row.missed("cupola", row.ours())
        ours_s = median(seconds(row.ours) for _ in range(5))
        theirs_s, said = {}, [f"cupola {ours_s:.4f} s" + " missed" * missed]
        for name, engine in row.peers.items():
            start = perf_counter()
            answer = engine()
            theirs_s[name] = perf_counter() - start
            said.append(f"{name} {theirs_s[name]:.2f} s" + " missed" * row.missed(name, answer))
        ratios.append(min(theirs_s.values()) / ours_s)
        print(f"{row.name:20}", *said, f"x {ratios[-1]:.0f}", sep="   ", flush=True)
    print(f"geometric mean of {len(ratios)}: x {geometric_mean(ratios):.0f}")


def five_of_each() -> None:
    """Print wall and CPU seconds and states of five drawn instances of each size, and the medians."""
    for scenes, people in DRAWN:
        walls, cpus = [], []
        for seed in range(5):
            wall, cpu = perf_counter(), process_time()
            found = best_order(drawn(scenes, people, seed))
            walls.append(perf_counter() - wall)
            cpus.append(process_time() - cpu)
            what = f"{'proven' if found.proven else found.bound} {found.wages}, {found.states} states"
            print(f"{scenes} x {people}, seed {seed}   wall {walls[-1]:.2f} s   CPU {cpus[-1]:.2f} s   {what}", flush=True)
        print(f"{scenes} x {people}, median   wall {median(walls):.2f} s   CPU {median(cpus):.2f} s", flush=True)


if __name__ == "__main__":
    warm()
    asked = sys.argv[1:] or ["classic", "drawn"]
    if "classic" in asked:
        against_peers(work(name, instance, least, with_peers=True) for name, (instance, least) in classic().items())
    if "drawn" in asked:
        five_of_each()
