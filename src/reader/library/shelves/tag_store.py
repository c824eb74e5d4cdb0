"""The storage of tags: their uids, their tree and their articles.

A renamed tag keeps its uid. The uid is derived from the first name, so that two devices that
create a tag of the same name create the same tag. If renaming gives two tags one name, they become
one tag here: the smaller uid represents both, the other one is its twin.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.history.entities import Field
from reader.library.store.collation import decoded, digest, storable
from reader.library.store.database import rows

NAME = "tag"
_LONGEST = 200
_COMMAS = re.compile(r"[,،、，]")


def clean(name: str) -> str:
    """Return the normalized name of a tag, in Unicode form NFC, ``""`` if nothing is left.

    A slash separates a tag from the tags within it.
    """
    composed = unicodedata.normalize("NFC", storable(name))[:_LONGEST]
    parts = [" ".join(part.split()) for part in composed.split("/")]
    return "/".join(filter(None, parts))


def names_in(text: str) -> list[str]:
    """Return the normalized names in a text that has commas of any script between them."""
    return [name for name in map(clean, _COMMAS.split(text)) if name]


def last_in(text: str) -> str:
    """Return what stands behind the last comma of a text."""
    return _COMMAS.split(text)[-1]


def named(name: str) -> str:
    """Return the normalized name of a tag. Raises LibraryError if nothing is left."""
    kept = clean(name)
    if not kept:
        raise LibraryError("A tag needs at least one letter. Nothing was changed.")
    return kept


def entity_of(connection: apsw.Connection, tag: int) -> str:
    """Return the history's name of a tag."""
    return f"{NAME}/{uid_of(connection, tag)}"


def field_of(connection: apsw.Connection, tag: int) -> str:
    """Return the article field that records whether an article has a tag."""
    return entity_of(connection, tag)


def uid_of(connection: apsw.Connection, tag: int) -> str:
    """Return the uid of a tag, and make sure that its name is logged."""
    uid, name = rows(connection, "SELECT uid, name FROM tag WHERE id = ?", (tag,))[0]
    if not changes.touched(connection, f"{NAME}/{uid}", "name"):
        changes.record(connection, None, f"{NAME}/{uid}", "name", "", name)
    return str(uid)


def of_uid(connection: apsw.Connection, uid: str) -> int | None:
    """Return the id of the tag that a uid represents, None if there is none."""
    found = connection.execute("SELECT id FROM tag WHERE uid = ?", (uid,)).get
    if found is None:
        found = connection.execute("SELECT tag FROM tag_twin WHERE uid = ?", (uid,)).get
    return None if found is None else int(found)


def find(connection: apsw.Connection, name: str) -> int | None:
    """Return the id of the tag with a name, None if there is none.

    Names of older libraries may be in another Unicode form.
    """
    forms = (name, unicodedata.normalize("NFC", name), unicodedata.normalize("NFD", name))
    for form in dict.fromkeys(form.casefold() for form in forms):
        found = connection.execute("SELECT id FROM tag WHERE name_key = ?", (form,)).get
        if found is not None:
            return int(found)
    return None


def made(connection: apsw.Connection, name: str, uid: str = "") -> int:
    """Return the id of the tag with a name; create it and its ancestors if needed."""
    known = find(connection, name)
    if known is not None:
        return known
    id = add(connection, name, uid or free_uid(connection, name))
    parent = name.rpartition("/")[0]
    above = made(connection, parent) if parent else None
    connection.execute("INSERT INTO tag_within VALUES (?, ?)", (id, id))
    if above is not None:
        sql = "INSERT INTO tag_within SELECT ?, within FROM tag_within WHERE tag = ?"
        connection.execute(sql, (id, above))
    return id


def add(connection: apsw.Connection, name: str, uid: str) -> int:
    """Add a tag without entries in ``tag_within``."""
    sql = "INSERT INTO tag (name, name_key, uid) VALUES (?, ?, ?)"
    connection.execute(sql, (name, name.casefold(), uid))
    return connection.last_insert_rowid()


def free_uid(connection: apsw.Connection, name: str) -> str:
    """Return an unused uid for a new tag, derived from its name."""
    number, key = 1, name.casefold()
    while True:
        uid = digest(key if number == 1 else f"{key}\n{number}")
        said = changes.last(connection, f"{NAME}/{uid}", "name")
        taken = said is not None and said.casefold() != key
        if not taken and of_uid(connection, uid) is None:
            return uid
        number += 1


