"""A list of known libraries, so that a missing drive does not lead to a new empty library.

The list is a file beside the settings. It is only a safeguard: errors with it are ignored.
"""

import json
import os
from pathlib import Path

from reader import paths, private
from reader.errors import LibraryError
from reader.library.library import Library
from reader.library.store import moved
from reader.progress import Report, silent

_MOST = 100


def opened(folder: Path, *, report: Report = silent) -> Library:
    """Open the library in a folder, or create one if the folder never held one.

    A library that was moved is opened in its new folder. Raises LibraryError, also if a known
    library is missing.
    """
    folder = moved.follow(folder)
    look_for(folder)
    library = Library.open(folder, report=report)
    remember(library)
    return library


def look_for(folder: Path) -> None:
    """Raise LibraryError if a known library is missing or the parent folder does not exist."""
    moved.look_for(folder)
    try:
        there = (folder / "library.db").stat().st_size > 0
    except OSError:
        there = False
    if not there and _name(folder) in _read():
        raise LibraryError(
            f"The library in {folder} is missing. If it is on a drive or in a network folder, "
            "connect that and try again; if it was moved, choose its new folder with "
            f"“--library”. To start a new library here, delete {paths.libraries_file()}."
        )
    parent = folder.absolute().parent
    if not there and folder != paths.library_dir() and not parent.is_dir():
        raise LibraryError(
            f"There is no folder {parent}, so there is no library in {folder}. If it is on a "
            "drive, connect that; for a new library, create the folder first."
        )


def remember(library: Library) -> None:
    """Add the folder of a library to the list, unless the library is empty."""
    name, known = _name(library.folder), _read()
    if name in known or library.read_only or not library.counts().total:
        return
    _write([*known, name][-_MOST:])


def _name(folder: Path) -> str:
    return str(folder.resolve())


def _read() -> list[str]:
    try:
        found = json.loads(paths.libraries_file().read_text("ascii"))
    except (OSError, ValueError, RecursionError):
        return []
    return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []


def _write(names: list[str]) -> None:
    file = paths.libraries_file()
    fresh = file.with_name(f"{file.name}.{os.getpid()}.new")
    try:
        private.make_folder(file.parent)
        with open(fresh, "w", encoding="ascii", opener=private.opener) as out:
            json.dump(names, out, indent=1)
        fresh.replace(file)
    except OSError:
        pass  # the list is optional: the library can be used without it
