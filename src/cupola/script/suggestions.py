"""What the action of a scene puts in capitals, suggested for the breakdown, for a person to accept or refuse.

Capitals mark four things: people at their first appearance, the camera, sounds, and things that matter. The first two are
left out: people are known from cues, from an age behind the name, from the same word with one capital elsewhere, or from a
list. What is left is sorted by lists; a word of no list is a prop where an article or a possessive stands before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from cupola.model.script import Element
from cupola.script.categories import count_in
from cupola.script.elements import Action, Cue
from cupola.script.emphasis import plain
from cupola.script.names import folded
from cupola.script.tables import read_table, words_of

LEAST_CROWD = 8
"""Fewer people than this, counted in lower case, are no crowd."""
MOST_IN_A_SCENE = 200
"""No scene suggests more than this: a text that does is none that a person reads through."""

_DATA = read_table("suggestions")
_CAMERA = words_of(_DATA["skip"]["camera"])
_ANYWHERE = words_of(_DATA["skip"]["anywhere"])
_PLAIN = words_of(_DATA["skip"]["plain"])
_VOCAL = words_of(_DATA["skip"]["vocal"])
_PERSONS = words_of(_DATA["person"]["one"])
_SEVERAL = words_of(_DATA["person"]["several"]) | {f"{word}S" for word in _PERSONS}
_LISTS: tuple[tuple[str, frozenset[str]], ...] = tuple(
    (name, words_of(_DATA[name]["words"])) for name in ("music", "vehicle", "animal", "prop", "sfx", "stunt", "sound")
)

_SOUNDS = dict(_LISTS)["sound"]
_PREPOSITIONS = words_of("DOWN UP OF ON ONTO OVER INTO WITH FROM OFF AT TO")

_UPPER = "A-ZÀ-ÖØ-ÞĀ-ŽА-ЯЁІЇЄҐΑ-Ω"
_WORD = rf"[{_UPPER}][{_UPPER}0-9]*(?:['’.-][{_UPPER}0-9]+)*"
_RUN = re.compile(rf"(?<![\w'’-])(?:{_WORD})(?: +(?:{_WORD}|&))*(?![\w])")
_HAS_CAPITALS = re.compile(rf"[{_UPPER}]{{2}}")
_NAMED = re.compile(r"(?<=[a-zа-яё,;] )[A-ZÀ-ÖØ-ÞА-ЯЁ][a-zà-öø-þа-яё]+")
_DETERMINER = re.compile(
    r"(?:^|[\s(\"“—-])(?:an?|the|his|her|hers|its|their|our|my|your|this|that|these|those|some|several|another|two|three|four|five|six|"
    r"\w+['’]s|\w+s['’])(?: [a-z][\w'’-]*){0,3} $",
    re.IGNORECASE,
)
_CAMERA_BEFORE = re.compile(r"\b(?:we|camera)(?: [a-z]+ly)? $|\bto $", re.IGNORECASE)
_OPENING_MARKS, _CLOSING_MARKS = ":\"“«'‘(", '"”»'
_AGE_BEHIND = re.compile(
    r"\W{0,3}(?:\(?\s?(?:age |aged |now |early |mid |late |in (?:his|her|their) )*\(?\d{1,3}\b(?!\d)|\([^)]*\d{1,2})",
    re.IGNORECASE,
)
_ARTICLE_BEFORE = re.compile(r"\b(?:an?|the) $", re.IGNORECASE)
_SUBJECT = re.compile(r"([^\W\d_]+) $")
_NO_SUBJECT = words_of(
    "a an and are as at been but by can each every for from hear he in into is it keeps of off on or out she so some still "
    "that the then they them this to was we were which while who with you в и из к на он она по с у"
)
_ARTICLES = words_of("A AN THE HIS HER THEIR ITS MY OUR SOME ANOTHER MORE")
_GROUP_WORDS = "|".join(words_of(_DATA["person"]["groups"]))
_COUNTED_WORDS = "|".join(words_of(_DATA["person"]["counted"]))
_NUMBERS = "|".join([r"\d{1,3}(?:[, ]\d{3})+", r"\d{2,6}", *read_table("people")["numbers"]])
_ABOUT = r"(?:(?:about|around|some|more than|over|nearly|almost|at least|maybe|perhaps|в|из|около|примерно|почти|человек) )*"
_NUMBER = rf"(?:a |an )?(?:{_NUMBERS})(?:[ -](?:{_NUMBERS}))?"
_NEAR = 80
"""How far around a run its meaning is looked for."""
_DIGITS = re.compile(r"\d\d")
_MANY = words_of(_DATA["person"]["groups"]) | {
    word for word, number in read_table("people")["numbers"].items() if number >= LEAST_CROWD
}


@cache
def _crowd_words() -> re.Pattern[str]:
    """Return what a crowd with its number looks like: compiled for the first script that may have one, for it takes 40 ms."""
    return re.compile(
        rf"\b(?:{_GROUP_WORDS}) (?:of )?{_ABOUT}{_NUMBER}(?: (?:other )?(?:{_COUNTED_WORDS}))?\b"
        rf"|\b(?:dozens|hundreds|thousands) of (?:[a-z]+ )?(?:{_COUNTED_WORDS})\b"
        rf"|\b(?:десятки|сотни|тысячи) (?:{_COUNTED_WORDS})\b"
        rf"|\b{_NUMBER}(?: other)?(?: [a-z]+)? (?:{_COUNTED_WORDS})\b",
        re.IGNORECASE,
    )


@dataclass(frozen=True, kw_only=True, slots=True)
class Known:
    """The words of a whole script that are somebody's: of its roles, and of names that its action writes with one capital."""

    roles: frozenset[str]
    role_words: frozenset[str]
    named: frozenset[str]


