"""Move a library: copy and check everything, then switch, and only then delete the old files.

Pictures are copied while others may write. Then a transaction holds off all writers; the files
added meanwhile follow, and a checked copy of the database. The mark in the old folder is the
switch. However the process ends, one folder holds the whole library, and everybody is led to it.
"""

import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.imports import originals
from reader.library.moving import folders
from reader.library.store import backup, moved
from reader.library.store.errors import said
from reader.progress import Report, silent

_BUSY_MS = 10_000
_PIECE = 1 << 20  # bytes


def move(source: Path, target: Path, report: Report = silent, *, keep: bool) -> None:
    """Move the library of a folder to another one; ``keep`` leaves the old files where they are.

    Raises LibraryError, or Cancelled if the report does; then the library is as it was before.
    """
    folders.check_target(source, target)
    made: list[Path] = []
    try:
        _make(target, made)
        _copy_all(source, target, made, report)
        with _writers_held_off(source / "library.db"):
            _copy_all(source, target, made, report)
            report(0, 0, "Copying and checking the articles")
            _copy_database(source / "library.db", target / "library.db", made)
            moved.unmark(target)
            moved.mark(source, target)
    except BaseException as error:
        if moved.target_of(source) != target:
            _take_back(made)
        if isinstance(error, OSError):
            raise LibraryError(_trouble(target, error)) from error
        raise
    if not keep:
        _delete_old(source, target, report)


def _trouble(target: Path, error: OSError) -> str:
    return (
        f"The library could not be moved to {target} ({error.strerror or error}). It is still in "
        "its old folder, and whole; make sure that the drive is connected and has free space, "
        "then try again."
    )


def _make(target: Path, made: list[Path]) -> None:
    missing = [each for each in (target, *target.parents) if not each.exists()]
    private.make_folder(target)
    made += reversed(missing)


def _copy_all(source: Path, target: Path, made: list[Path], report: Report) -> None:
    files = [*folders.files(source)]
    for number, file in enumerate(files):
        report(number, len(files), "Copying the pictures")
        copy = target / file.relative_to(source)
        if not _is_copy(file, copy) and not _linked(source, target, file, made):
            _copy(file, copy, made)


def _linked(source: Path, target: Path, file: Path, made: list[Path]) -> bool:
    """Link a picture of the copies to that of the library again; return whether that worked."""
    twin, copy = folders.shared_with(source, file), target / file.relative_to(source)
    if twin is None:
        return False
    if not copy.parent.exists():
        _make(copy.parent, made)
    with suppress(OSError, NotImplementedError):  # a file system without hard links
        os.link(target / twin.relative_to(source), copy)
        made.append(copy)
        return True
    return False


def _copy(file: Path, copy: Path, made: list[Path]) -> None:
    """Copy a file whole or not at all, and read it again to compare. Raises OSError."""
    if not copy.parent.exists():
        _make(copy.parent, made)
    fresh = copy.with_name(f"{copy.name}.{os.getpid()}.new")
    made.append(fresh)
    before = _digest(file)
    with file.open("rb") as read, open(fresh, "wb", opener=private.opener) as out:
        while piece := read.read(_PIECE):
            out.write(piece)
        out.flush()
        os.fsync(out.fileno())
    if _digest(fresh) != before:
        raise OSError(5, "the copy of a file differs from it", str(copy))
    fresh.replace(copy)
    made[-1] = copy
    backup.folder_to_disk(copy.parent)


def _copy_database(file: Path, copy: Path, made: list[Path]) -> None:
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        backup.copy(connection, copy)
        made.append(copy)
    finally:
        connection.close()
    if (there := _count(copy)) != (here := _count(file)):
        raise LibraryError(
            f"The copy has {there:,} articles, but the library has {here:,}. Nothing was moved; "
            "the disk may be failing."
        )


def _count(file: Path) -> int:
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        return int(connection.execute("SELECT count(*) FROM article").get)
    finally:
        connection.close()


@contextmanager
def _writers_held_off(file: Path) -> Iterator[None]:
    """Hold the write lock of a database; whoever waits for it sees the mark afterwards."""
    with said(file):
        connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
        try:
            connection.set_busy_timeout(_BUSY_MS)
            connection.execute("BEGIN IMMEDIATE")
            yield
        finally:
            connection.close()  # ends the transaction, which changed nothing


def _take_back(made: list[Path]) -> None:
    """Delete the copies, the newest first; the library stays in its old folder."""
    for path in reversed(made):
        with suppress(OSError):
            path.rmdir() if path.is_dir() else path.unlink()


def _delete_old(source: Path, target: Path, report: Report) -> None:
    """Delete the files that the new folder has; the mark stays, and so does anything foreign."""
    with suppress(OSError):
        for file in [*folders.files(source)]:
            if _is_copy(file, target / file.relative_to(source)):
                file.unlink()
        report(0, 0, "Deleting the old files")
        for name in folders.DATABASE:
            (source / name).unlink(missing_ok=True)
        for name in ("images", "backups/images", "backups/pieces", "backups"):
            with suppress(OSError):  # it never was, or something foreign lies in it
                (source / name).rmdir()
        for place, _, _ in os.walk(source / originals.FOLDER, topdown=False):
            with suppress(OSError):
                Path(place).rmdir()


def _is_copy(file: Path, copy: Path) -> bool:
    try:
        same = file.stat().st_size == copy.stat().st_size
        return same and _digest(file) == _digest(copy)
    except OSError:
        return False


def _digest(file: Path) -> bytes:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").digest()
