"""Charts: tiles of numbers, columns over time, and bars with names."""

from collections.abc import Callable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetrics,
    QHelpEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.gui.widgets.plain_text import show_tip
from reader.model import Theme

_AXIS = 22
_TOP = 26
_WIDEST = 34.0
_BAR = 30
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class Column(NamedTuple):
    """A column: its label on the axis, its full name, and one or two values."""

    label: str
    name: str
    values: tuple[float, ...]


class Painted(QWidget):
    """The base of all charts: a theme, and fonts that follow the font of the window."""

    theme: Theme

    def __init__(self) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def scaled(self, factor: float, *, strong: bool = False) -> QFont:
        """Return the font of the window, scaled."""
        font = QFont(self.font())
        font.setPointSizeF(font.pointSizeF() * factor)
        if strong:
            font.setWeight(QFont.Weight.DemiBold)
        return font


class Tiles(Painted):
    """Large numbers with captions, in one row, or two rows if there is little room."""

    def __init__(self) -> None:
        super().__init__()
        self._tiles: Sequence[tuple[str, str]] = ()

    def set_tiles(self, tiles: Sequence[tuple[str, str]]) -> None:
        """Show numbers and their captions."""
        self._tiles = tiles
        self.setAccessibleDescription("; ".join(f"{text}: {number}" for number, text in tiles))
        self._take_height()
        self.update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the number of rows."""
        super().resizeEvent(event)
        self._take_height()

    def _take_height(self) -> None:
        rows = -(-len(self._tiles) // self._in_a_row(self.width()))
        self.setFixedHeight(max(1, rows * (self._high() + 10) - 10))

    def _high(self) -> int:
        return round(QFontMetrics(self.scaled(1.7)).height() + self.fontMetrics().height() + 26)

    def _in_a_row(self, wide: int) -> int:
        return 4 if wide >= 480 else 2

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tiles."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        count, high = self._in_a_row(self.width()), self._high()
        wide = (self.width() - 10.0 * (count - 1)) / count
        for place, (number, text) in enumerate(self._tiles):
            row, column = divmod(place, count)
            area = QRectF(column * (wide + 10), row * (high + 10), wide, high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.panel))
            painter.drawRoundedRect(area, 8, 8)
            self._paint_tile(painter, area.adjusted(14, 11, -8, -11), number, text)

    def _paint_tile(self, painter: QPainter, area: QRectF, number: str, text: str) -> None:
        large = self.scaled(1.7, strong=True)
        while (
            QFontMetrics(large).horizontalAdvance(number) > area.width() and large.pointSizeF() > 8
        ):
            large.setPointSizeF(large.pointSizeF() - 0.5)
        for font, colour, side, words in (
            (large, self.theme.text, Qt.AlignmentFlag.AlignTop, number),
            (self.scaled(0.9), self.theme.muted, Qt.AlignmentFlag.AlignBottom, text),
        ):
            painter.setFont(font)
            painter.setPen(QColor(colour))
            elide = Qt.TextElideMode.ElideRight
            shown = QFontMetrics(font).elidedText(words, elide, round(area.width()))
            painter.drawText(area, int(side | Qt.AlignmentFlag.AlignLeft), shown)


class Columns(Painted):
    """Columns for days, weeks or months; ``format`` returns the text of a value."""

    def __init__(self, format: Callable[[float], str], empty: str) -> None:
        super().__init__()
        self.format = format
        self.empty = empty
        self._columns: Sequence[Column] = ()
        self.setFixedHeight(180)

    def set_columns(self, columns: Sequence[Column]) -> None:
        """Show columns."""
        self._columns = columns
        texts = (f"{one.name}: {self._text(one)}" for one in columns if any(one.values))
        self.setAccessibleDescription("; ".join(texts) or self.empty)
        self.update()

    def _text(self, column: Column) -> str:
        return ", ".join(self.format(value) for value in column.values)

    def _most(self) -> float:
        return max((value for column in self._columns for value in column.values), default=0.0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the columns over their axis."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        base = self.height() - _AXIS
        painter.fillRect(0, base, self.width(), 1, QColor(self.theme.rule))
        painter.setFont(self.scaled(0.84))
        most = self._most()
        if not most:
            painter.setPen(QColor(self.theme.muted))
            area = QRectF(0, 0, self.width(), base)
            painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), self.empty)
        every = self._labels_every(painter.fontMetrics())
        all_shown = self._all_fit(painter.fontMetrics())
        for place, column in enumerate(self._columns):
            self._paint_column(painter, place, column, base, most=most, all_shown=all_shown)
            if (len(self._columns) - 1 - place) % every == 0:
                painter.setPen(QColor(self.theme.muted))
                step = self._step()
                area = QRectF((place - every / 2 + 0.5) * step, base + 4, step * every, _AXIS - 4)
                painter.drawText(area, int(Qt.AlignmentFlag.AlignCenter), column.label)

    def _paint_column(
        self,
        painter: QPainter,
        place: int,
        column: Column,
        base: int,
        *,
        most: float,
        all_shown: bool,
    ) -> None:
        step, count = self._step(), len(column.values)
        wide = min(_WIDEST, step * 0.68) / count
        left = place * step + (step - wide * count) / 2
        for number, value in enumerate(column.values):
            if not value:
                continue
            high = max(2.0, value / most * (base - _TOP))
            area = QRectF(left + number * wide, base - high, wide - (count > 1), high)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.quote if number else self.theme.accent))
            painter.drawRoundedRect(area, min(3.0, wide / 4), min(3.0, wide / 4))
            painter.drawRect(area.adjusted(0, min(high, 4.0), 0, 0))
            if all_shown or (value == most and not number):
                self._paint_value(painter, area, self.format(value))

    def _paint_value(self, painter: QPainter, area: QRectF, text: str) -> None:
        painter.setPen(QColor(self.theme.muted))
        wide = painter.fontMetrics().horizontalAdvance(text)
        left = min(max(0.0, area.center().x() - wide / 2), self.width() - wide)
        painter.drawText(QRectF(left, area.top() - 20, wide + 2, 18), int(_LEFT), text)

    def _step(self) -> float:
        return self.width() / max(1, len(self._columns))

    def _all_fit(self, metrics: QFontMetrics) -> bool:
        """Return whether there is room for all values; otherwise only the greatest is shown."""
        room = self._step() / max((len(column.values) for column in self._columns), default=1)
        values = (value for column in self._columns for value in column.values if value)
        return all(metrics.horizontalAdvance(self.format(value)) <= room - 2 for value in values)

    def _labels_every(self, metrics: QFontMetrics) -> int:
        labels = (column.label for column in self._columns)
        widest = max(map(metrics.horizontalAdvance, labels), default=0)
        return max(1, -(-(widest + 8) // max(1, int(self._step()))))

    def event(self, event: QEvent) -> bool:
        """Show a tool tip with the name and the values of a column."""
        if isinstance(event, QHelpEvent) and event.type() == QEvent.Type.ToolTip:
            place = int(event.pos().x() / self._step())
            if 0 <= place < len(self._columns):
                column = self._columns[place]
                words = f"{column.name[:1].upper()}{column.name[1:]}: {self._text(column)}"
                show_tip(event.globalPos() + QPoint(0, 8), words, self)
            return True
        return super().event(event)


class Legend(Painted):
    """The names of the two values of columns."""

    def __init__(self, *names: str) -> None:
        super().__init__()
        self._names = names
        metrics = QFontMetrics(self.scaled(0.9))
        self._wide = [metrics.horizontalAdvance(name) + 32 for name in names]
        self.setFixedSize(sum(self._wide), metrics.height() + 6)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a square in its colour before each name."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.scaled(0.9))
        left = 0
        for number, (name, wide) in enumerate(zip(self._names, self._wide, strict=True)):
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(self.theme.quote if number else self.theme.accent))
            painter.drawRoundedRect(QRectF(left + 10, self.height() / 2 - 5, 10, 10), 2.5, 2.5)
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(left + 26, 0, wide, self.height()), int(_LEFT), name)
            left += wide


class Bars(Painted):
    """Names with bars, the longest first; ``format`` returns the text of a value."""

    def __init__(self, format: Callable[[float], str], empty: str) -> None:
        super().__init__()
        self._format = format
        self._empty = empty
        self._bars: Sequence[tuple[str, float]] = ()

    def set_bars(self, bars: Sequence[tuple[str, float]]) -> None:
        """Show names and their values."""
        self._bars = bars
        text = "; ".join(f"{name}: {self._format(value)}" for name, value in bars)
        self.setAccessibleDescription(text or self._empty)
        self.setFixedHeight(_BAR * max(1, len(bars)) + 4)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint name and value over each bar."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setFont(self.scaled(0.92))
        if not self._bars:
            painter.setPen(QColor(self.theme.muted))
            painter.drawText(QRectF(0, 0, self.width(), _BAR), int(_LEFT), self._empty)
        for place, (name, value) in enumerate(self._bars):
            row = QRectF(0, place * _BAR, self.width(), _BAR - 8)
            self._paint_bar(painter, row, name, value)

    def _paint_bar(self, painter: QPainter, row: QRectF, name: str, value: float) -> None:
        metrics, text = painter.fontMetrics(), self._format(value)
        taken = metrics.horizontalAdvance(text) + 12
        elide = Qt.TextElideMode.ElideRight
        shown = metrics.elidedText(name, elide, round(row.width() - taken))
        painter.setPen(QColor(self.theme.text))
        painter.drawText(row, int(_LEFT), shown)
        painter.setPen(QColor(self.theme.muted))
        painter.drawText(row, int(_RIGHT), text)
        painter.setPen(Qt.PenStyle.NoPen)
        track = QRectF(0, row.bottom() + 1, row.width(), 3)
        painter.setBrush(QColor(self.theme.rule))
        painter.drawRoundedRect(track, 1.5, 1.5)
        track.setWidth(max(3.0, row.width() * value / self._bars[0][1]))
        painter.setBrush(QColor(self.theme.accent))
        painter.drawRoundedRect(track, 1.5, 1.5)
