"""Where in a TOML text each key stands, which the standard reader does not tell."""

from __future__ import annotations

import re
from collections.abc import Iterator

KeyPath = tuple[str | int, ...]
"""Table names, array indices and keys from the root to an entry: `("place", 2, "sets", 0)`."""

_TOKEN = re.compile(
    r'''(?P<string>"""(?:[^\\]|\\.)*?"{3,5}|\'\'\'.*?\'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*')'''
    r"""|(?P<skip>\#[^\n]*|[ \t\r]+)|(?P<newline>\n)|(?P<mark>[\[\]{}=,.])|(?P<bare>[^\s\[\]{}=,."'#]+)""",
    re.DOTALL,
)


def key_lines(text: str) -> dict[KeyPath, int]:
    """Return the 1-based line of every table, key and array item of a TOML text that is known to be valid."""
    walk = _Walk(_tokens(text))
    walk.document()
    return walk.lines


def line_of(lines: dict[KeyPath, int], path: KeyPath) -> int | None:
    """Return the line of a key path, else of the nearest entry above it; None for the root."""
    for length in range(len(path), 0, -1):
        if path[:length] in lines:
            return lines[path[:length]]
    return None


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    line = 1
    for match in _TOKEN.finditer(text):
        if match.lastgroup != "skip":
            yield match.lastgroup or "", match.group(), line
        line += match.group().count("\n")
    yield "end", "", line


class _Walk:
    """One walk over the tokens of a document, noting the line of each key path."""

    def __init__(self, tokens: Iterator[tuple[str, str, int]]) -> None:
        self.lines: dict[KeyPath, int] = {}
        self._tokens = tokens
        self._counts: dict[KeyPath, int] = {}
        self._next()

    def _next(self) -> None:
        self.kind, self.text, self.line = next(self._tokens)

    def _skip_newlines(self) -> None:
        while self.kind == "newline":
            self._next()

    def document(self) -> None:
        table: KeyPath = ()
        while self.kind != "end":
            if self.kind == "newline":
                self._next()
            elif self.text == "[":
                table = self._header()
            else:
                self._entry(table)

    def _header(self) -> KeyPath:
        line = self.line
        self._next()
        is_array = self.text == "["
        if is_array:
            self._next()
        names = self._names()
        path = (*self._inside(names[:-1], line), names[-1])
        if is_array:
            self._counts[path] = self._counts.get(path, 0) + 1
            self.lines.setdefault(path, line)
            path += (self._counts[path] - 1,)
        self.lines[path] = line
        while self.text == "]":
            self._next()
        return path

    def _inside(self, names: tuple[str, ...], line: int) -> KeyPath:
        """Return the path of tables above a header: the last item where a name is an array of tables."""
        path: KeyPath = ()
        for name in names:
            path += (name,)
            self.lines.setdefault(path, line)
            if path in self._counts:
                path += (self._counts[path] - 1,)
        return path

    def _names(self) -> tuple[str, ...]:
        names = []
        while self.kind in ("bare", "string") or self.text == ".":
            if self.text != ".":
                names.append(self.text.strip("\"'") if self.kind == "string" else self.text)
            self._next()
        return tuple(names)

    def _entry(self, table: KeyPath) -> None:
        line, path = self.line, table
        for name in self._names():
            path += (name,)
            self.lines.setdefault(path, line)
        if self.text == "=":
            self._next()
            self._value(path)
        else:
            self._next()

    def _value(self, path: KeyPath) -> None:
        if self.text == "[":
            self._array(path)
        elif self.text == "{":
            self._next()
            while self.text not in ("}", ""):
                self._entry(path)
            self._next()
        else:
            while self.kind not in ("newline", "end") and self.text not in (",", "]", "}"):
                self._next()

    def _array(self, path: KeyPath) -> None:
        self._next()
        self._skip_newlines()
        index = 0
        while self.text not in ("]", ""):
            self.lines[(*path, index)] = self.line
            self._value((*path, index))
            self._skip_newlines()
            if self.text == ",":
                self._next()
            self._skip_newlines()
            index += 1
        self._next()
