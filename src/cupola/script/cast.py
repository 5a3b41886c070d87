"""Who is in a scene: cues merged over extensions, spellings and voices, and the names that notes and files add."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from cupola.script.elements import Cue
from cupola.script.emphasis import plain
from cupola.script.names import case_forms_of, folded
from cupola.script.tables import read_table, words_of

_CUES = read_table("people")["cues"]
EVERYBODY = frozenset(map(folded, words_of(_CUES["everybody"])))
"""Cues that are everybody who is there: no role of their own."""
CROWD = frozenset(map(folded, words_of(_CUES["crowd"])))
"""Cues that are background: no role with a number."""

_TOGETHER = re.compile(r" ?[&+/,] ?| AND | И ")
_BEHIND = "|".join(sorted(map(re.escape, words_of(_CUES["voice_behind"])), key=len, reverse=True))
_BEFORE = "|".join(sorted(map(re.escape, words_of(_CUES["voice_before"])), key=len, reverse=True))
_VOICE = re.compile(rf"(?P<owner>.+?)(?:['’]S|(?<=S)['’])? (?:{_BEHIND})|(?:{_BEFORE}) (?:THE )?(?P<of>.+)")
_HEARD = re.compile(
    r"V\.? ?O\.?|VOICE[ -]?OVER|PRE-?LAP|FILTERED|RECORDING|RECORDED|З\.? ?К\.?|ЗА КАДРОМ|ГОЛОС|ПО РАДИО|ПО РАЦИИ|НА ЭКРАНЕ|"
    r"В ЗАПИСИ|ПО СВЯЗИ|"
    r"(?:(?:ON|OVER|FROM|VIA) )?(?:THE )?"
    r"(?:SCREEN|RADIO|TV|TELEVISION|MONITOR|VIDEO|TAPE|LAPTOP|TABLET|SPEAKER|INTERCOM|COMMS?|LOOP|HEADSET)"
)
"""Extensions of a cue that is heard, or seen on a screen, while nobody stands on the set."""


def name_of(cue: Cue) -> str:
    """The name on a cue: `ANNA` for `ANNA (O.S.) (CONT'D)`."""
    return _tidy(plain(cue.name))


def is_heard_only(cue: Cue) -> bool:
    """Whether a cue needs nobody on the set: (V.O.), (ON SCREEN), (RADIO). Off screen (O.S.) is still on the set."""
    return any(_HEARD.fullmatch(" ".join(extension.upper().split())) for extension in cue.extensions)


@dataclass(frozen=True, kw_only=True, slots=True)
class Company:
    """Who is in one scene, each in order of appearance; `crowd` are cues of background."""

    on_set: tuple[str, ...]
    voices: tuple[str, ...]
    crowd: tuple[Cue, ...] = ()


@dataclass(kw_only=True, slots=True)
class Names:
    """The names of a whole script: `known` has each as it is written first, `spellings` every way it is written, both by
    the folded name.

    `owner_of` finds the role of a voice by the case endings of its name (`ГОЛОС АННЫ`).
    """

    known: dict[str, str] = field(default_factory=dict)
    spellings: dict[str, dict[str, None]] = field(default_factory=dict)
    owner_of: dict[str, str] = field(default_factory=dict)
    people: dict[str, tuple[tuple[str, ...], bool]] = field(default_factory=dict)

    @property
    def by_name(self) -> dict[str, tuple[str, ...]]:
        """Every way each name is written, by the name as it is written first."""
        return {name: tuple(self.spellings[key]) for key, name in self.known.items()}

    def of(self, cue: Cue) -> tuple[tuple[str, ...], bool]:
        """Return the folded names behind a cue, and whether its name says that it is only heard (`ANNA'S VOICE`)."""
        found = self.people.get(cue.name)
        if found is None:
            found = self.people[cue.name] = self._read(name_of(cue))
        return found

    def written(self, key: str, name: str) -> None:
        """Remember a spelling of a name."""
        self.known.setdefault(key, name)
        self.spellings.setdefault(key, {}).setdefault(name)

    def _read(self, name: str) -> tuple[tuple[str, ...], bool]:
        key = folded(name)
        if key in EVERYBODY or key in CROWD:
            return (), False
        owner = _owner(name)
        if owner:
            role = self.owner_of.get(folded(owner))
            if role is not None:
                self.spellings[role].setdefault(name)
            return (role if role is not None else self._only_heard(key, name),), True
        parts = [folded(part) for part in _TOGETHER.split(name)]
        if len(parts) > 1 and key not in self.known and all(part in self.known for part in parts):
            return tuple(dict.fromkeys(parts)), False
        self.written(key, name)
        return (key,), False

    def _only_heard(self, key: str, name: str) -> str:
        self.written(key, name)
        return key


def names_of(cues: Iterable[Cue], listed: Iterable[str] = ()) -> Names:
    """Read all names of a script: those of its cues, then those of the cast list that its file carries.

    `ANNA AND BORIS` is two people where both have a cue of their own, and `ANNA'S VOICE` is Anna's where she has one.
    """
    found = Names()
    together: list[str] = []
    for name in dict.fromkeys(name_of(cue) for cue in cues):
        key = folded(name)
        if key in EVERYBODY or key in CROWD or _owner(name):
            continue
        if _TOGETHER.search(name):
            together.append(name)
        else:
            found.written(key, name)
    for name in map(_tidy, listed):
        if name and folded(name) not in found.known:
            found.written(folded(name), name.upper())
    for name in together:
        if not all(folded(part) in found.known for part in _TOGETHER.split(name)):
            found.written(folded(name), name)
    found.owner_of = _owners(found.known)
    return found


def _owners(known: Iterable[str]) -> dict[str, str]:
    """Each name by every form it takes; a form of two names is nobody's, unless it is the very name of one."""
    forms: dict[str, str] = {}
    for key in known:
        for form in case_forms_of(key):
            forms[form] = "" if form in forms else key
    return {form: key for form, key in forms.items() if key} | {key: key for key in known}


