"""Readwise Reader: its CSV file, the zip of its documents, and the CSV file of highlights."""

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import partial

from reader.entries import COLOURS, Entry, Highlight, Text, TextKind, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.format import Choices, Format
from reader.importing.json_items import kept
from reader.importing.shapes import tables
from reader.importing.times import time_of
from reader.model import Clipping, State

_COLUMNS = ("title", "url", "document tags", "location")
_HIGHLIGHTS = ("highlight", "book title", "book author")
_FAVOURITE = "favorite"
_STRING = re.compile(r"'((?:[^'\\]|\\.)*+)'|\"((?:[^\"\\]|\\.)*+)\"")
_DOCUMENT = re.compile(r"\(([0-9A-Za-z]{6,40})\)\.(html?|pdf|epub|md|txt)$", re.IGNORECASE)
_KINDS = {
    "htm": TextKind.HTML, "html": TextKind.HTML, "epub": TextKind.EPUB, "pdf": TextKind.FILE,
    "md": TextKind.MARKDOWN, "txt": TextKind.PLAIN,
}  # fmt: skip

_Marks = dict[str, list[tuple[Row, Highlight]]]
"""Highlights by the address or the title of their article, with their rows."""


def _fits(bundle: Bundle) -> float:
    if tables(bundle, *_COLUMNS):
        return 0.95
    return 0.9 if tables(bundle, *_HIGHLIGHTS) else 0.0


def _read(bundle: Bundle, _choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the documents, then the highlights of other books, one entry for each."""
    marks: _Marks = defaultdict(list)
    for name in tables(bundle, *_HIGHLIGHTS):
        yield from _collect(bundle, name, marks)
    documents = {
        match[1]: (name, _KINDS[match[2].lower()])
        for name in bundle.names
        if (match := _DOCUMENT.search(name))
    }
    for name in tables(bundle, *_COLUMNS):
        most = _most_progress(bundle, name)
        for row in csv_rows.rows(bundle, name):
            if isinstance(row, Unread):
                yield row
                continue
            entry = _entry(row, most)
            found = documents.pop(row.get("id"), None)
            text = _text(bundle, *found) if found else None
            yield entry._replace(text=text, highlights=_taken(marks, entry))
    for key, (name, kind) in documents.items():
        title = name.rpartition("/")[2].partition(f" ({key})")[0]
        yield Entry(
            Clipping("", values.line(title)), bundle.where(name), text=_text(bundle, name, kind)
        )
    yield from map(_book, marks.values())


def _entry(row: Row, most_progress: float) -> Entry:
    remarks = list(row.remarks)
    location, tags = row.get("location").lower(), _tags(row.get("document tags"))
    return Entry(
        Clipping(
            row.get("url"),
            values.line(row.get("title")),
            tags=tuple(tag for tag in tags if tag.lower() != _FAVOURITE),
        ),
        row.where,
        State.ARCHIVE if location == "archive" else State.QUEUE,
        any(tag.lower() == _FAVOURITE for tag in tags),
        time_of(row.get("saved date"), remarks),
        progress=min(_number(row.get("reading progress")) / most_progress, 1.0),
        from_feed=location == "feed",
        pinned=location == "shortlist",
        remarks=tuple(remarks),
    )


def _most_progress(bundle: Bundle, name: str) -> float:
    """Return the number that means the end: some files have percents."""
    rows = csv_rows.rows(bundle, name)
    found = (_number(row.get("reading progress")) for row in rows if isinstance(row, Row))
    return 100.0 if any(number > 1 for number in found) else 1.0


def _number(cell: str) -> float:
    try:
        number = float(cell) if cell else 0.0
    except ValueError:
        return 0.0
    return number if 0 <= number <= 100 else 0.0


def _tags(cell: str) -> tuple[str, ...]:
    """Return tags that stand as Python writes a list."""
    found = [re.sub(r"\\(.)", r"\1", a or b) for a, b in _STRING.findall(cell)]
    return values.names(found) if found else values.split(cell.strip("[]"), ",")


def _text(bundle: Bundle, name: str, kind: TextKind) -> Text:
    return Text(kind, partial(bundle.read, name))


def _collect(bundle: Bundle, name: str, marks: _Marks) -> Iterator[Unread]:
    for row in csv_rows.rows(bundle, name):
        if isinstance(row, Unread):
            yield row
            continue
        colour = row.get("color").lower()
        mark = Highlight(
            values.text(row.get("highlight")),
            values.text(row.get("note")),
            colour if colour in COLOURS else COLOURS[0],
            values.split(row.get("tags"), ","),
            time_of(row.get("highlighted at"), []),
        )
        marks[(row.get("url") or row.get("source url")) or _key(row.get("book title"))].append(
            (row, mark)
        )


def _key(title: str) -> str:
    return values.line(title).lower()


def _taken(marks: _Marks, entry: Entry) -> tuple[Highlight, ...]:
    """Return the highlights of an article, which are then no longer among the others."""
    return tuple(
        mark
        for key in dict.fromkeys((entry.clipping.url, _key(entry.clipping.title)))
        for _, mark in marks.pop(key, ())
        if key
    )


def _book(marks: list[tuple[Row, Highlight]]) -> Entry:
    """Return highlights of an unknown article as an article that consists of them."""
    row = marks[0][0]
    url = row.get("url") or row.get("source url")
    quotes = "\n\n".join(f"> {mark.quote}".replace("\n", "\n> ") for _, mark in marks if mark.quote)
    return Entry(
        Clipping(
            url,
            values.line(row.get("book title")),
            byline=values.line(row.get("book author")),
            tags=values.split(row.get("document tags"), ","),
        ),
        row.where,
        State.ARCHIVE,
        highlights=tuple(mark for _, mark in marks),
        text=Text(TextKind.MARKDOWN, kept(quotes)) if quotes and not url else None,
    )


READWISE = Format("readwise", _fits, _read)
