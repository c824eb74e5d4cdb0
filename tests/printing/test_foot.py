"""Notes at the foot: on the page of their mark, split where they must be, none of them lost."""

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pikepdf
import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import words_of

from reader.printing.book import Book
from reader.printing.page import Page, Part, Placed
from reader.sheet import Notes, Sheet

_LINE = 11 * 1.42 / 72 * 1200


def _noted(count: int, words: int = 12, between: int = 60) -> str:
    """Return a text with a note after every so many words."""
    text = "\n\n".join(f"{'text ' * between}m{n}.[^{n}]" for n in range(count))
    return text + "\n\n" + _notes(count, words)


def _notes(count: int, words: int) -> str:
    return "\n".join(f"[^{n}]: n{n} {'note ' * words}e{n}\n" for n in range(count))


def _of(page: Page, part: Part) -> list[Placed]:
    return [each for each in page.placed if each.part is part]


def _heights(made: Book) -> list[tuple[float, float]]:
    """Return the heights of text and notes in each column that has both."""
    found: list[tuple[float, float]] = []
    for page in made.pages:
        for x in {each.x for each in page.placed}:
            sums = [
                sum(each.slice.height for each in _of(page, part) if each.x == x)
                for part in (Part.BODY, Part.NOTES)
            ]
            if all(sums):
                found.append((sums[0], sums[1]))
    return found


def _whole(made: Book, part: Part) -> None:
    """Check that a part is placed once from its beginning to its end, in order."""
    galley = made.typesetter.piece(0).galley(part)
    slices = [each.slice for page in made.pages for each in _of(page, part)]
    assert slices[0].top == galley.begin
    assert slices[-1].bottom == galley.end
    for one, other in pairwise(slices):
        assert one.bottom <= other.top
        assert not any(one.bottom < cut.start < other.top for cut in galley.cuts)


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_a_note_begins_on_the_page_of_its_mark(
    article: MakeArticle, book: MakeBook, tmp_path: Path, columns: int
) -> None:
    made = book(article(_noted(40)), sheet=Sheet(columns=columns))
    write(made, tmp_path / "a.pdf")
    pages = words_of(tmp_path / "a.pdf")
    assert len(pages) > 4
    for number in range(40):
        (marked,) = [n for n, words in enumerate(pages) if f"m{number}." in words]
        (begun,) = [n for n, words in enumerate(pages) if f"n{number}" in words]
        assert begun == marked
    _whole(made, Part.NOTES)


def test_notes_stand_at_the_foot_of_the_column_of_their_mark_below_a_rule(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article(_noted(40)), sheet=Sheet(columns=2))
    body, notes = (made.typesetter.piece(0).galley(part) for part in (Part.BODY, Part.NOTES))
    foot = made.top + made.height
    for page in made.pages:
        columns = {each.x: each for each in _of(page, Part.NOTES)}
        rules = {line.x: line for line in page.lines if line.width > line.height}
        assert rules.keys() == columns.keys()
        for x, each in columns.items():
            assert each.y + each.slice.height == pytest.approx(foot, abs=0.1)
            text = [other for other in _of(page, Part.BODY) if other.x == x]
            low = max(other.y + other.slice.height for other in text)
            assert low < rules[x].y < each.y
            assert rules[x].width == pytest.approx(made.column / 4)
            seen = [_marks(body.document, other) for other in text]
            assert _marks(notes.document, each) <= set().union(*seen)


def _marks(document: object, placed: Placed) -> set[str]:
    """Return the numbers at the ends of the texts, or the beginnings of notes, in a slice."""
    from reader.document.build import Document

    assert isinstance(document, Document)
    layout, block, found = document.documentLayout(), document.firstBlock(), set[str]()
    while block.isValid():
        rect = layout.blockBoundingRect(block)
        at = rect.top() + 1 if placed.part is Part.NOTES else rect.bottom() - 1
        if placed.slice.top <= at <= placed.slice.bottom:
            match = re.search(r"[nm](\d+)", block.text())
            found |= {match[1]} if match else set()
        block = block.next()
    return found


def test_notes_are_smaller_and_as_wide_as_the_column(article: MakeArticle, book: MakeBook) -> None:
    piece = book(article(_noted(3)), sheet=Sheet(columns=2)).typesetter.piece(0)
    assert piece.notes is not None
    document = piece.notes.galley.document
    assert document.find("note").charFormat().fontPointSize() == pytest.approx(11 * 0.85)
    block = document.firstBlock()
    assert block.blockFormat().indent() == 0
    assert piece.notes.galley.document.textWidth() == piece.body.document.textWidth()


