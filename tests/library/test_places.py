"""Places: between any two there is another, in the order of text."""

import random

from hypothesis import given
from hypothesis import strategies as st

from reader.library.places import FIRST, between, spread


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
