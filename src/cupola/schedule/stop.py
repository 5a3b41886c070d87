"""When to stop: a limit of effort that is the same on every machine, a clock as outer fuse, and a person's hand."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from ortools.sat.python import cp_model

CP_PER_S = 0.2
"""CP-SAT's deterministic seconds that one second of limit stands for."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Stop:
    """How long to look. `seconds` becomes a number of moves and deterministic solver seconds: the same search anywhere.

    The wall clock is only a fuse: where it ends a search before its limit, the board says so and is not reproducible.
    """

    seconds: float = 60.0
    fuse: bool = True

    @property
    def effort(self) -> str:
        """The limit as a board keeps it."""
        return f"{self.seconds:g} s of effort"


@dataclass(slots=True)
class Halt:
    """A flag that ends every search at its next step, and why it was raised: limit, clock or hand."""

    clock: Callable[[], float] = time.monotonic
    reason: str = "limit"
    _event: threading.Event = field(default_factory=threading.Event)
    _solvers: set[cp_model.CpSolver] = field(default_factory=set)
    _lock: threading.RLock = field(default_factory=threading.RLock)
    """One that its holder may take again: a person's hand comes between any two steps of the main thread."""

    def __call__(self) -> bool:
        return self._event.is_set()

    def now(self, reason: str) -> None:
        """Ask every search to end; the first reason stays."""
        with self._lock:
            if not self._event.is_set():
                self.reason = reason
            self._event.set()
            for solver in self._solvers:
                solver.stop_search()

    def solve(
        self, solver: cp_model.CpSolver, model: cp_model.CpModel, listener: cp_model.CpSolverSolutionCallback | None = None
    ) -> int:
        """Run CP-SAT so that `now` can end it."""
        with self._lock:
            if self._event.is_set():
                return int(cp_model.UNKNOWN)
            self._solvers.add(solver)
        try:
            return int(solver.solve(model, listener))
        finally:
            with self._lock:
                self._solvers.discard(solver)


def moves_for(seconds: float, pieces: int) -> int:
    """Return how many annealing moves seconds of limit stand for: a move costs more, the larger the board is."""
    return round(seconds * min(550_000, 120_000_000 / (pieces + 90)))


def cp_solver(*, limit: float, seed: int) -> cp_model.CpSolver:
    """Return CP-SAT with one worker and a limit in its own deterministic seconds: the same answer anywhere."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = seed % 2_000_000_000
    solver.parameters.catch_sigint_signal = False  # two solvers at once would take the hand from each other and abort
    solver.parameters.max_deterministic_time = max(limit, 0.01)
    return solver
