"""The copies of a library, as ``library.backups``."""

import logging
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import apsw

from reader.errors import LibraryError, LibraryReadOnly
from reader.library.backup import copies, elsewhere, found, naming, opened, taking
from reader.library.backup.copies import ENDING, FOLDER, Header
from reader.library.backup.copy import Backlog, Copy, Difference, Reason
from reader.library.backup.snapshot import state_of
from reader.library.store.database import MANY, Database
from reader.progress import Report, silent

if TYPE_CHECKING:
    from reader.library.backup.restored_articles import Restoration

_REST, _BULK_REST = (30 * 60.0, 200.0), (60.0, 30.0)
"""Rests after a copy: so many seconds, or so many times as long as it took if that is more."""
_MB = 1_000_000
_NOTHING: Mapping[str, Any] = {}


class Backups:
    """The copies of a library; every method may raise LibraryError."""

    def __init__(self, database: Database, damaged: Callable[[], int] = lambda: 0) -> None:
        """Use ``Library.backups``. ``damaged`` counts the articles known to be damaged."""
        self._database = database
        self._damaged = damaged
        self._library = database.file.parent
        self._folder = self._library / FOLDER
        self._limit: int | None = None
        self._place: Path | None = None

    def use_limit(self, megabytes: int) -> None:
        """Set how much the copies may take, 0 for automatic: 2 GB or four times the library.

        Until it is set, no copy is deleted because of its size.
        """
        self._limit = max(megabytes, 0) * _MB

    def use_place(self, folder: Path | None) -> None:
        """Set the second place, None for none. A folder within the library is refused."""
        if folder is not None and folder != self._place:
            elsewhere.check(folder, self._library)
        self._place = folder

    def use(self, megabytes: int, place: str) -> None:
        """Set limit and second place as the settings hold them, ``""`` for no place.

        A place that cannot be one, such as a folder within the library, is left out.
        """
        self.use_limit(megabytes)
        self.use_place(None)
        if place:
            with suppress(LibraryError):
                self.use_place(Path(place))

    # ---- taking

    def take(
        self, reason: Reason, told: Mapping[str, Any] = _NOTHING, report: Report = silent
    ) -> Copy:
        """Take a verified copy. A damaged library is never copied.

        One that is asked for or taken by itself goes to the second place too, if that can be
        reached; the others follow with ``take_if_due``. If ``report`` cancels, nothing is changed.
        """
        if self._database.is_damaged:
            raise LibraryReadOnly(
                f"The library {self._database.file} is damaged, so it was not copied; the copies "
                "made earlier were kept. “reader repair” repairs it."
            )
        if self._database.read_only:
            raise LibraryReadOnly(
                f"The library {self._database.file} is read-only, so no copy can be kept beside "
                "it. “reader backup --to FOLDER” writes one elsewhere."
            )
        asked = taking.Asked(reason, told, self._limit, self._damaged())
        copy = taking.take(self._database.file, asked, report)
        if reason in (Reason.ASKED, Reason.CHANGES):
            self._mirror(copy, report)
        return copy

    def before(
        self, reason: Reason, told: Mapping[str, Any] = _NOTHING, report: Report = silent
    ) -> Copy | None:
        """Take a copy unless nothing has changed since one was taken; None if so."""
        if not self._has_changed(self._stored()):
            return None
        return self.take(reason, told, _as_first(report))

    def before_many(self, verb: str, count: int, report: Report = silent) -> None:
        """Take a copy before a change of a hundred articles or more, as ``before`` does.

        None is taken shortly after another one, and if none can be taken, the change goes on: it
        can be undone.
        """
        self._before_many(Reason.BULK, {"verb": str(verb), "count": count}, report)

    def before_import(self, count: int, report: Report = silent) -> None:
        """Take a copy before a hundred articles or more are added, as ``before`` does."""
        self._before_many(Reason.IMPORT, {"count": count}, report)

    def before_trash(self, count: int, report: Report = silent) -> None:
        """Take a copy before articles are deleted for good, as ``before`` does."""
        self.before(Reason.TRASH, {"count": count}, report)

    def _before_many(self, reason: Reason, told: Mapping[str, Any], report: Report) -> None:
        if told["count"] < MANY or self._database.connection.in_transaction:
            return
        try:
            if _rested(self._stored(), *_BULK_REST):
                self.before(reason, told, report)
        except LibraryError as error:
            _log().info("No copy before a change of many articles: %s", error)

    def is_due(self) -> bool:
        """Return whether the library has changed and no copy was taken for half an hour.

        For a huge library it is longer, so that copying takes little of the time.
        """
        if self._database.read_only or self._database.is_damaged:
            return False
        stored = self._stored()
        return _rested(stored, *_REST) and self._has_changed(stored)

    def take_if_due(self, report: Report = silent) -> Copy | None:
        """Take a copy if it is due; return it, None if not.

        Otherwise the second place gets the newest copy if it missed that.
        """
        if self.is_due():
            return self.take(Reason.CHANGES, report=report)
        newest = next(iter(self._here()), None)
        if self._place and newest and not self._database.read_only and not self._has(newest):
            self._mirror(newest, report)
        return None

    # ---- what there is

    def all(self, report: Report = silent) -> list[Copy]:
        """Return the copies, newest first: here, beside the library, and in the second place."""
        here = self._here()
        ids = {each.id for each in here}
        away = self._away()
        there = [
            copies.copy_of(*each, is_elsewhere=True)
            for each in (copies.stored_in(away) if away else {}).items()
        ]
        beside = found.beside(self._database.file, report)
        return copies.newest_first(
            [*here, *beside, *(each for each in there if each.id not in ids)]
        )

    def state(self) -> Backlog:
        """Return how the copies stand; the second place is not asked."""
        stored = self._stored()
        here = self._here(stored)
        reached_at = elsewhere.note(self._library).reached_at if self._place else 0.0
        size = self._database.file.stat().st_size if self._database.file.exists() else 0
        limit = taking.limit_of(self._limit or 0, size)
        return Backlog(
            here[0] if here else None, len(here), copies.size_of(stored.values()), limit,
            self._has_changed(stored), self._place, reached_at,
        )  # fmt: skip

    def find(self, name: str) -> Copy:
        """Return a copy by its path, or by a word that names it (see ``naming.copy_of``)."""
        path = Path(name)
        return copy_at(path) if path.is_file() else naming.copy_of(self.all(), name)

    def delete(self, copy: Copy) -> None:
        """Delete a copy; what other copies share stays."""
        try:
            copy.file.unlink(missing_ok=True)
            if copy.reason is not Reason.FOUND:
                with taking.alone(copy.file.parent):
                    taking.delete(copy.file.parent, self._library / "images", [copy])
        except OSError as error:
            raise LibraryError(
                f"The copy {copy.file} could not be deleted ({error.strerror})."
            ) from error

    def opened(self, copy: Copy) -> AbstractContextManager[apsw.Connection]:
        """Open a copy as a read-only database; nothing is written anywhere."""
        return opened.opened(copy)

    def write_out(self, copy: Copy, file: Path, report: Report = silent) -> None:
        """Write a copy as a plain database file, whole or not at all."""
        opened.write_out(copy, file, report)

    # ---- differences, and single articles

    def difference(self, copy: Copy, report: Report = silent) -> Difference:
        """Return the articles that differ between a copy and the library, newest change first."""
        from reader.library.backup.difference import difference

        with opened.opened(copy) as connection:
            return difference(self._database, connection, report)

    def restore_articles(
        self, copy: Copy, uids: Sequence[str], report: Report = silent
    ) -> "Restoration":
        """Restore articles from a copy by their uids, as one undo step; a copy is taken before.

        Saved searches (``saved/…``) and tags (``tag/…``) can be restored as well.
        """
        from reader.library.backup import restored_articles, restoring

        self.before(Reason.RESTORE, report=report)
        with opened.opened(copy) as connection:
            source = restored_articles.Source(connection, restoring.pictures_of(copy))
            pictures = self._library / "images"
            return restored_articles.restore(self._database, pictures, source, uids, report)

    # ---- parts

    def _stored(self) -> dict[Path, Header]:
        return copies.stored_in(self._folder)

    def _here(self, stored: Mapping[Path, Header] | None = None) -> list[Copy]:
        every = (self._stored() if stored is None else stored).items()
        return copies.newest_first(copies.copy_of(*each) for each in every)

    def _has_changed(self, stored: Mapping[Path, Header]) -> bool:
        try:
            now = state_of(self._database.file)
        except OSError:
            return True
        return now is None or all(each.state != now for each in stored.values())

    def _away(self) -> Path | None:
        return elsewhere.folder_of(self._library, self._place) if self._place else None

    def _has(self, copy: Copy) -> bool:
        """Return whether the second place has a copy."""
        away = self._away()
        return away is not None and (away / copy.file.name).exists()

    def _mirror(self, copy: Copy, report: Report) -> None:
        if self._place is None:
            return
        limit = None if self._limit is None else taking.limit_of(self._limit, copy.size)
        try:
            elsewhere.mirror(self._library, self._place, copy, limit, report)
        except (OSError, copies.Unusable, LibraryError) as error:
            _log().info("No copy was written to %s: %s", self._place, error)


def _rested(stored: Mapping[Path, Header], seconds: float, times: float) -> bool:
    """Return whether no copy was taken for a while; copies of the future do not count."""
    now = time.time()
    return all(
        not 0 <= now - each.made_at < max(seconds, times * each.seconds) for each in stored.values()
    )


def _as_first(report: Report) -> Report:
    """Return a report for a copy that is taken before something else."""
    if report is silent:
        return silent
    return lambda done, total, _: report(done, total, "Making a copy first")


def copy_at(file: Path) -> Copy:
    """Return the copy in a file. Raises LibraryError if it is none, or cannot be used."""
    with suppress(copies.Unusable, OSError):
        if file.name.endswith(ENDING):
            header, _ = copies.read(file)
            return copies.copy_of(file.absolute(), header)
    copy = found.copy_of(file.absolute())
    if copy is None:
        raise LibraryError(
            f"{file} is no copy of a library, is damaged, or was made by a newer Reader."
        )
    return copy


def _log() -> logging.Logger:
    return logging.getLogger(__name__)
