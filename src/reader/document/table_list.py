"""Tables that no sheet is wide enough for: a list of the cells of each row, with their heads."""

from collections.abc import Iterator
from itertools import groupby

from reader.body.blocks import Cell, Paragraph, Run, Runs, Style, Table, Text
from reader.document.grid import Grid, Place, grid_of

_SHORT = 40  # letters: lines that are not longer are joined to one


def listed(table: Table) -> Iterator[Paragraph]:
    """Yield a paragraph for each row: of each cell the head in bold, and the text.

    Long cells have a line of their own, short ones share it. The first row names all columns, the
    others only those in which they have a text. A cell that spans several rows is in each of them.
    """
    grid = grid_of(table.rows)
    head = table.head if table.head < len(table.rows) else 0
    names = _names(grid, head)
    whole = True
    for row, places in _rows(grid, head):
        lines = [_line(place, row, names, whole=whole) for place in places]
        if whole:
            named = {column for place in places for column in _columns(place)}
            rest = [Place(row, each, 1, 1, None) for each in range(len(names)) if each not in named]
            lines += [_line(place, row, names, whole=True) for place in rest]
        if runs := _joined([line for line in lines if line]):
            yield Paragraph(runs)
            whole = False


def _rows(grid: Grid, first: int) -> Iterator[tuple[int, list[Place]]]:
    """Yield each row from the first on, with the places of the cells that are in it."""
    inside: dict[int, Place] = {}
    for row, places in groupby(grid.places, key=lambda place: place.row):
        inside.update({place.column: place for place in places})
        inside = {column: each for column, each in inside.items() if each.row + each.high > row}
        if row >= first:
            yield row, [inside[column] for column in sorted(inside)]


def _names(grid: Grid, head: int) -> list[list[Cell]]:
    """Return the cells of the head above each column."""
    names: list[list[Cell]] = [[] for _ in range(grid.columns)]
    for place in grid.portion(0, head):
        for column in _columns(place):
            names[column] += [place.cell] if place.cell else []
    return names


def _columns(place: Place) -> range:
    return range(place.column, place.column + place.wide)


def _line(place: Place, row: int, names: list[list[Cell]], *, whole: bool) -> Runs:
    """Return the line of a cell; ``whole`` names it even if it is empty."""
    cell = place.cell or Cell(())
    if not cell.runs and not whole:
        return ()
    above = dict.fromkeys(each for column in _columns(place) for each in names[column])
    name: list[Run] = []
    for each in above:
        if runs := each.runs if whole else _again(each.runs):
            name += [*([Text(" · ", added=True)] if name else []), *runs]
    name += [Text(":\N{NO-BREAK SPACE}", added=True)] if name else []
    runs = cell.runs if place.row == row else _again(cell.runs)
    return (*map(_strong, name), *(map(_strong, runs) if cell.header else runs))


def _again(runs: Runs) -> Runs:
    """Return the words of runs that are also elsewhere."""
    return tuple(Text(run.text, run.style, added=True) for run in runs if isinstance(run, Text))


def _strong(run: Run) -> Run:
    return run._replace(style=run.style | Style.STRONG) if isinstance(run, Text) else run


def _joined(lines: list[Runs]) -> Runs:
    runs: list[Run] = []
    before = 0
    for line in lines:
        length = sum(len(run.text) if isinstance(run, Text) else 1 for run in line)
        joint = "\N{NO-BREAK SPACE}· " if max(before, length) <= _SHORT else "\n"
        runs += [*([Text(joint, added=True)] if runs else []), *line]
        before = length
    return tuple(runs)
