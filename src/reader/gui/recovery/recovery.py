"""The start when the library is in trouble: what is whole is opened, or a window says what to do.

A library whose tables can all be read is repaired on the spot; the damaged file stays beside it.
If entries are lost, what is left opens for reading only, until the person agrees to leave them
out. If nothing can be read, the window of this file offers the newest copy, another try, and
another library.
"""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QDialog,
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
    """A library to show, what is wrong with it, and whether it is only what could be read.

    ``lost`` is how many entries a repair would have to leave out.
    """

    library: Library
    notice: str = ""
    is_in_part: bool = False
    lost: int = 0


class Found(NamedTuple):
    """What is left of a library: the newest copy, and what could be read, or why not."""

    copy: Copy | None
    opened: Opened | None


def open_library(
    folder: Path, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library whatever is wrong with it; None if the person gives up.

    ``with_loss`` says that the person agreed to a repair that leaves out what cannot be read.
    """
    try:
        return _open_in_sight(folder)
    except LibraryError as error:
        return reopen(folder, error, theme_name, with_loss=with_loss)


def reopen(
    folder: Path, error: LibraryError, theme_name: str = "system", *, with_loss: bool = False
) -> Opened | None:
    """Open a library that turned out to be damaged while the window was being made."""
    theme.apply(theme.resolve(theme_name))
    window = RecoveryWindow(folder, error, with_loss=with_loss)
    return window.opened if window.exec() else None


def _open_in_sight(folder: Path) -> Opened:
    """Open a library; if it is of an older Reader, a window shows how far that is."""
    if not migrate.is_due(folder / "library.db"):
        return _open(folder, silent)
    from reader.gui.recovery.opening import opened

    found = opened(folder, lambda folder, report: _open(folder, report).library)
    if isinstance(found, LibraryError):
        raise found
    return Opened(found)


def _open(folder: Path, report: Report) -> Opened:
    """Open a library and read what the window begins with."""
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


def look(folder: Path, report: Report, *, with_loss: bool = False) -> Found:
    """Find out what can be read, and repair it if nothing is lost, or the loss is agreed to."""
    from reader.library.repair import (
        copies,
        rescue,  # only damage pays for it
    )

    file = folder / "library.db"
    copy = copies.newest(file, report)
    try:
        mended = rescue.mend(file, report, with_loss=with_loss)
    except LibraryReadOnly as error:
        return Found(copy, _read_in_part(folder, str(error), report))
    except LibraryError:
        return Found(copy, None)
    if mended.aside is None:
        return Found(copy, _read_in_part(folder, _told(mended.rows), report, mended.rows))
    return Found(copy, Opened(Library.open(folder), _repaired(mended.rows, mended.aside.name)))


def _read_in_part(folder: Path, notice: str, report: Report, lost: int = 0) -> Opened | None:
    try:
        return Opened(Library.open_what_is_whole(folder, report), notice, True, lost)
    except LibraryError:
        return None


def _told(rows: int) -> str:
    return (
        f"The library is damaged. {entries(rows)} cannot be read; "
        "everything else is here, to read. Nothing is written to the damaged file."
    )


def _repaired(rows: int, aside: str) -> str:
    if rows:
        said = f"The library was damaged. It was repaired without {entries(rows)} that were lost"
    else:
        said = "The library was damaged, and every article is intact. It was repaired"
    return f"{said}; the damaged file is kept as {aside}."


class RecoveryWindow(QDialog):
    """A sentence about what is wrong, what was found, and what can be done."""

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
        self.tell(error)

    def tell(self, error: LibraryError) -> None:
        """Say what is wrong with a library, and look what is left of it if it is damaged."""
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

    # ---- looks

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
            self._facts.addWidget(_label("hint", name), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(_label("", value), row, 1)

        self._fit()

    def _fit(self) -> None:
        """Be as high as the lines need, now that they are broken at this width."""
        layout = self.layout()
        assert layout is not None
        layout.activate()
        self.setMinimumHeight(layout.heightForWidth(self.width()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the lines anew."""
        super().resizeEvent(event)
        self._fit()

    def _offer(self, copy: Copy | None) -> None:
        """Offer the copy first if there is one, else another try."""
        self._copy = copy
        self.restore.setVisible(copy is not None)
        first = self.restore if copy is not None else self.check
        first.setDefault(True)
        first.setFocus()

    # ---- what can be done

    def _look(self) -> None:
        """Look what can be read, and go on with it if anything can."""
        work = partial(look, self.folder, with_loss=self._with_loss)
        self._start("Looking what is whole", work, self._saw)

    def _saw(self, found: Found) -> None:
        if found.opened is not None:
            self._go_on(found.opened)
            return
        copy = found.copy
        beside = _of(copy) if copy else f"There is none beside the library in {self.folder}."
        self._show_facts(
            [
                ("Articles", "None could be read from the damaged file."),
                ("Pictures", _pictures(self.folder)),
                ("Newest copy", beside),
                ("Damaged file", "It is kept as it is, whatever you choose."),
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
            notice = f"This is the copy of {_day(copy)}. The damaged file is kept as {name}."
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
        """Let the person choose once nothing is being done."""
        for button in (self.restore, self.check, self.repair, self.choose):
            button.setEnabled(not self.jobs.running)
        if not self.jobs.running:
            (self.check if self._copy is None else self.restore).setFocus()

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
        """Stop what is being done before the window goes."""
        self.jobs.close()
        super().done(result)


def _label(name: str = "", text: str = "") -> Label:
    label = Label(text)
    label.setObjectName(name)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label


def _of(copy: Copy) -> str:
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
        return "Their folder could not be read."
    return f"{count:,} files, untouched."
