"""Anchors are found again: by position, by their words, by words like them."""

from random import Random
from string import ascii_lowercase

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.body.bodies import bodies
from tests.body.changing import (
    CHANGES,
    NAME,
    changed,
    paragraph,
    pick,
    prose,
    sample,
)

from reader.anchor import LONGEST, Anchor
from reader.body.anchors import PICTURE, Point, anchor_at, find, is_there, text_of
from reader.body.blocks import (
    Body,
    Cell,
    Code,
    Figure,
    Item,
    List,
    Note,
    NoteMark,
    Paragraph,
    Picture,
    Quote,
    Rule,
    Table,
    Text,
)
from reader.body.to_text import bare_text

_LINE = 60
"""Letters of a line."""


def _texts(body: Body) -> list[str]:
    return [text_of(part) for part in (*body.blocks, *body.notes)]


def _away(texts: list[str], one: tuple[int, int], other: tuple[int, int]) -> int:
    starts = [sum(map(len, texts[:block])) + offset for block, offset in (one, other)]
    return abs(starts[0] - starts[1])


# ---- the text of a block


def test_the_text_of_a_block_is_its_letters_and_a_sign_for_each_picture() -> None:
    picture = Picture(NAME, alt="not said")
    nested = Quote((List((Item((paragraph("one"), paragraph("two")), True),)), Rule()))
    table = Table(((Cell((Text("a"),)), Cell((Text("b"), picture))),), 0, (Text("caption"),))
    assert text_of(nested) == "onetwo"
    assert text_of(table) == f"captionab{PICTURE}"
    assert text_of(Figure((Paragraph((picture, picture)),), (Text("c"),))) == f"{PICTURE * 2}c"
    assert text_of(Paragraph((Text("a"), NoteMark("n"), Text("[1]", added=True)))) == "a"
    assert text_of(Note("n", (paragraph("a"), paragraph("b")))) == "ab"
    assert text_of(Code("a\nb")) == "a\nb"
    assert text_of(Rule()) == ""


def test_what_lets_words_break_is_not_counted() -> None:
    assert text_of(paragraph("a\xadb\u200bc\u2060d\ufeffe")) == "abcde"


@settings(max_examples=20, deadline=None)
@given(bodies)
def test_the_letters_are_those_of_the_bare_text(body: Body) -> None:
    for block in body.blocks:
        assert text_of(block).replace(PICTURE, "") == bare_text(block)


# ---- making


def test_an_anchor_has_the_words_at_its_place_and_around_it() -> None:
    anchor = anchor_at(["Before it.", "", "Some words of it.", "After it."], 2, 5)
    assert anchor == Anchor(2, 5, "Before it.Some ", "words of it.After it.", "")
    text = "".join(chr(0x100 + n) for n in range(200))
    assert anchor_at([text], 0, 100) == Anchor(
        0, 100, text[68:100], text[100:132], text[132:164]
    )  # fmt: skip


@pytest.mark.parametrize("sign", ["x", '"', "\\", "\n", "é", "漢", "🌍"])
def test_an_anchor_is_never_too_long_to_be_read_again(sign: str) -> None:
    texts = [sign * 300] * 3
    anchor = anchor_at(texts, 1, 150)
    assert len(str(anchor).encode()) <= LONGEST
    assert Anchor.parse(str(anchor)) == anchor
    assert is_there(anchor, texts)
    assert len(anchor.exact) == 32


def test_a_picture_is_anchored_by_the_text_of_its_neighbours() -> None:
    picture = text_of(Paragraph((Picture(NAME),)))
    anchor = anchor_at(["Before.", picture, "After."], 1, 0)
    assert anchor == Anchor(1, 0, "Before.", f"{PICTURE}After.", "")


def test_only_so_many_neighbours_are_read() -> None:
    class Counting(list[str]):
        read = 0

        def __getitem__(self, index):  # type: ignore[no-untyped-def]  # as of a list
            self.read += 1
            return super().__getitem__(index)

    texts = Counting([""] * 10_000)
    anchor_at(texts, 5000, 0)
    assert texts.read < 100


# ---- finding


# Always the same examples: of a thousand places, two are torn apart by what is put in.
@settings(max_examples=40, deadline=None, derandomize=True)
@given(st.integers(0, 2**32), st.sampled_from([*CHANGES]))
def test_an_anchor_is_found_within_a_line_in_another_extraction(seed: int, kind: str) -> None:
    chance = Random(seed)
    body = sample(chance, 16)
    at = pick(body, chance)
    anchor = anchor_at(_texts(body), *at)
    new, there = changed(body, *at, [kind], chance)
    found = find(anchor, _texts(new))
    assert found is not None
    assert _away(_texts(new), found, there) <= _LINE, (kind, anchor, found, there)


@settings(max_examples=20, deadline=None)
@given(bodies, st.integers(0, 50), st.integers(0, 500))
def test_nothing_is_searched_where_nothing_has_changed(body: Body, block: int, at: int) -> None:
    texts = _texts(body)
    if block < len(texts) and at <= len(texts[block]):
        assert find(anchor_at(texts, block, at), texts) == (block, at)


