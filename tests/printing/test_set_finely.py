"""Paragraphs set line by line: what Qt lays out is what was chosen, and nothing is lost."""

import statistics
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextLine
from tests.body.changing import prose
from tests.document.specimen import SPECIMEN
from tests.printing.conftest import MakeArticle, MakeBook, write
from tests.printing.reading import glyphs

from reader.body.blocks import (
    Block,
    Body,
    Code,
    Heading,
    Item,
    List,
    Note,
    Paragraph,
    Picture,
    Style,
    Text,
)
from reader.document.build import Document
from reader.document.images import Pictures
from reader.printing.adapt import for_paper
from reader.printing.piece import DPI, MM
from reader.printing.set_finely import Compositor
from reader.printing.sheets import PRESETS, area_mm, look_of
from reader.sheet import Sheet

NEWS = PRESETS["Newspaper"]
RAGGED = Sheet(columns=2, finely=True)


def _laid_out(
    pictures: Pictures, *blocks: Block | Note, sheet: Sheet = NEWS, seconds: float | None = None
) -> Document:
    document = Document(look_of(sheet), pictures, on_paper=True)
    document.set_zoom(DPI / 96)
    document.lay_out(area_mm(sheet).column * MM)
    growing = Compositor(document) if sheet.finely else document
    parts = for_paper(iter(blocks), sheet, "en-US")
    while not growing.grow(parts, seconds):
        pass
    document._growing = growing  # type: ignore[attr-defined]
    return document


def _blocks(document: Document) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def _lines(block: QTextBlock) -> list[QTextLine]:
    return [block.layout().lineAt(number) for number in range(block.layout().lineCount())]


def _ends(document: Document) -> list[list[int]]:
    return [[line.textStart() for line in _lines(block)] for block in _blocks(document)]


def _paragraph(text: str, **more: object) -> Paragraph:
    return Paragraph((Text(text),), **more)  # type: ignore[arg-type]


def _english(seed: int) -> Paragraph:
    return _paragraph(_text(seed))


def _text(seed: int, words: int = 90) -> str:
    sample = (
        "the of and to in is that it was for on are as with they at be this have from or had by "
        "weather computer equation, predictable conditions. scientists “discovered” butterfly "
        "international meteorologist well-known atmosphere, simulation observatory phenomenon."
    ).split()
    chance = Random(seed)
    return " ".join(chance.choice(sample) for _ in range(words))


def _spaces(block: QTextBlock) -> list[float]:
    """Return the word spaces of all lines but the last, in dots, without what hangs out."""
    text, spaces = block.text(), list[float]()
    for line in _lines(block)[:-1]:
        words = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        if words.count(" ") > 1:
            at = line.textStart() + words.index(" ")
            spaces.append(_x(line, at + 1) - _x(line, at))
    return spaces


def _x(line: QTextLine, position: int) -> float:
    x = line.cursorToX(position)
    return float(x[0] if isinstance(x, tuple) else x)  # type: ignore[arg-type]


def test_spaces_are_more_even_and_no_letter_moves(pictures: Pictures) -> None:
    blocks = [_english(seed) for seed in range(12)]
    fine = _laid_out(pictures, *blocks)
    plain = _laid_out(pictures, *blocks, sheet=NEWS._replace(finely=False))
    assert fine.toPlainText() == plain.toPlainText()
    one, other = (
        [space for block in _blocks(each) for space in _spaces(block)] for each in (fine, plain)
    )
    assert statistics.pstdev(one) < 0.85 * statistics.pstdev(other)
    em = NEWS.size_pt * DPI / 72
    assert sum(space > em / 2 for space in one) < sum(space > em / 2 for space in other)


def test_positions_are_those_of_a_document_that_is_not_set_finely(pictures: Pictures) -> None:
    parts = [*SPECIMEN, Heading(2, (Text("There"),), "there"), _english(1)]
    fine = _laid_out(pictures, *parts)
    plain = _laid_out(pictures, *parts, sheet=NEWS._replace(finely=False))
    assert fine.toPlainText() == plain.toPlainText()
    assert fine.headings == plain.headings
    assert fine.position_of_anchor("there") == plain.position_of_anchor("there")
    assert [fine.start_of(number) for number in range(9)] == [
        plain.start_of(number) for number in range(9)
    ]


