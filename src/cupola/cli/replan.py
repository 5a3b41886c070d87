"""`cupola replan`: the world moved; the fewest changes, the cheapest, and boards between."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.compare import changes_document, changes_text, signed_money
from cupola.cli.home import PLAN_NAME, AsJson, board_path, folder_and_word, read_both
from cupola.cli.improve import span_of
from cupola.cli.light import windows_of_production
from cupola.cli.plan import Seconds, Seed, unhurried
from cupola.cli.say import GOOD, print_json, print_table, say, whisper
from cupola.errors import BoardError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from cupola.model import Production
    from cupola.schedule.replan import Option, Replanned
    from cupola.schedule.replan_count import Weights

Where = Annotated[str, typer.Argument(metavar="DIR", help="The production's folder (default: here).")]
Name = Annotated[str, typer.Argument(metavar="BOARD", help="The agreed board (default: plan).")]
Slip = Annotated[
    list[str], typer.Option("--slip", metavar="UNIT=DAYS", help="A unit begins and ends so many days later; repeatable.")
]
Away = Annotated[list[str], typer.Option("--away", metavar="PERSON=DATE..DATE", help="Somebody cannot work; repeatable.")]
Lost = Annotated[list[str], typer.Option("--lost", metavar="[UNIT=]DATE", help="A day that cannot be shot; repeatable.")]
Closed = Annotated[list[str], typer.Option("--closed", metavar="PLACE=DATE..DATE", help="A place cannot be had; repeatable.")]
Since = Annotated[str, typer.Option("--from", metavar="DATE", help="Days before this date are shot and stay as they are.")]
Count = Annotated[
    str,
    typer.Option(
        "--count", metavar="scenes|calls|days", help="What a change is: a strip, a call day, a decision; or scenes=2,calls=1."
    ),
]
Take = Annotated[int, typer.Option("--take", metavar="N", min=1, help="Write this board of the front (default: the first).")]
Out = Annotated[str, typer.Option("--out", metavar="NAME", help="The new board's name (default: BOARD-replanned).")]


def replan(
    where: Where = "",
    name: Name = "",
    slip: Slip = [],  # noqa: B006 - typer needs a list, and nobody changes it
    away: Away = [],  # noqa: B006
    lost: Lost = [],  # noqa: B006
    closed: Closed = [],  # noqa: B006
    since: Since = "",
    count: Count = "scenes",
    take: Take = 1,
    seconds: Seconds = 30.0,
    seed: Seed = 1,
    out: Out = "",
    as_json: AsJson = False,
) -> int:
    """Change an agreed board as little as the world allows, or more, for less money."""
    from cupola.files import make_folder, write_board
    from cupola.schedule import Stop
    from cupola.schedule.replan import replan as replanned

    folder, word = folder_and_word(where, name)
    source = word or PLAN_NAME
    production, board = read_both(folder, source)
    slips = dict(_slip(production, text) for text in slip)
    changed = changed_by(production, slips, away, lost, closed)
    windows = windows_of_production(changed)
    found = replanned(
        changed,
        board,
        windows,
        since=span_of(since)[0] if since else None,
        weights=weights_of(count),
        slips=slips,
        stop=Stop(seconds=seconds),
        seed=seed,
        tell=whisper,
    )
    if take > len(found.options):
        raise BoardError("the front has fewer boards", value=take, remedy=f"there are {len(found.options)}: write --take 1")
    path = board_path(folder, out or f"{Path(source).stem}-replanned")
    make_folder(path.parent)
    chosen = replace(found.options[take - 1].board, title=f"{production.title}, {path.stem}")
    with unhurried():
        write_board(chosen, path)
    if as_json:
        print_json({**document(found), "currency": production.currency, "taken": take, "board": str(path)})
    else:
        _print(changed, found, take, board.cost.total_cents)
        say(f"Board {take} is written to {path}; the agreed board is as it was.")
        if slip or away or lost or closed:
            say("Write what changed into production.toml too: until then, `cupola check` judges by the old dates.")
    return GOOD


def changed_by(
    production: Production, slips: dict[str, int], away: Sequence[str], lost: Sequence[str], closed: Sequence[str]
) -> Production:
    """Return the production after what the options say; raises BoardError for a name that it does not have."""
    from cupola.schedule.replan_change import absent, lost_day, shut, slipped

    for slipping, by in slips.items():
        production = slipped(production, slipping, by)
    for text in away:
        who, (first, last) = _named_span(text, [member.id for member in production.cast], "cast member")
        production = absent(production, who, first, last)
    for text in closed:
        place, (first, last) = _named_span(text, [place.id for place in production.places], "place")
        production = shut(production, place, first, last)
    for text in lost:
        unit, _, days = text.rpartition("=")
        earth = [each.id for each in production.units if not each.is_orbit]
        for each in [_known(unit, [u.id for u in production.units], "unit")] if unit else earth:
            first, last = span_of(days)
            for number in range((last - first).days + 1):
                production = lost_day(production, each, date.fromordinal(first.toordinal() + number))
    return production


def _slip(production: Production, text: str) -> tuple[str, int]:
    unit, _, days = text.partition("=")
    try:
        by = int(days)
    except ValueError:
        raise BoardError("a slip is a unit and a number of days", value=text, remedy="write it as orbit=4") from None
    if not -365 <= by <= 3650:
        raise BoardError("a slip is a number of days that a film survives", value=text, remedy="write it as orbit=4")
    return _known(unit, [each.id for each in production.units], "unit"), by


def _named_span(text: str, known: Sequence[str], noun: str) -> tuple[str, tuple[date, date]]:
    name, _, span = text.partition("=")
    return _known(name, known, noun), span_of(span)


def _known(name: str, known: Sequence[str], noun: str) -> str:
    from cupola.files import did_you_mean

    if name not in known:
        remedy = did_you_mean(name, list(known), f"there are: {', '.join(known)}")
        raise BoardError(f"the production has no such {noun}", value=name, remedy=remedy)
    return name


def weights_of(text: str) -> Weights:
    """Read what a change counts: `scenes`, `calls`, `days`, or weights such as `scenes=2,calls=1`; raises BoardError."""
    from cupola.schedule.replan_count import Weights

    found = {"scenes": 0, "calls": 0, "days": 0}
    for word in text.split(","):
        key, _, weight = word.strip().partition("=")
        if key not in found or not (weight or "1").isdigit() or int(weight or 1) > 1000:
            remedy = "write scenes, calls or days, or whole weights: scenes=2,calls=1"
            raise BoardError("--count says what a change is", value=text, remedy=remedy)
        found[key] = int(weight or 1)
    return Weights(**found)


def _print(production: Production, found: Replanned, taken: int, agreed_cents: int) -> None:
    from cupola.paper.wording import money_text

    if found.misfits:
        say("What cannot stay as it was agreed:")
        for violation in found.misfits[:12]:
            say(f"  · {violation.message}")
        if len(found.misfits) > 12:
            say(f"  · … and {len(found.misfits) - 12} more")
    rows = [
        [
            f"{'→ ' if number == taken else ''}{number}",
            str(option.changes.scenes),
            str(option.changes.calls),
            str(option.changes.days),
            money_text(option.cents, production.currency),
            signed_money(option.cents - agreed_cents, production.currency),
            _proof(option),
        ]
        for number, option in enumerate(found.options, 1)
    ]
    head = ["Board", "Strips moved", "Call days", "Decisions", "Cost", "Against agreed", "Proven"]
    print_table(f"{production.title}, replanned", head, rows, right=[0, 1, 2, 3, 4, 5])
    say(f"Board {taken}:")
    for text in changes_text(found.options[taken - 1].changes) or ["nothing moves"]:
        say(f"  {text}")


def _proof(option: Option) -> str:
    if option.is_fewest and option.is_cheapest:
        return "fewest, and cheapest so"
    if option.is_fewest:
        return "fewest"
    return ""


def document(found: Replanned) -> dict[str, Any]:
    """Return the front as JSON can hold it."""
    from cupola.files.codec import encoded

    return {
        "misfits": [encoded(violation) for violation in found.misfits],
        "options": [
            {
                "cost": option.cents,
                "weight": option.weight,
                "fewest_proven": option.is_fewest,
                "cheapest_proven": option.is_cheapest,
                "changes": changes_document(option.changes),
                "days": [encoded(day) for day in option.board.days],
            }
            for option in found.options
        ],
    }
