"""A note as it stands on the page, in a small browser of its own."""

import logging
from collections.abc import Iterable

from PySide6.QtCore import QRectF, Qt, QTimer, QUrl
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QTextBrowser

from reader.body.blocks import Block
from reader.document.build import Document
from reader.document.decorate import decorate
from reader.document.portions import written
from reader.gui.viewer.link_focus import LinkFocus
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.theme import page_palette

_FACTOR = 0.88
"""The size of its type against that of the page."""
_TALLEST, _LARGEST_ZOOM = 120.0, 2.5
_FIRST_SLICE, _SLICE = 0.03, 0.008


class NoteView(QTextBrowser):
    """Shows blocks in the look of a page, without following links itself."""

    def __init__(self, viewer: Viewer, blocks: Iterable[Block], direction: str, wide: int) -> None:
        super().__init__()
        self.setObjectName("noteView")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        look = viewer.look._replace(size_pt=viewer.look.size_pt * _FACTOR)
        self.setPalette(page_palette(self.palette(), look.theme))
        self.viewport().setAutoFillBackground(False)
        self._accent = look.theme.accent
        self._link_focus = LinkFocus(self)
        self._document = Document(look, viewer.pictures, direction=direction)
        self._document.number_notes(dict(viewer.page.note_numbers))
        self._document.set_tallest_picture(_TALLEST)
        self._document.set_zoom(min(viewer.zoom, _LARGEST_ZOOM))
        self._document.lay_out(wide)
        self._parts = iter(blocks)
        self._document.setParent(self)
        self.setDocument(self._document)
        self.setLineWrapColumnOrWidth(wide)
        viewer.pictures.arrived.connect(self.viewport().update)
        self._growing = QTimer(self, interval=0)
        self._growing.timeout.connect(self._grow)
        if not self._document.grow(self._parts, _FIRST_SLICE):
            self._growing.start()

    @property
    def natural_height(self) -> int:
        """The height of the note, as far as it is built."""
        return round(self._document.size().height()) + 1

    @property
    def words(self) -> str:
        """The text of the note."""
        return written(self._document.toPlainText()).strip()

    def _grow(self) -> None:
        if self._document.grow(self._parts, _SLICE):
            self._growing.stop()

    def doSetSource(self, _url: QUrl | str, _type: object = None) -> None:
        """Go nowhere."""

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Answer with nothing, whatever is asked for."""
        return self._document.loadResource(kind, url)

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next link with Tab, and remember that the keyboard went there."""
        went = super().focusNextPrevChild(next)
        self._link_focus.went()
        return went

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the decorations, the text, and the ring around the link with the keyboard."""
        top = self.verticalScrollBar().value()
        painter = QPainter(self.viewport())
        painter.translate(0, -top)
        try:
            decorate(self._document, painter, QRectF(event.rect().translated(0, top)))
        except Exception:  # Qt cannot take it; the text itself is painted still
            logging.getLogger(__name__).exception("not painted")
        finally:
            painter.end()
        super().paintEvent(event)
        if self._link_focus.is_shown:
            painter = QPainter(self.viewport())
            painter.translate(0, -top)
            self._link_focus.paint(painter, self._accent)
            painter.end()
