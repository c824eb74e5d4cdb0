"""The CSV file that Omnivore took in, which some people still keep."""

from collections.abc import Iterator

from reader.entries import Entry, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.shapes import tables
from reader.importing.times import time_of
from reader.model import Clipping, State

_COLUMNS = ("url", "state", "labels")


def _fits(bundle: Bundle) -> float:
    return 0.8 if tables(bundle, *_COLUMNS) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return csv_rows.entries(bundle, tables(bundle, *_COLUMNS), _entry)


def _entry(row: Row) -> Entry:
    """Return an article; its labels stand in brackets, with quotation marks or without."""
    remarks = list(row.remarks)
    labels = row.get("labels").strip("[]").replace('"', "")
    return Entry(
        Clipping(
            row.get("url"),
            values.line(row.get("title")),
            published_at=time_of(row.get("published_at"), remarks)[:10],
            tags=values.split(labels, ","),
        ),
        row.where,
        State.ARCHIVE if row.get("state").lower() == "archived" else State.QUEUE,
        added_at=time_of(row.get("saved_at"), remarks),
        remarks=tuple(remarks),
    )


OMNIVORE_CSV = Format("omnivore-csv", _fits, _read)
