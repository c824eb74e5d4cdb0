"""Adding clippings as articles, updating known articles, and editing."""

import json
import os
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import apsw

from reader.library.articles import aliases, downloads, fields, merging, subjects, versions
from reader.library.history import changes, identity
from reader.library.shelves import fractional_index, tag_store
from reader.library.store import clock
from reader.library.store.collation import sort_key, storable
from reader.library.store.database import Database, rows
from reader.model import Clipping, Edit, Filed, Outcome, State
from reader.progress import Report
from reader.steps import Label, Verb

_TOLD = (
    "title", "byline", "site", "language", "excerpt", "published_at", "words", "lead", "subjects",
)  # fmt: skip


_LOGGED = (
    "url", "title", "byline", "site", "language", "excerpt", "words", "published_at", "added_at",
    "downloaded_at", "opened_at", "read_at", "state", "place", "favourite", "lead", "subjects",
)  # fmt: skip


def end_of_queue(connection: apsw.Connection) -> str:
    """Return the place after the last article of the queue."""
    last = connection.execute("SELECT max(standing) FROM article WHERE state = 'queue'").get
    return fractional_index.between(str(last or "").partition(" ")[0], "")


def find(connection: apsw.Connection, url: str) -> int | None:
    """Return the article with a URL or alias, None if there is none.

    If the user merged it into another article, return the other.
    """
    sql = "SELECT id FROM article WHERE url = ?1 UNION ALL SELECT article FROM alias WHERE url = ?1"
    found = connection.execute(f"{sql} LIMIT 1", (url,)).get
    if found is None:
        return None
    sql = (
        "SELECT other.id FROM article JOIN article AS other ON other.uid = article.merged_into "
        "WHERE article.id = ?"
    )
    return int(connection.execute(sql, (found,)).get or found)


def note_typed(connection: apsw.Connection, url: str) -> None:
    """Record that the user typed the URL of an article."""
    uid = connection.execute("SELECT uid FROM article WHERE url = ?", (url,)).get
    if uid is not None:
        changes.record(connection, None, str(uid), "typed", "", url)


def is_typed(connection: apsw.Connection, id: int) -> bool:
    """Return whether the user typed the URL of an article on this device."""
    found = rows(connection, "SELECT uid, url FROM article WHERE id = ?", (id,))
    return any(
        changes.last(connection, each, "typed") == url
        for uid, url in found
        for each in identity.members(connection, uid)
    )


def edit(step: changes.Making, edit: Edit) -> bool:
    """Edit an article within an undo step; return whether it changed."""
    told = {name: getattr(edit, name) for name in ("title", "byline", "published_at")}
    wanted = {name: value for name, value in told.items() if value is not None}
    if edit.text is not None and identity.of(step.connection, edit.article):
        text = clean(edit.text)
        versions.keep(step.connection, edit.article)
        versions.add(step.connection, edit.article, text, clock.now())
        wanted["text"] = versions.digest_of(text.html).hex()
    done = [step.write([edit.article], *each) for each in wanted.items()]
    return any(done)


def edit_all(database: Database, verb: Verb | str, edits: Iterable[Edit]) -> int:
    """Edit articles as one undo step, each in a transaction; return how many changed.

    The step is complete after each article, so that it can be undone after a kill.
    """
    id, titles, all = 0, list[str](), 0
    for each in edits:
        with (
            database.writing() as connection,
            changes.step(connection, _label(verb, titles), id) as step,
        ):
            if step.id != id:
                id, titles = step.id, []
            title = changes.title_of(connection, each.article)
            if edit(step, each):
                titles.append(title)
                all += 1
            step.name(_label(verb, titles))
    return all


def _label(verb: Verb | str, titles: Sequence[str]) -> Label:
    told: dict[str, object] = {"count": len(titles)}
    if len(titles) == 1:
        told["title"] = titles[0]
    return Label(verb, told) if isinstance(verb, Verb) else Label(Verb.TEXT, {"text": verb, **told})


