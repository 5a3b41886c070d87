"""The writer's word for the time of day, and the light it asks for: one table, and no word is ever read as DAY in silence."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches

from cupola.errors import LightError
from cupola.model.light import ANY_LIGHT, EARTH_CONDITIONS, ORBIT_CONDITIONS, Clause, Light


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


LIGHT_WORDS: dict[str, str] = {
    "DAY": "day",
    "DAYTIME": "day",
    "DAYLIGHT": "day",
    "MORNING": "day",
    "NOON": "day",
    "MIDDAY": "day",
    "AFTERNOON": "day",
    "NIGHT": "night",
    "NIGHTTIME": "night",
    "MIDNIGHT": "night",
    "EVENING": "night",
    "DAWN": "dawn",
    "PRE-DAWN": "dawn",
    "PREDAWN": "dawn",
    "DAYBREAK": "dawn",
    "SUNRISE": "dawn",
    "DUSK": "dusk",
    "SUNSET": "dusk",
    "SUNDOWN": "dusk",
    "TWILIGHT": "dusk",
    "MAGIC HOUR": "golden hour",
    "GOLDEN HOUR": "golden hour",
    "MORNING GOLDEN HOUR": "morning golden hour",
    "EVENING GOLDEN HOUR": "evening golden hour",
    "BLUE HOUR": "blue hour",
    "MORNING BLUE HOUR": "morning blue hour",
    "EVENING BLUE HOUR": "evening blue hour",
    "ORBITAL DAY": "orbital day",
    "ORBITAL NIGHT": "orbital night",
    "ORBITAL SUNRISE": "orbital sunrise",
    "ORBITAL DAWN": "orbital sunrise",
    "ORBITAL SUNSET": "orbital sunset",
    "ORBITAL DUSK": "orbital sunset",
    "ДЕНЬ": "day",
    "УТРО": "day",
    "ПОЛДЕНЬ": "day",
    "НОЧЬ": "night",
    "ПОЛНОЧЬ": "night",
    "ВЕЧЕР": "night",
    "РАССВЕТ": "dawn",
    "РЕЖИМ": "dusk",
    "ЗАКАТ": "dusk",
    "СУМЕРКИ": "dusk",
    "ЗОЛОТОЙ ЧАС": "golden hour",
    "СИНИЙ ЧАС": "blue hour",
    "ОРБИТАЛЬНЫЙ ДЕНЬ": "orbital day",
    "ОРБИТАЛЬНАЯ НОЧЬ": "orbital night",
    "ОРБИТАЛЬНЫЙ ВОСХОД": "orbital sunrise",
    "ОРБИТАЛЬНЫЙ ЗАКАТ": "orbital sunset",
}
"""What a word at the end of a heading asks of the light, outdoors; orbital words ask it everywhere."""

ASSUMED_WORDS: dict[str, str] = {
    "EVENING": "read as night; write DUSK if the last light is meant",
    "ВЕЧЕР": "read as night; write РЕЖИМ if the last light is meant",
    "TWILIGHT": "read as dusk; write DAWN if the first light is meant",
    "СУМЕРКИ": "read as dusk; write РАССВЕТ if the first light is meant",
}
"""Words with two meanings, and what the reader is told of the one that was taken."""

SAME_WORDS = frozenset(
    (
        "CONTINUOUS",
        "CONTINUING",
        "CONTINUED",
        "CONT'D",
        "SAME",
        "SAME TIME",
        "LATER",
        "ПРОДОЛЖЕНИЕ",
        "ПОЗЖЕ",
        "ТО ЖЕ",
        "ТОГДА ЖЕ",
    )
)
"""Words that mean the light of the scene before."""

_BESIDE = _words(
    "A AN AND ANOTHER BIT CONTINUOUS EARLIER EARLY FEW FOLLOWING LATE LATER MID MINUTES MOMENT MOMENTS NEXT ONE PRESENT SAME "
    "SECONDS SHORT THAT THE THIS TIME WHILE РАННЕЕ РАННИЙ ПОЗДНИЙ"
)
"""Words beside a word of light that do not change it: LATE AFTERNOON, THE NEXT DAY, A FEW MOMENTS LATER."""

_HINTS = _words(
    "LATER A.M. P.M. AM PM O'CLOCK HOUR HOURS MINUTE MINUTES WEEK WEEKS MONTH MONTHS YEAR YEARS TIME "
    "FLASHBACK PRESENT PAST DREAM ВРЕМЯ ЧАС ЧАСА ЧАСОВ ПОЗЖЕ"
)
"""Words that show that the last part of a heading is meant as a time, though not one of light."""

_CONDITIONS = ORBIT_CONDITIONS | EARTH_CONDITIONS
_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_LONGEST_WORD = 60


@dataclass(frozen=True, kw_only=True, slots=True)
class Told:
    """The light that a heading asks for, the table's word for it (empty where there is none), and what the reader is told."""

    light: Light
    word: str = ""
    note: str = ""


def light_word(text: str) -> str:
    """Find the one word of light or sameness in a part of a heading; empty where there is none, or more than one.

    >>> light_word("Late afternoon (1953)"), light_word("LATER THAT NIGHT"), light_word("KITCHEN")
    ('AFTERNOON', 'NIGHT', '')
    """
    if len(text) > _LONGEST_WORD:
        return ""
    plain = without_brackets(text.upper().replace("’", "'"))
    words = [_bare_word(part) for part in plain.split("/")]
    others = {word for word in words[1:] if word in LIGHT_WORDS}
    return words[0] if others <= {words[0]} else ""


