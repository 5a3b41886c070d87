"""The bytes of a script file → a screenplay, whatever program it was written with."""

from __future__ import annotations

from cupola.errors import ScriptError
from cupola.script.elements import Screenplay
from cupola.script.fountain import parse_fountain
from cupola.script.pdf_lines import Progress
from cupola.script.words import WORDS, Words

PLAIN_SUFFIXES = (".fountain", ".txt", ".spmd", ".md")
SCRIPT_SUFFIXES = (*PLAIN_SUFFIXES, ".fdx", ".pdf", ".fadein", ".osf", ".highland")
_FOREIGN = {
    ".doc": "save it as PDF, or paste it into a Fountain file",
    ".docx": "save it as PDF, or paste it into a Fountain file",
    ".fdr": "open it in Final Draft 8 or newer and save it as FDX",
    ".celtx": "export it from Celtx as Fountain or PDF",
    ".kitsp": "export it from KIT Scenarist as Fountain or FDX",
    ".mmsw": "export it from Movie Magic Screenwriter as FDX or PDF",
    ".rtf": "save it as PDF, or paste it into a Fountain file",
    ".trelby": "export it from Trelby as FDX or Fountain",
}


def parse_screenplay(data: bytes, *, file: str, progress: Progress | None = None, words: Words = WORDS) -> Screenplay:
    """Read a screenplay by the ending of its file, or by its first bytes where that says nothing.

    `progress` is told of the pages of a PDF; `words` are those that start a scene heading of Fountain.
    Raises ScriptError with file, line and remedy for whatever is no screenplay.
    """
    match _suffix(data, file):
        case ".fdx":
            from cupola.script.fdx import parse_fdx

            return parse_fdx(data, file=file)
        case ".pdf":
            from cupola.script.pdf import parse_pdf

            return parse_pdf(data, file=file, progress=progress)
        case ".fadein":
            from cupola.script.osf import parse_fadein

            return parse_fadein(data, file=file)
        case ".osf":
            from cupola.script.osf import parse_osf

            return parse_osf(data, file=file)
        case ".highland":
            from cupola.script.highland import parse_highland

            return parse_highland(data, file=file)
        case _:
            return parse_fountain(_decoded(data, file), file=file, words=words)


def _suffix(data: bytes, file: str) -> str:
    """Return the ending of a format; raises ScriptError for one of a program whose files nobody else reads."""
    suffix = "." + file.rpartition(".")[2].casefold() if "." in file else ""
    if suffix in _FOREIGN:
        rule = f"a script is one of {', '.join(SCRIPT_SUFFIXES)}"
        raise ScriptError(rule, value=suffix, remedy=_FOREIGN[suffix], file=file)
    if data[:5] == b"%PDF-":
        return ".pdf"
    head = data[:2048].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"<?xml") or head.startswith(b"<FinalDraft"):
        return ".osf" if b"<document" in head and b"<FinalDraft" not in head else ".fdx"
    return suffix


def _decoded(data: bytes, file: str) -> str:
    try:
        if data[:2] in {b"\xff\xfe", b"\xfe\xff"}:
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02X}"
        raise ScriptError("text must be UTF-8", value=found, remedy="save the file as UTF-8", file=file, line=line) from None
