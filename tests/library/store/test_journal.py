"""A library has a write-ahead log on a disk, and a rollback journal in synced folders."""

import subprocess
import sys
import threading
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import add_text, names

from reader.library.library import Library
from reader.library.store import drives
from reader.library.store.drives import Kind, Place
from reader.model import Query


def _mode(folder: Path) -> str:
    connection = apsw.Connection(str(folder / "library.db"))
    try:
        return str(connection.pragma("journal_mode"))
    finally:
        connection.close()


@pytest.fixture
def synced(tmp_path: Path) -> Path:
    (tmp_path / "Sync" / ".stfolder").mkdir(parents=True)
    return tmp_path / "Sync" / "library"


def test_a_library_in_a_synced_folder_is_one_whole_file_between_changes(synced: Path) -> None:
    with Library.open(synced) as library:
        for number in range(3):
            add_text(library, f"word{number}")
            assert names(synced) == ["library.db"]
            copied = synced.parent / f"copy{number}"
            copied.mkdir()
            (copied / "library.db").write_bytes((synced / "library.db").read_bytes())
            with Library.open(copied) as copy:
                assert copy.counts().all == number + 1


def test_a_library_that_moves_changes_its_journal(synced: Path, tmp_path: Path) -> None:
    with Library.open(tmp_path / "disk") as library:
        add_text(library, "word")
    assert _mode(tmp_path / "disk") == "wal"
    (tmp_path / "disk").rename(synced)
    Library.open(synced).close()
    assert _mode(synced) == "delete"
    synced.rename(tmp_path / "disk")
    with Library.open(tmp_path / "disk") as library:
        assert library.counts().all == 1
    assert _mode(tmp_path / "disk") == "wal"


def test_a_network_share_has_no_write_ahead_log(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drives, "of", lambda _: Place(Kind.NETWORK, "nfs4"))
    Library.open(tmp_path).close()
    assert _mode(tmp_path) == "delete"


def test_a_log_that_another_program_uses_stays_until_it_is_free(synced: Path) -> None:
    with Library.open(synced) as library:
        add_text(library, "word")
    other = apsw.Connection(str(synced / "library.db"))
    other.pragma("journal_mode", "wal")
    other.execute("BEGIN").execute("SELECT count(*) FROM article").fetchall()
    with Library.open(synced) as library:
        add_text(library, "another word")
        assert library.counts().all == 2
    other.close()


def test_a_long_transaction_lets_others_read_without_a_log(synced: Path) -> None:
    read: list[int] = []
    with Library.open(synced) as library:
        add_text(library, "word")
        with library.together():
            for number in range(400):  # more than SQLite's cache holds
                add_text(library, f"word{number} " * 3000)

            def look() -> None:
                read.append(len(library.rows(Query(), limit=-1)))

            reader = threading.Thread(target=look)
            reader.start()
            reader.join(20)
        assert read == [1]
        assert library.counts().all == 401


_ELSEWHERE = """
import sys
from pathlib import Path
import apsw
apsw.set_default_vfs("unix-dotfile")  # has locks, but no memory that is shared
from reader.library.library import Library
with Library.open(Path(sys.argv[1])) as library:
    print(library.counts().all)
"""


def _killed(folder: Path) -> None:
    code = (
        "import os, sys; from pathlib import Path; from reader.library.library import Library; "
        "from reader.model import Clipping; library = Library.open(Path(sys.argv[1])); "
        "library.add(Clipping('https://example.org/1', 'One', html='<p>x</p>')); os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", code, str(folder)], check=False)


@pytest.mark.skipif(sys.platform == "win32", reason="needs another VFS of Unix")
def test_a_log_opens_on_a_drive_that_cannot_share_memory(tmp_path: Path) -> None:
    _killed(tmp_path)
    assert (tmp_path / "library.db-wal").stat().st_size > 0
    command = [sys.executable, "-c", _ELSEWHERE, str(tmp_path)]
    for _ in range(2):
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == ("1\n", "")
    with Library.open(tmp_path) as library:
        assert library.counts().all == 1
