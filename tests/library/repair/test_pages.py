"""Raw pages give the same rows as SQLite, whatever the size of the pages, header or not."""

import random
from contextlib import closing
from pathlib import Path
from typing import Any

import apsw
import pytest

from reader.library.repair import records, trees
from reader.library.repair.pages import INDEX_INNER, INDEX_LEAF, TABLE_LEAF, Pages
from reader.library.repair.trees import Forest
from reader.library.store.database import rows

_SIZES = (512, 1024, 4096, 8192, 65536)
_VALUES = (None, 0, 1, -1, 127, -129, 70_000, -9_000_000, 2**40, -(2**62), 1.5, "", "ä🙂", b"\0")


def _make(file: Path, size: int, encoding: str = "UTF-8") -> dict[str, list[Any]]:
    """Write rows of all types and sizes; return them by table."""
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute(f"PRAGMA page_size = {size}; PRAGMA encoding = '{encoding}'")
        connection.execute("CREATE TABLE one (id INTEGER PRIMARY KEY, a, b, c)")
        connection.execute("CREATE TABLE two (a, b, PRIMARY KEY (a)) WITHOUT ROWID")
        chance = random.Random(size)
        for number in range(300):
            long = "long ä" * chance.choice((0, 1, 50, 900, 20_000 if number % 60 == 0 else 3))
            values = (number * 7 - 40, chance.choice(_VALUES), long, chance.choice(_VALUES))
            connection.execute("INSERT INTO one VALUES (?, ?, ?, ?)", values)
            connection.execute(
                "INSERT INTO two VALUES (?, ?)", (f"{number:04}{long[:3000]}", number)
            )
        return {name: rows(connection, f"SELECT * FROM {name}") for name in ("one", "two")}


def _read(file: Path, codec: str = "utf-8") -> dict[str, list[Any]]:
    with closing(Pages(file)) as pages:
        forest = Forest(pages)
        one, two = forest.grow(2, TABLE_LEAF), forest.grow(3, INDEX_LEAF)
        assert not one.torn and not two.torn
        found = [(id, row) for number, kind in one.pages()
                 for id, row in trees.rows(pages, number, kind, codec)]  # fmt: skip
        keyed = [row for number, kind in two.pages()
                 for _, row in trees.rows(pages, number, kind, codec)]  # fmt: skip
    return {"one": sorted([(id, *row[1:]) for id, row in found if row], key=lambda row: row[0]),
            "two": sorted(tuple(row) for row in keyed if row)}  # fmt: skip


@pytest.mark.parametrize("size", _SIZES)
@pytest.mark.parametrize("has_header", [True, False])
def test_all_rows_are_read_as_sqlite_reads_them(
    tmp_path: Path, size: int, has_header: bool
) -> None:
    file = tmp_path / "some.db"
    before = _make(file, size)
    if not has_header:
        with file.open("r+b") as opened:
            opened.write(bytes(100))
    with closing(Pages(file)) as pages:
        assert (pages.size, pages.usable, pages.has_header) == (size, size, has_header)
    assert _read(file) == before


def test_texts_of_another_encoding_are_read(tmp_path: Path) -> None:
    before = _make(tmp_path / "some.db", 4096, "UTF-16le")
    assert _read(tmp_path / "some.db", "utf-16-le") == before


def test_a_header_with_a_wrong_size_is_not_believed(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    before = _make(file, 1024)
    with file.open("r+b") as opened:
        opened.seek(16)
        opened.write((8192).to_bytes(2))
    assert _read(file) == before


def test_a_page_that_is_cut_off_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    _make(file, 4096)
    data = file.read_bytes()
    file.write_bytes(data[: len(data) // 2 + 1000])
    with closing(Pages(file)) as pages:
        assert pages.count == (len(data) // 2 + 1000) // 4096 + 1
        assert len(pages.page(pages.count)) == 4096
        assert pages.page(pages.count + 1) == bytes(4096) == pages.page(0)
        assert pages.expected == len(data) // 4096


def test_a_chain_that_loops_ends(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("CREATE TABLE one (a)")
        connection.execute("INSERT INTO one VALUES (?)", ("x" * 40_000,))
    with file.open("r+b") as opened:
        opened.seek(4 * 4096)
        opened.write((3).to_bytes(4))  # the first page of the chain follows the third
    with closing(Pages(file)) as pages:
        [(_, row)] = trees.rows(pages, 2, TABLE_LEAF, "utf-8")
    assert row == [records.MISSING]


def test_a_row_is_kept_up_to_the_damage(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("CREATE TABLE one (a, b, c)")
        connection.execute("INSERT INTO one VALUES (?, ?, ?)", ("whole", "x" * 40_000, "lost"))
    file.write_bytes(file.read_bytes()[: 5 * 4096])
    with closing(Pages(file)) as pages:
        [(_, row)] = trees.rows(pages, 2, TABLE_LEAF, "utf-8")
    assert row == ["whole", records.MISSING, records.MISSING]


@pytest.mark.parametrize("seed", range(40))
def test_no_page_of_noise_leads_to_an_error(tmp_path: Path, seed: int) -> None:
    file, chance = tmp_path / "some.db", random.Random(seed)
    data = bytearray(chance.randbytes(4096 * 8))
    for page in range(8):
        data[page * 4096] = chance.choice((2, 5, 10, 13))
        data[page * 4096 + 3] = 0
    file.write_bytes(data)
    with closing(Pages(file)) as pages:
        forest = Forest(pages)
        for tree in [forest.grow(3, TABLE_LEAF), *forest.orphans(), *forest.again()]:
            for number, kind in tree.pages():
                for each in (kind, TABLE_LEAF, INDEX_INNER):
                    assert len([*trees.rows(pages, number, each, "utf-8")]) < 2048


def test_a_chain_whose_last_page_is_noise_ends_before_it(tmp_path: Path) -> None:
    file = tmp_path / "some.db"
    with closing(apsw.Connection(str(file))) as connection:
        connection.execute("CREATE TABLE one (a, b)")
        connection.execute("INSERT INTO one VALUES (?, ?)", ("x" * 9000, "y" * 100))
    data = file.read_bytes()
    file.write_bytes(data[:-4096] + random.Random(1).randbytes(4096))
    with closing(Pages(file)) as pages:
        [(_, row)] = trees.rows(pages, 2, TABLE_LEAF, "utf-8")
    assert row == [records.MISSING, records.MISSING]
