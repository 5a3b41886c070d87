"""Call sheets as PDF, front and back: the values of a sheet, written out for the template."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from cupola.model import Board, Day, FlightSky, Production, SunTimes
from cupola.paper.callsheet import CallSheet, CastCall, call_sheet, call_sheets, loose_strips, span_text
from cupola.paper.callsheet_map import ground_map, world_svg
from cupola.paper.callsheet_sky import Passes, RollSky
from cupola.paper.callsheet_strip import orbit_values
from cupola.paper.callsheet_words import hours_words, pages_words, total_words, unit_words
from cupola.paper.oneliner import OneLinerDay
from cupola.paper.orbit_day import flight_of
from cupola.paper.pdf import Sheet, Standard, compiled
from cupola.paper.pdf_strips import rows_of
from cupola.paper.phrases import ENGLISH, Phrases
from cupola.paper.strips import MEAL, days_in_order
from cupola.paper.wording import clock

Row = list[str]


def call_sheet_pdf(
    production: Production,
    board: Board,
    day: Day,
    *,
    sun: SunTimes | None = None,
    suns: Sequence[SunTimes] = (),
    flight: FlightSky | None = None,
    passes: Passes | None = None,
    rolls: Mapping[str, RollSky] | None = None,
    phrases: Phrases = ENGLISH,
    recipient: str = "",
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the call sheet of one day as a tagged PDF; `recipient` is written across every page of that person's copy."""
    sheet = call_sheet(production, board, day, sun=sun, suns=suns, flight=flight, passes=passes, rolls=rolls, phrases=phrases)
    title = f"{sheet.title}, {phrases('call-sheet').casefold()}, {unit_words(sheet.unit, phrases)}, {day.number}"
    values = _document([_sheet(sheet, [flight] if flight else [])], phrases, recipient)
    return compiled("call_sheet.typ", title, board, paper, standards, values, phrases)


