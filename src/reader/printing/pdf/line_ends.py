"""The ends of lines in a PDF: a space, so that screen readers do not join words."""

import re
from itertools import pairwise

import pikepdf
from pikepdf import Dictionary

from reader.printing.pdf.tounicode import codes_of

_BEGIN = re.compile(rb"/(F\d+) ([\d.]+) Tf 1 0 0 -1 0 0 Tm\n-?[\d.]+ (-?[\d.]+) Td")
_A_LINE = 0.8  # of the type size; text that is further below is on another line
_HYPHENS = ("-", "\N{SOFT HYPHEN}", "\N{HYPHEN}")


class LineEnds:
    """Ends lines of text with a space."""

    def __init__(self) -> None:
        self._known: dict[tuple[int, int], tuple[bytes, frozenset[bytes]]] = {}
        self._fonts: dict[bytes, tuple[bytes, frozenset[bytes]]] = {}

    def use(self, page: pikepdf.Object) -> None:
        """Read the fonts of a page."""
        self._fonts = {}
        for name, font in page.Resources.get("/Font", Dictionary()).items():
            if font.objgen not in self._known:
                self._known[font.objgen] = self._spaces_of(font)
            self._fonts[name[1:].encode()] = self._known[font.objgen]

    def _spaces_of(self, font: pikepdf.Object) -> tuple[bytes, frozenset[bytes]]:
        """Return the code of a space, and the codes of hyphens."""
        codes = codes_of(font) if "/ToUnicode" in font else {}
        space = next((code for code, text in codes.items() if text == " "), b"")
        return space, frozenset(code for code, text in codes.items() if text in _HYPHENS)

    def spaced(self, text: bytes) -> bytes:
        """Return painted text with a space before each line but the first."""
        lines = list(_BEGIN.finditer(text))
        whole: list[bytes] = []
        done = 0
        for one, other in pairwise(lines):
            font, size, y = one.groups()
            if abs(float(other[3]) - float(y)) < float(size) * _A_LINE:
                continue
            end = text.rfind(b"ET\n", one.end(), other.start())
            space, hyphens = self._fonts.get(font, (b"", frozenset()))
            if end < 0 or not space or text[end - 9 : end - 5] in hyphens:
                continue
            whole += [text[done:end], b"<", space, b"> Tj\n"]
            done = end
        return b"".join([*whole, text[done:]]) if whole else text
