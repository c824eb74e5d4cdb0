"""A new file takes the place of a library, while others have it open, and nothing mixes."""

import errno
import os
import shutil
import subprocess
import sys
import threading
import time
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import names

from reader.errors import LibraryError, LibraryLocked
from reader.library.backup import copies, replacing
from reader.library.backup.copy import Reason
from reader.library.library import Library
from reader.library.store import logs
from reader.library.store.access import damage_mark
from reader.model import Clipping


@pytest.fixture
def file(tmp_path: Path) -> Path:
    (tmp_path / "home").mkdir()
    return tmp_path / "home" / "library.db"


@pytest.fixture
def fresh(file: Path, tmp_path: Path) -> Path:
    """Return a library of two articles under a temporary name."""
    with Library.open(tmp_path / "made") as library:
        for number in range(2):
            library.add(Clipping(f"https://example.org/{number}", html="<p>x</p>"))
        library.backup(file.with_name("fresh"))
    return file.with_name("fresh")


def held(file: Path) -> int:
    with Library.open(file.parent, create=False) as library:
        assert library.check() == ()
        return library.counts().total


# ---- a damaged library


def test_a_damaged_file_stays_with_its_log_under_dated_names(file: Path, fresh: Path) -> None:
    data = fresh.read_bytes()
    for round, name in enumerate(("", "-1", "-2")):
        contents = {end: f"damaged{end}{round}".encode() for end in ("", "-wal")}
        for end, content in contents.items():
            file.with_name(file.name + end).write_bytes(content)
        damage_mark(file).touch()
        stem = f"library-damaged-{time.strftime('%Y-%m-%d')}{name}.db"
        fresh.write_bytes(data)
        assert replacing.replace(fresh, file) == file.with_name(stem)
        for end, content in contents.items():
            assert file.with_name(stem + end).read_bytes() == content
        assert not damage_mark(file).exists()
        assert not logs.beside(file)
        assert held(file) == 2
    assert not [each for each in names(file.parent) if each.endswith((".copy", ".new"))]


def test_where_nothing_was_nothing_is_put_aside(file: Path, fresh: Path) -> None:
    assert replacing.replace(fresh, file) is None
    assert held(file) == 2


