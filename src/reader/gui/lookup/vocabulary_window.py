"""The vocabulary: the words that were looked up, filtered, deleted, exported, and read again."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.folding import folded
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.flow_layout import Flow
from reader.gui.widgets.layouts import scrolled
from reader.gui.widgets.plain_text import Label, tip
from reader.gui.widgets.return_key import press_by_return
from reader.own_export import LookedUp

_SIZE = (760, 560)
_DETAILS_HIGH, _LEAST_HIGH = 140, 32
_NUMBER = Qt.ItemDataRole.UserRole
_EMPTY = "Words that you look up are kept here with their sentences: select one and press D."


class VocabularyWindow(Dialog):
    """Shows words; ``open_wanted`` carries a LookedUp, the others carry several."""

    open_wanted = Signal(object)
    delete_wanted = Signal(object)
    export_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Vocabulary")
        self.setObjectName("vocabulary")
        self._words: Sequence[LookedUp] = ()
        self.filter, self.tree = QLineEdit(), QTreeWidget()
        self.count, self.details = Label(), Label()
        self._area = scrolled(self.details)
        self.read = QPushButton("Go to the Sentence")
        self.delete = QPushButton("Delete")
        self.export = QPushButton("Export for Anki…")
        self.close_button = QPushButton("Close")
        self._set_up()
        self._lay_out()
        self.resize(*_SIZE)

    def _set_up(self) -> None:
        self.filter.setPlaceholderText("Filter words and sentences")
        self.filter.setAccessibleName("Filter")
        self.filter.setClearButtonEnabled(True)
        self.filter.textChanged.connect(lambda _: self._fill())
        tree = self.tree
        tree.setHeaderLabels(["Word", "Sentence", "Looked up"])
        tree.setAccessibleName("Words that were looked up")
        tree.setRootIsDecorated(False)
        tree.setUniformRowHeights(True)
        tree.setMinimumHeight(_LEAST_HIGH)
        tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        header = tree.header()
        header.setStretchLastSection(False)
        header.setSectionResizeMode(0, header.ResizeMode.Interactive)
        header.setSectionResizeMode(1, header.ResizeMode.Stretch)
        header.setSectionResizeMode(2, header.ResizeMode.ResizeToContents)
        header.resizeSection(0, 130)
        tree.itemSelectionChanged.connect(self._show_details)
        tree.itemActivated.connect(lambda _item, _column: self._open())
        QShortcut(QKeySequence(Qt.Key.Key_Delete), tree, self._delete)
        self.details.setWordWrap(True)
        self.details.setObjectName("hint")
        self.details.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._area.setMinimumHeight(_LEAST_HIGH)
        self._area.setMaximumHeight(_DETAILS_HIGH)
        self.count.setObjectName("hint")
        self.read.clicked.connect(self._open)
        self.delete.clicked.connect(self._delete)
        self.export.clicked.connect(lambda: self.export_wanted.emit(self.chosen_or_all()))
        self.close_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        ways, foot = Flow(8), QHBoxLayout()
        for button in (self.read, self.delete, self.export):
            ways.addWidget(button)
        foot.addWidget(self.count)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.filter)
        column.addWidget(self.tree, 1)
        column.addWidget(self._area)
        column.addLayout(ways)
        column.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            press_by_return(button)

    def show_words(self, words: Sequence[LookedUp]) -> None:
        """Show words; those that were selected stay so."""
        self._words = words
        self._fill()

    def chosen(self) -> list[LookedUp]:
        """Return the selected words."""
        return [item.data(0, _NUMBER) for item in self.tree.selectedItems()]

    def chosen_or_all(self) -> list[LookedUp]:
        """Return the selected words, all that are shown if none is."""
        items = map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))
        return self.chosen() or [item.data(0, _NUMBER) for item in items if item is not None]

    def _fill(self) -> None:
        chosen = {word.uid for word in self.chosen()}
        wanted = folded(self.filter.text()).split()
        self.tree.clear()
        shown = [word for word in self._words if _fits(word, wanted)]
        self.tree.addTopLevelItems([_item(word) for word in shown])
        for row, word in enumerate(shown):
            item = self.tree.topLevelItem(row)
            if word.uid in chosen and item is not None:
                item.setSelected(True)
        self.count.setText(phrases.plural(len(shown), "word"))
        self._show_details()

    def _show_details(self) -> None:
        chosen = self.chosen()
        self.read.setEnabled(len(chosen) == 1 and bool(chosen[0].article))
        self.delete.setEnabled(bool(chosen))
        self.export.setEnabled(bool(self._words))
        self.export.setText("Export Selected for Anki…" if chosen else "Export for Anki…")
        text = "" if self._words else _EMPTY
        if len(chosen) == 1:
            word = chosen[0]
            text = "\n".join(filter(None, (word.sentence, word.title, word.definition)))
        self.details.setText(text)
        self.details.setAccessibleName(text)
        self._area.setVisible(bool(text))

    def _open(self) -> None:
        if self.read.isEnabled():
            self.open_wanted.emit(self.chosen()[0])

    def _delete(self) -> None:
        if chosen := self.chosen():
            self.delete_wanted.emit(chosen)


def _fits(word: LookedUp, wanted: Sequence[str]) -> bool:
    text = folded(f"{word.name} {word.sentence} {word.title}") if wanted else ""
    return all(each in text for each in wanted)


def _isolated(text: str) -> str:
    """Return a text that keeps its own direction in a line of another."""
    return f"\u2068{text}\u2069" if text else ""


def _item(word: LookedUp) -> QTreeWidgetItem:
    shown = [_isolated(word.name), _isolated(word.sentence), phrases.day(word.looked_at)]
    item = QTreeWidgetItem(shown)
    item.setData(0, _NUMBER, word)
    item.setData(1, Qt.ItemDataRole.ToolTipRole, tip(word.sentence))
    return item
