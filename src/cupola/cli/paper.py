"""`cupola sheet` and `cupola report`: a board on paper."""

from __future__ import annotations


def sheet() -> None:
    """Write the call sheet of a day as PDF."""


def report() -> None:
    """Write the production book, one-liner, call sheets and tables of a board."""
