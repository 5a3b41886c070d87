"""Text of one byte a character: which alphabet a file was written in, and which one holds a text."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

WESTERN, CYRILLIC, UNICODE = "cp1252", "cp1251", "utf-8"

_HIGH = re.compile(rb"[\x80-\xff]")
_WORDS = re.compile(rb"[A-Za-z\xa8\xb8\xc0-\xff]+")
_LETTERS = re.compile(rb"[A-Za-z]")


def alphabet_of(texts: Iterable[bytes]) -> str:
    """Return the encoding in which texts make sense: UTF-8 where it fits, else Cyrillic where whole words are, else Western.

    A Western word has its accents among plain letters; a Cyrillic one has none of those.
    """
    high = [text for text in texts if _HIGH.search(text)]
    if not high:
        return WESTERN
    try:
        for text in high:
            text.decode(UNICODE)
    except UnicodeDecodeError:
        words = [word for text in high for word in _WORDS.findall(text) if len(word) > 1 and _HIGH.search(word)]
        whole = sum(_LETTERS.search(word) is None for word in words)
        return CYRILLIC if words and 2 * whole >= len(words) else WESTERN
    return UNICODE


def decoded(text: bytes, alphabet: str) -> str:
    """Return a text; bytes that the alphabet does not have become the sign for what cannot be read."""
    return text.decode(alphabet, errors="replace")


def encoding_for(texts: Sequence[str]) -> str:
    """Return the alphabet of one byte a character that holds the most of the texts: Western, else Cyrillic."""
    signs = {sign for text in texts for sign in text}
    lost = {alphabet: sum(not _fits(sign, alphabet) for sign in signs) for alphabet in (WESTERN, CYRILLIC)}
    return min(lost, key=lambda alphabet: lost[alphabet])


def encoded(text: str, alphabet: str) -> bytes:
    """Return a text in one byte a character: what the alphabet lacks loses its accent, or becomes a question mark."""
    return b"".join(_sign(sign, alphabet) for sign in text)


def _sign(sign: str, alphabet: str) -> bytes:
    if _fits(sign, alphabet):
        return sign.encode(alphabet)
    plain = "".join(part for part in unicodedata.normalize("NFKD", sign) if _fits(part, alphabet))
    return plain.encode(alphabet) or (b"" if unicodedata.combining(sign) else b"?")


def _fits(sign: str, alphabet: str) -> bool:
    try:
        sign.encode(alphabet)
    except UnicodeEncodeError:
        return False
    return True
