"""The glyphs of a PDF have their letters."""

import pikepdf
import pytest

from reader.printing.pdf.tounicode import LIGATURES, codes_of, repair_letters


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


def test_every_ligature_says_its_letters() -> None:
    for code, letters in LIGATURES.items():
        assert _mapped(f"<0007> <0007> [<{code:04X}>]") == {b"0007": letters}
