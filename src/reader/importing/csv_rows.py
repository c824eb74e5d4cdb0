"""The rows of CSV files, with the lines at which they begin.

A quotation mark that is never closed swallows the rows behind it. Rows over several lines are
therefore believed only if they are whole; otherwise their first line is read by itself and the
others again.
"""

import csv
import io
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import NamedTuple

from reader.body import clean
from reader.entries import Entry, Unread
from reader.errors import ReaderError
from reader.importing.bundle import Bundle
from reader.importing.lines import lines_of
from reader.outcomes import Outcome, Where
from reader.reasons import Reason, Remark

_DELIMITERS = ",;\t|"
_BLANK_LINES = 1000
"""The most empty lines above a header."""
_LONGEST_ROW = 5_000_000
"""The characters of the longest row over several lines."""
_PATIENCE = 40_000_000
"""The characters read again because of open quotation marks; after them every line is a row."""
_A_LINE = 100
"""The characters that take as long as beginning a line."""
_LONGEST_NAME = 80
_MARK = "x"
"""A line behind another, which shows whether the other has ended."""
_NOT_A_HEADER = ("http://", "https://")

csv.field_size_limit(2**31 - 1)


class Row(NamedTuple):
    """A row: its cells, their places by the names of the columns, and its place in the file."""

    cells: list[str]
    columns: Mapping[str, int]
    where: Where
    remarks: tuple[Remark, ...] = ()

    def get(self, column: str) -> str:
        """Return the cell of a column, ``""`` if there is none."""
        at = self.columns.get(column)
        cells = self.cells
        return cells[at].strip() if at is not None and at < len(cells) else ""


class Start(NamedTuple):
    """The beginning of a table: its delimiter and the names of its columns.

    A table without a header has numbers as names.
    """

    delimiter: str
    names: tuple[str, ...]

    @property
    def columns(self) -> dict[str, int]:
        """Return the places of the columns by name in small letters; of two alike, the first."""
        places: dict[str, int] = {}
        for at, name in enumerate(self.names):
            places.setdefault(name.lower(), at)
        return places


def start_of(head: str) -> Start:
    """Return how a table begins, by the beginning of its file; it may have no columns."""
    return _begin(_Lines(io.StringIO(head, newline="")))


def first_rows(head: str) -> tuple[Start, list[list[str]]]:
    """Return how a table begins and its first rows, by the beginning of its file."""
    lines = _Lines(io.StringIO(head, newline=""))
    start = _begin(lines)
    return start, [row.cells for row in _rows(lines, start, "") if isinstance(row, Row)]


def entries(
    bundle: Bundle, names: Iterable[str], make: Callable[[Row], Entry | Unread]
) -> Iterator[Entry | Unread]:
    """Yield an entry for each row of some files, and the lines that cannot be read."""
    for name in names:
        for row in rows(bundle, name):
            yield row if isinstance(row, Unread) else make(row)


def rows(bundle: Bundle, name: str) -> Iterator[Row | Unread]:
    """Yield the rows of a CSV file, and the lines that cannot be read; it never raises."""
    where = bundle.where(name)
    lines = _Lines(lines_of(bundle, name))
    try:
        start = _begin(lines)
        yield from _rows(lines, start, where.file)
    except ReaderError as error:
        yield _unread(Where(where.file, lines.number), Remark(Reason.ERROR, text=str(error)))


class _Lines:
    """The lines of a file as ``csv`` takes them; those of the present row can be given again."""

    def __init__(self, rest: Iterator[str]) -> None:
        self._rest = rest
        self._again: deque[str] = deque()
        self.taken: list[str] = []
        self.number = 1
        self.length = 0
        self.most = _LONGEST_ROW
        self.patience = _PATIENCE

    def __iter__(self) -> Iterator[str]:
        return self

    def __next__(self) -> str:
        if self.length > self.most:
            raise csv.Error
        line = self._again.popleft() if self._again else next(self._rest)
        self.taken.append(line)
        self.length += len(line)
        return line

    def done(self) -> None:
        """Go on behind the lines that were taken."""
        self.number += len(self.taken)
        self.taken.clear()
        self.length = 0

    def again(self, line: str) -> None:
        """Give the last line again."""
        self._again.appendleft(line)
        self.number -= 1

    def give_back(self) -> str:
        """Go on behind the first of the lines that were taken, and return it."""
        first, *others = self.taken
        self._again.extendleft(reversed(others))
        self.patience -= self.length + _A_LINE * len(self.taken)
        if self.patience < 0:
            self.most = 0
        self.number += 1
        self.taken.clear()
        self.length = 0
        return first


def _begin(lines: _Lines) -> Start:
    """Read the header; if the first row has an address, it is none and is given back."""
    line, delimiter = "", ""
    for _, line in zip(range(_BLANK_LINES), lines, strict=False):
        lines.done()
        said = line.strip('" \r\n')
        if said[:4].lower() == "sep=" and len(said) <= len("sep=,"):
            delimiter = said[4:] or "\t"
        elif said.strip():
            break
    delimiter = delimiter or _delimiter(line)
    cells = next(csv.reader([line], delimiter=delimiter), [])
    names = tuple(clean.line(cell, _LONGEST_NAME) for cell in cells)
    if any(cell.strip().lower().startswith(_NOT_A_HEADER) for cell in cells):
        lines.again(line)
        names = tuple(str(at) for at in range(1, len(cells) + 1))
    return Start(delimiter, names)


def _delimiter(header: str) -> str:
    """Return the sign that separates most names of a header."""
    return max(_DELIMITERS, key=lambda sign: len(next(csv.reader([header], delimiter=sign), [])))


def _rows(lines: _Lines, start: Start, file: str) -> Iterator[Row | Unread]:
    columns = start.columns
    reader = csv.reader(lines, delimiter=start.delimiter, strict=True)
    while True:
        where = Where(file, lines.number)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error:
            cells = None
        if cells is not None and (len(lines.taken) == 1 or len(cells) == len(start.names)):
            lines.done()
            if any(cells):
                yield Row(cells, columns, where)
            continue
        reader = csv.reader(lines, delimiter=start.delimiter, strict=True)
        yield _alone(lines.give_back(), start, where)


def _alone(line: str, start: Start, where: Where) -> Row | Unread:
    """Return the row of a single line that is not well formed, or whose quotation is open."""
    found = list(csv.reader([line, _MARK], delimiter=start.delimiter))
    if len(found) > 1:
        return Row(found[0], start.columns, where)
    plain = csv.reader([line], delimiter=start.delimiter, quoting=csv.QUOTE_NONE)
    cells = [cell.strip('"') for cell in next(plain, [])]
    remark = Remark(Reason.OPEN_QUOTE)
    if len(cells) == len(start.names):
        return Row(cells, start.columns, where, (remark,))
    return _unread(where, remark, line)


def _unread(where: Where, remark: Remark, line: str = "") -> Unread:
    return Unread(where, Outcome.FAILED, remark, clean.line(line, _LONGEST_NAME))
