"""Making lost rows again from the log of changes, indexes and free pages."""

import json
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import apsw

from reader.library.articles import aliases, arrival, deletion, distinct, fields, versions
from reader.library.highlights import store as highlights
from reader.library.history import changes, identity, stamps
from reader.library.reading import log
from reader.library.repair.salvage import Again, Salvage, prepared
from reader.library.repair.salvaged import Origin, Source
from reader.library.shelves import saved, tag_arrival, tag_store
from reader.library.store.collation import decoded, sort_key
from reader.library.store.database import rows
from reader.library.vocabulary import vocabulary

_TROUBLE = (ValueError, KeyError, TypeError, AttributeError, apsw.Error)
"""The exceptions to which a damaged row of the log can lead."""
_SINCE = 9  # the schema whose log has everything
_USERS = {
    "article": ("content", "version", "article_tag", "article_image"),
    "tag": ("article_tag",),
}
_OF_ARTICLE = (("article_tag", "article"), ("alias", "article"), ("reading", "uid"))
"""The tables that a refresh from the log changes, and the key of their rows."""


def remake(connection: apsw.Connection, salvage: Salvage) -> list[Origin]:
    """Make lost rows again, within a transaction of a library of the newest schema."""
    torn = {name for name, tally in salvage.tallies.items() if tally.is_torn}
    origins: list[Origin] = []
    _keep_ids_unused(connection)
    _drop_timeless(connection, salvage)
    _bury(connection, salvage)
    if "tag" in torn:
        salvage.tallies["tag"].remade += _tags(connection, salvage)
    if "article" in torn or salvage.tallies["article"].half_ids:
        origins += _articles(connection, salvage)
    if torn & {"article", "content"}:
        origins += _articles_again(connection, salvage)
    for table, work in _WORKS.items():
        if table in torn:
            salvage.tallies[table].remade += _counted(connection, table, work)
            if "change" not in torn and salvage.schema.version >= _SINCE:
                salvage.tallies[table].lost = 0
    return origins


def _bury(connection: apsw.Connection, salvage: Salvage) -> None:
    """Delete articles and texts again that came back from pages that may be free."""
    sql = "SELECT uid FROM article JOIN change ON entity = uid AND field = 'gone'"
    for (uid,) in rows(connection, sql):
        if changes.is_gone(connection, [uid]):
            deletion.bury(connection, uid)
    if salvage.knows_all("sqlite_autoindex_article_1"):
        sql = "DELETE FROM content WHERE article = ?1 AND article NOT IN (SELECT id FROM article)"
        deleted = salvage.loose - {*salvage.uids.values()}
        connection.executemany(sql, [(id,) for id in deleted])


def _keep_ids_unused(connection: apsw.Connection) -> None:
    """Keep the ids of lost articles and tags unused: rows of other tables still have them."""
    for name, users in _USERS.items():
        ids = " UNION ALL ".join(f"SELECT max({name}) FROM {table}" for table in users)
        sql = f"SELECT seq FROM sqlite_sequence WHERE name = '{name}' UNION ALL {ids}"
        highest = max(int(id or 0) for (id,) in rows(connection, sql))
        connection.execute("DELETE FROM sqlite_sequence WHERE name = ?", (name,))
        connection.execute("INSERT INTO sqlite_sequence VALUES (?, ?)", (name, highest))


def _drop_timeless(connection: apsw.Connection, salvage: Salvage) -> None:
    """Delete rows of the log whose time is lost, since their order is unknown."""
    found = [id for id, stamp in rows(connection, "SELECT id, CAST(stamp AS BLOB) FROM change")
             if not stamps.is_stamp(decoded(stamp))]  # fmt: skip
    connection.executemany("DELETE FROM change WHERE id = ?", [(id,) for id in found])
    tally = salvage.tallies["change"]
    tally.half -= len(tally.half_ids & {*found})
    tally.lost += len(found)
    tally.is_torn |= bool(found)


