"""Rebuilding articles from the log, after rows of other devices have arrived.

The state of an article depends on the rows of the log alone, not on their order of arrival. The
last writer of each field wins; a correction by the user takes precedence over the page; all texts
are kept; views and reading times of all devices are added up.
"""

import json
import zlib
from collections.abc import Collection, Sequence
from hashlib import sha256
from typing import Any

import apsw

from reader.library.articles import aliases, deletion, distinct, fields, versions
from reader.library.highlights import store as highlights
from reader.library.history import changes, identity
from reader.library.reading import log
from reader.library.shelves import tag_arrival, tag_store
from reader.library.store.collation import sort_key
from reader.library.store.database import rows
from reader.model import State

_USUAL = {"favourite": "0", "position": fields.NOWHERE, "state": str(State.QUEUE)}
_META = {"made_at": "", "made_by": "", "words": 0, "lead": "", "pictures": ""}


class Told:
    """The state of an article according to the log, by all its uids."""

    def __init__(self, connection: apsw.Connection, uids: Sequence[str]) -> None:
        self.uids = uids
        self.bases: dict[str, dict[str, Any]] = {}
        self.texts: dict[str, dict[str, Any]] = {}
        self.found: dict[str, str] = {}
        self.last: dict[str, str] = {}
        self.source = ""
        self._views: dict[tuple[str, str], int] = {}
        self._stamps: dict[str, str] = {}
        sql = (
            "SELECT stamp, entity, new, field FROM change JOIN json_each(?) ON entity = value "
            "ORDER BY 1, 2, 3"
        )
        for stamp, entity, new, field in rows(connection, sql, (json.dumps(uids),)):
            self._read(stamp, entity, field, new)

    def _read(self, stamp: str, entity: str, field: str, new: str) -> None:
        name, _, part = field.partition("/")
        if name == "created":
            self._read_base(stamp, entity, json.loads(new))
        elif name == "version":
            self.texts[part] = json.loads(new)
        elif name == "views":
            self._views[entity, field] = int(new)
        elif name == "source":
            self.source = new
        elif name == "found":
            self.found[part] = new
        elif not part:
            self.last[name] = new
            self._stamps[name] = stamp

    def _read_base(self, stamp: str, entity: str, base: dict[str, Any]) -> None:
        self.bases[entity] = base
        self.source = f"created {entity}"
        if text := base.get("text"):
            told = {**base, "made_at": base.get("downloaded_at", "")}
            self.texts.setdefault(
                text, {name: told.get(name) or empty for name, empty in _META.items()}
            )
        for name, value in base.items():
            if name in fields.FOUND:
                self.found[name] = str(value)
            elif name != "added_at":  # that of the oldest creation
                self.last[name] = str(value)
                self._stamps[name] = stamp

    @property
    def base(self) -> dict[str, Any]:
        """The fields of its creation."""
        return self.bases.get(self.uids[0]) or next(iter(self.bases.values()), {})

    @property
    def views(self) -> int:
        """The number of views on all devices."""
        return max(0, sum(self._views.values()))

    def value(self, name: str) -> str:
        """Return the value of a field."""
        usual = str(self.base.get(name, "")) if name == "added_at" else _USUAL.get(name, "")
        found = self.last.get(name, self.found.get(name, usual))
        if name == "merged_into" and not self._is_merged():
            return ""
        return found

    def _is_merged(self) -> bool:
        """Return whether it is in the trash because of a merge; restoring it ends the merge."""
        came = self._stamps.get("state", "") <= self._stamps.get("merged_into", "")
        return self.value("state") == State.TRASH and came


def refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    """Rebuild articles from the log; first delete those that are gone.

    Their addresses may belong to other articles, which must not be merged into them.
    """
    roots = {identity.root(connection, uid) for uid in uids}
    gone = {root: changes.is_gone(connection, identity.members(connection, root)) for root in roots}
    for root in sorted(roots, key=lambda root: (not gone[root], root)):
        _refresh(connection, root)


def confirm(connection: apsw.Connection, root: str) -> None:
    """Log the fields of an article that differ from the log."""
    told = Told(connection, identity.members(connection, root))
    id = identity.find(connection, root)
    assert id is not None
    for name in fields.COLUMNS:
        value = fields.FIELDS[name].read(connection, id, "")
        if value != told.value(name):
            changes.record(connection, None, root, name, told.value(name), value)
    text = versions.digest(connection, id).hex() if versions.current(connection, id) else ""
    if text != told.value("text"):
        versions.log_text(connection, id, bytes.fromhex(told.value("text")))
    changes.record(connection, None, root, "source", "", versions.digest_of_source(connection, id))
    sql = "UPDATE article SET views = ? WHERE id = ?"
    connection.execute(sql, (told.views, id))


