"""A production's folder becomes one value; whatever is wrong in it is said with file, line, value and remedy."""

from __future__ import annotations

from datetime import UTC, date, datetime, time

import pytest

from cupola.errors import CupolaError, LightError, OrbitError, ProductionError, RateError, ScriptError
from cupola.files import read_production, with_pins
from cupola.model import Dates


def wrong(folder, kind=ProductionError):
    with pytest.raises(CupolaError) as caught:
        read_production(folder)
    assert type(caught.value) is kind
    assert caught.value.remedy
    return caught.value


def test_a_whole_production_is_read(folder):
    production = read_production(folder)
    main, orbit = production.units
    assert (main.first_utc, main.last_utc) == (datetime(2022, 6, 5, 22, tzinfo=UTC), datetime(2022, 6, 18, 22, tzinfo=UTC))
    assert (orbit.first_utc, orbit.is_orbit) == (datetime(2021, 10, 5, 12, 22, 31, tzinfo=UTC), True)
    assert orbit.station.station.elements[0].norad_cat_id == 25544
    assert main.day_rate.cents == 1_200_000
    assert production.place("house").day_rate.source == "the owner's letter"
    assert production.place("house").tz == "Europe/Paris"
    assert production.place_of == (("1", "house"), ("2", "house"), ("3", "cupola"))
    anna, boris = production.cast
    assert (anna.aboard, boris.id, boris.board_id, boris.work) == ("CAPTAIN", "BORIS", 2, None)
    assert Dates(first=date(2022, 6, 10), last=date(2022, 6, 10)) in anna.away
    assert production.fixed[0].amount == 13.75
    assert [pin.strip for pin in production.pins] == ["3-1", "3-2"]
    assert production.pins[0].start == time(9)


def test_a_rate_knows_its_line(folder):
    lines = (folder / "production.toml").read_text().splitlines()
    rate = read_production(folder).cast[0].work
    assert lines[rate.line - 1] == 'work = "700 EUR"'


def test_the_digest_follows_every_file_and_nothing_else(folder):
    first = read_production(folder).digest
    (folder / "notes.txt").write_text("no part of it")
    assert read_production(folder).digest == first
    for name in ("production.toml", "script.fountain", "orbit.tle"):
        file = folder / name
        file.write_text(file.read_text() + "\n")
        second = read_production(folder).digest
        assert second != first
        first = second


@pytest.mark.parametrize(
    ("old", "new", "value", "remedy"),
    [
        ('tz = "Europe/Paris"', 'tzz = "Europe/Paris"', "tzz", '"tz"'),
        ("day_rate =", "day_rat =", "day_rat", '"day_rate"'),
        ("[station]", "[stations]", "stations", '"station"'),
        ("blocks =", "block =", "block", '"blocks"'),
        ('why = "theatre"', 'wy = "theatre"', "wy", '"why"'),
        ('unit = "main"\nsets', 'unit = "mian"\nsets', "mian", '"main"'),
        ('"film-12h"', '"film-12"', "film-12", '"film-12h"'),
        ('aboard = "CAPTAIN"', 'aboard = "CAPTIAN"', "CAPTIAN", '"CAPTAIN"'),
        ('id = "ANNA"', 'id = "ANA"', "ANA", '"ANNA"'),
        ('strip = "3"', 'strip = "3/A"', "3/A", "42/A-2"),
        ('then = "2"', 'then = "22"', "22", '"2"'),
        ('tz = "Europe/Paris"', 'tz = "Europe/Pari"', "Europe/Pari", '"Europe/Paris"'),
        ('kind = "orbit"', 'kind = "orbti"', "orbti", '"orbit"'),
        ("days_off = []", 'days_off = ["sonday"]', "sonday", '"sunday"'),
    ],
)
def test_a_word_that_is_unknown_is_answered_with_the_one_that_was_meant(folder, change, old, new, value, remedy):
    line = change(old, new)
    error = wrong(folder)
    assert error.value == value
    assert remedy in error.remedy
    assert (error.file, error.line) == (str(folder / "production.toml"), line)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("first = 2022-06-06", 'first = "June"', "must be a date or an instant"),
        ("first = 2021-10-05T12:22:31Z", "first = 2021-10-05T12:22:31", "offset from UTC"),
        ("last = 2022-06-18", "last = 2022-06-01", "ends after it starts"),
        ("last = 2022-06-18", "last = 2922-06-18", "at most 1100 days"),
        ("day = 2021-10-06", 'day = "6 October"', "must be a date"),
        ('start = "09:00"', 'start = "9 am"', "must be a time of day"),
        ("last = 2022-06-14", "last = 2022-06-12", "run from first to last"),
        ('"14:00-19:30"', '"12:00-19:30"', "follow one another"),
        ('"14:00-19:30"', '"22:00-02:00"', "on the same day"),
        ("lat_deg = 48.85", "lat_deg = 148.85", "less than or equal to 90"),
        ("lat_deg = 48.85", "lat_deg = nan", "finite"),
        ('account = "8200"', 'account = "82"', "account of line Kit"),
        ('then = "2"', 'then = "1"', "cannot come before itself"),
        ("board_id = 1", "board_id = 0", "greater than or equal to 1"),
        ('id = "orbit"', 'id = "main"', "a name of its own"),
        ("lat_deg = 48.85\n", "", "scene 2 asks for dusk"),
        ('title = "Probe"\n', "", "missing: title"),
        ('unit = "kg"', 'unit = ["kg"]', "unit of line Kit"),
    ],
)
def test_an_entry_that_cannot_be_is_said_with_its_line(folder, change, old, new, said):
    line = change(old, new)
    error = wrong(folder)
    assert said in error.rule
    assert error.line is not None
    assert abs(error.line - line) <= 6, "the line of the entry, or of the table that lacks it"


