"""The page: an article in its column, read, zoomed and scrolled without losing the line."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import chain

from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, QRectF, Qt, QTimer, QUrl, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QTextCursor
from PySide6.QtWidgets import QWidget

from reader import phrases
from reader.anchor import Anchor
from reader.body.blocks import Block, Note
from reader.body.from_html import parts, parts_from
from reader.document.build import Document
from reader.document.decorate import decorate
from reader.document.direction import direction_of_article
from reader.document.images import Pictures
from reader.document.scripts import suited
from reader.gui.viewer import links, screen_reader
from reader.gui.viewer.head import ICON, title_lines
from reader.gui.viewer.link_focus import LinkFocus
from reader.gui.viewer.page_highlights import PageHighlights
from reader.gui.viewer.page_parts import PageParts
from reader.gui.viewer.renewal import Renewal
from reader.gui.viewer.scroll_anchor import ScrollAnchor, restore
from reader.gui.viewer.turned import TurnedBrowser
from reader.gui.widgets.placeholder import paint_message
from reader.gui.widgets.plain_text import set_tip
from reader.library.highlights.highlights import Stored
from reader.model import Article, Look

log = logging.getLogger(__name__)

_FIRST_SLICE = 0.003
_SLICE = 0.007
_TALLEST = 0.86


class Viewer(TurnedBrowser):
    """Shows one article; reads no files, and opens no links itself.

    ``look_of`` chooses the look of an article. ``underlays`` paint below the text, in its
    coordinates. ``opens_note`` opens the note of a name, and returns False if there is none.
    """

    link_activated = Signal(str)
    left = Signal()
    grown = Signal()
    highlight_pressed = Signal(int)
    link_middle_clicked = Signal(str)

    def __init__(self, pictures: Pictures, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(pictures, look, parent)
        self.look_of: Callable[[Article], Look] = lambda _: self._look
        self.highlights = PageHighlights()
        self.underlays: list[Callable[[QPainter, QRectF], None]] = []
        self.opens_note: Callable[[str], bool] = lambda _name: False
        self._empty = ""
        self._parts: Iterator[Block | Note] = iter(())
        self._link_focus = LinkFocus(self)
        self.parts = PageParts(self, self._link_focus)
        self._set_up()
        self._timers()
        self._take(Document(look, pictures))

    def _set_up(self) -> None:
        self.setObjectName("page")
        self.setAccessibleName("Article")
        screen_reader.install()
        self.anchorClicked.connect(self._follow)
        self.highlighted.connect(self._hover)
        self._pictures.arrived.connect(self._show_pictures)

    def _timers(self) -> None:
        self._growing = QTimer(self, interval=0)
        self._growing.timeout.connect(self._grow)
        self._renewal = Renewal(self)

    # ---- what is shown

    @property
    def article_id(self) -> int | None:
        """The id of the article on the page."""
        return self.article.id if self.article else None

    @property
    def document_ready(self) -> bool:
        """Whether all of the article is on the page."""
        return self._document.complete and not self._renewal.active

    def show_article(self, article: Article) -> None:
        """Show an article at its reading position; its beginning appears at once."""
        self._leave(article.id)
        if (self.article_id, self.article and self.article.html) != (article.id, article.html):
            self.highlights.show(())
        self.article = article
        self._look = self.look_of(article)
        self._begin_at(article)
        self._build()

    def show_whole(self, article: Article, document: Document, anchor: ScrollAnchor) -> None:
        """Show an article whose document is laid out already, at a line of it."""
        self._leave(article.id)
        self._renewal.stop()
        self.article, self._look, self._empty = article, self.look_of(article), ""
        self._begin_at(article)
        self._wanted, self._parts = None, iter(())
        self._show_details(article, document)
        self.highlights.find_in(document)
        self._take(document)
        self._busy, self._anchor = True, anchor
        restore(self, anchor)
        self._busy = False
        self.grown.emit()

    def show_nothing(self, text: str) -> None:
        """Show an empty page with a line of plain text, and a hint in a second line."""
        self._leave()
        self.article = None
        self.highlights.show(())
        self._empty = text
        self._parts = iter(())
        document = Document(self._look, self._pictures)
        document.grow(self._parts)
        QTextCursor(document).insertText(text)  # for screen readers; it is painted larger
        self._take(document)

    def update_article(self, article: Article) -> None:
        """Show the changes of the open article: its text, or else its head."""
        before = self.article
        if before is None or before.id != article.id:
            self.show_article(article)
        elif before.html != article.html or title_lines(before) != title_lines(article):
            here = self.place() if before.html else article.position
            self.show_article(article._replace(position=here))
        else:
            self.article = article
            with self._holding():
                self._show_details(article, self._document)
                self._set_column()

    def _show_details(self, article: Article, document: Document) -> None:
        # The document knows the direction of its title, stated or not.
        way = document.firstBlock().textDirection()
        self.head.show_article(article, rtl=way == Qt.LayoutDirection.RightToLeft)
        self._show_icon()

    def _show_pictures(self) -> None:
        self.viewport().update()
        self._show_icon()

    def _show_icon(self) -> None:
        name = self.article.icon if self.article else ""
        side = round(ICON * self.devicePixelRatioF())
        self.head.set_icon(self._pictures.image(name, side, side) if name else None)

    def set_look(self, look: Look) -> None:
        """Show the same line of the same article in another look."""
        self._look = look
        if self.article is None:
            self.show_nothing(self._empty)
            return
        self._hold_place()
        self._growing.stop()
        self._renewal.begin(self._wanted or Anchor())

    def _build(self) -> None:
        assert self.article is not None
        self._empty = ""
        self._renewal.stop()
        document, parts = self.new_document(), self.all_parts()
        document.grow(parts, _FIRST_SLICE)
        self.take_grown(document, parts)

    def new_document(self, *, with_head: bool = True) -> Document:
        """Return an empty document for the article, in the look and the width of the page."""
        assert self.article is not None
        head = title_lines(self.article) if with_head else None
        direction = direction_of_article(self.article)
        look = suited(screen_reader.audible(self._look), self.article)
        document = Document(look, self._pictures, head, direction=direction)
        document.set_tallest_picture(max(240.0, self.viewport().height() * _TALLEST))
        if with_head:
            self._show_details(self.article, document)
        self._prepare(document)
        return document

    def take_grown(self, document: Document, parts: Iterator[Block | Note]) -> None:
        """Show a document that has begun to grow at the place that is read, and let it grow on."""
        if self._wanted is None:  # the person has scrolled since
            self._hold_place()
        self._parts = parts
        self.highlights.find_in(document)
        self._take(document)
        self._growing.start()
        self._go_where_wanted()

    def parts_from(self, block: int) -> Iterator[Block | Note]:
        """Return the blocks and notes of the article from one on, read as they are taken."""
        return parts_from((self.article.html if self.article else ""), block)

    def all_parts(self) -> Iterator[Block | Note]:
        """Return the blocks and notes of the article, read as they are taken."""
        text = parts((self.article.html if self.article else "") or phrases.WAITING)
        return chain(text, self.highlights.listed())

    def _grow(self) -> None:
        complete = self._document.grow(self._parts, _SLICE)
        if self._document.textWidth() != self.lineWrapColumnOrWidth():
            with self._holding():  # a table grows out of the column
                self._set_column()
        if complete:
            self._growing.stop()
            self._find_highlights()
            self.grown.emit()
            if self.spread is not None:
                self.spread.count_on()
        self._go_where_wanted()

    def _leave(self, id: int | None = None) -> None:
        if id != self.article_id:
            self.left.emit()
        for moving in (self._turning, self._zooming, self._growing, self._renewal):
            moving.stop()
        self.flush()

    # ---- highlights

    def show_highlights(self, article: int, stored: Sequence[Stored]) -> None:
        """Show the highlights of an article if it is the one on the page."""
        if article != self.article_id or tuple(stored) == self.highlights.stored:
            return
        if self.highlights.show(stored):
            self._hold_place()
            self._build()
        else:
            self._find_highlights()

    def _find_highlights(self) -> None:
        if self.highlights.stored or self.highlights.stretches:
            self.highlights.find_in(self._document)
            self.viewport().update()
        self.arranged.emit()

    def highlight_ranges(self) -> Mapping[int, tuple[int, int]]:
        """Return the start and end of each highlight in the document, by its number."""
        return self.highlights.ranges(self._document)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on a part or a highlight, unless words were selected."""
        if self.article is None or not self.parts.release(
            event, lambda: super(Viewer, self).mouseReleaseEvent(event)
        ):
            self._press_highlight(event)

    def _press_highlight(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if event.button() is Qt.MouseButton.MiddleButton and (link := self.anchorAt(at)):
            self.link_middle_clicked.emit(link)
        is_plain = event.button() is Qt.MouseButton.LeftButton
        if is_plain and not self.textCursor().hasSelection() and not self.anchorAt(at):
            number = self.highlight_at(at)
            if number is not None:
                self.highlight_pressed.emit(number)

    def is_free(self, at: QPointF) -> bool:
        """Return whether neither a link, a highlight nor a picture is at a point."""
        from reader.document.picture_object import picture_at

        point = at.toPoint()
        picture, _ = picture_at(self._document, self.to_document(at))
        pressable = picture or self.parts.tool_at(point) or self.anchorAt(point)
        return not pressable and self.highlight_at(point) is None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Press a tool of the page, or else begin to select."""
        if self.article is None or not self.parts.press(event):
            super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the parts that can be pressed."""
        if self.article is not None:
            self.parts.move(event, lambda: super(Viewer, self).mouseMoveEvent(event))

    def leaveEvent(self, event: QEvent) -> None:
        """Hide what is seen only below the pointer."""
        super().leaveEvent(event)
        self.parts.point(None)

    def highlight_at(self, at: QPoint) -> int | None:
        """Return the number of the highlight at a place of the viewport, None without one."""
        return self.highlights.at(self._document, self.to_document(QPointF(at)))

    # ---- links

    def _hover(self, url: QUrl) -> None:
        set_tip(self, links.described(url))

    def _follow(self, url: QUrl) -> None:
        if self.parts.holds_links:
            return
        if link := links.handed_on(url):
            self.link_activated.emit(link)
        elif (name := links.within(url)) and not self.opens_note(name):
            self.go_to_named(name)

    # ---- Qt

    def createMimeDataFromSelection(self) -> QMimeData:
        """Return the selection as text, with structure for programs that take it."""
        from reader.gui.viewer import copying

        return copying.mime_of(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the decorations, then the text; or the empty page."""
        seen = QRectF(event.rect())
        if self.article is None:
            self._paint(lambda painter: self._paint_empty(painter))
        elif (spread := self.spread) is not None:
            self._paint(lambda painter: spread.paint(painter, seen))
        else:
            there = seen.translated(0, self._bar.value())
            self._paint(lambda painter: self.paint_below(painter, there), scrolled=True)
            super().paintEvent(event)
            if self._link_focus.is_shown:
                self._paint(lambda painter: self.paint_above(painter, there), scrolled=True)

    def _paint(self, paint: Callable[[QPainter], object], *, scrolled: bool = False) -> None:
        painter = QPainter(self.viewport())
        try:
            if scrolled:
                painter.translate(0, -self._bar.value())
            paint(painter)
        except Exception:  # Qt cannot take it; the text itself is painted still
            log.exception("not painted")
        finally:
            painter.end()

    def paint_below(self, painter: QPainter, seen: QRectF) -> None:
        """Paint the layers below the text, in the coordinates of the document."""
        decorate(self._document, painter, seen)
        self.parts.paint(painter, seen)
        self.highlights.paint(self._document, painter, seen)
        for paint in self.underlays:
            paint(painter, seen)

    def paint_above(self, painter: QPainter, _seen: QRectF) -> None:
        """Paint the layers above the text, in the coordinates of the document."""
        if self._link_focus.is_shown:
            self._link_focus.paint(painter, self._look.theme.accent)

    def _paint_empty(self, painter: QPainter) -> None:
        area, theme = self.viewport().rect(), self._look.theme
        paint_message(painter, area, self._empty, theme, self.font())

    def focusNextPrevChild(self, next: bool) -> bool:
        """Go to the next link, picture or tool with Tab."""
        return self.parts.tab(lambda: QWidget.focusNextPrevChild(self, next), back=not next)

    def event(self, event: QEvent) -> bool:
        """Keep Space, which turns pages from anywhere, for the part that has the keyboard."""
        if event.type() is QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_space = event.key() == Qt.Key.Key_Space and not event.modifiers()
            if is_space and self.parts.focused() is not None:
                event.accept()
                return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Press the part that has the keyboard, turn pages by Space, open the menu."""
        key = event.key()
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        if self.spread is not None and self.spread.turns.key(event):
            return
        presses = (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space)
        if key in presses and not shift and self.parts.use_focused():
            return
        if key == Qt.Key.Key_Space:
            self.page_up() if shift else self.page_down()
        elif key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shift):
            self.customContextMenuRequested.emit(self.cursorRect().center())
        else:
            super().keyPressEvent(event)
