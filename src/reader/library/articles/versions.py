"""The texts an article has had: none is lost, and each can be chosen again."""

import zlib
from collections.abc import Sequence

import apsw

from reader.library.store.collation import decoded
from reader.library.store.database import rows
from reader.model import Clipping, Version


def keep(connection: apsw.Connection, article: int) -> int:
    """Keep the text of an article as a version, and return it; 0 where there is no text."""
    sql = (
        "SELECT html, sha256, downloaded_at, made_by, words, lead FROM content "
        "JOIN article ON article.id = content.article WHERE content.article = ?"
    )
    found = connection.execute(sql, (article,)).fetchone()
    if found is None or not found[0]:
        return 0
    names = rows(connection, "SELECT name FROM article_image WHERE article = ?", (article,))
    html, digest = found[:2]
    told: list[str | int] = [str(found[2]), str(found[3]), int(found[4]), str(found[5])]
    return _insert(connection, article, html, digest, told, [name for (name,) in names])


def add(connection: apsw.Connection, article: int, text: Clipping, made_at: str) -> int:
    """Keep the text of a clipping as a version of an article, not in use yet; return it."""
    told: list[str | int] = [made_at, text.made_by, text.words, text.lead]
    return _insert(connection, article, text.html, digest_of(text.html), told, text.pictures)


def having(connection: apsw.Connection, article: int, digest: bytes) -> int:
    """Return the version of an article with a text of this SHA-256, 0 where there is none."""
    sql = "SELECT id FROM version WHERE article = ? AND sha256 = ?"
    return int(connection.execute(sql, (article, digest)).get or 0)


def use(connection: apsw.Connection, article: int, version: int) -> None:
    """Make a version the text of its article; the one in use before is kept."""
    keep(connection, article)
    sql = (
        "SELECT html, sha256, made_at, made_by, words, lead, pictures FROM version "
        "WHERE id = ? AND article = ?"
    )
    found = connection.execute(sql, (version, article)).fetchone()
    if found is None:
        return
    html, digest, made_at, made_by, words, lead, pictures = found
    connection.execute(
        "UPDATE content SET html = ?, sha256 = ?, made_by = ? WHERE article = ?",
        (zlib.decompress(html).decode(), digest, made_by, article),
    )
    connection.execute(
        "UPDATE article SET words = ?, lead = ?, downloaded_at = ? WHERE id = ?",
        (words, lead, made_at, article),
    )
    show_pictures(connection, article, pictures.split())


def of(connection: apsw.Connection, article: int) -> list[Version]:
    """Return the texts an article has had, the newest first; none where there was but one.

    The one in use has the id 0 where it is not kept as a version yet.
    """
    sql = (
        "SELECT version.id, made_at, version.made_by, words, version.sha256 = content.sha256 "
        "FROM version JOIN content USING (article) WHERE article = ? ORDER BY version.id DESC"
    )
    found = [
        Version(id, made_at, made_by, words, bool(in_use))
        for id, made_at, made_by, words, in_use in rows(connection, sql, (article,))
    ]
    if found and not any(each.in_use for each in found):
        sql = (
            "SELECT downloaded_at, made_by, words FROM article JOIN content ON article = article.id"
        )
        told = rows(connection, f"{sql} WHERE article.id = ?", (article,))[0]
        found.insert(0, Version(0, str(told[0]), str(told[1]), int(told[2]), True))
    return found if len(found) > 1 else []


def current(connection: apsw.Connection, article: int) -> str:
    """Return the canonical HTML in use, ``""`` where there is none."""
    sql = "SELECT CAST(html AS BLOB) FROM content WHERE article = ?"
    return decoded(connection.execute(sql, (article,)).get)


def text_of(connection: apsw.Connection, article: int, version: int) -> str:
    """Return the canonical HTML of a version, ``""`` where the article has no such one."""
    sql = "SELECT html FROM version WHERE id = ? AND article = ?"
    found = connection.execute(sql, (version, article)).get
    return "" if found is None else zlib.decompress(bytes(found)).decode()


def show_pictures(connection: apsw.Connection, article: int, names: Sequence[str]) -> None:
    """Write down which pictures the text in use shows."""
    connection.execute("DELETE FROM article_image WHERE article = ?", (article,))
    connection.executemany(
        "INSERT OR IGNORE INTO article_image VALUES (?, ?)", [(article, name) for name in names]
    )


def digest(connection: apsw.Connection, article: int) -> bytes:
    """Return the SHA-256 of the text in use, empty where there is none."""
    sql = "SELECT sha256 FROM content WHERE article = ?"
    return bytes(connection.execute(sql, (article,)).get or b"")


def digest_of(html: str) -> bytes:
    """Return the SHA-256 that tells whether a text is still as it was written."""
    from hashlib import sha256  # a start without changes does not pay for it

    return sha256(html.encode()).digest()


def _insert(
    connection: apsw.Connection,
    article: int,
    html: str,
    digest: bytes,
    told: Sequence[str | int],
    pictures: Sequence[str],
) -> int:
    if known := having(connection, article, digest):
        return known
    connection.execute(
        "INSERT INTO version (article, html, sha256, made_at, made_by, words, lead, pictures) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (article, zlib.compress(html.encode()), digest, *told, " ".join(pictures)),
    )
    return connection.last_insert_rowid()
