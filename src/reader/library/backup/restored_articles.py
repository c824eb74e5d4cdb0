"""Restoring single articles from a copy, as one undo step.

An article that was deleted for good returns by its rows in the log of the copy. It arrives in the
trash, so that undo leaves it there; the step moves it to its former shelf. An article that is
still there gets its fields, text and tags from the copy. If its address was saved again as another
article, or it was merged into another, that one gets the texts and tags, and keeps its own.
"""

import zlib
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from typing import NamedTuple

import apsw

from reader.library import registry as registry
from reader.library.articles import add, aliases, trash, versions
from reader.library.backup import pictures as copied_pictures
from reader.library.backup import schema
from reader.library.highlights import store as highlights
from reader.library.history import changes, exchange, identity, undoing
from reader.library.shelves import tag_store, tags
from reader.library.store.collation import decoded
from reader.library.store.damaged_pages import BROKEN
from reader.library.store.database import Database, rows
from reader.model import State
from reader.progress import Report, silent
from reader.steps import Label, Step, Verb

_FIELDS = (
    "title", "byline", "published_at", "site", "language", "excerpt", "subjects", "favourite",
    "place", "state",
)  # fmt: skip
_SAVED = "saved/"
_TAG = "tag/"
_SAYS = "Restoring from the copy"


class Source(NamedTuple):
    """An opened copy, and the folders with its pictures."""

    connection: apsw.Connection
    pictures: tuple[Path, ...] = ()


class Outcome(StrEnum):
    """The outcome for one article."""

    RESTORED = "restored"
    UNCHANGED = "unchanged"
    """It is as in the copy already."""
    ABSENT = "absent"
    """It is not in the copy; nothing was changed."""
    DAMAGED = "damaged"
    """Its text or a row of it is damaged in the copy; nothing was changed."""


FAILED = (Outcome.ABSENT, Outcome.DAMAGED)


class Restored(NamedTuple):
    """The outcome for one article; ``article`` is its id in the library, 0 if it is not there.

    ``missing`` is the number of its pictures that neither the library nor the copy has.
    """

    uid: str
    title: str
    outcome: Outcome
    article: int = 0
    missing: int = 0


class Restoration(NamedTuple):
    """The outcome for each uid, in their order, and the undo step; None if nothing changed."""

    step: Step | None
    rows: tuple[Restored, ...]

    def count(self, *outcomes: Outcome) -> int:
        """Return the number of articles with some outcomes."""
        return sum(each.outcome in outcomes for each in self.rows)


def restore(
    database: Database,
    pictures: Path,
    source: Source,
    uids: Sequence[str],
    report: Report = silent,
) -> Restoration:
    """Restore articles, saved searches (``saved/…``) and tags (``tag/…``) from a copy.

    ``pictures`` is the library's folder of pictures. A row that fails leaves the others alone; a
    cancel changes nothing. Raises LibraryError.
    """
    wanted = list(dict.fromkeys(uids))
    report(0, len(wanted), _SAYS)
    with schema.newest(source.connection) as copy:
        missing = {
            uid: copied_pictures.bring(pictures, source.pictures, _pictures(copy, uid))
            for uid in changes.counted(wanted, report)
        }
        with database.writing() as connection:
            with changes.step(connection, Label(Verb.FROM_COPY)) as step:
                found = [
                    _one(step, copy, uid)._replace(missing=missing[uid])
                    for uid in changes.counted(wanted, report)
                ]
                step.name(_label(found))
            done = any(each.outcome is Outcome.RESTORED for each in found)
            made = undoing.last_made(connection) if done else None
    return Restoration(made, tuple(found))


def _label(found: Iterable[Restored]) -> Label:
    titles = [each.title for each in found if each.outcome is Outcome.RESTORED]
    told: dict[str, object] = {"count": len(titles)}
    return Label(Verb.FROM_COPY, told | ({"title": titles[0]} if len(titles) == 1 else {}))


def _one(step: changes.Making, copy: apsw.Connection, uid: str) -> Restored:
    """Restore one article; if that fails, take back its changes."""
    title, id = _title(copy, uid), 0
    try:
        with step.connection:
            if uid.startswith(_SAVED):
                done = _saved_search(step, copy, uid)
            elif uid.startswith(_TAG):
                done = _tag(step, copy, uid)
            else:
                id, done = _article(step, copy, uid)
    except _Absent:
        return Restored(uid, "", Outcome.ABSENT)
    except (*BROKEN, zlib.error, UnicodeDecodeError, ValueError, _Damaged):
        return Restored(uid, title, Outcome.DAMAGED)
    return Restored(uid, title, Outcome.RESTORED if done else Outcome.UNCHANGED, id)


