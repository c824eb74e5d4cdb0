"""The shelves: counts, tags, and the chosen one stays chosen."""

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.shelves import SHELVES, Shelf, Shelves
from reader.model import Counts


@pytest.fixture
def shelves(qtbot: QtBot) -> Shelves:
    made = Shelves()
    qtbot.addWidget(made)
    made.set_theme(themes.theme("dark"))
    made.resize(180, 500)
    made.show()
    return made


def test_choosing_tells_the_shelf(qtbot: QtBot, shelves: Shelves) -> None:
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    shelves.select("all")
    qtbot.keyClick(shelves, Qt.Key.Key_Down)
    shelves.select("nonsense")
    assert [shelf.key for shelf in told] == ["all", "favourites"]


def test_tags_come_and_go_and_the_choice_stays(shelves: Shelves) -> None:
    shelves.set_counts(Counts(1, 2, 3, 4, (("art", 1), ("code", 2))))
    shelves.select("tag:code")
    told: list[Shelf] = []
    shelves.chosen.connect(told.append)
    shelves.set_counts(Counts(1, 2, 3, 4, (("art", 1), ("baking", 1), ("code", 3))))
    shelf = shelves.shelf()
    assert shelf is not None
    assert shelf.key == "tag:code"
    assert told == []
    assert not shelves.grab().isNull()


def test_the_heading_of_the_tags_cannot_be_chosen(qtbot: QtBot, shelves: Shelves) -> None:
    shelves.set_counts(Counts(tags=(("art", 1),)))
    shelves.select("trash")
    qtbot.keyClick(shelves, Qt.Key.Key_Down)
    shelf = shelves.shelf()
    assert shelf is not None
    assert shelf.key == "tag:art"


def test_ten_thousand_tags_are_borne(shelves: Shelves) -> None:
    tags = tuple((f"tag {number:05}", number) for number in range(10_000))
    shelves.set_counts(Counts(tags=tags))
    shelves.select("tag:tag 09999")
    assert not shelves.grab().isNull()


def test_every_shelf_reads_its_count_from_the_counts(shelves: Shelves) -> None:
    shelves.set_counts(Counts(1, 2, 3, 4, begun=7))
    model = shelves._model
    counts = [model.count(model.index(row)) for row in range(len(SHELVES))]
    assert counts == [1, 7, 3, 4, 2, 3]
