"""Markdown and plain text at an address: the same articles as from files on the disk."""

import io
from collections.abc import Iterator

import pytest
from PIL import Image
from tests.ingest.site import Answer, Site

from reader.body.caveats import caveats_of
from reader.ingest.fetch import Fetched
from reader.ingest.web import add_addresses, download
from reader.ingest.web_text import kind_of_text
from reader.library.library import Library
from reader.model import Article, Caveat, FailureKind

_README = b"""---
author: A. Writer
---
# The mill

<p align="center"><img src="img/weir.png" alt="The weir"></p>

See [the map](docs/map.md), `code` and *much* more.

| a | b |
|---|---|
| 1 | 2 |
"""
_PLAIN = (
    b"THE WEIR\n\nThe first line of a paragraph that is wrapped by hand and\nits end.\n\nMore.\n"
)


def _headers(kind: str) -> tuple[tuple[str, str], ...]:
    return (("Content-Type", kind),)


def _png() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (300, 200), "red").save(out, "PNG")
    return out.getvalue()


@pytest.fixture(autouse=True)
def _without_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The computer of whoever runs the tests may well have one."""
    monkeypatch.setattr("reader.ingest.fetch.proxy_for", lambda _: None)


@pytest.fixture
def site() -> Iterator[Site]:
    made = Site()
    yield made
    made.close()


def _downloaded(library: Library, address: str) -> Article:
    id = add_addresses(library, [address], typed=[address]).rows[0].article
    download(library, [id])
    return library.article(id)


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/repo/README.md", "text/plain; charset=utf-8"),
        ("/repo/readme", "text/markdown"),
        ("/repo/README.md?raw=1", "application/octet-stream"),
    ],
)
def test_markdown_is_an_article_with_its_pictures(
    library: Library, site: Site, path: str, kind: str
) -> None:
    site.answers[path] = Answer(200, _README, _headers(kind))
    site.answers["/repo/img/weir.png"] = Answer(200, _png(), _headers("image/png"))
    article = _downloaded(library, site.address + path)
    assert (article.title, article.byline) == ("The mill", "A. Writer")
    assert f'<a href="{site.address}/repo/docs/map.md">the map</a>' in article.html
    assert "<table" in article.html and "<code>code</code>" in article.html
    assert len(article.pictures) == 1
    assert library.texts.source(article.id)[:2] == (_README, "text/markdown")
    assert article.url == site.address + path


def test_plain_text_keeps_its_paragraphs(library: Library, site: Site) -> None:
    site.answers["/weir.txt"] = Answer(200, _PLAIN, _headers("text/plain"))
    article = _downloaded(library, f"{site.address}/weir.txt")
    assert article.title == "THE WEIR"
    assert article.html.count("<p>") == 2
    assert "wrapped by hand and its end." in article.html


def test_a_text_that_came_in_part_says_so(library: Library, site: Site) -> None:
    headers = (*_headers("text/plain"), ("Content-Encoding", "gzip"))
    import gzip

    site.answers["/weir.txt"] = Answer(200, gzip.compress(_PLAIN * 50)[:-9], headers)
    article = _downloaded(library, f"{site.address}/weir.txt")
    assert Caveat.PARTIAL in caveats_of(article.html)


@pytest.mark.parametrize("kind", ["text/plain", "text/markdown"])
def test_an_empty_text_is_said_to_be_empty(library: Library, site: Site, kind: str) -> None:
    site.answers["/a.md"] = Answer(200, b" \n", _headers(kind))
    article = _downloaded(library, f"{site.address}/a.md")
    assert article.failure is not None and article.failure.kind is FailureKind.EMPTY


@pytest.mark.parametrize(
    ("path", "media_type", "data", "kind"),
    [
        ("a.md", "text/html", b"<p>One</p>", ""),
        ("a", "text/plain", b"<!DOCTYPE html><p>One</p>", ""),
        ("a", "text/plain", b"\xef\xbb\xbf <html>", ""),
        ("a", "text/plain", b"# One", "text"),
        ("a.TXT", "binary/octet-stream", b"One", "text"),
        ("a", "", b"One", ""),
        ("a.md#x", "", b"<p>One</p>", "markdown"),
        ("a.json", "application/json", b"{}", ""),
    ],
)
def test_what_a_server_calls_a_text_is_believed_with_care(
    path: str, media_type: str, data: bytes, kind: str
) -> None:
    fetched = Fetched(f"https://example.org/{path}", data, media_type, "", True)
    assert kind_of_text(fetched) == kind
