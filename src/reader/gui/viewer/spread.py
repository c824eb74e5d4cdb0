"""The page turned like that of a book: one or two columns, cut between lines, and no scrolling."""

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QAbstractTextDocumentLayout,
    QColor,
    QMouseEvent,
    QPainter,
    QPalette,
    QPen,
    QTextCharFormat,
)

from reader.document.build import Document
from reader.document.hits import position_at
from reader.document.pages import Page, Pages
from reader.gui.viewer.page_turns import PageTurns
from reader.gui.viewer.scroll_anchor import ScrollAnchor, restore
from reader.gui.viewer.scroll_bar import PageBar

if TYPE_CHECKING:
    from reader.gui.viewer.turned import TurnedBrowser

GAP = 64
"""The space between two columns, in pixels."""
LEAST_LETTERS = 34
"""The letters that fit into a line if there are two columns."""
_ENDLESS = 1e6
_ASIDE = 20  # pixels beside two columns, besides the usual margin
_BESIDE = 6  # pixels that letters may stand out beyond their lines
_ABOVE, _BELOW = 0.045, 0.03  # of the height, kept free above and below the columns
_MOST_ABOVE, _MOST_BELOW = 44, 28
_COUNTING_SECONDS = 0.006
_MOUSE = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.MouseButtonRelease,
    QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove,
)


class View(NamedTuple):
    """A page in its column, which begins ``left`` pixels from the edge of the viewport."""

    left: int
    page: Page

    @property
    def top(self) -> int:
        """The height of the document at the upper edge of the column."""
        return round(self.page.top)

    @property
    def bottom(self) -> int:
        """The height of the document at which the column ends."""
        return round(self.page.bottom)


