"""PDF: outline and links lead to the right place, and the file comes into being in one step."""

import gc
import re
import weakref
from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import Glyph, glyphs

from reader import __version__
from reader.errors import PrintError
from reader.printing.imposition import sides
from reader.printing.pdf.write import to_pdf
from reader.printing.sheets import area_mm
from reader.sheet import Imposition, Sheet

_POINT = 72 / 25.4
_LONG = "\n\n".join(f"## Q{n}z\n\n" + "words " * (60 + 40 * (n % 4)) for n in range(14))


def _found(file: Path, pattern: str) -> dict[str, Glyph]:
    """Return the first glyph of each text that matches, by the text."""
    found = [each for each in glyphs(file) if len(each.said) == 1 and not each.artifact]
    said = "".join(each.said for each in found)
    return {match[0]: found[match.start()] for match in reversed([*re.finditer(pattern, said)])}


@pytest.mark.parametrize(
    "sheet",
    [Sheet(), Sheet(columns=2), *(Sheet(imposition=each) for each in [*Imposition][1:])],
    ids=["single", "columns", "two", "folded"],
)
def test_the_outline_leads_to_just_above_each_heading(
    article: MakeArticle, book: MakeBook, tmp_path: Path, sheet: Sheet
) -> None:
    made = book(article(_LONG, title="Z"), sheet=sheet)
    write(made, tmp_path / "a.pdf")
    headings = _found(tmp_path / "a.pdf", r"Q\d+z")
    with pikepdf.open(tmp_path / "a.pdf") as pdf, pdf.open_outline() as outline:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        listed = {each.title: each.destination for each in outline.root[0].children}
    assert listed.keys() == headings.keys() == {f"Q{n}z" for n in range(14)}
    for text, glyph in headings.items():
        page, kind, x, y, zoom = listed[text]  # type: ignore[misc]
        assert (pages[page.objgen], kind, zoom) == (glyph.page, "/XYZ", None)
        scale = sides(made)[glyph.page].pages[0][1].m11()
        high = 1.58 * 11 * scale  # of the letters of a heading and the space above them
        assert float(y) - glyph.y == pytest.approx(high + 4, abs=1.5)
        lefts = [
            way.dx() / 1200 * 72 + area_mm(sheet).left * _POINT * way.m11()
            for _, way in sides(made)[glyph.page].pages
        ]
        left = max(each for each in lefts if each <= glyph.x + 1)
        assert float(x) == pytest.approx(left, abs=0.1)


def _gap(page: pikepdf.Page) -> dict[str, tuple[float, ...]]:
    return {str(each.A.URI): tuple(map(float, each.Rect)) for each in page.Annots if "/A" in each}


