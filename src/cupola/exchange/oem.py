"""CCSDS orbit ephemeris messages (502.0-B), keyword = value notation: segments of states, read and written.

The Earth is the centre; frames and time systems that Cupola cannot turn into its own are refused by name. Covariances are
checked for their shape and left out. NASA's public files of the station are read as they come.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC
from math import isnan

from cupola.errors import OrbitError
from cupola.exchange.ccsds import FETCH, Message, lines_of, number_of
from cupola.exchange.oem_segments import Block, Row, ephemeris_of_blocks, tai_text
from cupola.model import OrbitEphemeris, States

VERSIONS = ("1.0", "2.0", "3.0")
HEADER = {"CCSDS_OEM_VERS", "CLASSIFICATION", "CREATION_DATE", "ORIGINATOR", "MESSAGE_ID"}
META = {
    "OBJECT_NAME",
    "OBJECT_ID",
    "CENTER_NAME",
    "REF_FRAME",
    "REF_FRAME_EPOCH",
    "TIME_SYSTEM",
    "START_TIME",
    "USEABLE_START_TIME",
    "USEABLE_STOP_TIME",
    "STOP_TIME",
    "INTERPOLATION",
    "INTERPOLATION_DEGREE",
}
COVARIANCE = {"EPOCH", "COV_REF_FRAME"}
BRACKETS = {"META_START": "header data", "META_STOP": "meta", "COVARIANCE_START": "data", "COVARIANCE_STOP": "covariance"}
"""Where each bracket may stand."""


def parse_oem(text: str, *, file: str = "") -> OrbitEphemeris:
    """Parse an ephemeris in keyword = value notation; raises OrbitError with the line of what is wrong."""
    reader = _Reader(file)
    for number, raw in lines_of(text, file):
        line = raw.strip()
        if line:
            reader.take(number, line)
    return ephemeris_of_blocks(*reader.done())


class _Reader:
    """The state of reading: in the header, a meta block, data, or a covariance."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.place = "header"
        self.header = Message(file=file, line=1)
        self.comments: list[str] = []
        self.blocks: list[Block] = []
        self.matrix: list[int] = []
        self.number = 0

    def take(self, number: int, line: str) -> None:
        self.number = number
        if not self.header.values and not line.startswith("CCSDS_OEM_VERS"):
            raise self.wrong("an ephemeris begins with CCSDS_OEM_VERS", line)
        if line.startswith("COMMENT"):
            self.comments.append(line[len("COMMENT") :].removeprefix(" "))
        elif line in BRACKETS:
            self.bracket(line)
        elif "=" in line:
            self.key(*(part.strip() for part in line.split("=", 1)))
        elif self.place == "data":
            self.blocks[-1].rows.append(self.state(line.split()))
        elif self.place == "covariance":
            self.covariance(line.split())
        else:
            raise self.wrong(f"a line of the {self.place} is KEY = value", line)

    def bracket(self, word: str) -> None:
        if self.place not in BRACKETS[word].split():
            raise self.wrong(f"{word} does not stand in the {self.place}", word)
        if word == "META_START":
            self.blocks.append(Block(meta=Message(file=self.file, line=self.number)))
        elif word == "COVARIANCE_STOP":
            self.whole_matrix()
        self.place = {"META_START": "meta", "COVARIANCE_START": "covariance"}.get(word, "data")

    def key(self, name: str, value: str) -> None:
        known = {"header": HEADER, "meta": META, "covariance": COVARIANCE}.get(self.place, set())
        if name not in known:
            raise self.wrong(f"{name[:40]} is no key of the {self.place} of an ephemeris", value)
        if self.place == "covariance":
            if name == "EPOCH":
                self.whole_matrix()
            return
        message = self.header if self.place == "header" else self.blocks[-1].meta
        if name in message.values:
            raise self.wrong(f"{name} stands once in the {self.place}", value)
        message.values[name], message.lines[name] = value, self.number

    def state(self, words: list[str]) -> Row:
        numbers = [number_of(word) for word in words[1:]]
        if len(numbers) not in (6, 9) or any(map(isnan, numbers)):
            raise self.wrong("a state is an instant, three km and three km/s (accelerations may follow)", " ".join(words))
        return Row(epoch=words[0], numbers=numbers[:6], line=self.number)

    def covariance(self, words: list[str]) -> None:
        if len(words) != len(self.matrix) + 1 or len(words) > 6 or any(isnan(number_of(word)) for word in words):
            raise self.wrong("a covariance is the lower half of six rows and columns of numbers", " ".join(words))
        self.matrix.append(self.number)

    def whole_matrix(self) -> None:
        if len(self.matrix) not in (0, 6):
            raise self.wrong("a covariance has six rows", f"{len(self.matrix)} rows")
        self.matrix = []

    def done(self) -> tuple[Message, list[Block], list[str]]:
        if self.place not in ("header", "data"):
            raise self.wrong(f"the {self.place} block has no end", None)
        version = self.header.text("CCSDS_OEM_VERS")
        if version not in VERSIONS:
            raise self.header.wrong("CCSDS_OEM_VERS", f"the version of an ephemeris is {', '.join(VERSIONS)}")
        return self.header, self.blocks, self.comments

    def wrong(self, rule: str, value: object) -> OrbitError:
        return OrbitError(rule, value=value, remedy=FETCH, file=self.file, line=self.number)


def to_oem(ephemeris: OrbitEphemeris) -> str:
    """Return an ephemeris as text in keyword = value notation, times in TAI, every number to its last digit."""
    return "\n".join(_lines(ephemeris)) + "\n"


def _lines(ephemeris: OrbitEphemeris) -> Iterator[str]:
    yield "CCSDS_OEM_VERS = 2.0"
    yield f"CREATION_DATE = {ephemeris.created_utc.astimezone(UTC).replace(tzinfo=None).isoformat()}"
    yield f"ORIGINATOR = {ephemeris.originator}"
    for number, segment in enumerate(ephemeris.segments):
        yield "META_START"
        yield f"OBJECT_NAME = {ephemeris.object_name}"
        yield f"OBJECT_ID = {ephemeris.object_id}"
        yield "CENTER_NAME = EARTH"
        yield f"REF_FRAME = {segment.frame}"
        yield "TIME_SYSTEM = TAI"
        yield f"START_TIME = {tai_text(segment, segment.rows[0][0])}"
        yield f"USEABLE_START_TIME = {tai_text(segment, segment.useable_s[0])}"
        yield f"USEABLE_STOP_TIME = {tai_text(segment, segment.useable_s[1])}"
        yield f"STOP_TIME = {tai_text(segment, segment.rows[-1][0])}"
        yield "META_STOP"
        yield from (f"COMMENT {line}" for line in (ephemeris.comments if number == 0 else ()))
        yield from _states(segment)


def _states(segment: States) -> Iterator[str]:
    for row in segment.rows:
        yield " ".join([tai_text(segment, row[0]), *(repr(number) for number in row[1:])])
