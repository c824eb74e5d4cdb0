"""A second page beside the first, and articles in windows of their own."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from reader.gui.tabs.beside import Beside
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State

_LONG = "\n\n".join(f"Paragraph {n}. " + "Some words of the text. " * 20 for n in range(40))


@pytest.fixture
def articles(add: Callable[..., Article]) -> list[Article]:
    return [add(title, _LONG) for title in ("One", "Two")]


@pytest.fixture
def window(make_window: Callable[..., Window], articles: list[Article]) -> Window:
    made = make_window()
    made.resize(1700, 800)
    for article in articles:
        made.open(article.id)
    return made


@pytest.fixture
def beside(window: Window) -> Beside:
    return window.controllers.around.beside


def _second(beside: Beside) -> str:
    article = beside.page.viewer.article
    return article.title if article and beside.part.isVisible() else ""


def test_the_article_goes_beside_the_one_before_it(window: Window, beside: Beside) -> None:
    window.qactions["tabs.beside"].trigger()
    assert (window.windowTitle(), _second(beside)) == ("One – Reader", "Two")
    beside.swap()
    assert (window.windowTitle(), _second(beside)) == ("Two – Reader", "One")
    window.viewer.zoom_in()
    assert beside.page.viewer.zoom == window.viewer.zoom
    window.context.settings.update(theme="dark")
    window.appearance.show_theme()
    assert beside.page.viewer.look.theme.dark


def test_the_second_page_folds_where_two_have_no_room(window: Window, beside: Beside) -> None:
    window.qactions["tabs.beside"].trigger()
    window.resize(1000, 800)
    assert not beside.part.isVisible()
    window.resize(1700, 800)
    assert beside.part.isVisible()
    beside.close()
    assert not beside.part.isVisible()


def test_the_keyboard_reaches_the_second_page_and_comes_back(
    window: Window, beside: Beside
) -> None:
    window.qactions["tabs.beside"].trigger()
    window.activateWindow()
    window.go_to_page()
    window.qactions["window.next_pane"].trigger()
    assert window.focusWidget() is beside.page.viewer
    QTest.keyClick(beside.page.viewer, Qt.Key.Key_Escape)
    assert window.focusWidget() is window.viewer


def test_an_article_that_is_deleted_leaves_the_second_page(
    window: Window, beside: Beside, library: Library, articles: list[Article]
) -> None:
    window.qactions["tabs.beside"].trigger()
    library.set_state([articles[1].id], State.TRASH)
    library.trash.delete([articles[1].id])
    window.context.history.changed.emit()
    assert not beside.is_open


def test_windows_close_with_the_main_window(window: Window, articles: list[Article]) -> None:
    windows = window.controllers.around.article_windows
    for article in (*articles, *articles):
        windows.open(article.id)
    titles = [each.windowTitle() for each in windows.open_ones]
    assert titles == ["One – Reader", "Two – Reader"], "the same article has one window"
    window.close()
    assert not any(each.isVisible() for each in windows.open_ones)
