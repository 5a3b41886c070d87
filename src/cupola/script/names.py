"""Names as a script spells them: which spellings are one name, and the endings a Russian name takes."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import product

_APOSTROPHES = re.compile(r"['’‘`ʼ]")
_TOKENS = re.compile(r"[^\W_]+|[&+]")
_CYRILLIC = re.compile(r"[а-я]+")
_VOWELS = "аеиоуыэюя"
_HUSHING = "жшчщцгкх"


@lru_cache(maxsize=8192)
def folded(name: str) -> str:
    """Return a name without what spelling may change: case, accents of Latin letters, ё, dots, hyphens, `#`, apostrophes.

    >>> folded("Dr. Jean-Luc O’Neil #2") == folded("DR JEAN LUC O'NEIL 2"), folded("АРТЁМ")
    (True, 'артем')
    """
    plain = _APOSTROPHES.sub("", name.casefold())
    if not plain.isascii():
        plain = "".join(map(_bare, unicodedata.normalize("NFC", plain)))
    return " ".join(_TOKENS.findall(plain)) or plain.strip()


@lru_cache(maxsize=4096)
def _bare(sign: str) -> str:
    """A letter without its accent where it is Latin, е for ё; й and other letters stay."""
    if sign == "ё":
        return "е"
    base = unicodedata.normalize("NFD", sign)[:1]
    return base if base.isascii() and base.isalpha() else sign


@lru_cache(maxsize=4096)
def case_forms(token: str) -> frozenset[str]:
    """Return a folded word of a name with the endings of its Russian cases in the singular; other words as they are.

    Endings follow the three declensions, surnames in -ов and -ин, and adjectives. What changes within the word is known for
    -ец, -ок and a few names (Лев, Павел); other fleeting vowels, plurals and diminutives are not.

    >>> sorted(case_forms("анна")), sorted(case_forms("павел"))
    (['анна', 'анне', 'анной', 'анною', 'анну', 'анны'], ['павел', 'павла', 'павле', 'павлом', 'павлу'])
    """
    if not _CYRILLIC.fullmatch(token) or len(token) < 3:
        return frozenset((token,))
    stem, endings = _declined(token)
    return frozenset((token, *(stem + ending for ending in endings)))


def case_forms_of(name: str) -> frozenset[str]:
    """Return a folded name with the case endings of its words; one of three words and more as it is."""
    tokens = name.split()
    if len(tokens) > 2:
        return frozenset((name,))
    return frozenset(" ".join(forms) for forms in product(*map(case_forms, tokens)))


_FLEETING = {"лев": "льв", "павел": "павл", "петр": "петр", "любовь": "любов", "отец": "отц", "день": "дн", "пес": "пс"}
_BY_ENDING: tuple[tuple[str, int, str], ...] = (
    ("ский", 2, "ого ому им ом"),
    ("цкий", 2, "ого ому им ом"),
    ("ый", 2, "ого ому ым ом"),
    ("ой", 2, "ого ому ым ом"),
    ("ская", 2, "ой ую ою"),
    ("цкая", 2, "ой ую ою"),
    ("ая", 2, "ой ую ою"),
    ("ова", 1, "ой у ою"),
    ("ева", 1, "ой у ою"),
    ("ина", 1, "ой у ою ы е"),
    ("ия", 1, "и ю ей"),
    ("ий", 1, "я ю ем и"),
    ("й", 1, "я ю ем е"),
    ("я", 1, "и е ю ей ею"),
    ("ов", 0, "а у ым е"),
    ("ев", 0, "а у ым е"),
    ("ин", 0, "а у ым ом е"),
    ("ец", 2, "ца цу цем цом це"),
    ("ок", 2, "ка ку ком ке"),
    ("ь", 1, "я ю ем е и ью"),
)


def _declined(token: str) -> tuple[str, list[str]]:
    if token in _FLEETING:
        hard = "а у ом е" if token not in {"любовь", "день"} else "и ью я ю ем е"
        return _FLEETING[token], hard.split()
    for ending, cut, endings in _BY_ENDING:
        if token.endswith(ending) and len(token) > len(ending):
            return token[: len(token) - cut], endings.split()
    if token.endswith("а"):
        soft = token[-2] in _HUSHING
        return token[:-1], ["и" if soft else "ы", "е", "у", "ой", "ою", *(["ей"] if soft else [])]
    if token[-1] in _VOWELS:
        return token, []
    return token, ["а", "у", "ом", "е", *(["ем"] if token[-1] in _HUSHING else [])]
