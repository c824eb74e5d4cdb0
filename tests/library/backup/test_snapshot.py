"""A snapshot holds one moment; the library's state tells whether anything changed since."""

import hashlib
from pathlib import Path

import pytest
from tests.library.backup.conftest import fill

from reader.errors import LibraryError
from reader.library.backup import snapshot
from reader.library.library import Library


def _bytes(held: snapshot.Snapshot) -> str:
    return hashlib.sha256(held.read(held.size, 0)).hexdigest()


def test_what_others_write_and_checkpoint_meanwhile_is_not_seen(
    large: Library, tmp_path: Path
) -> None:
    with snapshot.snapshot(large.folder / "library.db", tmp_path) as held:
        before = _bytes(held)
        for number in range(3):
            fill(large, 3 << 20, f"more {number}")
            large._database.connection.wal_checkpoint()
        assert _bytes(held) == before
        assert held.articles == 2
    with snapshot.snapshot(large.folder / "library.db", tmp_path) as held:
        assert _bytes(held) != before


def test_locks_of_this_process_are_kept_while_a_snapshot_is_read(
    large: Library, tmp_path: Path
) -> None:
    file = large.folder / "library.db"
    with snapshot.snapshot(file, tmp_path) as held:
        with snapshot.snapshot(file, tmp_path) as other:
            other.read(other.size, 0)
        before = _bytes(held)
        with Library.open(large.folder) as second:
            fill(second, 3 << 20, "more")
            second._database.connection.wal_checkpoint()
        assert _bytes(held) == before


def test_the_state_changes_with_every_change_and_with_nothing_else(library: Library) -> None:
    file = library.folder / "library.db"
    fill(library, 10)
    assert snapshot.state_of(file) is None, "the log is not empty"
    with snapshot.snapshot(file, library.folder) as held:
        state = held.state
    assert state is not None
    assert snapshot.state_of(file) == state
    assert library.counts().total == 0
    assert snapshot.state_of(file) == state
    fill(library, 20)
    assert snapshot.state_of(file) is None


def test_a_check_that_is_stopped_ends_at_once(large: Library, tmp_path: Path) -> None:
    with snapshot.snapshot(large.folder / "library.db", tmp_path) as held:
        check = snapshot.Check(held.connection)
        check.stop()
        assert not check._thread.is_alive()


def test_damage_of_the_search_index_alone_is_no_reason_not_to_copy(
    large: Library, tmp_path: Path
) -> None:
    with large._database.writing() as connection:
        connection.execute("DELETE FROM search_data WHERE id > 10")
    with snapshot.snapshot(large.folder / "library.db", tmp_path) as held:
        check = snapshot.Check(held.connection)
        try:
            check.finish()
        except LibraryError:
            pytest.fail("it was refused")
