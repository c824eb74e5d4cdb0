"""The library is checked at rest, stops while the window is used, and tells what it healed."""

import time

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from tests.damaging import flip

from reader.gui.recovery import check_at_rest
from reader.gui.recovery.check_at_rest import CheckAtRest
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.repair.check import Outcome


@pytest.fixture
def rest(qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch) -> CheckAtRest:
    """Return the check of a window that has been at rest for long."""
    monkeypatch.setattr(check_at_rest, "_STILL_SECONDS", 0.0)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    health = window.controllers.health
    health.check_daily()
    assert health._at_rest is not None
    return health._at_rest


def _settle(qtbot: QtBot, rest: CheckAtRest) -> None:
    rest.look()
    qtbot.waitUntil(lambda: not rest._is_checking)


def test_a_whole_library_is_checked_once_a_day_without_a_word(
    qtbot: QtBot, rest: CheckAtRest, window: Window, library: Library
) -> None:
    _settle(qtbot, rest)
    checked_at = library.checkup.record().checked_at
    assert checked_at
    assert window.context.messages.text() == ""
    rest._next_at = 0.0
    _settle(qtbot, rest)
    assert library.checkup.record().checked_at == checked_at


def test_what_was_healed_is_told_calmly(
    qtbot: QtBot, rest: CheckAtRest, window: Window, library: Library
) -> None:
    library.check()
    _forget_the_check(library)
    assert flip(library.folder / "library.db", "article", "title")
    _settle(qtbot, rest)
    assert window.context.messages.text() == "The library was checked. 1 field was restored."
    assert library.check() == ()


def test_damage_that_is_left_is_told_with_a_way_to_see_it(
    qtbot: QtBot, rest: CheckAtRest, window: Window, library: Library
) -> None:
    name = library.keep_picture(b"picture", "png")
    with library._database.writing() as connection:
        connection.execute("INSERT INTO article_image SELECT id, ? FROM article LIMIT 1", (name,))
    (library.folder / "images" / name).unlink()
    _settle(qtbot, rest)
    assert "Pictures are missing" in window.context.messages.text()


def test_the_check_stops_if_the_window_is_used_and_goes_on_later(
    qtbot: QtBot, rest: CheckAtRest, window: Window, library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    monkeypatch.setattr(check_at_rest, "_STILL_SECONDS", 60.0)
    monkeypatch.setattr(rest._stillness, "_used_at", time.monotonic() - 61)
    monkeypatch.setattr(check_at_rest, "_PAUSE_SECONDS", 0.2)
    rest.look()
    assert rest._is_checking
    QTest.keyClick(window.windowHandle() or window, Qt.Key.Key_Shift)
    rest._stillness._used_at = time.monotonic()
    qtbot.waitUntil(lambda: not rest._is_checking)
    assert library.checkup.record().checked_at == ""
    rest.look()
    assert not rest._is_checking
    monkeypatch.setattr(check_at_rest, "_STILL_SECONDS", 0.0)
    monkeypatch.setattr(check_at_rest, "_PAUSE_SECONDS", 0.0)
    _settle(qtbot, rest)
    assert library.checkup.record().checked_at


def test_a_check_that_was_asked_for_says_that_all_is_whole(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.controllers.health.check()
    qtbot.waitUntil(lambda: window.context.messages.text() == "The library is whole.")
    assert library.checkup.check_and_heal() == Outcome()


def _forget_the_check(library: Library) -> None:
    (library.folder / "library.db-findings.json").unlink()
