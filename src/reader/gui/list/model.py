"""The model of the list: it reads rows in blocks, so that their number does not matter."""

import logging
from collections import OrderedDict

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, Qt

from reader.errors import LibraryError
from reader.gui.list.listings import Listing
from reader.gui.list.row import ROW, plain, spoken
from reader.model import Row, State

log = logging.getLogger(__name__)

BLOCK = 128
_BLOCKS = 64
_NEAR = 8  # times the number of articles: the distance at which they are looked for together
_UNREADABLE = Row(
    0, "This article cannot be read", "", "The library is damaged", 0, "", "", 0.0, State.QUEUE,
    favourite=False, downloaded=True, lead="",
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QAbstractListModel):
    """A list that never loads a text; all of its rows can be dragged."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()
        self._count = 0

    def show(self, listing: Listing, count: int | None = None) -> None:
        """Show a listing; ``count`` is the result of ``renew`` if it was called before."""
        self.beginResetModel()
        self.listing = listing
        self._blocks.clear()
        self._count = listing.count() if count is None else count
        self.endResetModel()

    def renew(self) -> int:
        """Forget the rows that were read, and return the new number of rows."""
        self._blocks.clear()
        return self.listing.count()

    def row(self, number: int) -> Row | None:
        """Return a row by its number, None if there is none."""
        if not 0 <= number < self._count:
            return None
        block = number // BLOCK
        if block not in self._blocks:
            offset = block * BLOCK
            self._blocks[block] = self._read(offset)
            if len(self._blocks) > _BLOCKS:
                self._blocks.popitem(last=False)
        self._blocks.move_to_end(block)
        rows = self._blocks[block]
        place = number % BLOCK
        return rows[place] if place < len(rows) else None

    def ids(self, top: int, number: int) -> list[int]:
        """Return the ids of consecutive rows; many are read with one query."""
        if number > BLOCK:
            return self.listing.ids(top, number)
        rows = [self.row(row) for row in range(top, top + number)]
        return [row.id for row in rows if row is not None]

    def row_of(self, id: int, near: int) -> int | None:
        """Return the row of an article, searching near a row before asking the library."""
        for number in (near, near - 1, near + 1):
            row = self.row(number)
            if row is not None and row.id == id:
                return number
        return self.listing.index_of(id)

    def rows_of(self, ids: list[int], place: int) -> list[int]:
        """Return the rows of ids in the order of the list, if they are near the first one listed.

        That one is looked for near ``place`` first. Looking up each of them would take long in a
        large list.
        """
        for number, id in enumerate(ids):
            first = self.row_of(id, place)
            if first is not None:
                most = _NEAR * (len(ids) - number)
                near = self.listing.ids(first, most)
                rows = {id: first + after for after, id in enumerate(near)}
                return [rows[other] for other in ids[number:] if other in rows]
        return []

    def _read(self, offset: int) -> list[Row]:
        """Read a block; if it is damaged, replace its unreadable rows by a placeholder."""
        try:
            return self.listing.rows(offset, BLOCK)
        except LibraryError as error:
            log.info("rows could not be read: %s", error)
            count = min(BLOCK, self._count - offset)
            return [self._read_one(offset + number) for number in range(count)]

    def _read_one(self, number: int) -> Row:
        try:
            return self.listing.rows(number, 1)[0]
        except (LibraryError, IndexError):
            return _UNREADABLE

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """Return the number of rows."""
        return 0 if parent.isValid() else self._count

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return the flags of a row."""
        return super().flags(index) | Qt.ItemFlag.ItemIsDragEnabled

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the Row for painting, its title, or its text for screen readers."""
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        try:
            row = self.row(index.row())
        except Exception:  # Qt asks while it paints: an exception would end the program
            log.exception("a row could not be read")
            return None
        if role == ROW or row is None:
            return row
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return spoken(row, index.row() + 1, self._count)
        return plain(row.title)
