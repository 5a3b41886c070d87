"""A schedule of another program as a production's folder: its scenes, its boards, and the hold days counted by hand."""

import json
import os
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cupola.errors import PlaceToWriteError, ScheduleError
from cupola.files import read_board, read_production
from cupola.files.imported import import_schedule
from cupola.files.imported_boards import figures
from cupola.rules import check

USS = Path(__file__).parents[1] / "exchange" / "uss"
HARBOUR = USS / "harbour.uss"
MONDAY = date(2026, 6, 1)

# The board "First Pass" of both files, counted by hand. Work days of its calendar in March 2026 (the 5th is off):
#
#   day   1   2   3   4   5   6   7   8   9  10  11  12
#   date  2   3   4   6   9  10  11  12  13  16  17  18
#   ANNA  W   .   .   W   h   h   h   h   h   h   W        3 work, 8 hold; 6th to 17th, ten idle dates, dropped: saves 6
#   BORIS W   .   W   h   h   h   h   h   h   h   h   W    3 work, 9 hold; 4th to 18th dropped: saves 8
#   CLARA     W   h   h   W   W   W   h   W   h   W        6 work, 4 hold; may not be dropped
#   DAVID                             W                    1 work, 0 hold
#
# Work 3 + 3 + 6 + 1 = 13; hold 8 + 9 + 4 = 21; after one drop each 2 + 1 + 4 = 7.
WORKED, HELD, AFTER_DROP = 13, 21, 7


@pytest.fixture(scope="module")
def harbour(tmp_path_factory):
    return import_schedule(HARBOUR, tmp_path_factory.mktemp("harbour") / "film", start=MONDAY)


@pytest.mark.parametrize("name", ["harbour.uss", "harbour-old-spelling.uss"])
def test_hold_days_are_those_counted_by_hand(tmp_path, name):
    made = import_schedule(USS / name, tmp_path / "film", start=MONDAY)
    ((path, board),) = made.boards
    found = figures(made.production, board.days)
    assert path.name == "first-pass.json"
    assert (found.worked, found.held_without_drop, found.held) == (WORKED, HELD, AFTER_DROP)
    assert (found.strips, found.days, found.cast) == (13, 12, 4)
    assert found.eighths == 135
    assert found.longest_eighths == 32
    assert found.pages_a_day == pytest.approx(135 / 8 / 12)


def test_the_folder_reads_as_what_was_made(harbour):
    folder = Path(harbour.production.folder)
    assert read_production(folder) == harbour.production
    for path, board in harbour.boards:
        assert read_board(path, harbour.production) == board
    assert (folder / "imported.uss").read_bytes() == HARBOUR.read_bytes()
    assert set(harbour.files) == {path for path in folder.rglob("*") if path.is_file()}


def test_scenes_have_the_pages_cast_and_elements_of_their_sheets(harbour):
    script = harbour.production.script
    first, split, street = script.scene("1"), script.scene("2PT1"), script.scene("4")
    assert (first.heading, first.eighths, first.cast) == ("EXT. HARBOUR - PIER - DAY", 17, ("ANNA", "BORIS"))
    assert (first.synopsis, first.script_day) == ("Anna waits for the boat. Boris is late.", "D1")
    assert (split.eighths, script.scene("2PT2").eighths) == (4, 5)
    assert street.heading == "EXT. STREET #5 - NIGHT"
    assert {(one.category, one.name) for one in street.elements} == {
        ("other", "Drone (drones)"),
        ("comment", "Road closed from 20:00."),
    }
    assert [one.name for one in split.elements] == ["lamp; brass"]
    assert first.background == 40
    assert len(script.scenes) == 14


def test_a_place_on_earth_that_nobody_gave_asks_for_no_light(harbour):
    assert all(shot.light.is_any for scene in harbour.production.script.scenes for shot in scene.shots)


def test_people_keep_their_numbers_deals_and_days_off(harbour):
    cast = {member.id: member for member in harbour.production.cast}
    assert [(name, cast[name].board_id, cast[name].drop_days) for name in ("ANNA", "BORIS", "CLARA")] == [
        ("ANNA", 1, 10),
        ("BORIS", 2, 10),
        ("CLARA", 3, None),
    ]
    assert [away.first for away in cast["DAVID (k)"].away] == [date(2026, 3, day) for day in (2, 9, 16)]  # Mondays
    assert [away.first for away in cast["BORIS"].away] == [date(2026, 3, 10)]


