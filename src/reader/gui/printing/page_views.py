"""A view of the pages of a book: thumbnails, pages, and buttons to turn and zoom."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon, QKeySequence, QPalette, QResizeEvent, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QToolButton, QVBoxLayout, QWidget

from reader.gui.printing.preview import Preview
from reader.gui.widgets import theme
from reader.gui.widgets.plain_text import Label, set_tip
from reader.printing.book import Book
from reader.printing.imposition import Side

_STEP = 1.2
_NARROW = 330  # pixels


class Pages(QWidget):
    """Thumbnails on the left, and the pages in full size on the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._book: Book | None = None
        self.preview = Preview()
        self.preview.setObjectName("preview")
        self.preview.setAccessibleName("Pages")
        self.thumbnails = Preview(gap=14, numbered=True)
        self.thumbnails.setObjectName("thumbnails")
        self.thumbnails.setAccessibleName("Page thumbnails")
        self.thumbnails.setFixedWidth(124)
        right = QVBoxLayout()
        right.setSpacing(0)
        right.addWidget(self.preview, 1)
        self.turner = self._turner()
        right.addWidget(self.turner)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.thumbnails)
        layout.addLayout(right, 1)
        self.thumbnails.chosen.connect(self._choose)
        self.preview.turned.connect(self._turned)

    def show_sides(self, book: Book, sides: list[Side]) -> None:
        """Show the sides of a book that are laid out so far."""
        for strip in (self.preview, self.thumbnails):
            if book is not self._book:
                strip.show_book(book)
            strip.set_sides(sides)
        self._book = book
        self._turned(min(self.preview.current, len(sides) - 1))

    def _turner(self) -> QWidget:
        bar = QWidget()
        bar.setObjectName("turner")
        layout = QHBoxLayout(bar)
        layout.setContentsMargins(12, 4, 12, 4)
        self._number = Label()
        preview = self.preview
        back = self._tool("back", "Previous page", (), lambda: preview.turn(-1))
        on = self._tool("forward", "Next page", (), lambda: preview.turn(1))
        smaller = self._tool("zoom-out", "Smaller", ("Ctrl+-",), lambda: preview.zoom(1 / _STEP))
        fit = self._tool("", "Fit to width", ("Ctrl+0",), lambda: preview.zoom(0))
        fit.setText("Fit")
        larger = self._tool("zoom-in", "Larger", ("Ctrl++", "Ctrl+="), lambda: preview.zoom(_STEP))
        for part in (back, self._number, on):
            layout.addWidget(part)
        layout.addStretch(1)
        for part in (smaller, fit, larger):
            layout.addWidget(part)
        return bar

    def _tool(
        self, icon: str, tip: str, keys: tuple[str, ...], does: Callable[[], None]
    ) -> QToolButton:
        button = QToolButton()
        if icon:
            button.setIcon(_icon(button, icon))
        set_tip(button, f"{tip} ({keys[0]})" if keys else tip)
        button.setAccessibleName(tip)
        button.clicked.connect(does)
        for key in keys:
            QShortcut(QKeySequence(key), self).activated.connect(does)
        return button

    def _choose(self, index: int) -> None:
        self.preview.turn(index - self.preview.current)

    def _turned(self, index: int) -> None:
        self.thumbnails.set_current(index)
        count = self.preview.count
        whole = self._book is None or self._book.complete
        page = f"{min(index + 1, count)} of {count}" if whole else f"{min(index + 1, count)}"
        self._number.setText(page if self.width() < _NARROW else f"Page {page}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Shorten the number of the page in a narrow window."""
        super().resizeEvent(event)
        self._turned(self.preview.current)


def _icon(button: QToolButton, name: str) -> QIcon:
    """Return an icon in the colour of a button; forward points to the end of the line."""
    turned = {"back": "forward", "forward": "back"}
    if button.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        name = turned.get(name, name)
    return theme.icon(name, button.palette().color(QPalette.ColorRole.ButtonText).name())
