"""The orbit strip of a call sheet: a crew day as shares of a band, row by row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import Any

from cupola.model import Strip
from cupola.paper.callsheet import CallSheet
from cupola.paper.callsheet_crew import CrewRow
from cupola.paper.callsheet_words import edge_words, length_words
from cupola.paper.orbit_day import OrbitDay, Span, windows_of
from cupola.paper.wording import clock, clock_s

HOUR = timedelta(hours=1)


def orbit_values(sheet: CallSheet) -> dict[str, Any]:
    """Return the orbit strip of a sheet, times as shares of the band (0 to 1)."""
    orbit, say = sheet.orbit, sheet.phrases
    assert orbit is not None, "a sheet without a sky has no orbit strip"
    hours = round((orbit.end_utc - orbit.start_utc) / HOUR)
    step = 1 if hours <= 14 else 2
    marks = [orbit.start_utc + n * HOUR for n in range(0, hours + 1, step)]
    lit = [strip for strip in windows_of(sheet.day.strips) if strip.window]
    passes = sheet.passes
    return {
        "hours": [[orbit.share(at), clock(at, sheet.tz)] for at in marks],
        "nights": shares(orbit, orbit.nights),
        "windows": shares(orbit, [(strip.window.open_utc, strip.window.close_utc) for strip in lit if strip.window]),
        "strips": [
            {
                "id": line.strip.id,
                "from": orbit.share(line.strip.start_utc),
                "to": orbit.share(line.strip.end_utc),
                "fill": line.colour.fill,
            }
            for line in sheet.strips
        ],
        "contacts": [] if passes is None else [[name, shares(orbit, spans)] for name, spans in passes.contacts],
        "saa": None if passes is None or passes.saa is None else shares(orbit, passes.saa),
        "rows": [_row(row, sheet, orbit) for row in sheet.rows],
        "walks": bool(sheet.outings),
        "sky": " · ".join(_sky(orbit, sheet)),
        "opens": say("opens", zone=sheet.zone),
        "closes": say("closes", zone=sheet.zone),
        "windows-table": [_window(strip, sheet) for strip in lit],
    }


def _sky(orbit: OrbitDay, sheet: CallSheet) -> Iterator[str]:
    yield orbit.station
    if orbit.beta_deg is not None:
        yield sheet.phrases("beta", value=orbit.beta_deg)
    if orbit.night_min is not None:
        yield sheet.phrases("night-min", value=orbit.night_min)


def _row(row: CrewRow, sheet: CallSheet, orbit: OrbitDay) -> dict[str, Any]:
    fills = {line.strip.id: line.colour.fill for line in sheet.strips}
    return {
        "name": row.name,
        "blocks": shares(orbit, row.blocks),
        "strips": [[orbit.share(a), orbit.share(b), fills[name]] for name, a, b in row.strips],
        "rigs": shares(orbit, row.rigs),
        "suits": shares(orbit, row.suits),
        "outside": shares(orbit, row.outside),
    }


def _window(strip: Strip, sheet: CallSheet) -> list[str]:
    window, say = strip.window, sheet.phrases
    assert window is not None, f"strip {strip.id} has no window"
    return [
        strip.id,
        say.why(window.why) + ("" if window.firm else f", {say('not-firm')}"),
        clock_s(window.open_utc, sheet.tz),
        clock_s(window.close_utc, sheet.tz),
        edge_words(window, say.figures),
        length_words(window.length_s, say.figures),
    ]


def shares(orbit: OrbitDay, spans: Sequence[Span]) -> list[list[float]]:
    """Return spans as shares of the band, cut to it."""
    cut = [(max(orbit.share(a), 0.0), min(orbit.share(b), 1.0)) for a, b in spans]
    return [[a, b] for a, b in cut if a < b]
