"""Restoring a whole library from a copy: in place of the present one, or beside it.

The copy is written out beside the library and verified before anything is replaced. Pictures
return from the copy; those that were added since stay.
"""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.backup import opened, pictures, replacing, schema
from reader.library.backup.copy import Copy
from reader.library.history import changes, devices
from reader.library.store import backup, moved
from reader.library.store.errors import said
from reader.progress import Report, silent
from reader.steps import Label, Verb

_NAME = "library.db"
_IMAGES = "images"
_EVENTS = 12  # the schema from which on the history has events
_SIDE_FILES = ("", "-journal", "-wal", "-shm")


def restore_library(copy: Copy, folder: Path, report: Report = silent) -> Path | None:
    """Put a copy in the place of the library of a folder.

    The present library is copied first (``Reason.RESTORE``); if it is damaged, it is set aside,
    and its new path is returned. All other copies stay. Raises LibraryError or Cancelled; then the
    library is as it was.
    """
    schema.refuse_newer(copy.schema)
    file = Path(os.path.realpath(folder / _NAME))
    with _written_out(copy, file, report) as fresh:
        _note(fresh, copy)
        pictures.bring_all(folder / _IMAGES, pictures_of(copy), _pictures_in(fresh), report)
        report(0, 0, "Replacing the library")
        return replacing.replace(fresh, file, report)


def write_beside(copy: Copy, target: Path, report: Report = silent) -> None:
    """Write a copy as a complete library, with its pictures, into a new or empty folder.

    Raises LibraryError or Cancelled; then the folder is as it was.
    """
    schema.refuse_newer(copy.schema)
    _refuse_occupied(target)
    made = [each for each in (target, *target.parents) if not each.exists()]
    try:
        private.make_folder(target)
        with _written_out(copy, target / _NAME, report) as fresh:
            names = _pictures_in(fresh)
            pictures.bring_all(target / _IMAGES, pictures_of(copy), names, report)
            fresh.replace(target / _NAME)
        backup.folder_to_disk(target)
    except BaseException as error:
        _take_back(target, made)
        if isinstance(error, OSError):
            raise _trouble(target, error) from error
        raise


def pictures_of(copy: Copy) -> tuple[Path, ...]:
    """Return the folders with the pictures of a copy."""
    return (copy.file.parent / _IMAGES,)


# ---- writing out


@contextmanager
def _written_out(copy: Copy, file: Path, report: Report) -> Iterator[Path]:
    """Write a copy under a temporary name beside its place, verified, as another device."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    try:
        opened.write_out(copy, fresh, report)
        report(0, 0, "Checking the copy")
        backup.verify(fresh)
        with said(file), closing(_opened(fresh)) as connection:
            connection.pragma("journal_mode", "delete")
            _count(connection, copy)
            devices.begin_generation(connection)  # its row numbers may have been used since
        yield fresh
    finally:
        for ending in _SIDE_FILES:
            with suppress(OSError):
                fresh.with_name(fresh.name + ending).unlink()


def _note(file: Path, copy: Copy) -> None:
    """Note in the history that a copy was restored, if its schema has events already."""
    with said(file), closing(_opened(file)) as connection:
        if int(connection.pragma("user_version")) >= _EVENTS:
            changes.note(connection, Label(Verb.FROM_COPY, {"count": copy.articles}))


def _opened(file: Path) -> apsw.Connection:
    return apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)


def _count(connection: apsw.Connection, copy: Copy) -> None:
    found = int(connection.execute("SELECT count(*) FROM article").get)
    if found != copy.articles:
        raise LibraryError(
            f"The copy {copy.file} has {found:,} articles instead of {copy.articles:,}, so nothing "
            "was changed; the disk may be failing. Choose another copy."
        )


def _pictures_in(fresh: Path) -> set[str]:
    with closing(_opened(fresh)) as connection:
        return pictures.named_in(connection)


# ---- a folder for a library


def _refuse_occupied(target: Path) -> None:
    """Raise LibraryError unless a folder is empty or can be made."""
    try:
        if target.exists() and (not target.is_dir() or any(target.iterdir())):
            raise LibraryError(
                f"{target} is not an empty folder, so the copy was not written there. Choose an "
                "empty or a new folder."
            )
    except OSError as error:
        raise _trouble(target, error) from error
    moved.look_for(target)


def _take_back(target: Path, made: list[Path]) -> None:
    """Delete the files written into a folder, and the folders that were made for it."""
    images = target / _IMAGES
    with suppress(OSError):
        for each in (*images.iterdir(), images):
            each.rmdir() if each == images else each.unlink()
    for each in made:
        with suppress(OSError):
            each.rmdir()


def _trouble(target: Path, error: OSError) -> LibraryError:
    return LibraryError(
        f"The copy could not be written to {target} ({error.strerror}). It is whole, and so is "
        "your library; free some disk space or choose another folder, then try again."
    )
