"""The title page: `Key: value` lines, or a key alone with indented lines under it, up to the first blank line."""

from __future__ import annotations

from cupola.script.asides import Sheet
from cupola.script.elements import TitleEntry
from cupola.script.headings import is_heading

_FORCING = tuple(".!@>~#=([/")
_LIKE_A_TRANSITION = (" IN", " OUT", " TO", " ON", " WITH")


def read_title_page(sheet: Sheet) -> tuple[tuple[TitleEntry, ...], int]:
    """Return the entries of the title page and the index of the first line below it; (), 0 where there is none.

    A first line such as `FADE IN:` or `INT. HALL - 12:30` is a script, not a key. A line that is neither key nor indented
    goes on with the value above it.
    """
    lines = sheet.lines
    first = next((index for index, line in enumerate(lines) if line.strip()), len(lines))
    if first == len(lines) or not _is_start(lines, first):
        return (), 0
    end = first
    entries: list[TitleEntry] = []
    key, values, number = "", [""], 0
    while end < len(lines) and lines[end].strip() and not is_heading(lines[end]):
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


def _entry(key: str, values: list[str], number: int) -> TitleEntry:
    lines = tuple(value.strip() for value in values if value.strip())
    return TitleEntry(key=key.strip(), lines=lines, line=number)


def _is_key(line: str) -> bool:
    """Whether a line starts with a key: text up to a colon, not indented by three spaces or more."""
    return ":" in line[1:] and not line.startswith("   ") and not line.lstrip().startswith(":")


def _is_start(lines: list[str], first: int) -> bool:
    line = lines[first]
    if not _is_key(line) or line.startswith(_FORCING) or is_heading(line):
        return False
    key, _, value = line.partition(":")
    if key.isupper() and key.endswith(_LIKE_A_TRANSITION):
        return False
    below = lines[first + 1] if first + 1 < len(lines) else ""
    return bool(value.strip()) or (bool(below.strip()) and (below.startswith("   ") or _is_key(below)))
