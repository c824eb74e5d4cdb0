"""Filing: a clipping becomes an article, or brings the one it already is up to date."""

import os
import zlib
from collections.abc import Iterable, Sequence
from typing import Any

import apsw

from reader.library.articles import merging, versions
from reader.library.history import changes, labels
from reader.library.shelves import fractional_index
from reader.library.store import clock
from reader.library.store.collation import sort_key, storable
from reader.library.store.database import Database, rows
from reader.model import Clipping, Edit, Filed, Outcome, State
from reader.progress import Report

_TOLD = ("title", "byline", "site", "language", "excerpt", "published_at", "words", "lead")


def now() -> str:
    """Return the time as the library writes it."""
    return clock.text(clock.seconds())


def end_of_queue(connection: apsw.Connection) -> str:
    """Return the place behind the last of the queue."""
    last = connection.execute("SELECT max(place) FROM article WHERE state = 'queue'").get
    return fractional_index.between(last or "", "")


def find(connection: apsw.Connection, url: str) -> int | None:
    """Return the article of an address or of one of its other addresses.

    Of one that a person merged into another it is the other.
    """
    sql = "SELECT id FROM article WHERE url = ?1 UNION SELECT article FROM alias WHERE url = ?1"
    found = connection.execute(sql, (url,)).get
    if found is None:
        return None
    sql = (
        "SELECT other.id FROM article JOIN article AS other ON other.uid = article.merged_into "
        "WHERE article.id = ?"
    )
    return int(connection.execute(sql, (found,)).get or found)


def title_of(connection: apsw.Connection, id: int) -> str:
    """Return the title of an article, ``""`` where there is none."""
    return str(connection.execute("SELECT title FROM article WHERE id = ?", (id,)).get or "")


def edit(connection: apsw.Connection, step: int, edit: Edit) -> bool:
    """Correct an article within a step; return whether it is another one now."""
    told = {name: getattr(edit, name) for name in ("title", "byline", "published_at")}
    wanted = {name: value for name, value in told.items() if value is not None}
    if edit.text is not None:
        versions.keep(connection, edit.article)
        wanted["version"] = versions.add(connection, edit.article, _clean(edit.text), now())
    done = [changes.write(connection, step, [edit.article], *each) for each in wanted.items()]
    return any(done)


def edit_all(database: Database, verb: str, edits: Iterable[Edit]) -> int:
    """Correct articles as one step, a transaction each; return how many are others now.

    The step is whole after each of them, so that a kill leaves one that can be undone.
    """
    step, titles, all = 0, list[str](), 0
    for each in edits:
        with database.writing() as connection:
            if not changes.is_open(connection, step):
                step, titles = changes.begin_step(connection, verb), []
            title = title_of(connection, each.article)
            if edit(connection, step, each):
                titles.append(title)
                all += 1
            changes.name_step(connection, step, changes.named(verb, titles, len(titles)))
            changes.end_step(connection, step, len(titles))
    return all


def move(
    connection: apsw.Connection,
    step: int,
    ids: Sequence[int],
    state: State,
    *,
    done: bool,
    report: Report,
) -> int:
    """Move articles to a state; out of the archive they come to the end of the queue."""
    if done:
        changes.write(connection, step, ids, "read_at", now())
    sql = "SELECT state FROM article WHERE id = ?"
    for id in ids if state is State.QUEUE else ():
        if connection.execute(sql, (id,)).get == State.ARCHIVE:
            changes.write(connection, step, [id], "place", end_of_queue(connection))
            changes.write(connection, step, [id], "state", state)
    changes.write(connection, step, ids, "state", state, report)
    return len(ids)


def file(connection: apsw.Connection, clipping: Clipping, state: State) -> Filed:
    """File a clipping in the transaction of the caller; here it is cleaned, wherever it is from."""
    clipping = _clean(clipping)
    known = find(connection, clipping.url)
    if known is not None:
        filed = _renew(connection, known, clipping)
    else:
        filed = Filed(_insert(connection, clipping, state), Outcome.ADDED)
        _write_content(connection, filed.id, clipping)
        _tag(connection, filed.id, clipping)
    return filed._replace(id=_with_aliases(connection, filed.id, clipping))


def _clean(clipping: Clipping) -> Clipping:
    """Return a clipping all of whose texts can be stored."""
    return Clipping._make(_storable(value) for value in clipping)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    return tuple(map(_storable, value)) if isinstance(value, tuple) else value


def _with_aliases(connection: apsw.Connection, id: int, clipping: Clipping) -> int:
    """Know an article by its other addresses; one that is filed under them is the same."""
    for alias in clipping.aliases:
        other = find(connection, alias)
        if other is None:
            connection.execute("INSERT INTO alias VALUES (?, ?)", (alias, id))
        elif other != id and merging.are_one(connection, id, other):
            id = merging.merge(connection, id, other)
        elif alias.startswith("file:"):  # a path names what lies there now
            sql = "UPDATE alias SET article = ? WHERE url = ?"
            connection.execute(sql, (id, alias))
    return id


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
    if clipping.html and versions.digest(connection, id) != versions.digest_of(clipping.html):
        versions.keep(connection, id)
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
    for name in ("title", "byline", "published_at"):
        if changes.touched(connection, uid, name):
            told.pop(name, None)
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
    """Write text and source; return whether either is another one now."""
    row = (
        versions.digest_of(clipping.html), zlib.compress(clipping.source), clipping.source_type,
        clipping.base, clipping.validators, clipping.made_by,
    )  # fmt: skip
    names = "sha256, source, source_type, base, validators, made_by"
    had = connection.execute(f"SELECT {names} FROM content WHERE article = ?", (id,)).fetchone()
    if had == row:
        return False
    connection.execute(
        f"INSERT OR REPLACE INTO content (article, html, {names}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
        (id, clipping.html, *row),
    )
    versions.show_pictures(connection, id, clipping.pictures)
    # It is made again behind the window: half of what filing would take.
    connection.execute("DELETE FROM fingerprint WHERE article = ?", (id,))
    if clipping.html:
        sql = "UPDATE article SET downloaded_at = ? WHERE id = ?"
        connection.execute(sql, (now(), id))
    return had is None or had[:3] != row[:3]


def _tag(connection: apsw.Connection, id: int, clipping: Clipping) -> bool:
    wanted = [labels.clean(tag) for tag in clipping.tags]
    given = [changes.write(connection, None, [id], f"tag:{tag}", 1) for tag in wanted if tag]
    return any(given)