def log_present(connection: apsw.Connection, salvage: Salvage) -> None:
    """Log the fields of articles if rows of the log are lost: a copy must not revert them."""
    if not salvage.is_torn("change") or not salvage.knows_free:
        return
    for id, uid in rows(connection, "SELECT id, uid FROM article WHERE url NOT LIKE 'lost:%'"):
        if id not in salvage.tallies["article"].half_ids:
            with suppress(*_TROUBLE), connection:
                _log_fields(connection, id, identity.root(connection, uid))


def _log_fields(connection: apsw.Connection, id: int, root: str) -> None:
    told = arrival.Told(connection, identity.members(connection, root))
    for name in fields.COLUMNS:
        value = fields.FIELDS[name].read(connection, id, "")
        if value != told.value(name):
            changes.record(connection, None, root, name, told.value(name), value)
    text = _whole_text(connection, id)
    if text is not None and text.sha256.hex() != told.value("text"):
        versions.log_text(connection, id, bytes.fromhex(told.value("text")))


def _counted(
    connection: apsw.Connection, table: str, work: Callable[[apsw.Connection], None]
) -> int:
    before = int(connection.execute(f"SELECT count(*) FROM {table}").get)
    work(connection)
    return max(0, int(connection.execute(f"SELECT count(*) FROM {table}").get) - before)


# ---- articles from the log


def _articles(connection: apsw.Connection, salvage: Salvage) -> Iterator[Origin]:
    """Make articles again whose row is lost, and fields of those whose row is damaged."""
    tally = salvage.tallies["article"]
    known = {str(uid): int(id) for uid, id in rows(connection, "SELECT uid, id FROM article")}
    half = {uid for uid, id in known.items() if id in tally.half_ids}
    places = _ids_of_texts(connection)
    for uid, base, digest in _created(connection):
        if uid in half:
            with suppress(*_TROUBLE), connection:
                _refresh(connection, salvage, uid, known[uid])
                tally.half -= 1
                yield Origin(uid, _title(connection, known[uid]), "details", Source.LOG)
        elif uid not in known:
            with suppress(*_TROUBLE), connection:
                id = _inserted(connection, uid, base, salvage.uids.get(uid) or places.get(digest))
                _refresh(connection, salvage, uid, id)
                sql = "UPDATE article SET downloaded_at = ? WHERE id = ? AND downloaded_at = ''"
                connection.execute(sql, (str(base.get("downloaded_at", "")), id))
                tally.remade += 1
                tally.lost = max(0, tally.lost - 1)
                yield Origin(uid, _title(connection, id), "", Source.LOG)


def _created(connection: apsw.Connection) -> Iterator[tuple[str, dict[str, Any], str]]:
    """Yield uid, first fields and the digest of the text of all articles that the log has."""
    for uid, new in rows(connection, "SELECT entity, new FROM change WHERE field = 'created'"):
        with suppress(*_TROUBLE):
            base = json.loads(new)
            if changes.is_gone(connection, [uid]) or identity.root(connection, uid) != uid:
                continue
            yield uid, base, str(changes.last(connection, uid, "text") or base.get("text", ""))


def _ids_of_texts(connection: apsw.Connection) -> dict[str, int]:
    """Return the ids of texts without an article by their digests."""
    sql = (
        "SELECT lower(hex(sha256)), article FROM content WHERE html <> '' "
        "AND article NOT IN (SELECT id FROM article)"
    )
    return dict(rows(connection, sql))


def _inserted(connection: apsw.Connection, uid: str, base: dict[str, Any], id: int | None) -> int:
    title, site = str(base.get("title", "")), str(base.get("site") or base.get("byline", ""))
    columns = {
        "id": id, "uid": uid, "url": str(base["url"]), "title": title,
        "title_key": sort_key(title), "byline": "", "site": str(base.get("site", "")),
        "site_key": sort_key(site), "language": "", "excerpt": "",
        "words": int(base.get("words") or 0), "published_at": "",
        "added_at": str(base.get("added_at", "")), "downloaded_at": "", "state": "queue",
        "place": str(base.get("place", "")), "lead": str(base.get("lead", "")),
    }  # fmt: skip
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})"
    connection.execute(sql, tuple(columns.values()))
    return connection.last_insert_rowid()


