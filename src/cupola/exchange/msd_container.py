"""The container of Movie Magic Scheduling 5 and 6 (.msd): a header, sections one behind the other, and a map of them.

The header has 716 bytes; at 260 and 264 stand the place of the map and the number of its entries, high byte first. A section
starts with a marker of 68 bytes, whose last says whether raw deflate follows; an entry of the map has 332: a marker, place and
length of its section, its name, type and version, and 64 bytes that nobody knows. Observed by readers of public sample files.
"""

from __future__ import annotations

import re
import struct
import zlib
from dataclasses import dataclass, field

from cupola.errors import ScheduleError

FILE_MARK = b"/********* EPSF FILE ********/ "
SECTION_MARK = b"/********* EPSF SECTION *********/ ".ljust(67, b"\0")
MAP_MARK = b"/********* EPSF SECTION MAP *********/ ".ljust(68, b"\0")
HEADER, BLOCK, ENTRY, FIELD = 716, 68, 332, 64
LARGEST = 32 * 2**20
LARGEST_XML = 4 * 2**20
MOST_SECTIONS = 1024
SAVE = "save the schedule from Movie Magic Scheduling 6 anew"

_ROOT = re.compile(rb"\s*(?:<\?[^>]*\?>|<!--.*?-->|\s)*<([A-Za-z_][\w.-]*)", re.DOTALL)
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, kw_only=True, slots=True)
class Section:
    """A section as it stands in the file: the bytes behind its marker, and what the map says of it.

    `packed` says that they are raw deflate; `root` is the name of the XML element in them, empty where they are none.
    """

    name: str
    type: str = "XML"
    version: str = "06.00.000"
    rest: bytes = field(default=bytes(FIELD), repr=False)
    packed: bool = True
    data: bytes = field(repr=False)
    root: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Container:
    """A file's header without the place of the map, and its sections in order."""

    header: bytes = field(repr=False)
    sections: tuple[Section, ...]


def read_container(data: bytes, *, file: str) -> Container:
    """Return the sections of an .msd file, none of them unpacked; raises ScheduleError, and nothing else."""

    def wrong(rule: str, value: object, remedy: str = SAVE) -> ScheduleError:
        return ScheduleError(rule, value=value, remedy=remedy, file=file)

    if not data.startswith(FILE_MARK):
        raise wrong("an .msd file starts with EPSF FILE", data[:32], "is this a schedule of Movie Magic Scheduling 5 or 6?")
    if len(data) > LARGEST:
        raise wrong(f"a schedule holds at most {LARGEST // 2**20} MB", f"{len(data) / 2**20:.1f} MB", "is this the right file?")
    if len(data) < HEADER:
        raise wrong("the header is whole: the file is cut short", f"{len(data)} bytes")
    start, count = struct.unpack_from(">II", data, 260)
    if not 0 < count <= MOST_SECTIONS or start < HEADER or start + count * ENTRY > len(data):
        raise wrong("the map of the sections stands whole at the end: the file is cut short or broken", f"{count} sections")
    sections = []
    for number in range(count):
        entry = data[start + number * ENTRY : start + (number + 1) * ENTRY]
        at, length = struct.unpack_from(">II", entry, 68)
        block = data[at : at + length]
        if not entry.startswith(MAP_MARK.rstrip(b"\0")) or length <= BLOCK or not HEADER <= at <= start - length:
            raise wrong("each section lies between the header and the map", f"section {number + 1}: {length} bytes at {at}")
        if not block.startswith(SECTION_MARK.rstrip(b"\0")):
            raise wrong("each section starts with EPSF SECTION", f"section {number + 1}")
        sections.append(_section(entry, block))
    return Container(header=data[:260] + data[268:HEADER], sections=tuple(sections))


def _section(entry: bytes, block: bytes) -> Section:
    data, packed = block[BLOCK:], block[BLOCK - 1] == 1
    name, type_, version = (entry[at : at + FIELD].split(b"\0")[0].decode("utf-8", "replace") for at in (76, 140, 204))
    return Section(
        name=name, type=type_, version=version, rest=entry[268:], packed=packed, data=data, root=_root_of(data, packed=packed)
    )


def _root_of(data: bytes, *, packed: bool) -> str:
    """Return the name of the XML element that a section holds, of which no more than the start is unpacked."""
    try:
        start = zlib.decompressobj(-15).decompress(data, 4096) if packed else data[:4096]
    except zlib.error:
        return ""
    found = _ROOT.match(start.removeprefix(_BOM))
    return found.group(1).decode() if found else ""


def xml_of(section: Section, *, file: str) -> bytes:
    """Return the XML of a section, unpacked; raises ScheduleError where it is broken or far too large."""
    if not section.packed:
        return section.data
    unpacker = zlib.decompressobj(-15)
    try:
        found = unpacker.decompress(section.data, LARGEST_XML + 1)
    except zlib.error as fault:
        raise ScheduleError(f"{section.root} is packed soundly: {fault}", remedy=SAVE, file=file) from None
    if len(found) > LARGEST_XML:
        rule = f"{section.root} holds at most {LARGEST_XML // 2**20} MB"
        raise ScheduleError(rule, remedy="this file was made to do harm, or is broken", file=file)
    if not unpacker.eof:
        raise ScheduleError(f"{section.root} is whole: the file is cut short", remedy=SAVE, file=file)
    return found


def packed(xml: str) -> bytes:
    """Return XML as a section holds it."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    return packer.compress(xml.encode()) + packer.flush()


def to_bytes(container: Container) -> bytes:
    """Return a container as a file."""
    blocks, entries, at = [], [], HEADER
    for section in container.sections:
        block = SECTION_MARK + bytes([section.packed]) + section.data
        names = b"".join(_field(text) for text in (section.name, section.type, section.version))
        entries.append(MAP_MARK + struct.pack(">II", at, len(block)) + names + section.rest)
        blocks.append(block)
        at += len(block)
    head = container.header[:260] + struct.pack(">II", at, len(blocks)) + container.header[260:]
    return b"".join((head, *blocks, *entries))


def new_header(program: str, version: str) -> bytes:
    """Return the header of a file that no other program has written, without the place of its map."""
    made = (program, version, "01/01/1970 00:00:00:000 GMT")
    head = FILE_MARK.ljust(FIELD, b"\0") + b"".join(_field(text) for text in ("00.01.001", "EPS Schedule File", "06.00.000"))
    return (head.ljust(260, b"\0") + b"".join(_field(text) for text in (*made, *made))).ljust(HEADER - 8, b"\0")


def _field(text: str) -> bytes:
    return text.encode()[: FIELD - 1].decode("utf-8", "ignore").encode().ljust(FIELD, b"\0")