def move(
    step: changes.Making, ids: Sequence[int], state: State, *, done: bool, report: Report
) -> int:
    """Move articles to a state; archived articles go to the end of the queue."""
    if done:
        sql = "SELECT 1 FROM article WHERE id = ? AND downloaded_at <> ''"
        read = [id for id in ids if step.connection.execute(sql, (id,)).get]
        step.write(read, "read_at", clock.now())
    sql = "SELECT state FROM article WHERE id = ?"
    for id in ids if state is State.QUEUE else ():
        if step.connection.execute(sql, (id,)).get == State.ARCHIVE:
            step.write([id], "place", end_of_queue(step.connection))
            step.write([id], "state", state)
    step.write(ids, "state", state, report)
    return len(ids)


def elsewhere(connection: apsw.Connection, ids: Sequence[int], state: State) -> list[int]:
    """Return the articles that exist and are not in a state yet."""
    states = dict(
        rows(
            connection,
            "SELECT article.id, state FROM json_each(?) JOIN article ON article.id = value",
            (json.dumps(list(ids)),),
        )
    )
    return [id for id in ids if states.get(id, state) != state]


def file(connection: apsw.Connection, clipping: Clipping, state: State) -> Filed:
    """Add or update an article within the caller's transaction; the clipping is cleaned first."""
    clipping = clean(clipping)
    known = find(connection, clipping.url)
    if known is not None:
        filed = _renew(connection, known, clipping)
    else:
        filed = Filed(_insert(connection, clipping, state), Outcome.ADDED)
        _write_content(connection, filed.id, clipping)
        _log_creation(connection, filed.id)
        _tag(connection, filed.id, clipping)
    return filed._replace(id=_with_aliases(connection, filed.id, clipping))


def clean(clipping: Clipping) -> Clipping:
    """Return a clipping without characters that cannot be stored."""
    several = (*clipping.tags, *clipping.subjects, *clipping.pictures, *clipping.aliases)
    all = "".join([*(each for each in clipping if isinstance(each, str)), *several])
    if storable(all) == all:
        return clipping
    return Clipping._make(_storable(value) for value in clipping)


def _storable(value: Any) -> Any:
    if isinstance(value, str):
        return storable(value)
    return tuple(map(_storable, value)) if isinstance(value, tuple) else value


def _with_aliases(connection: apsw.Connection, id: int, clipping: Clipping) -> int:
    """Add the aliases of an article, and merge it with articles that have these URLs."""
    for alias in clipping.aliases:
        other = find(connection, alias)
        if other is None:
            aliases.point(connection, alias, id)
        elif other != id and merging.are_one(connection, id, other):
            id = merging.merge(connection, id, other)
        elif alias.startswith("file:"):  # a path refers to its current file
            aliases.point(connection, alias, id)
    return id


def columns(clipping: Clipping) -> dict[str, Any]:
    """Return the columns of a new article that follow from its clipping, as of now."""
    moment = clock.now()
    return {
        "uid": os.urandom(16).hex(),
        "url": clipping.url,
        "title": clipping.title,
        "title_key": sort_key(clipping.title),
        "byline": clipping.byline,
        "site": clipping.site,
        "site_key": sort_key(clipping.site or clipping.byline),
        "language": clipping.language,
        "excerpt": clipping.excerpt,
        "subjects": subjects.text_of(clipping.subjects),
        "words": clipping.words,
        "published_at": clipping.published_at,
        "added_at": moment,
        "downloaded_at": moment if clipping.html else "",
        "lead": clipping.lead,
    }


def _insert(connection: apsw.Connection, clipping: Clipping, state: State) -> int:
    row = {**columns(clipping), "state": str(state), "place": end_of_queue(connection)}
    marks = ", ".join("?" * len(row))
    sql = f"INSERT INTO article ({', '.join(row)}) VALUES ({marks})"
    connection.execute(sql, tuple(row.values()))
    return connection.last_insert_rowid()


def log_creations(connection: apsw.Connection) -> None:
    """Log the creation of articles that have no such row in the log."""
    sql = (
        "SELECT id FROM article WHERE NOT EXISTS "
        "(SELECT 1 FROM change WHERE entity = uid AND field = 'created')"
    )
    for (id,) in rows(connection, sql):
        _log_creation(connection, id)


def _log_creation(connection: apsw.Connection, id: int) -> None:
    """Log the creation of an article with all non-empty fields."""
    sql = f"SELECT uid, {', '.join(_LOGGED)} FROM article WHERE id = ?"
    for uid, *told in rows(connection, sql, (id,)):
        said = creation(dict(zip(_LOGGED, told, strict=True)), _text_told(connection, id))
        changes.record(connection, None, uid, "created", "", said)


