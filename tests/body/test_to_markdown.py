"""Markdown that is written is read as the same body, whatever characters it holds."""

import re

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from tests.body.bodies import bodies

from reader.body.blocks import (
    Block,
    Body,
    Callout,
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
    Runs,
    Style,
    Table,
    Text,
)
from reader.body.flow import Flow
from reader.body.from_markdown import from_markdown
from reader.body.numbering import numbers
from reader.body.to_markdown import to_markdown

NAME = "ab" * 32 + ".png"


def _p(*runs: Run | str) -> Paragraph:
    return Paragraph(tuple(Text(run) if isinstance(run, str) else run for run in runs))


def _read_again(*blocks: Block) -> tuple[Block, ...]:
    return from_markdown(to_markdown(Body(blocks))).blocks


# ---- what Markdown can express of a body


def _runs(runs: Runs) -> Runs:
    """Return runs as a page would have them: spaces stand outside of a style, links lead out."""
    flow = Flow(inline=True)
    for run in runs:
        if isinstance(run, Picture):
            flow.run(Picture(NAME, alt=run.alt))
            continue
        assert isinstance(run, Text)
        link = "" if run.link.startswith("#") else run.link
        for number, line in enumerate(run.text.split("\n")):
            if number:
                flow.line_break()
            flow.text(line, run.style, link)
    return flow.take_runs()


def _expressible(block: Block) -> tuple[Block, ...]:
    match block:
        case Paragraph():
            runs = _runs(block.runs)
            return (Paragraph(runs),) if runs else ()
        case Heading():
            return (Heading(block.level, _runs(block.runs)),)
        case Quote():
            return (Quote(_all(block.blocks)),)
        case List():
            items = tuple(Item(_nested(item.blocks), item.checked) for item in block.items)
            return (List(items, block.ordered, max(0, next(numbers(block)))),)
        case Definitions():
            terms = [(tuple(map(_runs, item.terms)), _nested(item.blocks)) for item in block.items]
            return (Definitions(tuple(Definition(*each) for each in terms)),)
        case Callout():
            kind = block.kind or "note"  # Markdown has none without a kind
            return (Callout(_title(block, kind), _all(block.blocks), kind),)
        case Figure():
            return _all(block.blocks)
        case Table():
            return (_table(block),)
        case _:
            return (block,)


def _table(table: Table) -> Table:
    wide, head = max(map(len, table.rows)), min(table.head, 1)
    rows = [
        tuple(
            Cell(_runs(row[column].runs) if column < len(row) else (), number < head, align="right")
            for column in range(wide)
        )
        for number, row in enumerate(table.rows)
    ]
    return Table(tuple(rows), head)


def _title(callout: Callout, kind: str) -> Runs:
    """Return the title that is read again: in one line, and not the name of the kind."""
    title = _runs(callout.title)
    return () if "".join(run.text for run in title if isinstance(run, Text)) == kind else title


