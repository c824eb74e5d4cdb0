"""A URL that is pasted into the search finds its article, however it was copied."""

import pytest
from tests.library.conftest import add_text, ask

from reader.library.library import Library
from reader.model import Clipping


@pytest.mark.parametrize(
    ("saved", "pasted"),
    [
        ("https://example.org/a", "https://example.org/a"),
        ("https://example.org/a", "http://www.example.org/a/"),
        ("https://www.example.org/a/", "https://EXAMPLE.org/a#part-2"),
        ("https://example.org/a?id=1", "https://example.org/a?id=1&utm_source=x&fbclid=y"),
        ("https://example.org/", "https://example.org"),
    ],
)
def test_a_pasted_url_finds_its_article(library: Library, saved: str, pasted: str) -> None:
    id = add_text(library, "bees", url=saved)
    add_text(library, "wasps", url="https://example.org/other")
    assert ask(library, pasted) == [id]
    assert ask(library, f"bees {pasted}") == [id]
    assert ask(library, f"wasps {pasted}") == []
    assert id not in ask(library, f"-{pasted}")


def test_the_more_similar_url_wins(library: Library) -> None:
    plain = add_text(library, "all", url="https://example.org/list")
    second = add_text(library, "page", url="https://example.org/list?page=2")
    assert ask(library, "https://example.org/list?page=2&ref=a") == [second]
    assert ask(library, "https://example.org/list?page=3") == [plain]


def test_another_url_of_an_article_finds_it(library: Library) -> None:
    library.add(Clipping("https://example.org/1", aliases=("https://example.com/short",)))
    assert ask(library, "https://example.com/short") == [1]


def test_a_url_of_no_article_is_searched_for_as_words(library: Library) -> None:
    id = add_text(library, "it links to https://example.com/bees/hive in its text")
    assert ask(library, "https://example.com/bees/hive") == [id]


@pytest.mark.parametrize("odd", ["https://", "http://x", "https://[::1", "http://a.b/?" + "&" * 99])
def test_odd_urls_are_harmless(library: Library, odd: str) -> None:
    assert ask(library, odd) == []
