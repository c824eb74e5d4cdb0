"""The dialog of keys: a key is only taken away after the sentence that says whose it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from pytestqt.qtbot import QtBot

from reader.gui.keys_dialog import KeysDialog


def _dialog(qtbot: QtBot) -> KeysDialog:
    dialog = KeysDialog({}, vim=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_free_key_is_given(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("changes.archive")
    qtbot.keyClick(dialog.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert dialog.said.text() == "Alt+A is free for “Archive”."
    dialog.give.click()
    assert dialog.own == {"changes.archive": ("Alt+A",)}
    assert dialog.keys["changes.archive"] == ("Alt+A",)


def test_a_key_may_be_added_beside_the_usual_one(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("changes.archive")
    dialog.field.setKeySequence(QKeySequence("Alt+A"))
    dialog.add.click()
    assert dialog.keys["changes.archive"] == ("E", "Alt+A")


def test_a_taken_key_says_whose_it_is_and_changes_hands(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("changes.archive")
    dialog.field.setKeySequence(QKeySequence("J"))
    assert "belongs to “Next Article”" in dialog.said.text()
    assert dialog.own == {}, "nothing is kept before it is pressed"
    dialog.give.click()
    assert dialog.keys["changes.archive"] == ("J",)
    assert dialog.keys["next_article"] == ("N",)


def test_one_or_all_go_back_to_the_usual_keys(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    for way, key in (("changes.archive", "Alt+A"), ("changes.favourite", "Alt+F")):
        dialog.choose(way)
        dialog.field.setKeySequence(QKeySequence(key))
        dialog.give.click()
    dialog.reset.click()
    assert dialog.own == {"changes.archive": ("Alt+A",)}
    dialog.none.click()
    assert dialog.keys["changes.favourite"] == ()
    dialog.vim_box.setChecked(True)
    dialog.reset_all()
    assert (dialog.own, dialog.vim) == ({}, False)


def test_actions_are_found_by_a_word_or_a_key(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)

    def shown(words: str) -> list[str]:
        dialog.filter.setText(words)
        return [each.text(0) for each in dialog._items() if not each.isHidden()]

    assert shown("zoom") == ["Zoom In", "Zoom Out", "Reset Zoom"]
    assert shown("f9") == ["Shelves and List"]
    assert dialog.way == "fold"
