"""Several articles in tabs: opened behind the page, shown at their lines, closed and restored."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.gui.tabs.tab import ROOM
from reader.gui.tabs.tabs import Tabs
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, State

_LONG = "\n\n".join(f"Paragraph {n}. " + "Some words of the text. " * 20 for n in range(40))
_MIDDLE = Qt.MouseButton.MiddleButton
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def articles(add: Callable[..., Article]) -> list[Article]:
    return [add(title, _LONG) for title in ("One", "Two", "Three")]


@pytest.fixture
def window(make_window: Callable[..., Window], articles: list[Article], qtbot: QtBot) -> Window:
    made = make_window()
    made.open(articles[0].id)
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    return made


@pytest.fixture
def tabs(window: Window) -> Tabs:
    return window.controllers.around.tabs


def _titles(tabs: Tabs) -> list[str]:
    """Return the titles in the bar, that of the tab on the page in brackets."""
    if tabs.bar.isHidden():
        return []
    shown = [each.title for each in tabs.bar.shown]
    return [f"[{title}]" if at == tabs.here else title for at, title in enumerate(shown)]


def _scroll(window: Window, pixels: int) -> str:
    bar = window.viewer.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderMove)
    bar.setValue(pixels)
    window.viewer.show_cursor(window.viewer.cursorForPosition(QPoint(50, 60)))
    return window.viewer.place().exact


def test_a_tab_opens_behind_the_page_and_the_bar_comes_with_the_second(
    window: Window, tabs: Tabs, articles: list[Article]
) -> None:
    assert _titles(tabs) == []
    tabs.open(articles[1].id)
    tabs.open(articles[2].id)
    assert _titles(tabs) == ["[One]", "Two", "Three"]
    assert window.article == articles[0]
    window.qactions["tabs.previous"].trigger()
    assert window.windowTitle() == "Three – Reader"
    tabs.open(articles[0].id)
    assert _titles(tabs) == ["[One]", "Two", "Three"], "no article is in two tabs"


def test_the_middle_button_and_ctrl_return_open_tabs(
    window: Window, tabs: Tabs, articles: list[Article], qtbot: QtBot
) -> None:
    row = window.list.visualRect(window.list.model().index(1, 0)).center()
    QTest.mouseClick(window.list.viewport(), _MIDDLE, _NONE, row)
    assert _titles(tabs) == ["[One]", "Two"]
    window.list.setFocus()
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    QTest.keyClick(window.list, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: window.article is not None and window.article.title == "Three")
    window.qactions["tabs.open"].trigger()
    assert _titles(tabs)[-1] == "[Three]", "the article on the page has a tab of its own"
    assert len(_titles(tabs)) == 3


def test_each_tab_keeps_its_line_and_its_way_back(
    window: Window, tabs: Tabs, articles: list[Article]
) -> None:
    words = _scroll(window, 700)
    tabs.open(articles[1].id)
    tabs.step(1)
    assert not window.viewer.verticalScrollBar().value()
    assert not window.navigation.before
    tabs.step(1)
    assert window.viewer.place().exact == words
    window.context.settings.update(theme="dark", size_pt=18.0)
    tabs.step(1)
    tabs.step(1)
    assert window.viewer.place().exact == words


def test_pages_are_kept_only_as_far_as_there_is_room(
    window: Window, tabs: Tabs, add: Callable[..., Article], qtbot: QtBot
) -> None:
    huge = add("Huge", "\n\n".join("Many words of a long text. " * 40 for _ in range(400)))
    for title in ("Four", "Five"):
        tabs.open(add(title, _LONG).id)
    tabs.open(huge.id)
    for _ in range(4):
        tabs.step(1)
        qtbot.waitUntil(lambda: window.viewer.document_ready)
    kept = [tab.kept for tab in tabs.tabs if tab.kept]
    assert len(kept) >= 2
    assert sum(each.size for each in kept) <= ROOM * len(tabs.tabs)
    before = tabs.tabs[1].kept
    tabs.show(1)
    assert before is not None
    assert window.viewer.page is before.document, "what is kept is not built again"


def test_closing_shows_the_neighbour_and_can_be_taken_back(
    window: Window, tabs: Tabs, articles: list[Article]
) -> None:
    tabs.open_all([articles[1].id, articles[2].id])
    window.qactions["tabs.close"].trigger()
    assert _titles(tabs) == ["[Two]", "Three"]
    tabs.close(1)
    assert _titles(tabs) == []
    window.qactions["tabs.close"].trigger()
    assert window.article is None
    assert window.isVisible(), "no tab closes the window"
    window.qactions["tabs.close"].trigger()
    for _ in range(3):
        window.qactions["tabs.reopen"].trigger()
    assert sorted(each.title for each in tabs.bar.shown) == ["One", "Three", "Two"]
    window.qactions["tabs.reopen"].trigger()
    assert "No tab" in window.context.messages.text()


def test_articles_that_go_lose_their_tabs(
    window: Window, tabs: Tabs, library: Library, articles: list[Article], qtbot: QtBot
) -> None:
    tabs.open_all([articles[1].id, articles[2].id])
    library.set_state([articles[1].id], State.TRASH)
    window.context.history.changed.emit()
    assert _titles(tabs) == ["[One]", "Three"]
    library.set_state([articles[0].id], State.TRASH)
    library.trash.delete([articles[0].id])
    window.context.history.changed.emit()
    qtbot.waitUntil(lambda: window.article is not None and window.article.title == "Three")
    assert _titles(tabs) == []


def test_undo_brings_the_article_of_a_tab_back(
    window: Window, tabs: Tabs, library: Library, articles: list[Article], qtbot: QtBot
) -> None:
    tabs.open_all([articles[1].id, articles[2].id])
    window.context.history.run(lambda: library.set_state([articles[1].id], State.TRASH))
    qtbot.waitUntil(lambda: _titles(tabs) == ["[One]", "Three"])
    window.qactions["history.undo"].trigger()
    qtbot.waitUntil(lambda: _titles(tabs) == ["[One]", "Two", "Three"])
    tabs.step(1)
    assert "Paragraph 3" in window.viewer.page.toPlainText()


def test_tabs_follow_another_process(
    window: Window, tabs: Tabs, library: Library, articles: list[Article], qtbot: QtBot
) -> None:
    tabs.open_all([articles[1].id, articles[2].id])
    tabs.step(1)
    tabs.step(-1)
    with Library.open(library.folder) as other:
        other.set_title(articles[1].id, "Zwei")
        other.set_state([articles[2].id], State.TRASH)
        other.trash.delete([articles[2].id])
    window._look_for_changes()
    qtbot.waitUntil(lambda: _titles(tabs) == ["[One]", "Zwei"])
    tabs.step(1)
    assert window.windowTitle() == "Zwei – Reader"


def test_the_tabs_are_there_again_at_the_next_start(
    window: Window,
    tabs: Tabs,
    library: Library,
    articles: list[Article],
    make_window: Callable[..., Window],
) -> None:
    tabs.open_all([articles[1].id, articles[2].id])
    tabs.step(1)
    stored = window.settings
    assert len(stored.tabs) == 3
    library.set_state([articles[2].id], State.TRASH)
    again = make_window(tabs=("nonsense", *stored.tabs, *stored.tabs), article=stored.article)
    assert _titles(again.controllers.around.tabs) == ["One", "[Two]"]
    alone = make_window(tabs=("nonsense",), article=stored.article)
    assert _titles(alone.controllers.around.tabs) == []
    assert alone.windowTitle() == "Two – Reader"


def test_a_link_to_an_article_of_the_library_opens_in_a_tab(
    window: Window, tabs: Tabs, library: Library, articles: list[Article], qtbot: QtBot
) -> None:
    html = f'<p><a href="{articles[1].url}">There</a> it is.</p>'
    id = library.add(Clipping("https://example.org/link", "Link", html=html, words=3)).id
    window.navigation.open(id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    at = window.viewer.cursorRect(window.viewer.page.find("There")).center() - QPoint(9, 0)
    QTest.mouseClick(window.viewer.viewport(), _MIDDLE, _NONE, at)
    assert _titles(tabs) == ["[Link]", "Two"]
