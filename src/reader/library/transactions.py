"""The hooks of the store: before and after every write transaction, and before a migration."""

from contextlib import suppress
from pathlib import Path

import apsw

from reader.errors import LibraryError
from reader.library.store import clock
from reader.library.store.database import Database, Hooks
from reader.progress import Report, silent


def _begin(connection: apsw.Connection) -> None:
    from reader.library import registry as registry  # not needed by a read-only process
    from reader.library.history import stamps

    stamps.begin(connection)


def _end(connection: apsw.Connection) -> None:
    from reader.library.history import stamps  # not needed by a read-only process
    from reader.library.search import indexing
    from reader.library.store import seals

    clock.note(connection)
    stamps.end(connection)
    indexing.enter_noted(connection)
    seals.seal_changed(connection)


def _migrate(file: Path, report: Report) -> None:
    """Take a copy before a migration."""
    from reader.library.backup import taking
    from reader.library.backup.copy import Reason

    taking.take(file, taking.Asked(Reason.MIGRATION), report)


def finish_migration(database: Database, report: Report = silent) -> None:
    """Do the part of a schema migration that is an undo step; a busy library does it later."""
    sql = "SELECT 1 FROM setting WHERE name = 'tags_of_pages'"
    with suppress(LibraryError), database.reading() as connection:
        is_due = connection.execute(sql).get and not database.read_only
        if is_due and not database.is_damaged:
            from reader.library.articles import subjects  # hardly ever needed
            from reader.library.backup.backups import Backups
            from reader.library.backup.copy import Reason

            backups = Backups(database)
            newest = backups.state().newest
            if newest is None or newest.reason is not Reason.MIGRATION:
                backups.before(Reason.MIGRATION, report=report)
            subjects.take_from_tags(database, report)


HOOKS = Hooks(_begin, _end, _migrate)
