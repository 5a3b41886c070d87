"""A production's folder: reads the files in it, and none outside it."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path
from typing import Any

from cupola.errors import CupolaError, ProductionError
from cupola.files.locate import KeyPath, key_lines, line_of

PRODUCTION_FILE = "production.toml"
TOML_LIMIT = 4 * 2**20
SCRIPT_LIMIT = 64 * 2**20
ORBIT_LIMIT = 16 * 2**20
SKY_LIMIT = 16 * 2**20
BOARD_LIMIT = 64 * 2**20


@dataclass(frozen=True, kw_only=True)
class Toml:
    """A TOML text with the line of each entry, so that an error can point home."""

    file: str
    data: dict[str, Any]
    lines: dict[KeyPath, int] = field(repr=False)

    def line(self, path: KeyPath) -> int:
        """Return the line of an entry, or of the nearest one above it (1 for the root)."""
        return line_of(self.lines, path) or 1

    def wrong(
        self, path: KeyPath, rule: str, *, value: object = None, remedy: str = "", kind: type[CupolaError] = ProductionError
    ) -> CupolaError:
        """Return an error that points at an entry."""
        return kind(rule, value=value, remedy=remedy, file=self.file, line=self.line(path))


def read_toml(path: Path) -> tuple[Toml, bytes]:
    """Read a TOML file and where its entries stand; raises ProductionError with the line of a slip."""
    data = read_limited(path, TOML_LIMIT)
    text = decoded(data, path)
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise _syntax_error(path, text, str(error)) from None
    return Toml(file=str(path), data=values, lines=key_lines(text.replace("\r\n", "\n"))), data


def _syntax_error(path: Path, text: str, said: str) -> ProductionError:
    found = re.search(r"\s*\(at line (\d+), column \d+\)", said)
    number = int(found[1]) if found else max(1, text.count("\n"))
    line = text.splitlines()[number - 1].strip() if found and number <= len(text.splitlines()) else None
    rule = "this is not TOML: " + re.sub(r"\s*\(at [^)]*\)", "", said).lower()
    return ProductionError(rule, value=line, remedy="text goes in quotes, dates are 2022-06-06", file=str(path), line=number)


def inside(folder: Path, name: str, toml: Toml, path: KeyPath) -> Path:
    """Return the path of a file that production.toml names; raises ProductionError where it lies outside the folder."""
    remedy = f"copy the file into {folder} and write its name there"
    found = folder / name
    try:
        home, real = folder.resolve(), found.resolve()
    except (OSError, RuntimeError, ValueError):
        raise toml.wrong(path, "a file of a production must have a plain name", value=name, remedy=remedy) from None
    if Path(name).is_absolute() or not real.is_relative_to(home):
        raise toml.wrong(path, "a production reads only files in its own folder", value=name, remedy=remedy)
    if not found.is_file():
        near = nearest_files(folder, Path(name).suffix)
        raise toml.wrong(path, "this file is missing", value=name, remedy=f"put {name} into {folder}{near}")
    return found


def nearest_files(folder: Path, suffix: str) -> str:
    """Return the files of a folder that end alike, as a hint."""
    names = sorted(entry.name for entry in folder.iterdir() if entry.suffix == suffix and suffix)[:5]
    return f", or name one of those there: {', '.join(names)}" if names else ""


def read_limited(path: Path, limit: int) -> bytes:
    """Read a regular file of at most `limit` bytes; raises ProductionError."""
    try:
        if not path.is_file():
            raise ProductionError("this file is missing", value=str(path), remedy="look at its name and folder", file=str(path))
        with path.open("rb") as file:
            data = file.read(limit + 1)
    except OSError as error:
        said = (error.strerror or "unknown reason").lower()
        raise ProductionError(f"this file cannot be read: {said}", remedy="ask for permission", file=str(path)) from None
    if len(data) > limit:
        raise ProductionError(
            f"a file of this kind holds at most {limit // 2**20} MB",
            value=f"{path.stat().st_size / 2**20:.1f} MB",
            remedy="is this the right file?",
            file=str(path),
        )
    return data


def decoded(data: bytes, path: Path, kind: type[CupolaError] = ProductionError) -> str:
    """Return UTF-8 as text, a byte order mark left out; raises `kind` with the line of the first wrong byte."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        found = f"byte 0x{data[error.start]:02X}"
        raise kind("text must be UTF-8", value=found, remedy="save the file as UTF-8", file=str(path), line=line) from None


def digest_of(parts: Iterable[tuple[str, bytes]]) -> str:
    """Return one SHA-256 of named contents: the same files under the same names give the same digest."""
    whole = sha256()
    for name, data in parts:
        whole.update(f"{name}\0{len(data)}\0".encode() + data)
    return whole.hexdigest()
