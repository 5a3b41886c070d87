"""Every PDF under load: nothing clipped, nothing over anything else, no glyph missing, tagged, and the same bytes again.

The film is that of `torture.py`. Words are compared in the order in which a page draws them, so that a cell of several lines
reads as one; blanks are left out, since a line may break at any of them.
"""

from __future__ import annotations

import hashlib
import io
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any

import pdfplumber
import pytest
import sample
import torture
from pypdf import PdfReader
from pypdf.generic import ContentStream

from cupola.model import Board, Production
from cupola.money.budget import budget
from cupola.paper import call_sheets_pdf, strip_lines
from cupola.paper.budget_pdf import budget_pdf
from cupola.paper.dpr import Card, CastTime, Delay, FilledDay, SceneShot, daily_report
from cupola.paper.dpr_pdf import dpr_pdf
from cupola.paper.element_lists import LISTINGS, Listing
from cupola.paper.flight import procedures
from cupola.paper.flight_lists import data_listing, kit_listing
from cupola.paper.kpp import calendar_plan
from cupola.paper.kpp_pdf import kpp_pdf
from cupola.paper.pdf_boards import breakdown_pdf, one_liner_pdf, shooting_schedule_pdf, stripboard_pdf
from cupola.paper.pdf_flight import procedures_pdf, timeline_pdf
from cupola.paper.pdf_lists import dood_pdf, listing_pdf
from cupola.paper.phrases import LANGUAGES, Phrases
from cupola.paper.sides import sides, sides_pdf

Made = tuple[Callable[..., bytes], Callable[[], Iterator[str]]]
STANDARD = ("ua-1",)
MM = 72 / 25.4


def film() -> tuple[Production, Board]:
    return torture.production(), torture.board()


# --------------------------------------------------------------------------------- every document, and what must stand on it


def strips_say(*fields: str) -> Callable[[], Iterator[str]]:
    def said() -> Iterator[str]:
        production, board = film()
        yield production.title
        for day in board.days:
            for line in strip_lines(production, board, day):
                yield from (str(getattr(line, field)) for field in fields)
                yield f"{line.start}-{line.end}"

    return said


def sheets(**asked: Any) -> bytes:
    flight = sample.flight()
    return call_sheets_pdf(*film(), flights=[flight], suns=sample.suns(), standards=STANDARD, **asked)


def sheets_say() -> Iterator[str]:
    production, board = film()
    yield from strips_say("number", "set", "synopsis", "cast_text")()
    for member in production.cast:
        yield from (member.id, member.name)
    for place in production.places[:1]:
        yield from (place.name, place.address, place.hospital, place.parking, place.base)
    for contact in production.desk.contacts:
        yield from (contact.name, contact.duty)
    yield from ("щипцы хирургические № 1, запасной комплект", production.desk.director, *production.desk.producers)
    yield from (strip.id for strip in board.days[0].strips)


def dood_says() -> Iterator[str]:
    production, _ = film()
    yield from (member.name for member in production.cast)
    yield from (torture.set_of(n) for n in range(1, torture.SCENES_A_DAY + 1))


def breakdown_says() -> Iterator[str]:
    for scene in torture.production().script.scenes:
        yield from (scene.number, scene.heading, scene.synopsis, *scene.cast, *(element.name for element in scene.elements))


def listed(make: Callable[..., Listing]) -> Made:
    def made(**asked: Any) -> bytes:
        say = asked.get("phrases", Phrases())
        return listing_pdf(*film(), make(*film(), say), standards=STANDARD, **asked)

    def said() -> Iterator[str]:
        for section in make(*film(), Phrases()).sections:
            for row in section.rows:
                yield from row.cells

    return made, said


def flown(make: Callable[..., bytes], said: Callable[[], Iterator[str]], **more: Any) -> Made:
    return (lambda **asked: make(*film(), standards=STANDARD, **more, **asked)), said


def procedures_say() -> Iterator[str]:
    production, board = film()
    for day in procedures(production, board, production.unit("orbit")).days:
        for setup in day.setups:
            for step in setup.steps:
                yield from step.lines


def timeline_says() -> Iterator[str]:
    unit = torture.production().unit("orbit")
    assert unit.station is not None
    yield from (member.name for member in unit.station.crew)
    yield from (strip.id for strip in torture.board().days[0].strips)


def kpp_says() -> Iterator[str]:
    for plan in calendar_plan(*film()):
        for each in plan.objects:
            yield from (each.place.name, each.set, *(scene.number for scene in each.scenes))


def form() -> FilledDay:
    day = torture.board().days[1]
    meal = (day.call_utc + timedelta(hours=5), day.call_utc + timedelta(hours=6))
    return FilledDay(
        unit="main",
        number=1,
        call=day.call_utc,
        meal=meal,
        scenes=tuple(
            SceneShot(scene=strip.scene, complete=False, eighths=2, setups=3, seconds=40, note=torture.SYNOPSIS[:90])
            for strip in day.strips
        ),
        cast=tuple(CastTime(role=name, came=day.call_utc, left=day.wrap_utc, meal=meal) for name in torture.ROLE_NAMES),
        background=(("прохожие у проходной", 40),),
        cards=(Card(name="А001", used="412 ГБ", copies=2),),
        delays=(Delay(minutes=35, why="дождь, щели в павильоне"),),
        injuries=("Жеребцов Ф., ушиб, на площадке",),
        notes=torture.SYNOPSIS,
    )