def _nested(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    """Return blocks without definitions, which Python-Markdown does not read inside of lists."""
    kept = tuple(block for block in _all(blocks) if not isinstance(block, Definitions))
    return kept or (_p("x"),)


def _all(blocks: tuple[Block, ...]) -> tuple[Block, ...]:
    return tuple(inner for block in blocks for inner in _expressible(block))


def _body(body: Body) -> Body:
    return Body(_all(body.blocks))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(bodies.map(_body))
def test_what_is_written_is_read_as_the_same_body(body: Body) -> None:
    assert from_markdown(to_markdown(body)) == body


# ---- every character

_odd = st.text("\\`*_[]{}<>&#~=!|()-+.:;@/1ab漢” \n$%^", min_size=1, max_size=12).map(
    lambda text: re.sub(" +", " ", text)
)
_odd_runs = st.lists(
    st.builds(
        Text,
        _odd,
        st.sampled_from([Style.PLAIN, Style.PLAIN, *Style, Style.STRONG | Style.EMPHASIS]),
        st.sampled_from(["", "", "", "https://example.org/a_(b)?c=*&copy;#_d_"]),
    ),
    min_size=1,
    max_size=4,
).map(lambda runs: _outside_styles(_runs(tuple(runs))))


def _outside_styles(runs: Runs) -> Runs:
    """Move the spaces at the edges of a style out of it, as the writer does."""
    kept: list[Run] = []
    for run in runs:
        assert isinstance(run, Text)
        if run.style & Style.CODE:
            kept.append(Text(" ".join(run.text.split()) or "x", Style.CODE, run.link))
        else:
            words = run.text.strip(" \n") if run.style or run.link else run.text
            kept.append(run._replace(text=words or "x"))
    flow = Flow(inline=True)
    for run in kept:
        assert isinstance(run, Text)
        for number, line in enumerate(run.text.split("\n")):
            if number:
                flow.line_break()
            flow.text(line, run.style, run.link)
    return flow.take_runs()


@settings(max_examples=60, deadline=None)
@given(_odd_runs.filter(bool))
@example((Text("<"), Text("@1>", Style.EMPHASIS)))
@example((Text("$[\\a`$`"),))
def test_no_character_means_anything_in_markdown(runs: Runs) -> None:
    assert _read_again(Paragraph(runs)) == (Paragraph(runs),)
    quoted = Quote((List((Item((Paragraph(runs),)),)),))
    assert _read_again(quoted) == (quoted,)


@settings(max_examples=60, deadline=None)
@given(_odd_runs.filter(bool))
def test_no_character_means_anything_in_a_cell_or_heading(runs: Runs) -> None:
    table = Table(((Cell(runs, header=True), Cell((Text("|"),), header=True)),), 1)
    assert _read_again(table) == (table,)
    flow = Flow(one_line=True)
    for run in runs:
        assert isinstance(run, Text)
        flow.text(run.text.replace("\n", "-"), run.style, run.link)
    heading = Heading(3, flow.take_runs())
    assert _read_again(heading) == (heading,)


def test_a_list_keeps_its_numbers_its_tasks_and_its_lists() -> None:
    inner = List((Item((_p("deep"),)), Item((_p("deeper"),))), True, 4)
    items = (
        Item((_p("one"), inner)),
        Item((_p("two"), _p("more of it"), Code("x = 1\n\n    y", "python"))),
        Item((_p("done"),), True),
        Item((Quote((_p("words"),)),)),
    )
    body = Body((List(items, True, 9), List(items[:1]), List(items[1:])))
    assert from_markdown(to_markdown(body)) == body
    assert to_markdown(Body((List(items[:1], True, 9),))) == "9. one\n\n   4. deep\n   5. deeper\n"


@pytest.mark.parametrize("text", ["```\nx\n```", "    deep\n\n- no list", "`````", "# no heading"])
def test_code_holds_fences_and_markup(text: str) -> None:
    assert _read_again(Code(text, "c++")) == (Code(text, "c++"),)
    item = List((Item((_p("x"), Code(text)), None), Item((Code(text),))))
    assert _read_again(item) == (item,)


def test_notes_are_read_with_their_blocks() -> None:
    note = Note("a", (_p("The ", Text("note", Style.STRONG)), List((Item((_p("x"),)),)), _p("end")))
    body = Body(
        (_p("Word", NoteMark("a"), " more", NoteMark("b"), "."),), (note, Note("b", (_p("B"),)))
    )
    read = from_markdown(to_markdown(body))
    assert to_markdown(body).startswith("Word[^1] more[^2].\n\n[^1]: The **note**\n")
    assert [note.blocks for note in read.notes] == [note.blocks for note in body.notes]
    assert [type(run) for run in read.blocks[0].runs] == [Text, NoteMark, Text, NoteMark, Text]  # type: ignore[union-attr]
    assert to_markdown(Body(body.blocks)) == "Word more.\n", "a note that is not there has no mark"


def test_a_table_keeps_columns_sides_and_what_stands_in_its_cells() -> None:
    rows = (
        (Cell((Text("A|b"),), True, align="left"), Cell((Text("B"),), True, align="center")),
        (Cell((Text("a | b", Style.CODE),), align="left"), Cell((), align="center")),
        (
            Cell((Text("x\ny"),), align="left"),
            Cell((Text("t", link="https://e.org/|"),), align="center"),
        ),
    )
    assert _read_again(Table(rows, 1)) == (Table(rows, 1),)
    plain = tuple(tuple(cell._replace(header=False) for cell in row) for row in rows)
    assert _read_again(Table(plain)) == (Table(plain),), "without a head"
    assert _read_again(Table(rows[:1], 1)) == (Table(rows[:1], 1),), "with nothing but a head"


def test_a_table_with_cells_over_several_columns_is_written_as_html() -> None:
    rows = (
        (Cell((Text("Both"),), True, columns=2),),
        (Cell((Text("a"),)), Cell((Text("b", link="https://example.org/"),))),
    )
    table = Table(rows, 1, (Text("Caption"),))
    assert _read_again(_p("before"), table, _p("after")) == (_p("before"), table, _p("after"))


def test_what_markdown_cannot_express_keeps_its_words() -> None:
    place = _p(Text("to a place", link="#here"))
    missing = _p(Picture("", alt="A boat"), " sails")
    figure = Figure((_p(Picture(NAME, 30, 20)),), (Text("Caption"),))
    written = to_markdown(Body((place, missing, figure, Paragraph((Text("named"),), "here"))))
    assert written == f"to a place\n\nA boat sails\n\n![]({NAME})\n\n*Caption*\n\nnamed\n"


def test_addresses_are_links_as_they_stand() -> None:
    text = "https://example.org/a_b"
    body = Body((_p(Text(text, link=text), " ", Text("a@b.c", link="mailto:a@b.c")),))
    assert to_markdown(body) == f"<{text}> <a@b.c>\n"
    assert from_markdown(to_markdown(body)) == body


def test_ordinary_words_are_written_without_backslashes() -> None:
    text = "It's 5 < 6 & snake_case, (so) - a.b + 3; 1.5 = x! “Well…” R&D ~5 #1"
    assert to_markdown(Body((_p(text),))) == text + "\n"
    styled = _p("A ", Text("bold", Style.STRONG), ", ", Text("leaning", Style.EMPHASIS), " word")
    assert to_markdown(Body((styled,))) == "A **bold**, *leaning* word\n"


def test_an_empty_body_is_no_text() -> None:
    assert to_markdown(Body()) == ""
    assert to_markdown(Body((Rule(),))) == "***\n"
    assert to_markdown(Body((Table(()), Table(((),), 0, (Text("Caption"),))))) == "Caption\n"


def test_formulas_in_a_text_are_written_as_they_are() -> None:
    text = Text(r"a*b costs $5, but \(x_1 * y_1\), $z^*$ and \[\{a\}\]")
    written = to_markdown(Body((Paragraph((text,)),)))
    assert written == "a\\*b costs \\$5, but $x_1 * y_1$, $z^*$ and $$\\{a\\}$$\n"


def test_a_formula_of_several_runs_is_written_once() -> None:
    runs = (
        Text("x", Style.EMPHASIS, tex="x^2"), Text("2", Style.SUP, tex="x^2"), Text(" in "),
        Text("y", link="https://example.org/", tex="y_0"), Text("1", tex="z"),
    )  # fmt: skip
    written = to_markdown(Body((Paragraph(runs),)))
    assert written == "$x^2$ in [$y_0$](https://example.org/)$z$\n"
