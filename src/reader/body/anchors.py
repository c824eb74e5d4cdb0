"""Anchors made and found again: by position, by the words there, by words like them.

Position and quote follow the selectors of the Web Annotation Data Model (W3C Recommendation,
2017). Words that were changed are found by short pieces of them that stand in the same order, as
BLAST finds sequences of genes (Altschul and others, 1990). Distances count letters: white space
and pictures are what another extraction changes first.
"""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator
from heapq import nlargest
from itertools import accumulate, islice
from typing import NamedTuple, Protocol

from reader.anchor import LONGEST, Anchor
from reader.body.blocks import Block, Note, Picture, Text
from reader.body.to_text import all_runs

PICTURE = "\ufffc"
"""What a picture is in the text of a block."""

UNCOUNTED = re.compile("[\xad\u200b\u2060\ufeff]+")
"""What a layout puts into words, so that lines can break; no offset counts it."""

_CONTEXT = 32
_CONTEXTS = (32, 24, 16)  # letters of four bytes leave room for less
_NEIGHBOURS = 32
_LETTER = re.compile(rf"[^\s{PICTURE}]")
_NO_LETTERS = re.compile(rf"[\s{PICTURE}]+")
_SEED = 5
_DRIFT = 12  # letters that were put in or taken out between two pieces
_MOST_SEEDS = 200
_MOST_GROUPS = 6
_WEIGHT = 1_000_000
_SURE = 0.25
_LIKE = 0.6


class Texts(Protocol):
    """The texts of the top-level blocks of a body, and of its notes behind them."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str: ...


class Point(NamedTuple):
    """A top-level block and an offset in its text."""

    block: int
    offset: int


def text_of(part: Block | Note) -> str:
    """Return the text of a part: its letters, and a sign for each picture."""
    blocks = part.blocks if isinstance(part, Note) else (part,)
    runs = (run for block in blocks for runs in all_runs(block) for run in runs)
    return counted("".join(_text_of_run(run) for run in runs))


def _text_of_run(run: object) -> str:
    if isinstance(run, Text):
        return "" if run.added else run.text
    return PICTURE if isinstance(run, Picture) else ""


def counted(text: str) -> str:
    """Return a text without what offsets do not count."""
    return text if text.isascii() else UNCOUNTED.sub("", text)


# ---- making


def anchor_at(texts: Texts, block: int, offset: int) -> Anchor:
    """Return the anchor of a point."""
    before = _before(texts, block, offset)
    after = _after(texts, block, offset)
    for context in _CONTEXTS:
        suffix = after[_CONTEXT : _CONTEXT + context]
        made = Anchor(block, offset, before[-context:], after[:_CONTEXT], suffix)
        if len(str(made).encode()) <= LONGEST:
            break
    return made


def _before(texts: Texts, block: int, offset: int) -> str:
    found = texts[block][:offset][-_CONTEXT:]
    for index in range(block - 1, max(-1, block - 1 - _NEIGHBOURS), -1):
        if len(found) >= _CONTEXT:
            break
        found = texts[index][-_CONTEXT:] + found
    return found[-_CONTEXT:]


def _after(texts: Texts, block: int, offset: int) -> str:
    found = texts[block][offset : offset + 2 * _CONTEXT]
    for index in range(block + 1, min(len(texts), block + 1 + _NEIGHBOURS)):
        if len(found) >= 2 * _CONTEXT:
            break
        found += texts[index][: 2 * _CONTEXT]
    return found[: 2 * _CONTEXT]


# ---- finding


def is_there(anchor: Anchor, texts: Texts) -> bool:
    """Return whether the words of an anchor stand at its position."""
    return anchor.block < len(texts) and anchor_at(texts, anchor.block, anchor.offset) == anchor


def find(anchor: Anchor, texts: Texts) -> Point | None:
    """Return where an anchor is in a body that may have changed, None if it is lost.

    Of several places with the same words the one nearest to the old position counts.
    """
    if is_there(anchor, texts):
        return Point(anchor.block, anchor.offset)
    letters = _Letters(texts)
    before = _letters(anchor.prefix)
    quote = before + _letters(anchor.exact + anchor.suffix)
    if not quote:
        return letters.nearest(anchor)
    start = letters.index(letters.nearest(anchor)) - len(before)
    same = _occurrences(letters.whole, quote, start, 1)
    drift = 0
    if (found := min(same, key=lambda x: abs(x - start), default=None)) is None:
        found, drift = _alike(letters.whole, quote, len(before), start), _DRIFT
    if found is None:
        return None
    return letters.before_pictures(found + len(before), _leading_pictures(anchor), drift)


def _letters(text: str) -> str:
    return _NO_LETTERS.sub("", text)


def _leading_pictures(anchor: Anchor) -> int:
    words = anchor.exact + anchor.suffix
    first = _LETTER.search(words)
    return words.count(PICTURE, 0, first.start() if first else len(words))


class _Letters:
    """The letters of all texts in a row."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        parts = [_letters(texts[index]) for index in range(len(texts))]
        self._starts = [0, *accumulate(map(len, parts))][: len(parts)]
        self.whole = "".join(parts)

    def nearest(self, anchor: Anchor) -> Point:
        """Return the position of an anchor, or the nearest one that there is."""
        if not len(self._texts):
            return Point(0, 0)
        block = min(anchor.block, len(self._texts) - 1)
        return Point(block, min(anchor.offset, len(self._texts[block])))

    def index(self, point: Point) -> int:
        """Return how many letters are before a point."""
        if not self._starts:
            return 0
        return self._starts[point.block] + len(_letters(self._texts[point.block][: point.offset]))

    def before_pictures(self, index: int, pictures: int, drift: int) -> Point:
        """Return the point before a letter, and before so many pictures that precede it.

        As many letters as ``drift`` may be between them.
        """
        found = block, offset = self._point(index)
        while pictures > 0:
            text = self._texts[block][:offset]
            at = text.rfind(PICTURE)
            drift -= len(_letters(text[at + 1 :]))
            if drift < 0 or (at < 0 and block == 0):
                break
            if at >= 0:
                found, pictures, offset = Point(block, at), pictures - 1, at
            else:
                block -= 1
                offset = len(self._texts[block])
        return found

    def _point(self, index: int) -> Point:
        if index >= len(self.whole):
            return Point(len(self._texts) - 1, len(self._texts[len(self._texts) - 1]))
        block = bisect_right(self._starts, index) - 1
        letters = _LETTER.finditer(self._texts[block])
        skipped = index - self._starts[block]
        return Point(block, next(islice(letters, skipped, None)).start())


