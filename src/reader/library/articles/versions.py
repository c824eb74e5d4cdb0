"""The versions of the text of an article: all are kept, and each can be used again."""

import json
import zlib
from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.store.collation import decoded
from reader.library.store.database import rows
from reader.model import Clipping, Version

LARGEST_BYTES = 100_000_000
"""The size from which a text must be damaged: Reader stores none that is as large."""


def keep(connection: apsw.Connection, article: int) -> int:
    """Store the current text of an article as a version; return its id, 0 if there is no text."""
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
    """Store the text of a clipping as a version of an article without using it; return its id."""
    told: list[str | int] = [made_at, text.made_by, text.words, text.lead]
    return _insert(connection, article, text.html, digest_of(text.html), told, text.pictures)


def having(connection: apsw.Connection, article: int, digest: bytes) -> int:
    """Return the id of the version of an article with a SHA-256, 0 if there is none."""
    sql = "SELECT id FROM version WHERE article = ? AND sha256 = ?"
    return int(connection.execute(sql, (article, digest)).get or 0)


def has(connection: apsw.Connection, article: int, digest: bytes) -> bool:
    """Return whether a SHA-256 is that of the text or of a version of an article."""
    sql = "SELECT EXISTS (SELECT 1 FROM content WHERE article = ? AND sha256 = ?)"
    is_current = connection.execute(sql, (article, digest)).get
    return bool(is_current or having(connection, article, digest))


def use(connection: apsw.Connection, article: int, digest: bytes) -> bool:
    """Use the version with a SHA-256 as the text of its article; return False if there is none.

    The current text is stored as a version before.
    """
    keep(connection, article)
    sql = (
        "SELECT html, made_at, made_by, words, lead, pictures FROM version "
        "WHERE article = ? AND sha256 = ?"
    )
    found = connection.execute(sql, (article, digest)).fetchone()
    if found is None:
        return False
    html, made_at, made_by, words, lead, pictures = found
    connection.execute(
        "UPDATE content SET html = ?, sha256 = ?, made_by = ? WHERE article = ?",
        (zlib.decompress(html).decode(), digest, made_by, article),
    )
    connection.execute(
        "UPDATE article SET words = ?, lead = ?, downloaded_at = ? WHERE id = ?",
        (words, lead, made_at, article),
    )
    show_pictures(connection, article, pictures.split())
    return True


def take_away(connection: apsw.Connection, article: int) -> bool:
    """Leave an article without a text, as it was before it had one; its versions stay."""
    keep(connection, article)
    connection.execute(
        "UPDATE content SET html = '', sha256 = ?, made_by = '' WHERE article = ?",
        (digest_of(""), article),
    )
    sql = "UPDATE article SET words = 0, lead = '', downloaded_at = '' WHERE id = ?"
    connection.execute(sql, (article,))
    show_pictures(connection, article, ())
    return True


def packed(connection: apsw.Connection, article: int, digest: str) -> bytes:
    """Return the compressed text of an article with a SHA-256, empty if there is none."""
    if not digest:
        return b""
    wanted = bytes.fromhex(digest)
    sql = "SELECT html FROM version WHERE article = ? AND sha256 = ?"
    found = connection.execute(sql, (article, wanted)).get
    if found is not None:
        return bytes(found)
    sql = "SELECT html FROM content WHERE article = ? AND sha256 = ?"
    html = connection.execute(sql, (article, wanted)).get
    return b"" if html is None else zlib.compress(str(html).encode())


def show(connection: apsw.Connection, article: int, digest: bytes, told: Mapping[str, Any]) -> None:
    """Use the version with a SHA-256 as the text of its article, with its logged metadata."""
    sql = "SELECT html FROM version WHERE article = ? AND sha256 = ?"
    packed = connection.execute(sql, (article, digest)).get
    if packed is not None:
        sql = "UPDATE content SET html = ?1, sha256 = ?2 WHERE article = ?3 AND sha256 <> ?2"
        connection.execute(sql, (zlib.decompress(bytes(packed)).decode(), digest, article))
    sql = "SELECT sha256 FROM content WHERE article = ?"
    if connection.execute(sql, (article,)).get != digest:
        return  # it has not arrived
    connection.execute(
        "UPDATE content SET made_by = ?1 WHERE article = ?2 AND made_by <> ?1",
        (told["made_by"], article),
    )
    connection.execute(
        "UPDATE article SET words = ?, lead = ?, downloaded_at = ? WHERE id = ?",
        (int(told["words"] or 0), told["lead"], told["made_at"], article),
    )
    show_pictures(connection, article, str(told["pictures"]).split())


