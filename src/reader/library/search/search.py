"""Search: the whole public face of the index of words, as ``library.search``."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import apsw

from reader.errors import LibraryError, NotALibrary
from reader.library.search import completion, indexing, query_sql, snippets
from reader.library.search.query_parser import Question
from reader.library.search.snippets import Found
from reader.library.store.database import Database
from reader.progress import Report, silent


class Search:
    """All that is asked of the index; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.search``."""
        self._database = database

    def ids(self, question: Question, *, limit: int = 100) -> list[int]:
        """Return the articles a question is about: the best first; the newest where that is quick.

        Quick is what counts while a person types, and where the words are in most articles.
        """
        with self._reading() as connection:
            return query_sql.found(connection, question, limit)

    def found(self, ids: Sequence[int], question: Question) -> list[Found]:
        """Return titles and snippets of articles with marks, for the rows that are seen."""
        with self._reading() as connection:
            return snippets.found(connection, question, ids)

    def words_on_page(self, id: int, question: Question) -> tuple[str, ...]:
        """Return what an article says of what was looked for, as it is written there."""
        with self._reading() as connection:
            return snippets.on_page(connection, question, id)

    def suggestions(self, text: str) -> list[str]:
        """Return texts that the text of a question may become: names and values of fields."""
        with self._reading() as connection:
            return completion.suggestions(connection, text)

    def waiting(self) -> int:
        """Return how many articles cannot be found yet, because the index is being made."""
        with self._reading() as connection:
            return indexing.waiting(connection)

    def prepare(self, report: Report = silent) -> None:
        """Bring the index up, for the background: at the start and after many came in.

        What is missing is entered and damage repaired, in slices between which others may write.
        """
        indexing.prepare(self._database, report)

    def rebuild(self, report: Report = silent) -> None:
        """Make the index again from the articles, in the same slices."""
        indexing.rebuild(self._database, report)

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        try:
            with self._database.reading() as connection:
                yield connection
        except NotALibrary as error:
            raise LibraryError(
                "The index of words is damaged; your articles need not be. "
                "“reader search --rebuild” makes it again."
            ) from error
        except LibraryError as error:
            if not isinstance(error.__cause__, apsw.SQLError) or not self._database.read_only:
                raise
            raise LibraryError(
                "This library was written by an older Reader and may only be read, so it cannot "
                "be searched. Give yourself the right to write to it, then open it again."
            ) from error