def test_growing_in_steps_gives_the_same_lines(pictures: Pictures) -> None:
    parts = [*SPECIMEN, *(_paragraph(_text(seed, 40)) for seed in range(20))]
    assert _ends(_laid_out(pictures, *parts)) == _ends(_laid_out(pictures, *parts, seconds=0.0))


@pytest.mark.parametrize("sheet", [NEWS, RAGGED])
def test_the_last_line_is_longer_than_a_short_word(pictures: Pictures, sheet: Sheet) -> None:
    runts = []
    for finely in (False, True):
        blocks = [_paragraph(f"{_text(seed, 30 + seed % 40)} it.") for seed in range(120)]
        document = _laid_out(pictures, *blocks, sheet=sheet._replace(finely=finely))
        lines = [_lines(block)[-1] for block in _blocks(document)]
        runts.append(sum(line.naturalTextWidth() < 0.12 * line.width() for line in lines))
    assert runts[0] > 2 * runts[1], runts


def test_punctuation_hangs_out_of_justified_lines_alone(pictures: Pictures) -> None:
    blocks = [_english(seed) for seed in range(6)]
    hanging = [
        run.format.fontLetterSpacing()
        for sheet in (NEWS, RAGGED)
        for block in _blocks(_laid_out(pictures, *blocks, sheet=sheet))
        for run in block.textFormats()
        if run.format.fontLetterSpacing() and sheet is NEWS
    ]
    assert hanging
    assert all(each < 0 for each in hanging)
    for block in _blocks(_laid_out(pictures, *blocks, sheet=RAGGED)):
        assert not any(run.format.fontLetterSpacing() for run in block.textFormats())


def test_hyphens_and_commas_stand_out_of_the_column_on_paper(
    article: MakeArticle, book: MakeBook, tmp_path: Path
) -> None:
    text = " ".join(_text(seed) for seed in range(4))
    made = book(article(text), sheet=NEWS._replace(columns=1, header="none", footer=False))  # type: ignore[arg-type]
    write(made, tmp_path / "a.pdf")
    lines: dict[float, list[tuple[float, str]]] = {}
    for each in glyphs(tmp_path / "a.pdf"):
        if each.said.strip():
            lines.setdefault(each.y, []).append((each.x, each.said))
    last = [max(line) for line in lines.values()][2:-1]
    signs = [x for x, said in last if said in "-,."]
    letters = [x for x, said in last if said in "ehn"]
    assert signs
    assert min(signs) > max(letters)


def test_ragged_lines_are_of_more_even_length(pictures: Pictures) -> None:
    blocks = [_english(seed) for seed in range(12)]
    spread = []
    for finely in (True, False):
        document = _laid_out(pictures, *blocks, sheet=RAGGED._replace(finely=finely))
        lines = [line for block in _blocks(document) for line in _lines(block)[:-1]]
        spread.append(statistics.pstdev(line.naturalTextWidth() for line in lines))
    assert spread[0] < spread[1]


def test_each_part_between_line_breaks_is_a_paragraph(pictures: Pictures) -> None:
    one, other = _text(1), _text(2)
    both = _laid_out(pictures, _paragraph(f"{one}\n\n{other}"))
    first, second = _laid_out(pictures, _paragraph(one)), _laid_out(pictures, _paragraph(other))
    after = len(first.firstBlock().text()) + 2
    # The last word of a paragraph is never divided, so the lines may differ by it alone.
    expected = [*_ends(first)[0], after - 1, *(after + start for start in _ends(second)[0])]
    assert _ends(both)[0][:5] == expected[:5]
    assert after - 1 in _ends(both)[0]


def test_what_cannot_be_measured_is_laid_out_by_qt(pictures: Pictures) -> None:
    picture = Picture("", 0, 0, "formula")
    parts: list[Block] = [
        Paragraph((Text("words " * 30), picture, Text(" words" * 30))),
        _paragraph("天地玄黃宇宙洪荒" * 30),
        _paragraph("a" * 400 + " " + "b" * 400),
        Code("some code " * 30),
        _paragraph(""),
        _paragraph("\N{GRINNING FACE}" * 200),
        _paragraph("\N{RIGHT-TO-LEFT EMBEDDING}words\N{POP DIRECTIONAL FORMATTING} " * 40),
    ]
    plain = _laid_out(pictures, *parts, sheet=NEWS._replace(finely=False))
    assert _ends(_laid_out(pictures, *parts)) == _ends(plain)


