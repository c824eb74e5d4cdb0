"""Where the parts of the window are at twelve sizes: nothing outside, nothing over another."""

from collections.abc import Callable, Iterator
from itertools import combinations
from threading import Event

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLabel,
    QMainWindow,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.gui.jobs.bar import JobsBar
from reader.gui.widgets.plain_text import Label
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.session import pick
from reader.model import Article
from reader.progress import Report

Make = Callable[..., Window]
Add = Callable[..., Article]

_SIZES = (
    (420, 320), (530, 800), (640, 480), (700, 420), (800, 600), (899, 700), (900, 700),
    (1024, 768), (1280, 720), (1366, 768), (1920, 1080), (2560, 600),
)  # fmt: skip


@pytest.fixture
def window(qtbot: QtBot, make_window: Make, add: Add, library: Library) -> Window:
    """Give a window in which every bar is shown."""
    for number in range(9):
        words = "Some words of the text. " * (90 if number < 2 else 1)
        add(f"Article {number} with a title of several words", words)
    library.tags.add([1, 2], "art/music")
    made = make_window()
    made.activateWindow()
    made.controllers.page.find_bar.open_bar()
    made.controllers.page.find_bar._edit.setText("words")
    made.context.messages.warn(
        "Archived “Article 1 with a title of several words”.", "Undo", lambda: None
    )
    return made


def _parts(top: QWidget) -> Iterator[QWidget]:
    """Return the visible parts within another, those within them too."""
    for each in top.children():
        if isinstance(each, QWidget) and each.isVisible() and not each.isWindow():
            yield each
            yield from _parts(each)


_ICON_ONLY = Qt.ToolButtonStyle.ToolButtonIconOnly


def _above(part: QWidget) -> QWidget:
    parent = part.parentWidget()
    assert parent is not None
    return parent


def _name(part: QWidget) -> str:
    said = part.text() if isinstance(part, QLabel | QAbstractButton) else ""
    return f"{type(part).__name__} {part.objectName()} {said}".strip()


def _outside(window: QWidget) -> Iterator[str]:
    for each in _parts(window):
        parent = _above(each)
        if isinstance(parent.parentWidget(), QAbstractScrollArea):
            continue  # it scrolls
        if not parent.rect().contains(each.geometry()) and not each.geometry().isEmpty():
            yield f"{_name(each)} {each.geometry()} is outside {_name(parent)} {parent.rect()}"


def _overlapping(window: QWidget) -> Iterator[str]:
    for parent in [window, *_parts(window)]:
        layout = parent.layout()
        if layout is None or isinstance(parent, QMainWindow):
            continue
        beside = [item.widget() for n in range(layout.count()) if (item := layout.itemAt(n))]
        shown = [each for each in beside if each is not None and each.isVisible()]
        for one, other in combinations(shown, 2):
            if one.geometry().intersects(other.geometry()):
                yield f"{_name(one)} is over {_name(other)}"


def _cut(window: QWidget) -> Iterator[str]:
    for each in _parts(window):
        if (
            isinstance(each, QToolButton)
            and each.toolButtonStyle() is _ICON_ONLY
            and (not each.icon().isNull())
        ):
            continue
        if isinstance(each, QAbstractButton) and each.text():
            wide = each.fontMetrics().horizontalAdvance(each.text().replace("&&", "&"))
            if wide > each.width():
                yield f"{_name(each)} is cut: {wide} in {each.width()}"
        if isinstance(each, Label) and not each.wordWrap():
            layout = _above(each).layout()
            spare = _spare(_above(each), each)
            wide = each.fontMetrics().horizontalAdvance(each.text())
            if layout is not None and wide > each.width() and spare > wide - each.width():
                yield f"{_name(each)} is cut though there is room: {each.width()} of {wide}"
        if isinstance(each, Label) and each.wordWrap():
            need = each.heightForWidth(each.width())
            if need > each.height():
                yield f"{_name(each)} is cut below: {need} in {each.height()}"


def _spare(parent: QWidget, part: QWidget) -> int:
    """Return how much room in the line of a part nobody takes."""
    line = QRect(0, part.y(), parent.width(), part.height())
    beside = [
        each
        for each in parent.children()
        if isinstance(each, QWidget) and each.isVisible() and each.geometry().intersects(line)
    ]
    return parent.width() - 60 - sum(each.width() for each in beside)


def test_nothing_is_outside_nothing_overlaps_and_no_text_is_cut_where_there_is_room(
    qtbot: QtBot, window: Window
) -> None:
    end, faults = Event(), []

    def work(report: Report) -> None:
        report(3, 9, "Three of nine")
        end.wait(30)

    window.context.jobs.start("A work in the background", work, lambda _: None)
    bar = window.middle.findChild(JobsBar)
    assert isinstance(bar, JobsBar)
    qtbot.waitUntil(bar.isVisible)
    for size in _SIZES:
        window.resize(*size)
        for _ in range(3):
            QApplication.processEvents()
        assert (window.width(), window.height()) == size
        found = [*_outside(window), *_overlapping(window), *_cut(window)]
        faults += [f"{size}: {each}" for each in found]
    end.set()
    assert faults == []


def test_everything_fits_into_the_smallest_window(window: Window) -> None:
    window.controllers.session.start(pick(window.library, 20).rows)
    window.resize(420, 320)
    QApplication.processEvents()
    assert [*_outside(window)] == []


def test_every_bar_is_there_and_in_its_order(window: Window) -> None:
    window.controllers.session.start(pick(window.library, 20).rows)
    QApplication.processEvents()

    def top(part: QWidget) -> int:
        assert part.isVisible(), part
        return part.mapTo(window, QPoint(0, 0)).y()

    middle = [window.search_field, window.list_head, window.list]
    page = [
        window.controllers.session.bar,
        window.viewer,
        window.controllers.page.find_bar,
    ]
    for column in (middle, page):
        tops = [top(each) for each in column]
        assert tops == sorted(set(tops))
    lefts = [each.mapTo(window, QPoint(0, 0)).x() for each in (window.shelves, window.list)]
    assert lefts[0] < lefts[1] < window.viewer.mapTo(window, QPoint(0, 0)).x()


@pytest.mark.parametrize("size", [0.8, 1.0, 1.7])
def test_rows_fill_the_list_one_below_the_other(window: Window, size: float) -> None:
    window.list.set_size(size)
    QApplication.processEvents()
    listing = window.list
    rects = [listing.visualRect(listing.model().index(row, 0)) for row in range(4)]
    for one, other in combinations(rects, 2):
        assert not one.intersects(other)
    assert {rect.width() for rect in rects} == {listing.viewport().width()}
    assert {rect.height() for rect in rects} == {listing.row_height}
    assert [after.top() - rects[0].top() for after in rects] == [
        n * listing.row_height for n in range(4)
    ]
