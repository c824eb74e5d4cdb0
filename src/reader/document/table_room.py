"""The room for tables, and how a table stands on paper.

On paper, a word is broken only if the whole sheet has no room for it. In the column of text, the
type of a table gets smaller by need; then the table stands across all columns of its page; then
turned by a quarter on a page of its own; and if that is too narrow as well, each row becomes a
little list. A table needs the sum of its least widths: the least in which no word is broken.
"""

from math import floor
from typing import NamedTuple

from reader.document.column_widths import (
    Fit,
    Needs,
    Way,
    comfortable,
    filling,
    widening,
    with_borders,
    with_long_words_broken,
    with_short_cells_whole,
)

SMALLEST = 0.62
"""The least size of the type in a table relative to other tables."""

_READABLE = 0.8  # the size of type that is not worth a wider place
_CRAMPED = 0.5  # of the comfortable width

Widths = tuple[float, ...]


class Room(NamedTuple):
    """The width of the column of text, and the width to which a table may grow out of it.

    ``overhang`` is the width of the document on each side of the column. Lengths are pixels at
    96 dpi, of which the layout makes ``scale`` times as many. ``turned`` is the width of a page
    that is turned by a quarter, 0 in a window.
    """

    column: float
    page: float
    overhang: float = 0.0
    scale: float = 1.0
    turned: float = 0.0

    def width(self, way: Way) -> float:
        """Return the width of a table that stands in a way."""
        return (self.column, self.page, self.turned, self.column)[way]

    def beyond(self, way: Way) -> float:
        """Return how far the width extends beyond the column on each side."""
        return max(0.0, (self.width(way) - self.column) / 2)


LISTED = Fit((), 1.0, Way.LISTED)
"""The fit of a table of which each row becomes a list."""


def fit_on_paper(needs: Needs, room: Room, lead: float) -> Fit:
    """Return how a table stands on paper; ``lead`` is how far the text around it stands in.

    A table inside of a list or a quote stays in the column.
    """
    needs = with_borders(needs, room.scale)
    widths = {Way.COLUMN: max(1.0, room.column - lead)}
    if not lead and room.page > room.column + 1:
        widths[Way.ACROSS] = room.page
    for least in (needs.least, with_long_words_broken(needs)):
        if way := _upright(needs, least, widths, room.scale):
            return _fit(needs, least, way, room.scale)
        turned = {Way.TURNED: room.turned}
        if (
            not lead
            and room.turned > room.page
            and (way := _widest(needs, least, turned, room.scale))
        ):
            return _fit(needs, least, way, room.scale)
    return LISTED


def _upright(
    needs: Needs, least: Widths, widths: dict[Way, float], scale: float
) -> tuple[Way, float] | None:
    """Return the first way that reads well, or the widest in which no word breaks, if any."""
    enough = _CRAMPED * comfortable(needs)
    for way, width in widths.items():
        size = _size(needs, least, width, scale)
        if size >= _READABLE and width >= enough * size:
            return way, width
    return _widest(needs, least, widths, scale)


def _widest(
    needs: Needs, least: Widths, widths: dict[Way, float], scale: float
) -> tuple[Way, float] | None:
    way, width = max(widths.items())
    return (way, width) if _size(needs, least, width, scale) >= SMALLEST else None


def _size(needs: Needs, least: Widths, width: float, scale: float) -> float:
    """Return the size of type in which the least widths fit into a width.

    Readable type gets a little smaller, rather than that short cells are wrapped.
    """
    short = with_short_cells_whole(needs._replace(least=least))
    size, whole = (_fitting(needs, sum(each), width, scale) for each in (least, short))
    return max(whole, min(size, _READABLE))


def _fitting(needs: Needs, wanted: float, width: float, scale: float) -> float:
    """Return the size of type, in hundredths, in which a wanted width fits into another."""
    size = min(100, floor(100 * width / wanted))
    while size > 1 and widening(needs, size / 100, scale) * wanted > width:
        size -= 1
    return size / 100


def _fit(needs: Needs, least: Widths, place: tuple[Way, float], scale: float) -> Fit:
    way, width = place
    size = _size(needs, least, width, scale)
    widths = filling(needs, least, widening(needs, size, scale), width)
    return Fit(tuple(widths), size, way, least is needs.least)
