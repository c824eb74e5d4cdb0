"""The text of lines whose glyphs have other letters, and the marks that carry it into a PDF.

A glyph has the letters of its typeface's character map, in the order of painting: not enough for
Arabic, Hebrew, Devanagari, an emoji, or two letters with one glyph. While a page is painted, this
draws invisible marks around such lines; ``reader.printing.pdf.spans`` replaces them by the text in
the finished file (ISO 32000-1, 14.9.4: ActualText).
"""

import re
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QPainter, QTextBlock, QTextLine

from reader.printing.pdf.marks import END, draw_mark

MARK_Y = -88888
"""The distance of the marks from the page, upwards."""

DIVIDED = 9_000_001
"""The mark that follows the hyphen of a divided word."""

PLAIN = (
    "\t\xad -~\xa0-\u0131\u0134-\u0148\u014a-\u017e\u0218-\u021b\u0384-\u038a\u038c\u038e-\u03a1"
    "\u03a3-\u03ce\u0401-\u040c\u040e-\u044f\u0451-\u045c\u045e\u045f\u0490\u0491\u1ea0-\u1ef9"
    "\u2010\u2013\u2014\u2018-\u201a\u201c-\u201e\u2020-\u2022\u2026\u2028-\u2029\u2030\u2032\u2033"
    "\u2039\u203a\u20ac\u2116\u2122\u2190-\u2193\u2202\u220f\u2211\u2212\u221a\u221e\u222b\u2248"
    "\u2260\u2264\u2265\ufffc"
)
"""The characters of which all bundled typefaces have a glyph that says them, as of a class."""

_SOFT_HYPHEN = "\N{SOFT HYPHEN}"
UNPAINTED = "\u200b\u2060\ufeff"
"""Characters that only tell where lines may be broken."""

_OTHER = re.compile(f"[^{PLAIN}{UNPAINTED}]")
_HEARD = re.compile(f"[^{PLAIN}{UNPAINTED}]|{_SOFT_HYPHEN}")
_UNIT = 2  # bytes of a UTF-16 code unit, in which Qt counts


class Said(NamedTuple):
    """The text of a line; ``leftward`` if its paragraph goes from right to left."""

    text: str
    leftward: bool


class Texts(NamedTuple):
    """The texts of a file by the numbers of their marks, and the pages with marks, from 0."""

    texts: Sequence[Said]
    pages: Collection[int]


NO_TEXTS = Texts((), ())


class ActualText:
    """Paints lines of text and marks those with glyphs of other letters; each file needs its own.

    If ``marked`` is false, nothing but the text is painted, as a screen and a printer need it. If
    ``heard`` is true, hyphens of divided words are marked as well, which nobody speaks.
    """

    def __init__(self, *, marked: bool = True, heard: bool = False) -> None:
        self.page = 0
        self._marked = marked
        self._marks = _HEARD if heard else _OTHER
        self._texts: list[Said] = []
        self._pages: set[int] = set()

    @property
    def texts(self) -> Texts:
        """Return the marked texts."""
        return Texts(self._texts, self._pages)

    def draw(
        self, painter: QPainter, block: QTextBlock, lines: Sequence[QTextLine], at: QPointF
    ) -> None:
        """Paint lines of a block."""
        text = block.text() if self._marked else ""
        if not _OTHER.search(text):
            heard = self._marks is _HEARD and _SOFT_HYPHEN in text
            for line in lines:
                line.draw(painter, at)
                start = line.textStart()  # all these characters are of one code unit
                if heard and text.endswith(_SOFT_HYPHEN, start, start + line.textLength()):
                    self._mark(painter, DIVIDED)
            return
        leftward = block.textDirection() is Qt.LayoutDirection.RightToLeft
        coded = text.encode("utf-16-le", "surrogatepass")
        for line in lines:
            start = line.textStart() * _UNIT
            said = coded[start : start + line.textLength() * _UNIT].decode("utf-16-le", "replace")
            with self._saying(painter, Said(said, leftward)):
                line.draw(painter, at)

    @contextmanager
    def saying(self, painter: QPainter, text: str) -> Iterator[None]:
        """Give the glyphs that are painted meanwhile a text."""
        leftward = painter.layoutDirection() is Qt.LayoutDirection.RightToLeft
        with self._saying(painter, Said(text, leftward)):
            yield

    @contextmanager
    def _saying(self, painter: QPainter, said: Said) -> Iterator[None]:
        marked = self._marked and _OTHER.search(said.text)
        if marked:
            self._mark(painter, len(self._texts))
            self._texts.append(said)
        yield
        if marked:
            self._mark(painter, END)
        elif self._marks is _HEARD and said.text.endswith(_SOFT_HYPHEN):
            self._mark(painter, DIVIDED)

    def _mark(self, painter: QPainter, number: int) -> None:
        self._pages.add(self.page)
        draw_mark(painter, number, MARK_Y)
