"""An orbit file of any kind, known by what is in it and not by its name."""

from __future__ import annotations

from dataclasses import dataclass

from cupola.errors import OrbitError
from cupola.exchange.ccsds import checked_length
from cupola.exchange.oem import parse_oem
from cupola.exchange.oem_xml import local, oem_of_root
from cupola.exchange.omm import elements_of, parse_omm
from cupola.exchange.omm_csv import is_csv
from cupola.exchange.omm_xml import messages_of_root
from cupola.exchange.tle import parse_tle
from cupola.model import Elements, OrbitEphemeris
from cupola.strangers import read_xml

HEAD = 2000
KINDS = "TLE, OMM (JSON, KVN, XML, CSV) or OEM (KVN, XML)"
SAVE = f"An orbit file is {KINDS}: fetch one of these, and leave it as it came."


@dataclass(frozen=True, kw_only=True, slots=True)
class OrbitFile:
    """What an orbit file holds: element sets, or an ephemeris."""

    elements: tuple[Elements, ...] = ()
    ephemeris: OrbitEphemeris | None = None


def parse_orbit(data: bytes, *, file: str = "") -> OrbitFile:
    """Parse an orbit file of any kind; raises OrbitError, and nothing else, with the line of what is wrong."""
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"<":
        return _xml(data, file)
    text = _text(data, file)
    head = text.lstrip("\ufeff \t\r\n")
    if "CCSDS_OEM_VERS" in head[:HEAD] or "META_START" in head[:HEAD]:
        return OrbitFile(ephemeris=parse_oem(text[len(text) - len(head) :], file=file))
    first = head.split("\n", 1)[0]
    if head[:1] in ("[", "{") or "=" in first[:80] or head.startswith("COMMENT") or is_csv(head):
        return OrbitFile(elements=parse_omm(text, file=file))
    return OrbitFile(elements=parse_tle(text, file=file))


def _text(data: bytes, file: str) -> str:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02X}"
        raise OrbitError("an orbit file is text in UTF-8", value=found, remedy=SAVE, file=file, line=line) from None
    checked_length(text, file)
    return text


def _xml(data: bytes, file: str) -> OrbitFile:
    root = read_xml(data.lstrip(b"\xef\xbb\xbf \t\r\n"), file=file, error=OrbitError)
    kinds = {local(node) for node in root.within()} & {"oem", "omm", "ocm", "opm"}
    if kinds == {"oem"}:
        return OrbitFile(ephemeris=oem_of_root(root, file=file))
    if kinds == {"omm"}:
        return OrbitFile(elements=tuple(map(elements_of, messages_of_root(root, file=file))))
    found = " and ".join(sorted(kinds)) or root.name
    raise OrbitError(
        "an orbit file in XML holds mean elements (omm) or an ephemeris (oem)", value=found, remedy=SAVE, file=file
    )