@pytest.mark.parametrize(
    ("old", "new", "remedy"),
    [
        ('currency = "EUR"', 'currency = "EURO"', 'did you mean "EUR"?'),
        ('"700 EUR"', '"700 RUB"', "convert it to EUR"),
        ('"700 EUR"', '"-700 EUR"', "minus"),
        ('"700 EUR"', '"seven hundred"', "700.00 EUR".replace("700.00", "45 000.50")),
        ('rate = "900 EUR"', 'rate = "900 EURO"', 'did you mean "EUR"?'),
    ],
)
def test_money_that_cannot_be_read_is_said_with_its_line(folder, change, old, new, remedy):
    line = change(old, new)
    error = wrong(folder, RateError)
    assert remedy in error.remedy
    assert error.line == line


def test_a_missing_folder_and_a_missing_file_say_what_to_do(folder):
    assert "cupola new" in wrong(folder / "nowhere").remedy
    (folder / "script.fountain").rename(folder / "film.fountain")
    error = wrong(folder)
    assert "film.fountain" in error.remedy


def test_broken_toml_is_said_with_its_line(folder, change):
    line = change('unit = "kg"', "unit = kg")
    error = wrong(folder)
    assert "not TOML" in error.rule
    assert error.line == line


def test_text_that_is_not_utf_8_is_said_with_its_line(folder):
    file = folder / "script.fountain"
    file.write_bytes(file.read_bytes().replace(b"Coffee?", b"Caf\xe9?"))
    error = wrong(folder, ScriptError)
    assert (error.line, "UTF-8" in error.rule) == (8, True)


@pytest.mark.parametrize("name", ["../script.fountain", "/etc/passwd", "sub/../../x.fountain", "link.fountain", "a\x00b"])
def test_nothing_outside_the_folder_is_read(folder, change, tmp_path_factory, name):
    outside = tmp_path_factory.mktemp("outside") / "secret.fountain"
    outside.write_text("INT. SECRET - DAY\n")
    (folder / "link.fountain").symlink_to(outside)
    change('currency = "EUR"', 'currency = "EUR"\nscript = ' + '"' + name.replace("\x00", "\\u0000") + '"')
    error = wrong(folder)
    assert "SECRET" not in str(error)
    assert error.value == name


def test_a_huge_file_is_refused(folder):
    with (folder / "production.toml").open("a") as file:
        file.write("#" * (4 * 2**20))
    assert "at most 4 MB" in wrong(folder).rule


def test_a_wrong_checksum_is_refused(folder):
    file = folder / "orbit.tle"
    file.write_text(file.read_text().replace("9994", "9993"))
    assert "checksum" in str(wrong(folder, OrbitError))


def test_a_set_without_a_place_says_which_scenes(folder, change):
    change('id = "house"', 'id = "villa"')
    change('sets = ["HOUSE"]', 'sets = ["HOSUE"]')
    error = wrong(folder)
    assert "scene 1" in error.rule
    assert error.value == "HOUSE - KITCHEN"
    assert "HOUSE - GARDEN: 2" in error.remedy
    assert error.file.endswith("script.fountain")
    assert error.line == 3


