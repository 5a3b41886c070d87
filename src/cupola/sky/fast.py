"""The search in machine code, where it is asked for: worth it from a year, or thousands of targets, on.

numba takes half a second to load and, the first time on a machine, some more to compile, so nothing uses it unasked.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeAlias

from cupola.sky.intervals import Intervals
from cupola.sky.measures import Measure

Search: TypeAlias = Callable[[Measure[Any], Any, int, float], list[Intervals] | None]

_SEARCH: ContextVar[Search | None] = ContextVar("search", default=None)


@contextmanager
def compiled_search() -> Iterator[None]:
    """Let every search of light within the `with` use machine code where there is some; raises ImportError without numba.

    >>> with compiled_search():
    ...     pass
    """
    from cupola.sky.compiled import find

    token = _SEARCH.set(find)
    try:
        yield
    finally:
        _SEARCH.reset(token)


def found_fast(measure: Measure[Any], view: Any, rows: int, span_s: float) -> list[Intervals] | None:
    """Return the spells of a measure from the compiled search; None where it is not asked for, or has no such measure."""
    search = _SEARCH.get()
    return None if search is None else search(measure, view, rows, span_s)
