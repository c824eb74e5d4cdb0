"""The counts of all shelves, read from tallies that triggers maintain."""

import json
from collections.abc import Sequence
from typing import Any

import apsw

from reader.library.store.collation import natural_key
from reader.library.store.database import Database, rows
from reader.model import Counts, Length, Saved

_TOP = 8
_FACETS = "SELECT name, articles FROM facet WHERE kind = ? AND articles > 0"


class Counting:
    """Counts of all shelves, as ``library.counting``."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._tags: tuple[int, dict[str, Any]] = (-1, {})

    def counts(self) -> Counts:
        """Return the number of articles on each shelf."""
        with self._database.reading() as connection:
            return Counts(
                **dict(rows(connection, "SELECT shelf, articles FROM tally")),
                **self._told_of_tags(connection),
                sites=_top(connection, "site", _TOP),
                languages=_top(connection, "language", -1),
                saved=saved(connection),
            )

    def sites(self) -> list[tuple[str, int]]:
        """Return every site and its number of articles, the largest first."""
        with self._database.reading() as connection:
            return list(_top(connection, "site", -1))

    def length(self, ids: Sequence[int]) -> Length:
        """Return how many of some articles exist, and the words in them that are not read yet."""
        sql = (
            "SELECT count(*), ifnull(sum(remaining), 0) FROM article "
            "WHERE id IN (SELECT value FROM json_each(?))"
        )
        with self._database.reading() as connection:
            articles, words = connection.execute(sql, (json.dumps([*ids]),)).get
        return Length(int(articles), int(words))

    def _told_of_tags(self, connection: apsw.Connection) -> dict[str, Any]:
        """Return tags and colours; they are read again only if they have changed."""
        mark = int(connection.execute("SELECT changes FROM tag_mark").get or 0)
        if self._tags[0] == mark and not connection.in_transaction:
            return self._tags[1]
        sql = "SELECT name, colour FROM tag WHERE colour <> '' AND articles > 0"
        told = {"tags": tuple(in_use(connection)), "colours": dict(rows(connection, sql))}
        if not connection.in_transaction:  # uncommitted values are not cached
            self._tags = (mark, told)
        return told


def in_use(connection: apsw.Connection) -> list[tuple[str, int]]:
    """Return the tags that have articles, and the sizes of their shelves, in order."""
    found = rows(connection, "SELECT name, articles FROM tag WHERE articles > 0 ORDER BY name_key")
    # Compared level by level, so that a tag is followed by its descendants.
    return sorted(found, key=lambda each: [natural_key(part) for part in each[0].split("/")])


def saved(connection: apsw.Connection) -> tuple[Saved, ...]:
    """Return the saved searches in order."""
    sql = "SELECT uid, name, question FROM saved WHERE name <> '' ORDER BY place, uid"
    return tuple(Saved(*found) for found in rows(connection, sql))


def _top(connection: apsw.Connection, kind: str, most: int) -> tuple[tuple[str, int], ...]:
    sql = f"{_FACETS} ORDER BY articles DESC, name DESC LIMIT ?"
    return tuple(rows(connection, sql, (kind, most)))
