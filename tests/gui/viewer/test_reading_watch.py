"""The time with an article is only counted while the person is at it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.gui.viewer.reading_watch import ReadingWatch
from reader.gui.viewer.viewer import Viewer
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Look

Make = Callable[..., Window]
Add = Callable[..., Article]


class Reading:
    """A viewer, a watch, and a clock that goes when it is told to."""

    def __init__(self, viewer: Viewer) -> None:
        self.now = 100.0
        self.told: list[tuple[int, int, int]] = []
        self.viewer = viewer
        self.watch = ReadingWatch(viewer, lambda *told: self.told.append(told), lambda: self.now)

    def open(self, article: Article) -> None:
        self.viewer.show_article(article)
        self.watch.begin(article)

    def move(self, seconds: float, progress: float) -> None:
        """Let time pass, then come to a place."""
        self.now += seconds
        self.viewer.moved.emit(self.viewer.article_id, Anchor(), progress)

    def leave(self, seconds: float = 0) -> None:
        self.now += seconds
        self.viewer.show_nothing("")


@pytest.fixture
def reading(qtbot: QtBot, pictures: Pictures, look: Look) -> Reading:
    viewer = Viewer(pictures, look)
    qtbot.addWidget(viewer)
    viewer.resize(600, 400)
    viewer.show()
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow)
    return Reading(viewer)


@pytest.fixture
def article(add: Add) -> Article:
    return add("One", "\n\n".join(["word " * 100] * 60))._replace(words=6000)


@pytest.fixture
def viewed(reading: Reading, monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Return the views that the watch tells, which come sooner here."""
    monkeypatch.setattr("reader.gui.viewer.reading_watch.VIEW_MS", 30)
    told: list[int] = []
    reading.watch.viewed.connect(told.append)
    return told


def test_a_view_counts_after_a_while_before_the_eyes_once_for_each_opening(
    qtbot: QtBot, reading: Reading, viewed: list[int], article: Article
) -> None:
    reading.open(article)
    assert viewed == [], "passing by is no view"
    qtbot.waitUntil(lambda: viewed == [article.id])
    reading.watch.begin(article)
    reading.viewer.page_down()
    qtbot.wait(60)
    assert viewed == [article.id], "the article that is open is not opened again"
    reading.leave()
    reading.open(article)
    qtbot.waitUntil(lambda: viewed == [article.id, article.id])


def test_scrolling_is_a_view_at_once(
    qtbot: QtBot, reading: Reading, viewed: list[int], article: Article
) -> None:
    reading.watch._viewing.begin(10**6)
    reading.open(article)
    reading.viewer.page_down()
    qtbot.waitUntil(lambda: viewed == [article.id])


@pytest.mark.parametrize("away", ["inactive", "minimized"])
def test_what_nobody_sees_is_no_view(
    qtbot: QtBot, reading: Reading, viewed: list[int], article: Article, away: str
) -> None:
    viewer = reading.viewer
    if away == "inactive":
        viewer.isActiveWindow = lambda: False  # type: ignore[method-assign]
    else:
        viewer.showMinimized()
    reading.open(article)
    qtbot.wait(90)
    assert viewed == []
    if away == "inactive":
        del viewer.isActiveWindow
        QApplication.sendEvent(viewer, QEvent(QEvent.Type.WindowActivate))
    else:
        viewer.showNormal()
        viewer.activateWindow()
    qtbot.waitUntil(lambda: viewed == [article.id])


