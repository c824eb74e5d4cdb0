"""An article as Markdown for the clipboard."""

import pytest

from reader.errors import NoSuchArticle
from reader.exporting.clipboard import markdown_of
from reader.library.library import Library
from reader.model import Clipping


def _add(library: Library, title: str, html: str) -> int:
    return library.add(Clipping(f"https://example.org/{title}", title, html=html, words=2)).id


def test_an_article_stands_under_its_title_once(library: Library) -> None:
    assert markdown_of(library, _add(library, "One", "<p>Words.</p>")) == (
        "# [One](https://example.org/One)\n\nWords.\n"
    )
    own = _add(library, "Two", "<h1>Two</h1><p>Words.</p>")
    assert markdown_of(library, own).count("Two") == 2, "and its address"
    secret = Clipping("https://name:secret@example.org/a", "A", html="<p>x</p>")
    assert "secret" not in markdown_of(library, library.add(secret).id)


def test_an_article_that_is_gone_is_told(library: Library) -> None:
    with pytest.raises(NoSuchArticle):
        markdown_of(library, 99)
