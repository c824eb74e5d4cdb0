"""The dialog of all keys: found by a word or a key, changed by pressing the new one."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QHeaderView,
    QKeySequenceEdit,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui.actions import keymap
from reader.gui.actions.table import ACTIONS, MENUS, VIM_KEYS, Keys
from reader.gui.widgets.plain_text import Label

_TEXTS = {action.id: action.text.rstrip("…") for action in ACTIONS}
_ID = Qt.ItemDataRole.UserRole
_HINT = "Choose an action, then press its new key in the field."


class KeysDialog(QDialog):
    """Changes ``own``, the keys that differ from the usual ones; the caller keeps them.

    A key that is taken is only given away after the sentence that says whose it is.
    """

    def __init__(self, own: Keys, *, vim: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change Keys")
        self.own: dict[str, tuple[str, ...]] = dict(own)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find an action or a key")
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.field = QKeySequenceEdit()
        self.said = Label(_HINT)
        self.give = QPushButton("Use This Key")
        self.add = QPushButton("Add It")
        self.none = QPushButton("No Key")
        self.reset = QPushButton("Usual Keys")
        self.vim_box = QCheckBox("Keys of vim as well: O reads, G G and Shift+G go to the ends")
        self.vim_box.setChecked(vim)
        self._set_up()
        self._lay_out()
        self._connect()
        self._show()
        self.tree.setCurrentItem(self._items()[0])
        self.filter.setFocus()

    @property
    def vim(self) -> bool:
        """Whether the keys of vim are wanted."""
        return self.vim_box.isChecked()

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys as they would be now."""
        return keymap.in_effect(self.own, vim=self.vim)

    @property
    def id(self) -> str:
        """The id of the selected action, ``""`` if none is selected."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item else ""

    def choose(self, id: str) -> None:
        """Choose an action."""
        self.tree.setCurrentItem(next(each for each in self._items() if each.data(0, _ID) == id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Leave Return to the part that has the keyboard: from the list it would press OK."""
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    # ---- putting together

    def _set_up(self) -> None:
        self.tree.setObjectName("keys")
        self.tree.setAccessibleName("Actions and their keys")
        self.tree.setColumnCount(2)
        self.tree.setHeaderHidden(True)
        self.tree.setRootIsDecorated(False)
        self.tree.setUniformRowHeights(True)
        self.tree.setIndentation(12)
        self.tree.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
        self.field.setMaximumSequenceLength(2)
        self.field.setAccessibleName("The new key")
        self.said.setWordWrap(True)
        self.said.setObjectName("hint")
        self.said.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self.said.setAlignment(Qt.AlignmentFlag.AlignTop)
        for button in (self.give, self.add, self.none, self.reset):
            button.setAutoDefault(False)
        for menu in MENUS:
            head = QTreeWidgetItem(self.tree, [menu])
            head.setFlags(Qt.ItemFlag.ItemIsEnabled)
            font = self.font()
            font.setWeight(font.Weight.DemiBold)
            head.setFont(0, font)
            head.setForeground(0, self.palette().placeholderText())
            for entry in ACTIONS:
                if entry.menu == menu:
                    item = QTreeWidgetItem(head, [_TEXTS[entry.id], ""])
                    item.setData(0, _ID, entry.id)
        self.tree.expandAll()

    def _lay_out(self) -> None:
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        all_usual = buttons.addButton("Reset All", QDialogButtonBox.ButtonRole.ResetRole)
        all_usual.clicked.connect(self.reset_all)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        line = QHBoxLayout()
        line.addWidget(self.field, 1)
        for button in (self.give, self.add, self.none, self.reset):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(line)
        for part in (self.said, self.vim_box, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(520)
        self.resize(600, 640)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.tree.currentItemChanged.connect(lambda: self._judge())
        self.tree.itemActivated.connect(lambda: self.field.setFocus())
        # The field itself waits a second for a second key before it tells of the first.
        line = self.field.findChild(QLineEdit)
        assert line is not None
        line.textChanged.connect(self._judge)
        self.field.keySequenceChanged.connect(self._judge)
        self.give.clicked.connect(lambda: self._take((self._pressed(),)))
        self.add.clicked.connect(lambda: self._take((*self.keys[self.id], self._pressed())))
        self.none.clicked.connect(lambda: self._set(()))
        self.reset.clicked.connect(lambda: self._set(keymap.USUAL[self.id]))
        self.vim_box.toggled.connect(self._show)

    # ---- changing

    def reset_all(self) -> None:
        """Go back to the usual keys everywhere."""
        self.own.clear()
        self.vim_box.setChecked(False)
        self._show()

    def _take(self, keys: tuple[str, ...]) -> None:
        """Give an action keys; whoever had the new one loses it."""
        id, key, now = self.id, self._pressed(), self.keys
        for holder in keymap.holders(now, key, but=id):
            left = keymap.without(now[holder], key)
            self.own = keymap.changed(self.own, holder, left)
        self._set(keys)

    def _set(self, keys: tuple[str, ...]) -> None:
        if self.id:
            self.own = keymap.changed(self.own, self.id, keys)
            self.field.clear()
            self._show()

    def _pressed(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _judge(self) -> None:
        """Say whose the pressed key is, before it is given."""
        id, key, keys = self.id, self._pressed(), self.keys
        others = keymap.holders(keys, key, but=id) if key and id else []
        mine = bool(id) and any(keymap.clash(key, each) for each in keys[id]) if key else False
        if others:
            names = ", ".join(f"“{_TEXTS[each]}”" for each in others)
            self.said.setText(
                f"{keymap.native(key)} belongs to {names}. If you use it for “{_TEXTS[id]}”, "
                f"it is taken from there."
            )
        elif key and id:
            already = "already does" if mine else "is free for"
            self.said.setText(f"{keymap.native(key)} {already} “{_TEXTS[id]}”.")
        else:
            self.said.setText(_HINT)
        self.give.setText("Take This Key" if others else "Use This Key")
        self.give.setEnabled(bool(key and id))
        self.add.setEnabled(bool(key and id and not mine))
        self.none.setEnabled(bool(id and keys[id]))
        self.reset.setEnabled(bool(id and id in self.own))

    # ---- showing

    def _show(self) -> None:
        keys = self.keys
        for item in self._items():
            id = item.data(0, _ID)
            item.setText(1, ", ".join(map(keymap.native, keys[id])))
            font = item.font(1)
            font.setBold(id in self.own or (self.vim and id in VIM_KEYS))
            item.setFont(1, font)
        self._judge()

    def _narrow(self, words: str) -> None:
        wanted = words.strip().casefold()
        for item in self._items():
            item.setHidden(not any(wanted in item.text(n).casefold() for n in (0, 1)))
        for head in self._heads():
            head.setHidden(all(each.isHidden() for each in _below(head)))
        left = [each for each in self._items() if not each.isHidden()]
        if left and self.tree.currentItem() not in left:
            self.tree.setCurrentItem(left[0])

    def _heads(self) -> list[QTreeWidgetItem]:
        found = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [each for each in found if each is not None]

    def _items(self) -> list[QTreeWidgetItem]:
        return [each for head in self._heads() for each in _below(head)]


def _below(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found = (head.child(n) for n in range(head.childCount()))
    return [each for each in found if each is not None]
