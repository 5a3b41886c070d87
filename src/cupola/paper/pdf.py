"""Call sheets and one-liners as PDF by typst: values go in as JSON, never as markup; the same board gives the same bytes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Literal
from zoneinfo import ZoneInfo

from cupola.model import Board, Day, FlightSky, Production, SunTimes
from cupola.paper.callsheet import MEAL, CallSheet, CastCall, call_sheet, call_sheets
from cupola.paper.html_board import unit_title
from cupola.paper.oneliner import OneLinerDay, one_liner
from cupola.paper.orbit_day import OrbitDay, windows_of
from cupola.paper.parts import template
from cupola.paper.strips import StripLine, days_in_order
from cupola.paper.wording import clock, clock_s, count_text, date_text, edge_text, short_date

Sheet = Literal["a4", "us-letter"]
"""The paper to print on, in typst's words."""

Standard = Literal["ua-1", "a-2b", "a-3b"]
"""A standard to be proven by typst as it writes: accessibility (PDF/UA-1) or archives (PDF/A)."""

BLANKS = ("Weather", "Nearest hospital", "Parking and base", "Production office")
"""What a sheet on Earth leaves for the hand: nothing in a production knows it."""

HOUR = timedelta(hours=1)


def one_liner_pdf(production: Production, board: Board, *, paper: Sheet = "a4", standards: Sequence[Standard] = ()) -> bytes:
    """Return the one-liner of a board as a tagged PDF; typst proves the `standards` asked for."""
    lines = one_liner(production, board)
    units = dict.fromkeys(line.unit.id for line in lines.days)
    values = {
        "film": lines.title,
        "board": lines.board,
        "span": span_of(board),
        "units": [
            {
                "title": unit_title(production.unit(unit)),
                "days": [_one_liner_day(line) for line in lines.days if line.unit.id == unit],
            }
            for unit in units
        ],
        "boneyard": ", ".join(lines.boneyard),
    }
    return compiled("one_liner.typ", f"{lines.title}, one-liner", board, paper, standards, values)


