"""Tagged PDF: every word under its element, in the order of reading, nothing unbalanced."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from PySide6.QtGui import QImage
from tests.printing.conftest import MakeArticle, MakeBook, text_of, write
from tests.printing.pdf.outlined import told
from tests.printing.reading import glyphs

from reader.body.blocks import Body, Callout, Item, List, Paragraph, Text
from reader.body.to_html import to_html
from reader.document.images import Pictures
from reader.model import Article
from reader.printing.book import Book
from reader.printing.page import Part
from reader.printing.piece import entry_of
from reader.sheet import Imposition, Links, Sheet

_TEXT = """
## First

A paragraph that is long enough to go over several lines of a page, so that what stands at the
end of one line and at the beginning of the next one can be told apart. [A link](https://example.org/).

- one
- two
    - inner
- three

> A quote.
>
> - in a quote

1. numbered

| Head | Other |
|---|---|
| a | b |

```python
code = 1
more = 2
```

![A hill at dusk](nowhere.png)

### Second
"""


def _elements(pdf: pikepdf.Pdf) -> Iterator[tuple[int, Any]]:
    """Yield all elements of the structure with their depths, in the order of reading."""

    def walk(element: Any, depth: int) -> Iterator[tuple[int, Any]]:
        if not isinstance(element, pikepdf.Dictionary) or "/S" not in element:
            return
        yield depth, element
        kids: Any = element.get("/K", [])
        for each in kids if isinstance(kids, pikepdf.Array) else [kids]:
            yield from walk(each, depth + 1)

    yield from walk(pdf.Root.StructTreeRoot.K, 0)


def _marks(element: Any) -> Iterator[tuple[Any, int, Any]]:
    """Yield the marks of an element and of those in it as they are heard, with their pages."""
    kids: Any = element.get("/K", [])
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            yield element, kid, element.Pg
        elif kid.get("/Type") == "/MCR":
            yield element, int(kid.MCID), kid.Pg
        elif "/S" in kid:
            yield from _marks(kid)


def _tree(file: Path) -> tuple[Any, list[tuple[int, str]]]:
    """Return the kinds of all elements with their depths, in the order of reading."""
    pdf = pikepdf.open(file)
    return pdf, [(depth, _kind(each)[1:]) for depth, each in _elements(pdf)]


def test_a_callout_is_a_division_and_a_list_says_how_it_is_numbered(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    text = Paragraph((Text("Words"),))
    lists = [
        List((Item((text,)),), ordered=True, start=start, numerals=numerals)
        for start, numerals in ((3, ""), (1, "a"), (2, "I"))
    ]
    callout = Callout((Text("A title"),), (text,), "tip")
    made = book(article(html=to_html(Body((callout, *lists)))), sheet=Sheet(tagged=True))
    write(made, tmp_path / "a.pdf")
    pdf, found = _tree(tmp_path / "a.pdf")
    at = found.index(next(each for each in found if each[1] == "Div"))
    depth = found[at][0]
    assert found[at + 1 : at + 3] == [(depth + 1, "P"), (depth + 1, "P")]
    numberings = [str(each.A.ListNumbering) for _, each in _elements(pdf) if _kind(each) == "/L"]
    assert numberings == ["/Decimal", "/LowerAlpha", "/UpperRoman"]


def test_the_structure_is_that_of_the_article(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article(_TEXT), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    pdf, found = _tree(tmp_path / "a.pdf")
    assert bool(pdf.Root.MarkInfo.Marked)
    kinds = [kind for _, kind in found]
    assert kinds[:2] == ["Document", "H1"]
    assert [each for each in kinds if each[0] == "H"] == ["H1", "H2", "H3"]
    assert kinds.count("L") == 4
    assert kinds.count("LI") == kinds.count("LBody") == 6
    assert kinds.count("BlockQuote") == 1
    assert [kinds.count(each) for each in ("Table", "TR", "TH", "TD")] == [1, 2, 2, 2]
    assert kinds.count("Code") == 1
    assert kinds.count("Link") == 1
    inner = found.index((found[kinds.index("L")][0] + 3, "L"))
    assert inner > kinds.index("L"), "a list in a list stands in an item"


def test_a_picture_has_its_words(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    name = "a" * 64 + ".png"
    html = f'<p>x</p>\n<p><img src="{name}" width="40" height="30" alt="A hill"></p>'
    write(book(article(html=html), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        figures = [each for _, each in _elements(pdf) if _kind(each) == "/Figure"]
        assert [str(each.Alt) for each in figures] == ["A hill"]


def _kind(each: Any) -> str:
    return str(each.get("/S", "")) if isinstance(each, pikepdf.Dictionary) else ""


@pytest.mark.parametrize("grey", [False, True])
def test_all_text_is_marked_and_the_marks_are_gone(
    article: MakeArticle, book: MakeBook, tmp_path: Path, grey: bool
) -> None:
    sheet = Sheet(tagged=True, columns=2, grey=grey)
    write(book(article(_TEXT * 6), sheet=sheet), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        for page in pdf.pages:
            depth = states = 0
            for each in pikepdf.parse_content_stream(page):
                assert isinstance(each, pikepdf.ContentStreamInstruction)
                name, operands = str(each.operator), each.operands
                depth += {"BDC": 1, "BMC": 1, "EMC": -1}.get(name, 0)
                states += {"q": 1, "Q": -1}.get(name, 0)
                assert depth in (0, 1)
                assert states >= 0
                if name in ("Tj", "TJ"):
                    assert depth == 1, "text that is neither tagged nor an artifact"
                assert not (name == "m" and float(operands[1]) < -70_000)
            assert depth == states == 0


def test_words_at_the_ends_of_lines_stay_apart(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    words = " ".join(f"word{n}" for n in range(300))
    sheet = Sheet(tagged=True, paper="A5", columns=2)
    write(book(article(words), sheet=sheet), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert b"EMC" in pdf.pages[0].Contents.read_bytes()
    raw = text_of(tmp_path / "a.pdf", "-raw")
    assert [each for each in raw.split() if each.startswith("word")] == words.split()


@pytest.mark.parametrize("imposition", [Imposition.SINGLE, Imposition.TWO_UP])
def test_a_book_has_a_section_for_each_article(
    article: MakeArticle, book: MakeBook, tmp_path: Path, imposition: Imposition
) -> None:
    sheet = Sheet(tagged=True, imposition=imposition)
    made = book(*(article(_TEXT, title=f"T{n}") for n in range(3)), sheet=sheet, title="All")
    write(made, tmp_path / "a.pdf")
    pdf, found = _tree(tmp_path / "a.pdf")
    assert [kind for depth, kind in found if depth == 1] == ["Sect"] * 5
    titles = [str(each.T) for _, each in _elements(pdf) if "/T" in each]
    assert titles == ["T0", "T1", "T2"]


def test_every_link_is_in_the_structure(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    text = "[a](https://example.org/1) and [b](https://example.org/2)[^1]\n\n[^1]: note"
    write(book(article(text), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip((int(n) for n in numbers[::2]), numbers[1::2], strict=True))
        links = [each for page in pdf.pages for each in page.Annots]
        assert len(links) >= 4
        for each in links:
            owner = parents[int(each.StructParent)]
            assert str(owner.S) == "/Link"
            inside = [kid for kid in owner.K if not isinstance(kid, int)]
            assert each.objgen in [kid.Obj.objgen for kid in inside if "/Obj" in kid]
            assert len(owner.K) > len(inside), "a link holds its text"
            assert str(owner.P.S) in ("/P", "/Lbl")


def test_without_the_wish_nothing_is_tagged(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    for sheet in (Sheet(), Sheet(tagged=True, imposition=Imposition.FOLDED)):
        write(book(article(_TEXT), sheet=sheet), tmp_path / "a.pdf")
        with pikepdf.open(tmp_path / "a.pdf") as pdf:
            assert "/StructTreeRoot" not in pdf.Root


def _said(file: Path) -> dict[tuple[int, int], str]:
    """Return the text of each mark, by its page and number."""
    said: dict[tuple[int, int], str] = {}
    for each in glyphs(file):
        if each.mcid is not None:
            key = each.page, each.mcid
            said[key] = said.get(key, "") + each.said
    return said


def test_a_row_from_right_to_left_is_heard_from_its_right(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    head = "<tr><th>one</th><th>two</th><th>three</th></tr>"
    rows = f"{head}<tr><td>four</td><td>five</td><td>six</td></tr>"
    html = f'<article dir="rtl"><table><thead></thead><tbody>{rows}</tbody></table></article>'
    write(book(article(html=html), sheet=Sheet(tagged=True)), tmp_path / "a.pdf")
    said = _said(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        cells = [each for _, each in _elements(pdf) if _kind(each) in ("/TH", "/TD")]
        numbers = [
            int(cell.K[0] if isinstance(cell.K, pikepdf.Array) else cell.K) for cell in cells
        ]
    heard = [said[0, number].strip() for number in numbers]
    assert heard == ["one", "two", "three", "four", "five", "six"]


def test_what_is_heard_is_what_is_read_and_every_mark_has_its_element(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    sheet = Sheet(tagged=True, columns=2, paper="A5")
    write(book(article(_TEXT * 4), sheet=sheet), tmp_path / "a.pdf")
    said = _said(tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        pages = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        numbers = list(pdf.Root.StructTreeRoot.ParentTree.Nums)
        parents = dict(zip((int(n) for n in numbers[::2]), numbers[1::2], strict=True))
        heard: list[tuple[int, int]] = []
        for element, mark, sheet in _marks(pdf.Root.StructTreeRoot.K):
            heard.append((pages[sheet.objgen], mark))
            page, mcid = heard[-1]
            owner = parents[int(pdf.pages[page].StructParents)][mcid]
            assert owner.objgen == element.objgen
        assert len(set(heard)) == len(heard), "a mark belongs to one element"
        assert {*said} <= {*heard}, "and every mark to one"
        assert int(pdf.Root.StructTreeRoot.ParentTreeNextKey) > max(parents)
    text = " ".join("".join(said.get(key, "") for key in heard).split())
    assert text == " ".join("".join(said.values()).split())
    assert text.count("A paragraph that is long enough") == 4


def _links(file: Path) -> list[str]:
    return re.findall(r"Link\[[^\[\]]*\]", told(file))


def test_a_link_holds_its_text_however_many_lines_it_takes(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    words = " ".join(f"w{n}" for n in range(40))
    text = f"Before [{words}](https://example.org/) after [one](https://a.org)[two](https://b.org)."
    sheet = Sheet(tagged=True, paper="A5", links=Links.PLAIN)
    write(book(article(text), sheet=sheet), tmp_path / "a.pdf")
    long, one, two = _links(tmp_path / "a.pdf")
    assert " ".join(long.replace("@", "").removeprefix("Link[").removesuffix("]").split()) == words
    assert long.count("@") > 1, "an annotation for each line"
    assert (one, two) == ("Link[one@]", "Link[two@]")
    assert re.search(r"P\[Before Link.*\] ?after Link", told(tmp_path / "a.pdf"))


def test_a_link_over_two_pages_is_one(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    words = " ".join(f"w{n}" for n in range(900))
    sheet = Sheet(tagged=True, paper="A5")
    write(book(article(f"x [{words}](https://a.org) y"), sheet=sheet), tmp_path / "a.pdf")
    (link,) = _links(tmp_path / "a.pdf")
    assert re.findall(r"w\d+", link.replace("@", "")) == words.split()


def test_links_of_every_direction_and_style_hold_their_words(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    text = "a [b **c** `d`](https://x.org) e [\u05e9\u05dc\u05d5\u05dd](https://y.org) \u05e2"
    for sheet in (Sheet(), Sheet(imposition=Imposition.TWO_UP), Sheet(columns=3)):
        write(book(article(text), sheet=sheet._replace(tagged=True)), tmp_path / "a.pdf")
        one, other = _links(tmp_path / "a.pdf")
        assert one.replace("@", "") == "Link[b c d]"
        assert "\u05e9" in other


def test_a_linked_picture_stands_in_its_link(
    article: MakeArticle, book: MakeBook, tmp_path: Path, pictures: Pictures
) -> None:
    name = "a" * 64 + ".png"
    image = f'<a href="https://x.org"><img src="{name}" width="40" height="30" alt="A"></a>'
    for html in (f"<p>{image}</p>", f"<p>word {image} word</p>"):
        for has_file in (True, False):
            made = _book_with(article(html=html), tmp_path, name if has_file else "")
            write(made, tmp_path / "a.pdf")
            assert made.remarks == ()
            with pikepdf.open(tmp_path / "a.pdf") as pdf:
                (link,) = [each for _, each in _elements(pdf) if _kind(each) == "/Link"]
                inside = [_kind(kid) for kid in link.K if not isinstance(kid, int)]
            is_plain = not has_file and "word" in html  # its words stand in the line
            assert is_plain or "/Figure" in inside


def _book_with(article: Article, folder: Path, name: str) -> Book:
    """Return a book whose pictures are a grey square, or are missing."""
    square = QImage(40, 30, QImage.Format.Format_RGB32)
    square.fill(0x808080)
    square.save(str(folder / "a.png"))
    pictures = Pictures(lambda asked: folder / "a.png" if asked == name else None)
    made = Book([entry_of(article)], lambda _: article, Sheet(tagged=True), pictures)
    for _ in made.steps():
        pass
    return made


def test_links_of_repeated_heads_are_not_heard_again(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    rows = "".join(f"<tr><td>{n}</td></tr><tr><td>x</td></tr>" for n in range(90))
    head = '<tr><th><a href="https://x.org">head</a></th><th>b</th></tr>'
    html = f"<table><thead>{head}</thead><tbody>{rows}</tbody></table>"
    made = book(article(html=html), sheet=Sheet(tagged=True, paper="A5"))
    write(made, tmp_path / "a.pdf")
    assert made.remarks == ()
    assert _links(tmp_path / "a.pdf") == ["Link[head@]"]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert len(pdf.pages) > 3
        assert sum(len(page.get("/Annots", [])) for page in pdf.pages) == 1


@pytest.mark.parametrize("tagged", [False, True])
def test_the_number_of_an_item_comes_right_before_its_text(
    article: MakeArticle, book: MakeBook, tmp_path: Path, *, tagged: bool
) -> None:
    text = "before\n\n1. one\n2. two\n    - inner\n\nafter"
    write(book(article(text), sheet=Sheet(tagged=tagged)), tmp_path / "a.pdf")
    said = "".join(each.said for each in glyphs(tmp_path / "a.pdf"))
    assert re.search("before *1. *one *2. *two *◦ *inner *after", said)


def test_a_picture_that_floats_is_heard_where_the_article_has_it(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    picture = '<p><img src="" width="600" height="600" alt="A"></p>'
    figure = f"<figure>{picture}<figcaption>c</figcaption></figure>"
    html = "".join(f"<p>{'text ' * (90 + 40 * n)}</p>{figure}" for n in range(12))
    made = book(article(html=html), sheet=Sheet(tagged=True))
    write(made, tmp_path / "a.pdf")
    placed = [each for page in made.pages for each in page.placed]
    slices = [each.slice.top for each in placed if each.part is Part.BODY]
    assert slices != sorted(slices), "some of them float"
    kinds = [kind for _, kind in _tree(tmp_path / "a.pdf")[1]]
    body = [kind for kind in kinds if kind in ("P", "Figure", "Caption")][-36:]
    assert [kind == "Figure" for kind in body] == [False, True, False] * 12


def test_a_picture_that_overlaps_its_number_shares_its_link(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    address = "https://example.org/2022/01/10/a-long-address-of-a-picture.html"
    image = f'<a href="{address}"><img src="" alt="{address}"></a>'
    html = f"<ul><li>Photo{image}</li></ul>"
    sheet = Sheet(paper="A5", landscape=True, size_pt=18, columns=2, links=Links.NUMBERED)
    made = book(article(html=html), sheet=sheet._replace(tagged=True))
    write(made, tmp_path / "a.pdf")
    assert made.remarks == ()
