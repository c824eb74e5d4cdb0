"""A table in a window of its own: sorted, filtered, copied and saved."""

from PySide6.QtCore import QItemSelectionModel, QMimeData, QModelIndex, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QLineEdit,
    QMenu,
    QPushButton,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.body.excerpt import portable
from reader.body.to_html import to_html
from reader.gui.tables.model import TableModel
from reader.gui.tables.sheet import Extract, Sheet, link_of
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.messages import MessageBar
from reader.gui.widgets.plain_text import Label, caption

_SMALLEST, _LARGEST = QSize(560, 360), QSize(1200, 640)
_MARGIN = 16
_SAMPLE, _LEAST, _MOST, _PADDING = 120, 56, 340, 36
_MARKDOWN, _CSV = "text/markdown", "text/csv"


class Cells(QTableView):
    """The cells; the keys that leave a table lead on, and Return opens the link of a cell."""

    opened = Signal(QModelIndex)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the link of the current cell with Return."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit(self.currentIndex())
        else:
            super().keyPressEvent(event)


class TableWindow(Dialog):
    """Shows a sheet; a click on a head sorts by it: rising, falling, in the order of the article.

    ``save_wanted`` carries CSV, ``link_wanted`` the link of a cell.
    """

    save_wanted = Signal(str)
    link_wanted = Signal(str)

    def __init__(self, sheet: Sheet, title: str, *, rtl: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("table")
        self.setWindowFlags(Qt.WindowType.Window)
        self.setWindowTitle(title)
        self.model = TableModel(sheet)
        self.cells = Cells()
        self.cells.setModel(self.model)
        self.filter = QLineEdit(placeholderText="Filter the rows", clearButtonEnabled=True)
        self.filter.setAccessibleName("Filter the rows")
        self.count = Label()
        self.count.setObjectName("tableCount")
        self.natural = QPushButton("Original Order")
        self.copy_button = QPushButton("Copy")
        self.save = QPushButton("Save as CSV…")
        self.close_button = QPushButton("Close")
        if rtl:
            self.cells.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        self._set_up()
        self._lay_out()
        self.messages = MessageBar(self)
        self._fit_columns()
        self._show_count()
        self.resize(self._fitting())

    def _set_up(self) -> None:
        cells = self.cells
        cells.setObjectName("tableCells")
        cells.setAccessibleName(self.windowTitle())
        cells.setAlternatingRowColors(True)
        cells.setShowGrid(False)
        cells.setWordWrap(False)
        cells.setTabKeyNavigation(False)
        cells.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        for mode in (cells.setHorizontalScrollMode, cells.setVerticalScrollMode):
            mode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        cells.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        heads, numbers = cells.horizontalHeader(), cells.verticalHeader()
        heads.setSectionsClickable(True)
        heads.setSectionsMovable(True)
        heads.setHighlightSections(False)
        numbers.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        numbers.setHighlightSections(False)
        numbers.setDefaultSectionSize(cells.fontMetrics().height() + 14)
        heads.sectionClicked.connect(self.sort)
        cells.customContextMenuRequested.connect(self._open_menu)
        cells.opened.connect(self._open_link)
        cells.doubleClicked.connect(self._open_link)
        self.filter.textChanged.connect(self._filter)
        self.natural.setEnabled(False)
        self.natural.clicked.connect(lambda: self._sort(None))
        self.copy_button.setMenu(self._copies())
        self.save.clicked.connect(lambda: self.save_wanted.emit(self._chosen(named=True).as_csv()))
        self.close_button.clicked.connect(self.close)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Copy), cells, self.copy)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Find), self, self.filter.setFocus)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Save), self, self.save.click)
        for button in (self.natural, self.copy_button, self.save, self.close_button):
            button.setAutoDefault(False)

    def _lay_out(self) -> None:
        head, foot = QHBoxLayout(), QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.filter, 1)
        head.addWidget(self.count)
        head.addWidget(self.natural)
        foot.addWidget(self.copy_button)
        foot.addWidget(self.save)
        foot.addStretch()
        foot.addWidget(self.close_button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(_MARGIN, _MARGIN, _MARGIN, 12)
        layout.setSpacing(12)
        layout.addLayout(head)
        layout.addWidget(self.cells, 1)
        layout.addLayout(foot)

    def _fit_columns(self) -> None:
        """Make the columns as wide as the texts of the first lines, within bounds."""
        metrics, sheet = self.cells.fontMetrics(), self.model.sheet
        bold = self.cells.horizontalHeader().fontMetrics()
        for column, name in enumerate(sheet.names):
            texts = (line.texts[column][:60] for line in sheet.lines[:_SAMPLE])
            wide = max(map(metrics.horizontalAdvance, texts), default=0)
            wide = max(wide, bold.horizontalAdvance(name[:60]) + 16) + _PADDING
            self.cells.setColumnWidth(column, min(max(wide, _LEAST), _MOST))

    def _fitting(self) -> QSize:
        """Return the size of a window that shows the whole table, within bounds."""
        heads, numbers = self.cells.horizontalHeader(), self.cells.verticalHeader()
        bar = self.cells.verticalScrollBar().sizeHint().width()
        wide = numbers.sizeHint().width() + heads.length() + bar
        high = heads.sizeHint().height() + numbers.length() + bar
        around = self.sizeHint() - self.cells.sizeHint()
        wanted = QSize(wide + 2 * _MARGIN + 2, high + around.height())
        return wanted.expandedTo(_SMALLEST).boundedTo(_LARGEST)

    # ---- order and filter

    def sort(self, column: int) -> None:
        """Sort by a column: rising at first, then falling, then in the order of the article."""
        steps = {None: (column, False), (column, False): (column, True), (column, True): None}
        self._sort(steps.get(self.model.sorted_by, (column, False)))

    def _sort(self, by: tuple[int, bool] | None) -> None:
        current = self.cells.currentIndex().column()
        heads = self.cells.horizontalHeader()
        heads.setSortIndicatorShown(by is not None)
        if by is None:
            self.model.sort_by(None)
        else:
            ways = Qt.SortOrder
            heads.setSortIndicator(by[0], ways.DescendingOrder if by[1] else ways.AscendingOrder)
            self.model.sort_by(by[0], falling=by[1])
        self.natural.setEnabled(by is not None)
        self._begin(max(0, current))

    def _filter(self, words: str) -> None:
        self.model.filter(words)
        self._show_count()
        self._begin(max(0, self.cells.currentIndex().column()))

    def _begin(self, column: int) -> None:
        """Put the cursor into the first line."""
        flags = QItemSelectionModel.SelectionFlag.NoUpdate
        self.cells.selectionModel().setCurrentIndex(self.model.index(0, column), flags)

    def _show_count(self) -> None:
        shown, every = self.model.rowCount(), len(self.model.sheet.lines)
        rows = phrases.plural(every, "row")
        self.count.setText(rows if shown == every else f"{shown:,} of {rows}")

    # ---- copies

    def _copies(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction("Copy", self.copy)
        menu.addAction("Copy as CSV", lambda: self._put("CSV", _CSV, self._chosen().as_csv()))
        menu.addAction("Copy as Markdown", self._copy_markdown)
        return menu

    def copy(self) -> None:
        """Copy the selected cells, or all, as text with tabs and CSV; few also with their form."""
        chosen = self._chosen()
        data = QMimeData()
        data.setText(chosen.as_text())
        data.setData(_CSV, chosen.as_csv().encode())
        if not chosen.is_large:
            data.setHtml(to_html(portable(chosen.as_body())))
            data.setData(_MARKDOWN, chosen.as_markdown().encode())
        QGuiApplication.clipboard().setMimeData(data)
        self._tell(chosen, "")

    def _copy_markdown(self) -> None:
        self._put("Markdown", _MARKDOWN, self._chosen(named=True).as_markdown())

    def _put(self, name: str, kind: str, text: str) -> None:
        data = QMimeData()
        data.setText(text)
        data.setData(kind, text.encode())
        QGuiApplication.clipboard().setMimeData(data)
        self._tell(self._chosen(), f" as {name}")

    def _tell(self, chosen: Extract, form: str) -> None:
        rows = phrases.plural(len(chosen.lines) - chosen.head, "row")
        self.messages.tell(f"{rows} copied{form}.")

    def _chosen(self, *, named: bool = False) -> Extract:
        """Return the selected cells with their heads if ``named``; all of them if there are none.

        A selection of several pieces is the rectangle around it.
        """
        ranges = self.cells.selectionModel().selection().toList()
        visual = self.cells.horizontalHeader().visualIndex
        every = range(self.model.columnCount())
        if not ranges:
            rows, columns, named = list(range(self.model.rowCount())), list(every), True
        else:
            rows = sorted({row for each in ranges for row in range(each.top(), each.bottom() + 1)})
            within = {n for each in ranges for n in range(each.left(), each.right() + 1)}
            columns = [each for each in every if each in within]
            named = named or len(rows) == self.model.rowCount()
        return self.model.extract(rows, sorted(columns, key=visual), named=named)

    # ---- links

    def _open_link(self, index: QModelIndex) -> None:
        if link := self._link(index):
            self.link_wanted.emit(link)

    def _link(self, index: QModelIndex) -> str:
        if not index.isValid():
            return ""
        return link_of(self.model.line(index.row()).cells[index.column()].runs)

    def _open_menu(self, at: QPoint) -> None:
        index, menu = self.cells.indexAt(at), self._copies()
        menu.aboutToHide.connect(menu.deleteLater)
        if link := self._link(index):
            menu.addSeparator()
            menu.addAction(caption("Open Link"), lambda: self.link_wanted.emit(link))
        menu.popup(self.cells.viewport().mapToGlobal(at))
