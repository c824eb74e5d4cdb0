"""Merging another database of the same library, by the log: the last writer of a field wins.

The other one is the newest copy (after a repair), or the copy that a sync program made of a
conflict. All rows of its log are looked at, because a damaged library may lack any of them. No
text is lost: one that loses stays a version. What was deleted later stays deleted. The result does
not depend on the side that is merged into, and merging again changes nothing.

The log does not have everything. Of the rest, an entry that only one side has is kept. If both
have it, the later one counts (failed downloads, icons of sites), or that of this library
(settings). Undo steps stay those of this library; if it has none, it gets those of the other.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import NamedTuple

import apsw

from reader.library import registry as registry
from reader.library.articles import arrival, deletion, versions
from reader.library.backup import schema
from reader.library.history import changes, exchange, identity, stamps
from reader.library.repair.texts import UNREADABLE
from reader.library.store.collation import decoded
from reader.library.store.database import Database, rows
from reader.progress import Report, silent

_SAYS = "Merging the copy"
_UNTOLD = ("views", "read", "position", "furthest", "opened_at", "read_at", "merged", "alias")
_NAMES = {"version": "text", "tag": "tags"}
_LOST = versions.digest_of(UNREADABLE)
_NO_SOURCE = zlib.compress(b"")
_OF_ONE_FILE = ("generation", "clock", "private", "tags_of_pages")
"""The settings that say something about one file only."""


class Came(NamedTuple):
    """An article with fields from the other side; ``is_new`` if all of it came from there."""

    uid: str
    title: str
    fields: tuple[str, ...]
    is_new: bool = False


class Merged(NamedTuple):
    """The result of merging: the number of new rows of the log, and the articles affected.

    The articles that are not in ``articles`` are those of this library.
    """

    rows: int
    articles: tuple[Came, ...] = ()

    @property
    def added(self) -> int:
        """The number of articles that only the other side had."""
        return sum(each.is_new for each in self.articles)

    @property
    def changed(self) -> int:
        """The number of articles of this library with fields from the other side."""
        return len(self.articles) - self.added


def merge_into(database: Database, other: apsw.Connection, report: Report = silent) -> Merged:
    """Merge another database into a library, in one transaction. Raises LibraryError."""
    with database.writing() as connection:
        return merge(connection, other, report)


def merge(connection: apsw.Connection, other: apsw.Connection, report: Report = silent) -> Merged:
    """Merge another database into this one, within a transaction of the newest schema.

    The caller calls ``stamps.end`` before the transaction ends. Raises LibraryTooNew, or Cancelled
    if the report does.
    """
    report(0, 0, _SAYS)
    with schema.newest(other) as copy:
        before = _uids(connection)
        taken = exchange.merge(connection, copy, report)
        if not connection.execute("SELECT 1 FROM change_group LIMIT 1").get:
            _take_steps(connection, copy)
        found = _told(taken)
        _settle_lost_texts(connection, copy)
        for uid, field in (*_heal_texts(connection, copy), *_sources(connection, copy)):
            found.setdefault(uid, set()).add(field)
        _take_rest(connection, copy)
        articles = [_came(connection, uid, fields, before) for uid, fields in found.items()]
    return Merged(len(taken), tuple(each for each in articles if each is not None))


def new_rows(connection: apsw.Connection, other: apsw.Connection) -> int:
    """Return how many rows of another log a merge would take; nothing is written.

    It is 0 for a copy of an earlier moment. Raises LibraryTooNew.
    """
    with schema.newest(other) as copy:
        return sum(1 for _ in exchange.lacking(connection, copy))


# ---- what came from where


def _uids(connection: apsw.Connection) -> set[str]:
    return {uid for (uid,) in connection.execute("SELECT uid FROM article")}


def _told(taken: Iterable[exchange.Row]) -> dict[str, set[str]]:
    """Return the fields of articles in rows of the log, by uid."""
    found: dict[str, set[str]] = {}
    for row in taken:
        name, _, part = row.field.partition("/")
        if "/" not in row.entity and name not in _UNTOLD:
            found.setdefault(row.entity, set()).add(
                _NAMES.get(name, part if name == "found" else name)
            )
    return found


def _came(connection: apsw.Connection, uid: str, fields: set[str], before: set[str]) -> Came | None:
    """Describe an article, None if all that came of it is that it was made."""
    id = identity.find(connection, uid)
    title = changes.title_of(connection, id) if id is not None else ""
    if uid not in before and id is not None:
        return Came(uid, title, (), is_new=True)
    told = tuple(sorted(fields - {"created"}))
    return Came(uid, title, told) if told else None


# ---- texts


def _heal_texts(connection: apsw.Connection, copy: apsw.Connection) -> Iterator[tuple[str, str]]:
    """Replace texts that do not have their hash, or are lost; yield the articles."""
    connection.execute(
        "INSERT INTO content (article, html, sha256, source, source_type) "
        "SELECT id, '', x'', ?, '' FROM article WHERE id NOT IN (SELECT article FROM content)",
        (_NO_SOURCE,),
    )
    for id, uid, digest, is_foreign in _wrong(connection):
        its = identity.find(copy, uid)
        texts = [*versions.every(connection, id), *(versions.every(copy, its) if its else ())]
        no_text = (_LOST, digest) if is_foreign else (_LOST,)
        fit = [each for each in texts if each.sha256 not in no_text and each.is_whole]
        if fit:
            _use_best(connection, id, fit, (_logged(connection, uid), digest))
            yield uid, "text"
    _bring_versions(connection, copy)
    _drop_no_versions(connection)
    _bring_pictures(connection, copy)


def _bring_versions(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Bring the versions that the copy has, but that are lost or damaged here."""
    sql = "SELECT DISTINCT uid, article.id FROM version JOIN article ON article.id = article"
    for uid, its in rows(copy, sql):
        id = identity.find(connection, uid)
        if id is None:
            continue
        whole = {each.sha256 for each in versions.every(connection, id) if each.is_whole}
        for text in versions.every(copy, its):
            if text.is_whole and text.sha256 not in whole:
                sql = "DELETE FROM version WHERE article = ? AND sha256 = ?"
                connection.execute(sql, (id, text.sha256))
                versions.take_over(connection, id, text)


