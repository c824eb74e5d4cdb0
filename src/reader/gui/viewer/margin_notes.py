"""Footnotes beside the lines of their marks, if there is room beside the column."""

import logging
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QMouseEvent, QPainter, QPaintEvent, QPixmap, QTextBlock
from PySide6.QtWidgets import QWidget

from reader.body.note_of import note_of
from reader.document.direction import LTR, RTL
from reader.gui.viewer.find_strip import WIDE as STRIP
from reader.gui.viewer.footnotes import Mark, marks_in
from reader.gui.viewer.link_focus import areas
from reader.gui.viewer.margin_layout import (
    BETWEEN,
    LEADING,
    LINES,
    Marked,
    Note,
    Placed,
    Room,
    Words,
    laid_out,
    stacked,
    words_of,
)
from reader.gui.viewer.note_marks import NoteMark
from reader.gui.viewer.viewer import Viewer

log = logging.getLogger(__name__)

_FACTOR, _LEAST_PX = 0.8, 11  # the size of the type, against that of the page
_ASIDE, _PAD = 28, 8
_NARROWEST, _WIDEST = 12, 22  # in sizes of the type
_GUTTER = 1.7  # for the number
_FAR = 14  # sizes of the type of the page
_SECTION = 8  # blocks whose notes are placed together
_AHEAD = 4  # sections that can have an influence on one before
_ROUND = 4
_SLICE, _REST_MS = 0.004, 20

Open = Callable[[str, Mark, QWidget, QRect], object]


