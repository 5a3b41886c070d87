"""XML of a schedule that is changed in places and otherwise kept: what is read of an element, what is carried, and the text."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from cupola.errors import ScheduleError
from cupola.exchange.schedule_file import Extra
from cupola.strangers import Comment, Node, read_xml

CARRIED = "_msd"
"""The key under which a schedule carries what only this format says."""

_UNSAID = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TEXT = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_VALUE = {**_TEXT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def element(name: str, attributes: Mapping[str, str | None], *inside: Node | str) -> Node:
    """Return an element; attributes that are None are left out."""
    return Node(name=name, attributes={key: text for key, text in attributes.items() if text is not None}, content=[*inside])


def text_of(node: Node) -> str:
    """Return an element as XML."""
    return "".join(_parts(node))


def _parts(node: Node) -> Iterator[str]:
    attributes = "".join(f' {key}="{sayable(text).translate(_VALUE)}"' for key, text in node.attributes.items())
    if not node.content:
        yield f"<{node.name}{attributes}/>"
        return
    yield f"<{node.name}{attributes}>"
    for inside in node.content:
        if isinstance(inside, Node):
            yield from _parts(inside)
        elif isinstance(inside, Comment):
            yield f"<!--{sayable(inside.text)}-->"
        else:
            yield sayable(inside).translate(_TEXT)
    yield f"</{node.name}>"


def sayable(text: str) -> str:
    """Return a text without the control characters that XML cannot say."""
    return _UNSAID.sub(" ", text)


def carried(node: Node, known: Collection[str], lists: Collection[str] = (), **more: Any) -> Extra:
    """Return what an element has beside its known attributes and lists, and `more` that is not empty, as one pair."""
    beside = {key: text for key, text in node.attributes.items() if key not in known}
    inside = [text_of(one) for one in node.nodes if one.name not in lists]
    found = {key: value for key, value in {"attributes": beside, "inside": inside, **more}.items() if value}
    return ((CARRIED, json.dumps(found)),) if found else ()


def unpacked(extra: Extra) -> dict[str, Any]:
    """Return what was carried; nothing where it is not of this format's making."""
    value = next((json.loads(value) for key, value in extra if key == CARRIED), None)
    return value if isinstance(value, dict) else {}


def restored(node: Node, extra: Extra) -> Node:
    """Put what was carried back into an element."""
    found = unpacked(extra)
    node.attributes |= strings(found.get("attributes"))
    texts = found.get("inside")
    node.content.extend(parsed(text) for text in (texts if isinstance(texts, list) else ()) if isinstance(text, str))
    return node


def strings(value: object) -> dict[str, str]:
    """Return the attributes among what a file carries: names that XML can have, with texts."""
    pairs = value.items() if isinstance(value, dict) else ()
    return {key: text for key, text in pairs if isinstance(text, str) and re.fullmatch(r"[A-Za-z_][\w.-]*", key)}


def parsed(text: str, *, file: str = "") -> Node:
    """Return carried XML as an element; raises ScheduleError."""
    return read_xml(text.encode("utf-8", "replace"), file=file, error=ScheduleError)


def at(node: Node, path: Iterable[str]) -> Node:
    """Return the element down a path, made where it is missing."""
    for name in path:
        found = node.first(name)
        if found is None:
            found = Node(name=name)
            node.content.append(found)
        node = found
    return node


def without(node: Node, path: Iterable[str], name: str) -> Node:
    """Take all elements of a name out of the list down a path, and return the whole."""
    inner = node.first(*path)
    if inner is not None:
        inner.content = [one for one in inner.content if not (isinstance(one, Node) and one.name == name)]
        inner.content = [one for one in inner.content if not isinstance(one, str) or one.strip()]
    return node
