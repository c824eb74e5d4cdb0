"""Tables of addresses that no program is known for, by the columns that the user names."""

from collections.abc import Iterator, Mapping

from reader.entries import Entry, Unread
from reader.importing import csv_rows, values
from reader.importing.bundle import Bundle
from reader.importing.csv_rows import Row
from reader.importing.formats.columns import certainty, columns, columns_of
from reader.importing.formats.format import Choices, Format
from reader.importing.shapes import Shape, members
from reader.importing.times import time_of
from reader.model import Clipping, State

_ARCHIVED = frozenset({"archive", "archived", "read", "done", "finished"})
_QUEUED = frozenset({"unread", "later", "new", "inbox", "queue", "toread", "to read"})
_ABOUT_QUEUE = frozenset({"unread", "toread"})
"""Columns whose yes means that an article is still to be read."""
_SEPARATORS = ("|", ";", ",")


def _fits(bundle: Bundle) -> float:
    found = columns(bundle)
    return certainty(found) if found else 0.0


def _read(bundle: Bundle, choices: Choices) -> Iterator[Entry | Unread]:
    """Yield the rows of all tables that have addresses; columns that were not named are guessed."""
    for member in members(bundle):
        if member.shape is not Shape.TABLE:
            continue
        named = choices.columns or columns_of(member).guess
        if "url" in named or len(bundle.names) == 1:
            fields = {field: column.lower() for field, column in named.items()}
            for row in csv_rows.rows(bundle, member.name):
                yield row if isinstance(row, Unread) else _entry(row, fields)


def _entry(row: Row, fields: Mapping[str, str]) -> Entry:
    def cell(field: str) -> str:
        return row.get(fields[field]) if field in fields else ""

    remarks = list(row.remarks)
    url, title = cell("url"), values.line(cell("title"))
    state, folder = _state(cell("state"), fields.get("state", ""))
    return Entry(
        Clipping(url, title if title != url else "", tags=_tags(cell("tags"))),
        row.where,
        state,
        values.truth(cell("favourite")) or cell("favourite").lower() in ("starred", "favorite"),
        time_of(cell("added_at"), remarks),
        folders=(values.path(folder),) if folder else (),
        highlights=values.note(cell("note")),
        remarks=tuple(remarks),
    )


def _state(cell: str, column: str) -> tuple[State, str]:
    """Return the state of an article, and its folder if the cell names one."""
    said = cell.lower()
    if said in _ARCHIVED or (values.truth(said) and column not in _ABOUT_QUEUE):
        return State.ARCHIVE, ""
    if column in _ABOUT_QUEUE and said in ("0", "false", "no"):
        return State.ARCHIVE, ""
    is_word = said in _QUEUED or said in ("", "0", "1", "true", "false", "yes", "no")
    return State.QUEUE, "" if is_word else cell


def _tags(cell: str) -> tuple[str, ...]:
    """Return tags joined by the first of the usual signs, or standing in a list of JSON."""
    bare = cell.strip("[]").replace('"', "") if cell.startswith("[") else cell
    sign = next((sign for sign in _SEPARATORS if sign in bare), ",")
    return values.split(bare, sign)


ANY_CSV = Format("csv", _fits, _read)
