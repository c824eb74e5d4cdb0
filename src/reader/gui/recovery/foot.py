"""The buttons of a window of this room, in one line, or in two columns if there is no room."""

from itertools import pairwise

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QPushButton, QWidget

from reader.gui.recovery.trouble import Way

_GAP, _SIDES = 8, 16
_TEXTS = {
    Way.CLOSE: "Close",
    Way.CHOOSE: "Another Library…",
    Way.CHECK: "Check Again",
    Way.SAVE: "Save Report…",
    Way.DOWNLOAD: "Download Again",
    Way.COPY: "Take from a Copy",
    Way.WHOLE: "Open What Is Whole",
    Way.RESTORE: "Restore a Copy…",
    Way.REPAIR: "Repair",
    Way.OPEN: "Open",
}
"""The buttons from the leading edge to the trailing one."""

_LEADING = 3  # of them stand at the leading edge


class Foot(QFrame):
    """The buttons, by their actions; the first action that is shown is the default."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._is_in_line = True
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(_SIDES, 12, _SIDES, 12)
        self._grid.setSpacing(_GAP)
        self.buttons: dict[Way, QPushButton] = {}
        for way, text in _TEXTS.items():
            self.buttons[way] = button = QPushButton(text, self)
            button.setAutoDefault(True)

    def offer(self, *ways: Way) -> None:
        """Show the buttons of some actions; the first one is the default of Return."""
        for way, button in self.buttons.items():
            button.setVisible(way in ways)
        first = self.buttons[ways[0]]
        first.setDefault(True)
        first.setFocus()
        self._arrange(again=True)

    def set_enabled(self, is_enabled: bool) -> None:
        """Enable or disable all buttons but the one that closes the window."""
        for way, button in self.buttons.items():
            button.setEnabled(is_enabled or way is Way.CLOSE)

    def minimumSizeHint(self) -> QSize:
        """Return the size of two columns."""
        shown = self._shown()
        wide = max((each.sizeHint().width() for each in shown), default=0)
        return QSize(2 * wide + _GAP + 2 * _SIDES, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the buttons anew if they have more or less room."""
        super().resizeEvent(event)
        self._arrange()

    def _shown(self) -> list[QPushButton]:
        """Return the visible buttons, the default one last."""
        shown = [each for each in self.buttons.values() if not each.isHidden()]
        return sorted(shown, key=lambda each: each.isDefault())

    def _arrange(self, *, again: bool = False) -> None:
        shown = self._shown()
        for each in shown:
            each.ensurePolished()  # the style sheet makes it larger
        wide = sum(each.sizeHint().width() + _GAP for each in shown) + 2 * _SIDES
        fits = wide <= self.width()
        if fits == self._is_in_line and not again:
            return
        self._is_in_line = fits
        while self._grid.takeAt(0) is not None:
            pass
        for column in range(len(self.buttons) + 1):
            self._grid.setColumnStretch(column, int(not fits and column < 2))
        (self._in_line if fits else self._in_columns)(shown)
        for one, other in pairwise(shown if fits else shown[::-1]):
            QWidget.setTabOrder(one, other)

    def _in_line(self, shown: list[QPushButton]) -> None:
        """Put the default button at the trailing edge."""
        leading = [self.buttons[way] for way in [*_TEXTS][:_LEADING]]
        gap = sum(each in leading for each in shown[:-1])
        for number, each in enumerate(shown):
            self._grid.addWidget(each, 0, number + (number >= gap))
        self._grid.setColumnStretch(gap, 1)

    def _in_columns(self, shown: list[QPushButton]) -> None:
        """Put the default button across the first row, the others below it."""
        default, *others = reversed(shown)
        self._grid.addWidget(default, 0, 0, 1, 2)
        for number, each in enumerate(others):
            self._grid.addWidget(each, 1 + number // 2, number % 2)
