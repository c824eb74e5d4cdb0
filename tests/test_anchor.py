"""An anchor is one line of data, read back as it was written; anything else is the beginning."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.anchor import LONGEST, Anchor

_GOOD = {"block": 3, "offset": 12, "prefix": "before ", "exact": "words", "suffix": " after"}


def test_an_anchor_is_written_as_one_line_of_json_with_the_names_of_the_recommendation() -> None:
    anchor = Anchor(3, 12, 'a "quoted"\n', "漢字", "🌍")
    assert "\n" not in str(anchor)
    assert json.loads(str(anchor)) == anchor._asdict()
    assert Anchor.parse(str(anchor)) == anchor
    assert Anchor.parse(json.dumps(_GOOD)) == Anchor(3, 12, "before ", "words", " after")


def test_the_place_of_an_older_library_is_read_and_written_as_it_was() -> None:
    assert Anchor.parse("12:345") == Anchor(12, 345)
    assert str(Anchor(12, 345)) == "12:345"
    assert not Anchor(12, 345).has_quote
    assert str(Anchor()) == "0:0"
    assert Anchor.parse("0:0") == Anchor()


@pytest.mark.parametrize(
    "text",
    [
        "", "a:b", "-1:3", "1:", "1", "{", "{}", "null", "[1,2]", '{"block":1}', "[" * LONGEST,
        "{" * LONGEST, "9" * 5000, "9:" + "9" * 5000, '{"a":' * 70,
        *(
            json.dumps(_GOOD | odd)
            for odd in (
                {"block": -1}, {"block": 1.5}, {"block": True}, {"block": "1"}, {"block": 2**31},
                {"offset": None}, {"offset": float("nan")}, {"exact": 5}, {"exact": ["a"]},
                {"prefix": "\ud800"}, {"more": 1}, {"suffix": "x" * LONGEST},
            )
        ),
    ],
)  # fmt: skip
def test_anything_else_is_the_beginning(text: str) -> None:
    assert Anchor.parse(text) == Anchor()


@given(st.text(max_size=60) | st.recursive(
    st.none() | st.integers() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(
        st.sampled_from([*_GOOD]), x)).map(json.dumps))  # fmt: skip
def test_no_text_does_harm_and_what_was_read_can_be_written(text: str) -> None:
    anchor = Anchor.parse(text)
    assert Anchor.parse(str(anchor)) == anchor
    str(anchor).encode()


def test_huge_numbers_are_bounded() -> None:
    assert Anchor.parse("9" * 30 + ":" + "9" * 30) == Anchor(2**31 - 1, 2**31 - 1)
