"""The head of the dialog: the state of the copies, and buttons."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from reader.gui.backups.state import Mood, State
from reader.gui.widgets.plain_text import Label
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.theme import icon
from reader.model import Theme

_BADGE, _ICON = 40, 22  # pixels
_TINT = 0.16  # of the colour of a badge in its ground


class StateHead(QFrame):
    """An icon and a sentence for the state, its figures, and buttons.

    ``repair`` is shown only if the library is damaged.
    """

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("backupsHead")
        self._badge = Badge(colours)
        self._sentence, self._figures = Label(), Label()
        self.repair = QPushButton("Repair…")
        self.settings = QPushButton("Settings…")
        self.now = QPushButton("Back Up Now")
        self._colours = colours
        self._lay_out()
        self.paint()

    def text(self) -> str:
        """Return the sentence and the figures."""
        return "\n".join(filter(None, (self._sentence.text(), self._figures.text())))

    def show_state(self, state: State, *, can_copy: bool, can_repair: bool) -> None:
        """Show a state."""
        self._badge.show_mood(state.mood)
        self._sentence.setText(state.sentence)
        self._figures.setText(state.figures)
        self.setAccessibleName(f"{state.sentence}. {state.figures}")
        self.repair.setVisible(can_repair)
        self.now.setEnabled(can_copy)

    def set_narrow(self, narrow: bool) -> None:
        """Put the buttons below the sentence in a narrow dialog."""
        direction = QBoxLayout.Direction
        self._row.setDirection(direction.TopToBottom if narrow else direction.LeftToRight)

    def paint(self) -> None:
        """Take the colours of the theme."""
        self.now.setIcon(icon("download", self._colours().text))
        self._badge.update()

    def _lay_out(self) -> None:
        self._sentence.setObjectName("backupsState")
        self._figures.setObjectName("hint")
        words = QVBoxLayout()
        words.setSpacing(2)
        for label in (self._sentence, self._figures):
            label.setWordWrap(True)
            words.addWidget(label)
        state = QHBoxLayout()
        state.setSpacing(16)
        state.addWidget(self._badge)
        state.addLayout(words, 1)
        buttons = QHBoxLayout()
        buttons.setSpacing(16)
        buttons.addStretch(1)
        for button in (self.repair, self.settings, self.now):
            press_by_return(button)
            buttons.addWidget(button)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(20, 16, 20, 16)
        self._row.setSpacing(16)
        self._row.addLayout(state, 1)
        self._row.addLayout(buttons)


class Badge(QWidget):
    """A round picture of the state."""

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self._colours = colours
        self._mood = Mood.GOOD
        self.setFixedSize(_BADGE, _BADGE)
        self.setAccessibleName("State")

    def show_mood(self, mood: Mood) -> None:
        """Show a mood."""
        self._mood = mood
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the circle and its icon."""
        theme = self._colours()
        colour = QColor(getattr(theme, self._mood))
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        ground = QColor(colour)
        ground.setAlphaF(_TINT)
        painter.setBrush(ground)
        painter.drawEllipse(QRectF(self.rect()))
        place = self.rect()
        place.setSize(place.size() * (_ICON / _BADGE))
        place.moveCenter(self.rect().center())
        name = "check" if self._mood is Mood.GOOD else "warning"
        icon(name, colour.name()).paint(painter, place)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        self.update()