def creation(columns: Mapping[str, Any], text: Mapping[str, str]) -> str:
    """Return the creation of an article for the log: its non-empty columns, and its text."""
    said = {name: columns[name] for name in _LOGGED if columns[name]}
    return json.dumps({**said, **text}, ensure_ascii=False)


def _text_told(connection: apsw.Connection, id: int) -> dict[str, str]:
    """Return the fields that describe the current text in the log; none if there is no text."""
    # hex also takes the text that a repair may have found in the place of a hash.
    sql = "SELECT lower(hex(sha256)), made_by FROM content WHERE article = ? AND html <> ''"
    shown = "SELECT name FROM article_image WHERE article = ?"
    for digest, made_by in rows(connection, sql, (id,)):
        pictures = " ".join(name for (name,) in rows(connection, shown, (id,)))
        return {"text": digest, "made_by": made_by, "pictures": pictures}
    return {}


def _renew(connection: apsw.Connection, id: int, clipping: Clipping) -> Filed:
    """Update an article; keep the user's changes."""
    sql = "SELECT uid, state FROM article WHERE id = ?"
    uid, state = rows(connection, sql, (id,))[0]
    was = versions.digest(connection, id)
    is_new = bool(clipping.html) and was != versions.digest_of(clipping.html)
    if is_new:
        versions.keep(connection, id)
    changed = _renew_told(connection, id, uid, clipping)
    if clipping.html:
        downloads.forget_failure(connection, id)
        if _write_content(connection, id, clipping):
            changed = True
            log_source(connection, uid, id)
    if is_new:
        versions.log_text(connection, id, was)
    changed |= _tag(connection, id, clipping)
    if state == State.TRASH:
        changed = True
        changes.write(connection, None, [id], "place", end_of_queue(connection))
        changes.write(connection, None, [id], "state", State.QUEUE)
    return Filed(id, Outcome.UPDATED if changed else Outcome.UNCHANGED)


def _renew_told(connection: apsw.Connection, id: int, uid: str, clipping: Clipping) -> bool:
    told = {name: getattr(clipping, name) for name in _TOLD if getattr(clipping, name)}
    told |= {"subjects": subjects.text_of(clipping.subjects)} if clipping.subjects else {}
    for name in fields.FOUND:
        uids = identity.members(connection, uid) if name in told else []
        if any(changes.touched(connection, each, name) for each in uids):
            told.pop(name, None)
    done = [_renew_field(connection, id, *each) for each in told.items()]
    return any(done)


def _renew_field(connection: apsw.Connection, id: int, name: str, value: Any) -> bool:
    if name in ("words", "lead"):  # they go with the text
        had = connection.execute(f"SELECT {name} FROM article WHERE id = ?", (id,)).get
        if had != value:
            fields.set_column(connection, id, name, value)
        return bool(had != value)
    field = f"found/{name}" if name in fields.FOUND else name
    return bool(changes.write(connection, None, [id], field, value))


def _write_content(connection: apsw.Connection, id: int, clipping: Clipping) -> bool:
    """Write text and source; return whether either changed."""
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
    # It is rebuilt in the background: it would take half of the time of adding.
    connection.execute("DELETE FROM fingerprint WHERE article = ?", (id,))
    if clipping.html:
        sql = "UPDATE article SET downloaded_at = ? WHERE id = ?"
        connection.execute(sql, (clock.now(), id))
    return had is None or had[:3] != row[:3]


def log_source(connection: apsw.Connection, uid: str, id: int) -> None:
    """Log the digest of an article's source if it changed."""
    digest = versions.digest_of_source(connection, id)
    if changes.last(connection, uid, "source") != digest:
        changes.record(connection, None, uid, "source", "", digest)


def _tag(connection: apsw.Connection, id: int, clipping: Clipping) -> bool:
    changed = 0
    for name in filter(None, map(tag_store.clean, clipping.tags)):
        field = tag_store.field_of(connection, tag_store.made(connection, name))
        changed += changes.write(connection, None, [id], field, 1)
    return bool(changed)
