"""A printed page names its source: so that it can be typed, and in full at least once."""

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.printing.book import Book
from reader.printing.source import LONGEST_AT_FOOT, address_of, foot_of
from reader.sheet import Sheet

_LONG = "https://news.example.org/2026/11/29/" + "a-very-long-story-" * 5


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://www.example.org/a/", "example.org/a"),
        ("https://ja.example.org/wiki/%E7%8C%AB", "ja.example.org/wiki/猫"),
        ("https://example.org/a%20b", "example.org/a%20b"),
        ("https://example.org/a%E2%80%AEb", "example.org/a%E2%80%AEb"),
        ("https://example.org/%FF", "example.org/%FF"),
        ("file:///home/a.md", ""),
        ("paste:0123", ""),
    ],
)
def test_an_address_is_written_as_people_write_it(
    article: MakeArticle, url: str, address: str
) -> None:
    assert address_of(article("x", url=url)) == address


def test_the_foot_has_an_address_that_can_be_typed_or_the_site(article: MakeArticle) -> None:
    exact = "https://example.org/" + "a" * (LONGEST_AT_FOOT - len("example.org/"))
    assert foot_of(article("x", url=exact, published_at="")) == exact.removeprefix("https://")
    assert foot_of(article("x", url=f"{exact}a", published_at="")) == "example.org/…"
    assert foot_of(article("x", url=_LONG)) == "news.example.org/… · 25 November 2026"


def _last_lines(book: Book) -> list[str]:
    return [
        book.typesetter.piece(number).body.document.lastBlock().text().replace("\u200b", "")
        for number in range(len(book.entries))
    ]


def test_what_the_foot_does_not_say_stands_at_the_end(article: MakeArticle, book: MakeBook) -> None:
    long, short = article("Words.", url=_LONG), article("Words.")
    in_full = f"Source: {_LONG.removeprefix('https://')}"
    assert _last_lines(book(long)) == [in_full]
    assert _last_lines(book(short)) == ["Words."]
    assert _last_lines(book(long, short, title="All")) == [in_full, "Words."]
    assert _last_lines(book(long, sheet=Sheet(footer=False))) == ["Words."]
    together = book(long, short, article("x", url="paste:1"), sheet=Sheet(run_on=True), title="All")
    assert _last_lines(together) == [in_full, "Source: example.org/a", "x"]


def test_pages_shared_by_articles_bear_the_title_of_the_book(
    article: MakeArticle, book: MakeBook
) -> None:
    articles = [article("Words. " * 40) for _ in range(3)]
    shared = book(*articles, sheet=Sheet(run_on=True), title="All of it")
    assert shared.edges(2)[2] == "All of it"
    apart = book(*articles, title="All of it")
    assert apart.edges(2)[2] == "example.org/a · 25 November 2026"
    assert book(articles[0], sheet=Sheet(run_on=True)).edges(0)[2] == apart.edges(2)[2]
