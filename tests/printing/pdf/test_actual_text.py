"""A PDF says every letter as it was written."""

import re
import unicodedata
from collections import Counter
from html import escape
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QFontDatabase
from tests.printing.conftest import MakeArticle, MakeBook, text_of, write
from tests.printing.pdf import gsub
from tests.printing.reading import glyphs

from reader.printing.pdf.actual_text import PLAIN
from reader.resources import resource
from reader.sheet import Sheet

_PLAIN = [
    char for char in map(chr, range(0x10000)) if re.match(f"[{PLAIN}]", char) and char.isprintable()
]
_DOTTED = "i\u0307"  # the typefaces make another glyph of it


def _said(file: Path) -> str:
    return "".join(each.said for each in glyphs(file))


def _spans(file: Path) -> int:
    """Return how many texts stand for glyphs; Qt writes empty ones for what it paints twice."""
    with pikepdf.open(file) as pdf:
        return sum(page.Contents.read_bytes().count(b"/ActualText <FEFF") for page in pdf.pages)


@pytest.mark.parametrize(
    "file", sorted(resource("fonts").glob("*.ttf")), ids=lambda file: file.stem
)
def test_every_typeface_has_the_plain_characters(file: Path) -> None:
    """Else another font of the computer would paint them, and nobody knows what it says."""
    own = {*map(chr, gsub.characters(file))}
    if file.stem.startswith("Atkinson"):  # which the bundled sans stands behind
        own |= {*map(chr, gsub.characters(resource("fonts") / "Inter-Regular.ttf"))}
    assert len(_PLAIN) > 500
    assert {*_PLAIN} - own <= {"\xad", "\ufffc"}


@pytest.mark.parametrize("font", ["serif", "sans", "legible"])
def test_plain_characters_are_said_by_their_glyphs(
    article: MakeArticle, book: MakeBook, tmp_path: Path, font: str
) -> None:
    letters = "".join(each for each in _PLAIN if not each.isspace() and each != "\ufffc")
    said = escape(" ".join(letters[start : start + 9] for start in range(0, len(letters), 9)))
    faces = "<p>{0}</p><p><b>{0}</b></p><p><i>{0}</i></p><p><b><i>{0}</i></b></p><pre>{1}</pre>"
    html = faces.format(said, said.replace(" ", "\n"))
    write(book(article(html=html), sheet=Sheet(font=font)), tmp_path / "a.pdf")
    assert not _spans(tmp_path / "a.pdf")
    counted = Counter(_said(tmp_path / "a.pdf"))
    assert [each for each in letters if counted[each] < 5] == []
    assert not [each for each in counted if each.isprintable() and each not in _PLAIN]


def test_a_line_that_its_glyphs_do_not_say_is_said_as_it_was_written(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article(f"## A {_DOTTED} head\n\nA word{_DOTTED}s line.\n\nA plain one.")
    for tagged in (False, True):
        write(book(made, sheet=Sheet(tagged=tagged)), tmp_path / "a.pdf")
        said = _said(tmp_path / "a.pdf")
        assert f"A {_DOTTED} head" in said
        assert f"A word{_DOTTED}s line." in said
        assert "A plain one." in said
        assert _spans(tmp_path / "a.pdf") == 2


def test_what_stands_at_the_edges_is_said_as_it_was_written(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article("word " * 2000, title=f"T{_DOTTED}tle")), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pages = len(pdf.pages)
    assert pages > 1
    assert _said(tmp_path / "a.pdf").count(f"T{_DOTTED}tle") == pages


@pytest.mark.parametrize("tagged", [False, True])
def test_no_mark_of_a_text_is_left_and_spans_are_within_tags(
    article: MakeArticle, book: MakeBook, tmp_path: Path, tagged: bool
) -> None:
    text = f"{_DOTTED} [link {_DOTTED}](https://example.org) extraordinary **{_DOTTED}** " * 60
    sheet = Sheet(tagged=tagged, columns=3, justified=True, hyphenated=True)
    write(book(article(f"{text}\n\n- {text}"), sheet=sheet), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        for page in pdf.pages:
            open_ones: list[str] = []
            states = 0
            for each in pikepdf.parse_content_stream(page):
                assert isinstance(each, pikepdf.ContentStreamInstruction)
                name, operands = str(each.operator), each.operands
                assert not (name == "m" and float(operands[1]) < -70_000)
                states += {"q": 1, "Q": -1}.get(name, 0)
                assert states >= 0
                if name in ("BDC", "BMC"):
                    open_ones.append(str(operands[0]))
                    assert "/Span" not in open_ones[:-1], "a Span holds nothing but glyphs"
                elif name == "EMC":
                    open_ones.pop()
            assert open_ones == []
            assert states == 0


def test_a_divided_word_is_heard_whole(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    words = "internationalisation communication responsibility well-known " * 30
    sheet = Sheet(columns=3, justified=True, hyphenated=True, tagged=True)
    write(book(article(words), sheet=sheet), tmp_path / "a.pdf")
    said = _said(tmp_path / "a.pdf")
    assert "\xad" in said, "nothing was divided: the test proves nothing"
    assert said.replace("\xad", "").count("internationalisation") == 30
    assert said.count("-") == 30


# ---- from right to left, with a font of this computer

_ARABIC = (
    "السلام عليكم ورحمة الله. لا إله إلا الله. الأولاد في المدرسة.",
    "كتب (John Smith) في عام 2023 أن 45 من الناس يحبون القراءة.",
)


def _has(system: QFontDatabase.WritingSystem) -> bool:
    return bool(QFontDatabase.families(system))


@pytest.mark.parametrize("tagged", [False, True])
def test_words_from_right_to_left_are_found_in_order(
    article: MakeArticle, book: MakeBook, tmp_path: Path, tagged: bool
) -> None:
    made = article("\n\n".join(_ARABIC))
    laid_out = book(made, sheet=Sheet(tagged=tagged))
    if not _has(QFontDatabase.WritingSystem.Arabic):
        pytest.skip("no font with Arabic letters is installed")
    write(laid_out, tmp_path / "a.pdf")
    for options in ((), ("-raw",)):
        text = text_of(tmp_path / "a.pdf", *options)
        found = "".join(each for each in text if unicodedata.category(each) != "Cf")
        words = re.findall(r"\w+", " ".join(_ARABIC))
        assert [word for word in words if word not in found] == []
    at = 0
    for word in re.findall(r"\w+", _ARABIC[1]):  # of -raw: in the order of painting
        assert (at := found.find(word, at)) >= 0, word
