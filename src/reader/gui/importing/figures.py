"""The five figures of an import, and the bar that shows their proportions."""

from collections.abc import Callable

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from reader.gui.importing.labels import wrapped
from reader.gui.importing.sums import ORDER, Sums, sentence, words
from reader.gui.widgets.plain_text import Label
from reader.model import Theme
from reader.outcomes import Outcome

_LEAST_COLUMN = 148
_BAR, _LEAST_PART, _GAP, _SQUARE = 8, 6, 2, 10  # pixels
_RADIUS = 3
COLOURS = {
    Outcome.ADDED: "accent",
    Outcome.UPDATED: "good",
    Outcome.UNCHANGED: "quote",
    Outcome.SKIPPED: "warn",
    Outcome.FAILED: "bad",
}
"""The colours of the outcomes, as names of colours of a theme."""


class Figures(QWidget):
    """A number for each outcome with its words and a note, and the bar below them."""

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._figures = {outcome: Figure(outcome, colours) for outcome in ORDER}
        self.bar = Bar(colours)
        self._columns = 0
        self._grid = QGridLayout()
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(10)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(12)
        layout.addLayout(self._grid)
        layout.addWidget(self.bar)
        self._arrange()

    def show_sums(self, sums: Sums | None, *, is_done: bool = False) -> None:
        """Show the sums, dashes if they are not known yet."""
        for outcome, figure in self._figures.items():
            if sums is None:
                figure.show_number(None, words(outcome, 2), "")
            else:
                count = sums.number_of(outcome)
                said = words(outcome, count, is_done=is_done)
                figure.show_number(count, said, sums.notes[outcome])
        self.bar.show_counts([sums.number_of(each) if sums else 0 for each in ORDER])
        said = sentence(sums, is_done=is_done) if sums else "Not known yet"
        self.setAccessibleName(said)

    def text(self) -> str:
        """Return the figures as lines."""
        return "\n".join(figure.text() for figure in self._figures.values())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the number of columns for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def _arrange(self) -> None:
        count = len(self._figures)
        room = self.width() // _LEAST_COLUMN
        columns = count if room >= count else min(3, max(2, room))
        if columns == self._columns:
            return
        for column in range(count):
            self._grid.setColumnStretch(column, int(column < columns))
        self._columns = columns
        for number, figure in enumerate(self._figures.values()):
            self._grid.addWidget(figure, number // columns, number % columns)


class Figure(QWidget):
    """A large number, a square of its colour with the words, and a note."""

    def __init__(self, outcome: Outcome, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colour = COLOURS[outcome]
        self._number = Label()
        self._number.setObjectName("importNumber")
        self._words, self._note = wrapped(at_top=True), wrapped("importNote", at_top=True)
        line = QHBoxLayout()
        line.setSpacing(6)
        line.addWidget(_Square(self._colour, colours), 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(self._words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._number)
        column.addLayout(line)
        column.addWidget(self._note)
        column.addStretch(1)

    def show_number(self, number: int | None, said: str, note: str) -> None:
        """Show a number, a dash if it is unknown."""
        self._number.setText("–" if number is None else f"{number:,}")
        self._words.setText(said)
        self._note.setText(note)
        is_some = bool(number) and self._colour == "bad"
        if self._number.property("some") != is_some:
            self._number.setProperty("some", is_some)
            self._number.style().unpolish(self._number)
            self._number.style().polish(self._number)

    def showEvent(self, event: QShowEvent) -> None:
        """Keep room for two lines of the note, so that nothing moves when it comes."""
        super().showEvent(event)
        self._note.setMinimumHeight(2 * self._note.fontMetrics().lineSpacing())

    def text(self) -> str:
        """Return the number, the words and the note."""
        return f"{self._number.text()} {self._words.text()}: {self._note.text()}".rstrip(": ")


class _Square(QWidget):
    """A square in the colour of an outcome."""

    def __init__(self, colour: str, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colour, self._colours = colour, colours
        self.setFixedSize(_SQUARE, _SQUARE + 7)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(getattr(self._colours(), self._colour)))
        painter.drawRoundedRect(QRectF(0, self.height() - _SQUARE - 1, _SQUARE, _SQUARE), 3, 3)


class Bar(QWidget):
    """The proportions of the outcomes; each part that is not empty can be seen."""

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colours = colours
        self._counts = [0 for _ in ORDER]
        self.setFixedHeight(_BAR)

    def sizeHint(self) -> QSize:
        """Return a size with room for all parts."""
        return QSize(len(ORDER) * (_LEAST_PART + _GAP), _BAR)

    def show_counts(self, counts: list[int]) -> None:
        """Show other proportions."""
        self._counts = counts
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the parts from the leading edge."""
        theme, painter = self._colours(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        if not any(self._counts):
            painter.setBrush(QColor(theme.rule))
            painter.drawRoundedRect(QRectF(self.rect()), _RADIUS, _RADIUS)
            return
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 0.0
        for outcome, wide in zip(ORDER, parts(self._counts, self.width()), strict=True):
            if wide:
                start = self.width() - left - wide if is_rtl else left
                painter.setBrush(QColor(getattr(theme, COLOURS[outcome])))
                painter.drawRoundedRect(QRectF(start, 0, wide, _BAR), _RADIUS, _RADIUS)
                left += wide + _GAP


def parts(counts: list[int], width: int) -> list[float]:
    """Return the widths of the parts of a bar: proportional, but none below the least width."""
    some = [count for count in counts if count]
    room = width - _GAP * (len(some) - 1)
    if room <= len(some) * _LEAST_PART:
        return [room / len(some) if count else 0.0 for count in counts]
    small = {
        n for n, count in enumerate(counts) if count and room * count < _LEAST_PART * sum(some)
    }
    while True:
        rest = room - _LEAST_PART * len(small)
        whole = sum(count for n, count in enumerate(counts) if n not in small)
        more = {
            n
            for n, count in enumerate(counts)
            if count and n not in small and rest * count < _LEAST_PART * whole
        }
        if not more:
            break
        small |= more
    return [
        _LEAST_PART if n in small else rest * count / whole if count else 0.0
        for n, count in enumerate(counts)
    ]
