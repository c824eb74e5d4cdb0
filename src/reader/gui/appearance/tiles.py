"""Radio buttons that show their choice: a theme, or a typeface."""

from PySide6.QtCore import QPoint, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPainterPath, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QRadioButton, QSizePolicy

from reader.document import fonts
from reader.gui.widgets.plain_text import caption, set_tip
from reader.model import Theme

WIDE = 62
_LEAST_WIDE = 50
_ROUND = 8
_SWATCH, _TILE = 48, 60  # heights in pixels
_LABEL = 20
RING = 3
SWATCH_HIGH, TILE_HIGH = _SWATCH + 2 * RING, _TILE + 2 * RING
_TICK = 18
_CENTRE = Qt.AlignmentFlag.AlignCenter


class Tile(QRadioButton):
    """A radio button that is drawn as a sample with a label, and with a tick if it is chosen."""

    def __init__(self, text: str, value: str) -> None:
        super().__init__(caption(text))
        self.setObjectName("tile")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.value, self._text = value, text
        self.setAccessibleName(text)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        set_tip(self, text)

    def hitButton(self, at: QPoint) -> bool:
        """Return whether a click meets the tile: all of it counts."""
        return self.rect().contains(at)

    def minimumSizeHint(self) -> QSize:
        """Return a size that leaves room for one more tile in a row."""
        return QSize(_LEAST_WIDE, self.sizeHint().height())

    def colour(self, role: QPalette.ColorRole) -> QColor:
        """Return a colour of the theme of the window."""
        return self.palette().color(role)

    def begin(self) -> QPainter:
        """Return a painter with soft edges."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        return painter

    def draw_edge(self, painter: QPainter, area: QRectF) -> None:
        """Draw the edge: of the accent if it is chosen, with a ring if the keyboard is here."""
        role = QPalette.ColorRole
        on = self.isChecked()
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(self.colour(role.Accent if on else role.Shadow), 2 if on else 1))
        inset = 1.0 if on else 0.5
        painter.drawRoundedRect(area.adjusted(inset, inset, -inset, -inset), _ROUND, _ROUND)
        if self.hasFocus():
            painter.setPen(QPen(self.colour(role.Accent), 2))
            painter.drawRoundedRect(area.adjusted(-2, -2, 2, 2), _ROUND + 2, _ROUND + 2)

    def draw_label(self, painter: QPainter, area: QRect, font: QFont) -> None:
        """Draw the label, shortened if there is no room."""
        painter.setFont(font)
        metrics = painter.fontMetrics()
        text = metrics.elidedText(self._text, Qt.TextElideMode.ElideRight, area.width())
        painter.drawText(area, _CENTRE, text)


class Swatch(Tile):
    """A theme in its own colours; two themes share one that follows the system."""

    def __init__(self, text: str, value: str, *shown: Theme) -> None:
        super().__init__(text, value)
        self._shown = shown

    def sizeHint(self) -> QSize:
        """Return the size of the sample, its label, and the ring around."""
        return QSize(WIDE, _SWATCH + _LABEL + 2 * RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the sample, and the label below."""
        painter = self.begin()
        area = QRectF(self.rect()).adjusted(RING, RING, -RING, 0)
        area.setHeight(_SWATCH)
        path = QPainterPath()
        path.addRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        painter.fillPath(path, QColor(self._shown[0].page))
        if len(self._shown) > 1:
            painter.save()
            painter.setClipPath(path)
            _draw_half(painter, area, QColor(self._shown[1].page))
            painter.restore()
        else:
            painter.setPen(QColor(self._shown[0].text))
            painter.setFont(_sample("serif", 20, bold=True))
            painter.drawText(area, _CENTRE, "Aa")
        self.draw_edge(painter, area)
        font = QFont(self.font())
        font.setPixelSize(12)
        font.setBold(self.isChecked())
        role = QPalette.ColorRole
        painter.setPen(self.colour(role.Text if self.isChecked() else role.PlaceholderText))
        below = QRect(0, round(area.bottom()) + 3, self.width(), _LABEL)
        self.draw_label(painter, below, font)
        if self.isChecked():
            self._draw_tick(painter, area)

    def _draw_tick(self, painter: QPainter, area: QRectF) -> None:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        x = area.left() + _TICK / 2 - 3 if is_rtl else area.right() - _TICK / 2 + 3
        middle = QPointF(x, area.top() + _TICK / 2 - 3)
        painter.setPen(QPen(self.colour(QPalette.ColorRole.Window), 1))
        painter.setBrush(self.colour(QPalette.ColorRole.Accent))
        painter.drawEllipse(middle, _TICK / 2, _TICK / 2)
        painter.setPen(QPen(self.colour(QPalette.ColorRole.Base), 1.8))
        steps = [(-4, 0.2), (-1.2, 3), (4, -3)]
        painter.drawPolyline([middle + QPointF(*step) for step in steps])


class FaceTile(Tile):
    """A typeface, shown by two letters; ``is_there`` is whether it is installed."""

    def __init__(self, text: str, value: str, *, is_there: bool = True) -> None:
        super().__init__(text, value)
        self._is_there = is_there
        if not is_there:
            set_tip(self, f"{text} is not installed any more")

    def sizeHint(self) -> QSize:
        """Return the size of the tile and the ring around."""
        return QSize(WIDE, _TILE + 2 * RING)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the letters above the name."""
        painter, role = self.begin(), QPalette.ColorRole
        area = QRectF(self.rect()).adjusted(RING, RING, -RING, -RING)
        on = self.isChecked()
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.colour(role.Highlight if on else role.Base))
        painter.drawRoundedRect(area.adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
        self.draw_edge(painter, area)
        painter.setPen(self.colour(role.HighlightedText if on else role.Text))
        painter.setFont(_sample(self.value, 22))
        sample = QRectF(area.left(), area.top() + 5, area.width(), 32)
        painter.drawText(sample, _CENTRE, "Ag" if self._is_there else "?")
        font = QFont(self.font())
        font.setPixelSize(11)
        self.draw_label(painter, area.adjusted(4, 36, -4, -5).toRect(), font)


def _draw_half(painter: QPainter, area: QRectF, colour: QColor) -> None:
    """Fill the right part of a sample, up to a line that leans."""
    middle, lean = area.center().x(), 6
    path = QPainterPath(QPointF(middle + lean, area.top()))
    for x, y in (
        (area.right(), area.top()),
        (area.right(), area.bottom()),
        (middle - lean, area.bottom()),
    ):
        path.lineTo(x, y)
    painter.fillPath(path, colour)


def _sample(name: str, pixels: int, *, bold: bool = False) -> QFont:
    font = fonts.font(name, 12)
    font.setPixelSize(pixels)
    font.setBold(bold)
    return font
