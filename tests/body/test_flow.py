"""Text is collected with single spaces, and runs of one style are one run."""

import pytest

from reader.body.blocks import NoteMark, Paragraph, Rule, Style, Text
from reader.body.flow import Flow


def test_spaces_and_runs_merge() -> None:
    flow = Flow()
    flow.text(" One ", Style.PLAIN, "")
    flow.text(" two", Style.PLAIN, "")
    flow.text(" three ", Style.STRONG, "")
    flow.close()
    runs = (Text("One two"), Text(" three", Style.STRONG))
    assert flow.blocks == [Paragraph(runs)]


def test_a_block_ends_the_paragraph_and_an_empty_one_is_dropped() -> None:
    flow = Flow()
    flow.text("One", Style.PLAIN, "")
    flow.block(Rule())
    flow.text(" ", Style.PLAIN, "")
    flow.close()
    assert flow.blocks == [Paragraph((Text("One"),)), Rule()]


def test_a_place_names_the_next_paragraph_once_and_keeps_its_other_names() -> None:
    aliases: dict[str, str] = {}
    flow = Flow(aliases)
    flow.mark_place("a")
    flow.mark_place("b")
    for text in ("One", "Two"):
        flow.text(text, Style.PLAIN, "")
        flow.close()
    assert flow.blocks == [Paragraph((Text("One"),), "a"), Paragraph((Text("Two"),))]
    assert aliases == {"b": "a"}


def test_an_inline_flow_continues_on_a_new_line_or_after_a_space() -> None:
    for one_line, between in ((False, "\n"), (True, " ")):
        flow = Flow(inline=True, one_line=one_line)
        flow.text("One", Style.PLAIN, "")
        flow.close()
        flow.text("two", Style.PLAIN, "")
        flow.run(NoteMark("n"))
        assert flow.take_runs() == (Text(f"One{between}two"), NoteMark("n"))
        assert flow.blocks == []


@pytest.mark.parametrize("sign", ["\u200b", "\u200c", "\u2060", "\ufeff", " \u200b\n"])
def test_a_paragraph_of_characters_without_width_is_none(sign: str) -> None:
    flow = Flow()
    flow.text(sign, Style.PLAIN, "")
    flow.close()
    assert flow.blocks == []
