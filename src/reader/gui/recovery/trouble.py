"""The kinds of trouble with a library that does not open, and the actions that help."""

import os
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

from reader.errors import LibraryError, LibraryLocked, LibraryReadOnly, LibraryTooNew, NotALibrary
from reader.library.store import header
from reader.library.store.migrate import APPLICATION_ID


class Way(StrEnum):
    """An action of the windows of this room."""

    REPAIR = "repair"
    RESTORE = "restore"
    WHOLE = "whole"
    CHECK = "check"
    CHOOSE = "choose"
    CLOSE = "close"
    COPY = "copy"
    DOWNLOAD = "download"
    SAVE = "save"
    OPEN = "open"


class Trouble(StrEnum):
    """The reason why a library does not open."""

    DAMAGED = "damaged"
    MISSING = "missing"
    EMPTY = "empty"
    FOREIGN = "foreign"
    """The file is a database of another program."""
    TOO_NEW = "too new"
    LOCKED = "locked"
    FORBIDDEN = "forbidden"
    OTHER = "other"


class Remedy(NamedTuple):
    """The answer to a kind of trouble: its heading, and its actions, the best one first."""

    heading: str
    ways: tuple[Way, ...]


REMEDIES = {
    Trouble.DAMAGED: Remedy(
        "The library is damaged", (Way.REPAIR, Way.RESTORE, Way.WHOLE, Way.CHECK)
    ),
    Trouble.MISSING: Remedy("The library is not there", (Way.RESTORE, Way.CHECK)),
    Trouble.EMPTY: Remedy("The file of the library is empty", (Way.RESTORE, Way.CHECK)),
    Trouble.FOREIGN: Remedy(
        "This is not a library of Reader", (Way.RESTORE, Way.CHOOSE, Way.CHECK)
    ),
    Trouble.TOO_NEW: Remedy("The library needs a newer Reader", (Way.CHECK,)),
    Trouble.LOCKED: Remedy("The library is in use", (Way.CHECK,)),
    Trouble.FORBIDDEN: Remedy("The library may not be read", (Way.CHECK,)),
    Trouble.OTHER: Remedy("The library could not be opened", (Way.CHECK, Way.RESTORE)),
}
_BY_ERROR = {
    LibraryTooNew: Trouble.TOO_NEW,
    LibraryLocked: Trouble.LOCKED,
    LibraryReadOnly: Trouble.FORBIDDEN,
}


def of(folder: Path, error: LibraryError) -> Trouble:
    """Return the kind of trouble with a library that raised an error when it was opened."""
    if (by_error := _BY_ERROR.get(type(error))) is not None:
        return by_error
    file = folder / "library.db"
    if not os.path.lexists(file):
        return Trouble.MISSING
    if not os.access(file, os.R_OK):
        return Trouble.FORBIDDEN if file.exists() else Trouble.MISSING
    if file.is_file() and not file.stat().st_size:
        return Trouble.EMPTY
    if not isinstance(error, NotALibrary):
        return Trouble.OTHER
    return Trouble.FOREIGN if _is_foreign(file) else Trouble.DAMAGED


def _is_foreign(file: Path) -> bool:
    """Return whether a file has the intact header of a database of another program."""
    head = header.read(file)
    return head is not None and head.is_intact and head.application_id not in (0, APPLICATION_ID)
