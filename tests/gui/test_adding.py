"""Saving addresses from the window: filed at once, tried again, told of in a sentence."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QInputDialog, QToolButton
from pytestqt.qtbot import QtBot

from reader.gui.window import Window
from reader.ingest.fetch import Fetched, Unreachable
from reader.ingest.web import download
from reader.library.library import Library
from reader.model import ImportResult
from reader.progress import Report

Make = Callable[..., Window]
_URL = "https://example.org/story"
_TEXT = "".join(f"<p>Sentence {n}, with commas, and enough words to be text.</p>" for n in range(9))


@pytest.fixture
def web(monkeypatch: pytest.MonkeyPatch) -> dict[str, bool]:
    """Put a web of one page in the place of the real one; it can be out of reach."""
    state = {"up": False}

    def get(address: str, **_: object) -> Fetched:
        if not state["up"]:
            raise Unreachable("example.org cannot be reached.")
        page = f"<html><head><title>The story</title></head><body><article>{_TEXT}</article>"
        return Fetched(address, page.encode(), "text/html", "", True)

    def fetch(library: Library, ids: list[int], report: Report) -> ImportResult:
        return download(library, ids, report, get=get)

    monkeypatch.setattr("reader.gui.adding._download", fetch)
    return state


def test_an_address_waits_while_out_of_reach_and_is_tried_again(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    window = make_window()
    window.adding.addresses([_URL])
    qtbot.waitUntil(lambda: "cannot be reached" in window.messages.text())
    assert window.messages.text().endswith("It waits.")
    assert len(library.waiting()) == 1
    web["up"] = True
    button = window.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    assert button.text() == "Try Again"
    button.click()
    qtbot.waitUntil(lambda: not library.waiting())
    assert library.rows_of([1])[0].title == "The story"


def test_saving_a_waiting_address_once_more_fetches_it(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    window = make_window()
    window.adding.addresses([_URL])
    qtbot.waitUntil(lambda: "cannot be reached" in window.messages.text())
    web["up"] = True
    window.adding.addresses([_URL + "?utm_source=mail"])
    qtbot.waitUntil(lambda: not library.waiting() and not window.jobs.running)
    window.adding.addresses([_URL])
    qtbot.waitUntil(lambda: window.messages.text() == "It is in the library already.")
    assert library.counts().all == 1


def test_what_is_no_address_is_told_of(qtbot: QtBot, make_window: Make, library: Library) -> None:
    window = make_window()
    window.adding.addresses(["not an address"])
    qtbot.waitUntil(lambda: bool(window.messages.text()))
    assert library.counts().all == 0


def test_what_the_person_confirmed_was_typed_and_what_was_pasted_was_not(
    qtbot: QtBot,
    make_window: Make,
    library: Library,
    web: dict[str, bool],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    web["up"] = True
    window = make_window()
    for number, save in enumerate((window.adding.paste, window.adding.save_address), 1):
        QGuiApplication.clipboard().setText(f"{_URL}?{number}")
        monkeypatch.setattr(QInputDialog, "exec", lambda _: 1)
        save()
        qtbot.waitUntil(lambda: library.find(f"{_URL}?{number}") is not None)  # noqa: B023
        qtbot.waitUntil(lambda: not library.waiting())
    found = [library.find(f"{_URL}?{number}") for number in (1, 2)]
    assert [library.is_typed(id or 0) for id in found] == [False, True]
