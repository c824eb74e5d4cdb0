"""A copy is whole or not there, shares what is equal, and is never made of damage."""

import errno
import os
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.damaging import overwrite, pages
from tests.library.backup.conftest import fill, flip, pieces, titles
from tests.library.conftest import add_text, names

from reader.errors import LibraryError, LibraryReadOnly
from reader.library.backup import copies, taking
from reader.library.backup.copy import Reason
from reader.library.backup.pieces import SIZE, DamagedPiece, Pieces
from reader.library.library import Library
from reader.model import State
from reader.progress import Cancelled


def _all_files(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in folder.rglob("*") if each.is_file()}


def test_a_copy_has_the_articles_and_tells_its_reason(large: Library) -> None:
    copy = large.backups.take(Reason.BULK, {"verb": "archive", "count": 2})
    assert titles(large, copy) == ["Title 0", "Title 1"]
    assert large.backups.all() == [copy]
    assert (copy.articles, copy.reason, copy.told) == (2, "bulk", {"verb": "archive", "count": 2})
    assert copy.size == (large.folder / "library.db").stat().st_size
    assert copy.new_bytes > copy.size


def test_a_small_change_is_kept_as_pages_and_shares_all_pieces(large: Library) -> None:
    first = large.backups.take(Reason.ASKED)
    before = pieces(large)
    large.set_title(1, "Another")
    second = large.backups.take(Reason.ASKED)
    assert pieces(large) == before
    assert second.new_bytes < SIZE // 8 + 10_000
    assert titles(large, second) == ["Another", "Title 1"]
    assert titles(large, first) == ["Title 0", "Title 1"]


def test_a_large_change_is_kept_as_a_new_piece(large: Library) -> None:
    large.backups.take(Reason.ASKED)
    before = set(pieces(large))
    fill(large, 5 << 20, "more")
    copy = large.backups.take(Reason.ASKED)
    assert set(pieces(large)) > before
    with large.backups.opened(copy) as connection:
        assert connection.execute("SELECT length(value) FROM setting WHERE name = 'more'").get


