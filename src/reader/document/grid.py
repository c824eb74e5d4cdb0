"""The grid of a table: which rows and columns each cell takes, as in HTML."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

from reader.body.blocks import MAX_COLUMNS, MAX_SPAN, Cell, Text


class Place(NamedTuple):
    """The place of a cell: its first row and column, and how many of both it takes.

    ``cell`` is None for the part of a cell that a portion of the table continues.
    """

    row: int
    column: int
    wide: int
    high: int
    cell: Cell | None


class Grid(NamedTuple):
    """The number of columns of a table, and its places row by row."""

    columns: int
    places: tuple[Place, ...]

    def portion(self, start: int, end: int) -> list[Place]:
        """Return the places in some of the rows, counted from ``start``, in reading order."""
        first = bisect_left(self.places, start - MAX_SPAN, key=_row)
        last = bisect_left(self.places, end, key=_row)
        inside = (place for place in self.places[first:last] if place.row + place.high > start)
        return sorted((_cut(place, start, end) for place in inside), key=lambda place: place[:2])

    def groups(self) -> list[int]:
        """Return the first row of each group of rows that cells over several rows join."""
        firsts: list[int] = []
        end = 0
        for row, places in groupby(self.places, key=_row):
            if row >= end:
                firsts.append(row)
            end = max(end, *(place.row + place.high for place in places))
        return firsts

    def portions(self, rows: int, most: int) -> list[int]:
        """Return the first rows of portions of at most so many rows, which part few groups."""
        groups, starts = self.groups(), [0]
        while rows - starts[-1] > most:
            end = starts[-1] + most
            free = groups[bisect_right(groups, end) - 1]
            starts.append(free if free > starts[-1] else end)
        return starts


def _row(place: Place) -> int:
    return place.row


def _cut(place: Place, start: int, end: int) -> Place:
    first, last = max(place.row, start), min(place.row + place.high, end)
    cell = place.cell if place.row >= start else None
    return place._replace(row=first - start, high=last - first, cell=cell)


def grid_of(rows: Sequence[tuple[Cell, ...]]) -> Grid:
    """Return the grid of a table's rows.

    A cell for which no column is free is joined to the one before it, so that no word is lost. The
    last column is one in which a cell begins: spans alone add none.
    """
    taken_until = [0] * MAX_COLUMNS
    places: list[Place] = []
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            high = min(cell.rows, MAX_SPAN, len(rows) - number)
            column, wide = _free(taken_until, number, column, cell.columns)
            if wide:
                taken_until[column : column + wide] = [number + high] * wide
                places.append(Place(number, column, wide, high, cell))
            elif places:
                places[-1] = _joined(places[-1], cell)
            column += wide
    columns = 1 + max((place.column for place in places), default=0)
    return Grid(columns, tuple(_clipped(place, columns) for place in places))


def _free(taken_until: list[int], row: int, column: int, wanted: int) -> tuple[int, int]:
    """Return the first free column, and how many are free for a cell: 0 if the row is full."""
    while column < MAX_COLUMNS and taken_until[column] > row:
        column += 1
    most = min(wanted, MAX_COLUMNS - column)
    return column, next((wide for wide in range(most) if taken_until[column + wide] > row), most)


def _joined(place: Place, cell: Cell) -> Place:
    before = place.cell or Cell(())
    runs = (*before.runs, Text(" ", added=True), *cell.runs)
    return place._replace(cell=before._replace(runs=runs))


def _clipped(place: Place, columns: int) -> Place:
    return place._replace(wide=min(place.wide, columns - place.column))
