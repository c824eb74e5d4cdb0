"""How the page of statistics is laid out, read from the keyboard, and put into words."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QMessageBox,
    QPushButton,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.gui.statistics.page import StatisticsPage, _growth, _tiles
from reader.gui.widgets.plain_text import Label
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.reading.statistics import Bar, of
from reader.model import Article, Clipping, State

Make = Callable[..., Window]
Add = Callable[..., Article]
TODAY = date.today()


@pytest.fixture
def window(make_window: Make, add: Add, library: Library) -> Window:
    """Give a window in which two articles were read on three days, one of them ended."""
    first = add("<b>One</b>")
    two = Clipping("https://example.org/2", "Two", html="<p>Two</p>", site="<i>Site</i>")
    second = library.article(library.add(two).id)
    library.tags.add([first.id], "<i>slow</i>")
    for back, article, seconds, words in (
        (0, first, 90, 1200), (1, first, 20, 10), (1, second, 600, 2500), (400, second, 9000, 9),
    ):  # fmt: skip
        day = (TODAY - timedelta(days=back)).isoformat()
        library.reading_log.note(day, article.id, seconds, words)
    library.set_state([second.id], State.ARCHIVE, done=True)
    for _ in range(2):
        library.reading_log.count_view(second.id)
    return make_window()


@pytest.fixture
def page(window: Window) -> StatisticsPage:
    window.controllers.statistics.toggle()
    return window.controllers.statistics


def _pick(page: StatisticsPage, text: str) -> None:
    buttons = page.findChildren(QToolButton)
    next(each for each in buttons if each.text() == text).click()


def test_the_page_says_that_all_of_it_stays_here(page: StatisticsPage) -> None:
    labels = page.findChildren(Label)
    (said,) = [each for each in labels if each.text() == "All of this stays on this computer."]
    assert said.isVisible()


def _said(page: StatisticsPage) -> list[str]:
    return [each.text() for each in page.findChildren(Label) if not each.isHidden()]


def _at(page: StatisticsPage, part: QWidget) -> QPoint:
    inner = page.widget()
    assert inner is not None
    return part.mapTo(inner, QPoint(0, 0))


def test_time_is_divided_and_measured_as_the_person_chooses(page: StatisticsPage) -> None:
    found = of(page._library.reading_log, TODAY)
    assert (page.span.text, page.measure.text) == ("Weeks", "Minutes")
    values: dict[str, Callable[[Bar], int]] = {
        "Words": lambda bar: bar.words,
        "Articles": lambda bar: bar.articles,
        "Minutes": lambda bar: max(1, round(bar.seconds / 60)) if bar.seconds else 0,
    }
    for span, bars in (("Days", found.days), ("Months", found.months), ("Weeks", found.weeks)):
        _pick(page, span)
        for measure, value in values.items():
            _pick(page, measure)
            said = "; ".join(f"{bar.name}: {value(bar):,}" for bar in bars if value(bar))
            assert page.read.accessibleDescription() == said
        flow = "; ".join(
            f"{bar.name}: {bar.added}, {bar.finished}" for bar in bars if bar.added or bar.finished
        )
        assert page.flow.accessibleDescription() == flow
        assert [each.label for each in page.read._columns] == [bar.label for bar in bars]
        called = {"Days": "the last four weeks", "Weeks": "twelve weeks",
                  "Months": "twelve months"}[span]  # fmt: skip
        assert page.growth.text() == (
            f"2 added and 1 finished in {called}: 1 more to read than before."
        )


def test_time_below_a_minute_counts_as_one(page: StatisticsPage) -> None:
    assert [page._format(each) for each in (0, 1, 29, 89, 91, 60_000)] == [
        "0", "1", "1", "1", "2", "1,000"
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("added", "finished", "end"),
    [
        (3, 3, ": as many as came."),
        (1_005, 3, ": 1,002 more to read than before."),
        (0, 2, ": 2 fewer to read than before."),
    ],
)
def test_growth_is_said_in_a_sentence(added: int, finished: int, end: str) -> None:
    bars = (Bar("", "", added=added), Bar("", "", finished=finished))
    said = f"{added:,} added and {finished:,} finished in a while{end}"
    assert _growth(bars, "a while") == said


def test_no_growth_is_not_spoken_of() -> None:
    assert _growth((Bar("", ""),), "a while") == ""


def test_tiles_say_the_week_the_day_the_streak_and_the_whole(library: Library) -> None:
    none = of(library.reading_log, TODAY)
    assert _tiles(none)[2:] == [("0 days", "in a row"), ("0 min", "in all, 0 articles")]
    found = none._replace(
        streak=1, longest_streak=9, average=600, seconds=7200, articles=1,
        weeks=(Bar("", "", seconds=60), Bar("", "", seconds=180)),
    )  # fmt: skip
    assert _tiles(found) == [
        ("3 min", "read this week"), ("10 min", "a day, four weeks"),
        ("1 day", "in a row, longest 9"), ("2 h", "in all, 1 article"),
    ]  # fmt: skip


def test_articles_are_named_with_when_they_came_and_how_often_they_were_opened(
    page: StatisticsPage, window: Window
) -> None:
    today = f"{TODAY.day} {TODAY:%B} {TODAY.year}"
    for _ in range(2):  # a second look puts nothing twice
        said = _said(page)
        assert said.count("Waiting for Longest") == 1
        assert said.count("Opened Most (2 Times in All)") == 1
        assert {f"since {today}", "2 times", "<b>One</b>", "Two"} <= set(said)
        page.refresh()
        links = page.findChildren(QPushButton, "articleLink")
        shown = [each for each in links if page._articles.indexOf(each) >= 0]
        assert [each.accessibleName() for each in shown] == [
            f"<b>One</b>, since {today}", "Two, 2 times"
        ]  # fmt: skip
    link = shown[1]
    assert link.height() >= link.fontMetrics().height() + 10


def test_bars_are_the_sites_and_tags_that_were_read_longest(page: StatisticsPage) -> None:
    assert page.sites.accessibleDescription() == "<i>Site</i>: 10 min"
    assert page.tags.accessibleDescription() == "<i>slow</i>: 2 min"
    assert page.flowing.isVisible()
    assert page.shares.isVisible()


@pytest.mark.parametrize(("width", "beside"), [(1900, True), (1300, True), (800, False)])
def test_parts_stand_in_their_order_in_one_column(
    qtbot: QtBot, window: Window, page: StatisticsPage, width: int, beside: bool
) -> None:
    window.resize(width, 700)
    qtbot.waitUntil(lambda: (page._shares.direction() == page._shares.Direction.LeftToRight)
                    is beside)  # fmt: skip
    QApplication.processEvents()
    inner = page.widget()
    assert inner is not None
    links = page.findChildren(QPushButton, "articleLink")
    title = next(each for each in page.findChildren(Label) if each.text() == "Statistics")
    assert title.font().pointSizeF() > 1.5 * page.font().pointSizeF()
    parts = [title, page.tiles, page.read, page.growth, page.flow, *links, page.sites, page.keep]
    tops = [_at(page, each).y() for each in parts]
    assert tops == sorted(set(tops))
    for part in (page.tiles, page.read, page.flow):
        left = _at(page, part).x()
        assert left >= 28
        assert left == pytest.approx(inner.width() - left - part.width(), abs=1), "in the middle"
        assert 0.98 * min(inner.width(), 760) - 58 <= part.width() <= 760 - 2 * 28
    assert page.tiles.width() == 760 - 2 * 28 or inner.width() < 780
    assert (_at(page, page.measure).y() == _at(page, page.span).y()) is beside
    assert (_at(page, page.sites).y() == _at(page, page.tags).y()) is beside
    if beside:
        assert _at(page, page.tags).x() - (_at(page, page.sites).x() + page.sites.width()) == 36
        assert page.tags.width() == pytest.approx(page.sites.width(), abs=1)
        assert (
            _at(page, page.span).x() + page.span.width()
            == _at(page, page.read).x() + page.read.width()
        )
    clear, keep = _at(page, page.clear_button), _at(page, page.keep)
    assert abs(clear.y() - keep.y()) < 10
    assert clear.x() + page.clear_button.width() == _at(page, page.read).x() + page.read.width()
    assert not page.horizontalScrollBar().isVisible()


def test_a_long_title_gives_way_to_what_is_said_of_it(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("A title that goes on for very long " * 6)
    window = make_window()
    window.controllers.statistics.toggle()
    name = next(each for each in window.controllers.statistics.findChildren(Label)
                if each.text().startswith("A title"))  # fmt: skip
    qtbot.waitUntil(lambda: name.text().endswith("…"))
    assert name.fontMetrics().horizontalAdvance(name.text()) <= name.width()
    assert window.controllers.statistics.horizontalScrollBar().maximum() == 0


def test_keys_turn_the_page(qtbot: QtBot, page: StatisticsPage, window: Window) -> None:
    window.resize(1200, 320)
    bar = page.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > bar.pageStep())
    qtbot.keyClick(page, Qt.Key.Key_Space)
    assert bar.value() == bar.pageStep()
    qtbot.keyClick(page, Qt.Key.Key_End)
    assert bar.value() == bar.maximum()
    qtbot.keyClick(page, Qt.Key.Key_Space, Qt.KeyboardModifier.ShiftModifier)
    assert bar.value() == bar.maximum() - bar.pageStep()
    qtbot.keyClick(page, Qt.Key.Key_Home)
    assert bar.value() == 0
    qtbot.keyClick(page, Qt.Key.Key_Down)
    assert bar.value() > 0
    page.close_page()
    page.toggle()
    assert bar.value() == 0, "it begins at its start"


def test_it_takes_the_keyboard_and_gives_back_only_what_it_has(
    qtbot: QtBot, window: Window, page: StatisticsPage
) -> None:
    window.activateWindow()
    page.clear_button.setFocus()
    qtbot.waitUntil(page.clear_button.hasFocus)
    page.toggle()
    assert page.isHidden()
    assert window.viewer.hasFocus()
    page.toggle()
    assert page.hasFocus()
    assert window.viewer.isHidden()
    window.list.setFocus()
    page.close_page()
    assert window.list.hasFocus()
    assert window.viewer.isVisible()


def test_it_takes_no_other_place_than_that_of_the_page(window: Window) -> None:
    window.viewer.hide()  # something else is there
    window.controllers.statistics.toggle()
    assert window.controllers.statistics.isHidden()
    window.controllers.statistics.close_page()
    assert window.viewer.isHidden()


def test_its_close_button_closes(page: StatisticsPage) -> None:
    close = next(each for each in page.findChildren(QToolButton)
                 if each.accessibleName() == "Close the statistics")  # fmt: skip
    assert (close.text(), close.toolTip()) == ("✕", "Close (Esc)")
    close.click()
    assert page.isHidden()


@pytest.mark.parametrize("views", [False, True])
def test_views_are_only_forgotten_if_that_is_wished(
    qtbot: QtBot, page: StatisticsPage, library: Library, views: bool
) -> None:
    def answer(box: QMessageBox) -> None:
        default, check = box.defaultButton(), box.checkBox()
        assert default.text().replace("&", "") == "Cancel"
        assert box.icon() is QMessageBox.Icon.Question
        assert isinstance(check, QCheckBox)
        assert not check.isChecked()
        check.setChecked(views)
        next(each for each in box.buttons() if each.text() == "Clear").click()

    with answering(answer):
        page.clear_button.click()
    qtbot.waitUntil(lambda: library.reading_log.articles() == 0)
    assert library.reading_log.views() == (0 if views else 2)
    qtbot.waitUntil(lambda: page.read.accessibleDescription() == page.read.empty)
    assert not page.shares.isVisible()


def test_the_switch_shows_what_the_settings_say(page: StatisticsPage, window: Window) -> None:
    window.store.update(statistics=False)
    page.refresh()
    assert not page.keep.isChecked()
    assert page.read.empty == "Statistics are turned off. Nothing is recorded."
    assert not window.settings.statistics


def test_a_library_that_may_only_be_read_is_not_cleared(
    make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One")
    window = make_window()
    window.controllers.statistics.toggle()
    assert window.controllers.statistics.clear_button.isEnabled()
    window.controllers.statistics.close_page()
    monkeypatch.setattr(type(library), "read_only", True)
    window.controllers.statistics.toggle()
    assert not window.controllers.statistics.clear_button.isEnabled()
