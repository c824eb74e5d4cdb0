"""Completing a salvaged library from the newest copy that can be read."""

from contextlib import suppress
from pathlib import Path

import apsw

from reader.errors import LibraryError
from reader.library.backup import copies, opened
from reader.library.history import exchange
from reader.library.repair import merging
from reader.library.repair.salvage import Salvage
from reader.library.repair.salvaged import Origin, Source
from reader.progress import Report


def merge(
    connection: apsw.Connection, salvage: Salvage, folder: Path, report: Report
) -> list[Origin]:
    """Merge the newest readable copy into a library, within a transaction, by the log.

    Returns the fields that came from the copy, none if there is no copy.
    """
    for copy in copies.all_of(folder, report):
        with suppress(LibraryError, apsw.Error), connection, opened.opened(copy) as other:
            if exchange.known(connection).keys().isdisjoint(exchange.known(other)):
                continue  # another library
            merged = merging.merge(connection, other, report)
            _account(salvage, merged)
            return [
                Origin(came.uid, came.title, field, Source.COPY)
                for came in merged.articles
                for field in ([""] if came.is_new else came.fields)
            ]
    return []


def _account(salvage: Salvage, merged: merging.Merged) -> None:
    """Subtract the rows from a copy from the lost ones."""
    article, change = salvage.tallies["article"], salvage.tallies["change"]
    article.lost = max(0, article.lost - merged.added)
    change.lost = max(0, change.lost - merged.rows)