def _refresh(connection: apsw.Connection, salvage: Salvage, uid: str, id: int) -> None:
    """Set all fields from the log, and keep the rows of other tables that were read.

    Of two texts the one in its place counts, because the log may have lost its last rows.
    """
    read = None if id in salvage.loose else _whole_text(connection, id)
    kept = {
        (table, key): rows(connection, f"SELECT * FROM {table} WHERE article = ?",
                           (uid if key == "uid" else id,))
        for table, key in _OF_ARTICLE
    }  # fmt: skip
    arrival.refresh(connection, [uid])
    for (table, _), found in kept.items():
        for row in found:
            marks = ", ".join("?" * len(row))
            connection.execute(f"INSERT OR REPLACE INTO {table} VALUES ({marks})", row)
    now = versions.digest(connection, id)
    if read is not None and read.sha256 != now and versions.use(connection, id, read.sha256):
        versions.log_text(connection, id, now)
    sql = (
        "DELETE FROM version WHERE article = ?1 "
        "AND (SELECT count(*) FROM version WHERE article = ?1) = 1 "
        "AND sha256 = (SELECT sha256 FROM content WHERE article = ?1)"
    )
    connection.execute(sql, (id,))  # a single text is no version


def _whole_text(connection: apsw.Connection, id: int) -> versions.Text | None:
    """Return the current text of an article, None if it has none with its hash."""
    digest = versions.digest(connection, id)
    found = versions.every(connection, id)[-1:]
    return next((each for each in found if each.is_whole and each.sha256 == digest), None)


def _title(connection: apsw.Connection, id: int) -> str:
    return str(connection.execute("SELECT title FROM article WHERE id = ?", (id,)).get or "")


# ---- articles and texts from free pages


def _articles_again(connection: apsw.Connection, salvage: Salvage) -> Iterator[Origin]:
    """Bring articles back that are missing from everything else; no tombstone may name them."""
    shape = salvage.wanted["article"]
    place = [each.name for each in shape.columns].index("uid")
    for again in salvage.again:
        uid = again.row[place] if again.table == "article" else None
        if not isinstance(uid, str) or changes.is_gone(connection, [uid]):
            continue
        sql = "SELECT EXISTS (SELECT 1 FROM article WHERE uid = ? OR id = ?)"
        if connection.execute(sql, (uid, again.id)).get:
            continue
        with suppress(apsw.Error):
            insert(connection, salvage, again)
            salvage.tallies["article"].remade += 1
            yield Origin(uid, _title(connection, again.id), "", Source.AGAIN)


def insert(connection: apsw.Connection, salvage: Salvage, again: Again) -> None:
    """Add a row of a free page."""
    shape = salvage.wanted[again.table]
    present = {name for _, name, *_ in rows(connection, f"PRAGMA table_info({again.table})")}
    values, _ = prepared(shape, again.id, again.row)
    told = {
        column.name: value for column, value in zip(shape.columns, values, strict=True)
        if column.name in present
    }  # fmt: skip
    marks = ", ".join("?" * len(told))
    sql = f"INSERT INTO {again.table} ({', '.join(told)}) VALUES ({marks})"
    connection.execute(sql, tuple(told.values()))
    if again.table == "content":
        salvage.loose.add(again.id)


# ---- tags, addresses and reading times


def _tags(connection: apsw.Connection, salvage: Salvage) -> int:
    """Make lost tags again under their ids."""
    made = 0
    for uid, name in tag_store.winners(connection, "name"):
        is_there = tag_store.of_uid(connection, uid) is not None
        if not is_there and (uid in salvage.uids or _is_given(connection, uid)):
            made += _add_tag(connection, salvage, uid, name)
    for (name,) in rows(connection, "SELECT name FROM tag WHERE instr(name, '/')"):
        while "/" in name:
            name = name.rpartition("/")[0]
            if tag_store.find(connection, name) is None:
                made += _add_tag(connection, salvage, tag_store.free_uid(connection, name), name)
    tag_arrival.refresh(connection, [])  # colours
    tally = salvage.tallies["tag"]
    tally.lost = max(0, tally.lost - made)
    return made


