"""Pages with one construct between paragraphs of text, and what is read of them."""

from reader.body.blocks import Block, Body, Code
from reader.body.from_html import from_html
from reader.ingest.extract.whole import extract

_BEFORE = (
    "The harbour froze on the second of January, and for nine weeks nothing came in but sledges, "
    "which brought salt, candles, and the letters of a whole autumn. "
)
_BEHIND = (
    "When the ice went, it went in one night, with a noise that people three valleys away took "
    "for the end of the world, and in the morning the first boat lay at the quay. "
)


def body_of(construct: str, *, last: str = _BEHIND) -> Body:
    """Return the body of a page with a construct in the middle of its text, or at its end."""
    page = (
        f"<html><head><title>The winter of ice</title></head><body>"
        f"<main><article><h1>The winter of ice</h1><p>{_BEFORE * 3}</p>{construct}"
        f"<p>{last * 3}</p></article></main></body></html>"
    )
    return from_html(extract(page, "https://example.org/ice").html, whole=True)


def blocks_of(construct: str) -> tuple[Block, ...]:
    """Return the blocks that a construct becomes, without the paragraphs around it."""
    first, *blocks, last = body_of(construct).blocks
    assert "froze" in repr(first)
    assert "one night" in repr(last)
    return tuple(blocks)


def code_of(construct: str) -> Code:
    """Return the block of code that a construct becomes."""
    (block,) = blocks_of(construct)
    assert isinstance(block, Code)
    return block