class _Absent(Exception):
    """The copy has no such article, search or tag."""


class _Damaged(Exception):
    """A text in the copy is damaged."""


class _Its(NamedTuple):
    """An article in the copy: its id there, its whole texts, and the current one of them."""

    copy: apsw.Connection
    id: int
    texts: tuple[versions.Text, ...]
    text: versions.Text | None


def _article(step: changes.Making, copy: apsw.Connection, wanted: str) -> tuple[int, int]:
    """Restore an article; return its id in the library and the number of changes."""
    found = identity.find(copy, wanted)
    if found is None:
        raise _Absent
    its = _its(copy, found)
    uid, url = rows(copy, "SELECT uid, url FROM article WHERE id = ?", (its.id,))[0]
    connection = step.connection
    here = connection.execute("SELECT id FROM article WHERE uid = ?", (uid,)).get
    if here is not None:
        return int(here), _as_in_copy(step, its, int(here))
    other = identity.find(connection, uid) or add.find(connection, url)
    if other is not None:
        return other, _join(step, its, other)
    return _bring_back(step, its, uid)


def _its(copy: apsw.Connection, id: int) -> _Its:
    whole = tuple(each for each in versions.every(copy, id) if each.is_whole)
    if not versions.current(copy, id):
        return _Its(copy, id, whole, None)
    digest = versions.digest(copy, id)
    text = next((each for each in whole if each.sha256 == digest), None)
    if text is None:
        raise _Damaged
    return _Its(copy, id, whole, text)


# ---- an article that is gone


def _bring_back(step: changes.Making, its: _Its, uid: str) -> tuple[int, int]:
    """Bring back an article that is gone; return its id and the number of changes."""
    connection = step.connection
    told = [
        _with_whole_text(row) for row in exchange.of_entities(its.copy, _entities(its.copy, uid))
    ]
    exchange.bring_back(connection, uid, told, State.TRASH)
    id = identity.find(connection, uid)
    if id is None:
        raise _Damaged  # its log has no creation
    _take_texts(step, its, id)
    _give_tags(step, its, id)
    _give_highlights(step, its, id)
    return id, step.write([id], "state", _shelf(its))


def _with_whole_text(row: exchange.Row) -> exchange.Row:
    """Return a row of the log, without its text if that is damaged."""
    try:
        zlib.decompress(row.html)
    except zlib.error:
        return row._replace(html=b"")
    return row


def _entities(copy: apsw.Connection, uid: str) -> Iterator[str]:
    """Yield the history's names of an article, by all its uids, and of its addresses."""
    for each in identity.members(copy, identity.root(copy, uid)):
        yield each
        yield from aliases.entities_of(copy, each)
        yield from highlights.entities_of(copy, each)


def _shelf(its: _Its) -> str:
    """Return the shelf of an article in the copy; if it was in the trash, its former shelf."""
    state = str(its.copy.execute("SELECT state FROM article WHERE id = ?", (its.id,)).get)
    return trash.home_of(its.copy, its.id) if state == State.TRASH else state


# ---- an article that is still there


def _as_in_copy(step: changes.Making, its: _Its, id: int) -> int:
    """Give an article its fields, text and tags in the copy; return the number of changes."""
    done = _take_texts(step, its, id)
    values = rows(its.copy, f"SELECT {', '.join(_FIELDS)} FROM article WHERE id = ?", (its.id,))[0]
    done += sum(step.write([id], *each) for each in zip(_FIELDS, values, strict=True))
    done += _give_tags(step, its, id) + _give_highlights(step, its, id)
    return done + _take_tags(step, its, id)


def _give_highlights(step: changes.Making, its: _Its, id: int) -> int:
    """Give an article the highlights of the copy, with their notes; it keeps its own."""
    return highlights.as_in(step, id, highlights.all_of(its.copy, its.id))


def _join(step: changes.Making, its: _Its, id: int) -> int:
    """Give another article the texts and tags of an article in the copy."""
    connection = step.connection
    done = _take_texts(step, its, id, use=not versions.current(connection, id))
    if its.copy.execute("SELECT favourite FROM article WHERE id = ?", (its.id,)).get:
        done += step.write([id], "favourite", 1)
    if connection.execute("SELECT state FROM article WHERE id = ?", (id,)).get == State.TRASH:
        done += step.write([id], "state", _shelf(its))
    return done + _give_tags(step, its, id) + _give_highlights(step, its, id)


