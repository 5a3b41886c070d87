"""Values of the paper room: light lines, money, colours, eighths, call sheets, the sky of a crew day."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import sample
from hypothesis import example, given
from hypothesis import strategies as st

from cupola.model import ANY_LIGHT, Clause, Light, Scene, Strip, Window, pages_text
from cupola.paper import STRIP_COLOURS, call_sheet, call_sheets, cost_table, light_line, money_text, one_liner, strip_lines
from cupola.paper.colours import strip_key
from cupola.paper.orbit_day import orbit_day
from cupola.paper.strips import counted_strips, slug
from cupola.paper.svg_map import split_at_date_line, spot_at, track_between
from cupola.paper.wording import share_text


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2021-10-13T{text}+00:00")


def scene(**changes: object) -> Scene:
    found = sample.scenes()[3]
    return replace(found, shots=(), line=812, **changes)  # type: ignore[arg-type]


def strip(window: Window | None) -> Strip:
    return Strip(
        id="42",
        scene="42",
        shot="42",
        take=1,
        takes=1,
        place="cupola",
        cast=(),
        start_utc=at("06:02:20"),
        roll_utc=at("06:12:20"),
        cut_utc=at("06:13:05"),
        end_utc=at("06:16:05"),
        window=window,
    )


SUNRISE = Window(open_utc=at("06:12:08"), close_utc=at("06:13:25"), edge_s=10, firm=True, why="orbital sunrise")


def test_light_line_is_the_one_of_the_design() -> None:
    # The line of the house's design, "One value, from page to call sheet", step 5.
    line = "light 06:12:08-06:13:25 UTC ±10 s · roll 06:12:20 · cut 06:13:05 · script line 812"
    assert light_line(scene(), strip(SUNRISE)) == line


def test_light_that_is_not_firm_says_so() -> None:
    line = light_line(scene(), strip(replace(SUNRISE, firm=False, edge_s=22.5)))
    assert line.startswith("light 06:12:08-06:13:25 UTC ±22.5 s · not firm · roll")


def test_light_line_in_the_zone_of_the_place() -> None:
    # Moscow is UTC+3 since 2014 (IANA time zone database).
    assert light_line(scene(), strip(SUNRISE), "Europe/Moscow").startswith("light 09:12:08-09:13:25 MSK ±10 s · roll 09:12:20")


def test_any_light_says_its_times_only_where_they_differ() -> None:
    loose = strip(None)
    assert light_line(scene(), loose) == "any light · roll 06:12:20 · cut 06:13:05 UTC · script line 812"
    whole = replace(loose, roll_utc=loose.start_utc, cut_utc=loose.end_utc)
    assert light_line(scene(), whole) == "any light · script line 812"


@pytest.mark.parametrize(
    ("cents", "currency", "text"),
    [
        (0, "RUB", "0 RUB"),
        (100, "RUB", "1 RUB"),
        (123456789, "USD", "1,234,567.89 USD"),
        (-150, "EUR", "-1.50 EUR"),
        (5000, "JPY", "5,000 JPY"),  # ISO 4217: the yen has no minor unit
        (1234567, "KWD", "1,234.567 KWD"),  # ISO 4217: the dinar has a thousandth
    ],
)
def test_money(cents: int, currency: str, text: str) -> None:
    assert money_text(cents, currency) == text


@given(st.integers(-(10**14), 10**14))
def test_money_reads_back(cents: int) -> None:
    amount = money_text(cents, "RUB").removesuffix(" RUB").replace(",", "")
    whole, _, rest = amount.lstrip("-").partition(".")
    assert (-1 if amount.startswith("-") else 1) * (int(whole) * 100 + int(rest or 0)) == cents


def test_a_gap_that_is_not_zero_never_reads_zero() -> None:
    assert (share_text(0.0), share_text(0.00001), share_text(0.1318)) == ("0 %", "0.1 %", "13.2 %")


def contrast(first: str, second: str) -> float:
    """Contrast of two colours by WCAG 2.2, "relative luminance"."""

    def luminance(colour: str) -> float:
        parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
        red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    dark, bright = sorted([luminance(first), luminance(second)])
    return (bright + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("colour", STRIP_COLOURS.values(), ids=lambda colour: colour.key)
def test_every_strip_can_be_read(colour: object) -> None:
    found = next(c for c in STRIP_COLOURS.values() if c is colour)
    assert contrast(found.fill, found.ink) >= 7


def test_no_two_strip_colours_are_the_same() -> None:
    assert len({(c.fill, c.ink) for c in STRIP_COLOURS.values()}) == len(STRIP_COLOURS)


def asks(condition: str) -> Light:
    return Light(clauses=(Clause(condition=condition),))


@pytest.mark.parametrize(
    ("int_ext", "word", "light", "aboard", "key"),
    [
        ("INT", "DAY", ANY_LIGHT, False, "INT DAY"),
        ("EXT", "NIGHT", ANY_LIGHT, False, "EXT NIGHT"),
        ("EXT", "EVENING", asks("evening golden hour"), False, "EXT GOLDEN"),
        ("EXT", "CONTINUOUS", asks("dusk"), False, "EXT DUSK"),
        ("INT", "LATER", ANY_LIGHT, False, "INT DAY"),
        ("НАТ", "РЕЖИМ", ANY_LIGHT, False, "EXT DUSK"),
        ("INT/EXT", "NIGHT", ANY_LIGHT, False, "INT NIGHT"),
        ("INT", "DAY", ANY_LIGHT, True, "INT STATION"),
        ("INT", "ORBITAL SUNRISE", ANY_LIGHT, True, "ORBITAL SUNRISE"),
        ("INT", "DAY", asks("orbital night"), True, "ORBITAL NIGHT"),
    ],
)
def test_colour_of_a_strip(int_ext: str, word: str, light: Light, aboard: bool, key: str) -> None:
    assert strip_key(scene(int_ext=int_ext, time_of_day=word), light, aboard=aboard) == key


def test_a_spacewalk_has_its_own_colour() -> None:
    assert strip_key(scene(set="TRUSS, EVA"), ANY_LIGHT, aboard=True) == "EVA"
    assert strip_key(scene(set="MEDEVAC BAY", time_of_day="DAY"), ANY_LIGHT, aboard=True) == "INT STATION"


def test_pages_of_a_board_are_those_of_its_scenes() -> None:
    production, board = sample.production(), sample.board()
    lines = [line for day in board.days for line in strip_lines(production, board, day)]
    shot = {line.strip.scene for line in lines}
    assert sum(line.eighths for line in lines) == sum(s.eighths for s in production.script.scenes if s.number in shot)
    assert len(counted_strips(board)) == len(shot)
    insert = next(line for line in lines if line.strip.id == "44/A")
    assert (insert.eighths, insert.pages, insert.number) == (0, "", "44/A")


def test_one_liner_has_every_strip_once_and_unit_by_unit() -> None:
    board = sample.board()
    found = one_liner(sample.production(), replace(board, days=board.days[::-1]))
    assert [line.day.unit for line in found.days] == ["orbit"] * 3 + ["main"] * 4
    assert sorted(line.strip.id for day in found.days for line in day.strips) == sorted(s.id for s in board.strips)


def test_call_sheet_of_an_earth_day() -> None:
    board = sample.board()
    sheets = call_sheets(sample.production(), board, board.days, suns=sample.suns(), flights=[sample.flight()])
    sheet = sheets[4]
    assert (sheet.date, sheet.call, sheet.wrap, sheet.zone, sheet.meal) == (
        "Wednesday 15 June 2022",
        "10:00",
        "21:55",
        "MSK",
        "15:15-16:15",
    )
    assert (sheet.day.number, sheet.of, sheet.pages, sheet.first_shot) == (2, 4, pages_text(15 + 9 + 5), "10:15")
    assert sheet.sun is not None
    assert sheet.sun.date == sheet.day.date
    assert [(call.board_id, call.status, call.call, call.on_set, call.wrap) for call in sheet.cast] == [
        ("1", "W", "16:15", "17:15", "21:41"),
        ("4", "SWF", "10:00", "10:15", "21:41"),  # an hour before 10:15 would be before the unit's call
        ("6", "SWF", "10:00", "10:15", "15:15"),
    ]
    assert [(thing.name, thing.scenes) for thing in sheet.needed["prop"]][-1] == ("kettle", ("13",))
    assert sheet.advance is not None
    assert sheet.advance.day is board.days[5]
    assert sheets[6].advance is None


def test_call_sheet_on_the_steppe_is_in_the_time_of_the_steppe() -> None:
    board = sample.board()
    sheet = call_sheet(sample.production(), board, board.days[6], sun=sample.suns()[3])
    assert (sheet.call, sheet.zone, sheet.strips[0].start) == ("15:00", "UTC+5", "15:15")


def test_call_sheet_of_an_orbit_day_prints_the_window_of_the_strip() -> None:
    production, board = sample.production(), sample.board()
    sheet = call_sheet(production, board, board.days[2], flight=sample.flight())
    assert sheet.orbit is not None
    assert all(line.strip is strip for line, strip in zip(sheet.strips, board.days[2].strips, strict=True))
    assert sheet.notes == (
        "Light from elements of Monday 4 October 2021, 17:31 UTC, 5.6 days old at call.",
        "Not firm, wait for later elements: 61.",
    )
    assert sheet.meal == "12:30-13:30"
    assert [(who.name, who.roles) for who in sheet.crew][1:3] == [
        ("Lead actress", ("ZHENYA",)),
        ("Host cosmonaut 1", ("GLEB",)),
    ]


def test_band_of_a_crew_day() -> None:
    board, flight = sample.board(), sample.flight()
    band = orbit_day(flight, sample.production().unit("orbit"), board.days[0])
    assert (band.start_utc.hour, band.end_utc.hour) == (8, 19)
    assert all(band.start_utc <= a < b <= band.end_utc for a, b in band.nights)
    assert band.share(band.start_utc) == 0
    assert band.share(band.end_utc) == 1
    dark = sum(((b - a) for a, b in band.nights), timedelta())
    inside = sum(
        (min(b, band.end_utc) - max(a, band.start_utc) for a, b in flight.nights if a < band.end_utc and b > band.start_utc),
        timedelta(),
    )
    assert dark == inside


def test_costs_are_grouped_and_never_changed() -> None:
    board = sample.board()
    table = cost_table(board.cost)
    assert sum(account.cents for account in table.accounts) == board.cost.total_cents
    assert dict(table.kinds)["fixed"] == table.fixed_cents
    assert sum(cents for _, cents in table.kinds) == table.total_cents
    assert [account.number for account in table.accounts] == sorted(account.number for account in table.accounts)
    assert all(table.sources[table.source_number(line) - 1] == line.source for line in board.cost.lines)


@example([(180.0, 0.0), (-180.0, 1.0)])
@example([(-180.0, 0.0), (180.0, 1.0)])
@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-60, 60)), max_size=30))
def test_no_stroke_of_a_map_runs_across_the_date_line(spots: list[tuple[float, float]]) -> None:
    lines = split_at_date_line(spots)
    assert all(abs(b[0] - a[0]) <= 180 for line in lines for a, b in itertools.pairwise(line))
    kept = [spot for line in lines for spot in line]
    assert [spot for spot in spots if spot not in kept] == []


def test_track_runs_straight_between_its_points() -> None:
    flight = sample.flight()
    a, b = flight.track[100], flight.track[101]
    middle = spot_at(flight.track, a.at_utc + (b.at_utc - a.at_utc) / 2)
    assert middle == pytest.approx(((a.lon_deg + b.lon_deg) / 2, (a.lat_deg + b.lat_deg) / 2))
    assert track_between(flight.track, a.at_utc, b.at_utc)[0] == pytest.approx((a.lon_deg, a.lat_deg))
    assert track_between(flight.track, flight.start_utc - timedelta(hours=2), flight.start_utc) == ()


@given(st.text(max_size=6), st.text(max_size=6))
def test_links_to_different_strips_differ(first: str, second: str) -> None:
    assert (slug(first) == slug(second)) == (first == second)
    assert slug(first).isascii()


def test_sample_is_in_utc() -> None:
    assert all(s.start_utc.tzinfo is UTC for s in sample.board().strips)
