"""Where the front of a book stands, and that nothing of it stands in the way of anything."""

from itertools import pairwise

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.model import Article
from reader.printing.book import Book
from reader.printing.page import Bar, Part, Placed, Reference
from reader.printing.piece import CONTENTS, TEASERS, TITLE_PAGE
from reader.printing.sheets import PRESETS
from reader.sheet import Front, Sheet

_NEWSPAPER, _MAGAZINE = PRESETS["Newspaper"], PRESETS["Magazine"]
_PICTURE = "a" * 64 + ".jpg"
_WORDS = "Words that tell a story. " * 20


def _with_picture(article: MakeArticle, **more: object) -> Article:
    html = f'<article><p><img src="{_PICTURE}" width="300" height="200"></p><p>{_WORDS}</p>'
    return article(html=f"{html}</article>", lead=_PICTURE, **more)


def _box(book: Book, placed: Placed) -> tuple[float, float, float, float]:
    piece = book.typesetter.piece(placed.piece)
    wide = piece.galley(placed.part).document.textWidth()
    return placed.x, placed.y, placed.x + wide, placed.y + placed.slice.height


def _apart(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    return (
        one[2] <= other[0] + 1 or other[2] <= one[0] + 1
        or one[3] <= other[1] + 1 or other[3] <= one[1] + 1
    )  # fmt: skip


@pytest.mark.parametrize("count", [2, 3, 5, 30, 90])
@pytest.mark.parametrize("preset", ["Newspaper", "Magazine"])
@pytest.mark.parametrize("paper", ["A4", "A5", "60x90"])
def test_nothing_of_a_front_covers_anything_or_leaves_the_page(
    article: MakeArticle, book: MakeBook, count: int, preset: str, paper: str
) -> None:
    articles = [
        _with_picture(article, title="Long title " * (n % 7 + 1)) if n % 2 else article(_WORDS)
        for n in range(count)
    ]
    made = book(*articles, sheet=PRESETS[preset]._replace(paper=paper), title="All of it")
    for page in made.pages:
        boxes = [_box(made, each) for each in page.placed]
        for index, one in enumerate(boxes):
            assert one[1] >= made.top - 1
            assert one[3] <= made.top + made.height + 1 or len(boxes) == 1
            assert all(_apart(one, other) for other in boxes[:index])
        for mark in page.marks:
            assert made.left - 1 <= mark.x
            assert mark.x + mark.width <= made.left + made.width + 1
            assert made.top - 1 <= mark.y <= made.top + made.height


def test_a_short_newspaper_has_its_first_article_on_the_front_page(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(*(article(_WORDS) for _ in range(4)), sheet=_NEWSPAPER, title="All")
    pieces = [each.piece for each in made.pages[0].placed]
    teasers = [TEASERS - 1, TEASERS - 2, TEASERS - 3]
    assert [*dict.fromkeys(pieces)][:6] == [TITLE_PAGE, *teasers, CONTENTS, 0]
    assert made.begins[0] == 0
    tops = [min(e.y for e in made.pages[0].placed if e.piece == n) for n in (TITLE_PAGE, -4, -1, 0)]
    assert tops == sorted(tops)


def test_a_long_index_sends_the_first_article_to_a_page_of_its_own(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(*(article(_WORDS) for _ in range(60)), sheet=_NEWSPAPER, title="All")
    front = {each.piece for page in made.pages[: made.begins[0]] for each in page.placed}
    assert made.begins[0] >= 1
    assert TEASERS in front, "then it has a teaser too"
    assert all(piece < 0 for piece in front)


def test_teasers_are_of_leading_articles_and_sooner_of_those_with_pictures(
    article: MakeArticle, book: MakeBook
) -> None:
    articles = [article(_WORDS) for _ in range(4)] + [_with_picture(article) for _ in range(2)]
    made = book(*articles, sheet=_NEWSPAPER, title="All")
    marks = [mark for mark in made.pages[0].marks if isinstance(mark, Reference)]
    assert [mark.article for mark in marks] == [1, 4, 5]
    assert len({mark.x for mark in marks}) == 3


def test_a_magazine_has_a_cover_with_the_first_picture_and_contents(
    article: MakeArticle, book: MakeBook
) -> None:
    articles = [article(_WORDS), _with_picture(article), _with_picture(article)]
    made = book(*articles, sheet=_MAGAZINE, title="All")
    assert [page.piece for page in made.pages[:2]] == [TITLE_PAGE, CONTENTS]
    heads = [each.piece for each in made.pages[0].placed if each.part is Part.HEAD]
    assert heads == [TITLE_PAGE, TEASERS - 1]
    assert made.begins == [2, 3, 4], "each article begins a page"
    bars = [mark for page in made.pages for mark in page.marks if isinstance(mark, Bar)]
    assert len(bars) == 2, "colour is used sparingly"


def test_a_book_can_begin_with_its_first_article(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_WORDS), article(_WORDS), sheet=Sheet(front=Front.NONE), title="All")
    assert [page.piece for page in made.pages] == [0, 1]


@pytest.mark.parametrize("front", [Front.NEWSPAPER, Front.MAGAZINE, Front.CONTENTS])
def test_an_issue_of_one_article_has_its_title_and_no_index(
    article: MakeArticle, book: MakeBook, front: Front
) -> None:
    sheet = _NEWSPAPER._replace(front=front)
    made = book(article(_WORDS), sheet=sheet, title="My Weekly", dated="23–29 November 2026")
    pieces = [each.piece for page in made.pages for each in page.placed]
    assert {*pieces} == {TITLE_PAGE, 0}
    said = made.typesetter.piece(TITLE_PAGE)
    text = said.head.document.toPlainText() + said.body.document.toPlainText()
    assert "My Weekly" in text.replace("\N{NO-BREAK SPACE}", " ")
    assert "23–29 November 2026" in text.replace("\N{NO-BREAK SPACE}", " ")


def test_the_index_goes_on_over_pages_in_order(article: MakeArticle, book: MakeBook) -> None:
    made = book(*(article("x") for _ in range(400)), sheet=_NEWSPAPER, title="All")
    parts = [
        each.slice for page in made.pages for each in page.placed
        if each.piece == CONTENTS and each.part is Part.BODY
    ]  # fmt: skip
    body = made.typesetter.piece(CONTENTS).body
    assert parts[0].top == body.begin
    assert parts[-1].bottom == body.end
    assert all(one.bottom <= other.top + 1 for one, other in pairwise(parts))
