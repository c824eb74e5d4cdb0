"""A picture and its caption are a figure, in whatever a page puts them."""

import pytest
from lxml import html

from reader.ingest.extract.captions import repair

_FIGURE = '<figure><img src="/a.jpg"><figcaption>The <i>weir</i></figcaption></figure>'


def _repaired(page: str) -> str:
    tree = html.fromstring(f"<div>{page}<p>Words.</p></div>")
    repair(tree)
    made = str(html.tostring(tree, encoding="unicode"))
    return made.removeprefix("<div>").removesuffix("<p>Words.</p></div>")


@pytest.mark.parametrize(
    "page",
    [
        '<div class="wp-caption"><img src="/a.jpg"><p class="wp-caption-text">The <i>weir</i></p>'
        "</div>",
        '<dl class="gallery-item"><dt><img src="/a.jpg"></dt>'
        '<dd class="wp-caption-text gallery-caption">The <i>weir</i></dd></dl>',
        '<table class="tr-caption-container"><tbody><tr><td><img src="/a.jpg"></td></tr>'
        '<tr><td class="tr-caption">The <i>weir</i></td></tr></tbody></table>',
        '<figure><b><img src="/a.jpg"></b><div class="caption">The <i>weir</i></div></figure>',
        '<div><img src="/a.jpg"><p><span class="photo-caption">The <i>weir</i></span></p></div>',
    ],
)
def test_a_picture_with_its_caption_is_a_figure(page: str) -> None:
    assert _repaired(page) == _FIGURE


def test_the_link_of_a_picture_stays_around_it() -> None:
    page = (
        '<div class="wp-caption"><a href="/b"><img src="/a.jpg"></a><p class="caption">W</p></div>'
    )
    assert _repaired(page) == (
        '<figure><a href="/b"><img src="/a.jpg"></a><figcaption>W</figcaption></figure>'
    )


def test_pictures_in_a_row_have_each_its_own_caption() -> None:
    cell = '<td><img src="/a.jpg"><div class="caption">The <i>weir</i></div></td>'
    made = _repaired(f"<table><tr>{cell}{cell}</tr></table>")
    assert made.count(f"<td>{_FIGURE}</td>") == 2


@pytest.mark.parametrize(
    "page",
    [
        '<div><img src="/a.jpg"><p class="caption"></p></div>',
        '<div><img src="/a.jpg"><p class="subcaption">W</p></div>',
        '<div><img src="/a.jpg"><p class="caption">W</p><p>More words of the article</p></div>',
        '<div><img src="/a.jpg"><img src="/b.jpg"><p class="caption">W</p></div>',
        '<div><p class="caption">W</p></div>',
        f'<div><img src="/a.jpg"><p class="caption">{"W" * 1001}</p></div>',
        '<figure><img src="/a.jpg"><figcaption><i class="caption">W</i></figcaption></figure>',
    ],
)
def test_what_is_no_caption_of_one_picture_stays(page: str) -> None:
    assert _repaired(page) == page
