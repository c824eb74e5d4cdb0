"""What stands on which page."""

from itertools import pairwise

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.document.images import Pictures
from reader.printing.book import Book
from reader.printing.imposition import sides
from reader.printing.page import Part
from reader.printing.piece import CONTENTS, MM, TITLE_PAGE, entry_of
from reader.printing.sheets import area_mm
from reader.sheet import Header, Imposition, Links, Sheet

_SHORT = "A few words of text. " * 30
_LONG = "\n\n".join(f"## Part {n}\n\n{_SHORT}" for n in range(40))


def test_an_article_alone_has_no_title_page(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_SHORT))
    assert [page.piece for page in made.pages] == [0]
    assert not made.is_bound


def test_many_articles_have_title_contents_and_a_page_each(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(*(article(_SHORT, title=f"T{n}") for n in range(3)), title="All")
    assert [page.piece for page in made.pages] == [TITLE_PAGE, CONTENTS, 0, 1, 2]
    assert made.begins == [2, 3, 4]


def test_articles_run_on_where_that_is_wanted(article: MakeArticle, book: MakeBook) -> None:
    made = book(*(article(_SHORT, url="paste:1") for _ in range(3)), sheet=Sheet(run_on=True))
    assert made.begins == [2, 2, 2]
    assert len(made.pages[2].rules) == 2
    tops = [each.y for each in made.pages[2].placed]
    assert tops == sorted(tops)


def test_nothing_stands_outside_the_text_area_or_over_another(
    article: MakeArticle, book: MakeBook
) -> None:
    for sheet in (Sheet(columns=2, run_on=True), Sheet(), Sheet(columns=3, paper="A5")):
        made = book(article(_LONG), article(_SHORT), article(_LONG), sheet=sheet)
        for page in made.pages:
            bottoms: dict[float, float] = {}
            for each in page.placed:
                assert each.y >= made.top - 0.5
                assert each.y + each.slice.height <= made.top + made.height + 0.5
                assert each.y >= bottoms.get(each.x, 0) - 0.5
                bottoms[each.x] = each.y + each.slice.height


def test_the_outline_has_every_heading_on_its_page(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(columns=2))
    assert [each.text for each in made.outline][1:] == [f"Part {n}" for n in range(40)]
    places = [(each.page, each.level) for each in made.outline]
    assert [number for number, _ in places] == sorted(number for number, _ in places)
    assert all(made.top - 1 <= each.y <= made.top + made.height for each in made.outline)


def test_the_header_tells_the_section(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(header=Header.SECTION))
    above = [made.edges(number)[0] for number in range(len(made.pages))]
    assert above[0] == ""
    assert above[1].startswith("Part ")
    assert above[1] != above[-1]
    off = book(article(_LONG), sheet=Sheet(header=Header.NONE, footer=False))
    assert set(map(off.edges, range(len(off.pages)))) == {("", "", "", "")}


def test_pieces_that_are_let_go_come_back_the_same(
    article: MakeArticle, book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article(_LONG, id=n) for n in range(4)]
    monkeypatch.setattr("reader.printing.typeset._KEPT_CHARACTERS", 2 * len(articles[0].html))
    made = book(*articles)
    assert made.typesetter.kept == (2, 3), "the latest are kept"
    ends = made.typesetter.piece(2).body.end
    slice = made.pages[made.begins[0]].placed[-1].slice
    for _ in made.ready(made.begins[0]):
        pass
    assert made.typesetter.kept == (2, 0), "the one that was used last is kept"
    body = made.typesetter.piece(0).body
    assert body.begin <= slice.top < slice.bottom <= body.end + 0.5
    assert body.end == ends


def test_an_article_that_is_not_at_home_says_so(article: MakeArticle, book: MakeBook) -> None:
    made = book(article("x")._replace(html=""))
    text = made.typesetter.piece(0).body.document.toPlainText()
    assert "not been downloaded" in text.replace("\N{SOFT HYPHEN}", "")


def test_an_article_written_from_right_to_left_has_its_columns_so(
    article: MakeArticle, book: MakeBook
) -> None:
    html = '<article dir="rtl">\n' + "<p>מילים מילים מילים</p>\n" * 300 + "</article>"
    made = book(article(html=html), sheet=Sheet(columns=2))
    body = [each for each in made.pages[0].placed if each.part is Part.BODY]
    xs = [*dict.fromkeys(each.x for each in body)]
    assert len(xs) == 2 and xs[0] > xs[1]
    document = made.typesetter.piece(0).body.document
    assert document.firstBlock().textDirection().name == "RightToLeft"


def test_the_qr_code_stands_beside_the_title(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_SHORT), sheet=Sheet(code=True))
    page = made.pages[0]
    assert page.code is not None
    x, _, modules = page.code
    assert x + 20 * MM <= made.left + made.width + 1
    assert len(modules) == len(modules[0]) >= 21
    assert book(article(_SHORT, url="file:///x"), sheet=Sheet(code=True)).pages[0].code is None


