"""`cupola plan`: the cheapest board that can be found, with a bound."""

from __future__ import annotations

import contextlib
import signal
import sys
import time as clock
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.board import board_document, print_board
from cupola.cli.home import PLAN_NAME, AsJson, Folder, board_path
from cupola.cli.light import orbit_notes, windows_of_production, without_light
from cupola.cli.say import BROKEN, GOOD, print_json, say, whisper
from cupola.errors import LightError

if TYPE_CHECKING:
    from cupola.model import Board, Production
    from cupola.schedule import Progress

Seconds = Annotated[
    float, typer.Option("--time", metavar="SECONDS", min=0.1, max=86400, help="How long to look for a better board.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed gives the same board.")]
Pins = Annotated[
    list[str], typer.Option("--pin", metavar="STRIP=DATE", help="Put a strip on a date, as in 42=2021-10-09; repeatable.")
]
Out = Annotated[str, typer.Option("--out", metavar="NAME", help="The board's name, or a path to write it to.")]
AnyLight = Annotated[str, typer.Option("--light", metavar="any", help="Plan as if any light would do.", show_default=False)]

EVERY_S = 2.0
"""Seconds between two lines of progress where there is no terminal."""


def plan(
    folder: Folder = Path(),
    seconds: Seconds = 60.0,
    seed: Seed = 1,
    pins: Pins = [],  # noqa: B006 - typer needs a list, and nobody changes it
    out: Out = PLAN_NAME,
    light: AnyLight = "",
    as_json: AsJson = False,
) -> int:
    """Find a cheap board that keeps every rule."""
    from cupola.files import make_folder, read_production, with_pins, write_board, write_log
    from cupola.rules import check
    from cupola.schedule import Stop, solve

    production = with_pins(_lit(read_production(folder), light), pins)
    windows = windows_of_production(production)
    notes = orbit_notes(production.units)
    for note in notes:
        whisper(note)
    path = board_path(folder, out)
    make_folder(path.parent)
    with ProgressLine(production.currency) as progress:
        board = solve(production, windows, stop=Stop(seconds=seconds), seed=seed, on_progress=progress)
    with unhurried():
        board = replace(board, title=f"{production.title}, {path.stem}")
        write_board(board, path)
        write_log(progress.steps, path)
    violations = check(production, board, windows)
    if as_json:
        found = {**board_document(board, violations, status=_status(board, bool(violations))), "board": str(path), "seed": seed}
        print_json({**found, "seconds": progress.seconds, "stopped": board.provenance.stopped, "notes": notes})
    else:
        print_board(production, board, violations)
        say(_ending(board, path, progress.seconds))
    return BROKEN if violations else GOOD


def _lit(production: Production, light: str) -> Production:
    if light in ("", "script"):
        return production
    if light == "any":
        return without_light(production)
    raise LightError('--light knows only "any"', value=light, remedy="leave it out, or write --light any")


def _status(board: Board, is_broken: bool) -> str:
    if board.boneyard:
        return "incomplete"
    if is_broken:
        return "broken"
    return "optimal" if board.gap == 0 else "feasible"


def _ending(board: Board, path: Path, seconds: float) -> str:
    by_hand = "Stopped by hand; the best board so far is kept. " if board.provenance.stopped == "interrupted" else ""
    return f"{by_hand}{seconds:.0f} s, written to {path}"


@contextlib.contextmanager
def unhurried() -> Iterator[None]:
    """Let no Ctrl-C come between a board that is found and its file."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class ProgressLine:
    """Says how the search goes: one line that moves on a terminal, a line now and then elsewhere; on stderr."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.steps: list[tuple[float, int | None, int | None, str]] = []
        self._began = clock.monotonic()
        self._said = -EVERY_S
        self._status: Any = None

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return round(clock.monotonic() - self._began, 2)

    def __enter__(self) -> ProgressLine:
        if sys.stderr.isatty():
            from rich.console import Console

            self._status = Console(stderr=True).status("looking for a first board")
            self._status.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._status is not None:
            self._status.stop()
        elif self.steps:
            self._whisper(self.steps[-1])

    def __call__(self, progress: Progress) -> None:
        step = (progress.seconds, progress.cost_cents, progress.bound_cents, progress.text)
        self.steps.append(step)
        if self._status is not None:
            self._status.update(self._text(step))
        elif progress.seconds >= self._said + EVERY_S:
            self._whisper(step)

    def _whisper(self, step: tuple[float, int | None, int | None, str]) -> None:
        if step[0] != self._said:
            self._said = step[0]
            whisper(self._text(step))

    def _text(self, step: tuple[float, int | None, int | None, str]) -> str:
        from cupola.paper.wording import money_text, share_text

        seconds, cost, bound, _ = step
        words = [f"{seconds:6.1f} s"]
        words.append("no board yet" if cost is None else f"best {money_text(cost, self.currency)}")
        words += [] if bound is None else [f"bound {money_text(bound, self.currency)}"]
        if cost and bound is not None:
            words.append(f"gap {share_text(max(0.0, (cost - bound) / cost))}")
        return "  ".join(words)
