"""A thread of several pages comes whole from its site, each post once."""

from collections.abc import Iterator

import pytest
from tests.ingest.site import Answer, Site

from reader.body.caveats import caveats_of
from reader.ingest.reprocess import extract_again
from reader.ingest.web import add_addresses, download
from reader.library.library import Library
from reader.model import Article

_POST = (
    '<div id="p{n}" class="post"><dl class="postprofile"><dt><a class="username">Person {n}</a>'
    '</dt></dl><div class="postbody"><p class="author"><time datetime="2024-05-0{n}">x</time></p>'
    '<div class="content">{text}</div></div></div>'
)
_FIRST = "When does the weir open? I was there at dawn."
_SAME = "I have seen the very same thing at the upper weir, at the very same hour."


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer of whoever runs the tests may well have one."""
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    pages = {
        "/viewtopic.php?t=7": ((1, _FIRST), (2, _SAME)),
        "/viewtopic.php?t=7&start=2": ((1, _FIRST), (3, _SAME), (4, "Thanks.")),
        "/viewtopic.php?t=7&start=4": ((5, "Thanks."),),
        "/viewtopic.php?t=8": ((6, "Another topic."),),
    }
    links = "".join(f'<a href="{path}">x</a>' for path in pages)
    for path, posts in pages.items():
        boxes = "".join(_POST.format(n=n, text=text) for n, text in posts)
        html = f"<html><body><h2 class='topic-title'>The weir</h2>{links}{boxes}</body></html>"
        made.answers[path] = Answer(200, html.encode())
    yield made
    made.close()


def _downloaded(library: Library, address: str) -> Article:
    id = add_addresses(library, [address], typed=[address]).rows[0].article
    download(library, [id])
    return library.article(id)


def _places(html: str) -> list[int]:
    return [n for n in range(1, 7) if f'id="p{n}"' in html]


def test_the_pages_of_a_thread_are_one_article(library: Library, site: Site) -> None:
    article = _downloaded(library, f"{site.address}/viewtopic.php?t=7")
    assert (article.title, article.byline) == ("The weir", "Person 1")
    assert _places(article.html) == [1, 2, 3, 4, 5]
    assert (article.html.count(_SAME), article.html.count("Thanks.")) == (2, 2)
    assert caveats_of(article.html) == ()


def test_a_thread_begins_at_the_page_that_was_asked_for(library: Library, site: Site) -> None:
    article = _downloaded(library, f"{site.address}/viewtopic.php?t=7&start=2")
    assert _places(article.html) == [1, 3, 4, 5]


def test_a_thread_is_made_again_from_its_source(library: Library, site: Site) -> None:
    article = _downloaded(library, f"{site.address}/viewtopic.php?t=7")
    extract_again(library, [article.id])
    assert library.article(article.id).html == article.html
