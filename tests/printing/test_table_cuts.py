"""Tables over pages: the head on each, groups whole where they can be, no line cut."""

from collections.abc import Iterator
from itertools import pairwise

import pytest
from tests.printing.conftest import blocks_of

from reader.body.blocks import Block, Cell, Paragraph, Picture, Runs, Style, Table, Text
from reader.document.build import Document
from reader.document.images import Pictures
from reader.document.table_cuts import line_spans
from reader.printing.flow import Flow, Grid
from reader.printing.paginate import Galley, Slice
from reader.printing.sheets import look_of
from reader.sheet import Sheet

_PAGE = 700.0


def _row(*texts: str, rows: int = 1) -> tuple[Cell, ...]:
    first, *others = texts
    return (Cell((Text(first),), rows=rows), *(Cell((Text(each),)) for each in others))


def _galley(pictures: Pictures, *blocks: Block) -> Galley:
    document = Document(look_of(Sheet()), pictures, on_paper=True)
    document.lay_out(500, 500, _PAGE)
    document.grow(iter(blocks))
    galley = Galley(document)
    for _ in galley.measure():
        pass
    return galley


def _lines(galley: Galley) -> Iterator[tuple[float, float, str]]:
    """Yield the top, the bottom and the text of each line."""
    layout = galley.document.documentLayout()
    for block in blocks_of(galley):
        if block.text().strip("\u2060"):
            spans = line_spans(block, layout.blockBoundingRect(block).top())
            for number, (top, bottom) in enumerate(spans):
                start = block.layout().lineAt(number).textStart()
                yield top, bottom, block.text()[start:].strip("\u2060")


def _pages(galley: Galley) -> Iterator[Slice]:
    flow = Flow(galley, Grid(1, _PAGE, 0.0))
    while not flow.done:
        (column,) = flow.page(_PAGE, free=True)
        for _, slice in column.slices:
            yield slice


def _cut_through(galley: Galley, y: float) -> list[str]:
    """Return the lines whose letters are on both sides of a height."""
    return [
        said
        for top, bottom, said in _lines(galley)
        if top + 0.2 * (bottom - top) < y < bottom - 0.2 * (bottom - top)
    ]


@pytest.mark.parametrize("head", [1, 2])
def test_the_head_is_on_each_page_of_a_long_table(pictures: Pictures, head: int) -> None:
    rows = [_row(f"r{number}", "x") for number in range(400)]
    first, *others = _pages(_galley(pictures, Table((*rows,), head)))
    assert len(others) > 8
    assert first.head is None
    assert len({each.head for each in others}) == 1
    assert others[0].head is not None and others[0].head[0] == first.top


def test_a_head_higher_than_half_a_page_is_not_repeated(pictures: Pictures) -> None:
    rows = [_row(f"r{number}", "x") for number in range(90)]
    for head, repeated in ((5, True), (30, False)):
        _, *others = _pages(_galley(pictures, Table((*rows,), head)))
        assert [each.head is not None for each in others] == [repeated] * len(others)


def test_a_head_is_kept_with_the_first_rows_however_they_are_joined(pictures: Pictures) -> None:
    rows = [
        _row("head", "x"),
        _row("tall", "y", rows=4),
        *[_row("z") for _ in range(3)],
        _row("end", "x"),
    ]
    before = [Paragraph((Text(f"p{number}"),)) for number in range(40)]
    galley = _galley(pictures, *before, Table((*rows,), 1))
    tops = {said: top for top, _, said in _lines(galley)}
    for cut in galley.cuts:
        if tops["head"] < cut.start < tops["end"] - 20:
            assert not cut.good


def test_a_group_higher_than_a_page_is_cut_between_its_rows(pictures: Pictures) -> None:
    long = "many words of the group " * 20
    rows = [_row("head", "b", "c"), _row(long, "i0", "words " * 9, rows=300)]
    rows += [_row(f"i{number}", "words " * (number % 30 + 1)) for number in range(1, 300)]
    galley = _galley(pictures, Paragraph((Text("before"),)), Table((*rows,), 1))
    made = [*_pages(galley)]
    tops = [top for top, _, said in _lines(galley) if said.startswith("i")]
    assert len(made) > 10
    for one, other in pairwise(made):
        assert one.height > 0.6 * _PAGE, "no page with little but the head"
        assert one.height <= _PAGE + 0.01
        assert other.head is not None
        assert one.bottom == other.top
        assert not _cut_through(galley, one.bottom)
        assert min(abs(other.top - top) for top in tops) < 10, "a row is not cut"
    assert made[0].top < made[-1].bottom == galley.end


@pytest.mark.parametrize(
    "other",
    [
        (Text("b " * 2500),),
        (Text("c " * 1800, Style.CODE),),
        (Picture("x.png", 60, 35), Text("b " * 900)),
    ],
    ids=["text", "code", "picture"],
)
def test_a_row_higher_than_a_page_is_cut_between_the_lines_of_all_cells(
    pictures: Pictures, other: Runs
) -> None:
    rows = (_row("head", "x"), _row("short", "y"), (Cell((Text("a " * 3000),)), Cell(other)))
    galley = _galley(pictures, Paragraph((Text("first"),)), Table(rows, 1))
    made = [*_pages(galley)]
    assert len(made) > 3
    for one, following in pairwise(made):
        assert one.height > 0.7 * _PAGE
        assert following.head is not None
        assert one.bottom == following.top
        assert not _cut_through(galley, one.bottom)


def test_rows_are_whole_if_they_are_not_high(pictures: Pictures) -> None:
    rows = [_row("head", "x"), *[_row(f"r{n}", "words and more words " * 20) for n in range(30)]]
    galley = _galley(pictures, Table((*rows,), 1))
    begins = [top for top, _, said in _lines(galley) if said.startswith("r")]
    for each in [*_pages(galley)][1:]:
        assert min(abs(each.top - top) for top in begins) < 10
