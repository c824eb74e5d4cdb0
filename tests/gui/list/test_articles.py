"""The list: any number of rows, its place kept, several at once, and no article opened unasked."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from pytestqt.qtbot import QtBot

from reader import themes
from reader.document.images import Pictures
from reader.errors import LibraryError
from reader.gui.list.articles import ArticleList
from reader.gui.list.listings import QueryListing, SearchListing
from reader.gui.list.model import BLOCK, ArticleModel
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Mark, Query, Row, Sort, State
from reader.settings import LIST_SIZE_RANGE

ALL = Query(sort=Sort.TITLE, descending=False)


class Many:
    """A library of very many rows that are made when asked for."""

    def __init__(self, count: int) -> None:
        self.total = count
        self.asked = self.counted = 0

    def count(self, _query: Query) -> int:
        return self.total

    def rows(
        self, query: Query, *, offset: int, limit: int, after: Mark | None = None
    ) -> list[Row]:
        self.asked += 1
        self.walked = offset
        way = 1 if query.descending == ALL.descending else -1
        first = 0 if way > 0 else self.total - 1
        start = (after.id + way if after else first) + way * offset
        numbers = range(start, start + way * limit, way)
        return [_row(number) for number in numbers if 0 <= number < self.total]

    def mark(self, _query: Query, id: int) -> Mark | None:
        return Mark(float(id), id) if 0 <= id < self.total else None

    def ids(
        self,
        _query: Query,
        *,
        limit: int | None = None,
        offset: int = 0,
        after: Mark | None = None,
    ) -> list[int]:
        start = after.id + 1 if after else 0
        return list(range(start, self.total)[offset:][:limit])

    def index_of(self, _query: Query, id: int, *, after: Mark | None = None) -> int | None:
        passed = after.id + 1 if after else 0
        self.counted = id - passed
        return self.counted if 0 <= id < self.total else None


def _row(number: int, **more: object) -> Row:
    told: dict[str, object] = {
        "id": number, "title": f"Title {number}", "byline": "", "site": "site", "words": 500,
        "added_at": "2026-01-01T00:00:00Z", "opened_at": "", "progress": 0.3,
        "state": State.QUEUE, "favourite": True, "downloaded": True, "lead": "",
    }  # fmt: skip
    return Row(**{**told, **more})  # type: ignore[arg-type]


@pytest.fixture
def make_list(qtbot: QtBot, pictures: Pictures) -> Callable[[object], ArticleList]:
    def make(library: object) -> ArticleList:
        made = ArticleList(library, pictures, themes.theme("light"))  # type: ignore[arg-type]
        qtbot.addWidget(made)
        made.set_theme(themes.theme("light"))
        made.resize(340, 600)
        made.show()
        return made

    return make


@pytest.mark.parametrize("count", [0, 1, 127, 128, 10_000, 1_000_000])
def test_any_number_of_rows_asks_for_few(
    make_list: Callable[[object], ArticleList], count: int
) -> None:
    library = Many(count)
    listing = make_list(library)
    listing.show_query(ALL)
    assert not listing.grab().isNull()
    listing.scrollToBottom()
    assert not listing.grab().isNull()
    assert library.asked <= 6


def test_the_model_keeps_a_bounded_number_of_rows() -> None:
    library = Many(100_000)
    model = ArticleModel(QueryListing(library, ALL))  # type: ignore[arg-type]
    model.show(model.listing)
    for number in range(0, 100_000, BLOCK):
        row = model.row(number)
        assert row is not None
        assert row.id == number
    assert len(model._blocks) <= 64
    assert model.row(100_000) is None
    assert model.row(-1) is None


def test_any_rows_are_come_to_from_what_is_nearest() -> None:
    library = Many(1_000_000)
    listing = QueryListing(library, ALL)  # type: ignore[arg-type]
    assert listing.count() == 1_000_000
    for offset, most in (
        (0, 0), (999_900, 0), (500_000, 499_800), (500_128, 0), (499_800, 100), (700_000, 199_900),
        (650_000, 49_900), (999_950, 0),
    ):  # fmt: skip
        found = [row.id for row in listing.rows(offset, 128)]
        assert found == list(range(offset, min(offset + 128, 1_000_000)))
        assert library.walked <= most + 300, offset


def test_everything_can_be_selected_at_once(make_list: Callable[[object], ArticleList]) -> None:
    library = Many(100_000)
    listing = make_list(library)
    listing.show_query(ALL)
    listing.selectAll()
    assert len(listing.selected_ids()) == 100_000
    assert library.asked < 10


def test_going_down_opens_the_first_at_once_and_the_last_after_a_rest(
    qtbot: QtBot, make_list: Callable[[object], ArticleList]
) -> None:
    listing = make_list(Many(100))
    listing.show_query(ALL)
    listing.select(0)
    chosen: list[int] = []
    listing.chosen.connect(chosen.append)
    for _ in range(10):
        qtbot.keyClick(listing, Qt.Key.Key_Down)
    assert chosen == [1]
    qtbot.waitUntil(lambda: chosen == [1, 10])


def test_enter_reads_and_letters_are_keys_of_the_window(
    qtbot: QtBot, make_list: Callable[[object], ArticleList]
) -> None:
    listing = make_list(Many(10))
    listing.show_query(ALL)
    listing.select(3)
    read: list[int] = []
    listing.activated_article.connect(read.append)
    qtbot.keyClick(listing, Qt.Key.Key_Return)
    qtbot.keyClick(listing, Qt.Key.Key_J)
    assert read == [3]
    assert listing.current_id() == 3


def test_steps_go_on_where_an_article_has_left(
    library: Library, add: Callable[..., Article], make_list: Callable[[object], ArticleList]
) -> None:
    ids = [add(f"Article {letter}").id for letter in "abcde"]
    listing = make_list(library)
    listing.show_query(Query(State.QUEUE, sort=Sort.TITLE, descending=False))
    assert listing.step(1) == ids[0]
    assert listing.step(1) == ids[1]
    library.set_state([ids[1]], State.ARCHIVE)
    listing.refresh()
    assert listing.step(1) == ids[2]
    assert listing.step(-1) == ids[0]
    assert listing.step(-1) is None


def test_refreshing_keeps_selection_and_place(
    library: Library, add: Callable[..., Article], make_list: Callable[[object], ArticleList]
) -> None:
    ids = [add(f"Article {number:03}").id for number in range(60)]
    listing = make_list(library)
    listing.show_query(ALL)
    listing.select(ids[20])
    chosen: list[int] = []
    listing.chosen.connect(chosen.append)
    top = listing.verticalScrollBar().value()
    add("Article 999")
    listing.refresh()
    assert listing.selected_ids() == [ids[20]]
    assert listing.verticalScrollBar().value() == top
    library.set_state([ids[5]], State.TRASH)
    listing.refresh()
    assert listing.current_id() == ids[20]
    assert chosen == []


@pytest.mark.parametrize(
    ("query", "title"),
    [
        (Query(), "No articles yet"),
        (Query(State.QUEUE), "Your queue is empty"),
        (Query(State.ARCHIVE), "Nothing archived yet"),
        (Query(State.TRASH), "The trash is empty"),
        (Query(State.QUEUE, tag="art"), "Nothing has this tag"),
        (Query(favourite=True), "No favourites yet"),
        (Query(begun=True), "Nothing begun"),
        (Query(site="s.example"), "No more articles from here"),
        (Query(language="de"), "No more articles from here"),
        (None, "Nothing found"),
    ],
)
def test_an_empty_shelf_says_what_to_do(
    library: Library,
    make_list: Callable[[object], ArticleList],
    monkeypatch: pytest.MonkeyPatch,
    query: Query | None,
    title: str,
) -> None:
    said: list[str] = []
    monkeypatch.setattr(
        "reader.gui.list.articles.paint_message", lambda *told: said.append(told[2])
    )
    listing = make_list(library)
    if query is None:
        listing.show_results(SearchListing(library, lambda: []), lambda _: ())
    else:
        listing.show_query(query)
    said.clear()
    listing.grab()
    first, hint = said[0].split("\n")
    assert first == title
    assert hint.endswith(".")


@pytest.mark.parametrize(
    "title",
    ["", "x" * 5000, "漢字" * 300, "עברית " * 80, "<img src='/etc/hostname'>", "👩‍👩‍👧" * 99],
)
def test_any_title_can_be_painted(make_list: Callable[[object], ArticleList], title: str) -> None:
    library = Many(3)
    library.rows = lambda *_, **__: [_row(n, title=title) for n in range(3)]  # type: ignore[method-assign]
    listing = make_list(library)
    listing.show_query(ALL)
    listing.set_size(1.7)
    assert not listing.grab().isNull()


def test_who_is_selected_stays_so_when_others_are_moved_by_another_window(
    library: Library, add: Callable[..., Article], make_list: Callable[[object], ArticleList]
) -> None:
    ids = [add(f"Article {letter}").id for letter in "abcdef"]
    listing = make_list(library)
    listing.show_query(SHELF_QUERIES["queue"])
    listing.select(ids[2])
    with Library.open(library.folder) as other:
        other.queue.to_top([ids[5]])
        listing.refresh()
        assert listing.selected_ids() == [ids[2]]
        assert listing.currentIndex().row() == 3
        other.queue.to_end([ids[2]])
        listing.refresh()
    assert listing.selected_ids() == [ids[2]]
    assert listing.currentIndex().row() == 5
    assert listing.step(-1) == ids[4]


def test_coming_to_an_article_selects_it_even_while_ctrl_is_held(
    qtbot: QtBot, make_list: Callable[[object], ArticleList]
) -> None:
    listing = make_list(Many(20))
    listing.show_query(ALL)
    qtbot.keyClick(listing, Qt.Key.Key_Control, Qt.KeyboardModifier.ControlModifier)
    for row in (3, 7, 7):
        listing.select(row)
        assert listing.selected_ids() == [row]
    qtbot.keyClick(listing, Qt.Key.Key_Shift)  # and no longer is


def test_rows_of_the_queue_have_numbers_that_fit(
    make_list: Callable[[object], ArticleList],
) -> None:
    listing = make_list(Many(1_000_000))
    listing.show_query(ALL)
    plain_left = listing.gutter
    listing.show_query(SHELF_QUERIES["queue"])
    assert listing.gutter > plain_left
    assert listing.own_order
    assert not listing.grab().isNull()


@pytest.mark.logs
def test_a_library_that_cannot_be_read_now_does_not_end_the_program(
    make_list: Callable[[object], ArticleList],
) -> None:
    library = Many(10)
    listing = make_list(library)
    listing.show_query(ALL)
    library.rows = _broken  # type: ignore[method-assign]
    listing._articles._blocks.clear()
    listing._resting.stop()
    listing._quiet = True
    assert not listing.grab().isNull()


def _broken(*_: object, **__: object) -> list[Row]:
    raise LibraryError("The disk did not do its part.")


def test_a_giant_list_still_knows_its_places_after_a_change(
    qtbot: QtBot, make_list: Callable[[object], ArticleList]
) -> None:
    library = Many(100_000)
    listing = make_list(library)
    listing.show_query(ALL)
    qtbot.waitUntil(lambda: _walked_for(listing, library, 70_000) < 20_000)
    listing.refresh()
    qtbot.waitUntil(lambda: _walked_for(listing, library, 70_000) < 20_000)


def _walked_for(listing: ArticleList, library: Many, id: int) -> int:
    """Return how many rows are counted to find out where an article stands."""
    library.counted = 0
    assert listing._articles.listing.index_of(id) == id
    return library.counted


def test_another_order_comes_to_the_article_again_if_it_is_there(
    library: Library, add: Callable[..., Article], make_list: Callable[[object], ArticleList]
) -> None:
    ids = [add(f"Article {number:03}").id for number in range(60)]
    listing = make_list(library)
    listing.show_query(ALL)
    listing.select(ids[5])
    listing.show_query(ALL._replace(descending=True))
    assert listing.selected_ids() == [ids[5]]
    assert listing.currentIndex().row() == 54
    assert listing.viewport().rect().contains(listing.visualRect(listing.currentIndex()).center())
    listing.show_query(Query(State.TRASH))
    assert (listing.selected_ids(), listing.current_id()) == ([], ids[5])
    found = SearchListing(library, lambda: ids[:9])
    listing.show_results(found, lambda _: ())
    assert (listing.selected_ids(), listing.query) == ([], None)


@pytest.mark.parametrize("scrolled", [0, 700])
def test_a_giant_list_comes_to_its_article_unless_the_person_has_gone_elsewhere(
    qtbot: QtBot, make_list: Callable[[object], ArticleList], scrolled: int
) -> None:
    listing = make_list(Many(100_000))
    listing.show_query(ALL)
    listing.select(70_000)
    listing.show_query(ALL)
    assert listing.selected_ids() == []
    listing.verticalScrollBar().setValue(scrolled)
    qtbot.waitUntil(lambda: not listing._walking.isActive())
    assert listing.selected_ids() == ([] if scrolled else [70_000])


def test_steps_stop_at_both_ends(make_list: Callable[[object], ArticleList]) -> None:
    listing = make_list(Many(3))
    assert listing.step(1) is None
    listing.show_query(ALL)
    assert [listing.step(1) for _ in range(4)] == [0, 1, 2, None]
    assert [listing.step(-1) for _ in range(3)] == [1, 0, None]
    assert (listing.current_id(), listing.selected_ids()) == (0, [0])
    assert listing.ids_behind(0, 1) == [1]
    assert listing.ids_behind(0, 9) == [1, 2]
    assert listing.ids_behind(2, 9) == listing.ids_behind(99, 9) == []


def test_the_text_of_the_list_has_sizes_in_bounds(
    make_list: Callable[[object], ArticleList],
) -> None:
    listing = make_list(Many(3))
    listing.show_query(ALL)
    told: list[int] = []
    listing.resized.connect(lambda: told.append(listing.row_height))
    listing.larger()
    listing.smaller()
    assert listing.size_factor == pytest.approx(1)
    for size in (99, 0.01):
        listing.set_size(size)
    assert told[0] > told[1] < told[2] > told[3]
    assert listing.size_factor == LIST_SIZE_RANGE[0]


def test_ctrl_and_a_selects_all_and_a_letter_goes_on_to_the_window(
    qtbot: QtBot, make_list: Callable[[object], ArticleList]
) -> None:
    listing = make_list(Many(10))
    listing.show_query(ALL)
    qtbot.keyClick(listing, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    assert listing.selected_ids() == list(range(10))
    letter = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_J, Qt.KeyboardModifier.NoModifier, "j")
    listing.keyPressEvent(letter)
    assert not letter.isAccepted()


def test_the_keys_of_a_list_reach_it_in_the_window(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]
) -> None:
    ids = [add(f"Article {letter}").id for letter in "abcdefghijklmnopqrstuvwxyz"]
    window = make_window()
    window.activateWindow()
    window.list.setFocus()
    qtbot.waitUntil(window.list.hasFocus)
    for key, expected in (
        (Qt.Key.Key_End, ids[-1]),
        (Qt.Key.Key_Home, ids[0]),
        (Qt.Key.Key_Down, ids[1]),
    ):
        qtbot.keyClick(window.list, key)
        qtbot.waitUntil(lambda: not window.list._resting.isActive())
        assert window.list.current_id() == expected
        assert window.article is not None
        assert window.article.id == expected
    control = Qt.KeyboardModifier.ControlModifier
    qtbot.keyClick(window.list, Qt.Key.Key_End, control)
    qtbot.keyClick(window.list, Qt.Key.Key_Space, control)
    assert window.list.selected_ids() == [ids[1], ids[-1]]
    assert window.list.current_id() == ids[1]


def test_the_keyboard_opens_nothing_by_coming_to_a_list_without_the_open_article(
    qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article], library: Library
) -> None:
    ids = [add(f"Article {letter}").id for letter in "abc"]
    library.set_state(ids[1:], State.ARCHIVE)
    window = make_window()
    window.activateWindow()
    window.shelves.select("archive")
    window.navigation.open_listed(ids[0])
    for reason in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.ShortcutFocusReason):
        window.viewer.setFocus()
        window.list.setFocus(reason)
        qtbot.waitUntil(window.list.hasFocus)
        qtbot.wait(120)
        assert window.article is not None
        assert window.article.id == ids[0]
        assert window.list.selected_ids() == []
        assert not window.list.currentIndex().isValid()
