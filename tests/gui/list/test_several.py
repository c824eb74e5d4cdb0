"""Several selected articles: the bar says how many, does what it says, and the page stays."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication, QMenu
from pytestqt.qtbot import QtBot

from reader.gui.list.bulk_bar import BulkBar
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]
_LEFT, _NONE = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
_CTRL, _SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(make_window: Make, add: Add, library: Library) -> Window:
    """Return a window on the first of eight articles of two minutes each."""
    with library.together():
        for number in range(8):
            add(f"Article {number}")
    return make_window()


def _click(qtbot: QtBot, window: Window, row: int, held: Qt.KeyboardModifier = _NONE) -> None:
    qtbot.mouseClick(window.list.viewport(), _LEFT, held, window.list.area_of(row).center())


def _bar(window: Window) -> BulkBar:
    return window.controllers.several.bar


def test_there_is_no_bar_for_one_article(qtbot: QtBot, window: Window) -> None:
    _click(qtbot, window, 3)
    assert "several" not in window.controllers.__dict__
    _click(qtbot, window, 4, _CTRL)
    assert _bar(window).isVisible()
    _click(qtbot, window, 5)
    assert not _bar(window).isVisible()


def test_the_bar_says_how_many_and_how_long_and_the_page_stays(
    qtbot: QtBot, window: Window
) -> None:
    read = window.article
    _click(qtbot, window, 2, _CTRL)
    assert _bar(window).text() == "2 selected · 3 min"
    _click(qtbot, window, 6, _SHIFT)
    assert _bar(window).text().startswith("6 selected · ")
    qtbot.keyClick(window.list, Qt.Key.Key_A, _CTRL)
    assert _bar(window).text().startswith("8 selected · ")
    assert window.list._resting.isActive() is False
    assert window.article is read


@pytest.mark.parametrize("from_bar", [False, True])
def test_esc_ends_it_and_goes_back_to_what_is_read(
    qtbot: QtBot, window: Window, from_bar: bool
) -> None:
    assert window.article is not None
    for row in (3, 5):
        _click(qtbot, window, row, _CTRL)
    qtbot.keyClick(_bar(window).more if from_bar else window.list, Qt.Key.Key_Escape)
    assert not _bar(window).isVisible()
    assert window.list.selected_ids() == [window.article.id]


def test_the_buttons_apply_to_all_selected_as_one_step(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    ids = library.ids(SHELF_QUERIES["queue"])
    for row in (3, 5):
        _click(qtbot, window, row, _CTRL)
    chosen = [ids[0], ids[3], ids[5]]
    _bar(window).buttons["article.favourite"].click()
    qtbot.waitUntil(lambda: all(row.favourite for row in library.rows_of(chosen)))
    qtbot.waitUntil(lambda: window.list.selected_ids() == chosen)
    _bar(window).buttons["article.trash"].click()
    qtbot.waitUntil(lambda: library.counts().trash == 3)
    qtbot.waitUntil(lambda: not _bar(window).isVisible())
    window.context.history.undo()
    qtbot.waitUntil(lambda: library.counts().trash == 0)


def test_the_keyboard_goes_back_to_the_list_if_the_bar_leaves(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    window.activateWindow()
    for row in (3, 5):
        _click(qtbot, window, row, _CTRL)
    button = _bar(window).buttons["article.archive"]
    button.setFocus()
    button.click()
    qtbot.waitUntil(lambda: library.counts().archive == 3)
    qtbot.waitUntil(lambda: not _bar(window).isVisible())
    assert window.focusWidget() is window.list


def test_in_the_trash_it_offers_to_restore(qtbot: QtBot, window: Window, library: Library) -> None:
    library.set_state(library.ids(SHELF_QUERIES["queue"])[:4], State.TRASH)
    window.refresh()
    window.shelves.select("trash")
    window.list.selectAll()
    bar = _bar(window)
    shown = {name for name, button in bar.buttons.items() if button.isVisible()}
    assert shown == {"article.restore", "article.delete"}
    window.shelves.select("queue")
    assert not bar.isVisible()
    window.list.selectAll()
    assert not bar.buttons["article.restore"].isVisible()


def test_works_also_if_no_article_is_open(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    for number in range(3):
        add(f"Article {number}")
    window = make_window(choosing=False)
    window.list.selectAll()
    _bar(window).buttons["article.archive"].click()
    qtbot.waitUntil(lambda: library.counts().archive == 3)


def test_more_opens_the_menu_of_the_articles(qtbot: QtBot, window: Window) -> None:
    window.list.selectAll()
    _bar(window).more.click()
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert "Archive" in [action.text().replace("&", "") for action in menu.actions()]
    menu.close()


def test_the_number_is_announced_once_it_rests(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(
        "reader.gui.list.several.QAccessibleAnnouncementEvent", lambda _, text: said.append(text)
    )
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda _: None)
    for row in (1, 2, 3):
        _click(qtbot, window, row, _CTRL)
    assert said == []
    qtbot.waitUntil(lambda: said == ["4 selected, 5 minutes"])
    _click(qtbot, window, 1)
    qtbot.wait(20)
    assert not window.controllers.several._resting.isActive()


def test_tab_goes_from_the_list_through_the_bar(qtbot: QtBot, window: Window) -> None:
    window.list.selectAll()
    bar, part, order = _bar(window), window.list.nextInFocusChain(), []
    while part is not None and part is not window.list and bar.more not in order:
        order += [part] if part in (*bar.buttons.values(), bar.more) else []
        part = part.nextInFocusChain()
    assert order == [*bar.buttons.values(), bar.more]


def test_more_than_can_be_found_again_are_no_longer_selected_after_a_change_elsewhere(
    make_window: Make, add: Add, library: Library
) -> None:
    with library.together():
        for number in range(300):
            add(f"Article {number}")
    window = make_window()
    assert window.article is not None
    window.list.selectAll()
    add("Another")
    window.refresh()
    assert window.list.selected_ids() == [window.article.id]
    assert not _bar(window).isVisible()


def test_dragging_over_the_gutter_or_right_clicking_opens_only_what_is_alone(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    ids = library.ids(SHELF_QUERIES["queue"])
    qtbot.mouseClick(
        window.list.viewport(), Qt.MouseButton.RightButton, pos=window.list.area_of(4).center()
    )
    assert window.article is not None
    assert window.article.id == ids[4]
    _click(qtbot, window, 6, _CTRL)
    qtbot.mouseClick(window.list.viewport(), _LEFT, pos=QPoint(9, window.list.area_of(7).top() + 9))
    assert window.list.selected_ids() == [ids[4], ids[6], ids[7]]
    assert window.article.id == ids[4]


def test_the_last_one_that_stays_selected_is_the_one_that_is_read(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    ids = library.ids(SHELF_QUERIES["queue"])
    for row, opened in ((4, 0), (0, 4)):
        _click(qtbot, window, row, _CTRL)
        assert window.article is not None
        qtbot.waitUntil(lambda: not window.list._resting.isActive())
        assert window.list.current_id() == ids[opened]
    assert window.list.selected_ids() == [ids[4]]
    qtbot.keyClick(window.list, Qt.Key.Key_Down, _CTRL)
    qtbot.wait(120)
    assert window.list.current_id() == ids[4], "moving without selecting opens nothing"
