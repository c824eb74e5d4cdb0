"""The index of all words: kept true by every change, made anew where it is not.

Triggers note the articles whose entry is no longer right (``unsearched``). Each transaction
makes good what it has noted before it ends, so that the index is never behind. Only a library
that comes from an older program is brought up later, in slices between which others may write.
"""

import math
import time
from collections.abc import Iterable
from typing import Any

import apsw

from reader.errors import NotALibrary
from reader.library import terms, words
from reader.library.database import Database
from reader.progress import Report

_SLICE = 64
_SLICE_S = 0.02
_MANY_WORDS = 200_000
_ENTRY = (
    "SELECT unsearched.article, title, byline, site, url, html FROM unsearched "
    "LEFT JOIN article ON article.id = unsearched.article "
    "LEFT JOIN content ON content.article = unsearched.article WHERE "
)
_SAYS = "Making the articles searchable"


def enter_noted(connection: apsw.Connection) -> None:
    """Make good what this transaction has noted; called before it ends."""
    if connection.execute("SELECT EXISTS (SELECT 1 FROM unsearched WHERE later = 0)").get:
        _enter(connection, connection.execute(f"{_ENTRY} later = 0 ORDER BY unsearched.article"))
        connection.execute("DELETE FROM unsearched WHERE later = 0")


def waiting(connection: apsw.Connection) -> int:
    """Return how many articles cannot be found yet."""
    return int(connection.execute("SELECT count(*) FROM unsearched").get or 0)


def prepare(database: Database, report: Report) -> None:
    """Enter what waits, count the words again where they are others by now.

    An index that is damaged, or that lacks articles, is made anew. Nobody else who wants to
    write is kept waiting for long: it works in slices and rests between them.
    """
    try:
        if not _complete(database):
            _begin_anew(database)
        _enter_waiting(database, report)
        terms.count(database, report)
    except NotALibrary:  # as the index calls itself when it is damaged
        rebuild(database, report)


def rebuild(database: Database, report: Report) -> None:
    """Make the index anew."""
    _begin_anew(database)
    _enter_waiting(database, report)
    terms.count(database, report)


def _complete(database: Database) -> bool:
    """Return whether every article has an entry or waits for one."""
    with database.reading() as connection:
        connection.execute("BEGIN")
        try:
            entered = connection.execute("SELECT count(*) FROM search_docsize").get
            articles = connection.execute("SELECT count(*) FROM article").get
            missing = connection.execute(
                "SELECT count(*) FROM unsearched WHERE NOT EXISTS "
                "(SELECT 1 FROM search_docsize WHERE id = article)"
            ).get
            return bool(entered + missing == articles)
        finally:
            connection.execute("COMMIT")


def _begin_anew(database: Database) -> None:
    with database.writing() as connection:
        connection.execute("INSERT INTO search (search) VALUES ('delete-all')")
        connection.execute("INSERT OR IGNORE INTO unsearched SELECT id, 1 FROM article")
        terms.forget(connection)


def _enter_waiting(database: Database, report: Report) -> None:
    with database.reading() as connection:
        total = waiting(connection)
    done, entered = 0, total
    while entered:
        report(done, total, _SAYS)
        began = time.monotonic()
        with database.writing() as connection:
            entered = _enter_slice(connection, began + _SLICE_S)
        done += entered
        time.sleep(time.monotonic() - began)  # whoever waits gets its turn


def _enter_slice(connection: apsw.Connection, until: float) -> int:
    """Enter waiting articles until it is time to stop, at least one; return how many."""
    sql = f"{_ENTRY} unsearched.article >= 0 ORDER BY unsearched.article LIMIT {_SLICE}"
    done = _enter(connection, connection.execute(sql).fetchall(), until)
    gone = [(id,) for id in done]
    connection.executemany("DELETE FROM unsearched WHERE article = ?", gone)
    return len(done)


def _enter(
    connection: apsw.Connection, found: Iterable[tuple[Any, ...]], until: float = math.inf
) -> list[int]:
    """Make the entries of articles, in the order of their ids; return those that are made."""
    done: list[int] = []
    known: set[str] = set()
    for id, title, *told in found:
        if title is None:
            connection.execute("DELETE FROM search WHERE rowid = ?", (id,))
        else:
            known |= _enter_one(connection, id, _columns(title, *told), known)
        done.append(id)
        if len(known) > _MANY_WORDS:
            known.clear()
        if time.monotonic() > until:
            break
    return done


def _columns(title: str, byline: str, site: str, url: str, html: str | None) -> list[str]:
    """Return what is entered of an article; its site by the address, too."""
    host = url.split("/", 3)[2] if url.startswith("http") and url.count("/") > 1 else ""
    where = site if host == site else f"{site}\n{host}"
    return [words.indexed(each) for each in (title, byline, where, words.plain(html or ""))]


def _enter_one(
    connection: apsw.Connection, id: int, columns: list[str], known: set[str]
) -> set[str]:
    """Make the entry of an article; return the words in it that were not known."""
    sql = "INSERT OR REPLACE INTO search (rowid, title, byline, site, text) VALUES (?, ?, ?, ?, ?)"
    connection.execute(sql, (id, *columns))
    fresh = set(words.split(connection, "\n".join(columns))) - known
    terms.add(connection, fresh)
    return fresh
