"""Cards in as many columns as there is room for."""

from collections.abc import Sequence

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStyle, QWidget

GAP = 16


class Columns(QWidget):
    """Places cards with layouts; the next card goes to the shortest column."""

    def __init__(self, cards: Sequence[QWidget], least_width: int) -> None:
        super().__init__()
        self.setObjectName("columns")
        self._cards = cards
        self._least = least_width
        for card in cards:
            card.setParent(self)

    def scrolled(self, name: str) -> QScrollArea:
        """Return a scroll area of that accessible name around the cards."""
        scroll = QScrollArea()
        scroll.setObjectName("columnScroll")
        scroll.setAccessibleName(name)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.viewport().setAutoFillBackground(False)
        scroll.setWidget(self)
        return scroll

    def arrange(self) -> None:
        """Place the cards that are not hidden, and take the height that they need."""
        self.setMinimumHeight(self._place(self.width()))

    def height_at(self, width: int) -> int:
        """Return the height that the cards need at a width."""
        return self._place(width, moves=False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the number of columns for the new width."""
        super().resizeEvent(event)
        self.arrange()

    def _place(self, width: int, *, moves: bool = True) -> int:
        room = width - 2 * GAP
        count = max(1, (room + GAP) // (self._least + GAP))
        wide = (room - (count - 1) * GAP) // count
        bottoms = [GAP] * count
        for card in self._cards:
            if card.isHidden():
                continue
            column = bottoms.index(min(bottoms))
            place = QRect(GAP + column * (wide + GAP), bottoms[column], wide, _height(card, wide))
            if moves:
                card.setGeometry(QStyle.visualRect(self.layoutDirection(), self.rect(), place))
            bottoms[column] = place.bottom() + 1 + GAP
        return max(bottoms)


def _height(card: QWidget, width: int) -> int:
    layout = card.layout()
    assert layout is not None
    layout.invalidate()
    return max(layout.totalHeightForWidth(width), layout.totalMinimumSize().height())
