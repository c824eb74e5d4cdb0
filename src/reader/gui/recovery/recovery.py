"""The start with a damaged library: open its intact part, or show a recovery window.

A library whose tables can all be read is repaired at once; the damaged file is kept next to it.
If entries are lost, the rest opens read-only until the user agrees to leave them out. If nothing
can be read, the recovery window offers the newest backup, another attempt, and another library.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.damage import entries
from reader.errors import LibraryError, LibraryReadOnly, NotALibrary
from reader.gui.jobs.bar import JobsBar
from reader.gui.jobs.jobs import Jobs
from reader.gui.widgets import theme
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label
from reader.library import known_libraries
from reader.library.library import Library
from reader.library.repair.copies import Copy
from reader.library.store import migrate
from reader.model import SHELF_QUERIES
from reader.progress import Report, silent

_WIDTH = 620
_NARROW = 460
_FIRST_ROWS = 128


class Opened(NamedTuple):
    """An open library, a notice about damage, and whether only a part of it could be read.

    ``lost`` is the number of entries that a repair would leave out.
    """

    library: Library
    notice: str = ""
    is_in_part: bool = False
    lost: int = 0


class Findings(NamedTuple):
    """The remains of a damaged library: the newest backup, and the part that could be read."""

    copy: Copy | None
    opened: Opened | None


def open_library(
    folder: Path, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library even if it is damaged; return None if the user gives up.

    If ``with_loss``, the user has agreed to a repair that leaves out unreadable entries.
    """
    try:
        return _open_in_sight(folder)
    except LibraryError as error:
        return reopen(folder, error, theme_name, with_loss=with_loss)


