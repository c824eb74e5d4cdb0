"""Articles and their parts run as they are written."""

import pytest
from PySide6.QtCore import Qt
from tests.document.conftest import Build

from reader.anchor import Anchor
from reader.body.blocks import Body, Heading, Item, List, Paragraph, Quote, Text
from reader.document.build import Head, head_of
from reader.document.direction import direction_of_article, direction_of_text, has_rtl
from reader.document.picture_object import x_of
from reader.model import Article, State

HEBREW = "זה טקסט בעברית שממשיך עוד ועוד כדי למלא את השורה"
ARABIC = "قبل أربعين عامًا غادر آخرُ حارسٍ الصخرة"
ENGLISH = "This is a whole sentence in English that somebody else has said."
PERSIAN = "چهل سال پیش آخرین نگهبان فانوس دریایی صخره را ترک کرد"


def _article(**more: object) -> Article:
    plain = Article(
        id=1, uid="", url="", title="", byline="", site="", language="", excerpt="", words=300,
        published_at="", added_at="", downloaded_at="", opened_at="", read_at="",
        state=State.QUEUE, place="", favourite=False, tags=(), views=0, position=Anchor(),
        progress=0, lead="", pictures=(), html="<p>x</p>",
    )  # fmt: skip
    return plain._replace(**more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("text", "base", "direction"),
    [
        (f"Python {HEBREW}", "rtl", "rtl"),
        (f"{HEBREW} Python", "ltr", "rtl"),
        (f"שלום is what people say to each other: {ENGLISH}", "ltr", "ltr"),
        (f"{ENGLISH} {HEBREW}", "rtl", "rtl"),
        (ENGLISH, "rtl", "ltr"),
        (ENGLISH, "", ""),
        (ARABIC, "", "rtl"),
        (ARABIC, "ltr", "rtl"),
        ("Aurora", "rtl", "rtl"),
        ("12 · 2024-10-02", "rtl", "rtl"),
        ("12 · 2024-10-02", "ltr", "ltr"),
        ("", "rtl", "rtl"),
        ("灯台守の島々", "ltr", "ltr"),
    ],
)
def test_a_text_keeps_the_base_unless_it_is_mainly_of_the_other_direction(
    text: str, base: str, direction: str
) -> None:
    assert direction_of_text(text, base) == direction


@pytest.mark.parametrize(
    ("html", "language", "excerpt", "direction"),
    [
        ('<article dir="rtl"><p>abc</p></article>', "en", ENGLISH, "rtl"),
        ("<p>x</p>", "he-IL", "", "rtl"),
        ("<p>x</p>", "", PERSIAN, "rtl"),
        ("<p>x</p>", "en", ENGLISH, ""),
        ("<p>x</p>", "", "", ""),
    ],
)
def test_an_article_runs_as_it_says_or_as_it_is_written(
    html: str, language: str, excerpt: str, direction: str
) -> None:
    article = _article(html=html, language=language, excerpt=excerpt)
    assert direction_of_article(article) == direction


def test_all_parts_of_an_article_from_right_to_left_are_on_the_right(build: Build) -> None:
    item = Item((Paragraph((Text("Alpha"),)),))
    parts = (
        Heading(2, (Text("Python"),)),
        Paragraph((Text(f"Python {HEBREW}"),)),
        List((item, Item((Paragraph((Text(ENGLISH),)),)))),
        Quote((Paragraph((Text(ENGLISH),)), Paragraph((Text(HEBREW),)))),
        Paragraph((Text(ENGLISH),)),
    )
    document = build(Body(parts), direction="rtl", head=Head("Aurora", "By", ("site", "1 min")))
    block, directions = document.firstBlock(), []
    while block.isValid():
        directions.append(block.textDirection() == Qt.LayoutDirection.RightToLeft)
        block = block.next()
    assert directions == [True] * (len(directions) - 1) + [False]


@pytest.mark.parametrize("title", [ARABIC, ENGLISH])
def test_details_are_aligned_with_the_title_and_isolated(build: Build, title: str) -> None:
    article = _article(title=title, site="المرسى", published_at="2024-10-02", language="ar")
    direction = direction_of_article(article)
    document = build(Body(), 900, direction=direction, head=head_of(article))
    first, last = document.firstBlock(), document.lastBlock()
    assert first.textDirection() == last.textDirection()
    text, line = last.text(), last.layout().lineAt(0)
    parts = ["المرسى", "2\u00a0October\u00a02024", "1\u00a0min"]
    starts = [text.index(part) for part in parts]
    middles = [
        (line.cursorToX(start)[0] + line.cursorToX(start + len(part))[0]) / 2  # type: ignore[index]
        for start, part in zip(starts, parts, strict=True)
    ]
    rtl = first.textDirection() == Qt.LayoutDirection.RightToLeft
    assert middles == sorted(middles, reverse=rtl)


def test_details_of_one_direction_have_no_invisible_signs(build: Build) -> None:
    document = build(Body(), head=Head("Title", "", ("site", "1 min")))
    assert document.lastBlock().text() == "site · 1\u00a0min"
    assert not has_rtl("site · 1 min 灯台")


@pytest.mark.parametrize("title", [ARABIC, "BBC"])
def test_a_number_and_its_unit_read_in_order_in_a_head_that_runs_to_the_left(
    build: Build, title: str
) -> None:
    document = build(Body(), 900, direction="rtl", head=Head(title, "", ("6 min",)))
    block = document.lastBlock()
    assert block.textDirection() == Qt.LayoutDirection.RightToLeft
    number, unit = (block.text().index(part) for part in ("6", "min"))
    assert x_of(block.layout().lineAt(0), number + 1) < x_of(block.layout().lineAt(0), unit + 1)
