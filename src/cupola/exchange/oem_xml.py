"""CCSDS orbit ephemeris messages as XML, NASA's public file of the station among them."""

from __future__ import annotations

from collections.abc import Iterator
from math import isnan

from cupola.errors import OrbitError
from cupola.exchange.ccsds import FETCH, Message, number_of
from cupola.exchange.oem_segments import Block, Row, ephemeris_of_blocks
from cupola.model import OrbitEphemeris
from cupola.strangers import Node, read_xml

COLUMNS = ("X", "Y", "Z", "X_DOT", "Y_DOT", "Z_DOT")
UNITS = dict.fromkeys(COLUMNS[:3], "km") | dict.fromkeys(COLUMNS[3:], "km/s")


def parse_oem_xml(data: bytes, *, file: str = "") -> OrbitEphemeris:
    """Parse an ephemeris in XML; raises OrbitError with the line of what is wrong."""
    return oem_of_root(read_xml(data, file=file, error=OrbitError), file=file)


def oem_of_root(root: Node, *, file: str) -> OrbitEphemeris:
    """Return the ephemeris of an XML file whose root is `oem`, or `ndm` with one `oem` in it."""
    found = [node for node in root.within() if local(node) == "oem"]
    if len(found) != 1:
        raise OrbitError("an XML file has one ephemeris (oem)", value=len(found), remedy=FETCH, file=file, line=root.line)
    (oem,) = found
    comments = [node.text for node in oem.within() if local(node) == "COMMENT"]
    header = next((node for node in oem.nodes if local(node) == "header"), oem)
    return ephemeris_of_blocks(leaves(header, file), [_block(each, file) for each in _named(oem, "segment")], comments)


def local(node: Node) -> str:
    """Return the name of an element without its prefix."""
    return node.name.rpartition(":")[2]


def leaves(node: Node, file: str) -> Message:
    """Return what stands directly in an element as keys and values; a key that stands twice is an error."""
    message = Message(file=file, line=node.line)
    for child in node.nodes:
        name = local(child)
        if name in message.values and name != "COMMENT":
            raise OrbitError(f"{name} stands once", value=child.text.strip(), remedy=FETCH, file=file, line=child.line)
        message.values[name], message.lines[name] = child.text.strip(), child.line
    return message


def _named(node: Node, name: str) -> Iterator[Node]:
    return (each for each in node.within() if local(each) == name)


def _block(segment: Node, file: str) -> Block:
    parts: dict[str, list[Node]] = {"metadata": [], "data": []}
    for child in segment.nodes:
        parts.setdefault(local(child), []).append(child)
    for name in ("metadata", "data"):
        if len(parts[name]) != 1:
            raise OrbitError(f"a segment has one {name}", value=len(parts[name]), remedy=FETCH, file=file, line=segment.line)
    rows = [_row(node, file) for node in parts["data"][0].nodes if local(node) == "stateVector"]
    return Block(meta=leaves(parts["metadata"][0], file), rows=rows)


def _row(node: Node, file: str) -> Row:
    values = {local(child): child for child in node.nodes}
    numbers = []
    for name in COLUMNS:
        child = values.get(name)
        number = number_of(child.text) if child else float("nan")
        if child is None or isnan(number):
            found = child.text.strip() if child else None
            raise OrbitError(f"a state has a number {name}", value=found, remedy=FETCH, file=file, line=node.line)
        unit = child.attributes.get("units", UNITS[name])
        if unit != UNITS[name]:
            raise OrbitError(f"{name} is in {UNITS[name]}", value=unit, remedy=FETCH, file=file, line=child.line)
        numbers.append(number)
    return Row(epoch=values["EPOCH"].text if "EPOCH" in values else "", numbers=numbers, line=node.line)
