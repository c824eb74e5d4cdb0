"""Damage to a database file: pages, header fields, bits, a cut, and the write-ahead log.

The fields of the header are those of SQLite's Database File Format, section 1.3.
"""

import random
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw

from benchmarks.faults import example
from reader.library.library import Library
from reader.model import Clipping

Record = dict[str, Any]

_HEADER = 100
_FIELDS = (
    (0, 16), (16, 2), (18, 1), (19, 1), (20, 1), (21, 1), (22, 1), (23, 1), (24, 4), (28, 4),
    (32, 4), (36, 4), (40, 4), (44, 4), (48, 4), (52, 4), (56, 4), (60, 4), (64, 4), (68, 4),
    (92, 4), (96, 4),
)  # fmt: skip
_PAGE_KINDS = {"interior": "internal", "leaf": "leaf", "overflow": "overflow"}


class NotRun(Exception):
    """A recipe that is unknown here, or cannot be played; the text names the unknown part."""


def page_size(file: Path) -> int:
    """Return the page size in the header of a whole file."""
    size = int.from_bytes(file.read_bytes()[16:18])
    return 65_536 if size == 1 else size


def corrupt(file: Path, record: Record) -> None:
    """Overwrite pages or header fields with zeros or noise, as many as the record says."""
    chance = random.Random(record["seed"])
    kind = str(record["kind"]).removeprefix("corrupt_")
    if kind == "header_field":
        count = min(int(record["pages"]), len(_FIELDS))
        places: Sequence[tuple[int, int]] = chance.sample(_FIELDS, count)
    else:
        size = page_size(file)
        hit = _pages(file, kind.removesuffix("_page"), int(record["pages"]), chance)
        places = [((page - 1) * size, size) for page in hit]
    with file.open("r+b") as opened:
        for at, length in places:
            opened.seek(at)
            opened.write(_filling(record["fill"], length, chance))


def _filling(fill: str, length: int, chance: random.Random) -> bytes:
    if fill == "zero":
        return bytes(length)
    if fill == "random":
        return chance.randbytes(length)
    if fill == "ones":
        return b"\xff" * length
    raise NotRun(f"fill {fill}")


def _pages(file: Path, kind: str, count: int, chance: random.Random) -> list[int]:
    total = file.stat().st_size // page_size(file)
    if kind == "random":
        return chance.sample(range(1, total + 1), count)
    if kind == "page1":
        return [1, *chance.sample(range(2, total + 1), count - 1)]
    if kind == "freelist":
        found = [*_free_pages(file)]
    elif kind == "fts_shadow":
        found = _owned(file, "name LIKE 'search\\_%' ESCAPE '\\'")
    elif kind in _PAGE_KINDS:
        found = _owned(file, f"pagetype = '{_PAGE_KINDS[kind]}'")
    else:
        raise NotRun(f"pages of kind {kind}")
    return chance.sample(found, min(count, len(found)))


def pages_owned_by(file: Path, owner: str) -> list[int]:
    """Return the numbers of the pages of a table or index."""
    return _owned(file, f"name = '{owner}'")


def overwrite(file: Path, numbers: Sequence[int]) -> None:
    """Overwrite pages with noise."""
    size = page_size(file)
    with file.open("r+b") as opened:
        for number in numbers:
            opened.seek((number - 1) * size)
            opened.write(random.Random(number).randbytes(size))


def _owned(file: Path, where: str) -> list[int]:
    connection = apsw.Connection(str(file), flags=apsw.SQLITE_OPEN_READONLY)
    try:
        sql = f"SELECT pageno FROM dbstat WHERE pageno > 1 AND {where} ORDER BY 1"
        return [int(number) for (number,) in connection.execute(sql)]
    finally:
        connection.close()


def _free_pages(file: Path) -> Iterator[int]:
    """Yield the trunks and leaves of the list of free pages."""
    data, size = file.read_bytes(), page_size(file)
    trunk = int.from_bytes(data[32:36])
    while trunk:
        yield trunk
        page = data[(trunk - 1) * size : trunk * size]
        for place in range(int.from_bytes(page[4:8])):
            yield int.from_bytes(page[8 + 4 * place : 12 + 4 * place])
        trunk = int.from_bytes(page[:4])


def truncate(file: Path, record: Record) -> None:
    """Cut the file at a share of its length, or at a number of bytes."""
    at, data = record["at"], file.read_bytes()
    file.write_bytes(data[: int(len(data) * at) if isinstance(at, float) else int(at)])


def flip_bits(file: Path, record: Record) -> None:
    """Flip single bits anywhere in the file."""
    chance, data = random.Random(record["seed"]), bytearray(file.read_bytes())
    for _ in range(int(record["count"])):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    file.write_bytes(data)


# ---- the write-ahead log


def with_log(folder: Path) -> Path:
    """Copy the library as it is while articles are written: its file and a log that is not empty.

    Returns the log.
    """
    writing = folder.with_name("writing")
    example.copied(writing, with_copy=False)
    with Library.open(writing) as library:
        for number in range(8):
            library.add(
                Clipping(f"https://late.example/{number}", f"Late {number}", html="<p>x</p>")
            )
        folder.mkdir()
        (folder / "images").mkdir()
        for name in ("library.db", "library.db-wal"):
            (folder / name).write_bytes((writing / name).read_bytes())
    return folder / "library.db-wal"


def damage_log(log: Path, case: str) -> None:
    """Damage a write-ahead log in a named way."""
    if case not in _LOGS:
        raise NotRun(f"case {case}")
    _LOGS[case](log)


def _garbage(log: Path, begin: int, length: int) -> None:
    data = bytearray(log.read_bytes())
    data[begin : begin + length] = random.Random(7).randbytes(length)
    log.write_bytes(data)


def _of_another(log: Path) -> None:
    other = log.with_name("other.sqlite")
    with closing(sqlite3.connect(other)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE theirs AS SELECT 1 AS one")
        connection.commit()
        log.write_bytes(other.with_name("other.sqlite-wal").read_bytes())
    for each in log.parent.glob("other.sqlite*"):
        each.unlink()


def _empty_database(log: Path) -> None:
    log.with_name("library.db").write_bytes(b"")


_LOGS: dict[str, Callable[[Path], object]] = {
    "wal_zero_length": lambda log: log.write_bytes(b""),
    "wal_of_other_db": _of_another,
    "wal_truncated_half": lambda log: log.write_bytes(log.read_bytes()[: log.stat().st_size // 2]),
    "wal_header_garbage": lambda log: _garbage(log, 0, 32),
    "wal_frame_garbage": lambda log: _garbage(log, log.stat().st_size // 2, 100),
    "wal_bit_flip": lambda log: _garbage(log, log.stat().st_size // 2, 1),
    "wal_missing": Path.unlink,
    "wal_deleted": Path.unlink,
    "wal_all_garbage": lambda log: _garbage(log, 0, log.stat().st_size),
    "db_zero_length_with_wal": _empty_database,
    "db_missing_with_wal": lambda log: log.with_name("library.db").unlink(),
    "shm_garbage": lambda log: log.with_name("library.db-shm").write_bytes(b"x" * 32_768),
}  # fmt: skip
