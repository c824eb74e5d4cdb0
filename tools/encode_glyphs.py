"""Give every glyph of the typefaces a code point, so that its letters can be found in a PDF.

Qt writes into a PDF the first code point of each glyph in the character map. A ligature, or the
narrow dollar of a bold type, has none, and two code points with one glyph ("’" and "ʼ") cannot be
told apart. This gives each glyph that the substitutions (GSUB) can reach a code point of the
private use area, and each code point a glyph of its own; the letters of the private code points
go to ``letters.txt`` beside the fonts, which ``reader.printing.pdf.tounicode`` reads. Code points
that were given stay, so running it again changes nothing, and a new typeface changes no other. Run
with fontTools after adding or replacing a typeface:

    python tools/encode_glyphs.py resources/fonts/*.ttf
"""

import copy
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from fontTools import agl
from fontTools.ttLib import TTFont

FIRST, LAST = 0xE800, 0xE9FF
"""The private code points that are given; no typeface may use them."""

_BASIC_PLANE = 0xFFFF  # Qt names no glyph by a higher code point
_ALL_PLANES = 12  # the format of a character map

FEATURES = frozenset(
    "rvrn ltra ltrm rtla rtlm frac numr dnom ccmp locl rlig liga clig rclt".split()
)
"""The features that HarfBuzz applies unasked, ``frac`` and its parts beside a fraction slash.

``calt`` is not among them, since ``reader.document.fonts`` turns it off.
"""


def encode(files: list[Path], given: dict[tuple[str, int], int]) -> dict[int, str]:
    """Write the code points into font files; return the letters of the private ones.

    ``given`` are those of an earlier run, by their letters and a number.
    """
    fonts = {file: TTFont(file, recalcTimestamp=False) for file in files}
    wanted = {}
    for file, font in fonts.items():
        part(font)
        wanted[file] = without_code(font)
        forget(font, {*wanted[file].values()})
    keys = {key for glyphs in wanted.values() for key in glyphs}
    free = (code for code in range(FIRST, LAST + 1) if code not in given.values())
    codes = given | dict(zip(sorted(keys - {*given}), free, strict=False))
    for file, font in fonts.items():
        for key, glyph in wanted[file].items():
            add(font, codes[key], glyph)
        font.save(file)
    return {code: letters for (letters, _), code in sorted(codes.items(), key=lambda pair: pair[1])}


def read(file: Path) -> dict[tuple[str, int], int]:
    """Return the code points that an earlier run wrote, by their letters and a number."""
    seen: Counter[str] = Counter()
    found = {}
    for line in file.read_text("ascii").splitlines() if file.exists() else ():
        code, *letters = (int(number, 16) for number in line.split())
        text = "".join(map(chr, letters))
        found[text, seen[text]] = code
        seen[text] += 1
    return found


def forget(font: TTFont, glyphs: set[str]) -> None:
    """Remove the private code points of some glyphs, and those of an earlier run."""
    for table in font["cmap"].tables:
        for code, glyph in [*table.cmap.items()]:
            if FIRST <= code <= LAST or (is_private(code) and glyph in glyphs):
                del table.cmap[code]


def add(font: TTFont, code: int, glyph: str) -> None:
    """Set the glyph of a code point."""
    for table in font["cmap"].tables:
        if table.isUnicode() and (code <= _BASIC_PLANE or table.format == _ALL_PLANES):
            table.cmap[code] = glyph


def part(font: TTFont) -> None:
    """Give each code point a glyph of its own: copies for all but that of the glyph's name."""
    shared: dict[str, list[int]] = {}
    for code, glyph in sorted(font.getBestCmap().items()):
        shared.setdefault(glyph, []).append(code)
    for glyph, codes in shared.items():
        named = agl.toUnicode(glyph)
        codes.sort(key=lambda code: (is_private(code), chr(code) != named, code))
        for code in codes[1:]:
            if not is_private(code):
                add(font, code, copied(font, glyph, f"{glyph}.u{code:04X}"))


