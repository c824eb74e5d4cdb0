"""The window of missing texts: how many, what becomes of them, and why some do not come."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QHBoxLayout,
    QPushButton,
    QTreeWidget,
    QTreeWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader.gui.failures.missing import Missing, counted, going_on, reason
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.flow_layout import Flow
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.return_key import press_by_return

_SIZE = (620, 520)
_MOST_SITES = 200
_IDS = Qt.ItemDataRole.UserRole


class MissingWindow(Dialog):
    """Shows what is missing.

    ``pause_wanted`` carries whether to pause, ``slow_wanted`` asks to fetch all that waits slowly;
    the others carry the ids of the chosen articles, or of all whose text does not come.
    """

    pause_wanted = Signal(bool)
    slow_wanted = Signal()
    archive_wanted = Signal(object)
    again_wanted = Signal(object)
    articles_wanted = Signal(object)

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self.setWindowTitle("Missing Texts")
        self.setObjectName("missing")
        self._missing: Missing | None = None
        self.count, self.state = Label(), Label()
        self.count.setObjectName("missingCount")
        self.state.setWordWrap(True)
        self.pause = QPushButton("Pause")
        self.slow = QPushButton("Fetch All Slowly")
        self.why = Label("These texts do not come by themselves any more:")
        self.why.setObjectName("importHeading")
        self.tree = QTreeWidget()
        self.archive = QPushButton("Look in the Internet Archive…")
        self.again = QPushButton("Try Again Slowly")
        self.show_them = QPushButton("Show in the List")
        self.close_button = QPushButton("Close")
        self._set_up()
        self._lay_out()
        self.resize(*_SIZE)

    def _set_up(self) -> None:
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(2)
        self.tree.setSelectionMode(QTreeWidget.SelectionMode.ExtendedSelection)
        self.tree.setAccessibleName("Texts that do not come, by reason and site")
        self.tree.setUniformRowHeights(True)
        self.tree.header().setStretchLastSection(False)
        self.tree.header().setSectionResizeMode(0, self.tree.header().ResizeMode.Stretch)
        self.tree.header().setSectionResizeMode(1, self.tree.header().ResizeMode.ResizeToContents)
        self.tree.itemSelectionChanged.connect(self._show_buttons)
        self.pause.clicked.connect(self._pause)
        self.slow.clicked.connect(self.slow_wanted)
        self.archive.clicked.connect(lambda: self.archive_wanted.emit(self.chosen()))
        self.again.clicked.connect(lambda: self.again_wanted.emit(self.chosen()))
        self.show_them.clicked.connect(lambda: self.articles_wanted.emit(self.chosen()))
        self.close_button.clicked.connect(self.accept)

    def _lay_out(self) -> None:
        ways, foot = Flow(8), QHBoxLayout()
        line = QHBoxLayout()
        for button in (self.pause, self.slow):
            line.addWidget(button)
        line.addStretch(1)
        for button in (self.archive, self.again, self.show_them):
            ways.addWidget(button)
        foot.addStretch(1)
        foot.addWidget(self.close_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 20, 20, 16)
        column.setSpacing(10)
        column.addWidget(self.count)
        column.addWidget(self.state)
        column.addLayout(line)
        column.addWidget(self.why)
        column.addWidget(self.tree, 1)
        column.addLayout(ways)
        column.addLayout(foot)
        for button in self.findChildren(QPushButton):
            button.setAutoDefault(False)
            press_by_return(button)

    def show_missing(self, missing: Missing, *, is_offline: bool, can_change: bool) -> None:
        """Show what is missing; without ``can_change`` the library is read-only."""
        before, self._missing = self._missing, missing
        self.count.setText(counted(missing.tally))
        self.state.setText(going_on(missing, is_offline=is_offline))
        self.state.setVisible(bool(self.state.text()))
        self.pause.setText("Resume" if missing.is_paused else "Pause")
        self.pause.setVisible(can_change and bool(missing.tally.slow))
        self.slow.setVisible(can_change and missing.tally.waiting > missing.tally.slow)
        if before is None or before.groups != missing.groups:
            self._fill(missing)
        for part in (self.why, self.tree, self.show_them):
            part.setVisible(bool(missing.groups))
        for button in (self.archive, self.again):
            button.setVisible(can_change and bool(missing.groups))
        self._show_buttons()

    def chosen(self) -> list[int]:
        """Return the ids of the chosen articles, of all if none is chosen."""
        items = self.tree.selectedItems() or self._tops()
        found = [id for item in items for id in item.data(0, _IDS)]
        return list(dict.fromkeys(found))

    def _tops(self) -> list[QTreeWidgetItem]:
        found = map(self.tree.topLevelItem, range(self.tree.topLevelItemCount()))
        return [item for item in found if item is not None]

    def _fill(self, missing: Missing) -> None:
        self.tree.clear()
        for group in missing.groups:
            top = _item(reason(group.kind), group.ids)
            for site in group.sites[:_MOST_SITES]:
                top.addChild(_item(site.name, site.ids))
            if rest := group.sites[_MOST_SITES:]:
                ids = tuple(id for site in rest for id in site.ids)
                top.addChild(_item(f"{len(rest):,} more sites", ids))
            self.tree.addTopLevelItem(top)
        if self.tree.topLevelItemCount() == 1:
            self.tree.expandAll()

    def _pause(self) -> None:
        if self._missing is not None:
            self.pause_wanted.emit(not self._missing.is_paused)

    def _show_buttons(self) -> None:
        """Tell how many articles the buttons are about."""
        count = len(self.chosen())
        self.archive.setText(f"Look in the Internet Archive ({count:,})…")


def _item(text: str, ids: tuple[int, ...]) -> QTreeWidgetItem:
    item = QTreeWidgetItem([text, f"{len(ids):,}"])
    item.setData(0, _IDS, ids)
    item.setTextAlignment(1, Qt.AlignmentFlag.AlignTrailing | Qt.AlignmentFlag.AlignVCenter)
    return item
