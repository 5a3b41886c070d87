"""Rule packs, birthdays, permits and hours as production.toml says them."""

from __future__ import annotations

from datetime import date, time
from pathlib import Path

import pytest

from cupola.errors import ProductionError
from cupola.files import read_production
from cupola.model import Dates
from cupola.rules import limits_of

PACK = """\
[pack]
id = "ours"
title = "Ours"
date = "2022-05-01"

[rest]
min_h = 13
clause = "§4"
source = "our agreement"
"""
RULES = 'rules = ["film-12h", "station-crew-day"]'


def test_packs_of_units_and_people_are_read(folder, change):
    change('tz = "Europe/Paris"\n', 'tz = "Europe/Paris"\npacks = ["week-5-day", "not film-12h.rest"]\n')
    change('aboard = "CAPTAIN"\n', 'aboard = "CAPTAIN"\nborn = 2008-02-29\npacks = "minors-eu"\n')
    production = read_production(folder)
    assert production.unit("main").packs == ("week-5-day", "not film-12h.rest")
    anna = production.member("ANNA")
    assert (anna.born, anna.packs) == (date(2008, 2, 29), ("minors-eu",))


def test_permits_hours_and_quiet_of_a_place_are_read(folder, change):
    change(
        'sets = ["HOUSE"]\n',
        'sets = ["HOUSE"]\npermits = [{ first = 2022-06-07, last = 2022-06-09 }]\n'
        'hours = "08:00-22:00"\nquiet = "22:00-07:00"\n',
    )
    house = read_production(folder).place("house")
    assert house.permits == (Dates(first=date(2022, 6, 7), last=date(2022, 6, 9)),)
    assert house.hours == (time(8), time(22))
    assert house.quiet == (time(22), time(7)), "past midnight"


def test_a_pack_of_the_folder_is_read_and_counts_in_the_digest(folder, change):
    before = read_production(folder).digest
    (folder / "ours.toml").write_text(PACK)
    change(RULES, 'rules = ["film-12h", "ours.toml"]')
    production = read_production(folder)
    assert [pack.name for pack in production.own_packs] == ["ours.toml"]
    assert limits_of(production, production.unit("main")).rest.minutes == 780
    (folder / "ours.toml").write_text(PACK.replace("13", "14"))
    assert len({before, production.digest, read_production(folder).digest}) == 3


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ("min_h = 13", 'min_h = "13"', 7, "rest.min_h is a number of hours"),
        ("min_h = 13", "min = 13", 7, 'did you mean "min_h"?'),
        ('clause = "§4"\n', "", 6, "rest.clause is a text"),
        ('id = "ours"', 'id = "film-12h"', 2, "a name of its own"),
        ("[rest]", "[rset]", 6, 'did you mean "rest"?'),
        ("min_h = 13", "min_h = ", 7, "this is not TOML"),
        ("[rest]\nmin_h = 13", '[holiday]\ncountry = "Atlantis"', 7, "a calendar of public holidays"),
    ],
)
def test_a_slip_in_a_pack_is_told_with_the_packs_line(folder, change, old, new, line, said):
    (folder / "ours.toml").write_text(PACK.replace(old, new))
    change(RULES, 'rules = ["ours.toml"]')
    with pytest.raises(ProductionError) as caught:
        read_production(folder)
    assert said in str(caught.value)
    assert (Path(caught.value.file).name, caught.value.line) == ("ours.toml", line)
    assert caught.value.remedy


@pytest.mark.parametrize(
    ("word", "said"),
    [
        ("nowhere.toml", "this file is missing"),
        ("../ours.toml", "reads only files in its own folder"),
        ("film-12h.rest", "a rule pack is one that Cupola has"),
        ("not film-12h.rets", "a rule pack is one that Cupola has"),
        ("not", "a rule pack is one that Cupola has"),
    ],
)
def test_a_word_that_names_no_pack_is_refused_where_it_stands(folder, change, word, said):
    line = change('tz = "Europe/Paris"\n', f'packs = ["week-5-day", "{word}"]\ntz = "Europe/Paris"\n')
    with pytest.raises(ProductionError, match=said) as caught:
        read_production(folder)
    assert caught.value.line == line
    assert caught.value.remedy


@pytest.mark.parametrize("hours", ["08:00", "08:00-08:00", "8-22", "22:00-25:00"])
def test_hours_that_are_none_are_refused(folder, change, hours):
    line = change('sets = ["HOUSE"]\n', f'quiet = "{hours}"\nsets = ["HOUSE"]\n')
    with pytest.raises(ProductionError) as caught:
        read_production(folder)
    assert caught.value.line == line
