"""The letters of a body without white space, case and accents, and their places in its texts."""

import re
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterator
from functools import cached_property
from itertools import accumulate, islice

from reader import folding
from reader.body import anchors
from reader.body.anchors import PICTURE, Point, Texts

WORD = re.compile(rf"[^\s{PICTURE}]+")
PIECE = 8
"""The number of letters of a piece in the index."""
MOST_SAME = 200
"""The greatest number of places of the same letters that are looked at."""
_STRIDE = 4


def _folded(word: str) -> str:
    return word.lower() if word.isascii() else word.translate(folding.LETTERS)


class Letters:
    """The folded letters of all texts without white space."""

    def __init__(self, texts: Texts) -> None:
        self._words: list[str] = []
        self._points: list[Point] = []
        for block in range(len(texts)):
            for match in WORD.finditer(texts[block]):
                self._words.append(match[0])
                self._points.append(Point(block, match.start()))
        folded = [*map(_folded, self._words)]
        self.whole = "".join(folded)
        self.starts = [0, *accumulate(map(len, folded))][: len(folded)]

    @staticmethod
    def of(text: str) -> str:
        """Return the letters of a quote."""
        return "".join(map(_folded, WORD.findall(anchors.counted(text))))

    def places(self, quote: str) -> list[int]:
        """Return the places of the letters of a quote."""
        if len(quote) < PIECE + _STRIDE:
            return [*islice(_occurrences(self.whole, quote), MOST_SAME)]
        found = (
            at - before
            for before in range(_STRIDE)
            for at in self.index.get(quote[before : before + PIECE], ())
            if self.whole.startswith(quote, at - before) and at >= before
        )
        return sorted(islice(found, MOST_SAME))

    def is_start(self, at: int) -> bool:
        """Return whether a word starts at a letter, or the text ends there."""
        found = bisect_left(self.starts, at)
        return at >= len(self.whole) or (found < len(self.starts) and self.starts[found] == at)

    def is_bounded(self, start: int, end: int) -> bool:
        """Return whether letters are whole words, punctuation aside."""
        return self._is_edge(start) and self._is_edge(end)

    def _is_edge(self, at: int) -> bool:
        if self.is_start(at):
            return True
        return not (self.whole[at - 1].isalnum() and self.whole[at].isalnum())

    def point(self, at: int, *, behind: bool = False) -> Point:
        """Return the point before a letter, or behind it."""
        word = bisect_right(self.starts, at) - 1
        block, offset = self._points[word]
        left = at - self.starts[word]
        for sign in self._words[word]:
            left -= len(_folded(sign))
            if left < 0:
                break
            offset += 1
        return Point(block, offset + behind)

    def block_of(self, at: int) -> int:
        """Return the block of a letter."""
        return self._points[bisect_right(self.starts, at) - 1].block

    @cached_property
    def index(self) -> dict[str, list[int]]:
        """The places of pieces of the text, one at every few letters."""
        found: defaultdict[str, list[int]] = defaultdict(list)
        for at in range(0, len(self.whole) - PIECE + 1, _STRIDE):
            found[self.whole[at : at + PIECE]].append(at)
        return dict(found)


def _occurrences(whole: str, quote: str) -> Iterator[int]:
    at = whole.find(quote)
    while at >= 0:
        yield at
        at = whole.find(quote, at + 1)
