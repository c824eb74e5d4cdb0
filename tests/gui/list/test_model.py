"""The rows of the list as a model: read in blocks, a bad one alone, titles for everybody else."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QModelIndex, Qt

from reader.errors import LibraryError
from reader.gui.list.model import BLOCK, ArticleModel
from reader.gui.list.row import ROW
from reader.model import Row, State

_ROLES = Qt.ItemDataRole


def _row(number: int) -> Row:
    return Row(
        number, f"Title\u202e {number}", "", "site", 5, "", "", 0.0, State.QUEUE,
        favourite=False, downloaded=True, lead="",
    )  # fmt: skip


class _Listing:
    """Any number of rows, some of which cannot be read; it writes down what it was asked for."""

    def __init__(self, total: int, bad: tuple[int, ...] = ()) -> None:
        self.total, self.bad = total, bad
        self.asked: list[tuple[int, int]] = []

    def count(self) -> int:
        return self.total

    def ids(self, offset: int, limit: int) -> list[int]:
        return [*range(offset, min(offset + limit, self.total))]

    def beginning(self, _title: str, _here: int, *, back: bool) -> int | None:
        return None if back else 0

    def index_of(self, id: int) -> int | None:
        return id if id < self.total else None

    def rows(self, offset: int, limit: int) -> list[Row]:
        self.asked.append((offset, limit))
        numbers = range(offset, min(offset + limit, self.total))
        if any(number in self.bad for number in numbers):
            raise LibraryError("The library is damaged.")
        return [_row(number) for number in numbers]


@pytest.fixture
def model() -> Callable[..., tuple[ArticleModel, _Listing]]:
    def make(total: int, *bad: int) -> tuple[ArticleModel, _Listing]:
        listing = _Listing(total, bad)
        made = ArticleModel(listing)
        assert made.rowCount() == 0
        made.show(made.listing)
        return made, listing

    return make


Make = Callable[..., tuple[ArticleModel, _Listing]]


def test_there_is_one_column_of_rows_without_children(model: Make) -> None:
    made, _ = model(300)
    assert made.rowCount() == 300
    assert made.rowCount(made.index(0, 0)) == 0
    assert not made.index(0, 1).isValid()
    assert made.row(0) == _row(0)
    assert made.row(299) == _row(299)
    assert made.row(300) is made.row(-1) is None


def test_rows_are_read_a_block_at_a_time_and_once(model: Make) -> None:
    made, listing = model(3 * BLOCK)
    for number in (0, 1, BLOCK - 1, 0, BLOCK, 2 * BLOCK - 1):
        assert made.row(number) == _row(number)
    assert listing.asked == [(0, BLOCK), (BLOCK, BLOCK)]
    assert made.renew() == 3 * BLOCK
    made.row(0)
    assert listing.asked[-1] == (0, BLOCK)
    assert len(listing.asked) == 3


def test_the_blocks_that_were_used_last_are_kept(model: Make) -> None:
    made, listing = model(70 * BLOCK)
    for block in range(70):
        made.row(block * BLOCK)
        made.row(0)
    asked = len(listing.asked)
    assert asked == 70, "the first one was always in use"
    made.row(69 * BLOCK)
    assert len(listing.asked) == asked
    made.row(BLOCK)
    assert len(listing.asked) == asked + 1


def test_only_the_rows_that_cannot_be_read_say_so(model: Make) -> None:
    made, _ = model(BLOCK + 10, 3, BLOCK + 9)
    titles = [made.row(number) for number in range(BLOCK + 10)]
    unreadable = [number for number, row in enumerate(titles) if row and row.site != "site"]
    assert unreadable == [3, BLOCK + 9]
    assert titles[4] == _row(4)
    said = titles[3]
    assert said is not None
    assert (said.title, said.site) == ("This article cannot be read", "The library is damaged")
    assert not said.favourite
    assert said.downloaded


def test_painting_gets_the_row_and_everybody_else_a_harmless_title(model: Make) -> None:
    made, _ = model(5)
    index = made.index(2, 0)
    assert made.data(index, ROW) == _row(2)
    assert made.data(index) == "Title 2"
    assert made.data(index, _ROLES.AccessibleTextRole) == "Unread. Title 2. site, 1 minute. 3 of 5"
    others = set(_ROLES) - {_ROLES.DisplayRole, _ROLES.AccessibleTextRole, ROW}
    assert {made.data(index, role) for role in others} == {None}
    assert made.data(QModelIndex(), ROW) is None
    assert made.data(QModelIndex()) is None


def test_every_row_can_be_selected_and_dragged(model: Make) -> None:
    made, _ = model(5)
    flags = made.flags(made.index(0, 0))
    assert flags & Qt.ItemFlag.ItemIsDragEnabled
    assert flags & Qt.ItemFlag.ItemIsSelectable
    assert not flags & Qt.ItemFlag.ItemIsEditable


@pytest.mark.parametrize("seed", range(3))
def test_ids_are_found_again_near_the_first_of_them(model: Make, seed: int) -> None:
    made, _ = model(1000)
    chosen = sorted(random.Random(seed).sample(range(100, 160), 20))
    assert made.ids(100, 5) == [100, 101, 102, 103, 104]
    assert made.rows_of(chosen, place=130) == chosen
    assert made.rows_of([5000], place=0) == made.rows_of([], place=0) == []


def test_other_rows_are_shown_from_their_beginning(model: Make) -> None:
    made, _ = model(5)
    told: list[int] = []
    made.modelReset.connect(lambda: told.append(made.rowCount()))
    made.row(0)
    other = _Listing(7)
    made.show(other)
    made.row(6)
    assert other.asked == [(0, BLOCK)]
    made.show(other, 6)
    assert told == [7, 6]
    assert made.row(6) is None
