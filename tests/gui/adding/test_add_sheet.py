"""The sheet: opened by a key, filled by hand or from the clipboard, closed without a trace."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.adding.add_sheet import AddSheet, Wanted
from reader.gui.adding.filing import Filing, Into
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, ImportResult, State

Make = Callable[..., Window]
Add = Callable[..., Article]
_KEY = Qt.Key
_URL = "https://example.org/story"


@pytest.fixture
def window(qtbot: QtBot, make_window: Make, monkeypatch: pytest.MonkeyPatch) -> Window:
    """Return a window without a web, with an empty clipboard."""
    monkeypatch.setattr("reader.gui.adding.adding._download", lambda *_, **__: ImportResult())
    QGuiApplication.clipboard().clear()
    made = make_window()
    made.activateWindow()
    qtbot.waitUntil(made.isActiveWindow)
    return made


def _opened(qtbot: QtBot, window: Window, key: Qt.Key = _KEY.Key_L) -> AddSheet:
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    sheet = window.controllers.adding.sheet
    qtbot.waitUntil(sheet.field.edit.hasFocus)
    return sheet


def _focused() -> QWidget:
    focused = QApplication.focusWidget()
    assert focused is not None
    return focused


@pytest.fixture
def wanted(window: Window) -> list[Wanted]:
    """Return a list of all that the sheet asks to add."""
    asked: list[Wanted] = []
    window.controllers.adding.sheet.wanted.connect(asked.append)
    return asked


@pytest.mark.parametrize("key", [_KEY.Key_L, _KEY.Key_N])
def test_both_keys_open_it_below_its_button_and_escape_gives_the_keyboard_back(
    qtbot: QtBot, window: Window, key: Qt.Key
) -> None:
    window.viewer.setFocus()
    sheet = _opened(qtbot, window, key)
    button = window.toolbar.add
    bottom = button.mapTo(window, QPoint(0, button.height())).y()
    assert bottom <= sheet._frame.mapTo(window, QPoint(0, 0)).y() <= bottom + 8
    QTest.keyClick(sheet.field.edit, _KEY.Key_Escape)
    assert sheet.isHidden()
    assert window.viewer.hasFocus()


def test_return_adds_what_was_typed(qtbot: QtBot, window: Window, library: Library) -> None:
    sheet = _opened(qtbot, window)
    assert not sheet.add.isEnabled()
    QTest.keyClicks(sheet.field.edit, "example.org/story")
    assert sheet.add.isEnabled()
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return)
    assert sheet.isHidden()
    qtbot.waitUntil(lambda: library.find(_URL) is not None and library.is_typed(1))


def test_return_takes_the_clipboard_first_and_adds_it_then(
    qtbot: QtBot, window: Window, wanted: list[Wanted]
) -> None:
    QGuiApplication.clipboard().setText(f"{_URL}\nhttps://example.org/other")
    sheet = _opened(qtbot, window)
    assert sheet.card.isVisible()
    assert "and 1 more" in sheet.card.findChild(QWidget, "addHint").text()  # type: ignore[union-attr]
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return)
    assert not wanted
    assert sheet.card.isHidden()
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return)
    assert [each.entries.addresses for each in wanted] == [(_URL, "https://example.org/other")]


def test_nothing_is_offered_if_the_clipboard_holds_no_address_or_must_not_be_read(
    qtbot: QtBot, window: Window
) -> None:
    QGuiApplication.clipboard().setText("a secret of mine")
    sheet = _opened(qtbot, window)
    assert sheet.card.isHidden()
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return)
    assert sheet.isVisible()
    sheet.close_popover()
    QGuiApplication.clipboard().setText(_URL)
    window.store.update(offer_clipboard=False)
    assert _opened(qtbot, window).card.isHidden()


def test_what_cannot_be_added_stays_with_an_answer(
    qtbot: QtBot, window: Window, wanted: list[Wanted]
) -> None:
    sheet = _opened(qtbot, window)
    sheet.field.edit.setPlainText(f"{_URL}\nsome words")
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return)
    assert [each.entries.addresses for each in wanted] == [(_URL,)]
    assert sheet.isVisible()
    assert sheet.field.edit.toPlainText() == "some words"
    assert sheet.answer.isVisible()
    assert sheet.answer.text() == sheet.field.edit.accessibleDescription()
    QTest.keyClicks(sheet.field.edit, "x")
    assert sheet.answer.isHidden()


def test_the_field_grows_up_to_six_lines(qtbot: QtBot, window: Window) -> None:
    sheet = _opened(qtbot, window)
    heights = []
    for lines in (1, 3, 6, 60):
        sheet.field.edit.setPlainText("\n".join([_URL] * lines))
        heights.append(sheet.field.height())
    assert heights[0] == 44
    assert heights[0] < heights[1] < heights[2] == heights[3]


def test_shift_return_begins_a_line(qtbot: QtBot, window: Window) -> None:
    sheet = _opened(qtbot, window)
    QTest.keyClicks(sheet.field.edit, "a.org/1")
    QTest.keyClick(sheet.field.edit, _KEY.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    QTest.keyClicks(sheet.field.edit, "b.org/2")
    assert sheet.field.edit.toPlainText() == "a.org/1\nb.org/2"


def test_tab_goes_round_within_the_sheet(qtbot: QtBot, window: Window) -> None:
    sheet = _opened(qtbot, window)
    sheet.field.edit.setPlainText(_URL)
    seen: list[QWidget] = []
    for _ in range(12):
        QTest.keyClick(_focused(), _KEY.Key_Tab)
        focused = _focused()
        assert sheet.isAncestorOf(focused)
        seen.append(focused)
    stops = [sheet.into, sheet.tags, sheet.files, sheet.folder, sheet.add, sheet.field.edit]
    assert seen == stops * 2
    before = _focused()
    QTest.keyClick(before, _KEY.Key_Backtab)
    QTest.keyClick(_focused(), _KEY.Key_Tab)
    assert _focused() is before


def test_letters_typed_on_a_button_are_no_shortcuts(
    qtbot: QtBot, make_window: Make, window: Window, add: Add, library: Library
) -> None:
    article = add("One")
    window.refresh()
    window.navigation.open(article.id)
    sheet = _opened(qtbot, window)
    sheet.files.setFocus()
    QTest.keyClick(sheet.files, _KEY.Key_E)
    QTest.qWait(50)
    assert library.article(article.id).state is State.QUEUE
    assert sheet.isVisible()


def test_a_click_elsewhere_closes_it_and_its_button_too(qtbot: QtBot, window: Window) -> None:
    handle = window.windowHandle()
    assert handle is not None
    button = window.toolbar.add
    for part in (window.viewer.viewport(), button):
        sheet = _opened(qtbot, window)
        place = part.mapTo(window, part.rect().bottomRight() - QPoint(5, 5))
        QTest.mouseClick(handle, Qt.MouseButton.LeftButton, pos=place)
        assert sheet.isHidden()


def test_articles_go_where_they_should_with_their_tags(
    qtbot: QtBot, window: Window, library: Library, add: Add, tmp_path: Path
) -> None:
    first, last = add("First"), add("Last")
    window.refresh()
    window.navigation.open(first.id)
    file = tmp_path / "Middle.md"
    file.write_text("# Middle\n\nwords")
    for into, url in ((Into.NEXT, str(file)), (Into.ARCHIVE, _URL)):
        sheet = _opened(qtbot, window)
        sheet.field.edit.setPlainText(url)
        sheet.into.setCurrentIndex(sheet.into.findData(into))
        sheet.tags.setText("art/music,  Sea ,, sea")
        assert sheet.filing() == Filing(into, ("art/music", "sea"))
        sheet.accept()
    qtbot.waitUntil(lambda: library.counts().all == 4 and library.counts().archive == 1)
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    middle, saved = library.find(file.as_uri()), library.find(_URL)
    assert middle is not None
    assert saved is not None
    assert library.ids(SHELF_QUERIES["queue"]) == [first.id, middle, last.id]
    assert library.article(saved).state is State.ARCHIVE
    assert {name for name, _ in library.counts().tags} >= {"art/music", "sea"}


def test_commas_of_all_scripts_separate_tags(qtbot: QtBot, window: Window) -> None:
    sheet = _opened(qtbot, window)
    sheet.tags.setText("sea،salt、wind，sun")
    assert sheet.filing().tags == ("sea", "salt", "wind", "sun")


@pytest.mark.parametrize("comma", [",", "،", "、", "，"])
def test_tags_are_completed_after_each_comma(
    qtbot: QtBot, window: Window, library: Library, add: Add, comma: str
) -> None:
    library.tags.add([add("One").id], "history")
    sheet = _opened(qtbot, window)
    sheet.tags.setFocus()
    sheet.tags.setText(f"maps{comma} ")
    QTest.keyClicks(sheet.tags, "hi")
    completer = sheet.tags.completer()
    assert completer is not None
    assert completer.currentCompletion() == f"maps{comma} history"


@pytest.mark.parametrize("size", [(420, 320), (640, 480), (1280, 820)])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_the_sheet_and_all_of_it_lie_within_the_window(
    qtbot: QtBot, window: Window, size: tuple[int, int], direction: Qt.LayoutDirection
) -> None:
    window.setLayoutDirection(direction)
    window.resize(*size)
    QGuiApplication.clipboard().setText(_URL * 30)
    sheet = _opened(qtbot, window)
    sheet.field.edit.setPlainText("some words " * 30)
    sheet.accept()
    QApplication.processEvents()
    frame = QRect(sheet._frame.mapTo(window, QPoint(0, 0)), sheet._frame.size())
    assert window.rect().contains(frame)
    for part in (sheet.field, sheet.into, sheet.tags, sheet.files, sheet.folder, sheet.add):
        place = QRect(part.mapTo(sheet._inside, QPoint(0, 0)), part.size())
        assert sheet._inside.rect().contains(place), part
        assert min(part.width(), part.height()) >= 24


def test_every_part_has_a_name_for_screen_readers(qtbot: QtBot, window: Window) -> None:
    QGuiApplication.clipboard().setText(_URL)
    sheet = _opened(qtbot, window)
    for part in sheet.findChildren(QWidget):
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.isVisible():
            assert part.accessibleName() or getattr(part, "text", lambda: "")()
