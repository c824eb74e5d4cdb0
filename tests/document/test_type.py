"""The type of the text: justified, divided, indented and spaced, as its language needs it."""

from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCursor

from reader import themes
from reader.body.blocks import (
    Block,
    Cell,
    Heading,
    Item,
    List,
    Paragraph,
    Quote,
    Style,
    Table,
    Text,
)
from reader.body.to_text import to_text
from reader.document.build import Document, Head
from reader.document.images import Pictures
from reader.document.portions import written
from reader.document.selected import selected
from reader.model import Look

_LOOK = Look(themes.theme("light"))
_WORDS = "International communication between universities requires understanding. "
_CLOSING, _OPENING = "、。，．：；？！」』）】〉》々ーっゃゅょ”", "「『（【〈《“"


def _text(words: str) -> Paragraph:
    return Paragraph((Text(words),))


def _built(
    pictures: Pictures, look: Look, *blocks: Block, column: float = 560, zoom: float = 1.0
) -> Document:
    document = Document(look, pictures, Head("Title"))
    document.set_zoom(zoom)
    document.lay_out(column)
    assert document.grow(iter(blocks))
    document.size()
    return document


def _block(document: Document, words: str) -> QTextBlock:
    block = document.firstBlock()
    while block.isValid() and words not in written(block.text()):
        block = block.next()
    assert block.isValid(), words
    return block


def _lines(block: QTextBlock) -> list[str]:
    layout, text = block.layout(), block.text()
    lines = (layout.lineAt(number) for number in range(layout.lineCount()))
    return [text[line.textStart() : line.textStart() + line.textLength()] for line in lines]


def _ends(block: QTextBlock) -> list[float]:
    layout, text = block.layout(), block.text()
    found = []
    for number in range(layout.lineCount()):
        line = layout.lineAt(number)
        words = text[line.textStart() : line.textStart() + line.textLength()].rstrip()
        at: Any = line.cursorToX(line.textStart() + len(words))
        found.append(float(at[0]))
    return found


# ---- hyphens


def test_hyphens_disturb_no_place_and_are_not_copied(pictures: Pictures) -> None:
    blocks = (_text(_WORDS * 9), List((Item((_text(_WORDS * 3),)),)))
    look = _LOOK._replace(hyphenated=True, language="en-US")
    divided, whole = _built(pictures, look, *blocks), _built(pictures, _LOOK, *blocks)
    assert "\u00ad" in divided.toRawText()
    assert any(line.endswith("\u00ad") for line in _lines(_block(divided, "International")))
    assert written(divided.toRawText()) == written(whole.toRawText())
    for at in range(8, whole.characterCount() - 1, 37):
        anchor = whole.anchor_at(at)
        there = divided.position_of(anchor)
        assert there is not None
        assert divided.anchor_at(there) == anchor
    cursor = QTextCursor(divided)
    cursor.select(QTextCursor.SelectionType.Document)
    assert "\u00ad" not in to_text(selected(divided, cursor, lambda: blocks))


@pytest.mark.parametrize("language", ["", "zh", "xx"])
def test_words_of_no_known_language_are_not_divided(pictures: Pictures, language: str) -> None:
    look = _LOOK._replace(hyphenated=True, language=language)
    assert "\u00ad" not in _built(pictures, look, _text(_WORDS)).toRawText()


def test_headings_code_and_formulas_are_not_divided(pictures: Pictures) -> None:
    look = _LOOK._replace(hyphenated=True, language="en-US")
    document = _built(
        pictures,
        look,
        Heading(2, (Text("International"),)),
        Paragraph((Text("communication", Style.CODE),)),
        _text(r"The understanding of $\operatorname{communication}$"),
    )
    assert "\u00ad" not in document.toRawText()


# ---- justified


@pytest.mark.parametrize(
    ("look", "column", "justified"),
    [
        ({}, 560, False),
        ({"justified": True}, 560, True),
        ({"justified": True}, 330, False),
        ({"justified": True, "hyphenated": True, "language": "en-US"}, 330, True),
        ({"justified": True, "hyphenated": True, "language": "xx"}, 330, False),
        ({"justified": True, "hyphenated": True, "language": "en-US"}, 200, False),
        ({"justified": True, "language": "zh"}, 200, True),
    ],
)
def test_lines_are_justified_if_no_holes_come_of_it(
    pictures: Pictures, look: dict[str, Any], column: int, *, justified: bool
) -> None:
    for zoom in (1.0, 2.0):
        made = _LOOK._replace(**look)
        document = _built(pictures, made, _text(_WORDS * 5), column=column * zoom, zoom=zoom)
        way = document.defaultTextOption().alignment()
        assert (way is Qt.AlignmentFlag.AlignJustify) is justified


def test_a_column_that_becomes_narrow_is_justified_no_longer(pictures: Pictures) -> None:
    document = _built(pictures, _LOOK._replace(justified=True), _text(_WORDS * 5))
    for end in _ends(_block(document, "Inter"))[:-1]:
        assert end == pytest.approx(560, abs=1.5)
    document.lay_out(300)
    document.size()
    assert min(_ends(_block(document, "Inter"))[:-1]) < 290


# ---- paragraphs


