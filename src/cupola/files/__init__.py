"""A production's folder to values and back: the only reader and writer of our own format."""

from cupola.files.boards import is_stale, read_board, write_board
from cupola.files.folder import PRODUCTION_FILE
from cupola.files.hints import did_you_mean
from cupola.files.production import is_production, parsed_script, read_production, read_script
from cupola.files.search_log import read_log, write_log
from cupola.files.wishes import with_pins
from cupola.files.write import make_folder, refused, write_bytes, write_text

__all__ = [
    "PRODUCTION_FILE",
    "did_you_mean",
    "is_production",
    "is_stale",
    "make_folder",
    "parsed_script",
    "read_board",
    "read_log",
    "read_production",
    "read_script",
    "refused",
    "with_pins",
    "write_board",
    "write_bytes",
    "write_log",
    "write_text",
]
