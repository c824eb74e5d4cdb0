"""Print a book on a printer, with the same pages as in preview and PDF."""

from collections.abc import Iterator

from PySide6.QtGui import QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from reader.errors import PrintError
from reader.printing.book import Book
from reader.printing.imposition import sides
from reader.printing.paint import paint_side
from reader.printing.pdf.write import page_layout
from reader.printing.piece import DPI
from reader.sheet import Imposition


def has_printer() -> bool:
    """Return whether a printer is installed."""
    return bool(QPrinterInfo.availablePrinterNames())


def to_printer(book: Book, printer: QPrinter) -> Iterator[tuple[int, int, str]]:
    """Print a book, or the pages selected in ``printer``, yielding the progress.

    Raises PrintError if the printer fails. Closing the iterator cancels the print.
    """
    yield from book.steps()
    printer.setFullPage(True)
    printer.setPageLayout(page_layout(book))
    if book.sheet.imposition is Imposition.FOLDED:
        printer.setDuplex(QPrinter.DuplexMode.DuplexShortSide)
    all_sides = sides(book)
    first, last = printer.fromPage() or 1, printer.toPage() or len(all_sides)
    chosen = all_sides[first - 1 : last]
    painter = QPainter()
    if not chosen or not painter.begin(printer):
        raise PrintError("The printer did not accept the pages; nothing was printed.")
    whole = False
    try:
        for number, side in enumerate(chosen, 1):
            if number > 1 and not printer.newPage():
                raise PrintError("The printer stopped before the end; try again.")
            paint_side(painter, book, side, printer.logicalDpiX() / DPI)
            yield number, len(chosen), f"Page {number} of {len(chosen)}"
        whole = True
    finally:
        if not whole:
            printer.abort()
        painter.end()
