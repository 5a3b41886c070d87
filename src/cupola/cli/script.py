"""`cupola script`: the breakdown, scene by scene."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import AsJson
from cupola.cli.say import columns, print_json, print_table, say, told_pages

if TYPE_CHECKING:
    from cupola.model import Element, Scene, Script

Source = Annotated[
    Path, typer.Argument(metavar="DIR|FILE", help="A production's folder, or a script: Fountain, FDX, PDF, Fade In, Highland.")
]
Suggest = Annotated[bool, typer.Option("--suggest", help="Show what the capitals in the action suggest for the breakdown.")]

MIDDLE, WIDE = 100, 160
"""Columns from which the table has light and line too, and from which it has what each scene needs."""


def script(source: Source = Path(), suggest: Suggest = False, as_json: AsJson = False) -> None:
    """Break the script down: scenes, eighths, cast, light, minutes."""
    from cupola.files import read_production, read_script

    is_script = source.is_file() or (source.suffix != "" and not source.is_dir())
    with told_pages(source) as progress:
        found = read_script(source, progress=progress) if is_script else read_production(source).script
    if as_json:
        print_json(script_document(found))
    else:
        print_script(found, width=columns(), suggest=suggest)


def print_script(found: Script, *, width: int, suggest: bool = False) -> None:
    """Print the table of a script in so many columns, the legend of its cast, and what its reader should know."""
    shown = _columns(found, width)
    head = [name for name, _ in shown]
    rows = list(zip(*(cells for _, cells in shown), strict=True))
    whole = [n for n, name in enumerate(head) if name not in {"Set", "Cast", "Light", "Time", "Needs", "Minutes from", "Named"}]
    right = [n for n, name in enumerate(head) if name in {"Pages", "Line", "Min"}]
    print_table(found.title, head, rows, right=right, whole=whole, width=width)
    say(_total(found))
    for line in (*_legend(found, width), *_slow(found, width)):
        say(line)
    if found.notes:
        say()
    for note in found.notes:
        say(f"line {note.line}: {note.text}")
    if suggest:
        _print_suggestions(found, width)
    else:
        for line in _suggestions_hint(found):
            say(line)


def _columns(found: Script, width: int) -> list[tuple[str, list[str]]]:
    """The columns that `width` has room for, each with its head and its cells."""
    from cupola.model import pages_text
    from cupola.script.complexity import minutes_text

    scenes = found.scenes
    numbers = {role.name: str(role.board_id) for role in found.roles}
    shown = [
        ("Scene", [scene.number for scene in scenes]),
        ("I/E", [_short(scene.int_ext) for scene in scenes]),
        ("Set", [scene.place_words for scene in scenes]),
        ("Time", [scene.time_of_day for scene in scenes]),
        ("Day", [scene.script_day for scene in scenes]),
        ("Pages", [pages_text(scene.eighths) for scene in scenes]),
        ("Cast", [_cast(scene, numbers) for scene in scenes]),
        ("Min", [str(_minutes(scene)) for scene in scenes]),
    ]
    if width < MIDDLE:
        return shown
    if any(_lights(scene) for scene in scenes):
        shown.append(("Light", [_lights(scene) for scene in scenes]))
    if width >= WIDE:
        shown.append(("Minutes from", [_minutes_from(scene, minutes_text(scene)) for scene in scenes]))
        if any(scene.mentioned for scene in scenes):
            shown.append(
                ("Named", [", ".join(numbers[name] for name in scene.mentioned if name in numbers) for scene in scenes])
            )
        if any(scene.elements for scene in scenes):
            shown.append(("Needs", ["; ".join(map(_element_text, scene.elements)) for scene in scenes]))
    shown.append(("Line", [str(scene.line) for scene in scenes]))
    return shown


def _short(int_ext: str) -> str:
    return {"INT/EXT": "I/E"}.get(int_ext, int_ext)


def _cast(scene: Scene, numbers: dict[str, str]) -> str:
    """Board numbers in order; who is only heard stands in brackets."""

    def in_order(names: Sequence[str]) -> list[str]:
        return sorted((numbers.get(name, name) for name in names), key=lambda text: (len(text), text))

    return ", ".join([*in_order(scene.cast), *(f"({number})" for number in in_order(scene.voices))])


def _minutes(scene: Scene) -> int:
    return scene.shots[0].work_min or scene.minutes


def _minutes_from(scene: Scene, text: str) -> str:
    return "as noted" if scene.shots[0].work_min else text


def _lights(scene: Scene) -> str:
    return "; ".join(dict.fromkeys(str(shot.light) for shot in scene.shots if not shot.light.is_any))


def _element_text(element: Element) -> str:
    return f"{element.category}: {element.name}"


def _total(found: Script) -> str:
    from cupola.model import pages_text
    from cupola.script.complexity import PAGE_MIN

    minutes = sum(map(_minutes, found.scenes))
    eighths = sum(scene.eighths for scene in found.scenes)
    scenes, roles = _many(len(found.scenes), "scene"), _many(len(found.roles), "role")
    return f"{scenes}, {pages_text(eighths)} pages, {roles}; {minutes // 60} h {minutes % 60:02} min at {PAGE_MIN} min a page"


def _many(number: int, word: str) -> str:
    return f"{number} {word}{'' if number == 1 else 's'}"


def _legend(found: Script, width: int) -> Iterator[str]:
    """The roles by board number, in columns that are read downwards."""
    from rich.cells import cell_len

    if not found.roles:
        return
    heard = {name for scene in found.scenes for name in scene.voices} - {name for scene in found.scenes for name in scene.cast}
    digits = len(str(found.roles[-1].board_id))
    entries = [f"{role.board_id:>{digits}} {role.name}{' (heard)' if role.name in heard else ''}" for role in found.roles]
    longest = max(map(cell_len, entries)) + 3
    across = max(1, min((width + 3) // longest, -(-len(entries) // 4)))
    down = -(-len(entries) // across)
    yield ""
    for row in range(down):
        cells = entries[row::down]
        yield "".join(cell + " " * (longest - cell_len(cell)) for cell in cells).rstrip()


def _slow(found: Script, width: int) -> Iterator[str]:
    """What makes scenes slow, each factor with its scenes, in lines of `width`."""
    from textwrap import wrap

    from cupola.script.complexity import complexity_of

    by_reason: dict[str, list[str]] = {}
    for scene in found.scenes:
        for reason in complexity_of(scene)[1] if not scene.shots[0].work_min else ():
            by_reason.setdefault(f"× {reason}", []).append(scene.number)
    if by_reason:
        yield ""
    for text, scenes in by_reason.items():
        yield from wrap(f"{text}: {', '.join(scenes)}", width, subsequent_indent="    ")


def _suggestions_hint(found: Script) -> Iterator[str]:
    number = sum(len(scene.suggestions) for scene in found.scenes)
    if number:
        yield ""
        yield f"{_many(number, 'suggestion')} for the breakdown: cupola script --suggest"


def _print_suggestions(found: Script, width: int) -> None:
    rows = [(scene.number, str(one.line), one.category, one.name) for scene in found.scenes for one in scene.suggestions]
    say()
    if not rows:
        say("The action suggests nothing for the breakdown.")
        return
    print_table("Suggestions", ["Scene", "Line", "Category", "What"], rows, right=[1], whole=[0, 1, 2], width=width)
    scene = next(scene for scene in found.scenes if scene.suggestions)
    say("They count for nothing until somebody accepts them, in production.toml or as a note in the script:")
    say()
    say(f'[scene."{scene.number}"]')
    say(f'elements = ["{_element_text(scene.suggestions[0])}"]')
    say('refuse = ["*"]  # the others')


def script_document(found: Script) -> dict[str, Any]:
    """Return a script as JSON can hold it."""
    return {
        "title": found.title,
        "file": found.file,
        "pages": found.pages,
        "roles": [
            {"number": role.board_id, "name": role.name, "scenes": role.scenes, "spellings": list(role.spellings)}
            for role in found.roles
        ],
        "scenes": [_scene(scene) for scene in found.scenes],
        "notes": [{"line": note.line, "text": note.text} for note in found.notes],
    }


def _scene(scene: Scene) -> dict[str, Any]:
    from cupola.script.complexity import complexity_of

    factor, reasons = complexity_of(scene)
    return {
        "number": scene.number,
        "heading": scene.heading,
        "int_ext": scene.int_ext,
        "hub": scene.hub,
        "set": scene.set,
        "path": list(scene.path),
        "time_of_day": scene.time_of_day,
        "script_day": scene.script_day,
        "script_day_guessed": scene.script_day_guessed,
        "eighths": scene.eighths,
        "cast": list(scene.cast),
        "voices": list(scene.voices),
        "mentioned": list(scene.mentioned),
        "background": scene.background,
        "line": scene.line,
        "end_line": scene.end_line,
        "page": scene.page,
        "synopsis": scene.synopsis,
        "revision": scene.revision,
        "minutes": scene.minutes,
        "factor": factor,
        "slow": [{"word": reason.word, "factor": reason.factor, "why": reason.why} for reason in reasons],
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
        "elements": [_element(each) for each in scene.elements],
        "suggestions": [_element(each) for each in scene.suggestions],
    }


def _element(element: Element) -> dict[str, Any]:
    from cupola.script.categories import ucid_of

    return {"category": element.category, "ucid": ucid_of(element.category), "name": element.name, "line": element.line}
