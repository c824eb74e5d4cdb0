"""A specimen is set as it was designed: type, space and colour of every kind of block and run."""

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat, QTextCursor, QTextFormat, QTextTable
from tests.document.specimen import EM, LOOK, NAMED, SPECIMEN, THEME, paragraph

from reader.document.build import Document, Head
from reader.document.formats import Formats, Mark, Role
from reader.document.images import Pictures
from reader.model import Look


def _built(
    look: Look,
    pictures: Pictures,
    *,
    head: bool = True,
    direction: str = "",
    on_paper: bool = False,
) -> Document:
    above = Head("Title", "By", ("site", "1 min"), "top") if head else None
    document = Document(look, pictures, above, direction=direction, on_paper=on_paper)
    document.setTextWidth(600)
    assert document.grow(iter(SPECIMEN))
    return document


def _blocks(document: Document) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid():
        yield block
        block = block.next()


def _block(block: QTextBlock) -> str:
    """Tell the role of a block, the space above and below in em, the height of its lines, …"""
    form = block.blockFormat()
    side = form.alignment()
    words = [
        Role(form.intProperty(Mark.ROLE)).name.lower().replace("_", "-"),
        f"{form.topMargin() / EM:.2f}/{form.bottomMargin() / EM:.2f}",
        f"{form.lineHeight():.0f}%",
        f">{form.indent()}" if form.indent() else "",
        f"level {form.headingLevel()}" if form.headingLevel() else "",
        f"in {form.stringProperty(Mark.QUOTES)}" if form.stringProperty(Mark.QUOTES) else "",
        form.stringProperty(Mark.MARKER),
        "" if side == Qt.AlignmentFlag.AlignLeft else str(side.name).removeprefix("Align").lower(),
        f"group {form.intProperty(Mark.GROUP)}" if form.intProperty(Mark.GROUP) else "",
    ]
    return " ".join(filter(None, words))


_SHOWN = str.maketrans("\u2002\u2028", " |", "\u2060\u2068\u2069")


def _run(said: str, form: QTextCharFormat) -> str:
    """Tell what a run says, its size against the text's, its styles and its colours."""
    raised = form.verticalAlignment().name.removeprefix("Align").lower()
    ground = form.stringProperty(Mark.GROUND)
    is_picture = form.objectType() == QTextFormat.ObjectTypes.ImageObject.value
    words = [
        ("picture" if is_picture else said.translate(_SHOWN).strip()),
        f"{form.fontPointSize() / 12:.3f}".rstrip("0"),
        form.font().families()[0].split(" ")[0].lower(),
        NAMED.get(form.foreground().color().name(), "?"),
        "bold" if form.fontWeight() > 500 else "",
        "italic" if form.fontItalic() else "",
        "strike" if form.fontStrikeOut() else "",
        "underlined" if form.fontUnderline() else "",
        f"on {NAMED[ground]}" if ground else "",
        "" if raised == "normal" else raised,
        form.anchorHref(),
    ]
    if is_picture:
        words += [f"{form.doubleProperty(each):g}" for each in (Mark.WIDTH, Mark.HEIGHT)] + [
            f"{form.doubleProperty(Mark.LEAD) / round(1.6 * EM):g}",
            "part" if form.doubleProperty(Mark.SHARE) < 1 else "",
            form.stringProperty(Mark.ALT),
        ]
    return " ".join(filter(None, words))


def _told(document: Document) -> list[str]:
    lines: list[str] = []
    for block in _blocks(document):
        lines.append(_block(block))
        at = block.begin()
        while not at.atEnd():
            if at.fragment().text().strip("\u2060 "):
                lines.append(f"  {_run(at.fragment().text(), at.fragment().charFormat())}")
            at += 1
    return lines


