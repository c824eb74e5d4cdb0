"""Wide tables stand across the columns or on pages of their own, and text goes on around them."""

from itertools import pairwise
from pathlib import Path

import pytest
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import Glyph, glyphs, words_of

from reader.document.column_widths import Way
from reader.printing.book import Book
from reader.printing.page import Part, Placed
from reader.printing.sections import sections
from reader.printing.sheets import PRESETS, area_mm
from reader.sheet import Notes, Sheet

_TEXT = "\n\n".join(" ".join(f"p{n}w{m}" for m in range(60)) for n in range(8))
_PAPER = Sheet(columns=2, size_pt=9.0)
_NARROW = Sheet("A5")


def _table(columns: int, rows: int = 8, cell: str = "{row}{column:02}777") -> str:
    lines = [" | ".join(f"Head{column}" for column in range(columns)), "|".join(["---"] * columns)]
    for row in range(rows):
        lines.append(" | ".join(cell.format(row=row, column=column) for column in range(columns)))
    return "\n".join(f"| {line} |" for line in lines)


def _around(table: str) -> str:
    return f"{_TEXT}\n\n## Above\n\n{table}\n\n{_TEXT.replace('p', 'q')}"


def _body(book: Book) -> list[tuple[int, Placed]]:
    return [
        (number, placed)
        for number, page in enumerate(book.pages)
        for placed in page.placed
        if placed.part is Part.BODY
    ]


def _ways(book: Book) -> list[Way]:
    document = book.typesetter.piece(0).body.document
    return [table.fit.way for table in document.tables]


def _found(file: Path, *texts: str) -> dict[str, list[Glyph]]:
    """Return the glyphs of each of some words, which are printed once."""
    said = list(glyphs(file))
    whole = "".join(each.said for each in said)
    lengths = [0]
    for each in said:
        lengths.append(lengths[-1] + len(each.said))
    found = {}
    for text in texts:
        start = whole.index(text)
        found[text] = [
            said[number]
            for number in range(len(said))
            if start <= lengths[number] < start + len(text)
        ]
    return found


@pytest.mark.parametrize(
    ("sheet", "columns", "way"),
    [
        (_PAPER, 3, Way.COLUMN), (_PAPER, 10, Way.ACROSS), (_PAPER, 22, Way.TURNED),
        (_NARROW, 3, Way.COLUMN), (_NARROW, 10, Way.COLUMN), (_NARROW, 15, Way.TURNED),
    ],
)  # fmt: skip
def test_no_word_of_a_table_is_broken(
    article: MakeArticle, book: MakeBook, tmp_path: Path, sheet: Sheet, columns: int, way: Way
) -> None:
    made = book(article(_around(_table(columns))), sheet=sheet)
    assert _ways(made) == [way]
    write(made, tmp_path / "a.pdf")
    cells = [f"{row}{column:02}777" for row in range(8) for column in range(columns)]
    found = _found(tmp_path / "a.pdf", *cells, "Head1", "p0w0", "q7w59", "Above")
    for text, said in found.items():
        turned = way is Way.TURNED and text[0] not in "pq"
        line = {round(each.x if turned else each.y, 1) for each in said}
        assert len(line) == 1, f"{text} is in one line"


@pytest.mark.parametrize("columns", [22, 60])
def test_a_table_of_many_columns_stays_on_its_paper(
    article: MakeArticle, book: MakeBook, tmp_path: Path, columns: int
) -> None:
    for sheet in (_PAPER, _NARROW, Sheet("A5", landscape=True)):
        made = book(article(_around(_table(columns))), sheet=sheet)
        write(made, tmp_path / "a.pdf")
        area, point = area_mm(sheet), 72 / 25.4
        for each in glyphs(tmp_path / "a.pdf"):
            if not each.artifact and each.said.strip():
                assert (area.left - 0.5) * point <= each.x
                assert each.x <= (area.left + area.width + 0.5) * point
        said = "".join(each.said for each in glyphs(tmp_path / "a.pdf"))
        for row in range(8):
            for column in range(columns):
                assert f"{row}{column:02}777" in said


