"""The menu of the page knows the link, the picture and the words at its place."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu
from pytestqt.qtbot import QtBot

from reader.gui.action import unmarked
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Query, State

LONG = "https://example.org/" + "a" * 200
PICTURE = ["Copy Picture", "Save Picture As…", "Open Picture"]
SELECTED = ["Copy", "Copy as Markdown", "Copy as Quote", "Find in Article…"]


def _picture() -> bytes:
    out = BytesIO()
    Image.new("RGB", (120, 80), (200, 30, 30)).save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[None]:
    yield
    QGuiApplication.clipboard().clear()


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], library: Library) -> Window:
    name = library.keep_picture(_picture(), "png")
    html = (
        '<p>First <a href="https://аpple.com/x">a link &amp; more</a> then words.</p>'
        f'<p>Go <a href="{LONG}">far</a>, write <a href="mailto:a@example.org">a letter</a>,'
        ' jump <a href="#end">down</a>.</p>'
        f'<p><img src="{name}" width="120" height="80" alt="A red/field"></p>'
        f'<p>Inline <img src="{name}" width="120" height="80" alt=""> picture.</p>'
        '<p id="end">The end.</p>'
    )
    library.add(Clipping("https://example.org/one", "One", html=html, words=300))
    made = make_window()
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    made.activateWindow()
    made.viewer.setFocus()
    return made


def _over(window: Window, words: str) -> QPoint:
    """Return a point of the page in the middle of some words."""
    found = window.viewer.page.find(words)
    middle = QTextCursor(window.viewer.page)
    middle.setPosition((found.selectionStart() + found.selectionEnd()) // 2)
    return window.viewer.cursorRect(middle).center()


def _over_picture(window: Window, number: int) -> QPoint:
    text = window.viewer.page.toRawText()
    position = [at for at, sign in enumerate(text) if sign == "\ufffc"][number]
    before = QTextCursor(window.viewer.page)
    before.setPosition(position)
    rect = window.viewer.cursorRect(before)
    return QPoint(rect.left() + 60, rect.bottom() - 20)


def _open(window: Window, at: QPoint) -> QMenu:
    """Open the menu as a click with the right button does."""
    place = window.viewer.viewport()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, at, place.mapToGlobal(at))
    QApplication.sendEvent(place, event)
    return _menu()


def _menu() -> QMenu:
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    return menu


def _texts(menu: QMenu) -> list[str]:
    found = [unmarked(action.text()) for action in menu.actions() if not action.isSeparator()]
    menu.close()
    return found


def _press(menu: QMenu, text: str) -> None:
    action = next(each for each in menu.actions() if unmarked(each.text()) == text)
    menu.setActiveAction(action)
    QApplication.processEvents()
    menu.close()
    action.trigger()


def test_the_page_has_what_concerns_the_article(window: Window) -> None:
    assert _texts(_open(window, _over(window, "then words"))) == [
        "Copy Link", "Open Original", "Find in Article…", "Zoom In", "Zoom Out", "Read Later",
        "Print…", "Export…", "Select All",
    ]  # fmt: skip


def test_a_link_shows_where_it_leads_and_can_be_saved(window: Window) -> None:
    menu = _open(window, _over(window, "link"))
    shown, *texts = [action.text() for action in menu.actions() if not action.isSeparator()]
    assert shown == "https://аpple.com (xn--pple-43d.com)/x"
    assert texts == ["Open Link", "Save Link to Reader", "Copy Link Address"]
    assert menu.actions()[1].toolTip() == shown
    _press(menu, "Copy Link Address")
    assert QGuiApplication.clipboard().text() == "https://xn--pple-43d.com/x"
    assert window.context.messages.text() == "Link address copied."
    shown, *_ = _texts(_open(window, _over(window, "far")))
    assert len(shown) == 60
    assert shown.endswith("…")


def test_a_saved_link_is_an_article_of_the_queue(
    qtbot: QtBot, window: Window, library: Library, add: Callable[..., Article]
) -> None:
    link = "http://127.0.0.1:9/article"  # nothing answers there
    window.navigation.open(add("Links", f"Read [this]({link}).").id)
    _press(_open(window, _over(window, "this")), "Save Link to Reader")
    qtbot.waitUntil(lambda: bool(window.context.messages.text()))
    rows = library.rows(Query(state=State.QUEUE))
    assert link in [library.article(row.id).url for row in rows], window.context.messages.text()


def test_other_links_are_not_offered_to_be_saved(qtbot: QtBot, window: Window) -> None:
    assert _texts(_open(window, _over(window, "a letter"))) == [
        "mailto:a@example.org", "Open Link", "Copy Link Address",
    ]  # fmt: skip
    assert _texts(_open(window, _over(window, "down"))) == ["Open Link"]
    _press(_open(window, _over(window, "a letter")), "Copy Link Address")
    assert QGuiApplication.clipboard().text() == "a@example.org"


def test_open_link_follows_it(qtbot: QtBot, window: Window) -> None:
    with qtbot.waitSignal(window.viewer.anchorClicked) as told:
        _press(_open(window, _over(window, "down")), "Open Link")
    assert told.args == [QUrl("#end")]


@pytest.mark.parametrize("number", [0, 1])
def test_a_picture_is_copied_saved_and_opened(
    qtbot: QtBot,
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    number: int,
) -> None:
    at = _over_picture(window, number)
    assert _texts(_open(window, at)) == ["Enlarge Picture", *PICTURE]
    _press(_open(window, at), "Copy Picture")
    data = QGuiApplication.clipboard().mimeData()
    assert data is not None
    assert data.hasImage()
    assert bytes(data.data("image/png").data()) == _picture()
    assert (QGuiApplication.clipboard().image().width()) == 120
    asked: list[str] = []

    def choose(_parent: object, _title: str, name: str, _filter: str) -> tuple[str, str]:
        asked.append(name)
        return str(tmp_path / "saved"), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", choose)
    _press(_open(window, at), "Save Picture As…")
    assert asked == [["A red field.png", "One.png"][number]]
    assert (tmp_path / "saved.png").read_bytes() == _picture()
    assert window.context.messages.text() == "Picture saved as saved.png."
    opened: list[QUrl] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url)
        return True

    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", open_url)
    _press(_open(window, at), "Open Picture")
    assert Path(opened[0].toLocalFile()).read_bytes() == _picture()
    assert "images" not in Path(opened[0].toLocalFile()).parts, "only a copy leaves the library"


def test_words_beside_a_picture_are_no_picture(window: Window) -> None:
    assert "Copy Picture" not in _texts(_open(window, _over(window, "Inline")))
    assert "Copy Picture" not in _texts(_open(window, _over(window, "picture.")))
    right = _over_picture(window, 0) + QPoint(200, 0)
    assert "Copy Picture" not in _texts(_open(window, right))


def test_a_picture_that_cannot_be_saved_is_told(
    window: Window, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    wanted = str(tmp_path / "nowhere" / "x.png")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (wanted, ""))
    _press(_open(window, _over_picture(window, 0)), "Save Picture As…")
    assert window.context.messages.text().startswith("The picture could not be saved: No such file")


def test_a_selection_can_be_copied_found_and_searched(qtbot: QtBot, window: Window) -> None:
    window.viewer.setTextCursor(window.viewer.page.find("then words"))
    menu = _open(window, _over(window, "The end"))
    assert _texts(menu) == [
        *SELECTED, "Look Up “then words”", "Search All Articles for “then words”", "Select All",
    ]  # fmt: skip
    _press(_open(window, _over(window, "The end")), "Search All Articles for “then words”")
    assert window.search_field.text() == '"then words"'
    window.viewer.selectAll()
    search = _texts(_open(window, _over(window, "The end")))[4]
    assert search.endswith("…”")
    assert len(search) < 60


def test_signs_of_a_selection_are_only_signs(window: Window) -> None:
    window.viewer.setTextCursor(window.viewer.page.find("link & more"))
    menu = _open(window, _over(window, "The end"))
    assert "Search All Articles for “link & more”" in _texts(menu)


@pytest.mark.parametrize("menu_key", [False, True])
def test_the_keyboard_opens_the_menu_of_the_link_that_has_the_focus(
    qtbot: QtBot, window: Window, menu_key: bool
) -> None:
    qtbot.keyClick(window.viewer, Qt.Key.Key_Tab)
    assert window.viewer.textCursor().selectedText() == "a link & more"
    key = Qt.Key.Key_Menu if menu_key else Qt.Key.Key_F10
    shift = Qt.KeyboardModifier.NoModifier if menu_key else Qt.KeyboardModifier.ShiftModifier
    qtbot.keyClick(window.viewer, key, shift)
    menu = _menu()
    corner = window.viewer.viewport().mapFromGlobal(menu.pos())
    assert abs(corner.y() - window.viewer.cursorRect().center().y()) < 30
    texts = _texts(menu)
    assert texts[:4] == [
        "https://аpple.com (xn--pple-43d.com)/x", "Open Link", "Save Link to Reader",
        "Copy Link Address",
    ]  # fmt: skip
    assert texts[4:8] == SELECTED


def test_a_caret_that_is_out_of_sight_opens_it_in_the_middle(qtbot: QtBot, window: Window) -> None:
    window.resize(900, 320)
    bar = window.viewer.verticalScrollBar()
    bar.setValue(bar.maximum())
    area = window.viewer.viewport().rect()
    assert not area.contains(window.viewer.cursorRect().center())
    qtbot.keyClick(window.viewer, Qt.Key.Key_F10, Qt.KeyboardModifier.ShiftModifier)
    assert _menu().geometry().top() > window.viewer.mapToGlobal(QPoint(0, 0)).y() + 20
    assert "Print…" in _texts(_menu())


def test_an_empty_page_has_no_menu(window: Window) -> None:
    window.navigation.open_nothing()
    window.controllers.page.page_menu.open_at(QPoint(10, 10))
    assert QApplication.activePopupWidget() is None


@pytest.mark.parametrize("columns", [0, 2])
def test_the_keyboard_opens_the_menu_of_the_caret(
    qtbot: QtBot, window: Window, columns: int
) -> None:
    window.resize(1600, 700)
    viewer, places = window.viewer, list[QPoint]()
    viewer.set_paged(columns)
    viewer.setFocus()
    viewer.setTextCursor(viewer.page.find("a link & more"))
    viewer.customContextMenuRequested.connect(places.append)
    window.qactions["window.context_menu"].trigger()
    assert "Open Link" in _texts(_menu())
    assert places == [viewer.cursorRect().center()]
