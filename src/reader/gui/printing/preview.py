"""A print preview: pages one below the other, in full size or as thumbnails."""

from collections import OrderedDict

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import (
    QColor,
    QImage,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPalette,
    QPixmap,
    QResizeEvent,
    QWheelEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QFrame, QWidget

from reader.printing.book import Book
from reader.printing.imposition import Side
from reader.printing.paint import paint_side
from reader.printing.piece import MM
from reader.printing.sheets import sheet_mm

_KEPT_BYTES = 64 * 1024 * 1024
_FINE = 2  # supersampling factor: keeps letters at their exact positions
_LARGEST_FINE = 1100
_ZOOM_RANGE = (0.2, 4.0)
_PAPER, _EDGE = QColor("#ffffff"), QColor(0, 0, 0, 40)


class Preview(QAbstractScrollArea):
    """A column of sheets; ``chosen`` carries the clicked one, ``turned`` the visible one."""

    chosen = Signal(int)
    turned = Signal(int)

    def __init__(
        self, *, gap: int = 18, numbered: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self._sides: list[Side] = []
        self._gap = gap
        self._numbered = numbered
        self._zoom = 1.0
        self._current = 0
        self._size = QSize(1, 1)
        self._was_complete = False
        self._pending_place: tuple[int, float] | None = None
        self._drawn: OrderedDict[tuple[int, int], QPixmap] = OrderedDict()
        self._bytes = 0
        self._wanted: list[int] = []
        self._later = QTimer(self, interval=0)
        self._later.timeout.connect(self._draw_next)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    # ---- contents

    def show_book(self, book: Book | None) -> None:
        """Show another book, and keep the scroll position."""
        place = self._place()
        self._book = book
        self._sides = []
        self._drawn.clear()
        self._bytes = 0
        self._was_complete = False
        self._pending_place = place
        self._lay_out()

    def set_sides(self, sides: list[Side]) -> None:
        """Show the sides of the book that are laid out so far."""
        self._forget_changed(sides)
        self._sides = sides
        self._lay_out()
        if self._pending_place is not None and self._pending_place[0] < len(sides):
            self._go_back_to(self._pending_place)
            self._pending_place = None
        self.viewport().update()

    def _forget_changed(self, sides: list[Side]) -> None:
        """Drop the pixmaps of sides whose pages, or whose tables of contents, have changed."""
        book = self._book
        if book is None:
            return
        for key in [*self._drawn]:
            index = key[0]
            same = index < min(len(sides), len(self._sides)) and sides[index] == self._sides[index]
            if same and book.complete and not self._was_complete:
                same = all(book.pages[page].piece >= 0 for page, _ in sides[index].pages)
            if not same:
                old = self._drawn.pop(key)
                self._bytes -= old.width() * old.height() * 4
        self._was_complete = book.complete

    @property
    def count(self) -> int:
        """The number of sides."""
        return len(self._sides)

    @property
    def current(self) -> int:
        """The index of the visible or chosen side."""
        return self._current

    def set_current(self, index: int) -> None:
        """Mark a side, and scroll to it if it is not visible."""
        if not 0 <= index < len(self._sides):
            return
        self._current = index
        rect, bar = self._rect(index), self.verticalScrollBar()
        if rect.top() < bar.value() or rect.bottom() > bar.value() + self.viewport().height():
            bar.setValue(rect.top() - self._gap)
        self.viewport().update()

    def turn(self, by: int) -> None:
        """Go forward or back by some sides."""
        index = max(0, min(len(self._sides) - 1, self._current + by))
        if self._sides:
            self.verticalScrollBar().setValue(self._rect(index).top() - self._gap)

    def first(self) -> None:
        """Go to the first side."""
        self.turn(-len(self._sides))

    def last(self) -> None:
        """Go to the last side."""
        self.turn(len(self._sides))

    def zoom(self, factor: float) -> None:
        """Zoom by a factor; 0 fits the sheet to the width of the view."""
        least, most = _ZOOM_RANGE
        place = self._place()
        self._zoom = max(least, min(most, self._zoom * factor)) if factor else 1.0
        self._lay_out()
        if self._sides:
            self._go_back_to(place)
        self.viewport().update()

    # ---- layout

    def _fitting(self) -> QSize:
        """Return the size of a sheet for the width of the view."""
        if self._book is None:
            return QSize(1, 1)
        wide, high = sheet_mm(self._book.sheet)
        room = max(40, self.viewport().width() - 2 * self._gap)
        fit = min(room, round(900 * wide / 210))
        width = round(fit * self._zoom)
        return QSize(width, round(width * high / wide))

    def _rect(self, index: int) -> QRect:
        """Return the area of a side in the column."""
        size = self._size
        left = max(self._gap, (self.viewport().width() - size.width()) // 2)
        return QRect(QPoint(left, self._gap + index * self._step()), size)

    def _step(self) -> int:
        return self._size.height() + self._gap + (16 if self._numbered else 0)

    def _place(self) -> tuple[int, float]:
        top = self.verticalScrollBar().value()
        index = max(0, min(len(self._sides) - 1, (top - self._gap) // max(1, self._step())))
        return index, (top - self._rect(index).top()) / max(1, self._size.height())

    def _go_back_to(self, place: tuple[int, float]) -> None:
        index, part = place
        top = self._rect(index).top() + part * self._size.height()
        self.verticalScrollBar().setValue(round(top) if part >= 0 else 0)

    def _lay_out(self) -> None:
        # The old size was needed until here, to compute the scroll position to keep.
        self._size = self._fitting()
        view, size = self.viewport().size(), self._size
        bar = self.verticalScrollBar()
        bar.setRange(0, max(0, self._gap + len(self._sides) * self._step() - view.height()))
        bar.setPageStep(view.height())
        bar.setSingleStep(40)
        across = self.horizontalScrollBar()
        across.setRange(0, max(0, size.width() + 2 * self._gap - view.width()))
        across.setPageStep(view.width())

    def _scrolled(self) -> None:
        middle = self.verticalScrollBar().value() + self.viewport().height() // 3
        index = max(0, min(len(self._sides) - 1, (middle - self._gap) // max(1, self._step())))
        if self._sides and not self._numbered and index != self._current:
            self._current = index
            self.turned.emit(index)
        self.viewport().update()

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the visible sheets; those not drawn yet are white for a moment."""
        painter = QPainter(self.viewport())
        top, step = self.verticalScrollBar().value(), max(1, self._step())
        first = max(0, (top - self._gap) // step)
        last = min(len(self._sides) - 1, (top + self.viewport().height()) // step)
        self._wanted = []
        for index in range(first, last + 1):
            rect = self._rect(index).translated(-self.horizontalScrollBar().value(), -top)
            self._paint_sheet(painter, index, rect)
        if self._wanted:
            self._later.start()

    def _paint_sheet(self, painter: QPainter, index: int, rect: QRect) -> None:
        drawn = self._drawn.get((index, rect.width()))
        if drawn is None and not self._numbered and not self._drawn:
            drawn = self._draw(index)  # the very first page: at once
        if drawn is None:
            painter.fillRect(rect, _PAPER)
            self._wanted.append(index)
        else:
            painter.drawPixmap(rect, drawn)
        chosen = self._numbered and index == self._current
        painter.setPen(self.palette().color(QPalette.ColorRole.Accent) if chosen else _EDGE)
        painter.drawRect(rect.adjusted(-1, -1, 0, 0))
        if chosen:
            painter.drawRect(rect.adjusted(-2, -2, 1, 1))
        if self._numbered:
            painter.setPen(self.palette().color(QPalette.ColorRole.WindowText))
            below = QRect(rect.left(), rect.bottom() + 2, rect.width(), 16)
            painter.drawText(below, Qt.AlignmentFlag.AlignCenter, str(index + 1))

    def _draw_next(self) -> None:
        if not self._wanted or self._book is None:
            self._later.stop()
            return
        self._draw(self._wanted.pop(0))
        self.viewport().update()

    def _draw(self, index: int) -> QPixmap | None:
        if self._book is None or index >= len(self._sides):
            return None
        size = self._size
        ratio = self.devicePixelRatioF()
        fine = ratio * (_FINE if size.width() * ratio < _LARGEST_FINE else 1)
        image = QImage(size * fine, QImage.Format.Format_RGB32)
        image.fill(_PAPER)
        painter = QPainter(image)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform
        )
        wide = sheet_mm(self._book.sheet)[0] * MM
        paint_side(painter, self._book, self._sides[index], image.width() / wide)
        painter.end()
        if fine > ratio:
            smooth = Qt.TransformationMode.SmoothTransformation
            image = image.scaled(size * ratio, Qt.AspectRatioMode.IgnoreAspectRatio, smooth)
        image.setDevicePixelRatio(ratio)
        return self._keep((index, size.width()), QPixmap.fromImage(image))

    def _keep(self, key: tuple[int, int], drawn: QPixmap) -> QPixmap:
        self._drawn[key] = drawn
        self._bytes += drawn.width() * drawn.height() * 4
        while self._bytes > _KEPT_BYTES and len(self._drawn) > 2:
            _, old = self._drawn.popitem(last=False)
            self._bytes -= old.width() * old.height() * 4
        return drawn

    # ---- Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Resize the sheets, and keep the scroll position."""
        super().resizeEvent(event)
        self.zoom(1.0)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom with Ctrl, else scroll."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier and not self._numbered:
            self.zoom(1.1 ** (event.angleDelta().y() / 120))
        else:
            super().wheelEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the sheet under the pointer."""
        at = event.position().toPoint() + QPoint(0, self.verticalScrollBar().value())
        for index in range(len(self._sides)):
            if self._rect(index).contains(at):
                self._current = index
                self.chosen.emit(index)
                self.viewport().update()
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages, go to the first and the last."""
        keys = Qt.Key
        if event.key() in (keys.Key_PageDown, keys.Key_Right, keys.Key_Space):
            self._go(1)
        elif event.key() in (keys.Key_PageUp, keys.Key_Left, keys.Key_Backspace):
            self._go(-1)
        elif event.key() == keys.Key_Home:
            self._go(-len(self._sides))
        elif event.key() == keys.Key_End:
            self._go(len(self._sides))
        else:
            super().keyPressEvent(event)

    def _go(self, by: int) -> None:
        if not self._numbered:
            self.turn(by)
            return
        self.set_current(max(0, min(len(self._sides) - 1, self._current + by)))
        self.chosen.emit(self._current)
