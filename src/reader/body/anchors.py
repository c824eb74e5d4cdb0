"""Creating anchors and finding them again: by position, by quote, or by a similar quote.

Position and quote follow the selectors of the Web Annotation Data Model (W3C Recommendation,
2017). A changed quote is found by short pieces of it in the same order, as BLAST finds sequences
of genes (Altschul and others, 1990). Distances count letters only, because white space and
pictures are the first to change in another extraction.
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
"""The character that stands for a picture in the text of a block."""

UNCOUNTED = re.compile("[\xad\u200b\u2060\ufeff]+")
"""The characters that a layout inserts into words for line breaks; offsets ignore them."""

_CONTEXT = 32
_CONTEXTS = (32, 24, 16)  # shorter for characters of four bytes
_NEIGHBOURS = 32
_LETTER = re.compile(rf"[^\s{PICTURE}]")
_NO_LETTERS = re.compile(rf"[\s{PICTURE}]+")
_SEED = 5
_DRIFT = 12  # letters inserted or deleted between two pieces
_MOST_SEEDS = 200
_MOST_GROUPS = 6
_WEIGHT = 1_000_000
_SURE = 0.25
_LIKE = 0.6


class Texts(Protocol):
    """The texts of the top-level blocks of a body, followed by those of its notes."""

    def __len__(self) -> int: ...
    def __getitem__(self, index: int, /) -> str: ...


class Point(NamedTuple):
    """A top-level block and an offset in its text."""

    block: int
    offset: int


def text_of(part: Block | Note) -> str:
    """Return the text of a part, with a character for each picture."""
    blocks = part.blocks if isinstance(part, Note) else (part,)
    runs = (run for block in blocks for runs in all_runs(block) for run in runs)
    return counted("".join(_text_of_run(run) for run in runs))


def _text_of_run(run: object) -> str:
    if isinstance(run, Text):
        return "" if run.added else run.text
    return PICTURE if isinstance(run, Picture) else ""


def counted(text: str) -> str:
    """Return a text without the characters that offsets ignore."""
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
    """Return whether the quote of an anchor is still at its position."""
    return anchor.block < len(texts) and anchor_at(texts, anchor.block, anchor.offset) == anchor


def find(anchor: Anchor, texts: Texts) -> Point | None:
    """Return the point of an anchor in a body that may have changed, None if it is lost.

    Among several places with the same quote, the one nearest to the old position is used.
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
    """The letters of all texts, concatenated."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        parts = [_letters(texts[index]) for index in range(len(texts))]
        self._starts = [0, *accumulate(map(len, parts))][: len(parts)]
        self.whole = "".join(parts)

    def nearest(self, anchor: Anchor) -> Point:
        """Return the position of an anchor, clamped to the existing text."""
        if not len(self._texts):
            return Point(0, 0)
        block = min(anchor.block, len(self._texts) - 1)
        return Point(block, min(anchor.offset, len(self._texts[block])))

    def index(self, point: Point) -> int:
        """Return the number of letters before a point."""
        if not self._starts:
            return 0
        return self._starts[point.block] + len(_letters(self._texts[point.block][: point.offset]))

    def before_pictures(self, index: int, pictures: int, drift: int) -> Point:
        """Return the point before a letter, and before a number of pictures that precede it.

        Up to ``drift`` letters may be between them.
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
    """Yield occurrences of a piece: up to ``most`` from ``start`` on, and as many before it."""
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
"""The start of a quote as suggested by a piece of it, and the piece."""


def _alike(whole: str, quote: str, point: int, start: int) -> int | None:
    """Return the start of a slightly changed quote, None if there is nothing similar.

    Pieces of the quote vote for its start. Rare pieces and those near the point itself weigh
    more: text may have been inserted before or after the point.
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
        # Changes between the point and a piece shift the start: the nearest piece is best.
        begin, _ = min(together, key=lambda vote: away[vote[1]])
        if weight >= _SURE * sum(weights) or _likeness(whole, quote, begin) >= _LIKE:
            return begin
    return None


def _likeliest(votes: list[Vote], weights: list[int], start: int) -> list[tuple[int, list[Vote]]]:
    """Return the heaviest groups of votes for nearly the same start, nearer ones first."""
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
    """Return the share of a quote that the text has at a possible start, 0 to 1."""
    from difflib import SequenceMatcher  # imported lazily: rarely needed

    window = whole[max(0, begin - _DRIFT) : begin + len(quote) + _DRIFT]
    blocks = SequenceMatcher(None, window, quote, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(quote)
