"""Fill one column: text, pictures that fit or wait, and notes at the foot."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from reader.document.column_widths import Way
from reader.document.table_cuts import Cut
from reader.printing.boxes import Place, Run, Text
from reader.printing.justify import joined, justified
from reader.printing.paginate import Slice

_SMALLEST = 0.8  # of its size, to which a picture may shrink
_SMALLEST_FIRST = 0.5  # the same for one before all text, which stays if it can
_MOST_WAITING = 3
_HOLE = 0.3  # of a column, which may stay empty lest a picture floats past a heading
_NOTES = 0.5  # of a column, which notes take before they are split
_NEAR = 0.01


class Column(NamedTuple):
    """A column: slices of the text and of the notes at its foot, with heights from its top."""

    slices: Sequence[tuple[float, Slice]]
    notes: Sequence[tuple[float, Slice]]

    @property
    def bottom(self) -> float:
        """Return how far down the column reaches."""
        return max((y + slice.height for y, slice in (*self.slices, *self.notes)), default=0.0)


class _Stop(NamedTuple):
    """A state of a column at which it may end."""

    runs: Sequence[Run]
    y: float
    box: int
    top: float
    waiting: tuple[int, ...]
    due: float


class Filling:
    """A column that is filled from a place on; if it ``shrinks`` pictures, they may so fit."""

    def __init__(self, text: Text, place: Place, room: float, *, shrinks: bool = True) -> None:
        self._text = text
        self._cuts = text.cuts
        self._room = room
        self._shrinks = shrinks
        self._begun = place
        self._box, self._top, _, self._waiting, self._noted, self._due = place
        self._runs: list[Run] = []
        self._y = 0.0
        self._below = 0.0  # the space that the last box wants below it
        self._tied = False  # whether the last box is not parted from the next
        self._good: _Stop | None = None
        self._foot: Slice | None = None

    @property
    def place(self) -> Place:
        """The end of the column."""
        head = self._cuts[self._box].head if self._top == self._cuts[self._box].start else None
        if (self._box, self._top) == self._begun[:2]:
            head = self._begun.head
        return Place(self._box, self._top, head, self._waiting, self._noted, self._due)

    @property
    def bottom(self) -> float:
        """How far down text and notes reach."""
        return self._y + self._high_foot

    @property
    def _high_foot(self) -> float:
        """The height of the notes with the space above them."""
        notes = self._text.notes
        return notes.above + self._foot.height if notes and self._foot else 0.0

    def fill(self, *, free: bool) -> bool:
        """Fill the column; return whether anything fits well, which is always so if it is free.

        Only a free column may hold notes alone while the text goes on.
        """
        self._put_waiting()
        while self._box < self._text.boxes and self._put_next():
            pass
        if self._box < self._text.boxes:
            self._go_back(free=free)
        self._put_notes(free=free)
        alone = self._foot and (free or self._box >= self._text.boxes)
        return bool(self._runs or self._box > self._begun.box or alone)

    def reaches(self, bottom: float) -> bool:
        """Return whether the text may be justified down to the notes above the bottom."""
        return self._justified(bottom) is not None

    def _justified(self, bottom: float) -> Sequence[Run] | None:
        if self._box >= self._text.boxes:
            return self._runs
        return justified(self._text, self._runs, bottom - self.bottom)

    def column(self, bottom: float, *, stretched: bool) -> Column:
        """Return the column with its notes down to the bottom, and its text if ``stretched``."""
        runs = (self._justified(bottom) if stretched else None) or self._runs
        foot = self._foot
        notes = [(bottom - foot.height, foot)] if foot else []
        return Column([*map(self._slice, joined(runs))], notes)

    def _slice(self, run: Run) -> tuple[float, Slice]:
        begins = (run.first, run.top) == self._begun[:2]
        slice = Slice(run.top, run.bottom, self._begun.head if begins else None, run.scale)
        return run.y - slice.shift, slice

    # ---- the end of a column

    def _look_for_end(self) -> None:
        """Remember the lowest good place down to here."""
        if not self._runs:
            return
        if self._cuts[self._box].good and not self._tied:
            self._good = self._stop()
            return
        last = self._runs[-1]
        for box in range(last.after - 1, last.first, -1):
            if self._cuts[box].good:
                part = last._replace(after=box, bottom=self._cuts[box].y)
                y, top = last.y + part.bottom - last.top, self._cuts[box].start
                runs = (*self._runs[:-1], part)
                self._good = _Stop(runs, y, box, top, last.waiting, last.due)
                return

    def _stop(self) -> _Stop:
        return _Stop((*self._runs,), self._y, self._box, self._top, self._waiting, self._due)

    def _go_back(self, *, free: bool) -> None:
        """Go back to the last good place; in a column that is free, any place is good enough."""
        self._look_for_end()
        stop = self._good
        if stop is None and not free:
            begun = self._begun
            stop = _Stop((), 0.0, begun.box, begun.top, begun.waiting, begun.due)
        if stop is not None:
            runs, self._y, self._box, self._top, self._waiting, self._due = stop
            self._runs = [*runs]
        elif not self._runs and self._due <= self._noted:
            self._force()

    def _force(self) -> None:
        """Cut a box that is higher than a column."""
        following = self._cuts[self._box + 1]
        shift = self._shift
        limit = self._top + max(self._room - shift, 1.0)
        bottom = min(limit, following.y)
        self._due = self._text.due.get(self._box, self._due)
        self._put(self._box + 1, bottom, shift)
        if bottom < following.y - 0.5:
            self._box, self._top = self._box - 1, bottom

    # ---- text

    @property
    def _shift(self) -> float:
        """The height of the rows repeated above the next box."""
        head = self._begun.head if self._box == self._begun.box else None
        return head[1] - head[0] if head else 0.0

    def _put_next(self) -> bool:
        """Put the next boxes or a picture; return whether there is room for more."""
        cut = self._cuts[self._box]
        self._look_for_end()
        if self._waiting and self._runs and self._box in self._text.headings and cut.good:
            left = self._room - self._reserve(self._due) - self._y
            if left < _HOLE * self._text.height:
                return False
        if cut.way is Way.TURNED:
            return self._pass_turned(cut)
        if cut.figure and self._text.floats(self._box):
            return self._put_figure(cut)
        return self._put_text(cut)

    def _put_text(self, cut: Cut) -> bool:
        box, places = self._box, self._text.places
        y = self._shift + (self._y + max(self._below, cut.gap) if self._runs else 0.0)
        due = self._text.due.get(box, self._due)
        if not self._fits(y + places[box + 1] - self._top, due):
            return False
        end = box + 1
        if due == self._due:
            end = self._text.next_event(box, waiting=bool(self._waiting))
        left = self._room - self._reserve(due) - y + _NEAR
        after = max(box + 1, min(end, bisect_right(places, self._top + left) - 1))
        self._due = due
        self._put(after, places[after], y)
        return after == end

    def _put(self, after: int, bottom: float, y: float, scale: float = 1.0) -> None:
        """Put the boxes before another, down to a height in the galley."""
        run = Run(self._box, after, self._top, bottom, y, scale, self._waiting, self._due)
        self._runs.append(run)
        self._y, self._below = y + (bottom - self._top) * scale, self._cuts[after].gap
        self._box, self._top, self._tied = after, self._cuts[after].start, False

    # ---- pictures

    def _put_figure(self, cut: Cut) -> bool:
        box = self._box
        if not self._waiting and (scale := self._scale(box)):
            self._place_figure(box, scale)
        elif self._may_wait(box):
            self._waiting = (*self._waiting, box)
            self._tied |= not cut.good and bool(self._runs)
            self._box = box + cut.figure
            self._top = self._cuts[self._box].start
        else:
            return False
        return True

    def _pass_turned(self, cut: Cut) -> bool:
        """Leave out a table that stands turned on a page of its own; its notes are due here."""
        after = self._box + cut.figure
        marked = (self._text.due.get(box, self._due) for box in range(self._box, after))
        self._due = max(self._due, *marked)
        self._box, self._top = after, self._cuts[after].start
        return True

    def _put_waiting(self) -> None:
        """Put the pictures that wait at the head of the column, as far as they fit."""
        box, top = self._box, self._top
        while self._waiting and (scale := self._scale(figure := self._waiting[0])):
            self._place_figure(figure, scale)
            self._below = self._text.around(figure)
            self._waiting = self._waiting[1:]
        self._box, self._top = box, top
        if self._runs:
            self._good = self._stop()

    def _may_wait(self, box: int) -> bool:
        """Return whether all pictures that wait would head the next column together."""
        waiting = (*self._waiting, box)
        high = sum(self._text.high(each) for each in waiting)
        return len(waiting) <= _MOST_WAITING and high <= self._text.height

    def _scale(self, box: int) -> float:
        """Return the scale at which a picture fits with its caption, 0 if it is too high."""
        picture = self._cuts[box + 1].y - self._cuts[box].start
        left = self._room - self._reserve(self._due) - self._above(box)
        scale = (left - self._text.high(box) + picture) / picture
        smallest = (_SMALLEST if box else _SMALLEST_FIRST) if self._shrinks else 1.0
        return 0.0 if scale < smallest else min(1.0, scale)

    def _above(self, box: int) -> float:
        """Return the height at which a picture would stand."""
        gap = self._text.around(box) if self._waiting else self._cuts[box].gap
        return self._y + max(self._below, gap) if self._runs else 0.0

    def _place_figure(self, box: int, scale: float) -> None:
        """Put a picture in its scale, and its caption below it."""
        y, after = self._above(box), box + self._cuts[box].figure
        self._box, self._top = box, self._cuts[box].start
        if scale < 1.0:
            self._put(box + 1, self._cuts[box + 1].y, y, scale)
            y = self._y + self._below
        if self._box < after:
            self._put(after, self._cuts[after].y, y)

    # ---- notes

    def _reserve(self, due: float) -> float:
        """Return the room for the notes down to a height, at most half of the column."""
        notes = self._text.notes
        if notes is None or due <= self._noted:
            return 0.0
        return notes.above + min(due - self._noted, _NOTES * self._room)

    def _fits(self, bottom: float, due: float) -> bool:
        """Return whether the column has room for text and notes, of which the last may be split."""
        if bottom + self._reserve(due) <= self._room + _NEAR:
            return True
        notes = self._text.notes
        if notes is None or due <= self._due:
            return False
        return notes.begins(self._noted, due, self._room - bottom - notes.above)

    def _put_notes(self, *, free: bool) -> None:
        notes = self._text.notes
        if notes is None or self._due <= self._noted:
            return
        room = self._room - self._y - notes.above
        forced = free and not self._runs
        self._foot, self._noted = notes.slice(self._noted, self._due, room, forced=forced)
