"""Highlights, as ``library.highlights``: marked words of articles, in the order of the text."""

import json
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import apsw

from reader.anchor import Anchor
from reader.entries import Highlight
from reader.library.highlights import store
from reader.library.store.database import Database, rows

_FOUND = (
    'SELECT article, sha256, start, "end", '
    f"{', '.join(Highlight._fields)} FROM highlight "
    "LEFT JOIN highlight_place ON highlight = highlight.id "
    "WHERE article IN (SELECT value FROM json_each(?)) ORDER BY made_at, highlight.id"
)


class Stored(NamedTuple):
    """A highlight with its place in the text; ``start`` is None if it has none.

    A note on the whole article has no quote and no place. ``sha256`` is that of the text in which
    the place was looked for, empty if it never was.
    """

    highlight: Highlight
    start: Anchor | None = None
    end: Anchor | None = None
    sha256: bytes = b""


class Highlights:
    """The highlights of a library; every method may raise LibraryError.

    ``ingest.highlights`` finds their places, for those who need them in the present text.
    """

    def __init__(self, database: Database) -> None:
        """Use ``Library.highlights``."""
        self._database = database

    def of(self, article: int) -> list[Stored]:
        """Return the highlights of an article in the order of the text, those without a place last.

        Notes on the whole article come first.
        """
        return self.of_many([article]).get(article, [])

    def of_many(self, articles: Sequence[int]) -> dict[int, list[Stored]]:
        """Return the highlights of articles by their ids; an article without any is left out."""
        found: dict[int, list[Stored]] = {}
        with self._database.reading() as connection:
            for article, *told in rows(connection, _FOUND, (json.dumps([*articles]),)):
                found.setdefault(int(article), []).append(_stored(told))
        return {id: sorted(found[id], key=order) for id in articles if id in found}

    def count(self, article: int) -> int:
        """Return the number of highlights of an article."""
        sql = "SELECT count(*) FROM highlight WHERE article = ?"
        with self._database.reading() as connection:
            return int(connection.execute(sql, (article,)).get or 0)

    def all(self) -> list[int]:
        """Return the articles with highlights that are not in the trash."""
        sql = (
            "SELECT DISTINCT article FROM highlight JOIN article ON article.id = article "
            "WHERE state <> 'trash' ORDER BY article"
        )
        with self._database.reading() as connection:
            return [int(id) for (id,) in rows(connection, sql)]

    def text_of(self, article: int) -> bytes:
        """Return the SHA-256 of the text of an article, empty if it has none."""
        sql = "SELECT sha256 FROM content WHERE article = ? AND html <> ''"
        with self._database.reading() as connection:
            return bytes(connection.execute(sql, (article,)).get or b"")

    def keep_places(
        self, sha256: bytes, places: Mapping[str, tuple[Anchor, Anchor] | None]
    ) -> None:
        """Store the places of highlights in a text, by their uids; None if it has none there."""
        if self._database.read_only or self._database.is_damaged:
            return
        with self._database.writing() as connection:
            for uid, place in places.items():
                _keep(connection, sha256, uid, place)


def order(stored: Stored) -> tuple[int, int, int]:
    """Return the sort key of a highlight in the order of the text."""
    if not stored.highlight.quote:
        return (0, 0, 0)
    if stored.start is None:
        return (2, 0, 0)
    return (1, stored.start.block, stored.start.offset)


def _stored(told: Sequence[object]) -> Stored:
    sha256, start, end, *fields = told
    highlight = store.from_row([str(each) for each in fields])
    if not start:
        return Stored(highlight, sha256=bytes(sha256 or b""))  # type: ignore[call-overload]
    return Stored(highlight, Anchor.parse(str(start)), Anchor.parse(str(end)), bytes(sha256))  # type: ignore[call-overload]


def _keep(
    connection: apsw.Connection, sha256: bytes, uid: str, place: tuple[Anchor, Anchor] | None
) -> None:
    start, end = (str(each) for each in place or ("", ""))
    connection.execute(
        "INSERT INTO highlight_place SELECT id, ?, ?, ? FROM highlight WHERE uid = ? "
        "ON CONFLICT DO UPDATE SET sha256 = excluded.sha256, start = excluded.start, "
        '"end" = excluded."end"',
        (sha256, start, end, uid),
    )
