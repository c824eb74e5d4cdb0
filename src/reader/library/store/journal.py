"""The journal of a library: a write-ahead log on a disk, a rollback journal elsewhere.

A rollback journal exists only during a transaction, so that the file is whole whenever a sync
program copies it at rest, and it needs no memory that is shared between computers.
"""

from contextlib import suppress
from pathlib import Path

import apsw

from reader.library.store import drives

_BUSY_MS = 5000
_UNSHARED = (apsw.CantOpenError, apsw.ProtocolError, apsw.IOError)


def set_mode(connection: apsw.Connection, file: Path) -> None:
    """Set the journal of a library that is open for writing, as its place needs it."""
    if drives.shares_no_memory(drives.of(file.parent)):
        with suppress(apsw.BusyError):  # open in another program; the next start changes it
            connection.pragma("journal_mode", "delete")
    else:
        connection.pragma("journal_mode", "wal")
    use(connection)


def use(connection: apsw.Connection) -> None:
    """Keep a large transaction from locking out readers before it ends.

    Without a write-ahead log a writer that runs out of cache would lock the file until its end.
    """
    if connection.pragma("journal_mode") != "wal":
        connection.pragma("cache_spill", False)


def leave_log(file: Path, error: apsw.Error) -> bool:
    """Write the log of a library into its file, if an error is due to memory that is not shared.

    Return whether that was possible. In exclusive mode SQLite keeps the index of the log in memory
    of its own (see "Write-Ahead
    Logging", section 9).
    """
    if not isinstance(error, _UNSHARED):
        return False
    try:
        connection = apsw.Connection(
            file.absolute().as_uri(), flags=apsw.SQLITE_OPEN_READWRITE | apsw.SQLITE_OPEN_URI
        )
        try:
            connection.set_busy_timeout(_BUSY_MS)
            connection.pragma("locking_mode", "exclusive")
            return bool(connection.pragma("journal_mode", "delete") == "delete")
        finally:
            connection.close()
    except apsw.Error:
        return False
