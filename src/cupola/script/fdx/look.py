"""How an FDX file shows its paragraphs: types, capitals, page breaks, and which style is a look and which is emphasis."""

from __future__ import annotations

from dataclasses import dataclass, field

from cupola.script.fdx.runs import Run, runs_of
from cupola.strangers import Node


def number_of(text: str) -> int:
    """A whole number of at most six digits; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) <= 6 else 0


def runs_in(node: Node, *, capitals: bool) -> list[Run]:
    """Return the runs of a paragraph as we read it.

    A style that a heading, transition or parenthetical has from end to end is its look and no emphasis, and so is any style
    of a cue.
    """
    runs = runs_of(list(node.all("Text")), capitals=capitals)
    kind = type_of(node)
    if kind == "character":
        return [Run(text=run.text) for run in runs]
    if kind in ("scene heading", "transition", "parenthetical"):
        common = frozenset[str]().union(*(run.styles for run in runs))
        for run in runs:
            common &= run.styles if run.text.strip() else common
        return [Run(text=run.text, styles=run.styles - common) for run in runs]
    return runs


def type_of(node: Node) -> str:
    """The type of a paragraph, in small letters."""
    return node.attributes.get("Type", "").strip().casefold()


@dataclass(kw_only=True, slots=True)
class Settings:
    """What an FDX file says of its types of paragraph: which are shown in capitals, which begin a page."""

    capitals: set[str] = field(default_factory=set)
    new_page: set[str] = field(default_factory=set)


def settings_of(root: Node) -> Settings:
    settings = Settings()
    for node in root.all("ElementSettings"):
        font, paragraph = node.first("FontSpec"), node.first("ParagraphSpec")
        if font and "AllCaps" in font.attributes.get("Style", "").split("+"):
            settings.capitals.add(type_of(node))
        if paragraph and paragraph.attributes.get("StartsNewPage") == "Yes":
            settings.new_page.add(type_of(node))
    return settings
