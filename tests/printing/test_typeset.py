"""Pieces of a book: what they say, how wide they are, and which of them are kept."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from tests.printing.conftest import MakeArticle, MakeBook

from reader import phrases
from reader.document.build import Document
from reader.printing.piece import CONTENTS, MM, TITLE_PAGE
from reader.printing.sheets import area_mm
from reader.sheet import Links, Sheet

_UNSEEN = str.maketrans("\N{NO-BREAK SPACE}\u2028", " \n", "\N{WORD JOINER}\N{ZERO WIDTH SPACE}")


def _said(document: Document) -> list[str]:
    return document.toPlainText().translate(_UNSEEN).strip("\n").split("\n")


def test_a_title_page_counts_the_articles_and_their_time(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article("x", words=238 * 3), article("y", words=238 * 4), title="All of it")
    piece = made.typesetter.piece(TITLE_PAGE)
    today = phrases.day(date.today().isoformat())
    assert _said(piece.head.document) == ["All of it", f"2 articles · 7 min · {today}"]
    assert _said(piece.body.document) == [""]
    own = made.typesetter.piece(0).head.document
    sizes = [
        document.find(title).charFormat().fontPointSize()
        for document, title in ((piece.head.document, "All of"), (own, "Title"))
    ]
    assert sizes[0] == pytest.approx(1.3 * sizes[1])


def test_contents_list_what_is_known_of_each_article_once(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(
        article("x", title="One", byline="B", site="s.example", words=300),
        article("x", title="Two", byline="s.example", site="s.example", words=0),
        article("x", title="Three", byline="", site="", words=0),
        title="All", sheet=Sheet(justified=True),
    )  # fmt: skip
    contents = made.typesetter.piece(CONTENTS)
    assert _said(contents.head.document)[0] == "Contents"
    document = contents.body.document
    assert _said(document) == ["One", "B · s.example · 1 min", "Two", "s.example", "Three"]
    block, links = document.firstBlock(), list[str]()
    while block.isValid():
        assert block.blockFormat().alignment() != Qt.AlignmentFlag.AlignJustify
        form = block.begin().fragment().charFormat()
        links.append(form.anchorHref())
        assert form.foreground().color().name() == made.typesetter.look.theme.text
        assert not form.fontUnderline()
        block = block.next()
    assert links == [f"#a{number}-top" for number in range(3)]
    wide = area_mm(Sheet()).width
    assert document.textWidth() == pytest.approx((wide - 14) * MM)
    assert contents.head.document.textWidth() == pytest.approx(wide * MM)


@pytest.mark.parametrize("sheet", [Sheet(), Sheet(columns=2), Sheet(columns=2, code=True)])
def test_heads_are_as_wide_as_the_page_and_texts_as_a_column(
    article: MakeArticle, book: MakeBook, sheet: Sheet
) -> None:
    piece = book(article("x"), sheet=sheet).typesetter.piece(0)
    area = area_mm(sheet)
    assert (piece.code is not None) is sheet.code
    taken = 21 if sheet.code else 0
    assert piece.head.document.textWidth() == pytest.approx((area.width - taken) * MM)
    assert piece.body.document.textWidth() == pytest.approx(area.column * MM)
    assert piece.body.document.scale == 1200 / 96
    letters = piece.head.document.find("Title").charFormat().font()
    assert letters.pointSizeF() == pytest.approx(11 * 1.9), "of the size of the sheet"


def test_no_picture_is_higher_than_two_thirds_of_a_page(
    article: MakeArticle, book: MakeBook
) -> None:
    html = f'<p><img src="{"a" * 64}.png" width="100" height="9000" alt="x"></p>'
    body = book(article(html=html)).typesetter.piece(0).body
    line = body.document.firstBlock().layout().lineAt(0).height()
    high = area_mm(Sheet()).height * MM
    assert 0.66 * high <= line < 0.7 * high


@pytest.mark.parametrize(
    ("html", "language", "excerpt", "expected"),
    [
        ("<p>x</p>", "en", "", (False, "en", True)),
        ("<p>x</p>", "ar-EG", "", (True, "ar-EG", True)),
        ("<p>x</p>", "he", "", (True, "he", True)),
        ('<article dir="ltr"><p>x</p></article>', "he", "", (False, "he", True)),
        ('<article dir="rtl"><p>x</p></article>', "en", "", (True, "en", True)),
        ("<p>x</p>", "zh-Hant", "", (False, "zh-Hant", False)),
        ("<p>x</p>", "ja", "", (False, "ja", False)),
        ("<p>x</p>", "jam", "", (False, "jam", True)),
        (
            "<p>x</p>", "", "Das ist ein Satz, der nicht sehr lang ist und doch auf Deutsch.",
            (False, "de", True),
        ),
        (
            "<p>Das ist ein <b>Satz</b>, der nicht sehr lang ist und doch auf Deutsch.</p>", "", "",
            (False, "de", True),
        ),
        ("<p>x</p>", "", "", (False, "", True)),
    ],
)  # fmt: skip
def test_an_article_is_set_as_its_language_is_written(
    article: MakeArticle, book: MakeBook, html: str, language: str, excerpt: str,
    expected: tuple[bool, str, bool],
) -> None:  # fmt: skip
    made = book(article(html=html, language=language, excerpt=excerpt), sheet=Sheet(justified=True))
    piece = made.typesetter.piece(0)
    block = piece.body.document.firstBlock()
    justified = block.blockFormat().alignment() == Qt.AlignmentFlag.AlignJustify
    assert (piece.rtl, piece.language, justified) == expected
    assert (block.textDirection() == Qt.LayoutDirection.RightToLeft) is piece.rtl


@pytest.mark.parametrize(
    ("url", "published", "source"),
    [
        ("https://www.example.org/a/", "2026-11-25", "example.org/a · 25 November 2026"),
        ("http://example.org/box/", "", "example.org/box"),
        ("file:///home/a.md", "2026-11-25T10:00:00Z", "25 November 2026"),
        ("paste:0123", "", ""),
    ],
)
def test_the_source_is_its_address_as_people_write_it(
    article: MakeArticle, book: MakeBook, url: str, published: str, source: str
) -> None:
    made = book(article("x", url=url, published_at=published))
    assert made.typesetter.piece(0).source == source


def test_places_of_articles_have_a_prefix_in_a_book_and_none_alone(
    article: MakeArticle, book: MakeBook
) -> None:
    made = article("# There {#there}\n\n[go](#there)")
    alone, bound = book(made), book(made, made, title="All")
    for document, name in (
        (alone.typesetter.piece(0).body.document, "there"),
        (bound.typesetter.piece(1).body.document, "a1-there"),
        (alone.typesetter.piece(0).head.document, "a0-top"),
        (bound.typesetter.piece(1).head.document, "a1-top"),
    ):
        assert document.position_of_anchor(name) is not None
    assert "view" not in alone.typesetter.piece(0).head.document.toPlainText()


def test_the_wishes_of_a_sheet_reach_the_text(article: MakeArticle, book: MakeBook) -> None:
    made = article("[international](https://example.org/)", language="en")
    said = _said(
        book(made, sheet=Sheet(links=Links.NUMBERED, hyphenated=True))
        .typesetter.piece(0).body.document
    )  # fmt: skip
    assert said == ["in\u00adter\u00adna\u00adtional[1]", "Links", "[1] https://example.org/"]


def test_a_piece_larger_than_memory_should_hold_is_kept_alone(
    article: MakeArticle, book: MakeBook, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.printing.typeset._KEPT_CHARACTERS", 30)
    made = book(*(article(html=f"<p>{'x' * n}</p>") for n in (40, 3, 3)), title="All")
    assert [*made.typesetter.kept] == [1, 2]
    sizes = [made.typesetter.piece(number).size for number in (0, 1)]
    assert sizes == [41, 4]
    first = made.typesetter.piece(0)
    assert [*made.typesetter.kept] == [0], "what is used is kept, however large"
    assert made.typesetter.piece(0) is first, "and not laid out again"
