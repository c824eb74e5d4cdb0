"""The fonts of a PDF: named as subsets are, and whether all of them lasts and is readable."""

import struct
from collections.abc import Iterator

import pikepdf
from pikepdf import Dictionary, Name

from reader.printing.pdf.flaws import Flaw
from reader.printing.pdf.tounicode import codes_of

_WIDTH = 1.0  # the greatest difference in thousandths of an em (ISO 19005-3, 6.2.11.5)
_DESCENDANTS = (Name.CIDFontType0, Name.CIDFontType2)
_WORDLESS = ("\0", "\ufeff", "\ufffe")


def name_subsets(pdf: pikepdf.Pdf) -> None:
    """Give fonts the names of subsets, a tag before each (ISO 32000-1, 9.6.4).

    The sets of glyphs that Qt writes are left out: they are not asked for, and hold one too many.
    """
    for font in fonts_of(pdf):
        inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
        described = inner.get("/FontDescriptor")
        if described is not None:
            font.BaseFont = inner.BaseFont = described.FontName
            if "/CIDSet" in described:
                del described.CIDSet


def fonts_of(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield all fonts that pages use by name."""
    for each in pdf.objects:
        is_font = isinstance(each, Dictionary) and each.get("/Type") == Name.Font
        if is_font and each.get("/Subtype") not in _DESCENDANTS:
            yield each


def font_flaws(pdf: pikepdf.Pdf) -> set[Flaw]:
    """Return the flaws of the fonts of a file for PDF/UA (7.21) and PDF/A (6.2.11)."""
    return {flaw for font in fonts_of(pdf) for flaw in _flaws(font)}


def _flaws(font: pikepdf.Object) -> Iterator[Flaw]:
    inner = font.DescendantFonts[0] if "/DescendantFonts" in font else font
    described = inner.get("/FontDescriptor", Dictionary())
    program = described.get("/FontFile2")
    if program is None or inner.get("/CIDToGIDMap") is None:
        yield Flaw.FONT
        return
    widths = _widths(program.read_bytes())
    if any(
        abs(one - other) > _WIDTH
        for one, other in zip(widths, _said(inner, len(widths)), strict=True)
    ):
        yield Flaw.FONT
    codes = codes_of(font) if "/ToUnicode" in font else {}
    every = (codes.get(b"%04X" % code, "\0") for code in range(1, len(widths)))
    if any(not text or text[0] in _WORDLESS for text in every):
        yield Flaw.SIGN


def _said(font: pikepdf.Object, count: int) -> list[float]:
    """Return the widths of glyphs as a PDF has them (ISO 32000-1, 9.7.4.3)."""
    widths = [float(font.get("/DW", 1000))] * count
    runs = [*font.get("/W", ())]
    while runs:
        first, following = int(runs.pop(0)), runs.pop(0)
        if isinstance(following, pikepdf.Array):
            widths[first : first + len(following)] = map(float, following)
        else:
            width = float(runs.pop(0))
            widths[first : int(following) + 1] = [width] * (int(following) + 1 - first)
    return widths[:count]


def _widths(program: bytes) -> list[float]:
    """Return the widths of glyphs in a TrueType font, in thousandths of an em (OpenType 1.9)."""
    (tables,) = struct.unpack_from(">H", program, 4)
    found = {}
    for index in range(tables):
        name, _, start, _ = struct.unpack_from(">4sIII", program, 12 + 16 * index)
        found[name] = start
    (em,) = struct.unpack_from(">H", program, found[b"head"] + 18)
    (glyphs,) = struct.unpack_from(">H", program, found[b"maxp"] + 4)
    (count,) = struct.unpack_from(">H", program, found[b"hhea"] + 34)
    widths = [
        struct.unpack_from(">H", program, found[b"hmtx"] + 4 * each)[0] for each in range(count)
    ]
    widths += widths[-1:] * (glyphs - count)
    return [width * 1000 / em for width in widths]
