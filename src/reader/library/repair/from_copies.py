"""Completing a salvaged library from its copies, by the log."""

from contextlib import suppress
from pathlib import Path

import apsw

from reader.errors import LibraryError
from reader.library.backup import copies, opened
from reader.library.backup.copy import Copy
from reader.library.history import exchange, identity
from reader.library.repair import merging, texts
from reader.library.repair.merging import Merged
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Origin, Source
from reader.progress import Report

_MOST = 12


def merge(
    connection: apsw.Connection, salvage: Salvage, folder: Path, report: Report
) -> list[Origin]:
    """Merge the newest readable copy into a library, within a transaction.

    Older copies follow as long as a text is damaged. Returns the fields that came from copies.
    """
    origins: list[Origin] = []
    for copy in copies.all_of(folder, report)[:_MOST]:
        merged = _merged(connection, copy, report)
        if merged is None:
            continue
        _account(connection, salvage, merged)
        origins += [
            Origin(came.uid, came.title, field, Source.COPY)
            for came in merged.articles
            for field in ([""] if came.is_new else came.fields)
        ]
        if not any(texts.damaged(connection, salvage)):
            break
    return origins


def _merged(connection: apsw.Connection, copy: Copy, report: Report) -> Merged | None:
    """Merge a copy, None if it is unreadable or of another library."""
    with suppress(LibraryError, apsw.Error), connection, opened.opened(copy) as other:
        if exchange.known(connection).keys() & exchange.known(other).keys():
            return merging.merge(connection, other, report)
    return None


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
