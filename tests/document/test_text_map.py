"""Offsets in the text of a body and positions of Qt are the same place, on screen and paper."""

from collections.abc import Iterator
from random import Random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtGui import QTextCursor
from tests.body.bodies import bodies
from tests.body.changing import NAME, paragraph, prose, sample
from tests.document.conftest import Build
from tests.document.lines import lines_between
from tests.document.specimen import SPECIMEN

from reader import themes
from reader.anchor import Anchor
from reader.body.anchors import PICTURE, Point, text_of
from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Code,
    Figure,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Style,
    Table,
    Text,
)
from reader.document.build import Document, Head
from reader.document.images import Pictures
from reader.document.text_map import TextMap
from reader.model import Look
from reader.printing.adapt import for_paper
from reader.sheet import Links, Sheet

PAPER = (
    Sheet(),
    Sheet(links=Links.NUMBERED, hyphenated=True),
    Sheet(links=Links.NUMBERED, hyphenated=False, pictures=False),
)


def _printed(look: Look, pictures: Pictures, body: Body, sheet: Sheet) -> Document:
    document = Document(look, pictures, on_paper=True)
    document.setTextWidth(420)
    parts: Iterator[Block | Note] = iter((*body.blocks, *body.notes))
    assert document.grow(for_paper(parts, sheet, "en"))
    return document


