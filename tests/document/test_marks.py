"""Marked ranges are seen and named in all that they reach across."""

from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter, QTextCursor
from tests.body.bodies import bodies

from reader.body.anchors import Point, text_of
from reader.body.blocks import (
    Body,
    Cell,
    Code,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
)
from reader.document.build import Document, Head
from reader.document.decorate import decorate
from reader.document.formats import Mark
from reader.document.images import Pictures
from reader.document.marks import Marked
from reader.model import Look
from reader.printing.adapt import for_paper
from reader.sheet import Links, Sheet

_A = Paragraph((Text("one "), Text("two", link="https://example.org/"), Text(" three")))


def _built(
    look: Look, pictures: Pictures, body: Body, *marks: Marked, rtl: bool = False
) -> Document:
    direction = "rtl" if rtl else ""
    document = Document(look, pictures, Head("Title"), direction=direction)
    document.lay_out(500)
    document.mark(marks)
    assert document.grow(iter((*body.blocks, *body.notes)))
    return document


def _marked(document: Document) -> list[tuple[str, str]]:
    """Return the marked pieces of text with the names of their marks, in the order they stand."""
    found: list[tuple[str, str]] = []
    block = document.firstBlock()
    while block.isValid():
        for run in block.textFormats():
            if name := run.format.stringProperty(Mark.MARKED):
                assert run.format.stringProperty(Mark.GROUND) == document.look.theme.mark
                assert block.blockFormat().boolProperty(Mark.GROUNDED)
                text = block.text()[run.start : run.start + run.length].replace("\u2060", "")
                found += [(name, text)] if text else []
        block = block.next()
    return found


def test_a_mark_reaches_across_runs_and_into_a_link(look: Look, pictures: Pictures) -> None:
    mark = Marked("m", Point(0, 2), Point(0, 6))
    document = _built(look, pictures, Body((_A,)), mark)
    assert _marked(document) == [("m", "e "), ("m", "tw")]
    cursor = document.find("tw")
    assert cursor.charFormat().anchorHref() == "https://example.org/", "the link stays"


def test_a_mark_reaches_across_blocks_lists_quotes_and_code(look: Look, pictures: Pictures) -> None:
    body = Body((
        _A, List((Item((_A,)), Item((Paragraph((Text("item"),)),)))), Quote((_A,)),
        Code("x = 1\ny = 2"), _A,
    ))  # fmt: skip
    document = _built(look, pictures, body, Marked("m", Point(0, 8), Point(4, 3)))
    said = "".join(text for _, text in _marked(document))
    assert said == "three" + "one two three" + "item" + "one two three" + "x = 1y = 2" + "one"


@pytest.mark.parametrize("rtl", [False, True])
def test_a_mark_reaches_into_cells(look: Look, pictures: Pictures, *, rtl: bool) -> None:
    rows = tuple(tuple(Cell((Text(f"cell {row}{column}"),)) for column in "abc") for row in "12")
    mark = Marked("m", Point(0, 12), Point(0, 24))  # a cell and parts of its neighbours
    document = _built(look, pictures, Body((Table(rows),)), mark, rtl=rtl)
    assert sorted(text for _, text in _marked(document)) == ["1b", "cel", "cell 1c"]


def test_the_number_of_a_note_in_a_mark_is_no_gap(look: Look, pictures: Pictures) -> None:
    body = Body((Paragraph((Text("one"), NoteMark("n"), Text(" two"))),),
                (Note("n", (Paragraph((Text("of it"),)),)),))  # fmt: skip
    document = _built(look, pictures, body, Marked("m", Point(0, 0), Point(1, 2)))
    assert [text for _, text in _marked(document)] == ["one", "1", " two", "of"]


def test_a_formula_is_marked_as_it_is_shown(look: Look, pictures: Pictures) -> None:
    body = Body((Paragraph((Text(r"if $\alpha$ then"),)),))
    document = _built(look, pictures, body, Marked("m", Point(0, 3), Point(0, 11)))
    assert _marked(document) == [("m", "α")]


