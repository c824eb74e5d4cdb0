"""Page breaks: no line cut, no heading alone, columns even."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextTable

from reader.body.blocks import Block, Body, Cell, Code, Figure, Paragraph, Picture, Table, Text
from reader.body.from_markdown import from_markdown
from reader.document.build import Document, Head
from reader.document.images import Pictures
from reader.printing.paginate import Galley, Slice
from reader.printing.sheets import look_of
from reader.printing.table_cuts import Cut, line_spans, row_tops
from reader.sheet import Sheet

_LONG = "\n\n".join(
    f"## Heading{n}\n\n" + " ".join(f"word{n}x{m}" for m in range(90 + n % 7)) for n in range(30)
)
_TABLE = "| Head | Other |\n|---|---|\n" + "".join(f"| cell{n} | c |\n" for n in range(120))
_CODE = "```\n" + "code\n" * 200 + "```\n"


def _galley(said: str | Body, pictures: Pictures, head: Head | None = None) -> Galley:
    body = from_markdown(said) if isinstance(said, str) else said
    document = Document(look_of(Sheet()), pictures, head, on_paper=True)
    document.setTextWidth(500)
    document.grow(iter((*body.blocks, *body.notes)))
    galley = Galley(document)
    for _ in galley.measure():
        pass
    return galley


def _slices(galley: Galley, height: float) -> list[Slice]:
    found: list[Slice] = []
    top, head = galley.begin, None
    while top < galley.end - 0.5:
        each = galley.slice(top, head, height, all_of=True)
        assert each is not None
        found.append(each)
        top, head = each.following, each.following_head
    return found


def test_pages_cut_no_line_and_leave_no_heading_alone(pictures: Pictures) -> None:
    galley = _galley("\n\n".join((_LONG, _TABLE, _CODE)), pictures)
    made = _slices(galley, 700)
    layout = galley.document.documentLayout()
    assert len(made) > 10
    for each, following in pairwise(made):
        assert each.following == following.top
        assert each.bottom <= following.top
        assert each.height <= 700.01
    gaps = [(each.bottom, each.following) for each in made[:-1]]
    block = galley.document.firstBlock()
    while block.isValid():
        top = layout.blockBoundingRect(block).top()
        for start, end in line_spans(block, top):
            assert not any(start + 1 < gap[1] and end - 1 > gap[0] for gap in gaps), block.text()
        if block.blockFormat().headingLevel():
            after = layout.blockBoundingRect(block.next()).top()
            assert not any(top + 1 < gap[0] <= after + 1 for gap in gaps)
        block = block.next()


def test_a_paragraph_leaves_no_line_alone(pictures: Pictures) -> None:
    galley = _galley(_LONG, pictures)
    layout = galley.document.documentLayout()
    cuts = [each.following for each in _slices(galley, 700)[:-1]]
    block = galley.document.firstBlock()
    while block.isValid():
        top, lines = layout.blockBoundingRect(block).top(), block.layout()
        count = lines.lineCount()
        if count > 3:
            for index in (1, count - 1):
                assert not any(abs(top + lines.lineAt(index).y() - cut) < 0.5 for cut in cuts)
        block = block.next()


def test_a_table_over_pages_repeats_its_head_and_cuts_no_row(pictures: Pictures) -> None:
    galley = _galley(_TABLE, pictures)
    made = _slices(galley, 700)
    assert len(made) > 2
    assert made[0].head is None
    assert all(each.head is not None for each in made[1:])
    frame = galley.document.rootFrame().childFrames()[0]
    assert isinstance(frame, QTextTable)


def test_columns_at_the_end_are_even(pictures: Pictures) -> None:
    galley = _galley("\n\n".join(f"Paragraph {n}, a short one." for n in range(20)), pictures)
    two = galley.columns(galley.begin, None, 5000, 2, all_of=True)
    assert len(two) == 2
    assert abs(two[0].height - two[1].height) < 60
    assert two[-1].following >= galley.end - 0.5


def test_little_room_holds_nothing_rather_than_a_heading_alone(pictures: Pictures) -> None:
    galley = _galley(_LONG, pictures)
    assert galley.slice(galley.begin, None, 45, all_of=False) is None
    assert galley.slice(galley.begin, None, 45, all_of=True) is not None


def test_headings_are_known_with_their_places(pictures: Pictures) -> None:
    galley = _galley("# One\n\ntext\n\n### Inter­nal *three*\n\ntext", pictures)
    assert [(each.level, each.text) for each in galley.headings] == [
        (1, "One"),
        (3, "Internal three"),
    ]
    assert galley.headings[0].y < galley.headings[1].y


def test_a_term_stays_with_what_it_means(pictures: Pictures) -> None:
    terms = "\n\n".join(f"Term{n}\n:   What it means." for n in range(60))
    galley = _galley(terms, pictures)
    for each in _slices(galley, 400)[:-1]:
        position = galley.document.documentLayout().hitTest(
            QPointF(0, each.following + 2), Qt.HitTestAccuracy.FuzzyHit
        )
        assert galley.document.findBlock(position).text().startswith("Term")


def test_a_heading_keeps_its_distance_from_a_table(pictures: Pictures) -> None:
    galley = _galley("| a |\n|---|\n| b |\n\n# Heading\n\ntext", pictures)
    layout = galley.document.documentLayout()
    block = galley.document.firstBlock()
    bottoms: list[float] = []
    while block.text() != "Heading":
        if block.text().strip("\u2060"):
            bottoms.append(layout.blockBoundingRect(block).bottom())
        block = block.next()
    assert layout.blockBoundingRect(block).top() - max(bottoms) > 1.8 * galley.document.formats.em


def _blocks(galley: Galley) -> Iterator[QTextBlock]:
    block = galley.document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def _top(galley: Galley, text: str) -> float:
    block = next(each for each in _blocks(galley) if each.text().strip("\u2060") == text)
    return galley.document.documentLayout().blockBoundingRect(block).top()


def _beginnings(galley: Galley) -> list[str]:
    """Return the lines at which a column may well begin, found by trying every room."""
    layout = galley.document.documentLayout()
    lines = [
        (start, block.text()[line.textStart() :].split(" ")[0].strip("\u2060\ufffc"))
        for block in _blocks(galley)
        for index, (start, _) in enumerate(line_spans(block, layout.blockBoundingRect(block).top()))
        for line in [block.layout().lineAt(index)]
    ]
    tops: list[float] = []
    for room in range(1, int(galley.end - galley.begin)):
        each = galley.slice(galley.begin, None, room, all_of=False)
        if each is not None and each.following not in tops:
            tops.append(each.following)
    assert tops == sorted(tops)
    return [min(line for line in lines if line[0] >= top - 0.5)[1] for top in tops]


def _paragraph(name: str, lines: int) -> str:
    """Return a paragraph of exactly so many lines, whose lines begin with different words."""
    return "  \n".join(f"{name}{number} x" for number in range(lines))


def _picture(name: str) -> Block:
    return Paragraph((Picture(f"{name}.png", 200, 100, name),))


def _cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell((Text(word),)) for word in words)


_KEPT = {
    "paragraphs": ("a\n\nb\n\nc", ["b", "c"]),
    "a heading": ("a\n\n# b\n\nc\n\nd", ["b", "d"]),
    "two headings": ("a\n\n# b\n\n## c\n\nd\n\ne", ["b", "e"]),
    "a term": ("a\n\nb\n:   c\n\ne", ["b", "e"]),
    "notes": (
        "a[^1] b\n\n[^1]: c\n",
        [
            "",
        ],
    ),
    "two and three lines": (f"{_paragraph('a', 2)}\n\n{_paragraph('b', 3)}\n\nc", ["b0", "c"]),
    "five lines": (_paragraph("a", 5) + "\n\nb", ["a2", "a3", "b"]),
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
        ["b", "c"],
    ),
}


@pytest.mark.parametrize(("said", "beginnings"), _KEPT.values(), ids=_KEPT.keys())
def test_what_belongs_together_is_not_parted_and_all_else_may_be(
    said: str | Body, beginnings: list[str], pictures: Pictures
) -> None:
    assert _beginnings(_galley(said, pictures)) == beginnings


def test_a_head_stays_with_the_text(pictures: Pictures) -> None:
    galley = _galley("c\n\nd", pictures, Head("a", "b", ("e",)))
    assert _beginnings(galley) == ["d"]


def test_a_column_ends_at_the_lowest_good_place_that_fits(pictures: Pictures) -> None:
    sizes = (1, 7, 3, 2, 5, 9, 1, 1, 4)
    texts = [
        ("# h\n\n" if n % 4 == 1 else "") + _paragraph("abcdefghi"[n], size)
        for n, size in enumerate(sizes)
    ]
    galley = _galley("\n\n".join(texts), pictures)
    layout = galley.document.documentLayout()
    places: list[Cut] = []
    bottom, kept = 0.0, False
    for block in _blocks(galley):
        rect, count = layout.blockBoundingRect(block), block.layout().lineCount()
        places.append(Cut(bottom, rect.top(), not kept))
        inside = [rect.top() + block.layout().lineAt(index).y() for index in range(count)]
        places += [Cut(y, y, 1 < index < count - 1) for index, y in enumerate(inside) if index]
        bottom, kept = rect.bottom(), bool(block.blockFormat().headingLevel())
    assert (galley.begin, galley.end) == (places[0].start, bottom)
    for top in (each.start for each in places):
        for room in range(20, 600, 37):
            fitting = [each for each in places if top < each.y <= top + room]
            good = [each for each in fitting if each.good]
            for all_of, cuts in ((False, good), (True, good or fitting)):
                found = galley.slice(top, None, room, all_of=all_of)
                if bottom - top <= room:
                    assert found == Slice(top, bottom, None, bottom, None)
                elif cuts:
                    assert found == Slice(top, cuts[-1].y, None, cuts[-1].start, None)
                else:
                    assert (found is None) is not all_of


@pytest.mark.parametrize("count", [2, 3, 4])
def test_columns_are_as_low_as_they_can_be(pictures: Pictures, count: int) -> None:
    texts = (_paragraph("x", 1 + 5 * n % 7) for n in range(9))
    galley = _galley("\n\n".join(texts), pictures)

    def holds(height: float) -> bool:
        top = galley.begin
        for _ in range(count):
            each = galley.slice(top, None, height, all_of=False)
            top = each.following if each else top
        return top >= galley.end

    lowest = next(height for height in range(10, 2000) if holds(height))
    found = galley.columns(galley.begin, None, 2000, count, all_of=True)
    assert [each.top for each in found[1:]] == [each.following for each in found[:-1]]
    assert found[-1].bottom == galley.end
    assert max(each.height for each in found) == pytest.approx(lowest, abs=1.5)


def test_columns_that_hold_not_all_are_full(pictures: Pictures) -> None:
    galley = _galley(_LONG, pictures)
    assert galley.columns(galley.begin, None, 300, 3, all_of=True) == _slices(galley, 300)[:3]
    assert galley.columns(galley.begin, None, 1e5, 1, all_of=True) == _slices(galley, 1e5)


def test_a_panel_of_code_has_its_margin_on_the_page_where_it_is_cut(pictures: Pictures) -> None:
    galley = _galley("a\n\n```\nb\nc\nd\ne\nf\n```\n\ng", pictures)
    layout = galley.document.documentLayout()
    margin = 0.72 * galley.document.formats.em
    first = galley.slice(galley.begin, None, _top(galley, "b") - galley.begin, all_of=False)
    assert first is not None
    assert first.following == pytest.approx(_top(galley, "b") - margin)
    room = _top(galley, "g") - galley.begin - 1
    whole = galley.slice(galley.begin, None, room, all_of=False)
    assert whole is not None
    f, g = (layout.blockBoundingRect(each) for each in [*_blocks(galley)][-2:])
    assert whole.bottom == pytest.approx(f.bottom() + margin)
    assert whole.following == g.top()


def test_rows_begin_and_end_with_the_padding_of_their_cells(pictures: Pictures) -> None:
    rows = (
        (Cell((Text("a " * 200),), rows=2), *_cells("b")), _cells("c"),
        _cells("d", "e " * 300), (Cell((Text("f"),), rows=2), Cell((Text("g"),), rows=2)), (),
    )  # fmt: skip
    galley = _galley(Body((Table(rows, 1), Paragraph((Text("h"),)))), pictures)
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


@pytest.mark.parametrize("head", [1, 2])
def test_the_head_of_a_table_takes_room_on_each_page(pictures: Pictures, head: int) -> None:
    rows = tuple(_cells(f"r{number}", "x") for number in range(30))
    galley = _galley(Body((Table(rows, head),)), pictures)
    table = galley.document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    tops = row_tops(galley.document, table)
    high, row = tops[head] - tops[0], tops[20] - tops[19]
    made = _slices(galley, high + 8.5 * row)
    assert [each.head for each in made] == [None, *[(tops[0], tops[head])] * (len(made) - 1)]
    assert [each.shift for each in made[1:]] == [high] * (len(made) - 1)
    for each in made[:-1]:
        assert each.height == pytest.approx(high + 8 * row, abs=1)
    assert galley.columns(galley.begin, None, high + 8.5 * row, 2, all_of=True) == made[:2]


def test_a_row_higher_than_a_page_is_cut_between_its_lines(pictures: Pictures) -> None:
    cells = (Cell((Text("a " * 3000),)), Cell((Picture("x.png", 60, 35, "x"), Text("b " * 2000))))
    galley = _galley(Body((Paragraph((Text("first"),)), Table((cells,)))), pictures)
    layout = galley.document.documentLayout()
    made = _slices(galley, 300)
    assert len(made) > 5
    assert all(200 < each.height <= 300.01 for each in made[1:-1])
    for each in made[1:-1]:
        assert each.bottom == each.following
        for block in _blocks(galley):
            for start, end in line_spans(block, layout.blockBoundingRect(block).top()):
                assert not start + 0.01 < each.bottom < end - 0.01
    slivers = galley.slice(made[1].top, None, 0, all_of=True)
    assert slivers is not None
    assert slivers.following > made[1].top, "no room at all is no reason to stand still"


def test_the_lines_of_a_block_follow_each_other_from_its_top_to_its_bottom(
    pictures: Pictures,
) -> None:
    galley = _galley(f"one\n\n{'many words ' * 80}\n\n{'a `code` b ' * 60}", pictures)
    layout = galley.document.documentLayout()
    counts = []
    for block in _blocks(galley):
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
    galley = _galley("\n\n".join("abc" for _ in range(450)), pictures)
    assert 2 <= len([*galley.measure()]) <= 5
