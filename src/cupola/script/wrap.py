"""Text broken into the lines of a typed page: one cell for each character, breaks at spaces and behind hyphens."""

from __future__ import annotations


def wrapped(text: str, width: int) -> list[str]:
    """Break text into lines of at most `width` characters; line breaks of the text are kept, an empty line stays empty.

    Spaces at the end of a line take no room, and neither does one hyphen (as Final Draft counts). A word longer than a line
    is cut.
    """
    if len(text) <= width and "\n" not in text:
        return [text]
    lines: list[str] = []
    for paragraph in text.split("\n"):
        _wrap(paragraph.rstrip(), width, lines)
    return lines


def _wrap(text: str, width: int, lines: list[str]) -> None:
    at, end = 0, len(text)
    while end - at > width and not (end - at == width + 1 and text[-1] == "-"):
        cut = _cut(text, at, width)
        lines.append(text[at:cut].rstrip())
        at = cut
        while text[at] == " ":
            at += 1
    lines.append(text[at:])


def _cut(text: str, at: int, width: int) -> int:
    """Return where the line that begins at `at` ends: behind the last space or hyphen that fits, else at the width."""
    space = text.rfind(" ", at + 1, at + width + 1)
    hyphen = text.rfind("-", max(space, at) + 1, at + width + 1)
    while hyphen > 0 and not _may_break_behind(text, hyphen):
        hyphen = text.rfind("-", max(space, at) + 1, hyphen)
    if hyphen > 0:
        return hyphen + 1
    return space + 1 if space > 0 else at + width


def _may_break_behind(text: str, hyphen: int) -> bool:
    """Whether a hyphen, or the second of two, stands between letters or digits."""
    before = text[hyphen - 2 : hyphen - 1] if text[hyphen - 1] == "-" else text[hyphen - 1]
    return before.isalnum() and text[hyphen + 1 : hyphen + 2].isalnum()
