"""The reading log: how long and how far on which day. It is not part of undo."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

import apsw

from reader.anchor import Anchor, Reached
from reader.library.history import changes, identity, stamps
from reader.library.history.entities import Field, Kind
from reader.library.store import clock
from reader.library.store.collation import digest
from reader.library.store.database import Database, rows
from reader.model import FINISHED
from reader.steps import Verb

# The plus keeps SQLite from scanning the reading of all years in the order of articles.
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
    """The sums of a day; ``date`` is like ``2026-11-25``, in local time."""

    date: str
    seconds: int = 0
    words: int = 0
    added: int = 0
    finished: int = 0


class Share(NamedTuple):
    """A site or tag, and its reading time."""

    name: str
    seconds: int


class Known(NamedTuple):
    """An article in the statistics; ``views`` counts how often it was opened."""

    id: int
    title: str
    added_at: str
    views: int


class ReadingLog:
    """The views, reading positions and reading times in a library."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count_view(self, id: int) -> None:
        """Count one more view of an article that has a text."""
        with self._database.writing() as connection:
            if not _has_text(connection, id):
                return
            field = f"views/{stamps.pen(connection).id}"  # each device counts its own
            views = int(changes.last(connection, identity.of(connection, id), field) or 0)
            changes.write(connection, None, [id], field, views + 1)
            changes.write(connection, None, [id], "opened_at", clock.now())

    def keep_position(
        self, id: int, position: Anchor, progress: float, *, read: bool = True
    ) -> None:
        """Store the reading position of an article that has a text; ``progress`` is 0 to 1.

        An article that was finished stays finished, wherever it is opened again. A position that
        was not ``read`` up to does not become the furthest place.
        """
        with self._database.writing() as connection:
            if not _has_text(connection, id):
                return
            before, furthest = _reached(connection, id)
            stays = progress < furthest.share or (not read and progress > furthest.share)
            changes.write(connection, None, [id], "furthest", str(furthest) if stays else "")
            progress = max(progress, before) if before >= FINISHED else progress
            value = f"{float(round(progress, 4))} {position}"
            changes.write(connection, None, [id], "position", value)

    def start_again(self, ids: Sequence[int]) -> int:
        """Begin articles anew as an undo step, and keep the furthest place; return how many."""
        with changes.step_about(self._database, Verb.START_AGAIN, ids) as step:
            for id in ids:
                step.write([id], "furthest", str(_reached(step.connection, id)[1]))
            return step.write(ids, "position", f"0.0 {Anchor()}")

    def note(self, day: str, article: int, seconds: int, words: int) -> None:
        """Add reading time and words of an article to a day."""
        with self._database.writing() as connection:
            # The reading time outlives the article, which may be deleted already.
            uid = identity.of(connection, article) or digest(f"deleted {article}")
            field = f"read/{day}/{stamps.pen(connection).id}"
            had = changes.last(connection, uid, field) or "0 0"
            before = _parsed(had)
            value = f"{before[0] + seconds} {before[1] + words}"
            cleared = cleared_at(connection)
            changes.record(connection, None, uid, field, had, value, after=cleared)
            connection.execute(_NOTE, (day, uid, seconds, words))

    def days(self) -> list[Day]:
        """Return all days with any activity, in order."""
        with self._database.reading() as connection:
            sql = "SELECT date, seconds, words, added, finished FROM day ORDER BY date"
            return [Day(*found) for found in rows(connection, sql)]

    def read_since(self, day: str) -> list[tuple[str, str]]:
        """Return pairs of day and article uid for all reading since a day."""
        with self._database.reading() as connection:
            return rows(connection, "SELECT day, article FROM reading WHERE day >= ?", (day,))

    def articles(self) -> int:
        """Return the number of articles that were ever read."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT count(DISTINCT article) FROM reading").get or 0)

    def views(self) -> int:
        """Return the total number of views."""
        sql = "SELECT sum(views) FROM article WHERE views > 0 AND state <> 'trash'"
        with self._database.reading() as connection:
            return int(connection.execute(sql).get or 0)

    def sites(self, since: str, most: int = 10) -> list[Share]:
        """Return the sites with the most reading time since a day."""
        with self._database.reading() as connection:
            return [Share(*found) for found in rows(connection, _SITES, (since, most))]

    def tags(self, since: str, most: int = 10) -> list[Share]:
        """Return the tags with the most reading time since a day."""
        with self._database.reading() as connection:
            return [Share(*found) for found in rows(connection, _TAGS, (since, most))]

    def most_opened(self, most: int = 5) -> list[Known]:
        """Return the articles with the most views."""
        return self._known("views > 0 AND state <> 'trash' ORDER BY views DESC, id DESC", most)

    def oldest_waiting(self) -> Known | None:
        """Return the article that has been in the queue for longest."""
        found = self._known("state = 'queue' ORDER BY added_at, id", 1)
        return found[0] if found else None

    def clear(self, *, views: bool = False) -> None:
        """Delete all reading times; with ``views``, also reset all view counts.

        The dates of adding and finishing stay: they belong to the articles.
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


def _reached(connection: apsw.Connection, id: int) -> tuple[float, Reached]:
    """Return the progress at the reading position, and the furthest place."""
    sql = "SELECT progress, position, furthest FROM article WHERE id = ?"
    found = connection.execute(sql, (id,)).fetchone() or (0.0, "", "")
    progress = float(found[0] or 0)
    furthest = Reached.parse(str(found[2]))
    return progress, furthest if furthest.share else Reached(progress, Anchor.parse(str(found[1])))


def _has_text(connection: apsw.Connection, id: int) -> bool:
    sql = "SELECT downloaded_at <> '' FROM article WHERE id = ?"
    return bool(connection.execute(sql, (id,)).get)


def moved(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Transfer the reading time of a merged article to the one that stays."""
    uid, gone = (identity.of(connection, id) for id in (stays, goes))
    sql = "SELECT day, seconds, words FROM reading WHERE article = ?"
    for day, seconds, words in rows(connection, sql, (gone,)):
        connection.execute(_NOTE, (day, uid, seconds, words))
    connection.execute("DELETE FROM reading WHERE article = ?", (gone,))


# ---- the interface to the history

CLEARED = "diary/all"
"""The entity of the whole reading log: its last stamp is the time of the last clearing."""


def cleared_at(connection: apsw.Connection) -> str:
    """Return the stamp up to which the reading log was cleared, ``""`` if it never was."""
    sql = "SELECT max(stamp) FROM change WHERE entity = ? AND field = 'reading'"
    return str(connection.execute(sql, (CLEARED,)).get or "")


def settle(connection: apsw.Connection, root: str, uids: Collection[str]) -> None:
    """Rebuild the reading time of an article from the log: all its uids on all devices."""
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
    """Delete all reading time logged before the last clearing."""
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
"""Seconds and words read of an article on a day on a device."""
DIARY = Kind("diary", lambda _, uid: uid, {}, _refresh)
