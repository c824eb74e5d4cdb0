"""A tab as it is painted: the mark of its site, its title, and a cross to close it."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from reader.document.images import Pictures
from reader.gui.widgets.plain_text import set_tip
from reader.gui.widgets.site_mark import paint_site_mark
from reader.model import Theme

HIGH = 36
_ICON = 16
_SIDE = 10
_CLOSE = 24
_CROSS = 4.0  # half of its width
_NARROW = 84  # in a narrower tab only the current one has a cross
_ROUND = 8
NO_TITLE = "No Article"


class Entry(NamedTuple):
    """The article in a tab: its title, its site, and the name of the site's icon."""

    title: str
    site: str
    icon: str


class Looks(NamedTuple):
    """The pictures and the present colours that tabs are painted with."""

    pictures: Pictures
    colours: Callable[[], Theme]


class TabButton(QAbstractButton):
    """A tab; ``dragged`` carries the place of the pointer in the bar, ``put_by`` a step."""

    close_wanted = Signal()
    dragged = Signal(int)
    dropped = Signal()
    put_by = Signal(int)
    focused = Signal()

    def __init__(self, looks: Looks, parent: QWidget) -> None:
        super().__init__(parent)
        self.setCheckable(True)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setMouseTracking(True)
        self._looks = looks
        self.entry = Entry("", "", "")
        self._pressed_at: QPoint | None = None
        self.grip: int | None = None
        self._over_close = False

    def show_entry(self, entry: Entry) -> None:
        """Show the article of the tab."""
        if entry != self.entry:
            self.entry = entry
            title = entry.title or NO_TITLE
            self.setAccessibleName(title)
            self.setAccessibleDescription("Tab; Delete closes it")
            set_tip(self, title)
            self.update()

    def sizeHint(self) -> QSize:
        """Return the size of a tab that has room."""
        return QSize(220, HIGH)

    def nextCheckState(self) -> None:
        """Leave it to the bar which tab is checked."""

    # ---- pointer and keyboard

    def _cross(self) -> QRect:
        """Return the area that closes the tab, empty if it has no room."""
        if self.width() < _NARROW and not self.isChecked():
            return QRect()
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = 6 if rtl else self.width() - 6 - _CLOSE
        return QRect(left, (self.height() - _CLOSE) // 2, _CLOSE, _CLOSE)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the tab; it may be dragged then."""
        at = event.position().toPoint()
        self._pressed_at = at
        if event.button() is Qt.MouseButton.LeftButton and not self._cross().contains(at):
            self.grip = None
            self.click()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Drag the tab, or highlight its cross."""
        at = event.position().toPoint()
        is_over = self._cross().contains(at)
        if is_over != self._over_close:
            self._over_close = is_over
            self.update()
        pressed = self._pressed_at
        if pressed is None or not event.buttons() & Qt.MouseButton.LeftButton:
            return
        far = (at - pressed).manhattanLength() >= QApplication.startDragDistance()
        if self.grip is None and far and not self._cross().contains(pressed):
            self.grip = pressed.x()
        if self.grip is not None:
            self.dragged.emit(self.mapToParent(at).x())

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close the tab by its cross or the middle button; end a drag."""
        at, pressed = event.position().toPoint(), self._pressed_at
        self._pressed_at = None
        if self.grip is not None:
            self.grip = None
            self.dropped.emit()
        elif pressed is not None and self.rect().contains(at):
            middle = event.button() is Qt.MouseButton.MiddleButton
            left = event.button() is Qt.MouseButton.LeftButton
            if middle or (left and self._cross().contains(at) and self._cross().contains(pressed)):
                self.close_wanted.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight."""
        self._over_close = False
        super().leaveEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Emit that the keyboard is here."""
        super().focusInEvent(event)
        self.focused.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Delete, move with Shift and an arrow, show with Return."""
        key, shift = event.key(), event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        step = -1 if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        if key == Qt.Key.Key_Delete:
            self.close_wanted.emit()
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right) and shift:
            self.put_by.emit(step if key == Qt.Key.Key_Right else -step)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Take Delete before the shortcut of the window that deletes articles."""
        if (
            event.type() == QEvent.Type.ShortcutOverride
            and isinstance(event, QKeyEvent)
            and event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            event.accept()
            return True
        return super().event(event)

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the tab."""
        theme = self._looks.colours()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter, theme)
            self._paint_mark(painter, theme)
            self._paint_title(painter, theme)
            if self._shows_cross():
                self._paint_cross(painter, theme)
            if self.hasFocus():
                painter.setPen(QPen(QColor(theme.accent), 2))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 3, -3, -3), 6, 6)

    def _shows_cross(self) -> bool:
        return not self._cross().isEmpty() and (self.underMouse() or self.isChecked())

    def _paint_ground(self, painter: QPainter, theme: Theme) -> None:
        area = QRectF(self.rect())
        if self.isChecked() or self.underMouse() or self.grip is not None:
            shape = QPainterPath()
            shape.addRoundedRect(area.adjusted(1, 4, -1, _ROUND), _ROUND, _ROUND)
            painter.fillPath(shape, QColor(theme.page if self.isChecked() else theme.hover))
        else:
            rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            edge = 0 if rtl else self.width() - 1
            painter.fillRect(edge, 11, 1, self.height() - 20, QColor(theme.rule))

    def _paint_mark(self, painter: QPainter, theme: Theme) -> None:
        if not self.entry.title:
            return
        ratio = self.devicePixelRatioF()
        name, side = self.entry.icon, round(_ICON * ratio)
        image = self._looks.pictures.image(name, side, side) if name else None
        area = QRect(_SIDE, (self.height() - _ICON) // 2 + 1, _ICON, _ICON)
        paint_site_mark(painter, self._mirrored(area), self.entry.site, image, theme)

    def _paint_title(self, painter: QPainter, theme: Theme) -> None:
        start = _SIDE + (_ICON + 8 if self.entry.title else 0)
        end = _CLOSE + 8 if self._shows_cross() else 8
        area = self._mirrored(QRect(start, 1, max(0, self.width() - start - end), self.height()))
        title = " ".join((self.entry.title or NO_TITLE).split())
        shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, area.width())
        painter.setPen(QColor(theme.text if self.isChecked() else theme.muted))
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # that of the text
        rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if rtl else Qt.AlignmentFlag.AlignLeft
        flags = side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(area, int(flags | Qt.TextFlag.TextSingleLine), shown)

    def _paint_cross(self, painter: QPainter, theme: Theme) -> None:
        area = QRectF(self._cross())
        if self._over_close:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.selection))
            painter.drawRoundedRect(area.adjusted(2, 2, -2, -2), 5, 5)
        painter.setPen(QPen(QColor(theme.text if self._over_close else theme.muted), 1.5))
        middle = area.center()
        for way in (1, -1):
            corner = QPointF(_CROSS, _CROSS * way)
            painter.drawLine(middle - corner, middle + corner)

    def _mirrored(self, area: QRect) -> QRect:
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            area.moveLeft(self.width() - area.left() - area.width())
        return area