def call_sheet_pdf(
    production: Production,
    board: Board,
    day: Day,
    *,
    sun: SunTimes | None = None,
    flight: FlightSky | None = None,
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the call sheet of one day as a tagged PDF."""
    sheet = call_sheet(production, board, day, sun=sun, flight=flight)
    title = f"{sheet.title}, call sheet, {unit_title(sheet.unit)}, day {day.number}"
    return compiled("call_sheet.typ", title, board, paper, standards, {"sheets": [_sheet(sheet)]})


def call_sheets_pdf(
    production: Production,
    board: Board,
    *,
    suns: Sequence[SunTimes] = (),
    flights: Sequence[FlightSky] = (),
    paper: Sheet = "a4",
    standards: Sequence[Standard] = (),
) -> bytes:
    """Return the call sheets of all days of a board, unit by unit, as one tagged PDF."""
    sheets = call_sheets(production, board, days_in_order(production, board), suns=suns, flights=flights)
    return compiled(
        "call_sheet.typ", f"{production.title}, call sheets", board, paper, standards, {"sheets": [_sheet(s) for s in sheets]}
    )


def compiled(name: str, title: str, board: Board, paper: Sheet, standards: Sequence[Standard], values: dict[str, Any]) -> bytes:
    """Compile a template with values; the document's date is the board's first day, so no clock is read."""
    import typst

    first = min((day.date for day in board.days), default=date(1970, 1, 1))
    made = {"title": title, "author": "Cupola", "paper": paper, "date": [first.year, first.month, first.day], **values}
    source = f"{template('common.typ')}\n{template(name)}"
    pdf = typst.compile(
        source.encode(),
        format="pdf",
        font_paths=typst.Fonts(include_system_fonts=False),
        sys_inputs={"data": json.dumps(made, ensure_ascii=False)},
        pdf_standards=[*standards],
        timestamp=int(datetime(first.year, first.month, first.day, tzinfo=UTC).timestamp()),
    )
    assert isinstance(pdf, bytes)
    return pdf


def span_of(board: Board) -> str:
    """Write from which date to which a board runs."""
    dates = sorted(day.date for day in board.days)
    return f"{date_text(dates[0])} to {date_text(dates[-1])}" if dates else ""


def _strip(line: StripLine) -> dict[str, str]:
    return {
        "scene": line.number,
        "ie": line.int_ext,
        "set": line.set,
        "word": line.time_of_day,
        "part": line.part,
        "synopsis": line.synopsis,
        "pages": line.pages,
        "cast": line.cast_text,
        "start": line.start,
        "end": line.end,
        "light": line.light,
        "fill": line.colour.fill,
        "ink": line.colour.ink,
    }


def _one_liner_day(line: OneLinerDay) -> dict[str, Any]:
    return {
        "number": str(line.day.number),
        "of": str(line.of),
        "date": line.date,
        "places": " · ".join(line.places),
        "call": line.call,
        "wrap": line.wrap,
        "zone": line.zone,
        "strips": [_strip(strip) for strip in line.strips],
        "end": f"End of day {line.day.number} · {count_text(line.scenes, 'scene')} · {line.pages} pages",
    }


def _sheet(sheet: CallSheet) -> dict[str, Any]:
    return {
        "title": sheet.title,
        "board": sheet.board,
        "unit": unit_title(sheet.unit),
        "number": str(sheet.day.number),
        "of": str(sheet.of),
        "date": sheet.date,
        "call": sheet.call,
        "zone": sheet.zone,
        "figures": _figures(sheet),
        "blanks": [] if sheet.unit.is_orbit else list(BLANKS),
        "notes": [{"text": note, "loose": note.startswith("Not firm")} for note in sheet.notes],
        "orbit": _orbit(sheet, sheet.orbit) if sheet.orbit else None,
        "strips": _in_order(sheet),
        "total": f"{count_text(sheet.scenes, 'scene')} · {count_text(len(sheet.strips), 'strip')} · {sheet.pages} pages",
        "named": any(call.name for call in sheet.cast),
        "cast": [_cast(call, named=any(call.name for call in sheet.cast)) for call in sheet.cast],
        "crew": [
            [who.name + (" (camera)" if who.operates else ""), who.duty, ", ".join(who.blocks), ", ".join(who.roles)]
            for who in sheet.crew
        ],
        "needed": [
            [kind, "; ".join(f"{thing.name} ({', '.join(thing.scenes)})" for thing in things)]
            for kind, things in sheet.needed.items()
        ],
        "advance": _advance(sheet.advance) if sheet.advance else None,
    }


def _in_order(sheet: CallSheet) -> list[dict[str, str]]:
    """Strips and banners in the order of their times."""
    strips = [(line.strip.start_utc, 1, _strip(line)) for line in sheet.strips]
    banners = [
        (b.start_utc, 0, {"text": b.text, "start": clock(b.start_utc, sheet.tz), "end": clock(b.end_utc, sheet.tz)})
        for b in sheet.day.banners
    ]
    return [row for _, _, row in sorted([*strips, *banners], key=lambda mark: mark[:2])]


def _cast(call: CastCall, *, named: bool) -> list[str]:
    name = [call.name] if named else []
    return [call.board_id, call.role, *name, call.status, call.call, call.on_set, call.wrap, ", ".join(call.scenes)]


def _figures(sheet: CallSheet) -> list[list[str]]:
    places = " · ".join(place.name for place in sheet.places)
    meal = any(banner.text == MEAL for banner in sheet.day.banners)
    figures = [
        ["Call", sheet.call],
        ["First shot", sheet.first_shot],
        ["Meal" if meal else "Breaks", sheet.meal],
        ["Wrap", sheet.wrap],
        ["Place", places],
    ]
    if sheet.sun is not None:
        sun = sheet.sun
        first, last = (
            f"{clock(a, sun.tz)}-{clock(b, sun.tz)}" if a and b else "none"
            for a, b in ((sun.civil_dawn_utc, sun.sunrise_utc), (sun.sunset_utc, sun.civil_dusk_utc))
        )
        on = "" if _ends_on_its_date(sheet) else f", {short_date(sun.date)[4:]}"
        figures += [[f"Dawn to sunrise{on}", first], [f"Sunset to dusk{on}", last]]
    return [figure for figure in figures if figure[1]]


def _ends_on_its_date(sheet: CallSheet) -> bool:
    """False for a night shoot: then the Sun's times must say whose date they are of."""
    return sheet.day.wrap_utc.astimezone(ZoneInfo(sheet.tz)).date() == sheet.day.date


def _orbit(sheet: CallSheet, orbit: OrbitDay) -> dict[str, Any]:
    hours = round((orbit.end_utc - orbit.start_utc) / HOUR)
    step = 1 if hours <= 14 else 2
    marks = [orbit.start_utc + n * HOUR for n in range(0, hours + 1, step)]
    lit = [strip for strip in windows_of(sheet.day.strips) if strip.window]
    sky = [f"{orbit.station}", f"beta {orbit.beta_deg:.1f}°".replace("-", "−") if orbit.beta_deg is not None else ""]
    sky.append(f"night {orbit.night_min:.1f} min" if orbit.night_min is not None else "")
    return {
        "hours": [[orbit.share(at), clock(at, sheet.tz)] for at in marks],
        "blocks": _shares(orbit, orbit.blocks),
        "nights": _shares(orbit, orbit.nights),
        "windows": _shares(orbit, [(strip.window.open_utc, strip.window.close_utc) for strip in lit if strip.window]),
        "strips": [
            {
                "id": line.strip.id,
                "from": orbit.share(line.strip.start_utc),
                "to": orbit.share(line.strip.end_utc),
                "fill": line.colour.fill,
            }
            for line in sheet.strips
        ],
        "zone": sheet.zone,
        "sky": " · ".join(part for part in sky if part),
        "windows-table": [
            [
                strip.id,
                strip.window.why + ("" if strip.window.firm else ", not firm"),
                clock_s(strip.window.open_utc, sheet.tz),
                clock_s(strip.window.close_utc, sheet.tz),
                edge_text(strip.window.edge_s),
                _length(strip.window.length_s),
            ]
            for strip in lit
            if strip.window
        ],
    }


def _shares(orbit: OrbitDay, spans: Sequence[tuple[datetime, datetime]]) -> list[list[float]]:
    """Spans as shares of the band, cut to it."""
    cut = [(max(orbit.share(a), 0.0), min(orbit.share(b), 1.0)) for a, b in spans]
    return [[a, b] for a, b in cut if a < b]


def _length(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes} min {rest:02d} s" if minutes else f"{rest} s"


def _advance(line: OneLinerDay) -> dict[str, Any]:
    return {
        "title": f"day {line.day.number}, {line.date}, call {line.call} {line.zone}",
        "strips": [
            [f"{s.start}-{s.end}", s.number, s.int_ext, s.set, s.time_of_day, s.pages, s.cast_text] for s in line.strips
        ],
    }
