"""The page: reading, zooming and resizing never lose the line; nothing is loaded or opened."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QTextCursor, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import themes
from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.gui.viewer.scroll_anchor import anchor_at_top, y_of
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look

Add = Callable[..., Article]
LONG = "\n\n".join(f"## Part {n}\n\n" + f"Sentence {n} of a long article. " * 30 for n in range(60))


@pytest.fixture
def viewer(qtbot: QtBot, pictures: Pictures, look: Look) -> Iterator[Viewer]:
    made = Viewer(pictures, look)
    qtbot.addWidget(made)
    made.resize(900, 600)
    made.show()
    yield made
    made.show_nothing("")


def _ready(qtbot: QtBot, viewer: Viewer, article: Article) -> None:
    viewer.show_article(article)
    qtbot.waitUntil(lambda: viewer.document_ready)
    viewer.page.size()  # Qt lays out as far as it is seen: now to the end
    QApplication.processEvents()


def test_the_beginning_is_there_at_once_and_the_rest_comes(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    viewer.show_article(add("Long", LONG * 8))
    assert "Part 0" in viewer.page.toPlainText()
    assert not viewer.document_ready
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert "Sentence 59" in viewer.page.toPlainText()


def test_the_head_says_what_the_article_is(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add("A <b>title</b>"))
    assert viewer.page.toPlainText().startswith("A <b>title</b>")
    assert viewer.page.firstBlock().blockFormat().headingLevel() == 1
    assert "0 views" in viewer.head.texts()


@pytest.mark.parametrize("width", [420, 900, 1600])
def test_the_column_is_centred_and_never_too_wide(
    qtbot: QtBot, viewer: Viewer, add: Add, width: int
) -> None:
    viewer.resize(width, 600)
    _ready(qtbot, viewer, add("Long", LONG))
    margins = viewer.viewportMargins()
    assert abs(margins.left() - margins.right()) <= 7
    letters = viewer.fontMetrics().averageCharWidth()
    assert viewer.page.textWidth() <= min(width, 66 * letters * 2)
    assert viewer.horizontalScrollBar().maximum() == 0


@pytest.mark.parametrize("way", [1, -1])
def test_ten_steps_of_zoom_leave_the_line_where_it_is(
    qtbot: QtBot, viewer: Viewer, add: Add, way: int
) -> None:
    _ready(qtbot, viewer, add("Long", LONG))
    bar = viewer.verticalScrollBar()
    viewer.set_zoom(1.2)
    bar.setValue(bar.maximum() // 2)
    anchor = anchor_at_top(viewer)
    for _ in range(10):
        viewer.zoom_in() if way > 0 else viewer.zoom_out()
        offset = y_of(viewer, anchor.position) - bar.value()
        assert abs(offset - anchor.offset) <= 1
    for _ in range(10):
        viewer.zoom_out() if way > 0 else viewer.zoom_in()
    assert viewer.zoom == pytest.approx(1.2, abs=0.02)
    assert abs(y_of(viewer, anchor.position) - bar.value() - anchor.offset) <= 1


def test_everything_grows_together(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    viewer.resize(2000, 600)
    _ready(qtbot, viewer, add("Long", LONG + "\n\n```python\nx = 1\n```\n\n> Quote\n"))
    wide, high = viewer.page.textWidth(), viewer.page.size().height()
    viewer.set_zoom(1.5)
    assert viewer.page.textWidth() == pytest.approx(wide * 1.5, rel=0.01)
    assert viewer.page.size().height() == pytest.approx(high * 1.5, rel=0.03)


def test_zoom_has_bounds(viewer: Viewer) -> None:
    for _ in range(60):
        viewer.zoom_in()
    assert viewer.zoom == 4.0
    for _ in range(90):
        viewer.zoom_out()
    assert viewer.zoom == 0.4
    viewer.reset_zoom()
    assert viewer.zoom == 1.0


def test_ctrl_and_wheel_zoom(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add("Long", LONG))
    place = QPointF(300, 300)
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, 120), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.ControlModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.viewport(), event)
    assert viewer.zoom == pytest.approx(1.1)


def test_another_width_and_look_keep_the_line(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add("Long", LONG))
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 3)
    anchor = anchor_at_top(viewer)
    viewer.resize(500, 600)
    QApplication.processEvents()
    assert abs(y_of(viewer, anchor.position) - bar.value() - anchor.offset) <= 1
    place = viewer.page.anchor_at(anchor.position)
    viewer.set_look(Look(themes.theme("dark"), font="sans"))
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert viewer.page.anchor_at(anchor_at_top(viewer).position).block == place.block


def test_the_place_is_told_and_found_again(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    article = add("Long", LONG)
    _ready(qtbot, viewer, article)
    told: list[tuple[int, Anchor, float]] = []
    viewer.moved.connect(lambda *what: told.append(what))
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    other = add("Other")
    viewer.show_article(other)
    assert told, "it is told before another article comes"
    id, place, progress = told[-1]
    assert (id, 0.3 < progress < 0.7) == (article.id, True)
    _ready(qtbot, viewer, article._replace(position=place))
    assert viewer.page.anchor_at(anchor_at_top(viewer).position).block == pytest.approx(
        place.block, abs=1
    )


def test_a_line_that_was_half_read_is_whole_when_it_is_found_again(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    article = add("Long", LONG)
    _ready(qtbot, viewer, article)
    bar = viewer.verticalScrollBar()
    for below in range(0, 30, 5):
        bar.setValue(bar.maximum() // 2 + below)
        line, place = anchor_at_top(viewer).position, viewer.place()
        viewer.show_article(add("Other"))
        _ready(qtbot, viewer, article._replace(position=place))
        found = anchor_at_top(viewer)
        assert found.position == line
        assert abs(found.offset) <= 1


def test_the_line_that_a_link_goes_to_is_whole(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    notes = "".join(f"\n[^{n}]: Note {n}.\n" for n in range(1, 90))
    text = " ".join(f"Text[^{n}]" for n in range(1, 90))
    _ready(qtbot, viewer, add("Notes", f"{text}\n\n{LONG}\n{notes}"))
    viewer._follow(QUrl("#n-fn:2"))
    note = viewer.page.position_of_anchor("n-fn:2")
    assert note is not None
    assert 0 <= y_of(viewer, note) - viewer.verticalScrollBar().value() < 40


def test_space_turns_pages_and_goes_on_at_the_end(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add("Long", LONG))
    ended: list[bool] = []
    viewer.ended.connect(lambda: ended.append(True))
    bar = viewer.verticalScrollBar()
    high = viewer.viewport().height()
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: not viewer._turning.running)
    first = bar.value()
    assert 0.7 * high < first < high
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: bar.value() == 3 * first, timeout=2000)
    for _ in range(3):
        qtbot.keyClick(viewer, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    qtbot.waitUntil(lambda: bar.value() == 0)
    bar.setValue(bar.maximum())
    assert viewer.progress() == 1.0
    qtbot.keyClick(viewer, Qt.Key.Key_Space)
    assert ended == [True]


def test_a_note_is_followed_and_left_again(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add("Notes", f"Text[^1]\n\n{LONG}\n\n[^1]: The note.\n"))
    before = viewer.place()
    viewer._follow(QUrl("#n-fn:1"))
    QApplication.processEvents()
    bar = viewer.verticalScrollBar()
    assert bar.value() > bar.maximum() - viewer.height()
    viewer.return_to(before)
    assert bar.value() == 0


@pytest.mark.parametrize("link", ["file:///etc/passwd", "javascript:x", "data:text/html,x", "x.md"])
def test_no_other_link_goes_anywhere(qtbot: QtBot, viewer: Viewer, add: Add, link: str) -> None:
    _ready(qtbot, viewer, add())
    told: list[str] = []
    viewer.link_activated.connect(told.append)
    before = viewer.page.toPlainText()
    viewer.anchorClicked.emit(QUrl(link))
    viewer.setSource(QUrl(link))
    assert told == []
    assert viewer.page.toPlainText() == before
    viewer.anchorClicked.emit(QUrl("https://example.org/ä b"))
    assert told == ["https://example.org/%C3%A4%20b"]


def test_copied_text_is_the_authors(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    word = "x" * 900
    _ready(qtbot, viewer, add("Word", f"before {word} after[^1]\n\n[^1]: n"))
    viewer.selectAll()
    data = viewer.createMimeDataFromSelection()
    assert word in data.text()
    written = (data.text(), data.html(), bytes(data.data("text/markdown").data()).decode())
    assert not [sign for text in written for sign in "\u200b\u2060\xad\ufffc" if sign in text]


def test_nothing_is_shown_kindly(qtbot: QtBot, viewer: Viewer, add: Add) -> None:
    _ready(qtbot, viewer, add())
    viewer.show_nothing("Nothing <b>here</b>\nAdd something.")
    assert viewer.article_id is None
    assert not viewer.grab().isNull()


def test_views_change_in_the_head_without_moving_the_page(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    article = add("Long", LONG)
    _ready(qtbot, viewer, article)
    viewer.verticalScrollBar().setValue(1000)
    viewer.update_article(article._replace(views=12))
    assert "12 views" in viewer.head.texts()
    assert viewer.verticalScrollBar().value() == 1000
    cursor = QTextCursor(viewer.page.find("Part 30"))
    assert viewer.page.position_of(viewer.page.anchor_at(cursor.position())) == cursor.position()


# ---- tables wider than the column

TABLE = f"""{LONG}

