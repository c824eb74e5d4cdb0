"""Rows are dragged in the queue's own order: where the line shows, with the keyboard as well."""

from collections.abc import Callable
from functools import partial
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt
from PySide6.QtGui import (
    QDrag,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QMouseEvent,
    QStandardItem,
    QStandardItemModel,
)
from PySide6.QtWidgets import QApplication, QFrame
from pytestqt.qtbot import QtBot

from reader.gui.list.row_drag import ARTICLES, MovableRows, data_of, dragged_ids
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, Clipping, State

Make = Callable[..., Window]
Add = Callable[..., Article]

_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier


@pytest.fixture
def data() -> QMimeData:
    made = QMimeData()
    made.setData(ARTICLES, b"")
    return made


def order(library: Library) -> list[int]:
    return library.ids(SHELF_QUERIES["queue"])


def shown(window: Window) -> list[int]:
    rows = [window.list._articles.row(n) for n in range(window.list._articles.rowCount())]
    return [row.id for row in rows if row]


def is_shown(window: Window, expected: list[int]) -> bool:
    return order(window.library) == shown(window) == expected


def row_middle(window: Window, row: int, part: float) -> QPointF:
    high = window.list.row_height
    return QPointF(60, window.list.area_of(row).top() + part * high)


def drop(window: Window, data: QMimeData, at: QPointF) -> QDropEvent:
    event = QDropEvent(at, Qt.DropAction.MoveAction, data, _LEFT, _NONE)
    window.list.dropEvent(event)
    return event


def test_rows_are_dropped_where_the_line_is(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, data: QMimeData
) -> None:
    a, b, c, d, e = (add(f"Article {n}").id for n in range(5))
    window = make_window()
    window.list.select(a)
    drop(window, data, row_middle(window, 2, 0.8))
    qtbot.waitUntil(lambda: is_shown(window, [b, c, a, d, e]))
    assert "Moved in the queue" in window.context.messages.text()
    window.list.select(e)
    drop(window, data, row_middle(window, 0, 0.2))
    qtbot.waitUntil(lambda: is_shown(window, [e, b, c, a, d]))
    window.list.select(b)
    drop(window, data, row_middle(window, 4, 3.0))
    qtbot.waitUntil(lambda: is_shown(window, [e, c, a, d, b]))
    window.context.history.undo()
    qtbot.waitUntil(lambda: is_shown(window, [e, b, c, a, d]))


def test_several_rows_move_together_and_stay_selected(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, data: QMimeData
) -> None:
    a, b, c, d, e = (add(f"Article {n}").id for n in range(5))
    window = make_window()
    for row in (0, 3):
        rect = window.list.visualRect(window.list.model().index(row, 0))
        qtbot.mouseClick(
            window.list.viewport(),
            _LEFT,
            Qt.KeyboardModifier.ControlModifier if row else _NONE,
            rect.center(),
        )
    assert window.list.selected_ids() == [a, d]
    drop(window, data, row_middle(window, 4, 0.9))
    qtbot.waitUntil(lambda: is_shown(window, [b, c, e, a, d]))
    qtbot.waitUntil(lambda: window.list.selected_ids() == [a, d])
    assert [each.row() for each in window.list.selectionModel().selectedRows()] == [3, 4]


def test_a_line_shows_where_they_will_land_and_goes_with_the_pointer(
    qtbot: QtBot, make_window: Make, add: Add, data: QMimeData
) -> None:
    for number in range(40):
        add(f"Article {number:02}")
    window = make_window()
    listing = window.list
    plain = listing.grab().toImage()

    def move(at: QPointF) -> None:
        listing.dragMoveEvent(
            QDragMoveEvent(at.toPoint(), Qt.DropAction.MoveAction, data, _LEFT, _NONE)
        )

    move(row_middle(window, 1, 0.9))
    assert listing.grab().toImage() != plain
    top = listing.verticalScrollBar().value()
    move(QPointF(60, listing.viewport().height() - 3))
    qtbot.waitUntil(lambda: listing.verticalScrollBar().value() > top + 200)
    move(QPointF(60, listing.viewport().height() / 2))
    line = listing._line
    qtbot.wait(60)
    assert listing._line == line > 3, "away from the edge it stays under the pointer"
    listing.dragLeaveEvent(QDragLeaveEvent())
    still = listing.verticalScrollBar().value()
    qtbot.wait(60)
    assert listing.verticalScrollBar().value() == still
    assert listing._line == -1


