"""The dialog of keys: a key is only taken away after the sentence that says whose it is."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QKeySequence
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton, QTreeWidgetItem
from pytestqt.qtbot import QtBot

from reader.gui.actions.keys_dialog import KeysDialog, _below
from reader.gui.actions.table import ACTIONS, MENUS, VIM_KEYS, name_of

_WAY = Qt.ItemDataRole.UserRole


def _dialog(qtbot: QtBot) -> KeysDialog:
    dialog = KeysDialog({}, vim=False)
    qtbot.addWidget(dialog)
    dialog.show()
    return dialog


def test_a_free_key_is_given(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("article.archive")
    qtbot.keyClick(dialog.field, Qt.Key.Key_A, Qt.KeyboardModifier.AltModifier)
    assert dialog.hint.text() == "Alt+A is free for “Archive”."
    dialog.give.click()
    assert dialog.own == {"article.archive": ("Alt+A",)}
    assert dialog.keys["article.archive"] == ("Alt+A",)


def test_a_key_may_be_added_beside_the_usual_one(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("article.archive")
    dialog.field.setKeySequence(QKeySequence("Alt+A"))
    dialog.add.click()
    assert dialog.keys["article.archive"] == ("E", "Alt+A")


def test_a_taken_key_says_whose_it_is_and_changes_hands(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("article.archive")
    dialog.field.setKeySequence(QKeySequence("J"))
    assert "belongs to “Go: Next Article”" in dialog.hint.text()
    assert dialog.own == {}, "nothing is kept before it is pressed"
    dialog.give.click()
    assert dialog.keys["article.archive"] == ("J",)
    assert dialog.keys["article.next"] == ("N",)


def test_one_or_all_go_back_to_the_usual_keys(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    for way, key in (("article.archive", "Alt+A"), ("article.favourite", "Alt+F")):
        dialog.choose(way)
        dialog.field.setKeySequence(QKeySequence(key))
        dialog.give.click()
    dialog.reset.click()
    assert dialog.own == {"article.archive": ("Alt+A",)}
    dialog.none.click()
    assert dialog.keys["article.favourite"] == ()
    dialog.vim_box.setChecked(True)
    dialog.reset_all()
    assert (dialog.own, dialog.vim) == ({}, False)


def test_actions_are_found_by_a_word_or_a_key(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)

    def shown(words: str) -> list[str]:
        dialog.filter.setText(words)
        return [each.text(0) for each in dialog._items() if not each.isHidden()]

    assert shown("zoom") == ["Zoom In", "Zoom Out", "Reset Zoom"]
    assert shown("f9") == ["Contents", "Shelves and List"]
    assert dialog.id == "contents.toggle"


def _row(dialog: KeysDialog, way: str) -> QTreeWidgetItem:
    return next(each for each in dialog._items() if each.data(0, _WAY) == way)


def test_every_action_stands_under_its_menu_with_its_keys(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)

    def native(key: str) -> str:
        return QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)

    shown = [
        (head.text(0), each.data(0, _WAY), each.text(0), each.text(1))
        for head in dialog._heads()
        for each in _below(head)
    ]
    wanted = [
        (menu, each.id, name_of(each), ", ".join(map(native, each.keys)))
        for menu in MENUS for each in ACTIONS if each.menu == menu
    ]  # fmt: skip
    assert shown == wanted
    for head in dialog._heads():
        assert head.isExpanded()
        assert head.font(0).weight() == QFont.Weight.DemiBold
        assert not head.flags() & Qt.ItemFlag.ItemIsSelectable
    assert dialog.windowTitle() == "Change Keys"
    assert dialog.id == wanted[0][1], "the first is chosen"
    assert dialog.focusWidget() is dialog.filter


def test_keys_that_differ_are_bold(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)

    def bold() -> set[str]:
        return {each.data(0, _WAY) for each in dialog._items() if each.font(1).bold()}

    assert bold() == set()
    dialog.choose("article.archive")
    dialog.field.setKeySequence(QKeySequence("Alt+A"))
    dialog.give.click()
    assert bold() == {"article.archive"}
    dialog.vim_box.setChecked(True)
    assert bold() == {"article.archive", *VIM_KEYS}
    assert "G, G" in _row(dialog, "page.to_start").text(1)
    dialog.vim_box.setChecked(False)
    assert bold() == {"article.archive"}


def test_it_begins_with_the_keys_a_person_has(qtbot: QtBot) -> None:
    own = {"article.archive": ("Alt+A",)}
    dialog = KeysDialog(own, vim=True)
    qtbot.addWidget(dialog)
    assert dialog.vim
    assert _row(dialog, "article.archive").text(1) == "Alt+A"
    dialog.choose("article.archive")
    dialog.none.click()
    assert own == {"article.archive": ("Alt+A",)}, "what was given stays as it is"


def _can(dialog: KeysDialog) -> tuple[bool, ...]:
    return tuple(each.isEnabled() for each in (dialog.give, dialog.add, dialog.none, dialog.reset))


def test_buttons_can_be_pressed_where_they_change_anything(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("article.archive")
    assert _can(dialog) == (False, False, True, False)
    hint = "Select an action, then press its new key in the field."
    assert dialog.hint.text() == hint
    dialog.field.setKeySequence(QKeySequence("E"))
    assert dialog.hint.text() == "E is already a key of “Archive”."
    assert _can(dialog) == (True, False, True, False)
    dialog.field.setKeySequence(QKeySequence("J"))
    assert _can(dialog) == (True, True, True, False)
    assert dialog.give.text() == "Take This Key"
    dialog.add.click()
    assert dialog.keys["article.archive"] == ("E", "J")
    assert dialog.keys["article.next"] == ("N",)
    assert dialog.field.keySequence().isEmpty()
    assert dialog.hint.text() == hint
    assert dialog.give.text() == "Use This Key"
    assert _can(dialog) == (False, False, True, True)
    dialog.none.click()
    assert _can(dialog) == (False, False, False, True)
    dialog.reset.click()
    assert dict(dialog.own) == {"article.next": ("N",)}, "what another one gave up stays given up"
    assert list(dialog.keys["article.archive"]) == ["E"]
    dialog.tree.setCurrentItem(dialog._heads()[0])
    dialog.field.setKeySequence(QKeySequence("Alt+A"))
    assert _can(dialog) == (False, False, False, False)
    dialog.give.click()
    assert dialog.id == ""
    assert dialog.hint.text() == hint


def test_a_search_hides_the_menus_without_a_match_and_chooses_the_first(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.choose("article.archive")

    def heads() -> set[str]:
        return {head.text(0) for head in dialog._heads() if not head.isHidden()}

    dialog.filter.setText("  ARCHIVE ")
    assert dialog.id == "article.archive", "what is chosen stays if it is among them"
    wanted = {each.menu for each in ACTIONS if "archive" in each.text.lower()}
    assert heads() == wanted
    dialog.filter.setText("nothing is called so")
    assert heads() == set()
    assert dialog.id == "article.archive"
    dialog.filter.setText("")
    assert heads() == set(MENUS)


def test_return_in_the_list_goes_to_the_field_and_esc_ends(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.tree.setFocus()
    qtbot.keyClick(dialog.tree, Qt.Key.Key_Return)
    assert dialog.focusWidget() in (dialog.field, dialog.field.findChild(QLineEdit))
    assert dialog.isVisible(), "no button is pressed by Return"
    buttons = {each.text().replace("&", ""): each for each in dialog.findChildren(QPushButton)}
    assert not any(each.autoDefault() for each in buttons.values())
    buttons["Cancel"].click()
    assert (dialog.isVisible(), dialog.result()) == (False, KeysDialog.DialogCode.Rejected)
    dialog.show()
    buttons["OK"].click()
    assert (dialog.isVisible(), dialog.result()) == (False, KeysDialog.DialogCode.Accepted)


def test_reset_all_is_a_button(qtbot: QtBot) -> None:
    dialog = KeysDialog({"article.archive": ("Alt+A",)}, vim=True)
    qtbot.addWidget(dialog)
    button = next(each for each in dialog.findChildren(QPushButton) if each.text() == "Reset All")
    button.click()
    assert (dialog.own, dialog.vim) == ({}, False)
    assert _row(dialog, "article.archive").text(1) == "E"


def test_the_parts_stand_below_each_other_and_the_list_takes_the_room(qtbot: QtBot) -> None:
    dialog = _dialog(qtbot)
    dialog.resize(700, 800)
    QApplication.processEvents()
    parts = [dialog.filter, dialog.tree, dialog.field, dialog.hint, dialog.vim_box]
    tops = [each.y() for each in parts]
    assert tops == sorted(set(tops))
    assert dialog.tree.height() > dialog.height() / 2
    for part in (dialog.filter, dialog.tree, dialog.hint):
        assert (part.x(), part.width()) == (16, 700 - 32)
    line = [dialog.field, dialog.give, dialog.add, dialog.none, dialog.reset]
    assert [each.x() for each in line] == sorted(each.x() for each in line)
    assert dialog.reset.geometry().right() + 1 == 700 - 16
    assert dialog.field.width() > dialog.give.width()
    header = dialog.tree.header()
    assert header.isHidden()
    assert header.sectionSize(0) + header.sectionSize(1) == dialog.tree.viewport().width()
    widest = max(
        dialog.tree.fontMetrics().horizontalAdvance(each.text(1)) for each in dialog._items()
    )
    assert widest <= header.sectionSize(1) <= widest + 40
    lines = 2 * dialog.hint.fontMetrics().lineSpacing()
    assert dialog.hint.height() >= lines, "room for two lines, so that nothing jumps"
    assert dialog.minimumWidth() == 520
