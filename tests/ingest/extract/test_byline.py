"""Authors are those that a page gives as data, else those it shows."""

import pytest

from reader.ingest.extract.page import parse
from reader.ingest.extract.page_metadata import metadata_of

_SITE = '<meta property="og:site_name" content="The Paper">'


def _byline(body: str, head: str = "") -> str:
    page = parse(f"<html lang=en><head>{head}</head><body>{body}</body></html>")
    return metadata_of(page, "https://www.paper.example/a").byline


@pytest.mark.parametrize("site", ["The Paper", "paper", "THE PAPER"])
def test_a_site_is_its_author_only_if_nobody_else_is_named(site: str) -> None:
    said = f'{_SITE}<meta name="author" content="{site}">'
    assert _byline("", said) == site
    assert _byline("<p class=byline>Ann Able</p>", said) == "Ann Able"
    assert _byline("<p class=byline>News</p>", said) == site
    assert _byline(
        "<p class=byline>Ann Able</p>", f'{_SITE}<meta name="byl" content="Agency">'
    ) == ("Agency")


@pytest.mark.parametrize(
    "head",
    [
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" '
        'content="Ann Able">',
        '<meta name="twitter:label2" content="Verfasst von"><meta name="twitter:data2" '
        'content="Ann Able">',
        '<meta name="paper_authors" content="Ann Able">',
        '<meta name="cXenseParse:author" content="Ann Able">',
    ],
)
def test_a_program_gives_authors_under_its_own_name(head: str) -> None:
    assert _byline("", head) == "Ann Able"


def test_other_data_of_a_card_and_accounts_are_no_authors() -> None:
    card = '<meta name="twitter:label1" content="Price"><meta name="twitter:data1" content="Two">'
    assert _byline("", card) == ""
    assert _byline("", '<meta name="twitter:creator" content="paperdaily">') == ""


@pytest.mark.parametrize(
    "body",
    [
        "<p><a rel=author>Ann Able</a>, <a rel=author>Ben Bold</a></p>",
        "<div><span class=author>By: <a rel=author><i>Ann Able</i></a></span> "
        "<span class=author><b>,</b> <a rel=author><i>Ben Bold</i></a></span></div>",
        "<div><p itemprop=author itemscope><a itemprop=name>Ann Able</a></p>"
        "<p itemprop=author itemscope><a itemprop=name>Ben Bold</a></p></div>",
        "<p class=byline><a>Ann Able</a> and <a>Ben Bold</a></p>",
        "<h1>Rain</h1><p>By Ann Able, Ben Bold</p>",
    ],
)
def test_several_authors_are_all_named(body: str) -> None:
    assert _byline(body) == "Ann Able, Ben Bold"


def test_authors_that_stand_apart_are_not_joined() -> None:
    text = "<p>" + "A long text about rivers. " * 20 + "</p>"
    assert _byline(f"<a rel=author>Ann Able</a>{text}<a rel=author>Ben Bold</a>") == "Ann Able"


def test_an_author_is_signed_near_the_title() -> None:
    assert _byline("<h1>Rain</h1><p>3 May 2026</p><p>By Ann Able</p>") == "Ann Able"
    assert _byline("<h1>Rain</h1><p>By the river</p>") == ""


def test_a_link_to_an_author_names_one() -> None:
    for path in ("/author/ann-able", "/blog/authors/ann/", "/autoren/1-ann?x"):
        assert (
            _byline(f"<h1>Rain</h1><p>x</p><div><a href='{path}'>Ann Able</a></div>") == "Ann Able"
        )
    for path in ("/authors/", "/author", "/ann"):
        assert _byline(f"<h1>Rain</h1><div><a href='{path}'>Ann Able</a></div>") == ""


def test_who_is_authorized_and_who_comments_is_no_author() -> None:
    assert _byline("<p class='authorization'>All Rights</p>") == ""
    assert _byline("<ul class=comments><li><a rel=author>Ann Able</a></ul>") == ""


def test_an_author_box_of_the_whole_page_is_not_read_to_its_end() -> None:
    text = "<p>" + "word " * 200 + "</p>"
    assert _byline(f"<div itemprop=author>{text}</div>") == ""
