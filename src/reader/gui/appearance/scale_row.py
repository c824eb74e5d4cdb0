"""A line of the panel with a slider for a number of the look."""

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPalette, QPen
from PySide6.QtWidgets import QHBoxLayout, QSlider, QToolButton, QWidget

from reader.gui.appearance.steps import Scale
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.theme import icon

_KNOB, _GROOVE, _RING = 16, 4, 3  # pixels
_TITLE, _VALUE, _BUTTON = 68, 62, 28


class Slider(QSlider):
    """A slider that counts steps; a double click or Delete asks for the usual value."""

    reset_wanted = Signal()

    def __init__(self, steps: int) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        self.setRange(0, steps)
        self.setPageStep(max(2, steps // 10))
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Return a size with room for the knob and the ring of the focus."""
        return QSize(100, _KNOB + 2 * _RING + 4)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob to the pointer at once."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self._follow(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Keep the knob at the pointer."""
        if self.isSliderDown():
            self._follow(event)

    def mouseReleaseEvent(self, _event: QMouseEvent) -> None:
        """Let the knob go."""
        self.setSliderDown(False)

    def mouseDoubleClickEvent(self, _event: QMouseEvent) -> None:
        """Ask for the usual value."""
        self.reset_wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask for the usual value with Delete."""
        if event.key() == Qt.Key.Key_Delete:
            self.reset_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _follow(self, event: QMouseEvent) -> None:
        inset = _KNOB / 2 + _RING
        share = (event.position().x() - inset) / max(1.0, self.width() - 2 * inset)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            share = 1 - share
        self.setValue(round(share * self.maximum()))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the groove, its part before the knob, and the knob."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        accent, edge, base = (
            self.palette().color(role)
            for role in (QPalette.ColorRole.Accent, QPalette.ColorRole.Shadow, _BASE)
        )
        share = self.value() / max(1, self.maximum())
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        inset, middle = _KNOB / 2 + _RING, self.height() / 2
        groove = QRectF(inset, middle - _GROOVE / 2, self.width() - 2 * inset, _GROOVE)
        at = groove.left() + (1 - share if is_rtl else share) * groove.width()
        painter.setPen(Qt.PenStyle.NoPen)
        _draw_bar(painter, groove, edge)
        done = QRectF(groove)
        done.setLeft(at) if is_rtl else done.setRight(at)
        _draw_bar(painter, done, accent)
        knob = QRectF(at - _KNOB / 2 + 1, middle - _KNOB / 2 + 1, _KNOB - 2, _KNOB - 2)
        painter.setPen(QPen(accent, 2))
        painter.setBrush(base)
        painter.drawEllipse(knob)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawEllipse(knob.adjusted(-3, -3, 3, 3))


_BASE = QPalette.ColorRole.Base


def _draw_bar(painter: QPainter, area: QRectF, colour: QColor) -> None:
    painter.setBrush(colour)
    painter.drawRoundedRect(area, _GROOVE / 2, _GROOVE / 2)


class ScaleRow(QWidget):
    """The title, the slider between − and +, and the value; ``moved`` carries a new value.

    ``usual`` is the value that a double click brings back.
    """

    moved = Signal(float)

    def __init__(self, scale: Scale, usual: float) -> None:
        super().__init__()
        self._scale, self._usual = scale, usual
        least, most = scale.limits
        self.slider = Slider(round((most - least) / scale.step))
        self.title, self.value = Label(scale.title), Label()
        self.title.setFixedWidth(_TITLE)
        self.value.setMinimumWidth(_VALUE)
        self.value.setAlignment(Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
        self.less = self._button("Less", "minus", -1)
        self.more = self._button("More", "add", 1)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for part in (self.title, self.less, self.slider, self.more, self.value):
            row.addWidget(part, int(part is self.slider))
        self.slider.valueChanged.connect(self._moved)
        self.slider.reset_wanted.connect(lambda: self.moved.emit(self._usual))
        set_tip(self.slider, f"Double click or Delete: {scale.text(usual)}")

    def _button(self, name: str, picture: str, by: int) -> QToolButton:
        button = QToolButton()
        button.setObjectName("scaleButton")
        button.setFixedSize(_BUTTON, _BUTTON)
        button.setIconSize(QSize(18, 18))
        button.setProperty("picture", picture)
        button.setAccessibleName(f"{name}: {self._scale.title}")
        set_tip(button, f"{name} {self._scale.title.lower()}")
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys of the slider do the same
        button.clicked.connect(lambda: self.slider.setValue(self.slider.value() + by))
        return button

    def show_value(self, value: float) -> None:
        """Show a value, in words, too; it may lie between two steps."""
        text = self._scale.text(value)
        self.value.setText(text)
        self.slider.setAccessibleName(f"{self._scale.title}, {text}")
        self.slider.blockSignals(True)
        self.slider.setValue(round((value - self._scale.limits[0]) / self._scale.step))
        self.slider.blockSignals(False)
        self.slider.update()
        self.less.setEnabled(value > self._scale.limits[0])
        self.more.setEnabled(value < self._scale.limits[1])

    def _moved(self, steps: int) -> None:
        least, _ = self._scale.limits
        self.moved.emit(self._scale.bounded(least + steps * self._scale.step))

    def paint_icons(self) -> None:
        """Paint − and + in the colour of the text."""
        colour = self.palette().color(QPalette.ColorRole.Text).name()
        for button in (self.less, self.more):
            button.setIcon(icon(button.property("picture"), colour))

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.PaletteChange, QEvent.Type.StyleChange):
            self.paint_icons()