class Spread(QObject):
    """The one or two pages that a viewer shows, and the way from one to the next."""

    def __init__(self, viewer: "TurnedBrowser", columns: int) -> None:
        super().__init__(viewer)
        self._viewer = viewer
        self.wanted = columns
        self.columns = 1
        self._wide = 0
        self._pages: Pages | None = None
        self._is_passing = False
        self._touched: QMouseEvent | None = None
        self._counting = QTimer(self, interval=0)
        self._counting.timeout.connect(self._count)
        self.turns = PageTurns(viewer, self.turn)
        for changed in (viewer.selectionChanged, viewer.verticalScrollBar().valueChanged):
            changed.connect(self._repaint)
        bar = viewer.verticalScrollBar()
        assert isinstance(bar, PageBar)
        self._bar = bar
        bar.snap = self.top_at

    def close(self) -> None:
        """Let the viewer scroll again."""
        self._bar.snap = None
        self.forget()
        self.deleteLater()

    def _repaint(self) -> None:
        self._viewer.viewport().update()

    # ---- its measures

    def room_in(self, room: float, document: Document) -> float:
        """Return the room of one column, after deciding how many there are."""
        letter = document.column_width(_ENDLESS) / document.look.measure
        two = (room - GAP - 2 * _ASIDE) / 2
        self.columns = 2 if self.wanted > 1 and two >= LEAST_LETTERS * letter else 1
        return two if self.columns > 1 else room

    def arrange(self, wide: int, high: int) -> tuple[int, int, int]:
        """Cut the document into pages anew: its layout has changed.

        Returns the width of the columns, and the space above and below them, in a window of a
        height.
        """
        above = min(_MOST_ABOVE, round(high * _ABOVE))
        below = min(_MOST_BELOW, round(high * _BELOW))
        self._wide = wide
        self._pages = Pages(self._viewer.page, high - above - below)
        self._counting.start()
        return (wide if self.columns == 1 else 2 * wide + GAP), above, below

    def forget(self) -> None:
        """Know no pages until the next document is arranged."""
        self._pages = None
        self._counting.stop()

    # ---- which pages

    @property
    def number(self) -> int:
        """The number of the first page that is shown, from 0."""
        if self._pages is None:
            return 0
        number = self._pages.number_at(self._bar.value() + 1)
        return number - number % self.columns

    @property
    def label(self) -> str:
        """The numbers of the pages that are shown, and of all if they are counted."""
        first, pages = self.number, self._pages
        if pages is None:
            return ""
        last = min(first + self.columns, max(len(pages), first + 1))
        shown = f"{first + 1}–{last}" if last > first + 1 else f"{last}"
        return f"{shown} of {len(pages)}" if pages.complete else shown

    def top_at(self, y: float) -> int:
        """Return the height at which the pages begin of which one has a line at a height."""
        if self._pages is None:
            return round(y)
        number = self._pages.number_at(y + 1)
        return round(self._pages.page(number - number % self.columns).top)

    def turn(self, by: int) -> bool:
        """Turn over one or two pages; return whether there are any."""
        pages = self._pages
        if pages is None:
            return False
        wanted = self.number + by * self.columns
        top = pages.page(max(0, wanted)).top
        if wanted >= len(pages) or wanted + self.columns <= 0:
            return False
        self._bar.setValue(round(top))
        return True

    def to_end(self) -> None:
        """Go to the last page."""
        if self._pages is not None:
            end = self._viewer.page.characterCount() - 1
            restore(self._viewer, ScrollAnchor(end, 0))

    @property
    def is_at_end(self) -> bool:
        """Whether the last page is shown, and the document is whole."""
        pages = self._pages
        if pages is None or not self._viewer.page.complete:
            return False
        after = self.number + self.columns
        pages.page(after)
        return pages.complete and after >= len(pages)

    @property
    def lower_edge(self) -> float:
        """The height of the document at the end of the last page that is shown."""
        return max((view.page.bottom for view in self.views()), default=0.0)

    def progress(self) -> float:
        """Return how much of the text is on these pages and above, 0 to 1."""
        if self.is_at_end:
            return 1.0
        page = self._viewer.page
        here = position_at(page, QPointF(8, self.lower_edge))
        return min(max(here / max(1, page.characterCount() - 1), 0.0), 1.0)

    def _count(self) -> None:
        if self._pages is None or self._pages.find_for(_COUNTING_SECONDS):
            self._counting.stop()
            if self._pages is not None and self._pages.complete:
                self._viewer.counted.emit()

    def count_on(self) -> None:
        """Count the pages of the text that has come in."""
        if self._pages is not None and not self._pages.complete:
            self._counting.start()

    # ---- where they stand

    def views(self) -> list[View]:
        """Return the pages that are shown, in their columns."""
        pages = self._pages
        if pages is None:
            return []
        first, found = self.number, list[View]()
        for number in range(first, first + self.columns):
            page = pages.page(number)
            if number < max(len(pages), first + 1):
                found.append(View(self._left(number - first), page))
        return found

    def _left(self, column: int) -> int:
        is_right = (column == 1) != self._viewer.is_rtl
        return self._wide + GAP if self.columns == 2 and is_right else 0

    def to_document(self, at: QPointF) -> QPointF:
        """Return the place of the document at a point of the viewport."""
        if self._is_passing:  # the point is that of a mouse event already mapped
            return at + QPointF(0, self._bar.value())
        views = self.views()
        if not views:
            return at
        middle = self._wide + GAP / 2
        view = next((each for each in views if (each.left > middle) == (at.x() > middle)), views[0])
        y = min(max(at.y() + view.top, view.page.top), view.page.bottom - 1)
        return QPointF(at.x() - view.left, y)

    def to_viewport(self, place: QPointF) -> QPointF | None:
        """Return the point of the viewport at a place, None if its page is not shown."""
        for view in self.views():
            if view.page.top - 1 <= place.y() < view.page.bottom:
                return place + QPointF(view.left, -view.top)
        return None

    # ---- the mouse

    def mouse(self, event: QMouseEvent, handle: Callable[[QEvent], bool]) -> bool:
        """Turn pages by a mouse event of the viewport, or let it be handled where it belongs."""
        if event.type() not in _MOUSE or self._is_passing:
            return handle(event)
        at = event.position() + QPointF(self._viewer.viewport().pos())
        if event.type() == QEvent.Type.MouseButtonRelease:
            return self._released(event, at, handle)
        if event.type() != QEvent.Type.MouseMove and self.turns.pressed(event, at):
            self._touched = self._mapped(event)  # perhaps a swipe: it must select nothing
            return True
        return self._touched is not None or self._pass_on(self._mapped(event), handle)

    def _released(self, event: QMouseEvent, at: QPointF, handle: Callable[[QEvent], bool]) -> bool:
        is_free = self._viewer.is_free(event.position())
        mapped, (touched, self._touched) = self._mapped(event), (self._touched, None)
        if touched is not None:
            if self.turns.swiped(at):
                return True
            self._pass_on(touched, handle)
        self._pass_on(mapped, handle)
        if is_free:
            self.turns.clicked(at)
        return True

    def clicked_beside(self, event: QMouseEvent) -> bool:
        """Turn by a click beside the columns; return whether it was one."""
        if event.type() == QEvent.Type.MouseButtonRelease:
            self.turns.clicked(event.position())
        elif event.type() in (QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonDblClick):
            self.turns.pressed(event, event.position())
        else:
            return False
        return event.button() == Qt.MouseButton.LeftButton

    def _mapped(self, event: QMouseEvent) -> QMouseEvent:
        """Return a mouse event as if its column had been scrolled there."""
        place = self.to_document(event.position())
        at = place - QPointF(0, self._bar.value())
        return QMouseEvent(
            event.type(), at, event.scenePosition(), event.globalPosition(), event.button(),
            event.buttons(), event.modifiers(), event.pointingDevice(),
        )  # fmt: skip

    def _pass_on(self, event: QMouseEvent, handle: Callable[[QEvent], bool]) -> bool:
        self._is_passing = True
        try:
            return handle(event)
        finally:
            self._is_passing = False

    # ---- painting

    def paint(self, painter: QPainter, seen: QRectF) -> None:
        """Paint the columns in a part of the viewport."""
        viewer = self._viewer
        context = self._context()
        for view in self.views():
            high = view.bottom - view.top
            column = QRectF(view.left - _BESIDE, 0, self._wide + 2 * _BESIDE, high)
            area = column.intersected(seen)
            if area.isEmpty():
                continue
            painter.save()
            painter.setClipRect(area)
            painter.translate(view.left, -view.top)
            there = area.translated(-view.left, view.top)
            viewer.paint_below(painter, there)
            context.clip = there
            viewer.page.documentLayout().draw(painter, context)
            viewer.paint_above(painter, there)
            painter.restore()
        if self.columns == 2:
            self._paint_fold(painter)

    def _paint_fold(self, painter: QPainter) -> None:
        high = self._viewer.viewport().height()
        painter.setPen(QPen(QColor(self._viewer.look.theme.rule), 1))
        x = self._wide + GAP // 2
        painter.drawLine(x, 0, x, high)

    def _context(self) -> QAbstractTextDocumentLayout.PaintContext:
        viewer = self._viewer
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette = viewer.palette()
        context.cursorPosition = -1
        context.selections = [*self._selections(context.palette)]
        return context

    def _selections(self, palette: QPalette) -> Iterator[QAbstractTextDocumentLayout.Selection]:
        for extra in self._viewer.extraSelections():
            found = QAbstractTextDocumentLayout.Selection()
            found.cursor, found.format = extra.cursor, extra.format
            yield found
        cursor = self._viewer.textCursor()
        if cursor.hasSelection():
            chosen = QAbstractTextDocumentLayout.Selection()
            form = QTextCharFormat()
            group = QPalette.ColorGroup.Active
            if not self._viewer.hasFocus():
                group = QPalette.ColorGroup.Inactive
            form.setBackground(palette.brush(group, QPalette.ColorRole.Highlight))
            form.setForeground(palette.brush(group, QPalette.ColorRole.HighlightedText))
            chosen.cursor, chosen.format = cursor, form
            yield chosen
