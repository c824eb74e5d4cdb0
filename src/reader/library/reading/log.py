"""The diary of reading: how long, how far and on which days; no step for undo."""

from collections.abc import Collection
from typing import NamedTuple

import apsw

from reader.anchor import Anchor
from reader.library.history import changes, identity, stamps
from reader.library.history.entities import Field, Kind
from reader.library.store import clock
from reader.library.store.collation import digest
from reader.library.store.database import Database, rows

# The plus keeps SQLite from walking through the reading of all years in the order of articles.
_READ = (
    "(SELECT article, sum(seconds) AS seconds FROM reading WHERE day >= ? GROUP BY +article) "
    "AS read"
)
_SITES = f"""
SELECT CASE site WHEN '' THEN byline ELSE site END AS name, sum(read.seconds) AS seconds
FROM {_READ} JOIN article ON article.uid = read.article WHERE name <> ''
GROUP BY name ORDER BY seconds DESC, name LIMIT ?
"""
_TAGS = f"""
SELECT name, sum(read.seconds) AS seconds
FROM {_READ} JOIN article ON article.uid = read.article
JOIN article_tag AS given ON given.article = article.id
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


class ReadingLog:
    """What reading leaves behind in a library, to look at and to clear."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count_view(self, id: int) -> None:
        """Count one more view of an article."""
        with self._database.writing() as connection:
            field = f"views/{stamps.pen(connection).id}"  # each device counts its own
            views = int(changes.last(connection, identity.of(connection, id), field) or 0)
            changes.write(connection, None, [id], field, views + 1)
            changes.write(connection, None, [id], "opened_at", clock.now())

    def keep_position(self, id: int, position: Anchor, progress: float) -> None:
        """Keep where reading stopped; ``progress`` is 0 to 1."""
        with self._database.writing() as connection:
            value = f"{float(round(progress, 4))} {position}"
            changes.write(connection, None, [id], "position", value)

    def note(self, day: str, article: int, seconds: int, words: int) -> None:
        """Note that an article was read for so long and so far on a day."""
        with self._database.writing() as connection:
            # An article that is deleted leaves its time behind, so it need not be there any longer.
            uid = identity.of(connection, article) or digest(f"deleted {article}")
            field = f"read/{day}/{stamps.pen(connection).id}"
            had = changes.last(connection, uid, field) or "0 0"
            before = _parsed(had)
            value = f"{before[0] + seconds} {before[1] + words}"
            cleared = cleared_at(connection)
            changes.record(connection, None, uid, field, had, value, after=cleared)
            connection.execute(_NOTE, (day, uid, seconds, words))

    def days(self) -> list[Day]:
        """Return all days that anything happened on, in their order."""
        with self._database.reading() as connection:
            sql = "SELECT date, seconds, words, added, finished FROM day ORDER BY date"
            return [Day(*found) for found in rows(connection, sql)]

    def read_since(self, day: str) -> list[tuple[str, str]]:
        """Return which articles, by their uids, were read on which days."""
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
            sql = "SELECT max(stamp) FROM change WHERE field LIKE 'read/%'"
            last = str(connection.execute(sql).get or "")
            changes.record(connection, None, CLEARED, "reading", "", "", after=last)
            _forget(connection)
            if views:
                sql = "SELECT DISTINCT entity, field FROM change WHERE field LIKE 'views/%'"
                for uid, field in rows(connection, sql):
                    changes.put(connection, None, uid, field, 0)

    def _known(self, which: str, most: int) -> list[Known]:
        sql = f"SELECT id, title, added_at, views FROM article WHERE {which} LIMIT ?"
        with self._database.reading() as connection:
            return [Known(*found) for found in rows(connection, sql, (most,))]


def moved(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Hand the reading of an article over to the one it turned out to be."""
    uid, gone = (identity.of(connection, id) for id in (stays, goes))
    sql = "SELECT day, seconds, words FROM reading WHERE article = ?"
    for day, seconds, words in rows(connection, sql, (gone,)):
        connection.execute(_NOTE, (day, uid, seconds, words))
    connection.execute("DELETE FROM reading WHERE article = ?", (gone,))


# ---- as the history reads and writes it

CLEARED = "diary/all"
"""What was read when, as one thing: its last stamp is when it was forgotten."""


def cleared_at(connection: apsw.Connection) -> str:
    """Return the stamp up to which all reading was forgotten, ``""`` if it never was."""
    sql = "SELECT max(stamp) FROM change WHERE entity = ? AND field = 'reading'"
    return str(connection.execute(sql, (CLEARED,)).get or "")


def settle(connection: apsw.Connection, root: str, uids: Collection[str]) -> None:
    """Make the reading of an article what the log says of all its uids on all devices."""
    sums: dict[str, list[int]] = {}
    cleared = cleared_at(connection)
    sql = (
        "SELECT field, new FROM change WHERE entity = ? AND field LIKE 'read/%' AND stamp > ? "
        "ORDER BY stamp"
    )
    for uid in uids:
        for field, value in rows(connection, sql, (uid, cleared)):
            seconds, words = _parsed(value)
            day = sums.setdefault(field.split("/")[1], [0, 0])
            day[0] += seconds
            day[1] += words
    for uid in uids:
        connection.execute("DELETE FROM reading WHERE article = ?", (uid,))
    for name, told in sums.items():
        connection.execute(_NOTE, (name, root, *told))


def _forget(connection: apsw.Connection) -> None:
    """Forget all reading that was noted before it was last cleared."""
    sql = "DELETE FROM change WHERE field LIKE 'read/%' AND stamp < ?"
    connection.execute(sql, (cleared_at(connection),))
    connection.execute("DELETE FROM reading")
    connection.execute("UPDATE day SET seconds = 0, words = 0")
    connection.execute("DELETE FROM day WHERE added = 0 AND finished = 0")


def _refresh(connection: apsw.Connection, _: Collection[str]) -> None:
    if not cleared_at(connection):
        return
    _forget(connection)
    sql = "SELECT DISTINCT entity FROM change WHERE field LIKE 'read/%'"
    for (uid,) in rows(connection, sql):
        root = identity.root(connection, uid)
        settle(connection, root, identity.members(connection, root))


def _parsed(value: str | None) -> tuple[int, int]:
    seconds, _, words = (value or "").partition(" ")
    return int(seconds or 0), int(words or 0)


def _read(connection: apsw.Connection, id: int, part: str) -> str:
    uid = identity.of(connection, id)
    return changes.last(connection, uid, f"read/{part}") or "0 0"


def _write(connection: apsw.Connection, id: int, part: str, value: str) -> bool:
    had, told = _parsed(_read(connection, id, part)), _parsed(value)
    more = (told[0] - had[0], told[1] - had[1])
    connection.execute(_NOTE, (part.partition("/")[0], identity.of(connection, id), *more))
    return True


READ = Field(str, _read, _write)
"""Seconds and words that were read of an article on a day on a device."""
DIARY = Kind("diary", lambda _, uid: uid, {}, _refresh)
