"""Permanent deletion of an article: only its uid and a tombstone stay."""

import apsw

from reader.library.articles import aliases
from reader.library.highlights import store as highlights
from reader.library.history import changes, identity
from reader.library.store.database import rows

PARTS = (
    "article_tag", "article_image", "content", "version", "alias", "fingerprint",
    "download_failure", "later_text", "highlight",
)  # fmt: skip
_STAYS = (changes.GONE, identity.MERGED, "read")
"""The fields that stay in the log: the tombstone, merged uids and reading times."""


def bury(connection: apsw.Connection, root: str) -> None:
    """Delete an article permanently, and its rows in the log."""
    for uid in identity.members(connection, root):
        id = connection.execute("SELECT id FROM article WHERE uid = ?", (uid,)).get
        if id is not None:
            _delete(connection, int(id))
        for entity in aliases.entities_of(connection, uid):
            changes.forget(connection, entity)
        highlights.bury(connection, uid)
        connection.execute("DELETE FROM apart WHERE one = ?1 OR other = ?1", (uid,))
        connection.execute("DELETE FROM arrived WHERE entity = ?", (uid,))
        changes.forget(connection, uid, _STAYS)


def mark_gone(connection: apsw.Connection, uid: str) -> None:
    """Log the tombstone of an article."""
    changes.record(connection, None, uid, changes.GONE, "", "1")


def hand_over(connection: apsw.Connection, id: int, url: str, merged_into: str) -> None:
    """Transfer the URLs of a merged article to the one it was merged into."""
    stays = identity.find(connection, merged_into) if merged_into else None
    if stays is not None:
        sql = "SELECT url FROM alias WHERE article = ?"
        for (each,) in [*rows(connection, sql, (id,)), (url,)]:
            aliases.point(connection, each, stays)


def _delete(connection: apsw.Connection, id: int) -> None:
    _loosen_pictures(connection, id)
    for part in PARTS:
        connection.execute(f"DELETE FROM {part} WHERE article = ?", (id,))
    connection.execute("DELETE FROM article WHERE id = ?", (id,))


def _loosen_pictures(connection: apsw.Connection, id: int) -> None:
    """Record the images of an article, to check later whether they are still used."""
    sql = (
        "SELECT name FROM article_image WHERE article = ?1 UNION SELECT lead FROM article "
        "WHERE id = ?1"
    )
    names = [name for (name,) in rows(connection, sql, (id,))]
    sql = "SELECT pictures, lead FROM version WHERE article = ?"
    for pictures, lead in rows(connection, sql, (id,)):
        names += [*pictures.split(), lead]
    connection.executemany(
        "INSERT OR IGNORE INTO loose_picture VALUES (?)", [(name,) for name in set(names) - {""}]
    )