def reopen(
    folder: Path, error: LibraryError, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library that turned out to be damaged while the window was being created."""
    theme.apply(theme.resolve(theme_name))
    window = RecoveryWindow(folder, error, with_loss=with_loss)
    return window.opened if window.exec() else None


def _open_in_sight(folder: Path) -> Opened:
    """Open a library; show the progress in a window if it must be migrated."""
    if not migrate.is_due(folder / "library.db"):
        return _open(folder, silent)
    from reader.gui.recovery.opening import open_with_progress

    outcome = open_with_progress(folder, lambda folder, report: _open(folder, report).library)
    if isinstance(outcome, LibraryError):
        raise outcome
    return Opened(outcome)


def _open(folder: Path, report: Report) -> Opened:
    """Open a library, and check that the first rows can be read."""
    library = known_libraries.opened(folder, report=report)
    try:
        if library.is_damaged:
            raise NotALibrary(f"The library in {folder} is damaged.")
        library.counts()
        library.rows(SHELF_QUERIES["queue"], limit=_FIRST_ROWS)
    except BaseException:
        library.close()
        raise
    return Opened(library)


def look(folder: Path, report: Report, *, with_loss: bool = False) -> Findings:
    """Read a damaged library, and repair it if nothing is lost or the user accepts the loss."""
    from reader.library.repair import (
        copies,
        rescue,  # imported only if there is damage
    )

    file = folder / "library.db"
    copy = copies.newest(file, report)
    try:
        mended = rescue.mend(file, report, with_loss=with_loss)
    except LibraryReadOnly as error:
        return Findings(copy, _read_in_part(folder, str(error), report))
    except LibraryError:
        return Findings(copy, None)
    if mended.aside is None:
        return Findings(
            copy, _read_in_part(folder, _lossy_notice(mended.rows), report, mended.rows)
        )
    return Findings(
        copy, Opened(Library.open(folder), _repair_notice(mended.rows, mended.aside.name))
    )


def _read_in_part(folder: Path, notice: str, report: Report, lost: int = 0) -> Opened | None:
    try:
        return Opened(Library.open_what_is_whole(folder, report), notice, True, lost)
    except LibraryError:
        return None


def _lossy_notice(rows: int) -> str:
    return (
        f"The library is damaged. {entries(rows)} cannot be read; "
        "everything else can be read. Reader does not write to the damaged file."
    )


def _repair_notice(rows: int, aside: str) -> str:
    if rows:
        outcome = f"The library was damaged. It was repaired without {entries(rows)} that were lost"
    else:
        outcome = "The library was damaged. It was repaired, and every article is intact"
    return f"{outcome}. The damaged file is kept as {aside}."


class RecoveryWindow(Dialog):
    """A window that explains the damage and offers ways to recover."""

    def __init__(
        self,
        folder: Path,
        error: LibraryError,
        parent: QWidget | None = None,
        *,
        with_loss: bool = False,
    ) -> None:
        super().__init__(parent)
        self._with_loss = with_loss
        self.setWindowTitle("Reader")
        self.setObjectName("trouble")
        self.folder = folder
        self.opened: Opened | None = None
        self._copy: Copy | None = None
        self.jobs = Jobs(self._failed, self)
        self._heading = _label("troubleHeading")
        self._sentence = _label()
        self._facts = QGridLayout()
        self.restore = QPushButton("Open Newest Copy")
        self.check = QPushButton("Check Again")
        self.repair = QPushButton("Try to Repair")
        self.choose = QPushButton("Choose Another Library…")
        self.leave = QPushButton("Close")
        self._lay_out()
        self._connect()
        self.show_error(error)

    def show_error(self, error: LibraryError) -> None:
        """Show an error, and look for readable parts if the library is damaged."""
        damaged = isinstance(error, NotALibrary)
        self._heading.setText(
            "The library is damaged" if damaged else "The library could not be opened"
        )
        self._sentence.setText(str(error))
        self.repair.setVisible(damaged)
        self._show_facts([])
        self._offer(None)
        if damaged:
            self._look()

    # ---- setting up

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addLayout(self._text(), 1)
        layout.addWidget(JobsBar(self.jobs))
        layout.addWidget(self._foot())
        self.setMinimumWidth(_NARROW)
        self.resize(_WIDTH, self.sizeHint().height())

    def _text(self) -> QLayout:
        text = QVBoxLayout()
        text.setContentsMargins(28, 26, 28, 24)
        text.setSpacing(10)
        text.addWidget(self._heading)
        text.addWidget(self._sentence)
        self._facts.setContentsMargins(0, 10, 0, 0)
        self._facts.setHorizontalSpacing(16)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        text.addLayout(self._facts)
        text.addStretch(1)
        return text

    def _foot(self) -> QWidget:
        foot = QFrame()
        foot.setObjectName("foot")
        rows = QVBoxLayout(foot)
        rows.setContentsMargins(16, 12, 16, 12)
        rows.setSpacing(8)
        for parts in (
            (self.choose, None, self.check, self.repair),
            (self.leave, None, self.restore),
        ):
            row = QHBoxLayout()
            row.setSpacing(8)
            for part in parts:
                if part is None:
                    row.addStretch(1)
                else:
                    part.setAutoDefault(True)
                    row.addWidget(part)
            rows.addLayout(row)
        return foot

    def _connect(self) -> None:
        self.restore.clicked.connect(self._restore)
        self.check.clicked.connect(self._try_again)
        self.repair.clicked.connect(self._look)
        self.choose.clicked.connect(self._choose)
        self.leave.clicked.connect(self.reject)
        self.jobs.changed.connect(self._ready)

    def _show_facts(self, facts: list[tuple[str, str]]) -> None:
        while item := self._facts.takeAt(0):
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (name, value) in enumerate(facts):
            hint, fact = _label("hint", name), _label("", value)
            self._facts.addWidget(hint, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(fact, row, 1)
            for label in (hint, fact):
                label.show()  # at once, so that it counts when the window is fitted
        self.fit_lines()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the height to the new width."""
        super().resizeEvent(event)
        self.fit_lines()

    def _offer(self, copy: Copy | None) -> None:
        """Make the backup the default button if there is one, else another attempt."""
        self._copy = copy
        self.restore.setVisible(copy is not None)
        first = self.restore if copy is not None else self.check
        first.setDefault(True)
        first.setFocus()

    # ---- recovering

    def _look(self) -> None:
        """Look for readable parts, and open them if there are any."""
        work = partial(look, self.folder, with_loss=self._with_loss)
        self._start("Looking for readable parts", work, self._show_findings)

    def _show_findings(self, findings: Findings) -> None:
        if findings.opened is not None:
            self._go_on(findings.opened)
            return
        copy = findings.copy
        beside = _summary(copy) if copy else f"There is none next to the library in {self.folder}."
        self._show_facts(
            [
                ("Articles", "None could be read from the damaged file."),
                ("Pictures", _pictures(self.folder)),
                ("Newest copy", beside),
                ("Damaged file", "It is kept unchanged in any case."),
            ]
        )
        self._offer(copy)

    def _restore(self) -> None:
        copy, folder = self._copy, self.folder
        if copy is None:
            return

        def work(report: Report) -> Opened:
            from reader.library.repair import copies

            aside = copies.restore(copy.file, folder / "library.db", report)
            name = aside.name if aside else ""
            notice = f"You see the copy of {_day(copy)}. The damaged file is kept as {name}."
            return Opened(Library.open(folder), notice)

        self._start("Copying", work, self._go_on)

    def _try_again(self) -> None:
        folder = self.folder
        self._start("Opening the library", lambda report: _open(folder, report), self._go_on)

    def _choose(self) -> None:
        chosen = QFileDialog.getExistingDirectory(self, "Choose Another Library", str(self.folder))
        if chosen:
            self.folder = Path(chosen)
            self._try_again()

    def _start(
        self, title: str, work: Callable[[Report], object], then: Callable[..., None]
    ) -> None:
        for button in (self.restore, self.check, self.repair, self.choose):
            button.setEnabled(False)

        def done(value: object) -> None:
            self._ready()
            then(value)

        self.jobs.start(title, work, done, self._failed)

    def _ready(self) -> None:
        """Enable the buttons if no job is running."""
        for button in (self.restore, self.check, self.repair, self.choose):
            button.setEnabled(not self.jobs.running)
        if not self.jobs.running:
            (self.check if self._copy is None else self.restore).setFocus()
        self.fit_lines()  # the bar of the jobs came or went

    def _failed(self, error: Exception) -> None:
        self._ready()
        if isinstance(error, LibraryError):
            self._sentence.setText(str(error))
        else:
            from reader.gui.widgets.messages import show_report

            show_report(error, self)

    def _go_on(self, opened: Opened) -> None:
        self.opened = opened
        self.accept()

    def done(self, result: int) -> None:
        """Stop the jobs before the window closes."""
        self.jobs.close()
        super().done(result)


def _label(name: str = "", text: str = "") -> Label:
    label = Label(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _summary(copy: Copy) -> str:
    return f"{_day(copy)} · {copy.articles:,} articles · {copy.file.name}"


def _day(copy: Copy) -> str:
    import time

    return phrases.day(time.strftime("%Y-%m-%d", time.localtime(copy.made_at)))


def _pictures(folder: Path) -> str:
    try:
        count = sum(1 for _ in (folder / "images").iterdir())
    except FileNotFoundError:
        return "There is no folder of pictures."
    except OSError:
        return "The folder of pictures could not be read."
    return f"{count:,} files, unchanged."
