"""The runs in painted text: links, and pictures in a line."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import pikepdf

from reader.printing.pdf.links import Rect, Written

_TEXT = re.compile(rb"BT\n/F\d+ [\d.]+ Tf 1 0 0 -1 0 0 Tm\n(-?[\d.]+) (-?[\d.]+) Td")
_PICTURE = re.compile(rb"/Im\d+  Do\n")
_PAINT = b" Do\n"
_WAY, _STATE = b" cm\n", b"q\n/GSa gs\n"
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
        end = content.find(_WAY)
        self._page = _matrix_before(content, end) if end >= 0 else pikepdf.Matrix()
        self._ways: dict[bytes, pikepdf.Matrix] = {}

    def runs(self, text: bytes) -> Iterator[Run]:
        """Yield the runs of painted text, of which the first begins at 0."""
        pictures = [*self._pictures(text)]
        texts = self._texts(text)
        if pictures:
            taken = {run.link for run in pictures}  # text may stand on a high picture
            free = (run._replace(link=-1) if run.link in taken else run for run in texts)
            texts = iter(sorted([*free, *pictures], key=lambda run: run.start))
        before: Run | None = None
        for run in texts:
            if before is None:
                before = run._replace(start=0)
                yield before
            elif run.picture or before.picture or run.link != before.link:
                before = run
                yield before
        if before is None:
            yield Run(0)

    def _texts(self, text: bytes) -> Iterator[Run]:
        way, known, pictured = self._page, -1, _PAINT in text
        for each in _TEXT.finditer(text):
            end = text.rfind(_WAY, known + 1, each.start())
            while pictured and end >= 0 and _is_of_picture(text, end):
                end = text.rfind(_WAY, known + 1, end)
            if end >= 0:
                way, known = self._way(text, end), end
            x, y = float(each[1]) + _INSIDE[0], _INSIDE[1] - float(each[2])  # turned over
            yield Run(each.start(), self._at(*way.transform((x, y))))

    def _way(self, text: bytes, end: int) -> pikepdf.Matrix:
        """Return the matrix that ends here, which most lines share, together with the page's."""
        numbers = text[text.rfind(b"\n", 0, end) + 1 : end]
        if numbers not in self._ways:
            self._ways[numbers] = _matrix(numbers) @ self._page
        return self._ways[numbers]

    def _pictures(self, text: bytes) -> Iterator[Run]:
        if _PAINT not in text:
            return
        for each in _PICTURE.finditer(text):
            outer = text.rfind(_WAY, 0, each.start())
            inner = _matrix_before(text, each.start() - len(_WAY))
            box = _box(inner @ _matrix_before(text, outer) @ self._page)
            start = text.rfind(b"\n", 0, outer) + 1
            if text.endswith(_STATE, 0, start):
                start -= len(_STATE)
            link = self._at((box[0] + box[2]) / 2, (box[1] + box[3]) / 2)
            yield Run(start, link, box)

    def _at(self, x: float, y: float) -> int:
        """Return the link at a point, -1 if there is none."""
        for index in self._bands.get(int(y // _BAND), ()):
            left, bottom, right, top = self.links[index].rect
            if left <= x <= right and bottom <= y <= top:
                return index
        return -1


def _matrix_before(text: bytes, end: int) -> pikepdf.Matrix:
    """Return the matrix whose numbers stand before ``end`` on the same line."""
    return _matrix(text[text.rfind(b"\n", 0, end) + 1 : end])


def _matrix(numbers: bytes) -> pikepdf.Matrix:
    return pikepdf.Matrix(*map(float, numbers.split()))


def _is_of_picture(text: bytes, end: int) -> bool:
    """Return whether the matrix that ends here is that of a picture on the next line."""
    following = text.find(b"\n", end + len(_WAY))
    return text.endswith(b" Do", end, following)


def _box(way: pikepdf.Matrix) -> Rect:
    """Return the place of the unit square, which a picture fills."""
    corners = [way.transform((x, y)) for x in (0, 1) for y in (0, 1)]
    xs, ys = [float(x) for x, _ in corners], [float(y) for _, y in corners]
    return min(xs), min(ys), max(xs), max(ys)