def test_of_identical_paragraphs_the_one_with_other_neighbours_is_found() -> None:
    chance = Random(3)
    same, other = prose(chance, 30)[:30], prose(chance)
    texts = [prose(chance), same, prose(chance), same, other, same]
    anchor = anchor_at(texts, 3, 0)
    assert find(anchor, [other, other, *texts]) == (5, 0)
    assert find(anchor, texts[1:]) == (2, 0)


def test_of_places_with_the_same_words_the_nearest_counts() -> None:
    same = prose(Random(1), 100)
    texts = [same] * 50
    anchor = anchor_at(texts, 20, 10)
    assert find(anchor, texts[:40]) == (20, 10)
    assert find(anchor._replace(offset=12), texts) == (20, 10)
    assert find(anchor, ["", *texts]) in {(20, 10), (21, 10)}


def test_words_are_found_across_other_borders_of_blocks() -> None:
    one, other = prose(Random(1)), prose(Random(2))
    anchor = anchor_at([one, other], 1, 4)
    assert find(anchor, [f"{one}\n {other}"]) == (0, len(one) + 2 + 4)
    half = other.index(" ", 20)
    assert find(anchor, [one, other[:half], other[half + 1 :]]) == (1, 4)
    assert find(anchor, [one, "", "Put in.", other.replace(" ", "\xa0")]) == (3, 4)


def test_a_picture_is_found_before_the_words_that_follow_it() -> None:
    words, more = prose(Random(1)), prose(Random(2))
    gallery = [words, PICTURE, PICTURE, PICTURE, more]
    for block in (1, 2, 3):
        anchor = anchor_at(gallery, block, 0)
        assert find(anchor, ["Put in.", *gallery]) == (block + 1, 0)
    without = [words, more]
    assert find(anchor_at(gallery, 2, 0), without) == (1, 0)
    last = anchor_at([words, PICTURE], 1, 0)
    assert find(last, ["", "Put in.", words, PICTURE]) == (3, 0)


def test_words_that_were_corrected_are_found() -> None:
    old = "The comitee has recieved the report on the state of the brigdes and adjurned untill may."
    new = "The committee has received the report on the state of the bridges; adjourned until May."
    texts = [prose(Random(n)) for n in range(40)]
    anchor = anchor_at([*texts, old, *texts[:3]], 40, old.index("on the state"))
    found = find(anchor, [*texts[3:], new, *texts[:9]])
    assert found is not None
    assert (found.block, abs(found.offset - new.index("on the state")) <= 3) == (37, True)


def test_of_places_with_words_like_it_the_nearest_counts() -> None:
    words = prose(Random(1), 100)
    anchor = anchor_at([words] * 9, 5, 40)
    alike = words[:48] + "x" + words[49:70] + "y" + words[71:]
    assert find(anchor, [alike] * 9) == (5, 40)


def test_heavily_edited_words_are_found_and_others_are_not() -> None:
    chance = Random(5)
    words = ["".join(chance.choices(ascii_lowercase, k=5)) for _ in range(3000)]
    texts = [" ".join(words[n : n + 100]) for n in range(0, 3000, 100)]
    found = 0
    for block, text in enumerate(texts):
        anchor = anchor_at(texts, block, 200)
        edited = [sign if chance.random() > 0.15 else chance.choice(["", "x"]) for sign in text]
        place = find(anchor, [*texts[:block], "".join(edited), *texts[block + 1 :]])
        found += place is not None and place.block == block
        assert find(anchor, [*texts[:block], *texts[block + 1 :]]) is None
    assert found >= 28


def test_an_anchor_is_lost_where_there_is_nothing_like_it() -> None:
    anchor = anchor_at([prose(Random(1))], 0, 50)
    assert find(anchor, [prose(Random(2), 3000)]) is None
    assert find(anchor, []) is None
    assert find(anchor, [""]) is None
    assert find(anchor, ["x"]) is None


def test_pictures_alone_have_their_number() -> None:
    texts = [PICTURE] * 9
    anchor = anchor_at(texts, 4, 0)
    assert find(anchor, texts) == (4, 0)
    assert find(anchor, texts[:3]) == (2, 0)
    assert find(anchor, []) == (0, 0)


def test_a_place_without_words_is_the_nearest_there_is() -> None:
    assert find(Anchor(7, 3), ["abc", "d"]) == Point(1, 1)


@pytest.mark.parametrize(
    "texts",
    [["a" * 300_000], ["ab " * 100_000], ["abcdef"] * 40_000, [PICTURE * 100_000], [""] * 50_000],
    ids=["one", "words", "blocks", "pictures", "rules"],
)
def test_hostile_texts_are_searched_with_bounded_work(texts: list[str]) -> None:
    for words in ("a" * 90, "abcdef" * 15, "abc" * 5 + "q" + "def" * 20, PICTURE * 40):
        find(Anchor(5, 5, words[:32], words[32:64], words[64:]), texts)
