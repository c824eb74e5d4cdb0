"""Quotes are found as they are, or slightly changed; a wrong place is worse than none."""

from collections import Counter
from collections.abc import Iterator, Sequence
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.body.changing import prose

from reader.anchor import Anchor
from reader.body import quotes
from reader.body.anchors import anchor_at, text_of
from reader.body.from_html import body_of
from reader.body.quotes import Place, Sought

_SEA = "The first of them came in 1861 with his wife, two goats and a barrel of oil."
_LAMP = "Wind north, glass falling, the lamp not left. Nine words for fourteen hours."


def words_at(texts: Sequence[str], place: Place | None) -> str:
    """Return the words of a place, blocks with a bar between them; ``""`` if there is none."""
    if place is None:
        return ""
    (block, start), (last, end) = place
    if block == last:
        return texts[block][start:end]
    return "|".join([texts[block][start:], *texts[block + 1 : last], texts[last][:end]])


def found(texts: Sequence[str], *sought: Sought | str) -> list[str]:
    asked = [each if isinstance(each, Sought) else Sought(each) for each in sought]
    return [words_at(texts, each) for each in quotes.find_all(texts, asked)]


@pytest.mark.parametrize(
    ("text", "quote", "there"),
    [
        (_SEA, "two goats", "two goats"),
        (_SEA, " two\n\tgoats\xa0and ", "two goats and"),
        (_SEA, "TWO GOATS", "two goats"),
        ("She said “no – never”.", 'said "no - never"', "said “no – never”"),
        ("an ex\xadtraordinary thing", "extraordinary", "ex\xadtraordinary"),
        ("Das Café am Fluß", "cafe am fluss", "Café am Fluß"),
        ("日本語の文章です。", "文章", "文章"),
        ("كتاب القراءة الطويل", "القراءة", "القراءة"),
        ("a 🎉🎉 party 𝔄 here", "party 𝔄", "party 𝔄"),
        ("the artist paints", "art", ""),
        ("use x+y and xy", "xy", "xy"),
    ],
)
def test_what_is_there_is_found_whatever_its_signs(text: str, quote: str, there: str) -> None:
    assert found([text], quote) == [there]


def test_a_quote_may_cross_blocks_tables_lists_code_formulas_and_notes() -> None:
    body = body_of(
        "<p>One <a href='https://e.org'>two</a>.</p>"
        "<ul><li>three <em>fo</em>ur</li><li>five</li></ul>"
        "<table><tr><td>six</td><td>seven</td></tr></table><pre><code>eight = 9\n  ten</code></pre>"
        "<p>Mass <math><mi>E</mi><mo>=</mo><mi>m</mi></math> eleven.</p><h2>Twelve</h2><p>end</p>"
    )
    texts = [text_of(part) for part in (*body.blocks, *body.notes)]
    (place,) = quotes.find_all(texts, [Sought("two. three four five six seven eight = 9 ten Mass")])
    said = "".join(words_at(texts, place).replace("|", "").split())
    assert said == "two.threefourfivesixseveneight=9tenMass"
    assert found(texts, "eleven. Twelve") == ["eleven.|Twelve"]


def test_of_several_places_the_context_decides_then_case_then_the_first_free_one() -> None:
    texts = ["The sea is wide.", "the Sea was wild.", "In the end the sea won."]
    assert found(texts, Sought("the sea", prefix="In the end ")) == ["the sea"]
    (third,) = quotes.find_all(texts, [Sought("The Sea", suffix=" won.")])
    assert third is not None and third.start.block == 2
    (second,) = quotes.find_all(texts, [Sought("the Sea")])
    assert second is not None and second.start.block == 1
    both = quotes.find_all(["so it is, so it is"], [Sought("so it is")] * 3)
    assert [each and each.start.offset for each in both] == [0, 10, 0]


