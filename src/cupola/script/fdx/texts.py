"""The words of a paragraph changed where a person changed them: every other run keeps its style, its tag and its mark."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from cupola.script.fdx.runs import NO_STYLE, Run, Styles
from cupola.script.fdx.xml import leaf
from cupola.strangers import Node

_Sign = tuple[str, Styles]
_EMPHASIS = ("Bold", "Italic", "Underline")


def texts_xml(texts: Sequence[Node], old: Sequence[Run], new: Sequence[Run], revision: int) -> list[str]:
    """Write the `Text` elements of a paragraph that read as `old` so that they read as `new`.

    What stands before and behind the change keeps all that Final Draft says of it; what is new takes the look of its
    neighbour, no tag, and the mark of the revision.
    """
    was, now = _signs(old), _signs(new)
    raw = _raw(texts, len(was))
    front = _alike(was, now, 0) if raw else 0
    back = _alike(was[front:][::-1], now[front:][::-1], 0) if raw else 0
    written: list[tuple[str, dict[str, str]]] = []
    for at, (sign, styles) in enumerate(now):
        is_kept = at < front or at >= len(now) - back
        source = at if at < front else at - len(now) + len(was)
        if is_kept:
            kept, node = raw[source]
            same = was[source][1] == styles
            written.append((kept, node.attributes if same else _with_styles(node.attributes, styles)))
        else:
            written.append((sign, _of_new(_neighbour(raw, texts, front), styles, revision)))
    return [leaf("Text", attributes, text) for text, attributes in _marked(_joined(written), revision)] or ["<Text></Text>"]


def _signs(runs: Sequence[Run]) -> list[_Sign]:
    return [(sign, run.styles) for run in runs for sign in run.text]


def _raw(texts: Sequence[Node], length: int) -> list[tuple[str, Node]]:
    """The signs as the file has them, without the spaces around; none where they are not one for one what we read."""
    signs = [(sign, node) for node in texts for sign in node.text]
    while signs and signs[0][0].isspace():
        del signs[0]
    while signs and signs[-1][0].isspace():
        del signs[-1]
    return signs if len(signs) == length else []


def _alike(one: Sequence[_Sign], other: Sequence[_Sign], count: int) -> int:
    """How many signs two texts begin with in common, whatever their style."""
    for (mine, _), (yours, _) in zip(one, other, strict=False):
        if mine != yours:
            break
        count += 1
    return count


def _neighbour(raw: list[tuple[str, Node]], texts: Sequence[Node], at: int) -> dict[str, str]:
    if raw:
        return raw[min(max(at - 1, 0), len(raw) - 1)][1].attributes
    return texts[0].attributes if texts else {}


def _of_new(neighbour: dict[str, str], styles: Styles, revision: int) -> dict[str, str]:
    plain = {key: value for key, value in neighbour.items() if key not in ("TagNumber", "AdornmentStyle", "RevisionID")}
    found = _with_styles(plain, styles)
    return {"RevisionID": str(revision), **found} if revision else found


def _with_styles(attributes: dict[str, str], styles: Styles) -> dict[str, str]:
    others = [part for part in attributes.get("Style", "").split("+") if part and part not in _EMPHASIS]
    style = "+".join([*(part for part in _EMPHASIS if part in (styles or NO_STYLE)), *others])
    if not style and "Style" not in attributes:
        return attributes
    found = {**attributes, "Style": style}
    return found if style else {key: value for key, value in found.items() if key != "Style"}


def _joined(written: list[tuple[str, dict[str, str]]]) -> list[tuple[str, dict[str, str]]]:
    groups = groupby(written, key=lambda one: one[1])
    return [("".join(sign for sign, _ in group), attributes) for attributes, group in groups]


def _marked(runs: list[tuple[str, dict[str, str]]], revision: int) -> list[tuple[str, dict[str, str]]]:
    """Make the last revision that marks a run the one that marks the paragraph."""
    found: list[tuple[str, dict[str, str]]] = []
    for text, attributes in runs:
        number = attributes.get("RevisionID", "0")
        late = not number.isdigit() or int(number) > revision
        found.append((text, {key: value for key, value in attributes.items() if key != "RevisionID"} if late else attributes))
    if revision and not any(attributes.get("RevisionID") == str(revision) for _, attributes in found):
        return [(text, {**attributes, "RevisionID": str(revision)}) for text, attributes in found]
    return found
