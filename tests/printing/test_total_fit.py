"""Lines chosen for a whole paragraph at once."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from random import Random

import pytest

from reader.printing.total_fit import (
    WHOLE_WORDS,
    Attempt,
    Kind,
    Measure,
    Point,
    best_of,
    total_fit,
)

_START = Point(0, 0.0, 0.0, 0, 0)
_JUSTIFIED = Measure(100.0, 2.0, 1.0)
_RAGGED = Measure(100.0, 0.0, 0.0, 20.0)
_SPACE, _HYPHEN = 4.0, 3.0


def _points(text: str, letter: float = 5.0) -> list[Point]:
    """Return the places to break a text, in which "|" is where a word may be divided."""
    points, at, x, gaps = list[Point](), 0, 0.0, 0
    for number, word in enumerate(text.split(" ")):
        if number:
            at += 1
            points.append(Point(at, x, x + _SPACE, gaps, gaps + 1))
            x, gaps = x + _SPACE, gaps + 1
        for step, part in enumerate(word.split("|")):
            if step:
                at += 1
                points.append(Point(at, x + _HYPHEN, x, gaps, gaps, Kind.DIVISION, 2000))
            at, x = at + len(part), x + letter * len(part)
    return [*points, Point(at, x, x, gaps, gaps)]


def _lines(text: str, measure: Measure = _JUSTIFIED) -> list[str]:
    ends = total_fit(_points(text), measure)
    assert ends is not None
    assert ends[-1].offset == len(text)
    cuts = [0, *(end.offset for end in ends)]
    return [text[start:end] for start, end in pairwise(cuts)]


def _ratios(ends: Sequence[Point], measure: Measure) -> Iterator[float]:
    """Yield the ratio of each line but the last, after Knuth and Plass, page 1130."""
    for start, end in pairwise((_START, *ends[:-1])):
        room, gaps = measure.width - (end.end - start.start), end.gaps - start.next_gaps
        give = gaps * (measure.stretch if room > 0 else measure.shrink) + measure.fill
        yield room / give if give else 40.0


def _prose(seed: int, words: int) -> str:
    chance = Random(seed)
    return " ".join("x" * chance.choice((1, 2, 3, 4, 5, 7)) for _ in range(words))


def _ways(points: Sequence[Point], measure: Measure) -> Iterator[list[Point]]:
    """Yield all ways to break a paragraph in which no line is too long."""
    last = len(points) - 1
    for chosen in range(1 << last):
        ends = [point for number, point in enumerate(points[:-1]) if chosen >> number & 1]
        ends.append(points[-1])
        if all(
            end.end - start.start - (end.gaps - start.next_gaps) * measure.shrink <= measure.width
            for start, end in pairwise((_START, *ends))
        ):
            yield ends


def _worst(ends: Sequence[Point], measure: Measure) -> float:
    return max((abs(ratio) for ratio in _ratios(ends, measure)), default=0.0)


def _sum(ends: Sequence[Point], measure: Measure) -> float:
    return sum((10 + 100 * abs(ratio) ** 3) ** 2 for ratio in _ratios(ends, measure))


@pytest.mark.parametrize("seed", range(30))
@pytest.mark.parametrize("measure", [_JUSTIFIED, _RAGGED])
def test_no_other_way_is_much_better_for_the_whole_paragraph(seed: int, measure: Measure) -> None:
    points = _points(_prose(seed, 12))
    ends = total_fit(points, measure)
    assert ends is not None
    assert ends in [*_ways(points, measure)]
    # What else counts, such as a short last line, is at most this.
    allowed = 5e5 + 3e4 * len(ends)
    assert (
        _sum(ends, measure) <= min(_sum(way, measure) for way in _ways(points, measure)) + allowed
    )


def test_lines_are_more_even_than_those_filled_one_after_the_other() -> None:
    better = 0
    for seed in range(20):
        points = _points(_prose(seed, 60))
        ends = total_fit(points, _JUSTIFIED)
        assert ends is not None
        better += _worst(ends, _JUSTIFIED) < _worst(_greedy(points, _JUSTIFIED), _JUSTIFIED)
    assert better > 10


def _greedy(points: Sequence[Point], measure: Measure) -> list[Point]:
    ends, start = list[Point](), _START
    for one, other in pairwise(points):
        if other.end - start.start > measure.width:
            ends.append(one)
            start = one
    return [*ends, points[-1]]


def _divisible(seed: int, words: int = 30) -> str:
    chance = Random(seed)
    return " ".join(
        "|".join("x" * chance.choice((2, 3, 4)) for _ in range(chance.choice((1, 1, 2, 3))))
        for _ in range(words)
    )


def test_words_are_divided_only_if_it_does_not_do_without() -> None:
    divided = set[tuple[bool, bool]]()
    for seed in range(30):
        points, wide = _points(_divisible(seed)), Measure(250.0, 2.0, 1.0)
        ends = total_fit(points, wide)
        assert ends is not None
        whole = total_fit(points, wide, WHOLE_WORDS)
        divided.add((whole is not None, any(end.kind is Kind.DIVISION for end in ends)))
    assert {(True, False), (False, True)} <= divided
    assert (True, True) not in divided


def test_nothing_else_is_tried_once_there_are_good_lines() -> None:
    points = _points(_prose(3, 40))

    def attempts() -> Iterator[Attempt]:
        yield points, 0.01, False  # too strict
        yield points, 2.0, False
        raise AssertionError("tried again")

    assert best_of(attempts(), Measure(250.0, 2.0, 1.0)) is not None


def test_no_three_lines_in_a_row_end_with_a_hyphen() -> None:
    hyphens = [
        "".join("-" if line.endswith("|") else " " for line in _lines(_divisible(seed, 60)))
        for seed in range(60)
    ]
    assert any("--" in each for each in hyphens)
    assert not any("---" in each for each in hyphens)


def test_a_last_line_of_one_short_word_is_avoided() -> None:
    for seed in range(40):
        text = _prose(seed, 40) + " xx"
        points = _points(text)
        ends = total_fit(points, _RAGGED)
        assert ends is not None
        assert points[-1].end - ends[-2].start >= 12, text


def test_the_last_line_is_not_the_rest_of_a_word() -> None:
    points = _points("xxxxxx xxxx xxxxx xxxxx|xxx")
    ends = total_fit(points, Measure(100.0, 2.0, 1.0))
    assert ends is not None
    assert all(end.kind is not Kind.DIVISION for end in ends)


def test_a_ragged_line_ends_within_a_word_only_if_nothing_more_fits() -> None:
    text = "xxxxxxx xxxxxxxxxxxxx xxx|xxx|xxx|xxx|xxx|xxx|xxx xxxxx xxxx xxx"
    points = _points(text)
    ends = total_fit(points, _RAGGED)
    assert ends is not None
    for start, end in pairwise((_START, *ends)):
        if end.kind is Kind.DIVISION:
            following = points[points.index(end) + 1]
            assert following.end - start.start > _RAGGED.width


def test_a_line_without_spaces_stays_if_nothing_else_fits() -> None:
    long, longer = "x" * 15, "x" * 17
    assert _lines(f"{long} {longer} xx") == [f"{long} ", f"{longer} xx"]


def test_a_word_that_is_too_long_has_no_way() -> None:
    assert total_fit(_points("xx " + "x" * 30 + " xx"), _JUSTIFIED) is None
    assert total_fit(_points("xx " + "x" * 30 + " xx"), _RAGGED) is None


def test_a_paragraph_without_end_is_left_alone() -> None:
    assert total_fit(_points("xx " * 11_000), _JUSTIFIED) is None


def test_very_wide_lines_of_many_words_are_chosen_too() -> None:
    points = _points(_prose(1, 3000), 2.0)
    ends = total_fit(points, Measure(4000.0, 2.0, 1.0))
    assert ends is not None
    assert _worst(ends, Measure(4000.0, 2.0, 1.0)) < 1
