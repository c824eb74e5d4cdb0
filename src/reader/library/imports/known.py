"""All that a library knows, for Reader's own export, as ``library.known``."""

import json
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import apsw

from reader.entries import Entry
from reader.library.articles import fields, records, trash
from reader.library.highlights import store
from reader.library.history import changes, identity
from reader.library.shelves import tag_store
from reader.library.store.collation import decoded
from reader.library.store.database import Database, rows
from reader.model import Article, Clipping, State
from reader.own_export import LookedUp, Own, OwnLibrary, OwnSearch, OwnTag, OwnText

_CONTENT = "source, source_type, base, validators, made_by, sha256"


class Listed(NamedTuple):
    """An article as lists of addresses need it; ``notes`` are those on the whole article."""

    id: int
    url: str
    title: str
    excerpt: str
    state: State
    favourite: bool
    added_at: str
    tags: tuple[str, ...]
    notes: tuple[str, ...]


_NAMES = (
    "SELECT json_group_array(name) FROM (SELECT name FROM article_tag JOIN tag "
    "ON tag.id = article_tag.tag WHERE article_tag.article = article.id ORDER BY name_key)"
)
_NOTES = (
    "SELECT json_group_array(note) FROM (SELECT note FROM highlight "
    "WHERE highlight.article = article.id AND quote = '' ORDER BY id)"
)
_LISTED = (
    f"SELECT id, url, title, excerpt, state, favourite, added_at, ({_NAMES}), ({_NOTES}) "
    "FROM article WHERE id = ?"
)
_ADDRESS = (
    "SELECT CAST(url AS BLOB) FROM article JOIN content ON content.article = article.id "
    "WHERE article.id = ? AND octet_length(html) > 0"
)


class Known:
    """All that a library knows; every method may raise LibraryError."""

    def __init__(self, database: Database) -> None:
        """Use ``Library.known``."""
        self._database = database

    def ids(self) -> list[int]:
        """Return the ids of all articles, those in the trash too, in the order of addition."""
        with self._database.reading() as connection:
            return [int(id) for (id,) in rows(connection, "SELECT id FROM article ORDER BY id")]

    def article(self, id: int) -> Entry:
        """Return an article with all that is known of it. Raises NoSuchArticle."""
        with self._database.reading() as connection:
            return _entry(connection, records.article(connection, id))

    def address_of_text(self, id: int) -> str | None:
        """Return the address of an article, None if it has no text or is not in the library."""
        with self._database.reading() as connection:
            found = connection.execute(_ADDRESS, (id,)).get
        return None if found is None else decoded(found)

    def listed(self, id: int) -> Listed | None:
        """Return an article without its text, None if it is not in the library."""
        with self._database.reading() as connection:
            found = connection.execute(_LISTED, (id,)).fetchone()
        if found is None:
            return None
        made = Listed(*found)
        tags, notes = (tuple(json.loads(str(each))) for each in (made.tags, made.notes))
        return made._replace(state=State(made.state), tags=tags, notes=notes)

    def library(self) -> OwnLibrary:
        """Return the facts of the library besides its articles."""
        with self._database.reading() as connection:
            return OwnLibrary(
                tuple(_tags(connection, "SELECT id, name, colour FROM tag ORDER BY name_key")),
                tuple(OwnSearch(*found) for found in rows(connection, _SEARCHES)),
                tuple(rows(connection, "SELECT one, other FROM apart ORDER BY one, other")),
                tuple(rows(connection, _LEFT_BEHIND)),
                tuple(LookedUp(*found) for found in rows(connection, _WORDS)),
            )

    def lacks(self, rest: OwnLibrary) -> bool:
        """Return whether an export knows anything besides articles that the library lacks."""
        from reader.library.imports import own_library  # needed by imports only

        with self._database.reading() as connection:
            return own_library.lacks(connection, rest)

    def tags_of(self, ids: Sequence[int]) -> tuple[OwnTag, ...]:
        """Return the tags of articles, with those that they lie within."""
        sql = (
            "SELECT DISTINCT tag.id, name, colour FROM json_each(?) JOIN article_tag "
            "ON article = value JOIN tag_within USING (tag) JOIN tag ON tag.id = within "
            "ORDER BY name_key"
        )
        with self._database.reading() as connection:
            return tuple(_tags(connection, sql, json.dumps([*ids])))


