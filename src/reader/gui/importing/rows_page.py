"""All rows of an import, by their outcomes."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.gui.importing.row_list import RowList
from reader.gui.importing.sums import ORDER, Sums, words
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.return_key import press_by_return
from reader.model import Theme
from reader.outcomes import ImportRow, Outcome

PROBLEMS = "problems"


class RowsPage(QWidget):
    """A list of rows with a choice of outcomes; ``back_wanted`` leads to the page before."""

    back_wanted = Signal()

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("importRowsPage")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.back = QPushButton("‹ Back")
        self.back.setAccessibleName("Back to the figures")
        self.back.setObjectName("linkButton")
        press_by_return(self.back)
        self.which = QComboBox()
        self.which.setAccessibleName("Rows")
        self.which.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.list = RowList(colours)
        self.none = Label("There is no such row.")
        self.none.setObjectName("hint")
        self._sums: Sums | None = None
        line = QHBoxLayout()
        line.setContentsMargins(17, 12, 24, 12)
        line.addWidget(self.back)
        line.addStretch(1)
        line.addWidget(self.which)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(line)
        layout.addWidget(self.list, 1)
        layout.addWidget(self.none)
        self.none.setContentsMargins(24, 0, 24, 24)
        self.back.clicked.connect(self.back_wanted)
        self.which.currentIndexChanged.connect(lambda _: self._show())

    def show_sums(self, sums: Sums, *, is_done: bool) -> None:
        """Offer the rows of a plan or a result; those that were chosen stay chosen."""
        before = self.which.currentData()
        self._sums = sums
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(f"{len(sums.problems):,} problems", PROBLEMS)
        for outcome in reversed(ORDER):
            count = sums.number_of(outcome)
            self.which.addItem(f"{count:,} {words(outcome, count, is_done=is_done)}", str(outcome))
        self.which.blockSignals(False)
        self._choose(before or PROBLEMS)
        self._show()

    def choose(self, which: str) -> None:
        """Show the rows with an outcome, or the problems, and give the list the keyboard."""
        self._choose(which)
        self._show()
        (self.list if self.list.count() else self.which).setFocus()

    def _choose(self, which: str) -> None:
        self.which.blockSignals(True)
        self.which.setCurrentIndex(max(0, self.which.findData(str(which))))
        self.which.blockSignals(False)

    def _rows(self) -> tuple[ImportRow, ...]:
        if self._sums is None:
            return ()
        which = self.which.currentData()
        return self._sums.problems if which == PROBLEMS else self._sums.rows[Outcome(which)]

    def _show(self) -> None:
        rows = self._rows()
        self.list.show_rows(rows)
        self.list.setVisible(bool(rows))
        self.none.setVisible(not rows)
