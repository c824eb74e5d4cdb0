"""Exports of other programs among what is added: they are imported, the others are added."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QMimeData, QUrl
from pytestqt.qtbot import QtBot

from reader.gui.adding.exports import sort_out
from reader.gui.window import Window
from reader.library.library import Library

_POCKET = "title,url,time_added,tags,status\nOne,https://example.org/1,1300000000,,unread\n"
_BOOKMARKS = (
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n"
    '<DT><A HREF="https://example.org/2" ADD_DATE="1300000000">Two</A>\n</DL>'
)


def _files(folder: Path) -> dict[str, Path]:
    texts = {
        "one.csv": _POCKET,
        "two.csv": _POCKET,
        "bookmarks.html": _BOOKMARKS,
        "page.html": "<html><body><article><p>Words of an article.</p></article></body></html>",
        "note.md": "# A note\n\nWords.",
    }
    for name, text in texts.items():
        (folder / name).write_text(text)
    return {name: folder / name for name in texts}


def test_exports_are_sorted_out_by_their_format(tmp_path: Path) -> None:
    file = _files(tmp_path)
    found = sort_out([*file.values(), tmp_path / "gone.csv"])
    assert found.exports == ((file["one.csv"], file["two.csv"]), (file["bookmarks.html"],))
    assert found.others == (file["page.html"], file["note.md"], tmp_path / "gone.csv")


def test_a_mixture_is_added_and_imported(
    qtbot: QtBot, make_window: Callable[..., Window], library: Library, tmp_path: Path
) -> None:
    file = _files(tmp_path)
    window = make_window()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(file[name])) for name in ("one.csv", "note.md")])
    window.controllers.adding.mime(mime)
    qtbot.waitUntil(lambda: library.counts().all == 1)
    qtbot.waitUntil(lambda: bool(window.controllers.importing.windows))
    [shown] = window.controllers.importing.windows
    qtbot.waitUntil(lambda: "1 will be added" in shown.page.text())
    assert shown.name == "one.csv"
    shown.foot.main.click()
    qtbot.waitUntil(lambda: "1 was added" in shown.page.text())
    assert library.counts().all == 2
    shown.show_wanted.emit()
    qtbot.waitUntil(lambda: window.list_head.text() == "1 article")
    assert window.list.model().rowCount() == 1
