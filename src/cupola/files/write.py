"""Whole files or none: text and bytes are written beside the old file, then take its name."""

from __future__ import annotations

import contextlib
import errno
import os
import tempfile
from pathlib import Path

from cupola.errors import PlaceToWriteError

_REMEDIES = {
    errno.EACCES: "ask for permission to write there, or choose another folder",
    errno.EPERM: "ask for permission to write there, or choose another folder",
    errno.EROFS: "that disk can only be read: choose another folder",
    errno.ENOENT: "make the folder first, or choose one that exists",
    errno.ENOTDIR: "a file stands where a folder is needed: choose another name",
    errno.EEXIST: "a file stands where a folder is needed: choose another name",
    errno.EISDIR: "a folder stands where a file is needed: choose another name",
    errno.ENOSPC: "the disk is full: free some room",
}


def write_bytes(path: Path, data: bytes) -> Path:
    """Write a file as a whole and return its path: a reader sees the old content or the new, never a part.

    Raises PlaceToWriteError where the folder is missing, closed or no folder.
    """
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):
            path.write_bytes(data)  # a pipe or a device is no file that another could take the name of
        else:
            _write_beside(path, data)
    except OSError as error:
        raise refused(path, error) from None
    return path


def write_text(path: Path, text: str) -> Path:
    """Write a text as UTF-8 with the line ends it has; see `write_bytes`."""
    return write_bytes(path, text.encode())


def make_folder(path: Path) -> Path:
    """Make a folder and those above it, where they are missing; raises PlaceToWriteError where files cannot be put there."""
    try:
        path.mkdir(parents=True, exist_ok=True)
        tempfile.TemporaryFile(dir=path).close()
    except OSError as error:
        raise refused(path, error) from None
    return path


def refused(path: Path, error: OSError) -> PlaceToWriteError:
    """Return what the system said about a path, in the user's words."""
    said = (error.strerror or type(error).__name__).lower()
    remedy = _REMEDIES.get(error.errno or 0, "choose another folder")
    return PlaceToWriteError(f"this cannot be written: {said}", value=str(path), remedy=remedy, file=str(path))


def _write_beside(path: Path, data: bytes) -> None:
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", suffix=".part", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(beside, path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~_umask())
        os.replace(beside, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(beside)
        raise
    _sync_folder(path.parent)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    """Make the new name itself last through a power cut, where the system can."""
    with contextlib.suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
