"""The kind of trouble with a library follows from its error and its file."""

import os
from pathlib import Path

import apsw
import pytest

from reader.errors import (
    LibraryError,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
    NotALibrary,
)
from reader.gui.recovery import trouble
from reader.gui.recovery.trouble import REMEDIES, Trouble
from reader.library.library import Library

_NOT_OURS = NotALibrary("It is none.")


@pytest.mark.parametrize(
    ("error", "kind"),
    [
        (LibraryLocked("x"), Trouble.LOCKED),
        (LibraryTooNew("x"), Trouble.TOO_NEW),
        (LibraryReadOnly("x"), Trouble.FORBIDDEN),
    ],
)
def test_some_errors_say_it_all(tmp_path: Path, error: LibraryError, kind: Trouble) -> None:
    assert trouble.of(tmp_path, error) is kind


def test_a_file_that_is_missing_or_empty_is_not_damaged(tmp_path: Path) -> None:
    assert trouble.of(tmp_path / "none", LibraryError("x")) is Trouble.MISSING
    (tmp_path / "library.db").symlink_to(tmp_path / "elsewhere")
    assert trouble.of(tmp_path, LibraryError("x")) is Trouble.MISSING
    (tmp_path / "elsewhere").touch()
    assert trouble.of(tmp_path, _NOT_OURS) is Trouble.EMPTY


@pytest.mark.skipif(os.name != "posix" or os.getuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_forbidden(tmp_path: Path) -> None:
    (tmp_path / "library.db").write_bytes(b"x")
    (tmp_path / "library.db").chmod(0)
    assert trouble.of(tmp_path, LibraryError("x")) is Trouble.FORBIDDEN


def test_a_database_of_another_program_is_foreign(tmp_path: Path) -> None:
    connection = apsw.Connection(str(tmp_path / "library.db"))
    connection.execute("PRAGMA application_id = 1234; CREATE TABLE notes (text)")
    connection.close()
    assert trouble.of(tmp_path, _NOT_OURS) is Trouble.FOREIGN


def test_a_library_of_ours_is_damaged_whatever_is_wrong_in_it(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    file = tmp_path / "library.db"
    assert trouble.of(tmp_path, _NOT_OURS) is Trouble.DAMAGED
    assert trouble.of(tmp_path, LibraryError("x")) is Trouble.OTHER
    file.write_bytes(b"garbage" * 100)
    assert trouble.of(tmp_path, _NOT_OURS) is Trouble.DAMAGED
    file.unlink()
    file.mkdir()
    assert trouble.of(tmp_path, _NOT_OURS) is Trouble.DAMAGED


def test_every_trouble_has_a_heading_and_a_way_out() -> None:
    assert {*REMEDIES} == {*Trouble}
    assert all(each.heading and each.ways for each in REMEDIES.values())
