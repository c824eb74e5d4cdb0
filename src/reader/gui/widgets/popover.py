"""A popover: a sheet over the window, below the widget that it belongs to."""

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QVBoxLayout, QWidget

from reader.gui.widgets.keyboard import give_back, has_keyboard

_SHADOW = 16
_ROUND = 12.0
_GAP = 4  # pixels between a popover and its widget
_EDGE = 8  # pixels between a popover and the edges of the window
_TOP = 48
_MARGIN = 16
_LINE = 2  # at most, with high contrast


class Popover(QWidget):
    """A sheet that takes the keyboard; its content goes into ``content``.

    It covers the window, so that a click elsewhere reaches it. Such a click, Esc, or another
    widget with the keyboard close it. Tab stays inside, and the keyboard returns to the widget
    that had it. ``closed`` is emitted afterwards.
    """

    closed = Signal()

    def __init__(self, window: QWidget, wide: int) -> None:
        super().__init__(window)
        self._window, self._wide = window, wide
        self._anchor: QWidget | None = None
        self._area: QRect | None = None
        self._before: QWidget | None = None
        self._is_modal = True
        self._frame = QFrame(self)
        self._frame.setObjectName("popover")
        inside = QWidget()
        inside.setObjectName("popoverContent")
        self.content = QVBoxLayout(inside)
        self.content.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, _MARGIN)
        self.content.setSpacing(12)
        self._scroller = QScrollArea()
        self._scroller.setObjectName("popoverContent")
        self._scroller.setFrameShape(QFrame.Shape.NoFrame)
        self._scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroller.setWidgetResizable(True)
        self._scroller.setWidget(inside)
        layout = QVBoxLayout(self._frame)
        layout.setContentsMargins(0, 0, 0, 0)  # within the line of the frame
        layout.addWidget(self._scroller)
        self._inside = inside
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._focus_changed)
        window.installEventFilter(self)
        self.hide()

    def open_at(
        self, anchor: QWidget | None, first: QWidget | None, area: QRect | None = None
    ) -> None:
        """Open below ``anchor``, or at the top of the window; ``first`` gets the keyboard.

        If there is no ``first``, the keyboard stays, and clicks elsewhere reach what is there.
        ``area`` is a part of the anchor; the popover stands above it if there is no room below.
        """
        if self.isHidden():
            self._before = QApplication.focusWidget()
        self._anchor, self._area, self._is_modal = anchor, area, first is not None
        self.show()
        self.raise_()
        self.place()
        if first is not None:
            first.setFocus()

    @property
    def has_keyboard(self) -> bool:
        """Whether the keyboard is in the popover."""
        return has_keyboard(self)

    def covers(self, place: QPoint, near: int = 0) -> bool:
        """Return whether the sheet covers a place of the screen, or is so many pixels near."""
        return (
            self._frame.rect()
            .adjusted(-near, -near, near, near)
            .contains(self._frame.mapFromGlobal(place))
        )

    def close_popover(self) -> None:
        """Close, and give the keyboard back if it is here."""
        if self.isHidden():
            return
        before = self._before
        give_back(self, before)
        self.hide()
        self.closed.emit()

    def place(self) -> None:
        """Fit the sheet to its content, within the window."""
        room = self._window.rect().adjusted(_EDGE, _EDGE, -_EDGE, -_EDGE)
        wide = min(self._wide, room.width())
        self.fit(wide)
        self.content.activate()
        high = self.content.totalHeightForWidth(wide - 2 * _LINE)
        high = (high if high > 0 else self.content.totalSizeHint().height()) + 2 * _LINE
        size = QSize(wide, min(high, room.height()))
        sheet = QRect(self._corner(room, size), size)
        sheet.moveTop(max(room.top(), min(sheet.top(), room.bottom() + 1 - sheet.height())))
        self.setGeometry(self._window.rect())
        self._frame.setGeometry(sheet)
        if self._is_modal:
            self.clearMask()
        else:
            self.setMask(QRegion(sheet.adjusted(-_SHADOW, -_SHADOW, _SHADOW, _SHADOW)))

    def fit(self, wide: int) -> None:
        """Arrange the content for a width; a subclass may have narrow and wide forms."""

    def _corner(self, room: QRect, size: QSize) -> QPoint:
        anchor, wide = self._anchor, size.width()
        if anchor is None or not anchor.isVisible():
            return QPoint(room.center().x() - wide // 2, room.top() + _TOP)
        area = self._area or anchor.rect()
        place = QRect(anchor.mapTo(self._window, area.topLeft()), area.size())
        is_rtl = self.layoutDirection() == Qt.LayoutDirection.RightToLeft
        x = place.right() + 1 - wide if is_rtl else place.left()
        y = place.bottom() + 1 + _GAP
        if self._area is not None:
            x = place.center().x() - wide // 2
            if (
                y + size.height() > room.bottom()
                and place.top() - _GAP - size.height() > room.top()
            ):
                y = place.top() - _GAP - size.height()
        return QPoint(max(room.left(), min(x, room.right() + 1 - wide)), y)

    # ---- Qt

    def _focus_changed(self, _before: QWidget | None, now: QWidget | None) -> None:
        """Close if another part of the window has the keyboard now."""
        if self.isVisible() and now is not None and now.window() is self._window.window():
            if self.isAncestorOf(now):
                self._scroller.ensureWidgetVisible(now)
            else:
                self.close_popover()

    def focusNextPrevChild(self, next: bool) -> bool:
        """Move the keyboard in a circle through the widgets, in the order of their addition.

        PySide's ``nextInFocusChain`` gives widgets wrong parents, which deletes their wrappers.
        """
        stops = [each for each in self.findChildren(QWidget) if _takes_tab(each)]
        focused = QApplication.focusWidget()
        if not stops:
            return False
        here = stops.index(focused) if focused in stops else -1
        reason = Qt.FocusReason.TabFocusReason if next else Qt.FocusReason.BacktabFocusReason
        stops[(here + (1 if next else -1)) % len(stops)].setFocus(reason)
        return True

    def event(self, event: QEvent) -> bool:
        """Keep keys without Ctrl or Alt here: they are not shortcuts of the window."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            command = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
            is_function = Qt.Key.Key_F1 <= event.key() <= Qt.Key.Key_F35
            if not event.modifiers() & command and not is_function:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Close with Esc; no key passes to the widgets below."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_popover()
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Close with a click elsewhere; a click on the sheet does nothing."""
        if not self._frame.geometry().contains(event.position().toPoint()):
            self.close_popover()
        event.accept()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the size of the window."""
        if event.type() == QEvent.Type.Resize and self.isVisible():
            self.place()
        return super().eventFilter(watched, event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint a soft shadow around the sheet."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        sheet = QRectF(self._frame.geometry())
        dark = self.palette().window().color().lightness() < 128
        for grown in range(_SHADOW - 2, 0, -2):
            painter.setBrush(QColor(0, 0, 0, 9 if dark else 4))
            round = _ROUND + grown
            ring = sheet.adjusted(-grown, -grown + 3, grown, grown + 1)
            painter.drawRoundedRect(ring, round, round)


def _takes_tab(part: QWidget) -> bool:
    by_tab = part.focusPolicy() & Qt.FocusPolicy.TabFocus
    return bool(by_tab) and part.isVisible() and part.isEnabled() and part.focusProxy() is None
