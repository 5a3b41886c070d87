"""Launches, dates that move with them, spacewalks and places outside, as production.toml says them."""

from __future__ import annotations

from datetime import date

import pytest

from cupola.errors import ProductionError
from cupola.files import read_production

WALKS = '[station.spacewalks]\npairs = [["CAPTAIN", "MATE"]]\nlongest_min = 420\nrate = "130 000 EUR"\n'
MATE = '\n[[crew]]\nid = "MATE"\nname = "Mate"\nblocks = ["08:00-12:00"]\n'


def changed(folder, *swaps):
    file = folder / "production.toml"
    text = file.read_text(encoding="utf-8")
    for old, new in swaps:
        assert old in text
        text = text.replace(old, new, 1)
    file.write_text(text, encoding="utf-8")
    return folder


def walking(folder, *swaps):
    text = (folder / "production.toml").read_text(encoding="utf-8")
    (folder / "production.toml").write_text(text + MATE + WALKS, encoding="utf-8")
    return changed(folder, *swaps)


def wrong(folder):
    with pytest.raises(ProductionError) as caught:
        read_production(folder)
    assert caught.value.line
    assert caught.value.remedy
    return caught.value


def test_launches_and_spacewalks_are_read(folder):
    walking(folder, ('kind = "orbit"', 'kind = "orbit"\nlaunches = [2021-10-09, 2021-10-05, 2021-10-09]'))
    orbit = read_production(folder).unit("orbit")
    assert orbit.launches == (date(2021, 10, 5), date(2021, 10, 9))
    walks = orbit.station.spacewalks
    assert (walks.pairs, walks.longest_min, walks.rate.cents) == ((("CAPTAIN", "MATE"),), 420, 13_000_000)


def test_without_the_table_nobody_goes_outside(folder):
    assert read_production(folder).unit("orbit").station.spacewalks is None


def test_a_unit_on_earth_has_no_launches(folder):
    error = wrong(changed(folder, ('id = "main"', 'id = "main"\nlaunches = [2022-06-06]')))
    assert "only a unit in orbit is launched" in error.rule


def test_a_pair_is_two_people_aboard(folder):
    assert wrong(walking(folder, ('"MATE"]]', '"MATTE"]]'))).value == "MATTE"


def test_nobody_goes_out_with_themselves(folder):
    assert wrong(walking(folder, ('"CAPTAIN", "MATE"', '"CAPTAIN", "CAPTAIN"'))).rule == "a spacewalk is made by two people"


def test_dates_move_with_an_orbit_unit(folder):
    folder = changed(folder, ("away = [", 'away = [{ first = 2022-06-13, last = 2022-06-14, flight = "orbit" }, '))
    spans = [span for member in read_production(folder).cast for span in member.away]
    assert [span.flight for span in spans if span.flight] == ["orbit"]
    changed(folder, ('flight = "orbit"', 'flight = "main"'))
    assert wrong(folder).value == "main"


def test_a_place_outside_needs_spacewalks(folder):
    error = wrong(changed(folder, ('id = "cupola"', 'id = "cupola"\noutside = true')))
    assert "nobody may go there" in error.rule


def test_a_scene_outside_needs_a_pair_with_all_of_its_cast(folder):
    folder = walking(folder, ('id = "cupola"', 'id = "cupola"\noutside = true'))
    assert read_production(folder).place("cupola").outside
    changed(folder, ('[["CAPTAIN", "MATE"]]', '[["MATE", "PILOT"]]'))
    text = (folder / "production.toml").read_text(encoding="utf-8")
    (folder / "production.toml").write_text(
        text.replace("[station.spacewalks]", MATE.replace("MATE", "PILOT").replace("Mate", "Pilot") + "[station.spacewalks]"),
        encoding="utf-8",
    )
    assert "no pair has all of its cast" in wrong(folder).rule
