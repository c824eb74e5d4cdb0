"""The foot of the page: how far, in which chapter, how long still."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import phrases
from reader.document.images import Pictures
from reader.gui.viewer.foot import HIGH, Foot
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.layouts import column
from reader.gui.window import Window
from reader.model import Article, Look

Add = Callable[..., Article]
LONG = "\n\n".join(f"## Part {n}\n\n" + f"Sentence {n} of it. " * 60 for n in range(20))


@pytest.fixture
def pace() -> list[float]:
    """Return the words a minute of the reader, which can be changed."""
    return [200.0]


@pytest.fixture
def foot(qtbot: QtBot, pictures: Pictures, look: Look, pace: list[float]) -> Iterator[Foot]:
    viewer = Viewer(pictures, look)
    made = Foot(viewer, lambda: pace[0])
    page = column(viewer, made)
    qtbot.addWidget(page)
    page.resize(800, 600)
    page.show()
    yield made
    viewer.show_nothing("")


def _read(qtbot: QtBot, foot: Foot, article: Article, **told: object) -> Viewer:
    viewer = foot._viewer
    viewer.show_article(article._replace(**told))  # type: ignore[arg-type]
    qtbot.waitUntil(lambda: viewer.document_ready)
    QApplication.processEvents()
    viewer.page.size()
    foot.tell()
    return viewer


def test_it_is_there_as_long_as_there_is_text_on_the_page(
    qtbot: QtBot, foot: Foot, add: Add
) -> None:
    assert not foot.isVisible()
    viewer = _read(qtbot, foot, add("One", LONG))
    assert foot.isVisible()
    assert foot.height() == HIGH
    viewer.hide()
    assert not foot.isVisible(), "as below the statistics"
    viewer.show()
    assert foot.isVisible()
    viewer.show_article(add("Waiting")._replace(id=99, html=""))
    assert not foot.isVisible()
    viewer.show_article(add("Two", LONG))
    assert foot.isVisible()
    viewer.show_nothing("")
    assert not foot.isVisible()


def test_it_says_how_far_and_how_long(
    qtbot: QtBot, foot: Foot, add: Add, pace: list[float]
) -> None:
    viewer = _read(qtbot, foot, add("One", LONG), words=4800)
    bar = viewer.verticalScrollBar()
    bar.setValue((bar.maximum() + bar.pageStep()) // 2 - bar.pageStep())
    foot.tell()
    assert foot.percent == 50
    assert foot.minutes == pytest.approx(12, abs=1)
    assert foot.texts()[1] == f"50 % · {foot.minutes} min left"
    assert foot.spoken() == f"50 percent, {foot.minutes} minutes left"
    pace[0] = 400
    assert foot.minutes == pytest.approx(6, abs=1)


def test_at_the_end_nothing_is_left(qtbot: QtBot, foot: Foot, add: Add) -> None:
    viewer = _read(qtbot, foot, add("One", LONG), words=4800)
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum())
    foot.tell()
    assert (foot.texts()[1], foot.spoken()) == ("100 %", "100 percent")


def test_one_minute_is_not_minutes(qtbot: QtBot, foot: Foot, add: Add) -> None:
    _read(qtbot, foot, add("One", LONG), words=90)
    assert foot.spoken().endswith(", 1 minute left")


def test_it_names_the_chapter_that_is_read(qtbot: QtBot, foot: Foot, add: Add) -> None:
    viewer = _read(qtbot, foot, add("One", "Before any heading. " * 200 + "\n\n" + LONG))
    assert foot.texts()[0] == ""
    for number in (0, 7, 19):
        viewer.leap_to(viewer.page.headings[number][0])
        foot.tell()
        assert foot.texts()[0] == f"Part {number}"
        viewer.verticalScrollBar().setValue(viewer.verticalScrollBar().value() - 150)
        foot.tell()
        assert foot.texts()[0] == f"Part {number}", "as the heading is in the upper third"


def test_the_words_follow_once_the_page_rests(qtbot: QtBot, foot: Foot, add: Add) -> None:
    viewer = _read(qtbot, foot, add("One", LONG))
    before = foot.texts()
    viewer.verticalScrollBar().setValue(1500)
    assert foot.texts() == before
    qtbot.waitUntil(lambda: foot.texts() != before)


@pytest.mark.parametrize("share", [0.25, 0.6, 0.95])
def test_a_click_goes_there_and_says_so_before(
    qtbot: QtBot, foot: Foot, add: Add, share: float
) -> None:
    viewer = _read(qtbot, foot, add("One", LONG))
    left: list[int] = []
    viewer.leaping.connect(lambda: left.append(viewer.verticalScrollBar().value()))
    at = QPoint(round(foot.width() * share), 2)
    qtbot.mouseClick(foot, Qt.MouseButton.LeftButton, pos=at)
    assert viewer.progress() == pytest.approx(share, abs=0.01)
    assert left == [0]


def test_a_click_in_an_article_from_right_to_left_counts_from_the_right(
    qtbot: QtBot, foot: Foot, add: Add
) -> None:
    viewer = _read(qtbot, foot, add("עברית", LONG))
    at = QPoint(round(foot.width() * 0.25), 2)
    qtbot.mouseClick(foot, Qt.MouseButton.LeftButton, pos=at)
    assert viewer.progress() == pytest.approx(0.75, abs=0.01)


@pytest.mark.parametrize("title", ["Latin", "עברית"])
def test_the_line_has_the_accent_as_far_as_one_has_read(
    qtbot: QtBot, foot: Foot, add: Add, title: str
) -> None:
    viewer = _read(qtbot, foot, add(title, LONG))
    bar = viewer.verticalScrollBar()
    bar.setValue(bar.maximum() // 2)
    image, theme = foot.grab().toImage(), viewer.look.theme
    colours = [image.pixelColor(x, 1).name() for x in range(image.width())]
    done = colours.count(theme.accent)
    assert done == pytest.approx(viewer.progress() * len(colours), abs=1)
    assert set(colours) == {theme.accent, theme.rule}
    first = theme.rule if title == "עברית" else theme.accent
    assert colours[0] == first


@pytest.mark.parametrize("width", [150, 300, 900])
def test_a_long_chapter_leaves_room_for_the_numbers(
    qtbot: QtBot, foot: Foot, add: Add, width: int
) -> None:
    _read(qtbot, foot, add("One", f"# {'long ' * 80}\n\n" + "Words. " * 2000))
    foot.resize(width, HIGH)
    foot.tell()
    assert not foot.grab().isNull()


def test_the_pace_is_that_of_the_reader(window: Window, add: Add) -> None:
    assert window.reading.words_a_minute() == phrases.WORDS_A_MINUTE
    article = add("Read")
    window.library.reading_log.note("2026-01-01", article.id, 60 * 60, 60 * 321)
    window.reading._pace = None
    assert window.reading.words_a_minute() == 321


def test_the_words_stand_the_same_in_a_window_from_right_to_left(
    qtbot: QtBot, foot: Foot, add: Add
) -> None:
    _read(qtbot, foot, add("One", LONG), words=4800)
    before = foot.grab().toImage()
    foot.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert foot.grab().toImage() == before
