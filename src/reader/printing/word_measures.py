"""Measure words for lines of paper: widths, divisions, and punctuation that hangs out.

A word is measured once in each font. The sum of the words and spaces of a line is exactly its width
in a document that is laid out for paper, since its letters stand on whole dots.
"""

import re
from typing import NamedTuple

from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QTextCharFormat

from reader.document.hyphenation import SOFT_HYPHEN
from reader.document.portions import BREAK
from reader.printing.total_fit import Kind

_PAINTED = {SOFT_HYPHEN: "-"}
_DIVISION, _POOR_DIVISION, _AFTER_HYPHEN = 1700, 2600, 500
_SHORT = 3  # letters
_KERNED = 0.2  # of a word space
_HANGING = {
    "-": 0.5, "\N{HYPHEN}": 0.5, ".": 0.6, ",": 0.6, "'": 0.5, '"': 0.4, ":": 0.3, ";": 0.3,
    "\N{RIGHT SINGLE QUOTATION MARK}": 0.5, "\N{RIGHT DOUBLE QUOTATION MARK}": 0.4,
    "\N{LEFT DOUBLE QUOTATION MARK}": 0.4, "\N{RIGHT-POINTING DOUBLE ANGLE QUOTATION MARK}": 0.3,
    "\N{EN DASH}": 0.2, "\N{EM DASH}": 0.15,
}  # fmt: skip
"""How much of a character hangs out of the end of a line, as a part of its width.

Margin kerning: Hàn Thế Thành, "Micro-typographic extensions to the TeX typesetting system", Masaryk
University, Brno, 2000.
"""

_INNER = re.compile(rf"{SOFT_HYPHEN}|{BREAK}|(?<=[^\W_])[-\N{{HYPHEN}}/–—]+(?=[^\W\d_])")
"""After these a line may end, by the Unicode Line Breaking Algorithm (UAX 14) as well."""

_NOT_FIRST = re.compile(r"[!?/)\]}]|[:;»›%…]+$")
_NOT_LAST = re.compile(r"[«‹„(\[{]+$")
"""Words that stay on the line of the word before or after them, though there is a space (LB 13)."""

_DASH = re.compile("[–—]$")
_BEFORE_DASH = 800
NEVER = -1

_GAPS = re.compile("(?<=.)[\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+(?=.)")
"""Spaces within a word, which Qt stretches like others."""


class Inner(NamedTuple):
    """A place within a word at which a line may end, in code units and dots from its start.

    The line ends at ``end``, the next one begins at ``start``; see ``total_fit.Point``.
    """

    units: int
    end: float
    start: float
    gaps: int
    kind: Kind
    penalty: int
    hang: float


class Word(NamedTuple):
    """The measures of a word, in UTF-16 code units and dots.

    ``gaps`` is the number of its spaces. At the end of a line it is ``over`` wider, of which the
    part ``hang`` that hangs out is already taken off. ``inner`` are the places to end a line where
    it is not divided. ``first`` is the penalty for a line that begins with it, ``last`` for one
    that ends with it; they may be NEVER. ``divisible`` is true if it holds soft hyphens.
    """

    units: int
    width: float
    gaps: int
    inner: tuple[Inner, ...]
    over: float
    hang: float
    first: int
    last: int
    divisible: bool = False


