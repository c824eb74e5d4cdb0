"""A dialog to find an action by its name or key, and to change the key by pressing it."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractItemView,
    QCheckBox,
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
from reader.gui.actions.table import ACTIONS, MENUS, VIM_KEYS, Keys, name_of
from reader.gui.context import Context
from reader.gui.settings.controls import Made
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label

_TEXTS = {action.id: name_of(action) for action in ACTIONS}
_LEAST_LIST = 280  # pixels
_ID = Qt.ItemDataRole.UserRole
_HINT = "Select an action, then press its new key in the field."


class KeysDialog(Dialog):
    """Changes ``own``, the keys that differ from the default ones; the caller saves them.

    Before a key is taken from another action, a sentence names that action. ``changed`` is
    emitted after each change.
    """

    changed = Signal()

    def __init__(self, own: Keys, *, vim: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Change Keys")
        self.own: dict[str, tuple[str, ...]] = dict(own)
        self.filter = QLineEdit()
        self.filter.setPlaceholderText("Find an action or a key")
        self.filter.setClearButtonEnabled(True)
        self.tree = QTreeWidget()
        self.field = QKeySequenceEdit()
        self.hint = Label(_HINT)
        self.give = QPushButton("Use This Key")
        self.add = QPushButton("Add It")
        self.none = QPushButton("No Key")
        self.reset = QPushButton("Usual Keys")
        self.vim_box = QCheckBox(
            "Also use the keys of vim: O reads, G G and Shift+G go to the ends"
        )
        self.vim_box.setChecked(vim)
        self._set_up()
        self._lay_out()
        self._connect()
        self._show()
        self.tree.setCurrentItem(self._items()[0])
        self.filter.setFocus()

    @property
    def vim(self) -> bool:
        """Whether the keys of vim are enabled."""
        return self.vim_box.isChecked()

    @property
    def keys(self) -> dict[str, tuple[str, ...]]:
        """The keys of all actions with the changes made so far."""
        return keymap.in_effect(self.own, vim=self.vim)

    @property
    def id(self) -> str:
        """The id of the selected action, ``""`` if none is selected."""
        item = self.tree.currentItem()
        return str(item.data(0, _ID) or "") if item else ""

    def choose(self, id: str) -> None:
        """Select an action."""
        self.tree.setCurrentItem(next(item for item in self._items() if item.data(0, _ID) == id))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ignore Return: pressed in the list it would press OK."""
        if not self.isWindow():
            event.ignore()
        elif event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)

    def become_part(self) -> None:
        """Become a part of another window, which keeps the keys whenever they change."""
        self.setWindowFlags(Qt.WindowType.Widget)
        self._buttons.hide()
        self.vim_box.hide()
        self.setMinimumWidth(0)
        layout = self.layout()
        assert isinstance(layout, QVBoxLayout)
        layout.setContentsMargins(0, 0, 0, 0)
        self.tree.setMinimumHeight(_LEAST_LIST)
        below = QHBoxLayout()  # a part is narrower than the dialog
        for button in (self.add, self.none, self.reset):
            below.addWidget(button)
        below.addStretch(1)
        layout.insertLayout(layout.indexOf(self._line) + 1, below)

    # ---- setting up

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
        self.hint.setWordWrap(True)
        self.hint.setObjectName("hint")
        self.hint.setMinimumHeight(2 * self.fontMetrics().lineSpacing() + 4)
        self.hint.setAlignment(Qt.AlignmentFlag.AlignTop)
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
        buttons = self._buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        all_usual = buttons.addButton("Reset All", QDialogButtonBox.ButtonRole.ResetRole)
        all_usual.clicked.connect(self.reset_all)
        for button in buttons.buttons():
            button.setAutoDefault(False)  # type: ignore[attr-defined]
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        line = self._line = QHBoxLayout()
        line.addWidget(self.field, 1)
        for button in (self.give, self.add, self.none, self.reset):
            line.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 16, 16, 14)
        layout.setSpacing(10)
        layout.addWidget(self.filter)
        layout.addWidget(self.tree, 1)
        layout.addLayout(line)
        for part in (self.hint, self.vim_box, buttons):
            layout.addWidget(part)
        self.setMinimumWidth(520)
        self.resize(600, 640)

    def _connect(self) -> None:
        self.filter.textChanged.connect(self._narrow)
        self.tree.currentItemChanged.connect(lambda: self._show_holder())
        self.tree.itemActivated.connect(lambda: self.field.setFocus())
        # The field waits a second for another key before it emits its signal.
        line = self.field.findChild(QLineEdit)
        assert line is not None
        line.textChanged.connect(self._show_holder)
        self.field.keySequenceChanged.connect(self._show_holder)
        self.give.clicked.connect(lambda: self._take((self._pressed(),)))
        self.add.clicked.connect(lambda: self._take((*self.keys[self.id], self._pressed())))
        self.none.clicked.connect(lambda: self._set(()))
        self.reset.clicked.connect(lambda: self._set(keymap.USUAL[self.id]))
        self.vim_box.toggled.connect(self._show)
        self.vim_box.clicked.connect(lambda _: self.changed.emit())

    # ---- changing

    def show_keys(self, own: Keys, *, vim: bool) -> None:
        """Show the keys that another window has chosen."""
        if (dict(own), vim) != (self.own, self.vim):
            self.own = dict(own)
            self.vim_box.setChecked(vim)
            self._show()

    def reset_all(self) -> None:
        """Restore the default keys of all actions."""
        self.own.clear()
        self.vim_box.setChecked(False)
        self._show()
        self.changed.emit()

    def _take(self, keys: tuple[str, ...]) -> None:
        """Give the selected action keys, and take them from other actions."""
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
            self.changed.emit()

    def _pressed(self) -> str:
        return self.field.keySequence().toString(QKeySequence.SequenceFormat.PortableText)

    def _show_holder(self) -> None:
        """Show which action has the pressed key."""
        id, key, keys = self.id, self._pressed(), self.keys
        others = keymap.holders(keys, key, but=id) if key and id else []
        mine = bool(id) and any(keymap.clash(key, other) for other in keys[id]) if key else False
        if others:
            names = ", ".join(f"“{_TEXTS[other]}”" for other in others)
            self.hint.setText(
                f"{keymap.native(key)} belongs to {names}. If you use it for “{_TEXTS[id]}”, "
                "it no longer works there."
            )
        elif key and id:
            already = "is already a key of" if mine else "is free for"
            self.hint.setText(f"{keymap.native(key)} {already} “{_TEXTS[id]}”.")
        else:
            self.hint.setText(_HINT)
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
        self._show_holder()

    def _narrow(self, words: str) -> None:
        wanted = words.strip().casefold()
        for item in self._items():
            item.setHidden(not any(wanted in item.text(n).casefold() for n in (0, 1)))
        for head in self._heads():
            head.setHidden(all(item.isHidden() for item in _below(head)))
        left = [item for item in self._items() if not item.isHidden()]
        if left and self.tree.currentItem() not in left:
            self.tree.setCurrentItem(left[0])

    def _heads(self) -> list[QTreeWidgetItem]:
        heads = (self.tree.topLevelItem(n) for n in range(self.tree.topLevelItemCount()))
        return [head for head in heads if head is not None]

    def _items(self) -> list[QTreeWidgetItem]:
        return [item for head in self._heads() for item in _below(head)]


def _below(head: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    items = (head.child(n) for n in range(head.childCount()))
    return [item for item in items if item is not None]


def keys_part(context: Context) -> Made:
    """Return the part of the settings that changes keys: the dialog of keys."""
    store = context.settings
    part = KeysDialog(store.value.keys, vim=store.value.vim, parent=context.window)
    part.become_part()
    part.changed.connect(lambda: store.update(keys=dict(part.own), vim=part.vim))
    return Made(part, lambda _: part.show_keys(store.value.keys, vim=store.value.vim))
