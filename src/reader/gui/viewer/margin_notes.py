"""Footnotes beside the lines of their marks, if there is room beside the column."""

import logging
from collections.abc import Callable

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from reader.gui.viewer.find_strip import WIDE as STRIP
from reader.gui.viewer.footnotes import Mark
from reader.gui.viewer.link_focus import areas
from reader.gui.viewer.margin_layout import Marked, Note, Placed
from reader.gui.viewer.margin_places import MarginPlaces
from reader.gui.viewer.viewer import Viewer

log = logging.getLogger(__name__)

_FACTOR, _LEAST_PX = 0.8, 11  # the size of the type, against that of the page
_ASIDE, _PAD = 28, 8
_NARROWEST, _WIDEST = 12, 22  # in sizes of the type
_GUTTER = 1.7  # for the number
_ROUND = 4
_REST_MS = 20

Open = Callable[[str, Mark, QWidget, QRect], object]


class MarginNotes(QWidget):
    """Paints the notes beside the page; ``open_note`` opens one as a whole.

    Notes without room beside their marks are left out; the mark opens them, too.
    """

    def __init__(self, viewer: Viewer, open_note: Open) -> None:
        super().__init__(viewer)
        self.hide()
        self._viewer, self._open = viewer, open_note
        self._is_wanted = False
        self._hovered: Placed | None = None
        self._places = MarginPlaces(viewer)
        self._painted: dict[Placed, QPixmap] = {}
        self._preparing = QTimer(self, singleShot=True, interval=_REST_MS)
        self._preparing.timeout.connect(self._prepare)
        self._font = QFont()
        self.setAccessibleName("Notes in the Margin")
        self.setMouseTracking(True)
        self.lower()  # below the reading ruler
        viewer.underlays.append(self._paint_mark)
        viewer.taken.connect(self._forget)
        viewer.arranged.connect(self._arrange)
        viewer.grown.connect(self._arrange)
        viewer.verticalScrollBar().valueChanged.connect(self._moved)

    def set_wanted(self, wanted: bool) -> None:
        """Show the notes as long as there is room for them, or do not."""
        self._is_wanted = wanted
        self._arrange()

    def shown(self) -> list[Placed]:
        """Return the notes that are seen."""
        if not self.isVisible():
            return []
        top = self._places.origin()
        found = self._places.between(top, top + self.height())
        if self._places.is_waiting:
            self._preparing.start()
        return found

    def area_of(self, placed: Placed) -> QRect:
        """Return the area of a note in this widget."""
        top = round(placed.top - self._places.origin())
        return QRect(0, top - _PAD // 2, self.width(), round(placed.high) + _PAD)

    # ---- its measures

    def _forget(self) -> None:
        """Forget the notes of the document before."""
        self._places.forget()
        self._arrange()

    def _arrange(self) -> None:
        """Take the room beside the column, if it is wide enough."""
        viewer = self._viewer
        page, free = viewer.page, viewer.end_margin()
        font = QFont(page.formats.base)
        size = max(_LEAST_PX, round(page.formats.em * page.scale * _FACTOR))
        font.setPixelSize(size)
        wide = min(free.width() - _ASIDE - STRIP - _PAD, _WIDEST * size)
        is_single = viewer.spread is None or viewer.spread.columns == 1
        has_room = wide >= _NARROWEST * size and is_single and viewer.article is not None
        self._font, self._painted, self._hovered = font, {}, None
        self._places.set_type(font, wide - self._gutter)
        if has_room:
            left = free.right() + 1 - _ASIDE - wide if viewer.is_rtl else free.left() + _ASIDE
            self.setGeometry(left - _PAD, 0, wide + 2 * _PAD, viewer.height())
        self.setVisible(self._is_wanted and has_room)
        self.update()

    def _moved(self) -> None:
        self._point(None)
        self._preparing.start()
        self.update()

    def _prepare(self) -> None:
        """Lay out notes that are missing, and those that are seen soon."""
        if not self.isVisible():
            return
        was_waiting, top = self._places.is_waiting, self._places.origin()
        self._places.between(top, top + 2 * self.height())
        if was_waiting:
            self.update()

    @property
    def _gutter(self) -> int:
        return round(_GUTTER * self._font.pixelSize())

    # ---- the pointer

    def _at(self, at: QPoint) -> Placed | None:
        return next((each for each in self.shown() if self.area_of(each).contains(at)), None)

    def _point(self, placed: Placed | None) -> None:
        """Mark a note and its mark in the text, as the pointer is over it."""
        if placed != self._hovered:
            for changed in filter(None, (placed, self._hovered)):
                self._painted.pop(changed, None)
            self._hovered = placed
            self.update()
            self._viewer.viewport().update()
            hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
            self.setCursor(arrow if placed is None else hand)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Mark the note below the pointer."""
        self._point(self._at(event.position().toPoint()))

    def leaveEvent(self, event: QEvent) -> None:
        """Mark no note."""
        super().leaveEvent(event)
        self._point(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take a click on a note; beside them the margin is that of the page."""
        is_left = event.button() is Qt.MouseButton.LeftButton
        event.setAccepted(is_left and self._at(event.position().toPoint()) is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open a note."""
        placed = self._at(event.position().toPoint())
        if placed is None or event.button() is not Qt.MouseButton.LeftButton:
            event.ignore()
        else:
            self._open(placed.marked.name, placed.marked.mark, self, self.area_of(placed))

    # ---- painting

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the notes that are seen."""
        painter = QPainter(self)
        try:
            shown = self.shown()
            self._painted = {each: self._painted.get(each) or self._picture(each) for each in shown}
            for placed, picture in self._painted.items():
                painter.drawPixmap(self.area_of(placed).topLeft(), picture)
        except Exception:  # Qt cannot take it
            log.exception("notes in the margin not painted")
        finally:
            painter.end()

    def _picture(self, placed: Placed) -> QPixmap:
        """Return a picture of a note, which is quicker to paint than its letters."""
        theme, scale = self._viewer.look.theme, self.devicePixelRatioF()
        area, is_hovered = self.area_of(placed), placed == self._hovered
        picture = QPixmap(area.size() * scale)
        picture.setDevicePixelRatio(scale)
        picture.fill(QColor(theme.page))
        painter = QPainter(picture)
        if is_hovered:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.hover))
            painter.drawRoundedRect(QRect(QPoint(), area.size()), _ROUND, _ROUND)
        self._paint(painter, placed.marked, self._places.note(placed))
        painter.end()
        return picture

    def _paint(self, painter: QPainter, marked: Marked, note: Note) -> None:
        theme, is_rtl = self._viewer.look.theme, self._viewer.is_rtl
        top, number = _PAD // 2, marked.mark.number
        painter.setPen(QColor(theme.muted))
        note.layout.draw(painter, QPointF(_PAD if is_rtl else _PAD + self._gutter, top))
        painter.setPen(QColor(theme.link))
        painter.setFont(self._font)
        end = self.width() - _PAD - painter.fontMetrics().horizontalAdvance(number)
        painter.drawText(QPoint(end if is_rtl else _PAD, top + note.size.rise), number)

    def _paint_mark(self, painter: QPainter, _seen: QRectF) -> None:
        """Paint a faint ground behind the mark of the note below the pointer."""
        if self._hovered is None:
            return
        mark = self._hovered.marked.mark
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._viewer.look.theme.selection))
        for area in areas(self._viewer, mark.start, mark.end):
            painter.drawRoundedRect(area.adjusted(-4, 0, 4, 0), _ROUND, _ROUND)
        painter.restore()