def _add_tag(connection: apsw.Connection, salvage: Salvage, uid: str, name: str) -> int:
    sql = "INSERT OR IGNORE INTO tag (id, name, name_key, uid) VALUES (?, ?, ?, ?)"
    connection.execute(sql, (salvage.uids.get(uid), name, name.casefold(), uid))
    return connection.changes()


def _is_given(connection: apsw.Connection, uid: str) -> bool:
    sql = "SELECT EXISTS (SELECT 1 FROM change WHERE field = ? AND new = '1')"
    return bool(connection.execute(sql, (f"tag/{uid}",)).get)


def _given_tags(connection: apsw.Connection) -> None:
    sql = (
        "SELECT DISTINCT article.id, uid, substr(field, 5) FROM change "
        "JOIN article ON uid = entity WHERE field LIKE 'tag/%'"
    )
    told: dict[str, dict[str, str]] = {}
    for id, uid, tag in rows(connection, sql):
        if uid not in told:
            told[uid] = tag_arrival.given(connection, identity.root(connection, uid))
        known = tag_store.of_uid(connection, tag)
        if told[uid].get(tag) == "1" and known is not None:
            connection.execute("INSERT OR IGNORE INTO article_tag VALUES (?, ?)", (known, id))


def _entities(connection: apsw.Connection, kind: str) -> list[str]:
    sql = "SELECT DISTINCT entity FROM change WHERE entity > ? AND entity < ?"
    found = rows(connection, sql, (f"{kind}/", f"{kind}0"))
    return [str(entity).partition("/")[2] for (entity,) in found]


def _aliases(connection: apsw.Connection) -> None:
    aliases.ALIAS.refresh(connection, _entities(connection, aliases.NAME))


def _saved(connection: apsw.Connection) -> None:
    missing = {*_entities(connection, saved.NAME)} - _present(connection, "saved")
    saved.SAVED.refresh(connection, [uid for uid in missing if _is_saved(connection, uid)])


def _is_saved(connection: apsw.Connection, uid: str) -> bool:
    return bool(changes.last(connection, f"{saved.NAME}/{uid}", "name"))


def _highlights(connection: apsw.Connection) -> None:
    missing = {*_entities(connection, highlights.NAME)} - _present(connection, "highlight")
    highlights.refresh(connection, missing)


def _words(connection: apsw.Connection) -> None:
    missing = {*_entities(connection, vocabulary.NAME)} - _present(connection, "looked_up")
    vocabulary.refresh(connection, missing)


def _present(connection: apsw.Connection, table: str) -> set[str]:
    return {str(uid) for (uid,) in rows(connection, f"SELECT uid FROM {table}")}


def _apart(connection: apsw.Connection) -> None:
    distinct.PAIR.refresh(connection, _entities(connection, distinct.NAME))


def _reading(connection: apsw.Connection) -> None:
    """Add the reading times that are missing; those that were read stay as they are."""
    kept = rows(connection, "SELECT * FROM reading")
    sql = "SELECT DISTINCT entity FROM change WHERE field LIKE 'read/%'"
    for root in {identity.root(connection, uid) for (uid,) in rows(connection, sql)}:
        log.settle(connection, root, identity.members(connection, root))
    connection.executemany("INSERT OR REPLACE INTO reading VALUES (?, ?, ?, ?)", kept)


def _twins(connection: apsw.Connection) -> None:
    """Make the uids that share the name of a tag twins of it again."""
    for uid, name in tag_store.winners(connection, "name"):
        id = tag_store.find(connection, name)
        if id is not None and tag_store.of_uid(connection, uid) is None:
            connection.execute("INSERT OR IGNORE INTO tag_twin VALUES (?, ?)", (uid, id))


_WORKS: dict[str, Callable[[apsw.Connection], None]] = {
    "tag_twin": _twins,
    "article_tag": _given_tags, "alias": _aliases, "saved": _saved, "apart": _apart,
    "reading": _reading, "highlight": _highlights, "looked_up": _words,
}  # fmt: skip
