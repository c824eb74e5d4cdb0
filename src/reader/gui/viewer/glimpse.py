"""A glimpse of the page in another look, while all of it is laid out anew."""

import logging
from itertools import islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.anchor import Anchor
from reader.document.build import Document
from reader.document.decorate import decorate
from reader.gui.viewer.scroll_anchor import y_in

if TYPE_CHECKING:
    from reader.gui.viewer.viewer import Viewer

log = logging.getLogger(__name__)

_MOST_PARTS = 80


class Glimpse(QWidget):
    """Lies over the page, and shows the lines from a place on; the mouse reaches the page."""

    def __init__(self, viewer: "Viewer") -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._document: Document | None = None
        self._left = self._top = 0.0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_from(self, place: Anchor) -> None:
        """Show as much as has room from a place on; nothing if the place is not found."""
        self.close_glimpse()
        viewer = self._viewer
        document = viewer.begin_document(with_head=False)
        room = viewer.contentsRect().width() - viewer.verticalScrollBar().width()
        wide, high = viewer.arrange(document), viewer.viewport().height()
        parts = viewer.parts_from(place.block)
        for _ in range(_MOST_PARTS):
            is_all = document.grow(islice(parts, 1)) and False
            if is_all or document.size().height() > 2 * high:
                break
        position = document.position_of(place._replace(block=0))
        if position is None:
            document.discard()
            return
        self._document = document
        self._left = (room - wide) // 2
        self._top = y_in(document, position)
        self.setGeometry(0, 0, room, high)
        self.show()
        self.raise_()
        self.repaint()

    def close_glimpse(self) -> None:
        """Show the page again."""
        self.hide()
        if self._document is not None:
            self._document.discard()
            self._document = None

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines as the page will."""
        painter = QPainter(self)
        try:
            painter.fillRect(event.rect(), QColor(self._viewer.look.theme.page))
            if self._document is not None:
                painter.translate(self._left, -self._top)
                seen = QRectF(event.rect()).translated(-self._left, self._top)
                decorate(self._document, painter, seen)
                self._document.drawContents(painter, seen)
        except Exception:  # Qt cannot take it
            log.exception("not painted")
        finally:
            painter.end()
