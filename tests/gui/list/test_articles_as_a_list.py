"""The list against a plain Python list: who is selected, what is next, what it says and tells."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractItemView, QApplication, QFrame
from pytestqt.qtbot import QtBot

from reader import themes
from reader.document.images import Pictures
from reader.gui.actions.keymap import USUAL
from reader.gui.list.articles import ArticleList
from reader.gui.list.listings import SearchListing
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Query, Sort, State

Add = Callable[..., Article]
QUEUED = Query(State.QUEUE, sort=Sort.TITLE, descending=False)
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def shown(qtbot: QtBot, library: Library, pictures: Pictures) -> ArticleList:
    made = ArticleList(library, pictures, themes.theme("light"))
    qtbot.addWidget(made)
    made.resize(340, 420)
    made.show()
    return made


@pytest.fixture
def ids(library: Library, add: Add) -> list[int]:
    with library.together():
        return [add(f"Article {number:02}").id for number in range(30)]


def _at(shown: ArticleList) -> int | None:
    row = shown._articles.row(shown.currentIndex().row())
    return row.id if row else None


def _choose(shown: ArticleList, *rows: int) -> None:
    model = shown.selectionModel()
    shown.setCurrentIndex(shown.model().index(rows[0], 0))
    for row in rows[1:]:
        model.select(shown.model().index(row, 0), model.SelectionFlag.Select)


@pytest.mark.parametrize("seed", range(4))
def test_whatever_comes_and_goes_the_next_one_is_that_of_a_plain_list(
    library: Library, shown: ArticleList, ids: list[int], seed: int
) -> None:
    chance = random.Random(seed)
    shown.show_query(QUEUED)
    order, place, current = list(ids), -1, 0
    for _ in range(60):
        what = chance.choice(("step", "step", "back", "select", "leave", "leave", "return"))
        if what in ("step", "back"):
            by = 1 if what == "step" else -1
            wanted = order.index(current) + by if current in order else max(place, 0) + min(by, 0)
            there = 0 <= wanted < len(order)
            assert shown.step(by) == (order[wanted] if there else None)
            if there:
                current, place = order[wanted], wanted
        elif what == "select":
            current = chance.choice(ids)
            assert shown.select(current) == (current in order)
            place = order.index(current) if current in order else -1
        else:
            some = chance.sample(ids, 2)
            library.set_state(some, State.ARCHIVE if what == "leave" else State.QUEUE)
            order = [each for each in ids if library.article(each).state is State.QUEUE]
            shown.refresh()
            if current in order:
                place = order.index(current)
            elif place >= 0:
                place = min(place, len(order) - 1)
        assert shown.current_id() == (current or None)
        assert shown.selected_ids() == ([current] if current in order else [])
        assert shown.currentIndex().row() == place
        assert shown.model().rowCount() == len(order)


def test_several_selected_stay_so_but_for_those_that_left(
    library: Library, shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    _choose(shown, 3, 4, 9, 12)
    library.set_state([ids[0], ids[9]], State.ARCHIVE)
    shown.refresh()
    assert shown.selected_ids() == [ids[3], ids[4], ids[12]]
    assert shown.selected_ids(most=2) == [ids[3], ids[4]]
    assert shown.selected_ids(most=0) == []
    library.set_state([ids[3], ids[4], ids[12]], State.ARCHIVE)
    shown.refresh()
    assert shown.selected_ids() == []
    shown.selectAll()
    assert shown.selected_ids() == [each for n, each in enumerate(ids) if n not in (0, 3, 4, 9, 12)]
    assert shown.ids_behind(ids[5], 3) == [ids[6], ids[7], ids[8]]
    assert shown.ids_behind(ids[29], 3) == shown.ids_behind(ids[0], 3) == []


def test_what_goes_step_by_step_stays_in_sight_and_else_the_place_is_kept(
    library: Library, shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(SHELF_QUERIES["queue"])
    shown.select(ids[10])
    shown.scrollTo(shown.currentIndex(), QAbstractItemView.ScrollHint.PositionAtBottom)
    top = shown.verticalScrollBar().value()
    assert top > 0
    library.queue.down([ids[10]])
    shown.refresh()
    assert shown.currentIndex().row() == 11
    assert shown.verticalScrollBar().value() == top + shown.row_height
    library.queue.to_end([ids[10]])
    shown.refresh()
    assert (shown.currentIndex().row(), _at(shown)) == (29, ids[10])
    assert shown.verticalScrollBar().value() == top + shown.row_height


@pytest.mark.parametrize(
    ("query", "title", "hint"),
    [
        (SHELF_QUERIES["queue"], "Your queue is empty", "Add articles with Ctrl+L, or drop"),
        (SHELF_QUERIES["archive"], "Nothing archived yet", "Press E when you are done"),
        (SHELF_QUERIES["trash"], "The trash is empty", "Deleted articles wait here"),
        (SHELF_QUERIES["favourites"], "No favourites yet", "Press S on an article"),
        (SHELF_QUERIES["begun"], "Nothing begun", "Articles you have started"),
        (SHELF_QUERIES["all"], "No articles yet", "Add some with Ctrl+L"),
        (Query(tag="art"), "Nothing has this tag", "Press T on an article"),
        (Query(site="s"), "No more articles from here", "Deleted articles are in"),
        (Query(language="en"), "No more articles from here", "Deleted articles are in"),
        (None, "Nothing found", "Try fewer words, or other ones"),
    ],
)
def test_an_empty_list_says_why_and_what_to_do(
    library: Library, shown: ArticleList, monkeypatch: pytest.MonkeyPatch,
    query: Query | None, title: str, hint: str,
) -> None:  # fmt: skip
    said: list[str] = []
    monkeypatch.setattr(
        "reader.gui.list.articles.paint_message", lambda *told: said.append(told[2])
    )
    shown.key_of = lambda id: USUAL[id][0]
    if query is None:
        shown.show_results(SearchListing(library, lambda: []), lambda _: [])
    else:
        shown.show_query(query)
    shown.grab()
    first, second = said[-1].split("\n")
    assert first == title
    assert second.startswith(hint)
    assert second.endswith(".")
    assert shown.query == query
    assert shown.own_order == (title == "Your queue is empty")


def test_what_was_found_has_higher_rows_from_the_top_and_no_current_one(
    library: Library, shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    shown.select(ids[20])
    low = shown.row_height
    shown.scrollToBottom()
    told: list[int] = []
    found = SearchListing(library, lambda: ids[::-1])

    def words_of(id: int) -> list[tuple[str, bool]]:
        told.append(id)
        return [("found", True)]

    shown.show_results(found, words_of)
    shown.grab()
    assert told[:2] == [ids[29], ids[28]]
    assert shown.row_height > low + 20
    assert shown.verticalScrollBar().value() == 0
    assert (shown.selected_ids(), shown.query) == ([], None)
    assert shown.step(1) == ids[19]
    shown.show_query(QUEUED)
    assert shown.row_height == low
    assert shown.selected_ids() == [ids[19]]


def test_the_text_of_the_list_grows_by_steps_within_bounds(
    qtbot: QtBot, shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    usual = shown.row_height
    with qtbot.waitSignal(shown.resized):
        shown.larger()
    assert shown.size_factor == pytest.approx(1.1)
    assert shown.row_height > usual
    shown.smaller()
    assert shown.size_factor == pytest.approx(1.0)
    assert shown.row_height == usual
    shown.set_size(100)
    most = shown.size_factor
    shown.larger()
    assert shown.size_factor == most
    shown.set_size(0)
    least = shown.size_factor
    shown.smaller()
    assert shown.size_factor == least
    assert (least, most) == (0.7, 2.0)


def test_dropped_rows_tell_whom_they_shall_stand_behind(shown: ArticleList, ids: list[int]) -> None:
    shown.show_query(SHELF_QUERIES["queue"])
    _choose(shown, 2, 5)
    told: list[object] = []
    shown.moved.connect(lambda *what: told.append(what))
    for line in (0, 1, 30):
        shown.dropped.emit(line)
    moved = [ids[2], ids[5]]
    assert told == [(moved, 0), (moved, ids[0]), (moved, ids[29])]


def test_the_row_under_the_pointer_is_known_until_it_leaves(
    shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    assert shown.hovered == -1
    for part, row in ((0.5, 0), (1.5, 1), (2.9, 2)):
        at = QPointF(50, part * shown.row_height)
        none = Qt.MouseButton.NoButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, _NONE)
        shown.mouseMoveEvent(move)
        assert shown.hovered == row
    QApplication.sendEvent(shown, QEvent(QEvent.Type.Leave))
    assert shown.hovered == -1
    assert shown.hasMouseTracking()


def test_the_keyboard_comes_without_choosing_and_keeps_who_is_chosen(
    shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    chosen: list[int] = []
    shown.chosen.connect(chosen.append)
    focus = QFocusEvent(QEvent.Type.FocusIn, Qt.FocusReason.TabFocusReason)
    shown.focusInEvent(focus)
    assert (shown.selected_ids(), shown.currentIndex().isValid(), chosen) == ([], False, [])
    shown.select(ids[4])
    shown.focusInEvent(focus)
    assert (shown.selected_ids(), chosen) == ([ids[4]], [])
    QTest.keyClick(shown, Qt.Key.Key_Down)
    assert chosen == [ids[5]], "it still tells"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_enter_reads_at_once_what_was_come_to(
    qtbot: QtBot, shown: ArticleList, ids: list[int], key: Qt.Key
) -> None:
    told: list[tuple[str, int]] = []
    shown.chosen.connect(lambda id: told.append(("chosen", id)))
    shown.activated_article.connect(lambda id: told.append(("read", id)))
    shown.show_query(QUEUED)
    shown._resting.setInterval(10**6)
    shown.read()
    assert told == []
    shown.select(ids[0])
    for _ in range(3):
        qtbot.keyClick(shown, Qt.Key.Key_Down)
    qtbot.keyClick(shown, key)
    assert told == [("chosen", ids[1]), ("chosen", ids[3]), ("read", ids[3])]
    assert not shown._resting.isActive()
    place = QPoint(60, shown.area_of(4).top() + 20)
    qtbot.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    qtbot.mouseDClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert told[-1] == ("read", ids[4])


def test_letters_are_left_to_the_window_and_keys_with_ctrl_are_not(
    shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)

    def press(key: Qt.Key, text: str, held: Qt.KeyboardModifier = _NONE) -> bool:
        event = QKeyEvent(QEvent.Type.KeyPress, key, held, text)
        shown.keyPressEvent(event)
        return event.isAccepted()

    assert not press(Qt.Key.Key_J, "j")
    assert press(Qt.Key.Key_Down, "")
    assert press(Qt.Key.Key_A, "\x01", Qt.KeyboardModifier.ControlModifier)
    assert len(shown.selected_ids()) == 30


def test_it_is_one_quiet_column_that_scrolls_smoothly(
    qtbot: QtBot, shown: ArticleList, ids: list[int]
) -> None:
    shown.show_query(QUEUED)
    assert shown.frameShape() is QFrame.Shape.NoFrame
    assert not shown.horizontalScrollBar().isVisible()
    shown.resize(200, 420)
    QApplication.processEvents()
    assert not shown.horizontalScrollBar().isVisible()
    assert shown.visualRect(shown.model().index(3, 0)).width() == shown.viewport().width()
    assert shown.row_height == shown._painter.height
    assert shown.verticalScrollMode() is QAbstractItemView.ScrollMode.ScrollPerPixel
    assert shown.verticalScrollBar().singleStep() == 24
    assert (shown.objectName(), shown.accessibleName()) == ("articles", "Articles")
    assert not shown.tabKeyNavigation()
    assert shown.editTriggers() == QAbstractItemView.EditTrigger.NoEditTriggers
    asked: list[QPoint] = []
    shown.customContextMenuRequested.connect(asked.append)
    at = QPoint(20, 30)
    reason = QContextMenuEvent.Reason.Mouse
    QApplication.sendEvent(shown.viewport(), QContextMenuEvent(reason, at, at))
    assert asked == [at]
    shown.set_theme(themes.theme("dark"))
    assert shown._painter.theme == themes.theme("dark")
