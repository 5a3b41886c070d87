"""What the changes of an assignment weigh, without making its board: as `changes_between` counts them."""

from __future__ import annotations

from cupola.schedule.replan_count import Weights
from cupola.schedule.replan_model import Slots, Task


def weight_of(task: Task, slots: Slots, weights: Weights) -> int:
    """Return what the strips that moved, the call days that came or went, and the decisions of an assignment weigh."""
    at = task.at
    now = [at[slots[i]] if slots.get(i, -1) >= 0 else -1 for i in range(len(task.was))]
    strips = sum(task.strips(i) for i, was in enumerate(task.was) if now[i] != was)
    total = weights.scenes * strips
    if weights.calls:
        total += weights.calls * _calls(task, now)
    if weights.days:
        total += weights.days * (strips - _spared(task, now))
    return total


def _calls(task: Task, now: list[int]) -> int:
    cast = [piece.work.cast for piece in task.case.pieces]
    before = {(name, was) for i, was in enumerate(task.was) for name in cast[i] if was >= 0}
    after = {(name, on) for i, on in enumerate(now) for name in cast[i] if on >= 0}
    return len(before ^ after)


def _spared(task: Task, now: list[int]) -> int:
    """How many decisions are spared because days moved as wholes, and runs of them alike."""
    days: dict[int, list[int]] = {}
    for i, was in enumerate(task.was):
        if was >= 0:
            days.setdefault(was, []).append(i)
    spared = run = 0
    step = 0
    for was in sorted(days):
        targets = {now[i] for i in days[was]}
        by = next(iter(targets)) - was if len(targets) == 1 and -1 not in targets else 0
        if by != step:
            spared += max(0, run - 1)
            run = 0
        step = by
        run += sum(task.strips(i) for i in days[was]) if by else 0
    return spared + max(0, run - 1)
