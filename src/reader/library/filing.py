"""Filing: a clipping becomes an article, or brings the one it already is up to date."""

import os
import time
import zlib

import apsw

from reader.library import changes, places
from reader.library.database import rows
from reader.library.text import sort_key
from reader.model import Clipping, Filed, Outcome, State

_TOLD = ("title", "byline", "site", "language", "excerpt", "published_at", "words", "lead")


def now() -> str:
    """Return the time as the library writes it."""
    return time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())


def end_of_queue(connection: apsw.Connection) -> str:
    """Return the place behind the last of the queue."""
    last = connection.execute("SELECT max(place) FROM article WHERE state = 'queue'").get
    return places.between(last or "", "")


def find(connection: apsw.Connection, url: str) -> int | None:
    """Return the article of an address or of one of its other addresses."""
    sql = "SELECT id FROM article WHERE url = ?1 UNION SELECT article FROM alias WHERE url = ?1"
    found = connection.execute(sql, (url,)).get
    return None if found is None else int(found)


def file(connection: apsw.Connection, clipping: Clipping, state: State) -> Filed:
    """File a clipping in the transaction of the caller."""
    known = find(connection, clipping.url)
    if known is not None:
        return _renew(connection, known, clipping)
    id = _insert(connection, clipping, state)
    _write_content(connection, id, clipping)
    _tag(connection, id, clipping)
    return Filed(id, Outcome.ADDED)


def _insert(connection: apsw.Connection, clipping: Clipping, state: State) -> int:
    moment = now()
    columns = {
        "uid": os.urandom(16).hex(),
        "url": clipping.url,
        "title": clipping.title,
        "title_key": sort_key(clipping.title),
        "byline": clipping.byline,
        "site": clipping.site,
        "site_key": sort_key(clipping.site or clipping.byline),
        "language": clipping.language,
        "excerpt": clipping.excerpt,
        "words": clipping.words,
        "published_at": clipping.published_at,
        "added_at": moment,
        "downloaded_at": moment if clipping.html else "",
        "state": str(state),
        "place": end_of_queue(connection),
        "lead": clipping.lead,
    }
    marks = ", ".join("?" * len(columns))
    sql = f"INSERT INTO article ({', '.join(columns)}) VALUES ({marks})"
    connection.execute(sql, tuple(columns.values()))
    return connection.last_insert_rowid()


def _renew(connection: apsw.Connection, id: int, clipping: Clipping) -> Filed:
    """Bring an article up to date; what a person did to it stays as it is."""
    sql = "SELECT uid, state FROM article WHERE id = ?"
    uid, state = rows(connection, sql, (id,))[0]
    changed = _renew_told(connection, id, uid, clipping)
    if clipping.html:
        changed |= _write_content(connection, id, clipping)
    changed |= _tag(connection, id, clipping)
    if state == State.TRASH:
        changed = True
        changes.write(connection, None, [id], "place", end_of_queue(connection))
        changes.write(connection, None, [id], "state", State.QUEUE)
    return Filed(id, Outcome.UPDATED if changed else Outcome.UNCHANGED)


def _renew_told(connection: apsw.Connection, id: int, uid: str, clipping: Clipping) -> bool:
    told = {name: getattr(clipping, name) for name in _TOLD if getattr(clipping, name)}
    if changes.touched(connection, uid, "title"):
        told.pop("title", None)
    names = tuple(told)
    if not names:
        return False
    sql = f"SELECT {', '.join(names)} FROM article WHERE id = ?"
    if connection.execute(sql, (id,)).fetchone() == tuple(told.values()):
        return False
    if "title" in told:
        told["title_key"] = sort_key(told["title"])
    if "site" in told:
        told["site_key"] = sort_key(told["site"])
    parts = ", ".join(f"{name} = ?" for name in told)
    sql = f"UPDATE article SET {parts} WHERE id = ?"
    connection.execute(sql, (*told.values(), id))
    return True


def _write_content(connection: apsw.Connection, id: int, clipping: Clipping) -> bool:
    from hashlib import sha256  # a start without changes does not pay for it

    digest = sha256(clipping.html.encode()).digest()
    source = zlib.compress(clipping.source)
    row = (digest, source, clipping.source_type)
    sql = "SELECT sha256, source, source_type FROM content WHERE article = ?"
    if connection.execute(sql, (id,)).fetchone() == row:
        return False
    connection.execute(
        "INSERT OR REPLACE INTO content (article, html, sha256, source, source_type) "
        "VALUES (?, ?, ?, ?, ?)",
        (id, clipping.html, *row),
    )
    connection.execute("DELETE FROM article_image WHERE article = ?", (id,))
    connection.executemany(
        "INSERT OR IGNORE INTO article_image VALUES (?, ?)",
        [(id, name) for name in clipping.pictures],
    )
    if clipping.html:
        sql = "UPDATE article SET downloaded_at = ? WHERE id = ?"
        connection.execute(sql, (now(), id))
    return True


def _tag(connection: apsw.Connection, id: int, clipping: Clipping) -> bool:
    wanted = [" ".join(tag.split())[:200] for tag in clipping.tags]
    given = [changes.write(connection, None, [id], f"tag:{tag}", 1) for tag in wanted if tag]
    return any(given)
