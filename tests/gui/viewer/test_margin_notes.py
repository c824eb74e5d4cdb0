"""Notes beside the page stand by their marks, and cover nothing."""

from collections.abc import Callable, Sequence
from itertools import pairwise

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFont
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.library.highlights.test_store import mark

from reader.entries import Highlight
from reader.gui.viewer.footnotes import Mark
from reader.gui.viewer.margin_layout import (
    BETWEEN,
    Marked,
    Placed,
    Room,
    Size,
    Words,
    laid_out,
    stacked,
)
from reader.gui.viewer.margin_notes import MarginNotes
from reader.gui.viewer.note_marks import NoteMark
from reader.gui.viewer.note_view import NoteView
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article

_LONG = "A long story that nobody needs to know. " * 20
_TEXT = (
    "Greenland is large.[^1] So is Africa.[^2]\n\n"
    + "Hay and more hay.[^3] " * 40
    + f"\n\nAt last.[^4]\n\n[^1]: {_LONG}\n\n[^2]: Africa has *30.4* million.\n\n"
    "[^3]: Dry grass.\n\n[^4]: The end.\n"
)

Open = Callable[..., tuple[Window, MarginNotes]]


@pytest.fixture
def opened(qtbot: QtBot, add: Callable[..., Article], make_window: Callable[..., Window]) -> Open:
    def show(title: str = "Notes", text: str = _TEXT) -> tuple[Window, MarginNotes]:
        add(title, text)
        window = make_window()
        window.resize(1900, 800)
        qtbot.waitUntil(lambda: window.viewer.document_ready)
        return window, window.controllers.page.margin_notes

    return show


def _shown(qtbot: QtBot, notes: MarginNotes, count: int) -> Sequence[Placed]:
    qtbot.waitUntil(lambda: len(notes.shown()) == count)
    return notes.shown()


def _areas(notes: MarginNotes) -> list[QRect]:
    return [notes.area_of(each).translated(notes.pos()) for each in notes.shown()]


def test_notes_stand_beside_their_lines(qtbot: QtBot, opened: Open) -> None:
    window, notes = opened()
    viewer = window.viewer
    for columns in (0, 1):
        viewer.set_paged(columns)
        first, second, *_ = _shown(qtbot, notes, 4)
        assert [each.marked.mark.number for each in notes.shown()] == ["1", "2", "3", "4"]
        assert viewer.end_margin().contains(notes.geometry())
        line = viewer.cursorRect(viewer.cursor_over(*[first.marked.mark.start] * 2))
        line.translate(0, viewer.viewport().y())
        assert line.top() <= _areas(notes)[0].top() + 8 <= line.bottom()
        assert second.top >= first.bottom + BETWEEN
        assert notes._places.note(first).layout.text().endswith("…")
        assert notes._places.note(second).layout.text() == "Africa has 30.4 million."


def test_in_an_article_from_right_to_left_they_stand_on_the_left(
    qtbot: QtBot, opened: Open
) -> None:
    window, notes = opened("حراس المنارة", "كان حراس المنارة يكتبون.[^1]\n\n[^1]: انظر.\n")
    _shown(qtbot, notes, 1)
    assert notes.geometry().right() < window.viewer.viewport().x()


def test_there_are_none_without_room_in_two_columns_or_if_turned_off(
    qtbot: QtBot, opened: Open
) -> None:
    window, notes = opened()
    _shown(qtbot, notes, 4)
    window.viewer.set_paged(2)
    assert notes.shown() == []
    window.viewer.set_paged(0)
    _shown(qtbot, notes, 4)
    window.qactions["page.margin_notes"].trigger()
    qtbot.waitUntil(lambda: not notes.isVisible())
    window.qactions["page.margin_notes"].trigger()
    _shown(qtbot, notes, 4)
    window.resize(1100, 800)
    qtbot.waitUntil(lambda: not notes.isVisible())


def test_a_click_opens_a_note_and_esc_gives_the_keyboard_back(qtbot: QtBot, opened: Open) -> None:
    window, notes = opened()
    area = notes.area_of(_shown(qtbot, notes, 4)[0])
    window.viewer.setFocus()
    QTest.mouseMove(notes, area.center())
    assert notes._hovered == notes.shown()[0]
    QTest.mouseClick(notes, Qt.MouseButton.LeftButton, pos=area.center())
    popover = window.controllers.page.footnotes.popover
    assert popover is not None
    view = popover.findChildren(NoteView)[0]
    assert view.words == _LONG.strip()
    qtbot.keyClick(view, Qt.Key.Key_Escape)
    assert window.viewer.hasFocus()


def test_notes_of_highlights_are_not_covered(
    qtbot: QtBot, library: Library, add: Callable[..., Article], make_window: Callable[..., Window]
) -> None:
    article = add("Notes", _TEXT)
    mark(library, article.id, Highlight("Greenland is large.", "So it is.", "green"))
    window = make_window()
    window.resize(1900, 800)
    qtbot.waitUntil(lambda: bool(window.viewer.findChildren(NoteMark)))
    notes = window.controllers.page.margin_notes
    _shown(qtbot, notes, 4)
    taken = window.viewer.findChildren(NoteMark)[0].geometry()
    assert [each for each in _areas(notes) if each.adjusted(0, 4, 0, -4).intersects(taken)] == []


def _marked(base: float, name: str) -> Marked:
    return Marked(base, Mark(round(base), round(base) + 1, name), name)


@pytest.fixture
def story(qtbot: QtBot) -> Size:
    font = QFont()
    font.setPixelSize(10)
    return laid_out(Words(_LONG), font, 150, 7).size


def test_the_more_notes_the_fewer_lines_they_have(story: Size) -> None:
    room = Room(0, 1000, 200, ((300, 350),))
    for count, most in ((3, 7), (12, 4)):
        wanted = [(_marked(20 + 1000 / count * n, str(n)), story) for n in range(count)]
        placed = stacked(wanted, room)
        assert len(placed) == count and {each.lines for each in placed} == {most}
        assert placed[-1].bottom <= 1000
        assert all(one.bottom < other.top for one, other in pairwise(placed))
        assert all(each.bottom <= 300 or each.top >= 350 for each in placed)


def test_notes_without_room_are_left_out(story: Size) -> None:
    wanted = [(_marked(20 + n, str(n)), story) for n in range(90)]
    placed = stacked([*wanted, wanted[0]], Room(0, 1000, 200))
    assert 3 < len(placed) < 10
    assert {each.lines for each in placed} == {2}
    assert stacked(wanted, Room(0, 5, 200)) == ()
