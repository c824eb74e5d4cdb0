"""Texts of a salvaged library against their hashes: each is whole, found elsewhere, or damaged."""

import json
import os
import zlib
from collections.abc import Iterator
from contextlib import suppress

import apsw

from reader.damage import Damage, Kind
from reader.library.articles import versions
from reader.library.history import changes
from reader.library.repair import flipped_bits, remaking
from reader.library.repair.salvage import Again, Salvage
from reader.library.repair.salvaged import Origin, Source
from reader.library.search import tokenize
from reader.library.store.clock import now
from reader.library.store.collation import decoded, sort_key
from reader.library.store.database import rows
from reader.progress import Report

UNREADABLE = "<p><em>The text of this article is damaged on the disk and cannot be read.</em></p>"
"""The canonical HTML of an article with a lost text."""

_TITLE_LENGTH = 80
_SECONDS = 4.0  # for all texts together
_SAYS = "Putting texts right"
_ALL = "SELECT article, CAST(html AS BLOB), CAST(sha256 AS BLOB) FROM content"
_LACKING = (
    "SELECT id FROM article LEFT JOIN content ON content.article = id WHERE downloaded_at <> '' "
    "AND coalesce(html, '') = '' AND coalesce(sha256, x'') = x''"
)


def straighten(connection: apsw.Connection, report: Report) -> Iterator[Origin]:
    """Put texts right that differ from their hash in one bit; make all of them UTF-8."""
    sizes = [(len(_html(connection, id)), id, digest) for id, digest in _differing(connection)]
    left = _SECONDS
    for size, id, digest in sorted(sizes):  # the short ones first
        html, found = _html(connection, id), None
        left -= flipped_bits.seconds(size)
        if left > 0:
            found = flipped_bits.put_right(html, digest, lambda: report(0, 0, _SAYS))
        if found is not None or not _is_utf8(html):
            text = decoded(found or html)
            connection.execute("UPDATE content SET html = ? WHERE article = ?", (text, id))
        if found is not None:
            yield from _origins(connection, id, Source.HASH)


def _origins(connection: apsw.Connection, id: int, source: Source) -> Iterator[Origin]:
    sql = "SELECT uid, title FROM article WHERE id = ?"
    for uid, title in rows(connection, sql, (id,)):
        yield Origin(uid, title, "text", source)


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def heal(connection: apsw.Connection, salvage: Salvage) -> Iterator[Origin]:
    """Replace texts that do not have their hash, or are missing, by the same text elsewhere."""
    again = {each.id: [other for other in salvage.again if other.id == each.id]
             for each in salvage.again if each.table == "content"}  # fmt: skip
    for id, wanted in [*_wrong(connection), *_missing(connection)]:
        found = _of_version(connection, id, wanted)
        source = Source.VERSION
        if not found:
            found, source = _again(connection, salvage, again.get(id, []), wanted), Source.AGAIN
        if found:
            yield from _origins(connection, id, source)


def use_older(connection: apsw.Connection, salvage: Salvage) -> Iterator[Origin]:
    """Use the newest version of each article whose text is lost; ``salvage.older`` names them."""
    sql = "SELECT article FROM content WHERE sha256 = ?"
    for (id,) in rows(connection, sql, (_sha256(UNREADABLE.encode()),)):
        if _use_version(connection, id):
            salvage.older.add(id)
            yield from _origins(connection, id, Source.VERSION)


def _use_version(connection: apsw.Connection, id: int) -> bool:
    sql = (
        "SELECT CAST(html AS BLOB), CAST(sha256 AS BLOB) FROM version WHERE article = ? "
        "ORDER BY made_at DESC, id DESC"
    )
    for packed, digest in rows(connection, sql, (id,)):
        with suppress(zlib.error):
            if _sha256(zlib.decompress(packed)) == digest:
                sql = "UPDATE content SET html = '', sha256 = ? WHERE article = ?"
                connection.execute(sql, (_sha256(b""), id))
                return versions.use(connection, id, digest)
    return False


def _wrong(connection: apsw.Connection) -> Iterator[tuple[int, bytes]]:
    """Yield the ids of texts that do not have their hash, and the hash.

    The hash in the log counts, because the one beside a damaged text may be damaged as well.
    """
    for id, digest in _differing(connection):
        logged = _logged(connection, id)
        if logged and logged != digest:
            sql = "UPDATE content SET sha256 = ? WHERE article = ?"
            connection.execute(sql, (logged, id))
        if not logged or _sha256(_html(connection, id)) != logged:
            yield id, logged or digest


def _differing(connection: apsw.Connection) -> list[tuple[int, bytes]]:
    return [
        (int(id), digest)
        for id, html, digest in connection.execute(_ALL)
        if digest and _sha256(html) != digest
    ]


def _html(connection: apsw.Connection, id: int) -> bytes:
    sql = "SELECT CAST(html AS BLOB) FROM content WHERE article = ?"
    return bytes(connection.execute(sql, (id,)).get or b"")


def _missing(connection: apsw.Connection) -> Iterator[tuple[int, bytes]]:
    for (id,) in rows(connection, _LACKING):
        yield int(id), _logged(connection, int(id))


