"""A label of one line that ends in “…” if it has no room; its tool tip holds the whole text."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPalette, QResizeEvent

from reader.gui.widgets.plain_text import Label, set_tip

_LEAST = 48  # pixels


class Elided(Label):
    """A line of plain text that may be cut; ``text`` returns all of it."""

    def __init__(
        self, text: str = "", mode: Qt.TextElideMode = Qt.TextElideMode.ElideRight
    ) -> None:
        self._mode = mode
        super().__init__(text)

    def setText(self, text: str) -> None:
        """Set the text."""
        super().setText(text)
        self._show_tip()

    def minimumSizeHint(self) -> QSize:
        """Return a size in which only some letters have room."""
        hint = super().minimumSizeHint()
        return QSize(min(_LEAST, hint.width()), hint.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Offer the whole text as a tool tip if it is cut now."""
        super().resizeEvent(event)
        self._show_tip()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw as much of the text as there is room for."""
        painter = QPainter(self)
        group = QPalette.ColorGroup.Normal if self.isEnabled() else QPalette.ColorGroup.Disabled
        painter.setPen(self.palette().color(group, self.foregroundRole()))
        area = self.contentsRect()
        shown = self.fontMetrics().elidedText(self._line(), self._mode, area.width())
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the text
        painter.drawText(area, int(self._side() | Qt.AlignmentFlag.AlignVCenter), shown)

    def _line(self) -> str:
        return " ".join(self.text().split())

    def _side(self) -> Qt.AlignmentFlag:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute

    def _show_tip(self) -> None:
        is_cut = self.fontMetrics().horizontalAdvance(self._line()) > self.contentsRect().width()
        set_tip(self, self.text() if is_cut else "")
