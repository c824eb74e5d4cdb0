"""Rows of one height: they lie where their numbers say, and a screen reader finds a list."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRect, QStringListModel, Qt
from PySide6.QtGui import QAccessible, QPainter
from PySide6.QtWidgets import QAbstractItemView, QApplication
from pytestqt.qtbot import QtBot

from reader.gui.list.row_view import RowView

_HIGH = 30
_NONE = Qt.KeyboardModifier.NoModifier
_CTRL = Qt.KeyboardModifier.ControlModifier
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class _View(RowView):
    painted: list[int]

    def paint_row(self, painter: QPainter, area: QRect, row: int) -> None:
        assert painter.isActive()
        assert area == self.area_of(row)
        self.painted.append(row)


@pytest.fixture
def make(qtbot: QtBot) -> Callable[[int], _View]:
    def view(count: int) -> _View:
        made = _View()
        qtbot.addWidget(made)
        made.painted = []
        made.setFrameShape(made.Shape.NoFrame)
        made.setModel(QStringListModel([f"Row {n}" for n in range(count)], made))
        made.set_row_height(_HIGH)
        made.resize(200, 10 * _HIGH)
        made.show()
        QApplication.processEvents()
        return made

    return view


def _selected(view: _View) -> list[int]:
    return [row for row in range(view.count()) if view.is_selected(row)]


def test_a_view_without_rows_or_without_a_model_shows_nothing(
    qtbot: QtBot, make: Callable[[int], _View]
) -> None:
    bare = RowView()
    qtbot.addWidget(bare)
    bare.show()
    for view in (bare, make(0)):
        assert not view.grab().isNull()
        assert (view.count(), view.row_at(0), view.verticalScrollBar().maximum()) == (0, -1, 0)
        assert not view.indexAt(QPoint(5, 5)).isValid()
        for key in (Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageUp):
            qtbot.keyClick(view, key)
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9, 9))


@pytest.mark.parametrize("count", [3, 10, 11, 1000])
def test_rows_lie_where_their_numbers_say_wherever_the_view_is_scrolled_to(
    make: Callable[[int], _View], count: int
) -> None:
    view = make(count)
    bar = view.verticalScrollBar()
    assert bar.maximum() == max(0, (count - 10) * _HIGH)
    for top in (0, 17, bar.maximum()):
        bar.setValue(top)
        for y in (0, 29, 30, 299):
            row = (y + bar.value()) // _HIGH
            expected = row if row < count else -1
            assert view.row_at(y) == view.indexAt(QPoint(5, y)).row() == expected
            if expected >= 0:
                assert view.visualRect(view.indexAt(QPoint(5, y))).contains(QPoint(5, y))


def test_only_visible_rows_are_painted(make: Callable[[int], _View]) -> None:
    view = make(1000)
    view.verticalScrollBar().setValue(15 * _HIGH + 7)
    view.painted.clear()
    view.grab()
    assert view.painted == [*range(15, 26)]


def test_the_model_is_not_asked_for_each_row(make: Callable[[int], _View]) -> None:
    asked: list[int] = []

    class Model(QStringListModel):
        def data(self, index: object, role: int = 0) -> object:
            asked.append(role)
            return super().data(index, role)  # type: ignore[arg-type]

    view = make(3)
    model = Model([str(n) for n in range(5000)], view)
    view.setModel(model)
    view.selectAll()
    view.grab()
    view.scrollToBottom()
    QApplication.processEvents()
    assert len(asked) < 100


@pytest.mark.parametrize(
    ("key", "expected"),
    [
        (Qt.Key.Key_Down, 21), (Qt.Key.Key_Up, 19), (Qt.Key.Key_Home, 0), (Qt.Key.Key_End, 49),
        (Qt.Key.Key_PageDown, 29), (Qt.Key.Key_PageUp, 11),
    ],
)  # fmt: skip
def test_keys_move_the_current_row_into_sight(
    qtbot: QtBot, make: Callable[[int], _View], key: Qt.Key, expected: int
) -> None:
    view = make(50)
    view.setCurrentIndex(view.model().index(20, 0))
    qtbot.keyClick(view, key)
    assert (view.currentIndex().row(), _selected(view)) == (expected, [expected])
    assert view.viewport().rect().contains(view.area_of(expected))
    qtbot.keyClick(view, key, _SHIFT)
    assert view.is_selected(expected)
    assert view.by_keys
    for _ in range(9):
        qtbot.keyClick(view, key)
    assert view.currentIndex().isValid()


def test_control_moves_without_selecting_and_space_toggles(
    qtbot: QtBot, make: Callable[[int], _View]
) -> None:
    view = make(50)
    view.setCurrentIndex(view.model().index(2, 0))
    qtbot.keyClick(view, Qt.Key.Key_Down, _CTRL)
    qtbot.keyClick(view, Qt.Key.Key_Down, _CTRL)
    assert (view.currentIndex().row(), _selected(view)) == (4, [2])
    qtbot.keyClick(view, Qt.Key.Key_Space, _CTRL)
    assert _selected(view) == [2, 4]
    assert view.several
    assert view.selected_alone() == -1
    assert view.selected_ranges() == [(2, 2), (4, 4)]
    qtbot.keyClick(view, Qt.Key.Key_Space, _CTRL)
    assert (view.selected_count(), view.selected_alone()) == (1, 2)
    view.clearSelection()
    assert view.selected_alone() == -1


def test_the_pointer_selects_one_a_range_and_by_check_boxes(
    qtbot: QtBot, make: Callable[[int], _View]
) -> None:
    view = make(50)
    left = Qt.MouseButton.LeftButton

    def click(row: int, held: Qt.KeyboardModifier = _NONE, x: int = 100) -> list[int]:
        place = QPoint(x, view.area_of(row).center().y())
        qtbot.mouseClick(view.viewport(), left, held, place)
        return _selected(view)

    assert click(3) == [3]
    assert click(5, x=10) == [5], "there are no check boxes yet"
    assert click(8, _SHIFT) == [5, 6, 7, 8]
    assert click(1, _CTRL) == [1, 5, 6, 7, 8]
    assert click(6, x=10) == [1, 5, 7, 8]
    assert click(9, x=10) == [1, 5, 7, 8, 9]
    view.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert click(9, x=view.viewport().width() - 10) == [1, 5, 7, 8]
    assert click(2) == [2]
    assert not view.by_keys


@pytest.mark.parametrize("seed", range(3))
def test_any_two_rows_are_joined_by_shift(
    qtbot: QtBot, make: Callable[[int], _View], seed: int
) -> None:
    view, chance = make(40), random.Random(seed)
    for _ in range(10):
        one, other = (chance.randrange(10) for _ in range(2))
        for row, held in ((one, _NONE), (other, _SHIFT)):
            place = view.area_of(row).center()
            qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, held, place)
        assert _selected(view) == [*range(min(one, other), max(one, other) + 1)]


@pytest.mark.parametrize("hint", list(QAbstractItemView.ScrollHint))
def test_scrolling_to_a_row_shows_it(
    make: Callable[[int], _View], hint: QAbstractItemView.ScrollHint
) -> None:
    view = make(100)
    for row in (50, 3, 99, 0):
        view.scrollTo(view.model().index(row, 0), hint)
        assert view.viewport().rect().contains(view.area_of(row))
    before = view.verticalScrollBar().value()
    view.scrollTo(view.model().index(-1, 0), hint)
    assert view.verticalScrollBar().value() == before


def test_another_height_keeps_the_row_at_the_top(make: Callable[[int], _View]) -> None:
    view = make(100)
    view.verticalScrollBar().setValue(40 * _HIGH)
    view.set_row_height(80)
    assert view.row_at(0) == 40
    assert view.verticalScrollBar().maximum() == 100 * 80 - view.viewport().height()


@pytest.mark.parametrize("key", [(Qt.Key.Key_Menu, _NONE), (Qt.Key.Key_F10, _SHIFT)])
def test_the_keys_of_the_menu_ask_for_it_at_the_current_row(
    qtbot: QtBot, make: Callable[[int], _View], key: tuple[Qt.Key, Qt.KeyboardModifier]
) -> None:
    view = make(100)
    view.setCurrentIndex(view.model().index(60, 0))
    view.scrollToTop()
    asked: list[QPoint] = []
    view.customContextMenuRequested.connect(asked.append)
    qtbot.keyClick(view, *key)
    assert [view.row_at(place.y()) for place in asked] == [60]
    assert view.viewport().rect().contains(asked[0])


def test_a_screen_reader_finds_a_list_of_items_in_their_places(
    make: Callable[[int], _View],
) -> None:
    view = make(50)
    found = QAccessible.queryAccessibleInterface(view)
    assert found.role() == QAccessible.Role.List
    assert found.childCount() == 50
    item = found.child(4)
    assert item.role() == QAccessible.Role.ListItem
    assert item.text(QAccessible.Text.Name) == "Row 4"
    assert item.rect().size() == view.area_of(4).size()
    view.setCurrentIndex(view.model().index(4, 0))
    assert item.state().selected
    assert not found.child(5).state().selected


def test_the_row_under_the_pointer_is_known_until_it_leaves(
    qtbot: QtBot, make: Callable[[int], _View]
) -> None:
    view = make(3)
    for y, row in ((10, 0), (40, 1), (200, -1)):
        qtbot.mouseMove(view.viewport(), QPoint(9, y))
        assert view.hovered == row
    qtbot.mouseMove(view.viewport(), QPoint(9, 10))
    QApplication.sendEvent(view, QEvent(QEvent.Type.Leave))
    assert view.hovered == -1