| {" | ".join(f"Version{n}" for n in range(9))} |
|{"---|" * 9}
| {" | ".join(f"{n}3456789" for n in range(9))} |

{LONG}"""


def _tables_edges(viewer: Viewer) -> tuple[float, float]:
    """Return the left and the right edge of the text of the table, in the window."""
    layout = viewer.page.documentLayout()
    cells = [viewer.page.find(text).block() for text in ("Version0", "Version8")]
    rects = [layout.blockBoundingRect(cell) for cell in cells]
    left = viewer.viewport().x()
    return left + rects[0].left(), left + rects[1].right()


@pytest.mark.parametrize("width", [1100, 1600])
def test_a_table_grows_into_the_window_and_the_text_stays_in_its_column(
    qtbot: QtBot, viewer: Viewer, add: Add, width: int
) -> None:
    viewer.resize(width, 600)
    _ready(qtbot, viewer, add("Table", TABLE))
    left, right = _tables_edges(viewer)
    assert 36 <= left < right <= width - 36
    assert right - left > viewer.page.column
    first = viewer.page.firstBlock().layout().lineAt(0)
    assert first.width() == viewer.page.column
    text = viewer.viewport().x() + first.x()
    assert text == pytest.approx((width - viewer.page.column) / 2, abs=12)
    assert viewer.horizontalScrollBar().maximum() == 0


def test_the_line_is_kept_when_a_table_grows_out_of_the_column_or_back(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    _ready(qtbot, viewer, add("Table", TABLE))
    cursor = viewer.page.find("Version4")
    viewer.show_cursor(cursor)
    before = viewer.anchor()
    for width in (1500, 640, 1100, 900):
        viewer.resize(width, 600)
        QApplication.processEvents()
        assert viewer.anchor() == before
        top = y_of(viewer, before.position) - viewer.verticalScrollBar().value()
        assert top == pytest.approx(before.offset, abs=2)


def test_words_of_a_table_are_selected_where_they_are_seen(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    viewer.resize(1400, 600)
    _ready(qtbot, viewer, add("Table", TABLE))
    for text in ("Version0", "13456789", "83456789"):
        cursor = viewer.page.find(text)
        viewer.show_cursor(cursor)
        place = viewer.cursorRect(cursor).center() - QPoint(12, 0)
        qtbot.mouseDClick(viewer.viewport(), Qt.MouseButton.LeftButton, pos=place)
        assert viewer.textCursor().selectedText() == text


def test_articles_without_a_wide_table_are_as_wide_as_their_column(
    qtbot: QtBot, viewer: Viewer, add: Add
) -> None:
    viewer.resize(1400, 600)
    _ready(qtbot, viewer, add("Table", TABLE))
    assert viewer.page.textWidth() > viewer.page.column
    _ready(qtbot, viewer, add("Long", LONG))
    assert viewer.page.textWidth() == viewer.page.column
    assert viewer.viewport().width() - viewer.page.column <= 12
