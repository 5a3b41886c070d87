"""The roles of a script: their board numbers, and who is named in the action of a scene without a word of their own."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from itertools import count, islice

from cupola.model.script import Role, Scene, Script
from cupola.script.names import case_forms_of, folded

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
_CAPITAL = re.compile(r"(?<![^\W_])[^\W_a-zа-яё][^\W_]*(?:['’][^\W_]+)*")
_LONGEST_NAME = 120
_POSSESSIVE = re.compile(r"['’][sS]$|(?<=[sS])['’]$")


def roles_of(
    scenes: Iterable[Scene], *, spellings: Mapping[str, tuple[str, ...]] | None = None, fixed: Mapping[str, int] | None = None
) -> tuple[Role, ...]:
    """Return the roles by board number: 1 is the lead, who is in most scenes; ties go to who appears first.

    Numbers that are `fixed` stay, and stay taken where their role is in no scene; the others take the free ones in order.
    `spellings` has every way a name is written.
    """
    in_scenes: dict[str, int] = {}
    for scene in scenes:
        for name in dict.fromkeys((*scene.cast, *scene.voices)):
            in_scenes[name] = in_scenes.get(name, 0) + 1
    kept = {name: number for name, number in (fixed or {}).items() if name in in_scenes}
    taken = set((fixed or {}).values())
    free = (number for number in count(1) if number not in taken)
    by_scenes = sorted((name for name in in_scenes if name not in kept), key=lambda name: -in_scenes[name])
    numbers = kept | {name: next(free) for name in by_scenes}
    written = spellings or {}
    roles = (
        Role(board_id=number, name=name, scenes=in_scenes[name], spellings=written.get(name, (name,)))
        for name, number in numbers.items()
    )
    return tuple(sorted(roles, key=lambda role: role.board_id))


def with_numbers(script: Script, fixed: Mapping[str, int]) -> Script:
    """Return a script whose roles have the numbers that a production has fixed; the other roles take the next free ones."""
    spellings = {role.name: role.spellings for role in script.roles}
    return replace(script, roles=roles_of(script.scenes, spellings=spellings, fixed=fixed))


class Mentions:
    """Finds roles by name in action: whole words with a capital, Russian ones in any case of the singular.

    A form of two names is nobody's, unless it is the very name of one. Names of three words and more are found as they are.
    """

    def __init__(self, names: Iterable[str]) -> None:
        self.by_form: dict[str, str] = {}
        own = {folded(name): name for name in names}
        for key, name in own.items():
            for form in case_forms_of(key):
                self.by_form[form] = "" if form in self.by_form else name
        self.by_form |= own
        self.lengths: dict[str, set[int]] = {}
        for form in self.by_form:
            first, *others = form.split() or [""]
            self.lengths.setdefault(first, set()).add(len(others) + 1)
        self.firsts: dict[str, str] = {}

    def in_text(self, text: str) -> Iterator[str]:
        """Yield the names that a text says, in order; the longest where one begins another."""
        end = 0
        for word in _CAPITAL.finditer(text):
            first = self._first(word.group())
            if first and word.start() >= end:
                name, end = self._at(first, text, word)
                if name:
                    yield name

    def _first(self, word: str) -> str:
        """A word folded where a name begins so, else empty; each is looked up once."""
        found = self.firsts.get(word)
        if found is None:
            token = _token(word)
            found = self.firsts[word] = token if token in self.lengths else ""
        return found

    def _at(self, first: str, text: str, word: re.Match[str]) -> tuple[str, int]:
        """The longest name that begins at a word, and where it ends in the text; its last word has a capital too."""
        lengths = sorted(self.lengths[first], reverse=True)
        following = _WORD.finditer(text, word.end(), word.end() + _LONGEST_NAME)
        said = [word, *islice(following, lengths[0] - 1)]
        tokens = [first, *(_token(each.group()) for each in said[1:])]
        for length in lengths:
            name = self.by_form.get(" ".join(tokens[:length]), "") if length <= len(said) else ""
            if name and not said[length - 1].group()[0].islower():
                return name, said[length - 1].end()
        return "", word.end()


def _token(word: str) -> str:
    return folded(_POSSESSIVE.sub("", word))
