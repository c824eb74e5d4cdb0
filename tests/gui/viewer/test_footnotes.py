"""Notes that open by their marks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QCursor, QGuiApplication, QTextCursor
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.viewer.footnotes import Footnotes
from reader.gui.viewer.note_view import NoteView
from reader.gui.window import Window
from reader.model import Article

_TEXT = (
    "Greenland is large.[^1] So is Africa.[^two]\n\n"
    + "Hay and more hay. " * 400
    + "\n\n[^1]: It has *2.17* million, see [a map](https://example.org/map), "
    "and more.[^two]\n\n    A second paragraph.\n\n[^two]: Africa has 30.4 million.\n"
)


@pytest.fixture
def notes(
    qtbot: QtBot, add: Callable[..., Article], make_window: Callable[..., Window]
) -> tuple[Window, Footnotes]:
    add("Notes", _TEXT)
    window = make_window()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.viewer.page.size()  # lays out all of it
    qtbot.waitUntil(lambda: window.viewer.verticalScrollBar().maximum() > 1000)
    return window, window.controllers.page.footnotes


def _place(window: Window, name: str) -> QPoint:
    """Return the place of the first mark of a note in the viewport."""
    at = window.viewer.page.position_of_anchor(name)
    assert at is not None, window.viewer.page._composer.places
    start, end = (window.viewer.cursorRect(window.viewer.cursor_over(n, n)) for n in (at, at + 2))
    return start.united(end).center()


def _view(notes: Footnotes) -> NoteView:
    assert notes.popover is not None and notes.popover.isVisible()
    return notes.popover.findChildren(NoteView)[0]


def _press(notes: Footnotes, name: str) -> None:
    assert notes.popover is not None
    next(each for each in notes.popover.findChildren(QPushButton) if each.text() == name).click()


def test_a_click_opens_the_note_and_esc_gives_the_keyboard_back(
    qtbot: QtBot, notes: tuple[Window, Footnotes]
) -> None:
    window, footnotes = notes
    before = window.viewer.verticalScrollBar().value()
    place = _place(window, "r-fn:1")
    qtbot.mouseClick(window.viewer.viewport(), Qt.MouseButton.LeftButton, pos=place)
    view = _view(footnotes)
    assert view.words.splitlines() == [
        "It has 2.17 million, see a map, and more.2",
        "A second paragraph.",
    ]
    assert view.accessibleName() == "Note 1" and view.hasFocus()
    assert window.viewer.verticalScrollBar().value() == before
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert footnotes.popover is None and window.viewer.hasFocus()


def test_return_on_a_mark_opens_it_and_its_links_work_as_on_the_page(
    qtbot: QtBot, notes: tuple[Window, Footnotes]
) -> None:
    window, footnotes = notes
    window.viewer.link_activated.disconnect()
    qtbot.keyClick(window.viewer, Qt.Key.Key_Tab)
    assert footnotes.popover is None, "focusing opens nothing"
    qtbot.keyClick(window.viewer, Qt.Key.Key_Return)
    view = _view(footnotes)
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    with qtbot.waitSignal(window.viewer.link_activated) as followed:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert followed.args == ["https://example.org/map"]
    qtbot.keyClick(view, Qt.Key.Key_Tab)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert _view(footnotes).words == "Africa has 30.4 million."


def test_go_to_note_and_copy(qtbot: QtBot, notes: tuple[Window, Footnotes]) -> None:
    window, footnotes = notes
    qtbot.mouseClick(
        window.viewer.viewport(), Qt.MouseButton.LeftButton, pos=_place(window, "r-fn:two")
    )
    _press(footnotes, "Copy")
    assert QGuiApplication.clipboard().text() == "Africa has 30.4 million."
    _press(footnotes, "Go to Note")
    assert footnotes.popover is None
    assert window.viewer.verticalScrollBar().value() > 0
    assert window.viewer.viewport().rect().contains(_place(window, "n-fn:two"))


def test_hovering_opens_it_without_the_keyboard_until_the_pointer_leaves(
    qtbot: QtBot, notes: tuple[Window, Footnotes]
) -> None:
    window, footnotes = notes
    viewport = window.viewer.viewport()
    QCursor.setPos(viewport.mapToGlobal(_place(window, "r-fn:1")))
    footnotes.hover("n-fn:1")
    assert footnotes.popover is None
    qtbot.waitUntil(lambda: footnotes.popover is not None)
    assert _view(footnotes).words.startswith("It has")
    assert window.viewer.hasFocus()
    QCursor.setPos(viewport.mapToGlobal(QPoint(2, viewport.height() - 2)))
    qtbot.waitUntil(lambda: footnotes.popover is None)


def test_a_note_opens_beside_its_mark_in_the_second_column(
    qtbot: QtBot, add: Callable[..., Article], make_window: Callable[..., Window]
) -> None:
    more = "\n\n".join("Hay and more hay. " * 40 + f"[^{n}] And so on." for n in range(16))
    add("Notes", more + "".join(f"\n\n[^{n}]: A single note." for n in range(16)))
    window = make_window()
    window.resize(1500, 800)
    viewer, footnotes = window.viewer, window.controllers.page.footnotes
    viewer.set_paged(2)
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.page_down()
    assert viewer.spread is not None
    start = _next_mark(window, viewer.spread.views()[1].page.top + 60)
    at = viewer.area_of(start, start + 1).center()
    assert at.x() > viewer.viewport().width() / 2
    QCursor.setPos(viewer.viewport().mapToGlobal(at))
    qtbot.mouseMove(viewer.viewport(), at)
    qtbot.waitUntil(lambda: footnotes.popover is not None)
    _check_place(window, footnotes, start, at)
    footnotes.close()
    here = viewer.anchor()
    viewer.grown.emit()
    assert viewer.anchor() == here, "nothing leads to the note"
    qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=at)
    _check_place(window, footnotes, start, at)


def _check_place(window: Window, footnotes: Footnotes, start: int, at: QPoint) -> None:
    assert footnotes.popover is not None
    assert footnotes._mark is not None and footnotes._mark.start == start
    place = window.viewer.viewport().mapTo(window, at)
    sheet = footnotes.popover._frame.geometry()
    assert abs(sheet.center().x() - place.x()) < sheet.width() / 2
    assert min(abs(sheet.top() - place.y()), abs(sheet.bottom() - place.y())) < 40


def _next_mark(window: Window, y: float) -> int:
    """Return the position of the first link below a height of the document."""
    layout = window.viewer.page.documentLayout()
    at = layout.hitTest(QPointF(8, y), Qt.HitTestAccuracy.FuzzyHit)
    cursor = window.viewer.cursor_over(at, at)
    while not cursor.charFormat().isAnchor():
        cursor.movePosition(QTextCursor.MoveOperation.NextCharacter)
    return cursor.position()
