"""The verbs on one command line, and how it ends."""

from __future__ import annotations

import gc
import io
import os
import sys
from typing import Annotated

import typer

from cupola.cli import (
    board,
    budget,
    compare,
    doctor,
    export,
    import_,
    improve,
    new,
    pages,
    paper,
    plan,
    rates,
    replan,
    report,
    retime,
    revise,
    script,
    sides,
    sky,
    why,
    windows,
)
from cupola.cli.say import WRONG, close_quietly, tell, verb
from cupola.errors import CupolaError

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


def _say_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version as installed

        print(f"cupola {installed('cupola')}")
        raise typer.Exit


@app.callback()
def cupola(
    version: Annotated[
        bool, typer.Option("--version", help="Say the version and stop.", is_eager=True, callback=_say_version)
    ] = False,
) -> None:
    """Plan films shot on Earth and in orbit: script, light, board, budget, paper."""


for name, function in (
    ("new", new.new),
    ("import", import_.import_),
    ("script", script.script),
    ("pages", pages.pages),
    ("revise", revise.revise),
    ("windows", windows.windows),
    ("sky", sky.sky),
    ("retime", retime.retime),
    ("plan", plan.plan),
    ("improve", improve.improve),
    ("replan", replan.replan),
    ("why", why.why),
    ("compare", compare.compare),
    ("check", board.check),
    ("budget", budget.budget),
    ("rates", rates.rates),
    ("sheet", paper.sheet),
    ("sides", sides.sides),
    ("report", report.report),
    ("export", export.export),
    ("doctor", doctor.doctor),
):
    app.command(name)(verb(function))


def main() -> None:
    """Run the command line; a fault of the program itself is said in one line too."""
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # no verb multiplies matrices, and idle threads cost 0.1 s at the start
    gc.set_threshold(200_000)  # a verb makes values and ends: looking for cycles among them every 700 costs a sixth of its time
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    try:
        app()
    except BrokenPipeError:
        close_quietly()
    except Exception as fault:
        if os.environ.get("CUPOLA_DEBUG"):
            raise
        rule = f"Cupola has a fault: {type(fault).__name__}: {fault}"
        error = CupolaError(rule, remedy="set CUPOLA_DEBUG=1 to see where, and tell us")
        tell(error, as_json="--json" in sys.argv)
        raise SystemExit(WRONG) from None
