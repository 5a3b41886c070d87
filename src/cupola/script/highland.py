"""Highland's `.highland`: a zip around a text bundle whose text is Fountain."""

from __future__ import annotations

from cupola.errors import ScriptError
from cupola.script.elements import Screenplay
from cupola.script.fountain import parse_fountain
from cupola.strangers import read_member

KIND = "a Highland file"
_ENDINGS = (".fountain", "text.md", "text.markdown", "text.txt")


def parse_highland(data: bytes, *, file: str = "") -> Screenplay:
    """Read a screenplay saved by Highland; lines are those of the Fountain text inside.

    Raises ScriptError for what is no such archive, is damaged, would burst, or is not UTF-8. Old versions saved plain Fountain
    under the same ending; that is read too.
    """
    text = data if not data.startswith(b"PK") else read_member(data, _is_text, file=file, error=ScriptError, kind=KIND)
    try:
        return parse_fountain(text.decode("utf-8-sig"), file=file)
    except UnicodeDecodeError as error:
        line = text.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{text[error.start]:02X}"
        rule = "text must be UTF-8"
        raise ScriptError(rule, value=found, remedy="export the script as Fountain", file=file, line=line) from None


def _is_text(name: str) -> bool:
    return name.casefold().endswith(_ENDINGS)
