"""Place × time → Sun, Earth, station → windows with an uncertainty.

The verbs of the room are imported when they are first used, so that naming it costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cupola.sky.explain import why_none
    from cupola.sky.flight import flight_sky
    from cupola.sky.freshness import age_note
    from cupola.sky.sun import sun_times
    from cupola.sky.windows import find_windows, windows_for

__all__ = ["age_note", "find_windows", "flight_sky", "sun_times", "why_none", "windows_for"]

_HOMES = {
    "age_note": "freshness",
    "find_windows": "windows",
    "flight_sky": "flight",
    "sun_times": "sun",
    "why_none": "explain",
    "windows_for": "windows",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
