"""Glyphs learn their letters from the words that they paint."""

from collections.abc import Iterator

import pikepdf
import pytest

from reader.printing.pdf.glyph_letters import GlyphLetters, learn
from reader.printing.pdf.tounicode import codes_of

_SHAPED = "السلام"  # the lam-alef of many fonts is a glyph without a code point


@pytest.fixture
def pdf() -> Iterator[pikepdf.Pdf]:
    with pikepdf.new() as made:
        yield made


def _font(pdf: pikepdf.Pdf, letters: str) -> pikepdf.Object:
    """Return a font whose glyphs from 1 on say letters; those of "?" are missing in its map."""
    lines = "".join(
        f"<{code:04X}> <{code:04X}> [<{letter.encode('utf-16-be').hex().upper()}>]\n"
        for code, letter in enumerate(letters, 1)
        if letter != "?"
    )
    said = f"9 beginbfrange\n<0000> <0000> <0000>\n{lines}endbfrange\n".encode()
    return pdf.make_indirect(pikepdf.Dictionary(ToUnicode=pdf.make_stream(said)))


def _learnt(font: pikepdf.Object, *lines: tuple[list[int], str]) -> dict[int, str]:
    """Return what the glyphs of a font say after some lines, each its glyphs and its text."""
    letters = GlyphLetters(font)
    for codes, text in lines:
        learn([(letters, [b"%04X" % code for code in codes])], text)
    letters.write()
    return {int(code, 16): said for code, said in codes_of(font).items() if code != b"0000"}


def test_a_glyph_without_letters_has_those_of_the_word_it_is_in(pdf: pikepdf.Pdf) -> None:
    known = _learnt(_font(pdf, "الس??م"), ([1, 2, 3, 4, 5, 6], _SHAPED))
    assert known == dict(enumerate(_SHAPED, 1))


def test_one_glyph_for_several_letters_has_them_as_they_are_seen(pdf: pikepdf.Pdf) -> None:
    """Readers turn around what goes from right to left, and so each glyph's letters."""
    known = _learnt(_font(pdf, "الس?م"), ([1, 2, 3, 4, 5], f"مدرسة {_SHAPED}"))
    assert known[4] == "ال", "the alef of lam-alef is on the left"


def test_one_glyph_for_several_letters_from_left_to_right_has_them_in_order(
    pdf: pikepdf.Pdf,
) -> None:
    assert _learnt(_font(pdf, "न?ा"), ([1, 2, 3], "नस्ता"))[2] == "स्त"


def test_an_ideograph_is_no_radical(pdf: pikepdf.Pdf) -> None:
    known = _learnt(_font(pdf, "中⺠⽇⽂"), ([1, 2, 3, 4], "in 中民日文 it"))
    assert "".join(known.values()) == "中民日文"


def test_letters_beyond_the_basic_plane_are_learnt(pdf: pikepdf.Pdf) -> None:
    assert _learnt(_font(pdf, "中?"), ([1, 2], "中𠮷"))[2] == "𠮷"


def test_a_word_that_is_known_is_not_taken_for_another(pdf: pikepdf.Pdf) -> None:
    font = GlyphLetters(_font(pdf, "ا?لد"))
    words = [(font, [b"0001", b"0002"]), (font, [b"0001", b"0003", b"0004"])]
    learn(words, "الد الله")
    assert font.of([b"0002"]) == ["لله"]


def test_what_fits_several_words_teaches_nothing(pdf: pikepdf.Pdf) -> None:
    known = _learnt(_font(pdf, "ا?"), ([1, 2], "اب ات"))
    assert known == {1: "ا", 2: "\ufffd"}, "and a map has no NUL"


def test_a_glyph_that_paints_a_plain_character_keeps_it(pdf: pikepdf.Pdf) -> None:
    assert _learnt(_font(pdf, "Aл"), ([1, 2], "Αл"))[1] == "A", "a Greek alpha, as a Latin A"


def test_the_first_letters_of_a_glyph_stay(pdf: pikepdf.Pdf) -> None:
    known = _learnt(_font(pdf, "中⽇"), ([1, 2], "中日"), ([1, 2], "中⽇"))
    assert known[2] == "日"


def test_a_missing_glyph_learns_nothing(pdf: pikepdf.Pdf) -> None:
    font = _font(pdf, "中")
    assert _learnt(font, ([1, 0, 0], "中日文")) == {1: "中"}
    assert codes_of(font)[b"0000"] == "\0"


def test_a_hopeless_line_is_given_up_at_once(pdf: pikepdf.Pdf) -> None:
    codes = [1, 2] * 200
    assert _learnt(_font(pdf, "あ?"), (codes, "あ" * 500 + "い"))[2] == "\ufffd"
