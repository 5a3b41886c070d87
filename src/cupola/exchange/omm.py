"""CCSDS orbit mean-elements messages (502.0-B): JSON, KVN, XML and CSV, as Celestrak and Space-Track have them.

Angles are degrees, mean motion revolutions a day, in the frame of SGP4 (TEME, UTC). Keys that Cupola has no use for
are passed over; those it needs are checked, and a wrong one is named with its line. Where a message says one thing twice (a
period, an axis, the two lines beside the elements), both must agree: an edited set is known by that.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from math import isnan

from cupola.errors import OrbitError
from cupola.exchange.ccsds import Message, checked_length, lines_of, number_of
from cupola.exchange.tle import parse_tle
from cupola.model import Elements
from cupola.sky.elements import major_km

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
SAME_AS_LINES = ("MEAN_MOTION", "ECCENTRICITY", "INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY")
OPTIONAL = {"MEAN_MOTION_DOT": 0.0, "MEAN_MOTION_DDOT": 0.0, "ELEMENT_SET_NO": 999, "REV_AT_EPOCH": 0}
WHOLE = {"NORAD_CAT_ID", "ELEMENT_SET_NO", "REV_AT_EPOCH"}
FETCH = "Fetch the set again as OMM JSON, and leave it as it came."


UNITS = {
    "MEAN_MOTION": ("rev/day", "rev/d", "revs/day"),
    **dict.fromkeys(("INCLINATION", "RA_OF_ASC_NODE", "ARG_OF_PERICENTER", "MEAN_ANOMALY"), ("deg",)),
    "BSTAR": ("1/er", "1/[earth radii]", "1/earth radii"),
    "MEAN_MOTION_DOT": ("rev/day**2", "rev/day^2", "rev/d**2"),
    "MEAN_MOTION_DDOT": ("rev/day**3", "rev/day^3", "rev/d**3"),
}
"""The units a number may carry; one in radians is refused, not misread."""
SAME_SHARE, SAME_KM = 1e-3, 25.0
"""How near a period (as a share) and a semi-major axis must come to the mean motion: sites differ in how they take J2."""


def parse_omm(text: str, *, file: str = "") -> tuple[Elements, ...]:
    """Parse every element set of a text in any notation, in its order; raises OrbitError with the line of what is wrong."""
    checked_length(text, file)
    found = list(_messages(text, file))
    if not found:
        raise OrbitError("an orbit file holds at least one element set", remedy=FETCH, file=file)
    return tuple(map(elements_of, found))


def _messages(text: str, file: str) -> Iterator[Message]:
    from cupola.exchange.omm_csv import csv_messages, is_csv
    from cupola.exchange.omm_xml import xml_messages

    head = text.lstrip("\ufeff \t\r\n")[:1]
    if head == "<":
        return xml_messages(text.lstrip("\ufeff \t\r\n").encode("utf-8", "replace"), file=file)
    if head in ("[", "{"):
        return _json_messages(text, file)
    return csv_messages(text, file) if is_csv(text) else _kvn_messages(text, file)


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


def elements_of(message: Message) -> Elements:
    """Return the element set of one message; raises OrbitError with the line of what is wrong."""
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
    elements = Elements(
        object_name=name,
        object_id=str(message.values.get("OBJECT_ID") or "").strip(),
        epoch_utc=_epoch(message),
        source=_comment(message),
        **numbers,  # type: ignore[arg-type]
    )
    _agrees_with_itself(message, elements)
    return elements


def _agrees_with_itself(message: Message, elements: Elements) -> None:
    """Refuse a message whose period, axis or two lines are not those of its elements."""
    for key, due, slack in (
        ("PERIOD", 1440 / elements.mean_motion, SAME_SHARE * 1440 / elements.mean_motion),
        ("SEMIMAJOR_AXIS", major_km(elements), SAME_KM),
    ):
        found = number_of(message.values.get(key))
        if not isnan(found) and abs(found - due) > slack:
            raise message.wrong(key, f"{key} is that of the mean motion, {due:.3f}: the message contradicts itself")
    one, two = message.text("TLE_LINE1"), message.text("TLE_LINE2")
    if one and two:
        (same,) = parse_tle(f"{one}\n{two}", file=message.file)
        off = [key for key, (name, _) in NUMBERS.items() if key in SAME_AS_LINES and not _same(elements, same, name)]
        if off or abs(same.epoch_utc - elements.epoch_utc) > timedelta(milliseconds=2):
            key = off[0] if off else "EPOCH"
            raise message.wrong(key, f"{key} is that of the two lines beside it: the message contradicts itself")


def _same(one: Elements, other: Elements, name: str) -> bool:
    off = float(abs(getattr(one, name) - getattr(other, name))) % 360
    return min(off, 360 - off) < 1e-4


def _number(message: Message, key: str, limits: tuple[float, float], *, default: float | None) -> float | int:
    """Return a number within limits, whole where its kind is; sites write numbers as JSON strings too."""
    found = message.values.get(key)
    if found is None or found == "":
        if default is None:
            raise message.wrong(key, f"an element set has {key}")
        return default
    value = number_of(found)
    least, most = limits
    if not least <= value <= most or (key in WHOLE and value != int(value)):
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
    line, counted = 1, 0
    while at < len(text) and text[at] != "]":
        line, counted = line + text.count("\n", counted, at), at
        values, end = _decoded(decoder, text, at, file)
        if not isinstance(values, dict):
            raise OrbitError("an OMM is an object of keys and values", value=values, remedy=FETCH, file=file, line=line)
        yield Message(file=file, line=line, values=values, lines=_key_lines(text, at, end, line))
        at = _skip(text, end, ",")
        if not is_list:
            break
    if is_list and at >= len(text):
        raise OrbitError("this is not JSON: the list has no end", remedy=FETCH, file=file, line=text.count("\n") + 1)


def _decoded(decoder: json.JSONDecoder, text: str, at: int, file: str) -> tuple[object, int]:
    try:
        return decoder.raw_decode(text, at)
    except json.JSONDecodeError as error:
        raise OrbitError(f"this is not JSON: {error.msg}", remedy=FETCH, file=file, line=error.lineno) from None
    except (RecursionError, ValueError):
        rule = "an OMM is an object of keys and plain values"
        raise OrbitError(rule, remedy=FETCH, file=file, line=text.count("\n", 0, at) + 1) from None


def _key_lines(text: str, at: int, end: int, line: int) -> dict[str, int]:
    """Return the line on which each key of an object first stands."""
    lines: dict[str, int] = {}
    counted = at
    for found in re.finditer(r'"([A-Z_0-9]{1,40})"\s*:', text[at:end]):
        where = at + found.start()
        line, counted = line + text.count("\n", counted, where), where
        lines.setdefault(found[1], line)
    return lines


def _skip(text: str, at: int, also: str) -> int:
    while at < len(text) and (text[at].isspace() or text[at] in also):
        at += 1
    return at


def _kvn_messages(text: str, file: str) -> Iterator[Message]:
    """Yield each message of a text in key = value notation; a key that comes again begins the next."""
    current: Message | None = None
    for number, raw in lines_of(text, file):
        line = raw.strip()
        if not line:
            continue
        key, equals, value = line.partition("=")
        if line.startswith("COMMENT"):
            key, value = "COMMENT", line.removeprefix("COMMENT")
        elif not equals:
            raise OrbitError("a line of an OMM is KEY = value", value=line, remedy=FETCH, file=file, line=number)
        key, value = key.strip().upper(), value.strip()
        if current is None or (key in current.values and key not in MANY) or key == "CCSDS_OMM_VERS":
            if current is not None:
                yield current
            current = Message(file=file, line=number)
        current.lines.setdefault(key, number)
        value = without_unit(current, key, value)
        before = current.values.get("COMMENT")
        current.values[key] = f"{before} {value}" if key == "COMMENT" and before else value
    if current is not None:
        yield current


MANY = {"COMMENT", "USER_DEFINED"}


def without_unit(message: Message, key: str, value: str) -> str:
    """Return a value without the unit in brackets after it; raises OrbitError where the unit is another one."""
    found = re.fullmatch(r"(\S+)\s*\[([^\]\n]{1,40}\]?)\]\s*", value)
    if found is None or key not in UNITS:
        return value
    check_unit(message, key, found[2])
    return found[1]


def check_unit(message: Message, key: str, unit: str) -> None:
    """Raise OrbitError where a number carries a unit that is not its own."""
    if key in UNITS and unit.strip().lower() not in UNITS[key]:
        message.values[key] = unit
        raise message.wrong(key, f"{key} is in {UNITS[key][0]}")