def _table(table: QTextTable) -> str:
    """Tell how a table stands, in em, and the lines below its cells and what is behind them."""
    form = table.format()
    cells = [
        (cell.bottomBorder(), NAMED[cell.bottomBorderBrush().color().name()], ground)
        for row in range(table.rows())
        for cell in [table.cellAt(row, 0).format().toTableCellFormat()]
        for ground in ["veil" if cell.hasProperty(_GROUND) else ""]
    ]
    lines = "; ".join(f"{width:.1f} {colour} {ground}".strip() for width, colour, ground in cells)
    spaces = (form.topMargin(), form.bottomMargin(), form.leftMargin(), form.cellPadding())
    said = "/".join(f"{each / EM:.2f}" for each in spaces)
    border = (form.border(), form.cellSpacing(), form.headerRowCount(), form.borderCollapse())
    width = form.leftMargin() + form.width().rawValue() + form.rightMargin()
    return f"{said} {border} {width:.0f} {lines}"


_GROUND = QTextFormat.Property.BackgroundBrush.value

_SET = """\
head 0.20/0.50 78% level 1
  Title 1.9 literata text bold
head 0.00/0.15 95%
  By 0.95 literata text
end-of-head 0.00/1.50 95%
  site · 1 min 0.82 literata muted
heading 1.90/0.60 82% level 1
  h1 1.5 literata text bold
heading 1.70/0.60 82% level 2
  h2 1.32 literata text bold
heading 1.40/0.60 82% level 3
  h3 1.14 literata text bold
heading 1.20/0.60 82% level 4
  h4 1. literata text bold
heading 1.00/0.60 82% level 5
  h5 0.94 literata text bold
heading 1.00/0.60 82% level 6
  h6 0.94 literata text bold
text 0.00/0.75 105%
  p 1. literata text
  EMPHASIS 1. literata text italic
  STRONG 1. literata text bold
  CODE 0.86 jetbrains text on panel
  STRIKE 1. literata text strike
  MARK 1. literata text on mark
  SUB 1. literata text subscript
  SUP 1. literata text superscript
  UNDERLINE 1. literata text underlined
  SMALL 0.85 literata text
text 0.00/0.75 105%
  small code 0.86 jetbrains text on panel
  out 1. literata link underlined https://example.org/
  inside 1. literata link #n-x
text 0.00/0.75 105% >1 in 0:1::0
  quoted 1. literata text
text 0.00/0.75 105% >2 in 0:1::0 1:2::26
  twice 1. literata text
text 0.00/0.70 105% >2 in 0:1::0 •
  item in it 1. literata text
text 0.00/0.30 105% >1 •
  one 1. literata text
text 0.00/0.30 105% >2 ◦
  two 1. literata text
text 0.00/0.30 105% >3 ▪
  three 1. literata text
text 0.00/0.30 105% >1
  on 1. literata text
text 0.00/0.30 105% >1 ☑
  done 1. literata text
text 0.00/0.30 105% >1 ☐
  open 1. literata text
text 0.00/0.30 105% >1 •
text 0.00/0.30 105% >1 •
text 0.00/0.70 105% >2 in 1:3::26
  a quote 1. literata text
text 0.00/0.30 105% >1 9.
  first 1. literata text
text 0.00/0.30 105% >1 10.
code 3.60/1.65 114% >2 group 4
  x 0.86 jetbrains text
text 0.00/0.70 105% >1
  after 1. literata text
term 0.30/0.15 105%
  term 1. literata text bold
text 0.00/0.40 105% >1
  meaning 1. literata text
text 0.00/0.70 105% >1
  more 1. literata text
code 3.60/0.00 114% >1 group 5
  def 0.86 jetbrains keyword
  f 0.86 jetbrains name
  (): 0.86 jetbrains text
code 0.00/0.00 114% >1 group 5
  # say 0.86 jetbrains comment italic
code 0.00/1.65 114% >1 group 5
  return 0.86 jetbrains keyword
  1 0.86 jetbrains number
  + 0.86 jetbrains operator
  'a' 0.86 jetbrains string
code 3.60/1.65 114% >1 group 6
  one line 0.86 jetbrains text
text 0.00/0.75 105%
  two|lines 1. literata text
rule 0.60/1.20 105%
picture 0.60/0.90 100% hcenter
  picture 1. literata link underlined https://example.org/p 30 20 0 alt
text 0.00/0.75 105%
  lead 1. literata text
picture 0.60/0.35 100% hcenter
  picture 1. literata text 30 20 0
caption 0.00/1.20 95% hcenter
  caption 0.85 literata muted
caption 0.60/0.30 105%
  of a table 0.85 literata muted
text 0.00/0.00 0%
text 0.00/0.00 91%
  h 0.9 literata text bold
text 0.00/0.00 91% right|alignabsolute
  i 0.9 literata text bold
text 0.00/0.00 91%
  j 0.9 literata text bold
text 0.00/0.00 91% hcenter
  k 0.774 jetbrains text on panel
text 0.00/0.00 91%
  l 0.9 literata text
text 0.00/0.00 91%
  picture 0.9 literata text 27 18 0 part
heading 1.90/0.60 82% level 1
  below 1.5 literata text bold
text 0.00/0.30 105% >1 •
  row 1. literata text
text 0.00/0.00 0%
text 0.00/0.00 91%
  m 0.9 literata text
text 0.00/0.75 105%
  end 1. literata text
  1 1. literata link superscript #n-x
text 0.00/0.30 105% >1 •
  in a list 1. literata text
heading 1.70/0.60 82% >1 level 2
  deep 1.32 literata text bold
picture 0.60/0.90 100% >1 hcenter
  picture 1. literata text 30 20 1
picture 0.60/0.35 100% >1 hcenter
  picture 1. literata text 30 20 1
caption 0.00/1.20 95% >1 hcenter
  of deep 0.85 literata muted
term 0.30/0.15 105% >1
  idea 1. literata text bold
text 0.00/0.70 105% >2
  is 1. literata text
rule 0.60/1.20 105%
caption 0.60/0.30 105% >1
  of rows 0.85 literata muted
text 0.00/0.00 0%
text 0.00/0.00 91%
  n 0.9 literata text
picture 0.60/0.90 100% hcenter
  picture 1. literata text 30 20 0
notes 2.00/0.80 105%
text 0.00/0.30 105% >1
  1 0.85 literata link #r-x
  . note 0.85 literata text
  ↩︎ 0.85 literata link #r-x
text 0.00/0.30 105% >1
  2 0.85 literata link #r-y
  . 0.85 literata text
text 0.00/0.30 105% >2 in 1:7::26
  noted 0.85 literata text
text 0.00/0.30 105% >1
  last 0.85 literata text
"""


