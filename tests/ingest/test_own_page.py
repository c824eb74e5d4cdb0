"""A page that Reader has exported is read as the article that it was."""

import json
from html import escape
from pathlib import Path

from reader.ingest import save
from reader.ingest.own_page import own_page
from reader.library.library import Library

_ABOUT = {
    "title": "Moors", "source": "https://example.org/moors?a=1", "tags": ["sea/deep", "two words"],
    "published": "2021-02-03", "highlights": [{"quote": "marked", "note": "A thought"}],
}  # fmt: skip
_BODY = (
    '<article lang="en"><header><h1>Moors</h1><p class="details">1 min</p></header>'
    '<p>Some <mark class="yellow">marked</mark> words<a role="doc-noteref" href="#n1">1</a>, and '
    '<mark>others</mark>.<a role="doc-noteref" href="#n2">2</a></p>'
    '<aside role="doc-footnote" id="n1"><p class="number">1.</p><p>A note of the text</p></aside>'
    '<aside role="doc-footnote" id="n2"><p class="number">2.</p><p>A thought</p></aside>'
    '<section class="loose"><h2>Highlights and notes</h2></section></article>'
)


def _page(about: str) -> str:
    meta = f'<meta name="reader-article" content="{escape(about)}">'
    return (
        f"<!DOCTYPE html><html><head><title>Moors</title>{meta}</head><body>{_BODY}</body></html>"
    )


def test_only_the_text_is_left_without_head_and_highlights() -> None:
    page = own_page(_page(json.dumps(_ABOUT)))
    assert page is not None
    assert page.about == _ABOUT
    for gone in ("<h1>", "1 min", "A thought", "Highlights", "yellow", "#n2"):
        assert gone not in page.html
    for kept in ("<mark>others</mark>.", "A note of the text", 'href="#n1"'):
        assert kept in page.html


def test_a_page_of_another_program_is_none() -> None:
    for text in ("", "<p>x</p>", _page("{"), _page("[1]")):
        assert own_page(text) is None


def test_an_added_page_has_its_address_and_its_tags(library: Library, tmp_path: Path) -> None:
    file = tmp_path / "a.html"
    file.write_text(_page(json.dumps(_ABOUT)))
    (row,) = save.add_paths(library, [file]).rows
    article = library.article(row.article)
    assert (article.url, article.title) == ("https://example.org/moors?a=1", "Moors")
    assert (article.tags, article.subjects) == (("sea/deep", "two words"), ())
    assert article.published_at == "2021-02-03"
