"""Code, pictures and tables of the page can be pressed, by the pointer and by the keyboard."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader.body.blocks import Body, Code, Paragraph, Text
from reader.body.to_html import to_html
from reader.gui.viewer.page_tools import Tool, Use
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Clipping

CODE = "def a():\n\treturn  1\n\n    # end"
TABLE = "<table><tr><td>1</td><td>2</td></tr><tr><td>3</td><td>4</td></tr></table>"


@pytest.fixture
def window(qtbot: QtBot, make_window: Callable[..., Window], library: Library) -> Window:
    blocks = (Paragraph((Text("one", link="https://example.org/1"),)), Code(CODE, "py"))
    html = f"{to_html(Body(blocks))}\n{TABLE}\n<p>The end.</p>"
    library.add(Clipping("https://example.org/one", "One", html=html, words=300))
    made = make_window()
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    made.viewer.setFocus()
    return made


def _tools(window: Window) -> list[Tool]:
    return window.viewer.parts.tools.tools(window.viewer.page, QRectF(0, 0, 2000, 3000))


def test_copy_gives_the_code_as_it_is(qtbot: QtBot, window: Window) -> None:
    copy, table = _tools(window)
    assert (copy.use, table.use) == (Use.COPY, Use.OPEN)
    at = copy.area.center() - QPointF(0, window.viewer.verticalScrollBar().value())
    qtbot.mouseClick(window.viewer.viewport(), Qt.MouseButton.LeftButton, pos=at.toPoint())
    assert QGuiApplication.clipboard().text() == CODE
    assert not window.viewer.textCursor().hasSelection()
    QGuiApplication.clipboard().clear()


def test_a_small_table_shows_its_tool_below_the_pointer(window: Window) -> None:
    _, table = _tools(window)
    tools = window.viewer.parts.tools
    assert table.waits
    assert tools.point(window.viewer.page, table.around.center())
    assert not tools.is_over
    assert tools.point(window.viewer.page, table.area.center())
    assert tools.is_over
    assert tools.point(window.viewer.page, None)


def test_tab_comes_to_all_in_their_order_and_return_presses(qtbot: QtBot, window: Window) -> None:
    viewer, pressed = window.viewer, []
    viewer.parts.tool_pressed.disconnect()
    viewer.parts.tool_pressed.connect(lambda use, _: pressed.append(use))
    for _ in range(3):
        qtbot.keyClick(viewer, Qt.Key.Key_Tab)
        if viewer.textCursor().selectedText() != "one":
            qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert pressed == [Use.COPY, Use.OPEN]
    qtbot.keyClick(viewer, Qt.Key.Key_Tab, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(viewer, Qt.Key.Key_Return)
    assert pressed == [Use.COPY, Use.OPEN, Use.COPY]


@pytest.mark.parametrize("columns", [0, 1])
def test_space_turns_the_page_unless_something_seen_has_the_keyboard(
    qtbot: QtBot, window: Window, columns: int
) -> None:
    window.resize(900, 320)
    viewer, pressed = window.viewer, []
    viewer.set_paged(columns)
    viewer.parts.tool_pressed.disconnect()
    viewer.parts.tool_pressed.connect(lambda use, _: pressed.append(use))
    while not viewer.parts.tools.focused_at(viewer.textCursor()):
        qtbot.keyClick(viewer, Qt.Key.Key_Tab)
    there = viewer.anchor()
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    assert pressed == [Use.COPY]
    assert viewer.anchor() == there
    viewer.verticalScrollBar().setValue(0)
    top = viewer.anchor()
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: viewer.anchor() != top)
    assert pressed == [Use.COPY]
