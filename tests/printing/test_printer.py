"""A printer gets the pages that the preview shows."""

from contextlib import closing
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QPageLayout
from PySide6.QtPrintSupport import QPrinter
from tests.printing.conftest import MakeArticle, MakeBook, text_of, write
from tests.printing.reading import glyphs

from reader.errors import PrintError
from reader.printing.printer import to_printer
from reader.sheet import Imposition, Sheet

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
        assert len(pdf.pages) == len(made.pages)
        assert float(pdf.pages[0].mediabox[2]) == pytest.approx(420, abs=2)
    assert "Part 29" in text_of(tmp_path / "p.pdf")


def test_a_range_of_pages_is_printed(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = book(article(_LONG))
    printer = _printer(tmp_path / "p.pdf")
    printer.setFromTo(2, 3)
    for _ in to_printer(made, printer):
        pass
    text = text_of(tmp_path / "p.pdf")
    assert f"2 / {len(made.pages)}" in text
    assert f"3 / {len(made.pages)}" in text
    assert f"1 / {len(made.pages)}" not in text


def test_a_printer_that_takes_nothing_is_named(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    printer = _printer(tmp_path / "none" / "p.pdf")
    with pytest.raises(PrintError, match="did not accept"):
        list(to_printer(book(article("x")), printer))


@pytest.mark.parametrize(
    "sheet",
    [Sheet("A5"), Sheet("200x100"), *(Sheet(imposition=each) for each in Imposition)],
    ids="small wide single two folded".split(),
)
def test_what_is_printed_stands_where_it_does_in_a_pdf(
    article: MakeArticle, book: MakeBook, tmp_path: Path, sheet: Sheet
) -> None:
    made = book(article(_LONG[:4000]), sheet=sheet)
    printer = _printer(tmp_path / "p.pdf")
    steps = [*to_printer(made, printer)]
    write(made, tmp_path / "a.pdf")
    wanted = [each for each in glyphs(tmp_path / "a.pdf") if each.said.strip()]
    found = [each for each in glyphs(tmp_path / "p.pdf") if each.said.strip()]
    assert [each.page for each in found] == [each.page for each in wanted]
    for one, other in zip(found, wanted, strict=True):
        assert (one.x, one.y) == pytest.approx((other.x, other.y), abs=0.6)
    count = wanted[-1].page + 1
    assert steps == [(n, count, f"Page {n} of {count}") for n in range(1, count + 1)]
    with pikepdf.open(tmp_path / "p.pdf") as pdf:
        box = [float(side) for side in pdf.pages[0].mediabox]
    lies = printer.pageLayout().orientation() is QPageLayout.Orientation.Landscape
    assert lies is (box[2] > box[3])


def test_the_last_page_alone_is_printed(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = book(article(_LONG), sheet=Sheet("A5"))
    printer, count = _printer(tmp_path / "p.pdf"), len(made.pages)
    printer.setFromTo(count, count)
    assert [*to_printer(made, printer)] == [(1, 1, "Page 1 of 1")]
    assert f"{count} / {count}" in text_of(tmp_path / "p.pdf")
    printer.setFromTo(count + 1, count + 1)
    with pytest.raises(PrintError, match="nothing was printed"):
        list(to_printer(made, printer))


class _Watched(QPrinter):
    """A printer that takes so many pages and knows whether it was told to forget them."""

    def __init__(self, file: Path, pages: int) -> None:
        super().__init__(QPrinter.PrinterMode.HighResolution)
        self.setOutputFileName(str(file))
        self._left = pages
        self.aborted = False
        self.folds = False

    def newPage(self) -> bool:
        self._left -= 1
        return self._left > 0 and super().newPage()

    def setDuplex(self, mode: QPrinter.DuplexMode) -> None:
        self.folds = mode is QPrinter.DuplexMode.DuplexShortSide  # a file has no back

    def abort(self) -> bool:
        self.aborted = True
        return super().abort()


def test_a_printer_that_stops_is_told_of_and_forgets_the_rest(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    printer = _Watched(tmp_path / "p.pdf", 1)
    steps = to_printer(book(article(_LONG)), printer)
    assert next(steps)[0] == 1
    with pytest.raises(PrintError, match="before the end"):
        next(steps)
    assert printer.aborted


def test_stopping_is_no_end_and_the_end_is_no_stopping(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    stopped, whole = (_Watched(tmp_path / f"{name}.pdf", 99) for name in "sw")
    with closing(to_printer(book(article(_LONG)), stopped)) as steps:  # type: ignore[type-var]
        next(steps)
    assert stopped.aborted
    assert [*to_printer(book(article("x")), whole)] == [(1, 1, "Page 1 of 1")]
    assert not whole.aborted


@pytest.mark.parametrize("imposition", [*Imposition])
def test_sheets_to_fold_are_turned_over_their_short_side(
    article: MakeArticle, book: MakeBook, tmp_path: Path, imposition: Imposition
) -> None:
    printer = _Watched(tmp_path / "p.pdf", 9)
    list(to_printer(book(article("x"), sheet=Sheet(imposition=imposition)), printer))
    assert printer.folds is (imposition is Imposition.FOLDED)
