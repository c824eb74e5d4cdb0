"""Completing a salvaged library from its copies, by the log."""

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

import apsw

from reader.errors import LibraryError
from reader.library.backup import copies, opened
from reader.library.backup.copy import Copy
from reader.library.history import identity
from reader.library.repair import healing, merging, remaking, row_check, texts
from reader.library.repair.merging import Merged
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Origin, Source
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
        merged, healed = _merged(connection, copy, report)
        if merged is None:
            continue
        _account(connection, salvage, merged)
        origins += healed
        salvage.loose.clear()  # the log of the copy names the last texts
        origins += [
            Origin(came.uid, came.title, field, Source.COPY)
            for came in merged.articles
            for field in ([""] if came.is_new else came.fields)
        ]
        if not any(texts.damaged(connection, salvage)):
            break
    return origins


def _merged(
    connection: apsw.Connection, copy: Copy, report: Report
) -> tuple[Merged | None, list[Origin]]:
    """Merge a copy, None if it is unreadable or of another library; then put columns right."""
    with suppress(LibraryError, apsw.Error), connection, opened.opened(copy) as other:
        if _is_related(connection, other):
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


def _account(connection: apsw.Connection, salvage: Salvage, merged: Merged) -> None:
    """Subtract the rows from a copy from the lost ones."""
    article, change = salvage.tallies["article"], salvage.tallies["change"]
    content = salvage.tallies["content"]
    article.lost = max(0, article.lost - merged.added)
    change.lost = max(0, change.lost - merged.rows)
    for came in merged.articles:
        id = identity.find(connection, came.uid)
        if id in content.half_ids and {"text", "source"} & {*came.fields}:
            content.half_ids.discard(id)
            content.half = max(0, content.half - 1)