def test_what_the_statistics_cover_is_no_view(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.viewer.reading_watch.VIEW_MS", 20)
    one, two = add("One"), add("Two")
    window = make_window(article=one.id)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    window.controllers.statistics.toggle()
    window.controllers.statistics.article_chosen.disconnect()
    window.watch.begin(one)
    qtbot.wait(80)
    assert library.article(one.id).views == 0
    window.controllers.statistics.close_page()
    qtbot.waitUntil(lambda: library.article(one.id).views == 1)
    assert library.article(two.id).views == 0


def test_the_time_before_the_eyes_is_summed_up(
    qtbot: QtBot, reading: Reading, viewed: list[int], article: Article
) -> None:
    reading.open(article)
    QApplication.sendEvent(reading.viewer, QEvent(QEvent.Type.WindowDeactivate))
    assert not reading.watch._viewing.isActive()
    left = reading.watch._viewing._left
    assert left is not None, "it goes on where it was"
    QApplication.sendEvent(reading.viewer, QEvent(QEvent.Type.WindowActivate))
    qtbot.waitUntil(lambda: viewed == [article.id])


def test_what_a_start_shows_again_is_a_view_once_it_is_read_on(
    qtbot: QtBot, reading: Reading, viewed: list[int], article: Article
) -> None:
    reading.viewer.show_article(article)
    reading.watch.begin(article, counts=False)
    qtbot.wait(90)
    assert viewed == []
    reading.watch.begin(article)
    qtbot.waitUntil(lambda: viewed == [article.id])


def test_a_glance_does_not_begin_an_article_but_staying_does(
    qtbot: QtBot, reading: Reading, viewed: list[int], add: Add
) -> None:
    moved: list[float] = []
    reading.viewer.moved.connect(lambda *told: moved.append(told[2]))
    long = add("Long", "word " * 900)._replace(words=900)
    reading.open(long)
    qtbot.waitUntil(lambda: viewed == [long.id])
    assert moved == [], "nobody reads so fast"
    assert reading.watch._staying.isActive()
    reading.watch._staying.begin(1)
    reading.watch._staying.resume()
    qtbot.waitUntil(lambda: len(moved) == 1)


@pytest.mark.parametrize(
    ("words", "seconds"), [(10, 5), (238, 6), (2380, 60), (0, 5), (23_800, 600)]
)
def test_staying_for_a_tenth_of_its_reading_time_begins_an_article(
    qtbot: QtBot, reading: Reading, viewed: list[int], add: Add, words: int, seconds: float
) -> None:
    article = add("Long", "word " * 900)._replace(words=words)
    reading.open(article)
    qtbot.waitUntil(lambda: viewed == [article.id])
    assert reading.watch._staying.interval() == pytest.approx(1000 * seconds, abs=100)


def test_stepping_on_begins_nothing(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.viewer.reading_watch.VIEW_MS", 20)
    ids = [add(f"Number {n}", "word " * 900).id for n in range(4)]
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    for _ in ids:
        qtbot.wait(60)
        window.next_article()
    window.viewer.flush()
    qtbot.waitUntil(lambda: library.article(ids[-1]).views == 1)
    assert [library.article(id).progress for id in ids] == [0] * 4


def test_time_and_words_are_told_when_the_article_is_left(
    reading: Reading, article: Article
) -> None:
    reading.open(article)
    reading.move(20, 0.05)
    reading.move(30, 0.1)
    reading.leave(10)
    assert reading.told == [(article.id, 60, 600)]


def test_a_minute_without_moving_is_the_most_that_counts(
    reading: Reading, article: Article
) -> None:
    reading.open(article)
    reading.move(1000, 0.1)
    reading.leave(2000)
    assert reading.told == [(article.id, 120, 600)]


def test_another_window_stops_the_watch(reading: Reading, article: Article) -> None:
    reading.open(article)
    reading.move(10, 0.1)
    QApplication.sendEvent(reading.viewer, QEvent(QEvent.Type.WindowDeactivate))
    reading.now += 50
    reading.viewer.moved.emit(article.id, Anchor(), 0.1)
    reading.now += 50
    QApplication.sendEvent(reading.viewer, QEvent(QEvent.Type.WindowActivate))
    reading.leave(5)
    assert sum(seconds for _, seconds, _ in reading.told) == 15


def test_what_is_told_is_told_once(reading: Reading, article: Article) -> None:
    reading.open(article)
    reading.move(30, 0.1)
    reading.watch.tell()
    reading.watch.tell()
    reading.move(30, 0.15)
    reading.leave()
    assert reading.told == [(article.id, 30, 500), (article.id, 30, 400)]


def test_a_leap_to_the_end_is_not_read(reading: Reading, article: Article) -> None:
    reading.open(article)
    reading.move(6, 1.0)
    reading.leave()
    assert reading.told == [(article.id, 6, 100)]


def test_what_was_read_before_is_not_counted_again(reading: Reading, article: Article) -> None:
    reading.open(article._replace(progress=0.9))
    reading.move(50, 0.5)
    reading.move(50, 0.95)
    reading.leave()
    assert reading.told == [(article.id, 100, 300)]


def test_a_glance_is_no_reading(reading: Reading, article: Article) -> None:
    reading.open(article)
    reading.leave(2)
    assert reading.told == []


def test_the_window_keeps_a_diary_unless_it_is_not_wanted(
    make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    window = make_window()
    window.reading.note_reading(one.id, 30, 100)
    window.store.update(statistics=False)
    window.reading.note_reading(one.id, 500, 500)
    window.close()
    assert [(day.seconds, day.words) for day in library.reading_log.days()] == [(30, 100)]


def test_reading_in_the_window_is_in_the_diary_when_one_goes_on(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, _ = add("One", "\n\n".join(["word " * 100] * 60)), add("Two")
    window = make_window()
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    now = 50.0
    window.watch._clock = lambda: now
    window.viewer.page_down()
    qtbot.waitUntil(lambda: window.viewer.verticalScrollBar().value() > 0)
    now += 40
    window.next_article()
    qtbot.waitUntil(lambda: any(day.seconds for day in library.reading_log.days()))
    assert [day.seconds for day in library.reading_log.days()] == [40]
    assert library.reading_log.read_since("2000-01-01")[0][1] == library.article(one.id).uid
