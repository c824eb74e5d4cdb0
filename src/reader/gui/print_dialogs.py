"""Printing from the window: a preview, the printer, a PDF."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinter, QPrintPreviewDialog
from PySide6.QtWidgets import QFileDialog, QProgressDialog, QWidget

from reader.document.images import Pictures
from reader.errors import ReaderError
from reader.gui.messages import MessageBar
from reader.model import Article, Sheet
from reader.printing.paint import paint
from reader.printing.pdf import to_pdf
from reader.progress import Cancelled, Report

_FORBIDDEN = set('<>:"/\\|?*')


def save_pdf(
    article: Article, sheet: Sheet, pictures: Pictures, messages: MessageBar, window: QWidget
) -> None:
    """Ask where to, write it, and say what came of it."""
    name, _ = QFileDialog.getSaveFileName(
        window, "Save as PDF", str(Path.home() / file_name(article.title)), "PDF (*.pdf)"
    )
    if not name:
        return
    target = Path(name) if name.lower().endswith(".pdf") else Path(f"{name}.pdf")
    progress = _progress(window)
    try:
        pages = to_pdf(article, sheet, pictures, target, _reporting(progress))
        messages.tell(f"Saved {target.name}: {pages} {'page' if pages == 1 else 'pages'}.")
    except Cancelled:
        messages.tell("Stopped; no PDF was written.")
    except ReaderError as error:
        messages.warn(
            str(error),
            "Try Again",
            lambda: save_pdf(article, sheet, pictures, messages, window),
        )
    finally:
        progress.close()


def print_article(
    article: Article, sheet: Sheet, pictures: Pictures, messages: MessageBar, window: QWidget
) -> None:
    """Show the pages as they will be printed; printing starts from there."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(article.title)
    dialog = QPrintPreviewDialog(printer, window)
    dialog.setWindowTitle(f"Print – {article.title}")

    def draw(device: QPrinter) -> None:
        try:
            paint(article, sheet, pictures, device)
        except ReaderError as error:
            messages.warn(str(error))

    dialog.paintRequested.connect(draw)
    dialog.resize(window.size())
    dialog.exec()


def file_name(title: str) -> str:
    """Return a file name for an article that every system takes."""
    kept = "".join(" " if each in _FORBIDDEN or ord(each) < 32 else each for each in title)
    return (" ".join(kept.split())[:100].strip(" .") or "Article") + ".pdf"


def _progress(window: QWidget) -> QProgressDialog:
    progress = QProgressDialog("Making the pages…", "Stop", 0, 0, window)
    progress.setWindowModality(Qt.WindowModality.WindowModal)
    progress.setMinimumDuration(400)
    return progress


def _reporting(progress: QProgressDialog) -> Report:
    def report(done: int, total: int, text: str) -> None:
        progress.setMaximum(total)
        progress.setValue(done)  # lets the window answer as well
        if progress.wasCanceled():
            raise Cancelled
        progress.setLabelText(text or "Making the pages…")

    return report
