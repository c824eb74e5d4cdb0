"""Each error of SQLite is the kind of trouble that a person can act on, in a sentence."""

from pathlib import Path

import apsw
import pytest

from reader.errors import LibraryError, LibraryLocked, LibraryReadOnly, NotALibrary
from reader.library.library import Library
from reader.library.store.errors import said

_FILE = Path("/books/library.db")


@pytest.mark.parametrize(
    ("error", "kind", "words"),
    [
        (apsw.BusyError(), LibraryLocked, "Another program is writing"),
        (apsw.LockedError(), LibraryLocked, "Another program is writing"),
        (apsw.ReadOnlyError(), LibraryReadOnly, f"{_FILE} is read-only"),
        (apsw.PermissionsError(), LibraryReadOnly, f"{_FILE} is read-only"),
        (apsw.NotADBError(), NotALibrary, f"{_FILE} is not a Reader library"),
        (apsw.CorruptError(), NotALibrary, f"{_FILE} is damaged"),
        (UnicodeDecodeError("utf-8", b"\xff", 0, 1, ""), NotALibrary, f"{_FILE} is damaged"),
        (UnicodeEncodeError("utf-8", "\ud800", 0, 1, ""), LibraryError, "cannot be stored"),
        (apsw.FullError(), LibraryError, f"The disk of {_FILE.parent} is full"),
        (apsw.IOError(), LibraryError, f"drive of {_FILE.parent} reported an error"),
        (apsw.CantOpenError(), LibraryError, f"{_FILE} could not be opened"),
        (apsw.ProtocolError(), LibraryError, "does not support the file locks"),
        (apsw.NoLFSError(), LibraryError, "cannot hold a file as large"),
        (apsw.TooBigError(), LibraryError, "too large for the library"),
        (apsw.NoMemError(), LibraryError, "not enough memory"),
        (apsw.InterruptError(), LibraryError, "The operation was stopped"),
        (apsw.AbortError(), LibraryError, "The operation was stopped"),
        (apsw.SQLError(), LibraryError, f"{_FILE} could not be used"),
    ],
    ids=lambda value: type(value).__name__ if isinstance(value, Exception) else "",
)
def test_an_error_is_of_its_kind_and_says_what_to_do(
    error: Exception, kind: type[LibraryError], words: str
) -> None:
    with pytest.raises(LibraryError) as caught, said(_FILE):
        raise error
    assert type(caught.value) is kind
    assert words in str(caught.value)
    assert caught.value.__cause__ is error


def test_what_is_no_trouble_of_the_library_passes() -> None:
    with pytest.raises(ZeroDivisionError), said(_FILE):
        raise ZeroDivisionError
    with said(_FILE):
        pass


def test_turned_bits_of_a_text_are_damage(library: Library) -> None:
    with library._database.writing() as connection:
        connection.execute("INSERT INTO setting VALUES ('turned', CAST(x'ff41' AS TEXT))")
    with pytest.raises(NotALibrary, match="is damaged"), library._database.reading() as connection:
        connection.execute("SELECT value FROM setting WHERE name = 'turned'").fetchall()
