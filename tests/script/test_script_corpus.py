"""Files that once went wrong, or might: every one is read, or refused with an error of ours.

`corpus/` holds them; the first word of a name says which reader gets it. `fuzz/scripts.py` makes more.
"""

from contextlib import suppress
from pathlib import Path

import pytest

from cupola.errors import CupolaError
from cupola.script import parse_fountain, parse_script
from cupola.script.formats import parse_screenplay
from cupola.script.fountain_text import to_fountain
from cupola.strangers import read_xml

CORPUS = sorted((Path(__file__).parent / "corpus").iterdir())


@pytest.mark.parametrize("path", CORPUS, ids=lambda path: path.name)
def test_what_once_went_wrong_is_read(path: Path) -> None:
    data, kind = path.read_bytes(), path.name.partition("-")[0]
    if kind == "fountain":
        once = to_fountain(parse_fountain(data.decode("utf-8", "surrogateescape")))
        assert to_fountain(parse_fountain(once)) == once
        return
    with suppress(CupolaError):
        if kind == "breakdown":
            parse_script("INT. HOUSE - DAY\n\n" + data.decode("utf-8", "replace"))
        elif kind == "xml":
            read_xml(data, file="a.xml", error=CupolaError)
        else:
            to_fountain(parse_screenplay(data, file=f"a.{kind}"))
