"""Emphasis marks stay in the text of a screenplay; this takes them off where only the letters count."""

from __future__ import annotations

import re

_MARK = re.compile(r"\\(.)|(\*{1,3}|_)")


def plain(text: str) -> str:
    """Return text without the marks of *italics*, **bold**, ***both*** and _underline_; `\\\\*` is an asterisk.

    A mark counts only where it has a partner on the same line: one before a letter, one behind (Fountain 1.1, "Emphasis").

    >>> plain("He *never* swims, 3 * 4 times")
    'He never swims, 3 * 4 times'
    """
    if "*" not in text and "_" not in text and "\\" not in text:
        return text
    return "\n".join(map(_plain_line, text.split("\n")))


def _plain_line(line: str) -> str:
    dropped: list[tuple[int, int]] = []
    open_at: dict[str, tuple[int, int]] = {}
    for found in _MARK.finditer(line):
        start, end = found.span()
        if found.group(1):
            if not found.group(1).isalnum():
                dropped.append((start, start + 1))
            continue
        mark = found.group(2)
        if mark in open_at and not line[start - 1].isspace():
            dropped += [open_at.pop(mark), (start, end)]
        elif end < len(line) and not line[end].isspace():
            open_at[mark] = (start, end)
    return _without(line, sorted(dropped)) if dropped else line


def _without(line: str, dropped: list[tuple[int, int]]) -> str:
    kept: list[str] = []
    at = 0
    for start, end in dropped:
        kept.append(line[at:start])
        at = end
    kept.append(line[at:])
    return "".join(kept)
