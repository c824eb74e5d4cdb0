"""Highlights are read in the order of the text, and found by their words."""

import pytest
from tests.library.conftest import add_text, ask, marked_text
from tests.library.highlights.test_store import mark, uids

from reader.anchor import Anchor
from reader.entries import Highlight
from reader.library.library import Library
from reader.model import State


def keep(library: Library, id: int, *blocks: int | None) -> None:
    """Store the places of the highlights of an article in their order, a block for each."""
    places = [
        None if block is None else (Anchor(block, 1, "a", "b"), Anchor(block, 3, "c", "d"))
        for block in blocks
    ]
    found = [each.highlight.uid for each in library.highlights.of(id)]
    digest = library.highlights.text_of(id)
    library.highlights.keep_places(digest, dict(zip(found, places, strict=True)))


def test_they_come_in_the_order_of_the_text_those_without_a_place_last(library: Library) -> None:
    id = add_text(library, "one two three")
    mark(library, id, Highlight("three"), Highlight("gone"), Highlight("one"), Highlight("", "all"))
    keep(library, id, None, 5, None, 2)
    found = library.highlights.of(id)
    assert [each.highlight.quote for each in found] == ["", "one", "three", "gone"]
    assert found[1].start == Anchor(2, 1, "a", "b") and found[1].end == Anchor(2, 3, "c", "d")
    assert found[1].sha256 == library.highlights.text_of(id) == found[3].sha256
    assert found[3].start is None
    library.set_state([id], State.TRASH)
    library.trash.delete([id])
    with library._database.reading() as connection:
        assert connection.execute("SELECT count(*) FROM highlight_place").get == 0


def test_places_in_a_library_that_is_only_read_are_not_stored(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    id = add_text(library, "one")
    mark(library, id, Highlight("one"))
    monkeypatch.setattr(library._database, "read_only", True)
    keep(library, id, 1)
    assert library.highlights.of(id)[0].start is None


def test_articles_are_found_by_their_highlights_notes_and_strange_quotes(
    library: Library,
) -> None:
    sea = add_text(library, "He came with two goats.", "Sea")
    bare = add_text(library, "Nothing here about goats.", "Bare")
    mark(library, sea, Highlight("two goats", "Überfahrt by ferry", labels=("keepers",)),
         Highlight("a lighthouse of yore"))  # fmt: skip
    quote_only = add_text(library, "The lamp was lit.", "Lamp")
    mark(library, quote_only, Highlight("The lamp"))
    assert {*ask(library, "has:highlight")} == {sea, quote_only}
    assert ask(library, "has:note") == [sea]
    assert {*ask(library, "-has:highlight goats")} == {bare}
    for words in ("note:ferry", "note:uberfahrt", "ferry", "note:keepers", "lighthouse",
                  '"lighthouse of yore"', "note:ferry OR note:boat"):  # fmt: skip
        assert ask(library, words) == [sea], words
    assert ask(library, "note:goats") == ask(library, "note:lighthouse") == []
    assert (
        marked_text(library, sea, "ferry") == "Überfahrt by [ferry] two goats a lighthouse of yore"
    )
    library.history.undo()
    library.history.undo()
    assert ask(library, "has:highlight") == ask(library, "ferry") == []
    library.history.redo()
    assert ask(library, "note:ferry") == [sea]
    assert "note:" in library.search.suggestions("no") and "has:highlight" in (
        library.search.suggestions("has:h")
    )
    assert library.check() == ()


def test_the_index_forgets_the_words_of_a_highlight_that_moves_or_goes(library: Library) -> None:
    one, other = add_text(library, "One"), add_text(library, "Other")
    mark(library, one, Highlight("One", "zebra"))
    with library._database.writing() as connection:
        sql = "UPDATE highlight SET article = ? WHERE uid = ?"
        connection.execute(sql, (other, uids(library, one)[0]))
    assert ask(library, "zebra") == [other]
    with library._database.writing() as connection:
        connection.execute("DELETE FROM highlight")
    assert ask(library, "zebra") == []
