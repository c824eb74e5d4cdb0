"""What articles are put under: tags within tags, saved searches, and “not the same”.

A tag and a saved search are changed through ``library.changes`` like an article; here is how
their fields are read and written. Their entities are ``tag/12`` and ``saved/`` and a uid.
"""

import apsw

from reader.errors import LibraryError
from reader.library.store.collation import decoded, storable
from reader.library.store.database import rows

_TAG, _SAVED = "tag/", "saved/"
_SAVED_FIELDS = ("name", "question", "place")
_LONGEST = 200


def clean(name: str) -> str:
    """Return the name of a tag as it is kept; ``""`` where nothing of it is left.

    A slash stands between a tag and the tags within it.
    """
    parts = [" ".join(part.split()) for part in storable(name[:_LONGEST]).split("/")]
    return "/".join(filter(None, parts))


def named(name: str) -> str:
    """Return the name of a tag as it is kept. Raises LibraryError where nothing is left."""
    kept = clean(name)
    if not kept:
        raise LibraryError("A tag needs at least one letter. Nothing was changed.")
    return kept


def entity_of_tag(id: int) -> str:
    """Return how changes call a tag."""
    return f"{_TAG}{id}"


def entity_of_saved(uid: str) -> str:
    """Return how changes call a saved search."""
    return f"{_SAVED}{uid}"


# ---- tags of articles


def find_tag(connection: apsw.Connection, name: str) -> int | None:
    """Return the id of a tag, None where there is none of that name."""
    found = connection.execute("SELECT id FROM tag WHERE name_key = ?", (name.casefold(),)).get
    return None if found is None else int(found)


def has_tag(connection: apsw.Connection, article: int, name: str) -> bool:
    """Return whether an article has a tag itself."""
    sql = (
        "SELECT EXISTS (SELECT 1 FROM article_tag JOIN tag ON tag.id = tag "
        "WHERE article = ? AND name_key = ?)"
    )
    return bool(connection.execute(sql, (article, name.casefold())).get)


def set_tag(connection: apsw.Connection, article: int, name: str, given: bool) -> None:
    """Give a tag to an article, or take it."""
    if given:
        sql = "INSERT OR IGNORE INTO article_tag (tag, article) VALUES (?, ?)"
        connection.execute(sql, (_made(connection, name), article))
    elif (tag := find_tag(connection, name)) is not None:
        connection.execute("DELETE FROM article_tag WHERE tag = ? AND article = ?", (tag, article))


def _made(connection: apsw.Connection, name: str) -> int:
    """Return the id of a tag, made where there is none, and those it lies within as well."""
    known = find_tag(connection, name)
    if known is not None:
        return known
    parent = name.rpartition("/")[0]
    above = _made(connection, parent) if parent else None
    sql = "INSERT INTO tag (name, name_key) VALUES (?, ?)"
    connection.execute(sql, (name, name.casefold()))
    id = connection.last_insert_rowid()
    connection.execute("INSERT INTO tag_within VALUES (?, ?)", (id, id))
    if above is not None:
        sql = "INSERT INTO tag_within SELECT ?, within FROM tag_within WHERE tag = ?"
        connection.execute(sql, (id, above))
    return id


# ---- articles that are not the same


def are_apart(connection: apsw.Connection, article: int, other: str) -> bool:
    """Return whether a person said that an article and the one of a uid are not the same."""
    sql = "SELECT EXISTS (SELECT 1 FROM apart WHERE one = ? AND other = ?)"
    return bool(connection.execute(sql, _pair(connection, article, other)).get)


def set_apart(connection: apsw.Connection, article: int, other: str, wanted: bool) -> None:
    """Remember that two articles are not the same, or forget it."""
    add, forget = (
        "INSERT OR IGNORE INTO apart VALUES (?, ?)",
        "DELETE FROM apart WHERE one = ? AND other = ?",
    )
    connection.execute(add if wanted else forget, _pair(connection, article, other))


def _pair(connection: apsw.Connection, article: int, other: str) -> tuple[str, ...]:
    uid = connection.execute("SELECT uid FROM article WHERE id = ?", (article,)).get
    return tuple(sorted((str(uid), other)))


# ---- fields of tags and saved searches


