"""What is selected on the page is a piece of the body, with the title as a heading."""

from collections.abc import Iterator

import pytest
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

from reader import themes
from reader.body.blocks import Body, Heading, Paragraph, Text
from reader.body.from_markdown import from_markdown
from reader.body.to_text import to_text
from reader.document.build import Document, Head
from reader.document.fonts import load_fonts
from reader.document.images import Pictures
from reader.document.selected import selected
from reader.model import Look

_TABLE = "| Name | Age |\n|---|--:|\n" + "".join(f"| n{n} | {n} |\n" for n in range(100, 420))
_TEXT = (
    "Intro 😀 words.[^1]\n\n1. Boil 😀 water\n2. Add tea\n\n" + _TABLE + "\nLast words.\n\n"
    "[^1]: A note.\n"
)


@pytest.fixture
def pictures(qtbot: QtBot) -> Iterator[Pictures]:
    load_fonts()
    made = Pictures(lambda _: None)
    yield made
    made.close()


class _Page:
    def __init__(self, pictures: Pictures, text: str = _TEXT, direction: str = "") -> None:
        body = from_markdown(text)
        self.parts = [*body.blocks, *body.notes]
        head = Head("The 😀 title", "Ann Author", ("example.org", "12 views"))
        self.document = Document(Look(themes.theme("dark")), pictures, head, direction=direction)
        self.document.grow(iter(self.parts))

    def find(self, words: str) -> QTextCursor:
        """Find words, and those in the cell behind them."""
        first, _, last = words.rpartition("\u2029")
        found = QTextCursor(self.document.find(first or last))
        found = self.document.find(last, found) if first else found
        assert not found.isNull(), words
        return found

    def between(self, first: str, last: str, *, back: bool = False) -> Body:
        ends = [self.find(first).selectionStart(), self.find(last).selectionEnd()]
        cursor = QTextCursor(self.document)
        cursor.setPosition(ends[back])
        cursor.setPosition(ends[not back], QTextCursor.MoveMode.KeepAnchor)
        return selected(self.document, cursor, lambda: self.parts)


@pytest.fixture
def page(pictures: Pictures) -> _Page:
    return _Page(pictures)


@pytest.mark.parametrize("back", [False, True])
def test_words_are_cut_where_they_are_selected(page: _Page, back: bool) -> None:
    assert to_text(page.between("words.", "Boil 😀", back=back)) == "words.\n\n1. Boil 😀"
    assert to_text(page.between("water", "Add", back=back)) == "1. water\n2. Add"
    assert page.between("😀 water", "water", back=back).blocks == (Paragraph((Text("😀 water"),)),)


def test_everything_is_the_title_and_the_whole_body(page: _Page) -> None:
    cursor = QTextCursor(page.document)
    cursor.select(QTextCursor.SelectionType.Document)
    body = selected(page.document, cursor, lambda: page.parts)
    title, byline, *rest = body.blocks
    assert title == Heading(1, (Text("The 😀 title"),))
    assert byline == Paragraph((Text("Ann Author"),))
    assert [*rest, *body.notes] == page.parts
    assert "views" not in to_text(body)


def test_parts_of_the_head_are_what_they_are(page: _Page) -> None:
    assert page.between("title", "title") == Body((Paragraph((Text("title"),)),))
    assert page.between("The 😀", "title") == Body((Heading(1, (Text("The 😀 title"),)),))
    assert to_text(page.between("title", "Ann")) == "title\n\nAnn"
    assert to_text(page.between("12", "views")) == "12\xa0views", "the details alone"
    assert to_text(page.between("Author", "Intro")) == "Author\n\nIntro"


@pytest.mark.parametrize("back", [False, True])
def test_cells_are_a_rectangle(page: _Page, back: bool) -> None:
    assert (
        to_text(page.between("n101", "n103\u2029103", back=back))
        == "n101\t101\nn102\t102\nn103\t103"
    )
    assert to_text(page.between("n101", "n103", back=back)) == "n101\nn102\nn103", "a column"
    # From the upper right to the lower left.
    assert to_text(page.between("Age", "n101", back=back)) == "Name\tAge\nn100\t100\nn101\t101"
    assert page.between("n300", "n300", back=back) == Body((Paragraph((Text("n300"),)),))


@pytest.mark.parametrize("back", [False, True])
def test_cells_from_right_to_left_are_those_that_are_marked(pictures: Pictures, back: bool) -> None:
    text = "| אחת | שתיים | שלוש |\n|---|---|---|\n| א1 | ב1 | ג1 |\n| א2 | ב2 | ג2 |\n"
    page = _Page(pictures, text, "rtl")
    assert to_text(page.between("א1", "ב2", back=back)) == "א1\tב1\nא2\tב2"
    assert to_text(page.between("ב1", "א2", back=back)) == "א1\tב1\nא2\tב2"
    assert to_text(page.between("שתיים", "ג1", back=back)) == "שתיים\tשלוש\nב1\tג1"
    assert to_text(page.between("ג1", "ג2", back=back)) == "ג1\nג2"


def test_cells_of_a_long_table_are_those_of_its_part(page: _Page) -> None:
    assert to_text(page.between("n300", "n302\u2029302")) == "n300\t300\nn301\t301\nn302\t302"


def test_a_table_that_is_touched_from_outside_is_there_whole(page: _Page) -> None:
    text = to_text(page.between("n418", "Last"))
    assert text.endswith("n419\t419\n\nLast")
    assert "n418\t418" in text
