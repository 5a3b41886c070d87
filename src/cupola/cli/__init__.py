"""The verbs: the only place that prints, exits or reads the clock."""

from __future__ import annotations

import os
import sys
from typing import Annotated

import typer

from cupola.cli import board, doctor, new, paper, plan, script, windows
from cupola.cli.say import WRONG, close_quietly, verb

app = typer.Typer(
    name="cupola",
    help="Plan films shot on Earth and in orbit: script, light, board, budget, paper.",
    epilog="Exit: 0 good, 1 a rule is broken or nothing fits, 2 wrong use or bad input. Every verb takes --json.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback()
def cupola(
    version: Annotated[bool, typer.Option("--version", help="Say the version and stop.", is_eager=True)] = False,
) -> None:
    if version:
        from importlib.metadata import version as installed

        print(f"cupola {installed('cupola')}")
        raise typer.Exit


for name, function in (
    ("new", new.new),
    ("script", script.script),
    ("windows", windows.windows),
    ("plan", plan.plan),
    ("check", board.check),
    ("sheet", paper.sheet),
    ("report", paper.report),
    ("doctor", doctor.doctor),
):
    app.command(name)(verb(function))


def main() -> None:
    """Run the command line; a fault of the program itself is said in one line too."""
    try:
        app()
    except BrokenPipeError:
        close_quietly()
    except Exception as fault:
        if os.environ.get("CUPOLA_DEBUG"):
            raise
        print(f"error: Cupola has a fault: {type(fault).__name__}: {fault}", file=sys.stderr)
        print("  set CUPOLA_DEBUG=1 to see where, and tell us", file=sys.stderr)
        raise SystemExit(WRONG) from None
