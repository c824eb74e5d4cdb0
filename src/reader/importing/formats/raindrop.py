"""Raindrop.io's CSV files: its exports, and those that it takes in."""

from collections.abc import Iterator

from reader.entries import Entry, Highlight, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.shapes import tables
from reader.importing.times import time_of
from reader.model import Clipping, State

_COLUMNS = ("url", "excerpt", "favorite")
_COLUMNS_TAKEN_IN = ("url", "folder", "note", "created")
_NO_FOLDER = "unsorted"
_READ = frozenset({"read", "archive", "archived"})
_QUOTE, _NOTE = "highlight:", "note:"


def _fits(bundle: Bundle) -> float:
    if tables(bundle, *_COLUMNS):
        return 0.95
    return 0.6 if tables(bundle, *_COLUMNS_TAKEN_IN) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return csv_rows.entries(
        bundle, tables(bundle, *_COLUMNS) or tables(bundle, *_COLUMNS_TAKEN_IN), _entry
    )


def _entry(row: Row) -> Entry:
    """Return an article; its state can only be in the name of a folder or tag."""
    remarks = list(row.remarks)
    folders = values.path(row.get("folder"))
    if len(folders) == 1 and folders[0].lower() == _NO_FOLDER:
        folders = ()
    tags = values.split(row.get("tags"), ",")
    is_read = not _READ.isdisjoint(name.lower() for name in (*folders[-1:], *tags))
    return Entry(
        Clipping(
            row.get("url"),
            values.line(row.get("title")),
            excerpt=values.text(row.get("excerpt")),
            tags=tags,
        ),
        row.where,
        State.ARCHIVE if is_read else State.QUEUE,
        values.truth(row.get("favorite")),
        time_of(row.get("created"), remarks),
        folders=(folders,) if folders else (),
        highlights=(*values.note(row.get("note")), *_highlights(row.get("highlights"))),
        remarks=tuple(remarks),
    )


def _highlights(cell: str) -> tuple[Highlight, ...]:
    """Return highlights: one a line, or each behind its word and followed by its note."""
    found: list[Highlight] = []
    is_worded = _QUOTE in cell.lower()
    in_note = False
    for line in filter(None, map(values.line, cell.splitlines())):
        start = line.lower()
        if start.startswith(_QUOTE) or not is_worded:
            quote = line[len(_QUOTE) :].strip() if is_worded else line
            found.append(Highlight(quote))
            in_note = False
        elif found and (in_note or start.startswith(_NOTE)):
            more = line if in_note else line[len(_NOTE) :].strip()
            found[-1] = found[-1]._replace(note=f"{found[-1].note}\n{more}".strip())
            in_note = True
        elif found:
            found[-1] = found[-1]._replace(quote=f"{found[-1].quote}\n{line}")
    return tuple(found)


RAINDROP = Format("raindrop", _fits, _read)
