"""How wide the columns of a table are: measured words, fitted into the room there is.

This follows the automatic table layout of CSS 2.2, section 17.5.2.2: each column has a width that
its longest word requires and one in which no cell is wrapped, and a cell over several columns
widens those that it spans. Lengths are pixels at 96 dpi.
"""

import re
from collections.abc import Generator, Iterator
from enum import IntEnum
from functools import cache
from itertools import pairwise
from typing import NamedTuple

from PySide6.QtGui import QFontMetricsF

from reader.body.blocks import Cell, Picture, Runs, Style, Text
from reader.document.fonts import MEASURED_AT, metrics
from reader.document.formats import CODE_FACTOR, SMALL_FACTOR, Formats
from reader.document.grid import Grid
from reader.document.picture_size import shown_size
from reader.document.portions import BREAK, JOINER, LONGEST_WHOLE, loosened

TABLE_FACTOR = 0.9
"""The size of the type in tables relative to the text."""

PADDING = 0.42
"""The padding on each side of a cell in em of the text."""

_SMALLER_TYPE = (1.0, 0.95, 0.9, 0.85, 0.75, 0.65, 0.57, 0.5)
_NEARLY = 1.2  # of the column: a table that nearly fits does not grow out of it
_STEPS = 4  # of the type that break no word
_COMFORTABLE, _LONG_WORD, _LONG_TEXT = 18.0, 20.0, 30.0  # em of the table's type
_SHORT = 6.0  # em: cells that are not wider stay on one line, if the type remains readable
_PICTURE = 8.0  # em: wider pictures are scaled down
_SLACK = 1.0
_STEP = 256
_BORDER = 1.2  # pixels of the device
_SHAPED = r"[^\x00-\u02ff\u0370-\u058f\u2000-\u20cf]"
_UNSEEN = str.maketrans("", "", f"\N{SOFT HYPHEN}{BREAK}{JOINER}")
_IDEOGRAPH = "\u2e80-\u303f\u3041-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef"
_UNSTARTED = "、。，．・：；？！」』）】〕〉》々ーぁぃぅぇぉっゃゅょァィゥェォッャュョ"
# Patterns are compiled for the first table: most starts of the program need none.
_PIECE = (
    rf"(?P<line>\n)|(?P<space>[^\S\n\u00a0\u2007\u202f]+)|(?P<part>{BREAK})"
    rf"|(?P<sign>[{_IDEOGRAPH}][{_UNSTARTED}]*)|[^\s{BREAK}{_IDEOGRAPH}]+|[\u00a0\u2007\u202f]"
)
_DIVIDED = r"(?<=[^\W\d_][-/\u2010\u2013\u2014])(?=[^\W\d_])"


class Needs(NamedTuple):
    """For each column: the least width that breaks no word, and the one that wraps no cell."""

    least: tuple[float, ...]
    most: tuple[float, ...]
    em: float


class Way(IntEnum):
    """How a table stands on its page; in a window, always in the column and beyond it."""

    COLUMN = 0
    ACROSS = 1
    TURNED = 2
    LISTED = 3


class Fit(NamedTuple):
    """The widths of the columns, and the size of the type relative to other tables.

    ``way`` is how the table stands on its page; no word needs to be divided if it is ``whole``.
    """

    widths: tuple[float, ...]
    factor: float
    way: Way = Way.COLUMN
    whole: bool = False

    @property
    def width(self) -> float:
        """Return the width of the table."""
        return sum(self.widths)


# ---- fitting


def fit(needs: Needs, column: float, room: float, scale: float = 1.0) -> Fit:
    """Return the widths that break the fewest words.

    A table grows out of the column of text into ``room`` before its type gets smaller, and words
    are broken only when both are not enough. ``scale`` is the resolution of the layout.
    """
    needs = with_borders(needs, scale)
    steps = [(each, widening(needs, each, scale)) for each in _SMALLER_TYPE]
    for least in (with_short_cells_whole(needs), needs.least):
        fitting = ((f, wide) for f, wide in steps[:_STEPS] if wide * sum(least) <= room)
        if found := next(fitting, None):
            break
    if not found:
        # Words that fit into no column are broken before the type of all others gets tiny.
        least = with_long_words_broken(needs)
        fitting = ((f, wide) for f, wide in steps if wide * sum(least) <= room)
        found = next(fitting, steps[-1])
    tiers = _tiers(needs, least, found[1])
    wanted = sum(tiers[1])
    if sum(tiers[0]) <= column and wanted <= _NEARLY * column:
        wanted = column
    return Fit(tuple(_shared(tiers, min(room, max(column, wanted)))), found[0])


