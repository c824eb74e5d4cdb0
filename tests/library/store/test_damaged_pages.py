"""Whichever page is damaged, it is known whether rows are lost with it."""

import shutil
from contextlib import closing
from pathlib import Path

import apsw
import pytest
from tests.damaging import PAGE, Page, one_of_each, overwrite, pages

from reader.damage import Damage, Kind
from reader.library.library import Library
from reader.library.store import damaged_pages
from reader.model import Clipping, State
from reader.progress import silent

_TABLES = ("article", "content", "tag", "alias", "setting", "version")
_INDEXES = ("queue_by_place", "state_by_title", "alias_by_article", "sqlite_autoindex_tag_1")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a library in which every table has several pages, and long rows."""
    folder = tmp_path_factory.mktemp("whole")
    with Library.open(folder) as library, library.together():
        for number in range(40):
            clipping = Clipping(
                f"https://example.org/{number}", f"Title {number} {'of many words ' * 9}",
                aliases=tuple(f"short:{number}:{n}{'x' * 60}" for n in range(3)),
                html=f"<p>{number} {'word ' * (4000 if number == 9 else 30)}</p>",
            )  # fmt: skip
            id = library.add(clipping).id
            library.tags.add([id], f"{'tag of a long name ' * 4}{number}")
        library.add(Clipping("https://example.org/9", html=f"<p>{'new ' * 4000}</p>"))
        library.set_state([1], State.TRASH)
    return folder / "library.db"


def _found(file: Path) -> list[Damage]:
    with closing(apsw.Connection(str(file))) as connection:
        return damaged_pages.damage(connection, silent)


def _damaged(whole: Path, folder: Path, page: Page) -> Path:
    file = Path(shutil.copy(whole, folder / f"{page.number}.db"))
    overwrite(file, page.number, seed=page.number)
    return file


def _is_unreadable(file: Path, table: str) -> bool:
    """Return whether not all rows can be read from the table itself."""
    is_plain = table not in ("alias", "setting")
    how = "NOT INDEXED" if is_plain else f"INDEXED BY sqlite_autoindex_{table}_1"
    with closing(apsw.Connection(str(file))) as connection:
        try:
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
            reads = ", ".join(f"CAST({name} AS BLOB)" for name in names)
            connection.execute(f"SELECT {reads} FROM {table} {how}").fetchall()
        except apsw.Error:
            return True
    return False


def test_nothing_is_damaged_in_a_whole_file(whole: Path) -> None:
    assert _found(whole) == []


@pytest.mark.parametrize("table", _TABLES)
def test_a_table_is_damaged_if_not_all_of_its_rows_can_be_read(
    whole: Path, tmp_path: Path, table: str
) -> None:
    long = [page for page in pages(whole) if page.kind == "overflow"]
    chosen = {page for page in (*one_of_each(whole), *long) if page.owner == table}
    kinds = set()
    for page in chosen:
        file = _damaged(whole, tmp_path, page)
        kind = Kind.TABLE if _is_unreadable(file, table) else Kind.INDEX
        assert Damage(kind, detail=table) in _found(file), page
        kinds.add((page.kind, kind))
    assert ("leaf", Kind.TABLE) in kinds
    if table == "content":
        assert {("overflow", Kind.TABLE), ("overflow", Kind.INDEX)} <= kinds


def test_a_page_that_was_written_over_another_one_is_a_loss(whole: Path, tmp_path: Path) -> None:
    leaves = [
        page for page in pages(whole) if (page.owner, page.kind) == ("article", "leaf")
    ]  # fmt: skip
    for one, other in ((leaves[0], leaves[-1]), (leaves[-1], leaves[0])):
        file = Path(shutil.copy(whole, tmp_path / f"{one.number}.db"))
        data = bytearray(file.read_bytes())
        start, end = ((page.number - 1) * PAGE for page in (one, other))
        data[end : end + PAGE] = data[start : start + PAGE]
        file.write_bytes(data)
        assert not _is_unreadable(file, "article")
        assert Damage(Kind.TABLE, detail="article") in _found(file)


@pytest.mark.parametrize("index", _INDEXES)
def test_no_row_is_lost_with_an_index(whole: Path, tmp_path: Path, index: str) -> None:
    for page in [page for page in one_of_each(whole) if page.owner == index]:
        kinds = {each.kind for each in _found(_damaged(whole, tmp_path, page))}
        assert kinds == {Kind.INDEX}, page


def test_what_can_be_made_again_is_no_loss(whole: Path, tmp_path: Path) -> None:
    owners = {"tally": Kind.INDEX, "term": Kind.INDEX, "search_data": Kind.SEARCH}
    for page in [page for page in one_of_each(whole) if page.owner in owners]:
        kinds = {each.kind for each in _found(_damaged(whole, tmp_path, page))}
        assert kinds == {owners[page.owner]}, page
