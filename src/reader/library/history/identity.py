"""Uids of articles, and of those that turned out to be one: which uid stands for them all.

A row ``merged`` of a uid names the one it became. The rows of both stay under the uids they were
written for, so that every device reads the same of them, in whatever order they arrive.
"""

import apsw

from reader.library.history import changes
from reader.library.store.database import rows

MERGED = "merged"


def find(connection: apsw.Connection, uid: str) -> int | None:
    """Return the id of an article, or of the one it has become; None if there is none."""
    sql = "SELECT id FROM article WHERE uid = ?"
    found = connection.execute(sql, (uid,)).get
    if found is None:
        found = connection.execute(sql, (root(connection, uid),)).get
    return None if found is None else int(found)


def of(connection: apsw.Connection, id: int) -> str:
    """Return the uid of an article, ``""`` if there is none."""
    return str(connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get or "")


def note_merged(connection: apsw.Connection, goes: str, stays: str) -> None:
    """Note that a uid stands for the same article as another one from now on."""
    changes.record(connection, None, goes, MERGED, "", stays)


def root(connection: apsw.Connection, uid: str) -> str:
    """Return the uid that stands for an article."""
    seen = [uid]
    while (into := changes.last(connection, seen[-1], MERGED)) is not None:
        if into in seen:  # a circle, which only a damaged log has
            return min(seen[seen.index(into) :])
        seen.append(into)
    return seen[-1]


def members(connection: apsw.Connection, root: str) -> list[str]:
    """Return all uids that one stands for, itself first."""
    found = [root]
    sql = "SELECT DISTINCT entity FROM change WHERE field = 'merged' AND new = ?"
    for uid in found:
        for (each,) in rows(connection, sql, (uid,)):
            if each not in found and changes.last(connection, each, MERGED) == uid:
                found.append(each)
    return found
