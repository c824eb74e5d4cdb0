"""Conflict copies: other states of a library that a sync program has put beside it.

A conflict copy is known by its content, not by its name: a library of the same history with
changes that this one lacks. An older copy has no such changes and is left alone.
"""

import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import apsw

from reader import private
from reader.errors import LibraryError, LibraryTooNew, NotALibrary
from reader.library.articles import images
from reader.library.backup import found as plain_files
from reader.library.backup import schema
from reader.library.backup.backups import Backups
from reader.library.backup.copy import Reason
from reader.library.history import changes, exchange
from reader.library.store import access, backup, creation, damaged_pages
from reader.library.store.database import Database, said
from reader.library.transactions import HOOKS
from reader.progress import Report, silent
from reader.steps import Label, Verb

if TYPE_CHECKING:
    from reader.library.repair.merging import Merged

KEPT = Path("backups") / "merged"
"""The folder within a library that keeps conflict copies after they were merged."""

_ENDINGS = ("", "-wal", "-shm", "-journal")
_OWN = re.compile(
    r"library\.db(?:-.*)?|library-(?:before|damaged)-.*|.*\.(?:new|copy|tmp)|.*-(?:wal|shm|journal)"
)
_PICTURE = re.compile(r"([0-9a-f]{64})[^0-9a-f].*(\.(?:png|jpg|gif|webp))")


class Conflict(NamedTuple):
    """A conflict copy: its file, its changes that the library lacks, and when the last was made.

    ``changed_at`` is in seconds since 1970. If ``is_damaged``, it cannot be merged.
    """

    file: Path
    changes: int
    changed_at: float = 0.0
    is_damaged: bool = False


class Merging(NamedTuple):
    """The result of merging a conflict copy: the new changes, and the new path of the copy."""

    merged: "Merged"
    kept: Path


def beside(folder: Path) -> frozenset[tuple[str, int, int]]:
    """Return name, size and modification time of the files that may be conflict copies.

    It is quick, and shows whether it is worth while to look into them again.
    """
    stats = [(each.name, each.stat()) for each in _candidates(folder / "library.db")]
    return frozenset((name, stat.st_size, stat.st_mtime_ns) for name, stat in stats)


def found(folder: Path, report: Report = silent) -> tuple[Conflict, ...]:
    """Return the conflict copies beside a library; nothing is written."""
    file = folder / "library.db"
    candidates = [each for each in _candidates(file) if plain_files.is_library(each)]
    if not candidates:
        return ()
    database = Database(file, create=False)
    try:
        with database.reading() as own:
            conflicts = (_judged(each, own, report) for each in candidates)
            return tuple(each for each in conflicts if each is not None)
    finally:
        database.close()


def merge(folder: Path, file: Path, report: Report = silent) -> Merging:
    """Merge a conflict copy into a library; keep the copy in the folder ``KEPT``.

    The library is copied before. Raises LibraryError; the conflict copy then stays in its place.
    """
    from reader.library.repair import merging

    database = Database(folder / "library.db", create=False, hooks=HOOKS)
    try:
        Backups(database).before(Reason.RESTORE, {"name": file.name}, report)
        with said(file), closing(plain_files.opened(file)) as other:
            if damaged_pages.damage(other, report):
                raise LibraryError(
                    f"{file.name} is damaged, so it was not merged. It was left as it is; the "
                    "library is whole."
                )
            with database.writing() as connection:
                merged = merging.merge_into(database, other, report)
                told = {"name": file.name, "count": len(merged.articles)}
                changes.note(connection, Label(Verb.MERGE_COPY, told))
    finally:
        database.close()
    images_of(folder)
    return Merging(merged, keep(folder, file))


def keep(folder: Path, file: Path) -> Path:
    """Move a conflict copy out of the way, never over another file. Raises LibraryError."""
    kept = folder / KEPT
    try:
        private.make_folder(kept)
        target = access.free_name(kept / file.name)
        for ending in _ENDINGS:
            part = file.with_name(file.name + ending)
            if part.exists():
                part.replace(target.with_name(target.name + ending))
        backup.folder_to_disk(kept)
        backup.folder_to_disk(folder)
    except OSError as error:
        raise LibraryError(
            f"{file.name} was merged, but could not be moved to {kept} ({error.strerror}). "
            "You can delete it."
        ) from error
    return target


def images_of(folder: Path) -> int:
    """Give pictures their names back that a sync program has renamed; return how many.

    Only a picture that is missing or damaged is replaced, and only by a file that has its hash.
    """
    place, count = folder / "images", 0
    for name in creation.names(place):
        if (parts := _PICTURE.fullmatch(name)) is None:
            continue
        right = f"{parts[1]}{parts[2]}"
        if images.state(place, right) is images.State.WHOLE or not _has_hash(
            place / name, parts[1]
        ):
            continue
        try:
            (place / name).replace(place / right)
        except OSError:
            continue  # a read-only folder: the picture is missing as before
        count += 1
    return count


# ---- finding


def _candidates(file: Path) -> Iterator[Path]:
    for name in creation.names(file.parent):
        each = file.with_name(name)
        if _OWN.fullmatch(name) is None and plain_files.is_another_file(each, file):
            yield each


def _judged(file: Path, own: apsw.Connection, report: Report) -> Conflict | None:
    """Return a file as a conflict copy, None if it has nothing new or another history."""
    from reader.library.repair import merging

    try:
        with closing(plain_files.opened(file)) as raw, schema.newest(raw) as other:
            if not _is_related(own, other) and "conflict" not in file.name.casefold():
                return None
            changes = merging.new_rows(own, other)
            if not changes:
                return None
            is_damaged = bool(damaged_pages.damage(raw, report))
            return Conflict(file, changes, _changed_at(other), is_damaged)
    except (apsw.Error, UnicodeDecodeError, NotALibrary):
        return Conflict(file, 0, is_damaged=True)
    except LibraryTooNew:
        return None


def _is_related(own: apsw.Connection, other: apsw.Connection) -> bool:
    """Return whether two libraries have a history in common: changes of the same device."""
    return not exchange.known(own).keys().isdisjoint(exchange.known(other))


def _changed_at(connection: apsw.Connection) -> float:
    stamp = str(connection.execute("SELECT max(latest) FROM device").get or "")
    return int(stamp[:13]) / 1000 if stamp[:13].isdecimal() else 0.0


def _has_hash(file: Path, expected: str) -> bool:
    from hashlib import file_digest

    try:
        with file.open("rb") as opened:
            return file_digest(opened, "sha256").hexdigest() == expected
    except OSError:
        return False