def known_names(roles: Iterable[str], actions: Iterable[Action]) -> Known:
    """Gather what in a script is a person's name."""
    names = frozenset(map(folded, roles))
    named = {word.casefold() for one in actions for word in _NAMED.findall(one.text)}
    listed = frozenset().union(*(words for _, words in _LISTS))
    words = {word for name in names for word in name.split() if len(word) > 1 and word.upper() not in listed}
    return Known(roles=names, role_words=frozenset(words), named=frozenset(named))


def suggestions(actions: Iterable[Action], known: Known, *, crowd: Iterable[Cue] = ()) -> tuple[Element, ...]:
    """Return what the action of one scene and its cues of background (`crowd`) suggest: each thing once, at its first line."""
    found: dict[tuple[str, str], Element] = {}
    for cue in crowd:
        _put(found, "background", cue.name.lower().removeprefix("the "), cue.line)
    for action in actions:
        has_capitals, may_have_crowd = _HAS_CAPITALS.search(action.text), _may_have_crowd(action.text)
        if not has_capitals and not may_have_crowd:
            continue
        for number, line in enumerate(action.text.split("\n"), action.line):
            text = plain(line)
            for category, name in _in_line(text, known) if has_capitals else ():
                _put(found, category, name, number)
            for name in _crowds(text) if may_have_crowd else ():
                _put(found, "background", name, number)
        if len(found) > MOST_IN_A_SCENE:
            break
    return _longest_crowds(tuple(found.values())[:MOST_IN_A_SCENE])


def _longest_crowds(found: tuple[Element, ...]) -> tuple[Element, ...]:
    """Leave out a crowd that another of the scene names with its number: a mob, where there is a mob of about 50."""
    crowds = [set(one.name.split()) for one in found if one.category == "background"]
    return tuple(
        one for one in found if one.category != "background" or not any(set(one.name.split()) < other for other in crowds)
    )


def not_yet_said(suggested: Iterable[Element], elements: Iterable[Element]) -> tuple[Element, ...]:
    """Leave out what the facts of a scene name already, whatever their category."""
    said = {folded(one.name) for one in elements}
    words = {word for name in said for word in name.split()}
    return tuple(one for one in suggested if folded(one.name) not in said and not words.issuperset(folded(one.name).split()))


def _put(found: dict[tuple[str, str], Element], category: str, name: str, line: int) -> None:
    key = _stem(name.rsplit(maxsplit=1)[-1].upper()) if category == "sound" else name
    found.setdefault((category, key), Element(category=category, name=name, line=line, suggested=True))


def _in_line(text: str, known: Known) -> Iterator[tuple[str, str]]:
    is_all_capitals = text.isupper()
    for run in _RUN.finditer(text):
        before, behind = text[max(0, run.start() - _NEAR) : run.start()], text[run.end() : run.end() + _NEAR]
        words = _trimmed(run.group().replace("’", "'").split(), before)
        if not words or "." in "".join(words) or _is_quoted(before, behind) or _is_camera(words, before):
            continue
        category, thing = _sorted(words, behind, known)
        if not category and not is_all_capitals and _is_thing(words, before, run.group(), known):
            category, thing = "prop", words
        name = _written(thing, category, before, known) if category else ""
        if name:
            yield category, name


def _trimmed(words: list[str], before: str) -> list[str]:
    """Take articles and somebody's possessive off the front of a run: SCOTT'S PAINTINGS are paintings, a BEE'S NEST is one."""
    is_kind = bool(_ARTICLE_BEFORE.search(before[-5:]))
    while words and (words[0] in _ARTICLES or (len(words) > 1 and words[0].endswith(("'S", "S'")) and not is_kind)):
        words = words[1:]
    return [] if len(words) == 1 and len(words[0]) < 2 else words


def _is_camera(words: list[str], before: str) -> bool:
    if words[0] in _CAMERA or not _ANYWHERE.isdisjoint(words):
        return True
    return bool(_CAMERA_BEFORE.search(before[-24:])) and not _listed_in(tuple(words))[0]


def _is_quoted(before: str, behind: str) -> bool:
    """Whether capitals stand in quotation marks or are what a sign or a page says: he types: THYROID."""
    mark = before[-2:].rstrip()[-1:]
    return (mark != "" and mark in _OPENING_MARKS) or (behind != "" and behind[0] in _CLOSING_MARKS)


