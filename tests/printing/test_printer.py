"""A printer gets the pages that the preview shows."""

from pathlib import Path

import pikepdf
import pytest
from PySide6.QtPrintSupport import QPrinter
from tests.printing.conftest import MakeArticle, MakeBook, text_of

from reader.errors import PrintError
from reader.printing.printer import to_printer
from reader.sheet import Sheet

_LONG = "\n\n".join(f"## Part {n}\n\n" + "Some words of text. " * 60 for n in range(30))


def _printer(file: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(file))
    return printer


def test_all_pages_are_printed(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = book(article(_LONG), sheet=Sheet(paper="A5"))
    for _ in to_printer(made, _printer(tmp_path / "p.pdf")):
        pass
    with pikepdf.open(tmp_path / "p.pdf") as pdf:
        assert len(pdf.pages) == len(made.leaves)
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(420, abs=2)
    assert "Part 29" in text_of(tmp_path / "p.pdf")


def test_a_range_of_pages_is_printed(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = book(article(_LONG))
    printer = _printer(tmp_path / "p.pdf")
    printer.setFromTo(2, 3)
    for _ in to_printer(made, printer):
        pass
    text = text_of(tmp_path / "p.pdf")
    assert f"2 / {len(made.leaves)}" in text
    assert f"3 / {len(made.leaves)}" in text
    assert f"1 / {len(made.leaves)}" not in text


def test_a_printer_that_takes_nothing_is_named(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    printer = _printer(tmp_path / "none" / "p.pdf")
    with pytest.raises(PrintError, match="did not take"):
        list(to_printer(book(article("x")), printer))