def test_unchanged_pages_of_the_copy_before_are_kept_without_reading_its_piece(
    large: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    large.backups.take(Reason.ASKED)
    large.set_title(1, "Another")
    large.backups.take(Reason.ASKED)
    read: list[str] = []
    monkeypatch.setattr(taking, "_ROTATION", 1 << 40)  # reads no shared piece again
    monkeypatch.setattr(Pieces, "read", lambda _, name: read.append(name))
    monkeypatch.setattr(taking._Making, "_verify", lambda *_: None)
    third = large.backups.take(Reason.ASKED)
    assert read == []
    monkeypatch.undo()
    assert titles(large, third) == ["Another", "Title 1"]


def test_a_shared_piece_that_was_damaged_is_mended_within_some_copies(
    large: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_ROTATION", 3)
    first = large.backups.take(Reason.ASKED)
    for name in pieces(large):
        flip(large.folder / "backups" / "pieces" / name, 100_000)
    for _ in range(3):
        large.backups.take(Reason.ASKED)
    large.backups.write_out(first, large.folder / "out.db")
    with closing(apsw.Connection(str(large.folder / "out.db"))) as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"


def test_a_damaged_piece_that_the_new_copy_needs_is_found_at_once(large: Library) -> None:
    first = large.backups.take(Reason.ASKED)
    large.backups.take(Reason.ASKED)
    with large.backups.opened(first):
        pass
    for name in pieces(large):
        flip(large.folder / "backups" / "pieces" / name, 100_000)
    large.set_title(1, "New")
    assert titles(large, large.backups.take(Reason.ASKED)) == ["New", "Title 1"]


def test_a_piece_that_was_cut_is_written_again(large: Library) -> None:
    first = large.backups.take(Reason.ASKED)
    name = pieces(large)[0]
    (large.folder / "backups" / "pieces" / name).write_bytes(b"cut")
    assert large.backups.all() == []
    large.backups.take(Reason.ASKED)
    assert len(large.backups.all()) == 2
    assert titles(large, first) == ["Title 0", "Title 1"]


def test_two_copies_of_one_second_have_two_names(library: Library) -> None:
    made = [library.backups.take(Reason.ASKED) for _ in range(3)]
    assert len({each.id for each in made}) == 3
    assert [each.id for each in library.backups.all()] == [each.id for each in reversed(made)]


@pytest.mark.usefixtures("open_umask")
def test_copies_are_for_their_owner_alone(library: Library) -> None:
    library.keep_picture(b"picture", "png")
    library.backups.take(Reason.ASKED)
    folder = library.folder / "backups"
    modes = {stat.S_IMODE(each.stat().st_mode) for each in (folder, *folder.rglob("*"))}
    assert modes == {0o700, 0o600}


def test_a_damaged_library_is_not_copied_and_no_copy_is_deleted_for_it(new_library: Path) -> None:
    with Library.open(new_library) as library:
        for number in range(40):
            add_text(library, f"words {number} " * 300, f"T{number}")
        library.backups.take(Reason.ASKED)
    file = new_library / "library.db"
    overwrite(file, [each for each in pages(file) if each.owner == "content"][-1].number, 1)
    with Library.open(new_library) as library:
        before = _all_files(new_library / "backups")
        with pytest.raises(LibraryError, match="damaged, so it was not copied"):
            library.backups.take(Reason.ASKED)
        assert _all_files(new_library / "backups") == before
        assert len(library.backups.all()) == 1


def test_what_is_cancelled_leaves_nothing(large: Library) -> None:
    large.backups.take(Reason.ASKED)
    before = _all_files(large.folder / "backups")
    fill(large, 9 << 20, "more")

    def report(done: int, _total: int, _text: str) -> None:
        if done >= 3 * SIZE:
            raise Cancelled

    with pytest.raises(Cancelled):
        large.backups.take(Reason.ASKED, report=report)
    assert _all_files(large.folder / "backups") == before


@contextmanager
def _files_no_larger_than(size: int) -> Iterator[None]:
    import resource
    import signal

    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, limits[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)


@pytest.mark.skipif(os.name != "posix", reason="limits of POSIX")
def test_on_a_full_disk_it_says_so_and_the_older_copies_are_as_they_were(large: Library) -> None:
    large.backups.take(Reason.ASKED)
    before = _all_files(large.folder / "backups")
    fill(large, 9 << 20, "more")
    with _files_no_larger_than(1 << 20), pytest.raises(LibraryError) as caught:
        large.backups.take(Reason.ASKED)
    assert "could not be copied" in str(caught.value)
    assert "Errno" not in str(caught.value)
    assert _all_files(large.folder / "backups") == before
    large.backups.take(Reason.ASKED)


def test_a_disk_that_returns_other_data_is_told(
    large: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Pieces, "write", lambda *_: _fail())
    with pytest.raises(LibraryError, match="returned other data"):
        large.backups.take(Reason.ASKED)
    assert large.backups.all() == []


def _fail() -> None:
    raise DamagedPiece(errno.EIO, "a piece of the copy is damaged", "x")


def test_the_folder_of_a_read_only_library_is_not_touched(library: Library) -> None:
    library._database.read_only = True
    with pytest.raises(LibraryReadOnly, match="backup --to"):
        library.backups.take(Reason.ASKED)
    assert not (library.folder / "backups").exists()


def test_a_folder_that_cannot_be_made_is_told(library: Library) -> None:
    (library.folder / "backups").write_text("a file")
    with pytest.raises(LibraryError, match="could not be copied"):
        library.backups.take(Reason.ASKED)


def test_temporary_files_and_pieces_of_killed_processes_are_swept(large: Library) -> None:
    large.backups.take(Reason.ASKED)
    folder = large.folder / "backups"
    kept = names(folder / "pieces")
    left = [folder / "x.copy.999999.ab.new", folder / "pieces" / f"{'a' * 64}.999999.ab.new"]
    for each in left:
        each.write_bytes(b"half")
        os.utime(each, (1, 1))
    (folder / "pieces" / ("b" * 64)).write_bytes(b"a piece that no copy names")
    (folder / "notes.txt").write_text("not ours")
    large.backups.take(Reason.ASKED)
    assert names(folder / "pieces") == kept
    assert not any(each.exists() for each in left)
    assert (folder / "notes.txt").exists()


_WRITER = """
import sys, time
from pathlib import Path
from reader.library.library import Library
with Library.open(Path(sys.argv[1])) as library:
    print("on", flush=True)
    until = time.monotonic() + 20
    n = 0
    while time.monotonic() < until and not Path(sys.argv[1], "stop").exists():
        n += 1
        with library.together():
            for id in (1, 2):
                library.set_title(id, f"Title {n}")
"""


def _wait_for_another_title(library: Library) -> None:
    before, until = library.article(1).title, time.monotonic() + 20
    while library.article(1).title == before and time.monotonic() < until:
        time.sleep(0.001)


def test_beside_a_process_that_writes_all_the_time_every_copy_is_of_one_moment(
    large: Library, tmp_path: Path
) -> None:
    large.set_title(2, "Title 0")
    with subprocess.Popen(
        [sys.executable, "-c", _WRITER, str(large.folder)], stdout=subprocess.PIPE
    ) as writer:
        assert writer.stdout and writer.stdout.readline()
        try:
            made = []
            for _ in range(3):
                _wait_for_another_title(large)
                made.append(large.backups.take(Reason.ASKED))
        finally:
            (large.folder / "stop").touch()
    assert writer.returncode == 0
    for each in made:
        assert len(set(titles(large, each))) == 1
    seen = {titles(large, each)[0] for each in made}
    assert len(seen) == 3
    out = tmp_path / "out.db"
    large.backups.write_out(made[-1], out)
    with closing(apsw.Connection(str(out))) as connection:
        assert connection.execute("PRAGMA integrity_check").get == "ok"


def test_while_another_reads_for_long_it_is_copied_all_the_same(large: Library) -> None:
    file = large.folder / "library.db"
    with closing(apsw.Connection(str(file))) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM article").fetchall()
        large.set_title(1, "Newer than what is read")
        copy = large.backups.take(Reason.ASKED)
        reader.execute("COMMIT")
    assert titles(large, copy) == ["Newer than what is read", "Title 1"]
    assert sorted(names(large.folder)) == ["backups", "library.db", "library.db-shm",
                                           "library.db-wal"]  # fmt: skip
    assert [each for each in names(large.folder / "backups") if ".new" in each] == []


def test_two_that_copy_at_once_make_two_whole_copies(large: Library) -> None:
    made: list[Any] = []
    with Library.open(large.folder) as other:
        threads = [
            threading.Thread(target=lambda each=each: made.append(each.backups.take(Reason.ASKED)))
            for each in (large, other)
        ]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    assert [titles(large, each) for each in made] == [["Title 0", "Title 1"]] * 2
    assert len(large.backups.all()) == 2


def test_a_library_without_articles_or_pictures_is_copied(library: Library) -> None:
    copy = library.backups.take(Reason.ASKED)
    assert copy.articles == 0
    assert titles(library, copy) == []


def test_a_library_behind_a_link_is_copied_with_its_log(new_library: Path, tmp_path: Path) -> None:
    real = tmp_path / "elsewhere.db"
    (new_library / "library.db").rename(real)
    (new_library / "library.db").symlink_to(real)
    with Library.open(new_library) as library:
        add_text(library, "Text", "In the log")
        assert real.with_name("elsewhere.db-wal").stat().st_size
        copy = library.backups.take(Reason.ASKED)
        assert titles(library, copy) == ["In the log"]
        assert not library.backups._has_changed(copies.stored_in(new_library / "backups"))
        library.set_state([1], State.ARCHIVE)
        assert library.backups.before(Reason.BULK) is not None


def test_of_many_pieces_the_shared_ones_are_compared_in_rotation_only(
    large: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_MOST_COMPARED", 2)
    monkeypatch.setattr(taking, "_ROTATION", 2)
    large.backups.take(Reason.ASKED)
    read: list[str] = []
    really = Pieces.read

    def counting(self: Pieces, name: str) -> bytes:
        read.append(name)
        return really(self, name)

    monkeypatch.setattr(Pieces, "read", counting)
    for _ in range(2):
        large.backups.take(Reason.ASKED)
    assert sorted(read) == pieces(large)
