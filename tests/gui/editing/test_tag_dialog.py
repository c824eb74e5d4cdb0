"""The tag dialog: what is added, what is removed, what stays as it is."""

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QDialogButtonBox, QLabel
from pytestqt.qtbot import QtBot

from reader.gui.editing.tag_dialog import TagDialog, TagModel
from reader.library.shelves.tag_store import clean


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


def test_the_model_tells_what_changes(qtbot: QtBot) -> None:
    model = TagModel(["art", "code", "cooking"], {"code": 1, "art": 0}, 2)
    told, others = list[object](), ["other tags", "come"]
    model.modelAboutToBeReset.connect(lambda: told.append("other tags"))
    model.modelReset.connect(lambda: told.append("come"))
    model.dataChanged.connect(lambda first, last: told.append((first.row(), last.row())))
    assert [model.index(row).data() for row in range(3)] == ["code", "art", "cooking"]
    model.narrow(" CO ")
    assert [model.index(row).data() for row in range(model.rowCount())] == ["code", "cooking"]
    on = Qt.CheckState.Checked
    assert model.setData(model.index(1), on.value)
    assert not model.setData(model.index(1), on.value, Qt.ItemDataRole.EditRole)
    assert model.check("Art") == 1
    assert model.check("new") == 0
    assert told == [*others, (1, 1), *others, *others]
    assert [model.index(row).data() for row in range(4)] == ["new", "code", "art", "cooking"]
    assert model.turned(on) == ["art", "cooking", "new"]
    assert model.turned(Qt.CheckState.Unchecked) == []
    assert model.rowCount(model.index(0)) == 0
    assert model.index(0).data(Qt.ItemDataRole.DecorationRole) is None
    flags = Qt.ItemFlag
    wanted = flags.ItemIsEnabled | flags.ItemIsSelectable | flags.ItemIsUserCheckable
    assert model.flags(model.index(0)) == wanted


def test_it_says_what_to_type_and_closes_with_an_empty_line_only(qtbot: QtBot) -> None:
    tags = [f"tag {number:02}" for number in range(60)]
    dialog = TagDialog(tags, {}, 1)
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.windowTitle() == "Tags"
    assert (dialog.width(), dialog.height()) == (340, 420)
    assert dialog._edit.placeholderText() == "Find or add a tag"
    assert dialog._edit.isClearButtonEnabled()
    (hint,) = dialog.findChildren(QLabel)
    assert hint.text().startswith("Press Enter to add a tag, or several with commas")
    assert (hint.objectName(), hint.wordWrap()) == ("hint", True)
    buttons = dialog.findChild(QDialogButtonBox)
    assert isinstance(buttons, QDialogButtonBox)
    tops = [each.geometry().top() for each in (dialog._edit, dialog._list, hint, buttons)]
    assert tops == sorted(tops)
    dialog._edit.setText("tag 50")
    buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert dialog.isVisible()
    assert (dialog._edit.text(), dialog.added()) == ("", ["tag 50"])
    row = dialog._list.visualRect(_index(dialog, "tag 50"))
    assert dialog._list.viewport().rect().contains(row), "it is scrolled to"
    buttons.button(QDialogButtonBox.StandardButton.Ok).click()
    assert not dialog.isVisible()
    assert dialog.result() == dialog.DialogCode.Accepted
    dialog.show()
    buttons.button(QDialogButtonBox.StandardButton.Cancel).click()
    assert dialog.result() == dialog.DialogCode.Rejected


@pytest.mark.parametrize(
    ("typed", "added"),
    [
        ("sea, salt ,, Wind/North", ["sea", "salt", "Wind/North"]),
        ("sea،salt、wind，sun", ["sea", "salt", "wind", "sun"]),
        (" , ", []),
        ("COOKING, cooking", ["cooking"]),
        ("paris, texas", ["Paris, Texas"]),  # a tag has that name
        ("cafe\u0301", ["café"]),
        ("paris, texas, art", ["paris", "texas"]),
    ],
)
def test_commas_separate_tags_unless_a_tag_has_one(
    qtbot: QtBot, typed: str, added: list[str]
) -> None:
    dialog = TagDialog(["art", "café", "cooking", "Paris, Texas"], {"art": 1}, 1)
    qtbot.addWidget(dialog)
    dialog._edit.setText(typed)
    dialog.accept()
    assert sorted(dialog.added()) == sorted(added)
    assert (dialog.result() == dialog.DialogCode.Accepted) == (not added)
    assert "Paris, Texas" in _shown(dialog), "it stays"


def test_a_tag_of_300_letters_among_ten_thousand_is_added_and_shown(qtbot: QtBot) -> None:
    dialog = TagDialog([f"tag {n}" for n in range(10_000)], {}, 1)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog._edit.setText("W" * 300)
    dialog.accept()
    (name,) = dialog.added()
    assert name == clean("W" * 300)
    assert dialog.width() < 600
    assert dialog._list.horizontalScrollBar().maximum() == 0
    assert not dialog.grab().isNull()
