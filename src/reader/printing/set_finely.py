"""Set the paragraphs of a document on paper line by line, as ``total_fit`` chooses the lines.

Qt breaks lines one after the other, each as soon as it is full. So every chosen line gets a word
spacing of its own with which it is just full; the space at the end of a ragged line, which is not
painted, becomes so wide that nothing fits behind it. No character is inserted or deleted, so all
positions in the document stay. A paragraph that Qt breaks otherwise in spite of this is left to it.
"""

import re
import time
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
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
    Kind,
    Measure,
    Passes,
    Point,
    has_runt,
    total_fit,
)
from reader.printing.word_measures import Face, Inner, Word

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
_Ends = tuple[float, float]  # the shortest and the longest natural width of a line
_NOWHERE, _EVERYWHERE = (inf, inf), (1.0, 1e9)
_new = tuple.__new__  # as a NamedTuple does, but in half the time

_NOTHING = Word(0, 0.0, 0, (), 0.0, 0.0, 0, 0)


class _Setting(NamedTuple):
    """How a block is set: its first position, the size of its lines, and whether it is justified.

    ``hangs`` is true if punctuation hangs out of its lines.
    """

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
        form = _narrowed(0.0)
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
        segments, fitted = _chosen(runs, measure)
        if all(len(ends) == 1 for ends in fitted) or not all(fitted):
            return []
        setting, before = _Setting(block.position(), measure, justified), 0
        for points, ends in zip(segments, fitted, strict=True):
            self._set_lines(points, [Point(before, 0.0, 0.0, 0, 0), *ends], setting)
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

    def _set_lines(self, points: Sequence[Point], ends: Sequence[Point], setting: _Setting) -> None:
        for start, end in pairwise(ends):
            if setting.justified:
                self._fill(start, end, setting, is_last=end is ends[-1])
            elif end.kind is Kind.SPACE and end is not ends[-1]:
                following = points[bisect_right(points[:-1], end.offset, key=_offset)]
                if following.end - start.start <= setting.measure.width + _SLACK:
                    form = QTextCharFormat()
                    form.setFontWordSpacing(setting.measure.width)
                    self._merge(setting.at + end.offset - 1, setting.at + end.offset, form)

    def _fill(self, start: Point, end: Point, setting: _Setting, *, is_last: bool) -> None:
        """Give a justified line the word spacing with which it is full."""
        room, count = setting.measure.width - (end.end - start.start), end.gaps - start.next_gaps
        extra = floor(room / count) if count else 0
        if is_last:
            extra = min(0, extra)
        if extra:
            form = QTextCharFormat()
            form.setFontWordSpacing(extra)
            self._merge(setting.at + start.offset, setting.at + end.offset, form)
        if end.hang:
            last = setting.at + end.offset - (end.kind is Kind.SPACE)
            self._merge(last - 1, last, _narrowed(end.hang / self._document.scale))

    def _merge(self, start: int, end: int, form: QTextCharFormat) -> None:
        self._cursor.setPosition(start)
        self._cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        self._cursor.mergeCharFormat(form)


class _Line:
    """The points of an endless line from a position on, while it is written."""

    def __init__(self, at: int, ends: _Ends) -> None:
        """Begin; words are looked into only if one of the lines may end in them."""
        self.at = at
        self.points: list[Point] = []
        self._ends = ends
        self._x = self._over = self._hang = 0.0
        self._gaps = self._last = 0

    def add(self, face: Face, text: str) -> None:
        """Add the words and spaces of a run."""
        points, at, x, gaps = self.points, self.at, self._x, self._gaps
        over, hang, penalty = self._over, self._hang, self._last
        space, known, (shortest, longest) = face.space, face.words.get, self._ends
        for number, each in enumerate(text.split(" ")):
            word = (known(each) or face.word(each)) if each else _NOTHING
            if number:
                at += 1
                if penalty >= 0 <= word.first:
                    end, start, kind = x + over, x + space, Kind.SPACE
                    points.append(
                        _new(Point, (at, end, start, gaps, gaps + 1, kind, word.first, hang))
                    )
                x += space
                gaps += 1
            if each:
                units, width, inner_gaps, inner, over, hang, _, penalty = word
                if -(-x // longest) <= (x + width) // shortest:
                    inner = face.inner(each)
                for place in inner:
                    points.append(_moved(place, at, x, gaps))
                at += units
                x += width
                gaps += inner_gaps
        self.at, self._x, self._gaps = at, x, gaps
        self._over, self._hang, self._last = over, hang, penalty

    def end(self, units: int) -> None:
        """End the line with so many code units that are not painted; nothing hangs out of it."""
        self.at += units
        over = 0.0 if self._hang else self._over
        self.points.append(Point(self.at, self._x + over, self._x, self._gaps, self._gaps))


def _moved(inner: Inner, at: int, x: float, gaps: int) -> Point:
    """Return a place within a word as a place within a line."""
    units, end, start, before, kind, penalty, hang = inner
    count = gaps + before
    return _new(Point, (at + units, x + end, x + start, count, count, kind, penalty, hang))


def _segments(runs: Sequence[_Run], ends: _Ends) -> list[list[Point]]:
    """Return the possible ends of lines, for each part of a block up to a line break."""
    line = _Line(0, ends)
    segments = [line.points]
    for face, text in runs:
        for number, piece in enumerate(text.split(_LINE)):
            if number:
                line.end(1)
                line = _Line(line.at, ends)
                segments.append(line.points)
            line.add(face, piece)
    line.end(0)
    return segments


def _chosen(runs: Sequence[_Run], measure: Measure) -> tuple[list[list[Point]], list[list[Point]]]:
    """Return the possible ends of the lines of a block, and the chosen ones, for each of its parts.

    There are no ends if there is no way. Words are looked into only if whole ones do not do, and
    then first at ends of lines that are neither very tight nor very loose.
    """
    if not measure.fill:
        gaps = measure.width / _WORD / measure.stretch
        near = (
            measure.width - gaps * DIVIDED_WORDS[0][0] * measure.stretch,
            measure.width + gaps * measure.shrink,
        )
        for ends, passes in ((_NOWHERE, WHOLE_WORDS), (near, DIVIDED_WORDS[:1])):
            segments = _segments(runs, ends)
            fitted = [_fitted(points, measure, passes) for points in segments]
            if all(fitted) and not any(has_runt(each, measure) for each in fitted):
                return segments, fitted
    segments = _segments(runs, _EVERYWHERE)
    return segments, [_fitted(points, measure) for points in segments]


def _fitted(
    points: Sequence[Point], measure: Measure, passes: Passes = WHOLE_WORDS + DIVIDED_WORDS
) -> list[Point]:
    """Return the ends of the lines, none if there is no way."""
    if points[-1].end <= measure.width:
        return [points[-1]]
    return total_fit(points, measure, passes) or []


def _offset(point: Point) -> int:
    return point.offset


def _narrowed(pixels: float) -> QTextCharFormat:
    """Return a format with narrower characters; Qt scales this, but not the word spacing."""
    form = QTextCharFormat()
    form.setFontLetterSpacingType(QFont.SpacingType.AbsoluteSpacing)
    form.setFontLetterSpacing(-pixels)
    return form


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
