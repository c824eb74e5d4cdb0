"""The list, its head and the settings show one shelf, in the order that the user has chosen."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.context import Context
from reader.gui.list.articles import ArticleList
from reader.gui.list.head import ListHead
from reader.gui.list.listings import SearchListing
from reader.gui.search.field import SearchField
from reader.gui.sidebar.lines import SHELVES, Shelf, shelf_of_tag
from reader.gui.sidebar.shelf_view import ShelfView
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Query, Sort, State

_BY_KEY = {shelf.key: shelf for shelf in SHELVES} | {"tag:art": shelf_of_tag("art")}
_SAVED = Shelf("saved:1", "Long", Query(), "find", "words:>3000")


class Shown:
    """A list with its head and field in the hands of a ShelfView, as people see them."""

    def __init__(self, qtbot: QtBot, context: Context) -> None:
        self.list = ArticleList(context.library, context.images, themes.theme("light"))
        self.head, self.field = ListHead(), SearchField()
        for part in (self.list, self.head, self.field):
            qtbot.addWidget(part)
        self.counted: list[int] = []
        self.view = ShelfView(context, self.list, self.head, self.field, self.counted.append)
        self.told: list[tuple[object, ...]] = []
        self._settings = context.settings
        self.view.shown.connect(lambda: self.told.append(self.state()))
        self.view.question_asked.connect(lambda question: self.told.append((question,)))
        self.field.typed.connect(self._ask)

    def _ask(self, text: str, _finished: bool) -> None:
        if not text:
            self.view.show_again()

    def state(self) -> tuple[object, ...]:
        """Return the title, the sum, the order in the menu, the query and the shelf kept."""
        title = self.head.findChild(Label, "shelfTitle")
        assert isinstance(title, Label)
        (sort,) = [sort for sort, action in self.head.orders.items() if action.isChecked()]
        kept = self._settings.value.shelf
        return title.text(), self.head.text(), sort, self.list.query, kept


@pytest.fixture
def shown(qtbot: QtBot, context: Context, add: Callable[..., Article]) -> Shown:
    for title in ("B", "A", "C"):
        add(title)
    return Shown(qtbot, context)


def test_a_shelf_is_told_once_when_all_of_it_is_shown(shown: Shown) -> None:
    assert shown.view.shelf is None
    for key, shelf in _BY_KEY.items():
        query = SHELF_QUERIES.get(key, Query(tag="art"))
        length = "3 articles · 4 min" if key == "queue" else ""
        shown.view.show(shelf)
        assert shown.view.shelf is shelf
        assert shown.view.query() == (shelf.title, query)
        assert shown.told == [(shelf.title, length, query.sort, query, key)]
        shown.told.clear()


def test_the_orders_that_are_the_shelfs_own_are_offered_there_alone(shown: Shown) -> None:
    own = {"queue": Sort.PLACE, "begun": Sort.OPENED}
    for key, shelf in _BY_KEY.items():
        shown.view.show(shelf)
        offered = {sort for sort, action in shown.head.orders.items() if action.isVisible()}
        assert offered == {*Sort} - ({Sort.PLACE, Sort.OPENED} - {own.get(key)})


def test_a_saved_search_is_asked_and_the_shelf_stays(shown: Shown, context: Context) -> None:
    shown.view.show(_SAVED)
    assert shown.view.shelf is None
    shown.view.show_again()
    shown.view.show(_BY_KEY["archive"])
    shown.told.clear()
    before = shown.state()
    shown.view.show(_SAVED)
    assert shown.told == [("words:>3000",)]
    assert shown.view.shelf is _BY_KEY["archive"]
    assert shown.state() == before


def test_another_order_is_shown_at_once_and_kept_for_this_shelf(
    shown: Shown, context: Context
) -> None:
    shown.view.sort("title")  # no shelf is shown yet
    assert context.settings.value.sorts == {}
    shown.view.show(_BY_KEY["all"])
    shown.told.clear()
    shown.head.orders[Sort.TITLE].trigger()
    query = Query(sort=Sort.TITLE, descending=Sort.TITLE.falls_first)
    assert shown.told == [("All", "", Sort.TITLE, query, "all")]
    assert [row.title for row in context.library.rows(query)] == ["A", "B", "C"]
    shown.view.show(_BY_KEY["queue"])
    shown.view.sort("-length")
    assert context.settings.value.sorts == {"all": "title", "queue": "-length"}
    assert shown.list.query == SHELF_QUERIES["queue"]._replace(sort=Sort.LENGTH, descending=True)
    shown.view.show(_BY_KEY["all"])
    assert shown.list.query == query
    assert shown.view.query() == ("All", query)


def test_a_shelf_takes_the_place_of_a_search_and_is_shown_once(
    shown: Shown, library: Library
) -> None:
    shown.view.show(_BY_KEY["queue"])
    shown.field.setText("words")
    shown.list.show_results(SearchListing(library, lambda: [2, 1]), lambda _: ())
    shown.head.show_results("2 found")
    shown.view.show_length()
    assert (shown.counted, shown.head.text()) == ([2], "2 found")
    shown.told.clear()
    shown.view.show(_BY_KEY["all"])
    assert shown.field.text() == ""
    assert shown.told == [("All", "", Sort.ADDED, Query(), "all")]
    assert shown.counted == [2]


def test_the_length_of_the_queue_follows_the_library(shown: Shown, library: Library) -> None:
    shown.view.show(_BY_KEY["queue"])
    library.set_state([1, 2], State.ARCHIVE)
    shown.view.show_length()
    assert shown.head.text() == "1 article · 1 min"
    shown.view.show(_BY_KEY["tag:art"])
    shown.view.show_length()
    assert shown.head.text() == ""
    assert shown.counted == []
