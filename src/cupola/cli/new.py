"""`cupola new`: a production's folder that plans at once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer

from cupola.cli.home import AsJson
from cupola.cli.say import print_json, say, told_pages
from cupola.errors import PlaceToWriteError, ProductionError

NewFolder = Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")]
ScriptFile = Annotated[
    Path | None, typer.Option("--script", metavar="FILE", help="A screenplay: Fountain, FDX, PDF, Fade In or Highland; copied.")
]
Title = Annotated[str, typer.Option(help="The film's title (default: the script's).", show_default=False)]
Start = Annotated[
    str, typer.Option(metavar="DATE", help="First day of shooting (default: Monday in four weeks).", show_default=False)
]
Currency = Annotated[str, typer.Option(metavar="CODE", help="ISO 4217 code of all its money.")]

_READ_ONCE = (".pdf", ".fadein", ".osf", ".highland")
"""Formats that are read into Fountain when a production is made, so that what was read can be looked at and corrected."""


def new(
    folder: NewFolder,
    script: ScriptFile = None,
    title: Title = "",
    start: Start = "",
    currency: Currency = "EUR",
    as_json: AsJson = False,
) -> None:
    """Make a production's folder that plans at once."""
    from cupola.files import PRODUCTION_FILE, make_folder, parsed_script, read_production, write_bytes, write_text
    from cupola.files.rates import currency_code
    from cupola.files.starter import starter_toml

    if (folder / PRODUCTION_FILE).exists():
        rule, remedy = "a production is here already", "choose another folder"
        raise PlaceToWriteError(rule, value=str(folder), remedy=remedy, file=str(folder / PRODUCTION_FILE))
    code, first = currency_code(currency), first_day(start)
    content = _script_bytes(script, title or folder.resolve().name)
    name = script.name if script else "script.fountain"
    handed = {name: content}
    if script and script.suffix.casefold() in _READ_ONCE:
        name, content = _as_fountain(script, content)
        handed[name] = content
    parsed = parsed_script(content, script.with_name(name) if script else folder / name)
    film = title or parsed.title or (script.stem if script else folder.resolve().name)
    make_folder(folder)
    for file, data in handed.items():
        write_bytes(folder / file, data)
    write_text(folder / PRODUCTION_FILE, starter_toml(parsed, script_file=name, title=film, currency=code, start=first))
    production = read_production(folder)
    files = [str(folder / PRODUCTION_FILE), *(str(folder / file) for file in handed)]
    if as_json:
        print_json(
            {"files": files, "title": production.title, "scenes": len(production.script.scenes), "cast": len(production.cast)}
        )
        return
    say(f"{production.title}: {len(production.script.scenes)} scenes, {len(production.cast)} roles, from {first}")
    if len(handed) > 1:
        say(f"{folder / name} is what was read of it: look it through, it is the script from now on.")
    say(f"Every price in {files[0]} is a placeholder. Plan it with: cupola plan {folder}")


def first_day(text: str) -> date:
    """Return the date that `--start` says, else the Monday in four weeks; raises ProductionError for what is no date."""
    if text:
        try:
            return date.fromisoformat(text)
        except ValueError:
            raise ProductionError("--start is a date", value=text, remedy="write it as 2027-06-07") from None
    ahead = date.today() + timedelta(weeks=4)
    return ahead + timedelta(days=-ahead.weekday() % 7)


def _as_fountain(script: Path, data: bytes) -> tuple[str, bytes]:
    """Return the script of a file that is slow or unsure to read as Fountain, which a person can correct."""
    from cupola.script.formats import parse_screenplay
    from cupola.script.fountain_text import to_fountain

    with told_pages(script) as progress:
        screenplay = parse_screenplay(data, file=str(script), progress=progress)
    return f"{script.stem}.fountain", to_fountain(screenplay).encode()


def _script_bytes(script: Path | None, title: str) -> bytes:
    from cupola.files.folder import SCRIPT_LIMIT, read_limited
    from cupola.files.starter import STARTER_SCRIPT

    return STARTER_SCRIPT.format(title=title).encode() if script is None else read_limited(script, SCRIPT_LIMIT)
