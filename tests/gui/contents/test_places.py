"""Going to the furthest place, to the beginning, and to a share of the article."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.anchor import Anchor
from reader.gui.contents.places import Jump
from reader.gui.window import Window
from reader.model import Article

Add = Callable[..., Article]
LONG = "\n\n".join(f"## Part {n}\n\n" + f"Sentence {n} of it. " * 60 for n in range(20))


@pytest.fixture
def reading(qtbot: QtBot, make_window: Callable[..., Window], add: Add) -> Window:
    """Return a window with an article that is read to its middle."""
    article = add("Long", LONG)
    window = make_window()
    window.open(article.id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    bar = window.viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    _kept(qtbot, window)
    return window


def _kept(qtbot: QtBot, window: Window) -> Article:
    """Return the article once its place is stored."""
    assert window.article is not None
    id, viewer = window.article.id, window.viewer
    viewer.flush()
    qtbot.waitUntil(lambda: window.library.article(id).position == viewer.place())
    return window.library.article(id)


def test_after_going_back_one_returns_to_the_furthest_place(qtbot: QtBot, reading: Window) -> None:
    viewer = reading.viewer
    middle = viewer.place()
    bar = viewer.verticalScrollBar()
    bar.setValue(200)
    assert _kept(qtbot, reading).furthest.anchor == middle
    reading.qactions["place.furthest"].trigger()
    assert viewer.place() == middle
    reading.navigation.go_back()
    assert abs(bar.value() - 200) < 40


def test_a_peek_at_the_end_is_not_the_furthest_place(qtbot: QtBot, reading: Window) -> None:
    viewer = reading.viewer
    middle = viewer.place()
    viewer.leap(0.97)
    assert viewer.furthest.anchor == middle
    kept = _kept(qtbot, reading)
    assert kept.furthest.anchor == middle
    assert kept.progress == pytest.approx(0.97, abs=0.01)
    viewer.page_down()
    qtbot.waitUntil(lambda: viewer.progress() == 1)
    assert _kept(qtbot, reading).furthest.share == 0


def test_starting_again_goes_to_the_beginning_as_one_step(qtbot: QtBot, reading: Window) -> None:
    viewer = reading.viewer
    middle = viewer.place()
    reading.qactions["place.start_again"].trigger()
    assert viewer.verticalScrollBar().value() == 0
    kept = _kept(qtbot, reading)
    assert (kept.progress, kept.position, kept.furthest.anchor) == (0, Anchor(), middle)
    reading.context.history.undo()
    qtbot.waitUntil(lambda: viewer.place() == middle)
    assert _kept(qtbot, reading).position == middle
    reading.context.history.redo()
    qtbot.waitUntil(lambda: viewer.verticalScrollBar().value() == 0)
    assert _kept(qtbot, reading).position == Anchor()


def _jump(qtbot: QtBot, window: Window) -> Jump:
    window.qactions["place.jump"].trigger()
    jump = window.controllers.page.places._jump
    assert jump is not None
    qtbot.waitUntil(lambda: QApplication.focusWidget() is jump.percent)
    return jump


@pytest.mark.parametrize(("key", "stays"), [(Qt.Key.Key_Return, True), (Qt.Key.Key_Escape, False)])
def test_the_page_follows_the_percent_that_is_typed(
    qtbot: QtBot, reading: Window, key: Qt.Key, stays: bool
) -> None:
    viewer = reading.viewer
    before = viewer.place()
    jump = _jump(qtbot, reading)
    assert jump.percent.value() == round(100 * viewer.progress())
    qtbot.keyClicks(jump.percent, "75")
    assert viewer.progress() == pytest.approx(0.75, abs=0.01)
    assert "Part 1" in jump._chapter.text()
    qtbot.keyClick(jump.percent, key)
    assert jump.isHidden()
    assert (viewer.progress() == pytest.approx(0.75, abs=0.01)) is stays
    if stays:
        reading.navigation.go_back()
    assert viewer.place() == before


def test_the_line_below_the_page_shows_the_furthest_place(qtbot: QtBot, reading: Window) -> None:
    from reader.gui.viewer.foot import Foot

    viewer, foot = reading.viewer, reading.findChild(Foot)
    assert isinstance(foot, Foot)
    share = viewer.furthest.share
    viewer.verticalScrollBar().setValue(0)
    foot.tell()
    assert foot.toolTip() == f"Read as far as {round(100 * share)} %"
    image, theme = foot.grab().toImage(), viewer.look.theme
    colours = [image.pixelColor(x, 1).name() for x in range(image.width())]
    done, read = colours.count(theme.accent), colours.count(theme.quote)
    assert (done + read) / len(colours) == pytest.approx(share, abs=0.01)
