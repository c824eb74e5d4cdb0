"""The conditions of actions follow from what a window shows."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from reader.gui.action import Needs
from reader.gui.actions import conditions, menus
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, State

Make = Callable[..., Window]
Add = Callable[..., Article]


def _met(window: Window) -> Needs:
    return conditions.of(window).met


def test_an_empty_library_offers_nothing_that_needs_articles(make_window: Make) -> None:
    assert _met(make_window()) == Needs.QUEUE_ORDER


def test_an_open_article_offers_what_it_has(make_window: Make, add: Add, library: Library) -> None:
    add("One")
    window = make_window()
    has = Needs.ARTICLE | Needs.CHOSEN | Needs.LISTED | Needs.TEXT | Needs.NOT_IN_TRASH
    assert _met(window) == has | Needs.ORIGINAL | Needs.WEB | Needs.QUEUE_ORDER | Needs.QUEUE
    library.set_state([window.viewer.article_id or 0], State.TRASH)
    window.refresh()
    assert Needs.IN_TRASH | Needs.TRASH | Needs.UNDO in _met(window)
    assert not _met(window) & (Needs.NOT_IN_TRASH | Needs.REDO | Needs.QUEUE)
    library.history.undo()
    assert Needs.REDO in _met(window)


def test_a_pasted_article_without_text_has_neither_original_nor_text(
    make_window: Make, library: Library
) -> None:
    library.add(Clipping("", title="Pasted"))
    met = _met(make_window())
    assert Needs.ARTICLE in met
    assert not met & (Needs.ORIGINAL | Needs.WEB | Needs.TEXT | Needs.VERSIONS)


def test_copy_can_be_used_as_soon_as_words_are_selected(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One", "Some words.")
    window = make_window()
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    assert not window.qactions["page.copy"].isEnabled()
    window.viewer.selectAll()
    assert window.qactions["page.copy"].isEnabled()
    cursor = window.viewer.textCursor()
    cursor.movePosition(QTextCursor.MoveOperation.Start)
    window.viewer.setTextCursor(cursor)
    assert not window.qactions["page.copy"].isEnabled()


def test_undo_can_be_used_as_soon_as_something_was_done(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("One"), add("Two")
    window = make_window()
    undo = window.qactions["history.undo"]
    qtbot.waitUntil(lambda: not undo.isEnabled())  # read once the window is open
    window.qactions["article.favourite"].trigger()
    qtbot.waitUntil(undo.isEnabled)
    assert undo.text() == "&Undo: Made a favourite: “One”"
    undo.trigger()
    qtbot.waitUntil(lambda: not undo.isEnabled())
    assert undo.text() == "&Undo"


@pytest.mark.parametrize(("key", "need"), [("tag:art", Needs.TAG), ("saved:", Needs.SAVED)])
def test_a_tag_and_a_saved_search_are_changed_only_while_they_are_selected(
    make_window: Make, add: Add, library: Library, key: str, need: Needs
) -> None:
    library.tags.add([add("One").id], "art")
    uid = library.saved.add("Words", "words")
    window = make_window()
    assert not _met(window) & (Needs.TAG | Needs.SAVED | Needs.TAG_OR_SAVED)
    window.shelves.select(key + (uid if key == "saved:" else ""))
    assert _met(window) & (Needs.TAG | Needs.SAVED | Needs.TAG_OR_SAVED) == (
        need | Needs.TAG_OR_SAVED
    )
    assert window.qactions["shelf.delete"].isEnabled()
    window.search_field.setText("one")
    assert not window.qactions["shelf.delete"].isEnabled(), "another search is shown"


@pytest.mark.parametrize("question", ["", "is:trash"])
def test_several_selected_in_the_trash_are_meant_and_not_the_open_article(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, question: str
) -> None:
    library.set_state([add(f"Old {number}").id for number in range(3)], State.TRASH)
    add("One")
    window = make_window()
    assert window.article is not None
    window.search_field.setText(question) if question else window.shelves.select("trash")
    assert window.list.model().rowCount() == 3
    window.list.selectAll()
    assert window.article.state is State.QUEUE
    assert window.qactions["article.restore"].isEnabled()
    assert window.qactions["article.delete"].isEnabled()
    assert not window.qactions["article.trash"].isEnabled()
    menu = menus.of_article(window, window.qactions)
    assert window.qactions["article.restore"] in menu.actions()
    assert window.qactions["article.trash"] not in menu.actions()
    bar = window.controllers.several.bar
    shown = {name for name, button in bar.buttons.items() if not button.isHidden()}
    assert shown == {"article.restore", "article.delete"}
    bar.buttons["article.restore"].click()
    qtbot.waitUntil(lambda: library.counts().trash == 0)


def test_several_results_outside_the_trash_can_be_moved_there(
    make_window: Make, add: Add, library: Library
) -> None:
    window = make_window()
    for number in range(3):
        add(f"Old {number}")
    trashed = add("Gone")
    library.set_state([trashed.id], State.TRASH)
    window.refresh()
    window.navigation.open_listed(trashed.id)
    window.search_field.setText("old")
    window.list.selectAll()
    assert window.list.several
    assert window.qactions["article.trash"].isEnabled()
    assert not window.qactions["article.restore"].isEnabled()


def test_a_step_shows_the_state_once(
    qtbot: QtBot, make_window: Make, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    add("One"), add("Two")
    window = make_window()
    qtbot.waitUntil(lambda: not window.qactions["history.undo"].isEnabled())
    shown: list[Article | None] = []
    usual = menus.show_state

    def show(*of: object) -> None:
        shown.append(window.article)
        usual(*of)  # type: ignore[arg-type]

    monkeypatch.setattr(menus, "show_state", show)
    window.next_article()
    assert shown == [window.article]
    shown.clear()
    window.qactions["article.favourite"].trigger()
    qtbot.waitUntil(window.qactions["history.undo"].isEnabled)
    assert window.article is not None
    assert window.article.favourite
    assert shown == [window.article]
