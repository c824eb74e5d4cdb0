"""Sections of a galley: text in columns, and tables across all columns or on pages of their own."""

from collections.abc import Iterator
from copy import copy
from itertools import groupby

from reader.document.column_widths import Way
from reader.printing.paginate import Galley, Slice


def sections(galley: Galley) -> Iterator[tuple[Way, Galley]]:
    """Yield the parts of a galley that follow each other on the pages, and how each stands."""
    if not galley.document.overhang:
        yield Way.COLUMN, galley
        return
    first = 0
    for way, group in groupby(galley.cuts, key=lambda cut: cut.way):
        after = first + len([*group])
        if first < len(galley.cuts) - 1:
            yield way, _part(galley, first, min(after, len(galley.cuts) - 1))
        first = after


def turned_pages(body: Galley, room: float) -> Iterator[Slice]:
    """Yield the slices of a section on pages that are ``room`` high."""
    top, head = body.begin, None
    while top < body.end - 0.5:
        each = body.slice(top, head, room, all_of=True)
        if each is None:
            return
        yield each
        top, head = each.following, each.following_head


def _part(galley: Galley, first: int, last: int) -> Galley:
    """Return the galley between two of its cuts."""
    part = copy(galley)
    part.cuts = galley.cuts[first : last + 1]
    part.begin, part.end = part.cuts[0].start, part.cuts[-1].y
    part.headings = [each for each in galley.headings if part.begin - 0.5 <= each.y < part.end]
    return part