def digest_of_version(connection: apsw.Connection, article: int, version: int) -> bytes:
    """Return the SHA-256 of a version of an article, empty if there is no such version."""
    sql = "SELECT sha256 FROM version WHERE id = ? AND article = ?"
    return bytes(connection.execute(sql, (version, article)).get or b"")


def log_text(connection: apsw.Connection, article: int, was: bytes) -> None:
    """Log a change of the text of an article from the SHA-256 ``was`` to the current one."""
    sql = (
        "SELECT uid, sha256, downloaded_at, made_by, words, lead FROM article "
        "JOIN content ON content.article = id WHERE id = ? AND html <> ''"
    )
    for uid, digest, *told in rows(connection, sql, (article,)):
        names = rows(connection, "SELECT name FROM article_image WHERE article = ?", (article,))
        pictures = " ".join(name for (name,) in names)
        connection.execute(  # an earlier text that returns gets new metadata
            "UPDATE version SET made_at = ?, made_by = ?, words = ?, lead = ?, pictures = ? "
            "WHERE article = ? AND sha256 = ?",
            (*told, pictures, article, digest),
        )
        log_version(connection, uid, digest, told, pictures)
        changes.record(connection, None, uid, "text", was.hex(), digest.hex())


def log_version(
    connection: apsw.Connection, uid: str, digest: bytes, told: Sequence[object], pictures: str
) -> None:
    """Log a version of an article; ``told`` are its date, origin, words and lead image."""
    names = ("made_at", "made_by", "words", "lead")
    meta = {**dict(zip(names, told, strict=True)), "pictures": pictures}
    field, new = f"version/{digest.hex()}", json.dumps(meta)
    if changes.last(connection, uid, field) != new:
        changes.record(connection, None, uid, field, "", new)


