"""The boxes of a galley as a flow sees them, and a place among them."""

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from reader.document.table_cuts import Cut, Span
from reader.printing.foot import FootNotes
from reader.printing.paginate import Galley

_LOW = 5  # lines; a picture that is lower does not float
NEAR = 0.01


class Place(NamedTuple):
    """The end of a column: the next box, the height in the galley, and all that waits.

    ``head`` are the rows repeated above the box, ``waiting`` the boxes at which pictures that float
    begin. The notes are placed down to ``noted``, and marked in the text down to ``due``.
    """

    box: int
    top: float
    head: Span | None
    waiting: tuple[int, ...]
    noted: float
    due: float


class Run(NamedTuple):
    """Boxes in a column that follow each other as in the galley.

    ``after`` is the box after the last one, ``top`` and ``bottom`` are their ends in the galley and
    ``y`` is their place. ``waiting`` and ``due`` wait meanwhile.
    """

    first: int
    after: int
    top: float
    bottom: float
    y: float
    scale: float
    waiting: tuple[int, ...]
    due: float

    def joins(self, below: "Run") -> bool:
        """Return whether another run goes on below this one as in the galley."""
        same = abs(self.y - self.top - below.y + below.top) < NEAR
        return same and self.after == below.first and self.scale == below.scale == 1.0


class Text:
    """The knowledge of a flow about its galley and the notes."""

    def __init__(self, galley: Galley, height: float, line: float, notes: FootNotes | None) -> None:
        self.galley = galley
        self.cuts: Sequence[Cut] = galley.cuts
        self.boxes = len(galley.cuts) - 1
        self.height = height
        self.line = line
        self.notes = notes
        self.due = notes.due(galley) if notes else {}
        self.headings = sorted({galley.box_at(heading.y + 0.5) for heading in galley.headings})
        numbered = [*enumerate(galley.cuts)]
        self.places = [cut.y for cut in galley.cuts]
        self.spaces = [number for number, cut in numbered if cut.stretches]
        self._events = sorted({*self.due, *(number for number, cut in numbered if cut.figure)})

    def begin(self, before: Place | None) -> Place:
        """Return the place at which the text begins, with the notes from the galley before it."""
        noted = due = 0.0
        if before is not None:
            noted, due = before.noted, before.due
        elif self.notes is not None:
            noted = due = self.notes.galley.begin
            due = due if self.boxes else self.notes.galley.end
        return Place(0, self.galley.begin, None, (), noted, due)

    def next_event(self, box: int, *, waiting: bool) -> int:
        """Return the next box, after one, that is more than text to be put into the column.

        It is a picture or has a mark of a note; if pictures are ``waiting``, it may be a heading.
        """
        following = _after(box, self._events, self.boxes)
        return min(following, _after(box, self.headings, self.boxes)) if waiting else following

    def ends(self, place: Place) -> bool:
        """Return whether all is placed: text, pictures and notes."""
        return place.box >= self.boxes and not place.waiting and place.noted >= place.due - 0.5

    def floats(self, box: int) -> bool:
        """Return whether a picture may wait; one with notes in its caption stays."""
        after = box + self.cuts[box].figure
        marked = any(number in self.due for number in range(box, after))
        return _LOW * self.line < self.high(box) <= self.height and not marked

    def high(self, box: int) -> float:
        """Return the height of the picture that begins at a box, with its caption."""
        return self.cuts[box + self.cuts[box].figure].y - self.cuts[box].start

    def around(self, box: int) -> float:
        """Return the space around the picture that begins at a box."""
        return max(self.cuts[box].gap, self.cuts[box + self.cuts[box].figure].gap)


def _after(box: int, boxes: Sequence[int], default: int) -> int:
    index = bisect_right(boxes, box)
    return boxes[index] if index < len(boxes) else default