@pytest.mark.parametrize(
    ("quote", "there"),
    [
        ("came in 1871 with his wife and two goats", "came in 1861 with his wife, two goats"),
        ("them came with his wife, two goats, a barrel",
         "them came in 1861 with his wife, two goats and a barrel"),
        ("glass is falling, the lamp was not left.", "glass falling, the lamp not left."),
        ("the cat sat", ""),
        ("two sheep", ""),
        ("a wholly different sentence that was never part of it", ""),
    ],
)  # fmt: skip
def test_a_changed_quote_is_found_with_its_ends_and_a_strange_one_is_not(
    quote: str, there: str
) -> None:
    chance = Random(1)
    texts = [prose(chance), _SEA, prose(chance), _LAMP, prose(chance)]
    assert found(texts, quote) == [there]


def test_two_places_that_are_equally_like_a_quote_are_no_place_without_context() -> None:
    said = "The keepers were paid by the quarter and relieved by the {}, if the sea allowed it."
    texts = [said.format("month"), "Between.", said.format("year")]
    quote = said.format("week")
    assert found(texts, quote) == [""]
    (known,) = quotes.find_all(texts, [Sought(quote, prefix="Between. ")])
    assert known is not None and known.start.block == 2


def test_a_place_survives_a_text_in_which_half_of_the_quote_is_other_words() -> None:
    before = ["Zero.", "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu."]
    start, end = anchor_at(before, 1, 11), anchor_at(before, 1, 45)
    after = ["Zero.", "New.", before[1].replace("epsilon zeta", "uvwxyz stuvw")]
    sought = Sought("gamma delta epsilon zeta eta theta", start=start, end=end)
    assert found(after, sought._replace(start=None, end=None)) != ["alpha"]
    assert found(after, sought) == ["gamma delta uvwxyz stuvw eta theta"]
    assert found(["Nothing of it."], sought) == [""]
    assert found(after, Sought("no such words are here", start=Anchor(), end=Anchor())) == [""]


@pytest.mark.parametrize(
    ("share", "least", "most_wrong"),
    [(0.005, 0.98, 0.006), (0.02, 0.96, 0.006), (0.05, 0.90, 0.006), (0.1, 0.80, 0.006)],
)
def test_of_quotes_from_a_text_with_other_words_most_are_right_and_hardly_any_wrong(
    share: float, least: float, most_wrong: float
) -> None:
    outcomes = Counter(_outcomes(Random(f"{share}"), share))
    total = outcomes.total()
    assert outcomes["right"] / total >= least
    assert outcomes["wrong"] / total <= most_wrong


def _outcomes(chance: Random, share: float) -> Iterator[str]:
    blocks = [prose(chance, 400).split() for _ in range(30)]
    changed = [
        [word if chance.random() >= share else prose(chance, 1).split()[0] for word in block]
        for block in blocks
    ]
    texts = [" ".join(block) for block in changed]
    spans = []
    for _ in range(250):
        block = chance.randrange(len(blocks))
        size = min(chance.choice((4, 8, 15, 30)), len(blocks[block]))
        start = chance.randrange(len(blocks[block]) - size + 1)
        spans.append((block, start, start + size))
    asked = [Sought(" ".join(blocks[block][start:end])) for block, start, end in spans]
    for place, (block, start, end) in zip(quotes.find_all(texts, asked), spans, strict=True):
        if place is None:
            yield "none"
            continue
        low = len(" ".join(changed[block][:start]))
        high = len(" ".join(changed[block][:end]))
        is_here = place.start.block <= block <= place.end.block
        first = place.start.offset if place.start.block == block else 0
        last = place.end.offset if place.end.block == block else len(texts[block])
        shared = min(last, high) - max(first, low)
        yield "right" if is_here and 2 * shared > high - low else "wrong"


_ODD = st.text("aB é\u0301“-\xad\n\ufffc文ﬁİß…ش\U0001d504", max_size=30)


@given(st.lists(_ODD, max_size=4), _ODD, _ODD)
@settings(max_examples=60, deadline=None)
def test_any_words_have_a_place_within_the_text_or_none(
    texts: list[str], quote: str, context: str
) -> None:
    whole = [*texts, quote]
    asked = [Sought(quote, context, context), Sought(context), Sought("".join(texts))]
    for place in quotes.find_all(whole, asked):
        if place is not None:
            assert (0, 0) <= place.start < place.end
            assert place.end.offset <= len(whole[place.end.block])
            start, end = quotes.anchored(whole, place)
            assert (start.block, end.offset) == (place.start.block, place.end.offset)
