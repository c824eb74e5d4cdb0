"""Headings are named by their words, and links to them survive in Markdown."""

import pytest

from reader.body.blocks import Body, Heading, Paragraph, Style, Text
from reader.body.from_markdown import from_markdown
from reader.body.slugs import slug
from reader.body.to_markdown import to_markdown


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Set-up & more", "set-up--more"), ("🚀 API", "-api"), ("Über 漢字!", "über-漢字"),
        ("a_b.c (d)", "a_bc-d"), ("What's new?", "whats-new"),
    ],
)  # fmt: skip
def test_a_name_has_letters_digits_and_hyphens(words: str, name: str) -> None:
    assert slug(words) == name


def test_links_to_headings_are_written_and_read_again() -> None:
    body = Body(
        (
            Paragraph((Text("below", link="#use-1"), Text(" or "), Text("up", link="#use"))),
            Heading(1, (Text("Use"),), "use"),
            Heading(2, (Text("Use", Style.CODE),), "use-1"),
        )
    )
    assert "[below](#use-1)" in to_markdown(body)
    assert from_markdown(to_markdown(body)) == body


def test_links_to_headings_of_another_name_lead_to_the_same_heading() -> None:
    body = Body((Paragraph((Text("a", link="#x7"),)), Heading(1, (Text("The & <end>"),), "x7")))
    again = from_markdown(to_markdown(body))
    assert again.blocks[0] == Paragraph((Text("a", link="#the--end"),))
    assert isinstance(again.blocks[1], Heading)
    assert again.blocks[1].anchor == "the--end"
