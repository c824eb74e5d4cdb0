"""Database files beside a library count as copies if they are whole and ours."""

import os
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import add_text

from reader.damage import Damage
from reader.library.backup import found
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.store import damaged_pages, migrate
from reader.progress import Report


def _copy(library: Library, name: str) -> Path:
    file = library.folder / name
    library.backup(file)
    return file


def test_only_whole_libraries_that_are_not_newer_count(library: Library) -> None:
    add_text(library, "Text")
    file = _copy(library, "by hand.db")
    newer = apsw.Connection(str(_copy(library, "newer.db")))
    newer.pragma("user_version", migrate.newest() + 1)
    newer.close()
    (library.folder / "other.db").write_bytes(b"SQLite format 3\0" + bytes(5000))
    (library.folder / "cut.db").write_bytes(file.read_bytes()[:20_000])
    if hasattr(os, "mkfifo"):
        os.mkfifo(library.folder / "pipe.db")
    (copy,) = found.beside(library.folder / "library.db")
    assert (copy.file, copy.reason, copy.articles) == (file, Reason.FOUND, 1)
    assert found.copy_of(library.folder / "pipe.db") is None
    assert found.copy_of(library.folder / "none.db") is None


def test_the_library_behind_a_link_is_no_copy_of_itself(library: Library) -> None:
    """Reading its header would drop the locks that SQLite holds on it."""
    add_text(library, "Text")
    library.close()
    file, real = library.folder / "library.db", library.folder / "real.db"
    file.rename(real)
    file.symlink_to(real)
    assert found.beside(file) == []
    file.unlink()  # then the other file is a library that is left
    assert [copy.file for copy in found.beside(file)] == [real]


def test_a_file_is_checked_once_unless_it_changes(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, checks = _copy(library, "by hand.db"), list[apsw.Connection]()

    def damage(connection: apsw.Connection, _report: Report) -> list[Damage]:
        checks.append(connection)
        return []

    monkeypatch.setattr(damaged_pages, "damage", damage)
    for _ in range(3):
        assert found.copy_of(file)
    os.utime(file, (1, 1))
    assert found.copy_of(file)
    assert len(checks) == 2
