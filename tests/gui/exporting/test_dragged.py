"""Articles that are dragged out of the list: files when they are asked for, and not before."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QDrag

from reader.gui.exporting.dragged import DraggedFiles
from reader.gui.list import row_drag
from reader.gui.list.row_drag import dragged_ids
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article

Add = Callable[..., Article]


@pytest.fixture
def window(make_window: Callable[..., Window], add: Add) -> Window:
    for title in ("One", "Two/Three"):
        add(title)
    return make_window()


def _files(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls()]


def test_a_drag_gives_files_only_to_other_programs(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    write = window.controllers.exporting.dragged.write

    def watched(_files: DraggedFiles, ids: Sequence[int]) -> list[Path]:
        written.append(ids)
        return write(ids)

    monkeypatch.setattr(DraggedFiles, "write", watched)
    window.list.selectAll()
    seen: list[QMimeData] = []
    monkeypatch.setattr(QDrag, "exec", lambda drag, *_: seen.append(drag.mimeData()))
    data = window.list.dragged()
    window.list.startDrag(Qt.DropAction.CopyAction)
    assert dragged_ids(data) == window.list.selected_ids()
    assert data.hasUrls()
    assert data.hasHtml()
    assert data.text().startswith("One\nhttps://example.org/One\n")
    assert written == [], "nothing is written while it moves within the window"
    files = _files(data)
    assert [file.name for file in files] == ["One.html", "Two Three.html"]
    assert b"Some words." in files[0].read_bytes()
    assert bytes(data.data("text/uri-list").data()).decode().split() == [
        url.toString(url.ComponentFormattingOption.FullyEncoded) for url in data.urls()
    ]
    assert len(written) == 1
    window.controllers.cleanup.originals.close()
    assert not files[0].exists()


def test_too_many_articles_have_their_addresses(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(row_drag, "_MOST_FILES", 1)
    window.list.selectAll()
    urls = window.list.dragged().urls()
    assert [url.scheme() for url in urls] == ["https", "https"]


def test_files_of_old_drags_go_and_trouble_stops_no_drag(
    library: Library, add: Add, tmp_path: Path
) -> None:
    id = add("One").id
    told: list[Exception] = []
    numbers = iter(range(100))

    def make_folder() -> Path:
        folder = tmp_path / str(next(numbers))
        folder.mkdir()
        return folder

    files = DraggedFiles(library, make_folder, told.append)
    made = [files.write([id])[0] for _ in range(9)]
    assert [file.exists() for file in made] == [False, *[True] * 8]

    def full() -> Path:
        raise OSError("full")

    assert DraggedFiles(library, full, told.append).write([id]) == []
    assert [str(error) for error in told] == ["full"]
