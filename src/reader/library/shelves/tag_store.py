"""How tags are kept: tags within tags, by uid, and which articles have them.

A tag keeps its uid under whatever name. The uid is made from the first name, so that two devices
that make a tag of one name make the same tag. If renaming leads two tags to one name, they are one
tag here: the smaller uid stands for both, the other one is its twin.
"""

from collections.abc import Iterable, Mapping

import apsw

from reader.errors import LibraryError
from reader.library.history import changes
from reader.library.history.entities import Field
from reader.library.store.collation import decoded, digest, storable
from reader.library.store.database import rows

NAME = "tag"
_LONGEST = 200


def clean(name: str) -> str:
    """Return the name of a tag as it is kept; ``""`` if nothing of it is left.

    A slash stands between a tag and the tags within it.
    """
    parts = [" ".join(part.split()) for part in storable(name[:_LONGEST]).split("/")]
    return "/".join(filter(None, parts))


def named(name: str) -> str:
    """Return the name of a tag as it is kept. Raises LibraryError if nothing is left."""
    kept = clean(name)
    if not kept:
        raise LibraryError("A tag needs at least one letter. Nothing was changed.")
    return kept


def entity_of(connection: apsw.Connection, tag: int) -> str:
    """Return what the history calls a tag."""
    return f"{NAME}/{uid_of(connection, tag)}"


def field_of(connection: apsw.Connection, tag: int) -> str:
    """Return the field of an article that says whether it has a tag."""
    return entity_of(connection, tag)


def uid_of(connection: apsw.Connection, tag: int) -> str:
    """Return the uid of a tag, which the log knows from now on."""
    uid, name = rows(connection, "SELECT uid, name FROM tag WHERE id = ?", (tag,))[0]
    if not changes.touched(connection, f"{NAME}/{uid}", "name"):
        changes.record(connection, None, f"{NAME}/{uid}", "name", "", name)
    return str(uid)


def of_uid(connection: apsw.Connection, uid: str) -> int | None:
    """Return the tag that a uid stands for, None if there is none."""
    found = connection.execute("SELECT id FROM tag WHERE uid = ?", (uid,)).get
    if found is None:
        found = connection.execute("SELECT tag FROM tag_twin WHERE uid = ?", (uid,)).get
    return None if found is None else int(found)


def find(connection: apsw.Connection, name: str) -> int | None:
    """Return the id of a tag, None if there is none of that name."""
    found = connection.execute("SELECT id FROM tag WHERE name_key = ?", (name.casefold(),)).get
    return None if found is None else int(found)


def made(connection: apsw.Connection, name: str, uid: str = "") -> int:
    """Return the id of a tag, made if there is none, and those it lies within as well."""
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
    """Add a tag that lies within nothing yet, not even itself."""
    sql = "INSERT INTO tag (name, name_key, uid) VALUES (?, ?, ?)"
    connection.execute(sql, (name, name.casefold(), uid))
    return connection.last_insert_rowid()


def free_uid(connection: apsw.Connection, name: str) -> str:
    """Return the uid of a new tag: another one if the tag that had the name has another now."""
    number, key = 1, name.casefold()
    while True:
        uid = digest(key if number == 1 else f"{key}\n{number}")
        said = changes.last(connection, f"{NAME}/{uid}", "name")
        taken = said is not None and said.casefold() != key
        if not taken and of_uid(connection, uid) is None:
            return uid
        number += 1


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


def articles_of(connection: apsw.Connection, tag: int) -> list[int]:
    """Return the articles that have a tag themselves."""
    sql = "SELECT article FROM article_tag WHERE tag = ?"
    return [int(id) for (id,) in rows(connection, sql, (tag,))]


def branch(connection: apsw.Connection, tag: int) -> list[tuple[int, str]]:
    """Return a tag and all within it, with their names, in order."""
    sql = "SELECT id, name FROM tag JOIN tag_within ON id = tag WHERE within = ? ORDER BY name_key"
    return rows(connection, sql, (tag,))


# ---- the name of a tag


def rename(connection: apsw.Connection, tag: int, name: str) -> bool:
    """Rename a tag and what lies within it; False if another one in use has that name."""
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
    """Return the uids that a tag stands for, its own first."""
    sql = "SELECT uid FROM tag WHERE id = ?1 UNION ALL SELECT uid FROM tag_twin WHERE tag = ?1"
    return [str(uid) for (uid,) in rows(connection, sql, (tag,))]


def _forget(connection: apsw.Connection, tag: int) -> dict[str, str]:
    """Take away a tag that no article has, and those within it; return uids and keys of all.

    The log knows their names: if an article is given one elsewhere, it is there again.
    """
    forgotten = dict[str, str]()
    for id, name in branch(connection, tag):
        forgotten |= dict.fromkeys(uids_of(connection, id), name.casefold())
        connection.execute("DELETE FROM tag_within WHERE tag = ?1 OR within = ?1", (id,))
        connection.execute("DELETE FROM tag_twin WHERE tag = ?", (id,))
        connection.execute("DELETE FROM tag WHERE id = ?", (id,))
    return forgotten


def _move(connection: apsw.Connection, tag: int, name: str) -> None:
    """Let a tag and all within it lie within what its name says."""
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
    """Put onto the shelf of a tag what belongs there now, and nothing else."""
    connection.execute("DELETE FROM tag_shelf WHERE tag = ?", (tag,))
    connection.execute(
        "INSERT INTO tag_shelf SELECT DISTINCT within, article.id, added_at, title_key, site_key, "
        "words, progress FROM tag_within JOIN article_tag USING (tag) "
        "JOIN article ON article.id = article WHERE within = ? AND state <> 'trash'",
        (tag,),
    )


# ---- as the history reads and writes it


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
    """Give a tag to an article, or take it."""
    add, take = (
        "INSERT OR IGNORE INTO article_tag (tag, article) VALUES (?, ?)",
        "DELETE FROM article_tag WHERE tag = ? AND article = ?",
    )
    connection.execute(add if given else take, (tag, article))


def _revived(connection: apsw.Connection, uid: str) -> int | None:
    """Return the tag of a uid that is not here, under the name that the log knows of it."""
    name = changes.last(connection, f"{NAME}/{uid}", "name")
    if not name:
        return None
    tag = find(connection, name)
    if tag is None:
        tag = made(connection, name, uid)
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
    """Give an article the tags that the log says it has, by their uids, and no others."""
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
    """Return what the log says of a field of all tags, by their uids."""
    sql = (
        "SELECT substr(entity, 5), new, max(stamp) FROM change "
        "WHERE entity > 'tag/' AND entity < 'tag0' AND field = ? GROUP BY entity"
    )
    return [(str(uid), str(new)) for uid, new, _ in rows(connection, sql, (field,))]