def without_brackets(text: str) -> str:
    """Take what stands in parentheses or square brackets out of a part of a heading: `DAY` of `DAY (1953)`."""
    return " ".join(_BRACKETS.sub(" ", text).split())


def _bare_word(text: str) -> str:
    plain = text.strip(" .,;:!?")
    if plain in LIGHT_WORDS or plain in SAME_WORDS:
        return plain
    tokens = [token for token in plain.replace(",", " ").split() if not token.isdigit()]
    rest = " ".join(token for token in tokens if token not in _BESIDE)
    if rest in LIGHT_WORDS:
        return rest
    return "LATER" if not rest and "LATER" in tokens else ""


def is_like_a_time(text: str) -> bool:
    """Whether a part of a heading that is no word of light was meant as a time: `3 A.M.`, `RAINY NIGHT`, `NIHGT`."""
    tokens = text.upper().split()
    if not tokens or len(text) > _LONGEST_WORD:
        return False
    if tokens[-1] in LIGHT_WORDS or any(token in _HINTS for token in tokens) or tokens[0][:1].isdigit():
        return True
    return bool(nearest(" ".join(tokens), LIGHT_WORDS))


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the known word that a misspelt one most likely is: of the same first letter, and much alike; empty for none."""
    alike = [one for one in known if one[:1] == word[:1] and abs(len(one) - len(word)) <= 2]
    return next(iter(get_close_matches(word, alike, 1, 0.8)), "") if alike and len(word) <= _LONGEST_WORD else ""


def told_light(*, int_ext: str, time_of_day: str, before: str) -> Told:
    """Read the light that a heading asks for.

    `int_ext` is INT, EXT, INT/EXT, EST or empty; `before` is the table's word of the scene before, for CONTINUOUS and LATER.
    A word of Earth asks nothing indoors (lamps); a word of orbit asks the same behind a pane as outside.
    """
    word = light_word(time_of_day)
    if word in SAME_WORDS:
        if not before:
            return Told(light=ANY_LIGHT, note=f"{time_of_day}: the scene before says no light to go on with; read as any light")
        word = before
    if not word:
        return Told(light=ANY_LIGHT, note=_unknown(time_of_day))
    condition = LIGHT_WORDS[word]
    asked = Light(clauses=(Clause(condition=condition),))
    if condition in ORBIT_CONDITIONS:
        return Told(light=asked, word=word)
    if int_ext == "INT":
        return Told(light=ANY_LIGHT, word=word, note=_indoors(condition))
    if not int_ext:
        note = "the heading says neither INT nor EXT; read as any light; write one of them, or a [[light: …]] note"
        return Told(light=ANY_LIGHT, word=word, note=note)
    note = f"{word} is {ASSUMED_WORDS[word]}" if word in ASSUMED_WORDS else ""
    return Told(light=asked, word=word, note=note)


def _indoors(condition: str) -> str:
    if condition in {"day", "night"}:
        return ""
    return f"interior, lit by lamps; write [[light: {condition}]] to ask for the real one"


def _unknown(time_of_day: str) -> str:
    if not time_of_day:
        return "no time of day in the heading; read as any light; end it with a word such as - DAY or - NIGHT"
    near = nearest(time_of_day, LIGHT_WORDS)
    meant = f"; did you mean {near}?" if near else "; write DAY, NIGHT, DAWN, DUSK, or a [[light: …]] note"
    return f"{time_of_day} is no light Cupola knows; read as any light{meant}"


def parse_light(text: str, *, file: str = "", line: int | None = None) -> Light:
    """Read a light as a note has it: clauses with commas between, in any case; `over` takes a name.

    `any` asks nothing. Raises LightError for a word that is no condition (SUNSET may be on the ground or in orbit, so a note
    must say which), and where light on the ground and light in orbit are asked of one take.

    >>> str(parse_light("Orbital sunrise, over Kamchatka, outside SAA"))
    'orbital sunrise, over Kamchatka, outside saa'
    """
    clauses: list[Clause] = []
    parts = [" ".join(part.split()) for part in text.split(",")]
    for part in parts:
        clause = _clause(part, file=file, line=line)
        if clause and clause not in clauses:
            clauses.append(clause)
    orbital = [clause.condition in ORBIT_CONDITIONS for clause in clauses]
    if any(orbital) and not all(orbital):
        rule = "one take is lit on the ground or in orbit, not both"
        raise LightError(rule, value=text.strip(), remedy="Keep the clauses of one of the two.", file=file, line=line)
    return Light(clauses=tuple(clauses))


def _clause(part: str, *, file: str, line: int | None) -> Clause | None:
    folded = part.casefold().replace("-", " ")
    if folded in {"any", "any light"}:
        return None
    if folded == "over" or folded.startswith("over "):
        if not part[5:].strip():
            remedy = "Write the name of a target of the production: over Kamchatka."
            raise LightError("over needs the name of what lies below", value=part, remedy=remedy, file=file, line=line)
        return Clause(condition="over", argument=part[5:].strip())
    if folded in _CONDITIONS:
        return Clause(condition=folded)
    raise LightError("nobody knows this light", value=part, remedy=_nearest(folded), file=file, line=line)


def _nearest(folded: str) -> str:
    meant = LIGHT_WORDS.get(folded.upper(), "")
    if meant:
        orbital = f"orbital {folded}"
        return f"Write {meant}, or {orbital} if it is seen from the station." if orbital in _CONDITIONS else f"Write {meant}."
    near = get_close_matches(folded, _CONDITIONS, 1) if len(folded) <= _LONGEST_WORD else []
    return f"Did you mean {near[0]}?" if near else "Write one of: " + ", ".join(_CONDITIONS) + "."
