"""The check for damage of pages, counts, references, articles and images, done in slices."""

import zlib
from collections.abc import Callable, Iterator
from itertools import groupby
from pathlib import Path
from typing import Any, TypeVar

import apsw

from reader.damage import Damage, Kind
from reader.library.articles import images, records
from reader.library.repair import checksums, derived
from reader.library.store import damaged_pages
from reader.library.store.collation import decoded
from reader.library.store.damaged_pages import BROKEN
from reader.library.store.database import Database, rows
from reader.progress import Report

T = TypeVar("T")
_LINKS, _ARTICLES, _PICTURES = "Checking counts", "Checking articles", "Checking pictures"
_SLICE = 50
_ARTICLE = (
    f"SELECT CAST(html AS BLOB), CAST(sha256 AS BLOB), CAST(source AS BLOB), {checksums.SEALED} "
    "FROM article LEFT JOIN content ON content.article = article.id WHERE article.id = ?"
)


def damage(database: Database, pictures: Path, report: Report) -> list[Damage]:
    """Return all damage. An exception raised by ``report`` ends the check."""
    with database.reading() as connection:
        found = damaged_pages.damage(connection, report)
    if any(each.kind is Kind.TABLE for each in found):
        ids = _ids_that_may_be(database)
    else:
        found += _in_links(database, report)
        with database.reading() as connection:
            ids = [id for (id,) in connection.execute("SELECT id FROM article NOT INDEXED")]
    for start in range(0, len(ids), _SLICE):
        report(start, len(ids), _ARTICLES)
        with database.reading() as connection:
            for id in ids[start : start + _SLICE]:
                found += _in_article(connection, id)
    return [*found, *_in_pictures(database, pictures, report)]


# ---- references and counts


def _in_links(database: Database, report: Report) -> Iterator[Damage]:
    with database.reading() as connection, damaged_pages.reported(connection, report, _LINKS):
        orphans = rows(connection, "PRAGMA foreign_key_check")
        differing = _tried(lambda: derived.differences(connection), ["tag"])
    for table, found in groupby(
        sorted(orphans, key=lambda each: str(each[0])), lambda each: each[0]
    ):
        yield Damage(Kind.ORPHAN, detail=f"{table}: {len([*found])}")
    for name in differing:
        yield Damage(Kind.DERIVED, detail=name)


def _tried(work: Callable[[], T], otherwise: T) -> T:
    try:
        return work()
    except (apsw.Error, UnicodeDecodeError):
        return otherwise


# ---- articles


def _ids_that_may_be(database: Database) -> list[int]:
    """Return the ids of all articles as far as readable, if the table cannot be listed."""
    found: set[int] = set()
    for sql in ("SELECT id FROM article", "SELECT article FROM content"):
        for way in ("", " ORDER BY 1 DESC"):
            with database.reading() as connection:
                found.update(_as_far_as_readable(connection, sql + way))
    return sorted(found)


def _as_far_as_readable(connection: apsw.Connection, sql: str) -> Iterator[int]:
    try:
        for (id,) in connection.execute(sql):
            yield id
    except BROKEN:
        return


def _in_article(connection: apsw.Connection, id: int) -> list[Damage]:
    title = _title(connection, id)
    try:
        found = connection.execute(_ARTICLE, (id,)).fetchone()
        kinds = [] if found is None else [*_wrong_in(*found[:3]), *_unsealed(found[3:])]
        odd = records.oddities(connection, id)
        versions = _versions(connection, id)
    except BROKEN:
        return [Damage(Kind.UNREADABLE, id, title)]
    said = [Damage(kind, id, title) for kind in [*kinds, *versions]]
    return said + [Damage(Kind.VALUE, id, title, name) for name in odd]


def _title(connection: apsw.Connection, id: int) -> str:
    """Return the title of an article, ``""`` if it cannot be read."""
    sql = "SELECT CAST(title AS BLOB) FROM article WHERE id = ?"
    try:
        return decoded(connection.execute(sql, (id,)).get)
    except BROKEN:
        return ""


def _wrong_in(html: bytes | None, digest: object, source: object) -> Iterator[Kind]:
    if html is None:
        return
    if _sha256(html) != digest:
        yield Kind.TEXT
    if _unpacked(source) is None:
        yield Kind.SOURCE


def _unsealed(fields: tuple[bytes | None, ...]) -> Iterator[Kind]:
    if not checksums.is_whole(fields):
        yield Kind.DETAILS


def _versions(connection: apsw.Connection, id: int) -> list[Kind]:
    sql = "SELECT CAST(html AS BLOB), CAST(sha256 AS BLOB) FROM version WHERE article = ?"
    for packed, digest in connection.execute(sql, (id,)):
        html = _unpacked(packed)
        if html is None or _sha256(html) != digest:
            return [Kind.VERSION]
    return []


def _unpacked(packed: object) -> bytes | None:
    """Return decompressed data, None if it is damaged: zlib has a checksum of its own."""
    try:
        return zlib.decompress(packed) if isinstance(packed, bytes) else None
    except zlib.error:
        return None


def _sha256(data: bytes) -> bytes:
    from hashlib import sha256  # imported lazily for a fast start

    return sha256(data).digest()


# ---- pictures


def _in_pictures(database: Database, folder: Path, report: Report) -> Iterator[Damage]:
    """Yield the images that are missing or do not match their hash."""
    sql = (
        "SELECT CAST(name AS BLOB), min(article) FROM article_image NOT INDEXED GROUP BY 1 "
        "UNION SELECT CAST(lead AS BLOB), min(id) FROM article NOT INDEXED "
        "WHERE lead <> '' GROUP BY 1"
    )
    with database.reading() as connection:
        named = _tried(lambda: rows(connection, sql), list[Any]())
    found: dict[str, int] = {decoded(name): id for name, id in named}
    for number, (name, id) in enumerate(found.items()):
        report(number, len(found), _PICTURES)
        state = images.state(folder, name)
        if state is not images.State.WHOLE:
            missing = state is images.State.MISSING
            kind = Kind.PICTURE_MISSING if missing else Kind.PICTURE_CHANGED
            with database.reading() as connection:
                yield Damage(kind, id, _title(connection, id), name)
