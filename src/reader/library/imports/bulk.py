"""Adding many new articles at once.

The triggers would do their sums for each row, which takes longer than all else. So the rows are
written without them, and the sums of all rows are made together. The stored rows are the same.
"""

import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import apsw

from reader.entries import Entry
from reader.library.articles import add, aliases, versions
from reader.library.history import changes, stamps
from reader.library.imports import sums
from reader.library.shelves import tag_store
from reader.library.store import seals
from reader.model import Clipping, State

_CONTENT = (
    "article", "html", "sha256", "source", "source_type", "base", "validators", "made_by",
)  # fmt: skip
_LAST = (
    "SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'article'), 0), "
    "coalesce((SELECT max(id) FROM article), 0))"
)


class Fresh(NamedTuple):
    """A new article: the entry, its place, and the aliases that no other article has."""

    entry: Entry
    place: str
    aliases: tuple[str, ...] = ()


class Bulk:
    """New articles of one import; ``step`` moves them from the trash to their shelves."""

    def __init__(self, step: changes.Making) -> None:
        self._step = step
        self._connection = step.connection
        self._tags: dict[str, tuple[int, str]] = {}
        self._empty = versions.digest_of(""), zlib.compress(b"")

    def next_id(self) -> int:
        """Return the id that the next article gets."""
        return int(self._connection.execute(_LAST).get) + 1

    def add(self, fresh: Sequence[Fresh]) -> None:
        """Add articles, which get ids one after another from ``next_id`` on."""
        if not fresh:
            return
        first, latest = self.next_id(), sums.latest(self._connection)
        articles = [_columns(id, each, latest) for id, each in enumerate(fresh, start=first)]
        tags = [[*map(self._tag, _names(each.entry.clipping.tags))] for each in fresh]
        self._write(articles, fresh, tags)
        sums.add_up(self._connection, first, first + len(fresh) - 1)
        self._log(articles, fresh, tags)
        for columns, each in zip(articles, fresh, strict=True):
            for url in each.aliases:
                aliases.point(self._connection, url, columns["id"])

    def _tag(self, name: str) -> tuple[int, str]:
        """Return id and field of the tag with a name, which is made if needed."""
        found = self._tags.get(name)
        if found is None:
            tag = tag_store.made(self._connection, name)
            found = self._tags[name] = tag, tag_store.field_of(self._connection, tag)
        return found

    def _write(
        self,
        articles: Sequence[Mapping[str, Any]],
        fresh: Sequence[Fresh],
        tags: Sequence[Sequence[tuple[int, str]]],
    ) -> None:
        pairs = {
            (tag, columns["id"])
            for columns, its in zip(articles, tags, strict=True)
            for tag, _ in its
        }
        both = [*zip(articles, fresh, strict=True)]
        shown = [(columns["id"], name) for columns, each in both for name in _pictures(each.entry)]
        contents = [self._content(columns["id"], each.entry.clipping) for columns, each in both]
        with sums.without_triggers(self._connection):
            _insert(self._connection, "article", tuple(articles[0]), [*map(_values, articles)])
            _insert(self._connection, "content", _CONTENT, contents)
            _insert(self._connection, "article_image", ("article", "name"), shown)
            _insert(self._connection, "article_tag", ("tag", "article"), sorted(pairs))

    def _content(self, id: int, clipping: Clipping) -> tuple[Any, ...]:
        digest, nothing = self._empty
        return (
            id, clipping.html, versions.digest_of(clipping.html) if clipping.html else digest,
            zlib.compress(clipping.source) if clipping.source else nothing,
            clipping.source_type, clipping.base, clipping.validators, clipping.made_by,
        )  # fmt: skip

    def _log(
        self,
        articles: Sequence[Mapping[str, Any]],
        fresh: Sequence[Fresh],
        tags: Sequence[Sequence[tuple[int, str]]],
    ) -> None:
        """Log the articles as created in the trash, with their tags, and then moved."""
        pen, entered = stamps.pen(self._connection), list[tuple[Any, ...]]()
        for columns, each, its in zip(articles, fresh, tags, strict=True):
            uid = columns["uid"]
            told = {**columns, "state": str(State.TRASH)}
            said = add.creation(told, _told(columns, each.entry))
            entered.append((None, uid, "created", "", said, *pen.next(uid)))
            fields = dict.fromkeys(field for _, field in its)
            entered += [(None, uid, field, "0", "1", *pen.next(uid)) for field in fields]
            if (state := columns["state"]) != State.TRASH:
                entered.append(
                    (self._step.id, uid, "state", str(State.TRASH), state, *pen.next(uid))
                )
        changes.enter_new(self._connection, entered)


def _columns(id: int, fresh: Fresh, latest: str) -> dict[str, Any]:
    entry, clipping = fresh.entry, fresh.entry.clipping
    usual = add.columns(clipping)
    return {
        **usual,
        "id": id,
        "added_at": entry.added_at or usual["added_at"],
        "opened_at": entry.opened_at,
        "read_at": entry.read_at,
        "state": str(entry.state),
        "place": fresh.place,
        "favourite": int(entry.favourite),
        "views": 0,
        "position": "0:0",
        "progress": entry.progress,
        "furthest": "",
        "pictures": clipping.html.count("<img src="),
        "missing": clipping.html.count('<img src=""'),
        "trashed_at": latest if entry.state is State.TRASH else "",
        "merged_into": "",
    }


def _told(columns: Mapping[str, Any], entry: Entry) -> dict[str, str]:
    """Return the fields of the log about the position in an article and its text."""
    told = {"position": f"{columns['progress']} 0:0"} if columns["progress"] else {}
    clipping = entry.clipping
    if clipping.html:
        told |= {"text": versions.digest_of(clipping.html).hex(), "made_by": clipping.made_by,
                 "pictures": " ".join(_pictures(entry))}  # fmt: skip
    return told


def _pictures(entry: Entry) -> list[str]:
    return sorted({*entry.clipping.pictures})


def _names(tags: Iterable[str]) -> list[str]:
    return [name for name in map(tag_store.clean, tags) if name]


def _values(columns: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple(columns.values())


def _insert(
    connection: apsw.Connection,
    table: str,
    names: Sequence[str],
    values: Sequence[tuple[Any, ...]],
) -> None:
    """Insert rows with all columns of a table, and seal them."""
    marks = ", ".join("?" * len(names))
    connection.executemany(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)
    seals.seal_new(connection, table, names, values)