@pytest.mark.parametrize("columns", [1, 2])
def test_a_note_longer_than_three_pages_goes_on_at_the_foot_of_the_next(
    article: MakeArticle, book: MakeBook, columns: int
) -> None:
    text = f"{_noted(1, 4000)}\n\n{'text ' * 4000}"
    made = book(article(text), sheet=Sheet(columns=columns))
    _whole(made, Part.NOTES)
    _whole(made, Part.BODY)
    holding = [n for n, page in enumerate(made.pages) if _of(page, Part.NOTES)]
    assert holding == [*range(holding[-1] + 1)] and len(holding) > 3
    for text_high, notes_high in _heights(made)[:-1]:
        assert notes_high < 0.55 * made.height
        assert text_high + notes_high > 0.8 * made.height or made.begins[0] == 0


@pytest.mark.parametrize("columns", [1, 2])
def test_four_hundred_notes_in_one_paragraph_take_half_of_each_page(
    article: MakeArticle, book: MakeBook, columns: int
) -> None:
    marks = " ".join(f"word[^{n}]" for n in range(400))
    made = book(article(f"{marks}\n\n{_notes(400, 9)}"), sheet=Sheet(columns=columns))
    _whole(made, Part.NOTES)
    _whole(made, Part.BODY)
    heights = _heights(made)
    assert heights
    for text_high, notes_high in heights[:-1]:
        assert notes_high < 0.55 * made.height
        assert text_high > 0.3 * made.height
    assert all(page.placed for page in made.pages)


def test_no_page_holds_notes_alone_while_the_text_goes_on(
    article: MakeArticle, book: MakeBook
) -> None:
    for words in range(0, 900, 30):
        text = f"{_noted(1, 1200)}\n\n{'text ' * words}"
        made = book(article(text), sheet=Sheet("A5", columns=2))
        ends = max(n for n, page in enumerate(made.pages) if _of(page, Part.BODY))
        for page in made.pages[: ends + 1]:
            texts = {each.x for each in _of(page, Part.BODY)}
            alone = {each.x for each in _of(page, Part.NOTES)} - texts
            assert not alone or (page is made.pages[ends] and max(texts) < min(alone))


def test_a_note_is_split_rather_than_its_line_put_off(article: MakeArticle, book: MakeBook) -> None:
    split = 0
    for between in range(150, 300, 15):
        made = book(article(_noted(20, 90, between)))
        notes = made.typesetter.piece(0).galley(Part.NOTES)
        ends = [placed[-1].slice.bottom for page in made.pages if (placed := _of(page, Part.NOTES))]
        inside = [next(cut for cut in notes.cuts if cut.y == end) for end in ends]
        split += sum(cut.gap == 0 for cut in inside[:-1])
    assert split > 3


