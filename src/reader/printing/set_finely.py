"""Set the paragraphs of a document on paper line by line, as ``total_fit`` chooses the lines.

Qt breaks lines one after the other, each as soon as it is full. So every chosen line gets a word
spacing of its own with which it is just full; the space at the end of a ragged line, which is not
painted, becomes so wide that nothing fits behind it. No character is inserted or deleted, so all
positions in the document stay. A paragraph that Qt breaks otherwise in spite of this is left to it.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise
from math import floor, inf
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtGui import (
    QFont,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextFragment,
    QTextTable,
)

from reader.document.build import Document, Part
from reader.document.formats import Mark, Role
from reader.printing.total_fit import (
    DIVIDED_WORDS,
    WHOLE_WORDS,
    Attempt,
    Kind,
    Measure,
    Place,
    Point,
    best_of,
)
from reader.printing.word_measures import Face, Inner

_STRETCH, _SHRINK = 0.5, 1 / 3
"""By how much of its width a word space gives in at a badness of 100."""

_RAGGED = 0.18
"""The white space at the end of a ragged line at a badness of 100, as a part of the measure."""

_SLACK = 3.0  # dots
_WORD = 38.0  # the width of short words with a space, as a multiple of what a space is stretched
_LINE = "\u2028"
_OTHERS = re.compile(
    "[\t\ufffc\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u2e80-\ua4cf\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]"
)
"""Characters with which a paragraph is left to Qt.