def test_every_kind_of_block_and_run_is_set_as_designed(pictures: Pictures) -> None:
    assert _told(_built(LOOK, pictures)) == _SET.splitlines()


def test_tables_are_set_as_designed(pictures: Pictures) -> None:
    document = _built(LOOK, pictures)
    frames = document.rootFrame().childFrames()
    assert [_table(each) for each in frames if isinstance(each, QTextTable)] == [
        "0.50/2.00/0.00/0.42 (0.0, 0.0, 1, True) 599 1.4 quote; 0.8 rule veil; 0.8 rule",
        "0.50/2.00/1.62/0.42 (0.0, 0.0, 0, True) 599 0.8 rule",
        "0.50/2.00/1.62/0.42 (0.0, 0.0, 0, True) 599 0.8 rule",
    ]


def test_a_look_changes_what_it_says_and_nothing_else(pictures: Pictures) -> None:
    usual = _told(_built(LOOK, pictures))
    plain = _told(_built(LOOK._replace(underlined=False), pictures))
    assert plain == [each.replace(" underlined http", " http") for each in usual]
    sans = _told(_built(LOOK._replace(font="sans"), pictures))
    assert [re.sub(r"\d+%", "", each) for each in sans] == [
        re.sub(r"\d+%", "", each.replace("literata", "inter")) for each in usual
    ]
    wide = _told(_built(LOOK._replace(leading=2 * LOOK.leading), pictures))
    assert [n for n, each in enumerate(wide) if each != usual[n]] == [
        n for n, each in enumerate(usual) if " 105%" in each and not each.startswith(" ")
    ]


