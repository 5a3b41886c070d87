"""Scenes, windows, rules and rates → board, with cost, bound and gap.

The verbs of the room are imported when they are first used: the engines take seconds to load, and not every verb solves.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cupola.schedule.redraft import redrafted
    from cupola.schedule.search import Progress, solve
    from cupola.schedule.stop import Halt, Stop

__all__ = ["Halt", "Progress", "Stop", "redrafted", "solve"]

_HOMES = {"Halt": "stop", "Progress": "search", "Stop": "stop", "redrafted": "redraft", "solve": "search"}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