def report(**asked: Any) -> bytes:
    production, board = film()
    return dpr_pdf(production, board, daily_report(production, board, board.days[1], [form()]), standards=STANDARD, **asked)


def report_says() -> Iterator[str]:
    yield from strips_of_the_day("number", "set")
    yield from torture.ROLE_NAMES
    yield from (torture.SYNOPSIS, torture.SYNOPSIS[:90], *form().injuries, "дождь, щели в павильоне")


def strips_of_the_day(*fields: str) -> Iterator[str]:
    production, board = film()
    for line in strip_lines(production, board, board.days[1]):
        yield from (str(getattr(line, field)) for field in fields)


@cache
def money() -> Any:
    return budget(*film())


def money_says() -> Iterator[str]:
    for account in money().accounts:
        yield account.title
        yield from (money().lines[number].text for number in account.lines)


def handed_out(*, half: bool) -> bytes:
    production, board = film()
    found = sides(production, board, board.days[1], torture.script_pages())
    return sides_pdf(production, board, found, half=half, standards=STANDARD)


def sides_say() -> Iterator[str]:
    yield from strips_of_the_day("number", "set", "time_of_day", "pages")
    for page in torture.script_pages()[: torture.SCENES_A_DAY]:
        yield from (line.text for line in page.lines)


SIDE_MM: Mapping[str, float] = {
    "stripboard": 9,
    "dood": 9,
    "timeline": 9,
    "breakdown": 14,
    "budget": 15,
    "sides": 7.5,
    "half-sides": 4.5,
}
"""White margins at the left and the right of each document; 12 of what is not here."""

DOCUMENTS: Mapping[str, Made] = {
    "call-sheets": (sheets, sheets_say),
    "stripboard": flown(stripboard_pdf, strips_say("number", "set", "synopsis", "time_of_day", "pages")),
    "one-liner": flown(one_liner_pdf, strips_say("number", "set", "synopsis", "cast_text", "light")),
    "shooting-schedule": flown(shooting_schedule_pdf, strips_say("number", "set", "synopsis", "light")),
    "breakdown": flown(breakdown_pdf, breakdown_says),
    "dood": flown(dood_pdf, dood_says),
    "calendar-plan": flown(kpp_pdf, kpp_says),
    "dpr": (report, report_says),
    **{name: listed(make) for name, make in LISTINGS.items()},
    "kit": listed(lambda production, _, say: kit_listing(production, say)),
    "data": listed(data_listing),
    "procedures": flown(procedures_pdf, procedures_say),
    "timeline": flown(timeline_pdf, timeline_says, flights=[sample.flight()]),
    "budget": (lambda **_: budget_pdf(torture.board(), money(), standards=STANDARD), money_says),
    "sides": (lambda **_: handed_out(half=False), sides_say),
    "half-sides": (lambda **_: handed_out(half=True), sides_say),
}
IN_ONE_LANGUAGE = ("budget", "sides", "half-sides")
SPOKEN = [name for name in DOCUMENTS if name not in IN_ONE_LANGUAGE]


@cache
def made(name: str, lang: str = "en") -> bytes:
    asked = {} if lang == "en" else {"phrases": next(Phrases(lang=known) for known in LANGUAGES if known == lang)}
    return DOCUMENTS[name][0](**asked)


CASES = [(name, lang) for name in DOCUMENTS for lang in ("en",)]


# ------------------------------------------------------------------------------------------------------------- the proofs


def packed(text: str) -> str:
    return "".join(text.split())


@cache
def drawn(name: str, lang: str) -> tuple[tuple[float, float, tuple[dict[str, Any], ...]], ...]:
    with pdfplumber.open(io.BytesIO(made(name, lang))) as pdf:
        return tuple((page.width, page.height, tuple(page.chars)) for page in pdf.pages)


@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_word_of_the_value_stands_on_the_page(name: str) -> None:
    text = packed("".join(char["text"] for _, _, chars in drawn(name, "en") for char in chars))
    wanted = dict.fromkeys(packed(words) for words in DOCUMENTS[name][1]())
    assert [words for words in wanted if words not in text] == []


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_every_letter_stands_inside_the_margins(name: str, lang: str) -> None:
    side = SIDE_MM.get(name, 12) * MM - 0.5
    out = [
        (n, char["text"], round(char["x0"]), round(char["top"]))
        for n, (width, height, chars) in enumerate(drawn(name, lang), 1)
        for char in chars
        if char["text"].strip() and not (side <= char["x0"] and char["x1"] <= width - side and 20 < char["top"] < height - 8)
    ]
    assert out == []


