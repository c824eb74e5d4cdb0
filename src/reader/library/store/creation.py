"""Creating a library atomically: it is written under a temporary name and then renamed.

An empty file in its place (from an interrupted start of an older version, or a truncated copy)
becomes a library in one transaction, so that it is never half of one.
"""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError
from reader.library.store import backup, migrate

_OLD_SECONDS = 3600
_LEFT_OVER = re.compile(r".+\.(\d+)\.[0-9a-f]+\.new(?:-journal|-wal|-shm)?")
_OURS = re.compile(
    r"library(?:-before-\d+|-(?:damaged|replaced)-[\d-]+)?\.db.*|images|imports|backups|copies|deleted\.log"
    r"|rules\.txt.*"
)
_SIDE_FILES = ("", "-journal", "-wal", "-shm")


def new(file: Path) -> None:
    """Create a library, unless another process creates it first."""
    fresh = file.with_name(f"{file.name}.{os.getpid()}.{os.urandom(4).hex()}.new")
    try:
        private.make_file(fresh)
        _fill(fresh)
        backup.to_disk(fresh)
        _put_in_place(fresh, file)
    except OSError as error:
        raise LibraryError(
            f"The library {file} could not be created ({error.strerror}); nothing was changed. "
            "Free some disk space or choose another folder, then try again."
        ) from error
    finally:
        for ending in _SIDE_FILES:
            with suppress(OSError):
                fresh.with_name(fresh.name + ending).unlink()
    if holds_only_ours(file.parent):
        private.protect(file.parent)


def complete(connection: apsw.Connection) -> None:
    """Turn an empty file into a library, in one transaction."""
    migrate.create(connection)
    connection.pragma("journal_mode", "wal")


def adopt(connection: apsw.Connection) -> None:
    """Set the application id of a library that an older version left unset."""
    connection.pragma("application_id", migrate.APPLICATION_ID)


def sweep(folder: Path) -> None:
    """Delete temporary files that killed processes left in a folder."""
    for name in names(folder):
        found = _LEFT_OVER.fullmatch(name) if ".new" in name else None
        if found and _is_abandoned(folder / name, int(found[1])):
            with suppress(OSError):  # the next sweep tries again
                (folder / name).unlink()


def names(folder: Path) -> list[str]:
    """Return the names of the entries of a folder; none if the folder cannot be read."""
    try:
        with os.scandir(folder) as entries:
            return [entry.name for entry in entries]
    except OSError:
        return []


def has_copies(folder: Path) -> bool:
    """Return whether there are copies of a library in its folder."""
    return any(name.endswith(".copy") for name in names(folder / "backups"))


def protect_once(connection: apsw.Connection, file: Path) -> None:
    """Remove the permissions of other users from a library, once per library.

    A user may share it on purpose afterwards.
    """
    if connection.execute("SELECT 1 FROM setting WHERE name = 'private'").get:
        return
    if holds_only_ours(file.parent):
        private.protect(file.parent)
    for name in filter(is_ours, names(file.parent)):
        _protect_all(file.parent / name)
    with suppress(apsw.BusyError):  # another program is writing; the next start tries again
        connection.execute("INSERT OR REPLACE INTO setting VALUES ('private', '1')")


def is_ours(name: str) -> bool:
    """Return whether an entry of a folder belongs to a library, by its name."""
    return _OURS.fullmatch(name) is not None


def holds_only_ours(folder: Path) -> bool:
    """Return whether a folder holds a library and nothing else."""
    return all(map(is_ours, names(folder)))


def _protect_all(path: Path) -> None:
    private.protect(path)
    for name in names(path):
        private.protect(path / name)


def _fill(file: Path) -> None:
    file.write_bytes(migrate.image())
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READWRITE)
    try:
        connection.pragma("journal_mode", "wal")
        if connection.execute("PRAGMA quick_check").get != "ok":
            raise LibraryError(
                f"The disk of {file.parent} returned different data than was written to it. "
                "Check the disk, or choose another folder."
            )
    finally:
        connection.close()


def _put_in_place(fresh: Path, file: Path) -> None:
    """Give a finished file its name, unless another process has put a file there meanwhile."""
    try:
        os.link(fresh, file)
    except FileExistsError:
        return
    except (OSError, NotImplementedError):  # a file system without hard links: claim the name;
        with suppress(FileExistsError):  # opening it turns the empty file into a library
            private.make_file(file)
    backup.folder_to_disk(file.parent)


def _is_abandoned(file: Path, process: int) -> bool:
    """Return whether a temporary file is old and its process is gone."""
    try:
        old = abs(time.time() - file.stat().st_mtime) > _OLD_SECONDS
    except OSError:
        return False
    return old and not _is_running(process)


def _is_running(process: int) -> bool:
    if os.name != "posix":
        return False  # on Windows os.kill would end the process; only the age counts
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except OSError:
        return True
    return True
