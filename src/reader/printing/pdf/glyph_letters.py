"""The letters of a PDF's glyphs, learnt from the words that were painted with them.

Qt knows only glyphs of a character map, and takes the first of several code points: a shaped
Arabic glyph has no letters then, and "日" those of a radical.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from itertools import chain, groupby

import pikepdf
from pikepdf import Dictionary

from reader.printing.pdf.actual_text import PLAIN
from reader.printing.pdf.tounicode import codes_of, set_letters

NONE = "\0"
"""What a glyph without letters says."""

_ALL_PLAIN = re.compile(f"[{PLAIN}]+")
_WORDS = re.compile(f"[^{PLAIN}]+|[^\\s]+")
_NOTDEF = b"0000"
_MOST_GAPS, _GAP = 3, "(.{1,8})"


class GlyphLetters:
    """The letters of a font's glyphs by their codes; that of a plain character is settled."""

    def __init__(self, font: pikepdf.Object) -> None:
        self._font = font
        self._old = codes_of(font) if "/ToUnicode" in font else {}
        self._letters = dict(self._old)
        self._settled = {code for code, text in self._old.items() if _ALL_PLAIN.fullmatch(text)}
        self._settled.add(_NOTDEF)

    def of(self, codes: Sequence[bytes]) -> list[str]:
        """Return the letters of each glyph, ``NONE`` if it has none."""
        return [self._letters.setdefault(code, NONE) for code in codes]

    def may_learn(self, codes: Sequence[bytes]) -> bool:
        """Return whether the letters of any glyph are not settled."""
        return not self._settled.issuperset(codes)

    def learn(self, codes: Sequence[bytes], words: Iterable[str]) -> None:
        """Learn the letters of glyphs that are in none of some words, if they fit one of them."""
        letters = self.of(codes)
        known = [each if any(each in word for word in words) else "" for each in letters]
        found = {fit for word in words if (fit := _fit(known, word))}
        if len(found) == 1 and not all(known):
            for code, letter in zip(codes, found.pop(), strict=True):
                if code not in self._settled:
                    self._settled.add(code)
                    self._letters[code] = letter

    def write(self) -> None:
        """Write the letters into the font."""
        new = {code: _as_seen(text) for code, text in self._letters.items() if code != _NOTDEF}
        changed = {code: text for code, text in new.items() if text != self._old.get(code)}
        if "/ToUnicode" in self._font:
            set_letters(self._font, changed)


class Fonts:
    """The fonts of a file, each read once."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], GlyphLetters] = {}

    def of(self, page: pikepdf.Object) -> dict[bytes, GlyphLetters]:
        """Return the fonts of a page by their names in it."""
        found = {}
        for name, font in page.Resources.get("/Font", Dictionary()).items():
            if font.objgen not in self._known:
                self._known[font.objgen] = GlyphLetters(font)
            found[name[1:].encode()] = self._known[font.objgen]
        return found

    def write(self) -> None:
        """Write the learnt letters into the file."""
        for font in self._known.values():
            font.write()


Shown = tuple[GlyphLetters, Sequence[bytes]]
"""Glyphs painted at once: their font and their codes."""


def learn(line: Sequence[Shown], text: str) -> None:
    """Teach fonts the letters of a line; a word whose glyphs are all known teaches nothing."""
    open_ones = [(font, codes) for font, codes in line if font.may_learn(codes)]
    for _ in range(2 if open_ones else 0):
        known = {"".join(font.of(codes)) for font, codes in line}
        words = {*_WORDS.findall(text)} - known
        for font, codes in open_ones:
            if words and "".join(font.of(codes)) not in text:
                font.learn(codes, words)


def _fit(known: Sequence[str], word: str) -> tuple[str, ...]:
    """Return the letters that each glyph has in a word, ``()`` if the known ones are not there."""
    if len(known) == len(word):
        fits = all(one in ("", other) for one, other in zip(known, word, strict=True))
        return tuple(word) if fits else ()
    groups = [(bool(one), [*more]) for one, more in groupby(known, bool)]
    if sum(not one for one, _ in groups) > _MOST_GAPS:
        return ()
    match = re.fullmatch("".join(re.escape("".join(more)) or _GAP for _, more in groups), word)
    if match is None:
        return ()
    gaps = iter(match.groups())
    dealt = [more if one else _dealt(next(gaps), len(more)) for one, more in groups]
    return tuple(chain.from_iterable(dealt)) if all(dealt) else ()


def _dealt(letters: str, count: int) -> list[str]:
    """Return letters dealt to glyphs, ``[]`` if it is not known how."""
    return [letters] if count == 1 else [*letters] if count == len(letters) else []


def _as_seen(text: str) -> str:
    """Return the letters of a glyph from left to right, since readers turn whole words around.

    A glyph without any has U+FFFD, since NUL is not allowed (PDF/UA-1, 7.21.7).
    """
    if text == NONE:
        return "\N{REPLACEMENT CHARACTER}"
    leftward = text and unicodedata.bidirectional(text[0]) in ("R", "AL")
    return text[::-1] if leftward else text
