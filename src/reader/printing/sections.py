"""Sections of a text: in columns or across all of them; and tables turned by a quarter."""

from collections.abc import Iterator, Mapping
from copy import copy
from itertools import groupby, pairwise
from typing import NamedTuple

from reader.document.column_widths import Way
from reader.document.table_cuts import Cut
from reader.printing.paginate import Galley


class Section(NamedTuple):
    """A part of a galley with boxes of its own, which stands in columns or ``across`` all of them.

    ``turned`` are the tables in it that stand on pages of their own, by their first boxes: what
    flows leaves them out.
    """

    galley: Galley
    across: bool
    turned: Mapping[int, Galley]
    is_last: bool = False

    def turned_between(self, first: int, after: int) -> list[Galley]:
        """Return the tables that begin in some boxes and stand on pages of their own."""
        return [table for box, table in self.turned.items() if first <= box < after]


def sections(galley: Galley) -> list[Section]:
    """Return the sections of a galley, in order."""
    if not galley.document.overhang:
        return [Section(galley, across=False, turned={}, is_last=True)]
    ends = [*_changes(galley.cuts), len(galley.cuts) - 1]
    found = [_section(galley, first, last) for first, last in pairwise(ends)]
    return [*found[:-1], found[-1]._replace(is_last=True)]


def _changes(cuts: list[Cut]) -> Iterator[int]:
    """Yield the numbers of the boxes with which sections begin."""
    before = cuts[0].way is Way.ACROSS
    yield 0
    for number, cut in enumerate(cuts[:-1]):
        across = before if cut.way is Way.TURNED else cut.way is Way.ACROSS
        if across != before:
            yield number
        before = across


def _section(galley: Galley, first: int, last: int) -> Section:
    part = _part(galley, first, last)
    turned: dict[int, Galley] = {}
    start = 0
    for way, group in groupby(part.cuts[:-1], key=lambda cut: cut.way):
        after = start + len([*group])
        if way is Way.TURNED:
            turned[start] = _upright(_part(part, start, after))
            part.cuts[start] = part.cuts[start]._replace(figure=after - start)
        start = after
    across = any(cut.way is Way.ACROSS for cut in part.cuts[:-1])
    return Section(part, across, turned)


def _part(galley: Galley, first: int, last: int) -> Galley:
    """Return the galley between two of its cuts."""
    part = copy(galley)
    part.cuts = galley.cuts[first : last + 1]
    part.begin, part.end = part.cuts[0].start, part.cuts[-1].y
    part.headings = galley.headings_between(part.begin - 0.5, part.end)
    return part


def _upright(galley: Galley) -> Galley:
    """Return a galley as it flows over pages that are turned."""
    galley.cuts = [cut._replace(way=Way.COLUMN, figure=0) for cut in galley.cuts]
    return galley
