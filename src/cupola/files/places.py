"""Which place each scene is shot at, from the words of its heading."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cupola.errors import CupolaError, ProductionError
from cupola.files.folder import Toml
from cupola.files.hints import did_you_mean
from cupola.model import Place, Scene, Script

REST = "*"
"""In `sets`: this place takes every set that no other place names."""


def places_of(script: Script, places: Sequence[Place], toml: Toml) -> tuple[tuple[str, str], ...]:
    """Return (scene number, place id) for every scene, in script order.

    The most specific words win: "HUB - SET", then the set, then ever shorter beginnings of the heading, then the place's own
    id, then the place that takes the rest. Raises ProductionError for a set that no place covers, or that two places claim.
    """
    named = _named(places, toml)
    ids = {place.id.casefold(): place.id for place in places}
    rest = named.pop(REST, None)
    found: list[tuple[str, str]] = []
    homeless: list[Scene] = []
    for scene in script.scenes:
        words = tuple(_heading_words(scene))
        place = next((known[word] for known in (named, ids) for word in words if word in known), rest)
        if place is None:
            homeless.append(scene)
        else:
            found.append((scene.number, place))
    if homeless:
        raise _homeless(homeless, places, script)
    return tuple(found)


def _heading_words(scene: Scene) -> Iterator[str]:
    """Yield what may name a scene's place, the most specific first, case folded."""
    whole = scene.place_words.casefold()
    yield whole
    yield scene.set.casefold()
    parts = whole.split(" - ")
    for length in range(len(parts) - 1, 0, -1):
        yield " - ".join(parts[:length])
    yield scene.hub.casefold()


def _named(places: Sequence[Place], toml: Toml) -> dict[str, str]:
    """Return which place each listed set belongs to; raises where two places list the same one."""
    owner: dict[str, tuple[str, str]] = {}
    for number, place in enumerate(places):
        for index, words in enumerate(place.sets):
            before = owner.setdefault(words.casefold(), (place.id, words))
            if before[0] != place.id:
                rule = "the rest of the sets goes to one place only" if words == REST else "a set belongs to one place"
                remedy = f'take it out of place "{before[0]}" or of place "{place.id}"'
                raise toml.wrong(("place", number, "sets", index), rule, value=words, remedy=remedy)
    return {words: place for words, (place, _) in owner.items()}


def _homeless(scenes: Sequence[Scene], places: Sequence[Place], script: Script) -> CupolaError:
    """Say which sets no place covers, the first one with its line in the script."""
    by_set: dict[str, list[str]] = {}
    for scene in scenes:
        by_set.setdefault(scene.place_words, []).append(scene.number)
    first = scenes[0].place_words
    hint = did_you_mean(first, [words for place in places for words in (*place.sets, place.id)], " ")
    meant = f" ({hint})" if hint.strip() else ""
    others = "; ".join(f"{words}: {', '.join(numbers)}" for words, numbers in list(by_set.items())[1:7])
    more = f"; without a place too: {others}" if others else ""
    return ProductionError(
        f"every set needs a place; scene{'s' if len(by_set[first]) > 1 else ''} {', '.join(by_set[first])}",
        value=first,
        remedy=f'add "{first}" to the sets of a [[place]]{meant}, or give one place sets = ["*"]{more}',
        file=script.file,
        line=scenes[0].line,
    )
