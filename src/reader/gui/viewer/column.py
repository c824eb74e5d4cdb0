"""A browser that shows a document in a column, and zooms without losing the line."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt, QTimer, QTimerEvent, QUrl, Signal
from PySide6.QtGui import QMouseEvent, QPalette, QResizeEvent, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader.document.build import Document
from reader.document.hits import position_at
from reader.document.images import Pictures
from reader.gui.viewer.head import ArticleHead
from reader.gui.viewer.smooth_scroll import Turning
from reader.gui.viewer.steady import SteadyBrowser
from reader.gui.widgets.theme import page_palette
from reader.model import Look

if TYPE_CHECKING:
    from reader.gui.viewer.spread import Spread

MARGIN = 28
AIR = 36
ABOVE_HEAD = 8
"""The space above the article, in pixels."""
_OVERHANG = 6
_BELOW_PAGES = 8000
"""The space below a document in pages, so that its last one can begin at the upper edge."""
_PAGE_MARGINS = 72
_COALESCE_ABOVE = 400_000


class ColumnBrowser(SteadyBrowser):
    """Lays out its ``page`` in a column in the middle, in the width of its look and zoom.

    ``taken`` is emitted when it shows another document, ``arranged`` when its lines may stand
    elsewhere, and ``counted`` when the number of its pages is known. ``spread`` is the pages that
    it shows, None while it scrolls.
    """

    taken = Signal()
    arranged = Signal()
    counted = Signal()
    spread: "Spread | None" = None  # events come before it is made

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pictures = pictures
        self._look = look
        self._document = Document(look, pictures)
        self._spared: Document | None = None
        self._set_up_column()
        self._turning = Turning(self._bar, self)
        self._zooming = QTimer(self, singleShot=True, interval=40)
        self._zooming.timeout.connect(self._apply_zoom)
        self.head = ArticleHead(self, self.viewport())
        self.head.seen_wanted.connect(self._show_head)
        self._head_at = QPoint()
        self._bar.valueChanged.connect(self._move_head)

    def _set_up_column(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setBackgroundRole(QPalette.ColorRole.Base)  # also beside the column
        self.setAutoFillBackground(True)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setUndoRedoEnabled(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)

    @property
    def page(self) -> Document:
        """The document that is shown."""
        return self._document

    @property
    def pictures(self) -> Pictures:
        """The pictures of its pages."""
        return self._pictures

    @property
    def look(self) -> Look:
        """How the page looks."""
        return self._look

    def spare(self) -> Document:
        """Keep the document of the page alive when another is shown; the caller discards it."""
        self._spared = self._document
        self._document.documentLayout().documentSizeChanged.disconnect(self._settling.start)
        return self._document

    def _take(self, document: Document) -> None:
        self._busy = True
        self._anchor = None
        before, self._document = self._document, document
        if document.zoom != self.zoom:
            document.set_zoom(self.zoom)
        self.paint_ground()
        document.setParent(self)  # or it would outlive the page
        self.setExtraSelections([])  # Qt would look for them in the page that is gone, and crash
        self.setDocument(document)
        if before is not self._spared:
            before.discard()  # or the page would keep it for good
        self._spared = None
        if self.spread is not None:
            self.spread.forget()
        document.documentLayout().documentSizeChanged.connect(self._settling.start)
        self.head.set_theme(self._look.theme)
        self._set_air(document)
        self._set_column()
        self._bar.setValue(0)
        self._anchor = None
        self._busy = False
        self.viewport().update()
        self.taken.emit()

    def paint_ground(self) -> None:
        """Give the page the colours of its look; a new style sheet takes them away."""
        for part in (self, self.viewport()):
            part.setPalette(page_palette(part.palette(), self._look.theme))

    # ---- the column

    def _room(self) -> int:
        return self.width() - (0 if self.spread else self._bar.sizeHint().width())

    def _column(self, document: Document) -> int:
        room: float = self._room() - 2 * MARGIN
        if self.spread is not None:
            room = self.spread.room_in(room, document)
        return max(80, round(document.column_width(room)))

    def _page(self, wide: int) -> int:
        """Return the room for tables beside a column of a width."""
        return wide if self.spread and self.spread.columns > 1 else self._room() - _PAGE_MARGINS

    def _set_column(self) -> None:
        room, wide = self._room(), self._column(self._document)
        self._keep_head_free(self._document, wide)
        self._document.lay_out(wide, self._page(wide))
        all_of_it = wide + 2 * self._document.overhang
        across, above, below = all_of_it, 0, 0
        if self.spread is not None:
            across, above, below = self.spread.arrange(all_of_it, self.height())
        side = max(0, (room - across) // 2)
        # Letters may stand out beyond the line a little.
        self.setViewportMargins(side, above, max(0, room - across - side - _OVERHANG), below)
        if self.lineWrapColumnOrWidth() != all_of_it:
            self.setLineWrapColumnOrWidth(all_of_it)
        self._find_head()
        self.arranged.emit()

    def _set_air(self, document: Document) -> None:
        frame = document.rootFrame()
        form = frame.frameFormat()
        below = _BELOW_PAGES if self.spread else AIR * 2
        if (form.topMargin(), form.bottomMargin()) != (AIR, below):  # or all is laid out again
            form.setTopMargin(AIR)
            form.setBottomMargin(below)
            frame.setFrameFormat(form)

    @property
    def is_rtl(self) -> bool:
        """Whether the article is read from right to left."""
        way = self._document.firstBlock().textDirection()
        return way is Qt.LayoutDirection.RightToLeft

    def end_margin(self) -> QRect:
        """Return the free area beside the column, on the side where its lines end."""
        page = self.viewport().geometry()
        if self.is_rtl:
            return QRect(0, 0, page.left(), self.height())
        return QRect(page.right() + 1, 0, self._room() - page.right() - 1, self.height())

    # ---- the head, which lies on the page

    def _prepare(self, document: Document) -> None:
        """Give a document all that its layout depends on, so that it is laid out once."""
        self._set_air(document)
        document.set_zoom(self.zoom)
        wide = self._column(document)
        self._keep_head_free(document, wide)
        document.lay_out(wide, self._page(wide))

    def _keep_head_free(self, document: Document, wide: int) -> None:
        """Arrange the head in the width of the column, and keep the room that it takes."""
        document.keep_free(self.head.arrange(wide, self.zoom) if document.end_of_head else 0)

    def _find_head(self) -> None:
        """Put the head into the room that the document keeps free."""
        end = self._document.end_of_head
        self.head.setVisible(end is not None)
        if end is not None:
            above = self._document.documentLayout().blockBoundingRect(end)
            top = above.bottom() + ABOVE_HEAD * min(1.0, self.zoom)
            self._head_at = QPoint(round(above.left()) + self._document.overhang, round(top))
            self._move_head()

    def _move_head(self) -> None:
        at = self.to_viewport(QPointF(self._head_at))
        self.head.move(QPoint(0, -self.head.height() - 1) if at is None else at.toPoint())

    def _show_head(self) -> None:
        if self.head.y() < 0:
            self._bar.setValue(0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line at the top in place."""
        self._turning.stop()
        with self._holding():
            self._set_column()
            super().resizeEvent(event)

    # ---- zoom

    def _show_zoom(self) -> None:
        if self._document.characterCount() > _COALESCE_ABOVE:
            self._zooming.start()
        else:
            self._apply_zoom()

    def _apply_zoom(self) -> None:
        self._turning.stop()
        with self._holding():
            self._document.set_zoom(self.zoom)
            self._document.setTextWidth(-1)  # one layout instead of two
            self._set_column()

    # ---- parts of the page

    def cursor_over(self, start: int, end: int) -> QTextCursor:
        """Return a cursor that selects the text between two positions, as far as they exist."""
        cursor, last = QTextCursor(self._document), self._document.characterCount() - 1
        cursor.setPosition(min(start, last))
        cursor.setPosition(min(end, last), QTextCursor.MoveMode.KeepAnchor)
        return cursor

    # ---- between viewport and document

    def to_document(self, at: QPointF) -> QPointF:
        """Return the place of the document at a point of the viewport."""
        if self.spread is not None:
            return self.spread.to_document(at)
        return at + QPointF(0, self._bar.value())

    def to_viewport(self, place: QPointF) -> QPointF | None:
        """Return the point of the viewport at a place, None if its page is not shown."""
        if self.spread is not None:
            return self.spread.to_viewport(place)
        return place - QPointF(0, self._bar.value())

    def lower_edge(self) -> float:
        """Return the height of the document above which everything was seen."""
        if self.spread is not None:
            return self.spread.lower_edge
        return self._bar.value() + self.viewport().height()

    def _scrolled_to(self, at: QPoint) -> QPoint:
        """Return a point of the viewport as if its column had been scrolled there."""
        if self.spread is None:
            return at
        return (self.to_document(QPointF(at)) - QPointF(0, self._bar.value())).toPoint()

    def anchorAt(self, at: QPoint) -> str:
        """Return the link at a point of the viewport."""
        return super().anchorAt(self._scrolled_to(at))

    def cursorForPosition(self, at: QPoint) -> QTextCursor:
        """Return a cursor at a point of the viewport."""
        return super().cursorForPosition(self._scrolled_to(at))

    def cursorRect(self, cursor: QTextCursor | None = None) -> QRect:
        """Return the area of a cursor in the viewport."""
        rect = super().cursorRect(self.textCursor() if cursor is None else cursor)
        if self.spread is not None:
            at = self.to_viewport(QPointF(rect.topLeft() + QPoint(0, self._bar.value())))
            rect.moveTo(rect.topLeft() if at is None else at.toPoint())
        return rect

    # ---- how far it is read

    def progress(self) -> float:
        """Return how much of the article stands above the lower edge, 0 to 1."""
        if self.spread is not None:
            return self.spread.progress()
        bar = self._bar
        if bar.maximum() <= 0:
            return 1.0
        return min(1.0, (bar.value() + bar.pageStep()) / (bar.maximum() + bar.pageStep()))

    def share_below(self) -> float:
        """Return how much of the text is still to come below the lower edge, 0 to 1."""
        start, end = self._document.start_of(0), self._document.characterCount() - 1
        if not self._document.complete or end <= start:
            return 1 - self.progress()
        here = position_at(self._document, QPointF(8, self.lower_edge()))
        return min(max((end - here) / (end - start), 0.0), 1.0)

    def page_label(self) -> str:
        """Return the numbers of the pages that are shown, ``""`` while it scrolls."""
        return self.spread.label if self.spread is not None else ""

    def share_above(self) -> float:
        """Return how much of the text stands above the upper edge, 0 to 1."""
        start, end = self._document.start_of(0), self._document.characterCount() - 1
        here = self.anchor().position
        return min(max((here - start) / max(1, end - start), 0.0), 1.0)

    # ---- Qt

    def event(self, event: QEvent) -> bool:
        """Turn pages by clicks beside the columns."""
        if isinstance(event, QMouseEvent) and self.spread is not None:
            return self.spread.clicked_beside(event) or super().event(event)
        return super().event(event)

    def viewportEvent(self, event: QEvent) -> bool:
        """Map the mouse to the column that it is in."""
        if self.spread is not None and isinstance(event, QMouseEvent):
            return self.spread.mouse(event, super().viewportEvent)
        return super().viewportEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Turn pages by the wheel."""
        zooms = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if self.spread is not None and not zooms:
            self.spread.turns.wheel(event)
        else:
            super().wheelEvent(event)

    def timerEvent(self, event: QTimerEvent) -> None:
        """Scroll while a selection is dragged, unless pages are shown."""
        if self.spread is None:
            super().timerEvent(event)

    def doSetSource(self, _url: QUrl | str, _type: object = None) -> None:
        """Go nowhere: an article is shown by ``show_article`` alone."""

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Answer with nothing, whatever is asked for."""
        return self._document.loadResource(kind, url)
