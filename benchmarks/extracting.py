"""The body of an extracted page, as the benchmarks compare it."""

from reader.body.blocks import Body, Figure, Picture
from reader.body.from_html import from_html
from reader.ingest.extract.whole import Page

BASE = "http://fakehost/test/page.html"


def body_of(page: Page) -> Body:
    """Return the body of a page, its pictures all alike."""
    return from_html(
        page.html, picture=lambda _: Picture("none.png", 1, 1), address=BASE, whole=True
    )


def without_captions(body: Body) -> Body:
    """Return a body without the captions of its figures."""
    blocks = (
        block._replace(caption=()) if isinstance(block, Figure) else block for block in body.blocks
    )
    return body._replace(blocks=tuple(blocks))
