"""`cupola plan`: the cheapest board that can be found, with a bound."""

from __future__ import annotations

import contextlib
import signal
import sys
import time as clock
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.board import board_document, print_board
from cupola.cli.home import PLAN_NAME, AsJson, Folder, board_path
from cupola.cli.light import orbit_notes, windows_of_production, without_light
from cupola.cli.say import BROKEN, GOOD, print_json, say, whisper
from cupola.errors import LightError, ProductionError

if TYPE_CHECKING:
    from cupola.model import Board, Production, Unit, Window
    from cupola.schedule import Halt, Progress, Stop

Seconds = Annotated[
    float, typer.Option("--time", metavar="SECONDS", min=0.1, max=86400, help="How long to look for a better board.")
]
Seed = Annotated[int, typer.Option("--seed", min=0, max=2**31 - 1, help="The same seed gives the same board.")]
Pins = Annotated[
    list[str], typer.Option("--pin", metavar="STRIP=DATE", help="Put a strip on a date, as in 42=2021-10-09; repeatable.")
]
Out = Annotated[str, typer.Option("--out", metavar="NAME", help="The board's name, or a path to write it to.")]
When = Annotated[
    str,
    typer.Option(
        "--launch",
        metavar="DATE|cheapest",
        help="Launch the orbit unit on this date, or on the cheapest of its launches.",
        show_default=False,
    ),
]
AnyLight = Annotated[str, typer.Option("--light", metavar="any", help="Plan as if any light would do.", show_default=False)]

CHEAPEST = "cheapest"
EVERY_S = 2.0
"""Seconds between two lines of progress where there is no terminal."""


def plan(
    folder: Folder = Path(),
    seconds: Seconds = 60.0,
    seed: Seed = 1,
    pins: Pins = [],  # noqa: B006 - typer needs a list, and nobody changes it
    out: Out = PLAN_NAME,
    light: AnyLight = "",
    launch: When = "",
    as_json: AsJson = False,
) -> int:
    """Find a cheap board that keeps every rule."""
    from cupola.files import make_folder, read_production, with_pins, write_board, write_log
    from cupola.rules import broken, check
    from cupola.schedule import Halt, Stop, solve

    production = _launched(with_pins(_lit(read_production(folder), light), pins), launch)
    path = board_path(folder, out)
    make_folder(path.parent)
    stop, halt = Stop(seconds=seconds), Halt()
    with ProgressLine(production.currency) as progress, by_hand(halt, progress):
        if launch == CHEAPEST:
            production, windows, board = _cheapest(production, stop, seed, progress, halt)
        else:
            windows = windows_of_production(production)
            board = solve(production, windows, stop=stop, seed=seed, on_progress=progress, halt=halt)
    notes = orbit_notes(production.units)
    for note in notes:
        whisper(note)
    with unhurried():
        board = replace(board, title=f"{production.title}, {path.stem}")
        write_board(board, path)
        write_log(progress.steps, path)
    violations = check(production, board, windows)
    if as_json:
        status = _status(board, bool(broken(violations)))
        found = {**board_document(board, violations, status=status), "board": str(path), "seed": seed}
        print_json({**found, "seconds": progress.seconds, "stopped": board.provenance.stopped, "notes": notes})
    else:
        print_board(production, board, violations)
        say(_ending(board, path, progress.seconds))
    return BROKEN if broken(violations) else GOOD


def _flown(production: Production) -> Unit:
    """Return the unit that is launched; raises ProductionError where none is."""
    flown = next((unit for unit in production.units if unit.is_orbit), None)
    if flown is None:
        rule, remedy = "only a unit in orbit is launched", "leave --launch out: no unit is in orbit"
        raise ProductionError(rule, value=production.title, remedy=remedy, file=f"{production.folder}/production.toml")
    return flown


