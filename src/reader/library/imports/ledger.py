"""The articles that a library knows, as an import sees them, and their gains from it."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import apsw

from reader.entries import Entry, Highlight
from reader.library.articles import versions
from reader.library.highlights import store
from reader.library.imports import own_articles
from reader.library.shelves import tag_store
from reader.library.store.database import rows
from reader.model import State
from reader.reasons import Reason, Remark

_NOTHING: frozenset[str] = frozenset()


class Known(NamedTuple):
    """An article of the library, or one that the import has added before.

    ``id`` is negative if it is not stored yet. ``tags`` are the keys of its names, ``texts`` the
    SHA-256 of texts that the import has brought, ``marked`` of its new highlights.
    """

    id: int
    added_at: str
    favourite: bool
    in_trash: bool
    has_text: bool
    tags: frozenset[str] = _NOTHING
    texts: frozenset[bytes] = frozenset()
    marked: tuple[tuple[str, str], ...] = ()


class Gains(NamedTuple):
    """The gains of a known article from an entry; ``tags`` are names by their keys."""

    tags: dict[str, str]
    marked: tuple[tuple[str, str], ...] = ()
    added_at: str = ""
    favourite: bool = False
    text: bytes | None = None
    other_text: bytes | None = None
    back: bool = False
    own: bool = False

    @property
    def is_any(self) -> bool:
        """Whether it brings anything."""
        if self is _NONE:
            return False
        return any((*self[:4], self.text is not None, self.other_text is not None, *self[6:]))

    @property
    def remarks(self) -> tuple[Remark, ...]:
        """Return the gains as remarks for people."""
        if self is _NONE:
            return ()
        told = (
            (self.back, Remark(Reason.BROUGHT_BACK)),
            (self.text is not None, Remark(Reason.TEXT_ADDED)),
            (self.other_text is not None, Remark(Reason.TEXT_KEPT)),
            (self.tags, Remark(Reason.MORE_TAGS, (len(self.tags),))),
            (self.marked, Remark(Reason.MORE_HIGHLIGHTS, (len(self.marked),))),
            (self.added_at, Remark(Reason.OLDER_DATE)),
            (self.favourite, Remark(Reason.MADE_FAVOURITE)),
        )
        return tuple(remark for is_so, remark in told if is_so)


_NONE = Gains({})


class Ledger:
    """The known articles by their addresses, within a transaction or a snapshot."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection
        self._ids: dict[str, int] = {}
        self._known: dict[int, Known] = {}
        self._new: dict[int, Entry] = {}
        self._keys: dict[str, str] = {}
        self._held: dict[int, store.Held] = {}

    def load(self, entries: Iterable[Entry]) -> None:
        """Look up the addresses of entries."""
        wanted = {
            url
            for entry in entries
            for url in (entry.clipping.url, *entry.clipping.aliases)
            if url not in self._ids
        }
        found = rows(self._connection, _BY_URL, (json.dumps([*wanted], ensure_ascii=False),))
        self._ids.update(found)
        self._read({id for _, id in found} - self._known.keys())

    def find(self, entry: Entry) -> Known | None:
        """Return the article that an entry is about, None if there is none."""
        if entry.own is not None:
            id = own_articles.known(self._connection, entry.own)
            if id is not None:
                self._read({id} - self._known.keys())
                return self._known[id]
        id = self._ids.get(entry.clipping.url)
        if id is None and entry.clipping.aliases:
            id = next((self._ids[url] for url in entry.clipping.aliases if url in self._ids), None)
        return None if id is None else self._of(id)

    def gains(self, known: Known, entry: Entry) -> Gains:
        """Return the gains of a known article from an entry."""
        keys = [self._keys.get(name) or self.key_of(name) for name in entry.clipping.tags]
        text, other = self._text(known, entry)
        is_older = entry.added_at and entry.added_at < known.added_at
        own = entry.own is not None and known.id > 0
        if (
            not (own or entry.highlights or known.in_trash or is_older)
            and (known.favourite or not entry.favourite)
            and text is other is None
            and known.tags.issuperset(filter(None, keys))
        ):
            return _NONE
        named = zip(keys, entry.clipping.tags, strict=True)
        return Gains(
            {key: name for key, name in named if key and key not in known.tags},
            tuple(self._lacking(known, entry.highlights)) if entry.highlights else (),
            entry.added_at if is_older else "",
            entry.favourite and not known.favourite,
            text,
            other,
            known.in_trash and entry.state is not State.TRASH,
            own and own_articles.lacks(self._connection, known.id, entry),
        )

    def note_new(self, id: int, entry: Entry) -> None:
        """Note an entry as an article; ``id`` is negative if it is not stored."""
        self._new[id] = entry
        for url in (entry.clipping.url, *entry.clipping.aliases):
            self._ids.setdefault(url, id)

    def _of(self, id: int) -> Known:
        known = self._known.get(id)
        if known is None:
            entry = self._new[id]
            html, nothing = entry.clipping.html, Known(0, "", False, False, False)
            known = self._known[id] = Known(
                id, entry.added_at, entry.favourite, entry.state is State.TRASH,
                bool(html) or entry.text is not None,
                frozenset(filter(None, map(self.key_of, entry.clipping.tags))),
                frozenset((versions.digest_of(html),)) if html else frozenset(),
                tuple(self._lacking(nothing, entry.highlights)),
            )  # fmt: skip
            self._held[id] = self._held[nothing.id]
        return known

    def note_gains(self, known: Known, entry: Entry, gains: Gains) -> None:
        """Note that a known article got its gains from an entry."""
        if gains is not _NONE:
            brought = {each for each in (gains.text, gains.other_text) if each}
            self._known[known.id] = known._replace(
                tags=known.tags | gains.tags.keys(),
                added_at=gains.added_at or known.added_at,
                favourite=known.favourite or gains.favourite,
                in_trash=known.in_trash and not gains.back,
                has_text=known.has_text or gains.text is not None,
                texts=known.texts | brought,
                marked=known.marked + gains.marked,
            )
        for url in (entry.clipping.url, *entry.clipping.aliases):
            self._ids.setdefault(url, known.id)

    def reload(self, id: int) -> Known:
        """Read an article again, after something was stored."""
        self._read((id,))
        self._held.pop(id, None)
        return self._known[id]

    def is_free(self, url: str) -> bool:
        """Return whether no article has an address; call it before the article is noted."""
        return url not in self._ids

    def key_of(self, name: str) -> str:
        """Return the key of a tag's name, ``""`` if it is none."""
        key = self._keys.get(name)
        if key is None:
            cleaned = tag_store.clean(name)
            id = tag_store.find(self._connection, cleaned) if cleaned else None
            sql = "SELECT name_key FROM tag WHERE id = ?"
            key = cleaned.casefold() if id is None else self._connection.execute(sql, (id,)).get
            self._keys[name] = key = str(key)
        return key

    def _text(self, known: Known, entry: Entry) -> tuple[bytes | None, bytes | None]:
        """Return the SHA-256 of a text for an article that has none, or of another text.

        That of a text that is not prepared is empty, and it is not known to be another one.
        """
        html = entry.clipping.html
        if not html:
            return (b"" if entry.text is not None and not known.has_text else None), None
        digest = versions.digest_of(html)
        if not known.has_text:
            return digest, None
        if digest in known.texts or versions.has(self._connection, known.id, digest):
            return None, None
        return None, digest

    def _lacking(self, known: Known, highlights: Sequence[Highlight]) -> list[store.Key]:
        """Return the keys of the highlights that an article lacks."""
        held = self._held.get(known.id)
        if held is None:  # as it was before the import
            held = self._held[known.id] = store.Held(self._connection, known.id)
        return held.lacking(highlights, known.marked)

    def _read(self, ids: Iterable[int]) -> None:
        told = json.dumps([*ids])
        if told == "[]":
            return
        tags: dict[int, set[str]] = {}
        for id, key in self._connection.execute(_TAGS, (told,)):
            tags.setdefault(id, set()).add(key)
        found = self._connection.execute(_KNOWN, (told,))
        for id, added_at, favourite, in_trash, has_text in found:
            self._known[id] = Known(
                id, added_at, bool(favourite), bool(in_trash), bool(has_text),
                frozenset(tags.get(id, _NOTHING)),
            )  # fmt: skip


_BY_URL = """
WITH wanted AS MATERIALIZED (SELECT value FROM json_each(?)), found AS (
    SELECT value, id, merged_into FROM wanted CROSS JOIN alias ON alias.url = value
    JOIN article ON id = article
    UNION ALL
    SELECT value, id, merged_into FROM wanted CROSS JOIN article ON url = value
)
SELECT value, iif(merged_into = '', found.id,
    coalesce((SELECT other.id FROM article AS other WHERE other.uid = merged_into), found.id))
FROM found
"""
_TAGS = (
    "SELECT article, name_key FROM json_each(?) CROSS JOIN article_tag ON article = value "
    "JOIN tag ON tag.id = tag"
)
_KNOWN = (
    "SELECT article.id, added_at, favourite, state = 'trash', downloaded_at <> '' "
    "FROM json_each(?) CROSS JOIN article ON article.id = value"
)
