"""Mark highlights in a body, for exports: a colour on the runs, and a note behind the last one."""

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from reader.body.anchors import PICTURE, UNCOUNTED, Point
from reader.body.blocks import Block, Body, Note, NoteMark, Paragraph, Picture, Runs, Text
from reader.body.rewrite import rewrite
from reader.body.to_text import all_runs


class Mark(NamedTuple):
    """A highlight between two points of a body: its colour, and its note, ``""`` if it has none."""

    start: Point
    end: Point
    colour: str
    note: str = ""


class _Stretch(NamedTuple):
    """A mark within one part, by offsets; ``name`` is that of the note at its end."""

    start: int
    end: int
    colour: str
    name: str = ""


def highlighted(body: Body, marks: Sequence[Mark]) -> Body:
    """Return a body with marks and, for those that have a note, with notes of its own.

    Code cannot be marked, nor formulas in part. If marks overlap, the later one begins behind the
    end of the earlier one.
    """
    if not marks:
        return body
    named = {note.name for note in body.notes}
    names = [_free_name(number, named) if mark.note else "" for number, mark in enumerate(marks, 1)]
    parts = (*body.blocks, *body.notes)
    made = [_part(part, [*_stretches(at, marks, names)]) for at, part in enumerate(parts)]
    notes = tuple(
        Note(name, _paragraphs(mark.note)) for name, mark in zip(names, marks, strict=True) if name
    )
    blocks = tuple(part for part in made if not isinstance(part, Note))
    own = tuple(part for part in made if isinstance(part, Note))
    return body._replace(blocks=blocks, notes=(*own, *notes))


def _paragraphs(note: str) -> tuple[Block, ...]:
    return tuple(Paragraph((Text(each),)) for each in note.split("\n\n") if each.strip())


def _free_name(number: int, taken: set[str]) -> str:
    name = f"highlight-{number}"
    while name in taken:
        name += "-"
    return name


def _stretches(at: int, marks: Sequence[Mark], names: Sequence[str]) -> Iterator[_Stretch]:
    """Yield the stretches of one part under marks, in the order of the text, without overlaps."""
    last = 0
    for mark, name in sorted(zip(marks, names, strict=True), key=lambda each: each[0][:2]):
        if mark.start.block <= at <= mark.end.block:
            start = mark.start.offset if at == mark.start.block else 0
            end = mark.end.offset if at == mark.end.block else 1 << 60
            yield _Stretch(max(start, last), end, mark.colour, name if at == mark.end.block else "")
            last = max(last, end)


def _part(part: Block | Note, stretches: Sequence[_Stretch]) -> Block | Note:
    if not stretches:
        return part
    if isinstance(part, Note):
        marker = _Marker(part.blocks, stretches)
        return part._replace(blocks=tuple(rewrite(block, marker.change) for block in part.blocks))
    return rewrite(part, _Marker((part,), stretches).change)


class _Marker:
    """Changes the runs of blocks one after the other; it knows at which offset each begins."""

    def __init__(self, blocks: Iterable[Block], stretches: Sequence[_Stretch]) -> None:
        self._every = (runs for block in blocks for runs in all_runs(block))
        self._stretches = [*stretches]
        self._at = 0

    def change(self, runs: Runs) -> Runs:
        for each in self._every:  # those of code, which are not changed, come in between
            if each is runs:
                break
            self._at += sum(map(_length, each))
        return tuple(self._changed(runs))

    def _changed(self, runs: Runs) -> Iterator[Text | Picture | NoteMark]:
        for run in runs:
            start, self._at = self._at, self._at + _length(run)
            if not isinstance(run, Text) or run.added:
                yield run
            else:
                yield from self._marked(run, start)
            while self._stretches and self._stretches[0].end <= self._at:
                if name := self._stretches.pop(0).name:
                    yield NoteMark(name)

    def _marked(self, run: Text, at: int) -> Iterator[Text | NoteMark]:
        text = run.text
        for stretch in [*self._stretches]:
            first = 0 if run.tex else _index(text, stretch.start - at)
            last = len(text) if run.tex else _index(text, stretch.end - at)
            if stretch.start >= at + _length(run._replace(text=text)) or last <= first:
                break
            if first:
                yield run._replace(text=text[:first])
            yield run._replace(text=text[first:last], colour=stretch.colour)
            at += _length(run._replace(text=text[:last]))
            text = text[last:]
            if not text:
                break
            if stretch.name:
                yield NoteMark(stretch.name)
            self._stretches.pop(0)
        if text:
            yield run._replace(text=text)


def _length(run: object) -> int:
    if isinstance(run, Text):
        return 0 if run.added else len(UNCOUNTED.sub("", run.text))
    return len(PICTURE) if isinstance(run, Picture) else 0


def _index(text: str, offset: int) -> int:
    """Return the index of a counted offset in a text."""
    if offset <= 0:
        return 0
    if not UNCOUNTED.search(text):
        return min(offset, len(text))
    counted = 0
    for index, sign in enumerate(text):
        if counted == offset:
            return index
        counted += not UNCOUNTED.match(sign)
    return len(text)
