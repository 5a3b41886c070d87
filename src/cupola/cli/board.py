"""`cupola check`: what a board breaks; and a board as JSON and as a few lines of text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.findings import premiums_cents, print_findings
from cupola.cli.home import PLAN_NAME, AsJson, board_path, folder_and_word, read_both
from cupola.cli.light import windows_of_production
from cupola.cli.say import BROKEN, GOOD, print_json, print_table, say

if TYPE_CHECKING:
    from cupola.model import Board, Production, Violation

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
Name = Annotated[str, typer.Argument(metavar="BOARD", help="A board of the production, or a path to one (default: plan).")]


def check(where: Where = "", name: Name = "", as_json: AsJson = False) -> int:
    """Check a saved board against every rule: what is broken, what is allowed at a price, and the nearest fix."""
    from cupola.files import is_stale
    from cupola.rules import broken
    from cupola.rules import check as check_rules

    folder, word = folder_and_word(where, name)
    board = word or PLAN_NAME
    production, found = read_both(folder, board)
    violations = check_rules(production, found, windows_of_production(production))
    stale = is_stale(found, production)
    if as_json:
        status = "broken" if broken(violations) else "good"
        print_json(
            {**board_document(found, violations, status=status), "board": str(board_path(folder, board)), "stale": stale}
        )
    else:
        print_board(production, found, violations)
        if stale:
            say("The production's files have changed since this board was made.")
    return BROKEN if broken(violations) else GOOD


def board_document(board: Board, violations: Sequence[Violation], *, status: str) -> dict[str, Any]:
    """Return a board as JSON can hold it: money in minor units of its currency, instants in UTC."""
    from cupola.files.codec import encoded
    from cupola.model.currency import MINOR_DIGITS

    return {
        "status": status,
        "title": board.title,
        "cost": board.cost.total_cents,
        "controllable": board.cost.controllable_cents,
        "currency": board.cost.currency,
        "minor_digits": MINOR_DIGITS[board.cost.currency],
        "bound": board.bound_cents,
        "gap": board.gap,
        "gap_controllable": board.gap_controllable,
        "broken": sum(violation.kind == "broken" for violation in violations),
        "premiums": premiums_cents(violations),
        "violations": [encoded(violation) for violation in violations],
        "days": [encoded(day) for day in board.days],
        "boneyard": list(board.boneyard),
        "omitted": [encoded(entry) for entry in board.omitted],
        "bounds": [encoded(bound) for bound in board.bounds],
        "provenance": encoded(board.provenance),
    }


def print_board(production: Production, board: Board, violations: Sequence[Violation]) -> None:
    """Print a board day by day, its cost and bound, and what it breaks."""
    rows = [
        [
            day.unit,
            str(day.number),
            f"{day.date:%a} {day.date}",
            ", ".join(dict.fromkeys(production.place(strip.place).name for strip in day.strips)),
            ", ".join(strip.id for strip in day.strips),
        ]
        for day in board.days
    ]
    print_table(board.title, ["Unit", "Day", "Date", "Where", "Strips"], rows, right=[1])
    say(cost_text(board))
    if board.boneyard:
        say(f"On no day: {', '.join(board.boneyard)}")
    if board.omitted:
        say(f"OMITTED: {', '.join(f'{entry.strip.id} (stood on {entry.date})' for entry in board.omitted)}")
    print_findings(violations, board.cost.currency)


def cost_text(board: Board) -> str:
    """Return cost, bound and gaps in a line."""
    from cupola.paper.wording import money_text, share_text

    cost, bound = money_text(board.cost.total_cents, board.cost.currency), money_text(board.bound_cents, board.cost.currency)
    gaps = f"gap {share_text(board.gap)}, {share_text(board.gap_controllable)} of what the order of shooting can change"
    return f"{cost}, no board costs less than {bound} ({gaps})"
