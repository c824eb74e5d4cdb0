"""The installed typefaces, as a list to search and choose from."""

from functools import cache

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    QSortFilterProxyModel,
    QStringListModel,
    Qt,
    Signal,
)
from PySide6.QtGui import QFont, QFontDatabase, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from reader.document import fonts
from reader.gui.widgets.choice_list import ChoiceList
from reader.gui.widgets.plain_text import Label

NAMED = ("serif", "sans", "legible", "mono")
_LATIN, _SIGNS = QFontDatabase.WritingSystem.Latin, QFontDatabase.WritingSystem.Symbol
_LEAST_HIGH, _HIGH = 64, 168
_KEYS = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


@cache
def installed() -> tuple[str, ...]:
    """Return the installed families, in the order of the alphabet."""
    fonts.load_fonts()
    named = {fonts.family(name) for name in NAMED}
    is_private = QFontDatabase.isPrivateFamily
    # Without the foundry, which Qt adds if there are several of one name.
    families = {name.split(" [")[0] for name in QFontDatabase.families() if not is_private(name)}
    return tuple(sorted(families - named, key=str.casefold))


def is_there(name: str) -> bool:
    """Return whether a typeface of a look is bundled or installed."""
    return name in NAMED or QFontDatabase.hasFamily(name)


class _FontNames(QStringListModel):
    """Families, each in its own letters."""

    def data(self, index: QModelIndex | QPersistentModelIndex, role: int = 0) -> object:
        if role == Qt.ItemDataRole.FontRole:
            name = super().data(index, Qt.ItemDataRole.DisplayRole)
            # A typeface of signs could not write its own name.
            systems = QFontDatabase.writingSystems(name)
            has_letters = _LATIN in systems and _SIGNS not in systems
            font = QFont(name) if has_letters else QApplication.font()
            font.setPixelSize(15)
            return font
        return super().data(index, role)


class Families(QWidget):
    """A field above the installed families; ``chosen`` carries one of them."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        self.field.setAccessibleName("Find a typeface")
        self.field.setPlaceholderText("Find a typeface")
        self.field.setClearButtonEnabled(True)
        self._shown = QSortFilterProxyModel(self)
        self._shown.setSourceModel(_FontNames([*installed()], self))
        self._shown.setFilterCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        self.list = ChoiceList("Typefaces")
        self.list.setObjectName("families")
        self.list.setModel(self._shown)
        self.list.setMinimumHeight(_LEAST_HIGH)  # in a low window it gives way
        self.list.setMaximumHeight(_HIGH)
        self._none = Label("No typeface has this name.")
        self._none.setObjectName("hint")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        for part in (self.field, self.list, self._none):
            layout.addWidget(part)
        self.field.textChanged.connect(self._narrow)
        self.list.clicked.connect(self._choose)
        self.list.activated.connect(self._choose)
        self._narrow("")

    def show_family(self, name: str) -> None:
        """Select a family, if it is in the list."""
        names = [self._shown.index(row, 0).data() for row in range(self._shown.rowCount())]
        if name in names and self.list.currentIndex().data() != name:
            self.list.setCurrentIndex(self._shown.index(names.index(name), 0))

    def _narrow(self, text: str) -> None:
        self._shown.setFilterFixedString(" ".join(text.split()))
        self._none.setVisible(not self._shown.rowCount())

    def _choose(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(str(index.data()))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go through the list with the arrows, and choose at once, from the field, too."""
        by = _KEYS.get(Qt.Key(event.key()))
        row = self.list.currentIndex().row() + (by or 0)
        if by is None:
            super().keyPressEvent(event)
        elif 0 <= row < self._shown.rowCount():
            index = self._shown.index(row, 0)
            self.list.setCurrentIndex(index)
            self._choose(index)
