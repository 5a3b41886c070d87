"""Documents in English, Russian and both: every caption there is, plural forms, dates, and Cyrillic read back from the page."""

import io
import re
import string
from datetime import date
from pathlib import Path
from typing import get_args

import pdfplumber
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

import cupola.paper
from cupola.paper import call_sheet_pdf, call_sheets_pdf, strip_lines
from cupola.paper.callsheet_words import light_words, timing
from cupola.paper.flight import Kind
from cupola.paper.pdf_lists import CAST_SUMS, OTHER_SUMS
from cupola.paper.phrases import LANGUAGES, Lang, Phrases, tables

ROOM = Path(cupola.paper.__file__).parent
RUSSIAN, BOTH = Phrases(lang="ru"), Phrases(lang="ru+en")
WRITTEN = ("call_sheet.typ", "dpr.typ", "kpp.typ")


def test_every_caption_is_in_both_languages_with_the_same_values() -> None:
    fields = string.Formatter()
    for key, (english, russian) in tables()["caption"].items():
        names = [{name for _, name, _, _ in fields.parse(text) if name} for text in (english, russian)]
        assert names[0] == names[1], key
        assert english, key
        assert re.search("[А-Яа-яё±№]", russian) or not re.search("[A-Za-z]{3}", re.sub(r"{[^}]*}", "", russian)), key


@pytest.mark.parametrize("name", WRITTEN)
def test_a_template_asks_for_no_caption_that_is_not_there(name: str) -> None:
    asked = set(re.findall(r"\bw\.([a-z][a-z-]*)", (ROOM / "templates" / name).read_text("utf-8")))
    assert asked <= set(RUSSIAN.captions)


def test_no_caption_is_without_use() -> None:
    code = "\n".join(path.read_text("utf-8") for path in [*ROOM.glob("*.py"), *(ROOM / "templates").glob("*.typ")])
    used = {word for pair in re.findall(r"""["']([a-z-]+)["']|\bw\.([a-z-]+)""", code) for word in pair}
    made = {f"do-{word}" for word in ("suits", "outside", "back")} | {f"step-{kind}" for kind in get_args(Kind)}
    made |= {f"sum-{word}" for word in (*CAST_SUMS, *OTHER_SUMS)} | {"pass-of", "part-of"}
    unused = sorted(set(tables()["caption"]) - used - made)
    assert unused == []


@pytest.mark.parametrize(
    ("count", "text"),
    # CLDR plural rules of Russian: one 1, 21, 31; few 2-4, 22-24; many 0, 5-20, 111.
    [
        (0, "0 сцен"),
        (1, "1 сцена"),
        (2, "2 сцены"),
        (4, "4 сцены"),
        (5, "5 сцен"),
        (12, "12 сцен"),
        (22, "22 сцены"),
        (111, "111 сцен"),
    ],
)
def test_russian_counts(count: int, text: str) -> None:
    assert RUSSIAN.count(count, "scene") == text


def test_dates() -> None:
    # 12 April 1961 was a Wednesday.
    day = date(1961, 4, 12)
    assert RUSSIAN.date(day) == "среда, 12 апреля 1961"
    assert BOTH.date(day) == "среда, 12 апреля 1961 / Wednesday 12 April 1961"
    assert (Phrases().date(day), RUSSIAN.short_date(day)) == ("Wednesday 12 April 1961", "ср 12 апр")


@given(st.dates(min_value=date(1900, 1, 1)), st.sampled_from(LANGUAGES))
def test_a_date_says_its_day_and_year_in_every_language(day: date, lang: Lang) -> None:
    text = Phrases(lang=lang).date(day)
    assert text.count(f" {day.day} ") == text.count(str(day.year)) == (2 if lang == "ru+en" else 1) or str(day.day) == str(
        day.year
    )


@given(st.text(max_size=30), st.sampled_from(LANGUAGES))
def test_a_word_that_no_table_knows_stays_as_it_is(text: str, lang: Lang) -> None:
    assert Phrases(lang=lang).word("category", f"§{text}") == f"§{text}"


def test_decimals_are_those_of_the_language() -> None:
    assert BOTH("beta", value=-43.72) == "угол бета −43,7° / beta −43.7°"


def test_light_lines_in_english_are_to_the_letter_those_of_the_one_liner() -> None:
    production, board = sample.production(), sample.board()
    lines = [line for day in board.days for line in strip_lines(production, board, day)]
    assert all(light_words(line, "UTC", Phrases()) == line.light for line in lines)
    lit = next(line for line in lines if line.strip.id == "42-1")
    assert re.fullmatch(
        r"свет 15:40:33-15:41:50 UTC ±4 с · мотор \d\d:\d\d:\d\d · стоп \d\d:\d\d:\d\d · строка сценария 100",
        light_words(lit, "UTC", RUSSIAN),
    )
    assert light_words(lit, "UTC", BOTH).startswith("свет/light 15:40:33-15:41:50 UTC ±4 s · мотор/roll ")


def test_timing_is_a_minute_for_a_page() -> None:
    assert [timing(eighths) for eighths in (0, 1, 4, 8, 11, 20)] == ["0:00", "0:08", "0:30", "1:00", "1:23", "2:30"]


def front(lang: Lang, day: int) -> str:
    phrases, board = Phrases(lang=lang), sample.board()
    made = call_sheet_pdf(
        sample.production(),
        board,
        board.days[day],
        suns=sample.suns(),
        flight=sample.flight(),
        phrases=phrases,
        standards=["ua-1"],
    )
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        return " ".join((pdf.pages[0].extract_text() or "").split())


def test_the_russian_sheet_speaks_russian() -> None:
    text = front("ru", 4)
    head = ("ВЫЗЫВНОЙ ЛИСТ", "Смена 2 из 4", "среда, 15 июня 2022", "Сбор группы", "МСК", "Обед", "Хрон.", "Актёры")
    assert [word for word in head if word not in text] == []
    assert "ИНТ STAR CITY - КОРИДОР" in text
    assert "полезный хронометраж 3:38" in text  # 29 eighths at 7.5 s
    assert "реквизит flowers (11A); press passes (11A); kettle (13)" in text
    assert not re.search(r"\b(Call|Wrap|Scenes|Needed|Cast|script line|page)\b", text)


def test_both_languages_stand_side_by_side() -> None:
    text = front("ru+en", 0)
    for words in (
        "Подъём экипажа / Crew call",
        "Вызов / Call",
        "Сцены / Scenes",
        "Актёры / Cast",
        "День экипажа / The crew day",
    ):
        assert words in text
    assert "пятница, 8 октября 2021 / Friday 8 October 2021" in text


def test_every_language_gives_the_same_bytes_again() -> None:
    def made() -> bytes:
        return call_sheets_pdf(sample.production(), sample.board(), flights=[sample.flight()], phrases=BOTH)

    assert made() == made()
