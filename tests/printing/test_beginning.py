"""Texts higher than one document can be: all of it is printed, once and in order."""

import re
from itertools import chain
from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import words_of

from reader.body.anchors import text_of
from reader.body.blocks import (
    Block,
    Cell,
    Code,
    Definition,
    Definitions,
    Item,
    List,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)
from reader.errors import PrintError
from reader.printing import beginning, typeset
from reader.printing.beginning import Beginning, Extent, small_parts
from reader.printing.page import Part
from reader.sheet import Links, Notes, Sheet

_HIGH = 30_000.0  # dots: two or three pages


@pytest.fixture
def low(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let a document be full after some pages, and a part be small."""
    monkeypatch.setattr(typeset, "MOST_HEIGHT", _HIGH)
    monkeypatch.setattr(typeset, "LONG_TEXT", 1000)
    monkeypatch.setattr(typeset, "_SLICE_SECONDS", 0.0)
    monkeypatch.setattr(beginning, "_MOST", 2000)


def _words(first: int, after: int) -> str:
    return " ".join(f"w{number}x" for number in range(first, after))


def _long(count: int = 60) -> str:
    """Return paragraphs with a note each, whose words are numbered in order."""
    text = "\n\n".join(f"{_words(n * 100, n * 100 + 100)}[^{n}]" for n in range(count))
    return text + "\n\n" + "\n".join(f"[^{n}]: note{n}y\n" for n in range(count))


def _printed(file: Path) -> list[str]:
    return list(chain.from_iterable(words_of(file)))


@pytest.mark.usefixtures("low")
@pytest.mark.parametrize("notes", list(Notes))
@pytest.mark.parametrize("columns", [1, 2])
def test_all_of_a_long_text_is_printed_once_and_in_order(
    article: MakeArticle, book: MakeBook, tmp_path: Path, notes: Notes, columns: int
) -> None:
    sheet = Sheet("A5", columns=columns, notes=notes, tagged=True)
    made = book(article(_long()), sheet=sheet)
    assert len({each.piece for page in made.pages for each in page.placed}) > 2
    write(made, tmp_path / "a.pdf")
    said = " ".join(_printed(tmp_path / "a.pdf"))
    assert re.findall(r"w\d+x", said) == [f"w{number}x" for number in range(6000)]
    count = 0 if notes is Notes.OFF else 60
    assert re.findall(r"note\d+y", said) == [f"note{number}y" for number in range(count)]


@pytest.mark.usefixtures("low")
def test_notes_are_numbered_through_all_documents(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_long()))
    setter, number, seen = made.typesetter, 0, []
    while True:
        piece = setter.piece(number)
        if piece.notes:
            seen += re.findall(r"note(\d+)y", piece.galley(Part.NOTES).document.toPlainText())
        if not (number := piece.rest):
            break
    assert seen == [str(each) for each in range(60)]
    assert list(setter.piece(0).body.document.note_numbers.values()) == [*range(1, 61)]


@pytest.mark.usefixtures("low")
def test_a_document_that_is_laid_out_again_has_the_same_text(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article(_long()), sheet=Sheet(links=Links.NUMBERED))
    setter = made.typesetter
    numbers = list(setter.kept)
    before = [setter.piece(each).body.document.toPlainText() for each in numbers]
    setter._pieces.clear()
    assert [setter.piece(each).body.document.toPlainText() for each in numbers] == before
    assert {setter.entry_of(each) for each in numbers} == {0}


@pytest.mark.usefixtures("low")
def test_articles_after_a_long_one_keep_their_names(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_long()), article("short", title="Second"), sheet=Sheet(), title="Both")
    assert made.outline[-1].text == "Second"
    number = made.outline[-1].page - 1
    assert made.edges(number)[0] == "The <b>Title</b>"


@pytest.mark.usefixtures("low")
@pytest.mark.parametrize(
    "part",
    [
        Paragraph((Text(_words(0, 6000)),)),
        Quote((Paragraph((Text(_words(0, 6000)),)),)),
        List(tuple(Item((Paragraph((Text(f"w{n}x"),)),)) for n in range(1500)), ordered=True),
        Definitions(
            tuple(Definition(((Text(f"w{n}x"),),), (Paragraph((Text("d"),)),)) for n in range(900))
        ),
        Table(
            ((Cell((Text("head"),)),), *((Cell((Text(f"w{n}x"),)),) for n in range(900))),
            1,
            (Text("caption"),),
        ),
        Code("\n".join(f"w{n}x" for n in range(900))),
    ],
    ids=lambda part: type(part).__name__,
)
def test_a_long_part_becomes_several_with_the_same_text(part: Block) -> None:
    made = list(small_parts(iter((part, Note("n", (Paragraph((Text("x" * 9000),)),))))))
    assert len(made) > 3
    assert isinstance(made[-1], Note), "a note is never divided"
    said = "".join(text_of(each) for each in made[:-1])
    assert re.findall(r"w\d+x", said) == re.findall(r"w\d+x", text_of(part))
    if isinstance(part, List):
        starts = [each.start for each in made[:-1] if isinstance(each, List)]
        assert starts[0] == 1
        assert starts == sorted({*starts})
    if isinstance(part, Table):
        assert said.count("head") == len(made) - 1
        assert said.count("caption") == 1


def test_a_text_ends_where_it_ended_before() -> None:
    parts = [Paragraph((Text(str(number)),)) for number in range(9)]
    text = Beginning(iter(parts), Extent(2, 5), lambda: iter(()))
    assert list(text) == parts[2:5]
    assert not text.is_whole
    last = Beginning(iter(parts), Extent(5, 9), lambda: iter(()))
    assert list(last) == parts[5:]
    assert last.is_whole


def test_a_part_that_no_document_holds_is_an_error_not_a_loss(
    article: MakeArticle, book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(typeset, "GREATEST_HEIGHT", 20_000.0)
    with pytest.raises(PrintError, match="too long to print"):
        book(article(_words(0, 9000)))
