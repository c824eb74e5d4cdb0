"""Real damage for tests: the pages of every kind that a file has, found and overwritten."""

import random
from pathlib import Path
from typing import Any, NamedTuple

import apsw

PAGE = 4096


class Page(NamedTuple):
    """A page of a database: the table or index that it belongs to, and its kind."""

    number: int
    owner: str
    kind: str


def pages(file: Path) -> list[Page]:
    """Return every page that belongs to something."""
    connection = apsw.Connection(str(file))
    try:
        sql = "SELECT pageno, name, pagetype FROM dbstat"
        found: list[Any] = connection.execute(sql).fetchall()
    finally:
        connection.close()
    return [Page(*each) for each in found]


def one_of_each(file: Path) -> list[Page]:
    """Return the last page of each kind of each table and index."""
    return [*{(page.owner, page.kind): page for page in pages(file)}.values()]


def overwrite(file: Path, page: int, seed: int | None = None) -> None:
    """Overwrite a page with zeros, or with noise."""
    data = bytes(PAGE) if seed is None else random.Random(seed).randbytes(PAGE)
    with file.open("r+b") as opened:
        opened.seek((page - 1) * PAGE)
        opened.write(data)
