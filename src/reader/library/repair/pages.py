"""Raw pages of a damaged database file, as SQLite documents its file format.

After "Database File Format" (https://www.sqlite.org/fileformat2.html). Nothing here trusts the
file: every number may be damaged. Only slices of the file are in memory.
"""

from collections.abc import Iterator
from pathlib import Path

import apsw

from reader.library.repair import page_logs
from reader.library.repair.records import RecordError, varint
from reader.library.store.migrate import APPLICATION_ID

TABLE_INNER, TABLE_LEAF, INDEX_INNER, INDEX_LEAF = 0x05, 0x0D, 0x02, 0x0A
INNER = (TABLE_INNER, INDEX_INNER)
LEAF = (TABLE_LEAF, INDEX_LEAF)
MAGIC = b"SQLite format 3\0"
_HEADER = 100  # bytes of the file header, on page 1
_SLICE = 1 << 18  # bytes that are read at once
_SLICES = 64  # of these are kept
_SIZES = tuple(1 << power for power in range(9, 17))
_USUAL = 4096
_SAMPLE = 64
_FLAGS = apsw.SQLITE_OPEN_MAIN_DB | apsw.SQLITE_OPEN_READONLY

Cell = tuple[int, int, int]
"""A cell: the row id (0 in an index), the size of its record, and the offset of that record."""


