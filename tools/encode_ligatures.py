"""Give the ligatures of Literata code points, so that their letters can be found in a PDF.

Qt writes the character map entry of each glyph into a PDF; a glyph without a code point has none,
and "office" could neither be searched nor copied. The code point of a ligature is that of Unicode
if there is one, else one of the private use area. ``reader.printing.pdf.tounicode`` turns all of
them back into letters. Run once with fontTools after replacing the typeface:

    python tools/encode_ligatures.py resources/fonts/Literata-*.ttf
"""

import sys

from fontTools.ttLib import TTFont

CODES = {
    "ff": 0xFB00, "fi": 0xFB01, "fl": 0xFB02, "ffi": 0xFB03, "ffl": 0xFB04,
    "Th": 0xEEA0, "fb": 0xEEA1, "fh": 0xEEA2, "fk": 0xEEA3, "ft": 0xEEA4,
    "ffb": 0xEEA5, "ffk": 0xEEA6, "fft": 0xEEA7, "fí": 0xEEA8,
}  # fmt: skip


def encode(file: str) -> None:
    """Write the code points into the character maps of a font file."""
    font = TTFont(file)
    letters = {name: chr(code) for code, name in font.getBestCmap().items()}
    names = {}
    for lookup in font["GSUB"].table.LookupList.Lookup:
        for table in lookup.SubTable:
            table = getattr(table, "ExtSubTable", table)
            for first, ligatures in getattr(table, "ligatures", {}).items():
                for each in ligatures:
                    said = "".join(letters.get(x, "?") for x in (first, *each.Component))
                    if said in CODES:
                        names.setdefault(said, each.LigGlyph)
    for said, glyph in names.items():
        for table in font["cmap"].tables:
            if table.isUnicode() and CODES[said] <= 0xFFFF:
                table.cmap.setdefault(CODES[said], glyph)
    font.save(file)


for each in sys.argv[1:]:
    encode(each)
