"""The file: two processes at once, kills, locks, full disks, strange files; nothing is lost."""

import hashlib
import os
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.damaging import overwrite
from tests.damaging import pages as pages_of

from reader.damage import Damage, Kind
from reader.errors import (
    LibraryError,
    LibraryLocked,
    LibraryReadOnly,
    LibraryTooNew,
    NotALibrary,
)
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.search.query_parser import question
from reader.library.store import damaged_pages, database, migrate
from reader.model import Clipping, Query, State
from reader.progress import Cancelled

_WRITER = """
import sys
from pathlib import Path
from reader.library.library import Library
from reader.model import Clipping
library = Library.open(Path(sys.argv[1]))
number = 0
while number < int(sys.argv[3]):
    library.add(Clipping(f"https://example.org/{sys.argv[2]}/{number}", html="<p>x</p>"))
    print(number, flush=True)
    number += 1
"""


def _writer(folder: Path, name: str, count: int) -> "subprocess.Popen[str]":
    command = [sys.executable, "-c", _WRITER, str(folder), name, str(count)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True)


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()


def test_two_processes_write_at_once(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    writers = [_writer(tmp_path, name, 60) for name in "ab"]
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    with Library.open(tmp_path) as library:
        assert library.counts().queue == 120
        assert library.check() == ()


@pytest.mark.parametrize("after", [3, 17, 40])
def test_nothing_acknowledged_is_lost_by_a_kill(tmp_path: Path, after: int) -> None:
    acknowledged = -1
    with _writer(tmp_path, "k", 100_000) as writer:
        assert writer.stdout is not None
        for line in writer.stdout:
            acknowledged = int(line)
            if acknowledged == after:
                writer.kill()
    with Library.open(tmp_path) as library:
        assert library.counts().queue >= acknowledged + 1
        assert library.check() == ()


def test_a_change_by_another_is_noticed(tmp_path: Path) -> None:
    with Library.open(tmp_path) as one, Library.open(tmp_path) as other:
        before = one.version()
        assert one.version() == before
        other.add(Clipping("https://example.org/"))
        assert one.version() != before


def test_a_change_by_another_thread_is_noticed(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        before = library.version()
        thread = threading.Thread(target=library.add, args=(Clipping("https://example.org/"),))
        thread.start()
        thread.join()
        assert library.version() != before
        assert library.counts().queue == 1


def test_a_library_locked_for_long_is_a_sentence_and_reading_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(database, "_BUSY_MS", 50)
    with Library.open(tmp_path) as library:
        id = library.add(Clipping("https://example.org/")).id
        library._database.connection.set_busy_timeout(50)
        other = apsw.Connection(str(tmp_path / "library.db"))
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(LibraryLocked, match="Another program is writing"):
            library.set_state([id], State.ARCHIVE)
        assert library.article(id).state is State.QUEUE
        other.execute("ROLLBACK")
        assert library.set_state([id], State.ARCHIVE) == 1
        other.close()


def test_a_newer_library_is_refused_untouched(tmp_path: Path) -> None:
    Library.open(tmp_path).close()
    file = tmp_path / "library.db"
    connection = apsw.Connection(str(file))
    connection.pragma("user_version", migrate.newest() + 1)
    connection.close()
    before = _digest(file)
    with pytest.raises(LibraryTooNew, match="newer Reader"):
        Library.open(tmp_path)
    assert _digest(file) == before


def test_a_file_that_is_no_database_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    file.write_bytes(b"My shopping list, by no means a database. " * 50)
    before = _digest(file)
    with pytest.raises(NotALibrary, match="not a Reader library"):
        Library.open(tmp_path)
    assert _digest(file) == before


def test_somebody_elses_database_is_refused_untouched(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    connection = apsw.Connection(str(file))
    connection.execute("CREATE TABLE theirs (x)")
    connection.close()
    before = _digest(file)
    with pytest.raises(NotALibrary, match="left as it is"):
        Library.open(tmp_path)
    assert _digest(file) == before


def test_places_where_no_library_can_be(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_text("x")
    with pytest.raises(LibraryError, match="is a file"):
        Library.open(file)
    with pytest.raises(LibraryError, match="no library in"):
        Library.open(tmp_path / "nothing", create=False)
    assert not (tmp_path / "nothing").exists()
    (tmp_path / "odd" / "library.db").mkdir(parents=True)
    with pytest.raises(NotALibrary, match="is a folder"):
        Library.open(tmp_path / "odd")


@pytest.mark.parametrize("name", ["a b", "ä?#%20", "'quoted'", "本"])
def test_odd_folder_names_work(tmp_path: Path, name: str) -> None:
    with Library.open(tmp_path / name) as library:
        library.add(Clipping("https://example.org/"))
    with Library.open(tmp_path / name, create=False) as library:
        assert library.counts().queue == 1


def test_a_library_that_may_only_be_read_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        id = library.add(Clipping("https://example.org/", html="<p>x</p>")).id
    before = _digest(tmp_path / "library.db")
    can = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and can(path, mode))
    with Library.open(tmp_path) as library:
        assert library.read_only
        assert library.article(id).html == "<p>x</p>"
        assert library.counts().queue == 1
        with pytest.raises(LibraryReadOnly, match="is read-only"):
            library.set_state([id], State.TRASH)
    assert _digest(tmp_path / "library.db") == before


def test_a_full_disk_is_a_sentence_and_loses_nothing(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/1", html="<p>kept</p>"))
        connection = library._database.connection
        pages = connection.pragma("page_count")
        connection.pragma("max_page_count", int(str(pages)) + 2)
        big = "<p>" + "x" * 200_000 + "</p>"
        with pytest.raises(LibraryError, match="is full"):
            library.add(Clipping("https://example.org/2", html=big))
        assert [row.id for row in library.rows(Query())] == [1]
        connection.pragma("max_page_count", 100_000)
        library.add(Clipping("https://example.org/2", html=big))
        assert library.counts().queue == 2


def test_a_bit_that_has_turned_costs_one_letter(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [
            library.add(
                Clipping(f"https://example.org/{n}", title=f"T{n}", html=f"<p>word{n}</p>")
            ).id
            for n in range(3)
        ]
    file = tmp_path / "library.db"
    file.write_bytes(file.read_bytes().replace(b"<p>word1</p>", b"<p>\xf7ord1</p>"))
    with Library.open(tmp_path) as library:
        assert [each[:3] for each in library.check()] == [(Kind.TEXT, ids[1], "T1")]
        assert library.article(ids[1]).html == "<p>�ord1</p>"
        library.search.rebuild()
        assert library.search.ids(question("ord1")) == [ids[1]]
        assert library.search.ids(question("word2")) == [ids[2]]
        assert library.duplicates.find() == []


def test_a_damaged_title_costs_one_letter_and_is_found(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        ids = [
            library.add(
                Clipping(f"https://example.org/{len(title)}", title=title, html="<p>text</p>")
            ).id
            for title in ("Fine", "Broken")
        ]
    file = tmp_path / "library.db"
    file.write_bytes(file.read_bytes().replace(b"Broken", b"\xf7roken"))
    with Library.open(tmp_path) as library:
        assert [library.article(id).title for id in ids] == ["Fine", "\ufffdroken"]
        assert {row.title for row in library.rows(Query())} == {"Fine", "\ufffdroken"}
        found = [each[:3] for each in library.check() if each.article]
        assert found == [(Kind.DETAILS, ids[1], "\ufffdroken")]


def test_a_library_moved_away_while_open_is_noticed(tmp_path: Path) -> None:
    with Library.open(tmp_path / "a") as library:
        (tmp_path / "a" / "library.db").rename(tmp_path / "elsewhere.db")
        with pytest.raises(LibraryError, match="moved or deleted"):
            library.add(Clipping("https://example.org/"))


def test_a_migration_that_fails_leaves_the_library_as_it_was_and_a_copy(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/"))
    steps = migrate._steps()
    half = "ALTER TABLE article ADD COLUMN fine; SELECT nonsense FROM nowhere"
    broken = {**steps, migrate.newest() + 1: half}
    monkeypatch.setattr(migrate, "_steps", lambda: broken)
    with pytest.raises(LibraryError):
        Library.open(tmp_path)
    monkeypatch.setattr(migrate, "_steps", lambda: steps)
    with Library.open(tmp_path) as library:
        assert library.counts().queue == 1
        assert [each.reason for each in library.backups.all()] == [Reason.MIGRATION]


def test_a_migration_that_works_keeps_everything(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/"))
    next_one = migrate.newest() + 1
    more = {**migrate._steps(), next_one: "CREATE TABLE later (x); CREATE TABLE still (x)"}
    monkeypatch.setattr(migrate, "_steps", lambda: more)
    with Library.open(tmp_path) as library:
        assert library.counts().queue == 1
        assert library._database.connection.pragma("user_version") == next_one


def test_a_picture_is_whole_or_not_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with Library.open(tmp_path) as library:

        def full(_handle: int) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(LibraryError, match="No space left"):
            library.keep_picture(b"bytes", "png")
        assert list((tmp_path / "images").iterdir()) == []
        monkeypatch.undo()
        name = library.keep_picture(b"bytes", "png")
        assert library.keep_picture(b"bytes", "png") == name
        found = library.picture_path(name)
        assert found is not None and found.read_bytes() == b"bytes"
        assert library.picture_path("../library.db") is None


# ---- what a newer program, a foreign folder or a failing disk does to one that is open


def test_an_older_reader_that_is_still_open_does_not_write_into_a_newer_library(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as older:
        id = older.add(Clipping("https://example.org/")).id
        more = {**migrate._steps(), migrate.newest() + 1: "CREATE TABLE later (x)"}
        with monkeypatch.context() as patch:
            patch.setattr(migrate, "_steps", lambda: more)
            Library.open(tmp_path).close()
        with pytest.raises(LibraryTooNew, match="Update Reader"):
            older.set_state([id], State.ARCHIVE)
        with pytest.raises(LibraryTooNew):
            older.add(Clipping("https://example.org/2"))
        assert older.article(id).state is State.QUEUE


def _kinds(kind: type[apsw.Error] = apsw.Error) -> list[type[apsw.Error]]:
    return [each for sub in kind.__subclasses__() for each in (sub, *_kinds(sub))]


@pytest.mark.parametrize("kind", _kinds(), ids=lambda kind: kind.__name__)
def test_every_trouble_of_sqlite_is_a_sentence_of_ours(kind: type[apsw.Error]) -> None:
    words = "locking protocol (15) in SQL"
    with pytest.raises(LibraryError) as caught, database.said(Path("/books/library.db")):
        raise kind(words)
    text = str(caught.value)
    assert words not in text
    assert "SQL" not in text
    assert text.endswith(".")
    assert isinstance(caught.value.__cause__, kind)


def test_the_words_of_sqlite_are_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO"), pytest.raises(LibraryError), database.said(Path("library.db")):
        raise apsw.IOError("disk I/O error")
    assert "disk I/O error" in caplog.text


@pytest.mark.skipif(os.name != "posix", reason="needs permissions")
def test_pictures_that_may_not_be_looked_at_are_missing_and_cannot_be_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def closed(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    with Library.open(tmp_path) as library:
        name = library.keep_picture(b"bytes", "png")
        for call in ("stat", "utime", "open", "unlink"):  # root may enter any folder
            monkeypatch.setattr(os, call, closed)
        assert library.picture_path(name) is None
        for data in (b"bytes", b"others"):
            with pytest.raises(LibraryError, match="Permission denied"):
                library.keep_picture(data, "png")
        monkeypatch.undo()
        assert library.picture_path(name) is not None


def test_what_a_kill_left_among_the_pictures_is_tidied(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        names = [library.keep_picture(data, "png") for data in (b"one", b"two")]
        folder = tmp_path / "images"
        (folder / names[0]).rename(folder / f"{names[0]}.gone")
        (folder / f"{names[1]}.gone").write_bytes(b"two")
        for process in (2**22 + 1, os.getpid()):
            file = folder / f"{'0' * 64}.png.{process}.139.new"
            file.touch()
            os.utime(file, (1e9, 1e9))
        library.trash.empty(30)
        alive = f"{'0' * 64}.png.{os.getpid()}.139.new"
        assert {file.name for file in folder.iterdir()} == {*names, alive}


def test_who_keeps_a_picture_sweeps_what_a_kill_left(tmp_path: Path) -> None:
    file = tmp_path / "images" / f"{'0' * 64}.png.{2**22 + 1}.139.new"
    file.parent.mkdir()
    file.touch()
    os.utime(file, (1e9, 1e9))
    with Library.open(tmp_path) as library:
        name = library.keep_picture(b"bytes", "png")
    assert [each.name for each in file.parent.iterdir()] == [name]


def test_bringing_up_tells_how_it_goes_and_stopped_leaves_the_library_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/"))
    before = migrate.newest()
    more = {**migrate._steps(), before + 1: "CREATE TABLE later (x)"}
    monkeypatch.setattr(migrate, "_steps", lambda: more)
    told: list[str] = []

    def stop(_done: int, _total: int, text: str) -> None:
        told.append(text)
        if len(told) == 2:
            raise Cancelled

    with pytest.raises(Cancelled):
        Library.open(tmp_path, report=stop)
    with apsw.Connection(str(tmp_path / "library.db")) as connection:
        assert connection.pragma("user_version") == before
    Library.open(tmp_path, report=stop).close()
    assert told[:2] == ["Copying the library", "Bringing the library up to date"]


def test_a_long_statement_of_a_migration_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Library.open(tmp_path).close()
    long = "WITH RECURSIVE n (x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n) SELECT max(x) FROM n"
    before = migrate.newest()
    monkeypatch.setattr(migrate, "_steps", lambda: {**dict.fromkeys(range(1, before)), 99: long})
    told: list[str] = []

    def stop(_done: int, _total: int, text: str) -> None:
        told.append(text)
        if len(told) == 5:
            raise Cancelled

    with pytest.raises(Cancelled):
        Library.open(tmp_path, report=stop)
    with apsw.Connection(str(tmp_path / "library.db")) as connection:
        assert connection.pragma("user_version") == before


def test_damage_is_examined_behind_whoever_meets_it_and_nothing_is_written_meanwhile(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with Library.open(tmp_path) as library, library.together():
        for number in range(200):
            library.add(Clipping(f"https://example.org/{number}", html="<p>x</p>" * 20))
    file = tmp_path / "library.db"
    overwrite(file, [each.number for each in pages_of(file) if each.owner == "article"][-1])
    may_end, real = threading.Event(), damaged_pages.damage

    def slowly(*given: Any) -> list[Damage]:
        assert may_end.wait(10)
        return real(*given)

    monkeypatch.setattr(damaged_pages, "damage", slowly)
    monkeypatch.setattr(database, "_BUSY_MS", 20)
    with Library.open(tmp_path) as library:
        with pytest.raises(LibraryError, match="is damaged"):
            library.rows(Query(), limit=-1)
        with pytest.raises(LibraryReadOnly, match="checking it"):
            library.add(Clipping("https://example.org/new"))
        may_end.set()
    with Library.open(tmp_path) as library, pytest.raises(LibraryReadOnly, match="is damaged"):
        library.add(Clipping("https://example.org/new"))
