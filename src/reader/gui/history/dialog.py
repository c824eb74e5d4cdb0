"""The history as a dialog: all steps by day, the changes of the selected one, and undoing it."""

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.document.direction import isolated
from reader.gui.history.history import History
from reader.gui.history.step_page import StepPage, in_words
from reader.gui.jobs.jobs import Job, Jobs
from reader.gui.widgets.day_list import DayEntry, DayList
from reader.gui.widgets.dialogs import Dialog, room_for
from reader.gui.widgets.layouts import NO_LIMIT
from reader.gui.widgets.plain_text import Label
from reader.library.library import Library
from reader.progress import Report
from reader.steps import Dependents, Entry, Standing, Touched, Wanted

_PAGE, _LONGEST_PAGE = 200, 5000
_TYPING_MS, _PASSING_MS = 200, 60
_NARROW, _LIST, _LEAST_LIST = 720, 340, 190  # pixels
_RULE = 1  # the line between the parts, in the colour of what lies behind them
_NOTHING = "Nothing was changed yet. What you change appears here, and can be undone."
_NOT_FOUND = "No step has these words."


class HistoryDialog(Dialog):
    """A list of all steps, and a page with the changes of the selected one.

    ``article`` is the id of an article: the list then shows only its steps. ``article_chosen``
    carries the id of an article to open.
    """

    article_chosen = Signal(int)

    def __init__(
        self,
        library: Library,
        jobs: Jobs,
        history: History,
        article: int = 0,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("History")
        self._library, self._jobs, self._history = library, jobs, history
        self._article = article
        self._entries: dict[str, Entry] = {}
        self._is_over = False
        self._number = 0
        self._reading: Job | None = None
        self.list = DayList("Steps")
        self.page = StepPage()
        self.search = QLineEdit()
        self.only = QToolButton()
        self.empty = Label(_NOTHING)
        self.note = Label()
        self.turn = QPushButton("&Undo This Step")
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._passing = QTimer(self, singleShot=True, interval=_PASSING_MS)
        self._lay_out()
        self._connect()
        self._show_only()
        self.read_again()
        self.list.setFocus()

    @property
    def entry(self) -> Entry | None:
        """The selected entry, None if none is selected."""
        return self._entries.get(self.list.current_key() or "")

    # ---- the parts

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._head())
        ruled = QFrame()
        ruled.setObjectName("ruled")
        parts = self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, ruled)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(_RULE)
        parts.addWidget(self.list)
        parts.addWidget(self.page, 1)
        layout.addWidget(ruled, 1)
        layout.addWidget(self.empty, 1)
        self._ruled = ruled
        layout.addWidget(self._foot())
        self.empty.setObjectName("hint")
        self.empty.setWordWrap(True)
        self.empty.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.empty.setMargin(24)
        self.empty.hide()
        self.resize(960, 664)

    def _head(self) -> QWidget:
        head = QWidget()
        head.setObjectName("historyHead")
        head.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        row = QHBoxLayout(head)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.search.setPlaceholderText("Find a step or a title")
        self.search.setAccessibleName("Find a step or a title")
        self.search.setClearButtonEnabled(True)
        self.only.setObjectName("tagChip")
        row.addWidget(self.search, 1)
        row.addWidget(self.only)
        return head

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("foot")
        row = QHBoxLayout(foot)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        self.note.setObjectName("hint")
        self.note.setWordWrap(True)
        self.turn.setObjectName("primary")
        self.turn.setAutoDefault(False)
        close = QPushButton("&Close")
        close.setAutoDefault(False)
        close.clicked.connect(self.reject)
        row.addWidget(self.note, 1)
        row.addWidget(close)
        row.addWidget(self.turn)
        return foot

    def _connect(self) -> None:
        self._typing.timeout.connect(self._find)
        self._passing.timeout.connect(self._read_entry)
        self.search.textChanged.connect(lambda _: self._typing.start())
        self.only.clicked.connect(self._show_all)
        self.list.chosen.connect(lambda _: self._show_entry())
        self.list.more_wanted.connect(self._read_more)
        self.page.more_wanted.connect(self._read_details)
        self.page.article_chosen.connect(self._open_article)
        self.turn.clicked.connect(self._turn)
        self._history.changed.connect(self.read_again)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Undo or redo the selected step by Return in the list; elsewhere Return does not."""
        is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_return and self.list.hasFocus():
            self.turn.click()
        else:
            super().keyPressEvent(event)

    def fit(self) -> None:
        """Fit the dialog to its screen, arranged as it will be there."""
        self._arrange(min(self.width(), room_for(self).width()))
        super().fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the parts for another width."""
        super().resizeEvent(event)
        self._arrange(self.width())

    def _arrange(self, width: int) -> None:
        """Put the list above the page in a narrow window."""
        is_narrow, direction = width < _NARROW, QBoxLayout.Direction
        self._parts.setDirection(direction.TopToBottom if is_narrow else direction.LeftToRight)
        self.list.setMinimumWidth(0 if is_narrow else _LIST)
        self.list.setMaximumWidth(NO_LIMIT if is_narrow else _LIST)
        self.list.setMaximumHeight(_LEAST_LIST if is_narrow else NO_LIMIT)

    def done(self, result: int) -> None:
        """Listen to no more jobs."""
        self._is_over = True
        self._typing.stop()
        self._passing.stop()
        super().done(result)

    def _background(self, work: Callable[[Report], Any], then: Callable[[Any], None]) -> Job:
        """Run a query in the background; forget its result once the dialog is closed."""

        def show(result: Any) -> None:
            if not self._is_over:
                then(result)

        return self._jobs.start("", work, show, self._tell)

    # ---- the list

    def read_again(self) -> None:
        """Read all entries that are shown again, at least a page."""
        if self._is_over:
            return
        self._number += 1
        if self._reading is not None:
            self._reading.stop()
        wanted = self._wanted()._replace(limit=max(_PAGE, len(self._entries)))
        then = partial(self._show_page, self._number, wanted.limit)
        self._reading = self._background(partial(self._library.history.steps, wanted), then)

    def _find(self) -> None:
        """Show the first page of other entries."""
        self._entries = {}
        self.read_again()

    def _wanted(self, after: str = "") -> Wanted:
        words = self.search.text()
        return Wanted(words=words, article=self._article, after=after, limit=_PAGE)

    def _read_more(self) -> None:
        shown = self.list.entries()
        # Qt places all rows again for each page, so the pages grow with their number.
        limit = min(max(_PAGE, len(shown) // 4), _LONGEST_PAGE)
        wanted = self._wanted(shown[-1].key if shown else "")._replace(limit=limit)
        then = partial(self._show_more, self._number, limit)
        self._background(partial(self._library.history.steps, wanted), then)

    def _show_page(self, number: int, limit: int, entries: list[Entry]) -> None:
        if number != self._number:  # other words were typed in the meantime
            return
        self._entries = {entry.mark: entry for entry in entries}
        self.list.show_entries([*map(_row, entries)], has_more=len(entries) == limit)
        if self.entry is None:
            self.list.select_first()
        else:
            self._show_entry()
        self.empty.setText(_NOT_FOUND if self.search.text().strip() else _NOTHING)
        self.empty.setVisible(not entries)
        self._ruled.setVisible(bool(entries))
        if not entries:
            self.turn.setEnabled(False)
            self.note.setText("")

    def _show_more(self, number: int, limit: int, entries: list[Entry]) -> None:
        if number == self._number:
            self._entries |= {entry.mark: entry for entry in entries}
            self.list.more([*map(_row, entries)], has_more=len(entries) == limit)

    # ---- the selected step

    def _show_entry(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self.page.show_entry(entry)
        self.turn.setEnabled(False)
        is_done = entry.standing is not Standing.UNDONE
        self.turn.setText("&Undo This Step" if is_done else "&Redo This Step")
        self.note.setText(in_words(entry))
        self._passing.start()  # whoever passes through the list sees no changes

    def _read_entry(self) -> None:
        entry = self.entry
        if entry is None:
            return
        self._read_details()
        if entry.standing is not Standing.EVENT:
            history = self._library.history
            show = partial(self._show_dependents, entry)
            self._background(lambda _: history.dependents(entry.id), show)

    def _read_details(self) -> None:
        entry = self.entry
        if entry is not None:
            start = self.page.count()
            history = self._library.history
            show = partial(self._show_details, entry, start)
            self._background(lambda _: history.details(entry, start, _PAGE), show)

    def _show_details(self, entry: Entry, start: int, found: list[Touched]) -> None:
        if entry == self.entry and start == self.page.count():
            self.page.add(found, has_more=len(found) == _PAGE)

    def _show_dependents(self, entry: Entry, found: Dependents) -> None:
        if entry != self.entry:
            return
        from reader import step_phrases

        word = "Undo" if entry.standing is Standing.DONE else "Redo"
        self.turn.setEnabled(found.free > 0)
        part = f" {found.free:,} of {found.total:,}" if not found.is_whole and found.free else ""
        self.turn.setText(f"&{word}{part}" if part else f"&{word} This Step")
        self.turn.setProperty("part", bool(part))
        self.note.setText("" if found.is_whole else f"{step_phrases.later(found)}.")

    def _turn(self) -> None:
        entry = self.entry
        if entry is not None:
            self.list.setFocus()  # a button that is disabled would hand it on to any other
            self.turn.setEnabled(False)
            part = bool(self.turn.property("part"))
            self._history.turn_step(entry, self._tell, part=part)

    def _tell(self, error: Exception) -> None:
        if not self._is_over:
            self.note.setText(str(error))

    # ---- articles

    def _open_article(self, id: int) -> None:
        self.accept()
        self.article_chosen.emit(id)

    def _show_only(self) -> None:
        title = ""
        if self._article:
            rows = self._library.rows_of([self._article])
            title = phrases_of_title(rows[0].title)
        self.only.setText(isolated(f"Only “{isolated(title)}”  ✕"))
        self.only.setAccessibleName(f"Show the steps of all articles, not only of “{title}”")
        self.only.setVisible(bool(self._article))

    def _show_all(self) -> None:
        self._article = 0
        self.only.hide()
        self.list.setFocus()
        self._find()


_LONGEST_TITLE = 24


def phrases_of_title(title: str) -> str:
    """Return a title that is short enough for a button."""
    kept = " ".join(title.split()) or "Untitled"
    return kept if len(kept) <= _LONGEST_TITLE else f"{kept[:_LONGEST_TITLE].rstrip()}…"


def _row(entry: Entry) -> DayEntry:
    """Return an entry as a row of the list."""
    is_undone = entry.standing is Standing.UNDONE
    state = {Standing.UNDONE: "undone", Standing.EVENT: "cannot be undone"}.get(entry.standing, "")
    detail = " · ".join(filter(None, (_count(entry), state)))
    return DayEntry(
        entry.mark, entry.at, phrases.step(entry.label), detail,
        mark="undo" if is_undone else "", meaning="", faded=entry.standing is not Standing.DONE,
    )  # fmt: skip


def _count(entry: Entry) -> str:
    return phrases.plural(entry.size, "change") if entry.size > 1 else ""
