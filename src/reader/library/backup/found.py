"""Plain database files beside a library, which count as copies: of older Readers, or by hand."""

from pathlib import Path

import apsw

from reader.library.backup.copy import Copy, Reason
from reader.library.store import damaged_pages, migrate
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report, silent

_MAGIC = b"SQLite format 3\0"
FLAGS = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
_IGNORED = (".new", ".copy", "-wal", "-shm", "-journal")
_known: dict[tuple[Path, int, int], Copy | None] = {}


def beside(file: Path, report: Report = silent) -> list[Copy]:
    """Return the undamaged database files in the folder of a library, in any order."""
    copies = (_copy(each, report) for each in _files(file) if _is_ours(each))
    return [each for each in copies if each is not None]


def address(file: Path) -> str:
    """Return the URI that opens a database file for reading only; nothing is written beside it."""
    waiting = file.with_name(file.name + "-wal")
    return file.absolute().as_uri() + ("" if waiting.exists() else "?immutable=1")


def copy_of(file: Path, report: Report = silent) -> Copy | None:
    """Return a database file as a copy, None if it is damaged, too new, or not a library."""
    return _copy(file, report) if _is_ours(file) else None


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
        connection = apsw.Connection(address(file), flags=FLAGS)
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
            if each != file and each.is_file() and not each.name.endswith(_IGNORED)
        ]
    except OSError:
        return []


def _is_ours(file: Path) -> bool:
    """Return whether a file has the header of a library."""
    try:
        if not file.is_file():  # opening a pipe would block for ever
            return False
        with file.open("rb") as opened:
            head = opened.read(100)
    except OSError:
        return False
    return head.startswith(_MAGIC) and int.from_bytes(head[68:72]) == APPLICATION_ID
