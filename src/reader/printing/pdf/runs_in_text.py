"""What stands in the text that was painted: links, and pictures in a line."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pikepdf

from reader.printing.pdf.links import Rect, Written

_NUMBERS = rb"(-?[\d.]+(?: -?[\d.]+){5})"
_THING = re.compile(
    rb"(?P<first>q\n/GSa gs\n)?" + _NUMBERS + rb" cm\n(?:" + _NUMBERS + rb" cm /Im\d+  Do\n)?"
    rb"|BT\n/F\d+ [\d.]+ Tf 1 0 0 -1 0 0 Tm\n(-?[\d.]+) (-?[\d.]+) Td"
)
_INSIDE = (4.0, -12.0)  # dots from the origin of a glyph, to be within its link
_BAND = 16  # points of height, by which links are looked up


class Run(NamedTuple):
    """A part of painted text from a byte on, until the next one.

    ``link`` is the index of the link on its page, -1 if there is none; ``picture`` is the place of
    a picture.
    """

    start: int
    link: int = -1
    picture: Rect | None = None


class RunFinder:
    """Finds the runs of a page by the places of its links."""

    def __init__(self, links: Sequence[Written], content: bytes) -> None:
        self.links = links
        self._bands: dict[int, list[int]] = {}
        for index, link in enumerate(links):
            for band in range(int(link.rect[1] // _BAND), int(link.rect[3] // _BAND) + 1):
                self._bands.setdefault(band, []).append(index)
        first = re.search(_NUMBERS + rb" cm\n", content)
        self._page = _matrix(first[1]) if first else pikepdf.Matrix()

    def runs(self, text: bytes) -> Iterator[Run]:
        """Yield the runs of painted text, of which the first begins at 0."""
        way, before = self._page, Run(-1)
        for thing in _THING.finditer(text):
            inner: pikepdf.Matrix | None = None
            if thing[3] is not None:
                inner = _matrix(thing[3]) @ _matrix(thing[2]) @ self._page
                box = _box(inner)
                run = Run(
                    thing.start(), self._at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2), box
                )
            elif thing[2] is not None:
                way = _matrix(thing[2]) @ self._page
                continue
            else:
                x, y = float(thing[4]) + _INSIDE[0], _INSIDE[1] - float(thing[5])  # turned over
                run = Run(thing.start(), self._at(*way.transform((x, y))))
            if before.start < 0:
                run = run._replace(start=0)
            if before.start < 0 or run.picture or before.picture or run.link != before.link:
                yield run
                before = run
        if before.start < 0:
            yield Run(0)

    def _at(self, x: float, y: float) -> int:
        """Return the link at a point, -1 if there is none."""
        for index in self._bands.get(int(y // _BAND), ()):
            left, bottom, right, top = self.links[index].rect
            if left <= x <= right and bottom <= y <= top:
                return index
        return -1


def _matrix(numbers: bytes) -> pikepdf.Matrix:
    return pikepdf.Matrix(*map(float, numbers.split()))


def _box(way: pikepdf.Matrix) -> Rect:
    """Return the place of the unit square, which a picture fills."""
    corners = [way.transform((x, y)) for x in (0, 1) for y in (0, 1)]
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
