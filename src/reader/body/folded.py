"""Words found in a long text, without regard to case, accents, vowel marks and kinds of signs.

“don't” finds “don’t”, “cafe” finds “café”, a space finds a no-break space, “fi” the ligature “ﬁ”.
Places are counted in UTF-16 code units, as Qt counts them.
"""

import math
import re
import time
from array import array
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from typing import overload

from reader.folding import CASED, LETTERS, PARTED, folded, is_parted

_FIRST_WITHOUT_SPACES = "\u0e00"  # Thai, followed by Chinese, Japanese and Korean
_LETTER = re.compile(r"\w")
_PIECE = 16_384  # characters that are folded at once
_GAP = re.compile("[ \n\u2029]")


class Folded:
    """A long text as it is searched, which finds the places of its words.

    If ``cased``, capital letters differ from small ones. It is folded in pieces: by ``fold_for``
    ahead of a search, else by the first one.
    """

    def __init__(self, text: str, *, cased: bool = False) -> None:
        self._whole, self._done, self._cased = text, 0, cased
        self._pieces: list[str] = []
        self._text = ""
        self._length = self._before = 0
        self._letters: Mapping[int, str] = CASED if cased else LETTERS
        self._starts = array("l")
        self._ends = array("l")
        self._units = array("l")
        self._widths = array("b")

    def fold_for(self, seconds: float) -> bool:
        """Fold more of the text for some seconds; return whether all of it is folded."""
        until = time.perf_counter() + seconds
        while self._done < len(self._whole):
            if time.perf_counter() >= until:
                return False
            gap = _GAP.search(self._whole, self._done + _PIECE)
            end = gap.start() if gap else len(self._whole)
            self._fold(self._whole[self._done : end])
            self._done = end
        if self._pieces:
            self._text, self._pieces = "".join(self._pieces), []
            self._whole, self._done = "", 0
        return True

    def _fold(self, piece: str) -> None:
        """Fold a piece that ends between words."""
        text = folded(piece, cased=self._cased)
        letters = self._letters
        odd = "".join(sign for sign in {*piece} if len(letters[ord(sign)]) != 1 or sign > "\uffff")
        units = len(piece)
        signs = [PARTED.pattern] if not piece.isascii() and is_parted(piece) else []
        signs += [f"[{re.escape(odd)}]"] if odd else []
        if signs:
            units = self._note(piece, re.compile("|".join(signs)))
        self._pieces.append(text)
        self._length, self._before = self._length + len(text), self._before + units

    def _note(self, text: str, odd: re.Pattern[str]) -> int:
        """Record the characters whose folded form is longer or shorter than they are.

        Returns the length of the text in UTF-16 code units.
        """
        at, units, last = self._length, self._before, 0
        for match in odd.finditer(text):
            sign, between = match[0], match.start() - last
            at, units, last = at + between, units + between, match.end()
            self._starts.append(at)
            at += len(self._letters[ord(sign)] if len(sign) == 1 else folded(sign))
            self._ends.append(at)
            self._units.append(units)
            self._widths.append(len(sign) + sum(letter > "\uffff" for letter in sign))
            units += self._widths[-1]
        return units + len(text) - last - self._before

    def hits(self, wanted: re.Pattern[str]) -> "Hits":
        """Return the matches of a pattern of ``pattern`` or ``whole_words``."""
        self.fold_for(math.inf)
        found = array("l", [match.start() for match in wanted.finditer(self._text)])
        return Hits(self, wanted, found)

    def end_of_match(self, wanted: re.Pattern[str], start: int) -> int:
        """Return the end of a match that starts at a folded character."""
        match = wanted.match(self._text, start)
        return match.end() if match else start

    def place(self, at: int, *, ends: bool) -> int:
        """Return the place of a folded character; a part of a sign counts as the whole sign."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at
        start, end, units = self._starts[index], self._ends[index], self._units[index]
        if at >= end:
            return units + self._widths[index] + at - end
        return units + (self._widths[index] if ends and at > start else 0)


class Hits(Sequence[tuple[int, int]]):
    """The start and end of each match in a text; the places are computed as they are used."""

    def __init__(self, text: Folded, wanted: re.Pattern[str], starts: Sequence[int]) -> None:
        self._text, self._wanted, self._starts = text, wanted, starts

    def __len__(self) -> int:
        """Return the number of matches."""
        return len(self._starts)

    @overload
    def __getitem__(self, number: int) -> tuple[int, int]: ...
    @overload
    def __getitem__(self, number: slice) -> "Hits": ...
    def __getitem__(self, number: int | slice) -> "tuple[int, int] | Hits":
        """Return the start and end of a match, or several matches."""
        if isinstance(number, slice):
            return Hits(self._text, self._wanted, self._starts[number])
        start = self._starts[number]
        end = self._text.end_of_match(self._wanted, start)
        return self._text.place(start, ends=False), self._text.place(end, ends=True)


def pattern(words: str, *, cased: bool = False, whole: bool = False) -> re.Pattern[str] | None:
    """Return a pattern that finds words as they are typed, None if there is nothing to find.

    If ``whole``, it does not find them within others.
    """
    wanted = folded(words, cased=cased)
    if not wanted.strip():
        whole = False
    if not wanted:
        return None
    found = " +".join(map(re.escape, re.split(" +", wanted.strip() if whole else wanted)))
    return re.compile(_bounded(found, wanted.strip()) if whole else found)


def whole_words(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of some words, but not within others."""
    wanted = [_whole(each) for each in map(folded, words) if each.strip()]
    return re.compile("|".join(wanted)) if wanted else None


def _whole(word: str) -> str:
    """Return a pattern for a whole word, or any occurrence if its script has no spaces."""
    return _bounded(re.escape(word), word)


def _bounded(found: str, word: str) -> str:
    if any(letter >= _FIRST_WITHOUT_SPACES for letter in word):
        return found
    before, behind = (r"(?<!\w)", r"(?!\w)")
    start, end = _LETTER.match(word[0]), _LETTER.match(word[-1])
    return f"{before if start else ''}{found}{behind if end else ''}"
