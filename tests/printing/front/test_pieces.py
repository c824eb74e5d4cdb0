"""What the front of a book says."""

import pytest
from tests.printing.conftest import MakeArticle, MakeBook

from reader.document.build import Document
from reader.printing.front.pieces import first_words, opening
from reader.printing.piece import CONTENTS, MM, TEASERS, TITLE_PAGE
from reader.printing.sheets import PRESETS, area_mm
from reader.sheet import Sheet

_NEWSPAPER, _MAGAZINE = PRESETS["Newspaper"], PRESETS["Magazine"]
_UNSEEN = str.maketrans("\N{NO-BREAK SPACE}\u2028", " \n", "\N{WORD JOINER}\N{ZERO WIDTH SPACE}")
_PICTURE = "b" * 64 + ".jpg"


def _said(document: Document) -> list[str]:
    return document.toPlainText().translate(_UNSEEN).strip("\n").split("\n")


@pytest.mark.parametrize("title", ["I", "My Weekly", "A title that is rather long " * 6])
@pytest.mark.parametrize("paper", ["A4", "A5"])
def test_a_title_line_is_as_large_as_fits_in_one_line(
    article: MakeArticle, book: MakeBook, title: str, paper: str
) -> None:
    sheet = _NEWSPAPER._replace(paper=paper)
    made = book(article("x"), article("y"), sheet=sheet, title=title.strip())
    document = made.typesetter.piece(TITLE_PAGE).head.document
    layout = document.firstBlock().layout()
    wide = area_mm(sheet).width * MM
    size = document.look.size_pt
    least = 1.3 * sheet.size_pt
    if len(title) < 20:
        assert layout.lineCount() == 1
        assert size > 2 * least
    else:
        assert size == pytest.approx(least), "it breaks before it becomes small"
    assert layout.lineAt(0).naturalTextWidth() <= wide


def test_the_line_below_the_title_counts_the_articles_and_their_time(
    article: MakeArticle, book: MakeBook
) -> None:
    articles = [article("x", words=238 * 3), article("y", words=238 * 4)]
    made = book(*articles, sheet=_NEWSPAPER, title="All", dated="23–29 November 2026")
    body = made.typesetter.piece(TITLE_PAGE).body.document
    assert _said(body) == ["2 articles · 7 min · 23–29 November 2026"]


def test_an_index_names_title_and_site_and_many_in_one_line_each(
    article: MakeArticle, book: MakeBook
) -> None:
    for count, lines in ((2, ["T0", "s0.example"]), (61, ["T0  s0.example"])):
        articles = [article("x", title=f"T{n}", site=f"s{n}.example") for n in range(count)]
        made = book(*articles, sheet=_NEWSPAPER, title="All")
        assert _said(made.typesetter.piece(CONTENTS).body.document)[: len(lines)] == lines


def test_the_contents_of_a_magazine_have_the_first_words(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article("Some words.", words=238), article("x"), sheet=_MAGAZINE, title="All")
    said = _said(made.typesetter.piece(CONTENTS).body.document)
    assert said[:3] == ["The <b>Title</b>", "Author · site · 1 min", "Some words."]


def test_a_teaser_has_picture_title_and_first_words_and_leads_to_the_article(
    article: MakeArticle, book: MakeBook
) -> None:
    html = f'<article><p><img src="{_PICTURE}" width="30" height="20" alt="Alt"></p><p>Words.</p>'
    shown = article(html=f"{html}</article>", lead=_PICTURE, title="Shown")
    articles = [article("x"), shown, article("", title="Nothing")]
    made = book(*articles, sheet=_NEWSPAPER, title="All")
    teaser = made.typesetter.piece(TEASERS - 1)
    assert teaser.head.end - teaser.head.begin > 5 * MM, "the picture is as wide as its column"
    assert _said(teaser.body.document) == ["Shown", "Words."]
    ranges = teaser.body.document.firstBlock().textFormats()
    assert ranges[0].format.anchorHref() == "#a1-top"
    bare = made.typesetter.piece(TEASERS - 2)
    assert bare.head.end - bare.head.begin < 1
    assert _said(bare.body.document) == ["Nothing"]
    without = book(*articles, sheet=_NEWSPAPER._replace(pictures=False), title="All")
    head = without.typesetter.piece(TEASERS - 1).head
    assert head.end - head.begin < 1


@pytest.mark.parametrize(
    ("text", "letters", "said"),
    [
        ("", 10, ""),
        ("short", 10, "short"),
        ("some more words", 10, "some more…"),
        ("some more, words", 11, "some more…"),
        ("a" * 30, 10, "a" * 10 + "…"),
        ("吾輩は猫である。名前はまだ無い。", 10, "吾輩は猫で…"),
    ],
)
def test_first_words_end_between_words(text: str, letters: int, said: str) -> None:
    assert first_words(text, letters) == said


def test_the_opening_is_of_paragraphs_and_has_no_words_of_pictures(article: MakeArticle) -> None:
    html = '<h2>Head</h2><p><img src="" alt="Alt"></p><p>One.</p><ul><li>x</li></ul><p>Two.</p>'
    assert opening(article(html=f"<article>{html}</article>"), 100) == "One. Two."
    assert opening(article(html=""), 100) == ""


def test_a_book_without_a_date_bears_todays(article: MakeArticle, book: MakeBook) -> None:
    made = book(article("x"), article("y"), sheet=Sheet(), title="All")
    (*_, line) = _said(made.typesetter.piece(TITLE_PAGE).head.document)
    assert line.rpartition(" ")[2].isdecimal()
