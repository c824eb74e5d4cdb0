"""A copy of a library, opened for reading only."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest

from reader.library.library import Library

Copying = Callable[[Library], apsw.Connection]


@pytest.fixture
def copied(tmp_path: Path) -> Iterator[Copying]:
    """Give a function that copies a library as it is, and opens the copy."""
    made: list[apsw.Connection] = []

    def copy(library: Library) -> apsw.Connection:
        file = tmp_path / f"copy-{len(made)}.db"
        library.backup(file)
        made.append(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY))
        return made[-1]

    yield copy
    for each in made:
        each.close()
