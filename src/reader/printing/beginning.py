"""Texts that are laid out in several documents, since Qt's layout has a greatest height.

Qt counts heights in a 64th of a dot and treats 2**31 / 256 dots as endless (``QFIXED_MAX``): at
1200 dpi, that is the text of about 700 pages. Whatever is below it would be lost.
"""

from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple, TypeVar

from reader.body.anchors import text_of
from reader.body.blocks import (
    Block,
    Callout,
    Cell,
    Code,
    Definitions,
    List,
    Note,
    Paragraph,
    Quote,
    Table,
    Text,
)
from reader.body.numbering import numbers
from reader.document.portions import portions

MOST_HEIGHT, GREATEST_HEIGHT = 5_000_000.0, 2**31 / 256
"""The height in dots at which a document is full, and the one from which on Qt loses text."""

LONG_TEXT = 300_000
"""The characters of HTML below which no part can be too high."""

_MOST, _CELL = 50_000, 10  # letters of a part, and those as which an empty cell counts
T = TypeVar("T")
Part = Block | Note | None


class Extent(NamedTuple):
    """The parts of a text in one document: the first, the one after the last, None if unknown."""

    start: int = 0
    end: int | None = None


_UNDIVIDED = Extent()


class Beginning:
    """The parts of a text from one on, until ``enough`` is set; ``end`` is the next one.

    A document that is laid out again gets the same parts as before.
    """

    def __init__(
        self,
        text: Iterator[Part],
        extent: Extent = _UNDIVIDED,
        notes: Callable[[], Iterator[Note]] | None = None,
    ) -> None:
        """Take all parts of a text; ``notes`` returns its notes, which come last in it.

        Without it, the text is not divided.
        """
        self.enough = False
        self.is_whole = False
        self.end = extent.start
        self._end = extent.end
        self._text = islice(text, extent.start, None)
        self._notes = notes

    def __iter__(self) -> Iterator[Part]:
        """Yield the parts."""
        for part in self._text:
            if self.end == self._end or (self.enough and self._end is None and self._notes):
                return
            self.end += 1
            yield part
        self.is_whole = True

    def other_notes(self) -> Iterator[Note]:
        """Return all notes of the text if its end was not reached, none otherwise."""
        return iter(()) if self.is_whole or self._notes is None else self._notes()


def small_parts(text: Iterator[Block | Note]) -> Iterator[Block | Note]:
    """Yield the parts of a text, very long ones in several."""
    for part in text:
        yield from (part,) if isinstance(part, Note) else _small(part)


def _small(part: Block) -> Iterator[Block]:
    return iter((part,)) if len(text_of(part)) <= _MOST else _divided(part)


def _divided(part: Block) -> Iterator[Block]:
    match part:
        case Paragraph():
            yield from map(Paragraph, portions(part.runs))
        case Quote():
            yield from (Quote((each,)) for block in part.blocks for each in _small(block))
        case Callout():
            yield from _divided_callout(part)
        case List():
            yield from _divided_list(part)
        case Definitions():
            yield from (Definitions((item,)) for item in part.items)
        case Table():
            yield from _divided_table(part)
        case Code():
            for lines in _gathered(part.text.split("\n"), lambda line: len(line) + 1):
                yield part._replace(text="\n".join(lines))
        case _:
            yield part


def _divided_callout(callout: Callout) -> Iterator[Callout]:
    title = callout.title
    for block in callout.blocks:
        for each in _small(block):
            yield callout._replace(title=title, blocks=(each,))
            title = ()


def _divided_list(block: List) -> Iterator[List]:
    starts = numbers(block)
    for items in _gathered(block.items, lambda item: len(text_of(List((item,))))):
        first, *_ = islice(starts, len(items))
        yield block._replace(items=items, start=first)


def _divided_table(table: Table) -> Iterator[Table]:
    """Yield a table in several, each with its head; a cell spans the rows of one of them."""
    head, rows = table.rows[: table.head], table.rows[table.head :]
    caption = table.caption
    for some in _gathered(rows, _letters_of_row):
        yield table._replace(rows=(*head, *some), caption=caption)
        caption = ()


def _letters_of_row(row: Sequence[Cell]) -> int:
    runs = (run for cell in row for run in cell.runs)
    return _CELL * len(row) + sum(len(run.text) for run in runs if isinstance(run, Text))


def _gathered(items: Sequence[T], letters_of: Callable[[T], int]) -> Iterator[tuple[T, ...]]:
    """Yield the items in groups of so many letters as a part may have."""
    group: list[T] = []
    letters = 0
    for item in items:
        letters += letters_of(item)
        if group and letters > _MOST:
            yield tuple(group)
            group, letters = [], letters_of(item)
        group.append(item)
    if group:
        yield tuple(group)