def test_a_picture_can_be_marked(look: Look, pictures: Pictures) -> None:
    body = Body(
        (Paragraph((Text("a"), Picture("", alt="sun"), Text("b"))), Paragraph((Picture(""),)))
    )
    document = _built(look, pictures, body, Marked("m", Point(0, 1), Point(1, 1)))
    assert [text for _, text in _marked(document)] == ["\ufffc", "b", "\ufffc"]


def test_of_two_marks_the_later_one_is_seen(look: Look, pictures: Pictures) -> None:
    marks = Marked("a", Point(0, 0), Point(0, 3)), Marked("b", Point(0, 2), Point(0, 4))
    assert _marked(_built(look, pictures, Body((_A,)), *marks)) == [("a", "on"), ("b", "e ")]


@pytest.mark.parametrize(
    ("start", "end"),
    [((0, 3), (0, 3)), ((0, 9), (0, 2)), ((5, 0), (9, 9)), ((0, 999), (0, 9999)), ((1, 0), (0, 9))],
)
def test_a_range_of_nothing_marks_nothing(
    look: Look, pictures: Pictures, start: tuple[int, int], end: tuple[int, int]
) -> None:
    mark = Marked("m", Point(*start), Point(*end))
    assert _marked(_built(look, pictures, Body((_A,)), mark)) == []


def test_a_mark_is_painted(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, Body((_A, _A)), Marked("m", Point(0, 0), Point(1, 13)))
    image = QImage(500, 300, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    decorate(document, painter, QRectF(0, 0, 500, 300))
    painter.end()
    rows = [y for y in range(300) if image.pixelColor(5, y).name() == look.theme.mark]
    assert len(rows) > 30
    assert max(y - before for before, y in pairwise(rows)) > 5, "two lines"


@settings(
    max_examples=25, deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip
@given(body=bodies, share=st.tuples(st.floats(0, 1), st.floats(0, 1)))
def test_each_letter_between_two_points_is_marked_and_no_other(
    look: Look, pictures: Pictures, body: Body, share: tuple[float, float]
) -> None:
    texts = [text_of(part) for part in (*body.blocks, *body.notes)]
    points = [Point(part, offset) for part, text in enumerate(texts) for offset in range(len(text))]
    if not points:
        return
    first, last = (points[int(each * (len(points) - 1))] for each in sorted(share))
    document = _built(look, pictures, body, Marked("m", first, last))
    for point in points:
        sign = texts[point.block][point.offset]
        if sign.isspace() or sign == "\ufffc":
            continue
        position = document._composer.text.position(point)
        cursor = QTextCursor(document)
        cursor.setPosition(position + 1)
        is_marked = cursor.charFormat().stringProperty(Mark.MARKED) == "m"
        assert is_marked is (first <= point < last)


def test_on_paper_a_mark_keeps_its_letters_between_hyphens_and_numbers(
    look: Look, pictures: Pictures
) -> None:
    words = Text("An internationally ", link="https://example.org/"), Text("remarkable harbour")
    mark = Marked("m", Point(0, 3), Point(0, 29))
    document = Document(look, pictures, on_paper=True)
    document.mark((mark,))
    document.lay_out(300)
    sheet = Sheet(hyphenated=True, links=Links.NUMBERED)
    assert document.grow(for_paper(iter([Paragraph(words)]), sheet, "en"))
    said = "".join(text for _, text in _marked(document))
    assert "\N{SOFT HYPHEN}" in said
    assert said.replace("\N{SOFT HYPHEN}", "") == "internationally [1]remarkable"


def test_what_is_there_already_is_marked_too(look: Look, pictures: Pictures) -> None:
    document = _built(look, pictures, Body((_A, _A)))
    assert _marked(document) == []
    document.mark([Marked("m", Point(0, 8), Point(1, 3))])
    assert [text for _, text in _marked(document)] == ["three", "one"]
