"""Two articles that turn out to be one become one: the older, with all that is known of both."""

from collections.abc import Sequence

import apsw

from reader.library.articles import versions
from reader.library.history import changes, labels
from reader.library.reading import log
from reader.library.store.collation import resemblance
from reader.library.store.database import rows
from reader.model import State

THE_SAME = 0.6
"""How much of the shorter of two texts must be in the other for them to be one article."""


def are_one(connection: apsw.Connection, one: int, other: int) -> bool:
    """Return whether two articles say the same, or one of them says nothing yet."""
    texts = [versions.current(connection, id) for id in (one, other)]
    return not all(texts) or resemblance(*texts) >= THE_SAME


def merge(connection: apsw.Connection, fresh: int, known: int) -> int:
    """Make one of two articles, the text of ``fresh`` in use; return which of them it is.

    It is the one that was added first. It has the tags, addresses, views and versions of both,
    and out of the trash it goes where the other one is.
    """
    stays, goes = by_age(connection, [fresh, known])
    wanted = versions.digest(connection, fresh)
    _move_text(connection, goes, stays)
    join(connection, goes, stays)
    _move_addresses(connection, goes, stays)
    if text := versions.having(connection, stays, wanted):
        versions.use(connection, stays, text)
    changes.moved(connection, goes, stays)
    log.moved(connection, goes, stays)
    for table in ("article_tag", "article_image", "content"):
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (goes,))
    connection.execute("DELETE FROM article WHERE id = ?", (goes,))
    return stays


def by_age(connection: apsw.Connection, ids: Sequence[int]) -> list[int]:
    """Return articles, the one that was added first at the beginning."""
    marks = ",".join("?" * len(ids))
    sql = f"SELECT id FROM article WHERE id IN ({marks}) ORDER BY added_at, id"
    return [int(id) for (id,) in rows(connection, sql, ids)]


def _move_text(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Hand over every text; the source, too, where the other has none or an older one."""
    for id in (goes, stays):
        versions.keep(connection, id)
    connection.execute("UPDATE OR IGNORE version SET article = ? WHERE article = ?", (stays, goes))
    connection.execute("DELETE FROM version WHERE article = ?", (goes,))
    if not versions.current(connection, stays):
        connection.execute("DELETE FROM content WHERE article = ?", (stays,))
        connection.execute("UPDATE content SET article = ? WHERE article = ?", (stays, goes))


def join(connection: apsw.Connection, goes: int, stays: int, step: int | None = None) -> None:
    """Give an article what a person did to another one as well: tags, favourite, views."""
    for name in labels.names_of(connection, goes):
        changes.write(connection, step, [stays], f"tag:{name}", 1)
    sql = "SELECT state, place, favourite, views, opened_at, read_at, progress FROM article "
    mine, its = (rows(connection, f"{sql} WHERE id = ?", (id,))[0] for id in (stays, goes))
    joined = {
        "favourite": max(mine[2], its[2]), "views": mine[3] + its[3],
        "opened_at": max(mine[4], its[4]), "read_at": max(mine[5], its[5]),
    }  # fmt: skip
    if mine[0] == State.TRASH and its[0] != State.TRASH:
        joined |= {"place": its[1], "state": its[0]}
    for field, value in joined.items():
        changes.write(connection, step, [stays], field, value)


def _move_addresses(connection: apsw.Connection, goes: int, stays: int) -> None:
    url = str(connection.execute("SELECT url FROM article WHERE id = ?", (goes,)).get)
    connection.execute("UPDATE alias SET article = ? WHERE article = ?", (stays, goes))
    connection.execute("INSERT OR IGNORE INTO alias VALUES (?, ?)", (url, stays))
    uid = "(SELECT uid FROM article WHERE id = ?)"
    sql = f"UPDATE article SET merged_into = {uid} WHERE merged_into = {uid}"
    connection.execute(sql, (stays, goes))
