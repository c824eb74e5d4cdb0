"""Invisible marks, which carry numbers from the painting of a page into its content in a PDF."""

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtGui import QColor, QPainter, QPen

END = 9_000_000
"""The mark that ends whatever was begun."""

_PEN = QPen(QColor(0, 0, 0), 0)
_BEFORE = b"q\n/CSp CS\n0 0 0 SCN\n0 w 2 J 2 j []0  d\n"
_AFTER = b"Q\n"


def draw_mark(painter: QPainter, number: int, y: int) -> None:
    """Draw a mark at a distance from the page that its kind has alone."""
    pen = painter.pen()
    painter.setWorldMatrixEnabled(False)
    painter.setPen(_PEN)
    painter.drawLine(number, y, number, y)
    painter.setPen(pen)
    painter.setWorldMatrixEnabled(True)


def parts_after_marks(content: bytes, y: int) -> Iterator[tuple[int, bytes]]:
    """Yield each mark of a kind and the content after it, first END and what precedes all marks."""
    pieces = content.split(_sign(y))
    mark, start = END, 0
    for piece, following in pairwise(pieces):
        number = piece.rfind(b"\n") + 1
        end, begin = number, 0
        if piece.endswith(_BEFORE, start, number) and following.startswith(_AFTER):
            end, begin = number - len(_BEFORE), len(_AFTER)
        yield mark, piece[start:end]
        mark, start = int(piece[number:]), begin
    yield mark, pieces[-1][start:]


def has_marks(content: bytes, y: int) -> bool:
    """Return whether there are marks of a kind."""
    return _sign(y) in content


def _sign(y: int) -> bytes:
    """Return the end of a mark in a content, after its number."""
    return b" %d m\nh\nS\n" % y
