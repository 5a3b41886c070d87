"""What stands beside the text of an FDX file: title page, sets of revised pages, cast list, locked pages."""

from __future__ import annotations

from collections.abc import Iterable

from cupola.script.elements import RevisionSet, Screenplay, TitleEntry
from cupola.script.fdx.look import number_of
from cupola.script.fdx.tables import INKS, PAPERS, paper_of, tint_of
from cupola.script.fdx.title import title_page_xml
from cupola.script.fdx.xml import Splices, block, leaf, start_tag
from cupola.strangers import Node

_LOCKED = {"Deleted": "0", "LevelIndex": "0", "LockLevel": "0", "PageNumber": "1", "Position": "0"}


def revision_sets(root: Node) -> tuple[RevisionSet, ...]:
    """The sets of revised pages of an FDX file, in its order."""
    sets = root.first("Revisions")
    found: dict[int, RevisionSet] = {}
    for node in sets.all("Revision") if sets else ():
        number, name = number_of(node.attributes.get("ID", "")), " ".join(node.attributes.get("Name", "").split())
        if number and number not in found:
            colour = paper_of(name, node.attributes.get("PageColor", ""))
            found[number] = RevisionSet(number=number, name=name, colour=colour)
    return tuple(found.values())


def cast_list(root: Node) -> tuple[str, ...]:
    """The characters an FDX file lists, those with a voice of their own behind the others."""
    characters, cast = root.first("SmartType", "Characters"), root.first("Cast")
    names = [one.text for one in characters.all("Character")] if characters else []
    names += [one.attributes.get("Character", "") for one in cast.all("Member")] if cast else []
    return tuple(dict.fromkeys(filter(None, (" ".join(name.split()) for name in names))))


def put_beside(cut: Splices, root: Node, old: Screenplay, new: Screenplay) -> None:
    """Change what stands beside the text where a screenplay says otherwise."""
    if _titles(old) != _titles(new):
        _put_title_page(cut, root, new.title_page)
    if old.cast_list != new.cast_list:
        _put_cast_list(cut, root, new.cast_list)
    if old.pages_locked != new.pages_locked:
        _put_locked_pages(cut, root, locked=new.pages_locked)
    if old.revisions != new.revisions:
        _put_revisions(cut, root, new.revisions)


def _titles(screenplay: Screenplay) -> list[tuple[str, tuple[str, ...]]]:
    return [(entry.key, entry.lines) for entry in screenplay.title_page]


def _put(cut: Splices, root: Node, path: tuple[str, ...], xml: str) -> None:
    """Write an element where one of that path stands, or make it at the end of what there is of the path."""
    found = root.first(*path)
    if found:
        cut.replace(found, xml)
        return
    parents = list(path[:-1])
    missing: list[str] = []
    while parents and not root.first(*parents):
        missing.insert(0, parents.pop())
    holder = root.first(*parents) if parents else root
    assert holder is not None
    for name in reversed(missing):
        xml = f"<{name}>{xml}</{name}>"
    cut.put_last(holder, f"\n\n  {xml}\n" if holder is root else f"\n    {xml}")


def _put_title_page(cut: Splices, root: Node, entries: tuple[TitleEntry, ...]) -> None:
    xml = block("Content", {}, title_page_xml(entries, "      ") if entries else [], "    ")
    _put(cut, root, ("TitlePage", "Content"), xml)


def _put_cast_list(cut: Splices, root: Node, names: Iterable[str]) -> None:
    names = list(names)
    _put(
        cut, root, ("SmartType", "Characters"), block("Characters", {}, [leaf("Character", {}, name) for name in names], "    ")
    )
    cast = root.first("Cast")
    for member in cast.all("Member") if cast else ():
        if " ".join(member.attributes.get("Character", "").split()) not in names:
            cut.remove(member)


def _put_locked_pages(cut: Splices, root: Node, *, locked: bool) -> None:
    pages = [start_tag("LockedPage", _LOCKED, closed=True)] if locked else []
    _put(cut, root, ("LockedPages",), block("LockedPages", {}, pages, "  "))


def _put_revisions(cut: Splices, root: Node, sets: Iterable[RevisionSet]) -> None:
    found = root.first("Revisions")
    given = {number_of(one.attributes.get("ID", "")): one for one in found.all("Revision")} if found else {}
    lines = [start_tag("Revision", _revision(one, given.get(one.number)), closed=True) for one in sets]
    attributes = found.attributes if found else {"RevisionMode": "No", "RevisionsShown": "All", "ShowPageColor": "Yes"}
    others = [one for one in found.nodes if one.name != "Revision"] if found else []
    lines += [cut.data[one.start : one.end].decode() for one in others]
    _put(cut, root, ("Revisions",), block("Revisions", attributes, lines, "  "))


def _revision(one: RevisionSet, given: Node | None) -> dict[str, str]:
    """The attributes of a set; its tints stay where they already are those of its colour."""
    attributes = dict(given.attributes) if given else {"FullRevision": "No", "Mark": "*", "Style": ""}
    attributes |= {"ID": str(one.number), "Name": one.name}
    if paper_of(one.name, attributes.get("PageColor", "")) != one.colour:
        attributes["PageColor"] = tint_of(one.colour, PAPERS)
    if given is None:
        attributes |= {"Color": tint_of(one.colour, INKS), "PageColor": tint_of(one.colour, PAPERS)}
    return dict(sorted(attributes.items()))
