"""The page without an article: what to do, by which keys, in any theme and size."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.adding.empty_page import EmptyPage
from reader.gui.widgets.plain_text import Label
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, State

Make = Callable[..., Window]
Add = Callable[..., Article]


def _words(page: EmptyPage) -> list[str]:
    return [each.text() for each in page.findChildren(Label) if each.isVisible()]


def test_an_empty_queue_teaches_three_ways_and_has_a_button(
    qtbot: QtBot, make_window: Make
) -> None:
    window = make_window()
    page = window.controllers.empty_page
    assert page.title() == "Nothing waits to be read"
    assert {"Ctrl+L", "Drop", "Ctrl+O"} <= set(_words(page))
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.viewer.setFocus()
    for _ in range(30):
        if page.add.hasFocus():
            break
        focused = QApplication.focusWidget()
        assert focused is not None
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    assert page.add.hasFocus()
    QTest.keyClick(page.add, Qt.Key.Key_Space)
    qtbot.waitUntil(window.controllers.adding.sheet.field.edit.hasFocus)


def test_the_keys_are_those_of_the_settings(make_window: Make) -> None:
    window = make_window(keys={"add.url": ("Ctrl+Alt+F12",), "add.files": ()})
    words = _words(window.controllers.empty_page)
    assert "Ctrl+Alt+F12" in words
    assert "Ctrl+L" not in words
    assert "choose files" not in words


def test_with_articles_but_none_open_it_is_calm(make_window: Make, add: Add) -> None:
    add("One")
    page = make_window(choosing=False).controllers.empty_page
    assert page.title() == "Choose an article"
    assert not page.add.isVisible()


def test_it_goes_when_an_article_opens_and_returns_afterwards(make_window: Make, add: Add) -> None:
    one = add("One")
    window = make_window(choosing=False)
    page = window.controllers.empty_page
    window.navigation.open(one.id)
    assert page.isHidden()
    window.navigation.open_nothing()
    assert page.isVisible()
    window.navigation.open_nothing("Queue finished\nWell done.")
    assert page.isHidden()


def test_it_follows_the_shelf_and_the_library(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    library.set_state([one.id], State.ARCHIVE)
    window = make_window(choosing=False)
    page = window.controllers.empty_page
    assert page.title() == "Nothing waits to be read"
    window.shelves.select("archive")
    assert page.title() == "Choose an article"
    window.shelves.select("queue")
    assert page.title() == "Nothing waits to be read"
    library.add(Clipping("https://example.org/two", "Two", html="<p>x</p>"))
    window.refresh()
    assert page.title() == "Choose an article"


@pytest.mark.parametrize("size", [(420, 320), (640, 480), (1280, 820), (2560, 1440)])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_no_part_is_cut_at_any_size(
    make_window: Make, size: tuple[int, int], direction: Qt.LayoutDirection, theme: str
) -> None:
    window = make_window(theme=theme)
    window.setLayoutDirection(direction)
    window.resize(*size)
    QApplication.processEvents()
    page = window.controllers.empty_page
    assert page.geometry() == window.viewer.rect()
    for part in page.findChildren(QWidget):
        if part.isVisible():
            place = QRect(part.mapTo(page, QPoint(0, 0)), part.size())
            assert page.rect().contains(place), part.objectName()
            if part.hasHeightForWidth():
                assert part.height() >= part.heightForWidth(part.width())
