"""PDFs read back by pdfplumber: what stands on paper is the value."""

import io
from collections.abc import Iterator
from dataclasses import replace

import pdfplumber
import pytest
import sample
from pdfplumber.page import Page
from pdfplumber.pdf import PDF

from cupola.model import Cost
from cupola.paper import StripLine, call_sheet_pdf, call_sheets_pdf, one_liner_pdf, strip_lines
from cupola.paper.pdf import Sheet


@pytest.fixture(scope="module")
def sheets_bytes() -> bytes:
    return call_sheets_pdf(sample.production(), sample.board(), suns=sample.suns(), flights=[sample.flight()])


@pytest.fixture(scope="module")
def sheets(sheets_bytes: bytes) -> Iterator[PDF]:
    with pdfplumber.open(io.BytesIO(sheets_bytes)) as pdf:
        yield pdf


def flat(page: Page) -> str:
    return " ".join((page.extract_text() or "").split())


def set_column(page: Page) -> str:
    """The text of the column of sets in the table of scenes."""
    words = page.extract_words()
    left = next(word for word in words if word["text"] == "Set" and word["top"] > 100)
    right = next(word for word in words if word["text"] == "D/N" and word["top"] == left["top"])
    column = page.crop((left["x0"] - 2, left["bottom"], right["x0"] - 2, page.height))
    return " ".join((column.extract_text() or "").split())


def fronts(sheets: PDF) -> list[Page]:
    return sheets.pages[::2]


def test_front_and_back_for_each_small_day(sheets: PDF) -> None:
    assert len(sheets.pages) == 2 * len(sample.board().days)
    assert all("Call sheet, back" in flat(page) for page in sheets.pages[1::2])


def stands(strip: StripLine, lines: list[str]) -> bool:
    """Whether a light line stands on a line of its own; that of a strip without a window may stand behind its synopsis."""
    return strip.light in lines if strip.strip.window else any(line.endswith(strip.light) for line in lines)


def test_light_lines_read_back_to_the_letter(sheets: PDF) -> None:
    production, board = sample.production(), sample.board()
    for page, day in zip(fronts(sheets), board.days, strict=True):
        lines = (page.extract_text() or "").splitlines()
        for line in strip_lines(production, board, day):
            assert stands(line, lines)


def test_sets_and_times_read_back(sheets: PDF) -> None:
    production, board = sample.production(), sample.board()
    for page, day in zip(fronts(sheets), board.days, strict=True):
        column, text = set_column(page), flat(page)
        for line in strip_lines(production, board, day):
            assert line.set in column
            assert f"{line.start}-{line.end} {line.number} {line.int_ext}" in text


def test_cyrillic_reads_back(sheets: PDF) -> None:
    assert len(sample.LONG_SET) == 60
    page = fronts(sheets)[4]
    assert f"STAR CITY - {sample.LONG_SET}" in set_column(page)
    assert "Анна Петровна ждёт. «Полёт» — это слово она больше не произносит." in flat(page)
    assert "АННА ПЕТРОВНА" in flat(page)


def test_markup_is_inert(sheets: PDF) -> None:
    assert sample.HOSTILE in flat(fronts(sheets)[3])
    assert sample.HOSTILE in flat(fronts(sheets)[2])


def test_header_of_a_sheet(sheets: PDF) -> None:
    text = flat(fronts(sheets)[6])
    assert all(
        part in text for part in ("Plumb Line", "Day 4 of 4", "Wednesday 22 June 2022", "15:00", "UTC+5", "22:25", "23:11 · –")
    )
    assert "page 1 of 2" in text


def test_orbit_sheet_shows_beta_and_windows(sheets: PDF) -> None:
    text = flat(fronts(sheets)[0])
    window = sample.board().days[0].strips[2].window
    assert window is not None
    assert f"{window.open_utc:%H:%M:%S} {window.close_utc:%H:%M:%S} ±4 s 1 min 17 s" in text
    assert "ISS · beta −43.7° · night 31.4 min" in text


def test_the_same_board_gives_the_same_bytes(sheets_bytes: bytes) -> None:
    again = call_sheets_pdf(sample.production(), sample.board(), suns=sample.suns(), flights=[sample.flight()])
    assert again == sheets_bytes


def test_the_date_of_a_document_is_the_first_day(sheets: PDF) -> None:
    assert sheets.metadata["CreationDate"].startswith("D:20211008")
    assert sheets.metadata["Title"] == "Plumb Line, call sheets"


def test_one_sheet_is_the_sheet_of_all(sheets: PDF) -> None:
    board = sample.board()
    one = call_sheet_pdf(sample.production(), board, board.days[0], flight=sample.flight())
    with pdfplumber.open(io.BytesIO(one)) as pdf:
        assert [flat(page) for page in pdf.pages] == [flat(page) for page in sheets.pages[:2]]


@pytest.mark.parametrize(("paper", "size"), [("a4", (595.28, 841.89)), ("us-letter", (612, 792))])
def test_paper_sizes(paper: Sheet, size: tuple[float, float]) -> None:
    # Points of ISO 216 A4 (210 × 297 mm) and ANSI A (8.5 × 11 in).
    with pdfplumber.open(io.BytesIO(one_liner_pdf(sample.production(), sample.board(), paper=paper))) as pdf:
        assert (pdf.pages[0].width, pdf.pages[0].height) == pytest.approx(size, abs=0.1)


def test_one_liner_has_every_strip_and_the_boneyard() -> None:
    production, board = sample.production(), sample.board()
    with pdfplumber.open(io.BytesIO(one_liner_pdf(production, board))) as pdf:
        lines = [line for page in pdf.pages for line in (page.extract_text() or "").splitlines()]
    assert all(stands(line, lines) for day in board.days for line in strip_lines(production, board, day))
    assert lines[-2] == "70, 90"
    assert sum(line.startswith("End of day") for line in lines) == 7


def test_documents_pass_the_accessibility_standard() -> None:
    # typst refuses to write a document that breaks PDF/UA-1 (ISO 14289-1) as far as a program can tell.
    production, board = sample.production(), sample.board()
    assert one_liner_pdf(production, board, standards=["ua-1"]).startswith(b"%PDF")
    assert call_sheets_pdf(production, board, flights=[sample.flight()], standards=["ua-1"]).startswith(b"%PDF")


def test_an_empty_board_is_still_a_document() -> None:
    empty = replace(sample.board(), days=(), boneyard=(), bounds=(), cost=Cost(currency="RUB", lines=()))
    assert one_liner_pdf(sample.production(), empty).startswith(b"%PDF")
    assert call_sheets_pdf(sample.production(), empty).startswith(b"%PDF")
