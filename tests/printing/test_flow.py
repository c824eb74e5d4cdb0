"""How a galley fills columns and pages: no line cut, nothing lost, pictures where there is room."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QTextBlock, QTextTable
from tests.printing.conftest import blocks_of, galley_of, lines_of

from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Figure,
    Heading,
    Item,
    List,
    Paragraph,
    Picture,
    Quote,
    Table,
    Text,
)
from reader.document.formats import Mark
from reader.document.images import Pictures
from reader.document.table_cuts import Cut, line_spans, row_tops
from reader.printing.boxes import Place
from reader.printing.filling import Column
from reader.printing.flow import Flow, Grid
from reader.printing.paginate import Galley, Slice

_LONG = "\n\n".join(
    f"## Heading{n}\n\n" + " ".join(f"word{n}x{m}" for m in range(90 + n % 7)) for n in range(30)
)
_TABLE = "| Head | Other |\n|---|---|\n" + "".join(f"| cell{n} | c |\n" for n in range(120))
_CODE = "```\n" + "code\n" * 200 + "```\n"
_LINE = 20.0


def _pages(
    galley: Galley, height: float, columns: int = 1, line: float = 0.0
) -> list[Sequence[Column]]:
    """Return the columns of all pages; where a line is 0, no space grows and no picture floats."""
    flow = Flow(galley, Grid(columns, height, line))
    pages: list[Sequence[Column]] = []
    while not flow.done:
        pages.append(flow.page(height, free=True))
        assert pages[-1], "something is always placed"
    return pages


def _columns(galley: Galley, height: float) -> list[Slice]:
    return [slice for page in _pages(galley, height) for each in page for _, slice in each.slices]


def _one(galley: Galley, place: Place, room: float, *, free: bool) -> Slice | None:
    """Return the slice that fits into a room from a place on."""
    flow = Flow(galley, Grid(1, room, 0.0))
    flow.place = place
    page = flow.page(room, free=free)
    return page[0].slices[0][1] if page else None


def _followed(slices: Sequence[Slice]) -> Iterator[tuple[float, float]]:
    """Yield the bottom of each slice and the top of the next one."""
    for one, other in pairwise(slices):
        yield one.bottom, other.top


def test_pages_cut_no_line_and_leave_no_heading_alone(pictures: Pictures) -> None:
    galley = galley_of("\n\n".join((_LONG, _TABLE, _CODE)), pictures)
    made = _columns(galley, 700)
    layout = galley.document.documentLayout()
    assert len(made) > 10
    for each, following in pairwise(made):
        assert each.bottom <= following.top
        assert each.height <= 700.01
    gaps = [*_followed(made)]
    for block in blocks_of(galley):
        top = layout.blockBoundingRect(block).top()
        for start, end in line_spans(block, top):
            assert not any(start + 1 < gap[1] and end - 1 > gap[0] for gap in gaps), block.text()
        if block.blockFormat().headingLevel():
            after = layout.blockBoundingRect(block.next()).top()
            assert not any(top + 1 < gap[0] <= after + 1 for gap in gaps)


def test_a_paragraph_leaves_no_line_alone(pictures: Pictures) -> None:
    galley = galley_of(_LONG, pictures)
    layout = galley.document.documentLayout()
    cuts = [following for _, following in _followed(_columns(galley, 700))]
    for block in blocks_of(galley):
        top, lines = layout.blockBoundingRect(block).top(), block.layout()
        count = lines.lineCount()
        if count > 3:
            for index in (1, count - 1):
                assert not any(abs(top + lines.lineAt(index).y() - cut) < 0.5 for cut in cuts)


def test_a_table_over_pages_repeats_its_head_and_cuts_no_row(pictures: Pictures) -> None:
    made = _columns(galley_of(_TABLE, pictures), 700)
    assert len(made) > 2
    assert made[0].head is None
    assert all(each.head is not None for each in made[1:])


def test_columns_at_the_end_are_even(pictures: Pictures) -> None:
    text = "\n\n".join(f"Paragraph {n}, a short one." for n in range(20))
    (two,) = _pages(galley_of(text, pictures), 5000, 2)
    assert len(two) == 2
    assert abs(two[0].bottom - two[1].bottom) < 60


def test_little_room_holds_nothing_rather_than_a_heading_alone(pictures: Pictures) -> None:
    flow = Flow(galley_of(_LONG, pictures), Grid(1, 700, 0))
    assert not flow.page(45, free=False)
    assert flow.place.box == 0
    assert flow.page(45, free=True)


def test_a_term_stays_with_what_it_means(pictures: Pictures) -> None:
    terms = "\n\n".join(f"Term{n}\n:   What it means." for n in range(60))
    galley = galley_of(terms, pictures)
    for _, following in _followed(_columns(galley, 400)):
        position = galley.document.documentLayout().hitTest(
            QPointF(0, following + 2), Qt.HitTestAccuracy.FuzzyHit
        )
        assert galley.document.findBlock(position).text().startswith("Term")


def test_a_column_ends_at_the_lowest_good_place_that_fits(pictures: Pictures) -> None:
    sizes = (1, 7, 3, 2, 5, 9, 1, 1, 4)
    texts = [
        ("# h\n\n" if n % 4 == 1 else "") + lines_of("abcdefghi"[n], size)
        for n, size in enumerate(sizes)
    ]
    galley = galley_of("\n\n".join(texts), pictures)
    layout = galley.document.documentLayout()
    places: list[Cut] = []
    bottom, kept = 0.0, False
    for block in blocks_of(galley):
        rect, count = layout.blockBoundingRect(block), block.layout().lineCount()
        places.append(Cut(bottom, rect.top(), not kept))
        inside = [rect.top() + block.layout().lineAt(index).y() for index in range(count)]
        places += [Cut(y, y, 1 < index < count - 1) for index, y in enumerate(inside) if index]
        bottom, kept = rect.bottom(), bool(block.blockFormat().headingLevel())
    assert (galley.begin, galley.end) == (places[0].start, bottom)
    for box, top in enumerate(each.start for each in places):
        place = Place(box, top, None, (), 0, 0)
        for room in range(20, 600, 37):
            fitting = [each for each in places if top < each.y <= top + room]
            good = [each for each in fitting if each.good]
            for free, cuts in ((False, good), (True, good or fitting)):
                found = _one(galley, place, room, free=free)
                if bottom - top <= room:
                    assert found == Slice(top, bottom)
                elif cuts:
                    assert found == Slice(top, cuts[-1].y)
                else:
                    assert (found is None) is not free


@pytest.mark.parametrize("count", [2, 3, 4])
def test_columns_are_as_low_as_they_can_be(pictures: Pictures, count: int) -> None:
    galley = galley_of("\n\n".join(lines_of("x", 1 + 5 * n % 7) for n in range(9)), pictures)

    def holds(height: float) -> bool:
        flow = Flow(galley, Grid(1, height, 0))
        for _ in range(count):
            flow.page(height, free=False)
        return flow.done

    lowest = next(height for height in range(10, 2000) if holds(height))
    (found,) = _pages(galley, 2000, count)
    assert max(each.bottom for each in found) == pytest.approx(lowest, abs=1.5)


def test_columns_that_hold_not_all_are_full(pictures: Pictures) -> None:
    galley = galley_of(_LONG, pictures)
    first = _pages(galley, 300, 3)[0]
    assert [slice for each in first for _, slice in each.slices] == _columns(galley, 300)[:3]


def test_a_panel_of_code_has_its_margin_on_the_page_where_it_is_cut(pictures: Pictures) -> None:
    galley = galley_of("a\n\n```\nb\nc\nd\ne\nf\n```\n\ng", pictures)
    layout = galley.document.documentLayout()
    a, b, *_, f, g = (layout.blockBoundingRect(each) for each in blocks_of(galley))
    margin = 0.72 * galley.document.formats.em
    flow = Flow(galley, Grid(1, b.top() - galley.begin, 0))
    (first,) = flow.page(b.top() - galley.begin, free=False)
    assert first.slices[0][1] == Slice(galley.begin, a.bottom())
    assert flow.place.top == pytest.approx(b.top() - margin)
    flow = Flow(galley, Grid(1, g.top() - galley.begin - 1, 0))
    (whole,) = flow.page(g.top() - galley.begin - 1, free=False)
    assert whole.slices[0][1].bottom == pytest.approx(f.bottom() + margin)
    assert flow.place.top == g.top()


def _cells(*words: str) -> tuple[Cell, ...]:
    return tuple(Cell((Text(word),)) for word in words)


@pytest.mark.parametrize("head", [1, 2])
def test_the_head_of_a_table_takes_room_on_each_page(pictures: Pictures, head: int) -> None:
    rows = tuple(_cells(f"r{number}", "x") for number in range(30))
    galley = galley_of(Body((Table(rows, head),)), pictures)
    table = galley.document.rootFrame().childFrames()[0]
    assert isinstance(table, QTextTable)
    tops = row_tops(galley.document, table)
    high, row = tops[head] - tops[0], tops[20] - tops[19]
    made = _columns(galley, high + 8.5 * row)
    assert [each.head for each in made] == [None, *[(tops[0], tops[head])] * (len(made) - 1)]
    assert [each.shift for each in made[1:]] == [high] * (len(made) - 1)
    for each in made[:-1]:
        assert each.height == pytest.approx(high + 8 * row, abs=1)
    two = _pages(galley, high + 8.5 * row, 2)[0]
    assert [each.slices for each in two] == [[(0.0, slice)] for slice in made[:2]]


def test_a_row_higher_than_a_page_is_cut_between_its_lines(pictures: Pictures) -> None:
    cells = (Cell((Text("a " * 3000),)), Cell((Picture("x.png", 60, 14, "x"), Text("b " * 2000))))
    galley = galley_of(Body((Paragraph((Text("first"),)), Table((cells,)))), pictures)
    layout = galley.document.documentLayout()
    made = _columns(galley, 300)
    assert len(made) > 5
    assert all(200 < each.height <= 300.01 for each in made[1:-1])
    for each, following in pairwise(made[1:]):
        assert each.bottom == following.top
        for block in blocks_of(galley):
            for start, end in line_spans(block, layout.blockBoundingRect(block).top()):
                assert not start + 0.01 < each.bottom < end - 0.01
    box = galley.box_at(made[1].top)
    slivers = _one(galley, Place(box, made[1].top, None, (), 0, 0), 0, free=True)
    assert slivers is not None
    assert slivers.bottom > made[1].top, "no room at all is no reason to stand still"


# ---- pictures


def _picture(name: str, high: int, caption: str = "") -> Block:
    picture = Paragraph((Picture(f"{name}.png", 200, high, name),))
    return Figure((picture,), (Text(caption),)) if caption else picture


def _text(lines: int, name: str = "t") -> Block:
    return Paragraph((Text("\n".join(f"{name}{n}" for n in range(lines))),))


def _heading(text: str) -> Block:
    return Heading(2, (Text(text),))


def _said(galley: Galley, page: Sequence[Column]) -> list[list[str]]:
    """Return the first words of the lines in each column; a picture is its name."""
    return [
        [word for _, slice in column.slices for word in _words(galley, slice)] for column in page
    ]


def _words(galley: Galley, slice: Slice) -> Iterator[str]:
    layout = galley.document.documentLayout()
    for block in blocks_of(galley):
        spans = line_spans(block, layout.blockBoundingRect(block).top())
        for index, (top, bottom) in enumerate(spans):
            if slice.top <= (top + bottom) / 2 < slice.bottom:
                line = block.layout().lineAt(index)
                text = block.text()[line.textStart() : line.textStart() + line.textLength()]
                alt = _alt_of(block) if "\ufffc" in text else ""
                yield alt or text.strip("\u2060\u2028")


def _alt_of(block: QTextBlock) -> str:
    alts = (run.format.stringProperty(Mark.ALT) for run in block.textFormats())
    return next(filter(None, alts))


def _lines(galley: Galley) -> float:
    """Return the height of a line of text."""
    return galley.document.formats.em * galley.document.look.leading


def test_a_picture_that_does_not_fit_heads_the_next_column_and_the_text_runs_on(
    pictures: Pictures,
) -> None:
    body = Body((_text(10, "a"), _picture("p", 200, "caption"), _text(10, "b")))
    galley = galley_of(body, pictures)
    line = _lines(galley)
    first, second = _pages(galley, 18 * line, 1, line)
    above, below = _said(galley, first)[0], _said(galley, second)[0]
    assert below[:2] == ["p", "caption"]
    assert above + below[2:] == [*(f"a{n}" for n in range(10)), *(f"b{n}" for n in range(10))]
    assert len(above) >= 16, "the column is full"
    picture = second[0].slices[0]
    assert (picture[0], picture[1].scale) == (0.0, 1.0)


def test_a_picture_shrinks_by_a_fifth_at_most_and_stays_where_it_is(pictures: Pictures) -> None:
    body = Body((_text(6, "a"), _picture("p", 200, "caption"), _text(12, "b")))
    galley = galley_of(body, pictures)
    line = _lines(galley)
    caption = galley.cuts[8].y - galley.cuts[7].y  # with the space above it
    above = galley.cuts[6].start
    seen = set[bool]()
    for high in range(int(above + 0.7 * 200 + caption), int(above + 220 + caption), 3):
        first = _pages(galley, high, 1, line)[0]
        scales = [slice.scale for _, slice in first[0].slices if slice.scale < 1]
        fits = (high - above - caption) / 200
        assert bool(scales) is (0.8 <= fits < 1)
        if scales:
            assert scales == [pytest.approx(fits)]
            assert _said(galley, first)[0][-2:] == ["p", "caption"]
            assert first[0].bottom == pytest.approx(high)
        seen.add(bool(scales))
    assert seen == {True, False}


def test_columns_are_not_made_even_by_shrinking_pictures(pictures: Pictures) -> None:
    galley = galley_of(Body((_picture("p", 300), _text(4), _text(4))), pictures)
    (page,) = _pages(galley, 400, 2, _lines(galley))
    assert [slice.scale for each in page for _, slice in each.slices] == [1.0, 1.0]


def test_pictures_keep_their_order_and_few_of_them_wait(pictures: Pictures) -> None:
    many = [part for n in range(12) for part in (_picture(f"p{n}", 150), _text(3, f"t{n}-"))]
    galley = galley_of(Body((_text(20), *many)), pictures)
    line = _lines(galley)
    flow, said = Flow(galley, Grid(1, 24 * line, line)), list[str]()
    while not flow.done:
        said += _said(galley, flow.page(24 * line, free=True))[0]
        assert len(flow.place.waiting) <= 3
    assert [each for each in said if each[0] == "p"] == [f"p{n}" for n in range(12)]
    assert [each for each in said if each[0] == "t"] == [
        *(f"t{n}" for n in range(20)),
        *(f"t{n}-{m}" for n in range(12) for m in range(3)),
    ]


def test_no_more_pictures_wait_than_head_the_next_column_together(pictures: Pictures) -> None:
    small = [_picture(f"p{n}", 110) for n in range(7)]
    tall = [part for n in range(3) for part in (_picture(f"p{n}", 300), _text(2, "b"))]
    for high, above, floats, most in ((40, 37, small, 3), (24, 15, tall, 1)):
        galley = galley_of(Body((_text(above), *floats, _text(30, "c"))), pictures)
        line = _lines(galley)
        flow = Flow(galley, Grid(1, high * line, line))
        flow.page(high * line, free=True)
        assert len(flow.place.waiting) == most


def test_a_picture_as_low_as_a_few_lines_does_not_float(pictures: Pictures) -> None:
    for above in range(2, 20):
        galley = galley_of(Body((_text(above), _picture("p", 70), _text(30, "b"))), pictures)
        line = _lines(galley)
        said = [
            word
            for page in _pages(galley, 20 * line, 1, line)
            for word in _said(galley, page)[0]
        ]  # fmt: skip
        assert said.index("p") == above


def test_a_heading_before_a_picture_that_waits_is_not_left_alone(pictures: Pictures) -> None:
    for lines in range(2, 30):
        body = Body((_text(lines, "a"), _heading("H"), _picture("p", 200), _text(12, "b")))
        galley = galley_of(body, pictures)
        line = _lines(galley)
        for page in _pages(galley, 16 * line, 1, line):
            assert _said(galley, page)[0][-1] != "H"


def test_a_picture_passes_a_heading_only_if_the_hole_would_be_large(pictures: Pictures) -> None:
    passed = dict[int, bool]()
    for lines in range(2, 16):
        after = (_text(lines, "a"), _heading("H"), _text(20, "b"))
        galley = galley_of(Body((_text(6), _picture("p", 420), *after)), pictures)
        line = _lines(galley)
        first = _said(galley, _pages(galley, 22 * line, 1, line)[0])[0]
        assert "p" not in first
        passed[lines] = "H" in first
    # Of 22 lines, at least 6.6 must be left below 6 + lines and half a line between blocks.
    assert passed == {lines: lines <= 8 for lines in range(2, 16)}


def test_a_picture_before_all_text_stays_if_half_of_it_fits(pictures: Pictures) -> None:
    galley = galley_of(Body((_picture("p", 200), _text(20))), pictures)
    line = _lines(galley)
    for room, first in ((150, "p"), (90, "t0")):
        flow = Flow(galley, Grid(1, 25 * line, line))
        assert _said(galley, flow.page(room, free=False))[0][0] == first


def test_a_picture_in_a_list_or_a_quote_stays_with_its_text(pictures: Pictures) -> None:
    for around in (lambda block: List((Item((block,)),)), lambda block: Quote((block,))):
        galley = galley_of(Body((_text(6), around(_picture("p", 200)), _text(12))), pictures)
        line = _lines(galley)
        first = _pages(galley, 12 * line, 1, line)[0]
        assert len(_said(galley, first)[0]) <= 7


def test_a_caption_longer_than_a_page_goes_on_over_pages(pictures: Pictures) -> None:
    galley = galley_of(Body((_text(3), _picture("p", 100, "words " * 900), _text(3))), pictures)
    line = _lines(galley)
    pages = _pages(galley, 15 * line, 1, line)
    assert len(pages) > 4
    assert all(each.bottom <= 15 * line + 0.01 for page in pages for each in page)


# ---- the foot


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_end_at_the_foot_where_the_text_goes_on(pictures: Pictures, columns: int) -> None:
    text = "\n\n".join(lines_of("x", 1 + n % 2) for n in range(300))
    galley = galley_of(text, pictures)
    line = _lines(galley)
    high = 30.4 * line
    pages = _pages(galley, high, columns, line)
    assert len(pages) > 3
    for page in pages[:-1]:
        for column in page:
            assert column.bottom == pytest.approx(high, abs=0.1)
            for (y, slice), (below, _) in pairwise(column.slices):
                assert 0 < below - y - slice.height <= galley.cuts[1].gap + 1.9 * line
    for column in pages[-1]:
        spaces = [below - y - slice.height for (y, slice), (below, _) in pairwise(column.slices)]
        assert spaces == [], "the last columns are as in the galley"


def test_spaces_grow_by_a_fifth_of_a_line_at_most_and_shrink_by_less(pictures: Pictures) -> None:
    galley = galley_of("\n\n".join(lines_of("x", 9) for _ in range(40)), pictures)
    line = _lines(galley)
    usual = next(cut.gap for cut in galley.cuts if cut.stretches)
    seen, ragged = set[bool](), 0
    for extra in range(0, 300, 7):
        high = 40 * line + extra
        for page in _pages(galley, high, 1, line)[:-1]:
            slices = page[0].slices
            for (y, slice), (below, _) in pairwise(slices):
                grows = below - y - slice.height - usual
                assert -0.12 * line - 0.01 <= grows <= 0.2 * line + 0.01
                seen.add(grows > 0)
            ragged += page[0].bottom < high - 1
    assert seen == {True, False} and ragged > 5


def test_a_heading_stays_as_near_to_its_text_as_it_was(pictures: Pictures) -> None:
    galley = galley_of("\n\n".join(f"## H\n\n{lines_of('x', 3)}" for _ in range(60)), pictures)
    line, cut = _lines(galley), 0
    for extra in range(0, 100, 9):
        for page in _pages(galley, 30 * line + extra, 1, line)[:-1]:
            cut += len(page[0].slices) > 1
            for _, slice in page[0].slices:
                assert [*_words(galley, slice)][-1] != "H"
    assert cut > 9


# ---- all of it


def _parts(chance: Random) -> Iterator[Block]:
    for number in range(chance.randrange(40)):
        kind = chance.random()
        if kind < 0.3:
            caption = "caption " * chance.randrange(20)
            yield _picture(f"p{number}", chance.choice((20, 90, 200, 420, 9000)), caption)
        elif kind < 0.4:
            yield _heading(f"h{number}")
        elif kind < 0.5:
            rows = [_cells("row " * chance.randrange(30), "x") for _ in range(chance.randrange(20))]
            yield Table((_cells("a", "b"), *rows), chance.randrange(2))
        elif kind < 0.55:
            yield List((Item((_picture("q", 90), _text(3))), Item((_heading("i"),))))
        else:
            yield _text(chance.choice((1, 2, 3, 9, 60)))


@pytest.mark.parametrize("seed", range(40))
def test_every_box_is_placed_once_within_its_column(pictures: Pictures, seed: int) -> None:
    chance = Random(seed)
    galley = galley_of(Body((_text(1), *_parts(chance))), pictures)
    line = _lines(galley)
    high = line * chance.choice((12, 30, 45))
    pages = _pages(galley, high, chance.randrange(1, 4), line)
    slices = sorted(slice[:2] for page in pages for each in page for _, slice in each.slices)
    for (_, bottom), (top, _) in pairwise(slices):
        assert top >= bottom - 0.01
    for number, cut in enumerate(galley.cuts[:-1]):
        inside = [each for each in slices if each[0] < galley.cuts[number + 1].y - 0.3]
        inside = [each for each in inside if each[1] > cut.start + 0.3]
        assert sum(min(bottom, galley.cuts[number + 1].y) - max(top, cut.start)
                   for top, bottom in inside) == pytest.approx(
            galley.cuts[number + 1].y - cut.start, abs=0.5
        )  # fmt: skip
    for column in (column for page in pages for column in page):
        ends = [(y, y + slice.height) for y, slice in column.slices]
        assert all(one[1] <= other[0] + 0.01 for one, other in pairwise(ends))
        assert column.bottom <= high + 0.1
