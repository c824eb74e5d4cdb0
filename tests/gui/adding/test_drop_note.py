"""Dragging over the window invites to drop; things of the window itself are not added again."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QApplication

from reader.gui.window import Window

Make = Callable[..., Window]
_COPY, _LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def _mime(*, text: str = "", html: str = "", url: str = "") -> QMimeData:
    made = QMimeData()
    if text:
        made.setText(text)
    if html:
        made.setHtml(html)
    if url:
        made.setUrls([QUrl(url)])
    return made


def _enter(window: Window, mime: QMimeData) -> bool:
    event = QDragEnterEvent(QPoint(9, 9), _COPY, mime, _LEFT, _NONE)
    event.ignore()
    QApplication.sendEvent(window, event)
    return event.isAccepted()


@pytest.mark.parametrize(
    "mime",
    [_mime(text="words"), _mime(html="<p>x</p>"), _mime(url="file:///a.md"),
     _mime(url="https://example.org/", text="https://example.org/")],
)  # fmt: skip
def test_the_note_is_there_while_something_is_dragged(make_window: Make, mime: QMimeData) -> None:
    window = make_window()
    note = window.controllers.adding.drop_note
    assert _enter(window, mime)
    assert note.isVisible()
    assert note.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    QApplication.sendEvent(window, QDragLeaveEvent())
    assert note.isHidden()


def test_the_note_goes_with_the_drop(make_window: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    window = make_window()
    came: list[QMimeData] = []
    monkeypatch.setattr(window.controllers.adding, "mime", came.append)
    mime = _mime(text="words")
    _enter(window, mime)
    QApplication.sendEvent(window, QDropEvent(QPointF(9, 9), _COPY, mime, _LEFT, _NONE))
    assert window.controllers.adding.drop_note.isHidden()
    assert len(came) == 1


def test_nothing_is_invited_that_cannot_be_added(make_window: Make) -> None:
    window = make_window()
    assert not _enter(window, QMimeData())
    assert window.controllers.adding.drop_note.isHidden()


def test_what_is_dragged_from_the_window_itself_is_left_alone(
    make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    monkeypatch.setattr(QDragEnterEvent, "source", lambda _: window.list)
    assert not _enter(window, _mime(text="https://example.org/a"))
    assert window.controllers.adding.drop_note.isHidden()