@pytest.mark.parametrize("kind", ["folder", "pipe", "broken link", "link"])
def test_whatever_is_in_the_way_is_put_aside(
    file: Path, fresh: Path, tmp_path: Path, kind: str
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
    aside = replacing.put_in_place(fresh, file)
    assert aside is not None and os.path.lexists(aside)
    assert aside.is_symlink() == ("link" in kind)
    assert not file.is_symlink() and held(file) == 2
    assert kind != "link" or other.read_bytes() == b"damaged"


def _fail(*_: object, **__: object) -> None:
    raise OSError(errno.EPERM, "Operation not permitted")


def test_without_links_the_damaged_file_is_copied_and_its_log_moves(
    file: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"damaged")
    file.with_name("library.db-wal").write_bytes(b"log")
    os.utime(file, (1000, 1000))
    monkeypatch.setattr(os, "link", _fail)
    aside = replacing.put_in_place(fresh, file)
    assert aside is not None and aside.read_bytes() == b"damaged"
    assert aside.with_name(f"{aside.name}-wal").read_bytes() == b"log"
    assert aside.stat().st_mtime == 1000
    assert held(file) == 2


@pytest.mark.parametrize("call", ["replace", "fsync"])
def test_trouble_leaves_the_damaged_file_in_its_place(
    file: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    file.write_bytes(b"damaged")
    monkeypatch.setattr(os if call == "fsync" else Path, call, _fail)
    with pytest.raises(LibraryError, match=r"could not be replaced \(Operation not permitted\)"):
        replacing.put_in_place(fresh, file)
    assert file.read_bytes() == b"damaged"


# ---- a whole library, which others may have open


def _full(file: Path) -> Library:
    library = Library.open(file.parent)
    for number in range(10, 13):
        library.add(Clipping(f"https://example.org/{number}", html="<p>y</p>"))
    return library


def test_a_whole_library_is_copied_first_and_not_set_aside(file: Path, fresh: Path) -> None:
    _full(file).close()
    assert replacing.replace(fresh, file) is None
    assert held(file) == 2
    (copy,) = copies.all_of(file.parent)
    assert (copy.reason, copy.articles) == (Reason.RESTORE, 3)
    again = Path(shutil.copy(file, file.with_name("again")))
    replacing.replace(again, file)
    assert len(copies.all_of(file.parent)) == 2


def test_one_that_has_a_copy_already_is_not_copied_again(file: Path, fresh: Path) -> None:
    with _full(file) as library:
        library.backups.take(Reason.ASKED)
    replacing.replace(fresh, file)
    assert [each.reason for each in copies.all_of(file.parent)] == [Reason.ASKED]


def test_who_has_the_former_library_open_is_told_and_harms_nothing(file: Path, fresh: Path) -> None:
    stale = _full(file)
    stale.set_title(1, "In the log")
    replacing.replace(fresh, file)
    with Library.open(file.parent) as library:
        library.set_title(1, "New")
        assert stale.article(1).title == "In the log", "it still reads its own file"
        with pytest.raises(LibraryError, match="while Reader was open"):
            stale.set_title(1, "Too late")
        stale.close()
        assert file.with_name("library.db-wal").exists(), "the log of the new one stays"
        library.set_title(2, "Newer")
    with Library.open(file.parent) as library:
        assert [library.article(id).title for id in (1, 2)] == ["New", "Newer"]
        assert library.check() == ()


def test_a_change_that_waits_while_the_library_is_replaced_is_refused(
    file: Path, fresh: Path
) -> None:
    with _full(file) as library, closing(apsw.Connection(str(file))) as writing:
        said: list[str] = []

        def change() -> None:
            try:
                library.set_title(1, "Into the former file")
            except LibraryError as error:
                said.append(str(error))

        writing.execute("BEGIN IMMEDIATE")
        waiting = threading.Thread(target=change)
        waiting.start()
        time.sleep(0.2)
        fresh.replace(file)
        writing.execute("ROLLBACK")
        waiting.join()
        assert len(said) == 1 and "while Reader was open" in said[0]


_WRITER = """
import sys
from pathlib import Path
from reader.library.library import Library
from reader.model import Clipping
from reader.errors import LibraryError
with Library.open(Path(sys.argv[1])) as library:
    number = 0
    try:
        while True:
            number += 1
            library.add(Clipping(f"https://w.example/{number}", html="<p>w</p>"))
            print(number, flush=True)
    except LibraryError as error:
        print(error, flush=True)
"""


def test_what_another_process_saved_before_is_in_the_copy_and_later_it_is_told(
    file: Path, fresh: Path
) -> None:
    _full(file).close()
    command = [sys.executable, "-c", _WRITER, str(file.parent)]
    writer = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    assert writer.stdout is not None
    for _ in range(5):
        writer.stdout.readline()
    try:
        replacing.replace(fresh, file)
    except LibraryLocked:  # it wrote too fast for a copy without a gap
        writer.kill()
        writer.communicate()
        return
    said = [f"{5}", *writer.communicate(timeout=60)[0].splitlines()]
    assert "while Reader was open" in said[-1]
    assert held(file) == 2
    (copy,) = copies.all_of(file.parent)
    assert copy.articles == 3 + int(said[-2]), "nothing that was told as saved is lost"


# ---- the log


def test_a_log_with_a_second_name_beside_a_new_file_is_stale(file: Path, fresh: Path) -> None:
    fresh.rename(file)
    log = file.with_name("library.db-wal")
    log.write_bytes(b"of another file")
    os.link(log, file.with_name("library.db.1.ab.new-wal"))
    assert held(file) == 2
    log.write_bytes(b"a log of its own")
    logs.drop_stale(file)
    assert log.exists()


def test_the_log_of_a_file_that_is_still_in_its_place_stays(file: Path, fresh: Path) -> None:
    fresh.rename(file)
    log = file.with_name("library.db-wal")
    log.write_bytes(b"log")
    for each in (log, file):
        os.link(each, each.with_name(f"{each.name}.second"))
    logs.drop_stale(file)
    assert log.exists()


def test_nobody_opens_the_new_file_before_the_former_log_has_gone(
    file: Path, fresh: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with _full(file):
        found: list[str] = []
        really = logs.give_second_names

        def look(logs_of: list[Path], others: list[Path]) -> None:
            really(logs_of, others)
            connection = apsw.Connection(str(fresh))
            with pytest.raises(apsw.BusyError):
                connection.execute("SELECT count(*) FROM article").fetchall()
            connection.close()
            found.extend(each.name for each in logs_of)

        monkeypatch.setattr(logs, "give_second_names", look)
        replacing.replace(fresh, file)
        assert found == ["library.db-wal", "library.db-shm"]
        assert not logs.beside(file)
