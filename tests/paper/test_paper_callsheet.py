"""Both sides of a call sheet: office, pick-ups, Sun and Moon, contacts, crew rows, safety, minors, and a name across a copy."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime, time

import pdfplumber
import pytest
import sample

from cupola.model import Board, CastMember, Contact, Desk, Element, Production, Scene, Vehicle
from cupola.model.outside import Outing, outing_banners
from cupola.paper import call_sheet, call_sheet_pdf
from cupola.paper.callsheet import CallSheet
from cupola.paper.callsheet_back import bulletins, hazards
from cupola.paper.callsheet_map import ground_map
from cupola.paper.callsheet_sky import Passes, RollSky
from cupola.paper.phrases import Phrases

DESK = Desk(
    director="Анна Каренина",
    producers=("First Producer", "Второй продюсер"),
    address="Mosfilmovskaya 1",
    phone="+7 000 000-00-00",
    channels=(("1", "production"), ("2", "camera")),
    contacts=(
        Contact(name="Борис Годунов", duty="Gaffer", department="Electric", early_min=45),
        Contact(name="Vera Nikolaevna", duty="1st AD", department="Production", phone="+7 111", unit="main"),
        Contact(name="Grip", duty="Key grip", department="Electric", early_min=-30),
        Contact(name="Elsewhere", duty="2nd unit DP", unit="second"),
    ),
    vehicles=(Vehicle(name="Camera van", driver="Driver", carries="camera, lenses", early_min=60),),
)


def filled() -> Production:
    production = sample.production()
    places = tuple(
        replace(place, hospital="Hospital No 7", parking="Lot B", base="Sports hall") if place.id == "star-city" else place
        for place in production.places
    )
    cast = tuple(replace(m, pickup_min=50, ready_min=90) if m.id == "ZHENYA" else m for m in production.cast)
    return replace(production, desk=DESK, places=places, cast=cast)


def front_and_back(made: bytes) -> tuple[str, str]:
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        texts = [" ".join((page.extract_text() or "").split()) for page in pdf.pages]
    return texts[0], " ".join(texts[1:])


def earth_sheet(production: Production, day: int = 1) -> CallSheet:
    board = sample.board()
    return call_sheet(production, board, board.days[3 + day], suns=sample.suns())


def test_who_and_where_the_production_is() -> None:
    board = sample.board()
    front, back = front_and_back(call_sheet_pdf(filled(), board, board.days[4], suns=sample.suns()))
    for words in ("Анна Каренина", "First Producer", "Второй", "Mosfilmovskaya 1", "000-00-00", "Weather"):
        assert words in front
    for words in ("Hospital No 7", "Lot B", "Sports hall", "2 camera", "Camera van Driver camera, lenses 09:00"):
        assert words in back


def test_a_pick_up_is_before_the_report_and_make_up_before_the_set() -> None:
    call = next(call for call in earth_sheet(filled()).cast if call.role == "ZHENYA")
    # On set at 17:15, 90 minutes of make-up, 50 minutes of ride.
    assert (call.pickup, call.call, call.on_set) == ("14:55", "15:45", "17:15")
    assert earth_sheet(filled()).cast[1].pickup == ""


def test_the_crew_stands_by_department_with_its_own_calls() -> None:
    sheet = earth_sheet(filled())
    # The unit's call is 10:00.
    assert [(each.department, each.duty, each.call) for each in sheet.contacts] == [
        ("Electric", "Gaffer", "09:15"),
        ("Electric", "Key grip", "10:30"),
        ("Production", "1st AD", "10:00"),
    ]
    board = sample.board()
    assert call_sheet(filled(), board, board.days[0]).contacts == ()


def test_the_next_days_are_told_three_at_most() -> None:
    board = sample.board()
    sheets = [call_sheet(sample.production(), board, day) for day in board.days]
    assert [[line.day.number for line in sheet.advances] for sheet in sheets] == [[2, 3], [3], [], [2, 3, 4], [3, 4], [4], []]


def test_sun_and_moon_over_every_place_of_a_day() -> None:
    board, day = sample.board(), sample.board().days[4]
    suns = [replace(sun, place=place) for sun in sample.suns() for place in ("star-city", "flat") if sun.date == day.date]
    suns[1] = replace(
        suns[1],
        golden_utc=((at(day.date, "17:31"), at(day.date, "18:44")),),
        moonrise_utc=at(day.date, "19:50"),
        moon_lit_percent=98.4,
        moon_phase="full",
    )
    sheet = call_sheet(sample.production(), board, day, suns=suns)
    assert [sun.place for sun in sheet.suns] == ["Star City", "Flat in Shchyolkovo"]
    assert (sheet.suns[0].sunrise, sheet.suns[0].sunset, sheet.suns[0].dawn) == ("03:44", "21:14", "– · 02:58")
    assert (sheet.suns[1].golden, sheet.suns[1].moon, sheet.suns[1].phase) == (("20:31-21:44",), "22:50, –", "full, 98 % lit")


def at(day: date, text: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(text), tzinfo=UTC)


def test_contacts_and_anomaly_are_cut_to_the_crew_day() -> None:
    board, day = sample.board(), sample.board().days[0]
    passes = Passes(
        station="ISS",
        contacts={
            "TDRS East": [(at(day.date, "07:30"), at(day.date, "08:20")), (at(day.date, "21:00"), at(day.date, "22:00"))]
        },
        saa=[(at(day.date, "18:50"), at(day.date, "19:10"))],
    )
    sheet = call_sheet(sample.production(), board, day, flight=sample.flight(), passes=passes)
    assert sheet.passes is not None
    assert sheet.passes.contacts == (("TDRS East", ((at(day.date, "08:00"), at(day.date, "08:20")),)),)
    assert sheet.passes.saa == ((at(day.date, "18:50"), at(day.date, "19:00")),)
    _, back = front_and_back(call_sheet_pdf(sample.production(), board, day, flight=sample.flight(), passes=passes))
    assert "Contacts, AOS-LOS, UTC TDRS East 08:00-08:20" in back
    assert "Anomaly, in-out, UTC 18:50-19:00" in back


def test_each_of_the_crew_has_a_row_with_what_needs_them() -> None:
    board = sample.board()
    sheet = call_sheet(sample.production(), board, board.days[0], flight=sample.flight())
    rows = {row.name: row for row in sheet.rows}
    strips = {strip.id: set(strip.cast) for strip in board.days[0].strips}
    # The director runs the camera for every strip; the hosts play GLEB and FOMIN.
    assert {name for name, _, _ in rows["Director-operator"].strips} == set(strips)
    assert {name for name, _, _ in rows["Host cosmonaut 1"].strips} == {name for name, cast in strips.items() if "GLEB" in cast}
    assert len(rows["Director-operator"].rigs) == 3
    assert rows["Lead actress"].rigs == ()


def test_a_spacewalk_is_on_the_rows_of_its_pair_and_on_the_back() -> None:
    board = sample.board()
    on = board.days[1].date
    walk = Outing(
        number=1,
        pair=("host1", "host2"),
        suits_utc=at(on, "08:00"),
        out_utc=at(on, "12:00"),
        in_utc=at(on, "16:00"),
        back_utc=at(on, "17:30"),
    )
    day = replace(board.days[1], banners=(*board.days[1].banners, *outing_banners(walk)))
    sheet = call_sheet(sample.production(), board, day, flight=sample.flight())
    assert [row.outside for row in sheet.rows] == [(), (), ((walk.out_utc, walk.in_utc),), ((walk.out_utc, walk.in_utc),)]
    _, back = front_and_back(call_sheet_pdf(sample.production(), board, day, flight=sample.flight()))
    assert "Spacewalk 1, host1, host2: suits from 08:00, outside 12:00 to 16:00, back 17:30 UTC." in back


def test_the_sun_at_the_roll_is_printed_where_it_is_known() -> None:
    board, day = sample.board(), sample.board().days[0]
    known = RollSky(
        strip="42-1",
        sun_deg=-0.42,
        aboard=True,
        bearing="64° to starboard of the stern",
        panes=(("cupola-2", 21.6),),
        exposures=(("sunlit structure outside", 15.7), ("airglow over the dark limb", -6.0)),
    )
    made = call_sheet_pdf(sample.production(), board, day, flight=sample.flight(), rolls={"42-1": known})
    _, back = front_and_back(made)
    assert "42-1 −0.4° 64° to starboard of cupola-2 22° sunlit structure outside 16 · airglow over the dark limb −6" in back
    _, silent = front_and_back(call_sheet_pdf(sample.production(), board, day, flight=sample.flight()))
    assert "At the roll" not in silent


def with_elements(scene: Scene, *elements: tuple[str, str]) -> Scene:
    return replace(scene, elements=tuple(Element(category=kind, name=name, line=1) for kind, name in elements))


@pytest.mark.parametrize(
    ("element", "number"),
    # Numbers of the industry-wide safety bulletins, csatf.org.
    [
        (("prop", "two Pistols"), "1"),
        (("prop", "ружьё на стене"), "1"),
        (("vehicle", "12 helicopters"), "3"),
        (("stunt", "fall from the roof"), "4"),
        (("animal", "a cat"), "6"),
        (("sfx", "smoke machine"), "10"),
        (("sfx", "explosion"), "16"),
        (("vehicle", "rubber boat"), "17"),
        (("prop", "gunny sack and blankets"), ""),
    ],
)
def test_safety_bulletins(element: tuple[str, str], number: str) -> None:
    line = earth_sheet(sample.production()).strips[0]
    found = bulletins([replace(line, scene=with_elements(line.scene, element))])
    assert [each.hazard.number for each in found] == ([number] if number else [])


def test_every_hazard_has_a_title_in_both_languages() -> None:
    assert all(all(hazard.title) and (hazard.categories or hazard.words) for hazard in hazards())


def test_background_is_counted_by_scene() -> None:
    production = sample.production()
    scenes = tuple(replace(s, background=40) if s.number == "11A" else s for s in production.script.scenes)
    crowded = replace(production, script=replace(production.script, scenes=scenes))
    assert earth_sheet(crowded).background == (("11A", 40),)
    front, _ = front_and_back(call_sheet_pdf(crowded, sample.board(), sample.board().days[4]))
    assert "40 in scene 11A" in front


def test_minors_have_their_hours_and_a_release() -> None:
    # 8 CCR 11760: from 16 to 18 years 10 hours at the place of employment, extended by a meal of half an hour.
    production = sample.production()
    cast = tuple(
        replace(m, born=date(2005, 9, 1), packs=("minors-california",)) if m.id == "ZHENYA" else m for m in production.cast
    )
    (minor,) = earth_sheet(replace(production, cast=cast)).minors
    assert (minor.role, minor.on_set_min) == ("ZHENYA", 630)
    arrival = next(call for call in earth_sheet(production).cast if call.role == "ZHENYA").call
    assert (arrival, minor.release_by) == ("16:15", "00:30" if minor.latest == time(0, 30) else f"{minor.latest:%H:%M}")


def test_a_name_stands_across_every_page_of_a_copy() -> None:
    board = sample.board()
    made = call_sheet_pdf(sample.production(), board, board.days[4], recipient="Мария К.", standards=["ua-1"])
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        for page in pdf.pages:
            assert "Copy for Мария К." in " ".join((page.extract_text() or "").split())
            large = "".join(char["text"] for char in page.chars if char["matrix"][1] > 0.5)
            assert large.replace(" ", "") == "МарияК."


def test_the_ground_map_has_the_windows_and_the_names_of_strips() -> None:
    board, production = sample.board(), sample.production()
    sheet = call_sheet(production, board, board.days[0], flight=sample.flight())
    assert sheet.orbit is not None
    drawn = ground_map(sample.flight(), sample.station(), sheet.orbit, sheet.strips)
    assert {label[0] for label in drawn.labels} == {"3", "42-1", "44", "Patagonia"}
    assert all(0 <= x <= 1 and -0.05 <= y <= 1.05 for _, x, y, _ in drawn.labels)
    assert drawn.svg.count('class="window"') >= 2  # sunrise and pass; the long night has only its roll
    assert drawn.svg.count('class="roll"') == 3


def crowd(count: int, strips: int) -> tuple[Production, Board]:
    """A day with so many of the cast, on a set of sixty letters."""
    production, board = sample.production(), sample.board()
    names = [f"ГЕРОЙ НОМЕР {n}" for n in range(count)]
    cast = tuple(CastMember(id=name, board_id=n + 1, name=f"Исполнитель Фамилия-Двойная {n}") for n, name in enumerate(names))
    scene = replace(production.script.scene("11A"), cast=tuple(names))
    scenes = tuple(scene if s.number == "11A" else s for s in production.script.scenes)
    day = board.days[4]
    own = tuple(replace(strip, cast=tuple(names)) for strip in day.strips if strip.scene == "11A")
    many = replace(day, strips=own * strips)
    full = replace(production, cast=cast, script=replace(production.script, scenes=scenes))
    return full, replace(board, days=(many,))


@pytest.mark.parametrize("lang", ["en", "ru+en"])
def test_forty_people_and_a_long_set_stand_inside_the_page(lang: str) -> None:
    production, board = crowd(40, 1)
    phrases = Phrases(lang="ru+en" if lang == "ru+en" else "en")
    made = call_sheet_pdf(production, board, board.days[0], suns=sample.suns(), phrases=phrases)
    with pdfplumber.open(io.BytesIO(made)) as pdf:
        text = " ".join(" ".join((page.extract_text() or "").split()) for page in pdf.pages)
        words = [(word["x0"], word["x1"], page.width) for page in pdf.pages for word in page.extract_words()]
    assert all(x0 > 30 and x1 < width - 30 for x0, x1, width in words)
    assert all(f"ГЕРОЙ НОМЕР {n}" in text for n in range(40))


def test_a_sheet_knows_no_sky_by_itself() -> None:
    board = sample.board()
    sheet = call_sheet(sample.production(), board, board.days[4])
    assert (sheet.suns, sheet.rolls, sheet.passes, sheet.orbit) == ((), (), None, None)
