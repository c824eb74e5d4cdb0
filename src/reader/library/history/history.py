"""The history, as ``library.history``: undo, redo and the change log for other devices."""

from collections.abc import Iterable, Iterator, Mapping

from reader import phrases
from reader.library.history import changes, exchange
from reader.library.history.exchange import Row
from reader.library.store.database import Database
from reader.progress import Report, silent
from reader.steps import Step


class History:
    """The changes of a library, on this and on other devices."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.history``."""
        self._database = database

    def undo(self, report: Report = silent, step: int = 0) -> Step | None:
        """Undo a step, by default the newest; return it, None if there is none."""
        with self._database.writing() as connection:
            return changes.undo(connection, report, step)

    def redo(self, report: Report = silent, step: int = 0) -> Step | None:
        """Redo a step, by default the one undone last; return it, None if there is none."""
        with self._database.writing() as connection:
            return changes.redo(connection, report, step)

    def undo_text(self) -> str:
        """Return a description of the step that undo would revert, ``""`` if there is none."""
        return self._text(undone=False)

    def redo_text(self) -> str:
        """Return a description of the step that redo would repeat, ``""`` if there is none."""
        return self._text(undone=True)

    def _text(self, *, undone: bool) -> str:
        with self._database.reading() as connection:
            label = changes.label(connection, undone=undone)
        return phrases.step(label) if label else ""

    def made(self) -> Step | None:
        """Return the step that this thread recorded last."""
        with self._database.reading() as connection:
            return changes.last_made(connection)

    def newest(self, *, undone: bool = False) -> Step | None:
        """Return the step that undo would revert, or that redo would repeat."""
        with self._database.reading() as connection:
            return changes.newest(connection, undone=undone)

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
