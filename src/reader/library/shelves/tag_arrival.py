"""Rebuilding tags from the log, after rows of other devices have arrived."""

from collections.abc import Collection, Iterable

import apsw

from reader.library.history import identity
from reader.library.history.entities import Kind
from reader.library.shelves import tag_store
from reader.library.shelves.tag_store import NAME
from reader.library.store.database import rows


def refresh(connection: apsw.Connection, uids: Collection[str]) -> None:
    """Rebuild the names and colours of tags from the log."""
    names = dict(tag_store.winners(connection, "name"))
    moved = [
        uid for uid in sorted(uids) if names.get(uid) and _is_elsewhere(connection, uid, names)
    ]
    if moved:
        for uid in moved:
            _detach(connection, uid)
        for uid in moved:
            _attach(connection, uid, names[uid])
        for (name,) in rows(connection, "SELECT name FROM tag WHERE instr(name, '/')"):
            _add_parents(connection, name)
        _name_twins(connection, names)
        tag_store.nest_all(connection)
        for article in _having(connection, moved):
            id = identity.find(connection, article)
            if id is not None:
                tag_store.settle(
                    connection, id, given(connection, identity.root(connection, article))
                )
        _fill_shelves(connection)
    _colour(connection)


def given(connection: apsw.Connection, root: str) -> dict[str, str]:
    """Return the tags of an article according to the log: ``1`` or ``0`` by the tags' uids."""
    told: dict[str, tuple[str, str]] = {}
    sql = "SELECT substr(field, 5), new, stamp FROM change WHERE entity = ? AND field LIKE 'tag/%'"
    for uid in identity.members(connection, root):
        for tag, value, stamp in rows(connection, sql, (uid,)):
            told[tag] = max(told.get(tag, ("", "")), (stamp, value))
    return {tag: value for tag, (_, value) in told.items()}


def _is_elsewhere(connection: apsw.Connection, uid: str, names: dict[str, str]) -> bool:
    tag = tag_store.of_uid(connection, uid)
    sql = "SELECT name FROM tag WHERE id = ?"
    return tag is None or connection.execute(sql, (tag,)).get != names[uid]


def _detach(connection: apsw.Connection, uid: str) -> None:
    """Separate a uid from its twins, and remove its name."""
    connection.execute("DELETE FROM tag_twin WHERE uid = ?", (uid,))
    id = connection.execute("SELECT id FROM tag WHERE uid = ?", (uid,)).get
    if id is None:
        return
    sql = "SELECT min(uid) FROM tag_twin WHERE tag = ?"
    twin = connection.execute(sql, (id,)).get
    if twin is not None:
        connection.execute("DELETE FROM tag_twin WHERE uid = ?", (twin,))
        connection.execute("UPDATE tag SET uid = ? WHERE id = ?", (twin, id))
    else:
        connection.execute("UPDATE tag SET name_key = ? WHERE id = ?", (f"\n{uid}", id))


def _attach(connection: apsw.Connection, uid: str, name: str) -> None:
    """Name the tag of a uid; if another tag has the name, make the uid its twin."""
    id = connection.execute("SELECT id FROM tag WHERE uid = ?", (uid,)).get
    there = tag_store.find(connection, name)
    if there is not None:
        if id is not None:
            for table in ("article_tag", "tag_shelf", "tag_within"):
                connection.execute(f"DELETE FROM {table} WHERE tag = ?", (id,))
            connection.execute("DELETE FROM tag_within WHERE within = ?", (id,))
            connection.execute("DELETE FROM tag WHERE id = ?", (id,))
        connection.execute("INSERT OR REPLACE INTO tag_twin VALUES (?, ?)", (uid, there))
    elif id is not None:
        sql = "UPDATE tag SET name = ?, name_key = ? WHERE id = ?"
        connection.execute(sql, (name, name.casefold(), id))
    else:
        tag_store.add(connection, name, uid)


def _add_parents(connection: apsw.Connection, name: str) -> None:
    while "/" in name:
        name = name.rpartition("/")[0]
        if tag_store.find(connection, name) is None:
            tag_store.add(connection, name, tag_store.free_uid(connection, name))


def _name_twins(connection: apsw.Connection, names: dict[str, str]) -> None:
    """Use the spelling of the smallest uid for tags with twins."""
    for (id,) in rows(connection, "SELECT DISTINCT tag FROM tag_twin"):
        name = names.get(min(tag_store.uids_of(connection, id)))
        if name:
            connection.execute("UPDATE tag SET name = ? WHERE id = ?", (name, id))


def _having(connection: apsw.Connection, uids: Iterable[str]) -> list[str]:
    """Return the uids of articles that have log rows about some tags."""
    fields = {f"{NAME}/{uid}" for uid in uids}
    sql = "SELECT DISTINCT entity, field FROM change WHERE field LIKE 'tag/%'"
    return list(dict.fromkeys(uid for uid, field in rows(connection, sql) if field in fields))


def _fill_shelves(connection: apsw.Connection) -> None:
    for (id,) in rows(connection, "SELECT id FROM tag"):
        tag_store.fill_shelf(connection, id)


def _colour(connection: apsw.Connection) -> None:
    """Set the colours of tags; among twins, the first colour wins."""
    wanted: dict[int, str] = {}
    for uid, colour in sorted(tag_store.winners(connection, "colour")):
        tag = tag_store.of_uid(connection, uid)
        if tag is not None:
            wanted[tag] = wanted.get(tag) or colour
    connection.executemany(
        "UPDATE tag SET colour = ?1 WHERE id = ?2 AND colour <> ?1",
        [(colour, id) for id, colour in wanted.items()],
    )


def _find(connection: apsw.Connection, uid: str) -> int | None:
    return tag_store.of_uid(connection, uid)


TAG = Kind(NAME, _find, tag_store.FIELDS, refresh)
