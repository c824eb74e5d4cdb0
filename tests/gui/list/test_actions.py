"""The form of the rows is chosen by keys, at once, and in every window of the library."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader import settings
from reader.gui.window import Window
from reader.model import Article

Make = Callable[..., Window]
_CTRL_ALT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def test_keys_choose_density_and_excerpts_at_once(
    qtbot: QtBot, make_window: Make, add: Callable[..., Article]
) -> None:
    add("One")
    window = make_window()
    window.activateWindow()
    window.list.setFocus()
    qtbot.waitUntil(window.list.hasFocus)
    usual = window.list.row_height
    qtbot.keyClick(window.list, Qt.Key.Key_C, _CTRL_ALT)
    compact = window.list.row_height
    assert compact < usual
    assert (window.settings.density, window.qactions["list.compact"].isChecked()) == (
        "compact", True,
    )  # fmt: skip
    qtbot.keyClick(window.list, Qt.Key.Key_X, _CTRL_ALT)
    assert window.list.row_height > compact
    assert window.settings.excerpt
    qtbot.keyClick(window.list, Qt.Key.Key_C, _CTRL_ALT)
    qtbot.keyClick(window.list, Qt.Key.Key_X, _CTRL_ALT)
    assert window.list.row_height == usual
    assert not window.qactions["list.excerpt"].isChecked()


def test_a_window_begins_with_the_form_that_was_chosen_and_follows_it(
    qtbot: QtBot, make_window: Make
) -> None:
    window = make_window(choosing=False, density="compact")
    assert window.qactions["list.compact"].isChecked()
    compact = window.list.row_height
    window.store.update(density="comfortable")
    qtbot.waitUntil(lambda: window.list.row_height > compact)
    assert not window.qactions["list.compact"].isChecked()


@pytest.mark.parametrize("value", ["dense", 1, None, ["compact"]])
def test_an_unknown_form_is_the_usual_one(value: object) -> None:
    chosen = settings.from_tree({"density": value, "excerpt": value})
    assert (chosen.density, chosen.excerpt) == ("comfortable", False)
