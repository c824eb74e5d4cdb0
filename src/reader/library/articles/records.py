"""Reading articles and rows as values; damaged rows can be read as well.

A bad value affects one field only: an unknown state counts as the queue, a number out of range is
clamped, and an undecodable byte becomes a replacement character.
"""

import math
from collections.abc import Callable, Sequence
from typing import Any

import apsw

from reader.anchor import Anchor, Reached
from reader.errors import NoSuchArticle
from reader.library.articles import downloads, queries
from reader.library.store.collation import decoded
from reader.model import Article, Failure, Row, State

_MOST = 2**31 - 1  # more than any real count, and still an int for Qt


def no_such(id: int) -> NoSuchArticle:
    """Return the error about an article that does not exist."""
    return NoSuchArticle(f"There is no article {id}. “reader list” shows all articles.")


def rows(connection: apsw.Connection, sql: str, values: Sequence[Any] = ()) -> list[Row]:
    """Return the rows of a query that selects the columns ``queries.ROW``."""
    try:
        found = connection.execute(sql, values).fetchall()
    except UnicodeDecodeError:  # a damaged text: read all texts as bytes, which is slower
        plain = sql.replace(queries.ROW, _undecoded(queries.ROW_COLUMNS), 1)
        found = connection.execute(plain, values).fetchall()
    return [row(each) for each in found]


def rows_of(connection: apsw.Connection, ids: Sequence[int]) -> list[Row]:
    """Return the rows of articles in the order of ``ids``. Raises NoSuchArticle."""
    sql = f"SELECT {queries.ROW} FROM article WHERE id = ?"
    found = {id: rows(connection, sql, (id,)) for id in ids}
    for id, each in found.items():
        if not each:
            raise no_such(id)
    return [found[id][0] for id in ids]


def row(found: Sequence[Any]) -> Row:
    """Return a row from the values of the columns ``queries.ROW``."""
    return Row._make(read(value) for read, value in zip(_ROW, found, strict=True))


def article(connection: apsw.Connection, id: int) -> Article:
    """Return an article with all its fields. Raises NoSuchArticle."""
    from reader.library.articles import subjects, versions  # a list needs none of them
    from reader.library.shelves import tag_store

    found = connection.execute(_WHOLE, (id,)).fetchone()
    if found is None:
        raise no_such(id)
    *found, icon, failure = found
    values = {name: FIELDS[name](each) for name, each in zip(FIELDS, found, strict=True)}
    values["subjects"] = subjects.names_in(values["subjects"])
    values["tags"] = tuple(tag_store.names_of(connection, id))
    sql = "SELECT CAST(name AS BLOB) FROM article_image WHERE article = ?"
    values["pictures"] = tuple(decoded(name) for (name,) in connection.execute(sql, (id,)))
    values |= {"icon": _text(icon), "failure": _failure(failure)}
    return Article(**values, html=versions.current(connection, id))


def fits(name: str, stored: object) -> bool:
    """Return whether a field of ``FIELDS`` can have a stored value; a text is given as bytes."""
    if FIELDS[name] is _text:
        return isinstance(stored, bytes)  # an undecodable text breaks the seal anyway
    read = FIELDS[name](stored)
    return str(read).encode() == stored if isinstance(stored, bytes) else read == stored


def _undecoded(columns: Sequence[str]) -> str:
    """Return SQL for columns, texts as bytes, so that damaged texts can be read."""
    return ", ".join(
        f"iif(typeof({each}) = 'text', CAST({each} AS BLOB), {each})" for each in columns
    )


def _text(value: object) -> str:
    if isinstance(value, str):  # nearly always
        return value
    if isinstance(value, bytes):
        return decoded(value)
    return "" if value is None else str(value)


def _number(value: object) -> float:
    """Return a number, 0 if the value is not a number."""
    if isinstance(value, int | float):
        return 0.0 if isinstance(value, float) and math.isnan(value) else value
    return 0.0


def _count(value: object) -> int:
    if isinstance(value, int):
        return min(max(value, 0), _MOST)
    return int(min(max(_number(value), 0), _MOST))


def _share(value: object) -> float:
    return float(min(max(_number(value), 0.0), 1.0))


def _flag(value: object) -> bool:
    return bool(_number(value))


def _state(value: object) -> State:
    try:
        return State(_text(value))
    except ValueError:
        return State.QUEUE


def _position(value: object) -> Anchor:
    return Anchor.parse(_text(value))


def _reached(value: object) -> Reached:
    return Reached.parse(_text(value))


def _failure(value: object) -> Failure | None:
    return None if value is None else downloads.failure_of(_text(value))


def _id(value: object) -> int:
    assert isinstance(value, int)  # the row's key: SQLite holds nothing else there
    return value


FIELDS: dict[str, Callable[[object], Any]] = {
    "id": _id,
    **dict.fromkeys(
        ("uid", "url", "title", "byline", "site", "language", "excerpt", "subjects"), _text
    ),
    "words": _count,
    **dict.fromkeys(
        ("published_at", "added_at", "downloaded_at", "opened_at", "read_at", "place", "lead"),
        _text,
    ),
    "state": _state,
    "favourite": _flag,
    "views": _count,
    "position": _position,
    "progress": _share,
    "furthest": _reached,
}
"""The columns of an article, and the function that reads each."""

_WHOLE = (
    f"SELECT {_undecoded((*FIELDS, downloads.ICON, downloads.FAILURE))} FROM article WHERE id = ?"
)

_ROW = (
    _id, _text, _text, _text, _count, _text, _text, _share, _state, _flag, _flag, _text,
    _count, _count, _count, _text, _failure,
)  # fmt: skip
