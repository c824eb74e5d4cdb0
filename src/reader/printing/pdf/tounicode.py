"""Repair the ToUnicode maps of a PDF: letters for ligatures and for shaped glyphs.

Qt writes one code point for each glyph, taken from the character map of the typeface (ISO 32000-1,
9.10.3, ToUnicode); for a ligature that is a code point that nobody types.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from functools import cache

import pikepdf
from pikepdf import Dictionary

from reader.resources import resource

_SHAPES = ((0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
"""Presentation forms of Latin, Armenian, Hebrew and Arabic letters."""

_TAB = 9

_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> (?:<([0-9A-F]{4})>|\[([^\]]*)\])")
_CODE = re.compile(rb"<([0-9A-F]+)>")


@cache
def given_letters() -> dict[int, str]:
    """Return the letters of the private code points that tools/encode_glyphs.py gave."""
    lines = resource("fonts", "letters.txt").read_text("ascii").splitlines()
    rows = ([int(code, 16) for code in line.split()] for line in lines)
    return {code: "".join(map(chr, letters)) for code, *letters in rows}


def repair_letters(pdf: pikepdf.Pdf) -> None:
    """Map every ligature to its letters, so that words with one can be found and copied."""
    for font in pdf.objects:
        if isinstance(font, Dictionary) and "/ToUnicode" in font:
            text = font.ToUnicode.read_bytes()
            repaired = _RANGE.sub(_spelt, text)
            if repaired != text:
                font.ToUnicode.write(repaired)


def _spelt(match: re.Match[bytes]) -> bytes:
    """Return a line of a ToUnicode map with letters instead of ligatures (ISO 32000-1, 9.10.3)."""
    first, last = int(match[1], 16), int(match[2], 16)
    if match[3] is None:
        codes = [int(code, 16) for code in _CODE.findall(match[4])]
    else:
        codes = [int(match[3], 16) + step for step in range(last - first + 1)]
    if not any(map(_letters_of, codes)):
        return match[0]
    return b"<%04X> <%04X> [%s]" % (first, last, b" ".join(_letters(codes)))


def _letters(codes: Sequence[int]) -> Iterator[bytes]:
    for code in codes:
        text = _letters_of(code)
        yield b"<%s>" % (
            text.encode("utf-16-be").hex().upper().encode() if text else b"%04X" % code
        )


def _letters_of(code: int) -> str:
    """Return the letters of a glyph that has none of its own, ``""`` if the code is its letter."""
    if given := given_letters().get(code):
        return given
    if code == _TAB:
        return " "  # the same glyph; Qt uses the first code point it finds
    shaped = any(first <= code <= last for first, last in _SHAPES)
    return unicodedata.normalize("NFKC", chr(code)).strip() if shaped else ""


def codes_of(font: pikepdf.Object) -> dict[bytes, str]:
    """Return the text of each glyph of a font by its code as four hexadecimal digits."""
    codes: dict[bytes, str] = {}
    for first, last, one, several in _RANGE.findall(font.ToUnicode.read_bytes()):
        start = int(first, 16)
        texts = _CODE.findall(several) or [
            b"%04X" % (int(one, 16) + step) for step in range(int(last, 16) - start + 1)
        ]
        for step, code in enumerate(texts):
            codes[b"%04X" % (start + step)] = bytes.fromhex(code.decode()).decode("utf-16-be")
    return codes
