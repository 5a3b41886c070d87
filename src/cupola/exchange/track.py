"""Where the station flies and where its camera rolls: GeoJSON for maps (RFC 7946) and CZML for globes."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from cupola.model import Board, FlightSky, Production, Strip, TrackPoint
from cupola.sky import flight_sky


def flights_of(production: Production, board: Board) -> list[FlightSky]:
    """Return the sky of the whole flight for every station that the board shoots aboard."""
    units = [unit for unit in production.units if any(day.unit == unit.id for day in board.days)]
    return [flight_sky(u.station.station, start=u.first_utc, end=u.last_utc) for u in units if u.station]


def to_geojson(production: Production, board: Board) -> bytes:
    """Write tracks, places on Earth and the points under each roll as one FeatureCollection; [lon, lat] in degrees."""
    flights = flights_of(production, board)
    features = [
        *(_feature("LineString", [_pair(p) for p in piece], {"kind": "track", "station": sky.station, **_span(piece)})
          for sky in flights for piece in _pieces(sky.track)),
        *(_feature("Point", [place.lon_deg, place.lat_deg], {"kind": "place", "id": place.id, "name": place.name})
          for place in production.places if not production.unit(place.unit).is_orbit),
        *(_roll(strip, point) for sky in flights for strip, point in _rolls(production, board, sky)),
    ]  # fmt: skip
    return _json({"type": "FeatureCollection", "features": features})


def _feature(kind: str, coordinates: Any, properties: dict[str, Any]) -> dict[str, Any]:
    return {"type": "Feature", "geometry": {"type": kind, "coordinates": coordinates}, "properties": properties}


def _pair(point: TrackPoint) -> list[float]:
    return [round(point.lon_deg, 4), round(point.lat_deg, 4)]


def _span(piece: Sequence[TrackPoint]) -> dict[str, Any]:
    return {"from": _utc(piece[0].at_utc), "to": _utc(piece[-1].at_utc), "sunlit": piece[0].sunlit}


def _pieces(track: Sequence[TrackPoint]) -> Iterator[list[TrackPoint]]:
    """Cut a track where it crosses the antimeridian (RFC 7946, 3.1.9) and where day turns to night."""
    piece: list[TrackPoint] = []
    for point in track:
        if piece and (abs(point.lon_deg - piece[-1].lon_deg) > 180 or point.sunlit != piece[-1].sunlit):
            if len(piece) > 1:
                yield piece
            piece = [] if abs(point.lon_deg - piece[-1].lon_deg) > 180 else [piece[-1]]
        piece.append(point)
    if len(piece) > 1:
        yield piece


def _rolls(production: Production, board: Board, sky: FlightSky) -> Iterator[tuple[Strip, TrackPoint]]:
    """Yield every strip shot aboard this station with the track point nearest its roll."""
    aboard = {unit.id for unit in production.units if unit.station and unit.station.station.name == sky.station}
    for day in board.days:
        for strip in day.strips:
            if day.unit in aboard and sky.track:
                yield strip, min(sky.track, key=lambda point: abs(point.at_utc - strip.roll_utc))


def _roll(strip: Strip, point: TrackPoint) -> dict[str, Any]:
    window = strip.window
    light = {"opens": _utc(window.open_utc), "closes": _utc(window.close_utc), "edge_s": round(window.edge_s)} if window else {}
    times = {"roll": _utc(strip.roll_utc), "cut": _utc(strip.cut_utc)}
    return _feature("Point", _pair(point), {"kind": "roll", "strip": strip.id, **times, **light})


def to_czml(production: Production, board: Board) -> bytes:
    """Write the flights as CZML: the station along its track, and a label at every roll; heights in metres."""
    packets: list[dict[str, Any]] = [{"id": "document", "name": production.title, "version": "1.0"}]
    for sky in flights_of(production, board):
        first, last = sky.track[0].at_utc, sky.track[-1].at_utc
        span = f"{_utc(first)}/{_utc(last)}"
        cartographic = [
            value
            for p in sky.track
            for value in (
                round((p.at_utc - first).total_seconds(), 1),
                round(p.lon_deg, 5),
                round(p.lat_deg, 5),
                round(p.altitude_km * 1000),
            )
        ]
        packets[0].setdefault("clock", {"interval": span, "currentTime": _utc(first), "multiplier": 60})
        packets.append(
            {
                "id": f"station/{sky.station}",
                "name": sky.station,
                "availability": span,
                "position": {
                    "epoch": _utc(first),
                    "cartographicDegrees": cartographic,
                    "interpolationAlgorithm": "LAGRANGE",
                    "interpolationDegree": 5,
                },
                "point": {"pixelSize": 8, "color": {"rgba": [255, 190, 60, 255]}},
                "path": {"leadTime": 2800, "trailTime": 2800, "width": 1.5},
            }
        )
        packets += [_label(strip, point) for strip, point in _rolls(production, board, sky)]
    return _json(packets)


def _label(strip: Strip, point: TrackPoint) -> dict[str, Any]:
    opens, closes = (strip.window.open_utc, strip.window.close_utc) if strip.window else (strip.roll_utc, strip.cut_utc)
    return {
        "id": f"roll/{strip.id}",
        "name": f"{strip.id}, {_utc(strip.roll_utc)}",
        "availability": f"{_utc(opens)}/{_utc(closes)}",
        "position": {
            "cartographicDegrees": [round(point.lon_deg, 5), round(point.lat_deg, 5), round(point.altitude_km * 1000)]
        },
        "label": {"text": strip.id, "font": "14px sans-serif", "pixelOffset": {"cartesian2": [0, -16]}},
    }


def _utc(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")


def _json(document: Any) -> bytes:
    return (json.dumps(document, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