def _drop_no_versions(connection: apsw.Connection) -> None:
    """Delete the versions that are none: a notice, a single text, and damaged ones if they are
    the text in use, or have no hash of the log.
    """
    connection.execute("DELETE FROM version WHERE sha256 = ?", (_LOST,))
    connection.execute(
        "DELETE FROM version WHERE sha256 = "
        "(SELECT sha256 FROM content WHERE content.article = version.article) AND NOT EXISTS "
        "(SELECT 1 FROM version AS other WHERE other.article = version.article "
        "AND other.id <> version.id)"
    )
    known = _known(connection)
    sql = (
        "SELECT id, version.sha256, version.html, content.sha256 FROM version "
        "JOIN content USING (article)"
    )
    for id, digest, html, in_use in rows(connection, sql):
        if (digest == in_use or digest not in known) and not versions.Text(
            digest, "", "", 0, "", "", html
        ).is_whole:
            connection.execute("DELETE FROM version WHERE id = ?", (id,))


def _bring_pictures(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Bring the names of the pictures of each text that both sides have."""
    connection.executemany(
        "INSERT OR IGNORE INTO article_image SELECT id, ?3 FROM article "
        "JOIN content ON article = id WHERE uid = ?1 AND sha256 = ?2",
        rows(copy, "SELECT uid, sha256, name FROM article_image "
             "JOIN article ON id = article_image.article JOIN content ON content.article = id"),
    )  # fmt: skip


def _wrong(connection: apsw.Connection) -> list[tuple[int, str, bytes, bool]]:
    """Return id, uid and stored hash of texts that are lost or damaged, or of another article.

    The last value is True for a whole text that, according to the log, another article has.
    """
    sql = (
        "SELECT id, uid, CAST(sha256 AS BLOB), CAST(html AS BLOB) FROM article "
        "JOIN content ON article = id WHERE downloaded_at <> ''"
    )
    known, found = _known(connection), []
    told = set[str]().union(*known.values())
    for id, uid, digest, html in connection.execute(sql):
        is_foreign = uid in told and uid not in known.get(digest, {uid})
        is_damaged = digest in (_LOST, b"") or versions.digest_of(decoded(html)) != digest
        if is_damaged or is_foreign:
            found.append((id, uid, digest, is_foreign))
    return found


def _known(connection: apsw.Connection) -> dict[bytes, set[str]]:
    """Return the articles that have had a text according to the log, by the hash of the text."""
    sql = (
        "SELECT entity, CASE field WHEN 'created' THEN json_extract(new, '$.text') WHEN 'text' "
        "THEN new ELSE substr(field, 9) END FROM change WHERE field IN ('created', 'text') "
        "OR field LIKE 'version/%'"
    )
    found: dict[bytes, set[str]] = {}
    for uid, digest in connection.execute(sql):
        with suppress(ValueError, TypeError):
            root = identity.root(connection, uid)
            found.setdefault(bytes.fromhex(digest), set()).update((uid, root))
    return found


def _logged(connection: apsw.Connection, uid: str) -> bytes:
    """Return the hash of the current text of an article according to the log, empty if unknown."""
    uids = identity.members(connection, identity.root(connection, uid))
    try:
        return bytes.fromhex(arrival.Told(connection, uids).last.get("text", ""))
    except ValueError:
        return b""


def _use_best(
    connection: apsw.Connection, id: int, texts: Sequence[versions.Text],
    wanted: tuple[bytes, bytes],
) -> None:  # fmt: skip
    """Use the text with the hash in the log, or else with the stored one, or else the newest."""
    logged, digest = wanted
    best = max(texts, key=lambda each: (each.sha256 == logged, each.sha256 == digest, each.made_at))
    is_healed = versions.heal(connection, id, best)
    if not is_healed:
        versions.take_over(connection, id, best)
    versions.show(connection, id, best.sha256, best._asdict())
    if not is_healed and logged == _LOST:  # else another device may still have the text in the log
        versions.log_text(connection, id, _LOST)


def _settle_lost_texts(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Give a text whose article was lost back to the article, which came from the copy.

    If the copy had deleted the article, the text came from a free page.
    """
    used = int(copy.execute("SELECT seq FROM sqlite_sequence WHERE name = 'article'").get or 0)
    for id, uid in rows(connection, "SELECT id, uid FROM article WHERE url = 'lost:' || id"):
        its = identity.of(copy, id)
        stays = identity.find(connection, its) if its else None
        if not its and id <= used:
            deletion.bury(connection, uid)
        if stays is None or stays == id:
            continue
        was = versions.digest(connection, stays)
        for text in versions.every(connection, id):
            if text.is_whole and versions.take_over(connection, stays, text):
                versions.show(connection, stays, text.sha256, text._asdict())
        if versions.digest(connection, stays) != was:
            versions.log_text(connection, stays, was)
        deletion.bury(connection, uid)


def _sources(connection: apsw.Connection, copy: apsw.Connection) -> Iterator[tuple[str, str]]:
    """Bring the sources that are lost or damaged here; yield the articles."""
    sql = "SELECT id, uid FROM article JOIN content ON article = id WHERE downloaded_at <> ''"
    for id, uid in rows(connection, sql):
        here = _Source.of(versions.source_of(connection, id))
        if here.page and here.has_kind:
            continue
        its = identity.find(copy, uid)
        sent = versions.source_of(copy, its) if its is not None else b""
        there = _Source.of(sent)
        if there.page is not None and there != here and here.page in (there.page, b"", None):
            versions.set_source(connection, id, sent)
            if there.page:
                yield uid, "source"


class _Source(NamedTuple):
    """The source of an article: its kind with its addresses as sent to devices, and the page.

    The page is None if it cannot be unpacked.
    """

    head: bytes
    page: bytes | None

    @classmethod
    def of(cls, sent: bytes) -> "_Source":
        head, _, packed = sent.partition(b"\n")
        with suppress(zlib.error):
            return cls(head, zlib.decompress(packed))
        return cls(head, None)

    @property
    def has_kind(self) -> bool:
        return not self.head.startswith(b'["",')


# ---- what the log does not have


def _take_steps(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Take the undo steps of the copy, with their changes, but none about deleted articles."""
    pen, taken = stamps.pen(connection), set[int]()
    sql = (
        "SELECT step, entity, field, old, new, stamp, device.id, change.seq FROM change "
        "JOIN device ON number = device WHERE step IS NOT NULL ORDER BY change.id"
    )
    for step, entity, *told, device, seq in rows(copy, sql):
        if exchange.is_buried(connection, copy, entity):
            continue
        if step not in taken:
            taken.add(step)
            _take_step(connection, copy, step)
        field, _, _, stamp = told
        connection.execute(
            "DELETE FROM change WHERE entity = ? AND field = ? AND stamp = ? AND step IS NULL",
            (entity, field, stamp),
        )
        connection.execute(
            "INSERT INTO change (step, entity, field, old, new, stamp, device, seq) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (step, entity, *told, pen.number_of(device), seq),
        )


def _take_step(connection: apsw.Connection, copy: apsw.Connection, step: int) -> None:
    names = [name for _, name, *_ in rows(connection, "PRAGMA table_info(change_group)")]
    sql = f"SELECT {', '.join(names)} FROM change_group WHERE id = ?"
    marks = ", ".join("?" * len(names))
    connection.executemany(
        f"INSERT INTO change_group ({', '.join(names)}) VALUES ({marks})", rows(copy, sql, (step,))
    )


def _take_rest(connection: apsw.Connection, copy: apsw.Connection) -> None:
    """Take settings, icons, and marks of waiting texts by the rules above."""
    for name, value in copy.execute("SELECT name, value FROM setting"):
        if name not in _OF_ONE_FILE:
            connection.execute("INSERT OR IGNORE INTO setting VALUES (?, ?)", (name, value))
    connection.executemany(
        "INSERT INTO site_icon VALUES (?, ?, ?) ON CONFLICT (host) DO UPDATE SET "
        "name = excluded.name, asked_at = excluded.asked_at WHERE excluded.asked_at > asked_at",
        copy.execute("SELECT host, name, asked_at FROM site_icon"),
    )
    names = "kind, status, tried_at, tries, again_at"
    sql = f"SELECT uid, {names} FROM download_failure JOIN article ON id = article"
    for uid, *told in copy.execute(sql):
        connection.execute(
            f"INSERT INTO download_failure (article, {names}) "
            "SELECT id, ?2, ?3, ?4, ?5, ?6 FROM article WHERE uid = ?1 AND downloaded_at = '' "
            "ON CONFLICT (article) DO UPDATE SET kind = excluded.kind, status = excluded.status, "
            "tried_at = excluded.tried_at, tries = excluded.tries, again_at = excluded.again_at "
            "WHERE excluded.tried_at > tried_at",
            (uid, *told),
        )
    sql = "SELECT uid, device FROM later_text JOIN article ON id = article"
    connection.executemany(
        "INSERT OR IGNORE INTO later_text SELECT id, ?2 FROM article "
        "WHERE uid = ?1 AND downloaded_at = ''",
        [*copy.execute(sql)],
    )
