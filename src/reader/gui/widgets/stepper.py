"""A field for a number, with buttons that make it smaller and larger."""

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QPalette, QResizeEvent
from PySide6.QtWidgets import QDoubleSpinBox, QToolButton, QWidget

from reader.gui.widgets import theme

_HEIGHT, _BUTTON = 36, 30  # pixels
_GAP = 3
_INSET = 10


class Stepper(QDoubleSpinBox):
    """A number that is typed, or changed by − and + beside it, the arrow keys or the wheel."""

    def __init__(
        self,
        limits: tuple[float, float],
        step: float = 1,
        unit: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setButtonSymbols(QDoubleSpinBox.ButtonSymbols.NoButtons)
        self.setDecimals(_decimals(step))
        self.setRange(*limits)
        self.setSingleStep(step)
        self.setSuffix(unit)
        self.setKeyboardTracking(False)
        self.less = self._button("Less", lambda: self.stepBy(-1))
        self.more = self._button("More", lambda: self.stepBy(1))
        self.valueChanged.connect(lambda _: self.show_ends())
        self._paint_icons()
        self.show_ends()

    def _button(self, name: str, does: object) -> QToolButton:
        button = QToolButton(self)
        button.setObjectName("stepperButton")
        button.setAccessibleName(name)
        button.setAutoRepeat(True)
        button.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the arrow keys do the same
        button.setCursor(Qt.CursorShape.ArrowCursor)
        button.setIconSize(QSize(18, 18))
        button.clicked.connect(does)
        return button

    def sizeHint(self) -> QSize:
        """Return the size with room for the buttons."""
        return self._with_buttons(super().sizeHint())

    def minimumSizeHint(self) -> QSize:
        """Return the least size: the number and its buttons."""
        return self._with_buttons(super().minimumSizeHint())

    def _with_buttons(self, field: QSize) -> QSize:
        high = max(_HEIGHT, self.fontMetrics().height() + 4 * _GAP)
        return QSize(field.width() + 2 * (_BUTTON + _GAP), high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons at the end of the line."""
        super().resizeEvent(event)
        self._place()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme, font or direction."""
        super().changeEvent(event)
        if hasattr(self, "more"):  # Qt calls this while it makes the field, too
            self._paint_icons()
            self._place()

    def _place(self) -> None:
        room, high = 2 * (_BUTTON + _GAP), self.height() - 2 * _GAP
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        for at, button in ((room, self.less), (room // 2, self.more)):
            left = at - _BUTTON if is_rtl else self.width() - at
            button.setGeometry(left, _GAP, _BUTTON, high)
        field = QRect(_INSET, _GAP, self.width() - room - 2 * _INSET, high)
        if is_rtl:
            field.translate(room, 0)
        self.lineEdit().setGeometry(field)

    def _paint_icons(self) -> None:
        colour = self.palette().color(QPalette.ColorRole.Text).name()
        self.less.setIcon(theme.icon("minus", colour))
        self.more.setIcon(theme.icon("add", colour))

    def show_ends(self) -> None:
        """Enable the buttons that can change the number."""
        self.less.setEnabled(self.value() > self.minimum())
        self.more.setEnabled(self.value() < self.maximum())


def _decimals(step: float) -> int:
    return 2 if step < 0.1 else 1 if step % 1 else 0
