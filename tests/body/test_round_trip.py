"""Whatever is read can be written and read again, whole or by lines, and says the same."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reader.body.blocks import (
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
    Style,
    Table,
    Text,
)
from reader.body.from_html import from_html, parts
from reader.body.to_html import to_html
from reader.body.to_text import count_words, excerpt, to_text

_NAME = "ab" * 32 + ".png"
_word = st.text("aZ<>&\"'é漢ש0", min_size=1, max_size=6)
_words = st.lists(_word, min_size=1, max_size=4).map(" ".join)
_styles = st.lists(st.sampled_from(list(Style)), max_size=3).map(
    lambda found: __import__("functools").reduce(lambda a, b: a | b, found, Style.PLAIN)
)
_link = st.sampled_from(
    ["", "", "https://example.org/a?b=1&c=2", "#elsewhere", "mailto:a@example.org"]
)
_text = st.builds(Text, _words, _styles, _link)
_picture = st.builds(
    Picture,
    st.sampled_from([_NAME, ""]),
    st.just(30),
    st.just(20),
    _word,
    st.just(""),
    st.sampled_from(["", "https://example.org/p.png"]),
)


def _apart(runs: list[Text | Picture]) -> tuple[Text | Picture, ...]:
    """Leave out a run that would merge with the one before."""
    kept: list[Text | Picture] = []
    for run in runs:
        last = kept[-1] if kept else None
        if isinstance(run, Text) and isinstance(last, Text):
            same = (run.style, run.link) == (last.style, last.link)
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
    items = st.lists(
        st.builds(Item, blocks, st.sampled_from([None, True, False])), min_size=1, max_size=3
    ).map(tuple)
    return st.one_of(
        st.builds(Quote, blocks),
        st.builds(List, items, st.just(True), st.integers(1, 9)),
        st.builds(List, items, st.just(False), st.just(1)),
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


_bodies = st.lists(_block, max_size=5).map(_body)


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(_bodies)
def test_a_body_is_read_back_as_it_was_written(body: Body) -> None:
    html = to_html(body)
    assert from_html(html) == body
    assert tuple(parts(html)) == body.blocks
    assert to_html(from_html(html)) == html


def test_language_direction_and_notes_are_kept() -> None:
    body = Body(
        (Paragraph((Text("Text"), NoteMark("fn:1"), Text(" more."))),),
        (Note("fn:1", (Paragraph((Text("The note."),)),)),),
        "he",
        "rtl",
    )
    html = to_html(body)
    assert from_html(html) == body
    assert tuple(parts(html)) == (*body.blocks, *body.notes)
    assert to_text(body) == "Text[1] more.\n\n[1] The note."


_soup = st.lists(
    st.sampled_from(
        "<p> </p> <div> </div> <b> </b> <i> <li> <ul> </ul> <ol> <table> <tr> <td> <th> </table> "
        "<blockquote> <pre> </pre> <code> <h2> </h2> <a\thref='#x'> <a\thref='javascript:x'> </a> "
        "<img\tsrc=/etc/passwd> <br> <hr> <figure> <figcaption> <dl> <dt> <dd> <script> </script> "
        "<sup> <svg> <style> &amp; &#0; text".split(" ")
    ).map(lambda tag: tag.replace("\t", " ")),
    max_size=40,
).map("".join)


@settings(max_examples=150, deadline=None)
@given(_soup)
def test_tag_soup_never_raises_and_settles_at_once(html: str) -> None:
    body = from_html(html)
    written = to_html(body)
    assert from_html(written) == body
    assert tuple(parts(written)) == (*body.blocks, *body.notes)
    assert 'href="javascript' not in written
    assert "<script" not in written
    assert 'src="/' not in written


def test_words_are_counted_in_every_script() -> None:
    def words(text: str) -> int:
        return count_words(Body((Paragraph((Text(text),)),)))

    assert words("One two, three-four five's.") == 4
    assert words("漢字漢字") == 2
    assert words("") == 0


def test_an_excerpt_ends_between_words() -> None:
    body = Body((Heading(1, (Text("Title"),)), Paragraph((Text("word " * 100),))))
    assert len(excerpt(body, 50)) <= 51
    assert excerpt(body, 50).endswith("word…")


def test_blocks_of_different_kinds_are_never_equal() -> None:
    quote, rule = Quote(()), Rule()
    others: tuple[object, ...] = (Definitions(()), Paragraph(()), Body())
    assert rule == Rule()
    assert all(quote != other and rule != other for other in others)
    assert all((rule, quote, *others))
