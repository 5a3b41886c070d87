"""HTML and SVG as values: text is escaped where it enters, so no script can bring markup with it."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable
from typing import TypeAlias

VOID = frozenset({"br", "col", "hr", "input", "link", "meta"})
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Markup(str):
    """Text that is markup already."""

    __slots__ = ()


Child: TypeAlias = "str | int | float | Iterable[Child] | None"
Attribute: TypeAlias = str | int | float | bool | None


def escaped(text: str) -> str:
    """Write text so that HTML shows it as it is; control characters become U+FFFD."""
    return html.escape(CONTROL.sub("�", text), quote=True)


def number(value: float) -> str:
    """Write a coordinate: two decimals at most, no trailing zero.

    >>> number(12.0), number(3.14159), number(-0.001)
    ('12', '3.14', '0')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def el(tag: str, /, *children: Child, **attributes: Attribute) -> Markup:
    """Return an element; `class_` stands for class, other underscores for hyphens; None and False leave out.

    >>> el("p", "2 < 3", class_="note", hidden=False)
    '<p class="note">2 &lt; 3</p>'
    """
    head = "".join(_attribute(key, value) for key, value in attributes.items())
    return Markup(f"<{tag}{head}>") if tag in VOID else Markup(f"<{tag}{head}>{join(children)}</{tag}>")


def join(children: Iterable[Child]) -> Markup:
    """Return children one after another as markup."""
    return Markup("".join(map(_child, children)))


def _child(child: Child) -> str:
    match child:
        case None:
            return ""
        case Markup():
            return child
        case str():
            return escaped(child)
        case int() | float():
            return number(child)
        case _:
            return join(child)


def _attribute(key: str, value: Attribute) -> str:
    if value is None or value is False:
        return ""
    name = key.rstrip("_").replace("_", "-")
    if value is True:
        return f" {name}"
    return f' {name}="{escaped(value) if isinstance(value, str) else number(value)}"'


def svg(width: float, height: float, *children: Child, label: str, class_: str = "chart") -> Markup:
    """Return a drawing that scales to the width of its column; `label` is what a screen reader says."""
    box = f"0 0 {number(width)} {number(height)}"
    return el("svg", el("title", label), *children, viewBox=box, role="img", aria_label=label, class_=class_, width="100%")


def path(points: Iterable[tuple[float, float]], *, closed: bool = False) -> str:
    """Write points as the `d` of a path.

    >>> path([(0, 0), (1, 2.5)], closed=True)
    'M0 0L1 2.5Z'
    """
    steps = "L".join(f"{number(x)} {number(y)}" for x, y in points)
    return f"M{steps}{'Z' if closed else ''}" if steps else ""
