"""A map between offsets in the text of a body and positions in a Qt document.

A document holds more than the text: note numbers, break opportunities in words and names of
places. And Qt counts characters outside the Basic Multilingual Plane twice.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from reader.body.anchors import UNCOUNTED, Point, counted


class TextMap:
    """The texts of the parts of a document by number, and the position of each run."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._runs: list[list[tuple[int, str]]] = []  # positions count from the part's start

    # ---- writing, by the composer

    def begin(self, position: int) -> None:
        """Begin the next part after a position."""
        self._starts.append(position)
        self._runs.append([])

    def note(self, position: int, text: str) -> None:
        """Record a text of the current part at a position."""
        if text:
            self._runs[-1].append((position - self._starts[-1], text))

    @contextmanager
    def reversing(self) -> Iterator[Callable[[], None]]:
        """Reverse the order of some pieces of text: the last one written is read first.

        The function that is given must be called before each piece.
        """
        runs = self._runs[-1]
        first, starts = len(runs), list[int]()
        yield lambda: starts.append(len(runs))
        ends = [*starts[1:], len(runs)]
        pieces = [runs[start:end] for start, end in zip(starts, ends, strict=True)]
        runs[first:] = [run for piece in reversed(pieces) for run in piece]

    # ---- reading

    def __len__(self) -> int:
        """Return the number of parts."""
        return len(self._starts)

    def __getitem__(self, part: int) -> str:
        """Return the text of a part as written so far."""
        return counted("".join(text for _, text in self._runs[part]))

    def start(self, part: int) -> int:
        """Return the position after which a part begins."""
        return self._starts[part]

    def point(self, position: int) -> Point | None:
        """Return the part and text offset of a position, None before the first part."""
        part = bisect_right(self._starts, position) - 1
        if part >= 0 and position == self._starts[part] and not self._is_begun_by(part):
            part = bisect_left(self._starts, position) - 1
        if part < 0:
            return None
        offset = before = 0
        nearest = -1  # of the runs before the position: they are not all in its order
        for start, text in self._runs[part]:
            beyond = position - self._starts[part] - start
            if beyond >= 0 and start >= nearest:
                offset, nearest = before + _letters(text, beyond), start
            before += len(counted(text))
        return Point(part, offset)

    def _is_begun_by(self, part: int) -> bool:
        """Return whether a part uses the empty paragraph at its start, and not the next one."""
        return bool(self._runs[part]) and self._runs[part][0][0] == 0

    def position(self, point: Point) -> int:
        """Return the position of a text offset in a part."""
        left, position = point.offset, self._starts[point.block] + 1
        for start, text in self._runs[point.block]:
            position = self._starts[point.block] + start + _units(text, left)
            left -= len(counted(text))
            if left < 0:
                break
        return position

    def spans(self, part: int, start: int, end: int) -> Iterator[tuple[int, int]]:
        """Yield the first position, and the one after the last, of each run between two offsets."""
        runs, before = self._runs[part], 0
        for number, (position, text) in enumerate(runs):
            low, high = max(0, start - before), min(len(counted(text)), end - before)
            before += len(counted(text))
            if low >= high:
                continue
            beyond = position + _units(text, high)
            if number + 1 < len(runs) and runs[number + 1][0] >= position:
                beyond = min(beyond, runs[number + 1][0])  # the text may be shown in fewer letters
            yield self._starts[part] + position + _units(text, low), self._starts[part] + beyond


def _letters(text: str, units: int) -> int:
    """Return the number of counted characters in the first ``units`` UTF-16 code units."""
    if text.isascii():
        return min(len(text), units)
    halves = text.encode("utf-16-le")[: 2 * units]
    return len(counted(halves.decode("utf-16-le", "ignore")))


def _units(text: str, letters: int) -> int:
    """Return the number of UTF-16 code units before a counted character."""
    if text.isascii():
        return min(len(text), letters)
    for match in UNCOUNTED.finditer(text):
        if match.start() > letters:
            break
        letters += match.end() - match.start()
    return len(text[:letters].encode("utf-16-le")) // 2
