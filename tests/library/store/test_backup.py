"""A copy is verified, on the disk and private before it has its name, and replaces none if not."""

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from tests.damaging import overwrite, pages
from tests.library.conftest import names

from reader.errors import LibraryError
from reader.library.backup import replacing
from reader.library.library import Library
from reader.library.store import backup, creation
from reader.model import Clipping


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "copies" / "copy.db"


@pytest.fixture
def filled(library: Library, target: Path) -> Library:
    target.parent.mkdir()
    for number in range(30):
        html = f"<p>{f'word{number} ' * 200}</p>"
        library.add(Clipping(f"https://example.org/{number}", f"T{number}", html=html))
    return library


def test_a_copy_is_the_library_as_another_program_reads_it(filled: Library, target: Path) -> None:
    filled.backup(target)
    assert names(target.parent) == ["copy.db"]
    with closing(sqlite3.connect(target)) as copy:
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert copy.execute("SELECT count(*) FROM content").fetchall() == [(30,)]


@pytest.mark.usefixtures("open_umask")
def test_a_copy_is_for_its_owner_alone(filled: Library, target: Path) -> None:
    filled.backup(target)
    assert target.stat().st_mode & 0o777 == 0o600


def test_what_a_kill_left_is_in_nobodys_way(filled: Library, target: Path) -> None:
    target.with_name("copy.db.new").write_bytes(b"half a copy")
    filled.backup(target)
    assert names(target.parent) == ["copy.db"]


# ---- on the disk


def _copied(folder: Path) -> Path:
    with closing(apsw.Connection(str(folder / "some.db"))) as connection:
        connection.execute("CREATE TABLE some (thing)")
        backup.copy(connection, folder / "copy.db")
    return folder / "copy.db"


def _created(folder: Path) -> Path:
    creation.new(folder / "library.db")
    return folder / "library.db"


def _put_in_place(folder: Path) -> Path:
    (folder / "library.db").write_bytes(b"damaged")
    apsw.Connection(str(folder / "fresh.db")).close()
    replacing.put_in_place(folder / "fresh.db", folder / "library.db")
    return folder / "library.db"


@pytest.mark.parametrize("make", [_copied, _created, _put_in_place])
def test_we_wait_for_a_file_before_it_has_its_name_and_for_the_name_then(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], Path]
) -> None:
    """Whatever SQLite does of its own: it may have been told not to wait."""
    synced: list[tuple[int, set[int]]] = []
    really = os.fsync

    def fsync(handle: int) -> None:
        there = {(tmp_path / name).stat().st_ino for name in ("copy.db", "library.db")
                 if (tmp_path / name).exists()}  # fmt: skip
        synced.append((os.fstat(handle).st_ino, there))
        really(handle)

    monkeypatch.setattr(os, "fsync", fsync)
    opened = len([*Path("/proc/self/fd").iterdir()])
    made = make(tmp_path).stat().st_ino
    assert [number for number, _ in synced] == [made, tmp_path.stat().st_ino]
    assert [made in there for _, there in synced] == [False, True]
    assert len([*Path("/proc/self/fd").iterdir()]) == opened


# ---- whole, or not at all


def test_trouble_leaves_the_older_copy_and_nothing_else(filled: Library, target: Path) -> None:
    filled.backup(target)
    before = target.read_bytes()
    said = "nothing was changed"
    # SQLite copies nothing out of a transaction.
    with pytest.raises(LibraryError, match=said), filled.together():
        filled.backup(target)
    assert names(target.parent) == ["copy.db"]
    assert target.read_bytes() == before


@pytest.mark.parametrize("name", ["nowhere/copy.db", "folder"])
def test_a_place_where_no_copy_can_be_is_said(filled: Library, target: Path, name: str) -> None:
    (target.parent / "folder").mkdir()
    with pytest.raises(LibraryError, match="could not be copied to"):
        filled.backup(target.parent / name)
    assert names(target.parent) == ["folder"]


@pytest.mark.parametrize(("owner", "is_whole"), [("content", False), ("search_data", True)])
def test_a_copy_is_whole_if_its_articles_are(
    filled: Library, target: Path, owner: str, is_whole: bool
) -> None:
    filled.backup(target)
    leaf = [each for each in pages(target) if (each.owner, each.kind) == (owner, "leaf")][-1]
    backup.verify(target)
    overwrite(target, leaf.number)
    if is_whole:  # the index of words is made again
        backup.verify(target)
    else:
        with pytest.raises(LibraryError, match="is damaged"):
            backup.verify(target)
    assert names(target.parent) == ["copy.db"]


def test_what_is_no_database_is_no_copy(tmp_path: Path) -> None:
    (tmp_path / "notes.db").write_bytes(b"My shopping list. " * 300)
    with pytest.raises((LibraryError, apsw.NotADBError)):
        backup.verify(tmp_path / "notes.db")
    with pytest.raises(apsw.CantOpenError):
        backup.verify(tmp_path / "none.db")
    assert names(tmp_path) == ["notes.db"]