def read(connection: apsw.Connection, entity: str, field: str) -> str | None:
    """Return what a field says, None where there is no such thing (any longer)."""
    if entity.startswith(_TAG) and field in ("name", "colour"):
        sql, key = f"SELECT {field} FROM tag WHERE id = ?", entity.removeprefix(_TAG)
    elif entity.startswith(_SAVED) and field in _SAVED_FIELDS:
        sql, key = f"SELECT {field} FROM saved WHERE uid = ?", entity.removeprefix(_SAVED)
    else:
        return None
    found = connection.execute(sql, (key,)).get
    return None if found is None else str(found)


def apply(connection: apsw.Connection, entity: str, field: str, value: str) -> bool:
    """Write a field; False where that cannot be."""
    if entity.startswith(_SAVED):
        sql = f"UPDATE saved SET {field} = ? WHERE uid = ?"
        connection.execute(sql, (value, entity.removeprefix(_SAVED)))
        return True
    tag = int(entity.removeprefix(_TAG))
    if field == "name":
        return _rename(connection, tag, value)
    connection.execute("UPDATE tag SET colour = ? WHERE id = ?", (value, tag))
    return True


def is_used(connection: apsw.Connection, tag: int) -> bool:
    """Return whether any article has a tag, or one within it, the trash included."""
    sql = "SELECT EXISTS (SELECT 1 FROM tag_within JOIN article_tag USING (tag) WHERE within = ?)"
    return bool(connection.execute(sql, (tag,)).get)


def names_of(connection: apsw.Connection, article: int) -> list[str]:
    """Return the tags of an article, in order."""
    sql = (
        "SELECT CAST(name AS BLOB) FROM tag JOIN article_tag ON tag = tag.id WHERE article = ? "
        "ORDER BY name_key"
    )
    return [decoded(name) for (name,) in rows(connection, sql, (article,))]


def branch(connection: apsw.Connection, tag: int) -> list[tuple[int, str]]:
    """Return a tag and all within it, with their names, in order."""
    sql = "SELECT id, name FROM tag JOIN tag_within ON id = tag WHERE within = ? ORDER BY name_key"
    return rows(connection, sql, (tag,))


def _rename(connection: apsw.Connection, tag: int, name: str) -> bool:
    """Rename a tag and what lies within it; False where another one in use has that name."""
    old = str(connection.execute("SELECT name FROM tag WHERE id = ?", (tag,)).get)
    there = find_tag(connection, name)
    if there is not None and there != tag:
        if is_used(connection, there) or name.casefold().startswith(f"{old.casefold()}/"):
            return False
        _forget(connection, there)
    before = _above(connection, tag)
    for id, each in branch(connection, tag):
        new = name + each[len(old) :]
        sql = "UPDATE tag SET name = ?, name_key = ? WHERE id = ?"
        connection.execute(sql, (new, new.casefold(), id))
    _move(connection, tag, name)
    for shelf in before ^ _above(connection, tag):
        _fill_shelf(connection, shelf)
    return True


def _move(connection: apsw.Connection, tag: int, name: str) -> None:
    """Let a tag and all within it lie within what its name says."""
    its = "(SELECT tag FROM tag_within WHERE within = ?1)"
    connection.execute(f"DELETE FROM tag_within WHERE tag IN {its} AND within NOT IN {its}", (tag,))
    parent = name.rpartition("/")[0]
    if parent:
        above = _made(connection, parent)
        connection.execute(
            "INSERT INTO tag_within SELECT below.tag, above.within FROM tag_within AS below "
            "JOIN tag_within AS above ON above.tag = ? WHERE below.within = ?",
            (above, tag),
        )


def _above(connection: apsw.Connection, tag: int) -> set[int]:
    sql = "SELECT within FROM tag_within WHERE tag = ?1 AND within <> ?1"
    return {int(id) for (id,) in rows(connection, sql, (tag,))}


def _fill_shelf(connection: apsw.Connection, tag: int) -> None:
    """Put onto the shelf of a tag what belongs there now, and nothing else."""
    connection.execute("DELETE FROM tag_shelf WHERE tag = ?", (tag,))
    connection.execute(
        "INSERT INTO tag_shelf SELECT DISTINCT within, article.id, added_at, title_key, site_key, "
        "words, progress FROM tag_within JOIN article_tag USING (tag) "
        "JOIN article ON article.id = article WHERE within = ? AND state <> 'trash'",
        (tag,),
    )


def _forget(connection: apsw.Connection, tag: int) -> None:
    """Take a tag away that no article has, and those within it."""
    for id, _ in branch(connection, tag):
        connection.execute("DELETE FROM tag_within WHERE tag = ?1 OR within = ?1", (id,))
        connection.execute("DELETE FROM tag WHERE id = ?", (id,))
