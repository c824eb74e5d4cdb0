"""A layout whose parts follow each other in lines, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget


class Flow(QLayout):
    """Puts as many parts into a line as there is room for, from the leading edge."""

    def __init__(self, gap: int) -> None:
        super().__init__()
        self._gap = gap
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """Add a part at the end."""
        self._items.append(item)

    def count(self) -> int:
        """Return the number of parts."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """Return a part, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Remove and return a part, None beyond the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """Return none: the parts keep their own size."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """Return that the height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the lines in a width."""
        places = self._places(width)
        return max((place.bottom() + 1 for place in places.values()), default=0)

    def sizeHint(self) -> QSize:
        """Return the size of all parts in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        wide = sum(size.width() for size in sizes) + self._gap * max(0, len(sizes) - 1)
        return QSize(wide, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """Return the size of the largest part."""
        least = QSize()
        for item in self._shown():
            least = least.expandedTo(item.minimumSize())
        return least

    def setGeometry(self, area: QRect) -> None:
        """Lay out the parts."""
        super().setGeometry(area)
        parent = self.parentWidget()
        for item, place in self._places(area.width()).items():
            if isinstance(parent, QWidget) and parent.isRightToLeft():
                place.moveRight(area.width() - 1 - place.left())
            item.setGeometry(place.translated(area.topLeft()))

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, width: int) -> dict[QLayoutItem, QRect]:
        places: dict[QLayoutItem, QRect] = {}
        x = y = line = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(max(width, 1), item.sizeHint().height()))
            if x and x + size.width() > width:
                x, y, line = 0, y + line + self._gap, 0
            places[item] = QRect(QPoint(x, y), size)
            x, line = x + size.width() + self._gap, max(line, size.height())
        return places
