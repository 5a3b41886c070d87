"""Where a verb finds its production, its board and its output."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cupola.errors import BoardError

if TYPE_CHECKING:
    from cupola.model import Board, Production

PLAN_NAME = "plan"
PRODUCTION_NAME = "production.toml"

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder.", show_default=True)]
AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON document on stdout.")]
BoardName = Annotated[str, typer.Option("--board", metavar="NAME", help="A board of the production, or a path to one.")]


def board_path(folder: Path, name: str) -> Path:
    """Return where a board is saved: `rain` and `boards/rain.json` are in the production's folder, other paths are as given."""
    path = Path(name)
    if path.suffix != ".json" and path.name == name:
        return folder / "boards" / f"{name}.json"
    return folder / path if path.parts[:1] == ("boards",) else path


def folder_and_word(first: str, second: str) -> tuple[Path, str]:
    """Tell a folder from a word: `DIR WORD`, or a word alone where the production is here."""
    if second or not (Path() / PRODUCTION_NAME).is_file() or (Path(first) / PRODUCTION_NAME).is_file():
        return Path(first or "."), second
    return Path(), first


def read_both(folder: Path, name: str) -> tuple[Production, Board]:
    """Read a production and one of its boards; the production is as it is when its units are launched as on the board."""
    from cupola.files import read_board, read_production
    from cupola.model.launches import at_launch

    production = read_production(folder)
    path = board_path(folder, name)
    if not path.is_file():
        there = sorted(entry.stem for entry in (folder / "boards").glob("*.json"))
        known = f"; there are: {', '.join(there)}" if there else ""
        remedy = f"make one with: cupola plan {folder}{known}"
        raise BoardError("this board is missing", value=str(path), remedy=remedy, file=str(path))
    board = read_board(path, production)
    for launch in board.launches:
        production = at_launch(production, launch.unit, launch.date)
    return production, board
