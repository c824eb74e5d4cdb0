"""A table as rows and columns of cells, to show, sort, filter and copy."""

import csv
import io
from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

from reader.body.blocks import Body, Cell, Runs, Table, Text
from reader.body.to_markdown import to_markdown
from reader.body.to_text import runs_text
from reader.document.grid import Place, grid_of
from reader.folding import folded
from reader.progress import Report

_EMPTY = Cell(())
_STEP = 500
_LARGE = 20_000
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class Line(NamedTuple):
    """A row: its cells, their texts, and all of its words, folded for the filter."""

    cells: tuple[Cell, ...]
    texts: tuple[str, ...]
    words: str


class Sheet(NamedTuple):
    """The heads of the columns and the rows of a table.

    A cell over several rows is in each of them, so that a row keeps its sense wherever it is
    sorted to; one over several columns is in the first.
    """

    heads: tuple[Line, ...]
    names: tuple[str, ...]
    lines: tuple[Line, ...]


def sheet_of(table: Table, report: Report) -> Sheet:
    """Return the sheet of a table."""
    grid = grid_of(table.rows)
    head = table.head if table.head < len(table.rows) else 0
    rows = _rows(grid.places, grid.columns)
    heads = tuple(_line(next(rows)) for _ in range(head))
    lines: list[Line] = []
    for cells in rows:
        if len(lines) % _STEP == 0:
            report(len(lines), len(table.rows), "")
        lines.append(_line(cells))
    names = tuple(_name(heads, column) for column in range(grid.columns))
    return Sheet(heads, names, tuple(lines))


def _rows(places: Sequence[Place], columns: int) -> Iterator[tuple[Cell, ...]]:
    """Yield the cells of each row; a row in which no cell begins is there as well."""
    inside: dict[int, Place] = {}
    number = 0
    for row, group in groupby(places, key=lambda place: place.row):
        while number < row:
            inside, cells = _within(inside, number, columns)
            yield cells
            number += 1
        inside.update({place.column: place for place in group})
        inside, cells = _within(inside, row, columns)
        yield cells
        number = row + 1


def _within(
    inside: dict[int, Place], row: int, columns: int
) -> tuple[dict[int, Place], tuple[Cell, ...]]:
    left = {column: each for column, each in inside.items() if each.row + each.high > row}
    found = (
        (left[column].cell or _EMPTY) if column in left else _EMPTY for column in range(columns)
    )
    return left, tuple(found)


def _line(cells: tuple[Cell, ...]) -> Line:
    texts = tuple(_text(cell.runs) for cell in cells)
    return Line(cells, texts, folded(" ".join(texts)))


def _text(runs: Runs) -> str:
    only = runs[0] if len(runs) == 1 else None
    text = only.text if isinstance(only, Text) else runs_text(runs)
    return " ".join(text.split())


def _name(heads: Sequence[Line], column: int) -> str:
    """Return the name of a column: all its heads, or its number."""
    words = dict.fromkeys(line.texts[column] for line in heads if line.texts[column])
    return " · ".join(words) or str(column + 1)


# ---- copies


class Extract(NamedTuple):
    """Some lines and columns of a sheet; the heads are among the lines if ``head`` is not 0."""

    lines: Sequence[Line]
    columns: Sequence[int]
    head: int = 0

    def rows(self) -> Iterator[list[str]]:
        """Yield the texts row by row."""
        for line in self.lines:
            yield [line.texts[column] for column in self.columns]

    def as_text(self) -> str:
        """Return the texts with tabs between them, as spreadsheets take them."""
        return "\n".join("\t".join(row) for row in self.rows())

    def as_csv(self) -> str:
        """Return the texts as CSV; what a spreadsheet would take for a formula gets a space."""
        out = io.StringIO()
        csv.writer(out, lineterminator="\n").writerows(map(_guarded, row) for row in self.rows())
        return out.getvalue()

    @property
    def is_large(self) -> bool:
        """Whether it has so many cells that writing them in detail would take long."""
        return len(self.lines) * len(self.columns) > _LARGE

    def as_markdown(self) -> str:
        """Return a table in Markdown, of a large one only the words."""
        if not self.is_large:
            return to_markdown(self.as_body())
        rows = ["| " + " | ".join(map(_escaped, row)) + " |" for row in self.rows()]
        empty = "| " * len(self.columns) + "|"
        rule = "| --- " * len(self.columns) + "|"
        return "\n".join([*(rows[:1] or [empty]), rule, *rows[1:]]) + "\n"

    def as_body(self) -> Body:
        """Return the cells as a body with one table."""
        rows = tuple(
            tuple(line.cells[column]._replace(columns=1, rows=1) for column in self.columns)
            for line in self.lines
        )
        return Body((Table(rows, self.head),))


def link_of(runs: Runs) -> str:
    """Return the first link in a cell, ``""`` if there is none."""
    return next((run.link for run in runs if isinstance(run, Text) and run.link), "")


def _escaped(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("|", "\\|")


def _guarded(cell: str) -> str:
    is_formula = cell.startswith(_FORMULA) and not _is_number(cell)
    return f" {cell}" if is_formula else cell


def _is_number(text: str) -> bool:
    return text[1:].replace(",", "").replace(".", "").isdigit()
