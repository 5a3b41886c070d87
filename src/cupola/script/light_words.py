"""The writer's word for the time of day, and the light it asks for: one table, and no word is ever read as DAY in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from difflib import get_close_matches

from cupola.model.light import ANY_LIGHT, ORBIT_CONDITIONS, Clause, Light
from cupola.script.words import WORDS, Words

LIGHT_WORDS: Mapping[str, str] = WORDS.times
"""What a word at the end of a heading asks of the light, outdoors; orbital words ask it everywhere."""

ASSUMED_WORDS: Mapping[str, str] = WORDS.told
"""Words with two meanings, and what the reader is told of the one that was taken."""

SAME_WORDS = WORDS.same
"""Words that mean the light of the scene before."""

_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_OVER = re.compile(r"(?:^|, *)(?:OVER|НАД) (?!(?:THE|A|AN|HIS|HER|THEIR|\d)\b)(?P<target>[^,/]+)$")
"""What lies below: over KAMCHATKA. It follows a word of light behind a comma, or stands alone."""

_SEEN_ABOVE = {"day": "orbital day", "night": "orbital night", "dawn": "orbital sunrise", "dusk": "orbital sunset"}
_LONGEST_WORD = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The light that a heading asks for, the table's word for it (empty where there is none), and what the reader is told."""

    light: Light
    word: str = ""
    note: str = ""


def light_word(text: str, words: Words = WORDS) -> str:
    """Find the one word of light or sameness in a part of a heading; empty where there is none, or more than one.

    >>> light_word("Late afternoon (1953)"), light_word("LATER THAT NIGHT"), light_word("KITCHEN")
    ('AFTERNOON', 'NIGHT', '')
    """
    if len(text) > _LONGEST_WORD:
        return ""
    plain = without_brackets(text.upper().replace("’", "'"))
    below = _OVER.search(plain)
    if below:
        plain = plain[: below.start()]
        if not plain:
            return "ORBITAL DAY"
    found = [_bare_word(part, words) for part in plain.split("/")]
    others = {word for word in found[1:] if word in words.times}
    return found[0] if others <= {found[0]} else ""


def without_brackets(text: str) -> str:
    """Take what stands in parentheses or square brackets out of a part of a heading: `DAY` of `DAY (1953)`."""
    return " ".join(_BRACKETS.sub(" ", text).split())


def _bare_word(text: str, words: Words) -> str:
    plain = text.strip(" .,;:!?")
    if plain in words.times or plain in words.same:
        return plain
    tokens = [token for token in plain.replace(",", " ").split() if not token.isdigit()]
    rest = " ".join(token for token in tokens if token not in words.beside)
    if rest in words.times:
        return rest
    return "LATER" if not rest and "LATER" in tokens else ""


def is_like_a_time(text: str, words: Words = WORDS) -> bool:
    """Whether a part of a heading that is no word of light was meant as a time: `3 A.M.`, `RAINY NIGHT`, `NIHGT`."""
    tokens = text.upper().split()
    if not tokens or len(text) > _LONGEST_WORD:
        return False
    ends_in_time = tokens[-1] in words.times and tokens[-1] not in words.names
    if ends_in_time or any(token in words.hints for token in tokens) or tokens[0][:1].isdigit():
        return True
    return bool(nearest(" ".join(tokens), words.guessed))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one most likely is: of the same first letter, and much alike; empty for none."""
    alike = [one for one in known if one[:1] == word[:1] and abs(len(one) - len(word)) <= 2]
    return next(iter(get_close_matches(word, alike, 1, 0.8)), "") if alike and len(word) <= _LONGEST_WORD else ""


def told_light(*, int_ext: str, time_of_day: str, before: str, words: Words = WORDS) -> Told:
    """Read the light that a heading asks for.

    `int_ext` is INT, EXT, INT/EXT, EST or empty; `before` is the table's word of the scene before, for CONTINUOUS and LATER.
    A word of Earth asks nothing indoors (lamps); a word of orbit asks the same behind a pane as outside.
    """
    word = light_word(time_of_day, words)
    if word in words.same:
        if not before:
            return Told(light=ANY_LIGHT, note=f"{time_of_day}: the scene before says no light to go on with; read as any light")
        word = before
    if not word:
        return Told(light=ANY_LIGHT, note=_unknown(time_of_day, words))
    condition = words.times[word]
    below = _OVER.search(without_brackets(time_of_day.upper()))
    if below:
        return Told(light=_over(below["target"], condition if below.start() else ""), word=word)
    asked = Light(clauses=(Clause(condition=condition),))
    if condition in ORBIT_CONDITIONS:
        return Told(light=asked, word=word)
    if int_ext == "INT":
        return Told(light=ANY_LIGHT, word=word, note=_indoors(condition))
    if not int_ext:
        note = "the heading says neither INT nor EXT; read as any light; write one of them, or a [[light: …]] note"
        return Told(light=ANY_LIGHT, word=word, note=note)
    note = f"{word} is {words.told[word]}" if word in words.told else ""
    return Told(light=asked, word=word, note=note)


def _over(target: str, condition: str) -> Light:
    """The light over a place on the ground, which is seen from orbit only."""
    orbital = condition if condition in ORBIT_CONDITIONS else _SEEN_ABOVE.get(condition, "")
    first = (Clause(condition=orbital),) if orbital else ()
    return Light(clauses=(*first, Clause(condition="over", argument=" ".join(target.split()).title())))


def _indoors(condition: str) -> str:
    if condition in {"day", "night"}:
        return ""
    return f"interior, lit by lamps; write [[light: {condition}]] to ask for the real one"


def _unknown(time_of_day: str, words: Words) -> str:
    if not time_of_day:
        return "no time of day in the heading; read as any light; end it with a word such as - DAY or - NIGHT"
    near = nearest(time_of_day, words.times)
    meant = f"; did you mean {near}?" if near else "; write DAY, NIGHT, DAWN, DUSK, or a [[light: …]] note"
    return f"{time_of_day} is no light Cupola knows; read as any light{meant}"
