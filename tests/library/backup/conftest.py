"""A library of three pieces, what lies in its copies, and a plain copy of a library."""

from collections.abc import Callable, Iterator
from pathlib import Path

import apsw
import pytest
from tests.library.conftest import add_text, names

from reader.library.backup import copies
from reader.library.backup.copy import Copy
from reader.library.library import Library

_BYTES = 9 << 20
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


@pytest.fixture
def large(new_library: Path) -> Iterator[Library]:
    """Give a library of three pieces with two articles."""
    with Library.open(new_library) as library:
        for number in range(2):
            add_text(library, f"The text of number {number}.", f"Title {number}")
        fill(library, _BYTES)
        yield library


def fill(library: Library, size: int, name: str = "filler") -> None:
    """Make a library larger by random bytes."""
    with library._database.writing() as connection:
        sql = "INSERT OR REPLACE INTO setting VALUES (?, randomblob(?))"
        connection.execute(sql, (name, size))


def titles(library: Library, copy: Copy) -> list[str]:
    """Return the titles of the articles in a copy."""
    with library.backups.opened(copy) as connection:
        return [title for (title,) in connection.execute("SELECT title FROM article ORDER BY id")]


def pieces(library: Library) -> list[str]:
    """Return the names of the pieces."""
    return names(library.folder / copies.FOLDER / "pieces")


def flip(file: Path, at: int) -> None:
    """Flip a bit of a file; a negative place counts from its end."""
    data = bytearray(file.read_bytes())
    data[at] ^= 4
    file.write_bytes(data)