def _logged(connection: apsw.Connection, id: int) -> bytes:
    """Return the hash of the text of an article in the log, empty if it has none."""
    uid = str(connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get or "")
    told = changes.last(connection, uid, "text")
    try:
        if told is None:
            told = json.loads(changes.last(connection, uid, "created") or "{}").get("text", "")
        return bytes.fromhex(str(told))
    except (ValueError, AttributeError):
        return b""


def is_last(connection: apsw.Connection, id: int) -> bool:
    """Return whether the text of an article is the last one in the log, if the log tells."""
    logged = _logged(connection, id)
    return not logged or logged == versions.digest(connection, id)


def _of_version(connection: apsw.Connection, id: int, wanted: bytes) -> bool:
    found = [each for each in versions.every(connection, id) if each.sha256 == wanted]
    text = next((each for each in found if each.is_whole), None)
    if text is None:
        return False
    html = zlib.decompress(text.html)
    connection.execute(
        "INSERT INTO content (article, html, sha256, source, source_type) "
        "VALUES (?1, CAST(?2 AS TEXT), ?3, ?4, '') "
        "ON CONFLICT (article) DO UPDATE SET html = excluded.html, sha256 = ?3",
        (id, html, wanted, zlib.compress(b"")),
    )
    versions.show(connection, id, wanted, text._asdict())
    return True


def _again(
    connection: apsw.Connection, salvage: Salvage, found: list[Again], wanted: bytes
) -> bool:
    """Use the row of a free page that has the wanted hash; any whole one if none is known."""
    names = [each.name for each in salvage.wanted["content"].columns]
    for each in found:
        html, digest = (each.row[names.index(name)] for name in ("html", "sha256"))
        if not isinstance(html, str) or not html or _sha256(html.encode()) != digest:
            continue
        if wanted in (b"", digest):
            connection.execute("DELETE FROM content WHERE article = ?", (each.id,))
            remaking.insert(connection, salvage, each)
            return True
    return False


# ---- the rest


def fill_gaps(connection: apsw.Connection) -> None:
    """Add articles for texts without one, and a notice to articles without their text.

    An article that was not downloaded yet has an empty text.
    """
    sql = (
        "SELECT article, CAST(html AS BLOB) FROM content "
        "WHERE article NOT IN (SELECT id FROM article)"
    )
    for id, html in rows(connection, sql):
        _add_article(connection, id, decoded(html))
    empty = zlib.compress(b"")
    connection.execute("UPDATE content SET source = ? WHERE source = x''", (empty,))
    connection.execute(
        "INSERT INTO content (article, html, sha256, source, source_type) "
        "SELECT id, '', ?1, ?2, '' FROM article WHERE downloaded_at = '' "
        "ON CONFLICT (article) DO UPDATE SET sha256 = ?1 WHERE html = '' AND sha256 <> ?1",
        (_sha256(b""), empty),
    )
    lacking = rows(connection, _LACKING)
    connection.executemany(
        "INSERT OR REPLACE INTO content (article, html, sha256, source, source_type) "
        "VALUES (?, ?, ?, ?, '')",
        [(id, UNREADABLE, _sha256(UNREADABLE.encode()), empty) for (id,) in lacking],
    )


def lost(connection: apsw.Connection) -> int:
    """Return how many articles have the notice instead of their text."""
    sql = "SELECT count(*) FROM content WHERE sha256 = ?"
    return int(connection.execute(sql, (_sha256(UNREADABLE.encode()),)).get)


def _sha256(data: bytes) -> bytes:
    from hashlib import sha256  # imported lazily for a fast start

    return sha256(data).digest()


def _add_article(connection: apsw.Connection, id: int, html: str) -> None:
    """Add an article for a text without one."""
    title = tokenize.plain(html).strip()[:_TITLE_LENGTH] or f"Article {id}"
    columns: dict[str, object] = {
        "id": id, "uid": os.urandom(16).hex(), "url": f"lost:{id}", "title": title,
        "title_key": sort_key(title), "words": len(tokenize.plain(html).split()),
        "added_at": now(), "downloaded_at": now(), "state": "queue", "place": "",
        **dict.fromkeys(("byline", "site", "site_key", "language", "excerpt", "published_at"), ""),
    }  # fmt: skip
    marks = ", ".join("?" * len(columns))
    connection.execute(
        f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})", tuple(columns.values())
    )


def damaged(connection: apsw.Connection, salvage: Salvage) -> Iterator[Damage]:
    """Yield the articles whose text is lost, or does not have its hash.

    The detail ``older`` means that an older version is used instead.
    """
    sql = f"{_ALL.replace('SELECT', 'SELECT CAST(title AS BLOB),')} JOIN article ON id = article"
    notice = _sha256(UNREADABLE.encode())
    for title, id, html, digest in connection.execute(sql):
        if digest == notice or id in salvage.older:
            detail = "older" if id in salvage.older else ""
            yield Damage(Kind.UNREADABLE, id, decoded(title), detail)
        elif _sha256(html) != digest:
            yield Damage(Kind.TEXT, id, decoded(title))