Tabs, pictures, changes of the direction, and scripts in which lines end within words.
"""


_Run = tuple[Face, str]
_Divisible = tuple[int, int, Face, str, int, float, int, float]
_SPACE = Kind.SPACE


class _Setting(NamedTuple):
    """The first position of a block, the size of its lines, and whether they are justified."""

    at: int
    measure: Measure
    justified: bool


class Compositor:
    """Lets a document grow, and sets its new paragraphs finely before Qt lays them out."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._cursor = QTextCursor(document)
        self._faces: dict[str, Face] = {}
        self._by_format: dict[tuple[int, bool], Face] = {}
        self._spacings: dict[float, QTextCharFormat] = {}
        self._narrowings: dict[float, QTextCharFormat] = {}
        self._next = 0
        self._steps: Iterator[None] | None = None

    def grow(self, parts: Iterator[Part], seconds: float | None = None) -> bool:
        """Append parts as ``Document.grow`` does; a paragraph is set as a whole."""
        if self._steps is None:
            self._steps = self._all_steps(parts, seconds)
        until = inf if seconds is None else time.perf_counter() + seconds
        return not any(time.perf_counter() >= until for _ in self._steps)

    def _all_steps(self, parts: Iterator[Part], seconds: float | None) -> Iterator[None]:
        document, done = self._document, False
        while not done:
            self._cursor.beginEditBlock()  # Qt lays out nothing before it is set
            done = document.grow(parts, seconds)
            chosen = dict[int, list[Point]]()
            for block in self._new_blocks(all_of=done):
                chosen[block.position()] = self._set(block)
                yield
            self._cursor.endEditBlock()
            document.documentLayout().documentSize()  # lays out what is not laid out yet
            self._check(chosen)
            yield

    def _check(self, chosen: Mapping[int, Sequence[Point]]) -> None:
        """Leave paragraphs to Qt whose lines it does not break as they were measured."""
        find = self._document.findBlock
        failed = [at for at, ends in chosen.items() if not _is_set(find(at), ends)]
        form = QTextCharFormat(self._narrowed(0.0))
        form.setFontWordSpacing(0.0)
        if failed:
            self._cursor.beginEditBlock()
            for at in failed:
                self._merge(at, at + find(at).length() - 1, form)
            self._cursor.endEditBlock()

    def _new_blocks(self, *, all_of: bool) -> Iterator[QTextBlock]:
        """Yield the paragraphs since the last call outside of tables; the last one may grow."""
        block = self._document.findBlock(self._next)
        while block.isValid() and (all_of or block.next().isValid()):
            frame = self._document.frameAt(block.position())
            if isinstance(frame, QTextTable):
                block = self._document.findBlock(frame.lastPosition() + 1)
            else:
                yield block
                block = block.next()
            if block.isValid():
                self._next = block.position()

    def _set(self, block: QTextBlock) -> list[Point]:
        """Set a paragraph and return the ends of its lines, none if Qt shall lay it out."""
        form = block.blockFormat()
        if form.intProperty(Mark.ROLE) == Role.CODE:
            return []
        justified = bool(form.alignment() & Qt.AlignmentFlag.AlignJustify)
        ltr = block.textDirection() != Qt.LayoutDirection.RightToLeft
        runs = [*self._runs(block, hangs=justified and ltr)]
        measure = self._measure(block, runs, justified=justified)
        segments = _segments(runs)
        fitted = [_fitted(line, measure) for line in segments]
        if all(len(ends) == 1 for ends in fitted) or not all(fitted):
            return []
        setting, before = _Setting(block.position(), measure, justified), 0
        for line, ends in zip(segments, fitted, strict=True):
            self._set_lines(line, [Point(before, 0.0, 0.0, 0, 0), *ends], setting)
            before = ends[-1].offset
        return [end for ends in fitted for end in ends]

    def _measure(self, block: QTextBlock, runs: Sequence[_Run], *, justified: bool) -> Measure:
        form, document = block.blockFormat(), self._document
        indent = form.indent() * document.indentWidth() * document.scale
        width = document.textWidth() - form.leftMargin() - form.rightMargin() - indent - _SLACK
        if justified and runs:
            space = runs[0][0].space
            return Measure(width, space * _STRETCH, space * _SHRINK)
        return Measure(width, 0.0, 0.0, width * _RAGGED)

    def _runs(self, block: QTextBlock, *, hangs: bool) -> Iterator[_Run]:
        """Yield the runs of a block, none if it holds text that cannot be measured."""
        if _OTHERS.search(block.text()):
            return
        step = block.begin()
        while not step.atEnd():
            fragment = step.fragment()
            yield self._face(fragment, hangs=hangs), fragment.text()
            step += 1

    def _face(self, fragment: QTextFragment, *, hangs: bool) -> Face:
        key = fragment.charFormatIndex(), hangs
        if key not in self._by_format:
            form = fragment.charFormat()
            font = f"{form.font().key()} {form.verticalAlignment()} {hangs}"
            if font not in self._faces:
                device = self._document.documentLayout().paintDevice()
                self._faces[font] = Face(form, device, hangs=hangs)
            self._by_format[key] = self._faces[font]
        return self._by_format[key]

    # ---- lines

    def _set_lines(self, line: "_Line", ends: Sequence[Point], setting: _Setting) -> None:
        if setting.justified:
            for start, end in pairwise(ends):
                self._fill(start, end, setting, is_last=end is ends[-1])
            return
        points, width = line.divided()[:-1], setting.measure.width
        for start, end in pairwise(ends[:-1]):
            if end.kind is Kind.SPACE:
                number = bisect_right(points, end.offset, key=_offset)
                following = points[number] if number < len(points) else ends[-1]
                if following[1] - start.start <= width + _SLACK:
                    at = setting.at + end.offset
                    self._merge(at - 1, at, self._spaced(width))

    def _fill(self, start: Point, end: Point, setting: _Setting, *, is_last: bool) -> None:
        """Give a justified line the word spacing with which it is full."""
        room, count = setting.measure.width - (end.end - start.start), end.gaps - start.next_gaps
        extra = floor(room / count) if count else 0
        if is_last:
            extra = min(0, extra)
        if extra:
            self._merge(setting.at + start.offset, setting.at + end.offset, self._spaced(extra))
        if end.hang:
            last = setting.at + end.offset - (end.kind is Kind.SPACE)
            self._merge(last - 1, last, self._narrowed(end.hang))

    def _spaced(self, dots: float) -> QTextCharFormat:
        """Return a format with so much more space between words."""
        if dots not in self._spacings:
            form = self._spacings[dots] = QTextCharFormat()
            form.setFontWordSpacing(dots)
        return self._spacings[dots]

    def _narrowed(self, dots: float) -> QTextCharFormat:
        """Return a format with narrower characters; Qt scales this, but not the word spacing."""
        if dots not in self._narrowings:
            form = self._narrowings[dots] = QTextCharFormat()
            form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
            form.setFontLetterSpacing(-dots / self._document.scale)
        return self._narrowings[dots]

    def _merge(self, start: int, end: int, form: QTextCharFormat) -> None:
        self._cursor.setPosition(start)
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.mergeCharFormat(form)


