"""What waits in a log beside a damaged file counts, and nothing that was never committed."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.library.library import Library
from reader.library.repair import page_logs, rescue
from reader.model import Clipping, Query
from reader.progress import silent

_PAGE = 4096
_FRAME = 24 + _PAGE


@contextmanager
def _with_log(folder: Path) -> Iterator[Path]:
    """Lend a library whose last articles are in its write-ahead log only."""
    with Library.open(folder / "one") as library:
        library.add(Clipping("https://example.org/1", "Title 1", html="<p>one</p>"))
    with Library.open(folder / "one") as library:
        for number in range(2, 12):
            text = f"<p>{f'word{number} ' * 400}</p>"
            library.add(Clipping(f"https://example.org/{number}", f"Title {number}", html=text))
        yield Path(shutil.copytree(folder / "one", folder / "two")) / "library.db"


def _titles(file: Path) -> list[str]:
    with Library.open(file.parent, create=False) as library:
        assert library.check() == ()
        return sorted(library.article(id).title for id in library.ids(Query()))


def test_articles_that_wait_in_the_log_of_a_damaged_file_are_kept(tmp_path: Path) -> None:
    with _with_log(tmp_path) as file:
        with file.open("r+b") as opened:
            opened.write(bytes(_PAGE))
        assert rescue.mend(file, silent).rows == 0
        assert _titles(file) == sorted(f"Title {number}" for number in range(1, 12))
        [aside] = file.parent.glob("library-damaged-*.db")
        assert aside.with_name(aside.name + "-wal").exists()


def test_a_damaged_frame_costs_its_own_page_only(tmp_path: Path) -> None:
    with _with_log(tmp_path) as file:
        log = file.with_name("library.db-wal")
        data = bytearray(log.read_bytes())
        count = (len(data) - 32) // _FRAME
        whole, counted = page_logs.pages(file, _PAGE)
        data[32 + 3 * _FRAME + 500] ^= 1
        log.write_bytes(data)
        found, still = page_logs.pages(file, _PAGE)
        assert count > 20 and still == counted
        assert sum(found.get(number) != page for number, page in whole.items()) <= 1


def test_frames_after_the_last_commit_do_not_count(tmp_path: Path) -> None:
    with _with_log(tmp_path) as file:
        log = file.with_name("library.db-wal")
        data = bytearray(log.read_bytes())
        starts = range(32, len(data) - _FRAME + 1, _FRAME)
        commits = [at for at in starts if any(data[at + 4 : at + 8])]
        log.write_bytes(data[: commits[-1]])
        found, _ = page_logs.pages(file, _PAGE)
        log.write_bytes(data[: commits[-2] + _FRAME])
        assert page_logs.pages(file, _PAGE)[0] == found


def test_the_log_of_another_database_does_not_count(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        library.add(Clipping("https://example.org/1", "Title 1", html="<p>one</p>"))
    other = apsw.Connection(str(tmp_path / "other.db"))
    other.pragma("journal_mode", "wal")
    other.execute("CREATE TABLE theirs (x)")
    shutil.copy(tmp_path / "other.db-wal", tmp_path / "library.db-wal")
    other.close()
    assert rescue.mend(tmp_path / "library.db", silent).rows == 0
    assert _titles(tmp_path / "library.db") == ["Title 1"]


def test_an_interrupted_transaction_is_taken_back_by_its_journal(tmp_path: Path) -> None:
    file = tmp_path / "library.db"
    with Library.open(tmp_path) as library:
        for number in range(3):
            library.add(
                Clipping(f"https://example.org/{number}", f"Title {number}", html="<p>x</p>")
            )
    connection = apsw.Connection(str(file))
    connection.execute("PRAGMA journal_mode = DELETE; PRAGMA cache_size = 1")
    connection.execute("BEGIN IMMEDIATE; UPDATE article SET title = 'half done'")
    connection.cache_flush()
    (tmp_path / "two").mkdir()
    for name in ("library.db", "library.db-journal"):
        shutil.copy(tmp_path / name, tmp_path / "two" / name)
    connection.execute("ROLLBACK")
    connection.close()
    harmed = tmp_path / "two" / "library.db"
    assert b"half done" in harmed.read_bytes()
    rescue.mend(harmed, silent)
    assert _titles(harmed) == ["Title 0", "Title 1", "Title 2"]
