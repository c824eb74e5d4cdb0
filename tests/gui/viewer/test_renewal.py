"""Another look is seen at once, at the line that is read, however long the article is."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reader.gui.viewer.glimpse import Glimpse
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]
Add = Callable[..., Article]
_LONG = "\n\n".join(f"Paragraph {n} of many, which goes on for a while. " * 6 for n in range(300))


def _shown(qtbot: QtBot, make_window: Make, add: Add) -> Window:
    add("Long", _LONG)
    window = make_window(theme="light")
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.viewer.leap(0.6)
    return window


def _glimpse(part: QWidget) -> Glimpse:
    return part.findChildren(Glimpse)[0]


def _lines(part: QWidget) -> list[int]:
    """Return the upper edges of the lines that are seen."""
    image = part.grab().toImage()
    columns = range(20, image.width() - 60, 2)
    inked = [
        any(image.pixelColor(x, y).lightness() < 128 for x in columns)
        for y in range(image.height() - 12)
    ]
    return [y for y in range(1, len(inked)) if inked[y] and not inked[y - 1]]


def test_a_glimpse_shows_the_lines_that_are_read_until_the_page_is_there(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _shown(qtbot, make_window, add)
    viewer, place = window.viewer, window.viewer.place()
    for size in (14.0, 16.0, 18.0):
        window.appearance.choose(size_pt=size)
        assert _glimpse(viewer).isVisible()
        assert not viewer.document_ready
        assert viewer.place() == place
    early = _lines(viewer)
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert not _glimpse(viewer).isVisible()
    assert viewer.page.look.size_pt == 18.0
    assert viewer.place().block == place.block
    late = _lines(viewer)
    assert len(early) > 15
    assert all(abs(one - other) <= 1 for one, other in zip(early, late, strict=True))


def test_scrolling_ends_the_glimpse_and_is_not_taken_back(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _shown(qtbot, make_window, add)
    viewer = window.viewer
    window.appearance.choose(size_pt=16.0)
    with viewer._bar.on_purpose():
        viewer._bar.setValue(0)
    assert not _glimpse(viewer).isVisible()
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert viewer.place().block == 0


def test_another_article_ends_what_is_built(qtbot: QtBot, make_window: Make, add: Add) -> None:
    window = _shown(qtbot, make_window, add)
    other = add("Other", "Only this.")
    window.appearance.choose(size_pt=16.0)
    window.open(other.id)
    assert not _glimpse(window.viewer).isVisible()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    assert "Only this." in window.viewer.toPlainText()


def test_another_look_stops_a_page_that_is_turning(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    viewer = _shown(qtbot, make_window, add).viewer
    viewer._turning.by(2000)
    qtbot.waitUntil(lambda: viewer._turning.currentTime() > 30)
    assert viewer._turning.running
    place = viewer.place()
    viewer.set_look(viewer.look._replace(size_pt=18.0))
    qtbot.waitUntil(lambda: viewer.document_ready)
    qtbot.wait(150)
    assert viewer.place() == place


def test_scrolling_in_what_is_there_yet_is_kept_too(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    long = add("Long", _LONG * 4)
    other = add("Other", "Only this.")
    window = make_window(theme="light")
    viewer = window.viewer
    window.open(other.id)
    window.open(long.id)
    assert not viewer.document_ready
    viewer.set_look(viewer.look._replace(size_pt=18.0))
    viewer.verticalScrollBar().setValue(500)
    place = viewer.place()
    assert place.block > 0
    qtbot.waitUntil(lambda: viewer.document_ready)
    assert viewer.place().block == place.block
