"""Marked ranges of the text: they get the ground of the theme, whatever they reach across."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)

from reader.body.anchors import Point
from reader.document.formats import Mark
from reader.document.text_map import TextMap


class Marked(NamedTuple):
    """A marked range of a body: its name, and the points at which it starts and ends.

    The name is a property of the marked text, by which a note beside it finds its place.
    """

    name: str
    start: Point
    end: Point


def mark_part(
    cursor: QTextCursor, text: TextMap, part: int, marks: Sequence[Marked], colour: str
) -> None:
    """Give the marked text of a part its ground; of two that overlap, the later one is seen."""
    for mark in marks:
        chars = QTextCharFormat()
        chars.setProperty(Mark.GROUND, colour)
        chars.setProperty(Mark.MARKED, mark.name)
        for start, end in stretches(cursor.document(), text, part, mark):
            cursor.setPosition(start)
            cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
            cursor.mergeCharFormat(chars)
            cursor.mergeBlockFormat(_grounded())
    cursor.movePosition(QTextCursor.MoveOperation.End)


def stretches(
    document: QTextDocument, text: TextMap, part: int, mark: Marked
) -> Iterator[tuple[int, int]]:
    """Yield the positions of a mark in a part, one stretch for each block of the document."""
    if not mark.start.block <= part <= mark.end.block:
        return
    start = mark.start.offset if part == mark.start.block else 0
    end = mark.end.offset if part == mark.end.block else len(text[part])

    def block_at(span: tuple[int, int]) -> QTextBlock:
        return document.findBlock(span[0])

    for block, spans in groupby(text.spans(part, start, end), block_at):
        pieces = [*spans]
        last = block.position() + block.length() - 1
        first, beyond = min(piece[0] for piece in pieces), max(piece[1] for piece in pieces)
        if first < min(beyond, last):
            yield first, min(beyond, last)


def _grounded() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setProperty(Mark.GROUNDED, True)
    return form
