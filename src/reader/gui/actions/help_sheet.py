"""The sheet of all keys: a card for each menu, in as many columns as there is room for."""

import re
from collections.abc import Sequence

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QLineEdit,
    QSizePolicy,
    QStyle,
    QVBoxLayout,
    QWidget,
)

from reader.gui.actions import keymap
from reader.gui.actions.table import Keys, sheet_of
from reader.gui.widgets.columns import Columns
from reader.gui.widgets.dialogs import Dialog
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.screens import screen_of
from reader.model import Theme

_WIDE, _HIGH, _MARGIN = 1080, 760, 24
_COLUMN, _GAP = 330, 16
_CAP, _PADDING, _ROUND = 22, 7, 5.0
_BESIDE, _APART = 3, 12  # pixels between the keys of a stroke, and between two strokes


class HelpSheet(Dialog):
    """All actions with their keys, in the order of the menus; a field finds some of them."""

    def __init__(self, keys: Keys, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("Keys")
        self.field = QLineEdit()
        self.field.setPlaceholderText("Find an action or a key")
        self.field.setAccessibleName("Find an action or a key")
        self.field.setClearButtonEnabled(True)
        self.cards = [Card(title, lines, theme) for title, lines in sheet_of(keys)]
        self._none = Label("No action and no key matches.")
        self._none.setObjectName("hint")
        self._none.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._columns = Columns(self.cards, _COLUMN)
        self._lay_out()
        self.field.textChanged.connect(self._narrow)
        self._narrow("")

    def _lay_out(self) -> None:
        scroll = self._columns.scrolled("Keys")
        top = QVBoxLayout()
        top.setContentsMargins(_GAP, _GAP, _GAP, 0)
        top.addWidget(self.field)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self._none)
        layout.addWidget(scroll, 1)
        room = screen_of(self).availableGeometry().size() - QSize(2 * _MARGIN, 2 * _MARGIN)
        self.resize(QSize(_WIDE, _HIGH).boundedTo(room))

    def _narrow(self, words: str) -> None:
        found = [card.narrow(words.casefold().split()) for card in self.cards]
        self._none.setVisible(not any(found))
        self._columns.arrange()


class Card(QFrame):
    """A menu with its actions and their keys."""

    def __init__(
        self, title: str, lines: Sequence[tuple[tuple[str, ...], str]], theme: Theme
    ) -> None:
        super().__init__()
        self.setObjectName("card")
        self.lines: list[tuple[Label, KeyCaps]] = []
        head = Label(title)
        head.setObjectName("cardHead")
        head.setIndent(0)
        grid = QGridLayout(self)
        grid.setContentsMargins(_GAP, 12, _GAP, 12)
        grid.setVerticalSpacing(6)
        grid.setColumnStretch(0, 1)
        grid.addWidget(head, 0, 0, 1, 2)
        for row, (keys, text) in enumerate(lines, 1):
            label, caps = Label(text), KeyCaps(keys, theme)
            label.setWordWrap(True)
            grid.addWidget(label, row, 0)
            grid.addWidget(caps, row, 1, Qt.AlignmentFlag.AlignTop)
            self.lines.append((label, caps))

    def narrow(self, words: Sequence[str]) -> bool:
        """Show the lines that contain all words, and return whether there are any."""
        shown = False
        for label, caps in self.lines:
            text = f"{label.text()} {caps.accessibleName()}".casefold()
            fits = all(word in text for word in words)
            label.setVisible(fits)
            caps.setVisible(fits)
            shown = shown or fits
        self.setVisible(shown)
        return shown


class KeyCaps(QWidget):
    """Keys as they look on a keyboard; each of ``keys`` is another way."""

    def __init__(self, keys: Sequence[str], theme: Theme) -> None:
        super().__init__()
        shown = [keymap.native(key) or key for key in keys]
        self.setAccessibleName(" or ".join(shown))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._theme = theme
        self._strokes = [caps_of(part) for key in shown for part in re.split(r", (?!$)", key)]
        small = QFont(self.font())
        small.setPointSizeF(small.pointSizeF() * 0.92)
        self.setFont(small)

    def sizeHint(self) -> QSize:
        """Return the size of all caps in one line."""
        return QSize(max((rect.right() + 1 for rect, _ in self._caps()), default=0), _CAP)

    def _caps(self) -> list[tuple[QRect, str]]:
        """Return the caps with their places from the leading edge."""
        found, x = [], 0
        for stroke in self._strokes:
            for text in stroke:
                wide = max(_CAP, self.fontMetrics().horizontalAdvance(text) + 2 * _PADDING)
                found.append((QRect(x, 0, wide, _CAP), text))
                x += wide + _BESIDE
            x += _APART - _BESIDE
        return found

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the caps."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for rect, text in self._caps():
            area = QStyle.visualRect(self.layoutDirection(), self.rect(), rect)
            painter.setPen(QColor(self._theme.edge))
            painter.setBrush(QColor(self._theme.page))
            painter.drawRoundedRect(area.toRectF().adjusted(0.5, 0.5, -0.5, -0.5), _ROUND, _ROUND)
            painter.setPen(QColor(self._theme.text))
            painter.drawText(area, Qt.AlignmentFlag.AlignCenter, text)


def caps_of(stroke: str) -> list[str]:
    """Return the keys of a stroke: ``Ctrl`` and ``+`` for ``Ctrl++``."""
    if stroke.endswith("+"):
        return [*filter(None, stroke[:-1].split("+")), "+"]
    return stroke.split("+")
