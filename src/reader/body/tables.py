"""Tables of a page: their rows, their heads, and those that are only used for layout."""

from collections.abc import Callable, Iterator, Sequence

from lxml import etree

from reader.body.blocks import MAX_COLUMNS, MAX_SPAN, Cell, Runs, Table, Text

Inline = Callable[[etree._Element], Runs]

_BLOCKS = frozenset("p div ul ol pre blockquote table h1 h2 h3 h4 h5 h6 figure dl section".split())
_LONG = 1200


def rows_of(table: etree._Element) -> Iterator[tuple[etree._Element, bool]]:
    """Yield the rows of a table, without nested tables, and whether each is part of its head."""
    for child in table:
        if child.tag == "tr":
            yield child, False
        elif child.tag in ("thead", "tbody", "tfoot"):
            for row in child.iterchildren("tr"):
                yield row, child.tag == "thead"


def is_layout(table: etree._Element) -> bool:
    """Return whether a table is only used for layout, to put elements side by side."""
    if table.get("role") in ("presentation", "none"):
        return True
    if table.find("thead") is not None or table.find("caption") is not None:
        return False
    cells = [list(row.iterchildren("td", "th")) for row, _ in rows_of(table)]
    if max((len(row) for row in cells), default=0) <= 1:
        return True
    return any(_is_page(cell) for row in cells for cell in row)


def _is_page(cell: etree._Element) -> bool:
    inner = sum(child.tag in _BLOCKS for child in cell)
    if cell.find(".//table") is not None:
        return True
    return inner >= 3 and len("".join(cell.itertext())) > _LONG


def read(table: etree._Element, inline: Inline) -> Table:
    """Return a table; ``inline`` reads the contents of a cell."""
    rows: list[tuple[Cell, ...]] = []
    head = 0
    for element, in_head in rows_of(table):
        row = _row(element, inline)
        if not row:
            continue
        if len(rows) == head and (in_head or all(cell.header for cell in row)):
            head += 1
        rows.append(row)
    caption = table.find("caption")
    return Table(tuple(rows), head, () if caption is None else inline(caption))


def placed(rows: Sequence[tuple[Cell, ...]]) -> Iterator[tuple[int, int, Cell]]:
    """Yield the cells of a table with their row and column; larger cells push others aside."""
    taken_until: dict[int, int] = {}
    for number, row in enumerate(rows):
        column = 0
        for cell in row:
            while taken_until.get(column, 0) > number:
                column += 1
            yield number, column, cell
            for each in range(column, column + cell.columns if cell.rows > 1 else column):
                taken_until[each] = max(taken_until.get(each, 0), number + cell.rows)
            column += cell.columns


def _row(element: etree._Element, inline: Inline) -> tuple[Cell, ...]:
    cells: list[Cell] = []
    room = MAX_COLUMNS
    for child in element.iterchildren("td", "th"):
        columns = _span(child.get("colspan"), MAX_COLUMNS)
        if room <= 0:
            last = cells[-1]
            more = (*last.runs, Text(" "), *inline(child))
            cells[-1] = Cell(more, last.header, last.columns, last.rows, last.align)
            continue
        columns = min(columns, room)
        room -= columns
        span = _span(child.get("rowspan"), MAX_SPAN)
        cells.append(Cell(inline(child), child.tag == "th", columns, span, _align(child)))
    return tuple(cells)


def _span(value: str | None, most: int) -> int:
    value = (value or "").strip()
    return min(max(int(value), 1), most) if value.isdecimal() and len(value) < 10 else 1


def _align(cell: etree._Element) -> str:
    style = (cell.get("style") or "").replace(" ", "").lower()
    align = (cell.get("align") or "").lower()
    for side in ("left", "center", "right"):
        if align == side or f"text-align:{side}" in style:
            return side
    return ""
