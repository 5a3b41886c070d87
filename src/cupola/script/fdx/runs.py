"""Runs of styled text, as Final Draft keeps them, and emphasis marks, as Fountain writes them.

A mark counts where `emphasis.plain` says it does. What Fountain cannot write (bold right beside italics) is left out of the
marks; the words are never changed.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from cupola.script.emphasis import plain
from cupola.strangers import Node

Styles = frozenset[str]

NO_STYLE: Styles = frozenset()
_MARKS: dict[str, Styles] = {
    "*": frozenset({"Italic"}),
    "**": frozenset({"Bold"}),
    "***": frozenset({"Bold", "Italic"}),
    "_": frozenset({"Underline"}),
}
_STARS = {NO_STYLE: "", **{styles: mark for mark, styles in _MARKS.items()}}
_MARK = re.compile(r"\\(.)|(\*{1,3}|_)")
_SPECIAL = re.compile(r"[*_\\]")
_EMPHASIS = frozenset({"Bold", "Italic", "Underline"})
_DROPPED = "dropped"
_LONGEST_LINE = 20_000
"""Signs of a line whose emphasis is read; a longer one was made to take for ever."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Run:
    """A stretch of text in one style."""

    text: str
    styles: Styles = NO_STYLE


def runs_of(texts: Sequence[Node], *, capitals: bool = False) -> list[Run]:
    """Return the runs of the `Text` elements of a paragraph; those in the style of capitals are written in capitals."""
    runs: list[Run] = []
    for node in texts:
        styles = frozenset(part.strip() for part in node.attributes.get("Style", "").split("+"))
        text = node.text
        runs.append(Run(text=text.upper() if capitals or "AllCaps" in styles else text, styles=styles & _EMPHASIS))
    return runs


def marked(runs: Sequence[Run]) -> str:
    """Write runs as text with emphasis marks; signs that would read as marks are escaped.

    >>> marked([Run(text="He "), Run(text="never ", styles=frozenset({"Italic"})), Run(text="swims.")])
    'He *never* swims.'
    """
    whole = "".join(run.text for run in runs)
    if not any(run.styles for run in runs) and not _SPECIAL.search(whole):
        return whole
    lines: list[list[Run]] = [[]]
    for run in runs:
        first, *rest = run.text.split("\n")
        lines[-1].append(Run(text=first, styles=run.styles))
        lines += ([Run(text=text, styles=run.styles)] for text in rest)
    return "\n".join(map(_marked_line, lines))


def _marked_line(whole: list[Run]) -> str:
    runs = _trimmed(whole)
    if sum(len(run.text) for run in runs) > _LONGEST_LINE:
        return _escaped("".join(run.text for run in runs))
    for each in (runs, _loosened(runs)):
        for escape in (False, True):
            line = "".join(_marked_run(run, escape=escape) for run in each)
            if _styled_line(line) == each:
                return line
    wanted = "".join(run.text for run in runs)
    return wanted if plain(wanted) == wanted else _escaped(wanted)


def _trimmed(whole: list[Run]) -> list[Run]:
    """Runs of one line; spaces at the edges of a style are taken out of it, for no mark stands beside a space."""
    runs: list[Run] = []
    for run in _merged(whole):
        inner = run.text.strip()
        at = run.text.index(inner)
        runs += [Run(text=run.text[:at]), Run(text=inner, styles=run.styles), Run(text=run.text[at + len(inner) :])]
    return _merged(runs)


def _loosened(runs: Sequence[Run]) -> list[Run]:
    """The same runs without the styles of those that touch another style: `**a***b*` says nothing."""
    touching = (bool(at and runs[at - 1].styles) for at in range(len(runs)))
    return _merged([Run(text=run.text) if touches else run for run, touches in zip(runs, touching, strict=True)])


def _merged(runs: Sequence[Run]) -> list[Run]:
    groups = groupby((run for run in runs if run.text), key=lambda run: run.styles)
    return [Run(text="".join(run.text for run in group), styles=styles) for styles, group in groups]


def _marked_run(run: Run, *, escape: bool) -> str:
    text = _escaped(run.text) if escape else run.text
    line, stars = ("_" if "Underline" in run.styles else ""), _STARS[run.styles - {"Underline"}]
    return f"{line}{stars}{text}{stars}{line}"


def _escaped(text: str) -> str:
    return _SPECIAL.sub(r"\\\g<0>", text)


def styled(text: str) -> list[Run]:
    """Read text with emphasis marks as runs; together they hold what `plain` would leave.

    >>> [(run.text, sorted(run.styles)) for run in styled("3 * 4 **miles**")]
    [('3 * 4 ', []), ('miles', ['Bold'])]
    """
    if not _SPECIAL.search(text):
        return [Run(text=text)] if text else []
    runs: list[Run] = []
    for number, line in enumerate(text.split("\n")):
        runs += [Run(text="\n")] if number else []
        runs += _styled_line(line)
    return _merged(runs)


def _styled_line(line: str) -> list[Run]:
    changes: list[tuple[int, str, int]] = []
    open_at: dict[str, tuple[int, int]] = {}
    for found in _MARK.finditer(line):
        start, end = found.span()
        if found.group(1):
            if not found.group(1).isalnum():
                changes += _between(start, start + 1, _DROPPED)
            continue
        mark = found.group(2)
        if mark in open_at and not line[start - 1].isspace():
            opened, inner = open_at.pop(mark)
            changes += [*_between(opened, inner, _DROPPED), *_between(start, end, _DROPPED)]
            for style in _MARKS[mark]:
                changes += _between(inner, start, style)
        elif end < len(line) and not line[end].isspace():
            open_at[mark] = (start, end)
    return _merged(_stretches(line, sorted(changes)))


def _between(start: int, end: int, what: str) -> list[tuple[int, str, int]]:
    return [(start, what, 1), (end, what, -1)]


def _stretches(line: str, changes: list[tuple[int, str, int]]) -> list[Run]:
    """Cut a line where styles begin and end; what is dropped is left out."""
    runs: list[Run] = []
    depth: dict[str, int] = {}
    at = 0
    for place, what, step in [*changes, (len(line), _DROPPED, 0)]:
        if place > at and not depth.get(_DROPPED):
            styles = frozenset(style for style, count in depth.items() if count > 0)
            runs.append(Run(text=line[at:place], styles=styles & _EMPHASIS))
        at = place
        depth[what] = depth.get(what, 0) + step
    return runs