def copied(font: TTFont, glyph: str, name: str) -> str:
    """Return the name of a new glyph that looks like another one."""
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"].glyphs[name] = copy.deepcopy(font["glyf"][glyph])
    font["glyf"].glyphOrder = font.getGlyphOrder()
    for table in ("hmtx", "vmtx"):
        if table in font:
            font[table].metrics[name] = font[table].metrics[glyph]
    return name


def is_private(code: int) -> bool:
    """Return whether a code point has no meaning by Unicode."""
    return unicodedata.category(chr(code)) == "Co"


def without_code(font: TTFont) -> dict[tuple[str, int], str]:
    """Return the reachable glyphs that Qt could not name, by their letters and a number.

    The number tells glyphs of a font with the same letters apart.
    """
    public = {code: glyph for code, glyph in font.getBestCmap().items() if not is_private(code)}
    letters = {glyph: chr(code) for code, glyph in public.items()}
    named = {glyph for code, glyph in public.items() if code <= _BASIC_PLANE}
    while any(reach(table, letters) for table in substitutions(font)):
        pass
    seen: Counter[str] = Counter()
    found = {}
    for glyph in font.getGlyphOrder():
        if glyph not in named and letters.get(glyph):
            found[letters[glyph], seen[letters[glyph]]] = glyph
            seen[letters[glyph]] += 1
    return found


def reach(table: object, letters: dict[str, str]) -> bool:
    """Note the letters of the glyphs that a substitution makes; return whether any is new."""
    new = {}
    for before, after in rules(table):
        if all(glyph in letters for glyph in before):
            said = "".join(letters[glyph] for glyph in before)
            new |= {glyph: said if n == 0 else "" for n, glyph in enumerate(after)}
    fresh = {glyph: said for glyph, said in new.items() if glyph not in letters}
    letters |= fresh
    return bool(fresh)


def rules(table: object) -> list[tuple[tuple[str, ...], list[str]]]:
    """Return the glyphs before and after each rule of a substitution that names both."""
    if table.LookupType == 1:
        return [((glyph,), [new]) for glyph, new in table.mapping.items()]
    if table.LookupType == 2:
        return [((glyph,), new) for glyph, new in table.mapping.items()]
    if table.LookupType == 4:
        return [
            ((first, *each.Component), [each.LigGlyph])
            for first, ligatures in table.ligatures.items()
            for each in ligatures
        ]
    return []


def substitutions(font: TTFont) -> list[object]:
    """Return the substitutions of the features, and those that their contexts apply."""
    gsub = font["GSUB"].table
    lookups = [
        index
        for record in gsub.FeatureList.FeatureRecord
        if record.FeatureTag in FEATURES
        for index in record.Feature.LookupListIndex
    ]
    tables = {}
    while lookups:
        index = lookups.pop()
        if index not in tables:
            listed = gsub.LookupList.Lookup[index].SubTable
            tables[index] = [getattr(table, "ExtSubTable", table) for table in listed]
            lookups += [inner for table in tables[index] for inner in inside(table)]
    return [table for index in sorted(tables) for table in tables[index]]


def inside(part: object) -> list[int]:
    """Return the substitutions that a context applies."""
    if isinstance(part, list):
        return [index for each in part for index in inside(each)]
    if type(part).__name__ == "SubstLookupRecord":
        return [part.LookupListIndex]
    return inside(list(vars(part).values())) if hasattr(part, "__dict__") else []


def main() -> None:
    """Encode the fonts of the command line and write their letters beside them."""
    files = [Path(file) for file in sys.argv[1:]]
    letters_of_codes = files[0].with_name("letters.txt")
    lines = [
        f"{code:04X} {' '.join(f'{ord(letter):04X}' for letter in letters)}\n"
        for code, letters in encode(files, read(letters_of_codes)).items()
    ]
    letters_of_codes.write_text("".join(lines), "ascii")


if __name__ == "__main__":
    main()
