"""What stands on which page."""

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.printing.impose import sides
from reader.printing.typeset import CONTENTS, MM, TITLE_PAGE
from reader.sheet import Header, Imposition, Sheet

_SHORT = "A few words of text. " * 30
_LONG = "\n\n".join(f"## Part {n}\n\n{_SHORT}" for n in range(40))


def test_an_article_alone_has_no_title_page(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_SHORT))
    assert [leaf.piece for leaf in made.leaves] == [0]
    assert not made.is_bound


def test_many_articles_have_title_contents_and_a_page_each(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(*(article(_SHORT, title=f"T{n}") for n in range(3)), title="All")
    assert [leaf.piece for leaf in made.leaves] == [TITLE_PAGE, CONTENTS, 0, 1, 2]
    assert made.begins == [2, 3, 4]


def test_articles_run_on_where_that_is_wanted(article: MakeArticle, book: MakeBook) -> None:
    made = book(*(article(_SHORT) for _ in range(3)), sheet=Sheet(run_on=True))
    assert made.begins == [2, 2, 2]
    assert len(made.leaves[2].rules) == 2
    tops = [each.y for each in made.leaves[2].placed]
    assert tops == sorted(tops)


def test_nothing_stands_outside_the_text_area_or_over_another(
    article: MakeArticle, book: MakeBook
) -> None:
    for sheet in (Sheet(columns=2, run_on=True), Sheet(), Sheet(columns=3, paper="A5")):
        made = book(article(_LONG), article(_SHORT), article(_LONG), sheet=sheet)
        for leaf in made.leaves:
            bottoms: dict[float, float] = {}
            for each in leaf.placed:
                assert each.y >= made.top - 0.5
                assert each.y + each.slice.height <= made.top + made.height + 0.5
                assert each.y >= bottoms.get(each.x, 0) - 0.5
                bottoms[each.x] = each.y + each.slice.height


def test_the_outline_has_every_heading_on_its_page(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(columns=2))
    assert [each.text for each in made.outline][1:] == [f"Part {n}" for n in range(40)]
    places = [(each.leaf, each.level) for each in made.outline]
    assert [leaf for leaf, _ in places] == sorted(leaf for leaf, _ in places)
    assert all(made.top - 1 <= each.y <= made.top + made.height for each in made.outline)


def test_the_header_tells_the_section(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(header=Header.SECTION))
    above = [made.edges(number)[0] for number in range(len(made.leaves))]
    assert above[0] == ""
    assert above[1].startswith("Part ")
    assert above[1] != above[-1]
    off = book(article(_LONG), sheet=Sheet(header=Header.NONE, footer=False))
    assert set(map(off.edges, range(len(off.leaves)))) == {("", "", "", "")}


def test_pieces_that_are_let_go_come_back_the_same(
    article: MakeArticle, book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    articles = [article(_LONG, id=n) for n in range(4)]
    monkeypatch.setattr("reader.printing.typeset._KEPT_CHARACTERS", 2 * len(articles[0].html))
    made = book(*articles)
    assert made.typesetter.kept == (2, 3), "the latest are kept"
    ends = made.typesetter.piece(2).body.end
    slice = made.leaves[made.begins[0]].placed[-1].slice
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
    body = [each for each in made.leaves[0].placed if not each.in_head]
    assert body[0].x > body[1].x
    document = made.typesetter.piece(0).body.document
    assert document.firstBlock().textDirection().name == "RightToLeft"


def test_the_qr_code_stands_beside_the_title(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_SHORT), sheet=Sheet(code=True))
    leaf = made.leaves[0]
    assert leaf.code is not None
    x, _, modules = leaf.code
    assert x + 20 * MM <= made.left + made.width + 1
    assert len(modules) == len(modules[0]) >= 21
    assert book(article(_SHORT, url="file:///x"), sheet=Sheet(code=True)).leaves[0].code is None


# ---- on sheets


def test_two_pages_stand_beside_each_other(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_LONG), sheet=Sheet(imposition=Imposition.TWO_UP))
    placed = sides(made)
    assert len(placed) == -(-len(made.leaves) // 2)
    (_, left), (_, right) = placed[0].pages
    assert left.m11() == right.m11() < 0.75
    assert right.dx() > left.dx()
