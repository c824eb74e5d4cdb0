"""What the library holds, as the nouns of the program."""

from typing import Any

import apsw

from reader.errors import NoSuchArticle
from reader.library import labels, versions
from reader.model import Article, Position, Row, State


def no_such(id: int) -> NoSuchArticle:
    """Return the error that says which articles there are."""
    return NoSuchArticle(f"There is no article {id}. “reader list” shows which there are.")


def row(found: tuple[Any, ...]) -> Row:
    """Return the row of the columns ``queries.ROW``."""
    told, (state, favourite, home), pictures = found[:8], found[8:11], found[11:]
    return Row._make((*told, State(state), bool(favourite), bool(home), *pictures))


def article(connection: apsw.Connection, id: int) -> Article:
    """Return an article, whole. Raises NoSuchArticle."""
    names = [each for each in Article._fields if each not in ("tags", "html", "pictures")]
    sql = f"SELECT {', '.join(names)} FROM article WHERE id = ?"
    found = connection.execute(sql, (id,)).fetchone()
    if found is None:
        raise no_such(id)
    values = dict(zip(names, found, strict=True))
    values["state"] = State(values["state"])
    values["favourite"] = bool(values["favourite"])
    values["position"] = Position.parse(values["position"])
    values["tags"] = tuple(labels.names_of(connection, id))
    pictures = connection.execute("SELECT name FROM article_image WHERE article = ?", (id,))
    values["pictures"] = tuple(name for (name,) in pictures)
    return Article(**values, html=versions.current(connection, id))