def _owner(name: str) -> str:
    """Whose voice a cue is: `ANNA` for ANNA'S VOICE, `АННЫ` for ГОЛОС АННЫ; empty where it is a person's own cue."""
    found = _VOICE.fullmatch(name.upper()) if len(name) <= 60 else None
    return (found["owner"] or found["of"] or "") if found else ""


def company(cues: Iterable[Cue], names: Names, *, noted: Iterable[str] = (), present: Iterable[str] = ()) -> Company:
    """List who is on the set and who is only heard, each in order of appearance.

    A name from a note (`noted`) is on the set, spelt as its cue, or in capitals where it never speaks. One that the file
    lists as `present` is on the set too, unless the scene only hears it: such lists are made from the cues.
    """
    seen: dict[str, None] = {}
    heard: dict[str, None] = {}
    crowd: list[Cue] = []
    for cue in cues:
        people, is_voice = names.of(cue)
        if not people and folded(name_of(cue)) in CROWD:
            crowd.append(cue)
        for person in people:
            (heard if is_voice or is_heard_only(cue) else seen).setdefault(person)
    for name in map(_tidy, noted):
        seen.setdefault(_spelt(name, names))
    for name in map(_tidy, present):
        if _spelt(name, names) not in heard:
            seen.setdefault(_spelt(name, names))
    return Company(
        on_set=tuple(names.known[person] for person in seen),
        voices=tuple(names.known[person] for person in heard if person not in seen),
        crowd=tuple(crowd),
    )


def _spelt(name: str, names: Names) -> str:
    """The folded name of somebody whom a note or a list names; one nobody knew is written in capitals from now on."""
    key = folded(name)
    names.known.setdefault(key, name.upper())
    names.spellings.setdefault(key, {}).setdefault(name)
    return key


def _tidy(name: str) -> str:
    return " ".join(name.split())
