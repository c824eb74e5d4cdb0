"""The vocabulary of the library, for completing words.

A new word is added at once. The number of articles with a word is counted from the index in the
background, when the library has grown by an eighth. Updating it for every article would write
hundreds of pages, and only the order of frequent words depends on it.
"""

import heapq
import json
import time
from collections.abc import Iterable, Mapping

import apsw

from reader.library.store.collation import LAST
from reader.library.store.database import Database, rows
from reader.progress import Report

LONGEST = 40
"""The length of the longest word; longer ones are URLs and data, which nobody types."""

_LONGEST_START = 4
_CROWD = 400
_GROWTH = 8
_KEPT = 100
_SLICE = 2000
_COUNTED = "words_counted_in"


def add(connection: apsw.Connection, found: Iterable[str]) -> None:
    """Add words to the vocabulary."""
    # Sorted and by one statement: half the work for many words.
    fresh = json.dumps(sorted(word for word in found if len(word) <= LONGEST))
    sql = "INSERT OR IGNORE INTO term SELECT value, 1 FROM json_each(?)"
    connection.execute(sql, (fresh,))


def completions(connection: apsw.Connection, start: str, most: int) -> list[tuple[str, int]]:
    """Return the most frequent words with a prefix, and the number of articles with each."""
    sql = "SELECT word, articles FROM completion WHERE start = ? ORDER BY articles DESC LIMIT ?"
    found = rows(connection, sql, (start, most)) if len(start) <= _LONGEST_START else []
    if not found:
        sql = "SELECT word, articles FROM term WHERE word >= ? AND word < ? ORDER BY 2 DESC LIMIT ?"
        found = rows(connection, sql, (start, start + LAST, most))
    return found


def articles_with(connection: apsw.Connection, word: str) -> int:
    """Return the approximate number of articles with a word."""
    return int(connection.execute("SELECT articles FROM term WHERE word = ?", (word,)).get or 0)


def forget_count(connection: apsw.Connection) -> None:
    """Make the next count due, so that it corrects the numbers."""
    connection.execute("DELETE FROM setting WHERE name = ?", (_COUNTED,))


def is_count_due(connection: apsw.Connection, more: int = 0) -> bool:
    """Return whether the number of articles has changed much since the last count."""
    articles = int(connection.execute("SELECT count(*) FROM search_docsize").get or 0)
    counted = int(
        connection.execute("SELECT value FROM setting WHERE name = ?", (_COUNTED,)).get or 0
    )
    return abs(articles + more - counted) * _GROWTH > counted


def count(database: Database, report: Report) -> None:
    """Count the words again if it is due."""
    with database.reading() as connection:
        if not is_count_due(connection):
            return
        articles = connection.execute("SELECT count(*) FROM search_docsize").get
    crowds, word = _Crowds(), ""
    while word != LAST:
        report(0, 0, "Counting words")
        began = time.monotonic()
        word = _count_slice(database, word, crowds)
        time.sleep(time.monotonic() - began)
    with database.writing() as connection:
        connection.execute(
            "INSERT OR REPLACE INTO setting VALUES (?, ?)", (_COUNTED, str(articles))
        )


class _Crowds:
    """The most frequent words of each prefix, collected from all words in sorted order."""

    def __init__(self) -> None:
        self._starts: dict[str, list[tuple[int, str]]] = {}
        self._sizes: dict[str, int] = {}
        self.over: dict[str, list[tuple[int, str]]] = {}

    def add(self, word: str, articles: int) -> None:
        """Add the next word in sorted order."""
        starts = {word[:length] for length in range(1, min(len(word), _LONGEST_START) + 1)}
        for start in self._sizes.keys() - starts:
            self._end(start)
        for start in starts:
            best = self._starts.setdefault(start, [])
            self._sizes[start] = self._sizes.get(start, 0) + 1
            add = heapq.heappush if len(best) < _KEPT else heapq.heappushpop
            add(best, (articles, word))

    def end(self) -> None:
        """Finish after the last word."""
        for start in [*self._sizes]:
            self._end(start)

    def _end(self, start: str) -> None:
        best = self._starts.pop(start)
        if self._sizes.pop(start) > _CROWD:
            self.over[start] = best


def _count_slice(database: Database, after: str, crowds: _Crowds) -> str:
    """Count a slice of the words after ``after``; return the last word of the slice."""
    with database.reading() as connection:
        sql = "SELECT term, doc FROM search_word WHERE term > ? ORDER BY term LIMIT ?"
        found = dict(rows(connection, sql, (after, _SLICE)))
        last = max(found) if len(found) == _SLICE else LAST
        sql = "SELECT word, articles FROM term WHERE word > ? AND word <= ?"
        had = dict(rows(connection, sql, (after, last)))
    found = {word: articles for word, articles in found.items() if len(word) <= LONGEST}
    for word, articles in found.items():
        crowds.add(word, articles)
    if last == LAST:
        crowds.end()
    with database.writing() as connection:
        _write(connection, had, found)
        _write_crowds(connection, crowds)
    return last


def _write(connection: apsw.Connection, had: Mapping[str, int], found: Mapping[str, int]) -> None:
    others = [(word, n) for word, n in found.items() if had.get(word) != n]
    connection.executemany("INSERT OR REPLACE INTO term VALUES (?, ?)", others)
    gone = [(word,) for word in had.keys() - found.keys()]
    connection.executemany("DELETE FROM term WHERE word = ?", gone)


def _write_crowds(connection: apsw.Connection, crowds: _Crowds) -> None:
    for start, best in crowds.over.items():
        connection.execute("DELETE FROM completion WHERE start = ?", (start,))
        connection.executemany(
            "INSERT INTO completion VALUES (?, ?, ?)", [(start, word, n) for n, word in best]
        )
    crowds.over.clear()
