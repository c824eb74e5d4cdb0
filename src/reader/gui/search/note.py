"""A line below the search field about a field that does not exist, with a suggestion."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from reader.gui.list.row import plain
from reader.gui.widgets.plain_text import Label, caption
from reader.library.search.query_parser import Misread

_LONGEST = 40


class SearchNote(QWidget):
    """``corrected`` carries the piece that was typed, and the one that was meant."""

    corrected = Signal(str, str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("searchNote")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._misread: Misread | None = None
        self.text = Label()
        self.text.setObjectName("hint")
        self.text.setWordWrap(True)
        self.button = QPushButton()
        self.button.clicked.connect(self._correct)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(6, 4, 6, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    def tell(self, misread: Misread | None) -> None:
        """Show that a piece is searched for as words, or hide if there is none."""
        self._misread = misread
        self.setVisible(misread is not None)
        if misread is None:
            return
        self.text.setText(sentence(misread))
        self.button.setVisible(bool(misread.meant))
        self.button.setText(caption(_short(misread.meant)))
        self.button.setAccessibleName(f"Search for {misread.meant}")

    def _correct(self) -> None:
        if self._misread is not None:
            typed = f"{self._misread.field}:{self._misread.value}"
            self.corrected.emit(typed, self._misread.meant)


def sentence(misread: Misread) -> str:
    """Return a sentence about a misread piece: the mistake, and how it is searched for."""
    field, value = _short(misread.field), _short(misread.value)
    if misread.exists:
        return f"“{value}” is no value of “{field}:”; it is searched for as words."
    meant = " Did you mean" if misread.meant else ""
    return f"There is no field “{field}”; it is searched for as words.{meant}"


def _short(text: str) -> str:
    text = plain(text)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
