"""Keys work by their places on layouts that have no Latin letters, and never in a text field."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.actions.layout_keys import is_elsewhere
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]
NONE = Qt.KeyboardModifier.NoModifier
CTRL = Qt.KeyboardModifier.ControlModifier
_CODES = {"A": 38, "C": 54, "E": 26, "F": 41, "G": 42, "J": 44, "K": 45, "S": 39, "0": 19, "]": 35}


def _event(kind: QEvent.Type, place: str, typed: str, modifiers: Qt.KeyboardModifier) -> QKeyEvent:
    text = "" if modifiers & CTRL else typed.lower()
    return QKeyEvent(
        kind,
        ord(typed.upper() if len(typed.upper()) == 1 else typed),
        modifiers,
        _CODES[place],
        0,
        0,
        text,
    )


def _press(widget: QWidget, place: str, typed: str, modifiers: Qt.KeyboardModifier = NONE) -> None:
    """Press the key at a place of a US keyboard, which types another letter, as Qt does."""
    asked = _event(QEvent.Type.ShortcutOverride, place, typed, modifiers)
    asked.ignore()
    QApplication.sendEvent(widget, asked)
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QApplication.sendEvent(widget, _event(kind, place, typed, modifiers))


@pytest.fixture
def window(qtbot: QtBot, make_window: Make, add: Add) -> Window:
    add("One", "word " * 3000), add("Two")
    window = make_window(vim=True)
    window.activateWindow()
    qtbot.waitUntil(window.viewer.hasFocus)
    return window


@pytest.mark.parametrize("typed", ["у", "ε", "ק", "ث", "ㄷ"])
@pytest.mark.parametrize("pane", ["viewer", "list", "shelves"])
def test_a_letter_of_another_script_does_what_its_place_does(
    qtbot: QtBot, window: Window, library: Library, typed: str, pane: str
) -> None:
    id = window.viewer.article_id
    widget: QWidget = getattr(window, pane)
    widget.setFocus()
    _press(widget, "E", typed)
    qtbot.waitUntil(lambda: library.article(id or 0).state is State.ARCHIVE)


def test_ctrl_and_the_key_of_a_digit_that_needs_shift(window: Window) -> None:
    window.viewer.zoom_in()
    _press(window.viewer, "0", "à", CTRL)
    assert window.viewer.zoom == 1
    _press(window.viewer, "]", "ü", CTRL)
    assert window.settings.measure == 70


def test_two_keys_one_after_the_other(qtbot: QtBot, window: Window) -> None:
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    bar = window.viewer.verticalScrollBar()
    bar.setValue(bar.maximum())
    _press(window.viewer, "G", "п")
    assert bar.value() == bar.maximum()
    _press(window.viewer, "G", "п")
    assert bar.value() == 0


def test_letters_in_a_text_field_are_text_and_its_own_keys_work(
    qtbot: QtBot, window: Window, library: Library
) -> None:
    field = window.search_field
    field.setFocus()
    for place, typed in zip("SEJ", "ыуо", strict=True):
        _press(field, place, typed)
    assert field.text() == "ыуо"
    assert library.counts().favourites == 0
    _press(field, "A", "ф", CTRL)
    assert field.selectedText() == "ыуо"
    _press(field, "C", "с", CTRL)
    assert QApplication.clipboard().text() == "ыуо"
    _press(field, "K", "л", CTRL)
    assert window.controllers.palette.isVisible()


def test_a_key_that_is_off_does_nothing(window: Window, library: Library) -> None:
    window.navigation.open_nothing()
    window.list.clearSelection()
    _press(window.viewer, "S", "ы")
    assert library.counts().favourites == 0


@pytest.mark.parametrize(
    ("place", "typed", "modifiers", "elsewhere"),
    [
        ("S", "s", NONE, False), ("S", "o", NONE, False), ("S", "ы", NONE, True),
        ("S", "ß", NONE, False), ("0", "à", NONE, False), ("0", "à", CTRL, True),
        ("0", "0", CTRL, False), ("A", "q", CTRL, False),
    ],
)  # fmt: skip
def test_latin_letters_stay_what_they_are_and_digits_count_with_ctrl_only(
    place: str, typed: str, modifiers: Qt.KeyboardModifier, elsewhere: bool
) -> None:
    assert is_elsewhere(_event(QEvent.Type.KeyPress, place, typed, modifiers)) == elsewhere
