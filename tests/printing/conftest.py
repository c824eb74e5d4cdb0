"""Articles, books and PDF files to test with."""

import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtGui import QTextBlock
from pytestqt.qtbot import QtBot

from reader.anchor import Anchor
from reader.body.blocks import Body
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.document.build import Document, Head
from reader.document.images import Pictures
from reader.model import Article, State
from reader.printing.book import Book
from reader.printing.paginate import Galley
from reader.printing.pdf.write import to_pdf
from reader.printing.sheets import look_of
from reader.printing.typeset import entry_of
from reader.sheet import Sheet

MakeArticle = Callable[..., Article]
MakeBook = Callable[..., Book]


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[Pictures]:
    made = Pictures(lambda _: None)
    yield made
    made.close()


@pytest.fixture
def article() -> MakeArticle:
    """Return a function that makes an article of Markdown, or of canonical HTML."""

    def make(markdown: str = "", *, html: str = "", id: int = 1, **more: object) -> Article:
        made = Article(
            id=id, uid="u", url="https://example.org/a", title="The <b>Title</b>",
            byline="Author", site="site", language="en", excerpt="", words=10,
            published_at="2026-11-25", added_at="2026-11-26", downloaded_at="x", opened_at="",
            read_at="", state=State.QUEUE, place="", favourite=False, tags=(), views=0,
            position=Anchor(), progress=0, lead="", pictures=(),
            html=html or to_html(from_markdown(markdown)),
        )  # fmt: skip
        return made._replace(**more)  # type: ignore[arg-type]

    return make


@pytest.fixture
def book(pictures: Pictures) -> MakeBook:
    """Return a function that lays out articles on a sheet."""

    def make(*articles: Article, sheet: Sheet | None = None, title: str = "") -> Book:
        known = dict(enumerate(articles))
        entries = [entry_of(each)._replace(id=key) for key, each in known.items()]
        made = Book(entries, known.__getitem__, sheet or Sheet(), pictures, title)
        for _ in made.steps():
            pass
        return made

    return make


def galley_of(said: str | Body, pictures: Pictures, head: Head | None = None) -> Galley:
    """Return the measured galley of Markdown or a body, with its notes at the end."""
    body = from_markdown(said) if isinstance(said, str) else said
    document = Document(look_of(Sheet()), pictures, head, on_paper=True)
    document.setTextWidth(500)
    document.grow(iter((*body.blocks, *body.notes)))
    galley = Galley(document)
    for _ in galley.measure():
        pass
    return galley


def blocks_of(galley: Galley) -> Iterator[QTextBlock]:
    """Yield all blocks of a galley."""
    block = galley.document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def lines_of(name: str, lines: int) -> str:
    """Return a paragraph of exactly so many lines, whose lines begin with different words."""
    return "  \n".join(f"{name}{number} x" for number in range(lines))


def write(book: Book, target: Path) -> int:
    """Write a book to a PDF and return the number of its pages."""
    for _ in to_pdf(book, target):
        pass
    return len(book.pages)


def text_of(file: Path, *options: str) -> str:
    """Return the text of a PDF as poppler reads it; the test is skipped where it is missing."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext is not installed")
    return subprocess.check_output(["pdftotext", *options, str(file), "-"], text=True)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say loudly that tests did not run; a skipped one is only a letter among thousands."""
    if shutil.which("pdftotext") is None:
        terminalreporter.write_line(
            "pdftotext is missing: tests of what others read in a PDF did not run. "
            "Install poppler-utils.",
            red=True, bold=True,
        )  # fmt: skip
