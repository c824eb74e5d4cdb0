"""Actions are meant for several selected rows, else for the open article."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QItemSelectionModel
from pytestqt.qtbot import QtBot

from reader import themes
from reader.document.images import Pictures
from reader.gui.context import Selection
from reader.gui.list.articles import ArticleList
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, State

_COUNT = 5


@pytest.fixture
def articles(add: Callable[..., Article]) -> list[Article]:
    return [add(f"Article {number}") for number in range(_COUNT)]


@pytest.fixture
def selection(
    qtbot: QtBot, library: Library, pictures: Pictures, articles: list[Article]
) -> Selection:
    """Return the selection of a list that shows the articles in their order."""
    shown = ArticleList(library, pictures, themes.theme("light"))
    qtbot.addWidget(shown)
    shown.show_query(SHELF_QUERIES["queue"])
    return Selection(shown)


def _select(selection: Selection, rows: list[int]) -> None:
    shown = selection._list
    shown.clearSelection()
    for row in rows:
        index = shown.model().index(row, 0)
        shown.selectionModel().select(index, QItemSelectionModel.SelectionFlag.Select)


def test_an_action_is_meant_for_several_rows_or_for_the_open_article(
    selection: Selection, articles: list[Article]
) -> None:
    open_ones = (None, *articles)
    for open, rows in product(open_ones, ([], [2], [0, 1], [1, 3], [4, 0, 2], [0, 1, 2, 3, 4])):
        selection.open(open)
        _select(selection, rows)
        selected = [articles[row].id for row in sorted(rows)]
        assert selection.rows() == selected
        assert selection.ids() == (selected if open is None or len(rows) > 1 else [open.id])


def test_an_article_that_the_list_does_not_show_is_meant_as_well(
    selection: Selection, articles: list[Article], library: Library, add: Callable[..., Article]
) -> None:
    gone = add("Elsewhere")
    library.set_state([gone.id], State.ARCHIVE)
    selection.open(gone)
    _select(selection, [])
    assert (selection.rows(), selection.ids()) == ([], [gone.id])
    _select(selection, [1])
    assert selection.ids() == [gone.id]
    _select(selection, [1, 2])
    assert selection.ids() == [articles[1].id, articles[2].id]


def test_opening_and_closing_are_told_once_each(
    selection: Selection, articles: list[Article]
) -> None:
    told: list[Article | None] = []
    selection.changed.connect(lambda: told.append(selection.article))
    newer = articles[0]._replace(title="Another title")
    for article in (articles[0], newer, articles[1], None):
        selection.open(article)
    assert told == [articles[0], newer, articles[1], None]
