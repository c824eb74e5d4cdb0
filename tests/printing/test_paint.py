"""Whatever an article holds and however it is put on paper: all of it is there, in its place."""

import re
from collections import Counter
from pathlib import Path

import pikepdf
import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter, QTransform
from tests.body.bodies import bodies
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import Glyph, glyphs, without_markers

from reader.body.from_html import parts
from reader.body.to_html import to_html
from reader.body.to_text import bare_text
from reader.printing.book import Book
from reader.printing.imposition import sides
from reader.printing.paint import paint_side
from reader.printing.piece import MM
from reader.printing.sheets import area_mm, sheet_mm
from reader.sheet import Header, Imposition, Links, Sheet

_POINT = 72 / 25.4
_UNSEEN = re.compile("[\\s\u200b\u2060\u00ad\ufffc]")
# Right-to-left and Chinese letters stand in a PDF as they are seen, in whatever font there is.
_PLAIN = str.maketrans("ש漢", "xy")

_CODE = re.compile("<code>(.*?)</code>")  # bold italic code: see the expected failure below

_pages = bodies.filter(lambda body: bool(body.blocks)).map(
    lambda body: _CODE.sub(r"\1", to_html(body).translate(_PLAIN))
)

# Narrow columns hold no deep nesting: more of them only on larger paper.
_SHAPES = (("90x120", 1), ("A4", 3), ("A5", 1), ("A4", 2))

_sheets = st.builds(
    lambda shape, **more: Sheet(shape[0], columns=shape[1], **more),
    shape=st.sampled_from(_SHAPES),
    margin_mm=st.sampled_from([5.0, 10.0]),
    justified=st.booleans(),
    hyphenated=st.booleans(),
    links=st.sampled_from([*Links]),
    imposition=st.sampled_from([*Imposition]),
    landscape=st.booleans(),
    grey=st.booleans(),
    header=st.just(Header.NONE),
    footer=st.just(False),
    pictures=st.just(False),  # the words of a missing one would be read too
    tagged=st.just(True),
)


def _letters(text: str) -> str:
    return _UNSEEN.sub("", text)


def _expected(html: str, links: Links) -> str:
    """Return all that is to be read, in order; numbers of links and their list included."""
    said, numbers = "", dict[str, int]()
    for each in parts(html):
        said += bare_text(each)  # type: ignore[arg-type]
    if links is Links.NUMBERED:
        for href in re.findall(r'href="((?:https?|mailto):[^"]*)"', html):
            numbers.setdefault(href.replace("&amp;", "&"), len(numbers) + 1)
        tail = [f"[{number}]{href.removeprefix('mailto:')}" for href, number in numbers.items()]
        said += "".join(["Links", *tail] if tail else [])
    return _letters(said)


