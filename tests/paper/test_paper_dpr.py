"""The daily production report and the calendar production plan: sums by hand, owed eighths, forms with a slip, and the page."""

import io
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import pdfplumber
import pytest
import sample
from hypothesis import given
from hypothesis import strategies as st

from cupola.errors import ProductionError
from cupola.files.dpr import form_path, form_text, read_forms
from cupola.model import pages_text
from cupola.paper.dpr import FilledDay, SceneShot, daily_report
from cupola.paper.dpr_pdf import dpr_pdf
from cupola.paper.kpp import calendar_plan
from cupola.paper.kpp_pdf import kpp_pdf
from cupola.paper.phrases import Phrases

BOARD, FILM = sample.board(), sample.production()
EARTH = BOARD.days[3:]


def shot(scene: str, eighths: int, *, complete: bool = False, setups: int = 0, seconds: int = 0) -> SceneShot:
    return SceneShot(scene=scene, eighths=eighths, complete=complete, setups=setups, seconds=seconds)


def form(number: int, *scenes: SceneShot) -> FilledDay:
    return FilledDay(unit="main", number=number, scenes=scenes)


FIRST = form(1, shot("7", 12, complete=True, setups=9, seconds=80), shot("9", 4, setups=3))
SECOND = form(2, shot("11A", 15, complete=True, setups=5, seconds=130), shot("9", 6, complete=True, setups=2, seconds=70))


def test_pages_of_two_days_by_hand() -> None:
    # Day 1 means 7 (12/8), 9 (10/8), 14 (3/8); day 2 means 11A (15/8), 13 (9/8), 12 (5/8). The unit has 13 scenes, 90/8.
    whole = sum(s.eighths for s in FILM.script.scenes if FILM.unit_for(s.number).id == "main")
    first = daily_report(FILM, BOARD, EARTH[0], [FIRST, SECOND])
    assert (first.eighths.scheduled, first.eighths.previous, first.eighths.today) == (25, 0, 16)
    assert first.eighths.remaining == whole - 16
    assert first.owed == (("9", 6), ("14", 3))
    assert first.carried == ()
    second = daily_report(FILM, BOARD, EARTH[1], [FIRST, SECOND])
    assert (second.eighths.scheduled, second.eighths.previous, second.eighths.today, second.eighths.to_date) == (29, 16, 21, 37)
    assert second.owed == (("12", 5), ("13", 9))
    assert second.carried == (("14", 3),)
    assert [(line.scene.number, line.meant, line.result) for line in second.lines] == [
        ("11A", 15, "complete"),
        ("13", 9, "not-shot"),
        ("12", 5, "not-shot"),
        ("9", 0, "complete"),
    ]


def test_scenes_minutes_and_setups_by_hand() -> None:
    report = daily_report(FILM, BOARD, EARTH[1], [FIRST, SECOND])
    assert (report.scenes.scheduled, report.scenes.previous, report.scenes.today, report.scenes.to_date) == (3, 1, 2, 3)
    assert (report.setups.previous, report.setups.today, report.setups.scheduled) == (12, 7, None)
    # 29 eighths at 7.5 s; 80 s and 200 s of film by the script clerk.
    assert (report.seconds.scheduled, report.seconds.previous, report.seconds.today) == (Fraction(435, 2), 80, 200)


@given(st.lists(st.integers(0, 12), min_size=1, max_size=4))
def test_what_is_shot_and_what_remains_is_the_whole(parts: list[int]) -> None:
    whole = sum(s.eighths for s in FILM.script.scenes if FILM.unit_for(s.number).id == "main")
    forms = [form(number, shot("7", part)) for number, part in enumerate(parts, 1)]
    report = daily_report(FILM, BOARD, EARTH[len(parts) - 1], forms)
    assert report.eighths.to_date + (report.eighths.remaining or 0) == whole
    assert report.eighths.to_date == sum(parts)


def written(folder: Path, number: int, more: str, *, head: str | None = None) -> Path:
    path = form_path(folder, EARTH[number - 1])
    path.parent.mkdir(exist_ok=True)
    path.write_text((head or f'unit = "main"\nnumber = {number}\n') + more, encoding="utf-8")
    return path


def test_an_empty_form_reads_back_and_says_that_nothing_is_shot(tmp_path: Path) -> None:
    for day in BOARD.days:
        path = form_path(tmp_path, day)
        path.parent.mkdir(exist_ok=True)
        path.write_text(form_text(FILM, BOARD, day), encoding="utf-8")
        *_, last = read_forms(tmp_path, FILM, BOARD, day)
        assert [each.scene for each in last.scenes] == list(dict.fromkeys(strip.scene for strip in day.strips))
        assert last.call is not None
        assert abs((last.call - day.call_utc).total_seconds()) < 60
        assert daily_report(FILM, BOARD, day, [last]).eighths.today == 0