_SEARCHES = "SELECT uid, name, question, place FROM saved WHERE name <> '' ORDER BY place, uid"
_WORDS = (
    f"SELECT {', '.join(LookedUp._fields)} FROM looked_up WHERE name <> '' ORDER BY looked_at, uid"
)
_LEFT_BEHIND = (
    "SELECT article, day, seconds, words FROM reading "
    "WHERE article NOT IN (SELECT uid FROM article) ORDER BY article, day"
)


def _tags(connection: apsw.Connection, sql: str, *values: object) -> list[OwnTag]:
    return [
        OwnTag(name, colour, tuple(tag_store.uids_of(connection, id)))
        for id, name, colour in rows(connection, sql, values)
    ]


def _entry(connection: apsw.Connection, its: Article) -> Entry:
    sql = f"SELECT {_CONTENT} FROM content WHERE article = ?"
    found = connection.execute(sql, (its.id,)).fetchone()
    source, kind, base, validators, made_by, digest = found or (b"", "", "", "", "", b"")
    source = zlib.decompress(source) if source else b""
    sql = "SELECT CAST(url AS BLOB) FROM alias WHERE article = ? ORDER BY url"
    clipping = Clipping(
        **{name: getattr(its, name) for name in Clipping._fields if name in Article._fields},
        source=source,
        source_type=kind,
        base=base,
        aliases=tuple(decoded(url) for (url,) in rows(connection, sql, (its.id,))),
        validators=validators,
        made_by=made_by,
    )
    return Entry(
        clipping,
        state=its.state,
        favourite=its.favourite,
        added_at=its.added_at,
        opened_at=its.opened_at,
        read_at=its.read_at,
        progress=its.progress,
        highlights=tuple(store.all_of(connection, its.id)),
        own=_own(connection, its, bytes(digest).hex() if its.html else ""),
    )


def _own(connection: apsw.Connection, its: Article, text: str) -> Own:
    sql = "SELECT trashed_at, merged_into, position, furthest FROM article WHERE id = ?"
    trashed_at, merged_into, position, furthest = rows(connection, sql, (its.id,))[0]
    uids = identity.members(connection, its.uid)
    sql = "SELECT day, seconds, words FROM reading WHERE article = ? ORDER BY day"
    return Own(
        its.uid,
        place=its.place,
        home=trash.home_of(connection, its.id) if its.state is State.TRASH else "",
        trashed_at=trashed_at,
        merged_into=merged_into,
        views=its.views,
        position=position,
        corrected=tuple(
            name
            for name in fields.FOUND
            if any(changes.touched(connection, uid, name) for uid in uids)
        ),
        former_uids=tuple(uids[1:]),
        text=text,
        texts=_texts(connection, its, text),
        reading=tuple(rows(connection, sql, (its.uid,))),
        furthest=furthest,
    )


def _texts(connection: apsw.Connection, its: Article, text: str) -> tuple[OwnText, ...]:
    """Return all texts of an article, the oldest first; the one in use once."""
    names = "sha256, made_at, made_by, words, lead, pictures, html"
    sql = f"SELECT {names} FROM version WHERE article = ? ORDER BY id"
    found = [
        OwnText(bytes(sha256).hex(), made_at, made_by, words, lead, tuple(shown.split()), packed)
        for sha256, made_at, made_by, words, lead, shown, packed in rows(connection, sql, (its.id,))
    ]
    made_by, pictures = _made_by(connection, its.id), tuple(sorted(its.pictures))
    current = OwnText(text, its.downloaded_at, made_by, its.words, its.lead, pictures)
    known = [number for number, each in enumerate(found) if each.sha256 == text]
    if known:
        found[known[0]] = current._replace(packed=found[known[0]].packed)
    elif text:
        found.append(current._replace(packed=zlib.compress(its.html.encode())))
    return tuple(found)


def _made_by(connection: apsw.Connection, id: int) -> str:
    return str(connection.execute("SELECT made_by FROM content WHERE article = ?", (id,)).get or "")