@pytest.mark.parametrize("on_paper", [False, True])
def test_only_text_is_justified(pictures: Pictures, on_paper: bool) -> None:
    document = _built(LOOK._replace(justified=True), pictures, on_paper=on_paper)
    document.lay_out(600)
    usual = document.defaultTextOption().alignment()
    for block in _blocks(document):
        form, cursor = block.blockFormat(), QTextCursor(block)
        is_text = form.hasProperty(Mark.ROLE) and form.intProperty(Mark.ROLE) == Role.TEXT
        is_own = form.hasProperty(QTextFormat.Property.BlockAlignment)
        justified = (form.alignment() if is_own else usual) == Qt.AlignmentFlag.AlignJustify
        if form.hasProperty(Mark.ROLE):
            assert justified is (is_text and cursor.currentTable() is None), block.text()


@pytest.mark.parametrize("direction", ["ltr", "rtl"])
def test_a_page_goes_its_way_and_code_always_to_the_right(
    pictures: Pictures, direction: str
) -> None:
    told = _told(_built(LOOK, pictures, direction=direction))
    # The cells of a row stand in the other order.
    assert sorted(told) == sorted(_told(_built(LOOK, pictures)))
    for block in _blocks(_built(LOOK, pictures, direction=direction)):
        form, cursor = block.blockFormat(), QTextCursor(block)
        if form.hasProperty(Mark.ROLE) and cursor.currentTable() is None:
            is_code = form.intProperty(Mark.ROLE) == Role.CODE
            rtl = form.layoutDirection() == Qt.LayoutDirection.RightToLeft
            is_sentence = len(block.text()) > 40  # of another script
            assert rtl is (direction == "rtl" and not (is_code or is_sentence)), block.text()


@pytest.mark.parametrize("name", ["serif", "sans", "mono"])
@pytest.mark.parametrize("leading", [1.2, 1.55])
def test_lines_stand_as_far_apart_as_the_leading_says(
    pictures: Pictures, name: str, leading: float
) -> None:
    document = Document(LOOK._replace(font=name, leading=leading), pictures)
    document.setTextWidth(200)
    document.grow(iter([paragraph("many words " * 30)]))
    lines = document.firstBlock().layout()
    distance = lines.lineAt(3).y() - lines.lineAt(2).y()
    assert distance == pytest.approx(leading * EM, rel=0.05)


def test_on_paper_an_address_is_ascii_and_a_place_is_itself() -> None:
    formats = Formats(LOOK, on_paper=True)
    said = {
        link: formats.run(link=link).anchorHref() for link in ("#ä(b)", "https://e.org/(ä)?q=1")
    }
    assert said == {"#ä(b)": "#ä(b)", "https://e.org/(ä)?q=1": "https://e.org/%28%C3%A4%29?q=1"}
    assert formats.addresses == {"https://e.org/%28%C3%A4%29?q=1": "https://e.org/(%C3%A4)?q=1"}
    screen = Formats(LOOK)
    assert screen.run(link="https://e.org/(ä)").anchorHref() == "https://e.org/(ä)"
    assert screen.addresses == {}
    assert not formats.run().isAnchor()


def test_the_line_below_a_link_is_fainter_than_the_link() -> None:
    form = Formats(LOOK).run(link="https://example.org/")
    assert form.underlineColor().name() == THEME.link
    assert form.underlineColor().alphaF() == pytest.approx(0.4, abs=0.01)
    assert form.foreground().color().alphaF() == 1


def test_a_level_that_is_none_is_the_next_one() -> None:
    formats = Formats(LOOK)
    assert [formats.heading_factor(level) for level in (-1, 0, 1, 6, 7)] == [
        1.5,
        1.5,
        1.5,
        0.94,
        0.94,
    ]
