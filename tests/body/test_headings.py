"""The headings of an article: all of them, in order, with their depth."""

import pytest

from reader.body.blocks import Body, Callout, Heading, Note, Paragraph, Picture, Quote, Style, Text
from reader.body.headings import block_of, ends, headlines
from reader.body.to_html import to_html


def _heading(level: int, *runs: Text | Picture | str) -> Heading:
    return Heading(level, tuple(Text(run) if isinstance(run, str) else run for run in runs))


def test_each_heading_has_its_words_and_its_block() -> None:
    name = "a" * 64 + ".png"
    body = Body(
        (
            _heading(2, "Fish & <chips>"),
            Paragraph((Text("<h2>not one</h2>"),)),
            Heading(3, (Text("bold", Style.STRONG), Text(" x²", tex="x^2")), "place"),
            Quote((_heading(2, "Quoted"), Callout((), (_heading(4, "Deep"),)))),
            _heading(2, Picture(name, alt="A view of the bay")),
            _heading(1, Picture(name)),
        ),
        (Note("n", (_heading(2, "In a note"),)),),
        language="en",
    )
    html = to_html(body)
    told = [(each.text, block_of(html, n)) for n, each in enumerate(headlines(html))]
    assert told == [
        ("Fish & <chips>", 0),
        ("bold x²", 2),
        ("Quoted", 3),
        ("Deep", 3),
        ("A view of the bay", 4),
        ("", 5),
        ("In a note", 6),
    ]


@pytest.mark.parametrize(
    ("levels", "depths", "last"),
    [
        ((2, 3, 3, 2, 4), [0, 1, 1, 0, 1], [3, 2, 3, 5, 5]),
        ((4, 2, 6, 5, 6, 1), [0, 0, 1, 1, 2, 0], [1, 5, 3, 5, 5, 6]),
        ((), [], []),
    ],
)
def test_odd_levels_make_a_whole_tree(
    levels: tuple[int, ...], depths: list[int], last: list[int]
) -> None:
    found = headlines(to_html(Body(tuple(_heading(level, "x") for level in levels))))
    assert [each.depth for each in found] == depths
    assert ends(found) == last


def test_an_enormous_heading_is_cut() -> None:
    (found,) = headlines(to_html(Body((_heading(2, "word " * 100_000),))))
    assert 100 < len(found.text) <= 1000
