"""The price of a drag on a board of 200 strips: asked of a `Pricer`, and counted as the difference of two full costs.

    .venv/bin/python bench/money.py [--json]

Both price the same 200 drags. Seconds are of the wall clock; `ms a drag` below them is CPU time: the mean, and the dearest.
"""

from __future__ import annotations

import sys
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "schedule"))
sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "money"))

from invented import feature
from laid_out import laid_out

from _bench import Work, run
from cupola.money import Pricer, SwapDates, ToDate, cost, moved

PRODUCTION, _ = feature(scenes=200, cast=20, weeks=12)
BOARD = laid_out(PRODUCTION)
DATES = [day.date for day in BOARD.days]
MOVES = [
    ToDate(strip=strip.id, to=DATES[7 * n % len(DATES)])
    if n % 3
    else SwapDates(unit="main", first=DATES[n % len(DATES)], second=DATES[5 * n % len(DATES)])
    for n, strip in enumerate(BOARD.strips[:200])
]
PRICER = Pricer(PRODUCTION, BOARD)


def ours() -> list[int]:
    return [PRICER.price(move).cents for move in MOVES]


def in_full() -> list[int]:
    before = cost(PRODUCTION, BOARD.days).total_cents
    return [cost(PRODUCTION, moved(PRODUCTION, BOARD.days, move)).total_cents - before for move in MOVES]


def missed(_: str, answer: object) -> int:
    expected = in_full()
    return sum(a != b for a, b in zip(answer, expected, strict=True))  # type: ignore[call-overload]


def cpu_ms() -> list[float]:
    """Return the CPU time of each drag, in milliseconds."""
    spent = []
    for move in MOVES:
        start = process_time()
        PRICER.price(move)
        spent.append(1000 * (process_time() - start))
    return spent


if __name__ == "__main__":
    name = f"{len(MOVES)} drags, {len(BOARD.strips)} strips"
    run([Work(name=name, ours=ours, peers={"full cost": in_full}, missed=missed, runs=3)])
    if "--json" not in sys.argv:
        spent = min((cpu_ms() for _ in range(3)), key=max)
        print(f"CPU: {sum(spent) / len(spent):.2f} ms a drag, at most {max(spent):.2f} ms")
