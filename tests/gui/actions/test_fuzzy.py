"""A few letters find the name that a person means."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reader.gui.actions.fuzzy import Index, fold, match

NAMES = ["Add Folder", "Archive", "Next Article", "Search for Archives", "Großes Café", "Zoom In"]


def _first(words: str, uses: dict[int, float] | None = None) -> str:
    found = Index(NAMES).search(words, 3, uses)
    return NAMES[found[0][0]] if found else ""


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("arch", "Archive"),
        ("na", "Next Article"),
        ("next art", "Next Article"),
        ("NEXT", "Next Article"),
        ("afo", "Add Folder"),
        ("cafe", "Großes Café"),
        ("zi", "Zoom In"),
        ("xyz", ""),
        ("  ", ""),
    ],
)
def test_the_name_that_is_meant_comes_first(words: str, name: str) -> None:
    assert _first(words) == name


def test_what_is_used_often_comes_first() -> None:
    assert _first("ar", {2: 12.0}) == "Next Article"


def test_the_letters_that_were_meant_are_told() -> None:
    found = match("na", fold("Next Article"))
    assert found is not None
    assert found.places == (0, 5)
    assert match("an", fold("Next")) is None


def test_a_used_name_that_does_not_fit_is_not_found() -> None:
    assert [NAMES[n] for n, _ in Index(NAMES).search("zoom", 9, {0: 50.0})] == ["Zoom In"]


def test_folding_keeps_each_letter_in_its_place() -> None:
    for text in ("Straße İstanbul ﬁn", "ÅÉ̂", "日本語 😀"):
        assert len(fold(text)) == len(text)


def test_names_come_in_the_order_of_how_well_they_fit() -> None:
    wanted = ["Art", "Article", "A Road", "Next Article", "Axr", "Bar"]
    for names in (wanted, wanted[::-1]):
        found = Index(names).search("ar", 9)
        assert [names[number] for number, _ in found] == wanted
        scores = [made.score for _, made in found]
        assert scores == sorted(scores, reverse=True)
    assert [names[number] for number, _ in Index(names).search("ar", 2)] == wanted[:2]
    assert [number for number, _ in Index(["Same", "Same", "Same"]).search("s", 9)] == [0, 1, 2]


def test_of_many_names_that_begin_so_the_shortest_are_found() -> None:
    names = [f"ar{'x' * (400 - number)}" for number in range(300)]
    assert [number for number, _ in Index(names).search("ar", 3)] == [299, 298, 297]


def test_a_name_that_begins_so_does_not_hide_one_with_a_word_that_does() -> None:
    names = [*(f"arx{number}" for number in range(39)), "the art"]
    assert 39 in [number for number, _ in Index(names).search("ar", 99)]


@settings(max_examples=50)
@given(st.text("abc ", max_size=8), st.text("abc", min_size=1, max_size=4))
def test_a_name_fits_if_it_has_the_letters_in_their_order(text: str, query: str) -> None:
    rest = iter(text)
    fits = all(letter in rest for letter in query)
    found = match(query, text)
    assert (found is not None) == fits
    assert bool(Index([text]).search(query, 9)) == fits
    if found is not None:
        assert list(found.places) == sorted(set(found.places))
        assert "".join(text[place] for place in found.places) == query


@pytest.mark.parametrize(
    ("query", "text", "score", "places"),
    [
        # a letter 1, a word's start 5 more, beside the last one 6 more, the text's start 4 more,
        # and 0.04 less for each letter of the text
        ("a", "a", 9.96, (0,)),
        ("b", "ab", 0.92, (1,)),
        ("ab", "ab", 16.92, (0, 1)),
        ("na", "next article", 15.52, (0, 5)),
        ("in", "a pin in", 12.68, (6, 7)),
        ("ac", "abc", 10.88, (0, 2)),
    ],
)
def test_a_match_is_scored_by_starts_runs_and_length(
    query: str, text: str, score: float, places: tuple[int, ...]
) -> None:
    found = match(query, text)
    assert found is not None
    assert found.places == places
    assert found.score == pytest.approx(score)


def test_the_best_come_first_equal_ones_in_their_order_and_no_more_than_asked() -> None:
    names = ["say x", "xa", "box", "xa", "x"]
    assert [n for n, _ in Index(names).search("x", 9)] == [4, 1, 3, 0, 2]
    assert [n for n, _ in Index(names).search("x", 2)] == [4, 1]


def test_among_many_names_the_plainest_are_found_and_a_used_one_too() -> None:
    names = [f"m{'o' * (500 - n)}on" for n in range(300)] + ["moon", "my own"]
    found = Index(names).search("mo", 3, {5: 200.0})
    assert [names[n] for n, _ in found] == [names[5], "moon", names[299]]
    assert found[0][1].score > 100
