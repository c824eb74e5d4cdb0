"""Backup copies of the library."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

import apsw

from reader import private
from reader.damage import Kind
from reader.errors import LibraryError
from reader.library.store import damaged_pages
from reader.progress import silent


def copy(connection: apsw.Connection, target: Path) -> None:
    """Write a verified copy of the database; replace an older copy only by an undamaged one."""
    fresh = target.with_name(target.name + ".new")
    try:
        fresh.unlink(missing_ok=True)
        private.make_file(fresh)
        connection.execute("VACUUM INTO ?", (str(fresh),))
        verify(fresh)
        to_disk(fresh)
        fresh.replace(target)
        folder_to_disk(target.parent)
    except (OSError, apsw.FullError, apsw.IOError, apsw.CantOpenError) as error:
        raise _trouble(target, error) from error
    finally:
        with suppress(OSError):  # a later copy deletes it
            fresh.unlink()


def _trouble(target: Path, error: Exception) -> LibraryError:
    told = error.strerror if isinstance(error, OSError) else None
    is_full = isinstance(error, apsw.FullError)
    reason = told or ("the disk is full" if is_full else "the disk reported an error")
    return LibraryError(
        f"The library could not be copied to {target} ({reason}). Nothing was changed; make sure "
        "that the drive is connected and has free space, then try again."
    )


def verify(file: Path) -> None:
    """Raise LibraryError if a copy is damaged."""
    probe = apsw.Connection(
        file.absolute().as_uri(), flags=apsw.SQLITE_OPEN_READONLY | apsw.SQLITE_OPEN_URI
    )
    try:
        if any(each.kind is not Kind.SEARCH for each in damaged_pages.damage(probe, silent)):
            raise LibraryError(f"The copy {file} is damaged; the disk may be failing.")
    finally:
        probe.close()


@contextmanager
def made(file: Path) -> Iterator[BinaryIO]:
    """Write a file whole or not at all: under a temporary name, flushed, then renamed.

    ``creation.sweep`` deletes what a killed process leaves. Raises OSError.
    """
    fresh = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    try:
        with open(fresh, "xb", opener=private.opener) as out:
            yield out
            out.flush()
            os.fsync(out.fileno())
        fresh.replace(file)
    finally:
        with suppress(OSError):
            fresh.unlink()


def to_disk(file: Path) -> None:
    """Flush a file to the disk."""
    handle = os.open(file, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def folder_to_disk(folder: Path) -> None:
    """Flush the directory entries of a folder to the disk."""
    if os.name != "posix":
        return  # Windows cannot open a folder, and its rename is durable
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
