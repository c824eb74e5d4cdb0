"""The print window: pages as they will come out, and every choice beside them."""

import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLineEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from reader import phrases
from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.gui.jobs.jobs import apart
from reader.gui.printing.page_views import Pages
from reader.gui.printing.sheet_choices import SheetChoices
from reader.gui.widgets.plain_text import Label, set_tip
from reader.model import Article, ImportResult, Outcome
from reader.printing.book import Book
from reader.printing.each import each_to_pdf
from reader.printing.imposition import sides
from reader.printing.names import FIELDS, check_template, file_name, plain
from reader.printing.pdf.write import to_pdf
from reader.printing.printer import has_printer, to_printer
from reader.printing.typeset import Entry
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

_AT_ONCE_SECONDS = 0.06
_SLICE_SECONDS = 0.012
_QUIET_MS = 120
_SHOWN_EVERY_SECONDS = 0.15

Work = Iterator[tuple[int, int, str]]


class Choice(NamedTuple):
    """What may be printed: how it is called, the title of a book of it, and its articles."""

    text: str
    title: str
    entries: Callable[[], Sequence[Entry]]


class PrintWindow(QDialog):
    """Prints articles or writes them to PDF; what is chosen is kept in the settings."""

    told = Signal(str)

    def __init__(
        self,
        choices: Sequence[Choice],
        find: Callable[[int], Article],
        pictures: Pictures,
        store: SettingsStore,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle("Print")
        self._choices = choices
        self._find = find
        self._pictures = pictures
        self._store = store
        self._template = store.value.pdf_name
        self._book: Book | None = None
        self._shown: Book | None = None
        self._work: Work | None = None
        self._writes = False
        self._done: Callable[[], None] = lambda: None
        self._shown_at = 0.0
        self.what = QComboBox()
        self.what.setAccessibleName("What to print")
        self.what.addItems([each.text for each in choices])
        self.sheet_choices = SheetChoices(store.value.sheet, store.value.presets)
        self.pages = Pages()
        self._put_together()
        self._connect()
        self.resize(1120, 800)
        self.pages.preview.setFocus()
        self._begin()

    # ---- putting together

    def _put_together(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        row.addWidget(self.pages, 1)
        row.addWidget(self._side())
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self._foot())

    def _side(self) -> QWidget:
        side = QWidget()
        side.setObjectName("choices")
        side.setFixedWidth(340)
        layout = QVBoxLayout(side)
        layout.setContentsMargins(0, 12, 0, 0)
        layout.setSpacing(0)
        top = QVBoxLayout()
        top.setContentsMargins(18, 0, 18, 0)
        top.addWidget(self.what)
        layout.addLayout(top)
        layout.addWidget(self.sheet_choices, 1)
        below = QFormLayout()
        below.setContentsMargins(18, 6, 18, 12)
        below.setHorizontalSpacing(14)
        self.template = QLineEdit(self._template)
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        set_tip(self.template, f"How PDF files are named; it may hold {known}")
        self.template.editingFinished.connect(self._name)
        below.addRow("PDF names", self.template)
        layout.addLayout(below)
        return side

    def _foot(self) -> QWidget:
        foot = QWidget()
        foot.setObjectName("foot")
        layout = QHBoxLayout(foot)
        layout.setContentsMargins(18, 10, 18, 12)
        self._status = Label()
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(160, 4)
        self.stop_button = QPushButton("Stop")
        self.each_button = QPushButton("PDF Each…")
        set_tip(self.each_button, "A PDF for each article, in a folder")
        self.pdf_button = QPushButton("Save as PDF…")
        self.print_button = QPushButton("Print…")
        self.close_button = QPushButton("Close")
        layout.addWidget(self._status, 1)
        layout.addWidget(self._bar)
        for button in (
            self.stop_button, self.each_button, self.pdf_button, self.print_button,
            self.close_button,
        ):  # fmt: skip
            button.setAutoDefault(False)  # Enter ends the typing of a number, no more
            layout.addWidget(button)
        return foot

    def _connect(self) -> None:
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._begin)
        self.what.activated.connect(lambda _: self._begin())
        self.sheet_choices.changed.connect(self._sheet_changed)
        self.sheet_choices.preset_changed.connect(self._preset_changed)
        self.stop_button.clicked.connect(self.stop)
        self.each_button.clicked.connect(self.save_each)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_out)
        self.close_button.clicked.connect(self.reject)
        for keys, does in (
            ("Ctrl+P", self.print_out),
            ("Ctrl+S", self.save_pdf),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(does)

    # ---- the book

    @property
    def busy(self) -> bool:
        """Whether pages are being made, or written."""
        return self._work is not None

    @property
    def status(self) -> str:
        """What is said at the foot."""
        return self._status.text()

    def _begin(self) -> None:
        """Lay out what is chosen; what is on screen stays until the first page is there."""
        choice = self._choices[max(0, self.what.currentIndex())]
        entries = choice.entries()
        self.each_button.setVisible(len(entries) > 1)
        self._book = Book(
            entries, self._find, self.sheet_choices.sheet, self._pictures, choice.title
        )
        self._start(self._book.steps(), self._tell_pages)
        self._go_on(_AT_ONCE_SECONDS)

    def _start(self, work: Work, done: Callable[[], None], *, writes: bool = False) -> None:
        self._drop_work()
        self._work, self._done, self._writes = work, done, writes
        self._timer.start()
        self._paint_state()

    def _write(self, work: Work, done: Callable[[], None]) -> None:
        """Do work that puts something out; meanwhile nothing can be chosen."""
        self._start(work, done, writes=True)

    def _go_on(self, seconds: float = _SLICE_SECONDS) -> None:
        until = time.perf_counter() + seconds
        try:
            for done, total, text in self._work or ():
                if time.perf_counter() >= until:
                    self._report(done, total, text)
                    break
            else:
                self._end(self._done)
        except ReaderError as error:
            said = str(error)  # the name in the clause is gone once the clause is left
            self._end(lambda: self._tell(said))
        self._show_pages()

    def _end(self, done: Callable[[], None]) -> None:
        self._drop_work()
        self._paint_state()
        done()

    def _drop_work(self) -> None:
        self._timer.stop()
        if self._work is not None:
            close = getattr(self._work, "close", None)
            self._work = None
            if close:
                close()

    def stop(self) -> None:
        """Stop what is going on; pages that are there stay."""
        if self._work is None:
            return
        self._drop_work()
        self._paint_state()
        if self._writes:
            self._tell("Stopped; nothing half-written is left.")
        else:
            self._tell("Stopped; not all pages are made.")

    def _show_pages(self) -> None:
        book = self._book
        if book is None or not book.pages:
            return
        now = time.perf_counter()
        fresh = book is not self._shown
        if not fresh and self.busy and now - self._shown_at < _SHOWN_EVERY_SECONDS:
            return
        self._shown_at = now
        self.pages.show_sides(book, sides(book))
        self._shown = book

    # ---- choices

    def _sheet_changed(self, sheet: Sheet) -> None:
        self._store.update(sheet=sheet)
        self._quiet.start()

    def _preset_changed(self, name: str, sheet: Sheet | None) -> None:
        others = {each: had for each, had in self._store.value.presets.items() if each != name}
        self._store.update(presets=others if sheet is None else {**others, name: sheet})

    def _name(self) -> None:
        template = self.template.text().strip()
        try:
            check_template(template)
        except ReaderError as error:
            self._tell(str(error))
            return
        self._template = template
        self._store.update(pdf_name=template)

    # ---- putting out

    def save_pdf(self) -> None:
        """Ask where to, and write one PDF."""
        if self._book is None or not self._book.entries:
            return
        choice = self._choices[max(0, self.what.currentIndex())]
        book = self._book
        if book.is_bound:
            name = plain(choice.title)
        else:
            name = file_name(self._find(book.entries[0].id), self._template)
        usual = str(Path.home() / name)
        said, _ = QFileDialog.getSaveFileName(self, "Save as PDF", usual, "PDF (*.pdf)")
        if said:
            target = Path(said) if said.lower().endswith(".pdf") else Path(f"{said}.pdf")
            self._write(to_pdf(book, target, apart), lambda: self._saved(target, len(sides(book))))

    def save_each(self) -> None:
        """Ask for a folder, and write a PDF for each article."""
        if self._book is None:
            return
        said = QFileDialog.getExistingDirectory(self, "A PDF for Each", str(Path.home()))
        if said:
            ids = [each.id for each in self._book.entries]
            results: list[ImportResult] = []
            work = self._each(ids, Path(said), results)
            self._write(work, lambda: self._saved_each(results[0], said))

    def _each(self, ids: Sequence[int], folder: Path, results: list[ImportResult]) -> Work:
        sheet, template = self.sheet_choices.sheet, self._template
        work = each_to_pdf(
            ids, self._find, self._pictures, folder, sheet, template=template, apart=apart
        )
        results.append((yield from work))

    def print_out(self) -> None:
        """Ask for a printer, and print; where there is none, a PDF is offered."""
        if self._book is None or not self._book.entries:
            return
        if not has_printer():
            self._tell("There is no printer here; “Save as PDF…” works without one.")
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._book.title)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            work = to_printer(self._book, printer)
            self._write(work, lambda: self._tell("Sent to the printer."))

    # ---- telling

    def _saved(self, target: Path, count: int) -> None:
        self.told.emit(f"Saved {target.name}: {phrases.plural(count, 'page')}.")
        self._tell(f"Saved {target}: {phrases.plural(count, 'page')}.")

    def _saved_each(self, result: ImportResult, folder: str) -> None:
        failed = [row for row in result.rows if row.outcome is Outcome.FAILED]
        saved = phrases.plural(len(result.rows) - len(failed), "PDF")
        trouble = f", {len(failed)} failed: {phrases.remarks(failed[0].remarks)}" if failed else "."
        self.told.emit(f"{saved} saved in {folder}{trouble}")
        self._tell(f"{saved} saved in {folder}{trouble}")

    def _tell_pages(self) -> None:
        if self._book is None:
            return
        pages, made = len(self._book.pages), len(sides(self._book))
        said = phrases.plural(pages, "page")
        if made != pages:
            said += f" on {phrases.plural(made, 'side')}"
            if self._book.sheet.imposition.value == "folded":
                said += "; print on both, turned on the short edge"
        self._tell(f"{said}.")

    def _tell(self, text: str) -> None:
        self._status.setText(text)

    def _report(self, done: int, total: int, text: str) -> None:
        self._bar.setMaximum(total)
        self._bar.setValue(done)
        self._tell(self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideRight, 420))

    def _paint_state(self) -> None:
        self._bar.setVisible(self.busy)
        self._bar.setMaximum(0)
        self.stop_button.setVisible(self.busy)
        writing = self.busy and self._writes
        for part in (
            self.what, self.sheet_choices, self.each_button, self.pdf_button, self.print_button
        ):  # fmt: skip
            part.setEnabled(not writing)

    def reject(self) -> None:
        """Esc and closing stop what is being written first, then close."""
        if self.busy and self._writes:
            self.stop()
            return
        self._quiet.stop()
        self._drop_work()
        super().reject()
