"""mymind's CSV file of pages and notes."""

from collections.abc import Iterator

from reader.entries import Entry, Text, TextKind, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import kept
from reader.importing.shapes import tables
from reader.importing.times import time_of
from reader.model import Clipping

_COLUMNS = ("type", "title", "url", "content", "note")


def _fits(bundle: Bundle) -> float:
    return 0.9 if tables(bundle, *_COLUMNS) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return csv_rows.entries(bundle, tables(bundle, *_COLUMNS), _entry)


def _entry(row: Row) -> Entry:
    """Return a page, or a note without an address as an article with its text."""
    remarks = list(row.remarks)
    url, content = row.get("url"), values.text(row.get("content"))
    written = "" if url else content or values.text(row.get("note"))
    return Entry(
        Clipping(
            url,
            values.line(row.get("title")) or values.line(written[:80]),
            excerpt=content if url else "",
            tags=values.split(row.get("tags"), ","),
        ),
        row.where,
        added_at=time_of(row.get("created"), remarks),
        highlights=values.note(row.get("note")) if url or content else (),
        text=Text(TextKind.MARKDOWN, kept(written)) if written else None,
        remarks=tuple(remarks),
    )


MYMIND = Format("mymind", _fits, _read)