def _refresh(connection: apsw.Connection, root: str) -> None:
    uids = identity.members(connection, root)
    if changes.is_gone(connection, uids):
        deletion.bury(connection, root)
        log.settle(connection, root, uids)  # it leaves its time behind
        return
    told = Told(connection, uids)
    if not told.bases:
        return  # its creation has not arrived yet
    other = _same_address(connection, told)
    if other:
        _join(connection, root, other)
        return
    id = _local(connection, told)
    for name in fields.COLUMNS:
        value = told.value(name)
        if name == "merged_into" and value:
            value = identity.root(connection, value)
        field = fields.FIELDS[name]
        if field.read(connection, id, "") != value:
            field.write(connection, id, "", value)
    connection.execute("UPDATE article SET views = ?1 WHERE id = ?2 AND views <> ?1",
                       (told.views, id))  # fmt: skip
    _write_texts(connection, id, told)
    tag_store.settle(connection, id, tag_arrival.given(connection, root))
    log.settle(connection, root, told.uids)
    for uid in told.uids:
        entities = aliases.entities_of(connection, uid)
        aliases.ALIAS.refresh(connection, [each.partition("/")[2] for each in entities])
        connection.execute("DELETE FROM arrived WHERE entity = ?", (uid,))
    highlights.refresh_of(connection, told.uids)


# ---- two uids with one URL


def _same_address(connection: apsw.Connection, told: Told) -> str:
    """Return the uid of another article with the same URL, ``""`` if there is none."""
    sql = "SELECT uid FROM article WHERE url = ?"
    found = connection.execute(sql, (told.base["url"],)).get
    return "" if found is None or found in told.uids else str(found)


def _join(connection: apsw.Connection, one: str, other: str) -> None:
    """Merge two articles into the one added first, the same on every device."""
    stays, goes = sorted((one, other), key=lambda uid: _age(connection, uid))
    identity.note_merged(connection, goes, stays)
    _refresh(connection, identity.root(connection, stays))


def _age(connection: apsw.Connection, uid: str) -> tuple[str, str, str]:
    sql = "SELECT min(stamp), new FROM change WHERE entity = ? AND field = 'created'"
    stamp, new = connection.execute(sql, (uid,)).fetchone() or ("", "{}")
    return str(json.loads(new or "{}").get("added_at", "")), str(stamp or ""), uid


# ---- the row of an article


def _local(connection: apsw.Connection, told: Told) -> int:
    """Return the id of an article; insert it if it is missing, merge it if there are several."""
    sql = "SELECT id FROM article WHERE uid = ?"
    found = [connection.execute(sql, (uid,)).get for uid in told.uids]
    ids = [int(id) for id in found if id is not None]
    if not ids:
        id = _insert(connection, told)
        for uid in told.uids:
            distinct.restore(connection, uid)
        return id
    for other in ids[1:]:
        _fold(connection, other, ids[0])
    base = told.base
    sql = "UPDATE article SET uid = ?1, url = ?2 WHERE id = ?3 AND (uid <> ?1 OR url <> ?2)"
    connection.execute(sql, (told.uids[0], base["url"], ids[0]))
    return ids[0]


def _insert(connection: apsw.Connection, told: Told) -> int:
    columns = {
        "uid": told.uids[0], "url": told.base["url"], "title": "", "title_key": "",
        "byline": "", "site": "", "site_key": "", "language": "", "excerpt": "",
        "words": told.last.get("words", 0), "published_at": "",
        "added_at": told.base.get("added_at", ""), "downloaded_at": "",
        "state": State.QUEUE, "place": "", "lead": told.last.get("lead", ""),
    }  # fmt: skip
    for name in ("title", "byline", "site"):
        columns[name] = told.value(name)
    columns["title_key"] = sort_key(columns["title"])
    columns["site_key"] = sort_key(columns["site"] or columns["byline"])
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})"
    connection.execute(sql, tuple(columns.values()))
    id = connection.last_insert_rowid()
    connection.execute(
        "INSERT INTO content (article, html, sha256, source, source_type) VALUES (?, '', ?, ?, '')",
        (id, versions.digest_of(""), zlib.compress(b"")),
    )
    return id


def _fold(connection: apsw.Connection, goes: int, stays: int) -> None:
    """Transfer all texts and aliases of an article to another, and delete its row."""
    _store_current(connection, goes, stays)
    _keep_source(connection, goes)
    for table in ("version", "alias"):
        sql = f"UPDATE OR IGNORE {table} SET article = ? WHERE article = ?"
        connection.execute(sql, (stays, goes))
    for table in deletion.PARTS:
        connection.execute(f"DELETE FROM {table} WHERE article = ?", (goes,))
    connection.execute("DELETE FROM article WHERE id = ?", (goes,))