@lru_cache(maxsize=4096)
def _listed_in(words: tuple[str, ...]) -> tuple[str, list[str]]:
    """The category of the first list that has a run or its last words, and the words of the thing.

    PHONE RINGS AGAIN is the sound in its middle; of MUSIC BUILDS the first word counts, of a BOAT RACE none.
    """
    thing = words[1 + max((n for n, word in enumerate(words[:-1]) if word in _PREPOSITIONS), default=-1) :]
    tried = [(" ".join(words), words), (" ".join(words[-2:]), thing), (words[-1], thing)]
    tried += [(words[0], words[:1])] if words[-1].endswith("S") else []
    for text, found in tried:
        for category, listed in _LISTS:
            if text in listed or _stem_in(text, listed):
                return category, list(found)
    return "sound" if any(_stem_in(word, _SOUNDS) for word in words[1:-1]) else "", list(words)


def _sorted(words: list[str], behind: str, known: Known) -> tuple[str, list[str]]:
    """The category that lists give a run, and the words of the thing; no category for people, cries and what no list has."""
    if folded(" ".join(words)) in known.roles:
        return "", words
    several = max((n for n, word in enumerate(words) if word in _SEVERAL), default=-1)
    if " ".join(words) in _SEVERAL or several >= 0:
        ends = len(words) if " ".join(words) in _SEVERAL or "IN" in words else several + 1
        return "background", words[:ends]
    if _AGE_BEHIND.match(behind) or _is_person(words, known) or _is_vocal(words):
        return "", words
    return _listed_in(tuple(words))


def _is_person(words: list[str], known: Known) -> bool:
    bare = [word.removesuffix("'S") for word in words]
    return not _PERSONS.isdisjoint(bare) or not known.role_words.isdisjoint(folded(" ".join(bare)).split())


def _is_vocal(words: list[str]) -> bool:
    return any(word in _VOCAL or _stem_in(word, _VOCAL) for word in (words[0], words[-1]))


def _is_thing(words: list[str], before: str, run: str, known: Known) -> bool:
    """Whether a run that no list has is named as a thing: behind an article, a number or somebody's possessive."""
    last = words[-1]
    if not _PLAIN.isdisjoint(words) or not _SEVERAL.isdisjoint(words) or _is_person(words, known) or _is_vocal(words):
        return False
    if max(map(len, words)) < 3 or last.endswith("ING") or last.casefold() in known.named:
        return False
    if run.split(maxsplit=1)[0] in _ARTICLES or "'S " in run.replace("’", "'"):
        return True
    determiner = _DETERMINER.search(before[-48:])
    is_like_a_verb = len(words) == 1 and last.endswith("S") and not last.endswith("SS")
    return determiner is not None and not (is_like_a_verb and len(determiner.group().split()) > 1)


def _written(words: list[str], category: str, before: str, known: Known) -> str:
    """A thing as a breakdown has it: in small letters, a sound that is a verb with what makes it; empty where a person does."""
    name = " ".join(words).casefold()
    if category != "sound" or len(words) > 1:
        return name
    found = _SUBJECT.search(before[-24:])
    subject = found[1] if found else ""
    is_verb = words[0].endswith(("S", "ING", "ED")) or (subject.endswith("s") and not subject.endswith(("us", "ss")))
    if not is_verb or not subject or subject.casefold() in _NO_SUBJECT or subject.endswith("ly"):
        return name
    if (
        subject == "voice"
        or folded(subject) in known.role_words
        or (subject[0].isupper() and subject.casefold() in known.named)
    ):
        return ""
    return f"{subject.lower()} {name}"


def _may_have_crowd(text: str) -> bool:
    """Whether a text has a number of two digits or a word of many; a quick look before the long one."""
    return bool(_DIGITS.search(text)) or not _MANY.isdisjoint(text.lower().split())


def _crowds(text: str) -> Iterator[str]:
    for found in _crowd_words().finditer(text):
        name = " ".join(found.group().split())
        number = count_in(name)
        if number is None or number >= LEAST_CROWD:
            yield name.lower().removeprefix("a ").removeprefix("an ")


def _stem_in(word: str, listed: frozenset[str]) -> bool:
    return not listed.isdisjoint(_stems(word))


@lru_cache(maxsize=8192)
def _stems(word: str) -> tuple[str, ...]:
    return tuple(_without_endings(word))


def _without_endings(word: str) -> Iterator[str]:
    """A word without an English ending: RINGS, RINGING, RANG is not known, SLAMMED, CREAKED."""
    for ending, instead in (("S", ""), ("ES", ""), ("IES", "Y"), ("ED", ""), ("ED", "E"), ("ING", ""), ("ING", "E")):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word[: -len(ending)] + instead
            yield stem
            if len(stem) > 3 and stem[-1] == stem[-2]:
                yield stem[:-1]


def _stem(word: str) -> str:
    return next((stem for stem in _stems(word) if stem in _SOUNDS), word)
