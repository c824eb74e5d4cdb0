"""The picture itself: painted, zoomed to the pointer, dragged, with a map while it is larger."""

import logging

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QMouseEvent,
    QNativeGestureEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QSizePolicy, QWidget

from reader.document.images import DARK_INK, Loaded, Part, Pictures
from reader.gui.pictures.framing import STEP, Framing, fit

log = logging.getLogger(__name__)

GROUND, INK, MUTED, RING = "#101214", "#e8eaed", "#a3abb4", "#7fb4f5"
_PALE = "#1b1f23"  # until it is read
_PAPER = "#f4f5f6"  # behind dark lines on transparency
_MAP, _MAP_MARGIN, _WINDOW = 132, 16, "#d0452b"
_BASE_PIXELS, _DETAIL_PIXELS = 12_000_000, 16_000_000
_SHARP = 1.02
_REST_MS = 120


class Canvas(QWidget):
    """Shows a picture; ``changed`` is emitted for another scale, ``pressed`` for a click beside it.

    Nothing but the picture in bounded size, and the part that is seen, is held in memory.
    """

    changed = Signal()
    pressed = Signal()
    dragged_out = Signal()

    def __init__(self, pictures: Pictures, parent: QWidget) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._name = ""
        self._base = self._detail = QImage()
        self._detail_of = QRectF()
        self._message = ""
        self._drag: QPointF | None = None
        self._has_moved = False
        self.framing: Framing | None = None
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._sharpen)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.grabGesture(Qt.GestureType.PinchGesture)

    # ---- what is shown

    def show_picture(self, name: str, rough: QImage, size: QSize) -> None:
        """Show a picture, from the ``rough`` pixels that are there until its own are read."""
        self._name, self._message = name, ""
        self._base, self._detail, self.framing = rough, QImage(), None
        if not (known := rough.size() if size.isEmpty() else size).isEmpty():
            self._frame(QSizeF(known))
        part = Part(name, _BASE_PIXELS)
        self._pictures.load(part, lambda loaded: self._take(name, loaded))
        self.update()

    def show_message(self, text: str) -> None:
        """Show a sentence in the place of a picture."""
        self._name, self._message = "", text
        self._base, self._detail, self.framing = QImage(), QImage(), None
        self.changed.emit()
        self.update()

    def _take(self, name: str, loaded: Loaded) -> None:
        if name != self._name:
            return
        if loaded.image.isNull():
            self.show_message("This picture cannot be read. Its file may be damaged.")
            return
        self._base = loaded.image
        if self.framing is None or self.framing.size != QSizeF(loaded.size):
            self._frame(QSizeF(loaded.size))
        self._settle()

    def _frame(self, size: QSizeF) -> None:
        self.framing = fit(size, QSizeF(self.size()), self._pixel)
        self._settle()

    @property
    def _pixel(self) -> float:
        """The size of a pixel of the screen."""
        return 1 / self.devicePixelRatioF()

    @property
    def percent(self) -> int:
        """The size of a pixel of the picture on the screen, 100 if both are the same."""
        return round(100 * self.framing.scale / self._pixel) if self.framing else 0

    # ---- zoom

    def zoom_by(self, steps: float, at: QPointF | None = None) -> None:
        """Zoom by steps to a point, or to the middle."""
        if self.framing is not None:
            self._set(self.framing.scaled(self.framing.scale * STEP**steps, at))

    def zoom_to_fit(self) -> None:
        """Show the whole picture."""
        if self.framing is not None:
            self._set(fit(self.framing.size, QSizeF(self.size()), self._pixel))

    def zoom_to_pixels(self) -> None:
        """Show each pixel of the picture as one of the screen."""
        if self.framing is not None:
            self._set(self.framing.scaled(self._pixel))

    def pan(self, right: float, down: float) -> None:
        """Show parts of the picture that are further right and down, in shares of the frame."""
        if self.framing is not None:
            by = QPointF(-right * self.width(), -down * self.height())
            self._set(self.framing.moved(by))

    def _set(self, framing: Framing) -> None:
        self.framing = framing
        self._settle()

    def _settle(self) -> None:
        self._show_hand()
        self._resting.start()
        self.changed.emit()
        self.update()

    def _show_hand(self) -> None:
        larger = self.framing is not None and self.framing.is_larger
        held = Qt.CursorShape.ClosedHandCursor if self._drag else Qt.CursorShape.OpenHandCursor
        self.setCursor(held if larger else Qt.CursorShape.ArrowCursor)

    def _sharpen(self) -> None:
        """Read the part that is seen if the picture has more pixels there than are in memory."""
        if self.framing is None or self._base.isNull():
            return
        held = self._base.width() / self.framing.size.width()
        wanted = min(1.0, self.framing.scale / self._pixel)
        seen = self.framing.seen
        if wanted <= held * _SHARP or (
            not self._detail.isNull() and self._detail_of.contains(seen)
        ):
            return
        area = seen.adjusted(-64, -64, 64, 64).toAlignedRect()
        area &= QRect(0, 0, round(self.framing.size.width()), round(self.framing.size.height()))
        if area.width() * area.height() <= _DETAIL_PIXELS:
            name = self._name
            part = Part(name, _DETAIL_PIXELS, area)
            self._pictures.load(part, lambda loaded: self._take_detail(name, area, loaded))

    def _take_detail(self, name: str, area: QRect, loaded: Loaded) -> None:
        if name == self._name and loaded.image.size() == area.size():
            self._detail, self._detail_of = loaded.image, QRectF(area)
            self.update()

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the picture, and the map."""
        painter = QPainter(self)
        try:
            self._paint(painter)
        except Exception:  # Qt cannot take it
            log.exception("not painted")
        finally:
            painter.end()

    def _paint(self, painter: QPainter) -> None:
        if self._message:
            painter.setPen(QColor(MUTED))
            flags = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap
            painter.drawText(self.rect().adjusted(24, 24, -24, -24), int(flags), self._message)
            return
        if self.framing is None:
            return
        if self._base.isNull():
            painter.fillRect(self.framing.rect, QColor(_PALE))
            return
        whole, seen = self.framing.rect, self.framing.seen
        painter.setRenderHint(
            QPainter.RenderHint.SmoothPixmapTransform, self.framing.scale < 4 * self._pixel
        )
        if self._base.hasAlphaChannel() and self._base.text(DARK_INK):
            painter.fillRect(whole, QColor(_PAPER))
        self._draw(painter, seen, self._base, QRectF(QPointF(), self.framing.size))
        if not self._detail.isNull() and self._detail_of.intersects(seen):
            self._draw(painter, seen.intersected(self._detail_of), self._detail, self._detail_of)
        if self.framing.is_larger:
            self._paint_map(painter)

    def _draw(self, painter: QPainter, part: QRectF, image: QImage, of: QRectF) -> None:
        """Draw a part of the picture from an image that shows an area of it."""
        assert self.framing is not None
        whole, scale = self.framing.rect, self.framing.scale
        target = QRectF(whole.topLeft() + part.topLeft() * scale, part.size() * scale)
        ratio = image.width() / of.width()
        source = QRectF((part.topLeft() - of.topLeft()) * ratio, part.size() * ratio)
        painter.drawImage(target, image, source)

    def map_rect(self) -> QRectF:
        """Return the place of the map."""
        if self.framing is None:
            return QRectF()
        size = self.framing.size.scaled(_MAP, _MAP, Qt.AspectRatioMode.KeepAspectRatio)
        size = size.expandedTo(QSizeF(8, 8))
        right, bottom = self.width() - _MAP_MARGIN, self.height() - _MAP_MARGIN
        return QRectF(right - size.width(), bottom - size.height(), size.width(), size.height())

    def _paint_map(self, painter: QPainter) -> None:
        assert self.framing is not None
        place, seen = self.map_rect(), self.framing.seen
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.fillRect(place.adjusted(-2, -2, 2, 2), QColor(GROUND))
        painter.setOpacity(0.85)
        painter.drawImage(place, self._base)
        painter.setOpacity(1.0)
        across, down = place.width() / self.framing.size.width(), place.height()
        down /= self.framing.size.height()
        window = QRectF(
            place.left() + seen.left() * across, place.top() + seen.top() * down,
            max(3.0, seen.width() * across), max(3.0, seen.height() * down),
        )  # fmt: skip
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(INK), 1))
        painter.drawRect(place.adjusted(-2, -2, 2, 2))
        painter.setPen(QPen(QColor(_WINDOW), 2))
        painter.drawRect(window.adjusted(1, 1, -1, -1))

    # ---- the pointer

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to drag; a press on the map goes there."""
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        self._has_moved = False
        at, framing = event.position(), self.framing
        if framing is not None and framing.is_larger and self.map_rect().contains(at):
            self._go_on_map(at)
        self._drag = at
        self._show_hand()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move a picture that is larger than the frame; drag another one out of the window."""
        if self._drag is None or self.framing is None:
            return
        at, by = event.position(), event.position() - self._drag
        if not self._has_moved and by.manhattanLength() < QApplication.startDragDistance():
            return
        self._has_moved = True
        alt = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.framing.is_larger and not alt:
            if self.map_rect().contains(self._drag) and self.map_rect().contains(at):
                self._go_on_map(at)
            else:
                self._set(self.framing.moved(by))
            self._drag = at
        elif self.framing.rect.contains(self._drag):
            self._drag = None
            self.dragged_out.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on the ground."""
        clicked = self._drag is not None and not self._has_moved
        self._drag = None
        self._show_hand()
        beside = self.framing is None or not self.framing.rect.contains(event.position())
        if clicked and beside:
            self.pressed.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Change between the whole picture and its own pixels, at the pointer."""
        if self.framing is None or not self.framing.rect.contains(event.position()):
            return
        if self.framing.fitted:
            wanted = max(self._pixel, self.framing.scale * STEP**3)
            self._set(self.framing.scaled(wanted, event.position()))
        else:
            self.zoom_to_fit()

    def _go_on_map(self, at: QPointF) -> None:
        assert self.framing is not None
        place, size = self.map_rect(), self.framing.size
        x = (at.x() - place.left()) / place.width() * size.width()
        y = (at.y() - place.top()) / place.height() * size.height()
        self._set(self.framing.moved((self.framing.centre - QPointF(x, y)) * self.framing.scale))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom to the pointer."""
        self.zoom_by(event.angleDelta().y() / 120, event.position())
        event.accept()

    def event(self, event: QEvent) -> bool:
        """Zoom with the pinch of a touchpad or a touch screen."""
        zooms = Qt.NativeGestureType.ZoomNativeGesture
        if isinstance(event, QNativeGestureEvent) and event.gestureType() == zooms:
            self._pinch(1 + event.value(), event.position())
            return True
        if event.type() == QEvent.Type.Gesture:
            pinch = event.gesture(Qt.GestureType.PinchGesture)  # type: ignore[attr-defined]
            if pinch is not None:
                middle = self.mapFromGlobal(pinch.centerPoint().toPoint())
                self._pinch(pinch.scaleFactor(), QPointF(middle))
                return True
        return super().event(event)

    def _pinch(self, factor: float, at: QPointF) -> None:
        if self.framing is not None:
            self._set(self.framing.scaled(self.framing.scale * factor, at))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the picture in its frame."""
        super().resizeEvent(event)
        if self.framing is not None:
            self._set(self.framing.within(QSizeF(self.size()), self._pixel))
