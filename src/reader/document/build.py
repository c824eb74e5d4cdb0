"""Build a document from a body: safe, shown at once, the same on screen and paper."""

import time
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from PySide6.QtCore import QRectF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QImage,
    QTextBlock,
    QTextCursor,
    QTextDocument,
    QTextFormat,
    QTextOption,
)

from reader import phrases
from reader.anchor import Anchor
from reader.body import anchors
from reader.body.blocks import Block, Note
from reader.document import measure
from reader.document.column_widths import Way
from reader.document.compose import Composer
from reader.document.direction import RTL, has_rtl, joined_details
from reader.document.formats import Formats, Mark, Role
from reader.document.images import Pictures
from reader.document.marks import Marked, stretches
from reader.document.picture_object import PictureObject
from reader.document.table_room import Room
from reader.document.tables import FittedTable
from reader.model import Article, Look

Part = Block | Note | None
_ENDLESS = 1e6


class Head(NamedTuple):
    """The lines above the text: title, author, and details such as site, date and time.

    ``anchor`` is a name that links can lead to.
    """

    title: str
    byline: str = ""
    details: tuple[str, ...] = ()
    anchor: str = ""


def head_of(article: Article) -> Head:
    """Return the head of an article on paper; the site is left out if it is also the author."""
    details = [
        article.site if article.site != article.byline else "",
        phrases.day(article.published_at),
        phrases.reading_time(article.words),
    ]
    return Head(article.title, article.byline, tuple(detail for detail in details if detail))


