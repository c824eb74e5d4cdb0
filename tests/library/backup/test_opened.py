"""A copy opens as a database without a file being written, and damage of it is told."""

import os
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from tests.library.backup.conftest import flip, pieces, titles
from tests.library.conftest import names

from reader.errors import LibraryError
from reader.library.backup import opened
from reader.library.backup.copy import Copy, Reason
from reader.library.backup.pieces import SIZE, Pieces
from reader.library.library import Library
from reader.progress import Cancelled


@pytest.fixture
def copy(large: Library) -> Copy:
    """Give a copy with changed pages beside its pieces."""
    large.backups.take(Reason.ASKED)
    large.set_title(1, "New")
    return large.backups.take(Reason.ASKED)


def test_every_byte_is_that_of_the_file_that_was_copied(large: Library, copy: Copy) -> None:
    file = (large.folder / "library.db").read_bytes()
    with closing(opened.Image(copy.file, Pieces(copy.file.parent / "pieces"))) as image:
        assert any(each.pages for each in image.header.pieces)
        for amount, offset in ((len(file), 0), (9000, SIZE - 4000), (16, 24), (1, len(file) - 1)):
            assert image.read(amount, offset) == file[offset : offset + amount]
        assert image.read(100, len(file) - 10) == file[-10:]
        assert image.read(100, len(file) + 5) == b""
    large.backups.write_out(copy, large.folder / "out.db")
    assert (large.folder / "out.db").read_bytes() == file


def test_no_file_is_written_and_none_can_be(large: Library, copy: Copy) -> None:
    before = {each: names(each) for each in (large.folder, large.folder / "backups")}
    with large.backups.opened(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"
        assert connection.readonly("main")
        for sql in ("DELETE FROM article", "CREATE TABLE more (x)", "PRAGMA journal_mode = wal"):
            with pytest.raises(apsw.Error):
                connection.execute(sql).fetchall()
                raise apsw.ReadOnlyError  # a pragma that changes nothing tells so
        connection.execute("CREATE TEMP TABLE own (x)")
    assert {each: names(each) for each in before} == before


def test_several_copies_are_open_at_once(large: Library, copy: Copy) -> None:
    other = large.backups.all()[1]
    with large.backups.opened(copy) as one, large.backups.opened(other) as two:
        sql = "SELECT title FROM article WHERE id = 1"
        assert (one.execute(sql).get, two.execute(sql).get) == ("New", "Title 0")


def test_more_pieces_than_files_may_be_open(
    large: Library, copy: Copy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(opened, "_MOST_FILES", 1)
    with large.backups.opened(copy) as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"


@pytest.mark.parametrize("at", [-40, -1, 30_000])
def test_a_damaged_copy_is_told_and_left(large: Library, copy: Copy, at: int) -> None:
    flip(copy.file, at)
    with pytest.raises(LibraryError, match="damaged"):
        titles(large, copy)
    with pytest.raises(LibraryError, match="damaged"):
        large.backups.write_out(copy, large.folder / "out.db")
    assert "out.db" not in names(large.folder)
    assert [each for each in names(large.folder) if ".new" in each] == []


@pytest.mark.parametrize("harm", ["flip", "cut", "missing"])
def test_a_damaged_piece_is_told(large: Library, copy: Copy, harm: str) -> None:
    for name in pieces(large):
        file = large.folder / "backups" / "pieces" / name
        match harm:
            case "flip":
                flip(file, 3000)
            case "cut":
                file.write_bytes(file.read_bytes()[:-5000])
            case "missing":
                file.unlink()
    for use in (titles, lambda library, copy: library.backups.write_out(copy, Path("out.db"))):
        with pytest.raises(LibraryError, match="damaged"):
            use(large, copy)


def test_a_copy_that_was_deleted_meanwhile_is_told(large: Library, copy: Copy) -> None:
    copy.file.unlink()
    with pytest.raises(LibraryError, match="no longer there"):
        titles(large, copy)


def test_errors_of_those_who_read_it_are_their_own(large: Library, copy: Copy) -> None:
    with pytest.raises(ZeroDivisionError), large.backups.opened(copy):
        raise ZeroDivisionError
    with pytest.raises(PermissionError), large.backups.opened(copy):
        raise PermissionError


def test_written_out_it_is_whole_or_not_there_and_private(large: Library, copy: Copy) -> None:
    target = large.folder / "out.db"

    def report(done: int, _total: int, _text: str) -> None:
        if done >= SIZE:
            raise Cancelled

    with pytest.raises(Cancelled):
        large.backups.write_out(copy, target, report)
    assert not target.exists()
    large.backups.write_out(copy, target)
    if os.name == "posix":
        assert target.stat().st_mode & 0o777 == 0o600
    with pytest.raises(LibraryError, match="could not be written"):
        large.backups.write_out(copy, large.folder / "none" / "out.db")
