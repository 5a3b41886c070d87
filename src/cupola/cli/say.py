"""What the verbs print: results on stdout, everything else on stderr, never a traceback."""

from __future__ import annotations

import functools
import json
import os
import shutil
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal, ParamSpec

import typer

from cupola.errors import CupolaError, NothingFits

P = ParamSpec("P")

GOOD, BROKEN, WRONG = 0, 1, 2
"""Exit codes: all is well; a rule is broken or nothing fits; wrong use or bad input."""
STOPPED = 130
"""What a shell expects of a command that Ctrl-C ended before it had anything to keep."""

WIDTH = 120
"""Columns of a table that is not read on a terminal."""


def verb(function: Callable[P, int | None]) -> Callable[P, None]:
    """Turn what a verb returns into an exit code, and what it raises into one clear message."""

    @functools.wraps(function)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        try:
            code = function(*args, **kwargs)
        except CupolaError as error:
            raise typer.Exit(tell(error, as_json=bool(kwargs.get("as_json")))) from None
        except PermissionError as error:
            raise typer.Exit(tell(_no_permission(error), as_json=bool(kwargs.get("as_json")))) from None
        except KeyboardInterrupt:
            whisper("stopped by hand; nothing was written")
            raise typer.Exit(STOPPED) from None
        raise typer.Exit(code or GOOD)

    return run


def _no_permission(error: PermissionError) -> CupolaError:
    from cupola.files import refused

    return refused(Path(str(error.filename or "")), error)


def tell(error: CupolaError, *, as_json: bool) -> int:
    """Say what went wrong, as text on stderr or as JSON on stdout, and return the exit code."""
    if as_json:
        print_json(error_document(error))
    else:
        whisper(f"error: {error}")
    return BROKEN if isinstance(error, NothingFits) else WRONG


def error_document(error: CupolaError) -> dict[str, Any]:
    """Return an error as JSON can hold it."""
    value = error.value
    entry = {
        "kind": type(error).__name__,
        "rule": error.rule,
        "value": value if value is None or isinstance(value, str | int | float) else str(value),
        "file": error.file or None,
        "line": error.line,
        "remedy": error.remedy or None,
    }
    if isinstance(error, NothingFits):
        return {"status": "infeasible", "clash": list(error.wishes), "error": entry}
    return {"error": entry}


def utc_text(at: datetime) -> str:
    """Write an instant as JSON holds it: `2021-10-05T12:22:31Z`."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z")


def print_json(document: Mapping[str, Any]) -> None:
    """Print one JSON document on stdout, and nothing else: indented for a person at a terminal, in one line for a program."""
    print(json.dumps(document, ensure_ascii=False, indent=1 if sys.stdout.isatty() else None, allow_nan=False))


@contextmanager
def told_pages(path: Path) -> Iterator[Callable[[int, int], None] | None]:
    """Give what says on the terminal how many pages of a PDF are read; None where nothing takes long or nobody looks."""
    if path.suffix.casefold() != ".pdf" or not sys.stderr.isatty():
        yield None
        return
    try:
        yield lambda done, of: print(f"\rreading page {done} of {of}", end="", file=sys.stderr, flush=True)
    finally:
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def columns() -> int:
    """Return how many columns a table may take: those of the terminal, or 120 where it is not read on one."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else WIDTH


def print_table(
    title: str,
    head: Sequence[str],
    rows: Sequence[Sequence[str]],
    *,
    right: Sequence[int] = (),
    whole: Sequence[int] = (),
    width: int | None = None,
) -> None:
    """Print a table on stdout; columns whose numbers are in `right` stand at the right, those in `whole` are never wrapped."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(title=Text(harmless(title)) if title else None, box=box.SIMPLE_HEAD, title_justify="left", pad_edge=False)
    for number, name in enumerate(head):
        side: Literal["left", "right"] = "right" if number in right else "left"
        table.add_column(name, justify=side, overflow="fold", no_wrap=number in whole)
    for row in rows:
        table.add_row(*(Text(harmless(cell)) for cell in row))
    Console(width=width or (None if sys.stdout.isatty() else WIDTH), highlight=False).print(table)


def say(text: str = "") -> None:
    """Print on stdout."""
    print(harmless(text))


def whisper(text: str) -> None:
    """Print on stderr."""
    print(harmless(text), file=sys.stderr, flush=True)


def harmless(text: str) -> str:
    """Return a text without the control characters with which a script could steer a terminal."""
    return "".join(sign if sign.isprintable() or sign == "\n" else "�" for sign in text)


def close_quietly() -> None:
    """Let the reader of a pipe go away without a complaint from the interpreter."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
