"""Repair the ToUnicode maps of a PDF: letters for ligatures and for shaped glyphs.

Qt writes one code point for each glyph, taken from the character map of the typeface (ISO 32000-1,
9.10.3, ToUnicode); for a ligature that is a code point that nobody types.
"""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import cache

import pikepdf
from pikepdf import Dictionary

from reader.resources import resource

_SHAPES = ((0xFB00, 0xFB4F), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC))
"""Presentation forms of Latin, Armenian, Hebrew and Arabic letters."""

_TAB = 9
_NO_CODE = -1
_BLOCK = 100  # lines

_RANGE = re.compile(rb"<(\w{4})> <(\w{4})> (?:<(\w{4})>|\[([^\]]*)\])")
_RANGES = re.compile(rb"\d+ beginbfrange\n.*endbfrange\n", re.DOTALL)
_CODE = re.compile(rb"<(\w+)>")


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
            said = codes_of(font)
            set_letters(font, {code: _letters_of(ord(one)) for code, one in said.items() if one})


def set_letters(font: pikepdf.Object, letters: Mapping[bytes, str]) -> None:
    """Set the letters of glyphs of a font, by their codes; ``""`` leaves a glyph as it is."""
    new = {code: text for code, text in letters.items() if text}
    if new:
        lines = [*_lines(codes_of(font) | new)]
        blocks = [lines[start : start + _BLOCK] for start in range(0, len(lines), _BLOCK)]
        whole = b"".join(
            b"%d beginbfrange\n%sendbfrange\n" % (len(block), b"".join(block)) for block in blocks
        )
        text = font.ToUnicode.read_bytes()
        font.ToUnicode.write(_RANGES.sub(lambda _: whole, text))


def _lines(letters: Mapping[bytes, str]) -> Iterator[bytes]:
    """Yield the lines of a ToUnicode map; codes of a line have the same first byte."""
    row: list[int] = []
    for code in [*sorted(int(code, 16) for code in letters), _NO_CODE]:
        if row and (code != row[-1] + 1 or code % 256 == 0):
            said = (letters[b"%04X" % each].encode("utf-16-be").hex() for each in row)
            listed = " ".join(f"<{each.upper()}>" for each in said).encode()
            yield b"<%04X> <%04X> [%s]\n" % (row[0], row[-1], listed)
            row = []
        row.append(code)


def _letters_of(code: int) -> str:
    """Return the letters of a glyph that has none of its own, ``""`` if the code is its letter."""
    if given := given_letters().get(code):
        return given
    if code == _TAB:
        return " "  # the same glyph; Qt uses the first code point it finds
    shaped = any(first <= code <= last for first, last in _SHAPES)
    return unicodedata.normalize("NFKC", chr(code)).strip() if shaped else ""


def codes_of(font: pikepdf.Object) -> dict[bytes, str]:
    """Return the text of each glyph of a font by its code, as in ``Tj``: four digits of base 16."""
    codes: dict[bytes, str] = {}
    for line in _RANGE.finditer(font.ToUnicode.read_bytes()):
        codes |= _said(line)
    return codes


def _said(line: re.Match[bytes]) -> dict[bytes, str]:
    """Return the text of each glyph of a line."""
    first, last = int(line[1], 16), int(line[2], 16)
    texts = _CODE.findall(line[4] or b"") or [
        b"%04X" % (int(line[3], 16) + step) for step in range(last - first + 1)
    ]
    return {
        b"%04X" % code: bytes.fromhex(text.decode()).decode("utf-16-be", "replace")
        for code, text in enumerate(texts, first)
    }
