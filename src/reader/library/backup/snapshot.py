"""Reading the file of a library at one moment, while others write.

The write-ahead log is emptied into the file, then a read transaction begins on the empty log. As
long as it is held, no process writes into the pages of the file (SQLite, Write-Ahead Logging,
"Concurrency"). They are read through SQLite's own file layer: closing a file of Python would drop
the locks that SQLite holds on it in this process (SQLite, How To Corrupt, 2.2).
"""

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path
from threading import Thread
from typing import NamedTuple

import apsw

from reader import private
from reader.damage import Kind
from reader.errors import LibraryError
from reader.library.store import damaged_pages
from reader.progress import silent

_TRIES = 5
_CACHE_KB = 32_000
_BUSY_MS = 300  # while a log is emptied, others cannot write
_AT_ONCE = 64 << 10
"""Bytes of one read: SQLite's file layer holds Python's lock meanwhile."""


class Snapshot(NamedTuple):
    """A library at one moment. Sizes are in bytes."""

    connection: apsw.Connection
    size: int
    page_size: int
    schema: int
    articles: int
    state: tuple[int, int] | None
    read: Callable[[int, int], bytes]
    """Returns an amount of bytes from an offset. Raises apsw.Error."""


def state_of(file: Path) -> tuple[int, int] | None:
    """Return size and modification time of a library's file, None while its log is not empty.

    Two equal states of one file have the same content.
    """
    real = Path(os.path.realpath(file))
    with suppress(FileNotFoundError):
        if real.with_name(real.name + "-wal").stat().st_size:
            return None
    found = real.stat()
    return found.st_size, found.st_mtime_ns


@contextmanager
def snapshot(file: Path, folder: Path) -> Iterator[Snapshot]:
    """Hold the content of a library at one moment; ``folder`` is for temporary files.

    Raises apsw.Error or OSError.
    """
    file = Path(os.path.realpath(file))  # a log lies beside the file that a link leads to
    connection = apsw.Connection(
        file.as_uri(), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
    )
    with closing(connection):
        connection.set_busy_timeout(_BUSY_MS)
        for pragma in ("fullfsync", "checkpoint_fullfsync"):
            connection.pragma(pragma, True)
        state = _begin(connection, file)
        if state is not None:
            with _reading(connection, file, state) as held:
                yield held
        else:
            with _copied(connection, folder) as copy, _reading(copy, Path(copy.filename)) as held:
                yield held


def _begin(connection: apsw.Connection, file: Path) -> tuple[int, int] | None:
    """Begin to read on an empty log and return the state, None if others do not let it be."""
    for _ in range(_TRIES):
        with suppress(apsw.BusyError, apsw.LockedError):
            connection.wal_checkpoint(mode=apsw.SQLITE_CHECKPOINT_TRUNCATE)
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM sqlite_schema").fetchall()
        state = state_of(file)
        if state is not None:
            return state
        connection.execute("ROLLBACK")
    return None


@contextmanager
def _reading(
    connection: apsw.Connection, file: Path, state: tuple[int, int] | None = None
) -> Iterator[Snapshot]:
    opened = apsw.VFSFile("", str(file), [apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY, 0])
    try:
        page_size = int(connection.pragma("page_size"))
        yield Snapshot(
            connection,
            int(connection.pragma("page_count")) * page_size,
            page_size,
            int(connection.pragma("user_version")),
            int(connection.execute("SELECT count(*) FROM article").get),
            state,
            lambda amount, offset: _read(opened, amount, offset),
        )
    finally:
        opened.xClose()


def _read(file: apsw.VFSFile, amount: int, offset: int) -> bytes:
    parts = [
        file.xRead(min(_AT_ONCE, offset + amount - at), at)
        for at in range(offset, offset + amount, _AT_ONCE)
    ]
    return b"".join(parts)


@contextmanager
def _copied(connection: apsw.Connection, folder: Path) -> Iterator[apsw.Connection]:
    """Copy a library whose log cannot be emptied into a temporary file, in one step."""
    target = folder / f"library.db.{os.getpid()}.{os.urandom(4).hex()}.new"
    private.make_file(target)
    try:
        with closing(apsw.Connection(str(target))) as copy:
            copy.pragma("synchronous", 0)
            with copy.backup("main", connection, "main") as copying:
                copying.step(-1)
            copy.pragma("journal_mode", "delete")
            yield copy
    finally:
        for ending in ("", "-journal", "-wal", "-shm"):
            with suppress(OSError):
                target.with_name(target.name + ending).unlink()


class Check:
    """The check of a library's pages, in a thread beside the reading.

    The full-text index is left out, but for its pages: it takes most of the time, and it can
    always be made again.
    """

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        connection.pragma("cache_size", -_CACHE_KB)  # it goes through a table twice
        connection.drop_modules(None)  # SQLite skips virtual tables that it does not know
        self._error: Exception | None = None
        self._is_whole = False
        self._thread = Thread(target=self._run, name="check", daemon=True)
        self._thread.start()

    def _run(self) -> None:
        try:
            found = self._connection.execute("PRAGMA quick_check(1)").get
            self._is_whole = found == "ok" or all(
                each.kind is Kind.SEARCH for each in damaged_pages.damage(self._connection, silent)
            )
        except Exception as error:  # reported in the thread that waits
            self._error = error

    def finish(self) -> None:
        """Wait for the end. Raises LibraryError if the library is damaged."""
        self._thread.join()
        if isinstance(self._error, damaged_pages.BROKEN) or not (self._is_whole or self._error):
            raise LibraryError(
                "The library is damaged, so it was not copied; the copies made earlier were kept. "
                "“reader check” tells what is damaged, “reader repair” repairs it."
            ) from self._error
        if self._error is not None:
            raise self._error

    def stop(self) -> None:
        """End the check early."""
        while self._thread.is_alive():
            self._connection.interrupt()
            self._thread.join(0.01)
