"""The print window: a preview of the pages, and all options beside it."""

import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from reader import phrases
from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.file_names import plain
from reader.gui.jobs.jobs import apart
from reader.gui.printing.article_choice import ArticleChoice as ArticleChoice
from reader.gui.printing.foot import Foot
from reader.gui.printing.page_views import Pages
from reader.gui.printing.sheet_choices import SheetChoices
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.layouts import NO_LIMIT
from reader.gui.widgets.plain_text import set_tip
from reader.model import Article, ImportResult, Outcome
from reader.printing.book import Book
from reader.printing.each import each_to_pdf
from reader.printing.glimpse import all_steps, certain_sides, glimpse_of
from reader.printing.imposition import sides
from reader.printing.names import FIELDS, check_template, file_name
from reader.printing.pdf.write import to_pdf
from reader.printing.printer import has_printer, to_printer
from reader.printing.sheets import PRESETS
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

_AT_ONCE_SECONDS = 0.06
_SLICE_SECONDS = 0.012
_QUIET_MS = 120
_SHOWN_EVERY_SECONDS = 0.15
_SHORT = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon
_SIDE = 336  # pixels
_ROOM_FOR_THUMBNAILS = 524

Work = Iterator[tuple[int, int, str]]


class PrintWindow(Dialog):
    """Prints articles or saves them as PDF; the options are kept in the settings.

    ``reported`` carries a sentence about every saved file.
    """

    reported = Signal(str)

    def __init__(
        self,
        choices: Sequence[ArticleChoice],
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
        self._glimpse: Book | None = None
        self._shown: Book | None = None
        self._look_before: Sheet | None = None
        self._work: Work | None = None
        self._writes = False
        self._done: Callable[[], None] = lambda: None
        self._shown_at = 0.0
        self.what = QComboBox()
        self.what.setAccessibleName("What to print")
        self.what.setSizeAdjustPolicy(_SHORT)
        self.what.currentTextChanged.connect(lambda text: set_tip(self.what, text))
        self.what.addItems([choice.text for choice in choices])
        self.sheet_choices = SheetChoices(store.value.sheet, store.value.presets)
        self.pages = Pages()
        self._foot = Foot()
        self.stop_button, self.each_button = self._foot.stop, self._foot.each
        self.pdf_button, self.print_button = self._foot.pdf, self._foot.print
        self.close_button, self._status = self._foot.close_button, self._foot.status
        self._put_together()
        self._connect()
        self.resize(1120, 800)
        self.pages.preview.setFocus()
        self._begin()

    # ---- setting up

    def _put_together(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(0)
        self.pages.setMinimumWidth(1)  # in a narrow window it gives way to the options
        row.addWidget(self.pages, 1)
        self._make_side()
        row.addWidget(self.sheet_choices)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(row, 1)
        whole.addWidget(self._foot)

    def _make_side(self) -> None:
        """Put the articles above the options of the sheet, and the names of files below them."""
        choices = self.sheet_choices
        choices.setObjectName("choices")
        choices.add("Print", self.what, 0)
        self.template = QLineEdit(self._template)
        known = ", ".join(f"{{{name}}}" for name in FIELDS)
        set_tip(self.template, f"The names of PDF files; they may contain {known}")
        self.template.editingFinished.connect(self._name)
        choices.add("Names", self.template)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out the thumbnails, then the pages, in a window that is too narrow for them."""
        super().resizeEvent(event)
        width = self.width()
        side = max(_SIDE, self.sheet_choices.whole_width)  # more with larger letters
        has_pages = width >= side + self.pages.turner.minimumSizeHint().width()
        self.pages.setVisible(has_pages)
        self.pages.thumbnails.setVisible(width >= side + _ROOM_FOR_THUMBNAILS)
        self.sheet_choices.setMinimumWidth(side if has_pages else 0)
        self.sheet_choices.setMaximumWidth(side if has_pages else NO_LIMIT)
        self._foot.set_narrow(not has_pages)

    def _connect(self) -> None:
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._go_on)
        self._quiet = QTimer(self, interval=_QUIET_MS, singleShot=True)
        self._quiet.timeout.connect(self._catch_up)
        self.what.activated.connect(lambda _: self._choose_what())
        self.sheet_choices.changed.connect(self._sheet_changed)
        self.sheet_choices.preset_changed.connect(self._preset_changed)
        self.stop_button.clicked.connect(self.stop)
        self.each_button.clicked.connect(self.save_each)
        self.pdf_button.clicked.connect(self.save_pdf)
        self.print_button.clicked.connect(self.print_out)
        self.close_button.clicked.connect(self.reject)
        for keys, slot in (
            ("Ctrl+P", self.print_out),
            ("Ctrl+S", self.save_pdf),
        ):
            QShortcut(QKeySequence(keys), self).activated.connect(slot)

    # ---- the book

    @property
    def busy(self) -> bool:
        """Whether pages are being laid out or written."""
        return self._work is not None

    @property
    def status(self) -> str:
        """The text of the status line."""
        return self._status.text()

    def _begin(self) -> None:
        """Lay out the chosen articles; the old pages stay visible until the first new one."""
        choice = self._choice
        entries, trouble = choice.find()
        self.each_button.setVisible(len(entries) > 1)
        self._book = Book(
            entries, self._find, self.sheet_choices.sheet, self._pictures, choice.title
        )
        self._book.dated = choice.dated
        self._glimpse = glimpse_of(self._book)
        done = partial(self._set_status, trouble) if trouble else self._show_count
        self._start(all_steps(self._book, self._glimpse), done)
        self._go_on(_AT_ONCE_SECONDS)

    @property
    def _choice(self) -> ArticleChoice:
        return self._choices[max(0, self.what.currentIndex())]

    def _choose_what(self) -> None:
        """Lay out other articles; an issue comes in its own look, and leaves the last one alone."""
        preset = PRESETS.get(self._choice.preset)
        if preset is not None and self._look_before is None:
            self._look_before = self.sheet_choices.sheet
            self.sheet_choices.use(preset)
        elif preset is None and self._look_before is not None:
            self.sheet_choices.use(self._look_before)
            self._look_before = None
        self._begin()

    def _start(self, work: Work, done: Callable[[], None], *, writes: bool = False) -> None:
        self._drop_work()
        self._work, self._done, self._writes = work, done, writes
        self._timer.start()
        self._paint_state()

    def _write(self, work: Work, done: Callable[[], None]) -> None:
        """Run work that writes a file or prints; disable the options meanwhile."""
        self._start(work, done, writes=True)

    def _go_on(self, seconds: float = _SLICE_SECONDS) -> None:
        until = time.perf_counter() + seconds
        try:
            for done, total, text in self._work or ():
                if time.perf_counter() >= until or self._has_news():
                    self._foot.report(done, total, text)
                    break
            else:
                self._end(self._done)
        except ReaderError as error:
            trouble = str(error)  # Python unbinds ``error`` at the end of the clause
            self._end(lambda: self._set_status(trouble))
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
        """Stop the current work; keep the pages laid out so far."""
        if self._work is None:
            return
        self._drop_work()
        self._paint_state()
        self._show_pages()
        if self._writes:
            self._set_status("Stopped. No incomplete file was left behind.")
        else:
            self._set_status("Stopped. Not all pages are shown.")

    def _has_news(self) -> bool:
        """Return whether the visible page of another book than the shown one is laid out."""
        return self._fresh() not in (None, self._shown)

    def _fresh(self) -> Book | None:
        """Return the book to show: the whole one once it has the visible page, or its glimpse.

        The old pages stay until then. Once the work is stopped, it is the whole one in any case.
        """
        book, glimpse, wanted = self._book, self._glimpse, self.pages.preview.current
        if book is None or (not book.pages and not book.complete):
            known = len(certain_sides(glimpse)) if glimpse is not None else 0
            return glimpse if known > wanted + 1 or (known and self._shown is None) else None
        has_page = len(book.pages) > wanted + 1 or book.complete or not self.busy
        return book if has_page or self._shown in (None, book) else self._shown

    def _show_pages(self) -> None:
        book = self._fresh()
        if book is None or (book is self._shown and book is not self._book):
            return
        now = time.perf_counter()
        fresh = book is not self._shown
        if not fresh and self.busy and now - self._shown_at < _SHOWN_EVERY_SECONDS:
            return
        self._shown_at = now
        self.pages.show_sides(book, certain_sides(book) if book is self._glimpse else sides(book))
        self._shown = book

    # ---- choices

    def _sheet_changed(self, sheet: Sheet) -> None:
        """Show a change at once, and several in quick succession when the last is made."""
        self._store.update(sheet=sheet)
        at_once = not self._quiet.isActive()
        self._quiet.start()
        if at_once:
            self._begin()

    def _catch_up(self) -> None:
        if self._book is not None and self._book.sheet != self.sheet_choices.sheet:
            self._begin()

    def _preset_changed(self, name: str, sheet: Sheet | None) -> None:
        others = {key: old for key, old in self._store.value.presets.items() if key != name}
        self._store.update(presets=others if sheet is None else {**others, name: sheet})

    def _name(self) -> None:
        template = self.template.text().strip()
        try:
            check_template(template)
        except ReaderError as error:
            self._set_status(str(error))
            return
        self._template = template
        self._store.update(pdf_name=template)

    # ---- saving and printing

    def save_pdf(self) -> None:
        """Ask for a file, and write one PDF."""
        if self._book is None or not self._book.entries:
            return
        book, choice = self._book, self._choice
        if book.is_bound:
            name = choice.file_name or plain(choice.title)
        else:
            name = file_name(self._find(book.entries[0].id), self._template)
        default = str(Path.home() / name)
        path, _ = QFileDialog.getSaveFileName(self, "Save as PDF", default, "PDF (*.pdf)")
        if path:
            target = Path(path) if path.lower().endswith(".pdf") else Path(f"{path}.pdf")
            work = to_pdf(book, target, apart, shown=True)
            self._write(work, lambda: self._saved(target, book))

    def save_each(self) -> None:
        """Ask for a folder, and write a PDF for each article."""
        if self._book is None:
            return
        folder = QFileDialog.getExistingDirectory(self, "A PDF for Each", str(Path.home()))
        if folder:
            ids = [entry.id for entry in self._book.entries]
            results: list[ImportResult] = []
            work = self._each(ids, Path(folder), results)
            self._write(work, lambda: self._saved_each(results[0], folder))

    def _each(self, ids: Sequence[int], folder: Path, results: list[ImportResult]) -> Work:
        sheet, template = self.sheet_choices.sheet, self._template
        work = each_to_pdf(
            ids, self._find, self._pictures, folder, sheet, template=template, apart=apart
        )
        results.append((yield from work))

    def print_out(self) -> None:
        """Ask for a printer, and print; suggest a PDF if there is no printer."""
        if self._book is None or not self._book.entries:
            return
        if not has_printer():
            self._set_status("No printer was found. “Save as PDF…” works without one.")
            return
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setDocName(self._book.title)
        dialog = QPrintDialog(printer, self)
        if dialog.exec() == QPrintDialog.DialogCode.Accepted:
            work = to_printer(self._book, printer)
            self._write(work, lambda: self._set_status("Sent to the printer."))

    # ---- status

    def _saved(self, target: Path, book: Book) -> None:
        pages = phrases.printed(len(sides(book)), book.remarks)
        self.reported.emit(f"Saved {target.name}: {pages}.")
        self._set_status(f"Saved {target}: {pages}.")

    def _saved_each(self, result: ImportResult, folder: str) -> None:
        failed = [row for row in result.rows if row.outcome is Outcome.FAILED]
        saved = phrases.plural(len(result.rows) - len(failed), "PDF")
        trouble = f", {len(failed)} failed: {phrases.remarks(failed[0].remarks)}" if failed else "."
        self.reported.emit(f"{saved} saved in {folder}{trouble}")
        self._set_status(f"{saved} saved in {folder}{trouble}")

    def _show_count(self) -> None:
        if self._book is None:
            return
        pages, count = len(self._book.pages), len(sides(self._book))
        text = phrases.plural(pages, "page")
        if count != pages:
            text += f" on {phrases.plural(count, 'side')}"
            if self._book.sheet.imposition.value == "folded":
                text += "; print on both sides, flipped on the short edge"
        self._set_status(f"{text}.")

    def _set_status(self, text: str) -> None:
        self._status.setText(text)

    def _paint_state(self) -> None:
        self._foot.bar.setVisible(self.busy)
        self._foot.bar.setMaximum(0)
        self.stop_button.setVisible(self.busy)
        writing = self.busy and self._writes
        for part in (
            self.what, self.sheet_choices, self.each_button, self.pdf_button, self.print_button
        ):  # fmt: skip
            part.setEnabled(not writing)

    def reject(self) -> None:
        """Stop writing if it is going on, else close the window."""
        if self.busy and self._writes:
            self.stop()
            return
        self._quiet.stop()
        self._drop_work()
        super().reject()