def test_a_board_has_the_files_days_in_the_files_order(harbour):
    ((_, board),) = harbour.boards
    march = [2, 3, 4, 6, 9, 10, 11, 12, 13, 16, 17, 18]
    assert [day.date for day in board.days] == [date(2026, 3, day) for day in march]
    assert [[strip.id for strip in day.strips] for day in board.days][:3] == [["1", "2PT1"], ["3"], ["4"]]
    assert [day.number for day in board.days] == list(range(1, 13))
    assert board.boneyard == ("13",)
    assert board.days[0].banners[0].text == "HARBOUR LIGHTS - WHITE"


def test_the_only_rule_it_breaks_is_what_the_file_leaves_undone(harbour):
    ((_, board),) = harbour.boards
    assert [(one.rule, one.strips) for one in check(harbour.production, board, {})] == [("every scene", ("13",))]


def test_hours_are_pages_times_pace_from_the_call(harbour):
    ((_, board),) = harbour.boards
    day = board.days[6]
    (strip,) = day.strips
    assert day.call_utc == strip.start_utc == datetime(2026, 3, 11, 8, tzinfo=UTC)
    assert strip.end_utc - strip.start_utc == timedelta(minutes=90)  # the file's own duration
    page = next(day.strips[0] for day in board.days if day.strips[0].id == "3")
    assert page.end_utc - page.start_utc == timedelta(minutes=harbour.production.units[0].page_min)  # one page, nothing slow


def test_a_location_is_a_place_of_its_own(harbour):
    place = harbour.production.place_for("7")
    assert place.name == "Stage 5"
    assert harbour.production.place_for("8").name == "Base"


def test_boards_that_cannot_share_a_production_are_told_of(harbour):
    assert harbour.notes == (
        "Board “Script Order” has no day breaks: it is no board of days.",
        "Board “Two Units” gives scenes to other units; make a production of its own of it with --board.",
        "Board “Six-Day Weeks” goes by a calendar with other days off; make a production of its own of it with --board.",
    )


def test_units_of_the_file_are_units_of_the_production(tmp_path):
    made = import_schedule(HARBOUR, tmp_path / "film", start=MONDAY, board="two units")
    (_, board), *_ = made.boards
    assert [unit.id for unit in made.production.units] == ["main", "second-unit"]
    second = [day for day in board.days if day.unit == "second-unit"]
    assert [(day.date, day.number, [strip.id for strip in day.strips]) for day in second] == [
        (date(2026, 3, 3), 1, ["9", "11"])  # its first day is empty: the date passes
    ]
    assert {one.rule for one in check(made.production, board, {})} == {"every scene"}


def test_another_calendar_is_another_production(tmp_path):
    made = import_schedule(HARBOUR, tmp_path / "film", start=MONDAY, board="Six-Day Weeks")
    (_, board), *others = made.boards
    assert not others
    assert board.days[5].date == date(2026, 3, 7)  # a Saturday
    assert made.production.units[0].days_off == (6,)


def test_a_breakdown_without_boards_is_a_production_without_boards(tmp_path):
    film = json.loads(HARBOUR.read_text(encoding="utf-8"))
    del film["universalScheduleStandard"]["stripboards"], film["universalScheduleStandard"]["calendars"]
    bare = tmp_path / "bare.uss"
    bare.write_text(json.dumps(film), encoding="utf-8")
    made = import_schedule(bare, tmp_path / "film", start=MONDAY)
    assert made.boards == ()
    assert made.production.units[0].first_utc == datetime(2026, 6, 1, tzinfo=UTC)
    assert len(made.production.script.scenes) == 14


def test_scenes_of_one_number_and_of_none_get_numbers_of_their_own(tmp_path):
    film = json.loads(HARBOUR.read_text(encoding="utf-8"))
    sheets = film["universalScheduleStandard"]["breakdowns"]
    sheets[2]["scene"], sheets[3]["scene"], sheets[4]["scene"] = "1", None, "12, 13"
    odd = tmp_path / "odd.uss"
    odd.write_text(json.dumps(film), encoding="utf-8")
    made = import_schedule(odd, tmp_path / "film", start=MONDAY)
    assert [scene.number for scene in made.production.script.scenes][:4] == ["1", "1.2", "S3", "12-13"]
    assert "A sheet of scene “1” is scene 1.2." in made.notes


