"""The columns of tables that no program is known for, and the field that each seems to be."""

import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from reader.body import clean
from reader.importing import csv_rows
from reader.importing.bundle import Bundle
from reader.importing.shapes import Member, Shape, members
from reader.importing.times import time_of
from reader.reasons import Remark

_NAMES: Mapping[str, tuple[str, ...]] = {
    "url": ("url", "link", "address", "href", "uri", "web address", "source url", "page", "website",
            "permalink", "given_url", "resolved_url", "bookmark"),
    "title": ("title", "name", "headline", "resolved_title", "given_title", "page title"),
    "tags": ("tags", "tag", "labels", "label", "categories", "category", "keywords", "topics"),
    "added_at": ("added", "added_at", "date", "created", "created_at", "time_added", "timestamp",
                 "saved", "saved_at", "time", "date added", "saved date", "bookmarked", "add_date",
                 "date saved", "created at"),
    "state": ("state", "status", "folder", "location", "list", "archived", "is_archived", "read",
              "unread", "toread"),
    "favourite": ("favourite", "favorite", "starred", "is_starred", "is_marked", "favorited",
                  "star", "liked"),
    "note": ("note", "notes", "comment", "comments", "annotation"),
}  # fmt: skip
"""The names that columns have, by field; earlier ones are surer."""
_URL = re.compile(r"\s*https?://\S", re.IGNORECASE)
_STATES = frozenset({"unread", "archive", "archived", "read", "inbox", "later"})
_YES_OR_NO = frozenset({"true", "false", "yes", "no", "0", "1"})
_SAMPLES = 3
_LOOKED_AT = 50
_MOSTLY = 0.6
_SHOWN = 120


class Columns(NamedTuple):
    """The columns of a table: their names, some cells of each, and the guess of their fields.

    ``guess`` is the name of the column by field, as in ``Choices.columns``.
    """

    names: tuple[str, ...]
    samples: tuple[tuple[str, ...], ...]
    guess: Mapping[str, str]


def columns(bundle: Bundle) -> Columns | None:
    """Return the columns of the first table with addresses, or of the first; None without any."""
    found = [columns_of(member) for member in members(bundle) if member.shape is Shape.TABLE]
    return next((each for each in found if "url" in each.guess), found[0] if found else None)


def columns_of(table: Member) -> Columns:
    """Return the columns of a table."""
    start, rows = csv_rows.first_rows(table.head)
    by_column = [_cells(rows[:_LOOKED_AT], at) for at in range(len(start.names))]
    samples = tuple(
        tuple(clean.line(cell, _SHOWN) for cell in column[:_SAMPLES]) for column in by_column
    )
    return Columns(start.names, samples, _guess(start.names, by_column))


def certainty(table: Columns) -> float:
    """Return how sure it is that a table is one of addresses, rather than a text with commas."""
    name = table.guess.get("url")
    if name is None:
        return 0.0
    if name.lower() in _NAMES["url"]:
        return 0.6
    cells = table.samples[table.names.index(name)]
    columns_and_rows = len(table.names) + len(cells)
    return 0.4 if len(table.names) > 1 and columns_and_rows > _SAMPLES + 1 else 0.25


def _cells(rows: list[list[str]], at: int) -> list[str]:
    return [row[at].strip() for row in rows if at < len(row) and row[at].strip()]


def _guess(names: tuple[str, ...], cells: list[list[str]]) -> dict[str, str]:
    """Guess fields by the names of columns, then by their cells."""
    free = {name: column for name, column in zip(names, cells, strict=True) if name}
    guess: dict[str, str] = {}
    for field, known in _NAMES.items():
        found = sorted(
            (name for name in free if name.lower() in known), key=lambda n: known.index(n.lower())
        )
        if field == "url":
            found = [name for name in found if not free[name] or _are(free[name], _is_url)]
        if found:
            guess[field] = found[0]
            del free[found[0]]
    for field, test in _TESTS.items():
        fitting = [name for name, column in free.items() if column and _are(column, test)]
        if field not in guess and fitting:
            guess[field] = fitting[0]
            del free[fitting[0]]
    return guess


def _are(cells: list[str], test: Callable[[str], bool]) -> bool:
    return sum(map(test, cells)) >= _MOSTLY * len(cells)


def _is_url(cell: str) -> bool:
    return bool(_URL.match(cell))


def _is_time(cell: str) -> bool:
    remarks: list[Remark] = []
    return len(cell) >= len("1/1/2020") and bool(time_of(cell, remarks)) and not remarks


def _is_title(cell: str) -> bool:
    return len(cell) > 1 and not cell.isdecimal() and cell.lower() not in _STATES | _YES_OR_NO


_TESTS: Mapping[str, Callable[[str], bool]] = {
    "url": _is_url,
    "added_at": _is_time,
    "state": lambda cell: cell.lower() in _STATES,
    "tags": lambda cell: "|" in cell,
    "title": _is_title,
}
"""What the cells of a field are like, the surest first."""
