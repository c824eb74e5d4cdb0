"""What the Tab key comes to on the page beside links: pictures, and what can be pressed."""

from collections.abc import Iterator
from typing import NamedTuple

from PySide6.QtGui import QTextBlock, QTextCursor, QTextDocument

from reader.body.anchors import PICTURE
from reader.document.build import Document
from reader.document.code_heads import is_first_line
from reader.document.formats import Mark
from reader.document.picture_list import pictured
from reader.gui.viewer.page_tools import Use

Key = tuple[Use, int]


class Stop(NamedTuple):
    """A picture between two positions, or a tool with a key at one position."""

    start: int
    end: int
    tool: Key | None = None


def next_stop(document: Document, here: int, *, back: bool) -> Stop | None:
    """Return the next stop from a position on, or the last one before it."""
    found = [_picture(document, here, back=back), _code(document, here, back=back)]
    found.append(_table(document, here, back=back))
    stops = [each for each in found if each is not None]
    if not stops:
        return None
    return max(stops) if back else min(stops)


def _picture(document: Document, here: int, *, back: bool) -> Stop | None:
    flag = QTextDocument.FindFlag.FindBackward if back else QTextDocument.FindFlag(0)
    cursor = document.find(PICTURE, here, flag)
    while not cursor.isNull():
        if pictured(cursor) is not None:
            return Stop(cursor.selectionStart(), cursor.selectionEnd())
        cursor = document.find(PICTURE, cursor, flag)
    return None


def _code(document: Document, here: int, *, back: bool) -> Stop | None:
    block = document.findBlock(here)
    while block.isValid():
        start = block.position()
        is_beyond = start < here if back else start >= here
        if is_beyond and is_first_line(block.blockFormat()):
            key = Use.COPY, block.blockFormat().intProperty(Mark.GROUP)
            return Stop(start, start, key)
        block = block.previous() if back else block.next()
    return None


def _table(document: Document, here: int, *, back: bool) -> Stop | None:
    ends = _ends(document)
    beyond = [each for each in ends if (each.start < here if back else each.start >= here)]
    if not beyond:
        return None
    return beyond[-1] if back else beyond[0]


def _ends(document: Document) -> Iterator[Stop]:
    for table in document.tables:
        last = table.portions[-1]
        yield Stop(last.lastPosition(), last.lastPosition(), (Use.OPEN, last.firstPosition()))


def link_between(document: Document, start: int, end: int, *, back: bool) -> Stop | None:
    """Return the first link between two positions, or the last one."""
    found: Stop | None = None
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        for piece in _links_of(block):
            if start <= piece.start < end:
                if not back:
                    return piece
                found = piece
        block = block.next()
    return found


def _links_of(block: QTextBlock) -> Iterator[Stop]:
    """Yield the links of a block, each with all its pieces."""
    link: Stop | None = None
    href, pieces = "", block.begin()
    while not pieces.atEnd():
        piece = pieces.fragment()
        own = piece.charFormat().anchorHref()
        if link is not None and own != href:
            yield link
            link = None
        if own:
            start = piece.position() if link is None else link.start
            link = Stop(start, piece.position() + piece.length())
        href = own
        pieces += 1
    if link is not None:
        yield link


def picture_in(cursor: QTextCursor) -> int | None:
    """Return the position of the picture that is all of a selection, None if it is not one."""
    if cursor.selectionEnd() - cursor.selectionStart() != 1:
        return None
    after = QTextCursor(cursor.document())
    after.setPosition(cursor.selectionEnd())
    found = pictured(after)
    return None if found is None else found.position
