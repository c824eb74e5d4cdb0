"""A glimpse of the page in another look, while all of it is laid out anew."""

import logging
from collections.abc import Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from reader.anchor import Anchor
from reader.body.blocks import Block, Note
from reader.document.build import Document, Part
from reader.document.decorate import decorate
from reader.document.heights import y_in

if TYPE_CHECKING:
    from reader.gui.viewer.viewer import Viewer

log = logging.getLogger(__name__)

_SECONDS = 0.02
_LETTERS = 1.7  # times the measure is more than a line has
_LEAST = 400


class Glimpse(QWidget):
    """Lies over the page, and shows the lines from a place on; the mouse reaches the page."""

    def __init__(self, viewer: "Viewer") -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self._document: Document | None = None
        self._left = self._top = 0
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_from(self, place: Anchor) -> None:
        """Show as much as has room from a place on; nothing if the place is not found."""
        self.close_glimpse()
        viewer = self._viewer
        document = viewer.new_document(with_head=False)
        high = viewer.viewport().height()
        before = min(1, place.block)  # the words around a place may be in the block before
        parts, letters = viewer.parts_from(place.block - before), place.offset + self._screen()
        document.grow(chain(islice(parts, before), _letters_of(parts, document, letters)), _SECONDS)
        position = document.position_of(place._replace(block=before))
        if position is None:
            document.discard()
            return
        self._document = document
        room = viewer.contentsRect().width() - viewer.verticalScrollBar().width()
        self._left = max(0, (room - round(document.textWidth())) // 2)
        self._top = round(y_in(document, position))
        self.setGeometry(0, 0, room, high)
        self.show()
        self.raise_()
        self.update()

    def _screen(self) -> int:
        """Return how many characters are seen at once, or more."""
        viewer, look = self._viewer, self._viewer.look
        line = look.size_pt * 96 / 72 * look.leading * viewer.zoom
        return _LEAST + round(viewer.viewport().height() / line * look.measure * _LETTERS)

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


def _letters_of(parts: Iterator[Block | Note], document: Document, letters: int) -> Iterator[Part]:
    """Yield parts until so many letters were added to a document."""
    most = document.characterCount() + letters
    for part in parts:
        yield part
        if document.characterCount() > most:
            return
