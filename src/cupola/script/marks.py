"""What a line of Fountain is, by its own signs: one question a function, asked of a line without the spaces around it.

The reader and the writer ask the same functions, so that what is written is read again.
"""

from __future__ import annotations

import re

_SPACES = "".join(sign for sign in map(chr, range(0x3001)) if sign.isspace())
_CARETS = "^" + _SPACES
_READ_IN_SPEECH = re.compile(r"(\\*)(?=[(~]|={3,}$)")
"""What makes a line of a speech something else: a parenthetical, a lyric, a page break; and backslashes before it."""


def is_page_break(bare: str) -> bool:
    """Whether a line is three equals signs or more, and nothing else."""
    return len(bare) >= 3 and not bare.strip("=")


def is_centred(bare: str) -> bool:
    """Whether a line stands between angle brackets."""
    return len(bare) >= 2 and bare[0] == ">" and bare[-1] == "<"


def is_transition(bare: str) -> bool:
    """Whether a line is in capitals and ends in `TO:`; it is a transition where it stands between blank lines."""
    return bare.endswith("TO:") and bare.isupper()


def is_forced_heading(bare: str) -> bool:
    """Whether a line has one dot and then a letter or a digit; marks of emphasis between the two count for nothing."""
    return bare[1:2].isalnum() or (bare[1:2] in ("*", "_") and bare[1:].lstrip("*_")[:1].isalnum())


def section_level(bare: str, *, is_fresh: bool) -> int:
    """The level of a section heading, 0 where a line is none; below a line of text its hashes need a space behind them."""
    text = bare.lstrip("#")
    level = len(bare) - len(text)
    return level if text and level <= 6 and (is_fresh or text[0] == " ") else 0


def closes_heading(bare: str) -> bool:
    """Whether a heading may stand right above a line: it is blank, a synopsis, a section or a page break."""
    return not bare or bare[0] in "=#"


def ends_action(bare: str) -> bool:
    """Whether a line is no action though there is no blank line above it."""
    first = bare[0]
    if first == "#":
        return bool(section_level(bare, is_fresh=False))
    return first in "=~" or (first == ">" and is_centred(bare))


def parse_cue(bare: str) -> tuple[str, tuple[str, ...], bool] | None:
    """Read a cue: its name, its extensions, and whether it has the caret of dual dialogue; None where the line is no cue.

    A name is in capitals of any alphabet and has at least one letter; `@` lets it be anything. Extensions keep their case.

    >>> parse_cue("MAN #2 (O.S.) (cont'd) ^")
    ('MAN #2', ('O.S.', "cont'd"), True)
    """
    is_forced = bare.startswith("@")
    text = bare[1:].strip() if is_forced else bare
    has_caret = text.endswith("^")
    if has_caret:
        text = text.rstrip(_CARETS)
    name, bracket, tail = text.partition("(")
    if bracket and ")" in tail and tail.rpartition(")")[2].strip():
        name, bracket, tail = text, "", ""
    name = name.strip(_SPACES).rstrip(_CARETS)
    if not name or not (is_forced or name.isupper()):
        return None
    groups = (group.strip(" )") for group in tail.split("(")) if bracket else ()
    return name, tuple(group for group in groups if group), has_caret


def escaped_in_speech(bare: str) -> str:
    """Write a line of dialogue so that it is read as one, though it starts as a parenthetical or a lyric does.

    >>> print(escaped_in_speech("(Laughs.) No."))
    \\(Laughs.) No.
    """
    return "\\" + bare if _READ_IN_SPEECH.match(bare) else bare


def unescaped_in_speech(bare: str) -> str:
    """Undo `escaped_in_speech`."""
    found = _READ_IN_SPEECH.match(bare) if bare[:1] == "\\" else None
    return bare[1:] if found else bare
