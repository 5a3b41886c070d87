"""Files are written whole or not at all, and a place that cannot be written is said with a remedy."""

from __future__ import annotations

import os
import threading

import pytest

from cupola.errors import PlaceToWriteError
from cupola.files import make_folder, write_bytes, write_text


def test_a_file_is_replaced_as_a_whole_and_leaves_nothing_beside(tmp_path):
    file = tmp_path / "a.txt"
    write_text(file, "old")
    file.chmod(0o640)
    write_text(file, "новый\r\n")
    assert file.read_bytes() == "новый\r\n".encode()
    assert file.stat().st_mode & 0o777 == 0o640
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_failed_write_leaves_the_old_file(tmp_path):
    file = tmp_path / "a.txt"
    write_text(file, "old")
    with pytest.raises(TypeError):
        write_bytes(file, "no bytes")  # type: ignore[arg-type]
    assert file.read_text() == "old"
    assert [entry.name for entry in tmp_path.iterdir()] == ["a.txt"]


def test_a_missing_folder_is_said(tmp_path):
    with pytest.raises(PlaceToWriteError, match="make the folder first"):
        write_text(tmp_path / "nowhere" / "a.txt", "x")


def test_a_file_where_a_folder_is_needed_is_said(tmp_path):
    write_text(tmp_path / "file", "x")
    with pytest.raises(PlaceToWriteError, match="a file stands where a folder is needed"):
        make_folder(tmp_path / "file" / "boards")
    with pytest.raises(PlaceToWriteError, match="a file stands where a folder is needed"):
        write_text(tmp_path / "file" / "a.txt", "x")


def test_a_folder_where_a_file_is_needed_is_said(tmp_path):
    with pytest.raises(PlaceToWriteError, match="a folder stands where a file is needed"):
        write_text(tmp_path, "x")
    assert list(tmp_path.parent.glob(".*.part")) == []


def test_a_place_that_the_system_keeps_to_itself_is_said():
    from pathlib import Path

    with pytest.raises(PlaceToWriteError) as caught:
        write_text(Path("/proc/cupola.json"), "x")
    assert caught.value.remedy


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="named pipes")
def test_a_pipe_is_written_into_and_stays_a_pipe(tmp_path):
    pipe, read = tmp_path / "pipe", []
    os.mkfifo(pipe)
    reader = threading.Thread(target=lambda: read.append(pipe.read_bytes()))
    reader.start()
    write_text(pipe, "board")
    reader.join()
    assert read == [b"board"]
    assert pipe.is_fifo()
