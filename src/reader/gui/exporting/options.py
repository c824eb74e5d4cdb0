"""The options of an export: highlights, and one book or several."""

from typing import NamedTuple

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QLineEdit, QRadioButton, QVBoxLayout, QWidget

from reader.exporting.kinds import Kind
from reader.gui.exporting.described import heading_of, tab_to_chosen
from reader.gui.widgets.plain_text import Label

_WITH_HIGHLIGHTS = (Kind.MARKDOWN, Kind.HTML, Kind.EPUB, Kind.TEXT)


class Chosen(NamedTuple):
    """The values of the options; ``title`` is that of a book."""

    as_book: bool
    highlights: bool
    title: str


class Options(QWidget):
    """The options that matter for a format; ``changed`` is emitted when one is changed."""

    changed = Signal()

    def __init__(self, *, as_book: bool, highlights: bool) -> None:
        super().__init__()
        self.highlights = QCheckBox("Highlights and notes")
        self.highlights.setChecked(highlights)
        self.one, self.each = QRadioButton("One book with contents"), QRadioButton("A book each")
        self.one.setChecked(as_book)
        self.each.setChecked(not as_book)
        self.title = QLineEdit()
        self.title.setMaxLength(500)
        self._label = Label("Title")
        self._label.setBuddy(self.title)
        self.title.setAccessibleName("Title of the book")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self._label)
        row.addWidget(self.title, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(heading_of("Options"))
        for part in (self.highlights, self.one, self.each):
            column.addWidget(part)
        column.addLayout(row)
        tab_to_chosen((self.one, self.each))
        self.one.toggled.connect(self._toggle)
        self.title.textChanged.connect(self.changed)
        self._is_several = False

    @property
    def chosen(self) -> Chosen:
        """The values."""
        return Chosen(
            self.one.isChecked(), self.highlights.isChecked(), " ".join(self.title.text().split())
        )

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """The parts that take the keyboard, in order."""
        return self.highlights, self.one, self.each, self.title

    def show_for(self, kind: Kind, title: str, *, is_several: bool) -> None:
        """Show the options of a format; ``title`` is proposed for a book."""
        self._is_several = is_several and kind is Kind.EPUB
        self.highlights.setVisible(kind in _WITH_HIGHLIGHTS)
        for part in (self.one, self.each):
            part.setVisible(self._is_several)
        if not self.title.isModified():
            blocker = QSignalBlocker(self.title)
            self.title.setText(title[: self.title.maxLength()])
            self.title.setCursorPosition(0)
            del blocker
        self._show_title()
        self.setVisible(kind in _WITH_HIGHLIGHTS)

    def _toggle(self, _: bool) -> None:
        self._show_title()
        self.changed.emit()

    def _show_title(self) -> None:
        for part in (self._label, self.title):
            part.setVisible(self._is_several and self.one.isChecked())
