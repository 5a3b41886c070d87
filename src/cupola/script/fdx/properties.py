"""What Final Draft keeps beside a scene heading, changed in the file it stands in."""

from __future__ import annotations

from cupola.script.elements import Heading, Synopsis
from cupola.script.fdx.headings import beat_xml, beats_xml, properties_of, properties_xml, summary_xml
from cupola.script.fdx.units import Unit
from cupola.script.fdx.xml import Splices, block, start_tag
from cupola.strangers import Node


def change_properties(cut: Splices, node: Node, item: Unit, other: Unit) -> None:
    """Change length, page, summary and who is present of a heading."""
    assert item.main
    assert other.main
    old, new = item.main.paragraph, other.main.paragraph
    assert isinstance(old, Heading)
    assert isinstance(new, Heading)
    texts, wanted = _synopses(item), _synopses(other)
    has_changed = (old.eighths, old.page, old.present, texts) != (new.eighths, new.page, new.present, wanted)
    found, indent = node.first("SceneProperties"), f"{cut.indent(node)}  "
    if not has_changed:
        return
    if not found:
        xml = properties_xml(new, wanted, indent)
        if xml:
            cut.put_first(node, f"\n{indent}{xml}")
        _remove_summaries(cut, item)
        return
    attributes = properties_of(new, found.attributes)
    if texts != wanted and attributes.get("Title"):
        attributes["Title"] = ""
    if not found.content:
        filled = properties_xml(new, wanted, indent) or "<SceneProperties/>"
        cut.replace(found, start_tag(found.name, attributes) + (filled.partition(">")[2] or "</SceneProperties>"))
        _remove_summaries(cut, item)
        return
    cut.tag(found, attributes)
    if old.present != new.present:
        _change_beats(cut, found, new)
    if texts != wanted:
        _change_summary(cut, found, wanted)
        _remove_summaries(cut, item)


def _remove_summaries(cut: Splices, item: Unit) -> None:
    for aside in item.asides:
        if isinstance(aside.paragraph, Synopsis) and aside.node:
            cut.remove(aside.node)


def _change_beats(cut: Splices, properties: Node, heading: Heading) -> None:
    found, indent = properties.first("SceneArcBeats"), f"{cut.indent(properties)}  "
    if not found:
        cut.put_last(properties, f"\n{indent}{beats_xml(heading.present, indent)}")
        return
    by_name = {" ".join(one.attributes.get("Name", "").split()): one for one in found.all("CharacterArcBeat")}
    kept = [name for name in by_name if name in heading.present]
    if kept != list(heading.present[: len(kept)]) or not found.content:
        beats = [_raw(cut, by_name[name]) if name in by_name else beat_xml(name, f"{indent}  ") for name in heading.present]
        cut.replace(found, block("SceneArcBeats", found.attributes, beats, indent))
        return
    for name, node in by_name.items():
        if name not in kept:
            cut.remove(node)
    added = "".join(f"\n{indent}  {beat_xml(name, indent + '  ')}" for name in heading.present[len(kept) :])
    if added:
        cut.put_last(found, added)


def _raw(cut: Splices, node: Node) -> str:
    return cut.data[node.start : node.end].decode()


def _change_summary(cut: Splices, properties: Node, wanted: list[str]) -> None:
    found, indent = properties.first("Summary"), f"{cut.indent(properties)}  "
    if found and wanted:
        cut.replace(found, summary_xml(wanted, indent))
    elif found:
        cut.remove(found)
    elif wanted:
        cut.put_first(properties, f"\n{indent}{summary_xml(wanted, indent)}")


def _synopses(unit: Unit) -> list[str]:
    return [aside.paragraph.text for aside in unit.asides if isinstance(aside.paragraph, Synopsis)]
