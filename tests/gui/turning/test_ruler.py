"""The reading ruler is a band of whole lines, and goes with the pointer or the keys."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.gui.turning.ruler import Ruler
from reader.gui.window import Window
from reader.model import Article

_HEBREW = "\n\n".join("שומר המגדלור כתב בספר שלו מילים על הים ועל הרוח. " * 8 for _ in range(30))


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], add: Callable[..., Article]) -> Window:
    add("One", "\n\n".join("Some words of an article. " * 30 for _ in range(40)))
    window = make_window(ruler=True, ruler_lines=1)
    window.activateWindow()
    qtbot.waitUntil(lambda: window.viewer.hasFocus() and window.viewer.document_ready)
    return window


def _ruler(window: Window) -> Ruler:
    return window.controllers.page.ruler


def test_it_follows_the_pointer_and_has_as_many_lines_as_chosen(window: Window) -> None:
    QTest.mouseMove(window.viewer.viewport(), QPoint(100, 300))
    one = _ruler(window).band()
    assert one.top() < 300 < one.bottom()
    window.qactions["page.ruler_lines"].trigger()
    window.store.flush()
    _ruler(window).set_lines(3)
    three = _ruler(window).band()
    assert three.top() < one.top() < one.bottom() < three.bottom()


@pytest.mark.parametrize(("columns", "words"), [(0, ""), (2, ""), (0, _HEBREW), (2, _HEBREW)])
def test_down_goes_through_all_lines(
    qtbot: QtBot, window: Window, add: Callable[..., Article], columns: int, words: str
) -> None:
    if words:
        window.navigation.open(add("שומר המגדלור", words).id)
        qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.viewer.set_paged(columns)
    ruler = _ruler(window)
    seen = list[int]()
    for _ in range(60):
        qtbot.keyClick(window.viewer, Qt.Key.Key_Down)
        assert window.viewer.rect().contains(ruler.band())
        seen.append(ruler._line_at(ruler._at).position)
    assert seen == sorted(set(seen))
    for before, after in pairwise(seen):
        block = window.viewer.page.findBlock(before)
        line = block.layout().lineForTextPosition(before - block.position())
        end = block.position() + line.textStart() + line.textLength()
        assert after in (end, end + 1), "it leaves no line out"
