"""PDF: whole or not there, in order, nothing twice, links live, letters found."""

import re
from collections import Counter
from contextlib import closing
from html import escape
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from tests.printing.conftest import MakeArticle, MakeBook, text_of, write
from tests.printing.reading import words_of

from reader.document.decorate import WRAP
from reader.document.images import Pictures
from reader.errors import PrintError
from reader.printing.pdf.write import to_pdf
from reader.sheet import Imposition, Links, Sheet

_LONG = "\n\n".join(
    f"## Heading{n}\n\n" + " ".join(f"word{n}x{m}" for m in range(90 + n % 7)) for n in range(70)
)
_TABLE = "| Head | Other |\n|---|---|\n" + "".join(f"| cell{n} | c |\n" for n in range(120))


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_every_word_is_there_once_and_in_order(
    article: MakeArticle, book: MakeBook, tmp_path: Path, columns: int
) -> None:
    count = write(book(article(_LONG), sheet=Sheet(columns=columns)), tmp_path / "a.pdf")
    assert count > 10
    found = re.findall(r"word\d+x\d+", text_of(tmp_path / "a.pdf"))
    wanted = re.findall(r"word\d+x\d+", _LONG)
    assert Counter(found) == Counter(wanted)
    assert found == wanted


def test_pages_are_numbered_and_know_their_title(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    count = write(book(article(_LONG)), tmp_path / "a.pdf")
    sheets = text_of(tmp_path / "a.pdf", "-layout").split("\f")[:count]
    assert all(f"{n} / {count}" in sheet for n, sheet in enumerate(sheets, 1))
    assert all("The <b>Title</b>" in sheet for sheet in sheets)


@pytest.mark.parametrize("font", ["serif", "sans"])
def test_words_with_ligatures_are_found(
    article: MakeArticle, book: MakeBook, tmp_path: Path, font: str
) -> None:
    said = "The office is a fine waffle. Thin flowers, affluent craft, halfback, offkey."
    write(
        book(article(f"{said}\n\n*{said}* **{said}**"), sheet=Sheet(font=font)), tmp_path / "a.pdf"
    )
    found = " ".join(text_of(tmp_path / "a.pdf").split())
    assert found.count(said) == 3


def test_operators_in_code_are_found(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    code = "a -> b != c => d <= e === f :: g && h || i"
    write(book(article(f"Text -> text.\n\n```\n{code}\n```")), tmp_path / "a.pdf")
    assert code in text_of(tmp_path / "a.pdf", "-layout")
    assert "Text -> text." in text_of(tmp_path / "a.pdf")


def test_divided_words_are_found_whole(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    words = "internationalisation communication responsibility extraordinary " * 60
    sheet = Sheet(columns=3, justified=True, hyphenated=True)
    write(book(article(words), sheet=sheet), tmp_path / "a.pdf")
    raw = text_of(tmp_path / "a.pdf", "-layout")
    assert "-\n" in raw or "- " in raw, "nothing was divided: the test proves nothing"
    assert Counter(text_of(tmp_path / "a.pdf").split())["internationalisation"] == 60


def test_a_table_begins_each_page_with_its_head(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    count = write(book(article(_TABLE)), tmp_path / "a.pdf")
    sheets = text_of(tmp_path / "a.pdf", "-layout").split("\f")[:count]
    assert count > 1
    assert all("Head" in sheet for sheet in sheets)
    assert Counter(re.findall(r"cell\d+", "".join(sheets))) == Counter(
        re.findall(r"cell\d+", _TABLE)
    )


def _annotations(file: Path) -> list[str]:
    with pikepdf.open(file) as pdf:
        found = []
        for page in pdf.pages:
            for each in page.get("/Annots", []):
                action = each.get("/A")
                found.append(str(action.URI) if action is not None else f"#{each.Dest}")
        return found


def _places(file: Path) -> dict[str, int]:
    """Return the named places of a PDF and their pages from 0; no name is there twice."""
    with pikepdf.open(file) as pdf:
        listed = list(pdf.Root.Names.Dests.Names)
        numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages)}
        pairs = list(zip(map(str, listed[::2]), listed[1::2], strict=True))
        assert len({name for name, _ in pairs}) == len(pairs)
        return {name: numbers[place[0].objgen] for name, place in pairs}


def test_links_and_places_are_live(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = article("[out](https://example.org/x)[^1] again[^1]\n\n[^1]: n")
    write(book(made), tmp_path / "a.pdf")
    found = _annotations(tmp_path / "a.pdf")
    assert "https://example.org/x" in found
    inner = [each.removeprefix("#") for each in found if each.startswith("#")]
    assert len(inner) >= 3
    assert set(inner) <= set(_places(tmp_path / "a.pdf"))


def test_plain_links_are_live_too_and_numbered_ones_have_their_address_in_print(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article(
        "See [this](https://example.org/long/address) and [that](https://example.org/2)."
    )
    for links in Links:
        write(book(made, sheet=Sheet(links=links)), tmp_path / "a.pdf")
        assert "https://example.org/long/address" in _annotations(tmp_path / "a.pdf")
    write(book(made, sheet=Sheet(links=Links.NUMBERED)), tmp_path / "a.pdf")
    said = text_of(tmp_path / "a.pdf")
    assert re.search(r"\[1\]\s+https://example.org/long/address", said)
    assert re.search(r"\[2\]\s+https://example.org/2", said)


def test_a_pdf_says_what_it_is(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    made = article("# One\n\ntext\n\n### Deep\n\ntext\n\n## Two\n\ntext", language="de")
    write(book(made), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.docinfo["/Title"]) == "The <b>Title</b>"
        assert str(pdf.docinfo["/Author"]) == "Author"
        assert str(pdf.docinfo["/Subject"]) == "site"
        assert str(pdf.Root.Lang) == "de"
        with pdf.open_outline() as outline:
            top = outline.root[0]
            assert top.title == "The <b>Title</b>"
            assert [each.title for each in top.children] == ["One"]
            assert [each.title for each in top.children[0].children] == ["Deep", "Two"]


def test_a_book_opens_with_its_outline_and_its_contents_lead_to_the_articles(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    articles = [
        article(f"## H\n\ntext[^1] [down](#there)\n\n[^1]: note {n}", id=n, title=f"Article {n}")
        for n in range(3)
    ]
    made = book(*articles, title="My queue")
    write(made, tmp_path / "a.pdf")
    pages = text_of(tmp_path / "a.pdf").split("\f")
    assert "My queue" in pages[0]
    assert "3 articles" in pages[0]
    for n in range(3):
        assert re.search(rf"Article {n}(.|\n)*\b{n + 3}\b", pages[1])
        assert f"Article {n}" in pages[n + 2]
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        assert str(pdf.Root.PageMode) == "/UseOutlines"
        with pdf.open_outline() as outline:
            assert [each.title for each in outline.root] == [f"Article {n}" for n in range(3)]
    places = _places(tmp_path / "a.pdf")
    assert [places[f"a{n}-top"] for n in range(3)] == [2, 3, 4]
    assert len({page for name, page in places.items() if "n-" in name}) == 3


@pytest.mark.parametrize("imposition", [*Imposition])
def test_all_words_are_there_however_pages_stand_on_sheets(
    article: MakeArticle, book: MakeBook, tmp_path: Path, imposition: Imposition
) -> None:
    write(book(article(_LONG), sheet=Sheet(imposition=imposition)), tmp_path / "a.pdf")
    found = Counter(re.findall(r"word\d+x\d+", text_of(tmp_path / "a.pdf")))
    assert found == Counter(re.findall(r"word\d+x\d+", _LONG))
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        box = [float(x) for x in pdf.pages[0].mediabox]
        with pdf.open_outline() as outline:
            assert len(outline.root[0].children) == 70
    wide = imposition is not Imposition.SINGLE
    assert (box[2] > box[3]) is wide


def test_a_custom_paper_has_its_size(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    write(book(article("text"), sheet=Sheet(paper="100x180")), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        box = [float(x) / 72 * 25.4 for x in pdf.pages[0].mediabox]
    assert box[2:] == pytest.approx([100, 180], abs=0.4)


# ---- pictures


@pytest.fixture
def photo(tmp_path: Path, pictures: Pictures, monkeypatch: pytest.MonkeyPatch) -> str:
    """Return the HTML of an article with a large picture and a tall one."""
    folder = tmp_path / "pictures"
    folder.mkdir()
    for name, size in (("a", (4000, 2400)), ("b", (300, 9000))):
        image = QImage(*size, QImage.Format.Format_RGB32)
        image.fill(QColor("#3a7bd5"))
        painter = QPainter(image)
        painter.fillRect(0, 0, size[0] // 2, size[1] // 3, QColor("#d53a3a"))
        painter.end()
        image.save(str(folder / f"{name * 64}.png"))
    monkeypatch.setattr(pictures, "_find", lambda name: folder / name)
    return (
        f'<p>words</p>\n<p><img src="{"a" * 64}.png" width="4000" height="2400"></p>\n'
        f'<p><img src="{"b" * 64}.png" width="300" height="9000"></p>'
    )


def _images(file: Path) -> list[tuple[int, int, str]]:
    """Return width, height and colour space of each picture in a PDF."""
    with pikepdf.open(file) as pdf:
        found = [
            each
            for each in pdf.objects
            if isinstance(each, pikepdf.Stream) and each.get("/Subtype") == "/Image"
        ]
        return [(int(x.Width), int(x.Height), str(x.ColorSpace)) for x in found]


def test_pictures_have_the_resolution_of_print_and_fit_the_page(
    article: MakeArticle, book: MakeBook, tmp_path: Path, photo: str
) -> None:
    made = book(article(html=photo))
    write(made, tmp_path / "a.pdf")
    (width, _, _), (_, height, _) = sorted(_images(tmp_path / "a.pdf"), reverse=True)
    assert 1690 < width <= 144 / 25.4 * 300 + 2
    assert height <= 297 / 25.4 * 300
    assert len(made.pages) == 2


def test_greyscale_leaves_no_colour(
    article: MakeArticle, book: MakeBook, tmp_path: Path, photo: str
) -> None:
    write(book(article(html=photo), sheet=Sheet(grey=True)), tmp_path / "a.pdf")
    assert {colours for _, _, colours in _images(tmp_path / "a.pdf")} == {"/DeviceGray"}


def test_without_pictures_there_are_none(
    article: MakeArticle, book: MakeBook, tmp_path: Path, photo: str
) -> None:
    write(book(article(html=photo), sheet=Sheet(pictures=False)), tmp_path / "a.pdf")
    assert _images(tmp_path / "a.pdf") == []


def test_a_link_of_a_picture_is_live(
    article: MakeArticle, book: MakeBook, tmp_path: Path, photo: str
) -> None:
    html = photo.replace("<img", '<a href="https://example.org/p"><img').replace(">\n", "></a>\n")
    html = html.replace("<p>words</p></a>", "<p>words</p>").replace("</p></a>", "</a></p>")
    write(book(article(html=html)), tmp_path / "a.pdf")
    assert "https://example.org/p" in _annotations(tmp_path / "a.pdf")


# ---- links that are meant to do something else

_ODD_LINKS = {
    "https://example.org/f)/S/Launch/F(calc.exe": None,
    "https://example.org/f)/S/JavaScript/JS(app.alert(1": None,
    "https://example.org/(never/closed": None,
    "https://example.org/Bridge_(Venice)": None,
    "https://example.org/%28already%29": None,
    "https://example.org/a)>>endobj 1 0 obj<</S/Launch": "https://example.org/a)%3E%3Eendobj%201%200%20obj%3C%3C/S/Launch",
    "https://example.org/a\\)/URI(file:///etc": "https://example.org/a%5C)/URI(file:///etc",
    "https://example.org/grüße?q=日本#ك": "https://example.org/gr%C3%BC%C3%9Fe?q=%E6%97%A5%E6%9C%AC#%D9%83",
    "https://пример.example/й": "https://xn--e1afmkfd.example/%D0%B9",
    "https://example.org/\U0001f600": "https://example.org/%F0%9F%98%80",
    "mailto:a@example.org?subject=hi)&attach=/etc/passwd": "mailto:a@example.org?subject=hi%29",
    "https://name:secret@example.org/x": "https://example.org/x",
}  # fmt: skip


@pytest.mark.parametrize("links", [*Links])
@pytest.mark.parametrize("shape", ["text", "picture", "heading", "cell", "note"])
def test_every_link_leads_where_the_page_says_and_does_nothing_else(
    article: MakeArticle, book: MakeBook, tmp_path: Path, links: Links, shape: str
) -> None:
    shapes = {
        "text": "<p>Words {} words.</p>",
        "picture": "<p>Words</p>\n<p>{}</p>",
        "heading": "<h2>{}</h2>\n<p>Words</p>",
        "cell": "<table><tr><td>{}</td></tr></table>",
        "note": '<p>Words<sup><a href="#n-1" id="r-1">1</a></sup></p>\n<p>{}</p>',
    }
    inside = '<img src="" width="40" height="30" alt="A hill">' if shape == "picture" else "here"
    anchors = [f'<a href="{escape(each)}">{inside}</a>' for each in _ODD_LINKS]
    html = "\n".join(shapes[shape].format(each) for each in anchors)
    write(book(article(html=html), sheet=Sheet(links=links, tagged=True)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        found = [each for page in pdf.pages for each in page.get("/Annots", [])]
        known = {"/Type", "/Subtype", "/Rect", "/Border", "/F", "/A", "/Dest", "/StructParent"}
        for each in found:
            assert set(each.keys()) - {"/Contents"} <= known
            if "/A" in each:
                assert set(each.A.keys()) == {"/S", "/URI"}
                assert str(each.A.S) == "/URI"
        assert not [each for each in pdf.objects if _acts(each)]
        out = {bytes(each.A.URI).decode("ascii") for each in found if "/A" in each}
    assert out - {"https://example.org/a"} == {said or link for link, said in _ODD_LINKS.items()}


def _acts(each: object) -> bool:
    return isinstance(each, pikepdf.Dictionary) and str(each.get("/S", "")) in (
        "/Launch", "/JavaScript", "/GoToR", "/SubmitForm", "/ImportData",
    )  # fmt: skip


def test_links_of_pictures_lead_to_places_in_the_text(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    html = (
        '<p><a href="#there"><img src="" width="40" height="30" alt="A hill"></a></p>\n'
        '<p id="there">Words</p>'
    )
    write(book(article(html=html)), tmp_path / "a.pdf")
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        names = {bytes(each) for each in list(pdf.Root.Names.Dests.Names)[::2]}
        found = [each for page in pdf.pages for each in page.get("/Annots", [])]
        inner = [bytes(each.Dest) for each in found if "/Dest" in each]
    assert inner
    assert set(inner) <= names


# ---- bad input


def test_stopping_leaves_nothing_and_an_older_file_alone(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    target = tmp_path / "a.pdf"
    target.write_text("older")
    with closing(to_pdf(book(article(_LONG)), target)) as steps:
        for done, _total, text in steps:
            if done == 3 and text.startswith("Page"):
                break
    assert target.read_text() == "older"
    assert list(tmp_path.iterdir()) == [target]


def test_places_where_no_pdf_can_be_are_named(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    with pytest.raises(PrintError, match="no folder"):
        write(book(article("x")), tmp_path / "none" / "a.pdf")
    with pytest.raises(PrintError, match="is a folder"):
        write(book(article("x")), tmp_path)


@pytest.mark.parametrize("limit", [4096, 60_000])
def test_a_full_disk_leaves_nothing(
    article: MakeArticle, book: MakeBook, tmp_path: Path, limit: int
) -> None:
    resource = pytest.importorskip("resource")
    import signal

    made = book(article(_LONG))
    old = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limits[1]))
    try:
        with pytest.raises(PrintError, match=r"full|could not be written"):
            write(made, tmp_path / "a.pdf")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, old)
    assert list(tmp_path.iterdir()) == []


_WIDE = "| " + " | ".join(f"c{n}" for n in range(60)) + " |\n" + "|---" * 60 + "|\n"


@pytest.mark.parametrize(
    "markdown",
    [
        "", "x" * 20_000, "עברית " * 500, "漢字" * 2000, "> " * 20 + "deep", "***\n\n***",
        "😀 emoji 👩‍👩‍👧 " * 50, "![only a picture](nowhere.png)",
        _WIDE * 2, "```\n" + "code\n" * 900 + "```",
        "| a |\n|---|\n| " + "long cell " * 3000 + " |", "- [ ] task\n" * 30, "# H\n" * 60,
    ],
)  # fmt: skip
@pytest.mark.parametrize("columns", [1, 2])
def test_odd_articles_have_pages_too(
    article: MakeArticle, book: MakeBook, tmp_path: Path, markdown: str, columns: int
) -> None:
    made = book(article(markdown), sheet=Sheet(columns=columns))
    assert write(made, tmp_path / "a.pdf") >= 1
    assert (tmp_path / "a.pdf").stat().st_size > 500


def test_the_sign_of_a_wrapped_line_of_code_is_no_text(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    code = " ".join(f"word{number}" for number in range(60))
    write(book(article(f"```\n{code}\n```")), tmp_path / "a.pdf")
    said = [word for line in words_of(tmp_path / "a.pdf") for word in line]
    assert [word for word in said if word.startswith("word")] == code.split()
    assert WRAP not in "".join(said)
