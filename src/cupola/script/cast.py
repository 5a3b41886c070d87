"""Who is in a scene: cues merged over extensions and spelling, and the names of `[[cast: …]]` notes."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cupola.script.elements import Cue
from cupola.script.emphasis import plain

_TOGETHER = re.compile(r" ?[&+/,] ?| AND | И ")
_HEARD = re.compile(
    r"V\.?O\.?|VOICE[ -]?OVER|PRE-?LAP|FILTERED|RECORDING|RECORDED|З\.?К\.?|ЗА КАДРОМ|ГОЛОС|"
    r"(?:(?:ON|OVER|FROM|VIA) )?(?:THE )?"
    r"(?:SCREEN|RADIO|TV|TELEVISION|MONITOR|VIDEO|TAPE|LAPTOP|TABLET|SPEAKER|INTERCOM|COMMS?|LOOP|HEADSET)"
)
"""Extensions of a cue that is heard, or seen on a screen, while nobody stands on the set."""


def name_of(cue: Cue) -> str:
    """The name on a cue: `ANNA` for `ANNA (O.S.) (CONT'D)`."""
    return _tidy(plain(cue.name))


def spellings(cues: Iterable[Cue]) -> dict[str, str]:
    """The first spelling of every name that has a cue, by its folded form."""
    found: dict[str, str] = {}
    for cue in cues:
        name = name_of(cue)
        found.setdefault(_folded(name), name)
    return found


def is_heard_only(cue: Cue) -> bool:
    """Whether a cue needs nobody on the set: (V.O.), (ON SCREEN), (RADIO). Off screen (O.S.) is still on the set."""
    return any(_HEARD.fullmatch(extension.upper().strip()) for extension in cue.extensions)


def company(cues: Iterable[Cue], noted: Iterable[str], known: dict[str, str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """List who is on the set and who is only heard, each in order of appearance.

    `ANNA AND BORIS` is two people where both have cues of their own in the script (`known`). A name from a note is spelt as
    its cue, or in capitals where it never speaks.
    """
    seen: dict[str, str] = {}
    heard: dict[str, str] = {}
    for cue in cues:
        for person in _people(name_of(cue), known):
            (heard if is_heard_only(cue) else seen).setdefault(_folded(person), person)
    for person in noted:
        seen.setdefault(_folded(person), person.upper())
    on_set = tuple(known.get(folded, person) for folded, person in seen.items())
    return on_set, tuple(known.get(folded, person) for folded, person in heard.items() if folded not in seen)


def _people(name: str, known: dict[str, str]) -> list[str]:
    parts = [_tidy(part) for part in _TOGETHER.split(name)]
    return parts if len(parts) > 1 and all(_folded(part) in known for part in parts) else [name]


def _tidy(name: str) -> str:
    return " ".join(name.split())


def _folded(name: str) -> str:
    return name.replace("’", "'").casefold()
