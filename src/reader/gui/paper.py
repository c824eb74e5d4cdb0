"""Printing from the window: a preview, the printer, a PDF."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from reader import phrases
from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.gui.messages import MessageBar
from reader.model import Article
from reader.printing.paint import paint
from reader.printing.pdf import page_layout, to_pdf
from reader.printing.sheets import sheet_of
from reader.progress import Cancelled
from reader.settings import Settings

_FORBIDDEN = set('<>:"/\\|?*')


class Paper:
    """Puts the article on the page on paper, as its person likes it."""

    def __init__(
        self,
        current: Callable[[], Article | None],
        liking: Callable[[], Settings],
        pictures: Pictures,
        messages: MessageBar,
        window: QWidget,
    ) -> None:
        self._current = current
        self._liking = liking
        self._pictures = pictures
        self._messages = messages
        self._window = window

    def save_pdf(self) -> None:
        """Ask where to, write a PDF, and say what came of it."""
        article = self._current()
        if article is None:
            return
        usual = str(Path.home() / file_name(article.title))
        name, _ = QFileDialog.getSaveFileName(self._window, "Save as PDF", usual, "PDF (*.pdf)")
        if name:
            target = Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf")
            self._write(article, target)

    def print_article(self) -> None:
        """Show the pages as they will be printed; printing starts from there."""
        article = self._current()
        if article is None:
            return
        sheet = sheet_of(self._liking())
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setPageLayout(page_layout(sheet))
        printer.setDocName(article.title)
        dialog = QPrintPreviewDialog(printer, self._window)
        dialog.setWindowTitle(f"Print – {article.title}")
        dialog.paintRequested.connect(lambda device: self._draw(article, device))
        dialog.resize(self._window.size())
        dialog.exec()

    def _draw(self, article: Article, device: QPrinter) -> None:
        with _Progress(self._window) as report:
            try:
                paint(article, sheet_of(self._liking()), self._pictures, device, report)
            except Cancelled:
                self._messages.tell("Stopped; not all pages are shown.")
            except ReaderError as error:
                self._messages.warn(f"{error} “Save as PDF” works without a printer.")

    def _write(self, article: Article, target: Path) -> None:
        with _Progress(self._window) as report:
            try:
                sheet = sheet_of(self._liking())
                pages = to_pdf(article, sheet, self._pictures, target, report)
                self._messages.tell(f"Saved {target.name}: {phrases.plural(pages, 'page')}.")
            except Cancelled:
                self._messages.tell("Stopped; no PDF was written.")
            except ReaderError as error:
                self._messages.warn(str(error), "Try Again", self.save_pdf)


class _Progress:
    """A dialog with Stop that appears when pages take long; the window answers meanwhile."""

    def __init__(self, window: QWidget) -> None:
        self._dialog = QProgressDialog("Making the pages…", "Stop", 0, 0, window)
        self._dialog.setWindowModality(Qt.WindowModality.WindowModal)
        self._dialog.setMinimumDuration(400)

    def __enter__(self) -> Callable[[int, int, str], None]:
        return self._report

    def __exit__(self, *_: object) -> None:
        self._dialog.close()
        self._dialog.deleteLater()

    def _report(self, done: int, total: int, text: str) -> None:
        self._dialog.setMaximum(total)
        self._dialog.setLabelText(text)
        self._dialog.setValue(done)  # lets the window answer as well
        if self._dialog.wasCanceled():
            raise Cancelled


def file_name(title: str) -> str:
    """Return a file name for an article that every system takes."""
    kept = "".join(" " if each in _FORBIDDEN or ord(each) < 32 else each for each in title)
    return (" ".join(kept.split())[:100].strip(" .") or "Article") + ".pdf"
