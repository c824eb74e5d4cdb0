"""Merging two articles into the older one, which gets the data of both."""

from collections.abc import Sequence

import apsw

from reader.library.articles import aliases, arrival, versions
from reader.library.highlights import store as highlights
from reader.library.history import changes, identity, stamps
from reader.library.reading import log
from reader.library.shelves import tag_arrival
from reader.library.store.collation import resemblance
from reader.library.store.database import rows
from reader.model import State

THE_SAME = 0.6
"""The least similarity of two texts of the same article."""


def are_one(connection: apsw.Connection, one: int, other: int) -> bool:
    """Return whether two articles have similar texts, or one of them has no text yet."""
    texts = [versions.current(connection, id) for id in (one, other)]
    return not all(texts) or resemblance(*texts) >= THE_SAME


def merge(connection: apsw.Connection, fresh: int, known: int) -> int:
    """Merge two articles and use the text of ``fresh``; return the id of the one that stays.

    The one added first stays. It gets the tags, URLs, views and versions of both. If it is in the
    trash and the other is not, it moves to the shelf of the other.
    """
    stays, goes = by_age(connection, [fresh, known])
    wanted = versions.digest(connection, fresh)
    _move_text(connection, goes, stays)
    _join(connection, None, goes, stays)
    _move_addresses(connection, goes, stays)
    versions.use(connection, stays, wanted)
    log.moved(connection, goes, stays)
    highlights.move(connection, goes, stays)
    uid, gone = (identity.of(connection, id) for id in (stays, goes))
    _delete(connection, goes)
    identity.note_merged(connection, gone, uid)
    arrival.confirm(connection, uid)
    return stays


def _delete(connection: apsw.Connection, goes: int) -> None:
    for table in (
        "article_tag",
        "article_image",
        "content",
        "download_failure",
        "later_text",
        "highlight",
    ):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (goes,))
    connection.execute("DELETE FROM article WHERE id = ?", (goes,))


def by_age(connection: apsw.Connection, ids: Sequence[int]) -> list[int]:
    """Return articles sorted by age, the oldest first, with the same result on every device."""
    marks = ",".join("?" * len(ids))
    sql = (
        "SELECT id, added_at, (SELECT min(stamp) FROM change WHERE entity = uid "
        f"AND field = 'created'), uid FROM article WHERE id IN ({marks})"
    )
    found = sorted((at, stamp or "", uid, id) for id, at, stamp, uid in rows(connection, sql, ids))
    return [int(id) for *_, id in found]


def _move_text(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Transfer all versions, and text and source if the article that stays has no text."""
    for id in (goes, stays):
        versions.keep(connection, id)
    connection.execute("UPDATE OR IGNORE version SET article = ? WHERE article = ?", (stays, goes))
    connection.execute("DELETE FROM version WHERE article = ?", (goes,))
    if not versions.current(connection, stays):
        connection.execute("DELETE FROM content WHERE article = ?", (stays,))
        connection.execute("UPDATE content SET article = ? WHERE article = ?", (stays, goes))


def join(step: changes.Making, goes: int, stays: int) -> None:
    """Add the user's changes of an article to another: tags, highlights, favourite, views."""
    connection = step.connection
    field = f"views/{stamps.pen(connection).id}"
    sql = "SELECT views FROM article WHERE id = ?"
    views = int(connection.execute(sql, (goes,)).get or 0)
    had = int(changes.last(connection, identity.of(connection, stays), field) or 0)
    _join(connection, step.id, goes, stays)
    step.write([stays], field, had + views)
    highlights.copy(step, goes, stays)


def _join(connection: apsw.Connection, step: int | None, goes: int, stays: int) -> None:
    given = tag_arrival.given(connection, identity.of(connection, goes))
    for uid in [tag for tag, value in given.items() if value == "1"]:
        changes.write(connection, step, [stays], f"tag/{uid}", 1)
    sql = "SELECT state, place, favourite, opened_at, read_at FROM article "
    mine, its = (rows(connection, f"{sql} WHERE id = ?", (id,))[0] for id in (stays, goes))
    joined = {
        "favourite": max(mine[2], its[2]),
        "opened_at": max(mine[3], its[3]),
        "read_at": max(mine[4], its[4]),
    }
    if mine[0] == State.TRASH and its[0] != State.TRASH:
        joined |= {"place": its[1], "state": its[0]}
    for field, value in joined.items():
        changes.write(connection, step, [stays], field, value)


def _move_addresses(connection: apsw.Connection, goes: int, stays: int) -> None:
    url = str(connection.execute("SELECT url FROM article WHERE id = ?", (goes,)).get)
    connection.execute("UPDATE alias SET article = ? WHERE article = ?", (stays, goes))
    aliases.point(connection, url, stays)
    uid, gone = (identity.of(connection, id) for id in (stays, goes))
    sql = "SELECT id FROM article WHERE merged_into = ?"
    ids = [id for (id,) in rows(connection, sql, (gone,))]
    changes.write(connection, None, ids, "merged_into", uid)
