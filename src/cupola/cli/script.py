"""`cupola script`: the breakdown, scene by scene."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import AsJson
from cupola.cli.say import print_json, print_table, say

if TYPE_CHECKING:
    from cupola.model import Scene, Script

Source = Annotated[Path, typer.Argument(metavar="DIR|FILE", help="A production's folder, or a script in Fountain.")]


def script(source: Source = Path(), as_json: AsJson = False) -> None:
    """Break the script down: scenes, eighths, cast, light."""
    from cupola.files import read_production, read_script

    is_script = source.is_file() or (source.suffix != "" and not source.is_dir())
    found = read_script(source) if is_script else read_production(source).script
    if as_json:
        print_json(script_document(found))
    else:
        _print(found)


def _print(found: Script) -> None:
    rows = [_row(scene) for scene in found.scenes]
    print_table(found.title, ["Scene", "I/E", "Set", "Time", "Pages", "Cast", "Light", "Line"], rows, right=[4, 7])
    from cupola.model import pages_text

    total = sum(scene.eighths for scene in found.scenes)
    say(f"{len(found.scenes)} scenes, {pages_text(total)} pages")
    for note in found.notes:
        say(f"line {note.line}: {note.text}")


def _row(scene: Scene) -> list[str]:
    from cupola.model import pages_text

    lights = ", ".join(dict.fromkeys(str(shot.light) for shot in scene.shots if not shot.light.is_any))
    voices = [f"({name})" for name in scene.voices]
    cast = ", ".join([*scene.cast, *voices])
    pages = pages_text(scene.eighths)
    return [scene.number, scene.int_ext, scene.place_words, scene.time_of_day, pages, cast, lights, str(scene.line)]


def script_document(found: Script) -> dict[str, Any]:
    """Return a script as JSON can hold it."""
    return {
        "title": found.title,
        "file": found.file,
        "pages": found.pages,
        "scenes": [_scene(scene) for scene in found.scenes],
        "notes": [{"line": note.line, "text": note.text} for note in found.notes],
    }


def _scene(scene: Scene) -> dict[str, Any]:
    return {
        "number": scene.number,
        "heading": scene.heading,
        "int_ext": scene.int_ext,
        "hub": scene.hub,
        "set": scene.set,
        "time_of_day": scene.time_of_day,
        "eighths": scene.eighths,
        "cast": list(scene.cast),
        "voices": list(scene.voices),
        "line": scene.line,
        "end_line": scene.end_line,
        "page": scene.page,
        "synopsis": scene.synopsis,
        "shots": [
            {
                "id": shot.id,
                "light": "" if shot.light.is_any else str(shot.light),
                "takes": shot.takes,
                "seconds": shot.take_s,
                "minutes": shot.work_min,
                "line": shot.line,
            }
            for shot in scene.shots
        ],
        "elements": [{"category": each.category, "name": each.name, "line": each.line} for each in scene.elements],
    }