def copy(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Copy all versions of an article to another."""
    uid = str(connection.execute("SELECT uid FROM article WHERE id = ?", (stays,)).get)
    names = "sha256, made_at, made_by, words, lead, pictures, html"
    sql = (
        f"SELECT {names} FROM version WHERE article = ? "
        "AND sha256 NOT IN (SELECT sha256 FROM version WHERE article = ?)"
    )
    for digest, *told, pictures, html in rows(connection, sql, (goes, stays)):
        connection.execute(
            f"INSERT INTO version (article, {names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (stays, digest, *told, pictures, html),
        )
        log_version(connection, uid, digest, told, pictures)


class Text(NamedTuple):
    """A compressed text with its metadata; ``pictures`` are names with spaces between them."""

    sha256: bytes
    made_at: str
    made_by: str
    words: int
    lead: str
    pictures: str
    html: bytes

    @property
    def is_whole(self) -> bool:
        """Whether it can be unpacked and has its SHA-256."""
        try:
            return digest_of(zlib.decompress(self.html).decode()) == self.sha256
        except (zlib.error, UnicodeDecodeError):
            return False


def every(connection: apsw.Connection, article: int) -> list[Text]:
    """Return all texts of an article, the current one last."""
    names = "sha256, made_at, made_by, words, lead, pictures, html"
    found = rows(connection, f"SELECT {names} FROM version WHERE article = ?", (article,))
    sql = (
        "SELECT sha256, downloaded_at, made_by, words, lead, (SELECT group_concat(name, ' ') FROM "
        "article_image WHERE article_image.article = id), CAST(html AS BLOB) FROM content "
        "JOIN article ON id = content.article WHERE id = ? AND html <> ''"
    )
    for *told, pictures, html in rows(connection, sql, (article,)):
        found.append((*told, pictures or "", zlib.compress(html)))
    return [Text._make(each) for each in found]


def take_over(connection: apsw.Connection, article: int, text: Text) -> bool:
    """Store a text of a copy as a version, unless the article has it; return whether it is new."""
    if has(connection, article, text.sha256):
        return False
    sql = (
        f"INSERT INTO version (article, {', '.join(Text._fields)}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)"
    )
    connection.execute(sql, (article, *text))
    uid = str(connection.execute("SELECT uid FROM article WHERE id = ?", (article,)).get)
    log_version(connection, uid, text.sha256, text[1:5], text.pictures)
    return True


def heal(connection: apsw.Connection, article: int, text: Text) -> bool:
    """Replace the current text if it does not have its SHA-256 and ``text`` has it."""
    sql = "SELECT CAST(html AS BLOB) FROM content WHERE article = ? AND sha256 = ? AND html <> ''"
    html = connection.execute(sql, (article, text.sha256)).get
    good = zlib.decompress(text.html)
    if html is None or html == good:
        return False
    sql = "UPDATE content SET html = ? WHERE article = ?"
    connection.execute(sql, (good.decode(), article))
    return True


def of(connection: apsw.Connection, article: int) -> list[Version]:
    """Return the versions of an article, newest first; none if it has only one.

    The current text has the id 0 if it is not stored as a version yet.
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
    """Return the current canonical HTML, ``""`` if there is none.

    Raises LibraryError if it is far larger than any text that Reader stores.
    """
    sql = (
        "SELECT octet_length(html), iif(octet_length(html) > ?, NULL, CAST(html AS BLOB)) "
        "FROM content WHERE article = ?"
    )
    size, html = connection.execute(sql, (LARGEST_BYTES, article)).fetchone() or (0, None)
    if size and size > LARGEST_BYTES:
        raise LibraryError(
            f"The text of article {article} takes {size // 1_000_000:,} MB, so it must be damaged. "
            f"“reader restore newest --article {article}” takes it from the newest copy."
        )
    return decoded(html)


def text_of(connection: apsw.Connection, article: int, version: int) -> str:
    """Return the canonical HTML of a version, ``""`` if the article has no such version."""
    sql = "SELECT html FROM version WHERE id = ? AND article = ?"
    found = connection.execute(sql, (version, article)).get
    return "" if found is None else zlib.decompress(bytes(found)).decode()


def with_pictures(connection: apsw.Connection, article: int) -> list[str]:
    """Return the canonical HTML in use, then that of other versions that have pictures.

    The newest of them comes first; the list is empty if there is no such article.
    """
    sql = (
        "SELECT 0 AS is_packed, 0 AS number, CAST(html AS BLOB) FROM content WHERE article = ?1 "
        "UNION ALL SELECT 1, version.id, version.html FROM version JOIN content USING (article) "
        "WHERE article = ?1 AND pictures <> '' AND version.sha256 <> content.sha256 "
        "ORDER BY is_packed, number DESC"
    )
    return [
        decoded(zlib.decompress(html) if is_packed else html)
        for is_packed, _, html in rows(connection, sql, (article,))
    ]


def show_pictures(connection: apsw.Connection, article: int, names: Sequence[str]) -> None:
    """Store which images the current text shows."""
    connection.execute("DELETE FROM article_image WHERE article = ?", (article,))
    connection.executemany(
        "INSERT OR IGNORE INTO article_image VALUES (?, ?)", [(article, name) for name in names]
    )


def digest(connection: apsw.Connection, article: int) -> bytes:
    """Return the SHA-256 of the current text, empty if there is none."""
    sql = "SELECT sha256 FROM content WHERE article = ?"
    return bytes(connection.execute(sql, (article,)).get or b"")


def digest_of(html: str) -> bytes:
    """Return the SHA-256 of a text."""
    from hashlib import sha256  # imported lazily for a fast start

    return sha256(html.encode()).digest()


def source_of(connection: apsw.Connection, article: int) -> bytes:
    """Return the source of an article with its type, base and validators, as sent to devices."""
    sql = "SELECT source_type, base, validators, source FROM content WHERE article = ?"
    for *told, source in rows(connection, sql, (article,)):
        return json.dumps(told).encode() + b"\n" + bytes(source)
    return b""


def digest_of_source(connection: apsw.Connection, article: int) -> str:
    """Return the SHA-256 of the source of an article."""
    from hashlib import sha256

    return sha256(source_of(connection, article)).hexdigest()


def sent(clipping: Clipping) -> bytes:
    """Return the source of a clipping with its type, base and validators, as sent to devices."""
    told = json.dumps([clipping.source_type, clipping.base, clipping.validators]).encode()
    return told + b"\n" + zlib.compress(clipping.source)


def set_source(connection: apsw.Connection, article: int, sent: bytes) -> None:
    """Store the source of an article as received from a device."""
    head, _, source = sent.partition(b"\n")
    told = json.loads(head)
    sql = "UPDATE content SET source_type = ?, base = ?, validators = ?, source = ? "
    connection.execute(f"{sql} WHERE article = ?", (*map(str, told[:3]), source, article))


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
    id = connection.last_insert_rowid()
    uid = str(connection.execute("SELECT uid FROM article WHERE id = ?", (article,)).get)
    log_version(connection, uid, digest, told, " ".join(pictures))
    return id
