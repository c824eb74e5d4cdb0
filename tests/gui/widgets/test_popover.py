"""A popover: near its widget, within the window, with the keyboard until it closes."""

import gc

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTextEdit, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import delete, isValid

from reader.gui.widgets.popover import Popover

_KEY = Qt.Key


class _Window(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.resize(600, 400)
        self.field = QLineEdit(self)
        self.button = QPushButton("Open", self)
        self.button.move(300, 40)
        self.popover = Popover(self, 240)
        self.first, self.second = QLineEdit(), QPushButton("Second")
        for part in (self.first, self.second):
            self.popover.content.addWidget(part)


@pytest.fixture
def window(qtbot: QtBot) -> _Window:
    made = _Window()
    qtbot.addWidget(made)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.field.setFocus()
    qtbot.waitUntil(made.field.hasFocus)
    return made


def _sheet(window: _Window) -> QRect:
    frame = window.popover._frame
    return QRect(frame.mapTo(window, QPoint(0, 0)), frame.size())


def _click(window: _Window, at: QPoint) -> None:
    """Click as the mouse does: the system finds the widget."""
    handle = window.windowHandle()
    assert handle is not None
    QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=at)


def _open(window: _Window) -> None:
    window.popover.open_at(window.button, window.first)


def test_it_opens_below_its_widget_at_the_leading_edge(window: _Window) -> None:
    _open(window)
    place = window.button.geometry()
    assert _sheet(window).topLeft() == QPoint(place.left(), place.bottom() + 1 + 4)
    assert window.first.hasFocus()
    window.popover.close_popover()
    window.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    _open(window)
    assert _sheet(window).right() == window.button.geometry().right()


@pytest.mark.parametrize("size", [(600, 400), (260, 300), (200, 60), (2560, 1440)])
@pytest.mark.parametrize("at", [(0, 0), (500, 380), (2500, 1400)])
def test_it_stays_within_the_window(
    window: _Window, size: tuple[int, int], at: tuple[int, int]
) -> None:
    window.resize(*size)
    window.button.move(*at)
    _open(window)
    assert window.rect().contains(_sheet(window))
    window.resize(220, 200)
    QApplication.processEvents()
    assert window.rect().contains(_sheet(window))


def test_without_a_widget_it_stands_at_the_top(window: _Window) -> None:
    window.popover.open_at(None, window.first)
    assert abs(_sheet(window).center().x() - 300) <= 2
    assert _sheet(window).top() < 100


def test_escape_closes_it_and_gives_the_keyboard_back(qtbot: QtBot, window: _Window) -> None:
    _open(window)
    with qtbot.waitSignal(window.popover.closed):
        QTest.keyClick(window.first, _KEY.Key_Escape)
    assert window.popover.isHidden()
    assert window.field.hasFocus()


def test_tab_stays_inside_in_both_directions(window: _Window) -> None:
    _open(window)
    for key in (_KEY.Key_Tab, _KEY.Key_Backtab):
        seen = set()
        for _ in range(4):
            focused = QApplication.focusWidget()
            assert focused is not None
            QTest.keyClick(focused, key)
            seen.add(QApplication.focusWidget())
        assert seen == {window.first, window.second}


def test_it_closes_when_the_keyboard_or_a_click_goes_elsewhere(window: _Window) -> None:
    _open(window)
    window.field.setFocus()
    assert window.popover.isHidden()
    assert window.field.hasFocus()
    _open(window)
    pressed: list[bool] = []
    window.button.clicked.connect(pressed.append)
    for place in (QPoint(5, 390), window.button.geometry().center()):
        _open(window)
        _click(window, place)
        assert window.popover.isHidden()
    assert not pressed


def test_a_click_inside_does_not_close_it(window: _Window) -> None:
    _open(window)
    _click(window, _sheet(window).topLeft() + QPoint(14, 14))
    _click(window, window.second.mapTo(window, window.second.rect().center()))
    assert window.popover.isVisible()


def test_what_is_higher_than_the_window_scrolls_to_the_focus(window: _Window) -> None:
    fields = [QLineEdit() for _ in range(40)]
    for field in fields:
        window.popover.content.addWidget(field)
    _open(window)
    assert window.rect().contains(_sheet(window))
    fields[-1].setFocus()
    bottom = fields[-1].mapTo(window, QPoint(0, fields[-1].height())).y()
    assert bottom <= _sheet(window).bottom() + 1


def test_a_closed_popover_listens_to_nothing(window: _Window) -> None:
    _open(window)
    window.popover.close_popover()
    window.popover.close_popover()
    _click(window, QPoint(5, 390))
    window.resize(300, 300)
    assert window.popover.isHidden()


def test_walking_with_tab_harms_no_widget_of_the_window(window: _Window) -> None:
    text = QTextEdit(window)
    text.show()
    viewport = text.viewport()
    _open(window)
    for _ in range(4):
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, _KEY.Key_Tab)
    del focused
    passing = QLineEdit(window)
    passing.setParent(None)
    passing.deleteLater()
    del passing
    gc.collect()
    assert isValid(viewport)


def test_the_widget_that_had_the_keyboard_may_be_gone(window: _Window) -> None:
    passing = QLineEdit(window)
    passing.show()
    passing.setFocus()
    _open(window)
    delete(passing)
    window.popover.close_popover()
    assert window.popover.isHidden()
