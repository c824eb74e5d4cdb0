"""The conditions of actions follow from what a window shows."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from reader.gui.action import Needs
from reader.gui.actions import conditions
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
