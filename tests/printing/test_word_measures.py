"""The width of a line is the sum of its words and spaces."""

import pytest

from reader.body.blocks import Paragraph, Style, Text
from reader.document.build import Document
from reader.document.hyphenation import SOFT_HYPHEN
from reader.document.images import Pictures
from reader.printing.piece import DPI
from reader.printing.sheets import look_of
from reader.printing.total_fit import Kind
from reader.printing.word_measures import NEVER, Face
from reader.sheet import Sheet


@pytest.fixture
def document(pictures: Pictures) -> Document:
    made = Document(look_of(Sheet()), pictures, on_paper=True)
    made.set_zoom(DPI / 96)
    made.lay_out(1e6)
    return made


def _face(document: Document, style: Style = Style.PLAIN, *, hangs: bool = False) -> Face:
    device = document.documentLayout().paintDevice()
    return Face(document.formats.run(style), device, hangs=hangs)


@pytest.mark.parametrize("style", [*Style])
def test_a_line_is_as_wide_as_its_words_and_spaces(document: Document, style: Style) -> None:
    text = "Typography of\xadfi\xadces waffle, AVATAR “To” 2,026 naïve\xa0words fin. 𝐚 Été"
    document.grow(iter([Paragraph((Text(text, style),))]))
    face = _face(document, style)
    width = sum(face.word(word).width for word in text.split(" ")) + face.space * text.count(" ")
    line = document.firstBlock().layout().lineAt(0)
    assert line.naturalTextWidth() == pytest.approx(width, abs=12)  # the last letter may stand out


def test_words_are_divided_at_soft_hyphens_and_after_hyphens(document: Document) -> None:
    face = _face(document)
    word = f"inter{SOFT_HYPHEN}national-minded"
    first, second = face.inner(word)
    assert (first.kind, second.kind) == (Kind.DIVISION, Kind.HYPHEN)
    assert (first.units, second.units) == (6, 15)
    assert first.end == pytest.approx(face.word("inter").width + face.word("-").width, abs=8)
    assert first.start == pytest.approx(face.word("inter").width, abs=8)
    assert first.penalty > second.penalty
    assert face.word(word).inner == (second,)
    assert face.inner("1914-1918") == face.inner("-x") == ()


def test_words_with_soft_hyphens_are_divisible(document: Document) -> None:
    face = _face(document)
    soft, whole = face.word(f"in{SOFT_HYPHEN}ter"), face.word("inter")
    assert (soft.divisible, whole.divisible) == (True, False)
    assert (soft.units, whole.units) == (6, 5)
    assert face.word(f"in{SOFT_HYPHEN}ter,").divisible


def test_units_are_those_of_utf_16(document: Document) -> None:
    assert _face(document).word("𝐚b").units == 3


def test_signs_hang_out_by_a_part_of_their_width(document: Document) -> None:
    face = _face(document, hangs=True)
    for sign in ".,-":
        assert 0 < face.word(f"noon{sign}").hang < face.word(sign).width
    assert face.word("noon").hang == 0
    assert _face(document).word("noon.").hang == 0
    divided = face.inner(f"af{SOFT_HYPHEN}ter")
    assert divided[0].hang > 0


def test_signs_stay_with_the_word_before_a_space(document: Document) -> None:
    face = _face(document)
    assert [face.word(sign).first for sign in ("!", "?", "»", ":", ")")] == [NEVER] * 5
    assert [face.word(sign).last for sign in ("«", "(")] == [NEVER] * 2
    assert face.word("—").first > 0
    assert face.word("»Wort«").first == face.word("Wort!").first == face.word("«Mot»").last == 0


def test_spaces_within_a_word_are_counted_as_qt_stretches_them(document: Document) -> None:
    face = _face(document)
    assert [face.word(text).gaps for text in ("a\xa0b", "a\u2009\xa0b\u2002c", "ab")] == [1, 2, 0]
