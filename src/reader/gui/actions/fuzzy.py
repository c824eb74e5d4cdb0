"""Finding by a few letters: those typed stand in a name in their order, best at words' starts."""

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
    """How well a name fits, and the indices of the letters that were meant."""

    score: float
    places: tuple[int, ...] = ()


def fold(text: str) -> str:
    """Return a text without case and accents, letter for letter."""
    if text.isascii():
        return text.lower()
    return "".join(unicodedata.normalize("NFKD", each.casefold())[0] for each in text)


def match(query: str, text: str) -> Match | None:
    """Return how well a folded query without spaces fits a folded text, None where it does not."""
    starts = [found.start() for found in _WORD.finditer(text)]
    best: Match | None = None
    for places in _ways(query, text, starts):
        found = Match(_score(places, starts, text), places)
        if best is None or found.score > best.score:
            best = found
    return best


class Index:
    """Names made ready to be searched by ten thousands, letter by letter."""

    def __init__(self, names: Sequence[str]) -> None:
        self._names = [fold(name) for name in names]

    def search(
        self, words: str, most: int, uses: Mapping[int, float] | None = None
    ) -> list[tuple[int, Match]]:
        """Return the best matches by the indices of their names; ``uses`` adds to the score."""
        query, uses = fold("".join(words.split())), uses or {}
        if not query:
            return []
        found = []
        for number in self._candidates(query, uses):
            if made := match(query, self._names[number]):
                score = made.score + uses.get(number, 0.0)
                found.append((score, -number, made._replace(score=score)))
        return [(-number, made) for _, number, made in heapq.nlargest(most, found)]

    def _candidates(self, query: str, uses: Collection[int]) -> Iterator[int]:
        """Yield the names worth judging: the plainest ways to fit first, until they are enough."""
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


def _ways(query: str, text: str, starts: list[int]) -> Iterator[tuple[int, ...]]:
    """Yield some ways in which the letters may be meant."""
    whole = [start for start in starts if text.startswith(query, start)] or [text.find(query)]
    if whole[0] >= 0:
        yield tuple(range(whole[0], whole[0] + len(query)))
    for jumps in (True, False):
        if places := _walk(query, text, starts if jumps else []):
            yield places


def _walk(query: str, text: str, starts: list[int]) -> tuple[int, ...]:
    """Go through a text, from a letter to the one beside it, else to one at a word's start."""
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
