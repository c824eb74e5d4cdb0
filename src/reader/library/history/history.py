"""The history as ``library.history``: what was done last, and the log for other devices."""

from collections.abc import Iterable, Iterator, Mapping

from reader.library.history import changes, exchange
from reader.library.history.exchange import Row
from reader.library.store.database import Database
from reader.steps import Step


class History:
    """What was done to a library, on this and on other devices."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.history``."""
        self._database = database

    def made(self) -> Step | None:
        """Return the step that this thread has made last."""
        with self._database.reading() as connection:
            return changes.last_made(connection)

    def newest(self, *, undone: bool = False) -> Step | None:
        """Return the step that undo would take back, or redo would do again."""
        with self._database.reading() as connection:
            return changes.newest(connection, undone=undone)

    def known(self) -> dict[str, int]:
        """Return up to which of its rows each device's log is known here."""
        with self._database.reading() as connection:
            return exchange.known(connection)

    def export(self, since: Mapping[str, int]) -> Iterator[Row]:
        """Yield the rows that are not known elsewhere, each device's in their order."""
        with self._database.reading() as connection:
            yield from exchange.export(connection, since)

    def apply(self, told: Iterable[Row]) -> int:
        """Take over rows of other devices; return how many were new here."""
        with self._database.writing() as connection:
            return exchange.apply(connection, told)
