"""Files that strangers made: XML that declares nothing, and archives that cannot burst.

Screenplays and orbit files come from anywhere. What can hurt is refused before it is read: document types (and with them
entities, bombs and references to other files), nesting without end, archives whose contents are far larger than they are, and
names in an archive that climb out of it.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from xml.parsers import expat

from cupola.errors import CupolaError

DEEPEST_XML = 64
MOST_NODES = 4_000_000
LONGEST_MEMBER = 64 * 2**20
MOST_MEMBERS = 2_000
ZIP_ERRORS = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError, ValueError)


@dataclass(kw_only=True, slots=True, eq=False)
class Comment:
    """A comment of an XML file."""

    text: str


@dataclass(kw_only=True, slots=True, eq=False)
class Node:
    """An element of an XML file with all it holds, in order: text, elements and comments.

    `name` and the names of attributes are as written, prefix included. `line` and `column` are 1-based. The bytes of the file
    from `start` up to `end` are the whole element, its tags included (meant for UTF-8).
    """

    name: str
    attributes: dict[str, str] = field(default_factory=dict)
    content: list[Node | Comment | str] = field(default_factory=list)
    line: int = 0
    column: int = 0
    end_line: int = 0
    start: int = 0
    end: int = 0

    @property
    def nodes(self) -> Iterator[Node]:
        """The elements directly inside."""
        return (one for one in self.content if isinstance(one, Node))

    def all(self, name: str) -> Iterator[Node]:
        """The elements of that name directly inside."""
        return (one for one in self.nodes if one.name == name)

    def first(self, *path: str) -> Node | None:
        """The first element down a path of names, None where there is none."""
        found: Node | None = self
        for name in path:
            found = next(found.all(name), None) if found else None
        return found

    def within(self) -> Iterator[Node]:
        """This element and every one inside it, at any depth, in the order of the file."""
        stack = [self]
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(list(node.nodes)))

    @property
    def text(self) -> str:
        """All text inside, at any depth."""
        return "".join(_texts(self))


def _texts(node: Node) -> Iterator[str]:
    for one in node.content:
        if isinstance(one, str):
            yield one
        elif isinstance(one, Node):
            yield from _texts(one)


def read_xml(data: bytes, *, file: str, error: type[CupolaError], most_nodes: int = MOST_NODES) -> Node:
    """Return the root element of an XML file; raises `error` with the line of what is wrong or dangerous."""
    return _Reader(file=file, error=error, most_nodes=most_nodes).read(data)


class _Reader:
    def __init__(self, *, file: str, error: type[CupolaError], most_nodes: int) -> None:
        self.file = file
        self.error = error
        self.most_nodes = most_nodes
        self.root: Node | None = None
        self.open: list[Node] = []
        self.count = 0
        self.data = b""
        parser = self.parser = expat.ParserCreate()
        parser.buffer_text = True
        parser.ordered_attributes = True
        parser.StartElementHandler = self.start
        parser.EndElementHandler = self.end
        parser.CharacterDataHandler = self.put
        parser.CommentHandler = self.comment
        parser.StartDoctypeDeclHandler = self.doctype
        parser.SetParamEntityParsing(expat.XML_PARAM_ENTITY_PARSING_NEVER)

    def read(self, data: bytes) -> Node:
        self.data = data
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as fault:
            said = expat.errors.messages.get(fault.code, "it cannot be read")
            raise self.wrong(f"this is not sound XML: {said}", "export the file again", line=fault.lineno) from None
        except (LookupError, ValueError) as fault:
            raise self.wrong(f"this XML has an encoding nobody reads: {fault}", "save the file as UTF-8", line=1) from None
        if self.root is None:
            raise self.wrong("an XML file has an element", "export the file again", line=1)
        return self.root

    def start(self, name: str, flat: list[str]) -> None:
        line = self.parser.CurrentLineNumber
        self.count += 1
        if len(self.open) >= DEEPEST_XML:
            raise self.wrong(
                f"elements lie at most {DEEPEST_XML} deep", "this file was made to do harm, or is broken", line=line
            )
        if self.count > self.most_nodes:
            raise self.wrong(f"a file has at most {self.most_nodes:,} elements", "split the file", line=line)
        attributes = dict(zip(flat[::2], flat[1::2], strict=True))
        column, start = self.parser.CurrentColumnNumber + 1, self.parser.CurrentByteIndex
        node = Node(name=name, attributes=attributes, line=line, column=column, start=start)
        if self.open:
            self.open[-1].content.append(node)
        else:
            self.root = node
        self.open.append(node)

    def end(self, _name: str) -> None:
        node = self.open.pop()
        node.end_line = self.parser.CurrentLineNumber
        at = self.parser.CurrentByteIndex
        closed_itself = not node.content and self.data[at - 2 : at] == b"/>"
        node.end = at if closed_itself else self.data.find(b">", at) + 1

    def put(self, text: str) -> None:
        if self.open:
            content = self.open[-1].content
            if content and isinstance(content[-1], str):
                content[-1] += text
            else:
                content.append(text)

    def comment(self, text: str) -> None:
        if self.open:
            self.open[-1].content.append(Comment(text=text))

    def doctype(self, name: str, _system: str | None, _public: str | None, _internal: bool) -> None:
        remedy = "take the <!DOCTYPE …> out, or export the file again: entities can fill the memory or read other files"
        raise self.wrong("XML from elsewhere declares no document type", remedy, value=name, line=self.parser.CurrentLineNumber)

    def wrong(self, rule: str, remedy: str, *, line: int, value: object = None) -> CupolaError:
        return self.error(rule, value=value, remedy=remedy, file=self.file, line=line)


def read_member(
    data: bytes,
    wanted: Callable[[str], bool],
    *,
    file: str,
    error: type[CupolaError],
    kind: str,
    what: str = "a script",
    remedy: str = "export the script as Fountain or FDX",
    most: int = LONGEST_MEMBER,
) -> bytes:
    """Return the first member of a zip archive whose name is wanted, never more than `most` bytes; nothing is written anywhere.

    Raises `error` for what is no archive, one that is encrypted or damaged, one without such a member, and one whose member is
    larger than that or than its table of contents says. `kind` names the file: "a Fade In file"; `what` the member: "a script".
    """

    def wrong(rule: str, remedy: str = remedy, value: object = None) -> CupolaError:
        return error(rule, value=value, remedy=remedy, file=file)

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries = archive.infolist()
            if len(entries) > MOST_MEMBERS:
                raise wrong(f"{kind} holds at most {MOST_MEMBERS} files", value=len(entries))
            entry = next((each for each in entries if not each.is_dir() and wanted(each.filename)), None)
            if entry is None:
                raise wrong(f"{kind} holds {what}", value=", ".join(each.filename for each in entries[:5]) or "nothing")
            if entry.flag_bits & 1:
                raise wrong(f"{kind} is not locked with a password", "save it without one")
            with archive.open(entry) as member:
                found = member.read(most + 1)
    except ZIP_ERRORS as fault:
        raise wrong(f"{kind} is a zip archive: {fault}") from None
    if len(found) > most:
        rule = f"{what} in {kind} has at most {most // 2**20} MB"
        raise wrong(rule, "is this the right file?", entry.filename)
    return found
