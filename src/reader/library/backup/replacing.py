"""Putting a new file in the place of a library, while others may have that open.

At every moment the library's path leads to the former file or to the new one. The former one is
kept under another name if it is damaged; if it is whole, a copy was taken. Nobody reads the log of
one file with the other: the new file is locked until the former log has gone (SQLite, File Locking
And Concurrency), and whoever has the former file open is refused at the next change.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import apsw

from reader.damage import Kind
from reader.errors import LibraryError, LibraryLocked
from reader.library.backup import copies, found, snapshot, taking
from reader.library.backup.copy import Reason
from reader.library.store import access, backup, damaged_pages, logs
from reader.library.store.errors import said
from reader.progress import Report, silent

_BUSY_MS = 10_000
_TRIES = 5


def put_in_place(fresh: Path, file: Path) -> Path | None:
    """Make a new file the library; the damaged one stays beside it under a dated name.

    Return that name, None if there was no file. Raises LibraryError.
    """
    with _said(file):
        aside = access.aside(file, "damaged") if os.path.lexists(file) else None
        _replace(fresh, file, aside)
    return aside


def replace(fresh: Path, file: Path, report: Report = silent) -> Path | None:
    """Make a new file the library, and copy the former one first; a damaged one is set aside.

    Return the new name of a damaged one, else None. Raises LibraryError or Cancelled; then the
    library is as it was.
    """
    if not (_has_copy(file) or _is_whole(file, report)):
        return put_in_place(fresh, file)
    with _said(file), _copied(file, report):
        _replace(fresh, file, None)
    return None


def _is_whole(file: Path, report: Report) -> bool:
    """Return whether there is a library, and its pages are whole."""
    if not file.is_file():
        return False
    try:
        with closing(found.opened(file)) as connection:
            connection.set_busy_timeout(_BUSY_MS)
            wrong = damaged_pages.damage(connection, report)
            connection.execute("SELECT count(*) FROM article").fetchall()
    except (*damaged_pages.BROKEN, apsw.SQLError):
        return False
    return all(each.kind is Kind.SEARCH for each in wrong)


# ---- a copy of the present library


@contextmanager
def _copied(file: Path, report: Report) -> Iterator[None]:
    """Hold off all writers of a library of which there is a copy without a gap."""
    with said(file):
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            connection.set_busy_timeout(_BUSY_MS)
            _copy(connection, file, report)
            if os.name != "posix":  # Windows replaces no open file
                connection.close()
            yield
        finally:
            connection.close()  # ends the transaction, which changed nothing


def _copy(connection: apsw.Connection, file: Path, report: Report) -> None:
    """Copy until nobody has written meanwhile, then begin a transaction."""
    for _ in range(_TRIES):
        before = connection.pragma("data_version")
        if not _has_copy(file):
            taking.take(file, taking.Asked(Reason.RESTORE), report)
        connection.execute("BEGIN IMMEDIATE")
        if connection.pragma("data_version") == before:
            return
        connection.execute("ROLLBACK")
    raise LibraryLocked(
        "Another program is writing to the library all the time, so it was not replaced. Close "
        "that program, then try again."
    )


def _has_copy(file: Path) -> bool:
    """Return whether there is a copy of the present state of a library."""
    if not file.is_file():
        return False
    now = snapshot.state_of(file)
    stored = copies.stored_in(file.parent / copies.FOLDER)
    return now is not None and any(each.state == now for each in stored.values())


# ---- the replacement


def _replace(fresh: Path, file: Path, aside: Path | None) -> None:
    """Put a new file in place; the former one and its log get the name ``aside``, if any."""
    backup.to_disk(fresh)
    second = aside or file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    with _locked(fresh):
        if os.path.lexists(file):
            _give_second_name(file, second, is_kept=aside is not None)
        former = logs.beside(file)
        others = [_beside(second, each.name.removeprefix(file.name)) for each in former]
        logs.give_second_names(former, others)
        fresh.replace(file)
        for each in [*former, *(() if aside else (second, *others))]:
            each.unlink(missing_ok=True)
    access.damage_mark(file).unlink(missing_ok=True)
    backup.folder_to_disk(file.parent)


@contextmanager
def _locked(fresh: Path) -> Iterator[None]:
    """Lock a library, so that nobody opens it yet."""
    if os.name != "posix":  # Windows renames no open file
        yield
        return
    connection = apsw.Connection(str(fresh), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.pragma("journal_mode", "delete")  # which a lock of the whole file needs
        connection.execute("BEGIN EXCLUSIVE")
        yield
    finally:
        connection.close()


def _give_second_name(file: Path, second: Path, *, is_kept: bool) -> None:
    """Give the former file a second name; whatever is no file gets another name."""
    if not file.is_file() or file.is_symlink():  # a folder, a pipe or a link
        file.rename(second)
        return
    try:
        os.link(file, second)
    except (OSError, NotImplementedError):  # a file system without hard links
        if is_kept:
            import shutil

            shutil.copy2(file, second)


def _beside(file: Path, ending: str) -> Path:
    return file.with_name(file.name + ending)


@contextmanager
def _said(file: Path) -> Iterator[None]:
    """Translate errors into sentences."""
    try:
        with said(file):
            yield
    except OSError as error:
        raise LibraryError(
            f"{file} could not be replaced ({error.strerror}). The library is as it was."
        ) from error
