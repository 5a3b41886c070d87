"""Which scene of a new draft is which of the old: by number, then heading, then content."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

LEAST_BY_NUMBER = 0.15
"""A number is believed where so much of the words stayed, or the heading did; else it may have gone to another scene."""
LEAST_BY_HEADING = 0.1
LEAST_BY_CONTENT = 0.45


@dataclass(frozen=True, kw_only=True, slots=True)
class Card:
    """A scene as it is compared: the number its draft gives it (empty for none), its heading, and its words, counted."""

    number: str
    heading: str
    words: Counter[str] = field(repr=False)

    @classmethod
    def of(cls, number: str, heading: str, texts: Iterable[str]) -> Card:
        """Return a card; case and spaces do not count."""
        words = Counter(word for text in texts for word in text.casefold().split())
        return cls(number=number, heading=" ".join(heading.casefold().split()).strip(" ."), words=words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Match:
    """The positions of one scene in the old and the new draft, and by what it was known."""

    old: int
    new: int
    by: str


def likeness(a: Counter[str], b: Counter[str]) -> float:
    """Return the share of words that two scenes have in common, 0 to 1; two scenes without words are alike.

    >>> likeness(Counter(["a", "b"]), Counter(["a", "c"]))
    0.3333333333333333
    """
    every = a.total() + b.total()
    common = sum(min(count, b[word]) for word, count in a.items() if word in b)
    return common / (every - common) if every else 1.0


def matched(old: Sequence[Card], new: Sequence[Card]) -> tuple[Match, ...]:
    """Match the scenes of two drafts, each at most once, in the order of the new one.

    A number that both drafts write is believed unless heading and words both say another scene. Then equal headings, the
    most alike first; then scenes with nearly half of their words in common; last the numbers not believed before.
    """
    pairing = _Pairing(old, new)
    doubted = list(pairing.by_number())
    pairing.by_heading()
    pairing.by_content()
    for at, there in doubted:
        pairing.take(at, there, "number")
    return tuple(sorted(pairing.found.values(), key=lambda match: match.new))


class _Pairing:
    def __init__(self, old: Sequence[Card], new: Sequence[Card]) -> None:
        self.old = old
        self.new = new
        self.found: dict[int, Match] = {}
        self.taken: set[int] = set()

    def take(self, old: int, new: int, by: str) -> bool:
        if old in self.found or new in self.taken:
            return False
        self.found[old] = Match(old=old, new=new, by=by)
        self.taken.add(new)
        return True

    def by_number(self) -> Iterator[tuple[int, int]]:
        """Take the numbers that can be believed; yield the others."""
        places = {card.number: at for at, card in reversed(list(enumerate(self.new))) if card.number}
        for at, card in enumerate(self.old):
            there = places.get(card.number, -1) if card.number else -1
            if there < 0:
                continue
            other = self.new[there]
            if card.heading == other.heading or likeness(card.words, other.words) >= LEAST_BY_NUMBER:
                self.take(at, there, "number")
            else:
                yield at, there

    def by_heading(self) -> None:
        at_heading: dict[str, list[int]] = defaultdict(list)
        for there, card in enumerate(self.new):
            if there not in self.taken:
                at_heading[card.heading].append(there)
        pairs = [
            (at, there)
            for at, card in enumerate(self.old)
            if at not in self.found
            for there in at_heading.get(card.heading, ())
        ]
        self.take_best(pairs, LEAST_BY_HEADING, "heading")

    def by_content(self) -> None:
        rare = _rare_words(self.new)
        pairs: set[tuple[int, int]] = set()
        for at, card in enumerate(self.old):
            if at not in self.found:
                pairs |= {(at, there) for word in card.words for there in rare.get(word, ()) if there not in self.taken}
        self.take_best(sorted(pairs), LEAST_BY_CONTENT, "content")

    def take_best(self, pairs: Sequence[tuple[int, int]], least: float, by: str) -> None:
        """Take pairs, the most alike first, and of those the ones that stand nearest to each other."""
        rated = [(likeness(self.old[at].words, self.new[there].words), at, there) for at, there in pairs]
        for alike, at, there in sorted(rated, key=lambda one: (-one[0], abs(one[1] - one[2]), one[1], one[2])):
            if alike >= least:
                self.take(at, there, by)


def _rare_words(cards: Sequence[Card]) -> dict[str, list[int]]:
    """Return where each word stands that no more than a tenth of the scenes have (at least four): the rest tells nothing."""
    where: dict[str, list[int]] = defaultdict(list)
    for at, card in enumerate(cards):
        for word in card.words:
            where[word].append(at)
    most = max(4, len(cards) // 10)
    return {word: at for word, at in where.items() if len(at) <= most}
