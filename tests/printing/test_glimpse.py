"""The first pages are there before the rest, and are the same in the whole book."""

import pytest
from PySide6.QtGui import QImage, QPainter
from tests.printing.conftest import MakeArticle, MakeBook

from reader.printing.book import Book
from reader.printing.glimpse import all_steps, certain_sides, first_steps, glimpse_of
from reader.printing.imposition import Side, sides
from reader.printing.paint import paint_side
from reader.printing.sheets import PRESETS
from reader.sheet import Header, Imposition, Sheet

_SENTENCE = "Some words of a text that goes on for a while and then ends. "
_LONG = "\n\n".join(f"## Part {n}\n\n{_SENTENCE * (3 + n % 9)}" for n in range(160))
_ROW = "| cell | another cell | 12.5 |\n"
_TABLES = f"| A | B | C |\n|---|---|---|\n{_ROW * 60}\n\n{_SENTENCE}\n\n" * 6
_PICTURES = f"![A picture](https://example.org/a.png)\n\n{_SENTENCE * 8}\n\n" * 60


def _glimpsed(book: Book) -> tuple[Book, list[Side]]:
    glimpse = glimpse_of(book)
    assert glimpse is not None
    for _ in first_steps(glimpse):
        pass
    return glimpse, certain_sides(glimpse)


def _painted(book: Book, side: Side) -> QImage:
    image = QImage(240, 240, QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    paint_side(painter, book, side, 240 / max(book.page_width, book.page_height))
    painter.end()
    return image


def _places(book: Book, page: int) -> list[float]:
    placed = book.pages[page].placed
    return [x for each in placed for x in (each.x, each.y, each.slice.top, each.slice.bottom)]


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(footer=False),
        Sheet("A5", columns=2, justified=True, hyphenated=True, footer=False),
        Sheet("A5", size_pt=7, columns=3, header=Header.SECTION, footer=False),
        Sheet("60x90", footer=False),
        Sheet(imposition=Imposition.TWO_UP, footer=False),
    ],
)
@pytest.mark.parametrize("text", [_LONG, _TABLES, _PICTURES], ids=["text", "tables", "pictures"])
def test_a_page_of_a_glimpse_is_that_of_the_whole_article(
    article: MakeArticle, book: MakeBook, sheet: Sheet, text: str
) -> None:
    whole = book(article(text, words=100_000), sheet=sheet)
    glimpse, certain = _glimpsed(whole)
    assert certain
    assert certain == sides(whole)[: len(certain)]
    for side in certain:
        for page, _ in side.pages:
            assert _places(glimpse, page) == _places(whole, page)
            assert glimpse.edges(page) == whole.edges(page)
        assert _painted(glimpse, side) == _painted(whole, side)


@pytest.mark.parametrize("preset", ["Newspaper", "Magazine", "Article", "Large print"])
def test_the_front_of_a_glimpse_is_that_of_the_whole_book(
    article: MakeArticle, book: MakeBook, preset: str
) -> None:
    articles = [article(_SENTENCE * 25, title=f"T{n}", words=500) for n in range(120)]
    whole = book(*articles, sheet=PRESETS[preset], title="All")
    glimpse, certain = _glimpsed(whole)
    assert len(certain) >= 2
    for page in range(len(certain)):
        assert glimpse.pages[page] == whole.pages[page]


def test_only_the_beginning_is_laid_out(article: MakeArticle, book: MakeBook) -> None:
    whole = book(article(_LONG * 6, words=100_000), sheet=Sheet("A5"))
    _, certain = _glimpsed(whole)
    assert 2 <= len(certain) < len(whole.pages) / 2


def test_an_issue_keeps_its_dates_in_a_glimpse(article: MakeArticle, book: MakeBook) -> None:
    issue = book(article(_LONG, words=20_000), title="My Weekly", dated="1–7 May 2026")
    glimpse, _ = _glimpsed(issue)
    assert (glimpse.title, glimpse.dated) == ("My Weekly", "1–7 May 2026")


def test_what_is_short_or_folded_has_no_glimpse(article: MakeArticle, book: MakeBook) -> None:
    assert glimpse_of(book(article(_SENTENCE, words=12))) is None
    folded = Sheet(imposition=Imposition.FOLDED)
    assert glimpse_of(book(article(_LONG, words=20_000), sheet=folded)) is None


def test_a_glimpse_does_not_tell_how_many_pages_there_are(
    article: MakeArticle, book: MakeBook
) -> None:
    whole = book(article(_LONG, words=20_000))
    glimpse, _ = _glimpsed(whole)
    assert not glimpse.complete
    assert glimpse.edges(0)[3] == "1"
    assert whole.edges(0)[3] == f"1 / {len(whole.pages)}"


def test_the_glimpse_is_laid_out_first_and_then_the_book(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article(_LONG, words=20_000))
    whole = Book(made.entries, made.typesetter.find, Sheet(), made.typesetter.pictures)
    glimpse = glimpse_of(whole)
    assert glimpse is not None
    seen = [(len(glimpse.pages) > 0, whole.complete) for _ in all_steps(whole, glimpse)]
    assert seen[0] == (False, False)
    assert seen[-1] == (True, True)
    assert (True, False) in seen
