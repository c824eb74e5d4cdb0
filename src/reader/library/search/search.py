"""Full-text search, as ``library.search``."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager

import apsw

from reader.errors import LibraryError, NotALibrary
from reader.library.articles import queries, records
from reader.library.search import completion, indexing, query_sql, snippets
from reader.library.search.query_parser import Question
from reader.library.search.snippets import Found
from reader.library.store.collation import sort_key
from reader.library.store.database import Database
from reader.model import Row
from reader.progress import Report, silent


class Search:
    """The search of a library; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.search``."""
        self._database = database

    def ids(self, question: Question, *, limit: int = 100) -> list[int]:
        """Return the ids of the articles that match a question, the best first.

        While the user types, or if the words are in most articles, speed matters more: then the
        newest come first.
        """
        with self._reading() as connection:
            return query_sql.found(connection, question, limit)

    def titled(self, words: str, limit: int) -> list[Row]:
        """Return up to ``limit`` articles whose titles start with some words."""
        sql, values = queries.titled(sort_key(words))
        with self._database.reading() as connection:
            return records.rows(connection, f"{sql} LIMIT ?", [*values, limit])

    def found(self, ids: Sequence[int], question: Question) -> list[Found]:
        """Return titles and snippets of articles with marked matches."""
        with self._reading() as connection:
            return snippets.found(connection, question, ids)

    def words_on_page(self, id: int, question: Question) -> tuple[str, ...]:
        """Return the matches in the text of an article, as they are written there."""
        with self._reading() as connection:
            return snippets.on_page(connection, question, id)

    def suggestions(self, text: str) -> list[str]:
        """Return completed texts of a query, with names and values of fields."""
        with self._reading() as connection:
            return completion.suggestions(connection, text)

    def waiting(self) -> int:
        """Return the number of articles that are not indexed yet."""
        with self._reading() as connection:
            return indexing.waiting(connection)

    def prepare(self, report: Report = silent) -> None:
        """Update the index, in the background: at the start and after large imports.

        It indexes missing articles and repairs damage, in slices so that others may write.
        """
        indexing.prepare(self._database, report)

    def rebuild(self, report: Report = silent) -> None:
        """Rebuild the index from the articles, in the same slices."""
        indexing.rebuild(self._database, report)

    @contextmanager
    def _reading(self) -> Iterator[apsw.Connection]:
        try:
            with self._database.reading() as connection:
                yield connection
        except NotALibrary as error:
            raise LibraryError(
                "The search index is damaged; your articles need not be. "
                "“reader search --rebuild” rebuilds it."
            ) from error
        except LibraryError as error:
            if not isinstance(error.__cause__, apsw.SQLError) or not self._database.read_only:
                raise
            raise LibraryError(
                "This library was written by an older Reader and is read-only, so it cannot be "
                "searched. Give yourself permission to write to it, then open it again."
            ) from error
