"""The glyphs of a PDF have their letters."""

import unicodedata
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from tests.printing.pdf import gsub

from reader.printing.pdf.tounicode import codes_of, given_letters, repair_letters
from reader.resources import resource

_FONTS = sorted(resource("fonts").glob("*.ttf"))


def _mapped(line: str) -> dict[bytes, str]:
    """Return what the glyphs of a font say after its map was repaired."""
    with pikepdf.new() as pdf:
        said = f"1 beginbfrange\n{line}\nendbfrange\n".encode()
        font = pdf.make_indirect(pikepdf.Dictionary(ToUnicode=pdf.make_stream(said)))
        repair_letters(pdf)
        return codes_of(font)


@pytest.mark.parametrize(
    ("line", "letters"),
    [
        ("<0001> <0003> <0041>", "A B C"),
        ("<0001> <0003> [<0041> <FB01> <0042>]", "A fi B"),
        ("<0001> <0003> <FB00>", "ff fi fl"),
        ("<0001> <0002> [<0009> <0041>]", " |A"),
        ("<0001> <0002> [<FE8D> <FEFB>]", "ا لا"),
        ("<0001> <0001> [<FB4F>]", "אל"),
        ("<0001> <0002> [<2460> <FB06>]", "① st"),
    ],
    ids=["plain", "in a list", "in a range", "a tab", "Arabic", "Hebrew", "other compatibility"],
)
def test_glyphs_say_their_letters(line: str, letters: str) -> None:
    wanted = letters.split("|") if "|" in letters else letters.split(" ")
    assert list(_mapped(line).values()) == wanted
    assert list(_mapped(line)) == [b"%04X" % n for n in range(1, len(wanted) + 1)]


def test_every_private_code_point_says_its_letters() -> None:
    assert given_letters()
    for code, letters in given_letters().items():
        assert _mapped(f"<0007> <0007> [<{code:04X}>]") == {b"0007": letters}


def _is_private(code: int) -> bool:
    return unicodedata.category(chr(code)) == "Co"


@pytest.mark.parametrize("file", _FONTS, ids=lambda file: file.stem)
def test_every_glyph_that_can_be_painted_says_its_letters(file: Path) -> None:
    """Qt names a glyph by its first code point of four digits; without one it would be lost."""
    codes = sorted(gsub.characters(file).items())
    letters = {glyph: chr(code) for code, glyph in codes if not _is_private(code)}
    named: dict[int, int] = {}
    for code, glyph in codes:
        if code <= 0xFFFF:
            named.setdefault(glyph, code)
    wanted = {glyph: said for glyph, said in gsub.reachable(file, letters).items() if any(said)}
    assert len(wanted) > len(letters), "no substitution was found: the test proves nothing"
    unnamed = [glyph for glyph in wanted if _is_private(named.get(glyph, 0xE000))]
    wrong = [
        (glyph, wanted[glyph])
        for glyph in unnamed
        if given_letters().get(named.get(glyph, 0)) not in wanted[glyph]
    ]
    assert unnamed
    assert wrong == []


@pytest.mark.parametrize("file", _FONTS, ids=lambda file: file.stem)
def test_every_character_has_a_glyph_of_its_own(file: Path) -> None:
    """Else "’" would be copied as "ʼ", whose glyph it shared."""
    codes = gsub.characters(file)
    shared = Counter(glyph for code, glyph in codes.items() if not _is_private(code))
    wrong = [f"{code:04X}" for code, glyph in codes.items() if shared[glyph] > 1]
    assert wrong == []