@pytest.mark.parametrize(
    ("house", "expected"),
    [
        ('sets = ["HOUSE - GARDEN", "*"]', "house"),
        ('sets = ["garden", "kitchen"]', "house"),
        ('sets = ["*"]', "house"),
        ("", "house"),
    ],
)
def test_a_scene_finds_its_place_by_set_hub_id_or_rest(folder, change, house, expected):
    change('sets = ["HOUSE"]', house)
    assert dict(read_production(folder).place_of)["2"] == expected


def test_the_most_specific_words_win(folder):
    with (folder / "production.toml").open("a") as file:
        file.write('\n[[place]]\nid = "lot"\nunit = "main"\nsets = ["GARDEN"]\nlat_deg = 1\nlon_deg = 2\n')
    assert dict(read_production(folder).place_of) == {"1": "house", "2": "lot", "3": "cupola"}


def test_two_places_cannot_claim_one_set(folder):
    with (folder / "production.toml").open("a") as file:
        file.write('\n[[place]]\nid = "lot"\nunit = "main"\nsets = ["house"]\n')
    assert "a set belongs to one place" in wrong(folder).rule


def test_a_role_aboard_that_nobody_plays_is_said(folder, change):
    change('aboard = "CAPTAIN"\n', "")
    error = wrong(folder)
    assert "nobody aboard plays ANNA" in error.rule
    assert error.line == 17


@pytest.mark.parametrize("missing", ['orbit = "orbit.tle"\n', '[station]\nname = "ISS"\n'])
def test_an_orbit_unit_needs_elements_and_a_station(folder, change, missing):
    change(missing, "")
    assert "in orbit and needs" in wrong(folder).rule


def with_scene(folder, text):
    with (folder / "production.toml").open("a") as file:
        file.write(f"\n{text}\n")


def test_a_scene_table_stands_in_place_of_the_script(folder):
    with_scene(folder, '[scene."3"]\nlight = "orbital night, over Moscow"\ntakes = 5\nseconds = 20\nminutes = 90\neighths = 12')
    scene = read_production(folder).script.scene("3")
    shot = scene.shots[0]
    assert (str(shot.light), shot.takes, shot.take_s, shot.work_min) == ("orbital night, over Moscow", 5, 20, 90)
    assert scene.eighths == 12


def test_an_unknown_scene_or_light_is_said(folder):
    with_scene(folder, '[scene."33"]\ntakes = 2')
    assert '"3"' in wrong(folder).remedy


@pytest.mark.parametrize(
    ("light", "remedy"),
    [
        ("orbital sunrize", "orbital sunrise"),
        ("over Mosocw", '"Moscow"'),
        ("in contact", "[[relay]]"),
        ("outside saa", "[saa]"),
    ],
)
def test_a_light_that_the_production_cannot_know_is_said(folder, light, remedy):
    with_scene(folder, f'[scene."3"]\nlight = "{light}"')
    assert remedy in wrong(folder, LightError).remedy


def test_light_of_the_orbit_on_earth_is_made_by_lamps_and_noted(folder, change):
    change('id = "cupola"', 'id = "deck"')
    change('sets = ["ISS - CUPOLA"]', "sets = []")
    change('sets = ["HOUSE"]', 'sets = ["*"]')
    script = read_production(folder).script
    assert script.scene("3").shots[0].light.is_any
    assert any("lamps make it" in note.text for note in script.notes)


def test_light_of_the_ground_outside_a_station_means_that_of_the_orbit(folder):
    file = folder / "script.fountain"
    file.write_text(file.read_text().replace("INT. ISS - CUPOLA - ORBITAL SUNRISE", "EXT. ISS - CUPOLA - NIGHT"))
    script = read_production(folder).script
    assert str(script.scene("3").shots[0].light) == "orbital night"
    assert any("read as orbital night" in note.text for note in script.notes)


def test_a_pin_is_typed_as_people_say_it(folder):
    production = with_pins(read_production(folder), ["1=2022-06-07T14:30", "3-2=2021-10-07"])
    pins = {pin.strip: pin for pin in production.pins}
    assert (pins["1"].day, pins["1"].start) == (date(2022, 6, 7), time(14, 30))
    assert (pins["3-1"].day, pins["3-2"].day) == (date(2021, 10, 6), date(2021, 10, 7))


@pytest.mark.parametrize("word", ["1", "1=", "1=soon", "9=2022-06-07", "=2022-06-07"])
def test_a_pin_that_cannot_be_read_is_said(folder, word):
    with pytest.raises(ProductionError) as caught:
        with_pins(read_production(folder), [word])
    assert caught.value.remedy
