"""`cupola why`: why a scene is on its day, and what it would cost on another."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.compare import changes_document, changes_text, lines_document, signed_money
from cupola.cli.home import PLAN_NAME, PRODUCTION_NAME, AsJson, BoardName, board_path, read_both
from cupola.cli.light import windows_of_production
from cupola.cli.paper import days_named
from cupola.cli.plan import Seed
from cupola.cli.say import GOOD, print_json, print_table, say
from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Board, Production
    from cupola.schedule.why import Choice, WhatIf, Why

Words = Annotated[
    list[str],
    typer.Argument(
        metavar="[DIR] SCENE [DAY]", help="The folder (default: here), a scene or strip; a date, or a day such as main:7."
    ),
]
RepairTime = Annotated[
    float, typer.Option("--time", metavar="SECONDS", min=0.1, max=3600, help="How long to look for a repair.")
]


def why(words: Words, board: BoardName = PLAN_NAME, seconds: RepairTime = 4.0, seed: Seed = 1, as_json: AsJson = False) -> int:
    """Say why a scene is on its day, or what would follow if it were on another."""
    from cupola.schedule import Stop
    from cupola.schedule.why import what_if
    from cupola.schedule.why import why as reasons

    folder, scene, day = _asked(words)
    production, found = read_both(folder, board)
    windows = windows_of_production(production)
    if not day:
        answers = [reasons(production, found, windows, strip) for strip in _strips(production, scene)]
        if as_json:
            print_json({"currency": production.currency, "strips": [document(answer) for answer in answers]})
        else:
            for answer in answers:
                _print(production, answer)
        return GOOD
    on = _date(production, found, day, file=str(board_path(folder, board)))
    asked = what_if(production, found, windows, scene, on, stop=Stop(seconds=seconds), seed=seed)
    if as_json:
        print_json({"currency": production.currency, **if_document(asked, found.cost.total_cents)})
    else:
        _print_if(production, asked, found.cost.total_cents)
    return GOOD


def _asked(words: list[str]) -> tuple[Path, str, str]:
    is_folder = len(words) > 1 and (Path(words[0]) / PRODUCTION_NAME).is_file()
    folder, rest = (Path(words[0]), words[1:]) if is_folder else (Path(), words)
    if len(rest) > 2:
        raise BoardError(
            "why is asked of a scene, and of one day", value=" ".join(words), remedy="write: cupola why DIR 42 main:7"
        )
    return folder, rest[0], rest[1] if len(rest) > 1 else ""


def _strips(production: Production, name: str) -> list[str]:
    from cupola.schedule.why import strips_of

    return [work.id for work in strips_of(production, name)]


def _date(production: Production, board: Board, word: str, *, file: str) -> date:
    try:
        return date.fromisoformat(word)
    except ValueError:
        return days_named(production, board, word, file=file)[0].date


def _print(production: Production, answer: Why) -> None:
    where = f"on {answer.date:%a} {answer.date}" if answer.date else "on no day"
    rows = [_row(production, choice) for choice in answer.choices]
    head = ["Date", "", f"{production.currency} more", "Why"]
    print_table(f"Strip {answer.strip} is {where}, unit {answer.unit}", head, rows, right=[2], whole=[0, 1, 2])
    prices = [choice.cents for choice in answer.choices if choice.verdict == "fits" and choice.cents is not None]
    free = [choice for choice in answer.choices if choice.verdict == "never"]
    cheaper = [cents for cents in prices if cents < 0]
    say(
        f"{len(free)} of {len(answer.choices)} dates are out whatever else moves; {len(prices)} others take it as it is"
        + (f", {len(cheaper)} of them for less money." if cheaper else ", none for less money.")
    )


def _row(production: Production, choice: Choice) -> list[str]:
    words = {"here": "here", "fits": "fits", "clash": "clashes", "never": "–"}
    price = "" if choice.cents is None or choice.verdict == "here" else signed_amount(choice.cents, production.currency)
    why = "; ".join(choice.why[:2]) + (f"; and {len(choice.why) - 2} more" if len(choice.why) > 2 else "")
    return [f"{choice.date:%a} {choice.date}", words[choice.verdict], price, why]


def signed_amount(cents: int, currency: str) -> str:
    """Write a difference for a column: its sign, no code."""
    return signed_money(cents, currency).removesuffix(f" {currency}")


def _print_if(production: Production, asked: WhatIf, now_cents: int) -> None:
    from cupola.paper.wording import amount_text

    currency, names = production.currency, ", ".join(asked.strips)
    say(f"If {names} were on {asked.date:%a} {asked.date}:")
    if asked.never:
        say("It cannot be there, whatever else moves:")
        for text in asked.never:
            say(f"  · {text}")
        return
    if asked.lines:
        rows = [
            [
                line.account,
                line.text,
                amount_text(line.cents[0], currency),
                amount_text(line.cents[1], currency),
                signed_amount(line.cents[1] - line.cents[0], currency),
            ]
            for line in asked.lines
        ]
        print_table("", ["Account", "Line", "Now", "Then", "More"], rows, right=[2, 3, 4])
    if asked.cents is not None:
        say(f"The board would cost {_more(asked.cents, currency)}, everything else held.")
    for fault in asked.faults:
        say(f"{fault.rule}: {fault.message}")
    if asked.repair is not None:
        option = asked.repair
        least = "the fewest that can be" if option.is_fewest else "the fewest found"
        say(f"What else would move ({option.changes.scenes} strips in all, {least}):")
        for text in changes_text(option.changes):
            say(f"  {text}")
        say(f"With that the board would cost {_more(option.cents - now_cents, currency)}, and break none of these rules.")
    elif asked.clash is not None:
        say(str(asked.clash))


def _more(cents: int, currency: str) -> str:
    from cupola.paper.wording import money_text

    return f"{money_text(abs(cents), currency)} {'more' if cents > 0 else 'less'}" if cents else "the same"


def document(answer: Why) -> dict[str, Any]:
    """Return the dates of a strip as JSON can hold them."""
    return {
        "strip": answer.strip,
        "unit": answer.unit,
        "date": None if answer.date is None else str(answer.date),
        "choices": [
            {"date": str(each.date), "verdict": each.verdict, "more": each.cents, "why": list(each.why)}
            for each in answer.choices
        ],
    }


def if_document(asked: WhatIf, now_cents: int) -> dict[str, Any]:
    """Return what would follow as JSON can hold it; `now_cents` is what the board costs as it is."""
    from cupola.files.codec import encoded

    repair = asked.repair
    return {
        "strips": list(asked.strips),
        "date": str(asked.date),
        "never": list(asked.never),
        "violations": [encoded(fault) for fault in asked.faults],
        "more": asked.cents,
        "lines": lines_document(asked.lines),
        "repair": None
        if repair is None
        else {
            "cost": repair.cents,
            "more": repair.cents - now_cents,
            "fewest_proven": repair.is_fewest,
            "changes": changes_document(repair.changes),
        },
        "clash": None if asked.clash is None else list(asked.clash.wishes),
    }
