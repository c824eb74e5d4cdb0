"""Articles dropped on a shelf or a tag are put there, in one step; elsewhere they are refused."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragMoveEvent, QDropEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.list.row_drag import ARTICLES, dragged_ids
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, State

Make = Callable[..., Window]
_COPY, _LEFT = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
_NONE = Qt.KeyboardModifier.NoModifier


def _mime(ids: object) -> QMimeData:
    mime = QMimeData()
    mime.setData(ARTICLES, json.dumps(ids).encode())
    mime.setText("https://example.org/")  # what other programs are given
    return mime


def _drag(window: Window, mime: QMimeData, key: str) -> bool:
    """Drag data over a shelf and drop it there if it is accepted."""
    shelves = window.shelves
    row = shelves._model.row(key)
    assert row is not None
    at = shelves.visualRect(shelves._model.index(row)).center()
    view = shelves.viewport()
    QApplication.sendEvent(view, QDragEnterEvent(at, _COPY, mime, _LEFT, _NONE))
    move = QDragMoveEvent(at, _COPY, mime, _LEFT, _NONE)
    QApplication.sendEvent(view, move)
    if not move.isAccepted():
        assert shelves.target == -1
        return False
    if mime.hasFormat(ARTICLES):
        assert shelves.target == row
    QApplication.sendEvent(view, QDropEvent(QPoint(at), _COPY, mime, _LEFT, _NONE))
    assert shelves.target == -1
    return True


@pytest.fixture
def ids(library: Library) -> list[int]:
    made = [
        library.add(Clipping(f"https://e.org/{n}", f"A {n}", html="<p>x</p>", site="e.org")).id
        for n in range(3)
    ]
    library.set_state(made[:1], State.ARCHIVE)
    library.tags.add(made[2:], "art")
    library.saved.add("Words", "words")
    return made


@pytest.mark.parametrize(
    ("key", "query"),
    [("queue", "is:queue"), ("archive", "is:archived"), ("trash", "is:trash"),
     ("favourites", "is:fav"), ("tag:art", "tag:art")],
)  # fmt: skip
def test_dropped_articles_are_put_on_the_shelf_and_one_undo_takes_them_back(
    qtbot: QtBot, make_window: Make, library: Library, ids: list[int], key: str, query: str
) -> None:
    def found() -> set[int]:
        from reader.library.search.query_parser import question

        return {*library.search.ids(question(query))}

    window = make_window()
    before = found()
    assert _drag(window, _mime(ids), key)
    qtbot.waitUntil(lambda: found() == {*ids})
    qtbot.waitUntil(window.qactions["history.undo"].isEnabled)
    window.qactions["history.undo"].trigger()
    qtbot.waitUntil(lambda: found() == before)


def test_searches_sites_and_all_refuse_articles(
    make_window: Make, library: Library, ids: list[int]
) -> None:
    window = make_window()
    window.shelves.set_folded("section:sites", False)
    saved = f"saved:{library.saved.all()[0].uid}"
    for key in (saved, "site:e.org", "all", "begun", "section:tags"):
        assert not _drag(window, _mime(ids), key), key
    assert library.counts().total == 3


def test_files_on_the_sidebar_are_added_as_anywhere_in_the_window(
    qtbot: QtBot, make_window: Make, library: Library, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("in") / "one.md"
    file.write_text("# One\n\nText of one.")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file))])
    assert _drag(make_window(), mime, "queue")
    qtbot.waitUntil(lambda: library.counts().queue == 1)


@pytest.mark.parametrize(
    "data",
    [b"", b"{}", b"[", b"[" * 99_999, b'["1", -1, 0, true, 1e9, null, 99999999999999999999]'],
)
def test_foreign_data_is_no_article(data: bytes) -> None:
    mime = QMimeData()
    mime.setData(ARTICLES, data)
    assert dragged_ids(mime) == []


def test_ids_of_articles_that_are_gone_change_nothing(
    qtbot: QtBot, make_window: Make, library: Library, ids: list[int], add: Callable[..., Article]
) -> None:
    window = make_window()
    assert _drag(window, _mime([10**9]), "archive")
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert library.counts().archive == 1
