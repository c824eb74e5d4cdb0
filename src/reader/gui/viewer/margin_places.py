"""The places of the notes in the margin: each beside the line of its mark, or a little below."""

import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QFont, QTextBlock

from reader.body.note_of import note_of
from reader.document import formats
from reader.document.direction import LTR, RTL
from reader.document.heights import position_at
from reader.gui.viewer.footnotes import Mark, marks_in
from reader.gui.viewer.margin_layout import (
    BETWEEN,
    LEADING,
    LINES,
    Marked,
    Note,
    Placed,
    Room,
    Size,
    Words,
    laid_out,
    stacked,
    words_of,
)
from reader.gui.viewer.note_marks import NoteMark
from reader.gui.viewer.viewer import Viewer

_FAR = 14  # sizes of the type of the page
_SECTION = 8  # blocks whose notes are placed together
_AHEAD = 4  # sections that can have an influence on one before
_SLICE = 0.004


class _Section(NamedTuple):
    """Notes that are placed, and the state of the page in which they were."""

    state: object
    notes: Sequence[Placed]


class MarginPlaces:
    """Finds the marks of a part of the page, and places their notes.

    Notes are laid out for some milliseconds at a time; ``is_waiting`` is whether some of those that
    were asked for last are still missing.
    """

    def __init__(self, viewer: Viewer) -> None:
        self._viewer = viewer
        self._font, self._wide = QFont(), 0
        self.forget()

    def forget(self) -> None:
        """Forget the notes of the document before."""
        self._marks: dict[int, tuple[int, Sequence[tuple[str, Mark]]]] = {}
        self._words: dict[tuple[str, str], Words] = {}
        self._sizes: dict[tuple[str, str], Size | None] = {}
        self._sections: dict[int, _Section] = {}
        self._number = 0  # of the first section that was asked for
        self._until, self.is_waiting = 0.0, False

    def set_type(self, font: QFont, wide: int) -> None:
        """Lay out notes in a font and a width, and place them anew."""
        if (font, wide) != (self._font, self._wide):
            self._sizes = {}
        self._font, self._wide, self._sections = font, wide, {}

    def between(self, top: float, bottom: float) -> list[Placed]:
        """Return the notes between two heights of the document, or else of the page turned to."""
        self._until, self.is_waiting = time.perf_counter() + _SLICE, False
        paged = self._viewer.spread is not None
        found = self._on_page() if paged else self._in_sections(top, bottom)
        return [each for each in found if each.top < bottom and each.bottom > top]

    def note(self, placed: Placed) -> Note:
        """Return a note in the lines that it has at its place."""
        return self._laid_out(self._words_of(placed.marked), placed.lines)

    def origin(self) -> float:
        """Return the height of the document at the upper edge of the viewer."""
        viewer = self._viewer
        return float(viewer.verticalScrollBar().value() - viewer.viewport().y())

    @property
    def _farthest(self) -> float:
        page = self._viewer.page
        return _FAR * page.formats.em * page.scale

    # ---- the marks in the text

    def _marked(self, blocks: Iterable[QTextBlock]) -> list[Marked]:
        """Return the marks of notes in some blocks, from above to below."""
        layout, found = self._viewer.page.documentLayout(), list[Marked]()
        for block in blocks:
            for name, mark in self._marks_in(block):
                top = layout.blockBoundingRect(block).top()
                line = block.layout().lineForTextPosition(mark.start - block.position())
                base = line.y() + line.ascent() if line.isValid() else 0.0
                found.append(Marked(top + base, mark, name))
        return sorted(found)

    def _marks_in(self, block: QTextBlock) -> Sequence[tuple[str, Mark]]:
        number, length = block.blockNumber(), block.length()
        if self._marks.get(number, (0,))[0] != length:
            is_in_note = block.blockFormat().hasProperty(formats.Mark.NOTE)
            self._marks[number] = (length, [] if is_in_note else [*marks_in(block)])
        return self._marks[number][1]

    def _measure(self, marked: Sequence[Marked]) -> bool:
        """Measure the notes of some marks; return False if there was no time for all of them."""
        for each in marked:
            if each.key not in self._sizes:
                if time.perf_counter() > self._until:
                    self.is_waiting = True
                    return False
                words = self._words_of(each)
                size = self._laid_out(words, LINES[0]).size if words.text else None
                self._sizes[each.key] = size
        return True

    def _words_of(self, marked: Marked) -> Words:
        """Return the words of a note, none if the link does not lead to one."""
        if marked.key not in self._words:
            article = self._viewer.article
            found = note_of(article.html, *marked.key) if article is not None else None
            base = RTL if self._viewer.is_rtl else LTR
            self._words[marked.key] = words_of(found.blocks if found else (), base)
        return self._words[marked.key]

    def _placed(self, marked: Sequence[Marked], room: Room) -> Sequence[Placed]:
        sizes = ((each, self._sizes[each.key]) for each in marked)
        return stacked([(each, size) for each, size in sizes if size is not None], room)

    def _laid_out(self, words: Words, lines: int) -> Note:
        return laid_out(words, self._font, self._wide, lines)

    # ---- where the notes stand

    def _in_sections(self, top: float, bottom: float) -> Iterator[Placed]:
        """Yield the notes of the sections between two heights, and of those that reach there.

        Each section is placed by itself, so that notes stand where they do whatever was read
        before, and none is laid out that is far away.
        """
        number = self._number = self._section_at(top - self._reach)
        while (y := self._top_of(number)) is not None and y <= bottom:
            yield from self._section(number, y)
            number += 1

    def _section_at(self, height: float) -> int:
        """Return the section at a height, looked for from the one that was seen last."""
        number = self._number
        while number > 0 and ((y := self._top_of(number)) is None or y > height):
            number -= 1
        while (y := self._top_of(number + 1)) is not None and y <= height:
            number += 1
        return number

    def _top_of(self, number: int) -> float | None:
        """Return the height at which a section begins, None if there is no such section."""
        page = self._viewer.page
        first = page.findBlockByNumber(number * _SECTION)
        return page.documentLayout().blockBoundingRect(first).top() if first.isValid() else None

    @property
    def _reach(self) -> float:
        """How far below its mark a note can end."""
        return self._farthest + LINES[0] * LEADING * self._font.pixelSize()

    def _section(self, number: int, y: float) -> Sequence[Placed]:
        """Return the notes of a section that begins at a height."""
        taken = self._taken()

        def notes() -> Sequence[Placed] | None:
            marked = self._marked(self._blocks(number))
            if not self._measure(marked):
                return None
            if not marked:
                return ()
            room = Room(self._above(marked), self._end(number, marked), self._farthest, taken)
            return self._placed(marked, room)

        blocks = min(self._viewer.page.blockCount(), (number + _AHEAD) * _SECTION)
        return self._kept(number, (y, blocks, taken), notes)

    def _kept(
        self, number: int, state: object, notes: Callable[[], Sequence[Placed] | None]
    ) -> Sequence[Placed]:
        known = self._sections.get(number)
        if known is None or known.state != state:
            found = notes()
            if found is None:
                return ()
            known = self._sections[number] = _Section(state, found)
        return known.notes

    def _blocks(self, number: int) -> Iterator[QTextBlock]:
        block = self._viewer.page.findBlockByNumber(number * _SECTION)
        for _ in range(_SECTION):
            if not block.isValid():
                return
            yield block
            block = block.next()

    def _above(self, marked: Sequence[Marked]) -> float:
        return marked[0].base - 2 * self._font.pixelSize()

    def _end(self, number: int, marked: Sequence[Marked]) -> float:
        """Return the height at which the notes of a section have to end."""
        last = marked[-1].base + self._reach
        while (y := self._top_of(number := number + 1)) is not None and y <= last:
            if following := self._marked(self._blocks(number)):
                return self._above(following) - BETWEEN
        return last

    def _on_page(self) -> Sequence[Placed]:
        """Return the notes of the page that is shown, while pages are turned."""
        viewer = self._viewer
        top, high = float(viewer.verticalScrollBar().value()), viewer.viewport().height()
        taken = self._taken()

        def notes() -> Sequence[Placed] | None:
            marked = self._marked(self._blocks_from(top, top + high))
            seen = [x for x in marked if viewer.to_viewport(QPointF(0, x.base)) is not None]
            if not self._measure(seen):
                return None
            return self._placed(seen, Room(top, top + high, high, taken))

        return self._kept(0, (top, high, viewer.page.blockCount(), taken), notes)

    def _blocks_from(self, top: float, bottom: float) -> Iterator[QTextBlock]:
        page, layout = self._viewer.page, self._viewer.page.documentLayout()
        block = page.findBlock(position_at(page, top + 1, 0))
        while block.isValid() and layout.blockBoundingRect(block).top() < bottom:
            yield block
            block = block.next()

    def _taken(self) -> tuple[tuple[float, float], ...]:
        """Return the stretches of the margin in which the notes of highlights stand."""
        if not self._viewer.highlights.stored:
            return ()
        top = self.origin()
        marks = [x.geometry() for x in self._viewer.findChildren(NoteMark) if not x.isHidden()]
        return tuple(sorted((top + each.top(), top + each.bottom() + 1) for each in marks))
