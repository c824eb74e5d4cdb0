"""The first rows of a kind below a heading, and a button that shows all of them."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.gui.importing.sums import as_line, gain, place
from reader.gui.list.row import plain, title_of
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.site_mark import paint_site_mark
from reader.model import Theme
from reader.outcomes import ImportRow

_MARK, _LINE = 16, 31  # pixels
_LONGEST = 400  # letters
_PLACE_LETTERS = 11


class ShortList(QWidget):
    """A heading, a few lines, and *Show All*, which emits ``all_wanted``."""

    all_wanted = Signal()

    def __init__(self, title: str, most: int) -> None:
        super().__init__()
        self.most = most
        self.title = Label(title)
        self.title.setObjectName("importHeading")
        self.all = QPushButton()
        self.all.setObjectName("importAll")
        press_by_return(self.all)
        head = QHBoxLayout()
        head.addWidget(self.title)
        head.addStretch(1)
        head.addWidget(self.all)
        self._lines: list[QWidget] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addLayout(head)
        self.all.clicked.connect(self.all_wanted)
        self.hide()

    def show_lines(self, lines: Sequence[QWidget], count: int) -> None:
        """Show lines for the first of ``count`` rows; nothing if there is none."""
        for line in self._lines:
            self._column.removeWidget(line)
            line.hide()
            line.deleteLater()
        self._lines = [*lines]
        for line in lines:
            self._column.addWidget(line)
        self.all.setText(f"Show All {count:,}")
        self.all.setAccessibleName(f"{self.title.text()}: show all {count:,}")
        self.all.setVisible(count > 0)
        self.setVisible(count > 0)

    def text(self) -> str:
        """Return the lines that are shown."""
        return "\n".join(line.accessibleName() for line in self._lines)


def problem(row: ImportRow) -> QWidget:
    """Return a line about a row that is left out or cannot be read."""
    line = _line(as_line(row))
    cells = (
        (place(row), "importMuted", 0),
        (phrases.remarks(row.remarks), "", 3),
        (plain(row.name[:_LONGEST]), "importMuted", 4),
    )
    grid = line.layout()
    assert isinstance(grid, QGridLayout)
    for column, (text, name, stretch) in enumerate(cells):
        mode = Qt.TextElideMode.ElideRight if column else Qt.TextElideMode.ElideLeft
        grid.addWidget(_cell(text, name, mode), 0, column)
        grid.setColumnStretch(column, stretch)
    letter = line.fontMetrics().averageCharWidth()
    grid.setColumnMinimumWidth(0, _PLACE_LETTERS * letter)
    return line


def merger(row: ImportRow, site: str, colours: Callable[[], Theme]) -> QWidget:
    """Return a line about an article that merges, and its gain."""
    line = _line(f"{row.name[:_LONGEST]}, {gain(row)}")
    grid = line.layout()
    assert isinstance(grid, QGridLayout)
    grid.addWidget(_Mark(site, colours), 0, 0)
    grid.addWidget(_cell(title_of(row.name[:_LONGEST]), ""), 0, 1)
    gained = _cell(gain(row), "importMuted")
    gained.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    gained.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Preferred)
    grid.addWidget(gained, 0, 2)
    grid.setColumnStretch(1, 1)
    return line


def _line(name: str) -> QFrame:
    line = QFrame()
    line.setObjectName("importLine")
    line.setAccessibleName(name[: 2 * _LONGEST])
    grid = QGridLayout(line)
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setHorizontalSpacing(8)
    line.setFixedHeight(max(_LINE, line.fontMetrics().height() + 14))
    return line


def _cell(text: str, name: str, mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight) -> Elided:
    cell = Elided(text, mode)
    cell.setObjectName(name)
    cell.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
    return cell


class _Mark(QWidget):
    """The mark of a site."""

    def __init__(self, site: str, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._site, self._colours = site, colours
        self.setFixedSize(_MARK, _MARK)
        set_tip(self, site)

    def sizeHint(self) -> QSize:
        """Return the only size."""
        return QSize(_MARK, _MARK)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the mark."""
        paint_site_mark(QPainter(self), self.rect(), self._site, None, self._colours())
