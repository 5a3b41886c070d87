"""A new draft put into a production's folder: the old script stays, everything else that names its scenes goes with them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import tomlkit

from cupola.errors import CupolaError, ProductionError
from cupola.files.boards import read_board, to_json
from cupola.files.folder import PRODUCTION_FILE, SCRIPT_LIMIT, read_limited
from cupola.files.production import read_production, script_of
from cupola.files.write import make_folder, write_bytes
from cupola.model import Board, Production
from cupola.script.breakdown import numbers_of
from cupola.script.elements import Heading, Screenplay
from cupola.script.formats import parse_screenplay
from cupola.script.fountain_text import to_fountain
from cupola.script.pdf_lines import Progress
from cupola.script.revision import Revision, colour_after, revised
from cupola.script.words import Words

Redrafted = Callable[[Board, Production], Board]
"""What a board of the old draft is on the new one."""


@dataclass(frozen=True, kw_only=True)
class Draft:
    """A new draft beside the production it is for, nothing written yet.

    `files` are what would be written, by path: the script, production.toml and every board; the script comes first, so that
    production.toml never names a file that is not there.
    """

    folder: Path
    before: Production
    after: Production
    revision: Revision
    script_name: str
    files: Mapping[Path, bytes]


def draft_of(
    folder: Path, path: Path, *, colour: str = "", forget: Collection[str] = (), progress: Progress | None = None
) -> Draft:
    """Read a new draft and compare it with the script of a production; `colour` is its paper, the next one if not given.

    Scenes in `forget` are taken out of the script for good, if they are omitted there. Raises the errors of reading either, and
    ProductionError where a scene in `forget` is not omitted. Writes nothing in the folder.
    """
    before = read_production(folder)
    old_path, words = script_of(folder)
    old = parse_screenplay(read_limited(old_path, SCRIPT_LIMIT), file=str(old_path), words=words)
    data = read_limited(path, SCRIPT_LIMIT)
    new = parse_screenplay(data, file=str(path), progress=progress, words=words)
    paper = colour or colour_after(before.colour)
    revision = revised(old, numbers_of(old), new, colour=paper)
    changes = tuple(replace(one, kind="taken out") if one.number in forget else one for one in revision.changes)
    revision = replace(revision, screenplay=_without(revision.screenplay, forget, path), changes=changes)
    name, written = _script_file(folder, path, data, new, revision, paper, words)
    toml = _rewritten(
        (folder / PRODUCTION_FILE).read_text(encoding="utf-8-sig"), revision, script=name, colour=paper, forget=forget
    )
    files = {folder / name: written, folder / PRODUCTION_FILE: toml.encode()}
    after = _checked(folder, files)
    return Draft(folder=folder, before=before, after=after, revision=revision, script_name=name, files=files)


def boards_of(draft: Draft, redrafted: Redrafted) -> dict[Path, bytes]:
    """Return every saved board as it is on the new draft, by path, each with its old self in a folder of the old colour."""
    files: dict[Path, bytes] = {}
    for path in sorted((draft.folder / "boards").glob("*.json")):
        board = read_board(path)
        kept = path.parent / "before" / draft.before.colour.lower().replace(" ", "-") / path.name
        files[kept] = path.read_bytes()
        files[path] = to_json(redrafted(board, draft.after))
    return files


def write_draft(draft: Draft, boards: Mapping[Path, bytes]) -> list[Path]:
    """Write a draft and its boards, each file whole; the old boards first, then the script, then what names it."""
    written = []
    for path, data in {**boards, **draft.files}.items():
        make_folder(path.parent)
        written.append(write_bytes(path, data))
    return written


def _without(screenplay: Screenplay, forget: Collection[str], path: Path) -> Screenplay:
    """Take omitted headings out for good."""
    omitted = {heading.number for heading in screenplay.headings if heading.omitted}
    for number in forget:
        if number not in omitted:
            known = ", ".join(sorted(omitted)) or "none"
            rule, remedy = "only a scene that is omitted is taken out for good", f"omitted are: {known}"
            raise ProductionError(rule, value=number, remedy=remedy, file=str(path))
    if not forget:
        return screenplay
    kept, is_kept = [], True
    for paragraph in screenplay.paragraphs:
        if isinstance(paragraph, Heading):
            is_kept = not (paragraph.omitted and paragraph.number in forget)
        if is_kept:
            kept.append(paragraph)
    return replace(screenplay, paragraphs=tuple(kept))


def _script_file(
    folder: Path, path: Path, data: bytes, new: Screenplay, revision: Revision, colour: str, words: Words
) -> tuple[str, bytes]:
    """Return the name and bytes of the script to write: the draft as it came where nothing had to be added to it."""
    is_fdx = path.suffix.casefold() == ".fdx"
    is_fountain = path.suffix.casefold() in {".fountain", ".txt", ".spmd"}
    if revision.screenplay == new and (is_fdx or is_fountain):
        written = data
    elif is_fdx:
        from cupola.script.fdx import to_fdx

        written = to_fdx(revision.screenplay, like=data)
    else:
        written = to_fountain(revision.screenplay, words=words).encode()
    suffix = path.suffix if is_fdx or is_fountain else ".fountain"
    word = colour.lower().replace(" ", "-")
    names = (f"{path.stem}{tail}{suffix}" for tail in _tails(word))
    return next(name for name in names if not (folder / name).exists()), written


def _tails(word: str) -> Iterator[str]:
    yield ""
    yield f"-{word}"
    number = 2
    while True:
        yield f"-{word}-{number}"
        number += 1


def _rewritten(text: str, revision: Revision, *, script: str, colour: str, forget: Collection[str]) -> str:
    """Return production.toml with the new script and colour, each scene under its number of now, without those to forget."""
    document = tomlkit.parse(text)
    production: Any = document["production"]
    production["script"] = script
    production["colour"] = colour
    scenes: Any = document.get("scene", {})
    entries = [(key, scenes[key]) for key in list(scenes)] if revision.is_renumbered else []
    for key in [key for key in scenes if entries or _is_of(key, forget)]:
        del scenes[key]
    for key, value in entries:
        if not _is_of(_renamed(key, revision), forget):
            scenes[_renamed(key, revision)] = value
    for table, keys in (("pin", ("strip",)), ("order", ("first", "then"))):
        _rename_in(document.get(table), keys, revision, forget)
    return tomlkit.dumps(document)


def _rename_in(found: Any, keys: Sequence[str], revision: Revision, forget: Collection[str]) -> None:
    """Rename what the entries of an array of tables name, and take out those that name a scene to forget."""
    if not isinstance(found, list):
        return
    for at in reversed(range(len(found))):
        for key in keys:
            now = _renamed(str(found[at][key]), revision)
            if now != found[at][key]:
                found[at][key] = now
        if any(_is_of(str(found[at][key]), forget) for key in keys):
            del found[at]


def _is_of(word: str, scenes: Collection[str]) -> bool:
    return any(word == scene or word.startswith((f"{scene}/", f"{scene}-")) for scene in scenes)


def _renamed(word: str, revision: Revision) -> str:
    """Return the id of a scene, shot or strip under the number that its scene has now."""
    for change in sorted(revision.changes, key=lambda change: -len(change.old)):
        rest = word.removeprefix(change.old)
        if change.old and rest != word and (not rest or rest[0] in "/-"):
            return f"{change.number}{rest}"
    return word


def _checked(folder: Path, files: Mapping[Path, bytes]) -> Production:
    """Read the production as it would be, in a copy, so that a draft that cannot be read changes nothing."""
    with tempfile.TemporaryDirectory() as place:
        copy = Path(place) / "production"
        shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("boards", "paper", "out", ".git"))
        for path, data in files.items():
            (copy / path.relative_to(folder)).write_bytes(data)
        try:
            production = read_production(copy)
        except CupolaError as error:
            error.file = error.file.replace(str(copy), str(folder))
            raise
    return replace(production, folder=str(folder))
