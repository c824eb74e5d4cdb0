"""The header of a database file, read without SQLite (SQLite, Database File Format, 1.3).

Never read the file of an open library: closing it would drop the locks that SQLite holds on it in
this process (SQLite, How To Corrupt An SQLite Database File, 2.2).
"""

from pathlib import Path
from typing import NamedTuple

MAGIC = b"SQLite format 3\0"
SIZE = 100
_FRACTIONS = bytes((64, 32, 32))  # the same in every database


class Header(NamedTuple):
    """The numbers in a header; ``is_intact`` is whether its constant bytes are right."""

    schema: int
    application_id: int
    is_intact: bool


def read(file: Path) -> Header | None:
    """Return the header of a file, None if it is no database or cannot be read."""
    try:
        if not file.is_file():  # opening a pipe would block for ever
            return None
        with file.open("rb") as opened:
            head = opened.read(SIZE)
    except OSError:
        return None
    if len(head) < SIZE or not head.startswith(MAGIC):
        return None
    schema, application_id = (int.from_bytes(head[at : at + 4]) for at in (60, 68))
    return Header(schema, application_id, head[21:24] == _FRACTIONS)
