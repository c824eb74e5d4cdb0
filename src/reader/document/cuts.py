"""The places at which a document can be cut: never through a line, a picture or a row.

Good places do not separate a heading from its text, a caption from its picture or the head of a
table from its rows, and leave no single line of a paragraph alone.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import QTextBlock, QTextCharFormat

from reader.document.build import Document
from reader.document.column_widths import Way
from reader.document.formats import Mark, Role
from reader.document.portions import BREAK, JOINER
from reader.document.table_cuts import Cut, Rows, table_cuts, tables_of
from reader.document.tables import FittedTable

_PANEL = 0.72  # the padding of a code panel above and below its lines, in em
_KEPT_WITH_NEXT = (Role.HEADING, Role.HEAD, Role.END_OF_HEAD, Role.NOTES, Role.TERM, Role.TITLE)
_NUMBER = re.compile(r"\d+|\[\d+\]")
_UNSAID = str.maketrans("", "", f"{JOINER}{BREAK}\N{SOFT HYPHEN}\ufffc")


class Part(NamedTuple):
    """A block or a table of a document, its ends, and the places above it and in it."""

    item: QTextBlock | FittedTable
    top: float
    bottom: float
    cuts: Iterator[Cut]

    @property
    def position(self) -> int:
        """The position of its first character."""
        if isinstance(self.item, FittedTable):
            return self.item.portions[0].firstPosition()
        return self.item.position()


def parts_of(document: Document, rows: Rows, start: int = 0) -> Iterator[Part]:
    """Yield the blocks and tables of a document from a position on, which is that of one."""
    tables = tables_of(document)
    layout = document.documentLayout()
    previous: QTextBlock | None = None
    bottom = 0.0
    block = document.findBlock(start)
    while block.isValid():
        table = tables.get(block.position())
        if table is not None:
            good = previous is None or not _keeps_next(previous)
            cuts = table_cuts(document, table, rows, good=good, bottom=bottom)
            last = table.portions[-1]
            bottom = rows.edges(last)[-1]
            yield Part(table, rows.edges(table.portions[0])[0], bottom, cuts)
            block, previous = document.findBlock(last.lastPosition() + 1), None
            continue
        if not block.blockFormat().hasProperty(Mark.ROLE):
            block = block.next()  # an invisible paragraph that Qt requires beside a table
            continue
        rect = layout.blockBoundingRect(block)
        above = _cut_above(block, previous, bottom, rect.top() - _above(document, block))
        bottom = rect.bottom() + _below(document, block)
        yield Part(block, rect.top(), bottom, _cuts_of_block(block, above, rect.top()))
        previous, block = block, block.next()


def _cuts_of_block(block: QTextBlock, above: Cut, top: float) -> Iterator[Cut]:
    yield above
    yield from _cuts_between_lines(block, top)


def _cut_above(block: QTextBlock, previous: QTextBlock | None, bottom: float, top: float) -> Cut:
    """Return the place above a block; ``bottom`` is that of the block before it."""
    good = _may_begin(block, previous)
    quoted = previous is not None and bool(_quotes(block)) and bool(_quotes(previous))
    return Cut(
        min(bottom, top),
        top,
        good,
        stretches=good and top > bottom + 0.5 and not quoted,
        figure=_boxes_of_figure(block),
        way=_way(block),
    )


def _cuts_between_lines(block: QTextBlock, top: float) -> list[Cut]:
    # Not yielded one by one: a layout that is held until the next cut is asked for may outlive its
    # document, and PySide then takes what comes to lie at its address for it.
    lines = block.layout()
    count = lines.lineCount()
    heights = [top + lines.lineAt(index).y() for index in range(1, count)]
    return [Cut(y, y, 1 < n < count - 1, way=_way(block)) for n, y in enumerate(heights, 1)]


def _boxes_of_figure(block: QTextBlock) -> int:
    """Return the number of boxes of the picture that a block is, with its caption.

    Returns 0 if it is none that may float: one in a list or a quote belongs to its text.
    """
    if _role(block) != Role.PICTURE or block.blockFormat().indent() or _quotes(block):
        return 0
    boxes = block.layout().lineCount()
    while _is_caption_below(block := block.next()):
        boxes += block.layout().lineCount()
    return boxes


def _above(document: Document, block: QTextBlock) -> float:
    """Return the height of a block's decoration above its first line: the panel of code."""
    first = _role(block) == Role.CODE and _group(block.previous()) != _group(block)
    return _PANEL * document.formats.em * document.scale if first else 0.0


def _below(document: Document, block: QTextBlock) -> float:
    last = _role(block) == Role.CODE and _group(block.next()) != _group(block)
    return _PANEL * document.formats.em * document.scale if last else 0.0


def _may_begin(block: QTextBlock, previous: QTextBlock | None) -> bool:
    if _is_caption_below(block):
        return False
    if previous is None:
        return True
    if _keeps_next(previous):
        return False
    if _role(block) == Role.CODE and _group(previous) == _group(block):
        second = _group(previous.previous()) != _group(block)
        last = _group(block.next()) != _group(block)
        return not second and not last
    return True


def _keeps_next(block: QTextBlock) -> bool:
    """Return whether a block is never parted from the next one.

    So is a heading, the caption above a table, and the marker of an item that begins with anything
    but text.
    """
    role = _role(block)
    if role == Role.CAPTION:
        return not _is_caption_below(block)
    alone = block.blockFormat().hasProperty(Mark.MARKER) and not text_of(block)
    return role in _KEPT_WITH_NEXT or alone


def _is_caption_below(block: QTextBlock) -> bool:
    """Return whether a block is a caption below something; those of tables are not centred."""
    centred = bool(block.blockFormat().alignment() & Qt.AlignmentFlag.AlignHCenter)
    return _role(block) == Role.CAPTION and centred


def text_of(block: QTextBlock) -> str:
    """Return the text of a block without characters for the layout, and numbers of notes."""
    said = ""
    runs = block.begin()
    while not runs.atEnd():
        text = runs.fragment().text()
        if not _is_number(runs.fragment().charFormat(), text):
            said += text
        runs += 1
    return " ".join(said.translate(_UNSAID).split())


def _is_number(form: QTextCharFormat, text: str) -> bool:
    """Return whether a run is the number of a note, or that of a link on paper."""
    raised = form.verticalAlignment() is QTextCharFormat.VerticalAlignment.AlignSuperScript
    return raised and form.isAnchor() and bool(_NUMBER.fullmatch(text.translate(_UNSAID)))


def _role(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.ROLE) if block.isValid() else -1


def _way(block: QTextBlock) -> Way:
    return Way(block.blockFormat().intProperty(Mark.WAY))


def _quotes(block: QTextBlock) -> str:
    return block.blockFormat().stringProperty(Mark.QUOTES)


def _group(block: QTextBlock) -> int:
    return block.blockFormat().intProperty(Mark.GROUP) if block.isValid() else -1
