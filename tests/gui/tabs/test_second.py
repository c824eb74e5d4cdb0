"""Whatever the page offers, on the second one and in a window of its own."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader import themes
from reader.anchor import Anchor
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.gui.tabs.second import SecondPage
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping

_WORDS = "\n\n".join(f"Paragraph {n}. " + "Some words of it. " * 9 for n in range(40))
_NONE = Qt.KeyboardModifier.NoModifier


@pytest.fixture
def window(make_window: Callable[..., Window], library: Library, qtbot: QtBot) -> Window:
    out = BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    picture = library.keep_picture(out.getvalue(), "png")
    noted = to_html(from_markdown(f"Whales sing.[^1]\n\n{_WORDS}\n\n[^1]: Not all of them."))
    figure = f'</p><p><img src="{picture}" width="300" height="200" alt="A map"></p>'
    html = noted.replace("</p>", figure, 1)
    second = library.add(Clipping("https://example.org/two", "Two", html=html, words=900)).id
    first = library.add(Clipping("https://example.org/one", "One", html=noted, words=900)).id
    made = make_window()
    made.resize(1700, 900)
    made.open(second)
    made.open(first)
    return made


def _second(window: Window) -> Article:
    id = window.library.find("https://example.org/two")
    assert id is not None
    return window.library.article(id)


@pytest.fixture(params=["beside", "window"])
def page(request: pytest.FixtureRequest, window: Window, qtbot: QtBot) -> SecondPage:
    """Return a page with the second article that has the keyboard."""
    around, id = window.controllers.around, _second(window).id
    if request.param == "beside":
        around.beside.open(id)
        made = around.beside.page
        window.activateWindow()
    else:
        around.article_windows.open(id)
        made = around.article_windows.open_ones[0].page
        around.article_windows.open_ones[0].activateWindow()
    made.setFocus()
    qtbot.waitUntil(made.viewer.hasFocus)
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    return made


def _place(page: SecondPage, words: str) -> QPoint:
    cursor = page.viewer.page.find(words)
    cursor.setPosition(cursor.selectionStart() + 1)
    return page.viewer.cursorRect(cursor).center()


def test_keys_and_menu_act_on_the_page_with_the_keyboard(
    window: Window, page: SecondPage, qtbot: QtBot
) -> None:
    viewer, first = page.viewer, window.viewer
    qtbot.keySequence(viewer, "Ctrl+F")
    bar = page.controllers.find_bar
    assert bar.isVisible() and bar.window() is page.window()
    assert "find_bar" not in window.controllers.page.__dict__
    QTest.keyClick(viewer, Qt.Key.Key_F3)
    bar.close_bar()
    viewer.setFocus()
    viewer.setTextCursor(viewer.page.find("Whales"))
    assert window.qactions["page.copy"].isEnabled()
    qtbot.keySequence(viewer, "Ctrl+C")
    assert QGuiApplication.clipboard().text() == "Whales"
    zoom = viewer.zoom
    qtbot.keySequence(viewer, "Ctrl++")
    assert viewer.zoom > zoom
    assert (first.zoom > zoom) is (page.window() is window)
    viewer.setTextCursor(QTextCursor(viewer.page))
    viewer.customContextMenuRequested.emit(_place(page, "Paragraph 0"))
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    texts = [each.text().replace("&", "") for each in menu.actions()]
    menu.close()
    assert "Find in Article…" in texts
    assert not any("Read Later" in text for text in texts), "that is about the first page"


def test_notes_and_pictures_open_over_it(window: Window, page: SecondPage, qtbot: QtBot) -> None:
    viewer, left = page.viewer, Qt.MouseButton.LeftButton
    at = viewer.page.position_of_anchor("r-fn:1")
    assert at is not None
    mark = viewer.cursorRect(viewer.cursor_over(at, at)).center() + QPoint(2, 0)
    QTest.mouseClick(viewer.viewport(), left, _NONE, mark)
    popover = page.controllers.footnotes.popover
    assert popover is not None and popover.isVisible() and popover.window() is page.window()
    popover.close_popover()
    window.qactions["pictures.enlarge"].trigger()
    view = page.controllers.pictures.view
    assert view.isVisible() and view.window() is page.window()
    view.close_view()
    assert viewer.hasFocus()
    window.activateWindow()
    window.go_to_page()
    qtbot.waitUntil(window.viewer.hasFocus)
    assert window.controllers.page_in_use is window.controllers.page


def test_place_and_views_are_stored(
    window: Window, page: SecondPage, library: Library, qtbot: QtBot
) -> None:
    bar = page.viewer.verticalScrollBar()
    bar.triggerAction(bar.SliderAction.SliderMove)
    bar.setValue(bar.maximum())
    place = page.viewer.place()
    window.close()
    window.context.jobs.close()
    stored = library.article(_second(window).id)
    assert (stored.position, stored.views) == (place, 1)
    assert stored.progress == 1


def test_each_page_has_the_look_of_its_article(
    window: Window, page: SecondPage, qtbot: QtBot
) -> None:
    window.qactions["look.article"].trigger()
    window.qactions["theme.dark"].trigger()
    assert page.viewer.look.theme.dark
    assert not window.viewer.look.theme.dark
    page.setVisible(False)
    page.setVisible(True)
    window.context.settings.update(theme="sepia")
    qtbot.waitUntil(lambda: window.viewer.look.theme == window.colours == themes.theme("sepia"))
    part, dark = page.viewer.viewport(), themes.theme("dark").page.lower()
    qtbot.waitUntil(lambda: part.palette().base().color().name() == dark)
    window.context.settings.update(paged=True)
    assert page.viewer.spread is not None


def test_an_original_page_stays_and_is_not_the_article(window: Window, library: Library) -> None:
    article, beside = _second(window), window.controllers.around.beside
    beside.page.show_original(article._replace(html="<p>All of it.</p>" * 90))
    window.context.history.changed.emit()
    assert "All of it" in beside.page.viewer.page.toPlainText()
    bar = beside.page.viewer.verticalScrollBar()
    bar.setValue(bar.maximum())
    beside.page.viewer.tell_place()
    window.close()
    window.context.jobs.close()
    assert library.article(article.id).position == Anchor()


def test_settings_change_after_a_window_with_a_find_bar_was_closed(
    window: Window, page: SecondPage, qtbot: QtBot
) -> None:
    page.controllers.find_bar.open_bar()
    if page.window() is not window:
        page.window().close()
        qtbot.waitUntil(lambda: not window.controllers.around.article_windows.open_ones)
    window.context.settings.update(find_case=True)
    assert window.controllers.page in window.controllers.pages
