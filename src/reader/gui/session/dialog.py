"""The dialog before a session: its minutes, and the articles to read in them."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialogButtonBox,
    QHBoxLayout,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.gui.list.row import ROW, plain, title_of
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.stepper import Stepper
from reader.library.session import Pick, minutes_of
from reader.model import Row
from reader.settings import MINUTES_RANGE


class SessionDialog(Dialog):
    """The articles that ``pick`` returns for the minutes are checked; others follow unchecked."""

    def __init__(
        self, minutes: int, pick: Callable[[int], Pick], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Reading Session")
        self._pick = pick
        self.minutes = Stepper(MINUTES_RANGE, 5)
        self.minutes.setKeyboardTracking(True)
        self.minutes.setValue(minutes)
        self.minutes.setAccessibleName("Minutes")
        self.minutes.selectAll()
        self.list = QListWidget()
        self.list.setAccessibleName("Articles of the session")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._sum = Label()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        role = QDialogButtonBox.ButtonRole.AcceptRole
        self.start = self.buttons.addButton("Start Reading", role)
        self._lay_out()
        self.start.setDefault(True)  # only works in the dialog; otherwise Enter would cancel
        self.minutes.valueChanged.connect(self._fill)
        self.list.itemChanged.connect(lambda _: self._add_up())
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        self._fill()

    def rows(self) -> list[Row]:
        """Return the checked articles, in order."""
        checked = Qt.CheckState.Checked
        return [item.data(ROW) for item in self._items() if item.checkState() is checked]

    @property
    def length(self) -> int:
        """The minutes that the user has."""
        return round(self.minutes.value())

    def text(self) -> str:
        """Return the text of the sum."""
        return self._sum.text()

    def _lay_out(self) -> None:
        question = QHBoxLayout()
        for part in (Label("I have"), self.minutes, Label("minutes to read")):
            question.addWidget(part)
        question.addStretch(1)
        foot = QHBoxLayout()
        foot.addWidget(self._sum, 1)
        foot.addWidget(self.buttons)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(18, 16, 18, 14)
        layout.setSpacing(12)
        layout.addLayout(question)
        layout.addWidget(self.list)
        layout.addLayout(foot)
        self.resize(520, 420)

    def _fill(self) -> None:
        picked = self._pick(self.length)
        self.list.blockSignals(True)
        self.list.clear()
        for rows, state in (
            (picked.rows, Qt.CheckState.Checked),
            (picked.also, Qt.CheckState.Unchecked),
        ):
            for row in rows:
                self.list.addItem(_item(row, state))
        if self.list.count():
            self.list.setCurrentRow(0)
        self.list.blockSignals(False)
        self._add_up()

    def _add_up(self) -> None:
        rows = self.rows()
        total = sum(map(minutes_of, rows))
        over = total - self.length
        text = f"{phrases.plural(len(rows), 'article')} · {phrases.duration(60 * total)}"
        if not self.list.count():
            text = "Nothing in the queue fits."
        elif not rows:
            text = "Check the articles you want to read."
        elif over > 0:
            text += f", {over} more than you have"
        self._sum.setText(text)
        self.start.setEnabled(bool(rows))

    def _items(self) -> list[QListWidgetItem]:
        return [self.list.item(index) for index in range(self.list.count())]


def _item(row: Row, state: Qt.CheckState) -> QListWidgetItem:
    time = phrases.time_left(row.words, row.progress)
    source = plain(row.source)
    details = " · ".join(filter(None, (time, source)))
    item = QListWidgetItem(f"{title_of(row.title)}\n{details}")
    item.setFlags(
        Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemIsUserCheckable
    )
    item.setCheckState(state)
    item.setData(ROW, row)
    return item