def _letter(document: Document, position: int) -> str:
    cursor = QTextCursor(document)
    cursor.setPosition(position)
    high = document.characterAt(position)
    pair = "\ud800" <= high < "\udc00"
    cursor.setPosition(position + (2 if pair else 1), QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def _all_exact(document: Document, body: Body, *, some: int = 1) -> None:
    """Check that each letter of a body is found in the document, and is that letter."""
    text = document._composer.text
    for number, part in enumerate((*body.blocks, *body.notes)):
        said = text_of(part)
        assert text[number] == said
        for offset in range(0, len(said), some):
            if said[offset] in "\n ":  # such as between two pictures is not written
                continue
            position = text.position(Point(number, offset))
            assert _letter(document, position) == said[offset], (said, offset)
            assert text.point(position) == (number, offset)


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(body=bodies)
def test_every_letter_of_a_body_is_found_in_its_document(build: Build, body: Body) -> None:
    _all_exact(build(body, head=Head("Title", "", ("1 min",))), body)


@pytest.mark.parametrize("sheet", PAPER, ids=["plain", "numbered", "without pictures"])
def test_an_anchor_of_the_screen_is_the_same_letter_on_paper_and_back(
    build: Build, look: Look, pictures: Pictures, sheet: Sheet
) -> None:
    chance = Random(11)
    body = sample(chance, 30)
    screen, paper = build(body, head=Head("Title")), _printed(look, pictures, body, sheet)
    assert len(paper._composer.text) >= len(body.blocks)
    for number, block in enumerate(body.blocks):
        said = text_of(block)
        for offset in range(0, len(said), 1 + len(said) // 40):
            if said[offset] in "\n " or (said[offset] == PICTURE and not sheet.pictures):
                continue
            there = screen._composer.text.position(Point(number, offset))
            position = paper.position_of(screen.anchor_at(there))
            assert position is not None
            assert _letter(paper, position) == said[offset]
            assert screen.position_of(paper.anchor_at(position)) == there
    if sheet.pictures:
        _all_exact(paper, body, some=7)


def test_every_kind_of_block_is_exact(build: Build) -> None:
    blocks = tuple(each for each in SPECIMEN if not isinstance(each, Note))
    notes = tuple(each for each in SPECIMEN if isinstance(each, Note))
    _all_exact(build(Body(blocks, notes), head=Head("Title")), Body(blocks, notes))


@pytest.mark.parametrize(
    "block",
    [
        paragraph("🌍 outside 🌍 the plane 漢字 e\u0301 שלום 🌍🌍"),
        paragraph("word\u200bbreak\u2060s\ufeff here"),
        paragraph("x" * 500 + " " + "🌍" * 300 + " end"),
        paragraph(prose(Random(4), 20_000)),
        Code("\n\ndef f():\n\n    return '🌍' * 3\n\n", "python"),
        Code("plain\n\n" + "x" * 400 + "\nend\n"),
        Paragraph((Picture(NAME, 9, 9), Text(" \n "), Picture(NAME, 9, 9), Text(" "))),
        Figure((Paragraph((Picture(NAME, 9, 9), Picture("", alt="x"))),), (Text("caption"),)),
        Paragraph((Text("Up"), NoteMark("x"), NoteMark("y"), Text("2", Style.SUP), Text("\nnew"))),
        Table(
            ((Cell((Text("a"),), rows=2), Cell((Text("b"),), columns=2)), (Cell((Text("c"),)),)),
            0, (Text("caption"),),
        ),
        Table(tuple((Cell((Text(f"{n}"),)), Cell(()), Cell((Text("🌍"),))) for n in range(400))),
    ],
    ids=lambda block: type(block).__name__,
)  # fmt: skip
def test_odd_blocks_are_exact(build: Build, block: Block) -> None:
    body = Body((paragraph("before"), block, paragraph("after")), (Note("y", (block,)),))
    _all_exact(build(body), body, some=1 + len(text_of(block)) // 500)


def test_no_cell_is_lost_beyond_the_last_column(build: Build) -> None:
    tall = Cell((Text("tall"),), rows=2)
    table = Table(((Cell((Text("a"),)), tall), (Cell((Text("b"),)), Cell((Text("beyond"),)))))
    _all_exact(document := build(Body((table, paragraph("after")))), Body((table,)))
    assert "beyond" in document.toPlainText()


def test_what_a_layout_adds_is_the_place_of_the_letter_behind_it(build: Build) -> None:
    body = Body((paragraph("see"),), (Note("n", (paragraph("The note."),)),))
    document = build(body)
    note = document.find("The note").selectionStart()
    assert document.anchor_at(note - 2) == document.anchor_at(note)
    assert document.position_of(document.anchor_at(note - 2)) == note
    assert document.anchor_at(document.characterCount() - 1).offset == len("The note.")


def test_the_head_is_the_beginning(build: Build) -> None:
    document = build(Body((paragraph("words"),)), head=Head("A title", "Author", ("1 min",)))
    for position in range(document.find("words").selectionStart()):
        assert document.anchor_at(position) == Anchor()
    assert document.position_of(Anchor()) == 0


@pytest.mark.parametrize("body", [Body(), Body((paragraph(""),))])
def test_an_empty_body_has_a_place(build: Build, body: Body) -> None:
    document = build(body)
    anchor = document.anchor_at(document.characterCount() - 1)
    assert document.position_of(anchor) is not None
    assert document.position_of(Anchor(3, 4, "a", "b", "c")) is None


def test_a_document_that_grows_has_a_place_once_its_words_are_there(
    look: Look, pictures: Pictures, build: Build
) -> None:
    body = Body(tuple(paragraph(prose(Random(n))) for n in range(60)))
    whole = build(body)
    anchor = whole.anchor_at(whole.find(text_of(body.blocks[30])[50:70]).selectionStart())
    document = Document(look, pictures)
    parts: Iterator[Block | Note] = iter(body.blocks)
    while document.position_of(anchor) is None:
        assert not document.grow(parts, 0.0)
    assert not document.complete
    lost = anchor._replace(exact="other words than all of these")
    assert document.position_of(lost) is None


_LOOKS = st.builds(
    lambda theme, font, size, leading, measure, justified: Look(
        theme, font=font, size_pt=size, leading=leading, measure=measure, justified=justified
    ),
    st.sampled_from([themes.theme("light"), themes.theme("dark")]),
    st.sampled_from(["serif", "sans"]), st.floats(9, 26), st.floats(1.1, 2.2),
    st.integers(30, 100), st.booleans(),
)  # fmt: skip


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    seed=st.integers(0, 2**32), other=_LOOKS, zoom=st.floats(0.5, 3), width=st.integers(150, 900)
)
def test_a_line_is_found_within_one_line_in_any_look(
    pictures: Pictures, look: Look, seed: int, other: Look, zoom: float, width: int
) -> None:
    chance = Random(seed)
    body = sample(chance, 12)
    one, two = Document(look, pictures), Document(other, pictures, Head("A title"))
    two.set_zoom(zoom)
    for document, column in ((one, 500), (two, width)):
        document.setTextWidth(column)
        document.grow(iter(body.blocks))
    for _ in range(10):
        position = chance.randrange(one.characterCount())
        there = two.position_of(one.anchor_at(position))
        assert there is not None
        back = one.position_of(two.anchor_at(there))
        assert back is not None
        assert lines_between(one, position, back) <= 1


def test_pieces_written_from_the_end_are_read_from_the_beginning() -> None:
    text = TextMap()
    text.begin(0)
    text.note(1, "above ")
    with text.reversing() as next_one:
        for position, piece in ((10, "three"), (20, "two"), (30, "one")):
            next_one()
            text.note(position, piece[:1])
            text.note(position + 1, piece[1:])
    text.note(40, " below")
    assert text[0] == "above onetwothree below"
    for position, offset in ((1, 0), (30, 6), (31, 7), (20, 9), (22, 11), (10, 12), (40, 17)):
        assert text.point(position) == Point(0, offset)
        assert text.position(Point(0, offset)) == position
