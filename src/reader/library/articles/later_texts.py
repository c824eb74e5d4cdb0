"""Texts that are fetched later, as ``library.downloads.later``: slowly, or when they are opened.

The marks belong to this device: another one that has the same articles begins nothing.
"""

import json
from collections.abc import Iterable
from typing import NamedTuple

import apsw

from reader.library.history import devices
from reader.library.store import clock
from reader.library.store.database import Database, rows
from reader.model import FailureKind

_UNREACHED = 5
"""The attempts after which a host that was never reached counts as dead."""
DEAD = f"(again_at = '' OR (kind = '{FailureKind.OFFLINE}' AND tries >= {_UNREACHED}))"
"""The condition on failures that are not over soon."""
_WAITING = "downloaded_at = '' AND state <> 'trash' AND url LIKE 'http%'"
_PAUSED = "slow_texts_paused"


class Waiting(NamedTuple):
    """A web article that waits for its text."""

    id: int
    url: str


class Dead(NamedTuple):
    """A web article whose text does not come any more, and why."""

    id: int
    url: str
    kind: FailureKind
    status: int = 0


class Tally(NamedTuple):
    """How many texts are at home, waiting or dead, and how many of those that wait are slow."""

    home: int = 0
    waiting: int = 0
    dead: int = 0
    slow: int = 0


class LaterTexts:
    """The texts of a library that are fetched later; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``library.downloads.later``."""
        self._database = database

    def slow(self) -> list[Waiting]:
        """Return the articles to fetch slowly on this device now, the newest of the queue first."""
        sql = (
            "SELECT article.id, url FROM later_text JOIN article "
            "ON article.id = later_text.article "
            "LEFT JOIN download_failure AS its ON its.article = article.id "
            f"WHERE device = ?1 AND {_WAITING} "
            "AND (kind IS NULL OR (again_at <> '' AND (again_at <= ?2 OR tried_at > ?2))) "
            "ORDER BY state <> 'queue', added_at DESC, article.id DESC"
        )
        with self._database.reading() as connection:
            found = rows(connection, sql, (devices.id_of(connection), clock.now()))
            return [Waiting(*each) for each in found]

    def newest(self) -> int:
        """Return the greatest id of an article that is fetched later, 0 if there is none."""
        with self._database.reading() as connection:
            return int(connection.execute("SELECT max(article) FROM later_text").get or 0)

    def every(self, *, with_dead: bool = False) -> list[Waiting]:
        """Return all waiting articles, the newest of the queue first; dead ones only if wanted."""
        sql = (
            "SELECT article.id, url FROM article LEFT JOIN download_failure AS its "
            f"ON its.article = article.id WHERE {_WAITING} AND (kind IS NULL OR ? OR NOT {DEAD}) "
            "ORDER BY state <> 'queue', added_at DESC, article.id DESC"
        )
        with self._database.reading() as connection:
            return [Waiting(*each) for each in rows(connection, sql, (with_dead,))]

    def waits(self, id: int) -> bool:
        """Return whether an article still waits for its text."""
        sql = f"SELECT EXISTS (SELECT 1 FROM article WHERE id = ? AND {_WAITING})"
        with self._database.reading() as connection:
            return bool(connection.execute(sql, (id,)).get)

    def is_wanted_when_opened(self, id: int) -> bool:
        """Return whether the text of an article is fetched when it is opened."""
        sql = (
            "SELECT EXISTS (SELECT 1 FROM later_text JOIN article ON id = later_text.article "
            "LEFT JOIN download_failure AS its ON its.article = id "
            f"WHERE id = ?1 AND {_WAITING} AND "
            "(kind IS NULL OR (again_at <> '' AND (again_at <= ?2 OR tried_at > ?2))))"
        )
        with self._database.reading() as connection:
            return bool(connection.execute(sql, (id, clock.now())).get)

    def fetch_slowly(self, ids: Iterable[int]) -> None:
        """Have this device fetch the texts of articles slowly, from now on."""
        with self._database.writing() as connection:
            mark(connection, ids, devices.id_of(connection))

    def try_again(self, ids: Iterable[int]) -> None:
        """Have this device fetch the texts of articles slowly, as if it had not been tried."""
        ids = [*ids]
        with self._database.writing() as connection:
            mark(connection, ids, devices.id_of(connection))
            sql = "DELETE FROM download_failure WHERE article IN (SELECT value FROM json_each(?))"
            connection.execute(sql, (json.dumps(ids),))

    def tally(self) -> Tally:
        """Return how many texts are at home, waiting and dead; the trash does not count."""
        sql = (
            "SELECT (SELECT count(*) FROM article WHERE state <> 'trash' AND downloaded_at <> ''), "
            f"total(NOT dead), total(dead), total(NOT dead AND device = ?) FROM (SELECT device, "
            f"kind IS NOT NULL AND {DEAD} AS dead FROM article "
            "LEFT JOIN download_failure AS its ON its.article = article.id "
            f"LEFT JOIN later_text ON later_text.article = article.id WHERE {_WAITING})"
        )
        with self._database.reading() as connection:
            return Tally(*map(int, rows(connection, sql, (devices.id_of(connection),))[0]))

    def dead(self) -> list[Dead]:
        """Return the articles whose text does not come any more, the newest first."""
        sql = (
            "SELECT article.id, url, kind, status FROM article JOIN download_failure AS its "
            f"ON its.article = article.id WHERE {_WAITING} AND {DEAD} "
            "ORDER BY added_at DESC, article.id DESC"
        )
        known = {*FailureKind}
        with self._database.reading() as connection:
            return [
                Dead(id, url, FailureKind(kind) if kind in known else FailureKind.OTHER, status)
                for id, url, kind, status in rows(connection, sql)
            ]

    def note_rest(self, site: str, seconds: int) -> None:
        """Note that a site asks to be left alone for some seconds."""
        until = clock.text(clock.seconds() + seconds)
        with self._database.writing() as connection:
            connection.execute("DELETE FROM site_rest WHERE until <= ?", (clock.now(),))
            sql = "INSERT OR REPLACE INTO site_rest VALUES (?, ?)"
            connection.execute(sql, (site, until))

    def rests(self) -> dict[str, int]:
        """Return the sites to leave alone, and for how many seconds."""
        now = clock.seconds()
        sql = "SELECT site, unixepoch(until) FROM site_rest"
        with self._database.reading() as connection:
            found = rows(connection, sql)
        return {site: int(until) - now for site, until in found if until and until > now}

    @property
    def is_paused(self) -> bool:
        """Whether the user paused slow downloads."""
        with self._database.reading() as connection:
            sql = "SELECT value FROM setting WHERE name = ?"
            return bool(connection.execute(sql, (_PAUSED,)).get)

    def pause(self, on: bool) -> None:
        """Pause slow downloads, or let them go on; it stays so."""
        with self._database.writing() as connection:
            connection.execute("DELETE FROM setting WHERE name = ?", (_PAUSED,))
            if on:
                connection.execute("INSERT INTO setting VALUES (?, '1')", (_PAUSED,))


def mark(connection: apsw.Connection, ids: Iterable[int], device: str) -> None:
    """Mark articles without a text as fetched by a device slowly, or by none."""
    connection.execute(
        "INSERT OR REPLACE INTO later_text SELECT article.id, ?2 FROM json_each(?1) "
        "JOIN article ON article.id = value WHERE downloaded_at = ''",
        (json.dumps([*ids]), device),
    )


def forget(connection: apsw.Connection, id: int) -> None:
    """Delete the mark of an article."""
    connection.execute("DELETE FROM later_text WHERE article = ?", (id,))