def test_a_folder_that_is_taken_is_left_alone(tmp_path):
    import_schedule(HARBOUR, tmp_path / "film", start=MONDAY)
    with pytest.raises(PlaceToWriteError, match="a production is here already"):
        import_schedule(HARBOUR, tmp_path / "film", start=MONDAY)


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("film.mmsx", "an .mmsx file cannot be read"),
        ("film.fdx", "Cupola does not know this kind of schedule"),
    ],
)
def test_other_formats_are_refused_with_what_to_do(tmp_path, name, said):
    (tmp_path / name).write_bytes(b"x")
    with pytest.raises(ScheduleError, match=said) as caught:
        import_schedule(tmp_path / name, tmp_path / "film", start=MONDAY)
    assert "uss" in caught.value.remedy
    assert not (tmp_path / "film").exists()


def test_an_unknown_board_is_told_with_the_one_that_may_be_meant(tmp_path):
    with pytest.raises(ScheduleError) as caught:
        import_schedule(HARBOUR, tmp_path / "film", start=MONDAY, board="Frist Pass")
    assert 'did you mean "First Pass"?' in caught.value.remedy
    assert not (tmp_path / "film").exists()


NASTY = st.text(max_size=20) | st.sampled_from(
    [
        "OMITTED",
        "[[cast: X]]",
        "/* x */",
        "INT. A - DAY",
        "#1#",
        "= x",
        ".",
        "> x <",
        "CUT TO:",
        "a, b",
        '"',
        "\n",
        "\u2028",
        "DAY",
    ]
)


@settings(max_examples=25, deadline=None)
@given(st.lists(NASTY, min_size=8, max_size=8))
@example(["", "", "", "\x1b", "", "", "", ""])
def test_any_words_make_a_production_that_reads(tmp_path_factory, words):
    film = json.loads(HARBOUR.read_text(encoding="utf-8"))
    root = film["universalScheduleStandard"]
    root["project"], root["breakdowns"][1]["scene"], root["breakdowns"][1]["description"] = words[:3]
    root["breakdowns"][5]["comments"] = words[3]
    by_name = {item["name"]: item for item in root["elements"]}
    for name, word in zip(("HARBOUR - PIER", "ANNA", "EXT", "lamp, brass"), words[4:], strict=True):
        by_name[name]["name"] = word
    home = tmp_path_factory.mktemp("nasty")
    (home / "film.uss").write_text(json.dumps(film), encoding="utf-8")
    made = import_schedule(home / "film.uss", home / "film", start=MONDAY)
    assert len(made.production.script.scenes) == 14
    ((_, board),) = made.boards
    assert figures(made.production, board.days).held == AFTER_DROP


VENDOR = [
    # file, board, strips, cast, days, eighths of the fullest day, work days, hold days, after one drop: as its own tool's
    # calendar has them, counted by hand-written loops over the public files (see docs/explanation/a-vendor-board.md)
    ("CUPOLA_USS_FULL", "First Pass", 171, 56, 61, 84, 264, 702, 322),
    ("CUPOLA_USS_FULL", "Rev. WHITE", 169, 54, 56, 110, 245, 597, 199),
    ("CUPOLA_USS_LARGE", "First Pass", 147, 40, 31, 48, 180, 120, 81),
]


@pytest.mark.parametrize(("variable", "name", "strips", "cast", "days", "most", "work", "hold", "dropped"), VENDOR)
def test_the_vendors_sample_boards_count_the_same(tmp_path, variable, name, strips, cast, days, most, work, hold, dropped):
    if not os.environ.get(variable):
        pytest.skip(f"needs {variable}, the path of a public sample file (bench/schedule_vendor.py says which)")
    made = import_schedule(Path(os.environ[variable]), tmp_path / "film", start=MONDAY, board=name)
    found = figures(made.production, made.boards[0][1].days)
    assert (found.strips, found.cast, found.days, found.longest_eighths) == (strips, cast, days, most)
    assert (found.worked, found.held_without_drop, found.held) == (work, hold, dropped)
