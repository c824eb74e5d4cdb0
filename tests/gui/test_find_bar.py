"""Finding in the article."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.find_bar import FindBar
from reader.gui.viewer import Viewer
from reader.model import Article, Look


@pytest.fixture
def both(
    qtbot: QtBot, pictures: Pictures, look: Look, add: Callable[..., Article]
) -> Iterator[tuple[Viewer, FindBar]]:
    holder = QWidget()
    layout = QVBoxLayout(holder)
    viewer = Viewer(pictures, look)
    bar = FindBar(viewer)
    layout.addWidget(viewer)
    layout.addWidget(bar)
    qtbot.addWidget(holder)
    holder.resize(800, 500)
    holder.show()
    words = "\n\n".join(f"Line {n} with a Needle (x+y)* in it. " + "hay " * 60 for n in range(30))
    viewer.show_article(add("Hay", words))
    qtbot.waitUntil(lambda: viewer.document_ready)
    bar.open_bar()
    yield viewer, bar
    holder.close()


def test_hits_are_counted_and_walked(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    qtbot.keyClicks(bar._edit, "needle")
    assert bar.text() == "1 of 30"
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return)
    bar.find_next()
    assert bar.text() == "3 of 30"
    bar.find_previous()
    assert bar.text() == "2 of 30"
    qtbot.keyClick(bar._edit, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    bar.find_previous()
    assert bar.text() == "30 of 30"
    assert viewer.verticalScrollBar().value() > 0
    assert len(viewer.extraSelections()) == 30


def test_signs_are_only_signs(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    _, bar = both
    bar._edit.setText("(x+y)*")
    assert bar.text() == "1 of 30"
    bar._edit.setText("[a-z")
    assert bar.text() == "No hits"


def test_closing_leaves_the_hit_selected(qtbot: QtBot, both: tuple[Viewer, FindBar]) -> None:
    viewer, bar = both
    bar._edit.setText("needle")
    qtbot.keyClick(bar._edit, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert viewer.textCursor().selectedText() == "Needle"
    assert viewer.extraSelections() == []
