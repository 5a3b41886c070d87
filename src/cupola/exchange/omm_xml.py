"""Mean-elements messages as XML, one `omm` or an `ndm` full of them."""

from __future__ import annotations

from collections.abc import Iterator

from cupola.errors import OrbitError
from cupola.exchange.ccsds import FETCH, Message
from cupola.exchange.oem_xml import local
from cupola.exchange.omm import MANY, check_unit
from cupola.strangers import Node, read_xml


def xml_messages(data: bytes, *, file: str) -> Iterator[Message]:
    """Yield each message of an XML file; raises OrbitError with the line of what is wrong."""
    return messages_of_root(read_xml(data, file=file, error=OrbitError), file=file)


def messages_of_root(root: Node, *, file: str) -> Iterator[Message]:
    """Yield each message under a root element: its leaves at any depth as keys and values."""
    for omm in (node for node in root.within() if local(node) == "omm"):
        yield _message(omm, file)


def _message(omm: Node, file: str) -> Message:
    message = Message(file=file, line=omm.line)
    for node in omm.within():
        if node is omm or any(True for _ in node.nodes):
            continue
        key, value = local(node), node.text.strip()
        if key in message.values and key not in MANY:
            raise OrbitError(f"{key} stands once in a message", value=value, remedy=FETCH, file=file, line=node.line)
        message.lines.setdefault(key, node.line)
        if "units" in node.attributes:
            check_unit(message, key, node.attributes["units"])
        before = message.values.get("COMMENT")
        message.values[key] = f"{before} {value}" if key == "COMMENT" and before else value
    return message
