"""Launch dates: which of the candidates makes the cheapest film. What moves with a launch is in `model.launches`."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from cupola.errors import NothingFits
from cupola.model import Board, Production, Window
from cupola.model.launches import at_launch, launches_of
from cupola.schedule.search import Listener, Progress, solve
from cupola.schedule.stop import Halt, Stop

__all__ = ["Candidate", "Launched", "at_launch", "cheapest_launch", "launches_of"]

LOOK = 0.3
"""Share of the effort that is spent on all candidates together; the rest is for the best of them."""

WindowsOf = Callable[[Production], Mapping[str, Sequence[Window]]]
"""Finds the windows of a production, by shot id: the sky at another date is another sky."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Candidate:
    """A launch date that was tried, and the cost of the board that a short search found; None where nothing fits.

    `left` counts the strips that this board has on no day; a board with some is worth less than any without.
    """

    launch: date
    cents: int | None
    left: int = 0
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Launched:
    """The board of the cheapest launch, the production and windows it was made for, and every candidate."""

    launch: date
    production: Production
    windows: Mapping[str, Sequence[Window]]
    board: Board
    candidates: tuple[Candidate, ...]


def cheapest_launch(
    production: Production,
    unit_id: str,
    windows_of: WindowsOf,
    *,
    stop: Stop | None = None,
    seed: int = 1,
    on_progress: Listener = lambda _: None,
    halt: Halt | None = None,
) -> Launched:
    """Return the board of the launch date that makes the cheapest film, as far as the search could tell.

    Each candidate gets an equal part of a share of the effort; the cheapest of them, the earlier of equals, gets the rest.
    One candidate alone gets all of it. Raises NothingFits where no board keeps every wish on any of the dates.
    """
    stop, halt = stop or Stop(), halt or Halt()
    launches = launches_of(production.unit(unit_id))
    tried, clash = _tried(production, unit_id, windows_of, launches, stop, seed, halt)
    fitting = [each for each in tried if each.cents is not None]
    if not fitting and clash is not None:
        raise clash
    best = min(fitting, key=lambda each: (each.left, each.cents or 0))
    moved = at_launch(production, unit_id, best.launch)
    windows = windows_of(moved)
    rest = stop if len(launches) == 1 else replace(stop, seconds=stop.seconds * (1 - LOOK))
    board = solve(moved, windows, stop=rest, seed=seed, on_progress=on_progress, halt=halt)
    return Launched(launch=best.launch, production=moved, windows=windows, board=board, candidates=tuple(tried))


def _tried(
    production: Production,
    unit_id: str,
    windows_of: WindowsOf,
    launches: Sequence[date],
    stop: Stop,
    seed: int,
    halt: Halt,
) -> tuple[list[Candidate], NothingFits | None]:
    """Return each candidate with its cost, and the clash of the first on which nothing fits."""
    if len(launches) == 1:
        return [Candidate(launch=launches[0], cents=0)], None
    tried: list[Candidate] = []
    clash: NothingFits | None = None
    short = replace(stop, seconds=stop.seconds * LOOK / len(launches))
    for launch in launches:
        moved, own = at_launch(production, unit_id, launch), Halt()  # the clock of one look must not end the others
        try:
            board = solve(moved, windows_of(moved), stop=short, seed=seed, on_progress=_heeding(halt, own), halt=own)
        except NothingFits as nothing:
            clash = clash or nothing
            tried.append(Candidate(launch=launch, cents=None, why=nothing.rule))
        else:
            tried.append(Candidate(launch=launch, cents=board.cost.total_cents, left=len(board.boneyard)))
        if own.reason == "interrupted":
            halt.now("interrupted")
    return tried, clash


def _heeding(halt: Halt, own: Halt) -> Listener:
    """Return a listener that ends one look when the whole search is ended."""

    def heed(_: Progress) -> None:
        if halt():
            own.now(halt.reason)

    return heed
