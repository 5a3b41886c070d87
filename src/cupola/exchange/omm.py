"""CCSDS orbit mean-elements messages (502.0-B): JSON, one object or a list of them, and key = value notation.

Angles are degrees, mean motion revolutions a day, in the frame of SGP4 (TEME, UTC). Keys that Cupola has no use for
are passed over; those it needs are checked, and a wrong one is named with its line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from math import isfinite

from cupola.errors import OrbitError
from cupola.model import Elements

FIXED = {
    "CENTER_NAME": ("EARTH",),
    "REF_FRAME": ("TEME",),
    "TIME_SYSTEM": ("UTC",),
    "MEAN_ELEMENT_THEORY": ("SGP4", "SGP/SGP4", "SGP"),
}
"""What a message may say of itself if SGP4 is to carry it."""

ANGLE = (-360.0, 360.0)
ANY_NUMBER = (-1e9, 1e9)
NUMBERS: dict[str, tuple[str, tuple[float, float]]] = {
    "MEAN_MOTION": ("mean_motion", (0.05, 20.0)),
    "ECCENTRICITY": ("eccentricity", (0.0, 0.999999999)),
    "INCLINATION": ("inclination_deg", (0.0, 180.0)),
    "RA_OF_ASC_NODE": ("ra_of_asc_node_deg", ANGLE),
    "ARG_OF_PERICENTER": ("arg_of_pericenter_deg", ANGLE),
    "MEAN_ANOMALY": ("mean_anomaly_deg", ANGLE),
    "BSTAR": ("bstar", ANY_NUMBER),
    "MEAN_MOTION_DOT": ("mean_motion_dot", ANY_NUMBER),
    "MEAN_MOTION_DDOT": ("mean_motion_ddot", ANY_NUMBER),
    "NORAD_CAT_ID": ("norad_cat_id", (0, 999_999_999)),
    "ELEMENT_SET_NO": ("element_set_no", (0, 999_999)),
    "REV_AT_EPOCH": ("rev_at_epoch", (0, 99_999_999)),
}
OPTIONAL = {"MEAN_MOTION_DOT": 0.0, "MEAN_MOTION_DDOT": 0.0, "ELEMENT_SET_NO": 999, "REV_AT_EPOCH": 0}
WHOLE = {"NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH"}
FETCH = "Fetch the set again as OMM JSON, and leave it as it came."


@dataclass(frozen=True, kw_only=True, slots=True)
class Message:
    """One message as it stands in a file: its keys, and the line of each."""

    file: str
    line: int
    values: dict[str, object] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def wrong(self, key: str, rule: str, *, remedy: str = FETCH) -> OrbitError:
        """Return an error that points at a key, or at the message where it is missing."""
        found = self.values.get(key)
        return OrbitError(rule, value=found, remedy=remedy, file=self.file, line=self.lines.get(key, self.line))


def parse_omm(text: str, *, file: str = "") -> tuple[Elements, ...]:
    """Parse every element set of a text, in its order; raises OrbitError with the line of what is wrong."""
    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head == "<":
        raise OrbitError("orbit files are OMM as JSON or KVN, or TLE, not XML", remedy=FETCH, file=file, line=1)
    messages = list(_json_messages(text, file) if head in ("[", "{") else _kvn_messages(text, file))
    if not messages:
        raise OrbitError("an orbit file holds at least one element set", remedy=FETCH, file=file)
    return tuple(map(_elements, messages))


def to_omm(elements: Iterable[Elements] | Elements) -> str:
    """Return element sets as the text of an OMM JSON file; every number is kept to its last digit."""
    sets = (elements,) if isinstance(elements, Elements) else elements
    return json.dumps([_message(one) for one in sets], indent=2, ensure_ascii=False) + "\n"


def _message(one: Elements) -> dict[str, object]:
    about: dict[str, object] = {"CCSDS_OMM_VERS": "3.0"}
    if one.source:
        about["COMMENT"] = one.source
    about |= {"OBJECT_NAME": one.object_name, "OBJECT_ID": one.object_id}
    about |= {key: allowed[0] for key, allowed in FIXED.items()}
    about["EPOCH"] = one.epoch_utc.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")
    about |= {key: getattr(one, name) for key, (name, _) in NUMBERS.items()}
    return about


def _elements(message: Message) -> Elements:
    for key, allowed in FIXED.items():
        if str(message.values.get(key, allowed[0])).strip().upper() not in allowed:
            raise message.wrong(key, f"{key} is {' or '.join(allowed)}: SGP4 carries no other elements")
    if _number(message, "EPHEMERIS_TYPE", (0, 99), default=0) == 4:
        raise message.wrong("EPHEMERIS_TYPE", "the elements are made for SGP4, not for SGP4-XP (ephemeris type 4)")
    name = str(message.values.get("OBJECT_NAME") or "").strip()
    if not name:
        raise message.wrong("OBJECT_NAME", "an element set names its object (OBJECT_NAME)")
    numbers = {
        attribute: _number(message, key, limits, default=OPTIONAL.get(key)) for key, (attribute, limits) in NUMBERS.items()
    }
    return Elements(
        object_name=name,
        object_id=str(message.values.get("OBJECT_ID") or "").strip(),
        epoch_utc=_epoch(message),
        source=_comment(message),
        **numbers,  # type: ignore[arg-type]
    )


def _number(message: Message, key: str, limits: tuple[float, float], *, default: float | None) -> float | int:
    """Return a number within limits, whole where its kind is; sites write numbers as JSON strings too."""
    found = message.values.get(key)
    if found is None or found == "":
        if default is None:
            raise message.wrong(key, f"an element set has {key}")
        return default
    try:
        value = float(found) if isinstance(found, str | int | float) and not isinstance(found, bool) else float("nan")
    except ValueError:
        value = float("nan")
    least, most = limits
    if not isfinite(value) or not least <= value <= most or (key in WHOLE and value != int(value)):
        kind = "whole number" if key in WHOLE else "number"
        raise message.wrong(key, f"{key} is a {kind} from {least:g} to {most:g}")
    return int(value) if key in WHOLE else value


def _epoch(message: Message) -> datetime:
    """Return the epoch, which is UTC whether it says so or not; calendar date or day of the year."""
    found = str(message.values.get("EPOCH") or "").strip()
    ordinal = re.fullmatch(r"(\d{4})-(\d{3})T(.+)", found)
    try:
        if ordinal:
            day = datetime(int(ordinal[1]), 1, 1) + timedelta(days=int(ordinal[2]) - 1)
            found = f"{day:%Y-%m-%d}T{ordinal[3]}"
        at = datetime.fromisoformat(found)
    except (ValueError, OverflowError):
        raise message.wrong("EPOCH", "EPOCH is an instant like 2021-10-04T20:40:47.734176 (UTC)") from None
    return at.replace(tzinfo=UTC) if at.tzinfo is None else at.astimezone(UTC)


def _comment(message: Message) -> str:
    found = message.values.get("COMMENT") or ""
    return " ".join(map(str, found)) if isinstance(found, list) else str(found)


def _json_messages(text: str, file: str) -> Iterator[Message]:
    """Yield each object of a JSON text with the lines of its keys."""
    decoder = json.JSONDecoder()
    at = _skip(text, 0, "\ufeff")
    is_list = text[at] == "["
    at = _skip(text, at + 1 if is_list else at, "")
    while at < len(text) and text[at] != "]":
        line = text.count("\n", 0, at) + 1
        try:
            values, end = decoder.raw_decode(text, at)
        except json.JSONDecodeError as error:
            raise OrbitError(f"this is not JSON: {error.msg}", remedy=FETCH, file=file, line=error.lineno) from None
        if not isinstance(values, dict):
            raise OrbitError("an OMM is an object of keys and values", value=values, remedy=FETCH, file=file, line=line)
        lines = {key: text.count("\n", 0, max(at, text.find(f'"{key}"', at, end))) + 1 for key in values}
        yield Message(file=file, line=line, values=values, lines=lines)
        at = _skip(text, end, ",")
        if not is_list:
            break
    if is_list and at >= len(text):
        raise OrbitError("this is not JSON: the list has no end", remedy=FETCH, file=file, line=text.count("\n") + 1)


def _skip(text: str, at: int, also: str) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in also):
        at += 1
    return at


def _kvn_messages(text: str, file: str) -> Iterator[Message]:
    """Yield each message of a text in key = value notation; a key that comes again begins the next."""
    current: Message | None = None
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.strip()
        if not line:
            continue
        key, equals, value = line.partition("=")
        if line.startswith("COMMENT"):
            key, value = "COMMENT", line.removeprefix("COMMENT")
        elif not equals:
            raise OrbitError("a line of an OMM is KEY = value", value=line, remedy=FETCH, file=file, line=number)
        key, value = key.strip().upper(), re.sub(r"\s*\[[^\]]*\]\s*$", "", value).strip()
        if current is None or (key in current.values and key != "COMMENT") or key == "CCSDS_OMM_VERS":
            if current is not None:
                yield current
            current = Message(file=file, line=number)
        before = current.values.get("COMMENT")
        current.values[key] = f"{before} {value}" if key == "COMMENT" and before else value
        current.lines.setdefault(key, number)
    if current is not None:
        yield current
