"""Words found in a long text, without regard to case, accents, vowel marks and kinds of signs.

“don't” finds “don’t”, “cafe” finds “café”, a space finds a no-break space, “fi” the ligature “ﬁ”.
Places are counted in UTF-16 code units, as Qt counts them.
"""

import re
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from reader.folding import LETTERS, PARTED, folded

_FIRST_WITHOUT_SPACES = "\u0e00"  # Thai, followed by Chinese, Japanese and Korean


class Folded:
    """A long text as it is searched, which finds the places of its words."""

    def __init__(self, text: str) -> None:
        self._text = folded(text)
        self._starts = array("l")
        self._ends = array("l")
        self._units = array("l")
        self._widths = array("b")
        odd = "".join(sign for sign in {*text} if len(LETTERS[ord(sign)]) != 1 or sign > "\uffff")
        if odd or PARTED.search(text):
            signs = f"|[{re.escape(odd)}]" if odd else ""
            self._note(text, re.compile(PARTED.pattern + signs))

    def _note(self, text: str, odd: re.Pattern[str]) -> None:
        """Record the characters whose folded form is longer or shorter than they are."""
        at = units = last = 0
        for match in odd.finditer(text):
            sign, between = match[0], match.start() - last
            at, units, last = at + between, units + between, match.end()
            self._starts.append(at)
            at += len(LETTERS[ord(sign)] if len(sign) == 1 else folded(sign))
            self._ends.append(at)
            self._units.append(units)
            self._widths.append(len(sign) + sum(letter > "\uffff" for letter in sign))
            units += self._widths[-1]

    def hits(self, wanted: re.Pattern[str]) -> Iterator[tuple[int, int]]:
        """Yield the start and end of each match of a pattern of ``pattern`` or ``whole_words``."""
        for match in wanted.finditer(self._text):
            if match[0]:
                yield self._place(match.start(), ends=False), self._place(match.end(), ends=True)

    def _place(self, at: int, *, ends: bool) -> int:
        """Return the place of a folded character; a part of a sign counts as the whole sign."""
        index = bisect_right(self._starts, at) - 1
        if index < 0:
            return at
        start, end, units = self._starts[index], self._ends[index], self._units[index]
        if at >= end:
            return units + self._widths[index] + at - end
        return units + (self._widths[index] if ends and at > start else 0)


def pattern(words: str) -> re.Pattern[str] | None:
    """Return a pattern that finds words as they are typed, None if there is nothing to find."""
    wanted = folded(words)
    if not wanted:
        return None
    return re.compile(" +".join(map(re.escape, re.split(" +", wanted))))


def whole_words(words: Sequence[str]) -> re.Pattern[str] | None:
    """Return a pattern that finds any of some words, but not within others."""
    wanted = [_whole(each) for each in map(folded, words) if each.strip()]
    return re.compile("|".join(wanted)) if wanted else None


def _whole(word: str) -> str:
    """Return a pattern for a whole word, or any occurrence if its script has no spaces."""
    spaceless = any(letter >= _FIRST_WITHOUT_SPACES for letter in word)
    return re.escape(word) if spaceless else rf"(?<!\w){re.escape(word)}(?!\w)"
