"""Imports, as ``library.imports``: what would change, and taking it in as one undo step."""

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import NamedTuple

from reader.entries import Entry, Placing
from reader.library.store.database import Database
from reader.outcomes import Outcome
from reader.progress import Report, silent
from reader.reasons import Remark


class Foreseen(NamedTuple):
    """What becomes of an entry: ADDED, UPDATED (it merges), UNCHANGED; and what merging brings.

    ``article`` is the id of the known article, 0 if there is none.
    """

    outcome: Outcome
    article: int = 0
    remarks: tuple[Remark, ...] = ()


class Imports:
    """The imports of a library; every method may raise LibraryError."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Use ``Library.imports``; ``folder`` is that of the original files and reports."""
        self._database = database
        self._folder = folder

    def foresee(self, entries: Sequence[Entry], report: Report = silent) -> list[Foreseen]:
        """Return what taking entries in would do, without doing it."""
        raise NotImplementedError

    def take_in(
        self, entries: Iterable[Entry], placing: Placing, name: str, report: Report = silent
    ) -> list[Foreseen]:
        """Add and merge entries in one transaction and one undo step; return what was done.

        ``name`` is that of the other program's format. If it is cancelled, nothing has changed.
        """
        raise NotImplementedError
