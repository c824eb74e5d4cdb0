"""The window of the backups: their state, copies by day, and the difference of each."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QMenu,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from shiboken6 import isValid

from reader.errors import LibraryError
from reader.gui.backups import copies
from reader.gui.backups.copy_list import CopyList
from reader.gui.backups.details import CopyPage
from reader.gui.backups.head import StateHead
from reader.gui.backups.state import state_of
from reader.gui.context import Context
from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Job
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.layouts import NO_LIMIT, column, scrolled
from reader.library.backup.copy import Backlog, Copy, Difference
from reader.model import Theme
from reader.progress import Report

if TYPE_CHECKING:
    from reader.library.backup.backups import Backups

_LIST, _NARROW, _STACKED_LIST = 320, 700, 190  # pixels
_FOOT_NARROW = 560
_SIZE = (960, 664)
_RULE = 1  # the line between the parts, in the colour of what lies behind them
_NONE = (
    "A copy is made by itself after changes, at most every half hour, while nobody types or "
    "scrolls. “Back Up Now” makes one at once."
)
_LOOKING = "Looking for copies…"
_STOPPED = "The comparison was stopped."


class BackupsDialog(Dialog):
    """The copies of the library of a window.

    ``restore_wanted`` carries a copy and uids, ``whole_wanted`` a copy and its difference (None if
    that is not known); ``beside_wanted``, ``save_wanted`` and ``delete_wanted`` carry a copy.
    """

    restore_wanted = Signal(object, object)
    whole_wanted = Signal(object, object)
    beside_wanted = Signal(object)
    save_wanted = Signal(object)
    delete_wanted = Signal(object)

    def __init__(self, context: Context, colours: Callable[[], Theme]) -> None:
        super().__init__(context.window)
        self.setWindowTitle("Backups")
        self.setObjectName("backups")
        self._library, self._jobs = context.library, context.jobs
        self._settings = context.settings
        self._comparing: Job | None = None
        self._compared: dict[tuple[object, ...], Difference] = {}
        self._is_loaded = False
        self.head = StateHead(colours)
        self.list = CopyList(colours)
        self.page = CopyPage(colours)
        self.beside = QPushButton("Open Beside…")
        self.whole = QPushButton("Restore Whole Library…")
        self.restore = QPushButton("Restore")
        self._lay_out()
        self._connect()
        self._show_buttons()
        self.page.show_copy(None, time.time(), empty=_LOOKING)
        self.look()
        self.list.setFocus()

    @property
    def copy(self) -> Copy | None:
        """The chosen copy, None if there is none."""
        return self.list.copy

    # ---- setting up

    def _lay_out(self) -> None:
        ruled = QFrame()
        ruled.setObjectName("ruled")
        self._parts = QBoxLayout(QBoxLayout.Direction.LeftToRight, ruled)
        self._parts.setContentsMargins(0, 0, 0, 0)
        self._parts.setSpacing(_RULE)
        self._parts.addWidget(self.list)
        self._parts.addWidget(self.page, 1)
        middle = column(self.head)
        above = middle.layout()
        assert isinstance(above, QVBoxLayout)
        above.addWidget(ruled, 1)
        area = scrolled(middle)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it follows the part with the keyboard
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(area, 1)
        layout.addWidget(self._foot())
        JobsBar(self._jobs, over=self.list)
        self.setMinimumSize(400, 320)
        self.resize(*_SIZE)

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, foot)
        self._row.setContentsMargins(16, 12, 16, 12)
        self._row.setSpacing(8)
        self._row.addWidget(self.beside)
        self._row.addStretch(1)
        for button in (self.whole, self.restore):
            self._row.addWidget(button)
        for button in (self.beside, self.whole):
            button.setAutoDefault(False)
        self.restore.setDefault(True)
        return foot

    def _connect(self) -> None:
        self.list.chosen.connect(self._choose)
        self.list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.list.customContextMenuRequested.connect(self._show_menu)
        self.page.checked.connect(self._show_buttons)
        self.page.compare_wanted.connect(lambda: self._compare())
        self.page.stop_wanted.connect(self._stop)
        self._jobs.changed.connect(self._show_progress)
        self.restore.clicked.connect(lambda: self.restore_wanted.emit(self.copy, self.page.uids()))
        self.whole.clicked.connect(lambda: self.whole_wanted.emit(self.copy, self._known()))
        self.beside.clicked.connect(lambda: self.beside_wanted.emit(self.copy))

    # ---- looking for copies

    def look(self) -> None:
        """Read the copies and their state in the background, and show them."""

        def work(report: Report) -> tuple[list[Copy], Backlog]:
            backups = self._copies()
            return backups.all(report), backups.state()

        self._jobs.start("", work, self._if_there(self._show_copies), self._if_there(self._failed))

    def _show_copies(self, found: tuple[list[Copy], Backlog]) -> None:
        every, backlog = found
        library, now = self._library, time.time()
        is_damaged = library.is_damaged
        is_read_only = library.read_only and not is_damaged
        state = state_of(backlog, now, is_damaged=is_damaged, is_read_only=is_read_only)
        self.head.show_state(state, can_copy=not library.read_only, can_repair=is_damaged)
        before, self._is_loaded = self.copy, True
        self.list.show_copies(every, now)
        if not every:
            self.page.show_copy(None, now, empty=_NONE)
        elif before is not None and before == self.copy:
            self._compare(again=True)  # the library may have changed
        self._show_buttons()

    def _failed(self, error: Exception) -> None:
        self.page.show_copy(None, time.time(), empty=_sentence(error))
        self._show_buttons()

    # ---- comparing

    def _choose(self, copy: Copy | None) -> None:
        self.page.show_copy(copy, time.time(), empty=_NONE if self._is_loaded else _LOOKING)
        self._compare()

    def _compare(self, *, again: bool = False) -> None:
        """Compare the chosen copy with the library, unless that was done.

        If it is done ``again``, its last difference is shown meanwhile.
        """
        self._end_comparison()
        copy = self.copy
        if copy is None:
            return
        key = (copy.id, copy.file, self._library.version())
        if key in self._compared:
            self.page.show_difference(copy, self._compared[key])
            return
        if not again or self.page.list.rows.articles == ():
            self.page.show_comparing()

        def show(difference: Difference) -> None:
            self._compared[key] = difference
            if self.copy == copy:
                self._comparing = None
                self.page.show_difference(copy, difference)

        def fail(error: Exception) -> None:
            if self.copy == copy:
                self._comparing = None
                self.list.copies.mark_broken(copy)
                self.page.show_broken(_sentence(error))

        def work(report: Report) -> Difference:
            return self._copies().difference(copy, report)

        self._comparing = self._jobs.start("", work, self._if_there(show), self._if_there(fail))

    def _end_comparison(self) -> None:
        job, self._comparing = self._comparing, None
        if job is not None:
            job.stop()

    def _stop(self) -> None:
        self._end_comparison()
        self.page.show_note(_STOPPED, can_compare=True)

    def _show_progress(self) -> None:
        if self._comparing is not None:
            self.page.show_progress(self._comparing.done, self._comparing.total)

    def _known(self) -> Difference | None:
        copy = self.copy
        if copy is None:
            return None
        return self._compared.get((copy.id, copy.file, self._library.version()))

    def _copies(self) -> "Backups":
        """Return the copies; in the background only, as a second place may take long to answer."""
        return copies.of(self._library, self._settings.value)

    def _if_there(self, show: Callable[..., None]) -> Callable[..., None]:
        """Return a function that shows a result only while this dialog is there."""

        def shown(value: object) -> None:
            if isValid(self) and self.isVisible():
                show(value)

        return shown

    # ---- buttons

    def _show_buttons(self) -> None:
        library, copy = self._library, self.copy
        count = len(self.page.uids())
        articles = "1 Article" if count == 1 else f"{count:,} Articles"
        self.restore.setText(f"Restore {articles}" if count else "Restore Articles")
        self.restore.setEnabled(bool(count) and not library.read_only)
        self.whole.setEnabled(copy is not None and (library.is_damaged or not library.read_only))
        self.beside.setEnabled(copy is not None)

    def _show_menu(self, at: QPoint) -> None:
        index = self.list.indexAt(at)
        if index.isValid():
            self.list.setCurrentIndex(index)
        if self.copy is not None:
            self.menu_of(self.copy).popup(self.list.viewport().mapToGlobal(at))

    def menu_of(self, copy: Copy) -> QMenu:
        """Return the context menu of a copy."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction("Save As…", lambda: self.save_wanted.emit(copy))
        menu.addAction("Open Beside…", lambda: self.beside_wanted.emit(copy))
        menu.addSeparator()
        menu.addAction("Delete…", lambda: self.delete_wanted.emit(copy))
        return menu

    # ---- Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Delete the chosen copy by Delete, after a question."""
        if event.key() == Qt.Key.Key_Delete and self.list.hasFocus() and self.copy is not None:
            self.delete_wanted.emit(self.copy)
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the list above the page, and buttons below each other, if there is no room."""
        super().resizeEvent(event)
        narrow, direction = self.width() < _NARROW, QBoxLayout.Direction
        self._parts.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)
        self.list.setMinimumWidth(0 if narrow else _LIST)
        self.list.setMaximumWidth(NO_LIMIT if narrow else _LIST)
        self.list.setMaximumHeight(_STACKED_LIST if narrow else NO_LIMIT)
        self.list.setMinimumHeight(_STACKED_LIST if narrow else 0)
        self.head.set_narrow(narrow)
        stacked = self.width() < _FOOT_NARROW
        self._row.setDirection(direction.BottomToTop if stacked else direction.LeftToRight)
        self.page.set_narrow(stacked)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "head"):
            self.head.paint()

    def done(self, result: int) -> None:
        """Stop the comparison before the dialog closes; other work goes on."""
        self._end_comparison()
        super().done(result)


def _sentence(error: Exception) -> str:
    if isinstance(error, LibraryError):
        return str(error)
    raise error
