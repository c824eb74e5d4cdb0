"""Tables: columns follow the words, spans and heads hold, portions look like one table."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QTextBlock, QTextTable
from tests.document.conftest import Build

from reader.body.blocks import Body, Cell, Item, List, Paragraph, Picture, Style, Table, Text
from reader.document.build import Document
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


def test_a_cell_over_several_columns_widens_them_alike(build: Build) -> None:
    above = (Cell((Text("A heading over all of it which is long"),), columns=2),)
    rows = _table("a | b", "c | d").rows
    one, other = _columns(build(Body((Table((rows[0], above, rows[1])),))))
    assert one == pytest.approx(other, abs=3)
    word = (Cell((Text("Incomprehensibilities"),), columns=2), Cell((Text("text " * 50),)))
    document = build(Body((Table((word, _table("a | b | c").rows[0])),)), 400)
    assert list(_broken(document)) == []


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


@pytest.mark.parametrize("width", WIDTHS)
def test_no_word_of_an_ordinary_table_is_broken(build: Build, width: int) -> None:
    document = build(Body((_ORDINARY,)), width)
    assert list(_broken(document)) == []


def _wide(columns: int = 9) -> Table:
    head = " | ".join(f"Version{n}" for n in range(columns))
    row = " | ".join(f"{n}3456/M/B" for n in range(columns))
    return _table(head, row, head=1)


def _size(document: Document) -> float:
    """Return the size of the type in the first cell, in points."""
    cursor = tables(document)[0].cellAt(0, 0).firstCursorPosition()
    cursor.movePosition(cursor.MoveOperation.Right)
    return cursor.charFormat().fontPointSize()


@pytest.mark.parametrize("zoom", [0.4, 0.7, 1.0, 1.25, 2.0])
@pytest.mark.parametrize("width", WIDTHS[:8])
def test_no_word_of_a_wide_table_is_broken(build: Build, width: int, zoom: float) -> None:
    document = build(Body((_wide(),)), width * zoom, zoom=zoom, page=900 * zoom)
    assert list(_broken(document)) == []


@pytest.mark.parametrize("zoom", [n / 20 for n in range(6, 40, 3)])
def test_no_number_is_broken_by_a_fraction_of_a_pixel(build: Build, zoom: float) -> None:
    rows = (" | ".join(f"{digit}" * 7 for digit in range(10)) for _ in range(2))
    document = build(Body((_table(*rows),)), 300 * zoom, zoom=zoom, page=1200 * zoom)
    assert list(_broken(document)) == []


def test_a_table_grows_out_of_its_column_before_its_type_gets_smaller(build: Build) -> None:
    sizes, widths = [], []
    for page in (1600, 900, 760, 500):
        document = build(Body((Paragraph((Text("above"),)), _wide())), 480, page=page)
        sizes.append(_size(document))
        rects = [_rect(document, tables(document)[0], 0, column) for column in (0, 8)]
        widths.append(rects[1].right() - rects[0].left())
        assert document.textWidth() == 480 + 2 * document.overhang
        assert document.size().width() <= max(480, page)
        first, last = rects[0].left(), document.textWidth() - rects[1].right()
        assert first == pytest.approx(last, abs=2), "in the middle of the page"
        text = document.documentLayout().blockBoundingRect(document.firstBlock())
        line = document.firstBlock().layout().lineAt(0)
        assert text.left() + line.x() == document.overhang
        assert line.width() == 480
    assert sizes[0] == sizes[1] > sizes[2] > sizes[3]
    assert widths[0] == widths[1] > 480


def test_text_in_a_table_that_stands_out_is_found_under_the_pointer(build: Build) -> None:
    document = build(Body((Paragraph((Text("above"),)), _wide())), 480, page=1000)
    for row in (0, 1):
        for column in range(9):
            block = _block(tables(document)[0], row, column)
            centre = _rect(document, tables(document)[0], row, column).center()
            position = document.documentLayout().hitTest(centre, Qt.HitTestAccuracy.FuzzyHit)
            assert document.findBlock(position) == block


def test_a_table_fits_again_when_the_window_or_the_zoom_changes(build: Build) -> None:
    body = Body((Paragraph((Text("above"),)), _wide(), Paragraph((Text("below"),))))
    document = build(body, 480, page=1000)
    for column, page, zoom in (
        (400, 420, 1.0),
        (500, 2000, 1.0),
        (480, 1000, 1.5),
        (480, 1000, 1.0),
    ):
        document.set_zoom(zoom)
        document.lay_out(column, page)
        fresh = build(body, column, page=page, zoom=zoom)
        assert document.overhang == fresh.overhang
        assert _size(document) == pytest.approx(_size(fresh))
        assert document.size() == fresh.size()
        for row in (0, 1):
            for cell in range(9):
                one, other = (_rect(each, tables(each)[0], row, cell) for each in (document, fresh))
                assert one.left() == pytest.approx(other.left(), abs=0.1)
                assert one.width() == pytest.approx(other.width(), abs=0.1)


def test_a_window_may_change_its_size_while_a_long_table_grows(
    look: Look, pictures: Pictures
) -> None:
    rows = tuple(_table(*[f"Version{n} | " * 8 + "x" for n in range(2 * TABLE_PORTION)]).rows)
    document = Document(look, pictures)
    document.lay_out(500, 1400)
    parts, step = iter([Table(rows)]), 0
    while not document.grow(parts, 0.0):
        step += 1
        if step % 7 == 0:
            column = 300 + 37 * (step % 5)
            document.lay_out(column, column + 100 * (step % 9))
    document.lay_out(480, 900)
    fresh = Document(look, pictures)
    fresh.lay_out(480, 900)
    fresh.grow(iter([Table(rows)]))
    assert document.size() == fresh.size()
    assert _size(document) == pytest.approx(_size(fresh))


def test_the_type_gets_smaller_before_words_are_broken(build: Build) -> None:
    sizes = [_size(build(Body((_wide(columns),)), 700)) for columns in (4, 8, 60)]
    assert sizes[0] > sizes[1] > sizes[2]
    assert sizes[2] > 0.4 * sizes[0]


def test_a_word_that_fits_nowhere_leaves_the_other_columns_their_words(build: Build) -> None:
    document = build(Body((_table(f"ordinary words | {'x' * 5000} | and more"),)), 480)
    assert {text[:1] for text in _broken(document)} == {"x"}
    assert _size(document) == _size(build(Body((_ORDINARY,))))


def test_scripts_without_spaces_may_break_between_any_two_signs(build: Build) -> None:
    long = "四十年前最後の灯台守が岩を離れた塔と炉と日誌だけが残った" * 4
    document = build(Body((_table(f"{long} | {long} | Instrument-7"),)), 400, page=400)
    assert _size(document) == _size(build(Body((_ORDINARY,))))
    assert all("Instrument" not in text for text in _broken(document))
    rects = [_rect(document, tables(document)[0], 0, column) for column in range(3)]
    assert rects[0].width() == pytest.approx(rects[1].width(), rel=0.05)


@pytest.mark.parametrize(
    "text",
    ["2024-10-02", "1,234,567.89", "+1\u00a0234\u00a0kg", "state-of-the-art", "A/B/C/D", "≤0.05"],
)
def test_numbers_dates_and_compounds_stay_whole(build: Build, text: str) -> None:
    document = build(Body((_table(f"{'word ' * 80} | {text}", f"a | {text}"),)), 300)
    assert _block(tables(document)[0], 0, 1).layout().lineCount() == 1


@pytest.mark.parametrize("style", [*(style for style in Style if style.name)])
def test_words_in_every_style_are_measured_as_they_are_set(build: Build, style: Style) -> None:
    row = (Cell((Text("plain words " * 30),)), Cell((Text("Incompre", style), Text("hensible"))))
    document = build(Body((Table((row,)),)), 340)
    assert list(_broken(document)) == []


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
    veil, page = table.cellAt(1, 0).format().background().color(), QColor(look.theme.page)
    seen = veil.alphaF() * veil.redF() + (1 - veil.alphaF()) * page.redF()
    assert seen == pytest.approx(QColor(look.theme.stripe).redF(), abs=0.01)
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
        ([(("a", 1, 2), ("b", 1, 2)), (("c", 1, 1),)], ["ab.", "abc"]),
    ],
    ids=[
        "columns",
        "rows",
        "both",
        "beyond the table",
        "into another",
        "a short row",
        "a column of its own",
    ],
)
def test_cells_span_what_they_say(
    build: Build, rows: list[tuple[tuple[str, int, int], ...]], said: list[str]
) -> None:
    (table,) = tables(build(Body((_grid(*rows),))))
    assert _said(table) == said


def test_a_picture_in_a_cell_fits_into_its_columns(build: Build) -> None:
    picture = Cell((Picture("a" * 64 + ".png", 4000, 40),))
    rows = ((picture._replace(columns=2), picture), (picture, picture, picture))
    document = build(Body((Table(rows),)), 600)
    (table,) = tables(document)
    wide = [_block(table, row, 0).layout().lineAt(0).naturalTextWidth() for row in (0, 1)]
    assert wide[0] > 1.5 * wide[1] > 80
    for row, column in ((0, 0), (0, 2), (1, 0), (1, 1), (1, 2)):
        line = _block(table, row, column).layout().lineAt(0)
        assert line.naturalTextWidth() <= _rect(document, table, row, column).width() + 1
    document.lay_out(300)
    for row, column in ((0, 0), (1, 1)):
        line = _block(table, row, column).layout().lineAt(0)
        assert line.naturalTextWidth() <= _rect(document, table, row, column).width() + 1


@pytest.mark.parametrize("rows", [300, 999])
def test_a_cell_over_many_rows_goes_on_in_the_next_portion(build: Build, rows: int) -> None:
    table = (
        (
            Cell((Text("tall"),), rows=TABLE_PORTION + 30 if rows == 300 else rows),
            Cell((Text("b0"),)),
        ),
        *((Cell((Text(f"b{n}"),)),) for n in range(1, TABLE_PORTION + 30)),
    )
    shifted = (*((Cell((Text("x"),)), Cell((Text("y"),))) for _ in range(120)), *table)
    document = build(Body((Table(shifted),)))
    before, first, second = tables(document)
    assert before.rows() == 120, "a group begins in a portion of its own"
    assert first.columns() == second.columns() == 2
    assert [_block(second, row, 1).text() for row in range(2)] == ["b150", "b151"]
    assert second.cellAt(0, 0).rowSpan() == 30
    assert _block(second, 0, 0).text() == ""


def test_columns_that_only_spans_name_are_not_there(build: Build) -> None:
    foot = (Cell((Text("over all"),), columns=50),)
    (table,) = tables(build(Body((Table((*_table("a | b").rows, foot)),))))
    assert table.columns() == 2


# ---- right to left


def test_the_first_column_is_on_the_right_in_a_table_from_right_to_left(build: Build) -> None:
    rows = (
        *_table("one | two | three", head=1).rows,
        (Cell((Text("four"),), columns=2), Cell((Text("five"),), rows=2)),
        *_table("six | seven").rows,
    )
    document = build(Body((Table(rows, 1), Paragraph((Text("below"),)))), direction="rtl")
    (table,) = tables(document)
    assert [_block(table, 0, column).text() for column in range(3)] == ["three", "two", "one"]
    assert [_block(table, 1, column).text() for column in (0, 1)] == ["five", "four"]
    assert [_block(table, 2, column).text() for column in (1, 2)] == ["seven", "six"]
    for word in ("one", "two", "three", "four", "five", "six", "seven", "below"):
        position = document.find(word).selectionStart() + 1
        anchor = document.anchor_at(position)
        assert document.position_of(anchor) == position, word
    assert document.anchor_at(document.find("two").selectionStart()).offset == len("one")


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
