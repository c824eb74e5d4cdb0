"""The structure of a table for screen readers: one table of rows that are equally long.

Follows ISO 32000-1, 14.8.4.3.4 and 14.8.5.7 (table attributes).
"""

from collections.abc import Callable, Iterator, Sequence

from PySide6.QtGui import QTextBlock

from reader.document.grid import Place
from reader.document.tables import FittedTable, is_rtl

Attributes = tuple[tuple[str, str, str | int], ...]
Add = Callable[[str, int, Attributes], int]
"""Adds a node of a type to a parent, with attributes, and returns its number."""

Cells = list[tuple[QTextBlock, int]]


class TablePlan:
    """The nodes of a table; its rows become elements even if they are empty.

    If no cell of a table is marked as a head, its first row is heard as one: without a head, nobody
    could find the head of a cell (ISO 14289-1, 7.5).
    """

    def __init__(self, add: Add, table: FittedTable, node: int) -> None:
        self._add = add
        self._table = table
        self._node = node
        self._rtl = is_rtl(table.portions[0])
        self._head = table.head if _has_heads(table) else 1

    def paragraphs(self) -> Iterator[tuple[int, Cells]]:
        """Yield for each cell its position, and its blocks as paragraphs."""
        for place in self._table.grid.places:
            own = self._add("P", self._node, ())
            blocks = [*self._blocks(place)]
            yield blocks[-1].position(), [(block, own) for block in blocks]

    def rows(self) -> Iterator[tuple[int, Cells]]:
        """Yield for each row the last position in it, and its blocks with their nodes."""
        rows = _whole(self._table)
        sections = self._sections(rows)
        for number, places in enumerate(rows):
            line = self._add("TR", sections[number >= self._head], ())
            all_heads = all(place.cell is not None and place.cell.header for place in places)
            cells: Cells = []
            reached = -1
            for place in places:
                kind, attributes = self._cell(
                    place, in_head=number < self._head, all_heads=all_heads
                )
                own = self._add(kind, line, attributes)
                if place.cell is not None:
                    cells += [(block, own) for block in self._blocks(place)]
                    reached = max(reached, cells[-1][0].position())
            yield reached, cells

    def _sections(self, rows: Sequence[Sequence[Place]]) -> tuple[int, int]:
        """Return the nodes around the rows of the head and around the others."""
        head = self._head
        crossing = any(place.row + place.high > head for row in rows[:head] for place in row)
        if not 0 < head < len(rows) or crossing:
            return self._node, self._node
        return self._add("THead", self._node, ()), self._add("TBody", self._node, ())

    def _cell(self, place: Place, *, in_head: bool, all_heads: bool) -> tuple[str, Attributes]:
        is_head = in_head or (place.cell is not None and place.cell.header)
        scope = "Column" if in_head or all_heads else "Row"
        attributes: list[tuple[str, str, str | int]] = []
        if is_head:
            attributes.append(("Table", "Scope", scope))
        if place.wide > 1:
            attributes.append(("Table", "ColSpan", place.wide))
        if place.high > 1:
            attributes.append(("Table", "RowSpan", place.high))
        return "TH" if is_head else "TD", tuple(attributes)

    def _blocks(self, place: Place) -> Iterator[QTextBlock]:
        portion, row = self._table.place_of(place.row)
        column = self._table.grid.columns - place.column - place.wide if self._rtl else place.column
        cell = portion.cellAt(row, column)
        block, end = cell.firstCursorPosition().block(), cell.lastPosition()
        while block.isValid() and block.position() <= end:
            yield block
            block = block.next()


def is_tabular(table: FittedTable) -> bool:
    """Return whether rows and columns mean something, and do not only arrange."""
    places = table.grid.places
    return _has_heads(table) or (table.grid.columns > 1 and any(place.row for place in places))


def _has_heads(table: FittedTable) -> bool:
    places = table.grid.places
    return table.head > 0 or any(place.cell and place.cell.header for place in places)


def _whole(table: FittedTable) -> list[list[Place]]:
    """Return the places of each row, with an empty one wherever the grid has none."""
    grid = table.grid
    count = max((place.row + place.high for place in grid.places), default=0)
    rows: list[list[Place]] = [[] for _ in range(count)]
    free = [[True] * grid.columns for _ in range(count)]
    for place in grid.places:
        rows[place.row].append(place)
        for row in free[place.row : place.row + place.high]:
            row[place.column : place.column + place.wide] = [False] * place.wide
    for number, row in enumerate(free):
        missing = [
            Place(number, column, 1, 1, None) for column, is_free in enumerate(row) if is_free
        ]
        rows[number] = sorted(rows[number] + missing, key=lambda place: place.column)
    return rows