class _Section(NamedTuple):
    """Notes that are placed, and the state of the page in which they were."""

    state: object
    notes: Sequence[Placed]


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
        self._marks: dict[int, tuple[int, Sequence[tuple[str, Mark]]]] = {}
        self._words: dict[tuple[str, str], Words] = {}
        self._measures: dict[tuple[str, str], Note | None] = {}
        self._sections: dict[int, _Section] = {}
        self._painted: dict[Placed, QPixmap] = {}
        self._number = 0  # of the first section that is seen
        self._until, self._is_waiting = 0.0, False
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
        self._until, self._is_waiting = time.perf_counter() + _SLICE, False
        top = self._origin()
        bottom = top + self.height()
        paged = self._viewer.spread is not None
        found = self._on_page() if paged else self._in_sections(top, bottom)
        return [each for each in found if each.top < bottom and each.bottom > top]

    def area_of(self, placed: Placed) -> QRect:
        """Return the area of a note in this widget."""
        top = round(placed.top - self._origin())
        return QRect(0, top - _PAD // 2, self.width(), round(placed.high) + _PAD)

    # ---- its measures

    def _forget(self) -> None:
        """Forget the notes of the document before."""
        self._marks, self._words, self._measures, self._number = {}, {}, {}, 0
        self._arrange()

    def _arrange(self) -> None:
        """Take the room beside the column, if it is wide enough."""
        viewer = self._viewer
        page, free = viewer.page, viewer.end_margin()
        font = QFont(page.formats.base)
        size = max(_LEAST_PX, round(self._size * _FACTOR))
        font.setPixelSize(size)
        wide = min(free.width() - _ASIDE - STRIP - _PAD, _WIDEST * size)
        is_single = viewer.spread is None or viewer.spread.columns == 1
        has_room = wide >= _NARROWEST * size and is_single and viewer.article is not None
        if font != self._font or wide + 2 * _PAD != self.width():
            self._measures = {}
        self._font, self._sections, self._painted, self._hovered = font, {}, {}, None
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
        was_waiting, top = self._is_waiting, self._origin()
        self._until, self._is_waiting = time.perf_counter() + _SLICE, False
        if self._viewer.spread is None:
            for _ in self._in_sections(top, top + 2 * self.height()):
                pass
        if was_waiting:
            self.update()

    def _origin(self) -> float:
        """Return the height of the document at the upper edge of this widget."""
        viewer = self._viewer
        return float(viewer.verticalScrollBar().value() - viewer.viewport().y())

    @property
    def _size(self) -> float:
        """The size of the type of the page, in pixels."""
        return self._viewer.page.formats.em * self._viewer.page.scale

    @property
    def _gutter(self) -> int:
        return round(_GUTTER * self._font.pixelSize())

    @property
    def _farthest(self) -> float:
        return _FAR * self._size

    # ---- the marks in the text

    def _marked(self, blocks: Iterable[QTextBlock]) -> list[Marked]:
        """Return the marks of notes in some blocks, from above to below."""
        layout, found = self._viewer.page.documentLayout(), list[Marked]()
        for block in blocks:
            for name, mark in self._marks_in(block):
                top = layout.blockBoundingRect(block).top()
                line = block.layout().lineForTextPosition(mark.start - block.position())
                base = line.y() + line.ascent() if line.isValid() else 0.0
                found.append(Marked(top + base, mark, name))
        return sorted(found)

    def _marks_in(self, block: QTextBlock) -> Sequence[tuple[str, Mark]]:
        number, length = block.blockNumber(), block.length()
        if self._marks.get(number, (0,))[0] != length:
            self._marks[number] = (length, [*marks_in(block)])
        return self._marks[number][1]

    def _measure(self, marked: Sequence[Marked]) -> bool:
        """Lay out the notes of some marks; return False if there was no time for all of them."""
        for each in marked:
            if each.key not in self._measures:
                if time.perf_counter() > self._until:
                    self._is_waiting = True
                    self._preparing.start()
                    return False
                words = self._words_of(each)
                self._measures[each.key] = self._laid_out(words, LINES[0]) if words.text else None
        return True

    def _words_of(self, marked: Marked) -> Words:
        """Return the words of a note, none if the link does not lead to one."""
        if marked.key not in self._words:
            article = self._viewer.article
            found = note_of(article.html, *marked.key) if article is not None else None
            base = RTL if self._viewer.is_rtl else LTR
            self._words[marked.key] = words_of(found.blocks if found else (), base)
        return self._words[marked.key]

    def _placed(self, marked: Sequence[Marked], room: Room) -> Sequence[Placed]:
        measured = ((each, self._measures[each.key]) for each in marked)
        return stacked([(each, note) for each, note in measured if note is not None], room)

    def _laid_out(self, words: Words, lines: int) -> Note:
        return laid_out(words, self._font, self.width() - 2 * _PAD - self._gutter, lines)

    # ---- where the notes stand

    def _in_sections(self, top: float, bottom: float) -> Iterator[Placed]:
        """Yield the notes of the sections between two heights, and of those that reach there.

        Each section is placed by itself, so that notes stand where they do whatever was read
        before, and none is laid out that is far away.
        """
        number = self._number = self._section_at(top - self._reach)
        while (y := self._top_of(number)) is not None and y <= bottom:
            yield from self._section(number, y)
            number += 1

    def _section_at(self, height: float) -> int:
        """Return the section at a height, looked for from the one that was seen last."""
        number = self._number
        while number > 0 and ((y := self._top_of(number)) is None or y > height):
            number -= 1
        while (y := self._top_of(number + 1)) is not None and y <= height:
            number += 1
        return number

    def _top_of(self, number: int) -> float | None:
        """Return the height at which a section begins, None if there is no such section."""
        page = self._viewer.page
        first = page.findBlockByNumber(number * _SECTION)
        return page.documentLayout().blockBoundingRect(first).top() if first.isValid() else None

    @property
    def _reach(self) -> float:
        """How far below its mark a note can end."""
        return self._farthest + LINES[0] * LEADING * self._font.pixelSize()

    def _section(self, number: int, y: float) -> Sequence[Placed]:
        """Return the notes of a section that begins at a height."""
        taken = self._taken()

        def notes() -> Sequence[Placed] | None:
            marked = self._marked(self._blocks(number))
            if not self._measure(marked):
                return None
            if not marked:
                return ()
            room = Room(self._above(marked), self._end(number, marked), self._farthest, taken)
            return self._placed(marked, room)

        blocks = min(self._viewer.page.blockCount(), (number + _AHEAD) * _SECTION)
        return self._kept(number, (y, blocks, taken), notes)

    def _kept(
        self, number: int, state: object, notes: Callable[[], Sequence[Placed] | None]
    ) -> Sequence[Placed]:
        known = self._sections.get(number)
        if known is None or known.state != state:
            found = notes()
            if found is None:
                return ()
            known = self._sections[number] = _Section(state, found)
        return known.notes

    def _blocks(self, number: int) -> Iterator[QTextBlock]:
        block = self._viewer.page.findBlockByNumber(number * _SECTION)
        for _ in range(_SECTION):
            if not block.isValid():
                return
            yield block
            block = block.next()

    def _above(self, marked: Sequence[Marked]) -> float:
        return marked[0].base - 2 * self._font.pixelSize()

    def _end(self, number: int, marked: Sequence[Marked]) -> float:
        """Return the height at which the notes of a section have to end."""
        last = marked[-1].base + self._reach
        while (y := self._top_of(number := number + 1)) is not None and y <= last:
            if following := self._marked(self._blocks(number)):
                return self._above(following) - BETWEEN
        return last

    def _on_page(self) -> Sequence[Placed]:
        """Return the notes of the page that is shown, while pages are turned."""
        viewer = self._viewer
        top, high = float(viewer.verticalScrollBar().value()), viewer.viewport().height()
        taken = self._taken()

        def notes() -> Sequence[Placed] | None:
            marked = self._marked(self._blocks_from(top, top + high))
            seen = [x for x in marked if viewer.to_viewport(QPointF(0, x.base)) is not None]
            if not self._measure(seen):
                return None
            return self._placed(seen, Room(top, top + high, high, taken))

        return self._kept(0, (top, high, viewer.page.blockCount(), taken), notes)

    def _blocks_from(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        layout = self._viewer.page.documentLayout()
        hit = layout.hitTest(QPointF(0, top + 1), Qt.HitTestAccuracy.FuzzyHit)
        block = self._viewer.page.findBlock(max(0, hit))
        while block.isValid() and layout.blockBoundingRect(block).top() < bottom:
            yield block
            block = block.next()

    def _taken(self) -> tuple[tuple[float, float], ...]:
        """Return the stretches of the margin in which the notes of highlights stand."""
        if not self._viewer.highlights.stored:
            return ()
        top = self._origin()
        marks = [x.geometry() for x in self._viewer.findChildren(NoteMark) if not x.isHidden()]
        return tuple(sorted((top + each.top(), top + each.bottom() + 1) for each in marks))

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
        self._paint(
            painter, placed.marked, self._laid_out(self._words_of(placed.marked), placed.lines)
        )
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
        painter.drawText(QPoint(end if is_rtl else _PAD, top + note.rise), number)

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
