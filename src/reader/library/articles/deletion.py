"""An article deleted for good: nothing of it is left but its uid and the stamp of that."""

import apsw

from reader.library.articles import aliases
from reader.library.history import changes, identity
from reader.library.store.database import rows

_PARTS = ("article_tag", "article_image", "content", "version", "alias", "fingerprint")
_STAYS = (changes.GONE, identity.MERGED, "read/")
"""What the log keeps: that it is gone, which uids were one, how long was read on which day."""


def bury(connection: apsw.Connection, root: str) -> None:
    """Delete an article for good, and what the log tells of it."""
    for uid in identity.members(connection, root):
        id = connection.execute("SELECT id FROM article WHERE uid = ?", (uid,)).get
        if id is not None:
            _delete(connection, int(id))
        for entity in aliases.entities_of(connection, uid):
            changes.forget(connection, entity)
        connection.execute("DELETE FROM apart WHERE one = ?1 OR other = ?1", (uid,))
        connection.execute("DELETE FROM arrived WHERE entity = ?", (uid,))
        changes.forget(connection, uid, _STAYS)


def mark_gone(connection: apsw.Connection, uid: str) -> None:
    """Log that an article is deleted for good."""
    changes.record(connection, None, uid, changes.GONE, "", "1")


def hand_over(connection: apsw.Connection, id: int, url: str, merged_into: str) -> None:
    """Let the article that this one was merged into be found by its addresses."""
    stays = identity.find(connection, merged_into) if merged_into else None
    if stays is not None:
        sql = "SELECT url FROM alias WHERE article = ?"
        for (each,) in [*rows(connection, sql, (id,)), (url,)]:
            aliases.point(connection, each, stays)


def _delete(connection: apsw.Connection, id: int) -> None:
    _loosen_pictures(connection, id)
    for part in _PARTS:
        connection.execute(f"DELETE FROM {part} WHERE article = ?", (id,))
    connection.execute("DELETE FROM article WHERE id = ?", (id,))


def _loosen_pictures(connection: apsw.Connection, id: int) -> None:
    """Note the pictures of an article, to look later whether anybody needs them."""
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
