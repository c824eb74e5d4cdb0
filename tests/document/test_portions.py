"""Giant paragraphs and words in portions: nothing is lost, and cuts are between words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reader.body.blocks import NoteMark, Picture, Run, Style, Text
from reader.document.portions import BREAK, breakable, portions

_PICTURE = Picture("a.png")


@pytest.mark.parametrize("length", [179, 180, 200, 240, 10_000])
def test_a_word_is_broken_if_it_is_longer_than_three_times_sixty(length: int) -> None:
    word = "".join(chr(97 + n % 26) for n in range(length))
    pieces = breakable(f"a {word} b").split(BREAK)
    whole = length < 180
    assert "".join(pieces) == f"a {word} b"
    assert len(pieces) == (1 if whole else -(-length // 60))
    if not whole:
        assert {len(each) for each in pieces[1:-1]} <= {60}
        assert len(pieces[0]) == len("a ") + 60


def test_many_ordinary_words_are_not_broken() -> None:
    assert BREAK not in breakable("words of a text " * 5000)


def test_a_paragraph_of_eight_thousand_letters_is_one() -> None:
    runs = (Text("a " * 2000), _PICTURE, Text("b " * 2000))
    assert [*portions(runs)] == [runs]
    assert [*portions(())] == [()]


@pytest.mark.parametrize(
    ("text", "lengths"),
    [
        ("x" * 8001, [8000, 1]),
        ("x" * 16_001, [8000, 8000, 1]),
        ("x" * 5000 + " " + "y" * 5000, [5001, 5000]),
        ("x" * 4000 + " " + "y" * 5000, [4001, 5000]),
        ("x" * 3999 + " " + "y" * 5000, [8000, 1000]),
        ("x" * 7999 + " " + "y" * 8000, [8000, 8000]),
        ("x" * 8000 + " " + "y" * 8000, [8000, 8001 - 1, 1]),
        ("x " * 4001, [8000, 2]),
    ],
)  # fmt: skip
def test_a_giant_text_is_cut_behind_a_space(text: str, lengths: list[int]) -> None:
    run = Text(text, Style.EMPHASIS, "#a")
    made = [*portions((run,))]
    assert [len(each.text) for runs in made for each in runs if isinstance(each, Text)] == lengths
    for each in (each for runs in made for each in runs):
        assert isinstance(each, Text)
        assert each == run._replace(text=each.text)


def test_a_portion_ends_as_soon_as_it_is_full() -> None:
    text, mark = Text("x" * 3999), NoteMark("n")
    runs: tuple[Run, ...] = (text, _PICTURE, text, mark, text, text, text)
    assert [*portions(runs)] == [runs[:4], runs[4:7]]


@given(
    st.lists(
        st.one_of(
            st.integers(0, 20_000).map(lambda n: Text("some words " * (n // 11))),
            st.just(_PICTURE),
            st.just(NoteMark("n")),
        )
    )
)
def test_no_portion_is_too_long_or_empty_and_together_they_say_all(runs: list[Run]) -> None:
    made = [*portions(tuple(runs))]
    said = "".join(each.text if isinstance(each, Text) else "|" for x in made for each in x)
    assert said == "".join(each.text if isinstance(each, Text) else "|" for each in runs)
    assert all(made) or not runs
    for each in made:
        *before, _last = each or (Text(""),)
        assert sum(len(run.text) for run in before if isinstance(run, Text)) < 8000
