"""Pictures of the page are enlarged over the window, one after the other."""

from collections.abc import Callable
from io import BytesIO

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, QPointF, QSize, Qt
from PySide6.QtGui import QGuiApplication, QTextCursor
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.document.images import Loaded, Part
from reader.gui.pictures.enlarged import Enlarged
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping

WORDS = "<p>Some words stand between the pictures of this article.</p>" * 12


def _bytes(size: tuple[int, int], form: str = "PNG", colour: str = "red") -> bytes:
    out = BytesIO()
    Image.new("RGB", size, colour).save(out, form)
    return out.getvalue()


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], library: Library) -> Window:
    one = library.keep_picture(_bytes((300, 200)), "png")
    two = library.keep_picture(_bytes((200, 200), colour="blue"), "png")
    bad = library.keep_picture(b"\x89PNG\r\n\x1a\n nothing", "png")
    html = (
        f'{WORDS}<figure><p><img src="{one}" width="300" height="200" alt="A map"></p>'
        "<figcaption>The course of a ship.</figcaption></figure>"
        f'<p><a href="https://example.org/big"><img src="{two}" width="200" height="200"'
        f' alt="A sea"></a></p><p><img src="" alt="A tower"></p>'
        f'<p><img src="{bad}" width="90" height="90" alt="Broken"></p>{WORDS}'
    )
    library.add(Clipping("https://example.org/one", "One", html=html, words=300))
    made = make_window()
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    made.activateWindow()
    made.viewer.setFocus()
    return made


def _press(qtbot: QtBot, window: Window, number: int) -> None:
    """Click on a picture of the page, which comes into sight before."""
    viewer, view = window.viewer, window.controllers.page.pictures
    cursor = QTextCursor(viewer.page)
    cursor.setPosition(view._pictures()[number].position)
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.value() + viewer.cursorRect(cursor).top() - 50)
    at = viewer.cursorRect(cursor).topLeft() + QPoint(30, 40)
    qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=at)


def _view(window: Window) -> Enlarged:
    return window.controllers.page.pictures.view


def _read(qtbot: QtBot, view: Enlarged) -> None:
    qtbot.waitUntil(lambda: not view.canvas._base.isNull() or bool(view.canvas._message))


def test_a_click_enlarges_and_esc_returns_to_the_line(qtbot: QtBot, window: Window) -> None:
    _press(qtbot, window, 0)
    view, line = _view(window), window.viewer.verticalScrollBar().value()
    assert view.isVisible()
    assert view.geometry() == window.rect()
    assert view.place.text() == "Picture 1 of 4"
    assert view.caption.text() == "The course of a ship."
    assert view.accessibleName().startswith("A map. Picture 1 of 4")
    qtbot.keyClick(view, Qt.Key.Key_Delete)
    qtbot.keyClick(view, Qt.Key.Key_Right)
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert not view.isVisible()
    assert window.viewer.verticalScrollBar().value() == line
    assert QApplication.focusWidget() is window.viewer
    assert window.article is not None


def test_arrows_walk_through_all_and_say_what_is_wrong(qtbot: QtBot, window: Window) -> None:
    window.controllers.page.pictures.enlarge_nearest()
    view = _view(window)
    captions, messages = [], []
    for _ in range(4):
        _read(qtbot, view)
        captions.append(view.caption.text())
        messages.append(view.canvas._message)
        qtbot.keyClick(view, Qt.Key.Key_Right)
    assert captions == ["The course of a ship.", "A sea", "A tower", "Broken"]
    assert messages[:2] == ["", ""]
    assert "not downloaded" in messages[2]
    qtbot.waitUntil(lambda: "cannot be read" in view.canvas._message)
    qtbot.keyClick(view, Qt.Key.Key_Home)
    assert view.place.text() == "Picture 1 of 4"


def test_a_link_around_a_picture_is_followed_with_ctrl_alone(qtbot: QtBot, window: Window) -> None:
    followed: list[str] = []
    window.viewer.link_activated.disconnect()
    window.viewer.link_activated.connect(followed.append)
    _press(qtbot, window, 1)
    view = _view(window)
    assert view.isVisible()
    assert followed == []
    view.link.click()
    assert followed == ["https://example.org/big"]
    assert not view.isVisible()


def test_it_is_zoomed_and_copied_by_keys(qtbot: QtBot, window: Window) -> None:
    window.controllers.page.pictures.enlarge_nearest()
    view = _view(window)
    _read(qtbot, view)
    qtbot.keyClick(view, Qt.Key.Key_1)
    assert view.scale.text() == "100 %"
    for _ in range(8):
        qtbot.keyClick(view, Qt.Key.Key_Plus)
    framing = view.canvas.framing
    assert framing is not None
    assert framing.is_larger
    qtbot.keyClick(view, Qt.Key.Key_0)
    assert view.canvas.framing is not None
    assert not view.canvas.framing.is_larger
    qtbot.keyClick(view, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert QGuiApplication.clipboard().image().size() == QSize(300, 200)
    assert view.messages.text() == "Picture copied."
    QGuiApplication.clipboard().clear()


def test_a_click_on_the_ground_closes(qtbot: QtBot, window: Window) -> None:
    window.controllers.page.pictures.enlarge_nearest()
    view = _view(window)
    _read(qtbot, view)
    at = QPointF(4, 4).toPoint()
    qtbot.mouseClick(view.canvas, Qt.MouseButton.LeftButton, pos=at)
    assert not view.isVisible()


def test_a_part_of_a_huge_picture_is_read_in_bounds(window: Window, library: Library) -> None:
    name = library.keep_picture(_bytes((6000, 4000), "JPEG"), "jpg")
    images, most = window.context.images, 500_000
    whole = images.read(Part(name, most))
    assert whole.size == QSize(6000, 4000)
    assert whole.image.width() * whole.image.height() <= most * 1.01
    from PySide6.QtCore import QRect

    part = images.read(Part(name, most, QRect(5000, 3000, 400, 300)))
    assert part.image.size() == QSize(400, 300)
    missing = images.read(Part("0" * 64 + ".png", most))
    assert isinstance(missing, Loaded)
    assert missing.image.isNull()
