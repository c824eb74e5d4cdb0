"""The lines of a table that are shown, in their order."""

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reader.folding import folded
from reader.gui.tables.sheet import Extract, Line, Sheet
from reader.gui.tables.values import Kind, kind_of, order

_Index = QModelIndex | QPersistentModelIndex
_NO_INDEX = QModelIndex()


class TableModel(QAbstractTableModel):
    """Shows a sheet, filtered by words and sorted by one column, or in its own order."""

    def __init__(self, sheet: Sheet) -> None:
        super().__init__()
        self._sheet = sheet
        self._order = list(range(len(sheet.lines)))
        self._shown = self._order
        self._words: list[str] = []
        self._kinds: dict[int, Kind] = {}
        self.sorted_by: tuple[int, bool] | None = None

    @property
    def sheet(self) -> Sheet:
        """The whole table."""
        return self._sheet

    def line(self, row: int) -> Line:
        """Return a line that is shown."""
        return self._sheet.lines[self._shown[row]]

    def kind(self, column: int) -> Kind:
        """Return the kind of most cells of a column."""
        if column not in self._kinds:
            self._kinds[column] = kind_of(line.texts[column] for line in self._sheet.lines)
        return self._kinds[column]

    def filter(self, words: str) -> None:
        """Show only the lines that contain all words."""
        self._words = folded(words).split()
        self._show()

    def sort_by(self, column: int | None, *, falling: bool = False) -> None:
        """Sort by a column; None is the order of the article."""
        lines = self._sheet.lines
        if column is None:
            self.sorted_by, self._order = None, list(range(len(lines)))
        else:
            self.sorted_by = (column, falling)
            texts = [line.texts[column] for line in lines]
            self._order = order(texts, self.kind(column), falling=falling)
        self._show()

    def _show(self) -> None:
        self.beginResetModel()
        lines, words = self._sheet.lines, self._words
        self._shown = [
            number for number in self._order if all(word in lines[number].words for word in words)
        ]
        self.endResetModel()

    def extract(self, rows: list[int], columns: list[int], *, named: bool) -> Extract:
        """Return some lines and columns, below the heads if they are ``named``."""
        heads = self._sheet.heads if named else ()
        return Extract([*heads, *map(self.line, rows)], columns, len(heads))

    # ---- Qt

    def rowCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return the number of lines that are shown."""
        return 0 if parent.isValid() else len(self._shown)

    def columnCount(self, parent: _Index = _NO_INDEX) -> int:
        """Return the number of columns."""
        return 0 if parent.isValid() else len(self._sheet.names)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the text of a cell, or how it is shown."""
        if role not in _ROLES or not index.isValid():
            return None
        line, column = self.line(index.row()), index.column()
        if role == Qt.ItemDataRole.TextAlignmentRole:
            end = self.kind(column) is Kind.NUMBERS
            side = Qt.AlignmentFlag.AlignTrailing if end else Qt.AlignmentFlag.AlignLeading
            return int(side | Qt.AlignmentFlag.AlignVCenter)
        return line.texts[column]

    def headerData(
        self, section: int, way: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> object:
        """Return the name of a column, or the number of a line in the article."""
        if role == Qt.ItemDataRole.TextAlignmentRole and way is Qt.Orientation.Horizontal:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        if role != Qt.ItemDataRole.DisplayRole:
            return None
        if way is Qt.Orientation.Horizontal:
            return self._sheet.names[section]
        return str(self._shown[section] + 1) if section < len(self._shown) else None


_ROLES = (
    Qt.ItemDataRole.DisplayRole,
    Qt.ItemDataRole.TextAlignmentRole,
    Qt.ItemDataRole.AccessibleTextRole,
)
