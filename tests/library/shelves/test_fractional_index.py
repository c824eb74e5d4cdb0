"""Places: between any two there is another, in the order of text."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.library.shelves.fractional_index import (
    FIRST,
    between,
    is_place,
    number_of,
    of_number,
    spread,
)


def test_the_first_place_of_all() -> None:
    assert between("", "") == FIRST


def test_a_thousand_at_the_end_stay_short() -> None:
    place, before = "", ""
    for _ in range(1000):
        place = between(before, "")
        assert place > before
        before = place
    assert len(place) <= 4


@given(st.lists(st.integers(min_value=0, max_value=10_000), max_size=120))
def test_inserting_anywhere_keeps_the_order(wheres: list[int]) -> None:
    places: list[str] = []
    for where in wheres:
        index = where % (len(places) + 1)
        before = places[index - 1] if index else ""
        after = places[index] if index < len(places) else ""
        fresh = between(before, after)
        assert (not before or before < fresh) and (not after or fresh < after)
        places.insert(index, fresh)
    assert places == sorted(set(places))


def test_always_at_the_same_gap() -> None:
    low, high = between("", ""), between(between("", ""), "")
    chance = random.Random(1)
    for _ in range(300):
        fresh = between(low, high)
        assert low < fresh < high
        low, high = (fresh, high) if chance.random() < 0.5 else (low, fresh)


@given(st.integers(min_value=0, max_value=300), st.sampled_from(["", "a0", "a0V", "Zz"]))
def test_many_at_once_are_in_order(count: int, before: str) -> None:
    for after in ("", "a1", "a0V4", "b12"):
        if after and after <= before:
            continue
        made = spread(before, after, count)
        assert len(made) == count
        assert made == sorted(set(made))
        assert all(before < each and (not after or each < after) for each in made)


def test_a_hundred_thousand_in_one_gap_stay_short() -> None:
    made = spread("a0", "a0V", 100_000)
    assert len(set(made)) == 100_000
    assert max(map(len, made)) <= 12


@pytest.mark.parametrize(
    ("before", "after", "place"),
    [
        ("a0", "", "a1"), ("a9", "", "aA"), ("az", "", "b00"), ("b0z", "", "b10"),
        ("bzz", "", "c000"), ("Zz", "", "a0"), ("Yzz", "", "Z0"), ("Z0", "", "Z1"),
        ("a0V", "", "a1"), ("", "a0", "Zz"), ("", "a1", "a0"), ("", "a0V", "a0"),
        ("", "b00", "az"), ("", "c000", "bzz"), ("", "b10", "b0z"), ("", "Z0", "Yzz"),
        ("", "Y00", "Xzzz"), ("", "aA", "a9"), ("a0", "a1", "a0V"), ("a0", "a2", "a1"),
        ("Zz", "a0", "ZzV"), ("Zz", "a1", "a0"), ("a0", "a0V", "a0F"), ("a0V", "a1", "a0k"),
        ("a0", "a01", "a00V"), ("a01", "a1", "a0V"), ("a0z", "a1", "a0zV"), ("a0V", "a0W", "a0VV"),
        ("a0V", "a0VV", "a0VF"), ("a0V1", "a0W", "a0VV"), ("a0", "a001", "a000V"),
        ("a0V", "a0W1", "a0W"), ("a0zz", "a1", "a0zzV"), ("a0y", "a1", "a0z"),
    ],
)  # fmt: skip
def test_between_two_it_is_the_shortest_in_the_middle(before: str, after: str, place: str) -> None:
    assert between(before, after) == place


def test_so_many_are_spread_evenly() -> None:
    assert spread("a0", "a1", 4) == ["a07", "a0F", "a0V", "a0k"]
    assert spread("a0", "", 3) == ["a1", "a2", "a3"]
    assert spread("", "a0", 3) == ["Zx", "Zy", "Zz"]
    assert spread("", "", 3) == ["a0", "a1", "a2"]
    assert spread("a0", "a1", 1) == ["a0V"]
    for ends in (("a0", "a1"), ("a0", ""), ("", "a0"), ("", "")):
        assert spread(*ends, 0) == []


@given(st.integers(-(10**9), 10**9))
def test_whole_numbers_are_places_in_their_order(number: int) -> None:
    place, following = (of_number(each) for each in (number, number + 1))
    assert number_of(place) == number
    assert between(place, "") == following
    assert place < following
    assert len(place) <= 7
    assert is_place(place)
