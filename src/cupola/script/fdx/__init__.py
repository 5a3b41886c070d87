"""Final Draft's files (FDX, versions 8 to 13), read and written.

There is no published description of the format: what is done here follows the files themselves. docs/reference/fdx.md says
what is read, what is written, and what is carried along.
"""

from __future__ import annotations

from collections.abc import Sequence

from cupola.script.elements import Screenplay
from cupola.script.fdx.blank import BLANK
from cupola.script.fdx.merge import merged, put_anew
from cupola.script.fdx.read import read_fdx
from cupola.script.fdx.retag import retagged
from cupola.script.fdx.units import Found, Key, grouped
from cupola.script.fdx.xml import as_utf8


def parse_fdx(data: bytes, *, file: str = "") -> Screenplay:
    """Read a screenplay from the bytes of an FDX file; emphasis becomes Fountain's marks, and lines are those of the XML.

    Raises ScriptError for what is no FDX file, is larger than 64 MB, or was made to do harm.
    """
    return read_fdx(data, file=file).screenplay


def to_fdx(screenplay: Screenplay, *, like: bytes | None = None) -> bytes:
    """Write a screenplay as an FDX file, into the file `like` that it was read from, where there is one.

    Whatever did not change is not touched: without a change the very bytes of `like` come back. Raises ScriptError where
    `like` cannot be read.
    """
    found = _written(screenplay, BLANK if like is None else like)
    if like is None or found is like:
        return found
    if _says(found) == _says(_written(screenplay, BLANK)):
        return found
    document = read_fdx(as_utf8(like, file=screenplay.file), file=screenplay.file)
    return _tagged(put_anew(document, screenplay), screenplay)


def _written(screenplay: Screenplay, into: bytes) -> bytes:
    """Write a screenplay into a file, what it tags last; the very object `into` comes back where nothing is to be changed."""
    document = read_fdx(as_utf8(into, file=screenplay.file), file=screenplay.file)
    found = merged(document, screenplay)
    tagged = _tagged(found, screenplay) if found is not document.data else retagged(document, screenplay.tags)
    return into if tagged is document.data else tagged


def _tagged(data: bytes, screenplay: Screenplay) -> bytes:
    if not screenplay.tags and b"TagNumber" not in data:
        return data
    return retagged(read_fdx(data, file=screenplay.file), screenplay.tags)


def _says(data: bytes) -> Sequence[Key]:
    """What the paragraphs of a file say, whatever their case: a file may show cues in capitals."""
    items = grouped(Found(paragraph=one) for one in read_fdx(data, file="").screenplay.paragraphs)
    return [_folded(item.key) for item in items]


def _folded(key: Key) -> Key:
    folded = (part.casefold() if isinstance(part, str) else part for part in key)
    return tuple(_folded(part) if isinstance(part, tuple) else part for part in folded)
