"""The head of the list: orders are written, read back, and only the queue has its own."""

import pytest
from pytestqt.qtbot import QtBot

from reader.gui.list_head import ListHead, ordered, written
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
