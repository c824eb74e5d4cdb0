"""The rows of a list, a block at a time: how many there are does not matter."""

import logging
from collections import OrderedDict

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from reader.errors import LibraryError
from reader.gui.list.listings import Listing
from reader.gui.list.row import ROW, plain
from reader.model import Row, State

log = logging.getLogger(__name__)

BLOCK = 128
_BLOCKS = 64
_UNREADABLE = Row(
    0, "This article cannot be read", "", "The library is damaged", 0, "", "", 0.0, State.QUEUE,
    favourite=False, downloaded=True, lead="",
)  # fmt: skip
Index = QModelIndex | QPersistentModelIndex


class ArticleModel(QAbstractTableModel):
    """One column; never loads a text."""

    def __init__(self, listing: Listing) -> None:
        super().__init__()
        self.listing = listing
        self._blocks: OrderedDict[int, list[Row]] = OrderedDict()
        self._count = 0
        self.movable = False

    def show(self, listing: Listing, count: int | None = None) -> None:
        """Show other articles, or the same ones anew; ``count`` is what ``renew`` has told."""
        self.beginResetModel()
        self.listing = listing
        self._blocks.clear()
        self._count = listing.count() if count is None else count
        self.endResetModel()

    def renew(self) -> int:
        """Ask again for what is shown; return how many rows there are by now."""
        self._blocks.clear()
        return self.listing.count()

    def row(self, number: int) -> Row | None:
        """Return a row by its number."""
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

    def _read(self, offset: int) -> list[Row]:
        """Read a block; in a damaged one each row that cannot be read says so."""
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

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Return 1."""
        return 0 if parent.isValid() else 1

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Return what can be done with a row: it may be dragged where the order is one's own."""
        flags = super().flags(index)
        return flags | Qt.ItemFlag.ItemIsDragEnabled if self.movable else flags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return the Row for painting, the title for everybody else."""
        if role not in (ROW, Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        try:
            row = self.row(index.row())
        except Exception:  # Qt asks while it paints: an exception would end the program
            log.exception("a row could not be read")
            return None
        if role == ROW or row is None:
            return row
        return plain(row.title)
