"""Sides read back by pdfplumber. How they are made up is the trade's: SetHero, "How To Make Script Sides", and
anonymousproductionassistant.com, "A Side Order of Sides" and "Side Notes" (April 2009)."""

import io
import re
from dataclasses import replace

import pdfplumber
import pytest
import sample
from pdfplumber.page import Page

from cupola.errors import BoardError
from cupola.model import Day
from cupola.paper.sides import Sides, SidesLine, SidesPage, sides, sides_pdf

INCH = 72
COURIER_12 = 7.2  # points a character: ten an inch
RUSSIAN = "Анна ждёт. «Полёт» — это слово…"


def lines_of(scene: str, *texts: str) -> list[SidesLine]:
    head = [SidesLine(text="", column=0, scene=scene), SidesLine(text=f"INT. SET {scene}", column=0, scene=scene, begins=True)]
    return [*head, *(SidesLine(text=text, column=10, scene=scene) for text in texts)]


def page(label: str, *scenes: list[SidesLine], revision: str = "") -> SidesPage:
    return SidesPage(label=label, lines=tuple(line for lines in scenes for line in lines), revision=revision)


def run_on(scene: str, *texts: str) -> list[SidesLine]:
    return lines_of(scene, *texts)[2:]


SCRIPT = (
    page("8", lines_of("5", "five")),
    page("9", lines_of("6", "six"), lines_of("7", "seven", RUSSIAN)),
    page(
        "9A", run_on("7", "more of seven"), lines_of("8", "eight", "", sample.HOSTILE[:51]), lines_of("9", "  nine   indented")
    ),
    page("10", run_on("9", "more of nine"), lines_of("14", "fourteen"), revision="Blue Rev. 2021-09-20"),
    page("11", lines_of("15", "fifteen")),
)


@pytest.fixture(scope="module")
def day() -> Day:
    """A day of scenes 7, 9 and 14, in that order."""
    return next(day for day in sample.board().days if [strip.scene for strip in day.strips] == ["7", "9", "14"])


def made(day: Day, script: tuple[SidesPage, ...] = SCRIPT, order: str = "shooting") -> Sides:
    return sides(sample.production(), sample.board(), day, script, order=order)


def pdf_of(found: Sides, **asked: object) -> bytes:
    return sides_pdf(sample.production(), sample.board(), found, **asked)


def open_scenes(found: Sides) -> list[tuple[str, list[str]]]:
    return [(one.label, sorted({line.scene for line in one.lines if not line.struck}, key=int)) for one in found.pages]


def shuffled(day: Day, *order: str) -> Day:
    by_scene = {strip.scene: strip for strip in day.strips}
    return replace(day, strips=tuple(by_scene[number] for number in order))


def faces_of(sheet: Page, count: int) -> list[Page]:
    wide = sheet.width / count
    return [sheet.crop((n * wide, 0, (n + 1) * wide, sheet.height)) for n in range(count)]


def script_text(page: Page) -> list[str]:
    """The lines between the margins of a script page."""
    middle = page.crop((1.4 * INCH, 0.9 * INCH, 7.65 * INCH, page.height - 0.6 * INCH))
    return [" ".join(line.split()) for line in (middle.extract_text() or "").splitlines()]


def test_only_the_pages_of_the_day_are_handed_out_and_the_rest_is_struck(day: Day) -> None:
    found = made(day)
    assert open_scenes(found) == [("9", ["7"]), ("9A", ["7", "9"]), ("10", ["9", "14"])]
    assert found.on_pages == {"7": "9-9A", "9": "9A-10", "14": "10"}
    assert (found.number, found.of) == (day.number, 4)


def test_a_page_comes_again_where_the_day_comes_back_to_it(day: Day) -> None:
    # "Suppose you're shooting scenes 18, 20, then 19 … copy that page twice, crossing out 19 the first time, then 18 and 20."
    one_page = (page("12", lines_of("7", "a"), lines_of("9", "b"), lines_of("14", "c")),)
    found = made(shuffled(day, "7", "14", "9"), one_page)
    assert open_scenes(found) == [("12", ["7", "14"]), ("12", ["9"])]


def test_in_script_order_each_page_stands_once(day: Day) -> None:
    found = made(shuffled(day, "14", "7", "9"), order="script")
    assert open_scenes(found) == [("9", ["7"]), ("9A", ["7", "9"]), ("10", ["9", "14"])]
    assert [line.scene.number for line in found.scenes] == ["14", "7", "9"], "the cover keeps the order of shooting"


def test_a_scene_of_several_passes_is_handed_out_once(day: Day) -> None:
    again = replace(day.strips[0], id="7-2")
    assert made(replace(day, strips=(*day.strips, again))) == made(day)


def test_what_stands_above_the_first_heading_goes_with_the_first_scene(day: Day) -> None:
    fade_in = SidesLine(text="FADE IN:", column=0, scene="")
    first, second = (page("1", [fade_in], lines_of(number, "x")) for number in ("7", "5"))
    one = replace(day, strips=day.strips[:1])
    assert not made(one, (first,)).pages[0].lines[0].struck
    assert made(one, (second, page("2", lines_of("7", "x")))).pages[0].label == "2"


