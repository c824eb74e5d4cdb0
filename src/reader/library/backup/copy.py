"""Copies of a library, the differences between a copy and the library, as data."""

from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Any, NamedTuple


class Reason(StrEnum):
    """The reason for a copy. The values are stored in copies and never change."""

    CHANGES = "changes"
    """Made by itself after changes."""
    ASKED = "asked"
    """Asked for by the user."""
    MIGRATION = "migration"
    IMPORT = "import"
    BULK = "bulk"
    """Before a change of many articles."""
    REPAIR = "repair"
    TRASH = "trash"
    """Before the trash is emptied."""
    RESTORE = "restore"
    """Before a copy is restored."""
    FOUND = "found"
    """A database file beside the library that Reader did not list: made by an older Reader, or by
    hand."""


class Copy(NamedTuple):
    """A verified copy of a library.

    ``id`` is unique and sorts by time; ``made_at`` is in seconds since 1970. ``told`` holds the
    arguments of the reason, such as the verb and the count of a bulk change. ``size`` is the size
    of the database it holds, ``new_bytes`` how many bytes it takes beside the other copies.
    """

    id: str
    file: Path
    made_at: float
    reason: Reason
    told: Mapping[str, Any] = MappingProxyType({})
    articles: int = 0
    size: int = 0
    new_bytes: int = 0
    schema: int = 0
    is_elsewhere: bool = False
    """Whether it lies in the second place only."""
    damaged: int = 0
    """How many articles were known to be damaged when it was taken."""


class Backlog(NamedTuple):
    """The state of the copies of a library.

    ``limit`` and ``size`` are in bytes. ``elsewhere`` is the second place, None if there is none;
    ``reached_at`` is when the newest copy was written to it, 0.0 if never.
    """

    newest: Copy | None
    count: int  # type: ignore[assignment]
    size: int
    limit: int
    has_changed: bool
    """Whether the library has changed since the newest copy."""
    elsewhere: Path | None = None
    reached_at: float = 0.0


class Change(StrEnum):
    """How an article differs between a copy and the library."""

    DELETED = "deleted"
    """In the copy; in the library deleted for good, or in the trash."""
    CHANGED = "changed"
    ADDED = "added"
    """Only in the library."""


class Differing(NamedTuple):
    """An article that differs: its uid, title, site, the changed fields and when it changed.

    ``at`` is in seconds since 1970, 0.0 if unknown; ``fields`` are names of the history's fields.
    """

    uid: str
    change: Change
    title: str
    site: str = ""
    fields: tuple[str, ...] = ()
    at: float = 0.0


class Difference(NamedTuple):
    """All articles that differ between a copy and the library, newest change first."""

    deleted: tuple[Differing, ...] = ()
    changed: tuple[Differing, ...] = ()
    added: tuple[Differing, ...] = ()
