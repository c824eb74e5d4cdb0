"""Notes laid out for the margin, and placed one below the other."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QTextCharFormat, QTextLayout, QTextLine, QTextOption

from reader.body.blocks import Block, Style, Text
from reader.body.to_text import all_runs
from reader.document.direction import LTR, RTL, direction_of_text
from reader.gui.viewer.footnotes import Mark

LEADING = 1.4
LINES = (7, 4, 2)
"""The most lines of a note; the fewer, the more notes there are."""
BETWEEN = 10
_LONGEST, _LONGEST_STUMP = 700, 20
_SPACES = re.compile(r"\s+")


class Words(NamedTuple):
    """The words of a note, with stretches of them in italics or bold type.

    ``base`` is the direction of the article.
    """

    text: str
    base: str = LTR
    styles: Sequence[tuple[int, int, Style]] = ()


class Size(NamedTuple):
    """The lines of a note, ``leading`` high; the first stands ``rise`` below its top."""

    lines: int
    leading: int
    rise: int


class Note(NamedTuple):
    """A note that is laid out."""

    layout: QTextLayout
    size: Size


class Marked(NamedTuple):
    """The mark of a note in the text, on a line that stands at a height of the document."""

    base: float
    mark: Mark
    name: str

    @property
    def key(self) -> tuple[str, str]:
        """The name of the note and the words of the mark, from which it is found."""
        return self.name, self.mark.sign


class Placed(NamedTuple):
    """A note beside the page, in some lines; its top and height are those of the document."""

    top: float
    high: float
    lines: int
    marked: Marked

    @property
    def bottom(self) -> float:
        """The height at which it ends."""
        return self.top + self.high


class Room(NamedTuple):
    """A stretch of the margin, with those parts of it that are taken already.

    No note may stand farther than ``farthest`` below its mark.
    """

    top: float
    bottom: float
    farthest: float
    taken: Sequence[tuple[float, float]] = ()

    def free_from(self, top: float, high: float) -> float:
        """Return the first height from one on at which as much is free."""
        for first, last in self.taken:
            if first - BETWEEN < top + high and top < last + BETWEEN:
                top = last + BETWEEN
        return top


# ---- the words


def words_of(blocks: Iterable[Block], base: str) -> Words:
    """Return the words of blocks in one paragraph."""
    text, styles = "", list[tuple[int, int, Style]]()
    for block in blocks:
        for runs in all_runs(block):
            text = f"{text} " if text and not text.endswith(" ") else text
            for run in runs:
                if not isinstance(run, Text) or len(text) > _LONGEST:
                    continue
                new = _SPACES.sub(" ", run.text)
                new = new.lstrip() if not text or text.endswith(" ") else new
                if style := run.style & (Style.EMPHASIS | Style.STRONG):
                    styles.append((len(text), len(new), style))
                text += new
    return Words(text.strip(), base, styles)


def laid_out(words: Words, font: QFont, wide: float, lines: int) -> Note:
    """Lay out words in at most as many lines; an ellipsis stands for those that are left out."""
    note, ends = _broken(words, font, wide, lines)
    if len(ends) < lines or ends[-1] >= len(words.text):
        return note
    start = ends[-2] if lines > 1 else 0
    rest = words.text[start:_LONGEST]
    elided = QFontMetricsF(font).elidedText(rest, Qt.TextElideMode.ElideRight, wide - 2)
    kept = _without_stump(elided.removesuffix("…"), rest)
    return _broken(words._replace(text=f"{words.text[:start]}{kept}…"), font, wide, lines)[0]


def _without_stump(kept: str, text: str) -> str:
    """Return the beginning of a text without a word that is cut off."""
    head, _, stump = kept.rpartition(" ")
    is_cut = head and len(stump) <= _LONGEST_STUMP and text[len(kept) : len(kept) + 1].isalnum()
    return (head if is_cut else kept).rstrip(" ,;:.–-")


def _broken(words: Words, font: QFont, wide: float, lines: int) -> tuple[Note, list[int]]:
    """Return words in lines, and the positions at which the lines end."""
    layout, direction = QTextLayout(words.text, font), direction_of_text(words.text, words.base)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if direction == RTL:
        option.setTextDirection(Qt.LayoutDirection.RightToLeft)
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    layout.setTextOption(option)
    layout.setFormats([_format(*each) for each in words.styles if sum(each[:2]) < len(words.text)])
    layout.setCacheEnabled(True)
    layout.beginLayout()
    made = list[QTextLine]()
    while len(made) < lines and (line := layout.createLine()).isValid():
        line.setLineWidth(wide)
        made.append(line)
    highest = max((line.height() for line in made), default=0.0)
    leading = round(max(LEADING * font.pixelSize(), highest))
    rise = round(max((line.ascent() for line in made), default=0.0) + (leading - highest) / 2)
    for number, line in enumerate(made):
        line.setPosition(QPointF(0, number * leading + rise - line.ascent()))
    layout.endLayout()
    note = Note(layout, Size(len(made), leading, rise))
    return note, [line.textStart() + line.textLength() for line in made]


def _format(start: int, length: int, style: Style) -> QTextLayout.FormatRange:
    found = QTextLayout.FormatRange()
    found.start, found.length = start, length
    form = QTextCharFormat()
    if Style.EMPHASIS in style:
        form.setFontItalic(True)
    if Style.STRONG in style:
        form.setFontWeight(QFont.Weight.DemiBold)
    found.format = form
    return found


# ---- their places


def stacked(notes: Sequence[tuple[Marked, Size]], room: Room) -> Sequence[Placed]:
    """Place notes beside their marks or below, with as many lines as all of them have room for.

    The sizes are those of notes in the most lines. Notes without room are left out, and the second
    mark of a note gets none.
    """
    first = dict[str, tuple[Marked, Size]]()
    for each in notes:
        first.setdefault(each[0].name, each)
    wanted = [*first.values()]
    placed: Sequence[Placed] = ()
    for lines in LINES:
        placed = _stacked(wanted, room, lines)
        if len(placed) == len(wanted):
            break
    return placed


def _stacked(wanted: Sequence[tuple[Marked, Size]], room: Room, most: int) -> Sequence[Placed]:
    placed, lowest = list[Placed](), room.top
    for each, size in wanted:
        lines = min(most, size.lines)
        high, beside = lines * size.leading, each.base - size.rise
        top = room.free_from(max(beside, lowest), high)
        if top - beside <= room.farthest:
            placed.append(Placed(top, high, lines, each))
            lowest = top + high + BETWEEN
    if (raised := _raised(placed, room)) is not None:
        return raised
    counts = range(len(placed))
    most = bisect_left(counts, True, key=lambda count: _raised(placed[: count + 1], room) is None)
    return _raised(placed[:most], room) or ()


def _raised(placed: Sequence[Placed], room: Room) -> Sequence[Placed] | None:
    """Move notes up as far as the end of the room needs it; return None if they do not fit."""
    raised, end = list[Placed](), room.bottom
    for each in reversed(placed):
        top = min(each.top, end - each.high)
        if top < room.top or room.free_from(top, each.high) != top:
            return None
        raised.append(each if top == each.top else each._replace(top=top))
        end = top - BETWEEN
    return raised[::-1]
