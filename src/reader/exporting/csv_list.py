"""A list of articles as CSV with the columns of Pocket, which the most programs read.

A cell that a spreadsheet would take for a formula begins with a space, which readers remove.
"""

import csv
import io
from collections.abc import Iterable, Iterator
from typing import IO

from reader.exporting.lists import listed, seconds
from reader.exporting.pieces import Work
from reader.library.imports.known import Listed
from reader.model import State
from reader.outcomes import ImportRow

COLUMNS = ("title", "url", "time_added", "tags", "status", "favourite")
"""Pocket's, and one of our own behind them: some programs count columns."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_STATUS = {State.QUEUE: "unread", State.ARCHIVE: "archive"}


def write(work: Work, file: IO[bytes]) -> Iterator[ImportRow]:
    """Write the list; yield the row of each article."""
    file.write(_line(COLUMNS))
    for article, row in listed(work):
        if article is not None:
            file.write(_line(map(_guarded, _cells(article))))
        yield row


def _cells(article: Listed) -> tuple[str, ...]:
    return (
        " ".join(article.title.split()) or article.url,
        article.url,
        seconds(article.added_at),
        "|".join(tag.replace("|", "¦") for tag in article.tags),
        _STATUS[article.state],
        "1" if article.favourite else "",
    )


def _guarded(cell: str) -> str:
    return f" {cell}" if cell.startswith(_FORMULA) else cell


def _line(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow(cells)
    return out.getvalue().encode("utf-8", "replace")
