"""Sets as the bits of a word: what the compiled parts of the talent kernel share.

Compiled callers are cached by their own file: whoever edits this file or `bounds` removes the package's `__pycache__`.
"""

from __future__ import annotations

import numpy as np
from numba import njit
from numba.cpython.unsafe.numbers import trailing_zeros
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Sets = NDArray[np.uint64]

U = np.uint64
CHUNK = 11
CHUNKS = 6
LOW = U((1 << CHUNK) - 1)


@njit(cache=True, nogil=True, inline="always")
def first(x):
    """The number of the lowest member of a set that is not empty; unsigned, so that indexing with it is not checked."""
    return U(trailing_zeros(x))


@njit(cache=True, nogil=True, inline="always")
def rest(x):
    """A set without its lowest member."""
    return x & (x - U(1))


@njit(cache=True, nogil=True, inline="always")
def price(table, people):
    """What a set of people costs a day."""
    total = table[0, people & LOW]
    people >>= U(CHUNK)
    k = 1
    while people:
        total += table[k, people & LOW]
        people >>= U(CHUNK)
        k += 1
    return total


def price_table(wages: Ints) -> Ints:
    """Return the sums of wages of all sets, eleven people at a time: shape (6, 2048)."""
    table = np.zeros((CHUNKS, 1 << CHUNK), np.int64)
    for person, wage in enumerate(wages):
        row, bit = divmod(person, CHUNK)
        with_bit = np.flatnonzero(np.arange(1 << CHUNK) >> bit & 1)
        table[row, with_bit] += wage
    return table
