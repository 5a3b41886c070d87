"""What the user may have meant."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str], otherwise: str = "") -> str:
    """Return `did you mean "page_min"?` for the nearest known word; where none is near, `otherwise`, or a list of them.

    Near is a third of the letters wrong, missing, too many or swapped with their neighbour; or the beginning of one word.

    >>> did_you_mean("CHIBSI", ["CHIBIS", "VERA"]), did_you_mean("lat", ["id", "lat_deg"])
    ('did you mean "CHIBIS"?', 'did you mean "lat_deg"?')
    >>> did_you_mean("main", ["orbit"])
    'known: orbit'
    """
    words = list(dict.fromkeys(known))
    folded = word.casefold()[:60]
    ranked = [(distance(folded, each.casefold()[:60]), each.casefold()[:1] != folded[:1], n) for n, each in enumerate(words)]
    off, _, nearest = min(ranked, default=(len(word), False, 0))
    near = words[nearest] if words and off <= max(1, len(word) // 3) else ""
    if near:
        return f'did you mean "{near}"?'
    begun = [each for each in words if len(word) > 2 and each.casefold().startswith(word.casefold())]
    if len(begun) == 1:
        return f'did you mean "{begun[0]}"?'
    return otherwise or (f"known: {', '.join(words[:12])}{', …' if len(words) > 12 else ''}" if words else "")


def distance(a: str, b: str) -> int:
    """Return how many letters must be changed, left out, put in or swapped with their neighbour to turn `a` into `b`.

    Optimal string alignment: Damerau, Communications of the ACM 7(3), 1964.
    """
    before: list[int] = []
    row = list(range(len(b) + 1))
    for i, x in enumerate(a, start=1):
        older, before, row = before, row, [i]
        for j, y in enumerate(b, start=1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
    return row[-1]
