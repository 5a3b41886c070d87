"""`cupola revise`: a new draft of the script, and what becomes of every scene, strip and note."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from cupola.cli.home import AsJson
from cupola.cli.say import print_json, print_table, say, told_pages

if TYPE_CHECKING:
    from cupola.files.drafts import Draft
    from cupola.model import Board, Production, Scene
    from cupola.script.revision import Change

NewDraft = Annotated[Path, typer.Argument(metavar="DRAFT", help="The new draft: Fountain, FDX, PDF, Fade In or Highland.")]
Where = Annotated[Path, typer.Argument(metavar="DIR", help="The production's folder (default: here).", show_default=False)]
Colour = Annotated[str, typer.Option("--colour", metavar="NAME", help="Its paper (default: the one after the last).")]
Forget = Annotated[
    list[str] | None,
    typer.Option("--forget", metavar="SCENE", help="Take a scene that is OMITTED out for good; may be repeated."),
]
Look = Annotated[bool, typer.Option("--look", help="Show what would change and write nothing.")]
Diff = Annotated[bool, typer.Option("--diff", help="Show the lines that changed, scene by scene.")]

WORDS = {"same": "", "still omitted": "omitted"}


def revise(
    draft: NewDraft,
    folder: Where = Path(),
    colour: Colour = "",
    forget: Forget = None,
    look: Look = False,
    diff: Diff = False,
    as_json: AsJson = False,
) -> None:
    """Put a new draft in the script's place; strips, pins, tags and eighths stay with their scenes."""
    from cupola.files.drafts import boards_of, draft_of, write_draft
    from cupola.schedule import redrafted

    gone = tuple(forget or ())
    with told_pages(draft) as progress:
        found = draft_of(folder, draft, colour=colour, forget=gone, progress=progress)
    renamed = {change.old: change.number for change in found.revision.changes if change.is_renumbered}

    def on_new(board: Board, production: Production) -> Board:
        return redrafted(board, production, renamed, forget=gone)

    boards = boards_of(found, on_new)
    files = [] if look else write_draft(found, boards)
    if as_json:
        print_json(revision_document(found, [str(file) for file in files]))
        return
    print_changes(found, diff=diff)
    if look:
        say("Nothing was written.")
        return
    for file in files:
        say(str(file))
    if boards:
        say(f"Strips of new scenes are in the boneyard. Plan them with: cupola plan {folder}")


def print_changes(found: Draft, *, diff: bool) -> None:
    """Print a table of all scenes, those that stayed the same counted only, and the changed lines if asked."""
    revision = found.revision
    told = [change for change in revision.changes if _is_worth_telling(change, found)]
    rows = [_row(change, found) for change in told]
    head = ["Scene", "Was", "What", "Known by", "Pages", "Set", "Cast"]
    print_table(f"{found.after.title}, {revision.colour} draft", head, rows, right=[4])
    same = [change for change in revision.changes if change not in told]
    say(f"{len(found.after.script.scenes)} scenes, {len(same)} of them as they were; {_pages(found)}")
    shifted = sum(1 for change in same if _longer(change, found))
    if shifted:
        say(f"{shifted} of those fall otherwise on their pages and are an eighth longer or shorter.")
    for change in told if diff else ():
        say()
        say(f"{change.number} {change.heading}")
        for line in change.diff:
            say(f"  {line}")


def _is_worth_telling(change: Change, found: Draft) -> bool:
    if change.kind != "same" or change.moved or change.is_renumbered:
        return True
    return abs(_longer(change, found)) > 1


def _longer(change: Change, found: Draft) -> int:
    """Return by how many eighths a scene of both drafts grew; one more or less is how the page falls, not what was written."""
    was, now = _scene(found.before, change.old), _scene(found.after, change.number)
    return now.eighths - was.eighths if was and now else 0


def _pages(found: Draft) -> str:
    from cupola.model import pages_text

    before, after = (sum(s.eighths for s in film.script.scenes) for film in (found.before, found.after))
    return f"{pages_text(after)} pages, were {pages_text(before)}"


def _row(change: Change, found: Draft) -> list[str]:
    was = _scene(found.before, change.old)
    now = _scene(found.after, change.number)
    what = WORDS.get(change.kind, change.kind)
    what = ", ".join(word for word in (what, "moved" if change.moved else "") if word) or "length"
    scene = now or was
    place = scene.place_words if scene else change.heading
    renumbered = change.old if change.is_renumbered else ""
    return [change.number, renumbered, what, change.by, _length(was, now), place, _cast(was, now)]


def _scene(production: Production, number: str) -> Scene | None:
    try:
        return production.script.scene(number)
    except KeyError:
        return None


def _length(was: Scene | None, now: Scene | None) -> str:
    from cupola.model import pages_text

    texts = [pages_text(scene.eighths) if scene else "" for scene in (was, now)]
    return texts[1] if texts[0] == texts[1] else " → ".join(text or "–" for text in texts)


def _cast(was: Scene | None, now: Scene | None) -> str:
    before, after = (scene.cast if scene else () for scene in (was, now))
    gone = [f"−{name}" for name in before if name not in after]
    come = [f"+{name}" for name in after if name not in before]
    return ", ".join([*come, *gone])


def revision_document(found: Draft, files: list[str]) -> dict[str, Any]:
    """Return what a new draft changes as JSON can hold it."""
    return {
        "title": found.after.title,
        "colour": found.revision.colour,
        "script": found.script_name,
        "scenes": [
            {
                "number": change.number,
                "was": change.old,
                "kind": change.kind,
                "by": change.by,
                "moved": change.moved,
                "heading": change.heading,
                "heading_before": change.heading_before,
                "eighths_before": was.eighths if (was := _scene(found.before, change.old)) else None,
                "eighths": now.eighths if (now := _scene(found.after, change.number)) else None,
                "diff": list(change.diff),
            }
            for change in found.revision.changes
        ],
        "files": files,
    }
