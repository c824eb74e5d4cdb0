"""Finding letters that are slightly changed: ranges of words that may be a quote.

Short pieces of the quote suggest its start, as BLAST finds sequences of genes (Altschul and others,
1990); the ends are then those with the least edit distance (Levenshtein), which RapidFuzz computes
bit by bit (Hyyrö, 2003).
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from heapq import nlargest
from typing import NamedTuple

from reader.body.letters import PIECE, Letters

LONG = 1_500
"""The number of letters up to which quotes are compared whole."""
_MOST_PLACES = 64  # pieces that are found more often suggest nothing
_MOST_VOTES = 2_000
_SPAN = 150  # pieces of each part of a long quote
_FEW = 100  # letters of a quote for which at least one piece must be found
_GROUPS = 3
_SLACK, _MOST_SLACK = 12, 160  # letters by which the starts that pieces suggest may differ
_ASIDE = 4  # letters that may rather be missing than be sought in another block


def likeness(quote: str, words: str) -> float:
    """Return the likeness of two texts, 0 to 1; of long ones that of their beginnings and ends."""
    from rapidfuzz.distance import Levenshtein

    if len(quote) <= LONG:
        return Levenshtein.normalized_similarity(quote, words)
    half = LONG // 2
    ends = ((quote[:half], words[:half]), (quote[-half:], words[-half:]))
    sizes = min(len(quote), len(words)) / max(len(quote), len(words))
    return min(sizes, *(Levenshtein.normalized_similarity(*each) for each in ends))


class _Vote(NamedTuple):
    """The start of a quote that a piece suggests, and the offset of the piece in the quote."""

    start: int
    piece: int


def ranges(letters: Letters, quote: str) -> Iterator[tuple[int, int]]:
    """Yield ranges of whole words that may be a quote."""
    found = ((letters.index.get(quote[at : at + PIECE], ()), at) for at in _pieces(len(quote)))
    votes: list[_Vote] = []
    for places, piece in sorted(found, key=lambda each: len(each[0])):
        if len(places) > _MOST_PLACES or len(votes) > _MOST_VOTES:
            break
        votes += [_Vote(at - piece, piece) for at in places]
    votes.sort()
    for together in _likeliest(votes, _SLACK + len(quote) // 8):
        if len(together) < min(len(quote), 3 * _SPAN) // _FEW:
            continue
        first = min(together, key=lambda vote: vote.piece)
        last = max(together, key=lambda vote: vote.piece)
        start = _best_start(letters, quote, first)
        end = _best_end(letters, quote, last)
        if start < end:
            yield start, end


def _pieces(size: int) -> Iterator[int]:
    """Yield the places of the pieces of a quote; of a long one those of its ends and middle."""
    most = max(0, size - PIECE + 1)
    if most <= 3 * _SPAN:
        yield from range(most)
        return
    for start in (0, (most - _SPAN) // 2, most - _SPAN):
        yield from range(start, start + _SPAN)


def _likeliest(votes: list[_Vote], slack: int) -> list[list[_Vote]]:
    """Return the largest groups of votes for nearly the same start, no two of them alike."""
    groups: list[tuple[int, int, int]] = []
    first = 0
    for last, vote in enumerate(votes):
        while votes[first].start < vote.start - slack:
            first += 1
        groups.append((last + 1 - first, first, last + 1))
    found: list[list[_Vote]] = []
    for _, first, last in nlargest(_MOST_PLACES, groups):
        near = votes[first].start
        if all(abs(near - other[0].start) > slack for other in found):
            found.append(votes[first:last])
        if len(found) == _GROUPS:
            break
    return found


def _best_start(letters: Letters, quote: str, vote: _Vote) -> int:
    """Return the start of the word from which on the text is like the quote up to a piece."""
    if vote.piece == 0:
        return vote.start
    at = vote.start + vote.piece
    slack = min(_SLACK + vote.piece // 2, _MOST_SLACK)
    first = bisect_left(letters.starts, vote.start - slack)
    last = bisect_right(letters.starts, min(at, vote.start + slack))
    block = letters.block_of(at)
    near = (
        (letters.whole[word:at], word, letters.block_of(word) == block)
        for word in letters.starts[first:last]
    )
    return _nearest(quote[: vote.piece], near, at)


def _best_end(letters: Letters, quote: str, vote: _Vote) -> int:
    """Return the end of the word up to which the text is like the quote from a piece on."""
    behind = vote.piece + PIECE
    at = vote.start + behind
    left = len(quote) - behind
    if left == 0:
        return at
    slack = min(_SLACK + left // 2, _MOST_SLACK)
    first = bisect_left(letters.starts, max(at, at + left - slack))
    last = bisect_right(letters.starts, at + left + slack)
    ends = [
        *letters.starts[first:last],
        *([len(letters.whole)] if last == len(letters.starts) else []),
    ]
    block = letters.block_of(at - 1)
    near = ((letters.whole[at:end], end, letters.block_of(end - 1) == block) for end in ends)
    return _nearest(quote[behind:], near, at)


def _nearest(part: str, words: Iterator[tuple[str, int, bool]], otherwise: int) -> int:
    """Return the number of the text with the least distance from a part of a quote.

    The third value is whether it lies within one block, which is likelier.
    """
    from rapidfuzz.distance import Levenshtein

    found = [
        (
            Levenshtein.distance(part, text) + (0 if is_near else _ASIDE),
            abs(len(text) - len(part)),
            at,
        )
        for text, at, is_near in words
    ]
    return min(found)[2] if found else otherwise
