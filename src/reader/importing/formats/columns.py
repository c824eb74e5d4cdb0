"""The columns of tables that no program is known for, and what each of them seems to hold."""

import re
from collections.abc import Callable, Mapping
from itertools import islice
from typing import NamedTuple

from reader.body import clean
from reader.importing import csv_rows
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.shapes import Shape, members
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
    """Return the columns of the table in a bundle, None if there is no table."""
    for member in members(bundle):
        if member.shape is Shape.TABLE:
            names = csv_rows.start_of(member.head).names
            found = islice(csv_rows.rows(bundle, member.name), _LOOKED_AT)
            cells = [row.cells for row in found if isinstance(row, Row)]
            by_column = [_cells(cells, at) for at in range(len(names))]
            samples = tuple(
                tuple(clean.line(cell, _SHOWN) for cell in column[:_SAMPLES])
                for column in by_column
            )
            return Columns(names, samples, _guess(names, by_column))
    return None


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