class Face:
    """The measures of a font, and of the words in it so far."""

    def __init__(self, form: QTextCharFormat, device: QPaintDevice, *, hangs: bool) -> None:
        """Measure as Qt lays out on a device; punctuation ``hangs`` in justified lines."""
        font = QFont(form.font())
        align = QTextCharFormat.VerticalAlignment
        if form.verticalAlignment() in (align.AlignSuperScript, align.AlignSubScript):
            font.setPointSize(font.pointSize() * 2 // 3)  # as Qt does
        self._metrics = QFontMetricsF(font, device)
        self._hangs = hangs
        self._advances: dict[str, float] = {}
        self._bearings: dict[str, float] = {}
        self._inner: dict[str, tuple[Inner, ...]] = {}
        self.words: dict[str, Word] = {"": Word(0, 0.0, 0, (), 0.0, 0.0, 0, 0)}
        self.space = self._advance(" ")

    def word(self, text: str) -> Word:
        """Return the measures of a word, and keep them in ``words``."""
        word = self.words[text] = self._measured(text)
        return word

    def inner(self, text: str) -> tuple[Inner, ...]:
        """Return all places within a word at which a line may end."""
        if text not in self._inner:
            matches = _INNER.finditer(text)
            self._inner[text] = tuple(self._place(text, match.end()) for match in matches)
        return self._inner[text]

    def _measured(self, text: str) -> Word:
        width = self._metrics.horizontalAdvance(text)
        if text[-1].isalpha() and text.replace(SOFT_HYPHEN, "").isalpha():
            over, soft = self._bearing(text[-1]), SOFT_HYPHEN in text
            return Word(_units(text), width, 0, (), over, 0.0, 0, 0, soft)
        first = NEVER if _NOT_FIRST.match(text) else _BEFORE_DASH if _DASH.match(text) else 0
        last = NEVER if _NOT_LAST.match(text) else 0
        over, hang = self._at_end(text, width)
        gaps, soft = len(_GAPS.findall(text)), SOFT_HYPHEN in text
        return Word(_units(text), width, gaps, self._hyphens(text), over, hang, first, last, soft)

    def _hyphens(self, text: str) -> tuple[Inner, ...]:
        return tuple(each for each in self.inner(text) if each.kind is not Kind.DIVISION)

    def _at_end(self, text: str, width: float) -> tuple[float, float]:
        """Return how much wider a word is at the end of a line, and how far it hangs out."""
        last = text[-1]
        if hang := self._hang(last):
            # A character that hangs out is a text of its own for Qt, which is not kerned.
            kerned = self._advance(text[:-1]) + self._advance(last) - width
            if kerned <= _KERNED * self.space:
                return kerned - hang, hang
        return self._bearing(last), 0.0

    def _bearing(self, last: str) -> float:
        """Return how far a character stands out of its own width."""
        if last not in self._bearings:
            known = self._metrics.rightBearing(last) if last <= "\uffff" else 0.0
            self._bearings[last] = max(0.0, -known)
        return self._bearings[last]

    def _place(self, text: str, end: int) -> Inner:
        before, last, units = text[: end - 1], text[end - 1], _units(text[:end])
        start, gaps = self._advance(text) - self._advance(text[end:]), len(_GAPS.findall(before))
        if last == BREAK:
            return Inner(units, start, start, gaps, Kind.HYPHEN, 0, 0.0)
        hang = self._hang(last)
        end_of_line = self._advance(before) + self._advance(_PAINTED.get(last, last)) - hang
        if last != SOFT_HYPHEN:
            return Inner(units, end_of_line, start, gaps, Kind.HYPHEN, _AFTER_HYPHEN, hang)
        penalty = _POOR_DIVISION if len(before) < _SHORT or "-" in text else _DIVISION
        return Inner(units, end_of_line, start, gaps, Kind.DIVISION, penalty, hang)

    def _hang(self, last: str) -> float:
        """Return how far the last character of a line hangs out of it, in whole dots."""
        painted = _PAINTED.get(last, last)
        share = _HANGING.get(painted, 0.0) if self._hangs else 0.0
        return float(int(share * self._advance(painted))) if share else 0.0

    def _advance(self, text: str) -> float:
        """Return the width of a part of a word; many words have the same parts."""
        if word := self.words.get(text):
            return word.width
        known = self._advances.get(text)
        if known is None:
            known = self._advances[text] = self._metrics.horizontalAdvance(text)
        return known


def _units(text: str) -> int:
    """Return the number of UTF-16 code units, in which Qt counts."""
    return len(text) if max(text) <= "\uffff" else len(text.encode("utf-16-le")) // 2