def test_arabic_and_hebrew_are_set_finely_too(pictures: Pictures) -> None:
    for letters in ("אבגדהוזחטיכלמנסעפצקרשת", "ابتثجحخدذرزسشصضطظعغفقكلمنهوي"):
        chance = Random(5)
        blocks = [
            _paragraph(
                " ".join(
                    "".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(80)
                )
            )
            for _ in range(6)
        ]
        fine = _laid_out(pictures, *blocks)
        plain = _laid_out(pictures, *blocks, sheet=NEWS._replace(finely=False))
        assert fine.toPlainText() == plain.toPlainText()
        assert _ends(fine) != _ends(plain)


def test_mixed_fonts_notes_and_astral_letters_are_measured(pictures: Pictures) -> None:
    chance = Random(7)
    styles = (Style.PLAIN, Style.STRONG, Style.EMPHASIS, Style.CODE, Style.SUP, Style.SMALL)
    runs = tuple(
        Text(f"{prose(chance, 3)}\N{NO-BREAK SPACE}\N{MATHEMATICAL BOLD SMALL A}b ", style)
        for _ in range(25)
        for style in styles
    )
    fine = _laid_out(pictures, Paragraph(runs), sheet=NEWS)
    for line in _lines(fine.firstBlock())[:-1]:
        assert line.naturalTextWidth() > 0.985 * line.width()  # set, not given up


def test_french_signs_do_not_begin_a_line(pictures: Pictures) -> None:
    text = (
        "« Bonjour ! » dit-il ; « comment allez-vous ? » Elle répondit : « Très bien — merci ! » "
    )
    blocks = [_paragraph("mot " * number + text * 4) for number in range(20)]
    document = _laid_out(pictures, *blocks)
    for block in _blocks(document):
        for line in _lines(block)[1:]:
            assert block.text()[line.textStart()] not in "»!?;:"
        for line in _lines(block):
            said = block.text()[line.textStart() : line.textStart() + line.textLength()]
            assert not said.rstrip().endswith("«")


def test_a_very_long_paragraph_is_set(pictures: Pictures) -> None:
    text = " ".join(_text(seed) for seed in range(60))
    document = _laid_out(pictures, _paragraph(text), sheet=NEWS, seconds=0.0)
    lines = [line for block in _blocks(document) for line in _lines(block)[:-1]]
    full = sum(line.naturalTextWidth() > 0.98 * line.width() for line in lines)
    assert full == len(lines)


def test_lists_are_set_in_their_own_width(pictures: Pictures) -> None:
    items = tuple(Item((_english(seed),)) for seed in range(12))
    document = _laid_out(pictures, List(items, ordered=True, start=995))
    for block in _blocks(document):
        assert all(x.naturalTextWidth() > 0.98 * x.width() for x in _lines(block)[:-1])


def test_no_letter_is_lost_on_paper(article: MakeArticle, book: MakeBook, tmp_path: Path) -> None:
    text = "\n\n".join(_text(seed) for seed in range(20))
    said = []
    for finely in (True, False):
        made = book(article(text), sheet=NEWS._replace(finely=finely))
        write(made, tmp_path / "a.pdf")
        letters = "".join(each.said for each in glyphs(tmp_path / "a.pdf"))
        said.append(sorted(letter for letter in letters if letter.isalnum()))
    assert said[0] == said[1]


def test_headings_and_bodies_without_text_are_set(pictures: Pictures) -> None:
    _laid_out(pictures)
    _laid_out(pictures, *Body((), ()).blocks, sheet=RAGGED)
    title = "A heading of very many words that needs two lines, and then has a runt"
    document = _laid_out(pictures, Heading(1, (Text(title),)), sheet=RAGGED)
    assert document.toPlainText() == title


def test_a_paragraph_that_qt_breaks_otherwise_is_left_to_it(pictures: Pictures) -> None:
    control = "\x85"  # has no width, but Qt stretches it like a space
    blocks = [_paragraph(_text(seed).replace("e", f"e{control}")) for seed in range(4)]
    fine = _laid_out(pictures, *blocks, _english(1))
    assert _ends(fine)[:4] == _ends(_laid_out(pictures, *blocks, sheet=NEWS._replace(finely=False)))
    *left, other = _blocks(fine)
    assert not any(_has_own_spaces(block) for block in left)
    assert _has_own_spaces(other)


def _has_own_spaces(block: QTextBlock) -> bool:
    forms = [QTextCharFormat(run.format) for run in block.textFormats()]
    return any(form.fontWordSpacing() or form.fontLetterSpacing() for form in forms)