def test_a_table_across_has_its_heading_and_caption_above_it_and_even_columns_around(
    article: MakeArticle, book: MakeBook
) -> None:
    made = book(article(_around(_table(10))), sheet=_PAPER)
    body = made.typesetter.piece(0).body
    first, table, last = sections(body)
    assert [each.across for each in (first, table, last)] == [False, True, False]
    assert [each.is_last for each in (first, table, last)] == [False, False, True]
    assert [heading.text for heading in table.galley.headings] == ["Above"]
    assert not first.galley.headings and not last.galley.headings
    for one, other in pairwise((first, table, last)):
        assert one.galley.end <= other.galley.begin
    starts = [placed for _, placed in _body(made) if placed.slice.top == table.galley.begin]
    assert len(starts) == 1
    middle = starts[0].x + body.document.textWidth() / 2
    assert middle == pytest.approx(made.left + made.width / 2, abs=1)
    above = [placed for _, placed in _body(made) if placed.slice.bottom <= first.galley.end]
    left, right = above[-2:]
    assert abs(left.slice.height - right.slice.height) < 3 * 9 * 1200 / 72
    assert starts[0].y >= max(each.y + each.slice.height for each in (left, right))


def test_columns_beside_each_other_do_not_touch_if_there_is_a_wide_table(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    plain = book(article(_TEXT), sheet=_PAPER)
    wide = book(article(_TEXT + "\n\n" + _table(10)), sheet=_PAPER)
    write(plain, tmp_path / "a.pdf")
    write(wide, tmp_path / "b.pdf")
    for text in ("p0w0", "p3w7"):
        one, other = (_found(tmp_path / name, text)[text][0] for name in ("a.pdf", "b.pdf"))
        assert one.x == pytest.approx(other.x, abs=0.2)


def test_text_goes_on_before_a_turned_table(article: MakeArticle, book: MakeBook) -> None:
    made = book(article(_around(_table(15, 60))), sheet=_NARROW)
    turned = [number for number, placed in _body(made) if placed.turned]
    assert len(turned) > 1, "a long table takes several pages"
    assert turned == [*range(turned[0], turned[-1] + 1)]
    before = [placed for number, placed in _body(made) if number == turned[0] - 1]
    assert sum(each.slice.height for each in before) > 0.8 * made.height
    heads = [placed.slice.head for _, placed in _body(made) if placed.turned]
    assert heads[0] is None and None not in heads[1:]
    (heading,) = [each for each in made.outline if each.text == "Above"]
    assert heading.page == turned[0]
    assert made.outline == sorted(made.outline, key=lambda each: each.page)


@pytest.mark.parametrize("text", ["", "before", "before{}"])
def test_a_turned_table_may_be_all_there_is_or_the_last(
    article: MakeArticle, book: MakeBook, text: str
) -> None:
    made = book(article(text.format("\n\n" + _TEXT) + "\n\n" + _table(15)), sheet=_NARROW)
    pages = [number for number, placed in _body(made) if placed.turned]
    assert pages == [len(made.pages) - 1]
    assert all(page.placed for page in made.pages)


@pytest.mark.parametrize("columns", [10, 15, 22])
@pytest.mark.parametrize("sheet", [_PAPER, _NARROW])
def test_notes_of_a_wide_table_are_printed_once(
    article: MakeArticle, book: MakeBook, tmp_path: Path, sheet: Sheet, columns: int
) -> None:
    marked = _table(columns).replace("000777", "x[^t]").replace("Head1 ", "Head1[^h] ")
    notes = "\n\n".join(f"[^{name}]: Note{name} said" for name in "abht")
    text = _around(marked).replace("p1w1 ", "p1w1[^a] ").replace("q1w1 ", "q1w1[^b] ")
    for where in (Notes.FOOT, Notes.END):
        made = book(article(f"{text}\n\n{notes}"), sheet=sheet._replace(notes=where))
        write(made, tmp_path / "a.pdf")
        said = "".join(each.said for each in glyphs(tmp_path / "a.pdf") if each.said.strip())
        for name in "abht":
            assert said.count(f"Note{name}") == 1


def test_words_of_a_table_have_no_hyphens_on_hyphenated_paper(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    cell = "international responsibility of governments"
    made = book(article(_table(3, 4, cell)), sheet=PRESETS["Newspaper"])
    write(made, tmp_path / "a.pdf")
    words = [word for page in words_of(tmp_path / "a.pdf") for word in page]
    assert words.count("international") == words.count("responsibility") == 12
