"""The diary of reading: how long, how far and on which days; no step for undo."""

from typing import NamedTuple

import apsw

from reader.library.history import changes
from reader.library.store.database import Database, rows

# The plus keeps SQLite from walking through the reading of all years in the order of articles.
_READ = (
    "(SELECT article, sum(seconds) AS seconds FROM reading WHERE day >= ? GROUP BY +article) "
    "AS read"
)
_SITES = f"""
SELECT CASE site WHEN '' THEN byline ELSE site END AS name, sum(read.seconds) AS seconds
FROM {_READ} JOIN article ON id = article WHERE name <> ''
GROUP BY name ORDER BY seconds DESC, name LIMIT ?
"""
_TAGS = f"""
SELECT name, sum(read.seconds) AS seconds
FROM {_READ} JOIN article_tag AS given ON given.article = read.article
JOIN tag ON tag.id = given.tag
GROUP BY tag.id ORDER BY seconds DESC, name LIMIT ?
"""
_NOTE = """
INSERT INTO reading (day, article, seconds, words) VALUES (?, ?, ?, ?)
ON CONFLICT (day, article) DO UPDATE
SET seconds = seconds + excluded.seconds, words = words + excluded.words
"""


class Day(NamedTuple):
    """The sums of a day; ``date`` is ``2026-11-25`` of the person's own clock."""

    date: str
    seconds: int = 0
    words: int = 0
    added: int = 0
    finished: int = 0


class Share(NamedTuple):
    """A site or tag, and how long it was read."""

    name: str
    seconds: int


class Known(NamedTuple):
    """An article that statistics name: ``views`` is how often it was opened."""

    id: int
    title: str
    added_at: str
    views: int


class Diary:
    """What reading leaves behind in a library, to look at and to clear."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, day: str, article: int, seconds: int, words: int) -> None:
        """Note that an article was read for so long and so far on a day."""
        with self._database.writing() as connection:
            connection.execute(_NOTE, (day, article, seconds, words))

    def days(self) -> list[Day]:
        """Return all days that anything happened on, in their order."""
        with self._database.reading() as connection:
            sql = "SELECT date, seconds, words, added, finished FROM day ORDER BY date"
            return [Day(*found) for found in rows(connection, sql)]

    def read_since(self, day: str) -> list[tuple[str, int]]:
        """Return which articles were read on which days."""
        with self._database.reading() as connection:
            return rows(connection, "SELECT day, article FROM reading WHERE day >= ?", (day,))

    def articles(self) -> int:
        """Return how many articles were ever read in."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(DISTINCT article) FROM reading").get or 0)

    def views(self) -> int:
        """Return how often articles were opened."""
        sql = "SELECT sum(views) FROM article WHERE views > 0 AND state <> 'trash'"
        with self._database.reading() as connection:
            return int(connection.execute(sql).get or 0)

    def sites(self, since: str, most: int = 10) -> list[Share]:
        """Return the sites that were read longest since a day."""
        with self._database.reading() as connection:
            return [Share(*found) for found in rows(connection, _SITES, (since, most))]

    def tags(self, since: str, most: int = 10) -> list[Share]:
        """Return the tags that were read longest since a day."""
        with self._database.reading() as connection:
            return [Share(*found) for found in rows(connection, _TAGS, (since, most))]

    def most_opened(self, most: int = 5) -> list[Known]:
        """Return the articles that were opened most."""
        return self._known("views > 0 AND state <> 'trash' ORDER BY views DESC, id DESC", most)

    def oldest_waiting(self) -> Known | None:
        """Return what has been in the queue for longest."""
        found = self._known("state = 'queue' ORDER BY added_at, id", 1)
        return found[0] if found else None

    def clear(self, *, views: bool = False) -> None:
        """Forget what was read when; ``views`` also how often articles were opened.

        What was added and finished are dates of the articles themselves, so they stay.
        """
        with self._database.writing() as connection:
            connection.execute("DELETE FROM reading")
            connection.execute("UPDATE day SET seconds = 0, words = 0")
            connection.execute("DELETE FROM day WHERE added = 0 AND finished = 0")
            if views:
                opened = rows(connection, "SELECT id FROM article WHERE views > 0")
                ids = [id for (id,) in opened]
                changes.write(connection, None, ids, "views", 0)

    def _known(self, which: str, most: int) -> list[Known]:
        sql = f"SELECT id, title, added_at, views FROM article WHERE {which} LIMIT ?"
        with self._database.reading() as connection:
            return [Known(*found) for found in rows(connection, sql, (most,))]


def moved(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Hand the reading of an article over to the one it turned out to be."""
    sql = "SELECT day, seconds, words FROM reading WHERE article = ?"
    for day, seconds, words in rows(connection, sql, (goes,)):
        connection.execute(_NOTE, (day, stays, seconds, words))
    connection.execute("DELETE FROM reading WHERE article = ?", (goes,))
