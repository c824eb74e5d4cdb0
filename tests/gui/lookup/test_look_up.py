"""A word of the page is looked up beside it, and leads on to other words and back."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextCursor
from pytestqt.qtbot import QtBot
from tests.lookup import writing

from reader.gui.lookup.look_up import LookUp
from reader.gui.lookup.sheet import LookUpSheet
from reader.gui.window import Window
from reader.model import Article

_TEXT = "It was late. The harbours were full of small ships, and nobody slept. Then it was day."


@pytest.fixture
def window(
    qtbot: QtBot,
    tmp_path: Path,
    add: Callable[..., Article],
    make_window: Callable[..., Window],
) -> Window:
    """A window with an article and a folder of dictionaries."""
    add("Sea", _TEXT)
    folder = tmp_path / "words"
    folder.mkdir()
    made = make_window(dictionaries=str(folder))
    qtbot.waitUntil(lambda: made.viewer.document_ready)
    return made


def _folder(window: Window) -> Path:
    return Path(window.settings.dictionaries)


def _looked_up(window: Window, qtbot: QtBot, word: str | QTextCursor) -> LookUpSheet:
    cursor = window.viewer.document().find(word) if isinstance(word, str) else word
    window.viewer.setTextCursor(cursor)
    window.viewer.setFocus()
    window.qactions["word.look_up"].trigger()
    look_up = _controller(window)
    qtbot.waitUntil(lambda: look_up.sheet is not None and look_up.sheet.isVisible())
    assert look_up.sheet is not None
    return look_up.sheet


def _controller(window: Window) -> LookUp:
    return window.controllers.page.look_up


def test_a_selected_word_is_shown_with_its_definition(window: Window, qtbot: QtBot) -> None:
    writing.stardict(_folder(window), "one", {"ship": "<i>what</i> sails"}, kinds="h")
    sheet = _looked_up(window, qtbot, "ships")
    assert sheet.word == "ship"
    assert "what sails" in sheet.view.toPlainText()
    assert "“ships” has no entry of its own" in sheet.view.toPlainText()
    assert sheet.view.hasFocus()
    qtbot.keyClick(sheet.view, Qt.Key.Key_Escape)
    assert sheet.isHidden() and window.viewer.hasFocus()


def test_a_link_looks_up_the_next_word_and_back_returns(window: Window, qtbot: QtBot) -> None:
    words = {"harbours": "see <kref>salt water</kref>", "salt water": "the sea"}
    writing.stardict(_folder(window), "one", words, kinds="x")
    sheet = _looked_up(window, qtbot, "harbours")
    sheet.view.anchorClicked.emit(QUrl("#word:salt%2520water"))
    qtbot.waitUntil(lambda: sheet.word == "salt water")
    assert "the sea" in sheet.view.toPlainText()
    sheet.back.click()
    qtbot.waitUntil(lambda: sheet.word == "harbours")
    assert sheet.back.isHidden()


def test_without_a_dictionary_the_web_is_asked_only_if_its_button_is_pressed(
    window: Window, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[str] = []

    def note(url: QUrl) -> bool:
        opened.append(url.toString())
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", note)
    sheet = _looked_up(window, qtbot, "nobody")
    assert sheet.view.isHidden() and "There is no dictionary yet" in sheet.state.text()
    assert opened == [] and sheet.web.hasFocus()
    sheet.web.click()
    assert opened == ["https://en.wiktionary.org/wiki/nobody"]
    qtbot.waitUntil(lambda: [each.name for each in window.library.vocabulary.all()] == ["nobody"])


def test_a_damaged_dictionary_is_named_beside_what_the_others_say(
    window: Window, qtbot: QtBot
) -> None:
    writing.stardict(_folder(window), "bad", {"nobody": "x"}).with_suffix(".idx").write_bytes(b"x")
    writing.dictd(_folder(window), "good", {"nobody": "nobody\n  no person"})
    sheet = _looked_up(window, qtbot, "nobody")
    assert "no person" in sheet.view.toPlainText()
    assert "bad: bad.idx is damaged" in sheet.state.text()


def test_the_sentence_around_a_word_is_known(window: Window) -> None:
    from reader.gui.lookup.place import meant

    window.viewer.setTextCursor(window.viewer.document().find("small"))
    found = meant(window.viewer)
    assert found is not None and found.word == "small"
    assert found.sentence == "The harbours were full of small ships, and nobody slept."


def test_nothing_is_looked_up_if_no_word_is_meant(window: Window) -> None:
    window.viewer.setTextCursor(QTextCursor(window.viewer.document()))
    window.qactions["word.look_up"].trigger()
    assert _controller(window).sheet is None


@pytest.mark.parametrize("columns", [0, 2])
def test_it_opens_beside_the_word_without_covering_it(
    window: Window, qtbot: QtBot, add: Callable[..., Article], columns: int
) -> None:
    writing.stardict(_folder(window), "one", {"ship": "<p>a vessel</p>" * 9}, kinds="h")
    text = "\n\n".join(f"Number {n} of the ships. " + "Hay and hay. " * 30 for n in range(40))
    window.navigation.open(add("Many", text).id)
    window.resize(1500, 700)
    viewer = window.viewer
    viewer.set_paged(columns)
    qtbot.waitUntil(lambda: viewer.document_ready)
    position = viewer.page.find("Number 12").position()
    viewer.show_cursor(viewer.cursor_over(position, position))
    here = viewer.page.find("ships", position)
    sheet = _looked_up(window, qtbot, here)
    area = viewer.area_of(here.selectionStart(), here.selectionEnd())
    word = QRect(viewer.viewport().mapTo(window, area.topLeft()), area.size())
    shown = sheet._frame.geometry()
    assert not shown.intersects(word)
    assert shown.left() <= word.center().x() <= shown.right()
    assert min(abs(shown.top() - word.bottom()), abs(shown.bottom() - word.top())) < 8
