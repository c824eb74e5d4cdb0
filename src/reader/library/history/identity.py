"""The uids of merged articles, and the one uid that represents them.

A row ``merged`` of a uid names the uid it was merged into. The rows of both keep their uids, so
that every device gets the same result, in any order of arrival.
"""

import apsw

from reader.library.history import changes
from reader.library.store.database import rows

MERGED = "merged"


def find(connection: apsw.Connection, uid: str) -> int | None:
    """Return the id of an article, or of the one it was merged into; None if there is none."""
    sql = "SELECT id FROM article WHERE uid = ?"
    found = connection.execute(sql, (uid,)).get
    if found is None:
        found = connection.execute(sql, (root(connection, uid),)).get
    return None if found is None else int(found)


def of(connection: apsw.Connection, id: int) -> str:
    """Return the uid of an article, ``""`` if there is none."""
    return str(connection.execute("SELECT uid FROM article WHERE id = ?", (id,)).get or "")


def note_merged(connection: apsw.Connection, goes: str, stays: str) -> None:
    """Record that a uid was merged into another."""
    changes.record(connection, None, goes, MERGED, "", stays)


def root(connection: apsw.Connection, uid: str) -> str:
    """Return the uid that represents an article."""
    seen = [uid]
    while (into := changes.last(connection, seen[-1], MERGED)) is not None:
        if into in seen:  # a cycle, which only a damaged log has
            return min(seen[seen.index(into) :])
        seen.append(into)
    return seen[-1]


def members(connection: apsw.Connection, root: str) -> list[str]:
    """Return all uids that a root uid represents, itself first."""
    found = [root]
    sql = "SELECT DISTINCT entity FROM change WHERE field = 'merged' AND new = ?"
    for uid in found:
        for (each,) in rows(connection, sql, (uid,)):
            if each not in found and changes.last(connection, each, MERGED) == uid:
                found.append(each)
    return found
