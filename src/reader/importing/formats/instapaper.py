"""Instapaper's CSV file: three generations, of which the later ones have more columns."""

import json
from collections.abc import Iterator

from reader.entries import Entry, Text, TextKind, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import kept
from reader.importing.shapes import tables
from reader.importing.times import time_of
from reader.model import Clipping, State

_COLUMNS = ("url", "title", "selection", "folder")
_SHELVES = frozenset({"unread", "archive", "starred", "home", ""})
_WEB = ("http://", "https://")


def _fits(bundle: Bundle) -> float:
    return 0.95 if tables(bundle, *_COLUMNS) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    return csv_rows.entries(bundle, tables(bundle, *_COLUMNS), _entry)


def _entry(row: Row) -> Entry:
    """Return an article; a pasted or mailed one has its words and no address of the web."""
    remarks = list(row.remarks)
    url, title, folder = row.get("url"), values.line(row.get("title")), row.get("folder")
    selection = values.text(row.get("selection"))
    pasted = bool(selection) and not url.lower().startswith(_WEB)
    return Entry(
        Clipping(
            url,
            title if title != url else "",
            excerpt="" if pasted else selection,
            tags=_tags(row.get("tags")),
        ),
        row.where,
        State.ARCHIVE if folder.lower() == "archive" else State.QUEUE,
        folder.lower() == "starred",
        time_of(row.get("timestamp"), remarks),
        folders=() if folder.lower() in _SHELVES else ((values.line(folder),),),
        text=Text(TextKind.PLAIN, kept(selection)) if pasted else None,
        remarks=tuple(remarks),
    )


def _tags(cell: str) -> tuple[str, ...]:
    if not cell or cell == "[]":
        return ()
    try:
        return values.names(json.loads(cell))
    except (ValueError, RecursionError):
        return values.split(cell.strip("[]").replace('"', ""), ",")


INSTAPAPER = Format("instapaper", _fits, _read)
