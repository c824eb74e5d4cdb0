"""Real damage for tests: the pages of every kind that a file has, found and overwritten."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
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


def flip(file: Path, table: str, column: str, row: int = 0, bit: int = 0) -> bool:
    """Flip a bit of a value, as a failing disk does: no trigger and no constraint hears of it.

    Return whether the table has such a row and the value a bit.
    """
    connection = apsw.Connection(str(file))
    try:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        key = _key(connection, table)
        sql = f'SELECT {key}, "{column}" FROM "{table}" LIMIT 1 OFFSET {row}'
        found = connection.execute(sql).fetchone()
        flipped = None if found is None else _flipped(found[-1], bit)
        if found is None or flipped is None:
            return False
        with unheard(connection):
            where = " AND ".join(f"{name} = ?" for name in key.split(", "))
            connection.execute(
                f'UPDATE "{table}" SET "{column}" = ? WHERE {where}', (flipped, *found[:-1])
            )
        return True
    finally:
        connection.close()


@contextmanager
def unheard(connection: apsw.Connection) -> Iterator[None]:
    """Write without any trigger."""
    sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'"
    triggers: list[Any] = connection.execute(sql).fetchall()
    with connection:
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield
        for _, text in triggers:
            connection.execute(text)


def flip_in_file(file: Path, at: int, bit: int) -> None:
    """Flip a bit of a file."""
    with file.open("r+b") as opened:
        opened.seek(at)
        (byte,) = opened.read(1)
        opened.seek(at)
        opened.write(bytes([byte ^ 1 << bit]))


def _key(connection: apsw.Connection, table: str) -> str:
    found: list[Any] = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    kinds: list[Any] = connection.execute("PRAGMA table_list").fetchall()
    if not next(each[4] for each in kinds if each[1] == table):
        return "rowid"
    return ", ".join(each[1] for each in sorted(found, key=lambda each: int(each[5])) if each[5])


def _flipped(value: Any, bit: int) -> Any:
    if isinstance(value, int):
        return value ^ 1 << bit % 8
    if isinstance(value, float):
        return value + 0.25
    if not value:
        return None
    data = bytearray(value.encode() if isinstance(value, str) else value)
    data[bit // 8 % len(data)] ^= 1 << bit % (7 if isinstance(value, str) else 8)
    return data.decode() if isinstance(value, str) else bytes(data)