def filling(needs: Needs, least: tuple[float, ...], factor: float, width: float) -> list[float]:
    """Return the widths of columns that fill a width, in which each has at least its ``least``.

    All needs are multiplied by ``factor``.
    """
    return _shared(_tiers(needs, least, factor), width)


def comfortable(needs: Needs) -> float:
    """Return the width of a table in which only long cells are wrapped."""
    return sum(_tiers(needs, needs.least, 1.0)[1])


def with_long_words_broken(needs: Needs) -> tuple[float, ...]:
    """Return the least widths if strings that are longer than the words of a language break."""
    return tuple(min(each, _LONG_WORD * needs.em) for each in needs.least)


def with_short_cells_whole(needs: Needs) -> tuple[float, ...]:
    """Return the least widths in which short cells stand on one line."""
    pairs = zip(needs.least, needs.most, strict=True)
    return tuple(max(low, min(most, _SHORT * needs.em)) for low, most in pairs)


def with_borders(needs: Needs, scale: float) -> Needs:
    """Return needs with room for the border that Qt draws beside each column."""
    border = _BORDER / scale
    least, most = (tuple(each + border for each in widths) for widths in needs[:2])
    return Needs(least, most, needs.em)


def widening(needs: Needs, factor: float, scale: float) -> float:
    """Return how much wider words get in type that is ``factor`` times as large.

    Some systems set type in whole pixels.
    """
    pixels = needs.em * factor * scale
    sizes = (pixels, pixels * CODE_FACTOR)
    return factor * max(1.0, *(round(size) / size for size in sizes if size >= 1))


def _tiers(needs: Needs, least: tuple[float, ...], factor: float) -> list[list[float]]:
    """Return the widths that all columns get before one gets more than that."""
    caps = (_COMFORTABLE * needs.em, _LONG_TEXT * needs.em, float("inf"))
    pairs = list(zip(least, needs.most, strict=True))
    upper = [[factor * max(low, min(most, cap)) for low, most in pairs] for cap in caps]
    return [[factor * low for low in least], *upper]


def _shared(tiers: list[list[float]], width: float) -> list[float]:
    """Share a width among the columns, between the two tiers that it lies between."""
    if sum(tiers[0]) >= width:
        return _levelled(tiers[0], width)
    for lower, upper in pairwise(tiers):
        below, above = sum(lower), sum(upper)
        if above >= width:
            wanted = [high - low for low, high in zip(lower, upper, strict=True)]
            more = _levelled(wanted, width - below)  # columns that want little get all of it
            return [low + each for low, each in zip(lower, more, strict=True)]
    return [each * width / sum(tiers[-1]) for each in tiers[-1]]


def _levelled(widths: list[float], total: float) -> list[float]:
    """Cut the largest widths to one width, so that all fit into the total."""
    left, columns = total, len(widths)
    for each in sorted(widths):
        if each * columns > left:
            return [min(width, left / columns) for width in widths]
        left, columns = left - each, columns - 1
    return widths


# ---- measuring


def measured(grid: Grid, formats: Formats, head: int) -> Generator[None, None, Needs]:
    """Measure all cells of a table, some at a time, and return the needs of its columns."""
    measuring = _Measuring(grid, formats, head)
    for number in range(0, len(grid.places), _STEP):
        measuring.add(number, number + _STEP)
        yield
    return measuring.needs()


