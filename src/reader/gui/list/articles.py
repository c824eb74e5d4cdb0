"""The list of articles: fast with a hundred thousand rows, since it never loads a text."""

from collections.abc import Callable

from PySide6.QtCore import (
    QItemSelection,
    QItemSelectionModel,
    QMimeData,
    QRect,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QWidget

from reader.document.images import Pictures
from reader.gui.list.empty import hint_of
from reader.gui.list.excerpts import Excerpts
from reader.gui.list.listings import QueryListing, SearchListing
from reader.gui.list.model import ArticleModel
from reader.gui.list.row import ROW, SnippetOf
from reader.gui.list.row_drag import MovableRows, data_of
from reader.gui.list.row_painter import RowPainter, RowState
from reader.gui.widgets.placeholder import paint_message
from reader.gui.widgets.zoomable import ZOOM_STEP
from reader.library.library import Library
from reader.model import SHELF_QUERIES, Query, Row, Theme
from reader.settings import LIST_SIZE_RANGE

_REST_MS = 90
_MOST_KEPT = 200


class ArticleList(MovableRows):
    """The articles of a query or a search.

    ``chosen`` is emitted when another article is selected alone, but not for every article passed
    while a key is held down; ``activated_article`` when the user wants to read it. ``selected``
    carries the number of selected rows. ``moved`` carries the ids of dragged articles, and the id
    to put them behind (0 for the top).
    """

    chosen = Signal(int)
    activated_article = Signal(int)
    selected = Signal(int)
    moved = Signal(list, int)
    resized = Signal()

    def __init__(
        self, library: Library, pictures: Pictures, theme: Theme, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.key_of: Callable[[str], str] = lambda _id: ""
        self._library = library
        self._articles = ArticleModel(QueryListing(library, Query()))
        self._painter = RowPainter(pictures, theme)
        self._excerpts = Excerpts(library)
        self.size_factor = 1.0
        self._current: int | None = None
        self._kept: list[int] = []
        self._quiet = self._pressed = self._has_boxes = False
        self.setModel(self._articles)
        self._set_up()
        self._resting = QTimer(self, singleShot=True, interval=_REST_MS)
        self._resting.timeout.connect(self._choose)
        self._walking = QTimer(self, interval=0)
        self._walking.timeout.connect(self._walk)
        self.selectionModel().currentRowChanged.connect(self._settle)
        self.selectionModel().selectionChanged.connect(self._selection_changed)
        self.activated.connect(lambda _: self.read())
        self.dropped.connect(self._dropped)
        pictures.arrived.connect(self.viewport().update)

    def _set_up(self) -> None:
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setObjectName("articles")
        self.setAccessibleName("Articles")
        self._measure()
        self.verticalScrollBar().setSingleStep(24)

    def _measure(self) -> None:
        self.gutter = self._painter.gutter
        self.set_row_height(self._painter.height)
        self.viewport().update()

    # ---- showing articles

    def show_query(self, query: Query) -> None:
        """Show the articles of a query from the top, or the current article if it is among them."""
        self._show(QueryListing(self._library, query), None)

    def show_results(self, results: SearchListing, snippet_of: SnippetOf) -> None:
        """Show search results, each with the snippet that ``snippet_of`` returns."""
        self._show(results, snippet_of)

    def _show(self, listing: QueryListing | SearchListing, snippet_of: SnippetOf | None) -> None:
        self._quiet = True
        self._painter.set_snippets(snippet_of)
        self._measure()
        self._articles.show(listing)
        self._number()
        self._quiet = False
        self.scrollToTop()
        if not self._start_walking() and self._current is not None and snippet_of is None:
            self.select(self._current)

    def _start_walking(self) -> bool:
        """Start indexing the positions in a very large list, if it is one."""
        listing = self._articles.listing
        large = isinstance(listing, QueryListing) and listing.is_large
        if large:
            self._walking.start()
        return large

    def _walk(self) -> None:
        """Index the positions in a very large list while idle, then select the current article.

        Finding its row before would take long.
        """
        listing = self._articles.listing
        if isinstance(listing, QueryListing) and listing.walk():
            return
        self._walking.stop()
        untouched = self.verticalScrollBar().value() == 0 and not self.currentIndex().isValid()
        if untouched and self._current is not None and self.query is not None:
            self.select(self._current)

    def refresh(self) -> None:
        """Read the rows again, and keep selection, current article and scroll position."""
        count = self._articles.renew()
        self._excerpts.forget()
        self._start_walking()
        unchanged = count == self._articles.rowCount()
        if unchanged and self.selected_ids(most=_MOST_KEPT) == self._kept:
            self.viewport().update()
            return
        kept, top = self._kept, self.verticalScrollBar().value()
        if self.selected_count() > len(kept):
            kept = [*filter(None, [self._current])]  # the others are too many to find them again
        place = self.currentIndex().row()
        self._quiet = True
        self._articles.show(self._articles.listing, count)
        self._number()
        chosen = QItemSelection()
        for row in self._articles.rows_of(kept, place):
            index = self._articles.index(row, 0)
            chosen.select(index, index)
        current = self._articles.row_of(self._current, place) if self._current is not None else None
        if current is None and place >= 0 and self._articles.rowCount():
            current = min(place, self._articles.rowCount() - 1)
        if current is not None:
            flag = QItemSelectionModel.SelectionFlag.NoUpdate
            self.selectionModel().setCurrentIndex(self._articles.index(current, 0), flag)
        self.selectionModel().select(chosen, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._kept = kept if chosen.count() else []
        self.verticalScrollBar().setValue(top)
        if current is not None and abs(current - place) == 1:
            self.scrollTo(self.currentIndex())  # keeps an article visible that moves step by step
        self._quiet = False
        self.selected.emit(self.selected_count())

    @property
    def own_order(self) -> bool:
        """Whether the list shows the queue in its own order."""
        return self.query == SHELF_QUERIES["queue"]

    @property
    def query(self) -> Query | None:
        """The query whose articles are shown, None if search results are shown."""
        listing = self._articles.listing
        return listing.query if isinstance(listing, QueryListing) else None

    def _number(self) -> None:
        """Show row numbers and allow dragging if the queue is shown in its own order."""
        self.movable = self.own_order
        self._painter.set_numbers(self._articles.rowCount() if self.own_order else 0)
        self.gutter = self._painter.gutter

    def set_theme(self, theme: Theme) -> None:
        """Set the theme."""
        self._painter.theme = theme
        self.viewport().update()

    def larger(self) -> None:
        """Make the text of the list larger."""
        self.set_size(self.size_factor * ZOOM_STEP)

    def smaller(self) -> None:
        """Make the text of the list smaller."""
        self.set_size(self.size_factor / ZOOM_STEP)

    def set_form(self, *, compact: bool, excerpt: bool) -> None:
        """Show rows in one line or more, with the beginning of the text or without."""
        excerpt_of = self._excerpts.of if excerpt else None
        self._painter.set_form(compact=compact, excerpt_of=excerpt_of)
        self._measure()

    def set_size(self, size: float) -> None:
        """Scale the text of the list, within limits."""
        self.size_factor = min(max(size, LIST_SIZE_RANGE[0]), LIST_SIZE_RANGE[1])
        self._painter.set_size(self.size_factor)
        self._measure()
        self.resized.emit()

    # ---- selection

    def current_id(self) -> int | None:
        """Return the id of the current article, even if it has left the list."""
        return self._current

    def selected_ids(self, most: int | None = None) -> list[int]:
        """Return the ids of the selected articles in the order of the list, at most ``most``."""
        ids: list[int] = []
        for top, bottom in self.selected_ranges():
            room = bottom - top + 1 if most is None else min(bottom - top + 1, most - len(ids))
            ids += self._articles.ids(top, room)
        return ids

    def ids_behind(self, id: int, number: int) -> list[int]:
        """Return the ids of the articles that follow one in the list, at most ``number``."""
        place = self._articles.listing.index_of(id)
        return [] if place is None else self._articles.listing.ids(place + 1, number)

    def select(self, id: int) -> bool:
        """Make an article the current one without a signal; False if it is not in the list."""
        row = self._articles_row(id)
        self._current = id
        if row is None:
            self._clear_current()
            return False
        self._go_to(row)
        return True

    def step(self, by: int) -> int | None:
        """Go to the next or previous article and return its id, None at the end.

        If the current article has just left the list, the one that took its place is next.
        """
        if not self._articles.rowCount():
            return None
        here = self._articles_row(self._current) if self._current is not None else None
        if here is not None:
            wanted = here + by
        else:
            wanted = max(0, self.currentIndex().row()) + (by if by < 0 else 0)
        row = self._articles.row(wanted)
        if row is None:
            return None
        self._current = row.id
        self._go_to(wanted)
        return row.id

    def _articles_row(self, id: int) -> int | None:
        return self._articles.row_of(id, self.currentIndex().row())

    def _go_to(self, row: int) -> None:
        self._quiet = True
        index = self._articles.index(row, 0)
        self.setCurrentIndex(index)
        # With Ctrl held down, as in Ctrl+Z, Qt would only have toggled the row.
        self.selectionModel().select(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
        self._quiet = False
        self._keep()

    def _clear_current(self) -> None:
        self._quiet = True
        self.selectionModel().clear()
        self._quiet = False
        self._keep()

    def _selection_changed(self) -> None:
        self._keep()
        self._settle()

    def _keep(self) -> None:
        """Remember the selected ids, not the rows, because rows may move."""
        if not self._quiet:
            self._kept = self.selected_ids(most=_MOST_KEPT)
            self.selected.emit(self.selected_count())
            self.viewport().update()  # check boxes come and go

    def _dropped(self, line: int) -> None:
        above = self._articles.row(line - 1)
        self.moved.emit(self.selected_ids(), above.id if above else 0)

    def _settle(self) -> None:
        """Emit ``chosen`` for an article that is selected alone, once keys and buttons rest."""
        row = self._articles.row(self.selected_alone())
        if self._quiet or self._pressed or row is None or row.id == self._current:
            return
        at_once = not self._resting.isActive()
        self._resting.start()
        if at_once:
            self._choose()

    def _choose(self) -> None:
        self._open_row(self.selected_alone())

    def _open_row(self, number: int) -> None:
        row = self._articles.row(number)
        if row is not None and row.id != self._current:
            self.point_at(number)  # another row is the current one if its check mark was removed
            self._current = row.id
            self.chosen.emit(row.id)

    def read(self) -> None:
        """Open the current article and move the focus to its page."""
        self._resting.stop()
        self._open_row(self.currentIndex().row())
        if self._current is not None:
            self.activated_article.emit(self._current)

    def row_beginning(self, title: str, start: int, *, back: bool = False) -> int | None:
        """Return the next row from a row on whose title begins so, None if there is none."""
        here = self._articles.row(start)
        id = self._articles.listing.beginning(title, here.id if here else 0, back=back)
        return None if id is None else self._articles.row_of(id, start)

    def read_at(self, row: int) -> None:
        """Select a row alone, and read its article."""
        self._go_to(row)
        self.read()

    def end_several(self) -> None:
        """Select only the open article again, nothing if it is not in the list."""
        if self._current is None or not self.select(self._current):
            self._clear_current()

    # ---- Qt

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keep Qt from selecting the first row if there is no current one."""
        had_one = self.currentIndex().isValid()
        self._quiet, quiet = True, self._quiet
        super().focusInEvent(event)
        if not had_one:
            self.selectionModel().clear()
        self._quiet = quiet

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Select a row; it is opened by the release, since it may be dragged."""
        self._pressed = event.button() is Qt.MouseButton.LeftButton
        super().mousePressEvent(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Open the row that was pressed."""
        super().mouseReleaseEvent(event)
        self._pressed = False
        self._settle()

    def dragged(self) -> QMimeData:
        """Return the selected articles for other programs and other parts of the window."""
        ids = self.selected_ids()
        return data_of(ids, self._library.texts.addresses(ids), self.files)

    def startDrag(self, actions: Qt.DropAction) -> None:
        """Drag the selected rows; if it is one, the open article is selected again."""
        super().startDrag(actions)
        self._pressed = False
        if not self.several:
            self.end_several()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open with Enter, end several with Esc; leave letters to the shortcuts of the window."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.read()
        elif event.key() == Qt.Key.Key_Escape and self.several:
            self.end_several()
        elif event.text().strip() and not control:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def paint_row(self, painter: QPainter, area: QRect, row: int) -> None:
        """Paint a row."""
        selected = self.is_selected(row)
        state = RowState(
            number=row + 1,
            selected=selected,
            hovered=row == self.hovered,
            focused=self.by_keys and self.has_keyboard() and row == self.currentIndex().row(),
            checked=selected if self._has_boxes else None,
            direction=self.layoutDirection(),
        )
        index = self._articles.index(row, 0)
        shown = self._articles.data(index, ROW)
        self._painter.paint(painter, area, shown if isinstance(shown, Row) else None, state)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the rows, or a hint if there are none."""
        self._has_boxes = self.several
        super().paintEvent(event)
        if self._articles.rowCount():
            return
        painter = QPainter(self.viewport())
        text = hint_of(self.query, self.key_of)
        paint_message(painter, self.viewport().rect(), text, self._painter.theme, self.font())