class _Line:
    """The points of an endless line from a position on, while it is written."""

    def __init__(self, at: int) -> None:
        """Begin with no words."""
        self.at = at
        self.points: list[Place] = []
        self._divisible: list[_Divisible] = []
        self._x = self._over = self._hang = 0.0
        self._gaps = self._last = 0

    def add(self, face: Face, text: str) -> None:
        """Add the words and spaces of a run; words are not divided yet."""
        points, at, x, gaps = self.points, self.at, self._x, self._gaps
        over, hang, penalty = self._over, self._hang, self._last
        space, known = face.space, face.words.get
        for number, each in enumerate(text.split(" ")):
            word = known(each) or face.word(each)
            units, width, inner_gaps, inner, its_over, its_hang, first, last, divisible = word
            if number:
                at += 1
                if penalty >= 0 <= first:
                    points.append((at, x + over, x + space, gaps, gaps + 1, _SPACE, first, hang))
                x += space
                gaps += 1
            if not units:
                continue
            if divisible:
                count = len(inner)
                self._divisible.append((len(points), count, face, each, at, x, gaps, width))
            if inner:
                points += _moved(inner, at, x, gaps)
            at, x, gaps = at + units, x + width, gaps + inner_gaps
            over, hang, penalty = its_over, its_hang, last
        self.at, self._x, self._gaps = at, x, gaps
        self._over, self._hang, self._last = over, hang, penalty

    def end(self, units: int) -> None:
        """End the line with so many code units that are not painted; nothing hangs out of it."""
        self.at += units
        over = 0.0 if self._hang else self._over
        x, gaps = self._x, self._gaps
        self.points.append((self.at, x + over, x, gaps, gaps, _SPACE, 0, 0.0))

    def divided(self, shortest: float = 1.0, longest: float = inf) -> list[Place]:
        """Return the points with those of words that may be divided.

        Words are left out in which no line ends if all are at least as long as the shortest and at
        most as long as the longest one.
        """
        points, done = list[Place](), 0
        for index, count, face, text, at, x, gaps, width in self._divisible:
            if -(-x // longest) <= (x + width) // shortest:
                points += self.points[done:index]
                points += _moved(face.inner(text), at, x, gaps)
                done = index + count
        return points + self.points[done:]


def _moved(places: Iterable[Inner], at: int, x: float, gaps: int) -> Iterator[Place]:
    """Yield places within a word as places within a line."""
    for units, end, start, before, kind, penalty, hang in places:
        count = gaps + before
        yield at + units, x + end, x + start, count, count, kind, penalty, hang


def _segments(runs: Sequence[_Run]) -> list[_Line]:
    """Return the words of a block as endless lines, one for each part up to a line break."""
    line = _Line(0)
    segments = [line]
    for face, text in runs:
        for number, piece in enumerate(text.split(_LINE)):
            if number:
                line.end(1)
                line = _Line(line.at)
                segments.append(line)
            line.add(face, piece)
    line.end(0)
    return segments


def _fitted(line: _Line, measure: Measure) -> list[Point]:
    """Return the ends of the lines into which an endless one is broken, none if there is no way."""
    last = line.points[-1]
    if last[1] <= measure.width:
        return [Point._make(last)]
    return best_of(_attempts(line, measure), measure) or []


def _attempts(line: _Line, measure: Measure) -> Iterator[Attempt]:
    """Yield the possible ends of lines, the words divided only when whole ones did not do.

    In justified lines they are divided first where one ends that is neither very tight nor very
    loose.
    """
    for tolerance, divided in WHOLE_WORDS:
        yield line.points, tolerance, divided
    (tolerance, divided), *looser = DIVIDED_WORDS
    shortest, longest = 1.0, inf
    if not measure.fill:
        gaps = measure.width / _WORD / measure.stretch
        shortest = measure.width - gaps * tolerance * measure.stretch
        longest = measure.width + gaps * measure.shrink
    yield line.divided(shortest, longest), tolerance, divided
    points = line.divided()
    for tolerance, divided in looser:
        yield points, tolerance, divided


def _offset(point: Place) -> int:
    return point[0]


def _is_set(block: QTextBlock, ends: Sequence[Point]) -> bool:
    """Return whether the lines of a paragraph have the chosen ends, if there are any."""
    layout = block.layout()
    return not ends or (
        layout.lineCount() == len(ends)
        and all(
            layout.lineAt(number).textStart() == end.offset
            for number, end in enumerate(ends[:-1], 1)
        )
    )
