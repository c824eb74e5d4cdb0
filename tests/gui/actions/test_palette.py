"""The command palette, by the keyboard alone."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import paths
from reader.gui.action import unmarked
from reader.gui.actions import menus
from reader.gui.actions.palette import CommandPalette
from reader.gui.actions.palette_entries import Entry, used
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]
CTRL = Qt.KeyboardModifier.ControlModifier


def _open(qtbot: QtBot, window: Window) -> CommandPalette:
    window.activateWindow()
    QCursor.setPos(window.mapToGlobal(QPoint(1, 1)))  # an entry under it would be chosen
    QApplication.processEvents()  # else the move arrives later, as one of the person
    qtbot.waitUntil(window.viewer.hasFocus)
    qtbot.keyClick(window.viewer, Qt.Key.Key_K, CTRL)
    assert window.controllers.palette.line.hasFocus()
    return window.controllers.palette


def _current(palette: CommandPalette) -> Entry:
    entry = palette.model.entry(palette.list.currentIndex().row())
    assert entry is not None
    return entry


def _texts(palette: CommandPalette) -> list[str]:
    lines = [palette.model.line(n) for n in range(palette.model.rowCount())]
    return [line.text if isinstance(line, Entry) else f"[{line}]" for line in lines]


def test_letters_and_enter_do_an_action_and_give_the_keyboard_back(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    window = make_window()
    palette = _open(qtbot, window)
    qtbot.keyClicks(palette.line, "arch")
    assert (_current(palette).text, _current(palette).note) == ("Archive", "E")
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: library.article(article.id).state is State.ARCHIVE)
    assert palette.isHidden()
    assert window.viewer.hasFocus()
    assert window.settings.uses == {"action:article.archive": 1}


def test_shelves_tags_and_articles_are_opened(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    add("One")
    second = add("The Zebra crossing")
    library.tags.add([second.id], "zoology")
    window = make_window()
    for words, wanted in (("zoology", "tag:zoology"), ("trash", "trash")):
        palette = _open(qtbot, window)
        palette.line.setText(words)
        while _current(palette).key != wanted:
            qtbot.keyClick(palette.line, Qt.Key.Key_Down)
        qtbot.keyClick(palette.line, Qt.Key.Key_Return)
        assert window.shelf is not None
        assert window.shelf.key == wanted
    palette = _open(qtbot, window)
    palette.line.setText("the zebra")
    assert _texts(palette) == ["[Articles]", "The Zebra crossing"]
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.viewer.article_id == second.id


def test_arrows_and_ctrl_n_and_p_move_over_headings(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window(uses={"action:article.archive": 3})
    palette = _open(qtbot, window)
    assert _texts(palette)[:3] == ["[Used often]", "Archive", "[Actions]"]
    first = _current(palette)
    qtbot.keyClick(palette.line, Qt.Key.Key_N, CTRL)
    second = _current(palette)
    assert second.text == _texts(palette)[3]
    qtbot.keyClick(palette.line, Qt.Key.Key_P, CTRL)
    assert _current(palette) == first
    qtbot.keyClick(palette.line, Qt.Key.Key_Up)
    assert _current(palette) == first


def test_escape_closes_and_so_does_the_key_that_opens(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    palette = _open(qtbot, window)
    qtbot.keyClick(palette.line, Qt.Key.Key_Escape)
    assert palette.isHidden()
    assert window.viewer.hasFocus()
    palette = _open(qtbot, window)
    qtbot.keyClick(palette.line, Qt.Key.Key_K, CTRL)
    assert palette.isHidden()


def test_what_cannot_be_done_is_left_out(qtbot: QtBot, make_window: Make, add: Add) -> None:
    window = make_window()
    palette = _open(qtbot, window)
    entries = [palette.model.entry(n) for n in range(palette.model.rowCount())]
    ids = {entry.key for entry in entries if entry and entry.kind == "Actions"}
    assert ids == {
        id for id, action in window.qactions.items() if action.isEnabled() and id != "palette.open"
    }
    assert "article.edit_title" not in ids


@pytest.mark.parametrize(
    ("words", "theme"), [("dark", "dark"), ("sepia", "sepia"), ("sys", "system")]
)
def test_a_theme_is_found_by_its_name_and_chosen(
    qtbot: QtBot, make_window: Make, words: str, theme: str
) -> None:
    window = make_window(theme="light")
    palette = _open(qtbot, window)
    qtbot.keyClicks(palette.line, words)
    assert _current(palette).key == f"theme.{theme}"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.settings.theme == theme
    assert window.qactions[f"theme.{theme}"].isChecked()


def test_only_a_pointer_that_moves_chooses_an_entry(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    palette = _open(qtbot, window)
    view = palette.list.viewport()
    first, other = _current(palette), palette.list.visualRect(palette.model.index(4)).center()
    palette._pointer = view.mapToGlobal(other)  # where it rests as the palette opens
    QTest.mouseMove(view, other)
    assert _current(palette) == first
    palette.list.verticalScrollBar().setValue(40)
    assert _current(palette) == first
    palette.list.verticalScrollBar().setValue(0)
    QTest.mouseMove(view, other + QPoint(3, 1))
    qtbot.waitUntil(lambda: _current(palette) == palette.model.entry(4))


def test_the_users_own_theme_is_in_the_palette_and_in_the_menu(
    qtbot: QtBot, make_window: Make
) -> None:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True)
    (folder / "moss.toml").write_text('title = "Moss & Fern"\ndark = true\n')
    window = make_window(theme="light")
    palette = _open(qtbot, window)
    qtbot.keyClicks(palette.line, "moss")
    assert _current(palette).text == "Theme: Moss & Fern"
    qtbot.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.viewer.look.theme.title == "Moss & Fern"
    entries = menus.menu(window, "View", "Theme").actions()
    assert [unmarked(each.text()) for each in entries if each.isChecked()] == ["Moss & Fern"]
    letters = [each.property("letter") for each in entries]
    assert len({*letters}) == len(letters)


def test_letters_typed_are_no_keys_of_the_window(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    article = add("One")
    palette = _open(qtbot, make_window())
    qtbot.keyClicks(palette.line, "els")
    qtbot.keyClick(palette.line, Qt.Key.Key_Delete)
    assert palette.line.text() == "els"
    assert library.article(article.id).state is State.QUEUE


def test_it_stays_within_a_narrow_window(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add("One")
    window = make_window()
    palette = _open(qtbot, window)
    window.resize(440, 360)
    qtbot.waitUntil(lambda: palette.line.mapTo(window, palette.line.rect().topRight()).x() < 440)
    assert palette.geometry().bottom() < 360


@pytest.mark.parametrize("times", [70, 500])
def test_uses_are_counted_and_fade(times: int) -> None:
    uses: dict[str, int] = {}
    for _ in range(times):
        uses = used(uses, "old")
    for number in range(300):
        uses = used(uses, f"new {number}")
    assert len(uses) <= 200
    assert 20 <= uses["old"] <= 64
    assert "new 299" in uses


def test_it_lies_in_the_middle_below_the_top_and_as_high_as_what_was_found(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    palette = _open(qtbot, window)
    line = palette.line
    left = line.mapTo(window, line.rect().topLeft())
    assert abs(left.x() + line.width() / 2 - window.width() / 2) <= 1
    assert (left.y(), line.width(), palette.list.height()) == (48, 620, 430)
    line.setText("quit")
    rows = [palette.list.visualRect(palette.model.index(n)) for n in range(len(_texts(palette)))]
    high = sum(each.height() for each in rows)
    assert high < palette.list.height() <= high + 20
    line.setText("no such thing")
    assert _texts(palette) == []
    assert palette.list.height() == 64
    window.resize(500, 800)
    qtbot.waitUntil(lambda: line.width() < 500)
    assert line.width() == window.width() - 24


def test_page_keys_go_eight_entries_and_stop_at_the_ends(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    palette = _open(qtbot, make_window())
    rows = range(palette.model.rowCount())
    entries = [entry for n in rows if (entry := palette.model.entry(n))]
    for key, wanted in (
        (Qt.Key.Key_PageDown, 8), (Qt.Key.Key_PageDown, 16), (Qt.Key.Key_Down, 17),
        (Qt.Key.Key_PageUp, 9), (Qt.Key.Key_PageUp, 1), (Qt.Key.Key_PageUp, 0),
    ):  # fmt: skip
        qtbot.keyClick(palette.line, key)
        assert _current(palette) == entries[wanted]
    assert palette.list.verticalScrollBar().value() == 0, "its heading is seen again"
    for _ in range(len(entries)):
        qtbot.keyClick(palette.line, Qt.Key.Key_PageDown)
    assert _current(palette) == entries[-1]


def test_a_click_does_an_entry_and_the_keyboard_elsewhere_closes(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One")
    window = make_window()
    palette = _open(qtbot, window)
    chosen: list[Entry] = []
    palette.chosen.connect(chosen.append)
    palette.line.setText("full screen")
    heading, entry = (palette.list.visualRect(palette.model.index(n)).center() for n in (0, 1))
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=heading)
    assert palette.isVisible()
    wanted = palette.model.entry(1)
    qtbot.mouseClick(palette.list.viewport(), Qt.MouseButton.LeftButton, pos=entry)
    assert chosen == [wanted]
    assert palette.isHidden()
    palette = _open(qtbot, window)
    window.list.setFocus()
    assert palette.isHidden()
    assert window.list.hasFocus()
