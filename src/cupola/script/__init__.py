"""The script room: a page becomes scenes, and scenes become shots."""

from cupola.script.breakdown import parse_script
from cupola.script.fountain import parse_fountain
from cupola.script.light_phrases import parse_light

__all__ = ["parse_fountain", "parse_light", "parse_script"]
