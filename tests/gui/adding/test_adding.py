"""Saving addresses from the window: filed at once, tried again, told of in a sentence."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QUrl
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtWidgets import QToolButton
from pytestqt.qtbot import QtBot

from reader.gui.window import Window
from reader.ingest.fetch import Fetched
from reader.ingest.refusals import Unreachable
from reader.ingest.web import download
from reader.library.library import Library
from reader.model import ImportResult, State
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

    monkeypatch.setattr("reader.gui.adding.adding._download", fetch)
    return state


def test_an_address_waits_while_out_of_reach_and_is_tried_again(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    window = make_window()
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(lambda: "cannot be reached" in window.context.messages.text())
    assert window.context.messages.text().endswith("It waits.")
    assert len(library.downloads.waiting()) == 1
    web["up"] = True
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    assert button.text() == "Try Again"
    button.click()
    qtbot.waitUntil(lambda: not library.downloads.waiting())
    assert library.rows_of([1])[0].title == "The story"


def test_saving_a_waiting_address_once_more_fetches_it(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    window = make_window()
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(lambda: "cannot be reached" in window.context.messages.text())
    web["up"] = True
    window.controllers.adding.addresses([_URL + "?utm_source=mail"])
    qtbot.waitUntil(lambda: not library.downloads.waiting() and not window.context.jobs.running)
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(
        lambda: window.context.messages.text() == "Already in your library: “The story”."
    )
    assert library.counts().all == 1


def test_what_is_no_address_is_told_of(qtbot: QtBot, make_window: Make, library: Library) -> None:
    window = make_window()
    window.controllers.adding.addresses(["not an address"])
    qtbot.waitUntil(lambda: bool(window.context.messages.text()))
    assert library.counts().all == 0


def test_what_the_person_confirmed_was_typed_and_what_was_pasted_was_not(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    web["up"] = True
    window = make_window()
    adding = window.controllers.adding
    QGuiApplication.clipboard().setText(f"{_URL}?1")
    adding.paste()
    qtbot.waitUntil(
        lambda: library.find(f"{_URL}?1") is not None and not library.downloads.waiting()
    )
    adding.open_sheet()
    adding.sheet.field.edit.setPlainText(f"{_URL}?2")
    adding.sheet.accept()
    qtbot.waitUntil(
        lambda: library.find(f"{_URL}?2") is not None and not library.downloads.waiting()
    )
    found = [library.find(f"{_URL}?{number}") for number in (1, 2)]
    assert [library.is_typed(id or 0) for id in found] == [False, True]


def test_the_article_of_a_link_file_is_downloaded(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool], tmp_path: Path
) -> None:
    web["up"] = True
    file = tmp_path / "A link.url"
    file.write_text(f"[InternetShortcut]\nURL={_URL}\n")
    window = make_window()
    window.controllers.adding.paths([file])
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “The story”.")
    assert library.article(1).url == _URL


def _press(window: Window, label: str) -> None:
    buttons = window.context.messages.findChildren(QToolButton)
    next(each for each in buttons if each.isVisible() and each.text() == label).click()


def test_a_saved_article_is_told_by_its_title_and_can_be_opened(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    web["up"] = True
    window = make_window()
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “The story”.")
    window.navigation.open_nothing()
    _press(window, "Open")
    assert window.article is not None
    assert window.article.title == "The story"


def test_saving_is_undone_without_loss(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    web["up"] = True
    window = make_window()
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “The story”.")
    _press(window, "Undo")
    qtbot.waitUntil(lambda: "to the trash" in window.context.messages.text())
    assert library.counts().trash == 1
    window.context.history.undo()
    qtbot.waitUntil(lambda: library.counts().queue == 1)


def test_what_was_there_before_is_not_undone(
    qtbot: QtBot, make_window: Make, library: Library, web: dict[str, bool]
) -> None:
    web["up"] = True
    window = make_window()
    window.controllers.adding.addresses([_URL])
    qtbot.waitUntil(lambda: window.context.messages.text() == "Saved “The story”.")
    window.controllers.adding.addresses([_URL, _URL + "?other"])
    qtbot.waitUntil(
        lambda: window.context.messages.text() == "Saved 1 article; 1 was already there."
    )
    _press(window, "Undo")
    qtbot.waitUntil(lambda: library.counts().trash == 1)
    assert library.article(1).state is State.QUEUE


def _mime(kind: str) -> QMimeData | None:
    if kind == "none":
        return None
    made = QMimeData()
    if kind == "picture":
        made.setImageData(QImage(4, 4, QImage.Format.Format_RGB32))
    elif kind == "other format":
        made.setData("application/x-something", b"bytes")
    elif kind == "blank":
        made.setText("  \n ")
        made.setHtml(" ")
    return made


@pytest.mark.parametrize("kind", ["none", "nothing", "picture", "other format", "blank"])
def test_a_clipboard_without_text_is_told_of(
    qtbot: QtBot, make_window: Make, library: Library, kind: str
) -> None:
    window = make_window()
    window.controllers.adding.mime(_mime(kind))
    qtbot.waitUntil(lambda: "no text on the clipboard" in window.context.messages.text())
    assert library.downloads.waiting() == []


def test_a_clipboard_far_too_large_is_a_row(
    qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.ingest.files.MAX_BYTES", 1000)
    window = make_window()
    made = QMimeData()
    made.setText("word " * 1000)
    window.controllers.adding.mime(made)
    qtbot.waitUntil(lambda: "larger than" in window.context.messages.text())


@pytest.mark.skipif(os.name == "nt", reason="names are Unicode there")
def test_a_dropped_file_may_have_any_name(
    qtbot: QtBot, make_window: Make, tmp_path: Path, library: Library
) -> None:
    file = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.md"))
    file.write_text("some words")
    made = QMimeData()
    made.setUrls([QUrl.fromEncoded(file.as_uri().encode())])
    window = make_window()
    window.controllers.adding.mime(made)
    qtbot.waitUntil(lambda: library.find(file.as_uri()) is not None)


def test_a_path_and_an_address_are_added_as_text_too(
    qtbot: QtBot, make_window: Make, tmp_path: Path, library: Library
) -> None:
    file = tmp_path / "a note.md"
    file.write_text("some words")
    window = make_window()
    for text in (str(file), f"{file.as_uri()}\n"):
        made = QMimeData()
        made.setText(text)
        window.controllers.adding.mime(made)
        qtbot.waitUntil(lambda: library.find(file.as_uri()) is not None)
    made = QMimeData()
    made.setText("www.example.org/story")
    window.controllers.adding.mime(made)
    qtbot.waitUntil(lambda: library.find("https://www.example.org/story") is not None)
