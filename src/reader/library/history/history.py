"""The history, as ``library.history``: undo, redo and the change log for other devices."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

from reader import phrases
from reader.library.history import deleted_log, exchange, listing, undoing
from reader.library.history.exchange import Row
from reader.library.store.database import Database
from reader.progress import Report, silent
from reader.steps import Dependents, Entry, Step, Touched, Wanted

_ALL = Wanted()


class History:
    """The changes of a library, on this and on other devices."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.history``."""
        self._database = database

    def undo(self, report: Report = silent, step: int = 0, *, part: bool = False) -> Step | None:
        """Undo a step, by default the newest; return it, None if there is none.

        Any step can be undone if nothing later depends on it, else LibraryError is raised; with
        ``part``, the articles that nothing has changed since are undone. Redo repeats first what
        was undone last; see ``undoing`` for the order.
        """
        with self._database.writing() as connection:
            return undoing.undo(connection, report, step, part=part)

    def redo(self, report: Report = silent, step: int = 0, *, part: bool = False) -> Step | None:
        """Redo a step, by default the one undone last; return it, None if there is none.

        A step other than that is redone, in ``part`` if wanted, as ``undo`` does.
        """
        with self._database.writing() as connection:
            return undoing.redo(connection, report, step, part=part)

    def steps(self, about: Wanted = _ALL, report: Report = silent) -> list[Entry]:
        """Return a page of the entries of the history, newest first."""
        with self._database.reading() as connection:
            return listing.page(connection, self._log, about, report)

    def entry(self, step: int) -> Entry | None:
        """Return a step by its number, None if there is none."""
        with self._database.reading() as connection:
            return listing.entry(connection, step)

    def details(self, entry: Entry, offset: int = 0, limit: int = 100) -> list[Touched]:
        """Return a slice of the changes of an entry, with old and new values."""
        from reader.library.history import details

        with self._database.reading() as connection:
            return details.of(connection, self._log, entry, offset, limit)

    def dependents(self, step: int) -> Dependents:
        """Return the later changes that stand against undoing a step, or redoing it if undone."""
        from reader.library.history import dependents

        with self._database.reading() as connection:
            return dependents.of(connection, step)

    @property
    def _log(self) -> Path:
        return self._database.file.with_name(deleted_log.NAME)

    def undo_text(self) -> str:
        """Return a description of the step that undo would revert, ``""`` if there is none."""
        return self._text(undone=False)

    def redo_text(self) -> str:
        """Return a description of the step that redo would repeat, ``""`` if there is none."""
        return self._text(undone=True)

    def _text(self, *, undone: bool) -> str:
        with self._database.reading() as connection:
            label = undoing.label(connection, undone=undone)
        return phrases.step(label) if label else ""

    def made(self) -> Step | None:
        """Return the step that this thread recorded last."""
        with self._database.reading() as connection:
            return undoing.last_made(connection)

    def newest(self, *, undone: bool = False) -> Step | None:
        """Return the step that undo would revert, or that redo would repeat."""
        with self._database.reading() as connection:
            return undoing.newest(connection, undone=undone)

    def known(self) -> dict[str, int]:
        """Return the number of the last known row of each device."""
        with self._database.reading() as connection:
            return exchange.known(connection)

    def export(self, since: Mapping[str, int]) -> Iterator[Row]:
        """Yield the rows after ``since``, in order for each device."""
        with self._database.reading() as connection:
            yield from exchange.export(connection, since)

    def apply(self, told: Iterable[Row]) -> int:
        """Apply rows of other devices; return how many were new."""
        with self._database.writing() as connection:
            return exchange.apply(connection, told)
