"""Markdown becomes a body, as people write it."""

import pytest

from reader.body.blocks import Code, Item, List, Paragraph, Quote, Table
from reader.body.from_markdown import from_markdown
from reader.body.to_html import to_html
from reader.body.to_text import to_text


def _html(text: str) -> str:
    return to_html(from_markdown(text))


def _shape(block: object) -> object:
    """Return nested lists as nested lists of words."""
    if isinstance(block, List):
        return [_shape(item) for item in block.items]
    if isinstance(block, Item):
        return [_shape(each) for each in block.blocks]
    return to_text_of(block)


def to_text_of(block: object) -> str:
    from reader.body.blocks import Body

    return to_text(Body((block,)))  # type: ignore[arg-type]


@pytest.mark.parametrize("indent", ["  ", "    ", "\t"])
def test_lists_nest_however_they_are_indented(indent: str) -> None:
    text = f"- a\n{indent}- b\n{indent * 2}- c\n- d\n"
    block = from_markdown(text).blocks[0]
    assert _shape(block) == [["a", [["b", [["c"]]]]], ["d"]]


def test_bullets_inside_numbers() -> None:
    block = from_markdown("1. one\n   - x\n   - y\n2. two\n").blocks[0]
    assert _shape(block) == [["one", [["x"], ["y"]]], ["two"]]


def test_an_item_may_hold_paragraphs_and_code() -> None:
    text = "- a\n\n  more\n\n  ```python\n  x = 1\n  ```\n- b\n"
    block = from_markdown(text).blocks[0]
    assert isinstance(block, List)
    assert block.items[0].blocks[1:] == (block.items[0].blocks[1], Code("x = 1", "python"))
    assert len(block.items) == 2


def test_a_list_right_after_a_line_is_a_list_but_a_year_is_none() -> None:
    assert len(from_markdown("Text:\n- a\n- b").blocks) == 2
    assert len(from_markdown("It was in\n1998. A good year").blocks) == 1


def test_indented_code_stays_code() -> None:
    assert from_markdown("Text\n\n    x = 1\n    y = 2\n").blocks[1] == Code("x = 1\ny = 2")


@pytest.mark.parametrize("sign", ["-", "*", "+", "1."])
def test_a_list_may_be_indented_by_less_than_code_is(sign: str) -> None:
    for indent in range(8):
        (block,) = from_markdown(f"{' ' * indent}{sign} a\n{' ' * indent}{sign} b\n").blocks
        if indent < 4:
            assert _shape(block) == [["a"], ["b"]]
        else:
            more = " " * (indent - 4)
            assert block == Code(f"{more}{sign} a\n{more}{sign} b")


def test_the_extensions() -> None:
    html = _html("~~a~~ ==b== H~2~O https://example.org/x\n\nTerm\n:   Meaning\n\n- [x] done\n")
    assert "<s>a</s>" in html
    assert "<mark>b</mark>" in html
    assert '<a href="https://example.org/x">https://example.org/x</a>' in html
    assert "<dl><dt>Term</dt><dd><p>Meaning</p></dd></dl>" in html
    assert '<input type="checkbox" checked>' in html


def test_tables_keep_their_sides() -> None:
    block = from_markdown("| a | b |\n|---|--:|\n| 1 | 2 |\n").blocks[0]
    assert isinstance(block, Table)
    assert block.head == 1
    assert block.rows[1][1].align == "right"


def test_footnotes_become_notes() -> None:
    body = from_markdown("Text[^a] and[^b].\n\n[^a]: One.\n[^b]: Two.\n")
    assert to_text(body) == "Text[1] and[2].\n\n[1] One.\n\n[2] Two."


def test_fences_inside_are_left_alone() -> None:
    text = "```text\n- not a list\n1. nor this\n    [^1]: or this\n```\n"
    assert from_markdown(text).blocks == (
        Code("- not a list\n1. nor this\n    [^1]: or this", "text"),
    )


def test_html_in_markdown_is_as_safe_as_any() -> None:
    html = _html(
        "<script>x</script><img src='/etc/passwd'><a href='javascript:x'>a</a>\n\n<b>b</b>"
    )
    assert "script" not in html
    assert "passwd" not in html
    assert "<strong>b</strong>" in html


def test_five_thousand_nested_quotes_keep_their_text() -> None:
    body = from_markdown("> " * 5000 + "deep\n\nafter")
    assert "deep" in to_text(body)
    assert isinstance(body.blocks[-1], Paragraph)
    shallow = from_markdown("> " * 10 + "deep").blocks[0]
    assert isinstance(shallow, Quote)


@pytest.mark.parametrize(
    "text", ["[" * 50_000, "[a](" * 20_000, "*a **b " * 5_000, "a " + "`" * 30_000]
)
def test_unclosed_signs_do_not_take_for_ever(text: str) -> None:
    assert to_text(from_markdown(text))


def test_a_giant_text_is_read_in_parts_and_says_the_same() -> None:
    part = (
        "## Part\n\nWords with a [link][home] and a note[^n].\n\n- a\n\n    more\n- b\n\n"
        "```text\n\ncode\n\n```\n\n" + "word " * 2000 + "\n\n"
    )
    definitions = "[home]: https://example.org/\n\n[^n]: The note.\n"
    body = from_markdown(part * 110 + definitions)
    once = from_markdown(part + definitions)
    assert body.blocks == once.blocks * 110
    assert body.notes == once.notes


@pytest.mark.parametrize("text", ["", "\n\n", "---", "```", "[^1]", "|", "# ", "\x00"])
def test_scraps_are_borne(text: str) -> None:
    from_markdown(text)