class Document(QTextDocument):
    """A body laid out in a look.

    It grows in steps, so that a long article appears at once. It reads nothing by itself: all
    pictures come from ``pictures``.
    """

    def __init__(
        self,
        look: Look,
        pictures: Pictures,
        head: Head | None = None,
        *,
        direction: str = "",
        on_paper: bool = False,
    ) -> None:
        super().__init__()
        self.look = look
        self.formats = Formats(look, on_paper=on_paper)
        self.zoom = 1.0
        self.complete = False
        self.overhang = 0
        self._column = self._page = self._turned = 0.0
        self._layout_scale = 1.0
        self._steps: Iterator[None] | None = None
        self.setUndoRedoEnabled(False)
        self.setDocumentMargin(0)
        self.setIndentWidth(self.formats.indent)
        self.setDefaultFont(self.formats.base)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setDefaultTextOption(option)
        # Qt keeps only a pointer to the handler: it must live as long as the document.
        self._handler = PictureObject(pictures, look, on_paper=on_paper)
        layout = self.documentLayout()
        layout.registerHandler(QTextFormat.ObjectTypes.ImageObject.value, self._handler)
        self._cursor = QTextCursor(self)
        self._composer = Composer(self._cursor, self.formats, direction)
        if head is not None:
            details = [detail.replace(" ", "\N{NO-BREAK SPACE}") for detail in head.details]
            rtl = direction == RTL or has_rtl(head.title)
            line = joined_details(details, rtl=rtl)
            self._composer.head(head.title, head.byline, line, head.anchor)

    def grow(self, parts: Iterator[Part], seconds: float | None = None) -> bool:
        """Append parts for some seconds, or all of them if None; return whether that was all."""
        if self._steps is None:
            self._steps = self._all_steps(parts)
        if not self._column:
            self._composer.room = self._room()
        until = None if seconds is None else time.perf_counter() + seconds
        self._cursor.beginEditBlock()
        for _ in self._steps:
            if self._composer.wants_room:
                self._cursor.endEditBlock()
                self._fit()  # before the table is there, so that it is laid out once
                self._cursor.beginEditBlock()
            if until is not None and time.perf_counter() >= until:
                break
        else:
            self.complete = True
        self._cursor.endEditBlock()
        return self.complete

    def _all_steps(self, parts: Iterator[Part]) -> Iterator[None]:
        for part in parts:
            yield from self._composer.part(part)

    @property
    def note_numbers(self) -> Mapping[str, int]:
        """The numbers of the notes that are marked, by their names."""
        return self._composer.note_numbers

    def number_notes(self, numbers: dict[str, int]) -> None:
        """Share the numbers of notes with the other documents of an article."""
        self._composer.note_numbers = numbers

    def continue_notes(self, document: "Document") -> None:
        """Number notes as another document does, and set them for the foot of a page."""
        self._composer.continue_notes(document._composer)

    def mark(self, marks: Sequence[Marked]) -> None:
        """Mark ranges of the body, in the text that is there and in that to come."""
        self._composer.mark(marks)

    def discard(self) -> None:
        """Stop growing, and delete the document once no event uses it."""
        self._steps = iter(())
        self.deleteLater()

    # ---- sizes

    def set_zoom(self, zoom: float) -> None:
        """Scale the whole document; 1 is its natural size."""
        self.zoom = zoom
        self._handler.scale = zoom
        device = measure.device(zoom)
        self._layout_scale = device.logicalDpiX() / measure.SCREEN_DPI  # Qt rounds the resolution
        self.documentLayout().setPaintDevice(device)

    @property
    def scale(self) -> float:
        """The resolution of the layout, as a multiple of 96 dpi."""
        return self._handler.scale

    def set_tallest_picture(self, pixels: float) -> None:
        """Limit the height of pictures that are laid out from now on."""
        self._handler.tallest = pixels

    def lay_out(self, column: float, page: float = 0.0, turned: float = 0.0) -> None:
        """Fit the text into a column, and wide tables into the page around it.

        Once a table stands out of the column, the document is wider than the column on both sides
        by ``overhang``. Lengths are pixels; ``turned`` is the width of a page on its side, and
        only given for paper.
        """
        self._column = self._handler.column = column
        self._page, self._turned = page, turned
        self._justify()
        before, room = self._composer.room, self._room()
        if before == room or (before.scale == room.scale and not self._composer.tables):
            self._composer.room = room
            if self.textWidth() != column + 2 * self.overhang:
                self.setTextWidth(column + 2 * self.overhang)
        else:
            self._fit()

    @property
    def room(self) -> Room:
        """The room for tables, in pixels at 96 dpi."""
        return self._room()

    @property
    def tables(self) -> Sequence[FittedTable]:
        """The tables that are built, in order, without those of which each row is a list."""
        return [table for table in self._composer.tables if table.portions]

    def code_of(self, group: int) -> str:
        """Return the code of a panel, exactly as the article has it."""
        return self._composer.codes.get(group, "")

    def table_at(self, position: int) -> FittedTable | None:
        """Return the table at a position, None if there is none."""
        cursor = QTextCursor(self)
        cursor.setPosition(max(0, min(position, self.characterCount() - 1)))
        own = cursor.currentTable()
        return next(
            (each for each in self.tables if own is not None and own in each.portions), None
        )

    @property
    def column(self) -> float:
        """The width of the column of text in pixels."""
        if self._column:
            return self._column
        return self.textWidth() if self.textWidth() > 0 else self.column_width(_ENDLESS)

    def _room(self) -> Room:
        scale = self._layout_scale
        column = self.column / scale
        page, turned = max(column, self._page / scale), self._turned / scale
        return Room(column, page, self.overhang / scale, scale, turned)

    def _fit(self) -> None:
        """Fit all tables into the room, and the text between them."""
        tables, before = self._composer.tables, self._composer.room
        room = self._room()
        fits = [table.fitted(room) for table in tables]
        beyond = (
            room.beyond(max(Way.ACROSS, fit.way)) for fit in fits if fit.width > room.column + 0.5
        )
        self._composer.wants_room = False
        self.overhang = int(max(beyond, default=0.0) * room.scale + 0.01)
        self._composer.room = room = self._room()
        self.setTextWidth(-1)  # nothing is laid out before all has changed
        self._cursor.beginEditBlock()
        for table, fit in zip(tables, fits, strict=True):
            table.fit_into(room, fit)
        if (room.overhang, room.scale) != (before.overhang, before.scale):
            self._set_margins(room)
        self._cursor.endEditBlock()
        self.setTextWidth(self.column + 2 * self.overhang)

    def _set_margins(self, room: Room) -> None:
        """Give the text between the tables its margins."""
        cursor, block = QTextCursor(self), self.firstBlock()
        portions = (table for fitted in self._composer.tables for table in fitted.portions)
        tables = {table.firstPosition(): table for table in portions}
        while block.isValid():
            if table := tables.get(block.position()):
                block = self.findBlock(table.lastPosition() + 1)
                continue
            form = block.blockFormat()
            self.formats.set_margins(form, room.overhang, room.scale)
            if form != block.blockFormat():
                cursor.setPosition(block.position())
                cursor.setBlockFormat(form)
            block = block.next()

    def column_width(self, available: float) -> float:
        """Return the width of the column in pixels: the measure, but not more than is available."""
        return min(available, measure.wanted(self.formats, self.zoom, available))

    def _justify(self) -> None:
        """Justify the text of a window if the spaces in its lines do not become holes."""
        if not self.look.justified or self.formats.on_paper:
            return
        justifies = measure.justifies(self.formats, self.column / self.zoom)
        way = Qt.AlignmentFlag.AlignJustify if justifies else Qt.AlignmentFlag.AlignLeft
        option = self.defaultTextOption()
        if option.alignment() != way:
            option.setAlignment(way)
            self.setDefaultTextOption(option)

    @property
    def addresses(self) -> Mapping[str, str]:
        """The URLs of its links on paper, by the hrefs that Qt was given."""
        return self.formats.addresses

    def take_picture_links(self) -> list[tuple[str, QRectF]]:
        """Return the links of pictures painted on paper since the last call, in device pixels.

        Qt creates links for text alone.
        """
        links, self._handler.links = self._handler.links, []
        return links

    # ---- places

    def anchor_at(self, position: int) -> Anchor:
        """Return the anchor of a position in the document: the beginning if it is in the head."""
        text = self._composer.text
        point = text.point(position)
        return Anchor() if point is None else anchors.anchor_at(text, *point)

    def point_of(self, position: int) -> anchors.Point | None:
        """Return the point of the body at a position, None in the head."""
        return self._composer.text.point(position)

    def position_of(self, anchor: Anchor) -> int | None:
        """Return the position of an anchor, None if it is not built yet or lost.

        Only a complete document is searched for a changed quote.
        """
        text = self._composer.text
        if anchor == Anchor():
            return 0
        if not anchor.has_quote:
            return self._position_counted(anchor)
        if anchors.is_there(anchor, text):
            return text.position(anchors.Point(anchor.block, anchor.offset))
        found = anchors.find(anchor, text) if self.complete else None
        return None if found is None else min(text.position(found), self.characterCount() - 1)

    def _position_counted(self, anchor: Anchor) -> int | None:
        """Return the position of an anchor that counts characters of the document."""
        text = self._composer.text
        if not self.complete and anchor.block + 1 >= len(text):
            return None
        start = text.start(min(anchor.block, len(text) - 1)) if len(text) else 0
        return min(start + anchor.offset, self.characterCount() - 1)

    def start_of(self, block: int) -> int:
        """Return the start position of a top-level block of the body, 0 if there is none."""
        text = self._composer.text
        # The map records the end of the block before; the next paragraph begins after it.
        return text.start(block) + 1 if block < len(text) else 0

    def ranges(self, start: anchors.Point, end: anchors.Point) -> Iterator[tuple[int, int]]:
        """Yield the first position, and the one after the last, of the text between two points.

        There is one range for each block of the document, as far as it is written.
        """
        text, mark = self._composer.text, Marked("", start, end)
        for part in range(start.block, min(end.block + 1, len(text))):
            yield from stretches(self, text, part, mark)

    def position_of_anchor(self, name: str) -> int | None:
        """Return the position of a named place, None if there is none yet."""
        return self._composer.places.get(name)

    @property
    def headings(self) -> Sequence[tuple[int, int]]:
        """The position and the level of each heading that is built, in order."""
        return self._composer.headings

    # ---- the head

    @property
    def end_of_head(self) -> QTextBlock | None:
        """The last line of the head, None if there is no head."""
        block = self.firstBlock()
        while block.isValid() and block.blockFormat().intProperty(Mark.ROLE) == Role.HEAD:
            block = block.next()
        return block if block.blockFormat().intProperty(Mark.ROLE) == Role.END_OF_HEAD else None

    def keep_free(self, pixels: float) -> None:
        """Keep so many pixels free below the head, in which a window shows something itself."""
        block = self.end_of_head
        if block is None:
            return
        form = block.blockFormat()
        # A line that is lower than its letters reaches into what is below it.
        letters = QFontMetricsF(block.begin().fragment().charFormat().font()).height()
        reaches = max(0.0, 1 - form.lineHeight() / 100) * letters
        form.setBottomMargin(pixels / self.scale + reaches)
        form.setProperty(Mark.FREE, True)
        if form != block.blockFormat():
            QTextCursor(block).setBlockFormat(form)

    def loadResource(self, _kind: int, _url: QUrl | str) -> Any:
        """Return nothing: Qt would otherwise load files by itself."""
        blank = QImage(1, 1, QImage.Format.Format_ARGB32_Premultiplied)
        blank.fill(QColor(0, 0, 0, 0))
        return blank
