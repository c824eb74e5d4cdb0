"""Whether the file of a library can be opened: its folder, its kind, its permissions."""

import os
import shutil
import time
from pathlib import Path

from reader import private
from reader.errors import LibraryError, NotALibrary
from reader.library.store import creation, moved

_ROOM = 128 * 1024  # bytes


def check(file: Path, create: bool) -> None:
    """Raise LibraryError if a file cannot be a library; make its folder if it is missing."""
    folder = file.parent
    moved.look_for(folder)
    if folder.exists() and not folder.is_dir():
        raise LibraryError(f"{folder} is a file, but a library is a folder. Choose another folder.")
    if file.is_dir():
        raise NotALibrary(f"{file} is a folder where the library's file should be.")
    if file.exists() and not file.is_file():  # opening a pipe would block for ever
        raise NotALibrary(f"{file} is a pipe or a device where the library's file should be.")
    if file.is_symlink() and not file.exists():
        raise LibraryError(
            f"{file} is a link to a file that does not exist. Make sure that its drive is "
            "connected, then try again."
        )
    if not (file.exists() and file.stat().st_size) and creation.has_copies(folder):
        raise NotALibrary(
            f"The library {file} is missing or empty, but there are copies of it beside it. "
            "Reader's window, or “reader restore newest”, brings back the newest one; to start a "
            "new library, move the folder “backups” away."
        )
    if not create and not file.exists():
        raise LibraryError(f"There is no library in {folder}. Choose another folder.")
    try:
        private.make_folder(folder)
    except OSError as error:
        raise LibraryError(
            f"The folder {folder} could not be created ({error.strerror}). Choose another folder."
        ) from error
    if file.exists() and not os.access(file, os.R_OK):
        raise LibraryError(f"You have no permission to read {file}.")


def has_room(file: Path) -> bool:
    """Return whether the disk of a library has room for the index of its log."""
    try:
        return shutil.disk_usage(file.parent).free >= _ROOM
    except OSError:
        return True


def is_writable(file: Path) -> bool:
    """Return whether a library and its folder can be written to."""
    return os.access(file, os.W_OK) and os.access(file.parent, os.W_OK)


def damage_mark(file: Path) -> Path:
    """Return the marker file that exists while a library is known to be damaged."""
    return file.with_name(f"{file.name}-is-damaged")


def free_name(path: Path) -> Path:
    """Return a path, or the first one of those with a number in its name that does not exist."""
    names = (f"{path.stem}{f'-{n}' if n else ''}{path.suffix}" for n in range(10_000))
    return next(each for each in map(path.with_name, names) if not os.path.lexists(each))


def aside(file: Path, state: str, ending: str = ".db") -> Path:
    """Return a free path beside a library for a file that is kept, with the date of today."""
    return free_name(file.with_name(f"library-{state}-{time.strftime('%Y-%m-%d')}{ending}"))


def identity(file: Path) -> tuple[int, int] | None:
    """Return the device and the number of a file, None if it is missing."""
    try:
        found = file.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