def call_sheets_pdf(
    production: Production,
    board: Board,
    *,
    suns: Sequence[SunTimes] = (),
    flights: Sequence[FlightSky] = (),
    passes: Sequence[Passes] = (),
    rolls: Mapping[str, RollSky] | None = None,
    phrases: Phrases = ENGLISH,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the call sheets of all days of a board, unit by unit, as one tagged PDF."""
    days = days_in_order(production, board)
    sheets = call_sheets(production, board, days, suns=suns, flights=flights, passes=passes, rolls=rolls, phrases=phrases)
    title = f"{production.title}, {phrases('call-sheets').casefold()}"
    values = _document([_sheet(sheet, flights) for sheet in sheets], phrases, "")
    return compiled("call_sheet.typ", title, board, paper, standards, values, phrases)


def _document(sheets: list[dict[str, Any]], phrases: Phrases, recipient: str) -> dict[str, Any]:
    return {
        "sheets": sheets,
        "world": world_svg(),
        "recipient": recipient,
        "copy": phrases.first("copy-for", name=recipient) if recipient else "",
    }


def _sheet(sheet: CallSheet, flights: Sequence[FlightSky]) -> dict[str, Any]:
    say = sheet.phrases
    named = any(call.name for call in sheet.cast)
    loose = bool(loose_strips(sheet.strips))
    return {
        "title": sheet.title,
        "board": sheet.board,
        "unit": unit_words(sheet.unit, say),
        "size": _size(sheet),
        "day": say("shift-of", number=sheet.day.number, of=sheet.of),
        "footer": _footer(sheet),
        "date": sheet.date,
        "call": sheet.call,
        "called": say("crew-call" if sheet.unit.is_orbit else "unit-call"),
        "zone": sheet.zone,
        "figures": _figures(sheet),
        "heads": _heads(sheet),
        "places": [] if sheet.unit.is_orbit else _places(sheet),
        "suns": _suns(sheet),
        "sky-of": f"{say('sky')}, {say.short_date(sheet.day.date)}",
        "notes": [{"text": note, "loose": loose and note is sheet.notes[-1]} for note in sheet.notes],
        "orbit": orbit_values(sheet) if sheet.orbit else None,
        "strips": rows_of(sheet.strips, sheet.day.banners, sheet.tz, say),
        "total": total_words(sheet.scenes, len(sheet.strips), sum(s.eighths for s in sheet.strips), sheet.pages, say),
        "named": named,
        "aboard": sheet.unit.is_orbit,
        "cast": [_cast(call, named=named, aboard=sheet.unit.is_orbit) for call in sheet.cast],
        "background": [say("background-of", count=count, scene=scene) for scene, count in sheet.background],
        "crew": _crew(sheet),
        "needed": [
            [say.word("category", kind), "; ".join(f"{thing.name} ({', '.join(thing.scenes)})" for thing in things)]
            for kind, things in sheet.needed.items()
        ],
        "advances": [_advance(line, say) for line in sheet.advances],
        "map": _map(sheet, flights),
        **_back(sheet),
    }


SIZES = ((9, 10.5), (13, 9.75))
"""Strips, cast and half the banners that a front has room for in a larger type (points); a fuller one is set in 9."""


def _size(sheet: CallSheet) -> float:
    """Return the size of type of a front: as large as its day leaves room for, to be read at arm's length."""
    filled = (
        len(sheet.strips) + (len(sheet.cast) + len(sheet.needed) + len(sheet.day.banners)) / 2 + 4 * (sheet.orbit is not None)
    )
    return next((size for most, size in SIZES if filled <= most), 9.0)


def _footer(sheet: CallSheet) -> str:
    say = sheet.phrases.first
    unit = unit_words(sheet.unit, say)
    return say("footer", title=sheet.title, unit=unit, number=sheet.day.number, date=sheet.day.date)


def _figures(sheet: CallSheet) -> list[Row]:
    say = sheet.phrases
    meal = any(banner.text == MEAL for banner in sheet.day.banners)
    figures = [
        [say("call"), sheet.call, ""],
        [say("first-shot"), sheet.first_shot, ""],
        [say("meal" if meal else "breaks"), sheet.meal, "" if meal else "breaks"],
        [say("wrap"), sheet.wrap, ""],
        [say("place"), " · ".join(place.name for place in sheet.places), "place"],
    ]
    return [figure for figure in figures if figure[1]]


def _heads(sheet: CallSheet) -> list[Row]:
    """Who and where the production is; on Earth the weather is left for the hand."""
    say, desk = sheet.phrases, sheet.desk
    office = ", ".join(part for part in (desk.address, desk.phone) if part)
    known = [[say("director"), desk.director], [say("producers"), ", ".join(desk.producers)], [say("office"), office]]
    if sheet.unit.is_orbit:
        return [row for row in known if row[1]]
    return [*(row for row in known[:2] if row[1]), known[2], [say("weather"), ""]]


def _places(sheet: CallSheet) -> list[Row]:
    """What a sheet on Earth says of each place; blanks are left for the hand."""
    return [[place.name, place.address, place.hospital, place.parking, place.base] for place in sheet.places]


def _suns(sheet: CallSheet) -> list[Row]:
    rows = []
    for sun in sheet.suns:
        moon = ", ".join(part for part in (sun.moon, sun.phase) if part)
        name = f"{sun.place} ({sheet.phrases.word('zone', sun.zone)})"
        rows.append([name, sun.dawn, sun.sunrise, sun.sunset, sun.dusk, ", ".join(sun.golden), ", ".join(sun.blue), moon])
    return rows


def _cast(call: CastCall, *, named: bool, aboard: bool) -> Row:
    name = [call.name] if named else []
    pickup = [] if aboard else [call.pickup or "–"]
    return [call.board_id, call.role, *name, call.status, *pickup, call.call, call.on_set, call.wrap, ", ".join(call.scenes)]


def _crew(sheet: CallSheet) -> list[Row]:
    runs = sheet.phrases("runs-camera")
    return [
        [who.name + (f" ({runs})" if who.operates else ""), who.duty, ", ".join(who.blocks), ", ".join(who.roles)]
        for who in sheet.crew
    ]


def _advance(line: OneLinerDay, say: Phrases) -> dict[str, Any]:
    return {
        "title": say(
            "advance-day", number=line.day.number, date=line.day.date, call=line.call, zone=say.word("zone", line.zone)
        ),
        "strips": [
            [f"{s.start}-{s.end}", s.number, say.word("ie", s.int_ext), s.set, s.time_of_day, pages_words(s, say), s.cast_text]
            for s in line.strips
        ],
    }


def _map(sheet: CallSheet, flights: Sequence[FlightSky]) -> dict[str, Any] | None:
    flight = flight_of(flights, sheet.unit)
    if flight is None or sheet.orbit is None or sheet.unit.station is None:
        return None
    drawn = ground_map(flight, sheet.unit.station.station, sheet.orbit, sheet.strips)
    return {"svg": drawn.svg, "labels": [list(label) for label in drawn.labels]}


def _back(sheet: CallSheet) -> dict[str, Any]:
    say, tz = sheet.phrases, sheet.tz
    return {
        "rolls": [_roll(roll, say) for roll in sheet.rolls],
        "passes": _passes(sheet),
        "outings": [
            say(
                "outing",
                number=walk.number,
                pair=", ".join(walk.pair),
                suits=clock(walk.suits_utc, tz),
                out=clock(walk.out_utc, tz),
                inside=clock(walk.in_utc, tz),
                back=clock(walk.back_utc, tz),
                zone=sheet.zone,
            )
            for walk in sheet.outings
        ],
        "contacts": [[each.department, each.duty, each.name, each.phone, each.call] for each in sheet.contacts],
        "vehicles": [[each.name, each.driver, each.carries, each.call] for each in sheet.vehicles],
        "channels": [] if sheet.unit.is_orbit else [list(pair) for pair in sheet.desk.channels],
        "bulletins": [_bulletin(sheet, index) for index in range(len(sheet.bulletins))],
        "minors": [
            [
                each.board_id,
                each.role,
                f"{each.earliest:%H:%M}-{each.latest:%H:%M}",
                hours_words(each.on_set_min, say),
                hours_words(each.work_min, say),
                hours_words(each.school_min, say) if each.school_min else "–",
                each.release_by,
                each.clause,
            ]
            for each in sheet.minors
        ],
        "signatures": [] if sheet.unit.is_orbit else [say("second-director"), say("line-producer")],
    }


def _bulletin(sheet: CallSheet, index: int) -> Row:
    found = sheet.bulletins[index]
    english, russian = found.hazard.title
    title = {"en": english, "ru": russian}.get(sheet.phrases.lang, f"{russian} / {english}")
    number = sheet.phrases("bulletin", number=found.hazard.number)
    return [title, number, f"{', '.join(found.things)} ({', '.join(found.scenes)})"]


def _roll(roll: RollSky, say: Phrases) -> Row:
    stands = say.bearing(roll.bearing) if roll.aboard else say("azimuth", value=round(roll.azimuth_deg))
    panes = ", ".join(f"{name} {off:.0f}°" for name, off in roll.panes)
    sun = f"{roll.sun_deg:.1f}°".replace("-", "−")
    exposed = " · ".join(f"{say.word('exposure', what)} {round(ev)}".replace("-", "−") for what, ev in roll.exposures)
    return [roll.strip, sun, stands, *([panes or "–", exposed] if roll.aboard else [])]


def _passes(sheet: CallSheet) -> list[Row]:
    """Contacts by relay, then the anomaly, each as spans of the day."""
    if sheet.passes is None:
        return []
    say, tz = sheet.phrases, sheet.tz
    none = say("none-in-day")
    contacts, saa = say("contacts", zone=sheet.zone), say("saa", zone=sheet.zone)
    rows = [
        [contacts if index == 0 else "", name, ", ".join(span_text(span, tz) for span in spans) or none]
        for index, (name, spans) in enumerate(sheet.passes.contacts)
    ]
    if sheet.passes.saa is not None:
        rows.append([saa, "", ", ".join(span_text(span, tz) for span in sheet.passes.saa) or none])
    return rows
