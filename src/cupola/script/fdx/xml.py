"""Pieces of XML as Final Draft writes them, and changes to a file that leave every other byte as it is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from cupola.errors import ScriptError
from cupola.strangers import Node

LONGEST_FILE = 64 * 2**20

_NOT_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_DECLARED = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_TEXT_SIGNS = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "\r": "&#13;"}
_VALUE_SIGNS = {**_TEXT_SIGNS, '"': "&quot;", "\n": "&#10;", "\t": "&#9;"}
_TEXT = str.maketrans(_TEXT_SIGNS)
_VALUE = str.maketrans(_VALUE_SIGNS)


def for_xml(text: str) -> str:
    """Return text without the signs that no XML file can hold (control characters, lone surrogates)."""
    return _NOT_XML.sub("", text)


def start_tag(name: str, attributes: Mapping[str, str], *, closed: bool = False) -> str:
    """Write a start tag, or a whole empty element; attributes keep their order."""
    values = "".join(f' {key}="{for_xml(value).translate(_VALUE)}"' for key, value in attributes.items())
    return f"<{name}{values}{'/' if closed else ''}>"


def leaf(name: str, attributes: Mapping[str, str], text: str) -> str:
    """Write an element that holds text alone: `<Text Style="Bold">He runs.</Text>`."""
    return f"{start_tag(name, attributes)}{for_xml(text).translate(_TEXT)}</{name}>"


def block(name: str, attributes: Mapping[str, str], children: list[str], indent: str = "") -> str:
    """Write an element that holds elements, each on a line of its own two spaces further in; none at all closes it at once.

    The first line is not indented: it goes where somebody puts it. The children come indented as deep as `indent` alone.
    """
    if not children:
        return start_tag(name, attributes, closed=True)
    lines = "".join(f"\n{indent}  {child}" for child in children)
    return f"{start_tag(name, attributes)}{lines}\n{indent}</{name}>"


def as_utf8(data: bytes, *, file: str) -> bytes:
    """Return an XML file in UTF-8 without a byte-order mark, its declaration changed to say so.

    Raises ScriptError for an encoding that nobody knows, or text that is not in the one it claims.
    """
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "")
    declared = _DECLARED.match(data[:400])
    codec = marked or (declared.group(1).decode("ascii") if declared else "utf-8")
    if codec.casefold() in ("utf-8", "utf8", "us-ascii", "ascii"):
        return data
    try:
        text = data.decode(codec).removeprefix("\ufeff")
    except (LookupError, UnicodeDecodeError) as fault:
        raise ScriptError(f"an FDX file is text: {fault}", remedy="save the file as UTF-8", file=file, line=1) from None
    head, gap, rest = text.partition("?>")
    return (re.sub(r"""encoding\s*=\s*["'][^"']*["']""", 'encoding="UTF-8"', head) + gap + rest).encode()


_MARKS = ((b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))


@dataclass(kw_only=True, slots=True)
class Splices:
    """Changes to the bytes of one UTF-8 file, each a stretch and what stands there instead; all else stays as it is.

    A change inside a stretch that goes altogether is dropped. Changes at one place keep the order in which they were made.
    """

    data: bytes
    changes: list[tuple[int, int, str]] = field(default_factory=list)

    def replace(self, node: Node, xml: str) -> None:
        self.changes.append((node.start, node.end, xml))

    def remove(self, node: Node) -> None:
        """Take an element out, with the line it stood on where it stood alone."""
        start = node.start
        while start > 0 and self.data[start - 1 : start].isspace():
            start -= 1
        if self.data[start - 1 : start] != b">":
            start = node.start
        self.changes.append((start, node.end, ""))

    def put_after(self, node: Node, xml: str) -> None:
        self.changes.append((node.end, node.end, xml))

    def tag(self, node: Node, attributes: Mapping[str, str]) -> None:
        """Give an element these attributes, where they are not the ones it has."""
        if dict(attributes) == node.attributes:
            return
        end = self.behind_start_tag(node)
        closed = end == node.end and not node.content and self.data[end - 2 : end] == b"/>"
        self.changes.append((node.start, end, start_tag(node.name, attributes, closed=closed)))

    def put_first(self, node: Node, xml: str, attributes: Mapping[str, str] | None = None) -> None:
        """Put XML at the start of what an element holds, and give it other attributes."""
        self._put(node, xml, attributes, at_end=False)

    def put_last(self, node: Node, xml: str, attributes: Mapping[str, str] | None = None) -> None:
        """Put XML at the end of what an element holds, and give it other attributes."""
        self._put(node, xml, attributes, at_end=True)

    def _put(self, node: Node, xml: str, attributes: Mapping[str, str] | None, *, at_end: bool) -> None:
        attributes = node.attributes if attributes is None else attributes
        behind = self.behind_start_tag(node)
        if behind == node.end:
            self.replace(node, f"{start_tag(node.name, attributes)}{xml}\n{self.indent(node)}</{node.name}>")
            return
        self.tag(node, attributes)
        end_tag = self.data.rfind(b"</", node.start, node.end)
        at = end_tag if at_end else behind
        while at_end and at > behind and self.data[at - 1 : at].isspace():
            at -= 1
        tail = f"\n{self.indent(node)}" if at == end_tag == behind else ""
        self.changes.append((at, at, f"{xml}{tail}"))

    def behind_start_tag(self, node: Node) -> int:
        """Return where the start tag of an element ends; the sign `>` may stand inside a value."""
        at, quote = node.start, b""
        while True:
            sign = self.data[at : at + 1]
            at += 1
            if quote:
                quote = b"" if sign == quote else quote
            elif sign in (b'"', b"'"):
                quote = sign
            elif sign == b">":
                return at

    def indent(self, node: Node) -> str:
        """Return the spaces before an element on its line; none where something else stands before it."""
        start = self.data.rfind(b"\n", 0, node.start) + 1
        before = self.data[start : node.start]
        return before.decode() if not before.strip() else ""

    def applied(self) -> bytes:
        """Return the file with the changes made; the very same bytes where there are none."""
        pieces: list[bytes] = []
        at = 0
        ordered = sorted(enumerate(self.changes), key=lambda one: (one[1][0], one[1][1] > one[1][0], -one[1][1], one[0]))
        for _, (start, end, xml) in ordered:
            if start < at:
                continue
            pieces += [self.data[at:start], xml.encode()]
            at = end
        return b"".join([*pieces, self.data[at:]]) if pieces else self.data
