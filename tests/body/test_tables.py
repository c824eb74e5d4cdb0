"""Tables of data are read with their heads and spans; those for layout are told apart."""

import pytest
from lxml import etree

from reader.body import tables
from reader.body.blocks import MAX_COLUMNS, MAX_SPAN, Cell, Runs, Text


def _table(html: str) -> etree._Element:
    found = etree.HTML(f"<table>{html}</table>").find(".//table")
    assert found is not None
    return found


def _text(element: etree._Element) -> Runs:
    return (Text("".join(element.itertext())),)


def test_the_first_rows_of_headers_are_the_head() -> None:
    table = tables.read(
        _table("<tr><th>A<th>B<tr><td>1<td align=right>2<tr><th>3<td>4</table>"), _text
    )
    assert table.head == 1
    assert table.rows[1][1] == Cell((Text("2"),), align="right")
    assert [cell.header for cell in table.rows[2]] == [True, False]


@pytest.mark.parametrize(
    ("value", "columns"), [("3", 3), ("0", 1), ("x", 1), ("9" * 12, 1), ("999", MAX_COLUMNS)]
)
def test_spans_are_bounded(value: str, columns: int) -> None:
    (row,) = tables.read(_table(f"<tr><td colspan={value} rowspan=9999>x"), _text).rows
    assert (row[0].columns, row[0].rows) == (columns, MAX_SPAN)


def test_cells_beyond_the_last_column_join_it() -> None:
    (row,) = tables.read(_table("<tr>" + "<td>x" * (MAX_COLUMNS + 2)), _text).rows
    assert len(row) == MAX_COLUMNS
    assert row[-1].runs == (Text("x"), Text(" "), Text("x"), Text(" "), Text("x"))


@pytest.mark.parametrize(
    ("html", "is_layout"),
    [
        ("<tr><td>1<td>2", False), ("<tr><td>only<tr><td>one", True),
        ("<caption>C</caption><tr><td>only", False),
        ("<tr><td><table><tr><td>x</table><td>y", True),
        ("<tr><td>" + f"<p>{'x' * 500}</p>" * 3 + "<td>y", True),
    ],
)  # fmt: skip
def test_tables_for_layout_are_told_apart(html: str, is_layout: bool) -> None:
    assert tables.is_layout(_table(html)) is is_layout