def test_the_link_of_a_picture_lies_over_the_picture(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = (
        '<p>Above</p>\n<p><a href="https://example.org/p"><img src="" width="400" height="200" '
        'alt="A hill"></a></p>\n<p>Zbelow</p>'
    )
    write(book(article(html=html)), tmp_path / "a.pdf")
    above, below = (_found(tmp_path / "a.pdf", word)[word] for word in ("Above", "Zbelow"))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        left, bottom, right, top = _gap(pdf.pages[0])["https://example.org/p"]
    middle = 210 / 2 * _POINT
    assert (right - left, top - bottom) == pytest.approx((300, 150), abs=0.2)
    assert (left + right) / 2 == pytest.approx(middle, abs=0.5)
    assert below.y < bottom < top < above.y


# ---- what it says of itself


def test_a_book_says_whose_articles_are_in_it(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = book(*(article("x", title=title) for title in ("One", "Two")), title="Both")
    write(made, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "Both"
        assert str(pdf.docinfo["/Subject"]) == "One; Two"
        assert str(pdf.docinfo.get("/Author", "")) == ""
        assert str(pdf.docinfo["/Creator"]) == f"Reader {__version__}"
        assert "/StructTreeRoot" not in pdf.Root
    many = book(*(article("x", title="x" * 100) for _ in range(25)), title="Many")
    write(many, tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(str(pdf.docinfo["/Subject"])) == 2000


@pytest.mark.parametrize("tagged", [True, False])
@pytest.mark.parametrize("imposition", [*Imposition])
def test_only_what_is_read_on_a_screen_is_tagged(
    article: MakeArticle, book: MakeBook, tmp_path: Path, imposition: Imposition, tagged: bool
) -> None:
    write(book(article("x"), sheet=Sheet(tagged=tagged, imposition=imposition)), tmp_path / "a.pdf")
    folded = imposition is Imposition.FOLDED
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert ("/StructTreeRoot" in pdf.Root) is (tagged and not folded)
        assert str(pdf.Root.PageMode) == "/UseNone"
        assert ("/Duplex" in pdf.Root.ViewerPreferences) is folded


# ---- coming into being


@pytest.mark.parametrize("name", ["a", "é" * 120, "\U0001f600" * 62], ids=len)
def test_it_is_written_beside_its_place_and_moved_there_at_the_end(
    article: MakeArticle, book: MakeBook, tmp_path: Path, name: str
) -> None:
    target = tmp_path / "folder" / f"{name}.pdf"
    target.parent.mkdir()
    finishing: list[list[Path]] = []

    def apart(work: Callable[[], None]) -> Iterator[None]:
        finishing.append([*target.parent.iterdir()])
        yield
        work()
        finishing.append([*target.parent.iterdir()])
        yield

    made = book(article("words " * 800))
    steps = [*to_pdf(made, target, apart)]
    count = len(made.pages)
    assert steps[:count] == [(n, count, f"Page {n} of {count}") for n in range(1, count + 1)]
    assert steps[count:] == [(count, count, "Finishing")] * 2
    assert [len(each) for each in finishing] == [1, 2]
    assert all(file.name.startswith(".") for each in finishing for file in each)
    assert [*target.parent.iterdir()] == [target]


@pytest.mark.parametrize("tagged", [False, True])
@pytest.mark.parametrize("shown", [False, True])
def test_only_a_book_that_is_shown_stays_laid_out_while_its_file_is_finished(
    article: MakeArticle, book: MakeBook, tmp_path: Path, shown: bool, tagged: bool
) -> None:
    made = book(article("Text.\n\n" * 9), sheet=Sheet(tagged=tagged))
    document = weakref.ref(made.typesetter.piece(0).body.document)
    kept: list[bool] = []

    def apart(work: Callable[[], None]) -> Iterator[None]:
        gc.collect()
        kept.append(document() is not None)
        work()
        yield

    for _ in to_pdf(made, tmp_path / "a.pdf", apart, shown=shown):
        pass
    assert kept == [shown]


def test_what_becomes_of_the_place_meanwhile_is_told(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    target = tmp_path / "a.pdf"

    def in_the_way(work: Callable[[], None]) -> Iterator[None]:
        work()
        target.mkdir()
        yield

    with pytest.raises(
        PrintError, match=re.escape(f"{target} could not be written (Is a directory)")
    ):
        list(to_pdf(book(article("x")), target, in_the_way))
    assert [*tmp_path.iterdir()] == [target]


def test_a_file_that_is_cut_is_not_put_in_its_place(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    def cutting(work: Callable[[], None]) -> Iterator[None]:
        (raw,) = tmp_path.iterdir()
        raw.write_bytes(raw.read_bytes()[:200])
        work()
        yield

    with pytest.raises(PrintError, match="completed"):
        list(to_pdf(book(article("x")), tmp_path / "a.pdf", cutting))
    assert [*tmp_path.iterdir()] == []


@pytest.mark.parametrize("paper", ["A5", "200x100", "100.5x99.5"])
def test_pages_are_as_large_as_their_paper(
    article: MakeArticle, book: MakeBook, tmp_path: Path, paper: str
) -> None:
    write(book(article("x"), sheet=Sheet(paper)), tmp_path / "a.pdf")
    wide, high = {"A5": (148, 210), "200x100": (200, 100), "100.5x99.5": (100.5, 99.5)}[paper]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        box = [float(each) / _POINT for each in pdf.pages[0].mediabox]
    assert box == pytest.approx([0, 0, wide, high], abs=0.4)