def test_a_filled_form_is_read_on_the_clock_of_the_place(tmp_path: Path) -> None:
    more = """
first_shot = "08:40"
meal = "12:30-13:30"
last_out = "00:30"
injuries = "a scratched knee"
[[scene]]
number = "7"
complete = true
setups = 9
[[scene]]
number = "9"
eighths = 4
[[cast]]
id = "ZHENYA"
came = "07:10"
left = "18:50"
[[media]]
card = "A001"
copies = 2
[[delay]]
minutes = 35
why = "дождь"
"""
    written(tmp_path, 1, more)
    (found,) = read_forms(tmp_path, FILM, BOARD, EARTH[0])
    # Moscow is UTC+3; half past midnight is of the next date.
    assert [f"{at:%d %H:%M}" for at in (found.first_shot, found.last_out) if at] == ["14 05:40", "14 21:30"]
    assert [(each.scene, each.eighths, each.complete) for each in found.scenes] == [("7", 12, True), ("9", 4, False)]
    assert (found.injuries, found.delays[0].why, found.cards[0].copies) == (("a scratched knee",), "дождь", 2)


@pytest.mark.parametrize(
    ("more", "line", "rule"),
    [
        ('[[scene]]\nnumber = "99"\n', 4, "the script has no such scene"),
        ('[[scene]]\nnumber = "7"\neighths = 13\n', 5, "scene 7 has 12 of its 12 eighths left to shoot"),
        ('[[cast]]\nid = "ZHENIA"\n', 4, "the production has no such role"),
        ('first_shot = "8 o\'clock"\n', 3, "this must be a time of day"),
        ("first_short = 3\n", 3, "unknown key"),
        ("[[scene]\n", 3, ""),
    ],
)
def test_a_slip_in_a_form_is_told_with_its_line(tmp_path: Path, more: str, line: int, rule: str) -> None:
    written(tmp_path, 1, more)
    with pytest.raises(ProductionError) as told:
        read_forms(tmp_path, FILM, BOARD, EARTH[0])
    assert told.value.line == line
    assert rule in told.value.rule
    assert told.value.remedy


def test_what_the_days_before_shot_cannot_be_shot_again(tmp_path: Path) -> None:
    written(tmp_path, 1, '[[scene]]\nnumber = "7"\ncomplete = true\n')
    written(tmp_path, 2, '[[scene]]\nnumber = "7"\neighths = 1\n')
    with pytest.raises(ProductionError, match="scene 7 has 0 of its 12 eighths left"):
        read_forms(tmp_path, FILM, BOARD, EARTH[1])


def test_the_form_of_another_day_is_refused(tmp_path: Path) -> None:
    written(tmp_path, 1, "", head='unit = "main"\nnumber = 2\n')
    with pytest.raises(ProductionError, match="this is the form of main:1"):
        read_forms(tmp_path, FILM, BOARD, EARTH[0])


def text_of(made: bytes) -> str:
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        return " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)


def test_the_report_reads_back() -> None:
    day = replace(SECOND, injuries=("a scratched knee",), notes="Дождь до обеда.", background=(("passers-by", 12),))
    report = daily_report(FILM, BOARD, EARTH[1], [FIRST, day])
    made = dpr_pdf(FILM, BOARD, report, standards=["ua-1"])
    text = text_of(made)
    assert f"Pages {pages_text(29)} {pages_text(21)} {pages_text(16)} {pages_text(37)}" in text
    assert "Owed from this day: 1 6/8 pages: 12 (5/8), 13 (1 1/8)" in text
    assert "Carried over from days before: 3/8 pages: 14 (3/8)" in text
    assert all(words in text for words in ("a scratched knee", "Дождь до обеда.", "passers-by 12", "complete, added"))
    assert made == dpr_pdf(FILM, BOARD, report, standards=["ua-1"])


@pytest.mark.parametrize("lang", ["ru", "ru+en"])
def test_the_report_in_russian(lang: str) -> None:
    report = daily_report(FILM, BOARD, EARTH[0], [FIRST])
    text = text_of(dpr_pdf(FILM, BOARD, report, phrases=Phrases(lang="ru" if lang == "ru" else "ru+en"), standards=["ua-1"]))
    assert "Рапорт о съёмочном дне" in text
    assert ("Daily production report" in text) == (lang == "ru+en")
    assert "Долг за день: 1 1/8 стр." in text


def test_the_calendar_plan_counts_every_scene_once_and_every_day() -> None:
    plans = calendar_plan(FILM, BOARD)
    scenes = [scene.number for plan in plans for each in plan.objects for scene in each.scenes]
    assert sorted(scenes) == sorted(scene.number for scene in FILM.script.scenes)
    for plan in plans:
        assert sum((each.shifts for each in plan.objects), Fraction(0)) == plan.days
    assert [number for plan in plans for each in plan.objects for number in each.unplanned] == ["90", "70"]


def test_shifts_are_shared_by_time() -> None:
    # The second day on Earth: 300 min in the corridor, 180 min in the flat, 20 min at the lake.
    main = next(plan for plan in calendar_plan(FILM, BOARD) if plan.unit.id == "main")
    shifts = {each.set: each.shifts for each in main.objects if each.dates == (EARTH[1].date,)}
    assert list(shifts.values()) == [Fraction(300, 500), Fraction(20, 500), Fraction(180, 500)]


def test_the_calendar_plan_reads_back() -> None:
    text = text_of(kpp_pdf(FILM, BOARD, phrases=Phrases(lang="ru"), standards=["ua-1"]))
    for words in ("Календарно-постановочный план", "Полезный", "Выработка", "Итого", "без даты: 70"):
        assert words in text
    assert "58 (2:38)" in text  # 21 eighths at 7.5 s
