"""Pages are turned like those of a book: no line is cut, and the line that is read stays."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look

_TEXT = "\n\n".join(
    [f"Word{n} and some more words that fill a line or two of the column, which is narrow." * 2
     if n % 9 else f"## Heading {n}" for n in range(1, 160)]
    + ["| a | b |\n|---|---|\n" + "\n".join(f"| cell {n} | value |" for n in range(60))]
    + ["    code\n" * 80, "[a link](https://example.org/) at the end"]
)  # fmt: skip
_HEBREW = "\n\n".join(
    f"שומר המגדלור כתב בספר שלו {n} מילים על הים ועל הרוח. " * 4 for n in range(90)
)


@pytest.fixture
def show(
    qtbot: QtBot, pictures: Pictures, look: Look, add: Callable[..., Article]
) -> Callable[..., Viewer]:
    def show(columns: int, wide: int = 700, *, markdown: str = _TEXT) -> Viewer:
        viewer = Viewer(pictures, look)
        qtbot.addWidget(viewer)
        viewer.resize(wide, 600)
        viewer.show()
        title = "Keepers" if markdown is _TEXT else "שומר המגדלור"
        viewer.show_article(add(title, markdown))
        viewer.set_paged(columns)
        qtbot.waitUntil(lambda: viewer.document_ready)
        return viewer

    return show


def _lines(viewer: Viewer) -> list[tuple[float, float]]:
    """Return the ends of all lines of text in the document."""
    found, block = [], viewer.page.firstBlock()
    while block.isValid():
        top = viewer.page.documentLayout().blockBoundingRect(block).top()
        for number in range(block.layout().lineCount() if block.text() else 0):
            line = block.layout().lineAt(number)
            if line.height() > 4:  # Qt has a low paragraph beside a table
                found.append((top + line.y(), top + line.y() + line.height()))
        block = block.next()
    return found


def _shown(viewer: Viewer) -> list[tuple[float, float]]:
    assert viewer.spread is not None
    return [view.page[:2] for view in viewer.spread.views()]


@pytest.mark.parametrize(("columns", "wide"), [(1, 700), (2, 1300)])
def test_pages_show_every_line_once_and_whole(
    show: Callable[..., Viewer], columns: int, wide: int
) -> None:
    viewer = show(columns, wide)
    pages = _shown(viewer)
    assert len(pages) == columns
    while viewer.spread and viewer.spread.turn(1):
        pages += _shown(viewer)
    assert viewer.progress() == 1.0
    high = viewer.viewport().height()
    assert all(bottom - top <= high + 1 for top, bottom in pages)
    for top, bottom in _lines(viewer):
        middle = (top + bottom) / 2
        holding = [page for page in pages if page[0] <= middle < page[1]]
        assert len(holding) == 1
        assert holding[0][0] - 1 <= top
        assert bottom <= holding[0][1] + 1


def test_the_line_stays_through_sizes_zoom_and_modes(show: Callable[..., Viewer]) -> None:
    viewer = show(1)
    for _ in range(7):
        viewer.page_down()
    here = viewer.anchor().position
    changes: list[Callable[[], object]] = [
        lambda: viewer.resize(1300, 500), lambda: viewer.set_paged(2), viewer.zoom_in,
        lambda: viewer.set_paged(0), viewer.zoom_out, lambda: viewer.set_paged(1),
    ]  # fmt: skip
    for change in changes:
        change()
        assert viewer.anchor().position == here
        place = QPointF(viewer.cursorRect(viewer.cursor_over(here, here)).center())
        assert viewer.viewport().rect().contains(place.toPoint())


def test_two_columns_need_a_wide_window(show: Callable[..., Viewer]) -> None:
    viewer = show(2, 640)
    assert len(_shown(viewer)) == 1
    viewer.resize(1300, 600)
    assert len(_shown(viewer)) == 2


@pytest.mark.parametrize(
    ("markdown", "onwards"), [(_TEXT, Qt.Key.Key_Right), (_HEBREW, Qt.Key.Key_Left)]
)
def test_keys_wheel_and_clicks_at_the_edges_turn(
    qtbot: QtBot, show: Callable[..., Viewer], markdown: str, onwards: Qt.Key
) -> None:
    viewer = show(1, markdown=markdown)
    spread = viewer.spread
    assert spread is not None
    for key in (onwards, Qt.Key.Key_PageDown, Qt.Key.Key_Down):
        qtbot.keyClick(viewer, key)
    assert spread.number == 3
    at_end = QPoint(viewer.width() - 5 if onwards == Qt.Key.Key_Right else 5, 300)
    QTest.mouseClick(viewer, Qt.MouseButton.LeftButton, pos=at_end)
    assert spread.number == 4
    qtbot.keyClick(viewer, Qt.Key.Key_End)
    assert spread.is_at_end
    qtbot.keyClick(viewer, Qt.Key.Key_Home)
    assert spread.number == 0


def test_the_mouse_selects_in_the_second_column(show: Callable[..., Viewer]) -> None:
    viewer = show(2, 1300)
    assert viewer.spread is not None
    second = viewer.spread.views()[1]
    start = viewer.page.documentLayout().hitTest(
        QPointF(40, second.page.top + 2), Qt.HitTestAccuracy.FuzzyHit
    )
    block = viewer.page.findBlock(start + 200)
    word = viewer.cursor_over(block.position(), block.position() + 4)
    at = viewer.cursorRect(word).center()
    assert at.x() > viewer.viewport().width() / 2
    QTest.mouseDClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=at - QPoint(4, 0))
    assert viewer.textCursor().selectedText() == block.text().split()[0]


def test_what_is_searched_comes_with_its_page(show: Callable[..., Viewer]) -> None:
    viewer = show(2, 1300)
    found = viewer.page.find("Word130")
    viewer.show_cursor(found)
    (top, _), (_, bottom) = _shown(viewer)
    block = viewer.page.findBlock(found.position())
    assert top <= viewer.page.documentLayout().blockBoundingRect(block).top() < bottom
    viewer.show_cursor(QTextCursor(viewer.page))
    assert viewer.spread is not None
    assert viewer.spread.number == 0


def test_the_label_counts_the_pages(qtbot: QtBot, show: Callable[..., Viewer]) -> None:
    viewer = show(1)
    qtbot.waitUntil(lambda: " of " in viewer.page_label())
    first, count = viewer.page_label().split(" of ")
    assert (first, int(count) > 10) == ("1", True)
    viewer.set_paged(0)
    assert viewer.page_label() == ""


def test_a_place_is_on_its_page_or_out_of_sight(show: Callable[..., Viewer]) -> None:
    viewer = show(2, 1300)
    first, second = _shown(viewer)
    area = viewer.viewport().rect()
    for top, bottom in _lines(viewer)[:90:2]:
        middle = (top + bottom) / 2
        at = viewer.page.documentLayout().hitTest(QPointF(40, middle), Qt.HitTestAccuracy.FuzzyHit)
        cursor = viewer.cursorRect(viewer.cursor_over(at, at))
        text = viewer.area_of(at, at + 1)
        assert area.intersects(cursor) == (first[0] <= middle < second[1])
        if area.intersects(cursor):
            assert (cursor.center().x() > area.center().x()) == (middle > first[1])
            assert viewer.cursorForPosition(cursor.center()).position() == at
            assert text.adjusted(-1, 0, 1, 0).intersects(cursor)
        else:
            assert text.isEmpty()


@pytest.mark.parametrize("columns", [1, 2])
def test_whatever_is_gone_to_is_seen(show: Callable[..., Viewer], columns: int) -> None:
    viewer = show(columns, 1300)
    area = viewer.viewport().rect()
    for top, bottom in _lines(viewer)[10:130:3]:
        middle = QPointF(40, (top + bottom) / 2)
        at = viewer.page.documentLayout().hitTest(middle, Qt.HitTestAccuracy.FuzzyHit)
        viewer.show_cursor(viewer.cursor_over(at, at + 1))
        assert area.contains(viewer.cursorRect().center())
        assert area.contains(viewer.area_of(at, at + 1).center())


def test_the_first_line_of_a_page_begins_it(show: Callable[..., Viewer]) -> None:
    viewer = show(1, markdown=_HEBREW)
    viewer.page_down()
    assert viewer.anchor().offset < 1
