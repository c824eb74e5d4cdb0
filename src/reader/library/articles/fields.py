"""The fields of articles, for the history."""

from collections.abc import Callable
from typing import Any

import apsw

from reader.library.articles import versions
from reader.library.history import changes, identity
from reader.library.history.entities import Field
from reader.library.store.collation import sort_key
from reader.library.store.database import rows

NOWHERE = "0.0 0:0"
"""The reading position of an unopened article."""
FOUND = ("title", "byline", "published_at")
"""The fields that come from the page and that the user may correct; corrections stay."""


def set_column(connection: apsw.Connection, id: int, name: str, value: Any) -> None:
    """Write a column and its sort key."""
    connection.execute(f"UPDATE article SET {name} = ? WHERE id = ?", (value, id))
    if name == "title":
        sql = "UPDATE article SET title_key = ? WHERE id = ?"
        connection.execute(sql, (sort_key(value), id))
    if name in ("byline", "site"):
        told = rows(connection, "SELECT site, byline FROM article WHERE id = ?", (id,))
        for site, byline in told:
            sql = "UPDATE article SET site_key = ? WHERE id = ?"
            connection.execute(sql, (sort_key(str(site or byline)), id))


def _column(name: str, type: Callable[[Any], Any] = str) -> Field:
    sql = f"SELECT {name} FROM article WHERE id = ?"

    def read(connection: apsw.Connection, id: int, _: str) -> str:
        found = connection.execute(sql, (id,)).get
        try:
            return str(type(found))
        except (TypeError, ValueError):  # a damaged row
            return str(found)

    def write(connection: apsw.Connection, id: int, _: str, value: str) -> bool:
        set_column(connection, id, name, type(value))
        return True

    return Field(type, read, write)


def _read_position(connection: apsw.Connection, id: int, _: str) -> str:
    sql = "SELECT progress, position FROM article WHERE id = ?"
    progress, position = connection.execute(sql, (id,)).fetchone() or (0.0, "0:0")
    return f"{progress} {position}"


def _write_position(connection: apsw.Connection, id: int, _: str, value: str) -> bool:
    progress, _, position = value.partition(" ")
    sql = "UPDATE article SET progress = ?, position = ? WHERE id = ?"
    connection.execute(sql, (float(progress), position, id))
    return True


def _read_text(connection: apsw.Connection, id: int, _: str) -> str:
    versions.keep(connection, id)  # the caller is about to replace it
    return versions.digest(connection, id).hex() if versions.current(connection, id) else ""


def _write_text(connection: apsw.Connection, id: int, _: str, value: str) -> bool:
    if not value:
        return versions.take_away(connection, id)
    return versions.use(connection, id, bytes.fromhex(value))


def _read_views(connection: apsw.Connection, id: int, device: str) -> str:
    return changes.last(connection, identity.of(connection, id), f"views/{device}") or "0"


def _write_views(connection: apsw.Connection, id: int, device: str, value: str) -> bool:
    more = int(value) - int(_read_views(connection, id, device))
    sql = "UPDATE article SET views = max(0, views + ?) WHERE id = ?"
    connection.execute(sql, (more, id))
    return True


def _read_found(connection: apsw.Connection, id: int, name: str) -> str:
    return FIELDS[name].read(connection, id, "")


def _write_found(connection: apsw.Connection, id: int, name: str, value: str) -> bool:
    return FIELDS[name].write(connection, id, "", value)


FIELDS = {
    "title": _column("title"),
    "byline": _column("byline"),
    "published_at": _column("published_at"),
    "found": Field(str, _read_found, _write_found),
    "site": _column("site"),
    "language": _column("language"),
    "excerpt": _column("excerpt"),
    "subjects": _column("subjects"),
    "state": _column("state"),
    "place": _column("place"),
    "favourite": _column("favourite", int),
    "read_at": _column("read_at"),
    "opened_at": _column("opened_at"),
    "added_at": _column("added_at"),
    "merged_into": _column("merged_into"),
    "furthest": _column("furthest"),
    "position": Field(str, _read_position, _write_position),
    "text": Field(str, _read_text, _write_text),
    "views": Field(int, _read_views, _write_views),
}
"""The fields of an article; ``library.registry`` adds those of other packages."""

COLUMNS = tuple(name for name in FIELDS if name not in ("found", "text", "views"))
"""The fields in which the last writer wins."""