class _Measuring:
    def __init__(self, grid: Grid, formats: Formats, head: int) -> None:
        self._grid = grid
        self._formats = formats
        self._head = head
        self._em = formats.em * TABLE_FACTOR
        self._padding = 2 * PADDING * formats.em + _SLACK
        self._least = [self._padding] * grid.columns
        self._most = [self._padding] * grid.columns
        self._rulers: dict[tuple[int, bool], _Ruler] = {}
        self._spans: dict[tuple[int, int], tuple[float, float]] = {}

    def add(self, start: int, end: int) -> None:
        """Measure some of the cells."""
        for place in self._grid.places[start:end]:
            if place.cell is None:
                continue
            strong = place.row < self._head or place.cell.header
            least, most = (width + self._padding for width in self._of_cell(place.cell, strong))
            if place.wide == 1:
                column = place.column
                self._least[column] = max(self._least[column], least)
                self._most[column] = max(self._most[column], most)
            elif place.wide:
                before = self._spans.get((place.wide, place.column), (0.0, 0.0))
                widest = max(least, before[0]), max(most, before[1])
                self._spans[place.wide, place.column] = widest

    def needs(self) -> Needs:
        """Return the needs of the columns, widened for the cells that span several."""
        least, most = [*self._least], [*self._most]
        for (wide, column), widths in sorted(self._spans.items()):
            span = slice(column, column + wide)
            _widen(least, most, span, widths)
        return Needs(tuple(least), tuple(most), self._em)

    def _of_cell(self, cell: Cell, strong: bool) -> tuple[float, float]:
        if len(cell.runs) == 1 and isinstance(run := cell.runs[0], Text):
            text = run.text
            if text.isascii() and not ("\n" in text or "-" in text or "/" in text):
                ruler = self._ruler(run.style, strong)
                return max(map(ruler.plain, text.split()), default=0.0), ruler.plain(text)
        return _of_runs(self._pieces(cell.runs, strong), _PICTURE * self._em)

    def _pieces(self, runs: Runs, strong: bool) -> Iterator[tuple[str, float]]:
        """Yield the pieces of a cell with their widths: words, signs, spaces and line ends."""
        for run in runs:
            if isinstance(run, Text):
                ruler = self._ruler(run.style, strong)
                yield from _text_pieces(loosened(run.text.translate(_UNSEEN)), ruler)
            elif isinstance(run, Picture):
                wide = run.name and shown_size(run, self._em, in_line=True)[0]
                yield "picture", (wide or _PICTURE * self._em) + _SLACK
            else:
                yield "word", self._em

    def _ruler(self, style: Style, strong: bool) -> "_Ruler":
        key = (style.value, strong)
        if key not in self._rulers:
            self._rulers[key] = self._new_ruler(style, strong)
        return self._rulers[key]

    def _new_ruler(self, style: Style, strong: bool) -> "_Ruler":
        name = "mono" if Style.CODE in style else self._formats.look.font
        factor = CODE_FACTOR if Style.CODE in style else 1.0
        factor *= SMALL_FACTOR if Style.SMALL in style and Style.CODE not in style else 1.0
        bold, italic = strong or Style.STRONG in style, Style.EMPHASIS in style
        pixels = round(self._em * factor, 3)
        space = 0.0 if Style.CODE in style else pixels * self._formats.look.letter_spacing
        return _ruler(name, bold, italic, pixels, space)


def _text_pieces(text: str, ruler: "_Ruler") -> Iterator[tuple[str, float]]:
    for match in re.finditer(_PIECE, text):
        kind, piece = match.lastgroup or "word", match[0]
        if piece == BREAK:
            yield "part", 0.0
        elif kind == "word" and len(piece) > LONGEST_WHOLE:
            for part in re.split(_DIVIDED, piece):
                yield "part", ruler.width(part)
        else:
            yield kind, ruler.width(piece)


def _of_runs(pieces: Iterator[tuple[str, float]], picture: float) -> tuple[float, float]:
    """Return the widest word and the widest line of the pieces of a cell."""
    word = widest_word = line = widest_line = 0.0
    for kind, width in pieces:
        if kind == "line":
            word = line = 0.0
            continue
        line += width
        width = min(width, picture) if kind == "picture" else width
        word = word + width if kind == "word" else width
        widest_line = max(widest_line, line)
        if kind == "space":
            word = 0.0
        widest_word = max(widest_word, word)
        if kind == "sign":
            word = 0.0
    return widest_word, widest_line


def _widen(least: list[float], most: list[float], span: slice, widths: tuple[float, float]) -> None:
    """Widen the columns of a span, all by the same, until together they hold its cell."""
    for columns, wanted in zip((least, most), widths, strict=True):
        each = max(0.0, wanted - sum(columns[span])) / (span.stop - span.start)
        columns[span] = [width + each for width in columns[span]]
    most[span] = [max(pair) for pair in zip(most[span], least[span], strict=True)]


# ---- rulers


class _Ruler:
    """Measures words in one font; letters are measured once if they need no shaping."""

    def __init__(self, metrics: QFontMetricsF, scale: float, space: float) -> None:
        self._metrics = metrics
        self._scale = scale
        self._space = space
        self._letters = _Letters(metrics, scale)

    def plain(self, text: str) -> float:
        """Return the width of a text without shaped letters."""
        return sum(map(self._letters.__getitem__, text)) + self._space * len(text)

    def width(self, text: str) -> float:
        """Return the width of a text."""
        if re.search(_SHAPED, text):
            return self._metrics.horizontalAdvance(text) * self._scale + self._space * len(text)
        return self.plain(text)


class _Letters(dict[str, float]):
    """The widths of letters, each measured when it is first met."""

    def __init__(self, metrics: QFontMetricsF, scale: float) -> None:
        super().__init__()
        self._metrics = metrics
        self._scale = scale

    def __missing__(self, letter: str) -> float:
        self[letter] = width = self._metrics.horizontalAdvance(letter) * self._scale
        return width


@cache
def _ruler(name: str, bold: bool, italic: bool, pixels: float, space: float) -> _Ruler:
    return _Ruler(metrics(name, bold=bold, italic=italic), pixels / MEASURED_AT, space)
