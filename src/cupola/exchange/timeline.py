"""The film in script order as an edit that can be cut against: a clip for each scene, a marker for each light on the board.

A clip is as long as its scene reads: a page is a minute, an eighth seven and a half seconds.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from cupola.model import Board, Production

FPS = 24
START_H = 1
"""Programmes start at one hour, as everywhere."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Marker:
    """What a clip says at its first frame."""

    name: str
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Clip:
    """A scene: `start` and `length` in frames of the programme."""

    name: str
    heading: str
    start: int
    length: int
    markers: tuple[Marker, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """Clips one after the other from frame 0, at `FPS`."""

    title: str
    clips: tuple[Clip, ...]


def timeline(production: Production, board: Board) -> Timeline:
    """Return the film's scenes in script order as clips, with the board's windows as markers; no media is named."""
    clips: list[Clip] = []
    start = 0
    for scene in production.script.scenes:
        length = max(FPS, scene.eighths * FPS * 15 // 2)
        markers = tuple(
            Marker(
                name=f"{strip.id}: roll {strip.roll_utc:%Y-%m-%d %H:%M:%S} UTC",
                facts=(
                    ("light", str(next((shot.light for shot in scene.shots if shot.id == strip.shot), ""))),
                    ("opens", f"{strip.window.open_utc:%Y-%m-%dT%H:%M:%SZ}"),
                    ("closes", f"{strip.window.close_utc:%Y-%m-%dT%H:%M:%SZ}"),
                    ("edge_s", f"{strip.window.edge_s:.0f}"),
                ),
            )
            for strip in board.strips
            if strip.scene == scene.number and strip.window is not None
        )
        clips.append(Clip(name=scene.number, heading=scene.heading, start=start, length=length, markers=markers))
        start += length
    return Timeline(title=production.title, clips=tuple(clips))


def to_otio(line: Timeline) -> bytes:
    """Write a timeline as OpenTimelineIO JSON: one video track, missing media, markers with the windows' facts."""
    children = [_otio_clip(clip) for clip in line.clips]
    track = {"OTIO_SCHEMA": "Track.1", "name": "scenes", "kind": "Video", "children": children, "source_range": None}
    document = {
        "OTIO_SCHEMA": "Timeline.1",
        "name": line.title,
        "global_start_time": _time(START_H * 3600 * FPS),
        "tracks": {"OTIO_SCHEMA": "Stack.1", "name": "tracks", "children": [track], "source_range": None},
    }
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode()


def _otio_clip(clip: Clip) -> dict[str, Any]:
    return {
        "OTIO_SCHEMA": "Clip.2",
        "name": clip.name,
        "metadata": {"cupola": {"heading": clip.heading}},
        "source_range": _range(0, clip.length),
        "media_references": {"DEFAULT_MEDIA": {"OTIO_SCHEMA": "MissingReference.1", "name": clip.heading}},
        "active_media_reference_key": "DEFAULT_MEDIA",
        "markers": [
            {
                "OTIO_SCHEMA": "Marker.2",
                "name": marker.name,
                "color": "YELLOW",
                "marked_range": _range(0, 1),
                "metadata": {"cupola": dict(marker.facts)},
            }
            for marker in clip.markers
        ],
    }


def _time(frames: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "RationalTime.1", "rate": float(FPS), "value": float(frames)}


def _range(start: int, length: int) -> dict[str, Any]:
    return {"OTIO_SCHEMA": "TimeRange.1", "start_time": _time(start), "duration": _time(length)}


def to_edl(line: Timeline) -> bytes:
    """Write a timeline as a CMX 3600 edit decision list: one event for each scene, its heading and lights as comments."""
    rows = [f"TITLE: {_plain(line.title)}", "FCM: NON-DROP FRAME", ""]
    for number, clip in enumerate(line.clips, 1):
        begin = START_H * 3600 * FPS + clip.start
        source, record = (0, clip.length), (begin, begin + clip.length)
        times = " ".join(_timecode(frames) for frames in (*source, *record))
        rows.append(f"{number:03d}  AX       V     C        {times}")
        rows.append(f"* FROM CLIP NAME: {_plain(clip.name)}")
        rows.append(f"* COMMENT: {_plain(clip.heading)}")
        rows += [f"* LOC: {_timecode(begin)} YELLOW  {_plain(marker.name)}" for marker in clip.markers]
    return ("\r\n".join(rows) + "\r\n").encode()


def _timecode(frames: int) -> str:
    """Write frames as hh:mm:ss:ff; past 24 hours the clock begins again, as it does in every machine."""
    seconds, rest = divmod(frames, FPS)
    return f"{seconds // 3600 % 24:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}:{rest:02d}"


def _plain(text: str) -> str:
    return " ".join(text.split())
