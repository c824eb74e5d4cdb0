"""Plain database files beside a library, which count as copies: of older Readers, or by hand."""

from pathlib import Path

import apsw

from reader.library.backup.copy import Copy, Reason
from reader.library.store import damaged_pages, header, migrate
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report, silent

FLAGS = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
_IGNORED = (".new", ".copy", "-wal", "-shm", "-journal")
_known: dict[tuple[Path, int, int], Copy | None] = {}


def beside(file: Path, report: Report = silent) -> list[Copy]:
    """Return the undamaged database files in the folder of a library, in any order."""
    copies = (_copy(each, report) for each in _files(file) if is_library(each))
    return [each for each in copies if each is not None]


def opened(file: Path) -> apsw.Connection:
    """Open a database file for reading only; without a log, nothing is written beside it."""
    waiting = file.with_name(file.name + "-wal")
    uri = file.absolute().as_uri() + ("" if waiting.exists() else "?immutable=1")
    return apsw.Connection(uri, flags=FLAGS)


def is_another_file(path: Path, library: Path) -> bool:
    """Return whether a path is a file, and not the library under a second name.

    Closing a handle of the library would release SQLite's locks on it.
    """
    try:
        return path.is_file() and not (library.exists() and path.samefile(library))
    except OSError:
        return False


def is_library(file: Path) -> bool:
    """Return whether a file has the header of a library."""
    head = header.read(file)
    return head is not None and head.application_id == APPLICATION_ID


def copy_of(file: Path, report: Report = silent) -> Copy | None:
    """Return a database file as a copy, None if it is damaged, too new, or not a library."""
    return _copy(file, report) if is_library(file) else None


def _copy(file: Path, report: Report) -> Copy | None:
    """Check a file once in a run, unless it changes."""
    try:
        stat = file.stat()
    except OSError:
        return None
    key = file, stat.st_mtime_ns, stat.st_size
    if key not in _known:
        _known[key] = _checked(file, stat.st_mtime, stat.st_size, report)
    return _known[key]


def _checked(file: Path, made_at: float, size: int, report: Report) -> Copy | None:
    try:
        connection = opened(file)
        try:
            schema = int(connection.pragma("user_version"))
            if damaged_pages.damage(connection, report) or schema > migrate.newest():
                return None
            articles = int(connection.execute("SELECT count(*) FROM article").get)
        finally:
            connection.close()
    except apsw.Error:
        return None
    return Copy(file.name, file, made_at, Reason.FOUND, {}, articles, size, size, schema)


def _files(file: Path) -> list[Path]:
    try:
        return [
            each
            for each in file.parent.iterdir()
            if not each.name.endswith(_IGNORED) and is_another_file(each, file)
        ]
    except OSError:
        return []