@settings(
    max_examples=9, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(html=_pages, sheet=_sheets)
def test_every_letter_is_printed_once_in_order_and_in_the_text_area(
    article: MakeArticle, book: MakeBook, tmp_path: Path, html: str, sheet: Sheet
) -> None:
    made = book(article(html=html, title="T", byline="", site="", published_at=""), sheet=sheet)
    write(made, tmp_path / "a.pdf")
    found = list(glyphs(tmp_path / "a.pdf"))
    body_text = without_markers(found)
    said = _letters("".join(each.said for each in body_text)).removeprefix("T")
    said = said.removeprefix("·").removeprefix("1min")
    wanted = _expected(html, sheet.links)
    if sheet.links is Links.NUMBERED and "[" in wanted:
        head, _, tail = said.rpartition("Links")
        said = re.sub(r"\[\d+\]", "", head) + "Links" + tail
    if sheet.imposition is Imposition.FOLDED:
        # Untagged: signs of items are there too, and pages stand in another order.
        assert not Counter(wanted) - Counter(said)
    else:
        said, wanted = said.replace("-", ""), wanted.replace("-", "")
        # A row of a table that is higher than a page goes on behind the cells beside it.
        assert not Counter(wanted) - Counter(said)
        # The heads of a table that is printed as a list are repeated for each row.
        heads = _letters("".join(re.findall(r"<th\b[^>]*>(.*?)</th>", html)))
        # A callout without words in its title shows its kind.
        kinds = "".join(re.findall(r'data-callout="(\w+)"', html))
        extra = {*heads, *kinds, *kinds.upper(), ":", "·"}
        assert {*(Counter(said) - Counter(wanted))} <= extra
        assert said == wanted or "<table" in html or kinds
    _stand_in_area(made, body_text)


def _stand_in_area(made: Book, found: list[Glyph]) -> None:
    area = area_mm(made.sheet)
    high = sheet_mm(made.sheet)[1] * _POINT
    all_sides = sides(made)
    for each in found:
        places = []
        for _, way in all_sides[each.page].pages:
            scale = way.m11()
            left = way.dx() / MM * _POINT + area.left * scale * _POINT
            top = way.dy() / MM * _POINT + area.top * scale * _POINT
            wide, deep = area.width * scale * _POINT, area.height * scale * _POINT
            at = high - each.y
            places.append(left - 1 <= each.x <= left + wide + 1 and top <= at <= top + deep + 1)
        assert any(places), f"{each} stands outside of the text"


def test_bold_italic_code_is_said_once(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    write(book(article("## The *`run`* function\n\nText.")), tmp_path / "a.pdf")
    assert "".join(each.said for each in glyphs(tmp_path / "a.pdf")).count("run") == 1


@settings(
    max_examples=12, deadline=None, phases=[Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)  # fmt: skip
@given(
    words=st.lists(st.text("abcdefgh", min_size=1, max_size=9), min_size=1, max_size=60),
    every=st.integers(1, 4),
    columns=st.integers(1, 3),
    imposition=st.sampled_from([*Imposition]),
)
def test_links_lie_over_their_words_and_over_nothing_else(
    article: MakeArticle, book: MakeBook, tmp_path: Path,
    words: list[str], every: int, columns: int, imposition: Imposition,
) -> None:  # fmt: skip
    linked = {f"https://example.org/{n}": word for n, word in enumerate(words) if n % every == 0}
    html = "<p>{}</p>".format(
        " ".join(
            f'<a href="https://example.org/{n}">{word}</a>' if n % every == 0 else f"{word}."
            for n, word in enumerate(words)
        )
    )
    sheet = Sheet(columns=columns, imposition=imposition, paper="90x120", links=Links.PLAIN)
    write(book(article(html=html), sheet=sheet), tmp_path / "a.pdf")
    found = list(glyphs(tmp_path / "a.pdf"))
    covered: dict[str, str] = {}
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        for number, page in enumerate(pdf.pages):
            for each in page.get("/Annots", []):
                left, bottom, right, top = (float(side) for side in each.Rect)
                inside = [
                    glyph.said
                    for glyph in found
                    if glyph.page == number
                    and left - 0.3 <= glyph.x < right - 0.3
                    and bottom - 1 <= glyph.y <= top
                ]
                href = str(each.A.URI)
                covered[href] = covered.get(href, "") + "".join(inside).strip()
    assert covered == linked


def _painted(made: Book, number: int = 0) -> QImage:
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    paint_side(painter, made, sides(made)[number], image.width() / made.page_width)
    painter.end()
    return image


def _dark(image: QImage, left: float, top: float, width: float, height: float) -> int:
    """Count the pixels that are not white, in parts of the page's sides."""
    wide, high = image.width(), image.height()
    return sum(
        image.pixelColor(x, y).lightness() < 235
        for x in range(int(left * wide), int((left + width) * wide))
        for y in range(int(top * high), int((top + height) * high))
    )


def test_edges_stand_in_the_four_corners(article: MakeArticle, book: MakeBook) -> None:
    made = book(article("words " * 2000), sheet=Sheet())
    image = _painted(made, 1)
    margin, line = 20 / 210, 7 / 297
    above = (20 / 297, line)
    below = (1 - (20 + 7) / 297, line)
    for top, high in (above, below):
        assert _dark(image, margin, top, 0.2, high), "on the left"
        assert _dark(image, 1 - margin - 0.1, top, 0.1, high), "on the right"
        assert not _dark(image, 0, top, margin * 0.9, high), "not in the margin"
    assert not _dark(image, 0, 0, 1, 18 / 297), "nothing above the margin"
    assert not _dark(image, 0, 1 - 18 / 297, 1, 18 / 297), "nothing below the margin"
    first = _painted(made, 0)
    assert not _dark(first, 0, 0, 1, above[0] + above[1]), "no title above the title"


def test_the_edges_of_a_text_from_right_to_left_are_mirrored(
    article: MakeArticle, book: MakeBook
) -> None:
    words = "مدينة " * 2000
    made = book(article(words, title="مدينة", language="ar"), sheet=Sheet())
    image, left = _painted(made, 1), made.typesetter.area.left / 210
    ways = [_dark(image, at, 1 - 27 / 297, 0.06, 7 / 297) for at in (left, 1 - left - 0.06)]
    assert made.edges(1)[2].count("\u2068") == 2, "each part of the source is isolated"
    assert 0 < ways[0] < ways[1], "the number is on the left, its source on the right"


_TABLE = "<table><tr><th>Head</th></tr><tr><td>cell</td></tr></table>"
_BLOCKS = f"<h2>Head</h2><p>words</p><pre><code>x</code></pre><ul><li>one</li></ul>{_TABLE}"


@pytest.mark.parametrize(
    "sheet",
    [
        Sheet(), Sheet(columns=2, code=True), Sheet(run_on=True),
        Sheet(paper="A5", imposition=Imposition.FOLDED),
    ],
)  # fmt: skip
def test_whoever_paints_a_page_has_the_painter_back_as_it_was(
    article: MakeArticle, book: MakeBook, sheet: Sheet
) -> None:
    made = book(*(article(html=_BLOCKS * 9) for _ in range(3)), sheet=sheet, title="All")
    image = QImage(620, 877, QImage.Format.Format_RGB32)
    painter = QPainter(image)
    painter.setPen(QColor("#123456"))
    painter.setFont(QFont("Inter", 77))
    painter.setTransform(QTransform.fromScale(0.5, 0.25))
    painter.setClipRect(QRectF(1, 2, 3, 4))

    def state() -> tuple[object, ...]:
        hint = QPainter.RenderHint.Antialiasing
        return (
            painter.pen(), painter.font(), painter.transform(), painter.clipBoundingRect(),
            painter.brush(), bool(painter.renderHints() & hint),
        )  # fmt: skip

    states = [state()]
    for side in sides(made):
        paint_side(painter, made, side, 0.01)
        states.append(state())
    painter.end()
    assert states == states[:1] * len(states)


def test_the_edges_of_contents_stand_where_those_of_texts_do(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(*(article("text", title=f"T{n}") for n in range(4)), title="All", sheet=Sheet())
    number = max(number for number, page in enumerate(made.pages) if page.piece == -1)
    image = _painted(made, number)
    assert _dark(image, 1 - 20 / 210 - 0.1, 1 - 27 / 297, 0.1, 7 / 297)
    assert not _dark(image, 0, 0, 1, 18 / 297)
    assert not _dark(image, 0, 1 - 18 / 297, 1, 18 / 297)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_hairline_parts_columns(article: MakeArticle, book: MakeBook, direction: str) -> None:
    html = f'<article dir="{direction}"><p>{"words " * 3000}</p></article>'
    made = book(article(html=html), sheet=Sheet(columns=2))
    image = _painted(made, 1)
    x = round((made.left + made.column + made.gap / 2) / made.page_width * image.width())
    for y in (200, 400, 700):
        near = [image.pixelColor(place, y).lightness() for place in range(x - 3, x + 4)]
        assert min(near) < 252, "there is a line"
        assert sum(light < 252 for light in near) <= 3, "which is thin"
    alone = _painted(book(article("words " * 3000)), 1)
    middle = [alone.pixelColor(310, y) for y in range(150, 700)]
    assert any(each.lightness() > 252 for each in middle)


def test_the_rule_between_two_articles_is_as_wide_as_the_text(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article("one"), article("two"), sheet=Sheet(run_on=True))
    image = _painted(made, 2)
    y = made.pages[2].rules[0] / made.page_height * image.height()
    line = [
        x for x in range(image.width())
        if any(image.pixelColor(x, int(y) + by).lightness() < 250 for by in (-1, 0, 1))
    ]  # fmt: skip
    assert min(line) == pytest.approx(made.left / made.page_width * 620, abs=2)
    assert max(line) == pytest.approx((made.left + made.width) / made.page_width * 620, abs=2)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_the_code_is_painted_where_it_is_placed(
    article: MakeArticle, book: MakeBook, direction: str
) -> None:
    html = f'<article dir="{direction}"><p>words</p></article>'
    made = book(article(html=html), sheet=Sheet(code=True))
    placed = made.pages[0].code
    assert placed is not None
    left, top, modules = placed
    scale = 2480 / made.page_width
    image = QImage(2480, 3508, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint_side(painter, made, sides(made)[0], scale)
    painter.end()
    side = 20 * MM / len(modules)
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            at = ((left + (x + 0.5) * side) * scale, (top + (y + 0.5) * side) * scale)
            assert (image.pixelColor(int(at[0]), int(at[1])).lightness() < 128) is dark
    begins = left if direction == "rtl" else left + 20 * MM
    edge = made.left if direction == "rtl" else made.left + made.width
    assert begins == pytest.approx(edge, abs=1)


def test_contents_have_the_numbers_of_pages_beside_their_lines(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = book(
        *(article("text", title=f"Title{n}") for n in range(40)),
        title="All",
        sheet=Sheet(paper="A5"),
    )
    write(made, tmp_path / "a.pdf")
    number = {each.piece: page for page, each in reversed([*enumerate(made.pages, 1)])}
    contents = [number for number, page in enumerate(made.pages) if page.piece == -1]
    assert len(contents) > 1
    lines: dict[tuple[int, float], list[Glyph]] = {}
    for each in glyphs(tmp_path / "a.pdf"):
        if each.page in contents:
            lines.setdefault((each.page, round(each.y, 1)), []).append(each)
    said = {
        "".join(each.said for each in sorted(line, key=lambda each: each.x)).strip()
        for line in lines.values()
    }
    for piece in range(40):
        assert f"Title{piece}{number[piece]}" in said


@pytest.mark.parametrize("lines", range(12, 24))
def test_the_number_of_an_item_is_printed_once_wherever_the_page_ends(
    article: MakeArticle, book: MakeBook, tmp_path: Path, lines: int
) -> None:
    before = "".join(f"<p>w{number}</p>" for number in range(lines))
    html = f'{before}<ol start="5"><li><h1>Head</h1></li></ol><p>behind</p>'
    write(book(article(html=html), sheet=Sheet("A5", landscape=True)), tmp_path / "a.pdf")
    found = [each for each in glyphs(tmp_path / "a.pdf") if not each.artifact]
    said = "".join(each.said for each in found)
    assert said.count("5.") == 1


def test_a_shrunken_picture_stands_in_the_middle_in_its_shape(
    article: MakeArticle, book: MakeBook
) -> None:
    picture = '<p><img src="" width="400" height="600" alt="A hill"></p>'
    seen = 0
    for words in range(150, 400, 10):
        made = book(article(html=f"<p>{'text ' * words}</p>{picture}<p>{'text ' * 300}</p>"))
        placed = next((each for each in made.pages[0].placed if each.slice.scale < 1), None)
        if placed is None:
            continue
        seen += 1
        image = _painted(made)
        dots = image.width() / made.page_width
        middle = round((placed.y + placed.slice.height / 2) * dots)
        frame = [x for x in range(image.width()) if image.pixelColor(x, middle).lightness() < 250]
        assert frame[0] + frame[-1] == pytest.approx(image.width(), abs=2)
        wide = placed.slice.height * dots * 400 / 600
        assert frame[-1] - frame[0] == pytest.approx(wide, abs=3)
    assert seen > 2
