"""Text as it is searched: without case, accents and vowel marks, with one kind of each sign.

“don't” finds “don’t”, “cafe” finds “café”, a space finds a no-break space, “fi” the ligature “ﬁ”.
Places are counted in UTF-16 code units, as Qt counts them.
"""

import re
import unicodedata
from array import array
from bisect import bisect_right
from collections.abc import Iterator, Sequence

_SIGNS = {
    **dict.fromkeys("‘’‚‛′ʼʻ", "'"),
    **dict.fromkeys("“”„‟″«»", '"'),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys("\u2028\t", " "),
    "…": "...", "⁄": "/", "ł": "l", "ø": "o", "đ": "d", "ħ": "h", "ŧ": "t", "ı": "i",
    "æ": "ae", "œ": "oe", "ð": "d", "þ": "th", "ـ": "",
}  # fmt: skip
_ACCENTS = re.compile(
    "[\u0300-\u036f\u0483-\u0487\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe00-\ufe0f\ufe20-\ufe2f"
    "\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7"
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed\u0711\u0730-\u074a]"
)
_WHOLE = re.compile("[\u3041-\u30ff\uac00-\ud7a3]")
"""Kana and Korean syllables: their parts are letters, but not what one searches for."""

_FIRST_WITHOUT_SPACES = "\u0e00"  # Thai, followed by Chinese, Japanese and Korean
_PARTED = re.compile("[\u3041-\u30ff][\u3099\u309a]|[\u1100-\u115f][\u1160-\u11a7][\u11a8-\u11ff]?")
"""Kana and Korean syllables that are written in parts (NFD)."""


class _Table(dict[int, str]):
    """The folded form of each character, found when it is first needed."""

    def __missing__(self, code: int) -> str:
        found = self[code] = _letter(chr(code))
        return found


def _letter(sign: str) -> str:
    if unicodedata.category(sign) in ("Cf", "Cc") and sign not in "\n\t":
        return ""
    if unicodedata.category(sign) == "Zs":
        return " "
    if _WHOLE.match(sign):
        return sign
    parts = unicodedata.normalize("NFKD", _SIGNS.get(sign, sign)).casefold()
    parts = _ACCENTS.sub("", unicodedata.normalize("NFKD", parts))
    return "".join(_SIGNS.get(part, part) for part in parts)


_TABLE = _Table()


def folded(text: str) -> str:
    """Return a text as it is searched."""
    return _PARTED.sub(_joined, text).translate(_TABLE)


def _joined(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFC", match[0])


class Folded:
    """A long text as it is searched, which finds the places of its words."""

    def __init__(self, text: str) -> None:
        self._text = folded(text)
        self._starts = array("l")
        self._ends = array("l")
        self._units = array("l")
        self._widths = array("b")
        odd = "".join(sign for sign in {*text} if len(_TABLE[ord(sign)]) != 1 or sign > "\uffff")
        if odd or _PARTED.search(text):
            signs = f"|[{re.escape(odd)}]" if odd else ""
            self._note(text, re.compile(_PARTED.pattern + signs))

    def _note(self, text: str, odd: re.Pattern[str]) -> None:
        """Record the characters whose folded form is longer or shorter than they are."""
        at = units = last = 0
        for match in odd.finditer(text):
            sign, between = match[0], match.start() - last
            at, units, last = at + between, units + between, match.end()
            self._starts.append(at)
            at += len(_TABLE[ord(sign)] if len(sign) == 1 else folded(sign))
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
