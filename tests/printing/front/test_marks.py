"""Page numbers on the front are those on which the articles begin, in ink that the sheet allows."""

import re
from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import words_of

from reader.printing.book import Book
from reader.printing.imposition import sides
from reader.printing.page import Reference
from reader.printing.paint import paint_side
from reader.printing.sheets import PRESETS

_WORDS = "Words that tell a story. " * 60


@pytest.mark.parametrize("preset", ["Newspaper", "Magazine"])
def test_teasers_and_index_name_the_page_of_each_article(
    article: MakeArticle, book: MakeBook, tmp_path: Path, preset: str
) -> None:
    articles = [article(f"{_WORDS}\n\n" * 9, title=f"Number{n}") for n in range(4)]
    made = book(*articles, sheet=PRESETS[preset]._replace(paper="A5"), title="All")
    write(made, tmp_path / "a.pdf")
    front, *rest = words_of(tmp_path / "a.pdf")
    told = front if preset == "Newspaper" else rest[0]
    for number, page in enumerate(made.begins):
        assert str(page + 1) in told, number
    referred = re.findall(r"sitePage (\d+)", " ".join(front))
    marks = [mark for mark in made.pages[0].marks if isinstance(mark, Reference)]
    wanted = [made.begins[mark.article] + 1 for mark in marks]
    assert referred == [str(page) for page in wanted]
    assert len(wanted) >= 2


def _colours(book: Book) -> set[int]:
    """Return the saturations of the first page."""
    image = QImage(300, 424, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_side(painter, book, sides(book)[0], 300 / book.page_width)
    painter.end()
    return {image.pixelColor(x, y).saturation() for x in range(0, 300, 2) for y in range(0, 424, 2)}


@pytest.mark.parametrize(("preset", "grey"), [("Newspaper", False), ("Magazine", True)])
def test_only_a_magazine_that_is_not_grey_has_a_colour(
    article: MakeArticle, book: MakeBook, preset: str, grey: bool
) -> None:
    articles = [article(_WORDS, url=""), article(_WORDS, url="")]
    coloured = book(*articles, sheet=PRESETS["Magazine"], title="All")
    plain = book(*articles, sheet=PRESETS[preset]._replace(grey=grey), title="All")
    assert max(_colours(coloured)) > 100
    assert max(_colours(plain)) == 0