def test_a_note_without_a_mark_and_an_article_of_notes_are_printed(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    lost = '<div role="doc-endnote" id="fn:x"><p>stray</p></div>'
    marked = '<p>a<a role="doc-noteref" href="#fn:y"></a></p>'
    own = '<div role="doc-endnote" id="fn:y"><p>own</p></div>'
    for html, expected in ((marked + lost + own, ["own", "stray"]), (lost, ["stray"])):
        write(book(article(html=html)), tmp_path / "a.pdf")
        words = [word for page in words_of(tmp_path / "a.pdf") for word in page]
        assert [word for word in words if word in ("own", "stray")] == expected


def test_a_picture_with_a_note_in_its_caption_stays_with_it(
    article: MakeArticle, book: MakeBook
) -> None:
    mark = '<a role="doc-noteref" href="#fn:1"></a>'
    figure = (
        '<figure><p><img src="" width="800" height="700" alt="x"></p>'
        f"<figcaption>c{mark}</figcaption></figure>"
    )
    note = '<div role="doc-endnote" id="fn:1"><p>n</p></div>'
    for words in range(0, 700, 50):
        html = f"<p>{'text ' * words}</p>{figure}<p>{'text ' * 300}</p>{note}"
        made = book(article(html=html))
        mark_at = made.typesetter.piece(0).body.document.position_of_anchor("r-fn:1")
        assert mark_at is not None
        document = made.typesetter.piece(0).body.document
        y = document.documentLayout().blockBoundingRect(document.findBlock(mark_at)).center().y()
        (page,) = [
            page for page in made.pages
            if any(each.slice.top < y < each.slice.bottom for each in _of(page, Part.BODY))
        ]  # fmt: skip
        assert _of(page, Part.NOTES)


# ---- in books, and as the sheet wishes


def test_numbers_begin_anew_in_each_article_and_links_lead_to_its_notes_and_back(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    one = article("text[^a] and[^b]\n\n[^a]: first\n[^b]: second\n")
    write(book(one, one, title="All"), tmp_path / "a.pdf")
    pages = words_of(tmp_path / "a.pdf")
    for page in pages[2:]:
        assert {"text", "1", "2", "1.", "2.", "first", "second"} <= {*page} and "3." not in page
    with pikepdf.open(tmp_path / "a.pdf") as pdf:
        ends = [
            (number, str(link.Dest))
            for number, page in enumerate(pdf.pages)
            for link in page.obj.get("/Annots", ())
            if "/Dest" in link
        ]
        names = {
            str(name): number
            for name, number in _destinations(pdf)
        }  # fmt: skip
    for number, prefix in ((2, "a0-"), (3, "a1-")):
        wanted = [f"{way}-{prefix}fn:{note}" for note in "ab" for way in "nr"]
        found = [name for page, name in ends if page == number and name in wanted]
        assert Counter(found) == Counter(wanted)
        assert {names[name] for name in wanted} == {number}


def _destinations(pdf: pikepdf.Pdf) -> list[tuple[str, int]]:
    pages = [page.obj.objgen for page in pdf.pages]
    tree = pikepdf.NameTree(pdf.Root.Names.Dests)
    return [(name, pages.index(place[0].objgen)) for name, place in tree.items()]


def test_the_last_notes_stand_below_their_text_if_the_next_article_runs_on(
    article: MakeArticle, book: MakeBook
) -> None:
    short = article(_noted(2, between=30))
    made = book(short, short, sheet=Sheet(run_on=True, columns=2), title="All")
    page = made.pages[2]
    assert page.pieces == (0, 1)
    notes = [each for each in _of(page, Part.NOTES) if each.piece == 0]
    head = next(each for each in _of(page, Part.HEAD) if each.piece == 1)
    assert notes and all(each.y + each.slice.height < page.rules[0] < head.y for each in notes)
    assert page.rules[0] < made.top + made.height / 2


def test_notes_stand_at_the_end_or_nowhere_if_the_sheet_says_so(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    made = article(_noted(20))
    end = book(made, sheet=Sheet(notes=Notes.END))
    assert end.typesetter.piece(0).notes is None
    write(end, tmp_path / "end.pdf")
    words = [word for page in words_of(tmp_path / "end.pdf") for word in page]
    assert words.index("m19.") < words.index("n0") < words.index("n19")
    write(book(made, sheet=Sheet(notes=Notes.OFF)), tmp_path / "off.pdf")
    words = [word for page in words_of(tmp_path / "off.pdf") for word in page]
    assert "m19." in words, "without its mark"
    assert not {"n0", "note", "e19"} & {*words}


def test_text_and_rule_keep_their_distance(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_noted(40)))
    for page in made.pages:
        low = max(each.y + each.slice.height for each in _of(page, Part.BODY))
        for each in _of(page, Part.NOTES):
            assert each.y - low >= 1.39 * 11 / 72 * 1200
            assert each.x == pytest.approx(made.left)


def test_columns_above_notes_end_where_the_notes_begin(
    article: MakeArticle, book: MakeBook
) -> None:
    text = "\n\n".join("words " * 20 + (f"x[^{n}]" if n % 9 == 4 else "") for n in range(120))
    notes = "\n".join(f"[^{n}]: note\n" for n in range(120) if n % 9 == 4)
    made = book(article(f"{text}\n\n{notes}"))
    reached = 0
    for page in made.pages[:-1]:
        low = max(each.y + each.slice.height for each in _of(page, Part.BODY))
        for each in _of(page, Part.NOTES):
            reached += each.y - low == pytest.approx(1.4 * 11 / 72 * 1200, abs=2 / 72 * 1200)
    assert reached >= len(made.pages) - 2
