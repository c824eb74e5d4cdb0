"""The newest whole copy is found, and takes the place of a damaged library, which stays beside."""

import errno
import os
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.library.conftest import names

from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.repair import copies
from reader.library.store import migrate
from reader.library.store.database import damage_mark
from reader.model import Clipping
from reader.progress import Cancelled


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "home" / "library.db"


@pytest.fixture
def whole(file: Path, tmp_path: Path) -> Path:
    """Return a copy of two articles; beside it, in the same folder, no library yet."""
    with Library.open(tmp_path / "made") as library:
        for number in range(2):
            library.add(Clipping(f"https://example.org/{number}", html="<p>x</p>"))
        file.parent.mkdir()
        library.backup(file.with_name("copy.db"))
    return file.with_name("copy.db")


def held(file: Path) -> int:
    with Library.open(file.parent, create=False) as library:
        assert library.check() == ()
        return library.counts().total


def _pragma(file: Path, name: str, value: int) -> None:
    connection = apsw.Connection(str(file))
    connection.pragma(name, value)
    connection.close()


# ---- which one


def test_the_newest_that_is_whole_and_ours_is_found(file: Path, whole: Path) -> None:
    beside: dict[str, Callable[[Path], object]] = {
        "older.db": lambda _: None,
        "cut.db": lambda made: made.write_bytes(made.read_bytes()[:-4096]),
        "newer.db": lambda made: _pragma(made, "user_version", migrate.newest() + 1),
        "theirs.db": lambda made: _pragma(made, "application_id", 1),
        "notes.txt": lambda made: made.write_bytes(b"notes " * 100),
        "short.db": lambda made: made.write_bytes(b"SQLite format 3\0"),
        "head.db": lambda made: made.write_bytes(made.read_bytes()[:100]),
        "none.db": lambda made: made.write_bytes(b""),
        "no text.db": lambda made: made.write_bytes(b"x" * 16 + made.read_bytes()[16:]),
        "library.db": lambda _: None,
        **{f"copy{end}": lambda _: None
           for end in (".new", ".copy", "-wal", "-shm", "-journal")},
    }  # fmt: skip
    for number, (name, spoil) in enumerate(beside.items()):
        made = Path(shutil.copy(whole, file.with_name(name)))
        spoil(made)
        moment = 1000 if name == "older.db" else 3000 + number
        os.utime(made, (moment, moment))
    os.utime(whole, (2000, 2000))
    file.with_name("folder.db").mkdir()
    os.mkfifo(file.with_name("pipe.db"))
    before = names(file.parent)
    assert copies.newest(file) == copies.Copy(whole, 2000.0, 2)
    assert names(file.parent) == before


def test_the_same_schema_is_not_too_new_and_an_older_one_is_fine(file: Path, whole: Path) -> None:
    _pragma(whole, "user_version", migrate.newest() - 1)
    found = copies.newest(file)
    assert found is not None and found.articles == 2


def test_what_waits_in_the_log_of_a_copy_is_counted(file: Path, tmp_path: Path) -> None:
    file.parent.mkdir()
    with Library.open(tmp_path / "made") as library:
        library.add(Clipping("https://example.org/1", html="<p>x</p>"))
        for end in ("", "-wal"):
            shutil.copy(tmp_path / "made" / f"library.db{end}", file.with_name(f"copy.db{end}"))
    found = copies.newest(file)
    assert found is not None and (found.file.name, found.articles) == ("copy.db", 1)


def test_looking_at_a_copy_writes_nothing_beside_it(
    file: Path, whole: Path, tmp_path: Path
) -> None:
    shutil.copy(tmp_path / "made" / "library.db", whole)  # of a library that was closed
    os.utime(file.parent, (1000, 1000))
    assert copies.newest(file) is not None
    assert file.parent.stat().st_mtime == 1000, "no file came or went"


def test_where_there_is_no_copy_none_is_found(file: Path) -> None:
    assert copies.newest(file) is None
    file.parent.mkdir()
    file.write_bytes(b"damaged")
    assert copies.newest(file) is None


