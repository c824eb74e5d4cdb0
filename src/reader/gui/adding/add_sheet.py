"""The sheet that takes addresses and paths, and files them."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QBoxLayout,
    QComboBox,
    QHBoxLayout,
    QPushButton,
    QWidget,
)

from reader.gui.adding.add_field import AddField, ClipboardCard
from reader.gui.adding.entries import Entries, addresses_in, entries_in
from reader.gui.adding.filing import Filing, Into
from reader.gui.adding.tags_line import TagsLine
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.popover import Popover
from reader.gui.widgets.return_key import press_by_return

_WIDE, _NARROW = 520, 460
_LEAST_HIGH = 32
_PLACES = (
    (Into.END, "Queue, at the end"),
    (Into.NEXT, "Queue, next"),
    (Into.ARCHIVE, "Archive"),
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class Wanted(NamedTuple):
    """Entries to add, and their filing."""

    entries: Entries
    filing: Filing


class AddSheet(Popover):
    """Takes addresses and paths, or offers those in the clipboard.

    ``wanted`` carries a Wanted; ``files_wanted`` and ``folder_wanted`` carry the Filing of the
    files that the user chooses in a dialog. Lines that cannot be added stay in the field.
    """

    wanted = Signal(object)
    files_wanted = Signal(object)
    folder_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window, _WIDE)
        self.setObjectName("addSheet")
        self.setAccessibleName("Add to Reader")
        title = Label("Add to Reader")
        title.setObjectName("addTitle")
        self.field = AddField()
        self.answer = Label()
        self.answer.setObjectName("addAnswer")
        self.answer.setWordWrap(True)
        self.card = ClipboardCard()
        self.into = QComboBox()
        self.into.setAccessibleName("Into")
        for into, text in _PLACES:
            self.into.addItem(text, into)
        self.tags = TagsLine()
        for choice in (self.into, self.tags):
            choice.setMinimumHeight(_LEAST_HIGH)
        for part in (title, self.field, self.answer, self.card):
            self.content.addWidget(part)
        self.content.addLayout(self._choices())
        self.content.addLayout(self._foot())
        self.field.edit.textChanged.connect(self._typed)
        self.field.edit.accepted.connect(self.accept)
        self.card.use.clicked.connect(self.use_clipboard)
        for button in (self.card.use, self.files, self.folder, self.add):
            press_by_return(button)

    def _choices(self) -> QBoxLayout:
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        for text, part in (("Into", self.into), ("Tags", self.tags)):
            pair = QHBoxLayout()
            pair.setSpacing(8)
            label = Label(text)
            label.setObjectName("addLabel")
            label.setBuddy(part)
            pair.addWidget(label)
            pair.addWidget(part, 1)
            self._row.addLayout(pair, 1)
        return self._row

    def _foot(self) -> QHBoxLayout:
        self.files, self.folder = QPushButton("Files…"), QPushButton("Folder…")
        self.add = QPushButton("Add")
        self.add.setObjectName("primary")
        set_tip(self.add, "Add (Return)")
        hint = Label("Several: one a line")
        hint.setObjectName("addHint")
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.files)
        foot.addWidget(self.folder)
        foot.addStretch(1)
        foot.addWidget(hint)
        foot.addWidget(self.add)
        self._hint = hint
        self.files.clicked.connect(lambda: self._choose(self.files_wanted.emit))
        self.folder.clicked.connect(lambda: self._choose(self.folder_wanted.emit))
        self.add.clicked.connect(self.accept)
        return foot

    def open_sheet(self, anchor: QWidget | None, tags: Sequence[str], clipboard: str) -> None:
        """Open with an empty field, offering the addresses in the clipboard, ``""`` for none."""
        self.tags.offer(tags)
        self.card.offer(addresses_in(clipboard))
        self.field.edit.clear()
        self._typed()
        self.open_at(anchor, self.field)

    def filing(self) -> Filing:
        """Return the chosen place and tags."""
        return Filing(Into(self.into.currentData()), self.tags.tags())

    def use_clipboard(self) -> None:
        """Take the addresses of the clipboard into the field."""
        self.field.edit.setPlainText("\n".join(self.card.addresses))
        self.field.edit.moveCursor(QTextCursor.MoveOperation.End)
        self.field.setFocus()

    def accept(self) -> None:
        """Add the entries of the field; if it is empty, take those of the clipboard."""
        if not self.field.edit.toPlainText().strip():
            if self.card.addresses:
                self.use_clipboard()
            return
        entries = entries_in(self.field.edit.toPlainText())
        if entries:
            self.wanted.emit(Wanted(entries, self.filing()))
        if not entries.unknown:
            self.close_popover()
            return
        self.field.edit.setPlainText("\n".join(entries.unknown))
        self._answer(entries.answer())
        self.field.setFocus()

    def _choose(self, ask: Callable[[Filing], object]) -> None:
        filing = self.filing()
        self.close_popover()
        ask(filing)

    def _typed(self) -> None:
        some = bool(self.field.edit.toPlainText().strip())
        self.add.setEnabled(some)
        self.card.setVisible(bool(self.card.addresses) and not some)
        self._answer("")

    def _answer(self, text: str) -> None:
        self.answer.setText(text)
        self.answer.setVisible(bool(text))
        self.field.edit.setAccessibleDescription(text)
        self.field.set_wrong(bool(text))
        if self.isVisible():
            self.place()

    def fit(self, wide: int) -> None:
        """Put the tags below the place in a narrow window."""
        narrow = wide < _NARROW
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self._hint.setVisible(not narrow)
        self.field.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Add with Return, if no button has the keyboard."""
        if event.key() in _ENTER:
            self.accept()
        super().keyPressEvent(event)
