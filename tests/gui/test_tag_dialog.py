"""The tag dialog: what is added, what is removed, what stays as it is."""

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.gui.tag_dialog import TagDialog


def _dialog(qtbot: QtBot) -> TagDialog:
    dialog = TagDialog(["art", "code", "cooking"], [("art", "code"), ("art",)])
    qtbot.addWidget(dialog)
    return dialog


def test_untouched_it_changes_nothing(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    assert dialog.added() == []
    assert dialog.removed() == []


def test_a_typed_tag_is_made_and_checked(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    qtbot.keyClicks(dialog._edit, "gardens")
    qtbot.keyClick(dialog._edit, Qt.Key.Key_Return)
    dialog.accept()
    assert dialog.added() == ["gardens"]


def test_a_typed_tag_that_exists_is_the_existing_one(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog._edit.setText("CODE")
    dialog.accept()
    assert dialog.added() == ["code"]


def test_an_unchecked_tag_is_removed(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog._items()[0].setCheckState(Qt.CheckState.Unchecked)
    assert dialog.removed() == ["art"]


def test_typing_narrows_the_list(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog._edit.setText("co")
    shown = [each.text() for each in dialog._items() if not each.isHidden()]
    assert shown == ["code", "cooking"]
