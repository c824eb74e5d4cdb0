"""Notes at the foot of pages: the heights of their marks, and how much of them fits."""

from bisect import bisect_left, bisect_right
from collections.abc import Generator, Iterator, Sequence

from reader.body.blocks import Block, Note
from reader.document.build import Document
from reader.printing.beginning import Beginning
from reader.printing.paginate import Galley, Slice

_ABOVE = 1.4  # the space above the notes, in em
_STEP = 100  # notes between two yields
Part = Block | Note | None


class FootNotes:
    """A galley of notes in the order of their marks in a text."""

    def __init__(self, galley: Galley, marks: Sequence[float], tops: Sequence[float]) -> None:
        """Take the heights of the marks in the text, and of the notes in their galley."""
        self.galley = galley
        self.above = _ABOVE * galley.document.formats.em * galley.document.scale
        self._marks = marks
        self._firsts = [galley.box_at(top + 0.5) for top in tops]
        self._places = [cut.y for cut in galley.cuts]

    def due(self, text: Galley) -> dict[int, float]:
        """Return the bottom of the last note that is marked in a box of a text, by its number."""
        ends = [*self._firsts[1:], len(self._places) - 1]
        return {
            text.box_at(mark): self._places[end]
            for mark, end in zip(self._marks, ends, strict=True)
            if text.begin <= mark <= text.end
        }

    def begins(self, top: float, due: float, room: float) -> bool:
        """Return whether a part at least of the last note fits into a room, with all before it."""
        slice, _ = self.slice(top, due, room, forced=False)
        last = bisect_left(self._firsts, bisect_left(self._places, due - 0.5)) - 1
        return slice is not None and slice.bottom > self.galley.cuts[self._firsts[last]].start

    def slice(
        self, top: float, due: float, room: float, *, forced: bool
    ) -> tuple[Slice | None, float]:
        """Return the notes from a height down to another that fit, and the beginning of the rest.

        Returns None if nothing fits well, but never if it is ``forced``.
        """
        limit = min(top + room, due) + 0.01
        bad = None
        for number in range(bisect_right(self._places, limit) - 1, -1, -1):
            cut = self.galley.cuts[number]
            if cut.y <= top + 0.5:
                break
            if cut.good or cut.y >= due - 0.5:
                return Slice(top, cut.y), cut.start
            bad = bad or cut
        if not forced:
            return None, top
        if bad:
            return Slice(top, bad.y), bad.start
        bottom = min(top + max(room, 1.0), due)
        return Slice(top, bottom), bottom


def apart(text: Iterator[Part], notes: list[Note]) -> Iterator[Part]:
    """Yield the parts of a text, None for each note, which is added to ``notes``."""
    for part in text:
        if isinstance(part, Note):
            notes.append(part)
        yield None if isinstance(part, Note) else part


def notes_of(text: Beginning, notes: Sequence[Note], document: Document) -> list[Note]:
    """Return the notes marked in a document in the order of their marks, and at last the others.

    Notes without a mark come last; those marked in another part of a long text are left out.
    """
    notes = [*notes, *text.other_notes()]
    places = {note.name: document.position_of_anchor(f"r-{note.name}") for note in notes}
    marked = [note for note in notes if places[note.name] is not None]
    others = [note for note in notes if note.name not in document.note_numbers]
    marked.sort(key=lambda note: places[note.name] or 0)
    return [*marked, *others] if text.is_whole else marked


def foot_notes(
    notes: Sequence[Note], text: Galley, foot: Galley
) -> Generator[None, None, FootNotes]:
    """Return the notes of a text, of which ``foot`` is the measured galley, in small steps."""
    marks: list[float] = []
    tops: list[float] = []
    for number, note in enumerate(notes):
        marks.append(_height(text.document, f"r-{note.name}", text.end))
        tops.append(_height(foot.document, f"n-{note.name}", foot.end))
        if number % _STEP == 0:
            yield
    return FootNotes(foot, marks, tops)


def _height(document: Document, name: str, default: float) -> float:
    """Return the middle of the line in which a place is, or a default if there is no such place."""
    position = document.position_of_anchor(name)
    if position is None:
        return default
    block = document.findBlock(position)
    line = block.layout().lineForTextPosition(position - block.position())
    top = document.documentLayout().blockBoundingRect(block).top()
    return top + (line.y() + line.height() / 2 if line.isValid() else 0.0)
