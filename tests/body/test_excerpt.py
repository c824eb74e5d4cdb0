"""A piece that is cut out of a body keeps the structure around its words."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.body.bodies import bodies

from reader.body.anchors import Point, text_of
from reader.body.blocks import (
    Block,
    Body,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Heading,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Run,
    Style,
    Table,
    Text,
)
from reader.body.excerpt import cut, portable
from reader.body.to_html import to_html
from reader.body.to_text import to_text

ALL = 1 << 40


def _p(*runs: Run | str) -> Paragraph:
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def _cut(block: Block, start: int, end: int, columns: range | None = None) -> tuple[Block, ...]:
    return cut([block], Point(0, start), Point(0, end), columns).blocks


def _words(block: Block, first: str, last: str) -> tuple[Block, ...]:
    """Cut a block from the first letter of some words to the last letter of others."""
    text = text_of(block)
    return _cut(block, text.index(first), text.index(last) + len(last))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies)
def test_all_of_a_body_is_the_same_body(body: Body) -> None:
    parts = [*body.blocks, *body.notes]
    assert cut(parts, Point(0, 0), Point(len(parts), 0)).blocks == body.blocks


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies.filter(lambda body: bool(body.blocks)), st.data())
def test_a_piece_has_the_words_between_its_points(body: Body, data: st.DataObject) -> None:
    block = data.draw(st.integers(0, len(body.blocks) - 1))
    text = text_of(body.blocks[block])
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    piece = cut(body.blocks, Point(block, start), Point(block, end))
    assert "".join(map(text_of, piece.blocks)) == text[start:end]


def test_words_of_one_paragraph_are_words_without_its_structure() -> None:
    item = List((Item((_p("Boil the water"),)), Item((_p("Add tea"),))), True, 7)
    assert _words(item, "the", "water") == (_p("the water"),)
    assert _words(Heading(2, (Text("A long heading"),)), "long", "long") == (_p("long"),)
    assert _words(Quote((_p("Wise words"),)), "Wise", "Wise") == (_p("Wise"),)
    assert _words(Code("x = f(y)"), "f(y)", "f(y)") == (_p(Text("f(y)", Style.CODE)),)
    linked = _p("a ", Text("long link", link="https://example.org/"))
    assert _words(linked, "link", "link") == (_p(linked.runs[1]._replace(text="link")),)  # type: ignore[call-arg]


def test_items_keep_their_numbers_and_lists() -> None:
    deep = List((Item((_p("deep"),)), Item((_p("deeper"),))))
    items = (Item((_p("one"),)), Item((_p("two"), deep), True), Item((_p("three"),)))
    whole = List(items, True, 3)
    assert _words(whole, "wo", "three") == (
        List((Item((_p("wo"), deep), True), items[2]), True, 4),
    )
    assert _words(whole, "deeper", "thr") == (
        List((Item((List((Item((_p("deeper"),)),)),), True), Item((_p("thr"),))), True, 4),
    )
    assert _words(whole, "three", "three") == (List((items[2],), True, 5),), "a whole item"


def _table() -> Table:
    names = (("A", "B", "C"), ("a1", "b1", "c1"), ("a2", "b2", "c2"))
    return Table(
        tuple(tuple(Cell((Text(name),), n == 0) for name in row) for n, row in enumerate(names)), 1
    )


def _text(blocks: tuple[Block, ...]) -> str:
    return to_text(Body(blocks))


def test_rows_keep_their_columns() -> None:
    assert _text(_words(_table(), "b1", "c2")) == "\tb1\tc1\na2\tb2\tc2"
    assert _words(_table(), "b1", "c2")[0].head == 0  # type: ignore[union-attr]
    assert _text(_words(_table(), "B", "c1")) == "\tB\tC\na1\tb1\tc1"
    assert _words(_table(), "b1", "b1") == (_p("b1"),), "one cell is not a table"


def test_columns_are_cut_out_of_a_table() -> None:
    table = _table()
    text = text_of(table)
    cells = _cut(table, text.index("B"), text.index("c2"), range(1, 2))
    assert _text(cells) == "B\nb1\nb2"
    assert _text(_cut(table, text.index("b1"), len(text), range(1, 3))) == "b1\tc1\nb2\tc2"


def test_what_is_left_of_a_larger_cell_stays_a_cell() -> None:
    def cell(text: str, columns: int = 1, rows: int = 1) -> Cell:
        return Cell((Text(text),), columns=columns, rows=rows)

    rows = (
        (cell("tall", rows=3), cell("wide", columns=2)),
        (cell("b1"), cell("c1")),
        (cell("b2"), cell("c2")),
    )
    table = Table(rows)
    below = _words(table, "b1", "c2")
    assert below == (Table(((Cell((), rows=2), cell("b1"), cell("c1")), (cell("b2"), cell("c2")))),)
    text = text_of(table)
    right = _cut(table, text.index("wide"), len(text), range(2, 3))
    assert right == (Table(((cell("wide"),), (cell("c1"),), (cell("c2"),))),)


def test_definitions_figures_and_code_are_cut_between_their_blocks() -> None:
    terms = Definitions((Definition(((Text("Term"),),), (_p("means this"),)),))
    assert _words(terms, "erm", "means") == (
        Definitions((Definition(((Text("erm"),),), (_p("means"),)),)),
    )
    figure = Figure((_p(Picture("", alt="boat")),), (Text("A boat"),))
    assert _cut(figure, 0, 3) == (Figure(figure.blocks, (Text("A "),)),)
    assert _words(figure, "boat", "boat") == (_p("boat"),)
    assert _words(Code("one\ntwo\nthree", "python"), "wo", "thr") == (Code("wo\nthr", "python"),)


def test_blocks_between_the_points_are_there_and_those_at_them_are_cut() -> None:
    blocks: list[Block | Note] = [_p("first one"), Rule(), _p("middle"), Rule(), _p("last one")]
    piece = cut(blocks, Point(0, 6), Point(4, 4))
    assert piece.blocks == (_p("one"), Rule(), _p("middle"), Rule(), _p("last"))
    assert cut(blocks, Point(0, 9), Point(2, 0)).blocks == (Rule(),), "empty ends are left out"


def test_notes_come_along_if_they_are_selected() -> None:
    parts: list[Block | Note] = [_p("word", NoteMark("n"), " more"), Note("n", (_p("The note"),))]
    whole = cut(parts, Point(0, 0), Point(1, ALL))
    assert to_text(whole) == "word[1] more\n\n[1] The note"
    assert to_text(cut(parts, Point(0, 0), Point(0, ALL))) == "word more"
    alone = cut(parts, Point(1, 4), Point(1, ALL))
    assert alone == Body((_p("note"),)), "words of a note are words"


def test_astral_and_invisible_characters_are_counted_as_on_the_page() -> None:
    block = _p("x\u200by z")
    assert _cut(block, 1, 4) == (_p("y z"),)
    assert _cut(block, 0, 4) == (block,)


def test_a_portable_piece_needs_nothing_of_its_article() -> None:
    name = "a" * 64 + ".png"
    body = Body(
        (
            Paragraph((Text("here", link="#there"), NoteMark("n")), "place"),
            _p(Picture(name, 1, 1, "A boat", "https://example.org/", "https://example.org/b.png")),
            _p(Picture(name), Text("out", link="https://example.org/")),
        ),
        (Note("n", (_p("Note"),)), Note("m", (Code("x"),))),
        "he",
        "rtl",
    )
    html = to_html(portable(body))
    assert html == (
        '<article lang="he" dir="rtl">\n<p>here<sup>[1]</sup></p>\n'
        '<p><a href="https://example.org/">[A boat]</a></p>\n'
        '<p><a href="https://example.org/">out</a></p>\n'
        "<p>[1] Note</p>\n<p>[2] </p>\n<pre><code>x</code></pre>\n</article>"
    )


def test_a_portable_piece_has_no_names_of_places_at_any_depth() -> None:
    named = Paragraph((Text("here"),), "place")
    blocks = (Quote((List((Item((named,)),)),)), Definitions((Definition((), (named,)),)))
    html = to_html(portable(Body(blocks, (Note("n", (Quote((named,)),)),))))
    assert "id=" not in html
    assert html.count("here") == 3
