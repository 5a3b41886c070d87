"""`cupola improve`: better from a person's own board, without touching what is pinned."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.board import board_document
from cupola.cli.compare import changes_document, changes_text, signed_money
from cupola.cli.home import PLAN_NAME, AsJson, board_path, folder_and_word, read_both
from cupola.cli.light import windows_of_production
from cupola.cli.plan import ProgressLine, Seconds, Seed, by_hand, stopped_text, unhurried
from cupola.cli.say import BROKEN, GOOD, print_json, print_table, say
from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Board, Day, Production
    from cupola.schedule.improve import Improved
    from cupola.schedule.neighbourhood import Neighbourhood

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
Name = Annotated[str, typer.Argument(metavar="BOARD", help="The board to begin from (default: plan).")]
Pins = Annotated[
    list[str],
    typer.Option("--pin", metavar="STRIP[=DATE]", help="Leave a strip on its day, or put it on a date; repeatable."),
]
Only = Annotated[
    list[str],
    typer.Option("--only", metavar="swap-days|order", help="Only let whole days change places, or keep the order of scenes."),
]
Leave = Annotated[
    list[str],
    typer.Option(
        "--leave", metavar="'week 2'|DATE|DATE..DATE", help="Leave these days as they are, to the minute; repeatable."
    ),
]
OnlyUnit = Annotated[list[str], typer.Option("--unit", metavar="UNIT", help="Change only this unit; repeatable.")]
Out = Annotated[str, typer.Option("--out", metavar="NAME", help="The better board's name (default: BOARD-improved).")]

ONLY = ("swap-days", "order")


def improve(
    where: Where = "",
    name: Name = "",
    seconds: Seconds = 60.0,
    seed: Seed = 1,
    pins: Pins = [],  # noqa: B006 - typer needs a list, and nobody changes it
    only: Only = [],  # noqa: B006
    leave: Leave = [],  # noqa: B006
    unit: OnlyUnit = [],  # noqa: B006
    out: Out = "",
    as_json: AsJson = False,
) -> int:
    """Find a cheaper board from your own, and say what each change saved."""
    from cupola.files import make_folder, with_pins, write_board, write_log
    from cupola.rules import broken, check
    from cupola.schedule import Halt, Stop
    from cupola.schedule.improve import improved

    folder, word = folder_and_word(where, name)
    source = word or PLAN_NAME
    production, board = read_both(folder, source)
    production = with_pins(production, [pin for pin in pins if "=" in pin])
    within = neighbourhood(production, board, [pin for pin in pins if "=" not in pin], only, leave, unit)
    windows = windows_of_production(production)
    path = board_path(folder, out or f"{Path(source).stem}-improved")
    make_folder(path.parent)
    stop, halt = Stop(seconds=seconds), Halt()
    with ProgressLine(production.currency) as progress, by_hand(halt, progress):
        found = improved(production, board, windows, within=within, stop=stop, seed=seed, halt=halt, on_progress=progress)
    written = found.saved_cents > 0 or bool(found.steps)
    if written:
        with unhurried():
            found = replace(found, board=replace(found.board, title=f"{production.title}, {path.stem}"))
            write_board(found.board, path)
            write_log(progress.steps, path)
    violations = check(production, found.board, windows)
    faults = broken(violations)
    if as_json:
        status = "broken" if faults else "improved" if written else "same"
        target = str(path) if written else None
        print_json({**board_document(found.board, violations, status=status), **document(found), "board": target, "seed": seed})
    else:
        _print(production, found, path if written else None)
        if stopped := stopped_text(halt.reason, stop.effort):
            say(stopped.strip())
        for violation in faults:
            say(f"{violation.rule}: {violation.message}")
    return BROKEN if faults else GOOD


def neighbourhood(
    production: Production, board: Board, pins: list[str], only: list[str], leave: list[str], units: list[str]
) -> Neighbourhood:
    """Return what may change, as one types it; raises BoardError for a word that nobody knows."""
    from cupola.files import did_you_mean
    from cupola.schedule.neighbourhood import Neighbourhood

    for word in only:
        if word not in ONLY:
            raise BoardError(
                "--only knows swap-days and order", value=word, remedy=did_you_mean(word, ONLY, "write one of them")
            )
    ids = {unit.id for unit in production.units}
    for word in units:
        if word not in ids:
            remedy = did_you_mean(word, sorted(ids), f"there are: {', '.join(sorted(ids))}")
            raise BoardError("the production has no such unit", value=word, remedy=remedy)
    kept = {strip for word in pins for strip in _strips(board, word)}
    days = {(day.unit, day.date) for word in leave for day in _days(board, word)}
    return Neighbourhood(
        pins=frozenset(kept),
        keep_days=frozenset(days),
        only_swap_days="swap-days" in only,
        keep_order="order" in only,
        units=frozenset(units) if units else None,
    )


def _strips(board: Board, word: str) -> list[str]:
    found = [strip.id for strip in board.strips if word in (strip.id, strip.shot)]
    found = found or [strip.id for strip in board.strips if strip.scene == word]
    if not found:
        remedy = "write it as the board does: 42, 42/A, or 42/A-2"
        raise BoardError("a pin names a strip of the board", value=word, remedy=remedy)
    return found


def _days(board: Board, word: str) -> list[Day]:
    wanted = _dates(board, word)
    found = [day for day in board.days if day.date in wanted]
    if not found:
        days = sorted(day.date for day in board.days)
        remedy = f"it has days from {days[0]} to {days[-1]}" if days else "it has no days at all"
        raise BoardError("the board has no day to leave there", value=word, remedy=remedy)
    return found


def _dates(board: Board, word: str) -> set[date]:
    """The dates that a word names: `week 2` (seven days from the board's first Monday), a date, or a span of dates."""
    if week := re.fullmatch(r"week\s*(\d+)", word.strip().casefold()):
        first = min((day.date for day in board.days), default=date.min)
        begin = first - timedelta(days=first.weekday()) + timedelta(weeks=int(week[1]) - 1)
        return {begin + timedelta(days=n) for n in range(7)}
    first, last = span_of(word)
    return {first + timedelta(days=n) for n in range((last - first).days + 1)}


def span_of(word: str) -> tuple[date, date]:
    """Read a date or a span: `2022-06-14`, `2022-06-14..2022-06-16`; raises BoardError."""
    begin, _, end = word.partition("..")
    try:
        first = date.fromisoformat(begin.strip())
        last = date.fromisoformat(end.strip()) if end else first
    except ValueError:
        remedy = "write 2022-06-14, or 2022-06-14..2022-06-16"
        raise BoardError("days are a date or a span of dates", value=word, remedy=remedy) from None
    if not first <= last <= first + timedelta(days=3660):
        raise BoardError("a span ends after it begins", value=word, remedy="write the earlier date first")
    return first, last


def _print(production: Production, found: Improved, path: Path | None) -> None:
    from cupola.paper.wording import money_text

    currency = production.currency
    if path is None:
        say(f"Nothing gained: no cheaper board was found near yours, at {money_text(found.before_cents, currency)}.")
        return
    rows: list[list[str]] = []
    for step in found.steps:
        saves = "not alone" if step.saved_cents is None else signed_money(step.saved_cents, currency)
        first, *others = step.text.split("; ")
        rows += [[first, saves], *([f"  and {text}", "with it"] for text in others)]
    print_table(f"{production.title}: what was changed", ["Change", "Saves"], rows, right=[1])
    for text in changes_text(found.changes) if found.changes.shifts else ():
        say(text)
    now = money_text(found.board.cost.total_cents, currency)
    saved = money_text(found.saved_cents, currency)
    say(f"{money_text(found.before_cents, currency)} before, {now} now: {saved} saved.")
    if any(step.saved_cents is None for step in found.steps):
        say("A change that reads “not alone” goes with others: undone alone, it would break a rule.")
    say(f"Written to {path}; your board is as it was." if path.stem else "")


def document(found: Improved) -> dict[str, Any]:
    """Return what was changed as JSON can hold it."""
    return {
        "before": found.before_cents,
        "saved": found.saved_cents,
        "changes": changes_document(found.changes),
        "steps": [
            {
                "unit": step.unit,
                "strips": list(step.strips),
                "was": None if step.was is None else str(step.was),
                "now": None if step.now is None else str(step.now),
                "saved": step.saved_cents,
            }
            for step in found.steps
        ],
    }
