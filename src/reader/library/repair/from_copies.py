"""Completing a salvaged library from its copies, by the log."""

from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import apsw

from reader.errors import LibraryError
from reader.library.backup import copies, opened
from reader.library.backup.copy import Copy, Reason
from reader.library.history import identity
from reader.library.repair import healing, merging, remaking, row_check, texts
from reader.library.repair.merging import Merged
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Origin, Source
from reader.library.store import damaged_pages
from reader.library.store.database import rows
from reader.progress import Report

_MOST = 12


def merge(
    connection: apsw.Connection, salvage: Salvage, folder: Path, report: Report
) -> list[Origin]:
    """Merge the newest readable copy into a library, within a transaction.

    Older copies follow as long as a text is damaged. Returns the fields that came from copies.
    """
    origins: list[Origin] = []
    found = copies.all_of(folder, report)[:_MOST]
    if found:
        remaking.log_present(connection, salvage)
    for copy in found:
        before, counts = _uids(connection), _counts(connection, salvage)
        merged, healed = _merged(connection, copy, report)
        if merged is None:
            continue
        _account(connection, salvage, merged, counts)
        origins += [*healed, *_origins(connection, merged, before)]
        salvage.loose.clear()  # the log of the copy names the last texts
        salvage.older |= {*_healed_texts(connection, merged)}
        salvage.older -= {id for id in salvage.older if texts.is_last(connection, id)}
        if not any(texts.damaged(connection, salvage)):
            break
    return origins


def _merged(
    connection: apsw.Connection, copy: Copy, report: Report
) -> tuple[Merged | None, list[Origin]]:
    """Merge a copy, None if it is unreadable or of another library; then put columns right."""
    with suppress(LibraryError, apsw.Error), connection, opened.opened(copy) as other:
        # A copy that Reader keeps in the folder is of this library; nothing may be left to tell.
        if copy.reason is not Reason.FOUND or _is_related(connection, other):
            merged = merging.merge(connection, other, report)
            return merged, put_right(connection, (other,))
    return None, []


def put_right(connection: apsw.Connection, copies: Sequence[apsw.Connection]) -> list[Origin]:
    """Put columns right whose checksums prove the values; return those of articles."""
    damage = [*row_check.of_all(connection)]
    healed, source = healing.put_right(connection, damage, copies), Source.HASH
    if copies:
        source = Source.COPY
    sql = "SELECT uid FROM article WHERE id = ?"
    return [
        Origin(uid, each.title, ", ".join(each.columns), source)
        for each in healed
        for (uid,) in rows(connection, sql, (each.article,))
    ]


def _is_related(connection: apsw.Connection, other: apsw.Connection) -> bool:
    """Return whether two databases have a device or an article in common."""
    sql = "SELECT id FROM device UNION SELECT uid FROM article"
    return not {*rows(connection, sql)}.isdisjoint(rows(other, sql))


def _uids(connection: apsw.Connection) -> set[str]:
    """Return the uids of articles, without those that only a text is left of."""
    sql = "SELECT uid FROM article WHERE url NOT LIKE 'lost:%'"
    return {str(uid) for (uid,) in rows(connection, sql)}


def _healed_texts(connection: apsw.Connection, merged: Merged) -> Iterator[int]:
    for each in merged.articles:
        if "text" in each.fields:
            for (id,) in rows(connection, "SELECT id FROM article WHERE uid = ?", (each.uid,)):
                yield int(id)


def _counts(connection: apsw.Connection, salvage: Salvage) -> dict[str, int]:
    """Return the number of rows of each table that has lost some."""
    counts = {
        name: int(connection.execute(f"SELECT count(*) FROM {name}").get)
        for name, tally in salvage.tallies.items()
        if tally.lost and name not in damaged_pages.DERIVED
    }
    return counts | {"article": len(_uids(connection))}


def _origins(connection: apsw.Connection, merged: Merged, before: set[str]) -> list[Origin]:
    """Return what came from a copy: whole articles that were not there, fields of the others.

    The log of the library may know an article whose row is lost, so that it is not new to it.
    """
    sql = "SELECT uid, title FROM article WHERE url NOT LIKE 'lost:%'"
    came = {str(uid): str(title) for uid, title in rows(connection, sql) if uid not in before}
    return [
        *(Origin(uid, title, "", Source.COPY) for uid, title in came.items()),
        *(
            Origin(each.uid, each.title, field, Source.COPY)
            for each in merged.articles
            if each.uid not in came
            for field in each.fields
        ),
    ]


def _account(
    connection: apsw.Connection, salvage: Salvage, merged: Merged, before: dict[str, int]
) -> None:
    """Subtract the rows that came from a copy from the lost ones."""
    for name, count in _counts(connection, salvage).items():
        tally = salvage.tallies[name]
        tally.lost = max(0, tally.lost - max(0, count - before[name]))
    content = salvage.tallies["content"]
    for came in merged.articles:
        id = identity.find(connection, came.uid)
        if id in content.half_ids and {"text", "source"} & {*came.fields}:
            content.half_ids.discard(id)
            content.half = max(0, content.half - 1)
