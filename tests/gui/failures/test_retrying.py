"""Further attempts while the window is open: what is due, once, and nothing that is hopeless."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot
from tests.ingest.site import Site

from reader.gui import app
from reader.gui.failures.retrying import Retrying
from reader.gui.window import Window
from reader.ingest.web import add_addresses
from reader.library.library import Library
from reader.library.store import clock
from reader.model import FailureKind

Make = Callable[..., Window]


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)
    made = Site()
    yield made
    made.close()


@pytest.fixture
def ids(library: Library, site: Site) -> list[int]:
    urls = [f"{site.address}/{name}" for name in ("busy", "gone")]
    ids = [row.article for row in add_addresses(library, urls, typed=urls).rows]
    library.downloads.note_failure(ids[0], FailureKind.SERVER, 503)
    library.downloads.note_failure(ids[1], FailureKind.GONE, 404)
    return ids


def _later(monkeypatch: pytest.MonkeyPatch, seconds: int) -> None:
    now = clock.seconds()
    monkeypatch.setattr(clock, "seconds", lambda: now + seconds)


def test_what_is_due_is_tried_again_by_itself(
    qtbot: QtBot, make_window: Make, ids: list[int], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = make_window()
    window.controllers.retrying._looking.timeout.emit()
    assert not window.context.jobs.running
    _later(monkeypatch, 400)
    site.answers["/busy"] = None
    for _ in range(3):
        window.controllers.retrying._looking.timeout.emit()
    assert len(window.context.jobs.running) == 1
    qtbot.waitUntil(lambda: site.asked == ["/busy"])
    site.end.set()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    failure = window.library.article(ids[0]).failure
    assert failure is not None
    assert failure.tries == 2


def test_a_start_tries_no_hopeless_article(
    qtbot: QtBot, make_window: Make, ids: list[int], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _later(monkeypatch, 400)
    window = make_window()
    window.controllers.retrying.look(at_start=True)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert site.asked == ["/busy"]


def test_the_setting_counts_at_each_look(
    qtbot: QtBot, make_window: Make, ids: list[int], site: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    _later(monkeypatch, 400)
    window = make_window()
    window.store.update(download_waiting=False)
    window.controllers.retrying.look(at_start=True)
    window.controllers.retrying._looking.timeout.emit()
    assert not window.context.jobs.running
    window.store.update(download_waiting=True)
    window.controllers.retrying._looking.timeout.emit()
    qtbot.waitUntil(lambda: site.asked == ["/busy"])
    qtbot.waitUntil(lambda: not window.context.jobs.running)


def test_a_start_without_downloads_still_begins_to_look(
    make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    later: list[Callable[[], None]] = []
    monkeypatch.setattr(QTimer, "singleShot", lambda _ms, _window, does: later.append(does))
    window = make_window()
    window.store.update(download_waiting=False)
    later.clear()
    app._begin_later(window)
    made: list[bool] = []
    monkeypatch.setattr(Retrying, "look", lambda _, **how: made.append(how["at_start"]))
    next(each for each in later if "retrying" in each.__code__.co_names)()
    assert made == [True]


def test_it_looks_each_minute_by_itself(make_window: Make) -> None:
    looking = make_window().controllers.retrying._looking
    assert looking.isActive()
    assert looking.interval() == 60_000
