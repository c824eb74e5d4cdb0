"""The traces of downloads on this device, as ``library.downloads``: failures and site icons.

Neither is a part of the log: another device has a network of its own.
"""

import json
from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

import apsw

from reader.library.articles import later_texts
from reader.library.articles.later_texts import LaterTexts
from reader.library.store import clock
from reader.library.store.database import Database, rows
from reader.model import Failure, FailureKind

_PAUSES = (300, 900, 3_600, 4 * 3_600, 12 * 3_600, clock.DAY)
"""The seconds until an article is tried again, after its first failure and each further one."""
_LONGEST_PAUSE = 7 * clock.DAY
_PASSING = (FailureKind.OFFLINE, FailureKind.SLOW, FailureKind.SERVER)
"""What may be over soon, so that the article is tried again by itself."""
_ICON_DAYS = 30

_WAITING = "downloaded_at = '' AND state <> 'trash' AND url LIKE 'http%'"
"""The condition on web articles to download."""
_HOST = "substr(url, instr(url, '://') + 3)"
FAILED = "downloaded_at = '' AND EXISTS (SELECT 1 FROM download_failure WHERE article = article.id)"
"""The condition on articles without a text whose last download failed."""
FAILURE = (
    "iif(downloaded_at = '', (SELECT printf('%s %d %s %d %s', kind, status, tried_at, tries, "
    "again_at) FROM download_failure AS its WHERE its.article = article.id), NULL)"
)
"""SQL for the failure of an article, null if it has a text or was not tried."""
ICON = (
    f"(SELECT name FROM site_icon WHERE host = substr({_HOST}, 1, instr({_HOST} || '/', '/') - 1))"
)
"""SQL for the icon of the site of an article, null or '' if none is known."""


class Standing(NamedTuple):
    """How many articles are at home, waiting for their text, or dead: not tried again by itself."""

    home: int = 0
    waiting: int = 0
    dead: int = 0


class Downloads:
    """The failures and icons of a library; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.downloads``."""
        self._database = database

    @cached_property
    def later(self) -> LaterTexts:
        """The texts that are fetched slowly, or when they are opened."""
        return LaterTexts(self._database)

    def note_failure(self, id: int, kind: FailureKind, status: int = 0, pause: int = 0) -> Failure:
        """Store a failed attempt; ``pause`` is how long the server asks to wait, in seconds."""
        with self._database.writing() as connection:
            sql = "SELECT tries FROM download_failure WHERE article = ?"
            tries = int(connection.execute(sql, (id,)).get or 0) + 1
            again_at = _again_at(kind, tries, pause)
            failure = Failure(kind, status, clock.now(), tries, again_at)
            connection.execute(
                "INSERT OR REPLACE INTO download_failure (article, kind, status, tried_at, tries, "
                "again_at) SELECT id, ?2, ?3, ?4, ?5, ?6 FROM article WHERE id = ?1",
                (id, str(kind), *failure[1:]),
            )
        return failure

    def waiting(self) -> list[int]:
        """Return the ids of web articles that are not downloaded yet, oldest first."""
        sql = f"SELECT id FROM article WHERE {_WAITING} ORDER BY added_at, id"
        with self._database.reading() as connection:
            return [int(id) for (id,) in rows(connection, sql)]

    def standing(self, ids: Sequence[int]) -> Standing:
        """Return how many of some articles are at home, waiting, dead; the trash does not count."""
        sql = (
            "SELECT total(downloaded_at <> ''), total(downloaded_at = '' AND dead IS NULL), "
            "total(downloaded_at = '' AND dead) FROM (SELECT DISTINCT value FROM json_each(?)) "
            "JOIN article ON article.id = value LEFT JOIN "
            f"(SELECT article, 1 AS dead FROM download_failure WHERE {later_texts.DEAD}) "
            "AS its ON its.article = article.id WHERE state <> 'trash'"
        )
        with self._database.reading() as connection:
            return Standing(*map(int, rows(connection, sql, (json.dumps([*ids]),))[0]))

    def with_missing_pictures(self) -> list[int]:
        """Return the ids of articles with images that are not downloaded, oldest first."""
        sql = (
            "SELECT id FROM article JOIN content ON content.article = id "
            "WHERE state <> 'trash' AND instr(html, '<img src=\"\"') ORDER BY id"
        )
        with self._database.reading() as connection:
            return [int(id) for (id,) in rows(connection, sql)]

    def due(self, *, at_start: bool = False) -> list[int]:
        """Return the waiting web articles to download now, oldest first.

        Those that were not tried yet are among them, and those whose pause is over. ``at_start``
        also those that could not be reached: there may be a network now. Articles to fetch later
        are not among them.
        """
        offline = str(FailureKind.OFFLINE) if at_start else ""
        sql = (
            "SELECT id FROM article LEFT JOIN download_failure AS its ON its.article = id "
            f"WHERE {_WAITING} AND ("
            "kind IS NULL OR kind = ?2 OR (again_at <> '' AND (again_at <= ?1 OR tried_at > ?1))) "
            "AND NOT EXISTS (SELECT 1 FROM later_text WHERE later_text.article = id) "
            "ORDER BY added_at, id"
        )
        with self._database.reading() as connection:
            return [int(id) for (id,) in rows(connection, sql, (clock.now(), offline))]

    def wants_icon(self, url: str) -> bool:
        """Return whether the icon of the site of a URL is to be asked for."""
        sql = "SELECT asked_at FROM site_icon WHERE host = ?"
        with self._database.reading() as connection:
            asked_at = connection.execute(sql, (_host(url),)).get
        now = clock.seconds()
        recent = clock.text(now - _ICON_DAYS * clock.DAY) < str(asked_at or "") <= clock.text(now)
        return not recent

    def keep_icon(self, url: str, name: str) -> None:
        """Store the name of the icon of the site of a URL; ``""`` keeps the one that is known."""
        host = _host(url)
        with self._database.writing() as connection:
            sql = "SELECT name FROM site_icon WHERE host = ?"
            had = str(connection.execute(sql, (host,)).get or "")
            if had and name and had != name:
                connection.execute("INSERT OR IGNORE INTO loose_picture VALUES (?)", (had,))
            connection.execute(
                "INSERT OR REPLACE INTO site_icon VALUES (?, ?, ?)",
                (host, name or had, clock.now()),
            )


def forget_failure(connection: apsw.Connection, id: int) -> None:
    """Delete the traces of attempts at an article that has its text now."""
    connection.execute("DELETE FROM download_failure WHERE article = ?", (id,))
    later_texts.forget(connection, id)


def failure_of(stored: str) -> Failure | None:
    """Return a failure from the value of ``FAILURE``, None if there is none."""
    kind, status, tried_at, tries, again_at = (*stored.split(" "), "", "", "", "", "")[:5]
    if not kind:
        return None
    known = FailureKind(kind) if kind in [*FailureKind] else FailureKind.OTHER
    return Failure(known, _number(status), tried_at, max(1, _number(tries)), again_at)


def _host(url: str) -> str:
    from urllib.parse import urlsplit  # not needed by a list

    return urlsplit(url).netloc


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _again_at(kind: FailureKind, tries: int, pause: int) -> str:
    """Return when an article is tried again by itself, ``""`` if it is not."""
    if kind not in _PASSING and not pause:
        return ""
    usual = _PAUSES[min(tries, len(_PAUSES)) - 1]
    return clock.text(clock.seconds() + min(max(usual, pause), _LONGEST_PAUSE))
