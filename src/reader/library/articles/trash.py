"""The trash, as ``library.trash``: restoring articles, and deleting them permanently.

Articles are deleted in small slices, so that other writers are not blocked. ``deleted.log`` gets
a line for each deleted article: time, URL and title.
"""

import os
from collections.abc import Callable, Sequence
from pathlib import Path

import apsw

from reader import private
from reader.errors import LibraryError, NotCopied
from reader.library.articles import deletion, images
from reader.library.history import changes, deleted_log
from reader.library.store import clock
from reader.library.store.database import Database, rows
from reader.model import State
from reader.progress import Report, silent
from reader.steps import Label, Verb

_SLICE = 50
_ALWAYS = "~"  # sorts behind all times
_RESTING_SECONDS = 86_400


class Trash:
    """The trash of a library; every method may raise LibraryError."""

    def __init__(
        self, database: Database, pictures: Path, copy: Callable[[int, Report], object]
    ) -> None:
        """Use ``Library.trash``. ``copy`` takes a copy before so many articles are deleted."""
        self._database = database
        self._pictures = pictures
        self._copy = copy

    def outdated(self, days: int) -> list[int]:
        """Return the articles that have been in the trash for some days; with 0, all of them."""
        sql = (
            "SELECT id FROM article WHERE trashed_at <> '' AND trashed_at <= ? ORDER BY trashed_at"
        )
        with self._database.reading() as connection:
            found = rows(connection, sql, (_before(connection, days),))
        return [int(id) for (id,) in found]

    def restore(self, ids: Sequence[int], report: Report = silent) -> int:
        """Restore articles to their former shelf, as an undo step; return how many.

        In the queue, they get their former places.
        """
        with (
            self._database.writing() as connection,
            changes.step(connection, Label(Verb.RESTORE)) as step,
        ):
            found = {id: home_of(connection, id) for id in ids}
            there = [id for id, state in found.items() if state]
            step.name(changes.about(connection, Verb.RESTORE, there))
            return sum(
                step.write([id], "state", found[id]) for id in changes.counted(there, report)
            )

    def is_due(self, days: int) -> bool:
        """Return whether ``empty`` has work to do: articles, images, or a jump of the clock."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM loose_picture) OR EXISTS "
            "(SELECT 1 FROM article WHERE trashed_at <> '' AND trashed_at <= ?) OR EXISTS "
            "(SELECT 1 FROM article WHERE trashed_at > ?)"
        )
        with self._database.reading() as connection:
            known = clock.read(connection)
            limits = _before(connection, days), _latest(connection)
            due = connection.execute(sql, limits).get
        return bool(due) or clock.advanced(known, clock.seconds())[1:] != known[1:]

    def delete(
        self, ids: Sequence[int], report: Report = silent, *, without_copy: bool = False
    ) -> int:
        """Delete articles in the trash permanently; return how many.

        Articles outside the trash are skipped. Only a copy of the library has them afterwards.
        Raises NotCopied if none could be made, unless it is to go ``without_copy``.
        """
        self._copy_before(ids, report, without_copy)
        return self._delete_all(ids, 0, report)

    def empty(self, days: int, report: Report = silent, *, without_copy: bool = False) -> int:
        """Delete permanently all articles that were trashed some days ago; return how many.

        Raises NotCopied as ``delete`` does. Then delete the images that no article and no version
        uses. Images that were written or requested within a day stay: they may be about to be
        used.
        """
        with self._database.writing() as connection:
            _look_at_clock(connection)
            images.sweep(self._pictures)
        ids = self.outdated(days)
        self._copy_before(ids, report, without_copy)
        deleted = self._delete_all(ids, days, report)
        self._delete_pictures(report)
        return deleted

    def _copy_before(self, ids: Sequence[int], report: Report, without_copy: bool) -> None:
        if not ids or without_copy:
            return
        try:
            self._copy(len(ids), report)
        except LibraryError as error:
            raise NotCopied(f"Nothing in the trash was deleted: {error}") from error

    def _delete_all(self, ids: Sequence[int], days: int, report: Report) -> int:
        deleted = 0
        for start in range(0, len(ids), _SLICE):
            report(start, len(ids), "Deleting for good")
            with self._database.writing() as connection:
                before = _before(connection, days)
                deleted += self._delete(connection, ids[start : start + _SLICE], before)
        return deleted

    def _delete(self, connection: apsw.Connection, ids: Sequence[int], before: str) -> int:
        # Check again: an article may have been restored since.
        sql = (
            "SELECT url, title, uid, merged_into FROM article "
            "WHERE id = ? AND state = 'trash' AND trashed_at <= ?"
        )
        told = {id: found for id in ids for found in rows(connection, sql, (id, before))}
        self._tell([(url, title) for url, title, _, _ in told.values()])
        for id, (url, _, uid, merged_into) in told.items():
            deletion.hand_over(connection, id, url, merged_into)
            deletion.mark_gone(connection, uid)
            deletion.bury(connection, uid)
        return len(told)

    def _tell(self, told: Sequence[tuple[str, str]]) -> None:
        """Write the articles to ``deleted.log`` before they are deleted."""
        log, now = self._database.file.with_name(deleted_log.NAME), clock.now()
        try:
            with open(log, "a", encoding="utf-8", opener=private.opener) as out:
                for url, title in told:
                    out.write("\t".join((now, url, " ".join(title.split()))) + "\n")
                out.flush()
                os.fsync(out.fileno())
        except OSError as error:
            raise LibraryError(
                f"The list of deleted articles {log} could not be written ({error.strerror}), so "
                "nothing was deleted. Free some disk space, then try again."
            ) from error

    def _delete_pictures(self, report: Report) -> None:
        with self._database.reading() as connection:
            names = [name for (name,) in rows(connection, "SELECT name FROM loose_picture")]
        if not names:
            return
        kept = self._kept_by_versions()
        for number, name in enumerate(names):
            report(number, len(names), "Deleting pictures")
            with self._database.writing() as connection:
                shown = name in kept or _is_shown(connection, name)
                before = clock.certain(connection) - _RESTING_SECONDS
                if shown or images.delete(self._pictures, name, before):
                    connection.execute("DELETE FROM loose_picture WHERE name = ?", (name,))

    def _kept_by_versions(self) -> set[str]:
        with self._database.reading() as connection:
            found = rows(connection, "SELECT pictures, lead FROM version")
        return {name for pictures, lead in found for name in (*pictures.split(), lead)}


def home_of(connection: apsw.Connection, id: int) -> str:
    """Return the former state of an article in the trash, ``""`` if it is not in the trash."""
    sql = "SELECT uid FROM article WHERE id = ? AND state = 'trash'"
    uid = connection.execute(sql, (id,)).get
    if uid is None:
        return ""
    sql = (
        "SELECT old FROM change WHERE entity = ? AND field = 'state' AND new = 'trash' "
        "AND old IN ('queue', 'archive') ORDER BY stamp DESC LIMIT 1"
    )
    return str(connection.execute(sql, (uid,)).get or State.QUEUE)


def _before(connection: apsw.Connection, days: int) -> str:
    """Return the latest trashing time of articles that have been in the trash for some days."""
    if not days:
        return _ALWAYS
    moment = clock.certain(connection) - days * clock.DAY
    return clock.text(moment) if moment > 0 else ""


def _look_at_clock(connection: apsw.Connection) -> None:
    """Advance the library's clock; articles trashed in the future count from now."""
    clock.note(connection)
    sql = "UPDATE article SET trashed_at = ?1 WHERE trashed_at > ?1"
    connection.execute(sql, (_latest(connection),))


def _latest(connection: apsw.Connection) -> str:
    """Return a time that has not passed yet, even if one of the clocks is wrong."""
    return clock.text(max(clock.seconds(), clock.read(connection).trusted))


def _is_shown(connection: apsw.Connection, name: str) -> bool:
    sql = (
        "SELECT EXISTS (SELECT 1 FROM article_image WHERE name = ?1) "
        "OR EXISTS (SELECT 1 FROM article WHERE lead = ?1 AND lead <> '') "
        "OR EXISTS (SELECT 1 FROM site_icon WHERE name = ?1 AND name <> '')"
    )
    return bool(connection.execute(sql, (name,)).get)
