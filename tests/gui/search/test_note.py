"""A field that does not exist is told of below the search field, with what was meant."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.gui.search.note import SearchNote, sentence
from reader.gui.window import Window
from reader.library.search.query_parser import Misread
from reader.model import Article

Make = Callable[..., Window]
Add = Callable[..., Article]


def _note(window: Window) -> str:
    notes = window.findChildren(SearchNote)
    return notes[0].text.text() if notes and notes[0].isVisible() else ""


def test_an_unknown_field_is_told_while_it_is_typed_and_corrected_by_a_click(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    add("Bees")
    window = make_window()
    field = window.search_field
    field.setFocus()
    qtbot.keyClicks(field, "-titel:bees x")
    assert _note(window) == ("There is no field “titel”; it is searched for as words. Did you mean")
    note = window.findChildren(SearchNote)[0]
    assert note.button.text() == "title:bees"
    qtbot.mouseClick(note.button, Qt.MouseButton.LeftButton)
    assert field.text() == "-title:bees x"
    assert _note(window) == ""
    field.setText("foo:bar")
    assert _note(window) == "There is no field “foo”; it is searched for as words."
    assert not note.button.isVisible()
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert _note(window) == ""


def test_what_is_known_needs_no_note(make_window: Make, add: Add) -> None:
    add("Bees")
    window = make_window()
    for text in ("bees", "is:unread", "is:unr", "https://example.org/x", "added:7d", "10:30"):
        window.search_field.setText(text)
        assert _note(window) == ""
    assert window.findChildren(SearchNote) == [], "it is made when it is needed"


def test_a_long_piece_is_shortened_and_shown_as_plain_text() -> None:
    said = sentence(Misread("x" * 500, "<b>y</b>" * 90, "", exists=False))
    assert len(said) < 150
    said = sentence(Misread("is", "<b>unred</b>", "is:unread", exists=True))
    assert said == "“<b>unred</b>” is no value of “is:”; it is searched for as words."
