"""A log that belongs to another state of the library is kept out, and kept."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import apsw
import pytest
from tests.library.conftest import add_text, names

from reader.library.library import Library
from reader.library.store import stale_log


class State(NamedTuple):
    """The files of a library at one moment, as a program copies them while it is in use."""

    database: bytes
    log: bytes
    articles: int


@pytest.fixture(scope="module")
def states(tmp_path_factory: pytest.TempPathFactory) -> list[State]:
    folder = tmp_path_factory.mktemp("written")
    found: list[State] = []
    with Library.open(folder) as library:
        for number in range(60):
            add_text(library, f"word{number} " * 400)
            mode = (
                apsw.SQLITE_CHECKPOINT_RESTART if number == 40 else apsw.SQLITE_CHECKPOINT_PASSIVE
            )
            if number % 3 == 0:
                library._database.connection.wal_checkpoint(mode=mode)
            database, log = folder / "library.db", folder / "library.db-wal"
            found.append(State(database.read_bytes(), log.read_bytes(), number + 1))
    return found


def _copied(folder: Path, database: State, log: State) -> Path:
    folder.mkdir()
    (folder / "library.db").write_bytes(database.database)
    (folder / "library.db-wal").write_bytes(log.log)
    return folder


def _pairs() -> Iterator[tuple[int, int]]:
    yield from ((50, 20), (59, 30), (20, 50), (35, 55), (52, 48), (59, 5))


@pytest.mark.parametrize(("database", "log"), [*_pairs()])
def test_a_log_of_another_time_neither_damages_the_library_nor_takes_it_back(
    states: list[State], tmp_path: Path, database: int, log: int
) -> None:
    folder = _copied(tmp_path / "copy", states[database], states[log])
    with Library.open(folder) as library:
        assert library.check() == ()
        assert library.counts().all >= states[database].articles - 3  # of its own log
    (aside,) = folder.glob("library-damaged-*.db-wal")
    assert aside.read_bytes() == states[log].log


@pytest.mark.parametrize("at", [5, 39, 41, 59])
def test_a_log_of_the_same_time_is_used(states: list[State], tmp_path: Path, at: int) -> None:
    folder = _copied(tmp_path / "copy", states[at], states[at])
    with Library.open(folder) as library:
        assert library.counts().all == states[at].articles
    assert names(folder) == ["library.db"]


def test_a_log_that_a_program_uses_is_left_alone(tmp_path: Path) -> None:
    with Library.open(tmp_path) as library:
        add_text(library, "word")
        before = (tmp_path / "library.db-wal").read_bytes()
        assert stale_log.set_aside(tmp_path / "library.db") is None
        assert (tmp_path / "library.db-wal").read_bytes() == before


def test_a_damaged_library_keeps_its_log(states: list[State], tmp_path: Path) -> None:
    folder = _copied(tmp_path / "copy", states[10], states[10])
    (folder / "library.db").write_bytes(b"garbage" * 3000)
    assert stale_log.set_aside(folder / "library.db") is None
    assert (folder / "library.db-wal").read_bytes() == states[10].log
