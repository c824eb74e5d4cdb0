"""Snippets: the part of a text that says most of what was looked for, and its marks."""

import pytest
from tests.library.conftest import add_text, marked_text

from reader.library.library import Library
from reader.library.search import snippets
from reader.library.search.query_parser import question


def words(count: int, name: str = "word") -> str:
    return " ".join(f"{name}{number}" for number in range(count))


def test_a_short_text_is_shown_whole(library: Library) -> None:
    id = add_text(library, "The bees of the old city.</p>\n<p>And more.")
    assert marked_text(library, id, "bees") == "The [bees] of the old city.   And more."


def test_a_long_text_is_cut_at_words_around_what_was_asked(library: Library) -> None:
    id = add_text(library, f"{words(100)} bees {words(100, 'more')}")
    shown = marked_text(library, id, "bees")
    assert shown.startswith("…word") and " [bees] more0 " in shown and shown.endswith("…")
    bare = shown.strip("…").replace("[", "").replace("]", "")
    assert f" {bare} " in f" {words(100)} bees {words(100, 'more')} "
    assert len(shown.partition("[")[0]) <= 41
    assert 140 <= len(bare) <= 180


def test_where_more_different_words_are_is_shown(library: Library) -> None:
    id = add_text(library, f"bees bees {words(100)} bees honey {words(100)} honey honey bees")
    assert "[bees] [honey]" in marked_text(library, id, "bees honey")
    id = add_text(library, f"bees {words(2000)} honey {words(2000)} bees honey wax {words(9)}")
    assert "[bees] [honey] [wax]" in marked_text(library, id, "bees honey wax")


def test_what_stands_too_far_away_is_no_neighbour(library: Library) -> None:
    for apart, both in ((10, True), (40, False)):
        id = add_text(library, f"bees {words(apart)} honey")
        shown = marked_text(library, id, "bees honey")
        assert ("[bees]" in shown and "[honey]" in shown) is both


def test_only_words_in_a_row_are_marked_for_words_in_a_row(library: Library) -> None:
    id = add_text(library, "old city, the city old, an old city; old")
    assert marked_text(library, id, '"old city"') == "[old city], the city old, an [old city]; old"
    assert marked_text(library, id, '"old ci"*').startswith("[old city]")
    assert library.search.words_on_page(id, question('"old ci"*')) == ("old city",)


def test_what_is_never_wanted_or_elsewhere_is_not_marked(library: Library) -> None:
    id = add_text(library, "bees honey", "honey", excerpt="In short.")
    assert marked_text(library, id, "bees -honey") == "[bees] honey"
    assert marked_text(library, id, "title:honey") == "In short."
    (found,) = library.search.found([id], question("text:honey"))
    assert (found.title, found.text) == (
        (("honey", False),), (("bees ", False), ("honey", True)),
    )  # fmt: skip
    (found,) = library.search.found([id], question("title:honey"))
    assert found.title == (("honey", True),)


def test_marks_that_overlap_are_one_after_the_other(library: Library) -> None:
    id = add_text(library, "the old city gates")
    assert marked_text(library, id, '"old city" "city gates"') == "the [old city][ gates]"
    assert marked_text(library, id, 'city "old city"') == "the [old city] gates"


def test_letters_of_two_bytes_are_marked_where_they_are(library: Library) -> None:
    id = add_text(library, "é ü Größe é")
    assert marked_text(library, id, "grosse OR größe") == "é ü [Größe] é"


def test_an_article_that_is_gone_has_nothing_to_show(library: Library) -> None:
    (found,) = library.search.found([99], question("bees"))
    assert found == (99, (), ())


@pytest.mark.parametrize("count", [0, 1, 2000, 4000, 4001, 9000])
@pytest.mark.parametrize("unit", ["a", "ab ", "word\n"])
def test_parts_of_a_text_are_the_whole_and_end_with_a_word(count: int, unit: str) -> None:
    text = (unit * count)[:count]
    parts = [*snippets._chunks(text)]
    assert "".join(parts) == text
    assert len(parts) == -(-len(text) // 4000) or unit != "a"
    assert all(2000 <= len(part) <= 4000 for part in parts[:-1])
    assert all(part.endswith(("\n", " ")) or unit == "a" for part in parts[:-1])


def test_only_the_beginning_of_a_very_long_text_is_looked_at(library: Library) -> None:
    chunk = "a" * 3999 + " "
    for before, is_seen in ((24, True), (25, False)):
        id = add_text(library, chunk * before + "bees")
        assert ("[bees]" in marked_text(library, id, "bees")) is is_seen
        assert library.search.words_on_page(id, question("bees")) == ("bees",)