def core(char: dict[str, Any]) -> tuple[float, float, float, float]:
    """Return where a letter is surely inked: the middle of its width, its lower half over the line it stands on."""
    if abs(char["matrix"][1]) > 0.01:
        return (char["x0"] + 1.5, char["top"] + 0.3, char["x1"] - 1.5, char["bottom"] - 0.3)
    wide = char["x1"] - char["x0"]
    line = char["page_height"] - char["matrix"][5]
    return (char["x0"] + wide * 0.15, line - char["size"] * 0.42, char["x1"] - wide * 0.15, line - char["size"] * 0.02)


def clashes(height: float, chars: tuple[dict[str, Any], ...]) -> list[tuple[str, str]]:
    """Return pairs of letters whose cores lie over each other."""
    boxes = [(core({**char, "page_height": height}), char["text"]) for char in chars if char["text"].strip()]
    rows: dict[int, list[int]] = {}
    for n, ((_, top, _, bottom), _) in enumerate(boxes):
        for row in range(int(top // 4), int(bottom // 4) + 1):
            rows.setdefault(row, []).append(n)
    found = []
    for row in rows.values():
        own = sorted(row, key=lambda n: boxes[n][0][0])
        for a, b in pairwise(own):
            (one, first), (other, second) = boxes[a], boxes[b]
            if one[2] > other[0] + 0.2 and one[1] < other[3] - 0.2 and other[1] < one[3] - 0.2:
                found.append((first, second))
    return found


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_letter_stands_on_another(name: str, lang: str) -> None:
    found = [(n, *pair) for n, (_, height, chars) in enumerate(drawn(name, lang), 1) for pair in clashes(height, chars)]
    assert found == []


def missing_glyphs(pdf: bytes) -> int:
    """Count glyphs of number 0, which is .notdef in every font (ISO/IEC 14496-22); fonts of two bytes (Identity-H)."""
    reader, count = PdfReader(io.BytesIO(pdf)), 0
    for page in reader.pages:
        for operands, operator in ContentStream(page.get_contents(), reader).operations:
            if operator in (b"Tj", b"TJ"):
                parts = operands[0] if operator == b"TJ" else operands
                shown = [part.original_bytes for part in parts if hasattr(part, "original_bytes")]
                count += sum(raw[at : at + 2] == b"\0\0" for raw in shown for at in range(0, len(raw), 2))
    return count


@pytest.mark.parametrize(("name", "lang"), CASES)
def test_no_glyph_is_missing(name: str, lang: str) -> None:
    assert missing_glyphs(made(name, lang)) == 0


def test_a_missing_glyph_is_found() -> None:
    import typst

    pdf = typst.compile(
        '#set text(font: "Libertinus Serif")\nA \u6f22 B'.encode(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
    )
    assert missing_glyphs(pdf) == 1  # type: ignore[arg-type]


@pytest.mark.parametrize("name", DOCUMENTS)
def test_a_document_is_tagged_with_title_language_and_words_for_its_pictures(name: str) -> None:
    # PDF/UA-1 (ISO 14289-1): 7.1 tagged, title shown; 7.2 language; 7.3 alternative text for figures. typst proves the rest.
    root = PdfReader(io.BytesIO(made(name))).trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert root["/Lang"] == "en"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = root["/Metadata"].get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in xmp
    assert torture.production().title in xmp
    tags = list(tagged(root["/StructTreeRoot"]))
    assert {"/Table", "/TR", "/TD"} <= {str(tag["/S"]) for tag in tags} or name in ("timeline",)
    assert all(tag.get("/Alt") for tag in tags if tag["/S"] == "/Figure")


def tagged(node: Any) -> Iterator[Any]:
    kids = node.get("/K", [])
    for kid in kids if isinstance(kids, list) else [kids]:
        child = kid.get_object() if hasattr(kid, "get_object") else kid
        if hasattr(child, "get") and "/S" in child:
            yield child
            yield from tagged(child)


@pytest.mark.parametrize("name", SPOKEN)
def test_a_russian_document_says_so(name: str) -> None:
    assert PdfReader(io.BytesIO(made(name, "ru"))).trailer["/Root"]["/Lang"] == "ru"


PRINT_DIGESTS = "import hashlib, test_paper_print as t\nfor n in t.DOCUMENTS: print(n, hashlib.sha256(t.made(n)).hexdigest())"


def test_another_process_writes_the_same_bytes() -> None:
    here = {name: hashlib.sha256(made(name)).hexdigest() for name in DOCUMENTS}
    folder = str(Path(__file__).parent)
    path = os.pathsep.join([folder, *filter(None, sys.path)])
    env = {**os.environ, "PYTHONPATH": path, "PYTHONHASHSEED": "7"}
    done = subprocess.run([sys.executable, "-c", PRINT_DIGESTS], capture_output=True, text=True, check=True, env=env)
    assert dict(line.split() for line in done.stdout.splitlines()) == here
