"""What the list shows and gives away of articles: their excerpts and addresses."""

import pytest

from reader.library.library import Library
from reader.model import Clipping


@pytest.mark.parametrize(
    ("excerpt", "html", "expected"),
    [
        ("  What it\nsays ", "<p>Text</p>", "What it says"),
        ("", "<p>First <em>words</em> &amp; more</p><p>Next</p>", "First words & more Next"),
        ("", '<p><img src="a.png" alt="x">After</p>', "After"),
        ("", "", ""),
        ("word " * 200, "", ("word " * 60).strip()),
        ("", "<p>" + "long " * 900, None),
    ],
)
def test_an_excerpt_is_what_the_page_says_of_itself_or_its_first_words(
    library: Library, excerpt: str, html: str, expected: str | None
) -> None:
    clipping = Clipping("https://example.org/", "One", excerpt=excerpt, html=html, words=3)
    found = library.texts.excerpt(library.add(clipping).id)
    assert len(found) <= 300
    assert "<" not in found
    assert found.strip() == (expected if expected is not None else found.strip())
    assert library.texts.excerpt(99) == ""


def test_addresses_come_in_the_order_that_was_asked_for(library: Library) -> None:
    clippings = [Clipping(f"https://example.org/{n}", f"Title {n}", html="<p>x") for n in range(3)]
    one, two, three = (library.add(clipping).id for clipping in clippings)
    assert library.texts.addresses([three, 99, one]) == [
        ("Title 2", "https://example.org/2"), ("Title 0", "https://example.org/0"),
    ]  # fmt: skip
    assert library.texts.addresses([]) == []
    assert two
