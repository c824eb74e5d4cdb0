"""Backup copies beside a library, and restoring one in place of a damaged file."""

import os
import time
from pathlib import Path
from typing import NamedTuple

import apsw

from reader.errors import LibraryError
from reader.library.history import devices
from reader.library.store import backup, damaged_pages, migrate
from reader.library.store.database import damage_mark, said
from reader.library.store.migrate import APPLICATION_ID
from reader.progress import Report, silent

_MAGIC = b"SQLite format 3\0"
_FLAGS = apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
_IGNORED = (".new", ".copy", "-wal", "-shm", "-journal")


class Copy(NamedTuple):
    """A verified copy of the library: its file, time in seconds and number of articles."""

    file: Path
    made_at: float
    articles: int


def newest(file: Path, report: Report = silent) -> Copy | None:
    """Return the newest undamaged copy beside a library, None if there is none."""
    found = [each for each in _files(file) if _is_ours(each)]
    for each in sorted(found, key=_time, reverse=True):
        report(0, 0, "Looking for copies")
        articles = _articles_in(each, report)
        if articles is not None:
            return Copy(each, _time(each), articles)
    return None


def restore(copy: Path, file: Path, report: Report = silent) -> Path | None:
    """Restore a copy in place of a damaged library; return the new path of the damaged one."""
    fresh = file.with_name(file.name + ".copy")
    with said(file):
        connection = apsw.Connection(_read_only(copy), flags=_FLAGS)
        try:
            with damaged_pages.reported(connection, report, "Copying"):
                backup.copy(connection, fresh)
        finally:
            connection.close()
        _begin_generation(fresh)
    return put_in_place(fresh, file)


def _begin_generation(file: Path) -> None:
    """Give the copy a new device id: its row numbers have been used since it was made."""
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        devices.begin_generation(connection)
    finally:
        connection.close()


def put_in_place(fresh: Path, file: Path) -> Path | None:
    """Make a new file the library; the damaged one stays beside it under a dated name.

    At every moment the library's path has a file, and the damaged file has a name.
    """
    try:
        aside = _set_aside(file)
        backup.to_disk(fresh)
        fresh.replace(file)
        damage_mark(file).unlink(missing_ok=True)
        backup.folder_to_disk(file.parent)
    except OSError as error:
        raise LibraryError(
            f"{file} could not be replaced ({error.strerror}). The damaged file is still there."
        ) from error
    return aside


def _set_aside(file: Path) -> Path | None:
    """Give the damaged file a second name; move its log too, so that it is not replayed."""
    if not os.path.lexists(file):
        return None
    aside = _free_name(file)
    if file.is_file() and not file.is_symlink():
        _link(file, aside)
    else:  # a folder, a pipe or a broken link
        file.rename(aside)
    for ending in ("-wal", "-shm"):
        log = file.with_name(file.name + ending)
        if os.path.lexists(log):
            log.rename(aside.with_name(aside.name + ending))
    return aside


def _link(file: Path, aside: Path) -> None:
    try:
        os.link(file, aside)
    except OSError:  # a file system without hard links
        import shutil

        shutil.copy2(file, aside)


def _free_name(file: Path) -> Path:
    stem = f"library-damaged-{time.strftime('%Y-%m-%d')}"
    names = (f"{stem}{f'-{number}' if number else ''}.db" for number in range(10_000))
    return next(each for each in map(file.with_name, names) if not os.path.lexists(each))


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
        with file.open("rb") as opened:
            head = opened.read(100)
    except OSError:
        return False
    return head.startswith(_MAGIC) and int.from_bytes(head[68:72]) == APPLICATION_ID


def _articles_in(file: Path, report: Report) -> int | None:
    """Return the number of articles in a copy, None if it is damaged or too new."""
    try:
        connection = apsw.Connection(_read_only(file), flags=_FLAGS)
        try:
            if damaged_pages.damage(connection, report):
                return None
            if int(connection.pragma("user_version")) > migrate.newest():
                return None
            return int(connection.execute("SELECT count(*) FROM article").get)
        finally:
            connection.close()
    except apsw.Error:
        return None


def _read_only(file: Path) -> str:
    waiting = file.with_name(file.name + "-wal")
    return file.absolute().as_uri() + ("" if waiting.exists() else "?immutable=1")


def _time(file: Path) -> float:
    try:
        return file.stat().st_mtime
    except OSError:
        return 0.0
