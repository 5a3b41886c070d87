"""`cupola compare`: two to four boards side by side."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import PRODUCTION_NAME, AsJson, read_both
from cupola.cli.say import print_json, print_table, say
from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Production
    from cupola.schedule.compare import Comparison, Side
    from cupola.schedule.replan_count import Changes

Words = Annotated[
    list[str],
    typer.Argument(metavar="[DIR] A B [C D]", help="The production's folder (default: here), and two to four boards."),
]
AllLines = Annotated[bool, typer.Option("--all", help="Show the lines of money too on which the boards do not differ.")]

MOST = 4


def compare(words: Words, all_lines: AllLines = False, as_json: AsJson = False) -> None:
    """Show boards side by side: what moved, days, holds, and the money line by line."""
    from cupola.schedule.compare import compare as compared

    folder, names = _folder_and_names(words)
    production = read_both(folder, names[0])[0]
    found = compared(production, {name: read_both(folder, name)[1] for name in names})
    if as_json:
        print_json(document(production, found))
    else:
        print_sides(production, found)
        print_lines(production, found, all_lines=all_lines)


def _folder_and_names(words: list[str]) -> tuple[Path, list[str]]:
    is_folder = (Path(words[0]) / PRODUCTION_NAME).is_file()
    folder, names = (Path(words[0]), words[1:]) if is_folder else (Path(), words)
    if not 2 <= len(names) <= MOST:
        remedy = "write: cupola compare DIR agreed rain"
        raise BoardError("two to four boards are compared", value=", ".join(names), remedy=remedy)
    if len(set(names)) < len(names):
        raise BoardError("a board is compared with another", value=", ".join(names), remedy="name each board once")
    return folder, names


def print_sides(production: Production, found: Comparison) -> None:
    """Print what each board is, and what it has otherwise than the first."""
    from cupola.paper.wording import money_text

    sides = found.sides
    first = sides[0]
    rows = [
        ["cost", *(money_text(side.cost.total_cents, side.cost.currency) for side in sides)],
        [
            "against the first",
            "",
            *(signed_money(s.cost.total_cents - first.cost.total_cents, s.cost.currency) for s in sides[1:]),
        ],
    ]
    for unit in production.units:
        rows.append([f"days, unit {unit.id}", *(str(dict(side.days)[unit.id]) for side in sides)])
        rows.append([f"last day, unit {unit.id}", *(_last_day(side, unit.id) for side in sides)])
    rows.append(["hold days", *(str(side.hold_days) for side in sides)])
    rows.append(["strips moved", "", *(str(side.changes.scenes) for side in sides[1:])])
    rows.append(["call days changed", "", *(str(side.changes.calls) for side in sides[1:])])
    rows.append(["decisions", "", *(str(side.changes.days) for side in sides[1:])])
    rows.append(["on no day", *(str(len(side.board.boneyard)) for side in sides)])
    print_table(production.title, ["", *(side.name for side in sides)], rows, right=range(1, len(sides) + 1))
    for side in sides[1:]:
        for text in changes_text(side.changes):
            say(f"{side.name}: {text}" if len(sides) > 2 else text)


def _last_day(side: Side, unit: str) -> str:
    return max((f"{day.date}" for day in side.board.days if day.unit == unit), default="–")


def signed_money(cents: int, currency: str) -> str:
    """Write a difference of money with its sign, a true minus; `0` where there is none.

    >>> signed_money(-450000, "EUR"), signed_money(1200, "EUR"), signed_money(0, "EUR")
    ('−4,500 EUR', '+12 EUR', '0')
    """
    from cupola.paper.wording import money_text

    if cents == 0:
        return "0"
    return f"{'+' if cents > 0 else '−'}{money_text(abs(cents), currency)}"


def changes_text(changes: Changes, most: int = 12) -> list[str]:
    """Write changes in a few lines: whole days first, then single strips."""
    lines = [
        f"{len(shift.was)} days of unit {shift.unit} from {shift.was[0]} now from {shift.now[0]} ({len(shift.strips)} strips)"
        if len(shift.was) > 1
        else f"the whole day {shift.was[0]} of unit {shift.unit} to {shift.now[0]} ({', '.join(shift.strips)})"
        for shift in changes.shifts
    ]
    together = {name for shift in changes.shifts for name in shift.strips}
    groups: dict[tuple[str, str], list[str]] = {}
    for move in changes.moved:
        if move.strip not in together:
            groups.setdefault((str(move.was or "no day"), str(move.now or "no day")), []).append(move.strip)
    lines += [f"{', '.join(names)} from {was} to {now}" for (was, now), names in sorted(groups.items())]
    return lines if len(lines) <= most else [*lines[:most], f"… and {len(lines) - most} more"]


def print_lines(production: Production, found: Comparison, *, all_lines: bool) -> None:
    """Print the money line by line, and what the lines on which all agree come to."""
    from cupola.paper.wording import amount_text, money_text

    shown = [line for line in found.lines if all_lines or line.differs]
    currency = production.currency
    count = len(found.sides)
    rows = []
    for line in shown:
        by = [signed_money(cents - line.cents[0], currency) for cents in line.cents[1:]] if count == 2 else []
        rows.append([line.account, line.text, *(amount_text(cents, currency) for cents in line.cents), *by])
    heads = ["Account", "Line", *(side.name for side in found.sides), *(["Difference"] if count == 2 else [])]
    say()
    if rows:
        print_table(f"Money, {currency}", heads, rows, right=range(2, len(heads)))
    alike = [line for line in found.lines if not line.differs]
    if alike and not all_lines:
        total = money_text(sum(line.cents[0] for line in alike), currency)
        say(f"{len(alike)} line{'' if len(alike) == 1 else 's'} alike on all of them, {total} in all; --all shows them.")


def document(production: Production, found: Comparison) -> dict[str, Any]:
    """Return a comparison as JSON can hold it."""
    return {
        "currency": production.currency,
        "boards": [
            {
                "board": side.name,
                "cost": side.cost.total_cents,
                "controllable": side.cost.controllable_cents,
                "days": dict(side.days),
                "hold_days": side.hold_days,
                "boneyard": list(side.board.boneyard),
                "changes": changes_document(side.changes),
            }
            for side in found.sides
        ],
        "lines": lines_document(found.lines),
    }


def lines_document(lines: Any) -> list[dict[str, Any]]:
    """Return lines of money side by side as JSON can hold them."""
    return [{"account": line.account, "kind": line.kind, "text": line.text, "cents": list(line.cents)} for line in lines]


def changes_document(changes: Changes) -> dict[str, Any]:
    """Return changes as JSON can hold them."""
    return {
        "scenes": changes.scenes,
        "calls": changes.calls,
        "days": changes.days,
        "moved": [
            {
                "strip": m.strip,
                "unit": m.unit,
                "was": None if m.was is None else str(m.was),
                "now": None if m.now is None else str(m.now),
            }
            for m in changes.moved
        ],
        "retimed": list(changes.retimed),
        "shifts": [
            {"unit": s.unit, "was": [str(d) for d in s.was], "now": [str(d) for d in s.now], "strips": list(s.strips)}
            for s in changes.shifts
        ],
    }
