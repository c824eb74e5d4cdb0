"""The folder of a library: its size on the disk, and whether it can move to another one."""

import os
import shutil
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from reader.errors import LibraryError
from reader.library.backup.copies import FOLDER
from reader.library.imports import originals
from reader.library.store import creation, moved

_SPARE_BYTES = 20_000_000
DATABASE = ("library.db-wal", "library.db-shm", "library.db-journal", "library.db")
"""The files of a database, the main one last, as they are deleted."""


class Usage(NamedTuple):
    """The sizes of the parts of a library, in bytes."""

    database: int
    pictures: int
    copies: int
    """Without the pictures that they share with the library."""
    imports: int = 0
    """The files that were imported, and the reports."""

    @property
    def total(self) -> int:
        """The size of all parts."""
        return self.database + self.pictures + self.copies + self.imports


def usage(folder: Path) -> Usage:
    """Return how much a library takes on the disk; files that cannot be read count nothing."""
    database = sum(_size(folder / name) for name in DATABASE)
    pictures = copies = imports = 0
    for file in files(folder):
        if file.parent == folder or folder / FOLDER in file.parents:
            copies += 0 if shared_with(folder, file) else _size(file)
        elif folder / "images" in file.parents:
            pictures += _size(file)
        elif folder / originals.FOLDER in file.parents:
            imports += _size(file)
    return Usage(database, pictures, copies, imports)


def files(folder: Path) -> Iterator[Path]:
    """Yield the files of a library but its database: pictures, copies, imports, rules and lists.

    The pictures of the library come before those of its copies, which may be links to them.
    """
    for name in sorted(creation.names(folder), key=lambda name: (name == FOLDER, name)):
        is_passing = name in DATABASE or name.startswith(moved.MARK) or ".new" in name
        if is_passing or not creation.is_ours(name):
            continue
        path = folder / name
        yield from sorted(_below(path)) if path.is_dir() else [path]


def shared_with(folder: Path, file: Path) -> Path | None:
    """Return the picture of a library that a picture of its copies is a hard link to."""
    if file.parent != folder / FOLDER / "images":
        return None
    twin = folder / "images" / file.name
    with suppress(OSError):
        return twin if twin.samefile(file) else None
    return None


def check_target(source: Path, target: Path) -> None:
    """Raise LibraryError if a library cannot move from one folder to the other."""
    if not target.is_absolute():
        raise LibraryError(f"{target} is not the whole path of a folder. Nothing was moved.")
    if target == source or source in target.parents or target in source.parents:
        raise LibraryError(
            f"{target} is the folder of the library, or one lies within the other. Nothing was "
            "moved; choose a folder elsewhere."
        )
    if os.path.lexists(target) and not target.is_dir():
        raise LibraryError(f"{target} is a file. Nothing was moved; choose a folder.")
    foreign = [name for name in creation.names(target) if not _may_stay(source, target, name)]
    if foreign:
        raise LibraryError(
            f"The folder {target} is not empty: it holds {foreign[0]}. Nothing was moved; choose "
            "an empty folder, or make a new one."
        )
    _check_place(target, usage(source).total + _SPARE_BYTES)


def _check_place(target: Path, wanted: int) -> None:
    place = next((each for each in (target, *target.parents) if each.exists()), target)
    if not os.access(place, os.W_OK | os.X_OK):
        raise LibraryError(
            f"You have no permission to write to {place}. Nothing was moved; choose another folder."
        )
    try:
        free = shutil.disk_usage(place).free
    except OSError as error:
        raise LibraryError(
            f"{place} could not be reached ({error.strerror}). Nothing was moved; if it is on a "
            "drive, connect that and try again."
        ) from error
    if free < wanted:
        raise LibraryError(
            f"The library needs {wanted // 1_000_000:,} MB, but the disk of {target} has only "
            f"{free // 1_000_000:,} MB left. Nothing was moved; free some space, or choose another "
            "disk."
        )


def _may_stay(source: Path, target: Path, name: str) -> bool:
    """Return whether an entry of the target may be left over from an interrupted move."""
    if (
        name in ("images", originals.FOLDER, FOLDER)
        or name == moved.MARK
        or name.startswith("library.db.new")
    ):
        return True
    file, same = target / name, source / name
    return creation.is_ours(name) and file.is_file() and same.is_file() and _same(file, same)


def _same(one: Path, other: Path) -> bool:
    try:
        return one.read_bytes() == other.read_bytes()
    except OSError:
        return False


def _below(folder: Path) -> list[Path]:
    return [
        Path(place, name)
        for place, _, names in os.walk(folder)
        for name in names
        if not name.endswith(".new")
    ]


def _size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0
