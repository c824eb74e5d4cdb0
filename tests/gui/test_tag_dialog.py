"""The tag dialog: what is added, what is removed, what stays as it is."""

from PySide6.QtCore import QModelIndex, Qt
from pytestqt.qtbot import QtBot

from reader.gui.tag_dialog import TagDialog


def _dialog(qtbot: QtBot) -> TagDialog:
    dialog = TagDialog(["art", "code", "cooking"], {"art": 2, "code": 1}, 2)
    qtbot.addWidget(dialog)
    return dialog


def _shown(dialog: TagDialog) -> list[str]:
    rows = range(dialog.tags.rowCount())
    return [str(dialog.tags.index(row).data()) for row in rows]


def _index(dialog: TagDialog, tag: str) -> QModelIndex:
    return dialog.tags.index(_shown(dialog).index(tag))


def test_untouched_it_changes_nothing(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    assert dialog.added() == []
    assert dialog.removed() == []


def test_a_tag_that_only_some_have_is_half_checked(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    role = Qt.ItemDataRole.CheckStateRole
    assert _index(dialog, "art").data(role) == Qt.CheckState.Checked
    assert _index(dialog, "code").data(role) == Qt.CheckState.PartiallyChecked
    assert _index(dialog, "cooking").data(role) == Qt.CheckState.Unchecked


def test_a_typed_tag_is_made_and_checked(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    qtbot.keyClicks(dialog._edit, " gardens / roses ")
    qtbot.keyClick(dialog._edit, Qt.Key.Key_Return)
    dialog.accept()
    assert dialog.added() == ["gardens/roses"]


def test_a_typed_tag_that_exists_is_the_existing_one(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog._edit.setText("CODE")
    dialog.accept()
    assert dialog.added() == ["code"]


def test_an_unchecked_tag_is_removed(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.show()
    index = _index(dialog, "art")
    dialog.tags.setData(index, Qt.CheckState.Unchecked.value)
    assert dialog.removed() == ["art"]
    dialog.tags.setData(index, Qt.CheckState.Checked.value)
    assert dialog.removed() == []


def test_a_tag_is_checked_by_the_space_bar(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.show()
    dialog._list.setCurrentIndex(_index(dialog, "cooking"))
    qtbot.keyClick(dialog._list, Qt.Key.Key_Space)
    assert dialog.added() == ["cooking"]


def test_typing_narrows_the_list(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog._edit.setText("co")
    assert _shown(dialog) == ["code", "cooking"]


def test_ten_thousand_tags_are_borne(qtbot: QtBot) -> None:
    dialog = TagDialog([f"tag {number}" for number in range(10_000)], {}, 1)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._edit.setText("9999")
    assert _shown(dialog) == ["tag 9999"]
    assert not dialog.grab().isNull()
