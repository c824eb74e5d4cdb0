"""The first page of the window: files and folders to choose, and the earlier imports."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader.exchange_phrases import OUTCOMES, PROGRAMS
from reader.gui.importing.labels import wrapped
from reader.gui.importing.sums import ORDER
from reader.gui.widgets.day_list import DayEntry, DayList
from reader.gui.widgets.return_key import press_by_return

if TYPE_CHECKING:
    from reader.importing.reports import ImportReport

_SIDE = 24  # pixels
_NARROW = 420
_LEAST_LIST = 150
_ALL = 10_000  # times the space below, which there is without a list
_INVITATION = (
    "Choose the file or the folder that another program exported, or drop it anywhere on Reader. "
    "Nothing is changed before you have seen what will come of it."
)
_NONE = "Nothing was imported yet."


class StartPage(QWidget):
    """Buttons for files and folders, and the list; ``opened`` carries the key of a report."""

    files_wanted = Signal()
    folder_wanted = Signal()
    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("importPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.files, self.folder = QPushButton("Choose &Files…"), QPushButton("Choose F&older…")
        self.files.setObjectName("primary")
        for button in (self.files, self.folder):
            press_by_return(button)
        self.list = DayList("Earlier imports")
        self.none = wrapped("hint", "Looking for earlier imports…")
        self._programs = wrapped("importNote", PROGRAMS)
        self._lay_out()
        self.files.clicked.connect(self.files_wanted)
        self.folder.clicked.connect(self.folder_wanted)
        self.list.opened.connect(self._open)

    def _lay_out(self) -> None:
        self._buttons = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._buttons.setSpacing(8)
        self._buttons.addWidget(self.files)
        self._buttons.addWidget(self.folder)
        line = QHBoxLayout()
        line.addLayout(self._buttons)
        line.addStretch(1)
        head = QVBoxLayout()
        head.setContentsMargins(_SIDE, 20, _SIDE, 16)
        head.setSpacing(12)
        head.addWidget(wrapped("importName", "Import from another program"))
        head.addWidget(wrapped("hint", _INVITATION))
        head.addLayout(line)
        head.addWidget(self._programs)
        below = QFrame()
        below.setObjectName("importEarlier")
        listed = QVBoxLayout(below)
        listed.setContentsMargins(0, 12, 0, 0)
        listed.setSpacing(4)
        title = wrapped("importHeading", "Earlier imports")
        title.setContentsMargins(_SIDE, 0, _SIDE, 0)
        self.none.setContentsMargins(_SIDE, 0, _SIDE, 12)
        listed.addWidget(title)
        listed.addWidget(self.none)
        listed.addWidget(self.list, _ALL)
        listed.addStretch(1)
        self.list.setMinimumHeight(_LEAST_LIST)
        self.list.hide()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(below, 1)

    def show_reports(self, reports: "Sequence[ImportReport]") -> None:
        """Show the earlier imports, the newest first."""
        self.list.show_entries([entry(report) for report in reports])
        self.list.setVisible(bool(reports))
        self.none.setText(_NONE)
        self.none.setVisible(not reports)
        if reports:
            self.list.select_first()

    def show_trouble(self, text: str) -> None:
        """Show why the earlier imports cannot be listed."""
        self.list.hide()
        self.none.setText(text)
        self.none.show()

    def _open(self, key: object) -> None:
        if isinstance(key, str) and key:
            self.opened.emit(key)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the buttons below each other in a narrow window."""
        super().resizeEvent(event)
        direction = QBoxLayout.Direction
        narrow = self.width() < _NARROW
        self._buttons.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)


def entry(report: "ImportReport") -> DayEntry:
    """Return a report as an entry of the list: its files, and its figures."""
    name, more = (report.names or ("?",))[0], len(report.names) - 1
    others = f" and {more:,} more" if more > 0 else ""
    counts = report.sums()
    figures = [
        f"{count:,} {OUTCOMES[outcome]}" for outcome in ORDER if (count := counts.get(outcome, 0))
    ]
    return DayEntry(report.key, report.made_at, f"{name}{others}", " · ".join(figures))
