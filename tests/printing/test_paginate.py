"""Places at which a column may end: what is never parted, and what may be."""

import pytest
from PySide6.QtGui import QTextTable
from tests.printing.conftest import blocks_of, galley_of, lines_of

from reader.body.blocks import (
    Block,
    Body,
    Callout,
    Cell,
    Code,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Picture,
    Table,
    Text,
)  # fmt: skip
from reader.document.build import Head
from reader.document.images import Pictures
from reader.document.table_cuts import line_spans, row_tops
from reader.printing.paginate import Galley


def test_headings_are_known_with_their_places(pictures: Pictures) -> None:
    galley = galley_of("# One\n\ntext\n\n### Inter­nal *three*\n\ntext", pictures)
    assert [(each.level, each.text) for each in galley.headings] == [
        (1, "One"),
        (3, "Internal three"),
    ]
    assert galley.headings[0].y < galley.headings[1].y


def test_a_heading_keeps_its_distance_from_a_table(pictures: Pictures) -> None:
    galley = galley_of("| a |\n|---|\n| b |\n\n# Heading\n\ntext", pictures)
    layout = galley.document.documentLayout()
    block = galley.document.firstBlock()
    bottoms: list[float] = []
    while block.text() != "Heading":
        if block.text().strip("\u2060"):
            bottoms.append(layout.blockBoundingRect(block).bottom())
        block = block.next()
    assert layout.blockBoundingRect(block).top() - max(bottoms) > 1.8 * galley.document.formats.em


def _top(galley: Galley, text: str) -> float:
    block = next(each for each in blocks_of(galley) if each.text().strip("\u2060") == text)
    return galley.document.documentLayout().blockBoundingRect(block).top()


def _beginnings(galley: Galley) -> list[str]:
    """Return the lines at which a column may well begin."""
    layout = galley.document.documentLayout()
    lines = [
        (start, block.text()[line.textStart() :].split(" ")[0].strip("\u2060\ufffc"))
        for block in blocks_of(galley)
        for index, (start, _) in enumerate(line_spans(block, layout.blockBoundingRect(block).top()))
        for line in [block.layout().lineAt(index)]
    ]
    tops = [cut.start for cut in galley.cuts[1:-1] if cut.good]
    assert tops == sorted(tops)
    return [min(line for line in lines if line[0] >= top - 0.5)[1] for top in tops]


def _picture(name: str) -> Block:
    return Paragraph((Picture(f"{name}.png", 200, 100, name),))


def _cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell((Text(word),)) for word in words)


def _item(*blocks: Block) -> Block:
    return List((Item(blocks),))


def _p(text: str) -> Paragraph:
    return Paragraph((Text(text),))


_KEPT = {
    "paragraphs": ("a\n\nb\n\nc", ["b", "c"]),
    "a heading": ("a\n\n# b\n\nc\n\nd", ["b", "d"]),
    "two headings": ("a\n\n# b\n\n## c\n\nd\n\ne", ["b", "e"]),
    "a callout": (
        Body((_p("a"), Callout((Text("b"),), (_p("c"), _p("d"))), _p("e"))),
        ["b", "d", "e"],
    ),
    "a term": ("a\n\nb\n:   c\n\ne", ["b", "e"]),
    "notes": (
        "a[^1] b\n\n[^1]: c\n",
        [
            "",
        ],
    ),
    "two and three lines": (f"{lines_of('a', 2)}\n\n{lines_of('b', 3)}\n\nc", ["b0", "c"]),
    "five lines": (lines_of("a", 5) + "\n\nb", ["a2", "a3", "b"]),
    "five lines of code": ("a\n\n```\nb\nc\nd\ne\nf\n```\n\ng", ["b", "d", "e", "g"]),
    "two codes": ("```\na\nb\n```\n\n```\nc\nd\n```\n\ne", ["c", "e"]),
    "code of one line": ("```\na\n```\n\n```\nb\n```\n\nc", ["b", "c"]),
    "a table": ("a\n\n| b |\n|---|\n| c |\n| d |\n| e |\n\nf", ["b", "d", "e", "f"]),
    "a heading of a table": ("a\n\n# b\n\n| c |\n|---|\n| d |\n| e |\n\nf", ["b", "e", "f"]),
    "a table first": ("| c |\n|---|\n| d |\n| e |\n\n# f\n\ng", ["e", "f"]),
    "rows without a head": (Body((Table((_cells("a"), _cells("b"), _cells("c"))),)), ["b", "c"]),
    "rows of head alone": (
        Body((Table((_cells("a"), _cells("b")), 2), Paragraph((Text("c"),)))),
        ["c"],
    ),
    "a caption of a table": (
        Body((Paragraph((Text("a"),)), Table((_cells("c"), _cells("d")), 0, (Text("b"),)))),
        ["b", "d"],
    ),
    "rows that span": (
        Body((Table(((Cell((Text("a"),), rows=2), *_cells("b")), _cells("c"), _cells("d", "e"))),)),
        ["d"],
    ),
    "a caption of a picture": (
        Body((Figure((_picture("a"),), (Text("b"),)), _picture("c"), Paragraph((Text("d"),)))),
        ["", "d"],
    ),
    "a caption of code": (
        Body((Figure((Code("a"),), (Text("b"),)), Paragraph((Text("c"),)))),
        ["c"],
    ),
    "a caption of a table in a figure": (
        Body((Figure((Table((_cells("a"), _cells("b"))),), (Text("c"),)), Paragraph((Text("d"),)))),
        ["b", "d"],
    ),
    "a caption and a table": (
        Body((Figure((Code("a"),), (Text("b"),)), Table((_cells("c"), _cells("d"))))),
        ["c", "d"],
    ),
    "an item that begins with a heading": (
        Body((_item(Heading(2, (Text("a"),)), Paragraph((Text("b"),))), Paragraph((Text("c"),)))),
        ["c"],
    ),
    "an item that begins with a table": (
        Body((_item(Table((_cells("a"), _cells("b")))), Paragraph((Text("c"),)))),
        ["b", "c"],
    ),
    "an item that begins with code": (Body((_item(Code("a")), Paragraph((Text("b"),)))), ["b"]),
    "an item that begins with a picture": (
        Body((_item(_picture("a")), Paragraph((Text("b"),)))),
        ["b"],
    ),
    "an item that begins with an item": ("a\n\n- - b\n  - c\n\nd", ["", "c", "d"]),
}