def _occurrences(whole: str, piece: str, start: int, most: int) -> Iterator[int]:
    """Yield where a piece occurs: so many times from ``start`` on, and so many before it."""
    start = max(0, start)
    found = start - 1
    for _ in range(most):
        if (found := whole.find(piece, found + 1)) < 0:
            break
        yield found
    found = start
    for _ in range(most):
        if (found := whole.rfind(piece, 0, found + len(piece) - 1)) < 0:
            break
        yield found


Vote = tuple[int, int]
"""Where a quote would begin if a piece of it stands at its place, and the piece."""


def _alike(whole: str, quote: str, point: int, start: int) -> int | None:
    """Return where a quote begins that was changed a little, None if there is nothing like it.

    Pieces of the quote vote for its beginning. Rare ones weigh more, and those at the point
    itself: something may have been put in before or behind it.
    """
    places = [
        [*_occurrences(whole, quote[seed : seed + _SEED], start + seed, _MOST_SEEDS)]
        for seed in range(len(quote) - _SEED + 1)
    ]
    away = [abs(seed + _SEED // 2 - point) for seed in range(len(places))]
    weights = [
        _WEIGHT // (1 + distance // _SEED) // max(1, len(found))
        for distance, found in zip(away, places, strict=True)
    ]
    votes = sorted((at - seed, seed) for seed, found in enumerate(places) for at in found)
    for weight, together in _likeliest(votes, weights, start):
        # What was changed between the point and a piece moves it: the nearest piece knows best.
        begin, _ = min(together, key=lambda vote: away[vote[1]])
        if weight >= _SURE * sum(weights) or _likeness(whole, quote, begin) >= _LIKE:
            return begin
    return None


def _likeliest(votes: list[Vote], weights: list[int], start: int) -> list[tuple[int, list[Vote]]]:
    """Return the heaviest groups of votes for nearly the same place, nearer ones first."""
    pieces: Counter[int] = Counter()
    weight = first = 0
    best: dict[int, tuple[int, int, int, int]] = {}
    for last, (begin, seed) in enumerate(votes):
        weight += 0 if pieces[seed] else weights[seed]
        pieces[seed] += 1
        while votes[first][0] < begin - _DRIFT:
            gone = votes[first][1]
            pieces[gone] -= 1
            weight -= 0 if pieces[gone] else weights[gone]
            first += 1
        group = (weight, -abs(begin - start), first, last + 1)
        around = begin // (2 * _DRIFT)
        best[around] = max(group, best.get(around, group))
    heaviest = nlargest(_MOST_GROUPS, best.values())
    return [(weight, votes[first:last]) for weight, _, first, last in heaviest]


def _likeness(whole: str, quote: str, begin: int) -> float:
    """Return how much of a quote is in the text where it may begin, 0 to 1."""
    from difflib import SequenceMatcher  # seldom needed

    window = whole[max(0, begin - _DRIFT) : begin + len(quote) + _DRIFT]
    blocks = SequenceMatcher(None, window, quote, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(quote)
