"""Lists are numbered as their author numbered them, wherever they are written."""

import pytest

from reader.body.blocks import Body, Item, List, Paragraph, Text
from reader.body.from_html import from_html
from reader.body.numbering import numbers, numeral, signs
from reader.body.to_html import to_html
from reader.body.to_markdown import to_markdown
from reader.body.to_text import to_text


def _list(html: str) -> List:
    (block,) = from_html(html).blocks
    assert isinstance(block, List)
    return block


@pytest.mark.parametrize(
    ("html", "wanted"),
    [
        ("<ol reversed><li>x<li>y<li>z</ol>", ["3.", "2.", "1."]),
        ("<ol reversed start=10><li>x<li>y</ol>", ["10.", "9."]),
        ("<ol><li>x<li value=7>y<li>z</ol>", ["1.", "7.", "8."]),
        ("<ol type=a start=26><li>x<li>y</ol>", ["z.", "aa."]),
        ("<ol type=I start=4><li>x<li>y</ol>", ["IV.", "V."]),
        ("<ol type=disc start=-1><li>x<li value=x>y</ol>", ["-1.", "0."]),
    ],
)
def test_the_numbers_of_a_page_are_those_of_the_list(html: str, wanted: list[str]) -> None:
    assert [*signs(_list(html))] == wanted
    written = to_html(from_html(html))
    assert [*signs(_list(written))] == wanted
    text = to_text(from_html(html))
    assert [line.split()[0] for line in text.split("\n")] == wanted


def test_a_list_in_a_cell_keeps_its_numbers_too() -> None:
    html = "<table><tr><th>A<th>B<tr><td><ol type=i start=3><li>x<li>y</ol><td>z</table>"
    assert "iii. x iv. y" in to_text(from_html(html))


def test_markdown_has_the_numbers_that_it_can_express() -> None:
    html = "<ol reversed><li>x<li>y</ol><p>-</p><ol start=-2><li>z</ol>"
    assert to_markdown(from_html(html)) == "2. x\n1. y\n\n\\-\n\n0. z\n"


def test_bullets_have_no_numbers() -> None:
    assert _list("<ul type=a><li value=4>x</ul>") == List((Item((Paragraph((Text("x"),)),)),))


def test_numbers_that_letters_and_roman_numerals_cannot_express_are_decimal() -> None:
    assert [numeral(number, "a") for number in (1, 26, 27, 703, 0, -5)] == [
        "a", "z", "aa", "aaa", "0", "-5",
    ]  # fmt: skip
    assert [numeral(number, "I") for number in (1, 1994, 3999, 4000, 0)] == [
        "I", "MCMXCIV", "MMMCMXCIX", "4000", "0",
    ]  # fmt: skip


def test_a_list_without_items_has_no_numbers() -> None:
    assert not [*numbers(List((), ordered=True))]
    assert to_text(Body((List(()),))) == ""
