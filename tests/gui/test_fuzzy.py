"""A few letters find the name that a person means."""

import pytest

from reader.gui.fuzzy import Index, fold, match

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
