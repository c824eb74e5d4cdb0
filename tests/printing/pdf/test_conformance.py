"""A file says that it follows PDF/UA-1 or PDF/A-3b if it does, and not otherwise."""

from collections.abc import Callable
from pathlib import Path

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name
from tests.printing.conftest import MakeArticle, MakeBook, write

from reader.printing.pdf.conformance import inaccessible, seen_in, unarchivable
from reader.printing.pdf.flaws import Flaw
from reader.reasons import Reason
from reader.sheet import Imposition, Sheet

_TEXT = "Some *words* and [a link](https://example.org/).\n\n- one\n"


def _claims(file: Path) -> tuple[str | None, str | None]:
    with pikepdf.open(file) as pdf, pdf.open_metadata() as metadata:
        return metadata.get("pdfuaid:part"), metadata.get("pdfaid:part")


@pytest.mark.parametrize("archived", [False, True])
@pytest.mark.parametrize("tagged", [False, True])
def test_a_file_claims_what_was_asked_for(
    article: MakeArticle, book: MakeBook, tmp_path: Path, *, tagged: bool, archived: bool
) -> None:
    made = book(article(_TEXT), sheet=Sheet(tagged=tagged, archived=archived))
    write(made, tmp_path / "a.pdf")
    assert made.remarks == ()
    assert _claims(tmp_path / "a.pdf") == ("1" if tagged else None, "3" if archived else None)
    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_metadata() as metadata:
        assert metadata.get("pdfaid:conformance") == ("B" if archived else None)


def test_a_letter_of_no_typeface_takes_the_claims_away_and_the_reason_is_told(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = book(article("x \U000f1234 y"), sheet=Sheet(tagged=True, archived=True))
    write(made, tmp_path / "a.pdf")
    assert _claims(tmp_path / "a.pdf") == (None, None)
    told = {remark.reason: remark.text for remark in made.remarks}
    assert told == {
        Reason.NOT_ACCESSIBLE: Flaw.SIGN.value, Reason.NOT_FOR_ARCHIVES: Flaw.SIGN.value
    }  # fmt: skip


def test_booklets_to_be_folded_claim_nothing_for_screen_readers(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    sheet = Sheet(tagged=True, archived=True, imposition=Imposition.FOLDED)
    write(book(article(_TEXT), sheet=sheet), tmp_path / "a.pdf")
    assert _claims(tmp_path / "a.pdf") == (None, "3")


def _paint(pdf: pikepdf.Pdf, more: bytes) -> None:
    page = pdf.pages[0].obj
    page.Contents = pdf.make_stream(page.Contents.read_bytes() + more)


def _font(pdf: pikepdf.Pdf) -> pikepdf.Object:
    fonts = pdf.pages[0].obj.Resources.Font
    return fonts[next(iter(fonts.keys()))]


_LINK = Dictionary(S=Name.JavaScript, JS="x")
_NESTED = b"/P <</MCID 0>> BDC\n/Span <</ActualText <FEFF>>> BDC\n%sEMC\n%sEMC\n%s"
_FILL = b"0 0 9 9 re\nf\n"
_DAMAGE: dict[str, tuple[set[Flaw], set[Flaw], Callable[[pikepdf.Pdf], object]]] = {
    "painted outside": ({Flaw.UNTAGGED}, set(), lambda pdf: _paint(pdf, _FILL)),
    "painted in a span": (set(), set(), lambda pdf: _paint(pdf, _NESTED % (_FILL, b"", b""))),
    "painted after a span": (set(), set(), lambda pdf: _paint(pdf, _NESTED % (b"", _FILL, b""))),
    "painted after both": (
        {Flaw.UNTAGGED}, set(), lambda pdf: _paint(pdf, _NESTED % (b"", b"", _FILL))
    ),
    "painted between": (
        {Flaw.UNTAGGED}, set(), lambda pdf: _paint(pdf, _FILL + _NESTED % (b"", b"", b"")),
    ),
    "no glyph": (
        {Flaw.SIGN}, {Flaw.SIGN},
        lambda pdf: _paint(pdf, b"/P <</MCID 0>> BDC\nBT\n<0000> Tj\nET\nEMC\n"),
    ),
    "no title": ({Flaw.TITLE}, set(), lambda pdf: pdf.docinfo.__delitem__("/Title")),
    "no language": ({Flaw.LANGUAGE}, set(), lambda pdf: pdf.Root.__delitem__("/Lang")),
    "title unseen": ({Flaw.TITLE}, set(), lambda pdf: pdf.Root.__delitem__("/ViewerPreferences")),
    "no order": ({Flaw.ORDER}, set(), lambda pdf: pdf.pages[0].obj.__delitem__("/Tabs")),
    "unsaid": ({Flaw.LINK}, set(), lambda pdf: pdf.pages[0].Annots[0].__delitem__("/Contents")),
    "no map": ({Flaw.SIGN}, {Flaw.SIGN}, lambda pdf: _font(pdf).__delitem__("/ToUnicode")),
    "not embedded": (
        {Flaw.FONT}, {Flaw.FONT},
        lambda pdf: _font(pdf).DescendantFonts[0].FontDescriptor.__delitem__("/FontFile2"),
    ),
    "other widths": (
        {Flaw.FONT}, {Flaw.FONT},
        lambda pdf: _font(pdf).DescendantFonts[0].__setitem__("/W", Array([0, Array([1, 1])])),
    ),
    "no colours": (set(), {Flaw.COLOUR}, lambda pdf: pdf.Root.__delitem__("/OutputIntents")),
    "not printed": (set(), {Flaw.LINK}, lambda pdf: pdf.pages[0].Annots[0].__delitem__("/F")),
    "hidden": (set(), {Flaw.LINK}, lambda pdf: pdf.pages[0].Annots[0].__setitem__("/F", 6)),
    "a script": (set(), {Flaw.ACTION}, lambda pdf: pdf.pages[0].Annots[0].__setitem__("/A", _LINK)),
    "opens": (set(), {Flaw.ACTION}, lambda pdf: pdf.Root.__setitem__("/OpenAction", _LINK)),
    "not joined": (set(), {Flaw.ATTACHMENT}, lambda pdf: pdf.Root.__delitem__("/AF")),
    "a long address": (
        set(), {Flaw.LENGTH},
        lambda pdf: pdf.pages[0].Annots[0].A.__setitem__("/URI", "https://" + "a" * 40_000),
    ),
    "a long page": (
        set(), {Flaw.LENGTH},
        lambda pdf: pdf.pages[0].obj.__setitem__("/MediaBox", Array([0, 0, 100, 20_000])),
    ),
}  # fmt: skip


def _found(pdf: pikepdf.Pdf) -> tuple[set[Flaw], set[Flaw]]:
    seen = seen_in(pdf)
    return inaccessible(pdf, seen), unarchivable(pdf, seen)


def test_whatever_breaks_a_point_is_told(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article(_TEXT), sheet=Sheet(tagged=True, archived=True)), tmp_path / "a.pdf")
    for name, (unheard, lost, damage) in _DAMAGE.items():
        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            assert _found(pdf) == (set(), set())
            damage(pdf)
            assert _found(pdf) == (unheard, lost), name