def test_a_copy_that_cannot_be_opened_or_vanishes_is_passed_over(
    file: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(whole, file.with_name("gone.db"))
    really = Path.open

    def vanish(self: Path, *told: Any) -> Any:
        if self.name == "gone.db":
            self.unlink(missing_ok=True)
        return really(self, *told)

    monkeypatch.setattr(Path, "open", vanish)
    assert (copies.newest(file) or whole).file == whole  # type: ignore[union-attr]


def test_looking_for_copies_is_told_of_and_can_be_stopped(file: Path, whole: Path) -> None:
    told: list[tuple[int, int, str]] = []
    copies.newest(file, lambda *each: told.append(each))
    assert told[0] == (0, 0, "Looking for copies")
    assert {text for *_, text in told[1:]} == {"Checking the file"}

    def stop(*_: object) -> None:
        raise Cancelled

    for work in (lambda: copies.newest(file, stop), lambda: copies.restore(whole, file, stop)):
        with pytest.raises(Cancelled):
            work()
    assert not file.exists()


# ---- in the place of a damaged one


def test_a_copy_takes_the_place_and_the_damaged_file_stays_with_its_log(
    file: Path, whole: Path
) -> None:
    data = whole.read_bytes()
    for round, name in enumerate(("", "-1", "-2")):
        contents = {end: f"damaged{end}{round}".encode() for end in ("", "-wal", "-shm")}
        for end, content in contents.items():
            file.with_name(file.name + end).write_bytes(content)
        damage_mark(file).touch()
        stem = f"library-damaged-{time.strftime('%Y-%m-%d')}{name}.db"
        assert copies.restore(whole, file) == file.with_name(stem)
        for end, content in contents.items():
            assert file.with_name(stem + end).read_bytes() == content
        assert not damage_mark(file).exists()
        assert not any(file.with_name(file.name + end).exists() for end in ("-wal", "-shm"))
        assert held(file) == 2
    assert whole.read_bytes() == data
    assert not [each for each in names(file.parent) if each.endswith((".copy", ".new"))]


def test_where_nothing_was_nothing_is_put_aside(file: Path, whole: Path) -> None:
    assert copies.restore(whole, file) is None
    assert held(file) == 2


@pytest.mark.parametrize("kind", ["folder", "pipe", "broken link", "link"])
def test_whatever_is_in_the_way_is_put_aside(
    file: Path, whole: Path, tmp_path: Path, kind: str
) -> None:
    other = tmp_path / "other.db"
    if kind == "folder":
        file.mkdir()
    elif kind == "pipe":
        os.mkfifo(file)
    else:
        file.symlink_to(other)
    if kind == "link":
        other.write_bytes(b"damaged")
    aside = copies.restore(whole, file)
    assert aside is not None and os.path.lexists(aside)
    assert aside.is_symlink() == ("link" in kind)
    assert not file.is_symlink() and held(file) == 2
    assert kind != "link" or other.read_bytes() == b"damaged"


def _fail(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_without_links_the_damaged_file_is_copied(
    file: Path, whole: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"damaged")
    os.utime(file, (1000, 1000))
    monkeypatch.setattr(os, "link", _fail)
    aside = copies.restore(whole, file)
    assert aside is not None and aside.read_bytes() == b"damaged"
    assert aside.stat().st_mtime == 1000
    assert held(file) == 2


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_trouble_leaves_the_damaged_file_in_its_place(
    file: Path, whole: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    fresh = Path(shutil.copy(whole, file.with_name("fresh")))
    file.write_bytes(b"damaged")
    monkeypatch.setattr(os if call == "fsync" else Path, call, _fail)
    with pytest.raises(LibraryError, match=r"could not be replaced \(Operation not permitted\)"):
        copies.put_in_place(fresh, file)
    assert file.read_bytes() == b"damaged"


def test_a_damaged_copy_takes_no_place(file: Path, whole: Path) -> None:
    file.write_bytes(b"damaged")
    whole.write_bytes(whole.read_bytes()[:9000])
    before = names(file.parent)
    with pytest.raises(LibraryError):
        copies.restore(whole, file)
    assert names(file.parent) == before
    assert file.read_bytes() == b"damaged"
