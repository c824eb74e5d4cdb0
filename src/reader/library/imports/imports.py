"""Imports, as ``library.imports``: foreseeing their changes, and making them in one undo step."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from operator import length_hint
from pathlib import Path

import apsw

from reader.entries import Entry, Placing
from reader.errors import LibraryReadOnly
from reader.library.history import changes
from reader.library.imports import originals, own_library
from reader.library.imports.ledger import Ledger
from reader.library.imports.taking import Foreseen as Foreseen
from reader.library.imports.taking import Taking, foreseen, in_portions
from reader.library.search import indexing
from reader.library.store.database import Database
from reader.own_export import OwnLibrary
from reader.progress import Report, silent
from reader.steps import Label, Verb

_SLICE = 2000
_CACHE_KB = 64_000
_LOOKING, _SAYS = "Comparing with the library", "Importing"


class Imports:
    """The imports of a library; every method may raise LibraryError."""

    def __init__(self, database: Database, folder: Path) -> None:
        """Use ``Library.imports``; ``folder`` is that of the original files and reports."""
        self._database = database
        self._folder = folder

    def foresee(self, entries: Sequence[Entry], report: Report = silent) -> list[Foreseen]:
        """Return the effects of taking entries in, without doing it.

        An entry with a text that is not prepared yet is foreseen as if a known article with a text
        had it already.
        """
        found: list[Foreseen] = []
        with self._snapshot() as connection:
            ledger = Ledger(connection)
            for start in range(0, len(entries), _SLICE):
                report(start, len(entries), _LOOKING)
                found += foreseen(ledger, entries[start : start + _SLICE], start)
        return found

    def take_in(
        self,
        entries: Iterable[Entry],
        placing: Placing,
        name: str,
        report: Report = silent,
        rest: OwnLibrary | None = None,
    ) -> list[Foreseen]:
        """Add and merge entries in one transaction and one undo step; return the result.

        ``name`` is that of the other program's format, ``rest`` the content of Reader's own export
        besides articles. The entries are drawn while the library is locked for other writers, so
        their texts should be prepared before. If it is cancelled, nothing has changed.
        """
        done: list[Foreseen] = []
        total = length_hint(entries)
        with (
            self._database.writing() as connection,
            _large_cache(connection),
            ExitStack() as stack,
        ):
            label = Label(Verb.IMPORT, {"name": name})
            taking = Taking(
                connection,
                placing,
                lambda: stack.enter_context(changes.step(connection, label)),
            )
            if rest is not None:
                own_library.settle(taking.step, rest)
            for portion in in_portions(entries):
                report(len(done), max(total, len(done)), _SAYS)
                done += taking.take(portion)
            changed = [each.article for each in done if each.is_change]
            if changed:
                told = changes.about(connection, Verb.IMPORT, changed, name=name)
                taking.step.name(told)
            indexing.enter_noted(connection, report)
        return done

    # ---- the original files and the reports

    def keep(self, paths: Sequence[Path], key: str, report: Report = silent) -> None:
        """Keep files as the original of an import, durably; equal files are stored once.

        ``key`` names the import: letters, digits and hyphens. If it is cancelled, or a file changes
        meanwhile, nothing is kept.
        """
        self._check_writable()
        originals.keep(self._folder, paths, key, report)

    def store_report(self, key: str, data: bytes) -> None:
        """Store the report of an import."""
        self._check_writable()
        originals.store_report(self._folder, key, data)

    def reports(self) -> list[str]:
        """Return the keys of the imports with a report, the last key first."""
        return originals.reports(self._folder)

    def report(self, key: str) -> bytes:
        """Return the report of an import. Raises LibraryError if there is none."""
        return originals.report(self._folder, key)

    def original(self, key: str) -> list[Path]:
        """Return the files of the original of an import, none if it was deleted."""
        return originals.files_of(self._folder, key)

    def original_size(self, key: str) -> int:
        """Return the size of the original of an import in bytes, 0 if it was deleted."""
        return originals.size_of(self._folder, key)

    def delete_original(self, key: str) -> None:
        """Delete the original of an import, unless another import has the same one."""
        self._check_writable()
        originals.delete(self._folder, key, with_report=False)

    def delete(self, key: str) -> None:
        """Delete the original and the report of an import; its articles stay."""
        self._check_writable()
        originals.delete(self._folder, key, with_report=True)

    def _check_writable(self) -> None:
        if self._database.read_only or self._database.is_damaged:
            raise LibraryReadOnly(
                f"The library {self._database.file} is read-only, so nothing was changed."
            )

    @contextmanager
    def _snapshot(self) -> Iterator[apsw.Connection]:
        """Lend the connection for queries that all see the same state."""
        with self._database.reading() as connection:
            if connection.in_transaction:
                yield connection
                return
            connection.execute("BEGIN")
            try:
                yield connection
            finally:
                connection.execute("COMMIT")


@contextmanager
def _large_cache(connection: apsw.Connection) -> Iterator[None]:
    """Give a connection more memory for a while: the indexes of many rows are all over."""
    size = int(connection.pragma("cache_size"))
    connection.pragma("cache_size", -_CACHE_KB)
    try:
        yield
    finally:
        connection.pragma("cache_size", size)
        connection.pragma("shrink_memory")
