"""Aliases: other URLs of articles. The last writer decides which article a URL belongs to."""

from collections.abc import Collection

import apsw

from reader.library.history import changes, identity
from reader.library.history.entities import Field, Kind

NAME = "alias"
_FIELD = "article"


def point(connection: apsw.Connection, url: str, id: int) -> None:
    """Make a URL an alias of an article."""
    changes.put(connection, None, f"{NAME}/{url}", _FIELD, identity.of(connection, id))


def entities_of(connection: apsw.Connection, uid: str) -> list[str]:
    """Return the history's names of the aliases of an article."""
    sql = "SELECT entity FROM change WHERE field = 'article' AND new = ?"
    found = [str(entity) for (entity,) in connection.execute(sql, (uid,))]
    return [entity for entity in found if entity.startswith(f"{NAME}/")]


def _find(_: apsw.Connection, url: str) -> str:
    return url


def _read(connection: apsw.Connection, url: str, _: str) -> str:
    sql = "SELECT uid FROM alias JOIN article ON id = article WHERE alias.url = ?"
    return str(connection.execute(sql, (url,)).get or "")


def _write(connection: apsw.Connection, url: str, _: str, uid: str) -> bool:
    id = identity.find(connection, uid)
    if id is None:
        connection.execute("DELETE FROM alias WHERE url = ?", (url,))
    else:
        connection.execute("INSERT OR REPLACE INTO alias VALUES (?, ?)", (url, id))
    return id is not None


def _refresh(connection: apsw.Connection, urls: Collection[str]) -> None:
    for url in urls:
        value = changes.last(connection, f"{NAME}/{url}", _FIELD)
        if value is not None:
            _write(connection, url, "", value)


ALIAS = Kind(NAME, _find, {_FIELD: Field(str, _read, _write)}, _refresh)