def _launched(production: Production, launch: str) -> Production:
    """Return the production at the launch that is asked for."""
    from cupola.model.launches import at_launch, launches_of

    if launch == "":
        return production
    unit = _flown(production)
    if launch == CHEAPEST:
        return production
    known = ", ".join(f"{each}" for each in launches_of(unit))
    try:
        day = date.fromisoformat(launch)
    except ValueError:
        rule, remedy = '--launch is a date, or "cheapest"', f"write it as one of {known}"
        raise ProductionError(rule, value=launch, remedy=remedy) from None
    if unit.launches and day not in unit.launches:
        rule, remedy = f"unit {unit.id} is not launched on that date", f"its launches: {known}"
        raise ProductionError(rule, value=launch, remedy=remedy, file=f"{production.folder}/production.toml", line=unit.line)
    return at_launch(production, unit.id, day)


def _cheapest(
    production: Production, stop: Stop, seed: int, progress: ProgressLine, halt: Halt
) -> tuple[Production, Mapping[str, Sequence[Window]], Board]:
    """Return the production at its cheapest launch, with windows and board, and say what each launch came to."""
    from cupola.paper.wording import money_text
    from cupola.schedule.launch import cheapest_launch

    found = cheapest_launch(
        production, _flown(production).id, windows_of_production, stop=stop, seed=seed, on_progress=progress, halt=halt
    )
    for each in found.candidates if len(found.candidates) > 1 else ():
        cost = each.why if each.cents is None else money_text(each.cents, production.currency)
        cost += f", {each.left} strips on no day" if each.left else ""
        whisper(f"launch {each.launch}: {cost}{' (taken)' if each.launch == found.launch else ''}")
    return found.production, found.windows, found.board


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
    made = board.provenance
    return f"{stopped_text(made.stopped, made.effort)}{seconds:.0f} s, written to {path}"


def stopped_text(reason: str, effort: str) -> str:
    """Say what ended a search before its limit of effort; nothing where it reached that."""
    if reason == "interrupted":
        return "Stopped by hand; the best board so far is kept. "
    if reason == "clock":
        return f"Stopped by the clock before the {effort} were spent: another run may find another board. "
    return ""


@contextlib.contextmanager
def by_hand(halt: Halt, progress: ProgressLine) -> Iterator[None]:
    """Let Ctrl-C, or the system's request to end, halt a search that has begun, once: the best board is kept and written."""

    def stop(*_: object) -> None:
        if halt():
            return  # it ends already
        if not progress.has_begun:
            raise KeyboardInterrupt
        halt.now("interrupted")

    before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items() if not halt() else ():  # an impatient second one must not cost the board
            signal.signal(number, handler)


@contextlib.contextmanager
def unhurried() -> Iterator[None]:
    """Let no Ctrl-C come between a board that is found and its file."""
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


class ProgressLine:
    """Says how a search goes: a line that moves on a terminal; elsewhere the first board at once, then a line now and then."""

    def __init__(self, currency: str) -> None:
        self.currency = currency
        self.steps: list[tuple[float, int | None, int | None, str]] = []
        self._began = clock.monotonic()
        self._said: tuple[float, int | None, int | None, str] | None = None
        self._status: Any = None

    @property
    def seconds(self) -> float:
        """Seconds since the search began."""
        return round(clock.monotonic() - self._began, 2)

    @property
    def has_begun(self) -> bool:
        """Whether a cost or a bound was heard of."""
        return any(cost is not None or bound is not None for _, cost, bound, _ in self.steps)

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
        elif self._is_news(step):
            self._whisper(step)

    def _is_news(self, step: tuple[float, int | None, int | None, str]) -> bool:
        if self._said is None:
            return True
        is_first_board = self._said[1] is None and step[1] is not None
        return is_first_board or step[0] >= self._said[0] + EVERY_S

    def _whisper(self, step: tuple[float, int | None, int | None, str]) -> None:
        if step != self._said:
            self._said = step
            whisper(self._text(step))

    def _text(self, step: tuple[float, int | None, int | None, str]) -> str:
        from cupola.paper.wording import money_text, share_text

        seconds, cost, bound, text = step
        words = [f"{seconds:6.1f} s"]
        words.append(
            f"best {money_text(cost, self.currency)}" if cost is not None else text if bound is None else "no board yet"
        )
        words += [] if bound is None else [f"bound {money_text(bound, self.currency)}"]
        if cost and bound is not None:
            words.append(f"gap {share_text(max(0.0, (cost - bound) / cost))}")
        return "  ".join(words)
