"""When reading is counted and told: a clock by hand, and timers looked at instead of waited for."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import phrases
from reader.anchor import Anchor
from reader.document.images import Pictures
from reader.gui.viewer.reading_watch import VIEW_MS, Patience, ReadingWatch
from reader.gui.viewer.viewer import Viewer
from reader.model import Article, Look

AWAY, BACK = QEvent.Type.WindowDeactivate, QEvent.Type.WindowActivate


class Reading:
    """A watch of a page whose clock, progress and presence are given by hand."""

    def __init__(self, viewer: Viewer) -> None:
        self.now, self.progress, self.seen = 100.0, 0.0, True
        self.told: list[tuple[int, int, int]] = []
        self.viewed: list[int] = []
        self.flushed: list[float] = []
        viewer.progress = lambda: self.progress  # type: ignore[method-assign]
        viewer.flush = lambda: self.flushed.append(self.now)  # type: ignore[method-assign]
        viewer.isActiveWindow = lambda: self.seen  # type: ignore[method-assign]
        self.viewer = viewer
        self.watch = ReadingWatch(viewer, lambda *told: self.told.append(told), lambda: self.now)
        self.watch.viewed.connect(self.viewed.append)

    def send(self, kind: QEvent.Type) -> None:
        QApplication.sendEvent(self.viewer, QEvent(kind))

    def move(self, seconds: float, progress: float, id: int | None = None) -> None:
        self.now += seconds
        self.viewer.moved.emit(self.viewer.article_id if id is None else id, Anchor(), progress)


@pytest.fixture
def reading(qtbot: QtBot, pictures: Pictures, look: Look) -> Reading:
    viewer = Viewer(pictures, look)
    qtbot.addWidget(viewer)
    viewer.resize(600, 400)
    viewer.show()
    return Reading(viewer)


@pytest.fixture
def article(reading: Reading, add: Callable[..., Article]) -> Article:
    """Return an article of 6,000 words that is on the page and watched."""
    made = add("One", "Some words.")._replace(words=6000)
    reading.viewer.show_article(made)
    reading.watch.begin(made)
    return made


def test_patience_counts_only_while_it_is_resumed(qtbot: QtBot) -> None:
    parent = QObject()
    patience = Patience(parent)
    patience.resume()
    assert not patience.isActive(), "there is nothing to wait for"
    patience.begin(10**6)
    assert not patience.isActive()
    patience.resume()
    assert patience.isActive()
    assert patience.interval() == 10**6
    patience.start(500_000)
    patience.pause()
    assert not patience.isActive()
    patience.pause()
    patience.resume()
    assert 0 < patience.interval() < 600_000, "timers of Qt are coarse"
    patience.give_up()
    patience.resume()
    assert not patience.isActive()
    patience.begin(0)
    patience.resume()
    qtbot.waitUntil(lambda: not patience.isActive())
    patience.resume()
    assert not patience.isActive(), "it is not told twice"
    assert patience.isSingleShot()


def test_going_away_tells_at_once_and_coming_back_goes_on(
    reading: Reading, article: Article
) -> None:
    reading.move(10, 0.01)
    reading.now += 5
    reading.send(AWAY)
    assert (reading.told, reading.flushed[-1]) == ([(article.id, 15, 60)], 115.0)
    assert not reading.watch._writing.isActive()
    reading.now += 40
    reading.seen = False
    reading.send(BACK)
    assert not reading.watch._writing.isActive(), "something still lies over it"
    reading.now += 40
    reading.seen = True
    reading.send(BACK)
    reading.now += 7
    reading.send(AWAY)
    assert reading.told[1:] == [(article.id, 7, 0)]
    assert not reading.watch._viewing.isActive()


def test_what_is_read_is_written_again_and_again_until_nobody_moves(
    reading: Reading, article: Article
) -> None:
    writing = reading.watch._writing
    assert writing.isActive()
    assert (writing.interval(), writing.isSingleShot()) == (30_000, True)
    for seconds, told, goes_on in ((30, 30, True), (29, 29, True), (31, 1, False), (30, 0, False)):
        writing.stop()
        reading.now += seconds
        reading.watch.tell()
        assert sum(each[1] for each in reading.told) == told
        assert writing.isActive() == goes_on
        reading.told.clear()
    reading.move(3, 0.0)
    assert writing.isActive()


def test_the_shortest_reading_is_of_three_seconds_and_without_words_it_counts_too(
    reading: Reading, article: Article
) -> None:
    reading.now += 2.9
    reading.watch.tell()
    assert reading.told == []
    reading.now += 0.1
    reading.watch.tell()
    assert reading.told == [(article.id, 3, 0)]
    reading.move(0.5, 0.005)
    reading.watch.tell()
    assert reading.told[1:] == [(article.id, 0, 30)]
    reading.watch.tell()
    assert len(reading.told) == 2


def test_the_end_of_a_visit_knows_how_far_the_page_is(
    qtbot: QtBot, reading: Reading, article: Article
) -> None:
    qtbot.waitUntil(lambda: reading.viewer.document_ready)
    reading.now += 60
    reading.progress = 0.1
    reading.viewer.left.emit()
    assert reading.told == [(article.id, 60, 600)]
    reading.now += 60
    reading.watch.tell()
    reading.viewer.left.emit()
    assert len(reading.told) == 1, "nothing is open"
    assert not reading.watch._viewing.isActive()
    assert not reading.watch._writing.isActive()


def test_another_article_is_another_visit_and_moves_elsewhere_are_none_of_it(
    reading: Reading, article: Article
) -> None:
    reading.move(10, 0.9, id=article.id + 7)
    reading.now += 50
    reading.watch.tell()
    assert reading.told == [(article.id, 60, 0)]
    other = article._replace(id=article.id + 1)
    reading.watch.begin(other)
    reading.move(30, 0.05, id=other.id)
    reading.watch.tell()
    assert reading.told[1:] == [(other.id, 30, 300)]
    reading.watch.begin(other)
    reading.watch.tell()
    assert len(reading.told) == 2, "it is the same visit still"


def test_a_clock_that_goes_back_takes_no_time_away(reading: Reading, article: Article) -> None:
    reading.move(20, 0.0)
    reading.move(-15, 0.0)
    reading.move(10, 0.0)
    reading.watch.tell()
    assert reading.told == [(article.id, 30, 0)]


def test_staying_for_a_fair_part_begins_an_article(reading: Reading, article: Article) -> None:
    staying = reading.watch._staying
    assert reading.watch._viewing.interval() == VIEW_MS == 2000
    reading.progress = 0.5
    reading.watch._see()
    assert reading.viewed == [article.id]
    fair = 0.1 * article.words / phrases.WORDS_A_MINUTE
    assert staying.interval() == max(5000, round(fair * 60_000)) - VIEW_MS
    assert staying.isActive()
    reading.viewer.scrolled.emit()
    assert not staying.isActive()
    reading.move(1, 0.2)
    reading.watch._see()
    assert not staying.isActive(), "it is begun already"
    assert reading.viewed == [article.id]


def test_what_is_not_before_the_eyes_waits_for_its_view(reading: Reading, article: Article) -> None:
    reading.seen = False
    reading.watch._viewing.give_up()
    reading.watch._see()
    assert reading.viewed == []
    assert not reading.watch._viewing.isActive()
    assert reading.watch._viewing._left == VIEW_MS
    reading.seen = True
    reading.send(BACK)
    assert reading.watch._viewing.isActive()


def test_an_article_shown_again_at_a_start_is_viewed_by_scrolling_or_by_choice(
    reading: Reading, article: Article
) -> None:
    again = article._replace(id=article.id + 1)
    reading.watch.begin(again, counts=False)
    reading.watch._viewing.give_up()
    reading.watch._see()
    assert reading.viewed == []
    reading.watch.begin(again, counts=False)
    assert not reading.watch._viewing.isActive()
    reading.watch.begin(again)
    assert reading.watch._viewing.isActive()
    reading.viewer.scrolled.emit()
    assert reading.viewed == [again.id]
    assert not reading.watch._viewing.isActive()
    reading.viewer.scrolled.emit()
    reading.watch.begin(again)
    assert reading.viewed == [again.id]
    assert not reading.watch._viewing.isActive()


def test_scrolling_an_empty_page_is_nothing(reading: Reading) -> None:
    reading.viewer.scrolled.emit()
    reading.move(5, 0.5, id=3)
    reading.watch._see()
    reading.send(AWAY)
    reading.send(BACK)
    assert (reading.viewed, reading.told) == ([], [])
    assert not reading.watch._writing.isActive()
