"""Highlights get their places in the text that an article has, and again in another one."""

import pytest
from tests.library.conftest import add_text
from tests.library.highlights.test_store import mark

from reader.entries import Highlight
from reader.ingest import highlights
from reader.library.library import Library
from reader.model import Clipping


def places(library: Library, id: int) -> list[tuple[str, int, int]]:
    """Return quote, block and offset of the highlights of an article; -1 without a place."""
    return [
        (each.highlight.quote, each.start.block, each.start.offset)
        if each.start
        else (each.highlight.quote, -1, -1)
        for each in highlights.placed(library, id)
    ]


def test_they_are_placed_when_they_are_first_needed(library: Library) -> None:
    id = add_text(library, "Two goats and a barrel of oil.")
    mark(library, id, Highlight("of oil"), Highlight("a camel"), Highlight("two goats"),
         Highlight("", "on all of it"))  # fmt: skip
    wanted = [("", -1, -1), ("two goats", 0, 0), ("of oil", 0, 23), ("a camel", -1, -1)]
    assert places(library, id) == wanted
    assert [each.highlight.quote for each in library.highlights.of(id)] == [x for x, *_ in wanted]
    many = highlights.placed_many(library, [id, 99])
    assert many == {id: library.highlights.of(id)}


def test_nothing_is_looked_for_twice_in_the_same_text(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add_text(library, "Two goats.")
    mark(library, id, Highlight("goats"), Highlight("a camel"))
    before = highlights.placed(library, id)
    monkeypatch.setattr(highlights, "find", None)
    assert highlights.placed(library, id) == before


def test_another_text_gives_them_other_places_and_an_older_one_its_own(library: Library) -> None:
    url = "https://example.org/goats"
    id = library.add(Clipping(url)).id
    mark(library, id, Highlight("two goats"), Highlight("a barrel of oil"))
    assert places(library, id) == [("two goats", -1, -1), ("a barrel of oil", -1, -1)]
    library.add(Clipping(url, html="<p>Two goats.</p>"))
    assert places(library, id) == [("two goats", 0, 0), ("a barrel of oil", -1, -1)]
    library.add(Clipping(url, html="<p>New.</p>\n<p>A barrel of oil, two goats.</p>"))
    assert places(library, id) == [("a barrel of oil", 1, 0), ("two goats", 1, 17)]
    (older,) = [each for each in library.texts.versions(id) if not each.in_use]
    library.texts.use(id, older.id)
    assert places(library, id) == [("two goats", 0, 0), ("a barrel of oil", -1, -1)]


def test_a_place_is_found_again_by_what_stood_around_it(library: Library) -> None:
    url = "https://example.org/twice"
    id = library.add(Clipping(url, html="<p>In the end the sea won.</p>")).id
    mark(library, id, Highlight("the sea"))
    assert places(library, id) == [("the sea", 0, 11)]
    library.add(Clipping(url, html="<p>Of the sea.</p>\n<p>In the end the sea won.</p>"))
    assert places(library, id) == [("the sea", 1, 11)]