def test_a_scene_that_the_script_lacks_is_an_error(day: Day) -> None:
    with pytest.raises(BoardError, match="14") as caught:
        made(day, SCRIPT[:3])
    assert "not in the script" in caught.value.rule


def test_the_pages_read_back_line_by_line(day: Day) -> None:
    found = made(day)
    with pdfplumber.open(io.BytesIO(pdf_of(found))) as pdf:
        assert len(pdf.pages) == 1 + len(found.pages)
        for printed, value in zip(pdf.pages[1:], found.pages, strict=True):
            assert script_text(printed) == [" ".join(line.text.split()) for line in value.lines if line.text]


def test_the_cover_says_what_is_shot_and_where_it_stands(day: Day) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(made(day)))) as pdf:
        text = " ".join((pdf.pages[0].extract_text() or "").split())
    assert all(part in text for part in ("Plumb Line", "Day 1 of 4", "Tuesday 14 June 2022", "3 scenes", "9-9A", "9A-10"))
    assert text.index("9-9A") < text.index("9A-10")


def test_characters_stand_ten_an_inch_and_inside_the_page(day: Day) -> None:
    wide = page("1", lines_of("7", "x" * 51), [SidesLine(text="0" * 61, column=0, scene="7")] * 53)
    with pdfplumber.open(io.BytesIO(pdf_of(made(replace(day, strips=day.strips[:1]), (wide,))))) as pdf:
        printed = pdf.pages[1]
        row = [char for char in printed.chars if char["text"] == "0" and abs(char["size"] - 11.96) < 0.01][:61]
        assert all(char["x0"] > 0 and char["x1"] < printed.width and char["bottom"] < printed.height for char in printed.chars)
    assert row[0]["x0"] == pytest.approx(1.5 * INCH, abs=0.01)
    assert row[-1]["x0"] - row[0]["x0"] == pytest.approx(60 * COURIER_12, abs=0.1)


def test_page_number_revision_and_both_scene_numbers_are_printed(day: Day) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(made(day)))) as pdf:
        last = pdf.pages[-1]
        head = last.crop((0, 0, last.width, 0.9 * INCH)).extract_text()
        left = last.crop((0, 0.9 * INCH, 1.4 * INCH, 10 * INCH)).extract_text()
        right = last.crop((7.65 * INCH, 0.9 * INCH, last.width, 10 * INCH)).extract_text()
    assert "10." in head
    assert "Blue Rev. 2021-09-20" in head
    assert (left, right) == ("14", "14")


def test_struck_scenes_are_pale_and_under_a_stroke(day: Day) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(made(day)))) as pdf:
        first, last = pdf.pages[1], pdf.pages[3]
        pale = {
            char["text"] for char in first.chars if char["non_stroking_color"] not in {(0,), (0.078431, 0.090196, 0.109804)}
        }
        assert set("six") <= pale
        assert (len(first.lines) + len(first.curves), len(last.lines) + len(last.curves)) == (1, 0)


@pytest.mark.parametrize(("paper", "size"), [("us-letter", (792, 612)), ("a4", (841.89, 595.28))])
def test_half_size_has_two_pages_on_a_sheet(day: Day, paper: str, size: tuple[float, float]) -> None:
    with pdfplumber.open(io.BytesIO(pdf_of(made(day), half=True, paper=paper))) as pdf:
        assert len(pdf.pages) == 2
        assert (pdf.pages[0].width, pdf.pages[0].height) == pytest.approx(size, abs=0.1)
        text = pdf.pages[1].extract_text()
        assert RUSSIAN not in text
        assert "fourteen" in text
        assert RUSSIAN in pdf.pages[0].extract_text()


@pytest.mark.parametrize("half", [False, True])
def test_the_cover_of_a_long_day_goes_on_over_more_pages_and_is_never_set_small(day: Day, half: bool) -> None:
    found = made(day)
    long = replace(found, scenes=found.scenes * 30)
    with pdfplumber.open(io.BytesIO(pdf_of(long, half=half))) as pdf:
        faces = [face for page in pdf.pages for face in faces_of(page, 1 + half)]
        covers = [face for face in faces if "Set and cast" in face.extract_text()]
        rows = [re.findall(r"^\d\d:\d\d-\d\d:\d\d (\w+) ", face.extract_text(), re.MULTILINE) for face in covers]
        smallest = min(char["size"] for face in covers for char in face.chars)
        lowest = max(char["bottom"] / face.height for face in covers for char in face.chars)
    assert covers == faces[: len(covers)]
    assert [number for each in rows for number in each] == ["7", "9", "14"] * 30
    assert len(faces) - len(covers) == len(found.pages) + (len(covers) + len(found.pages)) % (1 + half)
    assert smallest >= 7
    assert lowest < 10.1 / 11


def test_the_same_sides_give_the_same_bytes(day: Day) -> None:
    assert pdf_of(made(day)) == pdf_of(made(day))


def test_sides_pass_the_accessibility_standard(day: Day) -> None:
    # typst refuses to write a document that breaks PDF/UA-1 (ISO 14289-1) as far as a program can tell.
    assert pdf_of(made(day), standards=["ua-1"]).startswith(b"%PDF")
    assert pdf_of(made(day), standards=["ua-1"], half=True).startswith(b"%PDF")
