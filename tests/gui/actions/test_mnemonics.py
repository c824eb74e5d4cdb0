"""The letters of a menu: each its own, the wished one if that is free."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.gui.action import unmarked
from reader.gui.actions.mnemonics import letters, marked


@pytest.mark.parametrize(
    ("texts", "found"),
    [
        (["Undo", "Redo"], ["u", "r"]),
        (["Zoom In", "Zoom Out"], ["z", "o"]),
        (["Copy", "C&lose"], ["c", "l"]),
        (["A", "Ab", "Abc"], ["a", "b", "c"]),
        (["Ab", "A"], ["b", "a"]),  # the first one yields
        (["A", "A"], ["a", ""]),
        (["…", ""], ["", ""]),
        (["&& Co", "Über"], ["c", "ü"]),
    ],
)
def test_each_entry_gets_the_best_letter_that_leaves_one_for_the_others(
    texts: list[str], found: list[str]
) -> None:
    assert letters(texts) == found


@given(st.lists(st.text("abcdef &…", max_size=8), max_size=9))
def test_no_letter_is_given_twice_and_each_is_in_its_text(texts: list[str]) -> None:
    found = letters(texts)
    given = [letter for letter in found if letter]
    assert len(given) == len({*given})
    for text, letter in zip(texts, found, strict=True):
        assert letter in unmarked(text).casefold()
        if any(sign.isalnum() for sign in unmarked(text)) and not letter:
            assert {sign for sign in unmarked(text) if sign.isalnum()} <= {*given}


@given(st.text(max_size=30), st.text("abc", max_size=1))
def test_a_marked_text_reads_as_before(text: str, letter: str) -> None:
    assert unmarked(marked(text, letter)) == text


@pytest.mark.parametrize(
    ("text", "letter", "shown"),
    [
        ("Page Down", "d", "Page &Down"),
        ("Add", "d", "A&dd"),
        ("Salt & Rye", "r", "Salt && &Rye"),
        ("Salt & Rye", "", "Salt && Rye"),
        ("Salt", "x", "Salt"),
    ],
)
def test_the_letter_is_marked_where_a_word_begins_if_it_can_be(
    text: str, letter: str, shown: str
) -> None:
    assert marked(text, letter) == shown