def is_used(connection: apsw.Connection, tag: int) -> bool:
    """Return whether any article, including the trash, has a tag or one within it."""
    sql = "SELECT EXISTS (SELECT 1 FROM tag_within JOIN article_tag USING (tag) WHERE within = ?)"
    return bool(connection.execute(sql, (tag,)).get)


def names_of(connection: apsw.Connection, article: int) -> list[str]:
    """Return the tags of an article, in order."""
    sql = (
        "SELECT CAST(name AS BLOB) FROM tag JOIN article_tag ON tag = tag.id WHERE article = ? "
        "ORDER BY name_key"
    )
    return [decoded(name) for (name,) in rows(connection, sql, (article,))]


def articles_of(connection: apsw.Connection, tag: int) -> list[int]:
    """Return the ids of the articles that have exactly this tag."""
    sql = "SELECT article FROM article_tag WHERE tag = ?"
    return [int(id) for (id,) in rows(connection, sql, (tag,))]


def branch(connection: apsw.Connection, tag: int) -> list[tuple[int, str]]:
    """Return a tag and all its descendants with their names, in order."""
    sql = "SELECT id, name FROM tag JOIN tag_within ON id = tag WHERE within = ? ORDER BY name_key"
    return rows(connection, sql, (tag,))


# ---- the name of a tag


def rename(connection: apsw.Connection, tag: int, name: str) -> bool:
    """Rename a tag and its descendants; return False if another tag in use has the name."""
    old = str(connection.execute("SELECT name FROM tag WHERE id = ?", (tag,)).get)
    there, forgotten = find(connection, name), dict[str, str]()
    if there is not None and there != tag:
        if is_used(connection, there) or name.casefold().startswith(f"{old.casefold()}/"):
            return False
        forgotten = _forget(connection, there)
    before = _above(connection, tag)
    for id, each in branch(connection, tag):
        new = name + each[len(old) :]
        sql = "UPDATE tag SET name = ?, name_key = ? WHERE id = ?"
        connection.execute(sql, (new, new.casefold(), id))
        for uid in uids_of(connection, id):
            changes.record(connection, None, f"{NAME}/{uid}", "name", each, new)
        for uid in [uid for uid, key in forgotten.items() if key == new.casefold()]:
            changes.record(connection, None, f"{NAME}/{uid}", "name", "", new)
    _move(connection, tag, name)
    for shelf in before ^ _above(connection, tag):
        fill_shelf(connection, shelf)
    return True


def uids_of(connection: apsw.Connection, tag: int) -> list[str]:
    """Return the uids that a tag represents, its own first."""
    sql = "SELECT uid FROM tag WHERE id = ?1 UNION ALL SELECT uid FROM tag_twin WHERE tag = ?1"
    return [str(uid) for (uid,) in rows(connection, sql, (tag,))]


def _forget(connection: apsw.Connection, tag: int) -> dict[str, str]:
    """Delete an unused tag and its descendants; return the uids and name keys of all.

    The log keeps their names: if an article gets one on another device, the tag returns.
    """
    forgotten = dict[str, str]()
    for id, name in branch(connection, tag):
        forgotten |= dict.fromkeys(uids_of(connection, id), name.casefold())
        connection.execute("DELETE FROM tag_within WHERE tag = ?1 OR within = ?1", (id,))
        connection.execute("DELETE FROM tag_twin WHERE tag = ?", (id,))
        connection.execute("DELETE FROM tag WHERE id = ?", (id,))
    return forgotten


def _move(connection: apsw.Connection, tag: int, name: str) -> None:
    """Move a tag and its descendants to the place in the tree that its name gives."""
    its = "(SELECT tag FROM tag_within WHERE within = ?1)"
    connection.execute(f"DELETE FROM tag_within WHERE tag IN {its} AND within NOT IN {its}", (tag,))
    parent = name.rpartition("/")[0]
    if parent:
        above = made(connection, parent)
        connection.execute(
            "INSERT INTO tag_within SELECT below.tag, above.within FROM tag_within AS below "
            "JOIN tag_within AS above ON above.tag = ? WHERE below.within = ?",
            (above, tag),
        )


def _above(connection: apsw.Connection, tag: int) -> set[int]:
    sql = "SELECT within FROM tag_within WHERE tag = ?1 AND within <> ?1"
    return {int(id) for (id,) in rows(connection, sql, (tag,))}


