"""The title page: `Key: value` lines, or a key alone with indented lines under it, up to the first blank line."""

from __future__ import annotations

from cupola.script.asides import Sheet
from cupola.script.elements import TitleEntry
from cupola.script.headings import is_heading
from cupola.script.words import WORDS, Words

_FORCING = tuple(".!@>~#=([/")
_LIKE_A_TRANSITION = (" IN", " OUT", " TO", " ON", " WITH")

INDENT = "   "
"""What a line of the title page starts with, at least, that is no key."""


def read_title_page(sheet: Sheet, words: Words = WORDS) -> tuple[tuple[TitleEntry, ...], int]:
    """Return the entries of the title page and the index of the first line below it; (), 0 where there is none.

    A first line such as `FADE IN:` or `INT. HALL - 12:30` is a script, not a key. A line that is neither key nor indented
    goes on with the value above it.
    """
    lines = sheet.lines
    first = next((index for index, line in enumerate(lines) if line and not line.isspace()), len(lines))
    if first == len(lines) or not starts_title_page(lines[first], "".join(lines[first + 1 : first + 2]), words):
        return (), 0
    end = first
    entries: list[TitleEntry] = []
    key, values, number = "", [""], 0
    while end < len(lines) and lines[end].strip() and not _is_heading(lines[end], words):
        if _is_key(lines[end]):
            if key:
                entries.append(_entry(key, values, number))
            key, _, value = lines[end].partition(":")
            values, number = [value], sheet.numbers[end]
        else:
            values.append(lines[end])
        end += 1
    entries.append(_entry(key, values, number))
    return tuple(entries), end


def starts_title_page(line: str, below: str, words: Words = WORDS) -> bool:
    """Whether the first line of a file, with the one below it, starts a title page."""
    if not _is_key(line) or line.lstrip().startswith(_FORCING) or _is_heading(line, words):
        return False
    key, _, value = line.partition(":")
    key = key.strip()
    if key.isupper() and key.endswith(_LIKE_A_TRANSITION):
        return False
    is_value_below = below.startswith(INDENT) or (_is_key(below) and not _is_heading(below, words))
    return bool(value.strip()) or (bool(below.strip()) and is_value_below)


def _entry(key: str, values: list[str], number: int) -> TitleEntry:
    lines = tuple(value.strip() for value in values if value.strip())
    return TitleEntry(key=key.strip(), lines=lines, line=number)


def _is_key(line: str) -> bool:
    """Whether a line starts with a key: text up to a colon, not indented by three spaces or more."""
    return ":" in line[1:] and not line.startswith(INDENT) and bool(line.partition(":")[0].strip())


def _is_heading(line: str, words: Words) -> bool:
    return not line.startswith(INDENT) and is_heading(line.strip(), words)
