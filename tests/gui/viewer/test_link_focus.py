"""The link that the keyboard went to has a ring."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look

Add = Callable[..., Article]
TEXT = "Before [one](https://example.org/1) and [two words](https://example.org/2).\n\nAfter."


@pytest.fixture
def viewer(qtbot: QtBot, pictures: Pictures, look: Look, add: Add) -> Iterator[Viewer]:
    made = Viewer(pictures, look)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.show_article(add("One", TEXT))
    qtbot.waitUntil(lambda: made.document_ready)
    made.setFocus()
    yield made
    made.show_nothing("")


def _accent(viewer: Viewer) -> int:
    """Return how many pixels of the page have the colour of the focus."""
    image, colour = viewer.viewport().grab().toImage(), viewer.look.theme.accent
    head = viewer.head.geometry()
    return sum(
        image.pixelColor(x, y).name() == colour
        for y in range(head.bottom() + 1, image.height())
        for x in range(image.width())
    )


def test_each_link_has_it_in_turn(qtbot: QtBot, viewer: Viewer) -> None:
    without = _accent(viewer)
    for words in ("one", "two words"):
        qtbot.keyClick(viewer, Qt.Key.Key_Tab)
        assert viewer.textCursor().selectedText() == words
        assert viewer._link_focus.is_shown
        assert _accent(viewer) > without + 50
        (rect,) = viewer._link_focus.rects()
        cursor = viewer.textCursor()
        seen = viewer.cursorRect(cursor).translated(0, viewer.verticalScrollBar().value())
        assert rect.top() <= seen.center().y() <= rect.bottom()
        assert rect.right() == pytest.approx(seen.left(), abs=2)


def test_it_is_gone_with_the_focus_a_click_or_another_page(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    for leave in (
        viewer.clearFocus,
        lambda: qtbot.mouseClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(5, 590)),
        viewer.selectAll,
        lambda: viewer.show_article(add("Two", "Other [one](https://example.org/1).")),
    ):
        viewer.setFocus()
        viewer.moveCursor(QTextCursor.MoveOperation.Start)
        qtbot.keyClick(viewer, Qt.Key.Key_Tab)
        assert viewer._link_focus.is_shown
        leave()
        assert not viewer._link_focus.is_shown
        viewer.grab()


def test_a_link_over_several_lines_has_a_ring_on_each(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    viewer.resize(300, 600)
    words = "many words of a link that is long " * 4
    viewer.show_article(add("Three", f"Before [{words}](https://example.org/1)."))
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.setFocus()
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    rects = viewer._link_focus.rects()
    assert len(rects) > 2
    assert all(rect.width() > 0 for rect in rects)
    assert [rect.top() for rect in rects] == sorted({rect.top() for rect in rects})


def test_return_follows_the_link_that_has_it(qtbot: QtBot, viewer: Viewer) -> None:
    followed: list[str] = []
    viewer.link_activated.connect(followed.append)
    qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert followed == ["https://example.org/1"]


def test_tab_goes_on_from_what_is_seen(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    parts = (f"[{n}](https://example.org/{n}) " + "words " * 150 for n in range(40))
    viewer.show_article(add("Long", "\n\n".join(parts)))
    qtbot.waitUntil(lambda: viewer.document_ready)
    bar, words = viewer.verticalScrollBar(), list[str]()
    viewer.page.size()  # lays out all of it
    qtbot.waitUntil(lambda: bar.maximum() > 3000)
    for share, key in ((0.5, Qt.Key.Key_Tab), (0.8, Qt.Key.Key_Backtab)):
        bar.setValue(round(share * bar.maximum()))
        before = bar.value()
        qtbot.keyClick(viewer, key)
        words.append(viewer.textCursor().selectedText())
        assert bar.value() == pytest.approx(before, abs=viewer.viewport().height())
    assert 15 < int(words[0]) < int(words[1]) < 36
