"""A copy in the newest schema, whatever Reader wrote it."""

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import apsw

from reader.errors import LibraryTooNew
from reader.library.store import migrate
from reader.library.store.errors import said

_TOO_NEW = (
    "This copy was written by a newer Reader. Nothing was changed; update Reader to restore it."
)


@contextmanager
def newest(copy: apsw.Connection) -> Iterator[apsw.Connection]:
    """Lend a connection to a copy in the newest schema: the same one, or one to a migrated file.

    The file is temporary. Raises LibraryTooNew if a newer Reader wrote the copy.
    """
    version = int(copy.pragma("user_version"))
    refuse_newer(version)
    if version == migrate.newest():
        yield copy
        return
    folder = Path(tempfile.mkdtemp(prefix="reader-copy-"))
    try:
        with said(folder / "library.db"):
            migrated = _migrated(copy, folder / "library.db")
        try:
            yield migrated
        finally:
            migrated.close()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def refuse_newer(version: int) -> None:
    """Raise LibraryTooNew if a schema is newer than this Reader's."""
    if version > migrate.newest():
        raise LibraryTooNew(_TOO_NEW)


def _migrated(copy: apsw.Connection, file: Path) -> apsw.Connection:
    # VACUUM INTO would write through the file system of the copy, which is read-only.
    target = apsw.Connection(str(file))
    with target.backup("main", copy, "main") as pages:
        pages.step()
    target.execute("PRAGMA journal_mode = MEMORY")
    target.execute("PRAGMA synchronous = OFF")
    migrate.make(target, migrate.newest())
    return target
