"""The popover with the definitions of a word."""

from PySide6.QtCore import QPoint, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QToolButton, QWidget

from reader.document.images import Pictures
from reader.gui.lookup.entry_view import EntryView
from reader.gui.widgets import theme
from reader.gui.widgets.elided import Elided
from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.popover import Popover
from reader.gui.widgets.return_key import press_by_return
from reader.lookup.dictionaries import Answers
from reader.model import Look

_WIDE = 420
_SHARE = 0.45  # of the window's height, at most
_LEAST = 96
_AROUND = 150  # pixels of the sheet besides the definitions
_NONE = (
    "There is no dictionary yet. Put files of StarDict or dictd into the folder that "
    "“Dictionaries…” shows."
)


class LookUpSheet(Popover):
    """Shows the entries of dictionaries for a word; Back returns to the word before.

    ``word_wanted`` carries another word, ``link_wanted`` an address, ``web_wanted`` the word that
    is shown; ``settings_wanted`` asks for the settings of the dictionaries.
    """

    word_wanted = Signal(str)
    link_wanted = Signal(str)
    web_wanted = Signal(str)
    settings_wanted = Signal()

    def __init__(self, window: QWidget, pictures: Pictures, look: Look) -> None:
        super().__init__(window, _WIDE)
        self.setObjectName("lookUp")
        self.setAccessibleName("Look up")
        self._look, self._host = look, window
        self._words: list[str] = []
        self._beside: QWidget | None = None
        self.back, self.head = QToolButton(), Elided("")
        self.view = EntryView(pictures, look)
        self.state = Label()
        self.web, self.settings = QPushButton("Look Up on the Web"), QPushButton("Dictionaries…")
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        self.back.setIcon(theme.icon("back", self._look.theme.text))
        self.back.setAccessibleName("Back")
        set_tip(self.back, "Back to the word before")
        self.back.setMinimumSize(28, 28)
        self.head.setObjectName("addTitle")
        self.state.setObjectName("hint")
        self.state.setWordWrap(True)
        top, foot = QHBoxLayout(), QHBoxLayout()
        top.setSpacing(8)
        top.addWidget(self.back)
        top.addWidget(self.head, 1)
        foot.setSpacing(8)
        foot.addWidget(self.web)
        foot.addStretch(1)
        foot.addWidget(self.settings)
        self.content.setSpacing(8)
        self.content.addLayout(top)
        self.content.addWidget(self.view, 1)
        self.content.addWidget(self.state)
        self.content.addLayout(foot)

    def _connect(self) -> None:
        self.view.word_wanted.connect(self.word_wanted)
        self.view.link_wanted.connect(self.link_wanted)
        self.back.clicked.connect(self._go_back)
        self.web.clicked.connect(lambda: self.web_wanted.emit(self.word))
        self.settings.clicked.connect(self.settings_wanted)
        for button in (self.back, self.web, self.settings):
            press_by_return(button)

    @property
    def word(self) -> str:
        """The word that is shown, ``""`` if there is none."""
        return self._words[-1] if self._words else ""

    def show_beside(self, anchor: QWidget) -> None:
        """Open below a widget, or above it if there is no room."""
        self._beside = anchor
        self.open_at(anchor, self.first(), anchor.rect())

    def show_answers(self, answers: Answers) -> None:
        """Show what was found; the word shown until now is that to which Back returns."""
        shown = answers.word or answers.asked
        if self.word != shown:
            self._words.append(shown)
        found = bool(answers.entries)
        self.head.setText(shown)
        self.head.setAccessibleName(shown)
        self.back.setVisible(len(self._words) > 1)
        self.view.setVisible(found)
        if found:
            self.view.show_answers(answers)
            self.view.verticalScrollBar().setValue(0)
        self.state.setText(_state(answers))
        self.state.setVisible(bool(self.state.text()))
        self.state.setAccessibleName(self.state.text())
        self.web.setObjectName("" if found else "primary")
        self.web.style().polish(self.web)
        if self.isVisible():
            self.place()
            self.first().setFocus()

    def first(self) -> QWidget:
        """Return the part that gets the keyboard."""
        return self.web if self.view.isHidden() else self.view

    def fit(self, wide: int) -> None:
        """Make the definitions as high as they are, within a share of the window."""
        margins = self.content.contentsMargins()
        bar = self.view.verticalScrollBar().sizeHint().width()
        width = wide - margins.left() - margins.right() - bar - 8
        self.view.resize(width + bar, self.view.height())  # a view breaks lines as it is wide
        most = max(_LEAST, min(round(self._host.height() * _SHARE), self._room()))
        self.view.setFixedHeight(min(self.view.height_at(max(80, width)), most))

    def _room(self) -> int:
        """Return the height that definitions may have above or below the word."""
        anchor, high = self._beside, self._host.height()
        if anchor is None or not anchor.isVisible():
            return high
        top = anchor.mapTo(self._host, QPoint(0, 0)).y()
        return max(top, high - top - anchor.height()) - _AROUND

    def _go_back(self) -> None:
        if len(self._words) > 1:
            self._words.pop()
            self.word_wanted.emit(self._words.pop())


def _state(answers: Answers) -> str:
    """Return what a person should know besides the entries, ``""`` if there is nothing."""
    said = [f"{each.title}: {each.trouble}" for each in answers.answers if each.trouble]
    if not answers.answers:
        said.append(_NONE)
    elif not answers.entries:
        said.insert(0, "No dictionary has this word.")
    return "\n".join(said)
