"""What Final Draft keeps beside a scene heading: length, page, title, summary, who is present; and scenes that were cut."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cupola.model.script import pages_text
from cupola.script.elements import Heading
from cupola.script.fdx.xml import block, leaf
from cupola.strangers import Node

_LENGTH = re.compile(r"(?:(\d{1,4})(?:\s+|$))?(?:(\d{1,4})\s*/\s*([1248]))?", re.ASCII)
_CARD = re.compile(
    r"(?:scenes?\s+)?(?:omit(?:ted)?|deleted|опущен[оа]|вырезан[оа])(?:\s+scenes?)?[\s\dA-Z.,:&-]*", re.IGNORECASE
)
CARD = "OMITTED"


def eighths_of(length: str) -> int | None:
    """Read the length of a scene in eighths of a page; None for what is no length, and for nought.

    >>> eighths_of("1 3/8"), eighths_of("2"), eighths_of("0"), eighths_of("long")
    (11, 16, None, None)
    """
    found = _LENGTH.fullmatch(length.strip())
    if not found:
        return None
    pages, parts, whole = found.groups()
    eighths = int(pages or 0) * 8 + (int(parts) * 8 // int(whole) if parts else 0)
    return eighths or None


def is_card(text: str) -> bool:
    """Whether a heading says no more than that a scene was cut: `OMITTED`, `SCENES 12-14 OMITTED`."""
    words = re.sub(r"(?i)^scenes?\s+[\d\sA-Z,&-]*?(?=omit|deleted)", "", text.strip())
    return _CARD.fullmatch(words) is not None


def said_of(node: Node) -> tuple[int | None, str, tuple[str, ...], tuple[str, ...]]:
    """Return length in eighths, page, who is present, and the synopses of a heading; title and summary are synopses both."""
    found = node.first("SceneProperties")
    if not found:
        return None, "", (), ()
    beats = found.first("SceneArcBeats")
    names = [" ".join(beat.attributes.get("Name", "").split()) for beat in beats.all("CharacterArcBeat")] if beats else []
    texts = dict.fromkeys(filter(None, (title_of(found), *summaries_of(found))))
    page = found.attributes.get("Page", "").strip()
    return eighths_of(found.attributes.get("Length", "")), page, tuple(dict.fromkeys(filter(None, names))), tuple(texts)


def title_of(properties: Node) -> str:
    return " ".join(properties.attributes.get("Title", "").split())


def summaries_of(properties: Node) -> list[str]:
    """The paragraphs of the summary of a scene."""
    summary = properties.first("Summary")
    paragraphs = summary.all("Paragraph") if summary else ()
    return [" ".join("".join(one.text for one in paragraph.all("Text")).split()) for paragraph in paragraphs]


def properties_xml(heading: Heading, synopses: Iterable[str], indent: str) -> str:
    """Write what Final Draft keeps beside a heading; empty where there is nothing to keep."""
    children = []
    texts = list(synopses)
    if texts:
        children.append(summary_xml(texts, f"{indent}  "))
    if heading.present:
        children.append(beats_xml(heading.present, f"{indent}  "))
    if not children and heading.eighths is None and not heading.page:
        return ""
    return block("SceneProperties", properties_of(heading, {"Title": ""}), children, indent)


def properties_of(heading: Heading, given: dict[str, str]) -> dict[str, str]:
    """Return the attributes of scene properties with length and page of a heading, in the order of the alphabet where new."""
    said = {"Length": "" if heading.eighths is None else pages_text(heading.eighths), "Page": heading.page}
    if eighths_of(given.get("Length", "")) == heading.eighths:
        said["Length"] = given.get("Length", "")
    merged = {**given, **said}
    kept = {key: value for key, value in merged.items() if value or key in given}
    return kept if kept.keys() == given.keys() else dict(sorted(kept.items()))


def summary_xml(texts: list[str], indent: str) -> str:
    inner = f"{indent}  "
    return block("Summary", {}, [block("Paragraph", {}, [leaf("Text", {}, text)], inner) for text in texts], indent)


def beats_xml(names: Iterable[str], indent: str) -> str:
    return block("SceneArcBeats", {}, [beat_xml(name, f"{indent}  ") for name in names], indent)


def beat_xml(name: str, indent: str) -> str:
    return block("CharacterArcBeat", {"Name": name}, ["<Paragraph/>"], indent)
