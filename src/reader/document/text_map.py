"""Where the text of a body stands in a document: offsets in the text, positions of Qt.

A document holds more than the text: numbers of notes, signs that let a word break, names of
places. And Qt counts some letters twice, those outside the Basic Multilingual Plane.
"""

from bisect import bisect_left, bisect_right

from reader.body.anchors import UNCOUNTED, Point, counted


class TextMap:
    """The texts of the parts of a document, by their numbers, and where each run of them is."""

    def __init__(self) -> None:
        self._starts: list[int] = []
        self._runs: list[list[tuple[int, str]]] = []  # positions count from the part's start

    # ---- written by the composer

    def begin(self, position: int) -> None:
        """Note that the next part begins behind a position."""
        self._starts.append(position)
        self._runs.append([])

    def note(self, position: int, text: str) -> None:
        """Note that text of the part is written at a position."""
        if text:
            self._runs[-1].append((position - self._starts[-1], text))

    def move(self, by: int) -> None:
        """Note that all parts stand ``by`` characters further on."""
        self._starts = [each + by for each in self._starts]

    # ---- read

    def __len__(self) -> int:
        """Return how many parts have begun."""
        return len(self._starts)

    def __getitem__(self, part: int) -> str:
        """Return the text of a part, as far as it is written."""
        return counted("".join(text for _, text in self._runs[part]))

    def start(self, part: int) -> int:
        """Return the position behind which a part begins."""
        return self._starts[part]

    def point(self, position: int) -> Point | None:
        """Return the part and the offset in its text of a position, None before all parts."""
        part = bisect_right(self._starts, position) - 1
        if part >= 0 and position == self._starts[part] and not self._is_begun_by(part):
            part = bisect_left(self._starts, position) - 1
        if part < 0:
            return None
        offset = before = 0
        for start, text in self._runs[part]:
            beyond = position - self._starts[part] - start
            if beyond < 0:
                break
            offset = before + _letters(text, beyond)
            before += len(counted(text))
        return Point(part, offset)

    def _is_begun_by(self, part: int) -> bool:
        """Return whether a part uses the empty paragraph at its start, and not one behind it."""
        return bool(self._runs[part]) and self._runs[part][0][0] == 0

    def position(self, point: Point) -> int:
        """Return the position of an offset in the text of a part."""
        left, position = point.offset, self._starts[point.block] + 1
        for start, text in self._runs[point.block]:
            position = self._starts[point.block] + start + _units(text, left)
            left -= len(counted(text))
            if left < 0:
                break
        return position


def _letters(text: str, units: int) -> int:
    """Return how many letters that count are in the first ``units`` of Qt."""
    if text.isascii():
        return min(len(text), units)
    halves = text.encode("utf-16-le")[: 2 * units]
    return len(counted(halves.decode("utf-16-le", "ignore")))


def _units(text: str, letters: int) -> int:
    """Return how many units of Qt are before a letter, by its number among those that count."""
    if text.isascii():
        return min(len(text), letters)
    for match in UNCOUNTED.finditer(text):
        if match.start() > letters:
            break
        letters += match.end() - match.start()
    return len(text[:letters].encode("utf-16-le")) // 2