def _take_texts(step: changes.Making, its: _Its, id: int, *, use: bool = True) -> int:
    """Take over the texts of the copy, and use its current one; return the number of changes.

    An article that had no text in the copy keeps the one that it has.
    """
    connection = step.connection
    done = sum(versions.take_over(connection, id, each) for each in its.texts)
    if not use or its.text is None:
        return done
    if versions.digest(connection, id) == its.text.sha256:
        return done + versions.heal(connection, id, its.text)
    return done + step.write([id], "text", its.text.sha256.hex())


# ---- tags


def _tags(connection: apsw.Connection, article: int) -> dict[str, tuple[str, str]]:
    """Return name and colour of the tags of an article, by uid."""
    sql = (
        "SELECT uid, name, colour FROM tag JOIN article_tag ON tag = tag.id WHERE article = ? "
        "ORDER BY name_key"
    )
    return {uid: (name, colour) for uid, name, colour in rows(connection, sql, (article,))}


def _give_tags(step: changes.Making, its: _Its, id: int) -> int:
    """Tag an article as in the copy; a tag that is gone returns with its colour."""
    return sum(
        _give(step, [id], uid, name, colour)
        for uid, (name, colour) in _tags(its.copy, its.id).items()
    )


def _give(step: changes.Making, ids: Sequence[int], uid: str, name: str, colour: str) -> int:
    """Tag articles with a tag of the copy, under the name that it has now."""
    connection = step.connection
    tag = tag_store.of_uid(connection, uid)
    if tag is None:
        tag = tag_store.made(connection, name, uid)
        step.put(tag_store.entity_of(connection, tag), "colour", colour)
    name = str(connection.execute("SELECT name FROM tag WHERE id = ?", (tag,)).get)
    return tags.give(step, ids, name)


def _take_tags(step: changes.Making, its: _Its, id: int) -> int:
    """Remove the tags of an article that it does not have in the copy."""
    connection = step.connection
    kept = {tag_store.of_uid(connection, uid) for uid in _tags(its.copy, its.id)}
    return sum(
        tags.take(step, [id], name)
        for uid, (name, _) in _tags(connection, id).items()
        if tag_store.of_uid(connection, uid) not in kept
    )


def _tag(step: changes.Making, copy: apsw.Connection, entity: str) -> int:
    """Tag all articles that have a tag in the copy, and give it its colour there."""
    uid = entity.removeprefix(_TAG)
    found = rows(copy, "SELECT id, name, colour FROM tag WHERE uid = ?", (uid,))
    if not found:
        raise _Absent
    tag, name, colour = found[0]
    uids = (identity.of(copy, its) for its in tag_store.articles_of(copy, tag))
    ids = [id for each in uids if (id := identity.find(step.connection, each)) is not None]
    done = _give(step, ids, uid, name, colour)
    here = tag_store.of_uid(step.connection, uid) or 0
    return done + step.put(tag_store.entity_of(step.connection, here), "colour", colour)


# ---- saved searches, titles and pictures


def _saved_search(step: changes.Making, copy: apsw.Connection, entity: str) -> int:
    """Give a saved search its name, question and place in the copy."""
    uid, names = entity.removeprefix(_SAVED), ("name", "question", "place")
    sql = f"SELECT {', '.join(names)} FROM saved WHERE uid = ? AND name <> ''"
    found = rows(copy, sql, (uid,))
    if not found:
        raise _Absent
    step.connection.execute("INSERT OR IGNORE INTO saved (uid) VALUES (?)", (uid,))
    return sum(step.put(entity, *each) for each in zip(names, found[0], strict=True))


def _title(copy: apsw.Connection, uid: str) -> str:
    """Return the title of an article in the copy, or the name of a saved search or a tag."""
    if uid.startswith((_SAVED, _TAG)):
        kind, _, key = uid.partition("/")
        sql = f"SELECT CAST(name AS BLOB) FROM {kind} WHERE uid = ?"
        return decoded(copy.execute(sql, (key,)).get)
    sql = "SELECT CAST(title AS BLOB) FROM article WHERE id = ?"
    return decoded(copy.execute(sql, (identity.find(copy, uid),)).get)


def _pictures(copy: apsw.Connection, uid: str) -> set[str]:
    """Return the names of the pictures of an article in the copy, with those of its versions."""
    its = identity.find(copy, uid)
    sql = (
        "SELECT name FROM article_image WHERE article = ?1 UNION SELECT lead FROM article "
        "WHERE id = ?1 UNION SELECT lead FROM version WHERE article = ?1"
    )
    packed = rows(copy, "SELECT pictures FROM version WHERE article = ?", (its,))
    names = {name for (name,) in rows(copy, sql, (its,))}
    return (names | {name for (each,) in packed for name in each.split()}) - {""}
