"""Parts side by side in lines, as words stand in a paragraph."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import QRect, QSize


def flow(sizes: Sequence[QSize], width: int, spaces: Sequence[int], between: int) -> list[QRect]:
    """Return the rectangles of parts from left to right, in as many lines as they need.

    ``spaces`` are the widths behind each part, ``between`` is the space between two lines. A part
    that is wider than ``width`` gets a line of its own, and is cut to it.
    """
    rects: list[QRect] = []
    line: list[QRect] = []
    left = top = 0
    for size, space in zip(sizes, spaces, strict=True):
        wide = min(size.width(), width)
        if line and left + wide > width:
            rects += _centred(line)
            left, top, line = 0, height(rects) + between, []
        line.append(QRect(left, top, wide, size.height()))
        left += wide + space
    return rects + _centred(line)


def _centred(line: list[QRect]) -> list[QRect]:
    high = max((rect.height() for rect in line), default=0)
    return [rect.translated(0, (high - rect.height()) // 2) for rect in line]


def mirrored(rects: Sequence[QRect], width: int) -> list[QRect]:
    """Return rectangles as they stand in a layout from right to left."""
    return [
        QRect(width - rect.x() - rect.width(), rect.y(), *rect.size().toTuple()) for rect in rects
    ]


def gaps(rects: Sequence[QRect]) -> list[tuple[QRect, QRect]]:
    """Return the pairs of neighbours that stand in one line."""
    pairs = pairwise(rects)
    return [(a, b) for a, b in pairs if a.top() <= b.center().y() <= a.bottom()]


def height(rects: Sequence[QRect]) -> int:
    """Return the height of all lines."""
    return max((rect.y() + rect.height() for rect in rects), default=0)
