"""Highlights in a body."""

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.body.anchors import Point, text_of
from reader.body.blocks import Body, NoteMark, Text
from reader.body.from_markdown import from_markdown
from reader.body.highlighted import Mark, highlighted
from reader.body.to_markdown import to_markdown
from reader.body.to_text import all_runs


def _marked(body: Body) -> str:
    runs = (run for block in body.blocks for runs in all_runs(block) for run in runs)
    return "".join(run.text for run in runs if isinstance(run, Text) and run.colour)


def test_a_mark_crosses_blocks_and_styles() -> None:
    body = from_markdown(
        "One *two* three.\n\n- four\n- five\n\n```\ncode\n```\n\n| a |\n|---|\n| b |\n"
    )
    made = highlighted(body, [Mark(Point(0, 6), Point(3, 1), "pink", "First.\n\nSecond.")])
    assert _marked(made) == "o three.fourfivea"
    text = to_markdown(made)
    assert "One *tw==o==* ==three.==\n\n- ==four==\n" in text
    assert "| ==a==[^1] |" in text
    assert text.endswith("[^1]: First.\n\n    Second.\n")


def test_marks_that_overlap_lose_no_note() -> None:
    body = from_markdown("0123456789")
    marks = [
        Mark(Point(0, 2), Point(0, 6), "blue", "a"),
        Mark(Point(0, 4), Point(0, 8), "pink", "b"),
    ]
    assert to_markdown(highlighted(body, marks)).split("\n")[0] == "01==2345==[^1]==67==[^2]89"


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(0, 12)), min_size=4, max_size=4))
def test_marks_change_no_text(points: list[tuple[int, int]]) -> None:
    body = from_markdown(
        "One[^1] *two*\xad $a^2$.\n\n> Quoted `code`\n\n- a\n- [b](https://c.example)\n\n"
        "| a | b |\n|---|---|\n| c | d |\n\n    code\n\n[^1]: The note.\n"
    )
    texts = [text_of(part) for part in (*body.blocks, *body.notes)]
    ends = [sorted(Point(*each) for each in some) for some in (points[:2], points[2:])]
    made = highlighted(body, [Mark(start, end, "green", "note") for start, end in ends])
    assert [text_of(part) for part in (*made.blocks, *made.notes)][: len(texts)] == texts
    runs = [run for part in made.blocks for some in all_runs(part) for run in some]
    assert len([run for run in runs if isinstance(run, NoteMark)]) <= 3
