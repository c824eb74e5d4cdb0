"""What each part of the window tells the others, and what the window makes of it."""

import logging
import threading
from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt, QUrl
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from reader import themes
from reader.errors import LibraryError, ReaderError
from reader.gui.action import unmarked
from reader.gui.widgets import theme
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.session import pick
from reader.model import Article, ImportResult, ImportRow, Outcome, State
from reader.progress import Report
from reader.settings_store import SettingsStore

Make = Callable[..., Window]
Add = Callable[..., Article]
_UNSURE = "This may not be all of the article, or more than it: the page was hard to read."
_LONG = "Some words of the text. " * 400


def _act(window: Window) -> QToolButton:
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    return button


def _active(qtbot: QtBot, window: Window) -> None:
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)


def test_a_new_window_divides_its_room(make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    window.resize(1430, 800)
    QApplication.processEvents()
    assert [window.panes.widget(n) for n in range(3)] == [
        window.shelves,
        window.middle,
        window.page,
    ]
    first, second, third = window.panes.sizes()
    assert 190 < first < 230 < 310 < second < 370
    window.resize(1630, 800)
    QApplication.processEvents()
    assert window.panes.sizes() == [first, second, third + 200], "the page takes what is new"
    assert window.panes.handleWidth() == 1
    window.panes.setSizes([0, 0, 2000])
    assert window.panes.sizes()[:2] == [160, 280], "none is lost"
    window.panes.setSizes([2000, 2000, 0])
    assert window.panes.sizes()[2] == 400
    assert (window.minimumWidth(), window.minimumHeight()) == (420, 320)
    assert window.acceptDrops()


@pytest.mark.parametrize(("width", "shelves"), [(1079, False), (1080, True)])
def test_the_sidebar_gives_way_below_a_width(make_window: Make, width: int, shelves: bool) -> None:
    window = make_window()
    window.resize(width, 700)
    QApplication.processEvents()
    assert window.shelves.isVisible() is shelves
    assert window.middle.isVisible()
    window.qactions["window.show_panes"].trigger()
    assert not window.shelves.isVisible()
    assert not window.middle.isVisible()
    window.qactions["window.show_panes"].trigger()
    assert window.shelves.isVisible() is shelves
    assert window.middle.isVisible()


def test_full_screen_comes_and_goes(make_window: Make) -> None:
    window = make_window()
    window.qactions["window.full_screen"].trigger()
    assert window.isFullScreen()
    window.qactions["window.full_screen"].trigger()
    assert not window.isFullScreen()


def test_everything_is_selected_where_the_keyboard_is(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One", "Some words."), add("Two")
    window = make_window()
    _active(qtbot, window)
    window.viewer.setFocus()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.select_all()
    assert "Some words." in window.viewer.textCursor().selectedText()
    assert len(window.list.selected_ids()) == 1
    window.list.setFocus()
    window.select_all()
    assert len(window.list.selected_ids()) == 2


def test_an_article_that_is_gone_or_unreadable_is_told_of(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = add("One")
    window = make_window()
    window.navigation.open(999)
    assert "999" in window.context.messages.text()
    assert window.viewer.article_id == one.id, "what was open stays"

    def fails(_: int) -> Article:
        raise LibraryError("A page is damaged.")

    monkeypatch.setattr(library, "article", fails)
    window.navigation.open(one.id)
    assert window.article is None
    assert window.viewer._empty == "This article cannot be read\nA page is damaged."
    assert window.windowTitle() == "Reader"


def test_a_page_that_was_hard_to_read_is_offered_whole(make_window: Make, add: Add) -> None:
    add("Sure")
    unsure = add("Unsure", f"*{_UNSURE}*\n\nText")
    window = make_window()
    assert window.context.messages.text() == ""
    window.navigation.open(unsure.id)
    assert "may be missing" in window.context.messages.text()
    assert _act(window).text() == "Show Whole Page"


@pytest.mark.parametrize("trash", [False, True])
def test_what_was_open_is_shown_again_unless_it_is_in_the_trash(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, trash: bool
) -> None:
    one = add("One", _LONG)
    if trash:
        library.set_state([one.id], State.TRASH)
    window = make_window(choosing=False, article=one.id)
    assert window.windowTitle() == ("Reader" if trash else "One – Reader")
    assert window.viewer.article_id == (None if trash else one.id)
    assert window.list.selected_ids() == ([] if trash else [one.id])
    _active(qtbot, window)
    qtbot.waitUntil(window.viewer.hasFocus)
    assert library.article(one.id).views == 0


def test_the_title_of_a_page_is_that_of_the_window_as_it_stands(
    make_window: Make, add: Add, library: Library
) -> None:
    one = add("A [*] title")
    window = make_window()
    assert window.windowTitle() == "A [*][*] title – Reader"
    window.navigation.open(one.id)
    assert window.settings.article == one.id


def test_the_end_of_an_article_leads_on_and_in_a_session_it_is_read(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, two, three = (add(each, "Words. " * 50) for each in ("One", "Two", "Three"))
    window = make_window()
    window.navigation.open(one.id)
    window.list.select(one.id)
    window.viewer.ended.emit()
    assert window.viewer.article_id == two.id
    assert library.article(one.id).state is State.QUEUE
    window.controllers.session.start(pick(library, 60).rows)
    current = window.controllers.session.current
    assert current == window.viewer.article_id
    window.viewer.ended.emit()
    qtbot.waitUntil(lambda: library.article(current).state is State.ARCHIVE)
    qtbot.waitUntil(lambda: window.viewer.article_id not in (current, None))
    assert {one.id, two.id, three.id} > {window.viewer.article_id}


def test_after_the_last_of_the_queue_the_page_says_so(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, two = add("One"), add("Two")
    window = make_window()
    window.navigation.open(two.id)
    window.list.select(two.id)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id == one.id)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: window.viewer.article_id is None)
    assert window.viewer._empty.startswith("Queue finished\n")
    assert window.windowTitle() == "Reader"
    assert not window.qactions["article.archive"].isEnabled()


def test_on_another_shelf_the_page_stays_after_archiving(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    add("Two")
    window = make_window()
    window.shelves.select("all")
    window.navigation.open(one.id)
    window.qactions["article.archive"].trigger()
    qtbot.waitUntil(lambda: library.article(one.id).state is State.ARCHIVE)
    qtbot.waitUntil(lambda: window.article is not None and window.article.state is State.ARCHIVE)
    assert window.viewer.article_id == one.id


def test_orders_are_kept_for_each_shelf(make_window: Make, add: Add, library: Library) -> None:
    add("B"), add("A")
    window = make_window()
    assert window.list_head._title.text() == "Queue"
    window.list_head.changed.emit("title")
    assert window.settings.sorts == {"queue": "title"}
    assert not window.list.own_order
    assert not any(
        window.qactions[name].isEnabled() for name in ("queue.move_up", "queue.move_down")
    )
    window.shelves.select("all")
    window.list_head.changed.emit("-title")
    assert window.settings.sorts == {"queue": "title", "all": "-title"}
    assert window.settings.shelf == "all"
    window.shelves.select("queue")
    assert window.shelf_view.query()[1].sort == "title"
    assert window.shelf_view.query()[0] == window.shelf.title  # type: ignore[union-attr]


def test_only_the_queue_says_how_long_it_is(make_window: Make, add: Add) -> None:
    add("One", _LONG)
    window = make_window()
    assert window.list_head._sum.text() == "1 article · 1 min"
    window.shelves.select("all")
    assert window.list_head._sum.text() == ""


def test_choosing_a_shelf_ends_a_search(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One"), add("Two")
    window = make_window()
    window.search_field.setFocus()
    window.controllers.search.ask_saved("One")
    qtbot.waitUntil(lambda: window.list.query is None and window.list.model().rowCount() == 1)
    window.shelves.select("all")
    qtbot.waitUntil(lambda: window.list.query is not None)
    assert window.search_field.text() == ""
    assert window.list.model().rowCount() == 2


def test_zoom_is_said_and_kept(make_window: Make, add: Add) -> None:
    add("One")
    window = make_window(zoom=1.5)
    assert window.viewer.zoom == 1.5
    button = window.qactions["page.reset_zoom"]
    assert button.iconText() == "150 %"
    window.viewer.set_zoom(0.824)
    assert (button.iconText(), window.settings.zoom) == ("82 %", 0.824)


@pytest.mark.parametrize("rows", [100, 101])
def test_after_many_articles_searching_is_made_ready(
    qtbot: QtBot, make_window: Make, add: Add, rows: int
) -> None:
    window = make_window()
    ready: list[bool] = []
    window.controllers.search.prepare = lambda: ready.append(True)  # type: ignore[method-assign]
    window.show_added(ImportResult((ImportRow("x", Outcome.FAILED),) * rows))
    assert bool(ready) is (rows > 100)


def test_a_look_is_taken_up_at_once(make_window: Make, add: Add) -> None:
    add("One")
    window = make_window(font="sans", size_pt=15.0, leading=1.8, measure=50)
    look = window.viewer.look
    assert (look.font, look.size_pt, look.leading, look.measure) == ("sans", 15.0, 1.8, 50)
    for name, value in (("font", "serif"), ("size_pt", 11.0), ("leading", 1.2), ("measure", 70)):
        window.store.update(**{name: value})
        assert getattr(window.viewer.look, name) == value
    window.store.update(theme="dark")
    assert window.colours == themes.theme("dark") == window.viewer.look.theme
    theme.apply(themes.theme("light"))


def test_minutes_of_a_session_are_named_in_the_menu(make_window: Make) -> None:
    window = make_window(minutes=35)
    assert unmarked(window.qactions["session.begin"].text()) == "I Have 35 Minutes…"
    window.store.update(minutes=5)
    assert unmarked(window.qactions["session.begin"].text()) == "I Have 5 Minutes…"


def test_trouble_is_said_and_a_bug_has_a_report(
    make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    reports: list[Exception] = []
    monkeypatch.setattr(
        "reader.gui.widgets.messages.show_report", lambda error, _: reports.append(error)
    )
    window.context.messages.report(ReaderError("It is full."))
    assert window.context.messages.text() == "It is full."
    bug = ZeroDivisionError()
    window.context.messages.report(bug)
    assert reports == [bug]


def test_what_changes_elsewhere_is_seen_within_a_second(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one = add("One")
    window = make_window()
    assert window._looking.isActive()
    assert window._looking.interval() == 1000
    library.set_state([one.id], State.TRASH)
    library.trash.delete([one.id])
    window._looking.timeout.emit()
    assert window.article is None
    assert window.controllers.empty_page.title() == "Nothing waits to be read"
    assert window.list.model().rowCount() == 0


def test_a_link_and_the_menu_of_an_article_are_followed(
    qtbot: QtBot, make_window: Make, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def open_url(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", open_url)
    add("One")
    window = make_window()
    window.viewer.link_activated.emit("https://example.org/x")
    assert opened == ["https://example.org/x"]
    shown: list[QPoint] = []
    monkeypatch.setattr(QMenu, "popup", lambda _, at: shown.append(at))
    window.list.customContextMenuRequested.emit(QPoint(5, 7))
    assert shown == [window.list.viewport().mapToGlobal(QPoint(5, 7))]


@pytest.mark.logs
def test_work_that_does_not_end_is_logged(
    make_window: Make, caplog: pytest.LogCaptureFixture
) -> None:
    window = make_window()
    window.context.jobs.close = lambda: False  # type: ignore[method-assign]
    with caplog.at_level(logging.WARNING):
        window.close()
    assert "work was not finished" in caplog.text


def test_closing_keeps_all_and_stops_all(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One", _LONG)
    window = make_window()
    done = threading.Event()

    def work(report: Report) -> None:
        report(0, 0, "")
        done.set()

    window.context.jobs.start("Work", work, lambda _: None)
    window.resize(1111, 777)
    window.close()
    assert done.is_set()
    assert not window._looking.isActive()
    assert window.viewer.article_id is None
    kept = SettingsStore(value=window.settings).value
    assert kept.window != ""
    assert not window.isVisible()
    assert window.article is not None
    assert kept.article == window.article.id


def test_keys_lead_to_the_page_from_the_list(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    _active(qtbot, window)
    window.list.setFocus()
    qtbot.keyClick(window.list, Qt.Key.Key_Return)
    assert window.viewer.hasFocus()
    assert window.qactions["window.show_panes"].isChecked()


def test_a_change_by_others_is_shown_unless_the_library_is_damaged(
    window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    done: list[str] = []
    monkeypatch.setattr(window, "refresh", lambda: done.append("refresh"))
    monkeypatch.setattr(
        window.controllers.health, "report_damage", lambda: done.append("damage")
    )  # fmt: skip
    window._version = window.library.version()
    window._look_for_changes()
    assert done == []
    monkeypatch.setattr(type(window.library), "version", lambda _: "another one")
    window._look_for_changes()
    assert done == ["refresh"]
    monkeypatch.setattr(type(window.library), "is_damaged", True)
    window._look_for_changes()
    assert done == ["refresh", "damage"]


@pytest.mark.parametrize("outcome", [Outcome.FAILED, Outcome.UPDATED, Outcome.ADDED])
def test_only_a_new_article_is_opened_by_itself(
    make_window: Make, add: Add, outcome: Outcome
) -> None:
    waiting = add("One")
    window = make_window(choosing=False)
    window.show_added(ImportResult((ImportRow("x", outcome, article=waiting.id),)))
    assert (window.article is not None) is (outcome is Outcome.ADDED)
