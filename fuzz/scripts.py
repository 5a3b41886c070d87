"""Broken files for the readers of the script room, made by atheris (coverage-guided).

    uv sync --group fuzz
    .venv/bin/python fuzz/scripts.py -max_total_time=600 -rss_limit_mb=3000 /tmp/corpus tests/script/corpus

The first byte of an input chooses the reader. A reader gives a value or raises a CupolaError; anything else is a finding, and
so is a screenplay that is not read alike after it is written. Put a finding that was repaired into `tests/script/corpus/`, in a
file named after its reader (`fountain-…`, `xml-…`, `fdx-…`) and without the first byte: `test_script_corpus.py` replays it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from contextlib import suppress

import atheris

with atheris.instrument_imports(include=["cupola.script", "cupola.strangers"]):
    from cupola.errors import CupolaError
    from cupola.script.breakdown import parse_script
    from cupola.script.formats import parse_screenplay
    from cupola.script.fountain import parse_fountain
    from cupola.script.fountain_text import to_fountain
    from cupola.strangers import read_xml


def fountain(data: bytes) -> None:
    text = data.decode("utf-8", "surrogateescape")
    once = to_fountain(parse_fountain(text))
    again = to_fountain(parse_fountain(once))
    if once != again:
        raise AssertionError(f"not read alike: {once!r} and {again!r}")


def breakdown(data: bytes) -> None:
    parse_script("INT. HOUSE - DAY\n\n" + data.decode("utf-8", "replace"))


def xml(data: bytes) -> None:
    read_xml(data, file="a.xml", error=CupolaError)


def file_of(suffix: str) -> Callable[[bytes], None]:
    def read(data: bytes) -> None:
        to_fountain(parse_screenplay(data, file=f"a{suffix}"))

    return read


READERS: dict[str, Callable[[bytes], None]] = {
    "fountain": fountain,
    "breakdown": breakdown,
    "xml": xml,
    "fdx": file_of(".fdx"),
    "osf": file_of(".osf"),
    "fadein": file_of(".fadein"),
    "highland": file_of(".highland"),
    "pdf": file_of(".pdf"),
}


def one_input(data: bytes) -> None:
    if data:
        read = list(READERS.values())[data[0] % len(READERS)]
        with suppress(CupolaError):
            read(data[1:])


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()
