"""The head of the list: orders are written, read back, and only the queue has its own."""

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.list.head import ListHead, ordered, written
from reader.model import Query, Sort


@pytest.mark.parametrize("sort", list(Sort))
@pytest.mark.parametrize("descending", [False, True])
def test_an_order_is_kept_as_it_was_written(sort: Sort, descending: bool) -> None:
    query = ordered(Query(), written(sort, descending))
    assert (query.sort, query.descending) == (sort, descending)


@pytest.mark.parametrize("kept", ["", "-", "nonsense", "-nonsense"])
def test_an_unknown_order_changes_nothing(kept: str) -> None:
    assert ordered(Query(), kept) == Query()


def test_choosing_and_reversing_are_told(qtbot: QtBot) -> None:
    head = ListHead()
    qtbot.addWidget(head)
    told: list[str] = []
    head.changed.connect(told.append)
    head.show_shelf("All", Query(sort=Sort.ADDED, descending=True), Sort.ADDED)
    assert not head.orders[Sort.PLACE].isVisible()
    assert not head.orders[Sort.OPENED].isVisible()
    head.orders[Sort.TITLE].trigger()
    head._reverse()
    assert told == ["title", "added"]


def test_the_head_shows_the_shelf_and_its_order(qtbot: QtBot) -> None:
    head = ListHead()
    qtbot.addWidget(head)
    head.show()
    head.show_shelf("Queue", Query(sort=Sort.PLACE, descending=False), Sort.PLACE)
    assert head._title.whole == "Queue"
    assert head._button.text() == "Queue Order ↑"
    assert head.orders[Sort.PLACE].isVisible()
    assert not head.orders[Sort.OPENED].isVisible()
    head.show_shelf("All", Query(sort=Sort.LENGTH, descending=True), Sort.ADDED)
    assert head._button.text() == "Length ↓"
    checked = [sort for sort, action in head.orders.items() if action.isChecked()]
    assert checked == [Sort.LENGTH]
    entries = [each.text() for each in head._button.menu().actions() if each.isVisible()]
    assert entries == ["Date Added", "Title", "Site", "Length", "Progress", "", "Reverse"]


@pytest.mark.parametrize("sort", list(Sort))
def test_every_order_can_be_chosen_and_turned(qtbot: QtBot, sort: Sort) -> None:
    head = ListHead()
    qtbot.addWidget(head)
    told: list[str] = []
    head.changed.connect(told.append)
    head.orders[sort].trigger()
    query = ordered(Query(), told[0])
    assert (query.sort, query.descending) == (sort, sort.falls_first)
    head.show_shelf("All", query, sort)
    head._button.menu().actions()[-1].trigger()
    assert ordered(Query(), told[1]).descending is not query.descending


def test_what_was_found_takes_the_place_of_the_order_until_a_shelf_is_shown(qtbot: QtBot) -> None:
    head = ListHead()
    qtbot.addWidget(head)
    head.show()
    head.show_shelf("All", Query(), Sort.ADDED)
    head.show_results("17 articles")
    assert (head._title.whole, head.text()) == ("Search", "17 articles")
    assert not head._button.isVisible()
    head.show_shelf("All", Query(), Sort.ADDED)
    assert head._title.whole == "All"
    assert head._button.isVisible()


@pytest.mark.parametrize("wide", range(180, 480, 20))
def test_the_head_shows_whole_parts_and_keeps_its_button(qtbot: QtBot, wide: int) -> None:
    head = ListHead()
    qtbot.addWidget(head)
    head.show_shelf("Continue Reading", Query(sort=Sort.PROGRESS), Sort.OPENED)
    head.show_sum("1,234 articles · 101 h 34 min")
    head.resize(wide, head.sizeHint().height())
    head.show()
    QApplication.processEvents()
    assert head._sum.text() in ("", "1,234 articles", "1,234 articles · 101 h 34 min")
    title = head._title.text()
    assert title == "Continue Reading" or title.endswith("…")
    for part in (head._title, head._sum):
        assert part.fontMetrics().horizontalAdvance(part.text()) <= part.width()
    assert head.rect().contains(head._button.geometry())
    assert head.text() == head._sum.accessibleName() == "1,234 articles · 101 h 34 min"
