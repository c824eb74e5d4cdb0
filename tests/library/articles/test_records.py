"""Whatever a damaged row holds, it is a row, and an article."""

import shutil
from pathlib import Path

import apsw
import pytest

from reader.anchor import Anchor
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Clipping, State

_ODD = (
    None, b"\xff\x00", "qudue", -1, 2**63 - 1, 1e308, float("-inf"), "9" * 5000,
)  # fmt: skip


_ARTICLES = 12


@pytest.fixture(scope="module")
def loose(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library that takes any value anywhere, as a disk does."""
    folder = tmp_path_factory.mktemp("loose")
    with Library.open(folder) as library:
        for number in range(_ARTICLES):
            library.add(Clipping(f"https://example.org/{number}", f"T{number}", html="<p>x</p>"))
    connection = apsw.Connection(str(folder / "library.db"))
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_schema WHERE type = 'trigger'"
    ).fetchall():
        connection.execute(f"DROP TRIGGER {name}")
    sql = str(connection.execute("SELECT sql FROM sqlite_schema WHERE name = 'article'").get)
    connection.execute("PRAGMA writable_schema = ON")
    changed = (sql.replace(" NOT NULL", ""),)
    connection.execute("UPDATE sqlite_schema SET sql = ? WHERE name = 'article'", changed)
    connection.close()
    return folder


def _columns(file: Path) -> list[str]:
    connection = apsw.Connection(str(file))
    found = connection.execute("SELECT name FROM pragma_table_info('article') WHERE NOT pk")
    names = [str(name) for (name,) in found]
    connection.close()
    return names


def test_no_value_in_any_column_keeps_articles_from_being_read(loose: Path, tmp_path: Path) -> None:
    columns = _columns(loose / "library.db")
    assert {"title", "state", "progress"} <= {*columns}
    for column in columns:
        folder = Path(shutil.copytree(loose, tmp_path / column))
        connection = apsw.Connection(str(folder / "library.db"))
        connection.execute("PRAGMA ignore_check_constraints = ON")
        update = f"UPDATE article SET {column} ="
        for id, value in enumerate(_ODD, 2):
            connection.execute(f"{update} ? WHERE id = ?", (value, id))
        connection.execute(f"{update} CAST(x'f741' AS TEXT) WHERE id = {_ARTICLES}")
        connection.close()
        _read(folder, column)


def _read(folder: Path, column: str) -> None:
    with Library.open(folder) as library:
        for query in SHELF_QUERIES.values():
            library.rows(query, limit=-1)
        for id in range(1, _ARTICLES + 1):
            (row,), article = library.rows_of([id]), library.article(id)
            assert isinstance(row.state, State), column
            assert isinstance(article.title, str), column
            assert isinstance(article.position, Anchor), column
            assert 0 <= row.progress <= 1, column
            assert 0 <= row.words < 2**31, column
        library.check()


@pytest.mark.parametrize("state", ["qudue", ""])
def test_an_unknown_state_is_found_by_the_check(library: Library, state: str) -> None:
    id = library.add(Clipping("https://example.org/", "Odd", html="<p>x</p>")).id
    with library._database.writing() as connection:
        connection.execute("PRAGMA ignore_check_constraints = ON")
        connection.execute("UPDATE article SET state = ? WHERE id = ?", (state, id))
    assert library.article(id).state is State.QUEUE
    assert ("state", id) in {(each.detail, each.article) for each in library.check()}


def test_an_anchor_is_kept_as_it_is_and_is_nothing_odd(library: Library) -> None:
    id = library.add(Clipping("https://example.org/", "Read", html="<p>x</p>")).id
    for anchor in (
        Anchor(3, 12, 'a "b"\n', "漢字 \N{EARTH GLOBE EUROPE-AFRICA}", "c"),
        Anchor(4, 5),
    ):
        library.reading_log.keep_position(id, anchor, 0.5)
        assert library.article(id).position == anchor
        assert library.check() == ()


@pytest.mark.parametrize(
    "stored", ['{"block":1}', "[" * 5000, '{"block":1,"offset":2}', "x" * 9999]
)
def test_a_damaged_anchor_is_the_beginning_and_is_found_by_the_check(
    library: Library, stored: str
) -> None:
    id = library.add(Clipping("https://example.org/", "Read", html="<p>x</p>")).id
    with library._database.writing() as connection:
        connection.execute("UPDATE article SET position = ? WHERE id = ?", (stored, id))
    assert library.article(id).position == Anchor()
    assert ("position", id) in {(each.detail, each.article) for each in library.check()}
