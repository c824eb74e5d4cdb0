"""The columns of a table that no program is known for: a field for each."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from reader.gui.list.row import plain
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.wheel import WheelScrolls

FIELDS: Mapping[str, str] = {
    "": "Left out",
    "url": "Address",
    "title": "Title",
    "tags": "Tags",
    "state": "State",
    "added_at": "Date added",
    "note": "Note",
    "favourite": "Favourite",
}
"""The fields of an article that a column can hold, and their names."""

_MOST = 60
_NARROW = 480
_FIELD_WIDE = 150
_LONGEST = 200  # letters
_NEEDED = "One column must hold the addresses."


class Column(NamedTuple):
    """A column: its name and some of its values."""

    name: str
    samples: tuple[str, ...] = ()


class ColumnsPanel(QWidget):
    """A line for each column; ``chosen`` carries the columns by their fields."""

    chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._columns: tuple[Column, ...] = ()
        self.boxes: list[QComboBox] = []
        self._parts: list[QWidget] = []
        self._title = Label("Columns")
        self._title.setObjectName("importHeading")
        self.needed = Label(_NEEDED)
        self.needed.setObjectName("mistake")
        self.needed.setWordWrap(True)
        self._more = Label()
        self._more.setObjectName("hint")
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(6)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self._title)
        column.addWidget(self.needed)
        column.addLayout(self._grid)
        column.addWidget(self._more)
        self.hide()

    def show_columns(self, columns: Sequence[Column], chosen: Mapping[str, str]) -> None:
        """Show columns with the chosen fields; nothing if there is none."""
        shown = tuple(columns[:_MOST])
        if shown != self._columns:
            self._columns = shown
            self._make_lines()
        self._show_chosen(chosen)
        hidden = len(columns) - len(shown)
        self._more.setText(f"{hidden:,} more columns are left out.")
        self._more.setVisible(hidden > 0)
        self.setVisible(bool(shown))

    def text(self) -> str:
        """Return each column with its field."""
        pairs = zip(self._columns, self.boxes, strict=True)
        return "\n".join(f"{column.name}: {box.currentText()}" for column, box in pairs)

    def _show_chosen(self, chosen: Mapping[str, str]) -> None:
        fields = {name: field for field, name in chosen.items()}
        for column, box in zip(self._columns, self.boxes, strict=True):
            box.setCurrentIndex(max(0, box.findData(fields.get(column.name, ""))))
        self.needed.setVisible("url" not in chosen)

    def _make_lines(self) -> None:
        for part in self._parts:
            self._grid.removeWidget(part)
            part.hide()
            part.deleteLater()
        self._parts, self.boxes = [], []
        for row, column in enumerate(self._columns):
            name = _cell(plain(column.name[:_LONGEST]) or f"Column {row + 1}", "importColumn")
            samples = " · ".join(plain(each[:_LONGEST]) for each in column.samples if each)
            values = _cell(samples or "empty", "importMuted")
            box = QComboBox()
            for field, text in FIELDS.items():
                box.addItem(text, field)
            box.setAccessibleName(f"Field of the column {name.text()}")
            box.setAccessibleDescription(samples)
            box.setMinimumWidth(_FIELD_WIDE)
            box.activated.connect(partial(self._choose, row))
            self.boxes.append(box)
            self._parts += [name, values, box]
        WheelScrolls(self.boxes, self)
        self._place()

    def _place(self) -> None:
        """Put the samples beside the names, or below them if there is no room."""
        narrow = self.width() < _NARROW
        for row in range(len(self.boxes)):
            name, values, box = self._parts[3 * row : 3 * row + 3]
            top, middle = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignVCenter
            self._grid.addWidget(name, 2 * row, 0, middle)
            if narrow:
                self._grid.addWidget(values, 2 * row + 1, 0, 1, 2, top)
                self._grid.addWidget(box, 2 * row, 1, middle)
            else:
                self._grid.addWidget(values, 2 * row, 1, middle)
                self._grid.addWidget(box, 2 * row, 2, middle)
        for column, stretch in enumerate((1, 0, 0) if narrow else (2, 3, 0)):
            self._grid.setColumnStretch(column, stretch)

    def _choose(self, row: int, _index: int) -> None:
        """Give a column a field; another column that had it is left out."""
        field = self.boxes[row].currentData()
        for other, box in enumerate(self.boxes):
            if field and other != row and box.currentData() == field:
                box.setCurrentIndex(0)
        pairs = zip(self._columns, self.boxes, strict=True)
        chosen = {box.currentData(): column.name for column, box in pairs if box.currentData()}
        self.needed.setVisible("url" not in chosen)
        self.chosen.emit(chosen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Place the samples for the new width."""
        was_narrow = event.oldSize().width() < _NARROW
        super().resizeEvent(event)
        if was_narrow != (self.width() < _NARROW):
            self._place()


def _cell(text: str, name: str) -> Elided:
    cell = Elided(text)
    cell.setObjectName(name)
    cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return cell