def test_files_from_elsewhere_are_left_to_the_window(
    make_window: Make, add: Add, data: QMimeData
) -> None:
    add("One")
    window = make_window()
    event = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.CopyAction, data, _LEFT, _NONE)
    window.list.dragEnterEvent(event)
    assert not event.isAccepted()
    assert not window.controllers.adding.accepts(data), "and rows are nothing to add"


def test_rows_move_only_in_the_order_of_the_queue(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    a, b, c = (add(f"Article {n}").id for n in range(3))
    window = make_window()
    up, top = window.qactions["queue.move_up"], window.qactions["queue.to_top"]
    assert up.isEnabled()
    assert window.list.movable
    window.shelf_view.sort("title")
    assert not up.isEnabled()
    assert not window.list.movable
    window.list.select(c)
    window.navigation.open(c)
    top.trigger()
    qtbot.waitUntil(lambda: order(library) == [c, a, b])


def test_keys_move_the_article_and_it_stays_in_hand(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    a, b, c = (add(f"Article {n}").id for n in range(3))
    window = make_window()
    assert window.list.current_id() == a
    for key, expected in (
        ("move_down", [b, a, c]),
        ("move_down", [b, c, a]),
        ("move_up", [b, a, c]),
        ("to_top", [a, b, c]),
        ("to_end", [b, c, a]),
        ("next_up", [a, b, c]),
    ):
        window.qactions[f"queue.{key}"].trigger()
        qtbot.waitUntil(partial(is_shown, window, expected))
        qtbot.waitUntil(lambda: window.list.selected_ids() == [a])
        assert window.viewer.article_id == a
    window.list.selectAll()
    window.navigation.open(b)
    window.qactions["queue.next_up"].trigger()
    qtbot.waitUntil(lambda: is_shown(window, [b, a, c]))


def test_the_head_says_how_long_the_queue_is(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    articles = [add(f"Article {n}") for n in range(5)]
    window = make_window()
    assert window.list_head.text() == "5 articles · 6 min"
    library.set_state([each.id for each in articles[:4]], State.ARCHIVE)
    window.refresh()
    assert window.list_head.text() == "1 article · 1 min"
    window.shelves.select("all")
    assert window.list_head.text() == ""


@pytest.mark.parametrize("part", ["viewer", "list"])
def test_the_keys_reach_the_queue_from_page_and_list(
    qtbot: QtBot, make_window: Make, add: Add, part: str
) -> None:
    a, b, c = (add(f"Article {n}").id for n in range(3))
    window = make_window()
    window.activateWindow()
    widget = getattr(window, part)
    widget.setFocus()
    qtbot.waitUntil(widget.hasFocus)
    alt = Qt.KeyboardModifier.AltModifier
    for key, modifier, expected in (
        (Qt.Key.Key_Down, alt, [b, a, c]),
        (Qt.Key.Key_End, alt, [b, c, a]),
        (Qt.Key.Key_Up, alt, [b, a, c]),
        (Qt.Key.Key_Home, alt, [a, b, c]),
        (Qt.Key.Key_End, alt, [b, c, a]),
        (Qt.Key.Key_U, _NONE, [a, b, c]),
    ):
        qtbot.keyClick(widget, key, modifier)
        qtbot.waitUntil(partial(is_shown, window, expected))


def test_what_hangs_on_the_pointer_says_what_is_dragged(make_window: Make, add: Add) -> None:
    for title in ("Short", "Another"):
        add(title)
    window = make_window()
    listing = window.list
    assert listing._dragged_text() == "Short"
    listing.selectAll()
    assert listing._dragged_text() == "2 articles"
    short, long = listing._label("Short").toImage(), listing._label("word " * 200).toImage()
    assert short.width() < long.width() <= 250
    assert short.height() == long.height() >= listing.fontMetrics().height() + 8
    assert short.pixelColor(0, 0).alpha() == 0
    middle = short.pixelColor(6, short.height() // 2)
    assert middle == listing.palette().color(listing.palette().ColorRole.Window)
    shades = {
        short.pixelColor(x, short.height() // 2).name() for x in range(12, short.width() - 12)
    }
    assert len(shades) > 3, "there are letters"


def test_the_line_is_painted_between_the_rows_it_parts(
    make_window: Make, add: Add, data: QMimeData
) -> None:
    for number in range(3):
        add(f"Article {number}")
    listing = make_window().list
    listing.resize(300, 600)
    high = listing.row_height
    plain = listing.grab().toImage()
    for at, wanted in ((0.2, 5), (0.8, high), (1.8, 2 * high), (2.9, 3 * high), (9.0, 3 * high)):
        listing._point(round(at * high))
        image = listing.grab().toImage()
        changed = [
            y
            for y in range(image.height())
            if image.pixel(image.width() // 2, y) != plain.pixel(image.width() // 2, y)
        ]
        assert changed
        assert all(abs(y - wanted) <= 3 for y in changed), (at, wanted, changed)
        assert any(image.pixel(4, y) != plain.pixel(4, y) for y in changed), "its round end"
    listing._forget_line()
    assert listing.grab().toImage() == plain


def test_own_rows_are_welcome_and_scrolling_ends_with_the_drag(
    qtbot: QtBot, make_window: Make, add: Add, data: QMimeData
) -> None:
    for number in range(30):
        add(f"Article {number}")
    window = make_window()
    listing = window.list
    event = QDragMoveEvent(
        QPoint(60, listing.viewport().height() - 1), Qt.DropAction.MoveAction, data, _LEFT, _NONE
    )
    listing.dragMoveEvent(event)
    assert event.isAccepted()
    assert listing._scrolling.isActive()
    dropped = drop(window, data, row_middle(window, 0, 0.9))
    assert dropped.isAccepted()
    assert not listing._scrolling.isActive()
    assert listing._line == -1
    window.shelves.select("all")
    assert listing.dragEnabled(), "to other places"
    entered = QDragEnterEvent(QPoint(9, 9), Qt.DropAction.MoveAction, data, _LEFT, _NONE)
    listing.dragEnterEvent(entered)
    assert not entered.isAccepted()


@pytest.fixture
def rows(qtbot: QtBot) -> MovableRows:
    """Return forty rows, each 30 pixels high, of which ten are seen."""
    view = MovableRows()
    qtbot.addWidget(view)
    model = QStandardItemModel(view)
    for number in range(40):
        model.appendRow(QStandardItem(f"Row {number}"))
    view.setModel(model)
    view.set_row_height(30)
    view.setFrameShape(QFrame.Shape.NoFrame)
    view.resize(300, 300)
    view.movable = True
    view.show()
    return view


def _move(rows: MovableRows, data: QMimeData, y: int) -> None:
    rows.dragMoveEvent(QDragMoveEvent(QPoint(9, y), Qt.DropAction.MoveAction, data, _LEFT, _NONE))


def test_rows_land_at_the_nearer_edge_wherever_the_list_is_scrolled_to(
    rows: MovableRows, data: QMimeData
) -> None:
    told: list[int] = []
    rows.dropped.connect(told.append)
    for top in (0, 37, 900):
        rows.verticalScrollBar().setValue(top)
        for y in range(1, 300, 7):
            at = QPointF(9, y)
            rows.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, _LEFT, _NONE))
            row, rest = divmod(y + top, 30)
            assert told.pop() == row + (rest > 15), (top, y)
            assert rows._line == -1
    rows.model().removeRows(3, 37)
    rows.verticalScrollBar().setValue(0)
    for y, line in ((-4, 0), (200, 3)):
        at = QPointF(9, y)
        rows.dropEvent(QDropEvent(at, Qt.DropAction.MoveAction, data, _LEFT, _NONE))
        assert told.pop() == line


def test_the_list_scrolls_faster_the_nearer_the_edge(rows: MovableRows, data: QMimeData) -> None:
    bar = rows.verticalScrollBar()
    for y, by in ((150, 0), (48, 0), (47, -1), (0, -16), (252, 0), (255, 1), (300, 16)):
        bar.setValue(300)
        rows._scrolling.stop()
        _move(rows, data, y)
        assert rows._scrolling.isActive() == (by != 0)
        rows._scroll_along()
        assert bar.value() - 300 == by
        row, rest = divmod(y + bar.value(), 30)
        assert rows._line == row + (rest > 15)
    assert rows._scrolling.interval() == 16
    _move(rows, data, 150)
    rows._scroll_along()
    assert not rows._scrolling.isActive()


def test_only_own_rows_are_welcome_and_only_while_they_may_move(
    rows: MovableRows, data: QMimeData
) -> None:
    actions = Qt.DropAction.CopyAction | Qt.DropAction.MoveAction

    def welcome(source: object, what: QMimeData) -> list[object]:
        told: list[object] = []
        event = SimpleNamespace(
            source=lambda: source, mimeData=lambda: what, setDropAction=told.append,
            accept=lambda: told.append("accept"), ignore=lambda: told.append("ignore"),
            possibleActions=lambda: actions,
        )  # fmt: skip
        rows.dragEnterEvent(event)  # type: ignore[arg-type]
        return told

    assert welcome(rows, data) == [Qt.DropAction.MoveAction, "accept"]
    assert welcome(rows.viewport(), data) == welcome(rows, QMimeData()) == ["ignore"]
    actions = Qt.DropAction.CopyAction
    assert welcome(rows, data) == [actions, "accept"], "files of the user are only copied"
    rows.movable = False
    assert welcome(rows, data) == ["ignore"]


def test_a_drag_carries_a_slip_beside_the_pointer_and_leaves_no_line(
    rows: MovableRows, data: QMimeData, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[object] = []

    def exec(drag: QDrag, _actions: Qt.DropAction, action: Qt.DropAction) -> Qt.DropAction:
        _move(rows, data, 2)
        seen.extend((drag.mimeData().formats(), drag.hotSpot().toTuple(), action))
        seen.append(drag.pixmap().deviceIndependentSize().toSize().toTuple())
        return action

    monkeypatch.setattr(QDrag, "exec", exec)
    rows.setCurrentIndex(rows.model().index(4, 0))
    rows.startDrag(Qt.DropAction.CopyAction)
    metrics = rows.fontMetrics()
    size = (metrics.horizontalAdvance("Row 4") + 24, metrics.height() + 12)
    assert seen == [[ARTICLES], (-12, -6), Qt.DropAction.CopyAction, size]
    assert (rows._line, rows._pull, rows._scrolling.isActive()) == (-1, 0, False)


def test_other_programs_get_addresses_titles_and_links() -> None:
    data = data_of(
        [3, 1, 2],
        [
            ("A & B <i>", "https://name:secret@example.org/?a=1&b=2"),
            ("Pasted\n", "paste:abc"),
            ("Übung", "file:///tmp/a%20b.md"),
        ],
    )
    assert dragged_ids(data) == [3, 1, 2]
    assert data.text() == "A & B <i>\nhttps://example.org/?a=1&b=2\nPasted\nÜbung"
    assert [url.toString() for url in data.urls()] == [
        "https://example.org/?a=1&b=2", "file:///tmp/a b.md",
    ]  # fmt: skip
    assert data.html() == (
        '<a href="https://example.org/?a=1&amp;b=2">A &amp; B &lt;i&gt;</a><br>\n'
        '<a href="file:///tmp/a%20b.md">Übung</a>'
    )


@pytest.mark.parametrize("kept", [b"", b"{", b"{}", b"[1.5, true, null]", b"\xff"])
def test_what_is_no_list_of_ids_drags_no_article(kept: bytes) -> None:
    data = QMimeData()
    data.setData(ARTICLES, kept)
    assert dragged_ids(data) == dragged_ids(QMimeData()) == []


@pytest.mark.parametrize(
    ("url", "may_move"), [("https://example.org/", True), ("file:///tmp/a.md", False)]
)
def test_a_file_of_the_user_is_never_offered_to_be_moved(
    make_window: Make, library: Library, monkeypatch: pytest.MonkeyPatch, url: str, may_move: bool
) -> None:
    library.add(Clipping(url, "One", html="<p>x</p>", words=1))
    offered: list[Qt.DropAction] = []
    monkeypatch.setattr(QDrag, "exec", lambda _drag, actions, _: offered.append(actions))
    window = make_window()
    window.list.files = None  # too many articles have no files of their own
    window.list.startDrag(Qt.DropAction.CopyAction)
    assert bool(offered[0] & Qt.DropAction.MoveAction) is may_move
    assert offered[0] & Qt.DropAction.CopyAction


def test_dragging_a_row_opens_nothing_and_keeps_what_is_read_selected(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b, c = (add(f"Article {n}").id for n in range(3))
    window = make_window()
    dragged: list[list[int]] = []
    monkeypatch.setattr(
        QDrag, "exec", lambda drag, *_: dragged.append(dragged_ids(drag.mimeData()))
    )
    view = window.list.viewport()
    start = window.list.area_of(1).center()
    qtbot.mousePress(view, _LEFT, pos=start)
    for by in (5, 40):
        at, held = QPointF(start + QPoint(0, by)), Qt.MouseButton.LeftButton
        move = QMouseEvent(QEvent.Type.MouseMove, at, at, held, held, _NONE)
        if not dragged:  # the release is not seen after a drag
            QApplication.sendEvent(view, move)
    assert dragged == [[b]]
    assert (window.article and window.article.id, window.list.selected_ids()) == (a, [a])
    qtbot.mouseClick(view, _LEFT, pos=window.list.area_of(2).center())
    assert window.article is not None
    assert window.article.id == c
    assert library.article(b).opened_at == ""
