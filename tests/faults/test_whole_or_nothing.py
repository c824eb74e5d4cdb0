"""Trouble at any statement of a change leaves every table as it was, and the library in use."""

import shutil
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest
from tests.faults.journeys import clipping

from reader.anchor import Anchor
from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.store.database import rows
from reader.model import Edit, State
from reader.progress import Cancelled

_ALIAS = ("https://example.org/2",)
_URL = "https://example.org/1"


def _fill(library: Library) -> None:
    """Fill a library so that each change below changes something."""
    pictures = [library.keep_picture(bytes([number]), "png") for number in range(2)]
    for number in range(1, 6):
        library.add(clipping(number, tags=("art/old", "bees"), pictures=pictures, lead=pictures[0]))
    library.add(clipping(1, html="<p>Another text of number 1.</p>"))
    library.add(clipping(2))
    library.reading_log.note("2026-01-01", 2, 60, 100)
    library.saved.add("Bees", "tag:bees")
    library.set_state([4, 5], State.TRASH)
    library.set_favourite([2, 3], True)
    library.set_title(3, "Redone")
    library.history.undo()


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("begun") / "library"
    with Library.open(folder) as library:
        _fill(library)
    return folder


def _saved(library: Library) -> str:
    return library.counts().saved[0].uid


CHANGES: dict[str, Callable[[Library], object]] = {
    "add": lambda library: library.add(clipping(9, tags=("new", "art/new"), aliases=("x:", "y:"))),
    "add again": lambda library: library.add(clipping(3, title="New", html="x", tags=("n",))),
    "add out of the trash": lambda library: library.add(clipping(4)),
    "add what is another one": lambda library: library.add(clipping(1, aliases=_ALIAS)),
    "note what was typed": lambda library: library.note_typed(_URL),
    "archive": lambda library: library.set_state([1, 2, 3], State.ARCHIVE, done=True),
    "throw away": lambda library: library.set_state([1, 2], State.TRASH),
    "favourites": lambda library: library.set_favourite([1, 2, 3], True),
    "tag": lambda library: library.tags.add([1, 2, 3], "new/tag"),
    "take a tag": lambda library: library.tags.remove([1, 2, 3], "art/old"),
    "rename": lambda library: library.set_title(1, "New"),
    "use another text": lambda library: library.texts.use(1, library.texts.versions(1)[-1].id),
    "correct": lambda library: library.edit("Corrected", [Edit(1, "T", "B", "2025", clipping(8))]),
    "undo": lambda library: library.history.undo(),
    "redo": lambda library: library.history.redo(),
    "see": lambda library: library.reading_log.count_view(1),
    "remember": lambda library: library.reading_log.keep_position(1, Anchor(3, 4), 0.5),
    "change tags": lambda library: library.tags.change([1, 2], ["a", "b"], ["art/old"]),
    "rename a tag": lambda library: library.tags.rename("art", "b/c"),
    "merge tags": lambda library: library.tags.rename("art/old", "bees"),
    "colour a tag": lambda library: library.tags.colour("bees", "red"),
    "delete a tag": lambda library: library.tags.delete("art"),
    "save a search": lambda library: library.saved.add("New", "words"),
    "rename a search": lambda library: library.saved.rename(_saved(library), "New"),
    "delete a search": lambda library: library.saved.delete(_saved(library)),
    "move": lambda library: library.queue.to_top([2, 3]),
    "put behind": lambda library: library.queue.put_behind([1, 5], 2),
    "restore": lambda library: library.trash.restore([4, 5]),
    "delete for good": lambda library: library.trash.delete([4, 5]),
    "merge": lambda library: library.duplicates.merge(1, 2),
    "tell apart": lambda library: library.duplicates.tell_apart(1, 2),
    "make fingerprints": lambda library: library.duplicates.prepare(),
    "diary": lambda library: library.reading_log.note("2026-01-01", 2, 60, 100),
    "clear the diary": lambda library: library.reading_log.clear(),
}  # fmt: skip


def _dump(file: Path) -> dict[str, Any]:
    """Return every row of every table, as another connection reads them."""
    with closing(apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)) as connection:
        sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRT%'"
        names = [name for (name,) in rows(connection, sql)]
        return {each: rows(connection, f'SELECT * FROM "{each}"') for each in names}


def _failing(connection: apsw.Connection, at: int, error: BaseException) -> list[str]:
    """Let the change of this number raise an error; return the list of what was executed."""
    done: list[str] = []

    def trace(_cursor: object, sql: str, _values: object) -> bool:
        if sql.startswith(("SELECT", "PRAGMA")):
            return True
        done.append(sql)
        if len(done) - 1 == at:
            raise error
        return True

    connection.exec_trace = trace
    return done


@pytest.mark.logs
@pytest.mark.parametrize("name", CHANGES)
def test_an_error_at_any_statement_leaves_every_table_as_it_was(
    tmp_path: Path, begun: Path, name: str
) -> None:
    """Errors of ours, of SQLite and of Python; at last nothing fails, and all of it is there."""
    folder = Path(shutil.copytree(begun, tmp_path / "library"))
    file, at, is_over = folder / "library.db", 0, False
    with Library.open(folder) as library:
        connection, before = library._database.connection, _dump(file)
        while not is_over:
            error = (Cancelled(), apsw.FullError("full"), RuntimeError())[at % 3]
            done = _failing(connection, at, error)
            try:
                CHANGES[name](library)
            except (Cancelled, RuntimeError, LibraryError):
                assert not connection.in_transaction, done
                assert _dump(file) == before, done
            is_over = len(done) <= at
            at += 1
        connection.exec_trace = None
        assert _dump(file) != before
        assert library.check() == ()
    assert at > 3


def test_an_error_that_ends_the_transaction_itself_is_the_one_that_is_told(
    library: Library,
) -> None:
    library.add(clipping(1))
    with pytest.raises(LibraryError) as caught, library._database.writing() as connection:
        library.set_title(1, "New")
        connection.execute("INSERT OR ROLLBACK INTO setting VALUES (NULL, NULL)")
    assert isinstance(caught.value.__cause__, apsw.ConstraintError)
    assert library.article(1).title == "Title 1"
    assert library.set_title(1, "Newer") == 1