# ---- on sheets


def test_two_pages_stand_beside_each_other(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(imposition=Imposition.TWO_UP))
    placed = sides(made)
    assert len(placed) == -(-len(made.pages) // 2)
    (_, left), (_, right) = placed[0].pages
    assert left.m11() == right.m11() < 0.75
    assert right.dx() > left.dx()


# ---- distances

_EM = 11 / 72 * 1200
"""The size of type of eleven points, in dots."""


def test_a_text_stands_below_its_head_and_a_title_a_third_down_its_page(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article(_SHORT), article(_SHORT), title="All")
    area = area_mm(Sheet())
    for page, top in zip(made.pages, (0.3 * 297, area.top, area.top, area.top), strict=True):
        head, *rest = page.placed
        piece = made.typesetter.piece(page.piece)
        assert (head.piece, head.part) == (page.piece, Part.HEAD)
        assert (head.x, head.y) == pytest.approx((area.left * MM, top * MM))
        assert head.slice == (0, piece.head.end, None, 1.0)
        assert page.pieces == (page.piece,)
        assert page.begins_piece
        for each in rest:
            assert each.y - head.y == pytest.approx(piece.head.end + 1.2 * _EM)
            assert (each.slice.top, each.slice.bottom) == (piece.body.begin, piece.body.end)
            assert each.part is Part.BODY


def test_an_article_goes_on_below_another_if_its_head_and_six_lines_fit(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(
        *(article("\n\n".join(["line"] * (1 + 5 * n % 23))) for n in range(24)),
        sheet=Sheet("A5", run_on=True),
    )
    bottoms = {
        number: (
            page,
            max(each.y + each.slice.height for each in content.placed if each.piece == number),
        )
        for number in range(24)
        for page, content in enumerate(made.pages)
        if any(each.piece == number and each.part is Part.BODY for each in content.placed)
    }
    heads = {
        each.piece: (page, each)
        for page, content in enumerate(made.pages)
        for each in content.placed
        if each.part is Part.HEAD
    }
    rules = {page: [*content.rules] for page, content in enumerate(made.pages)}
    went_on = 0
    for before, number in pairwise(range(24)):
        (page, bottom), (at, head) = bottoms[before], heads[number]
        needed = head.slice.height + (2.6 + 1.2 + 6 * 1.42) * _EM
        assert (at == page) is (bottom + needed <= made.top + made.height)
        if at == page:
            went_on += 1
            assert head.y == pytest.approx(bottom + 2.6 * _EM)
            assert rules[page].pop(0) == pytest.approx(bottom + 1.3 * _EM)
        else:
            assert (at, head.y) == (page + 1, made.top)
    assert 3 < went_on < 20
    assert not any(rules.values())
    assert [each.page for each in made.outline] == made.begins
    assert [each.y for each in made.outline] == [heads[number][1].y for number in range(24)]


def test_a_head_is_never_parted_from_the_picture_that_is_all_of_its_article(
    article: MakeArticle, book: MakeBook
) -> None:
    picture = article(html='<p><img src="" width="600" height="500" alt=""></p>')
    for lines in range(2, 60, 3):
        first = article("  \n".join(["line"] * lines))
        made = book(first, picture, sheet=Sheet(run_on=True))
        (page,) = [
            page for page in made.pages
            if any(each.part is Part.HEAD and each.piece == 1 for each in page.placed)
        ]  # fmt: skip
        assert any(each.part is Part.BODY and each.piece == 1 for each in page.placed)


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_columns_stand_beside_each_other_below_the_head(
    article: MakeArticle, book: MakeBook, direction: str
) -> None:
    html = f'<article dir="{direction}"><p>{"words " * 4000}</p></article>'
    made = book(article(html=html), sheet=Sheet(columns=3))
    area = area_mm(Sheet(columns=3))
    xs = [(area.left + n * (area.column + area.gap)) * MM for n in range(3)]
    for page in made.pages[:-1]:
        body = [each for each in page.placed if each.part is Part.BODY]
        assert [each.x for each in body] == pytest.approx(xs if direction == "ltr" else xs[::-1])
        assert len({each.y for each in body}) == 1
        for one, other in pairwise(body):
            assert other.slice.top >= one.slice.bottom
    assert len(made.pages) > 2
    last = [each.slice.height for each in made.pages[-1].placed]
    assert max(last) - min(last) < 2 * 1.42 * _EM, "the last columns are even"


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_head_and_text_leave_the_room_of_the_code(
    article: MakeArticle, book: MakeBook, direction: str
) -> None:
    html = f'<article dir="{direction}"><p>words</p></article>'
    made = book(article(html=html), sheet=Sheet(code=True))
    head, body = made.pages[0].placed
    code = made.pages[0].code
    assert code is not None
    left, right = made.left, made.left + made.width
    assert made.typesetter.piece(0).head.document.textWidth() == pytest.approx(made.width - 21 * MM)
    assert head.x == pytest.approx(left + 21 * MM if direction == "rtl" else left)
    assert code[0] == pytest.approx(left if direction == "rtl" else right - 20 * MM)
    assert code[1] == head.y == made.top
    assert body.y == pytest.approx(made.top + max(21 * MM, head.slice.height + 1.2 * _EM))


# ---- what pages say


@pytest.mark.parametrize("columns", [1, 2])
def test_the_section_of_a_page_is_the_heading_it_begins_with_or_the_last_before(
    article: MakeArticle, book: MakeBook, columns: int
) -> None:
    text = "\n\n".join(f"## Part {n}\n\n{_SHORT * (1 + n % 5)}" for n in range(40))
    made = book(article(text), sheet=Sheet(columns=columns))
    begins = 0
    for number in range(len(made.pages)):
        before = [each.text for each in made.outline if each.page < number]
        first = next((each for each in made.outline if each.page == number), None)
        at_top = first is not None and first.y < made.top + _EM
        begins += at_top
        expected = first.text if first and at_top else before[-1]
        assert made.section(number) == expected
    assert 1 < begins < len(made.pages), "both kinds of pages are there"


def test_what_stands_around_the_pages_of_a_book(article: MakeArticle, book: MakeBook) -> None:
    long = [article(_LONG, title=title, site=f"{title}.example") for title in ("One", "Two")]
    made = book(*long, title="All")
    source = "example.org/a · 25 November 2026"
    for number, page in enumerate(made.pages):
        edges = made.edges(number)
        if page.piece < 0:
            assert edges == ("", "", "", "" if page.piece == TITLE_PAGE else "2")
            continue
        title = ("One", "Two")[page.piece]
        begins = number in made.begins
        above = ("", "") if begins else (title, f"{title}.example")
        assert edges == (*above, source, str(number + 1))
    assert len(made.pages) > 6
    plain = book(article(_LONG), sheet=Sheet(footer=False))
    assert plain.edges(0) == ("", "", "", "")
    assert plain.edges(1) == ("The <b>Title</b>", "site", "", "")
    bare = book(article(_LONG), sheet=Sheet(header=Header.NONE))
    pages = len(bare.pages)
    assert [bare.edges(n) for n in (0, 1)] == [
        ("", "", source, f"1 / {pages}"),
        ("", "", source, f"2 / {pages}"),
    ]


# ---- at work


def test_a_book_is_laid_out_in_steps_that_may_be_left_and_taken_up(
    article: MakeArticle, pictures: Pictures
) -> None:
    articles = {n: article(_LONG, id=n, title=f"T{n}", language="de") for n in range(2)}
    entries = [entry_of(each) for each in articles.values()]
    made = Book(entries, articles.__getitem__, Sheet(), pictures, "All")
    first = next(iter(made.steps()))
    assert first == (0, 2, "All")
    assert not made.complete
    steps = [first, *made.steps()]
    assert [*dict.fromkeys(steps)] == [(0, 2, "All"), (0, 2, "T0"), (1, 2, "T1"), (2, 2, "")]
    assert made.complete
    assert len(steps) > 10, "others may breathe"
    assert [*made.steps()] == []
    assert (made.title, made.language) == ("All", "de")
    alone = Book(entries[:1], articles.__getitem__, Sheet(), pictures)
    assert (alone.title, alone.language, alone.is_bound) == ("T0", "de", False)
    assert [*dict.fromkeys(alone.steps())] == [(0, 1, "T0"), (1, 1, "")]
    nothing = Book([], articles.__getitem__, Sheet(), pictures)
    assert [*nothing.steps()] == [(0, 0, "")]
    assert (nothing.title, nothing.language, nothing.pages) == ("", "", [])


def test_all_documents_of_a_page_are_known(article: MakeArticle, book: MakeBook) -> None:
    made = book(article("one"), article("two"), sheet=Sheet(run_on=True))
    assert made.pages[2].pieces == (0, 1)
    assert not made.pages[2].begins_piece or made.pages[2].placed[0].part is Part.HEAD
    said = [each.toPlainText().split("\n")[0].strip("\u2060") for each in made.documents([2, 2])]
    assert said == ["The <b>Title</b>", "one", "The <b>Title</b>", "two"]


@pytest.mark.parametrize("links", [Links.PLAIN, Links.NUMBERED])
def test_the_outline_leaves_numbers_of_notes_and_links_out(
    article: MakeArticle, book: MakeBook, links: Links
) -> None:
    text = (
        "## 🙂 Results & code[^a]\n\nx\n\n## A [link](https://example.org/) to 2<sup>10</sup>\n\n"
        "y\n\n[^a]: note"
    )
    made = book(article(text), article(text), sheet=Sheet(links=links))
    said = [each.text for each in made.outline if each.level == 2]
    assert said == ["🙂 Results & code", "A link to 210"] * 2
