"""A write-ahead log that belongs to an older or newer state of the database beside it.

A program that copies the files of a library one by one leaves such a pair behind. SQLite would
take the pages of the log for newer ones and mix the two states (see "How To Corrupt An SQLite
Database File", section 1.4).
"""

from pathlib import Path
from typing import Any, NamedTuple

import apsw

from reader.errors import NotALibrary
from reader.library.store import access

_HEADER = 32  # bytes of a log without content
_FLAGS = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
_WHOLE = [("ok",)]


class _State(NamedTuple):
    """Whether the pages fit together, and the number of the last change of each device."""

    is_whole: bool
    changes: dict[str, int]


def set_aside(file: Path) -> Path | None:
    """Rename the log of a library if it does not belong to it; return its new path.

    Only a log that no program uses is looked at: one without its index, as after copying. Raises
    NotALibrary if the log cannot be renamed.
    """
    log = file.with_name(f"{file.name}-wal")
    if file.with_name(f"{file.name}-shm").exists() or not _holds_changes(log):
        return None
    if not _is_stale(_state(file, "?immutable=1"), _state(file, "")):
        return None
    aside = access.aside(file, "damaged", ".db-wal")
    try:
        log.rename(aside)
    except OSError as error:
        raise NotALibrary(
            f"{log.name} in {file.parent} belongs to another state of the library and could not be "
            f"moved away ({error.strerror}). Nothing was changed; close other programs that may "
            "use it, then try again."
        ) from error
    return aside


def _holds_changes(log: Path) -> bool:
    try:
        return log.stat().st_size > _HEADER
    except OSError:
        return False


def _state(file: Path, ending: str) -> _State:
    """Return the state of a database, without its log if the ending is ``?immutable=1``."""
    connection = apsw.Connection(file.absolute().as_uri() + ending, flags=_FLAGS)
    try:
        is_whole = connection.execute("PRAGMA quick_check(1)").fetchall() == _WHOLE
        rows: list[Any] = connection.execute("SELECT id, seq FROM device").fetchall()
        return _State(is_whole, dict(rows))
    except (apsw.Error, UnicodeDecodeError):
        return _State(False, {})
    finally:
        connection.close()


def _is_stale(without: _State, with_log: _State) -> bool:
    """Return whether the log damages a whole database, or takes it back to an earlier state."""
    if not without.is_whole:
        return False
    return not with_log.is_whole or any(
        with_log.changes.get(device, 0) < number for device, number in without.changes.items()
    )