@pytest.mark.parametrize(("said", "beginnings"), _KEPT.values(), ids=_KEPT.keys())
def test_what_belongs_together_is_not_parted_and_all_else_may_be(
    said: str | Body, beginnings: list[str], pictures: Pictures
) -> None:
    assert _beginnings(galley_of(said, pictures)) == beginnings


def test_a_head_stays_with_the_text(pictures: Pictures) -> None:
    galley = galley_of("c\n\nd", pictures, Head("a", "b", ("e",)))
    assert _beginnings(galley) == ["d"]


def test_rows_begin_and_end_with_the_padding_of_their_cells(pictures: Pictures) -> None:
    rows = (
        (Cell((Text("a " * 200),), rows=2), *_cells("b")), _cells("c"),
        _cells("d", "e " * 300), (Cell((Text("f"),), rows=2), Cell((Text("g"),), rows=2)), (),
    )  # fmt: skip
    galley = galley_of(Body((Table(rows, 1), Paragraph((Text("h"),)))), pictures)
    table = galley.document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    tops = row_tops(galley.document, table)
    padding, hairline = 0.42 * galley.document.formats.em, 1.5
    assert len(tops) == table.rows() + 1
    assert tops == sorted(tops)
    for row, text in ((0, "b"), (2, "d"), (3, "f")):
        assert tops[row] + padding == pytest.approx(_top(galley, text), abs=0.5)
    layout = galley.document.documentLayout()
    for row in range(table.rows()):
        for cell in (table.cellAt(row, column) for column in range(2)):
            rect = layout.blockBoundingRect(cell.firstCursorPosition().block())
            last = cell.row() + cell.rowSpan()
            assert tops[cell.row()] + padding <= rect.top() + hairline
            assert rect.bottom() + padding <= tops[last] + hairline


def test_the_lines_of_a_block_follow_each_other_from_its_top_to_its_bottom(
    pictures: Pictures,
) -> None:
    galley = galley_of(f"one\n\n{'many words ' * 80}\n\n{'a `code` b ' * 60}", pictures)
    layout = galley.document.documentLayout()
    counts = []
    for block in blocks_of(galley):
        lines = [block.layout().lineAt(n) for n in range(block.layout().lineCount())]
        for top in (0.0, 1000.5):
            spans = line_spans(block, top)
            assert [start for start, _ in spans] == [top + line.y() for line in lines]
            assert [end for _, end in spans[:-1]] == [start for start, _ in spans[1:]]
            high = max(line.y() + line.height() for line in lines)
            assert spans[-1][1] == pytest.approx(top + high)
            assert high <= layout.blockBoundingRect(block).height() + 0.5
        counts.append(len(lines))
    assert counts[0] == 1 and min(counts[1:]) > 3


def test_others_may_breathe_while_places_are_looked_for(pictures: Pictures) -> None:
    galley = galley_of("\n\n".join("abc" for _ in range(450)), pictures)
    assert 2 <= len([*galley.measure()]) <= 5
