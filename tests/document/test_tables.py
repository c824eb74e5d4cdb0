"""Tables: columns follow the words, spans and heads hold, portions look like one table."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTextBlock, QTextTable
from tests.document.conftest import Build

from reader.body.blocks import Body, Cell, Item, List, Paragraph, Picture, Table, Text
from reader.document.build import Document
from reader.document.formats import Mark
from reader.document.images import Pictures
from reader.document.tables import TABLE_PORTION
from reader.model import Look

WIDTHS = (260, 320, 360, 400, 440, 480, 540, 600, 680, 760, 900, 1200)


def _table(*rows: str, head: int = 0) -> Table:
    """Return a table of rows whose cells are parted by bars."""
    return Table(
        tuple(tuple(Cell((Text(c.strip()),)) for c in row.split("|")) for row in rows), head
    )


def tables(document: Document) -> list[QTextTable]:
    frames = document.rootFrame().childFrames()
    return [each for each in frames if isinstance(each, QTextTable)]


def _block(table: QTextTable, row: int, column: int) -> QTextBlock:
    return table.cellAt(row, column).firstCursorPosition().block()


def _rect(document: Document, table: QTextTable, row: int, column: int) -> QRectF:
    return document.documentLayout().blockBoundingRect(_block(table, row, column))


def _columns(document: Document) -> list[float]:
    (table,) = tables(document)
    return [_rect(document, table, 0, column).width() for column in range(table.columns())]


def _broken(document: Document) -> Iterator[str]:
    """Yield the words that go over the end of a line."""
    block = document.firstBlock()
    while block.isValid():
        layout, text = block.layout(), block.text()
        for index in range(1, layout.lineCount()):
            at = layout.lineAt(index).textStart()
            if text[at - 1 : at].strip() and text[at : at + 1].strip():
                yield f"{text[:at]}|{text[at:]}"
        block = block.next()


# ---- columns


def test_columns_are_as_wide_as_their_words_want(build: Build) -> None:
    long = "Some words that go on for a while and a while"
    narrow, wide = _columns(build(Body((_table(f"1 | {long}", f"2 | {long}"),))))
    assert wide > 3 * narrow
    first, second = _columns(build(Body((_table("Incomprehensible | a b c d e f g h i j"),)), 320))
    assert first > 0.8 * second, "a long word needs room before many short ones do"
    one, other = _columns(build(Body((_table("alike | equal", "equal | alike"),))))
    assert one == pytest.approx(other, abs=1)


def test_long_texts_and_words_take_no_more_than_their_part(build: Build) -> None:
    short, long = _columns(build(Body((_table("some words here | " + "x" * 400),))))
    assert short > 0.2 * long
    short, long = _columns(build(Body((_table("some words here | " + "words " * 400),))))
    assert short > 0.2 * long


def test_rows_with_spans_say_nothing_of_the_width_of_columns(build: Build) -> None:
    above = (Cell((Text("A heading over all of it which is long"),), columns=2),)
    rows = _table("a | b", "c | d").rows
    one, other = _columns(build(Body((Table((rows[0], above, rows[1])),))))
    assert one == pytest.approx(other, abs=1)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_table_is_as_wide_as_the_column_of_text(build: Build, width: int) -> None:
    document = build(Body((_table("a | b | c", "1 | 2 | 3"),)), width)
    assert document.size().width() <= width
    padding = 2 * 0.42 * document.formats.em
    assert sum(_columns(document)) + 3 * padding == pytest.approx(width, abs=6)


_ORDINARY = _table(
    "Language | First version | Typing",
    "Python | February 1991 | dynamic",
    "Haskell | April 1990 | static",
    head=1,
)


_TOO_NARROW = pytest.mark.xfail(strict=True, reason="widths of letters are guessed: A5, later")


@pytest.mark.parametrize("width", [pytest.param(WIDTHS[0], marks=_TOO_NARROW), *WIDTHS[1:]])
def test_no_word_of_an_ordinary_table_is_broken(build: Build, width: int) -> None:
    document = build(Body((_ORDINARY,)), width)
    assert list(_broken(document)) == []


@pytest.mark.xfail(strict=True, reason="wide tables break inside words: A5, a later issue")
@pytest.mark.parametrize("width", WIDTHS[:8])
def test_no_word_of_a_wide_table_is_broken(build: Build, width: int) -> None:
    head = " | ".join(f"Version{n}" for n in range(9))
    row = " | ".join(f"{n}3456/M/B" for n in range(9))
    document = build(Body((_table(head, row, head=1),)), width)
    assert list(_broken(document)) == []


def test_the_type_is_smaller_the_more_columns_there_are(build: Build) -> None:
    def size(columns: int) -> float:
        document = build(Body((_table(" | ".join("a" * columns)),)), 1400)
        cursor = tables(document)[0].cellAt(0, 0).firstCursorPosition()
        cursor.movePosition(cursor.MoveOperation.Right)
        return cursor.charFormat().fontPointSize()

    sizes = [size(columns) for columns in (2, 8, 12, 16, 40)]
    assert sizes[0] >= sizes[1] > sizes[2] > sizes[3] >= sizes[4]
    assert sizes[4] > 0.4 * sizes[0]


# ---- cells


def test_cells_keep_their_side(build: Build) -> None:
    sides = {
        "": Qt.AlignmentFlag.AlignLeft, "left": Qt.AlignmentFlag.AlignLeft,
        "center": Qt.AlignmentFlag.AlignHCenter, "right": Qt.AlignmentFlag.AlignRight,
    }  # fmt: skip
    row = tuple(Cell((Text("x"),), align=side) for side in sides)
    (table,) = tables(build(Body((Table((row,)),))))
    for column, side in enumerate(sides.values()):
        assert _block(table, 0, column).blockFormat().alignment() & side


def test_heads_are_bold_and_told_from_stripes(build: Build, look: Look) -> None:
    rows = _table("A | B", "a | b", "c | d", "e | f", head=1)
    marked = Table((*rows.rows, (Cell((Text("own"),), header=True), Cell((Text("x"),)))), 1)
    document = build(Body((marked,)))
    (table,) = tables(document)

    def bold(row: int, column: int) -> bool:
        cursor = table.cellAt(row, column).firstCursorPosition()
        cursor.movePosition(cursor.MoveOperation.Right)
        return cursor.charFormat().fontWeight() > 500

    assert table.format().headerRowCount() == 1
    assert [bold(row, 0) for row in range(5)] == [True, False, False, False, True]
    assert not bold(4, 1)
    grounds = [table.cellAt(row, 1).format().background().style() for row in range(5)]
    empty, full = Qt.BrushStyle.NoBrush, Qt.BrushStyle.SolidPattern
    assert grounds == [empty, full, empty, full, empty]
    stripe = table.cellAt(1, 0).format().background().color().name()
    assert stripe == look.theme.stripe
    head, text = (table.cellAt(row, 0).format().toTableCellFormat() for row in (0, 2))
    assert head.bottomBorder() > text.bottomBorder() > 0
    assert head.bottomBorderBrush().color().name() == look.theme.quote
    assert text.bottomBorderBrush().color().name() == look.theme.rule


def test_a_head_in_a_second_row_is_a_head_too(build: Build) -> None:
    for head in (0, 1, 2, 3):
        (table,) = tables(build(Body((_table("a|b", "c|d", "e|f", head=head),))))
        assert table.format().headerRowCount() == head
        grounds = [table.cellAt(row, 0).format().background().style() for row in range(3)]
        striped = [ground is not Qt.BrushStyle.NoBrush for ground in grounds]
        assert striped == [False, head < 2, False]


# ---- spans


def _grid(*rows: tuple[tuple[str, int, int], ...]) -> Table:
    """Return a table of cells: what they say, how many columns and how many rows they take."""
    return Table(
        tuple(
            tuple(Cell((Text(said),), columns=wide, rows=high) for said, wide, high in row)
            for row in rows
        )
    )


def _said(table: QTextTable) -> list[str]:
    """Return what stands in each row, a letter for each column."""
    return [
        "".join(_block(table, row, column).text() or "." for column in range(table.columns()))
        for row in range(table.rows())
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([(("a", 2, 1), ("b", 1, 1)), (("c", 1, 1), ("d", 1, 1), ("e", 1, 1))], ["aab", "cde"]),
        ([(("a", 1, 2), ("b", 1, 1)), (("c", 1, 1),)], ["ab", "ac"]),
        ([(("a", 2, 2), ("b", 1, 1)), (("c", 1, 1),), (("d", 3, 1),)], ["aab", "aac", "ddd"]),
        ([(("a", 1, 9), ("b", 1, 1)), (("c", 1, 1),)], ["ab", "ac"]),
        ([(("a", 1, 1), ("b", 1, 2), ("c", 1, 1)), (("d", 3, 1),)], ["abc", "db."]),
        ([(("a", 1, 1), ("b", 1, 1)), (("c", 1, 1),)], ["ab", "c."]),
        ([(("a", 1, 2), ("b", 1, 2)), (("c", 1, 1),)], ["ab c", "ab c"]),
    ],
    ids=["columns", "rows", "both", "beyond the table", "into another", "a short row", "no room"],
)
def test_cells_span_what_they_say(
    build: Build, rows: list[tuple[tuple[str, int, int], ...]], said: list[str]
) -> None:
    (table,) = tables(build(Body((_grid(*rows),))))
    assert _said(table) == said


def test_a_span_shares_the_width_of_its_columns(build: Build) -> None:
    picture = Cell((Picture("a" * 64 + ".png", 4000, 40),))
    rows = ((picture._replace(columns=2), picture), (picture, picture, picture))
    document = build(Body((Table(rows),)), 600)
    (table,) = tables(document)
    shares = {}
    for row, column in ((0, 0), (0, 2), (1, 0), (1, 1)):
        cursor = table.cellAt(row, column).firstCursorPosition()
        cursor.movePosition(cursor.MoveOperation.Right)
        shares[row, column] = cursor.charFormat().doubleProperty(Mark.SHARE)
    assert shares[0, 0] == pytest.approx(2 / 3, abs=0.01)
    assert shares[0, 2] == shares[1, 0] == shares[1, 1] == pytest.approx(1 / 3, abs=0.01)
    wide = [_block(table, row, 0).layout().lineAt(0).naturalTextWidth() for row in (0, 1)]
    assert wide[0] > 1.8 * wide[1]
    for row in (0, 1):
        assert wide[row] <= _rect(document, table, row, 0).width() + 1


def test_a_picture_over_all_columns_stays_inside_the_padding(build: Build) -> None:
    picture = Cell((Picture("a" * 64 + ".png", 4000, 40),))
    document = build(Body((Table(((picture,),)),)), 600)
    (table,) = tables(document)
    line = _block(table, 0, 0).layout().lineAt(0)
    assert line.naturalTextWidth() <= _rect(document, table, 0, 0).width()


# ---- portions


def test_portions_continue_as_if_they_were_one_table(build: Build, look: Look) -> None:
    count = 2 * TABLE_PORTION + 7
    rows = [f"row{n} | {'wide words ' * (n == 0)}" for n in range(count)]
    document = build(Body((_table(*rows, head=3), Paragraph((Text("after"),)))), 600)
    parts = tables(document)
    assert [part.rows() for part in parts] == [TABLE_PORTION, TABLE_PORTION, 7]
    assert [part.format().headerRowCount() for part in parts] == [3, 0, 0]
    said = [_block(part, row, 0).text() for part in parts for row in range(part.rows())]
    assert said == [f"row{n}" for n in range(count)]
    striped = [
        part.cellAt(row, 0).format().background().style() is not Qt.BrushStyle.NoBrush
        for part in parts
        for row in range(part.rows())
    ]
    assert striped == [n % 2 == 1 and n >= 3 for n in range(count)]
    assert len({round(_rect(document, part, 0, 1).left()) for part in parts}) == 1
    above, between, below = parts
    assert above.format().topMargin() > 0 == above.format().bottomMargin()
    assert between.format().topMargin() == between.format().bottomMargin() == 0
    assert below.format().topMargin() == 0 < below.format().bottomMargin()
    step = _rect(document, above, 11, 0).top() - _rect(document, above, 10, 0).top()
    gap = _rect(document, between, 0, 0).top() - _rect(document, above, TABLE_PORTION - 1, 0).top()
    assert gap == pytest.approx(step, rel=0.2)


@pytest.mark.parametrize("head", [0, 1, TABLE_PORTION, TABLE_PORTION + 2, TABLE_PORTION + 99])
def test_a_head_goes_on_in_the_next_portion(build: Build, head: int) -> None:
    rows = TABLE_PORTION + 5
    parts = tables(build(Body((_table(*(["a|b"] * rows), head=head),))))
    heads = [part.format().headerRowCount() for part in parts]
    assert heads == [min(head, TABLE_PORTION), min(max(0, head - TABLE_PORTION), 5)]


def test_a_table_grows_in_steps(look: Look, pictures: Pictures) -> None:
    document = Document(look, pictures)
    parts = iter([_table(*(["a|b"] * 100))])
    steps = 0
    while not document.grow(parts, 0.0):
        steps += 1
    assert steps >= 10


def test_text_behind_a_table_is_not_in_it(build: Build) -> None:
    document = build(Body((_table("a|b"), Paragraph((Text("after"),)), _table("c|d"))))
    assert document.frameAt(document.find("after").position()) is document.rootFrame()
    assert [_said(each) for each in tables(document)] == [["ab"], ["cd"]]


def test_a_table_in_a_list_stands_in_as_far_as_the_item(build: Build) -> None:
    document = build(Body((List((Item((Paragraph((Text("x"),)), _table("a|b"))),)),)))
    (table,) = tables(document)
    assert table.format().leftMargin() == document.formats.indent