class Pages:
    """The pages of a database file, numbered from 1; pages of its logs come first.

    ``kinds`` has the first byte of each page, which is the kind of a b-tree page.
    """

    def __init__(self, file: Path) -> None:
        # Not with open(): closing it would drop all locks that SQLite holds on the file.
        self._file = apsw.VFSFile("", str(file.absolute()), [_FLAGS, 0])
        self._slices: dict[int, bytes] = {}
        self._length = self._file.xFileSize()
        self.header = self._read(0, _HEADER)
        self._logged: dict[int, bytes] = {}
        self.size, reserved = self._shape()
        logged, counted = page_logs.pages(file, self.size)
        if _is_library(logged.get(1, self.header)) or not _is_library(self.header):
            self._logged = logged
        else:  # the log of another database
            counted = 0
        if 1 in self._logged:
            self.header = logged[1][:_HEADER]
        self.usable = self.size - reserved
        self.count = max(-(-self._length // self.size), counted)
        self.kinds = self._kinds()

    def close(self) -> None:
        """Close the file."""
        self._file.xClose()

    def page(self, number: int) -> bytes:
        """Return the bytes of a page, all zero as far as they cannot be read."""
        if not 0 < number <= self.count:
            return bytes(self.size)
        found = self._logged.get(number)
        if found is None:
            found = self._read((number - 1) * self.size, self.size)
        return found if len(found) == self.size else found.ljust(self.size, b"\0")

    @property
    def expected(self) -> int:
        """The number of pages according to the header, 0 if unknown."""
        return int.from_bytes(self.header[28:32]) if self.has_header else 0

    @property
    def has_header(self) -> bool:
        """Whether the file begins as a database does."""
        return self.header.startswith(MAGIC)

    def start(self, number: int) -> int:
        """Return the offset of the b-tree header in a page."""
        return _HEADER if number == 1 else 0

    def children(self, number: int) -> list[int]:
        """Return the children of an inner page in order, as far as they make sense."""
        page, at = self.page(number), self.start(number)
        starts = offsets(page, at, 12)
        found = [int.from_bytes(page[start : start + 4]) for start in starts]
        return [*found, int.from_bytes(page[at + 8 : at + 12])]

    def cells(self, number: int, kind: int) -> Iterator[Cell]:
        """Yield the cells of a page that hold records, read as a page of a kind.

        Cells that run out of the page are left out.
        """
        page, at = self.page(number), self.start(number)
        for start in offsets(page, at, 12 if kind in INNER else 8):
            try:
                size, after = varint(page, start + (4 if kind == INDEX_INNER else 0))
                id = 0
                if kind == TABLE_LEAF:
                    id, after = varint(page, after)
            except RecordError:
                continue
            if 0 < size < self._length + (self.size << 4) and after < self.usable:
                yield id - (1 << 64) if id >> 63 else id, size, after

    def payload(self, page: bytes, cell: Cell, kind: int) -> bytes:
        """Return the record of a cell with its overflow pages, shorter if they are damaged."""
        _, size, at = cell
        here = local(self.usable, size, kind)
        data = page[at : at + here]
        if here == size or at + here + 4 > self.usable:
            return data
        return data + self._chain(int.from_bytes(page[at + here : at + here + 4]), size - here)

    def _chain(self, first: int, size: int) -> bytes:
        """Return the bytes of a chain of overflow pages, shorter if it ends, leaves or loops."""
        parts, seen, number = [], set[int](), first
        while size > 0 and 0 < number <= self.count and number not in seen:
            seen.add(number)
            page = self.page(number)
            parts.append(page[4 : min(self.usable, 4 + size)])
            size -= len(parts[-1])
            number = int.from_bytes(page[:4])
        return b"".join(parts)

    # ---- reading in slices

    def _read(self, at: int, size: int) -> bytes:
        first = at // _SLICE
        if (at + size - 1) // _SLICE == first:
            return self._slice(first)[at - first * _SLICE :][:size]
        last = (at + size - 1) // _SLICE
        whole = b"".join(self._slice(number) for number in range(first, last + 1))
        return whole[at - first * _SLICE :][:size]

    def _slice(self, number: int) -> bytes:
        found = self._slices.pop(number, None)
        if found is None:
            found = self._from_disk(number * _SLICE, _SLICE)
            if len(self._slices) >= _SLICES:
                del self._slices[next(iter(self._slices))]
        self._slices[number] = found
        return found

    def _from_disk(self, at: int, size: int) -> bytes:
        """Read bytes; an unreadable sector of the disk becomes zeros."""
        size = max(0, min(size, self._length - at))
        try:
            return self._file.xRead(size, at) if size else b""
        except apsw.Error:
            if size <= _SIZES[0]:
                return bytes(size)
            half = size // 2
            return self._from_disk(at, half) + self._from_disk(at + half, size - half)

    def _kinds(self) -> bytearray:
        kinds = bytearray(self.count + 1)
        for number in range(-(-self._length // _SLICE)):
            first = number * _SLICE // self.size + 1
            found = self._from_disk(number * _SLICE, _SLICE)[:: self.size]
            kinds[first : first + len(found)] = found
        for number, page in self._logged.items():
            if number <= self.count:
                kinds[number] = page[0]
        if self.count:
            kinds[1] = self.page(1)[_HEADER]
        return kinds

    # ---- the size of the pages

    def _shape(self) -> tuple[int, int]:
        """Return the size of pages and of the reserved bytes at the end of each."""
        told = int.from_bytes(self.header[16:18])
        told = 1 << 16 if told == 1 else told
        reserved = self.header[20] if len(self.header) > 20 else 0
        scores = {(size, 0): self._score(size, 0) for size in _SIZES}
        if reserved and told in _SIZES and reserved <= told - 480:
            scores[told, reserved] = self._score(told, reserved)
        best = max(scores.values())
        for each in ((told, reserved), (told, 0), (_USUAL, 0)):
            if scores.get(each, -1) == best:
                return each
        return max(scores, key=lambda each: scores[each])

    def _score(self, size: int, reserved: int) -> int:
        """Return how many bytes of a sample are b-tree pages whose cells end with the page."""
        count = self._length // size
        numbers = range(1, count, max(1, count // _SAMPLE))
        fitting = sum(self._ends_in(number * size, size, reserved) for number in numbers)
        return fitting * 1000 // max(1, len(numbers))

    def _ends_in(self, at: int, size: int, reserved: int) -> bool:
        page, usable = self._read(at, size), size - reserved
        if not page or page[0] not in LEAF:
            return False
        last = max(offsets(page, 0, 8), default=0)
        try:
            held, after = varint(page, last)
            if page[0] == TABLE_LEAF:
                _, after = varint(page, after)
        except RecordError:
            return False
        here = local(usable, held, page[0])
        return last > 0 and after + here + (4 if here < held else 0) == usable


def _is_library(page: bytes) -> bool:
    return page.startswith(MAGIC) and int.from_bytes(page[68:72]) == APPLICATION_ID


def local(usable: int, size: int, kind: int) -> int:
    """Return how many bytes of a record are on the page of its cell."""
    most = usable - 35 if kind == TABLE_LEAF else (usable - 12) * 64 // 255 - 23
    if size <= most:
        return size
    least = (usable - 12) * 32 // 255 - 23
    some = least + (size - least) % (usable - 4)
    return some if some <= most else least


def offsets(page: bytes, at: int, header: int) -> list[int]:
    """Return the offsets of the cells of a b-tree page, as far as they are possible."""
    count = int.from_bytes(page[at + 3 : at + 5])
    first = at + header
    count = min(count, (len(page) - first) // 2)
    lowest = first + 2 * count
    table = page[first:lowest]
    found = [table[n] << 8 | table[n + 1] for n in range(0, 2 * count, 2)]
    return [each for each in found if lowest <= each < len(page) - 3]
