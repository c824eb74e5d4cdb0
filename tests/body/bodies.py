"""Bodies of every shape, for hypothesis."""

from functools import reduce
from typing import Any

from hypothesis import strategies as st

from reader.body.blocks import (
    Body,
    Callout,
    Cell,
    Code,
    Definition,
    Definitions,
    Figure,
    Given,
    Heading,
    Item,
    List,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Style,
    Table,
    Text,
)

_NAME = "ab" * 32 + ".png"
_word = st.text("aZ<>&\"'é漢ש0", min_size=1, max_size=6)
_words = st.lists(_word, min_size=1, max_size=4).map(" ".join)
_styles = st.lists(st.sampled_from(list(Style)), max_size=3).map(
    lambda found: reduce(lambda a, b: a | b, found, Style.PLAIN)
)
_link = st.sampled_from(
    ["", "", "https://example.org/a?b=1&c=2", "#elsewhere", "mailto:a@example.org"]
)
_tex = st.sampled_from(["", "", "", "a^2", '\\frac{b < 1}{"2"}'])
_text = st.builds(Text, _words, _styles, _link, st.just(False), _tex, st.just(""))
_picture = st.builds(
    Picture,
    st.sampled_from([_NAME, ""]),
    st.just(30),
    st.just(20),
    _word,
    st.just(""),
    st.sampled_from(["", "https://example.org/p.png"]),
    st.sampled_from(
        [Given(), Given(16, 12.5), Given(640), Given(0, 1.42, "em"), Given(2, 2, "x")],
    ),
)


def _apart(runs: list[Text | Picture]) -> tuple[Text | Picture, ...]:
    """Leave out a run that would merge with the one before."""
    kept: list[Text | Picture] = []
    for run in runs:
        last = kept[-1] if kept else None
        if isinstance(run, Text) and isinstance(last, Text):
            same = (run.style, run.link, run.tex) == (last.style, last.link, last.tex)
            if same:
                continue
        kept.append(run)
    return tuple(kept)


_runs = st.lists(st.one_of(_text, _picture), min_size=1, max_size=4).map(_apart)
_anchor = st.sampled_from(["", "place"])
_paragraph = st.builds(Paragraph, _runs, _anchor)
_leaf = st.one_of(
    _paragraph,
    st.builds(
        Heading,
        st.integers(1, 6),
        _runs.filter(lambda runs: any(isinstance(r, Text) for r in runs)),
        _anchor,
    ),
    st.builds(Code, st.lists(_words, min_size=1, max_size=3).map("\n".join), st.just("python")),
    st.just(Rule()),
)
_cell = st.builds(Cell, _runs, st.booleans(), st.just(1), st.just(1), st.just("right"))


def _table(rows: list[list[Cell]]) -> Table:
    head = 0
    for row in rows:
        if not all(cell.header for cell in row):
            break
        head += 1
    return Table(tuple(map(tuple, rows)), head)


_tables = st.lists(st.lists(_cell, min_size=2, max_size=3), min_size=1, max_size=3).map(_table)


def _around(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    blocks = st.lists(inner, min_size=1, max_size=3).map(tuple)
    tasks = st.sampled_from([None, True, False])
    items = st.lists(st.builds(Item, blocks, tasks, st.none()), min_size=1, max_size=3).map(tuple)
    numbered = st.lists(
        st.builds(Item, blocks, tasks, st.sampled_from([None, 7])), min_size=1, max_size=3
    ).map(tuple)
    numerals = st.sampled_from(["", "a", "A", "i", "I"])
    kinds = st.sampled_from(["", "note", "warning"])
    return st.one_of(
        st.builds(Quote, blocks),
        st.builds(Callout, _runs, blocks, kinds),
        st.builds(Callout, st.just(()), blocks, st.just("")),
        st.builds(List, numbered, st.just(True), st.integers(-1, 9), numerals, st.booleans()),
        st.builds(List, items, st.just(False), st.just(1), st.just(""), st.just(False)),
        st.builds(Figure, blocks, _runs),
        st.builds(
            lambda terms, inner_blocks: Definitions((Definition(tuple(terms), inner_blocks),)),
            st.lists(_runs, min_size=1, max_size=2),
            blocks,
        ),
    )


_block = st.recursive(st.one_of(_leaf, _tables), _around, max_leaves=6)


def _body(blocks: list[Any]) -> Body:
    return Body(tuple(blocks))


bodies = st.lists(_block, max_size=5).map(_body)
