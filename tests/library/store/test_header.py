"""The header of a database file, and of files that are none."""

import os
from pathlib import Path

import pytest

from reader.library.store import header, migrate


def test_the_numbers_of_a_library_are_read(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    file.write_bytes(migrate.image())
    assert header.read(file) == (migrate.newest(), migrate.APPLICATION_ID, True)
    file.write_bytes(file.read_bytes()[:21] + b"odd" + file.read_bytes()[24:])
    assert header.read(file) == (migrate.newest(), migrate.APPLICATION_ID, False)


@pytest.mark.parametrize("data", [b"", header.MAGIC, b"x" * header.SIZE])
def test_what_is_no_database_has_no_header(tmp_path: Path, data: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(data)
    assert header.read(file) is None


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes of POSIX")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    assert header.read(tmp_path / "pipe") is None
    assert header.read(tmp_path / "missing") is None