@pytest.mark.parametrize("zoom", [1.0, 1.7])
def test_only_a_paragraph_after_another_is_indented(pictures: Pictures, zoom: float) -> None:
    blocks = (
        _text("first"), _text("second"), Heading(2, (Text("heading"),)), _text("third"),
        Quote((_text("quoted"), _text("quoted again"))), _text("after it"), _text("last"),
        List((Item((_text("item"), _text("part of it"))),)), _text("after a list"),
    )  # fmt: skip
    document = _built(pictures, _LOOK._replace(indented=True), *blocks, zoom=zoom)
    em = document.formats.em
    for words, indent in {
        "first": 0, "second": 1.4, "third": 0, "quoted": 0, "quoted again": 1.4, "after it": 0,
        "last": 1.4, "item": 0, "part of it": 0, "after a list": 0,
    }.items():  # fmt: skip
        form = _block(document, words).blockFormat()
        assert form.textIndent() == pytest.approx(indent * em * zoom, rel=0.01), words
    layout = document.documentLayout()

    def gap(above: str, below: str) -> float:
        one, other = (layout.blockBoundingRect(_block(document, x)) for x in (above, below))
        return (other.top() - one.bottom()) / em / zoom

    assert gap("first", "second") == pytest.approx(0, abs=0.1)
    assert gap("after it", "last") == pytest.approx(0, abs=0.1)
    assert gap("third", "quoted") > 0.5
    assert gap("quoted again", "after it") > 0.5


def test_the_indent_follows_the_zoom(pictures: Pictures) -> None:
    document = _built(pictures, _LOOK._replace(indented=True), _text("first"), _text("second"))
    before = _block(document, "second").blockFormat().textIndent()
    document.set_zoom(2.0)
    document.lay_out(1100)
    assert _block(document, "second").blockFormat().textIndent() == pytest.approx(2 * before)


# ---- letters


def test_letters_are_spaced_but_not_those_that_join_nor_code(pictures: Pictures) -> None:
    runs = (Text("plain "), Text("code", Style.CODE), Text(" \u0645\u0631\u062d\u0628\u0627 end"))
    document = _built(pictures, _LOOK._replace(letter_spacing=0.1), Paragraph(runs))
    spaces = {
        block.text()[run.start : run.start + run.length].strip(): run.format.fontLetterSpacing()
        for block in [_block(document, "plain")]
        for run in block.textFormats()
    }
    em = document.formats.em
    wanted = {"plain": 0.1 * em, "code": 0.0, "\u0645\u0631\u062d\u0628\u0627": 0.0}
    assert {words: spaces[words] for words in wanted} == pytest.approx(wanted)
    arabic = _built(pictures, _LOOK._replace(letter_spacing=0.1, language="ar"), _text("Latin"))
    assert not _block(arabic, "Latin").textFormats()[0].format.fontLetterSpacing()


def test_spaced_letters_widen_the_column_and_the_cells(pictures: Pictures) -> None:
    usual, wide = (
        _built(pictures, _LOOK._replace(letter_spacing=space)).column_width(9999)
        for space in (0.0, 0.1)
    )
    assert 1.1 < wide / usual < 1.3
    table = Table(((Cell((Text("Incomprehensibilities"),)), Cell((Text("x"),))),))
    document = _built(pictures, _LOOK._replace(letter_spacing=0.2), table, column=900)
    assert len(_lines(_block(document, "Incomp"))) == 1


# ---- scripts


def test_ideographs_stand_apart_from_latin_without_a_space(pictures: Pictures) -> None:
    document = _built(pictures, _LOOK._replace(language="zh"), _text("使用Python3编写"))
    block = _block(document, "Python")
    assert block.text() == "使用Python3编写"
    spaced = [
        block.text()[run.start : run.start + run.length]
        for run in block.textFormats()
        if run.format.fontLetterSpacing() > 0
    ]
    assert spaced == ["用", "3"]


@pytest.mark.parametrize("column", range(120, 400, 37))
def test_no_line_begins_with_what_closes_or_ends_with_what_opens(
    pictures: Pictures, column: int
) -> None:
    text = (
        "日本語の文章では、行の頭に句読点（、。）や閉じ括弧「」が来てはならない。"
        "さらにっきー。“引用”和《书名》等，以及。"
    )
    document = _built(pictures, _LOOK._replace(language="ja"), _text(text * 4), column=column)
    lines = _lines(_block(document, "日本"))
    assert len(lines) > 3
    assert not [line for line in lines[1:] if line[0] in _CLOSING]
    assert not [line for line in lines if line[-1] in _OPENING]


@pytest.mark.parametrize("zoom", [0.8, 1.0, 1.3])
def test_a_column_holds_whole_ideographs(pictures: Pictures, zoom: float) -> None:
    document = _built(pictures, _LOOK._replace(language="zh"), _text("永" * 200), zoom=zoom)
    document.lay_out(document.column_width(9999))
    document.size()
    assert len(_lines(_block(document, "永"))[0]) == 35
    document.lay_out(document.column_width(200))
    document.size()
    line = _block(document, "永").layout().lineAt(0)
    assert line.naturalTextWidth() == pytest.approx(document.column - 1, abs=1.5)
    assert document.column <= 200


def test_a_script_has_its_own_size_and_families(pictures: Pictures) -> None:
    def family(language: str, font: str = "serif") -> str:
        look = _LOOK._replace(language=language, font=font)
        return str(_built(pictures, look).formats.base.families()[1])

    assert family("ja") == "Noto Serif CJK JP"
    assert family("zh-Hant-HK", "sans") == "Noto Sans CJK TC"
    assert family("zh_CN") == family("en") == "Noto Serif CJK SC"
    arabic = _built(pictures, _LOOK._replace(language="ar")).formats
    assert arabic.base.pointSizeF() > _LOOK.size_pt
