"""Cells take the rows and columns that they span, and no others."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from reader.body.blocks import MAX_COLUMNS, Cell, Text
from reader.document.grid import Place, grid_of


def _row(*cells: tuple[int, int]) -> tuple[Cell, ...]:
    return tuple(
        Cell((Text(str(n)),), columns=wide, rows=high) for n, (wide, high) in enumerate(cells)
    )


_CELLS = st.tuples(st.integers(1, 70), st.integers(1, 100))
_ROWS = st.lists(st.lists(_CELLS, max_size=8).map(lambda cells: _row(*cells)), max_size=40)


def _slots(places: list[Place]) -> list[tuple[int, int]]:
    return [
        (place.row + y, place.column + x)
        for place in places
        for y in range(place.high)
        for x in range(place.wide)
    ]


@given(_ROWS, st.integers(1, 12))
def test_no_two_cells_take_one_place_in_any_portion(
    rows: list[tuple[Cell, ...]], size: int
) -> None:
    grid = grid_of(rows)
    assert 1 <= grid.columns <= MAX_COLUMNS
    whole = set(_slots([*grid.places]))
    parts: set[tuple[int, int]] = set()
    for start in range(0, len(rows), size):
        end = min(start + size, len(rows))
        slots = _slots(grid.portion(start, end))
        assert len(slots) == len(set(slots))
        assert all(row < end - start and column < grid.columns for row, column in slots)
        parts |= {(row + start, column) for row, column in slots}
    assert parts == whole


@given(_ROWS)
def test_every_cell_is_there_once(rows: list[tuple[Cell, ...]]) -> None:
    said = [run.text for row in rows for cell in row for run in cell.runs if isinstance(run, Text)]
    cells = [place.cell for place in grid_of(rows).places if place.cell]
    there = [run.text for cell in cells for run in cell.runs if isinstance(run, Text)]
    assert [text for text in there if text.strip()] == said


def test_cells_beyond_the_last_column_are_joined_to_it() -> None:
    (*_, last) = grid_of([_row(*[(1, 1)] * 500)]).places
    assert last.cell is not None
    assert last.column == MAX_COLUMNS - 1
    assert len([run for run in last.cell.runs if isinstance(run, Text) and not run.added]) == 441


def test_an_empty_table_has_a_column() -> None:
    assert grid_of([]).columns == grid_of([()]).columns == 1


def test_groups_are_the_rows_that_cells_join() -> None:
    rows = [
        _row((1, 1)),
        _row((1, 3), (1, 1)),
        _row((1, 1)),
        _row((1, 2)),
        _row((1, 1)),
        _row((1, 1)),
    ]
    assert grid_of(rows).groups() == [0, 1, 5]


@given(_ROWS, st.integers(1, 12))
def test_portions_part_a_group_only_if_it_is_higher_than_they_are(
    rows: list[tuple[Cell, ...]], most: int
) -> None:
    grid = grid_of(rows)
    groups = {*grid.groups(), len(rows)}
    starts = grid.portions(len(rows), most)
    assert starts[0] == 0
    for start, end in pairwise([*starts, len(rows)]):
        assert 0 <= end - start <= most
        assert end in groups or not any(start < each <= start + most for each in groups)