def fill_shelf(connection: apsw.Connection, tag: int) -> None:
    """Rebuild the shelf of a tag."""
    connection.execute("DELETE FROM tag_shelf WHERE tag = ?", (tag,))
    connection.execute(
        "INSERT INTO tag_shelf SELECT DISTINCT within, article.id, added_at, title_key, site_key, "
        "words, progress FROM tag_within JOIN article_tag USING (tag) "
        "JOIN article ON article.id = article WHERE within = ? AND state <> 'trash'",
        (tag,),
    )


# ---- the interface to the history


def _read_given(connection: apsw.Connection, article: int, uid: str) -> str:
    tag = of_uid(connection, uid)
    sql = "SELECT EXISTS (SELECT 1 FROM article_tag WHERE tag = ? AND article = ?)"
    return str(connection.execute(sql, (tag or 0, article)).get)


def _write_given(connection: apsw.Connection, article: int, uid: str, value: str) -> bool:
    tag = of_uid(connection, uid)
    if tag is None and value == "1":
        tag = _revived(connection, uid)
    if tag is None:
        return False
    give(connection, article, tag, given=value == "1")
    return True


def give(connection: apsw.Connection, article: int, tag: int, *, given: bool) -> None:
    """Add a tag to an article, or remove it."""
    add, take = (
        "INSERT OR IGNORE INTO article_tag (tag, article) VALUES (?, ?)",
        "DELETE FROM article_tag WHERE tag = ? AND article = ?",
    )
    connection.execute(add if given else take, (tag, article))


def _revived(connection: apsw.Connection, uid: str) -> int | None:
    """Recreate the tag of an unknown uid as it was logged, None if it has no name."""
    name = changes.last(connection, f"{NAME}/{uid}", "name")
    if not name:
        return None
    tag = find(connection, name)
    if tag is None:
        tag = made(connection, name, uid)
        _write_colour(
            connection, tag, "", changes.last(connection, f"{NAME}/{uid}", "colour") or ""
        )
    else:
        connection.execute("INSERT OR REPLACE INTO tag_twin VALUES (?, ?)", (uid, tag))
    return tag


def _read_name(connection: apsw.Connection, tag: int, _: str) -> str:
    return str(connection.execute("SELECT name FROM tag WHERE id = ?", (tag,)).get)


def _write_name(connection: apsw.Connection, tag: int, _: str, value: str) -> bool:
    return rename(connection, tag, value)


def _read_colour(connection: apsw.Connection, tag: int, _: str) -> str:
    return str(connection.execute("SELECT colour FROM tag WHERE id = ?", (tag,)).get)


def _write_colour(connection: apsw.Connection, tag: int, _: str, value: str) -> bool:
    connection.execute("UPDATE tag SET colour = ? WHERE id = ?", (value, tag))
    return True


def settle(connection: apsw.Connection, article: int, told: Mapping[str, str]) -> None:
    """Set the tags of an article to those in the log, given by uid."""
    wanted = {
        of_uid(connection, uid) or _revived(connection, uid)
        for uid, value in told.items()
        if value == "1"
    }
    sql = "SELECT tag FROM article_tag WHERE article = ?"
    has = {tag for (tag,) in rows(connection, sql, (article,))}
    for tag in wanted ^ has - {None}:
        if tag is not None:
            give(connection, article, tag, given=tag in wanted)


GIVEN = Field(int, _read_given, _write_given)
"""Whether an article has a tag."""
FIELDS = {
    "name": Field(str, _read_name, _write_name),
    "colour": Field(str, _read_colour, _write_colour),
}


def winners(connection: apsw.Connection, field: str) -> Iterable[tuple[str, str]]:
    """Return the last logged value of a field for all tags, by uid."""
    sql = (
        "SELECT substr(entity, 5), new, max(stamp) FROM change "
        "WHERE entity > 'tag/' AND entity < 'tag0' AND field = ? GROUP BY entity"
    )
    return [(str(uid), str(new)) for uid, new, _ in rows(connection, sql, (field,))]


def nest_all(connection: apsw.Connection) -> None:
    """Insert each tag within itself and within its ancestors."""
    connection.execute("DELETE FROM tag_within")
    pairs = [*nested(connection)]
    connection.executemany("INSERT INTO tag_within VALUES (?, ?)", pairs)


def nested(connection: apsw.Connection) -> Iterator[tuple[int, int]]:
    """Yield each tag with itself and with each of its ancestors."""
    ids = {key: id for id, key in rows(connection, "SELECT id, name_key FROM tag")}
    for key, id in ids.items():
        parts = key.split("/")
        for size in range(1, len(parts) + 1):
            above = ids.get("/".join(parts[:size]))
            if above is not None:
                yield id, above
