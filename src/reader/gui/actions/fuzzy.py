"""Fuzzy search: the typed letters occur in a name in order, best at the starts of words."""

import heapq
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

_LETTER, _AT_WORD, _AT_START, _IN_A_ROW, _LONG = 1.0, 5.0, 4.0, 6.0, 0.04
_WORD = re.compile(r"(?<![^\W_])[^\W_]")
_ENOUGH = 40
_MOST_JUDGED = 200


class Match(NamedTuple):
    """The score of a name, and the indices of its matching letters."""

    score: float
    places: tuple[int, ...] = ()


def fold(text: str) -> str:
    """Return a text without case and accents, letter for letter."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", letter.casefold())[0] for letter in text)


def match(query: str, text: str) -> Match | None:
    """Match a folded query without spaces against a folded text; None if it does not match."""
    starts = [hit.start() for hit in _WORD.finditer(text)]
    best: Match | None = None
    for places in _alignments(query, text, starts):
        candidate = Match(_score(places, starts, text), places)
        if best is None or candidate.score > best.score:
            best = candidate
    return best


class Index:
    """An index of names, fast enough to search ten thousands with every key."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [fold(name) for name in names]

    def search(
        self, words: str, most: int, uses: Mapping[int, float] | None = None
    ) -> list[tuple[int, Match]]:
        """Return the best matches by the indices of their names; ``uses`` adds to the score."""
        query, uses = fold("".join(words.split())), uses or {}
        if not query:
            return []
        hits = []
        for number in self._candidates(query, uses):
            if hit := match(query, self._names[number]):
                score = hit.score + uses.get(number, 0.0)
                hits.append((score, -number, hit._replace(score=score)))
        return [(-number, hit) for _, number, hit in heapq.nlargest(most, hits)]

    def _candidates(self, query: str, uses: Collection[int]) -> Iterator[int]:
        """Yield the names to score: plain matches first, until there are enough."""
        seen: set[int] = set()
        letters = ".*".join(map(re.escape, query))
        for pattern in (re.escape(query), rf".*(?<![^\W_]){re.escape(query)}", f".*{letters}"):
            fits = re.compile(pattern, re.DOTALL).match
            here = [number for number, name in enumerate(self._names) if fits(name)]
            here.sort(key=lambda number: len(self._names[number]))
            seen.update(here[:_MOST_JUDGED])
            if len(seen) >= _ENOUGH:
                break
        yield from seen.union(uses)


def _alignments(query: str, text: str, starts: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield some alignments of the letters with the text."""
    whole = [start for start in starts if text.startswith(query, start)] or [text.find(query)]
    if whole[0] >= 0:
        yield tuple(range(whole[0], whole[0] + len(query)))
    for jumps in (True, False):
        if places := _walk(query, text, starts if jumps else []):
            yield places


def _walk(query: str, text: str, starts: list[int]) -> tuple[int, ...]:
    """Find the letters in a text, each next to the one before, else at the start of a word."""
    places: list[int] = []
    at = 0
    for letter in query:
        if not places or text[at : at + 1] != letter:
            jump = (start for start in starts if start >= at and text[start] == letter)
            at = next(jump, text.find(letter, at))
        if at < 0:
            return ()
        places.append(at)
        at += 1
    return tuple(places)


def _score(places: tuple[int, ...], starts: list[int], text: str) -> float:
    words = set(starts)
    score = _LETTER * len(places) - _LONG * len(text)
    score += _AT_WORD * sum(place in words for place in places)
    score += _IN_A_ROW * sum(b - a == 1 for a, b in pairwise(places))
    return score + _AT_START * (places[0] == 0)
