"""The page: an article in its column, read, zoomed and scrolled without losing the line."""

import re
from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QMimeData, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QTextBrowser, QWidget

from reader import phrases
from reader.body.blocks import Block, Note
from reader.body.from_html import direction_of, parts
from reader.document.build import Document, head_of
from reader.document.decorate import decorate
from reader.document.images import Pictures
from reader.document.portions import BREAK, JOINER
from reader.gui import links
from reader.gui.anchor import Anchor, anchor_at_top, restore
from reader.gui.empty import paint_message
from reader.gui.plain import set_tip
from reader.gui.theme import page_palette
from reader.gui.turning import Turning
from reader.gui.zoomable import ZOOM_STEP, ZoomableBrowser
from reader.model import Article, Look, Position
from reader.settings import ZOOM_RANGE

_FIRST_SLICE = 0.003
_SLICE = 0.007
_MARGIN = 28
_AIR = 36
_OVERHANG = 6
_SHOWN_MS = 2000
_REST_MS = 400
_COALESCE_ABOVE = 400_000
_TALLEST = 0.86
_OURS = re.compile(f"[{BREAK}{JOINER}\ufffc]")


class Viewer(ZoomableBrowser):
    """Shows one article; reads nothing but what the document draws, opens no link itself."""

    shown = Signal(int)
    moved = Signal(int, object, float)
    link_activated = Signal(str)
    zoom_changed = Signal(float)
    ended = Signal()
    left = Signal()
    grown = Signal()

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.article: Article | None = None
        self._pictures = pictures
        self._look = look
        self._empty = ""
        self._parts: Iterator[Block | Note] = iter(())
        self._anchor: Anchor | None = None
        self._busy = False
        self._wanted: Position | None = None
        self._back: list[Anchor] = []
        self._document = Document(look, pictures)
        self._set_up()
        self._timers()
        self._take(self._document)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setOpenLinks(False)
        self.setAcceptDrops(False)
        self.setUndoRedoEnabled(False)
        self.setObjectName("page")
        self.setAccessibleName("Article")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setLineWrapMode(QTextBrowser.LineWrapMode.FixedPixelWidth)
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._hover)
        self.verticalScrollBar().valueChanged.connect(self._scrolled)
        self._pictures.arrived.connect(self.viewport().update)

    def _timers(self) -> None:
        self._growing = QTimer(self, interval=0)
        self._growing.timeout.connect(self._grow)
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._tell_place)
        self._showing = QTimer(self, singleShot=True, interval=_SHOWN_MS)
        self._showing.timeout.connect(self._tell_shown)
        self._turning = Turning(self.verticalScrollBar(), self)
        self._zooming = QTimer(self, singleShot=True, interval=40)
        self._zooming.timeout.connect(self._apply_zoom)

    # ---- what is shown

    @property
    def article_id(self) -> int | None:
        """The id of the article on the page."""
        return self.article.id if self.article else None

    @property
    def document_ready(self) -> bool:
        """Whether all of the article is on the page."""
        return self._document.complete

    @property
    def page(self) -> Document:
        """The document that is shown."""
        return self._document

    def show_article(self, article: Article) -> None:
        """Show an article from where reading stopped; its beginning comes at once."""
        self._leave(article.id)
        self.article = article
        self._back.clear()
        self._wanted = article.position if article.position != Position() else None
        self._build()
        self._showing.start()

    def show_nothing(self, text: str) -> None:
        """Show an empty page with a line of plain text, and a hint in a second line."""
        self._leave()
        self.article = None
        self._empty = text
        self._parts = iter(())
        self._document = Document(self._look, self._pictures)
        self._document.grow(self._parts)
        self._take(self._document)
        self._growing.stop()

    def update_article(self, article: Article) -> None:
        """Show what has changed in the article on the page: its text, or else its head."""
        if self.article is None or article.html != self.article.html:
            self.show_article(article)
        else:
            self.article = article
            with self._holding():
                self._document.set_head(head_of(article))

    @property
    def look(self) -> Look:
        """How the page looks."""
        return self._look

    def set_look(self, look: Look) -> None:
        """Show the same line of the same article in another look."""
        self._look = look
        if self.article is None:
            self.show_nothing(self._empty)
            return
        anchor = self._anchor or anchor_at_top(self)
        self._wanted = self._document.place_of(anchor.position)
        self._build()

    def _build(self) -> None:
        assert self.article is not None
        self._empty = ""
        self._parts = parts(self.article.html or phrases.WAITING)
        self._document = Document(
            self._look,
            self._pictures,
            head_of(self.article),
            direction=direction_of(self.article.html),
        )
        self._document.set_tallest_picture(max(240.0, self.viewport().height() * _TALLEST))
        # In its own width from the beginning, so that it is laid out once.
        self._document.set_zoom(self.zoom)
        self._document.setTextWidth(self._column())
        self._document.grow(self._parts, _FIRST_SLICE)
        self._take(self._document)
        self._growing.start()
        self._go_where_wanted()

    def _take(self, document: Document) -> None:
        self._busy = True
        self._anchor = None
        if document.zoom != self.zoom:
            document.set_zoom(self.zoom)
        self.setPalette(page_palette(self.palette(), self._look.theme))
        self.setDocument(document)
        self._set_column()
        self._set_air()
        self.verticalScrollBar().setValue(0)
        self._busy = False
        self.viewport().update()

    def _grow(self) -> None:
        complete = self._document.grow(self._parts, _SLICE)
        if complete:
            self._growing.stop()
            self.grown.emit()
        self._go_where_wanted()

    def _go_where_wanted(self) -> None:
        if self._wanted is None or not self._document.has_place(self._wanted):
            return
        position = self._document.position_of(self._wanted)
        self._wanted = None
        self._busy = True
        self._anchor = Anchor(position, -_AIR / 3)
        restore(self, self._anchor)
        self._busy = False

    def _leave(self, id: int | None = None) -> None:
        if id != self.article_id:
            self.left.emit()
        self._zooming.stop()
        if self._resting.isActive():
            self._tell_place()
        self._showing.stop()
        self._growing.stop()

    # ---- the column

    def _room(self) -> int:
        return self.width() - self.verticalScrollBar().sizeHint().width()

    def _column(self) -> int:
        return max(80, round(self._document.column_width(self._room() - 2 * _MARGIN)))

    def _set_column(self) -> None:
        room, wide = self._room(), self._column()
        side = max(0, (room - wide) // 2)
        # Letters may stand out beyond the line a little.
        self.setViewportMargins(side, 0, max(0, room - wide - side - _OVERHANG), 0)
        if self.lineWrapColumnOrWidth() != wide or self._document.textWidth() != wide:
            self.setLineWrapColumnOrWidth(wide)

    def _set_air(self) -> None:
        frame = self._document.rootFrame()
        form = frame.frameFormat()
        form.setTopMargin(_AIR)
        form.setBottomMargin(_AIR * 2)
        frame.setFrameFormat(form)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the line that is being read where it is."""
        with self._holding():
            self._set_column()
            super().resizeEvent(event)

    # ---- zoom

    def zoom_in(self) -> None:
        """Make everything a step larger."""
        self.set_zoom(self.zoom * ZOOM_STEP)

    def zoom_out(self) -> None:
        """Make everything a step smaller."""
        self.set_zoom(self.zoom / ZOOM_STEP)

    def reset_zoom(self) -> None:
        """Show everything at its own size."""
        self.set_zoom(1.0)

    def set_zoom(self, zoom: float) -> None:
        """Make everything larger or smaller together, 0.4 to 4 times its own size."""
        wanted = min(max(round(zoom, 3), ZOOM_RANGE[0]), ZOOM_RANGE[1])
        if abs(wanted - 1) < 0.03:
            wanted = 1.0
        if wanted == self.zoom:
            return
        self.zoom = wanted
        self.zoom_changed.emit(wanted)
        if self._document.characterCount() > _COALESCE_ABOVE:
            self._zooming.start()
        else:
            self._apply_zoom()

    def _apply_zoom(self) -> None:
        with self._holding():
            self._document.set_zoom(self.zoom)
            self._document.setTextWidth(-1)  # one layout instead of two
            self._set_column()

    @contextmanager
    def _holding(self) -> Iterator[None]:
        """Keep the line at the top where it is, while the page is laid out anew."""
        self._turning.stop()
        # One anchor for many steps: it is only given up when the person scrolls.
        self._anchor = self._anchor or anchor_at_top(self)
        outer, self._busy = self._busy, True
        yield
        if self._anchor is not None and not outer:
            restore(self, self._anchor)
        self._busy = outer

    # ---- reading

    def page_down(self) -> None:
        """Go on by a page less two lines; tell where the article has ended."""
        bar = self.verticalScrollBar()
        if bar.value() >= bar.maximum() and self._document.complete:
            self.ended.emit()
        else:
            self._turning.by(self._page_step())

    def page_up(self) -> None:
        """Go back by a page less two lines."""
        self._turning.by(-self._page_step())

    def go_back(self) -> None:
        """Return to where one was before a link within the article."""
        if self._back:
            self._go_to(self._back.pop())

    def _page_step(self) -> int:
        line = self._look.size_pt * 96 / 72 * self._look.leading * self.zoom
        return max(40, round(self.viewport().height() - 2 * line))

    def _scrolled(self) -> None:
        if self._busy:
            return
        self._anchor = None
        self._wanted = None
        if self.article is not None:
            if self._showing.isActive():
                self._showing.stop()
                self._tell_shown()
            self._resting.start()

    def _tell_shown(self) -> None:
        if self.article is not None:
            self.shown.emit(self.article.id)
            self._resting.start()

    def _tell_place(self) -> None:
        self._resting.stop()
        if self.article is None or not self._document.complete:
            return
        anchor = self._anchor or anchor_at_top(self)
        at_top = self.verticalScrollBar().value() == 0
        place = Position() if at_top else self._document.place_of(anchor.position)
        self.moved.emit(self.article.id, place, self.progress())

    def progress(self) -> float:
        """Return how much of the article stands above the lower edge, 0 to 1."""
        bar = self.verticalScrollBar()
        if bar.maximum() <= 0:
            return 1.0
        return min(1.0, (bar.value() + bar.pageStep()) / (bar.maximum() + bar.pageStep()))

    # ---- links

    def _hover(self, url: QUrl) -> None:
        """Say where a link leads."""
        set_tip(self, links.described(url))

    def _follow(self, url: QUrl) -> None:
        if link := links.handed_on(url):
            self.link_activated.emit(link)
        elif not url.scheme() and url.fragment():
            position = self._document.position_of_anchor(
                url.fragment(QUrl.ComponentFormattingOption.FullyDecoded)
            )
            if position is not None:
                self._back.append(self._anchor or anchor_at_top(self))
                self._go_to(Anchor(position, -_AIR / 2))

    def _go_to(self, anchor: Anchor) -> None:
        restore(self, anchor)

    def doSetSource(self, _url: QUrl | str, _type: object = None) -> None:
        """Go nowhere: an article is shown by ``show_article`` alone."""

    def loadResource(self, kind: int, url: QUrl | str) -> object:
        """Answer with nothing, whatever is asked for."""
        return self._document.loadResource(kind, url)

    # ---- Qt

    def createMimeDataFromSelection(self) -> QMimeData:
        """Give away the text as the author wrote it."""
        data = QMimeData()
        text = self.textCursor().selection().toPlainText()
        data.setText(_OURS.sub("", text))
        return data

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the decorations, then the text; or the empty page."""
        painter = QPainter(self.viewport())
        if self.article is None:
            area, theme = self.viewport().rect(), self._look.theme
            paint_message(painter, area, self._empty, theme, self.font())
            return
        top = self.verticalScrollBar().value()
        painter.translate(0, -top)
        decorate(self._document, painter, QRectF(event.rect().translated(0, top)))
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn pages by Space, go back from notes."""
        key, alt = event.key(), event.modifiers() & Qt.KeyboardModifier.AltModifier
        if key == Qt.Key.Key_Space:
            shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
            self.page_up() if shift else self.page_down()
        elif key == Qt.Key.Key_Backspace or (key == Qt.Key.Key_Left and alt):
            self.go_back()
        else:
            super().keyPressEvent(event)
