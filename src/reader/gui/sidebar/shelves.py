"""The sidebar: six fixed shelves, saved searches, tags, sites and languages."""

from PySide6.QtCore import (
    QAbstractListModel,
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QDragEnterEvent,
    QDragLeaveEvent,
    QDragMoveEvent,
    QDropEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtWidgets import QFrame, QListView, QWidget

from reader.gui.list.row_drag import ARTICLES, dragged_ids
from reader.gui.sidebar.drop import takes
from reader.gui.sidebar.lines import ALL_SITES, Line, Shelf, lines
from reader.gui.sidebar.row import LINE, ShelfDelegate
from reader.gui.widgets.plain_text import tip
from reader.model import Counts, Theme
from reader.settings import Settings

_MENU_INSET = 43
Index = QModelIndex | QPersistentModelIndex


class Shelves(QListView):
    """A list of shelves with their counts; ``chosen`` carries the selected Shelf.

    ``all_sites`` is emitted if the user wants to see all sites. ``menu_wanted`` asks for the
    context menu of a Line, at a position on the screen. ``dropped`` carries the ids of
    articles and the Shelf that they were dropped on.
    """

    chosen = Signal(object)
    all_sites = Signal()
    menu_wanted = Signal(QPoint, object)
    folds_changed = Signal()
    dropped = Signal(list, object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Model(self)
        self._delegate = ShelfDelegate(self)
        self._counts = Counts()
        self._shelf: Shelf | None = None
        self._site = ""
        self._contents: tuple[Counts, frozenset[str], str] | None = None
        self.folded = set(Settings().folded)
        self.hovered = -1
        self.target = -1
        self._is_lit = True
        self._set_up()
        self.entered.connect(self._hover)
        self.viewportEntered.connect(lambda: self._hover(QModelIndex()))
        self.activated.connect(lambda index: self._act(index.row()))
        self._fill()
        self.selectionModel().currentChanged.connect(self._changed)

    def _set_up(self) -> None:
        self.setModel(self._model)
        self.setItemDelegate(self._delegate)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setMouseTracking(True)
        self.setAcceptDrops(True)
        self.setViewportMargins(0, 8, 0, 0)
        self.setObjectName("shelves")
        self.setAccessibleName("Shelves")

    # ---- contents

    def set_counts(self, counts: Counts) -> None:
        """Show the counts and tags of the library, and keep the selection."""
        self._counts = counts
        self._fill()

    @property
    def counts(self) -> Counts:
        """The counts that are shown."""
        return self._counts

    def set_theme(self, theme: Theme) -> None:
        """Set the theme."""
        self._delegate.theme = theme
        self.viewport().update()

    @property
    def colours(self) -> Theme:
        """The colours of the theme."""
        return self._delegate.theme

    def shelf(self) -> Shelf | None:
        """Return the selected shelf, None before the first one, or while a search is shown."""
        return self._shelf if self._is_lit else None

    def show_search(self, question: str) -> None:
        """Select no shelf while a search is shown, unless it is that of the selected shelf."""
        if self._shelf is None or self._shelf.question != question:
            self._is_lit = False
            self.setCurrentIndex(QModelIndex())
            self.viewport().update()

    def end_search(self) -> None:
        """Select the shelf again that was selected before a search."""
        self._is_lit = True
        row = self._model.row(self._shelf.key) if self._shelf is not None else None
        self.selectionModel().blockSignals(True)
        self.setCurrentIndex(self._model.index(row) if row is not None else QModelIndex())
        self.selectionModel().blockSignals(False)
        self.viewport().update()

    def select(self, key: str) -> None:
        """Select a shelf by its key, and unfold the lines above it; ignore unknown keys."""
        if key.startswith("site:"):
            self._site = key.removeprefix("site:")
        before = len(self.folded)
        self._unfold(key)
        self._fill()
        if len(self.folded) != before:
            self.folds_changed.emit()
        row = self._model.row(key)
        if row is not None:
            self.setCurrentIndex(self._model.index(row))

    def all_but_tags(self) -> list[Shelf]:
        """Return all shelves except tags: fixed ones, saved searches, sites and languages."""
        untagged = lines(self._counts._replace(tags=()), ())
        return [line.shelf for line in untagged if line.shelf is not None]

    def set_folded(self, key: str, folded: bool) -> None:
        """Fold or unfold a line."""
        (self.folded.add if folded else self.folded.discard)(key)
        self._fill()
        self.folds_changed.emit()

    def place_of_menu(self) -> QPoint:
        """Return the position of a menu of the current line, on the screen."""
        area = self.visualRect(self.currentIndex())
        inside = area.adjusted(_MENU_INSET, 0, -_MENU_INSET, 0)
        corner = inside.bottomRight() if self.isRightToLeft() else inside.bottomLeft()
        return self.viewport().mapToGlobal(corner)

    def _fill(self) -> None:
        """Update the lines, and keep the current one and the scroll position."""
        contents = (self._counts, frozenset(self.folded), self._site)
        if contents == self._contents:
            return
        self._contents = contents
        line, top = self._model.line(self.currentIndex().row()), self.verticalScrollBar().value()
        self.selectionModel().blockSignals(True)
        if self._model.set_lines(lines(self._counts, self.folded, self._site)) and line:
            row = self._model.row(line.key)
            if row is None and self._shelf is not None:
                row = self._model.row(self._shelf.key)
            self.setCurrentIndex(self._model.index(row) if row is not None else QModelIndex())
            self.verticalScrollBar().setValue(top)
        self.selectionModel().blockSignals(False)
        shown = self._model.line(self._model.row(self._shelf.key) or 0) if self._shelf else None
        if shown is not None and self._shelf is not None and shown.key == self._shelf.key:
            self._shelf = shown.shelf
        self.viewport().update()

    def _unfold(self, key: str) -> None:
        """Unfold the section of a shelf, and the tags around a nested tag."""
        kind, _, name = key.partition(":")
        section = {"tag": "tags", "site": "sites", "language": "languages", "saved": "saved"}
        self.folded.discard(f"section:{section.get(kind, '')}")
        for at, sign in enumerate(name):
            if kind == "tag" and sign == "/":
                self.folded.discard(f"tag:{name[:at]}")

    # ---- input

    def _changed(self, current: QModelIndex, _previous: QModelIndex) -> None:
        line = self._model.line(current.row())
        if line is not None and line.shelf is not None:
            self._shelf, self._is_lit = line.shelf, True
            self.chosen.emit(line.shelf)

    def _act(self, row: int) -> None:
        """Activate a line that is not a shelf."""
        line = self._model.line(row)
        if line is None:
            return
        if line.key == ALL_SITES:
            self.all_sites.emit()
        elif line.shelf is None:
            self.set_folded(line.key, not line.folded)

    def _fold_or_go(self, *, fold: bool) -> None:
        """Fold or unfold the current line; if it cannot be folded, go to the line around it."""
        row = self.currentIndex().row()
        line = self._model.line(row)
        if line is None:
            return
        if line.folded is (not fold):
            self.set_folded(line.key, fold)
        elif fold:
            above = self._model.above(row)
            if above is not None:
                self.setCurrentIndex(self._model.index(above))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Fold with Left, unfold with Right; leave letters to the shortcuts of the window."""
        if event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold_or_go(fold=event.key() == Qt.Key.Key_Left)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._act(self.currentIndex().row())
        elif event.text().strip() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Fold at the arrow of a line, or anywhere on a heading."""
        at = event.position().toPoint()
        index = self.indexAt(at)
        line = self._model.line(index.row())
        if line is None or event.button() != Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
        elif line.shelf is None:
            self._act(index.row())
        elif line.folded is not None and self._delegate.is_arrow(self.visualRect(index), line, at):
            self.set_folded(line.key, not line.folded)
        else:
            super().mousePressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Request the menu of the line under the pointer, or of the current one by key."""
        by_key = event.reason() is QContextMenuEvent.Reason.Keyboard
        index = self.currentIndex() if by_key else self.indexAt(event.pos())
        line = self._model.line(index.row())
        if line is None:
            return
        if line.shelf is not None:
            self.setCurrentIndex(index)
        self.menu_wanted.emit(self.place_of_menu() if by_key else event.globalPos(), line)

    # ---- articles that are dragged here

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Accept articles; leave files and text to the window."""
        if event.mimeData().hasFormat(ARTICLES):
            event.acceptProposedAction()
        else:
            self.window().dragEnterEvent(event)

    def dragMoveEvent(self, event: QDragMoveEvent) -> None:
        """Show the shelf that would take the articles."""
        if not event.mimeData().hasFormat(ARTICLES):
            event.acceptProposedAction()
            return
        row = self.indexAt(event.position().toPoint()).row()
        line = self._model.line(row)
        self._aim(row if line is not None and takes(line.shelf) else -1)
        if self.target >= 0:
            event.acceptProposedAction()
        else:
            event.ignore()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Show no shelf as the target."""
        self._aim(-1)

    def dropEvent(self, event: QDropEvent) -> None:
        """Put the articles on the shelf under the pointer."""
        self._aim(-1)
        line = self._model.line(self.indexAt(event.position().toPoint()).row())
        ids = dragged_ids(event.mimeData())
        if not event.mimeData().hasFormat(ARTICLES):
            self.window().dropEvent(event)
        elif ids and line is not None and takes(line.shelf):
            event.acceptProposedAction()
            self.dropped.emit(ids, line.shelf)

    def _aim(self, row: int) -> None:
        if row != self.target:
            self.target = row
            self.viewport().update()

    def _hover(self, index: QModelIndex) -> None:
        self.hovered = index.row()
        self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Remove the highlight."""
        super().leaveEvent(event)
        self._hover(QModelIndex())


class _Model(QAbstractListModel):
    """The lines."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self._lines: list[Line] = []
        self._rows: dict[str, int] = {}

    def set_lines(self, lines: list[Line]) -> bool:
        """Set the lines; return False if only counts have changed."""
        keys = {line.key: row for row, line in enumerate(lines)}
        if keys == self._rows:
            self._lines = lines
            return False
        self.beginResetModel()
        self._lines, self._rows = lines, keys
        self.endResetModel()
        return True

    def line(self, row: int) -> Line | None:
        return self._lines[row] if 0 <= row < len(self._lines) else None

    def row(self, key: str) -> int | None:
        return self._rows.get(key)

    def above(self, row: int) -> int | None:
        """Return the row of the tag or heading around a line, None if there is none."""
        line = self._lines[row]
        for number in range(row - 1, -1, -1):
            other = self._lines[number]
            if other.shelf is None or other.depth < line.depth:
                return number if other.folded is not None else None
        return None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        return 0 if parent.isValid() else len(self._lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        line = self.line(index.row())
        if line is None or role == LINE:
            return line
        if role == Qt.ItemDataRole.DisplayRole:
            return line.title
        if role == Qt.ItemDataRole.ToolTipRole:
            return line.shelf and tip(line.shelf.question or line.shelf.title)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return _accessible_text(line)
        return None


def _accessible_text(line: Line) -> str:
    """Return the text of a line for screen readers."""
    if line.shelf is None:
        return line.title if line.folded is None else f"{line.title}, {_folds(line)}"
    count = "" if line.shelf.question else f", {line.articles}"
    return f"{line.shelf.title}{count}" + (f", {_folds(line)}" if line.folded is not None else "")


def _folds(line: Line) -> str:
    return "folded" if line.folded else "unfolded"
