"""The selection in a document, as a piece of the body that it was laid out from."""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtGui import QTextBlock, QTextCursor

from reader.body.anchors import Point
from reader.body.blocks import Block, Body, Heading, Note, Paragraph, Text
from reader.body.excerpt import cut
from reader.document.build import Document
from reader.document.formats import Mark, Role
from reader.document.portions import written
from reader.document.tables import is_rtl

_ENDLESS = 1 << 60
_BEFORE = Point(0, -1)
_HEAD = (Role.HEAD, Role.END_OF_HEAD)


def selected(
    document: Document, cursor: QTextCursor, parts: Callable[[], Iterable[Block | Note]]
) -> Body:
    """Return the selected piece; ``parts`` reads the blocks and notes of the document.

    The title becomes a heading. The line of details is left out unless it is selected alone.
    """
    head, details = _head(document, cursor)
    start, end = _points(document, cursor)
    text = Body() if end is None else cut(parts(), start, end, _columns(cursor))
    blocks = (*head, *text.blocks)
    return text._replace(blocks=blocks) if blocks or text.notes else Body(details)


def _points(document: Document, cursor: QTextCursor) -> tuple[Point, Point | None]:
    first, last = _ends(cursor)
    end = document.point_of(last)
    if first == 0 and last >= document.characterCount() - 1:
        end = Point(_ENDLESS, 0)  # the whole article, even if it is still growing
    return document.point_of(first) or _BEFORE, end


def _ends(cursor: QTextCursor) -> tuple[int, int]:
    """Return where the selection begins and ends as it is read.

    Qt gives the positions of other cells if it was dragged up.
    """
    if not cursor.hasComplexSelection():
        return cursor.selectionStart(), cursor.selectionEnd()
    table = cursor.currentTable()
    row, rows, column, columns = _cells(cursor)
    sides = [column, column + columns - 1]
    start, end = reversed(sides) if is_rtl(table) else sides
    first, last = table.cellAt(row, start), table.cellAt(row + rows - 1, end)
    return first.firstPosition(), last.lastPosition()


def _columns(cursor: QTextCursor) -> range | None:
    """Return the selected columns as they are read, None unless cells are selected."""
    if not cursor.hasComplexSelection():
        return None
    table = cursor.currentTable()
    _, _, first, number = _cells(cursor)
    if is_rtl(table):
        first = table.columns() - first - number
    return range(first, first + number)


def _cells(cursor: QTextCursor) -> tuple[int, int, int, int]:
    """Return the selected cells: first row, number of rows, first column, number of columns."""
    found: object = cursor.selectedTableCells()
    assert isinstance(found, tuple)
    row, rows, column, columns = found
    return row, rows, column, columns


def _head(document: Document, cursor: QTextCursor) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    lines = [(block, _taken(block, cursor)) for block in _head_blocks(document)]
    taken = [(block, text) for block, text in lines if text.strip()]
    title = lines[0][0] if lines else QTextBlock()
    alone = len(taken) == 1 and cursor.selectionEnd() <= title.position() + title.length()
    made: list[Block] = []
    details: list[Block] = []
    for block, text in taken:
        runs = (Text(text.strip()),)
        form = block.blockFormat()
        # A window shows the details itself, in the room that is free.
        if form.intProperty(Mark.ROLE) == Role.END_OF_HEAD and not form.boolProperty(Mark.FREE):
            details.append(Paragraph(runs))
        elif block == title and not (alone and text != block.text()):
            made.append(Heading(1, runs))
        else:
            made.append(Paragraph(runs))
    return tuple(made), tuple(details)


def _head_blocks(document: Document) -> Iterator[QTextBlock]:
    block = document.firstBlock()
    while block.isValid() and block.blockFormat().intProperty(Mark.ROLE) in _HEAD:
        yield block
        block = block.next()


def _taken(block: QTextBlock, cursor: QTextCursor) -> str:
    first = max(0, cursor.selectionStart() - block.position())
    last = max(0, cursor.selectionEnd() - block.position())
    units = block.text().encode("utf-16-le")[2 * first : 2 * last]
    return written(units.decode("utf-16-le", "ignore"))
