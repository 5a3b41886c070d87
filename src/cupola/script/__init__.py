"""The script room: a page becomes scenes, and scenes become shots.

The verbs of the room are imported when they are first used, so that naming it costs nothing.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cupola.script.breakdown import break_down, parse_script
    from cupola.script.fdx import parse_fdx, to_fdx
    from cupola.script.formats import parse_screenplay
    from cupola.script.fountain import parse_fountain
    from cupola.script.fountain_text import to_fountain
    from cupola.script.light_phrases import parse_light
    from cupola.script.revision import revised

__all__ = [
    "break_down",
    "parse_fdx",
    "parse_fountain",
    "parse_light",
    "parse_screenplay",
    "parse_script",
    "revised",
    "to_fdx",
    "to_fountain",
]

_HOMES = {
    "break_down": "breakdown",
    "parse_fdx": "fdx",
    "parse_fountain": "fountain",
    "parse_light": "light_phrases",
    "parse_screenplay": "formats",
    "parse_script": "breakdown",
    "revised": "revision",
    "to_fdx": "fdx",
    "to_fountain": "fountain_text",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = globals()[name] = getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
    return found


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