def _keep_source(connection: apsw.Connection, id: int) -> None:
    """Keep the source of an article, as if it had arrived: it may be the one that counts."""
    uid = identity.of(connection, id)
    renewed = changes.last(connection, uid, "source") is not None
    connection.execute(
        "INSERT INTO arrived VALUES (?, ?, x'', ?) ON CONFLICT DO UPDATE SET source = ?3",
        (uid, "source" if renewed else "created", versions.source_of(connection, id)),
    )


# ---- texts


def _write_texts(connection: apsw.Connection, id: int, told: Told) -> None:
    """Store every text of an article as a version, and use the last one."""
    text = told.last.get("text", "")
    _store_current(connection, id, id)
    if len(told.texts) > 1 or (text and versions.digest(connection, id).hex() != text):
        for digest in told.texts:
            _store(connection, id, digest, told)
    for digest, meta in told.texts.items():
        connection.execute(
            "UPDATE version SET made_at = ?, made_by = ?, words = ?, lead = ?, pictures = ? "
            "WHERE article = ? AND sha256 = ?",
            (*(meta[name] for name in _META), id, bytes.fromhex(digest)),
        )
    if text and text in told.texts:
        versions.show(connection, id, bytes.fromhex(text), told.texts[text])
    elif not text and "text" in told.last and versions.current(connection, id):
        versions.take_away(connection, id)
    _write_source(connection, id, told)


def _store_current(connection: apsw.Connection, article: int, into: int) -> None:
    """Store the current text of an article as a version, without logging it."""
    sql = (
        "SELECT sha256, html, downloaded_at, made_by, words, lead FROM content "
        "JOIN article ON id = article WHERE article = ? AND html <> ''"
    )
    for digest, html, *told in rows(connection, sql, (article,)):
        names = rows(connection, "SELECT name FROM article_image WHERE article = ?", (article,))
        pictures = " ".join(name for (name,) in names)
        _insert_version(connection, into, digest, (*told, pictures), zlib.compress(html.encode()))


def _store(connection: apsw.Connection, id: int, digest: str, told: Told) -> None:
    """Store a received text as a version."""
    packed = _arrived(connection, told.uids, digest)
    if packed:
        meta = [told.texts[digest][name] for name in _META]
        _insert_version(connection, id, bytes.fromhex(digest), meta, packed)


def _insert_version(
    connection: apsw.Connection, id: int, digest: bytes, meta: Sequence[object], packed: bytes
) -> None:
    connection.execute(
        "INSERT OR IGNORE INTO version (article, sha256, made_at, made_by, words, lead, pictures, "
        "html) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, digest, *(str(each) if n != 2 else int(str(each or 0)) for n, each in enumerate(meta)),
         packed),
    )  # fmt: skip


def _arrived(connection: apsw.Connection, uids: Sequence[str], digest: str) -> bytes:
    sql = "SELECT html FROM arrived WHERE entity = ? AND field = ?"
    for uid in uids:
        for field in (f"version/{digest}", "created"):
            packed = bytes(connection.execute(sql, (uid, field)).get or b"")
            if packed and versions.digest_of(zlib.decompress(packed).decode()).hex() == digest:
                return packed
    return b""


def _write_source(connection: apsw.Connection, id: int, told: Told) -> None:
    field, _, entity = told.source.partition(" ")
    sql = "SELECT source FROM arrived WHERE entity = ? AND field = ?"
    places = [(entity, "created")] if entity else [(uid, "source") for uid in told.uids]
    if not entity and versions.digest_of_source(connection, id) == field:
        return
    for place in places:
        sent = bytes(connection.execute(sql, place).get or b"")
        if (sent and entity) or sha256(sent).hexdigest() == field:
            versions.set_source(connection, id, sent)


# ---- content to send with a row


def data(connection: apsw.Connection, uid: str, name: str, told: str) -> tuple[bytes, bytes]:
    """Return the compressed text and the source to send with a row of an article."""
    id = identity.find(connection, uid)
    if id is None:
        return b"", b""
    if name == "version":
        return versions.packed(connection, id, told), b""
    if name == "source":
        is_it = versions.digest_of_source(connection, id) == told
        return b"", versions.source_of(connection, id) if is_it else b""
    text = json.loads(told).get("text", "")
    renewed = changes.last(connection, uid, "source") is not None
    source = b"" if renewed else versions.source_of(connection, id)
    return versions.packed(connection, id, text), source
