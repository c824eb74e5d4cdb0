"""Ordered lists have the numbers that their readers see, once."""

import pytest
from tests.ingest.extract.structure.page import blocks_of

from reader.body.blocks import Body
from reader.body.to_text import to_text


def _text(markup: str) -> str:
    return to_text(Body(blocks_of(markup)))


@pytest.mark.parametrize("number", ["<div>{}</div>", "<span>{}.</span> ", "<b>0{})</b>"])
def test_numbers_that_a_page_writes_beside_those_of_a_list_are_dropped(number: str) -> None:
    items = ("Open the sluice.", "Wait for the tide.", "Close it.")
    rows = (f"<li>{number.format(n)}<p>{text}</p></li>" for n, text in enumerate(items, 1))
    assert (
        _text(f"<ol>{''.join(rows)}</ol>").split()
        == _text("<ol>" + "".join(f"<li><p>{text}</p></li>" for text in items) + "</ol>").split()
    )


@pytest.mark.parametrize(
    "items",
    [
        "<li><b>1</b> boat</li><li><b>3</b> boats</li>",
        "<li><b>1</b> boat</li><li>No boats</li>",
        "<li><b>1</b> boat</li>",
        "<li><b>1</b></li><li><b>2</b></li>",
    ],
)
def test_other_numbers_in_a_list_stay(items: str) -> None:
    assert "1" in _text(f"<ol>{items}</ol>").replace("1.", "")
