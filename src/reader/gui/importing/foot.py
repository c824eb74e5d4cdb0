"""The foot of the window: a note, the progress of an import, and the buttons."""

from collections.abc import Callable, Mapping
from enum import StrEnum

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
)

from reader.gui.widgets.plain_text import Label, set_tip
from reader.gui.widgets.return_key import press_by_return
from reader.gui.widgets.theme import icon
from reader.model import Theme

_GAP, _SIDE, _ICON = 8, 16, 16
_LEAST_NOTE = 200


class Way(StrEnum):
    """The buttons, from the leading edge to the trailing one."""

    SAVE = "Save &Report…"
    SHOW = "Show &Imported"
    UNDO = "&Undo"
    EARLIER = "&Other Imports"
    STOP = "&Stop"
    CLOSE = "Close"
    MAIN = "Import"


_LAST = (Way.STOP, Way.CLOSE, Way.MAIN)


class Foot(QFrame):
    """The note and the buttons; the last button that is shown is the one that Return presses."""

    def __init__(self, colours: Callable[[], Theme]) -> None:
        super().__init__()
        self.setObjectName("foot")
        self._colours = colours
        self._icon, self.note = Label(), Label()
        self.note.setObjectName("importFootNote")
        self.note.setWordWrap(True)
        self.note.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.progress = QProgressBar()
        self.progress.setTextVisible(False)
        self.progress.setFixedHeight(4)
        self.progress.setAccessibleName("Progress of the import")
        self.buttons: Mapping[Way, QPushButton] = {way: QPushButton(way) for way in Way}
        self.main.setObjectName("primary")
        self._lay_out()
        self._paint()

    @property
    def main(self) -> QPushButton:
        """The button that goes on."""
        return self.buttons[Way.MAIN]

    def _lay_out(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(6)
        words.addWidget(self.note)
        words.addWidget(self.progress)
        said = QHBoxLayout()
        said.setSpacing(_GAP)
        said.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignVCenter)
        said.addLayout(words, 1)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(_GAP)
        self._row.addStretch(1)
        self._lines = [QBoxLayout(QBoxLayout.Direction.LeftToRight) for _ in range(2)]
        for line in self._lines:
            line.setSpacing(_GAP)
            self._row.addLayout(line)
        for way, button in self.buttons.items():
            self._lines[way in _LAST].addWidget(button)
            press_by_return(button)
            button.hide()
        self._all = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._all.setContentsMargins(_SIDE, 12, _SIDE, 12)
        self._all.setSpacing(12)
        self._all.addLayout(said, 1)
        self._all.addLayout(self._row)
        self.progress.hide()

    def offer(self, main: str, *ways: Way, why_not: str = "") -> None:
        """Show buttons; ``main`` is the text of the last one, disabled if there is a ``why_not``.

        Without a text, there is no such button.
        """
        for way, button in self.buttons.items():
            button.setVisible(way in ways or (way is Way.MAIN and bool(main)))
        self.main.setText(main)
        self.main.setEnabled(not why_not)
        self.main.setAccessibleDescription(why_not)
        set_tip(self.main, why_not)
        self._arrange()

    def say(self, text: str, *, mark: str = "", is_bad: bool = False) -> None:
        """Show a note; ``mark`` is the name of its icon."""
        self.note.setText(text)
        self._mark = mark
        if self.note.property("bad") != is_bad:
            self.note.setProperty("bad", is_bad)
            self.note.style().unpolish(self.note)
            self.note.style().polish(self.note)
        self._paint()
        self._arrange()

    def show_progress(self, done: int, total: int) -> None:
        """Show progress below the note; ``total`` 0 if it is not known."""
        self.progress.setRange(0, total)
        self.progress.setValue(done)

    _mark = ""

    def _paint(self) -> None:
        self._icon.setVisible(bool(self._mark))
        if self._mark:
            theme = self._colours()
            shade = theme.bad if self.note.property("bad") else theme.muted
            self._icon.setPixmap(icon(self._mark, shade).pixmap(_ICON, _ICON))

    def _arrange(self) -> None:
        """Put the note above the buttons, and these in two lines or more, if there is no room."""
        room, direction = self.width() - 2 * _SIDE, QBoxLayout.Direction
        wide = [self._wide(is_last) for is_last in (False, True)]
        beside = sum(wide) + _LEAST_NOTE <= room
        self._all.setDirection(direction.LeftToRight if beside else direction.TopToBottom)
        in_line = sum(wide) - _GAP <= room
        self._row.setDirection(direction.LeftToRight if in_line else direction.BottomToTop)
        for line, needed in zip(self._lines, wide, strict=True):
            fits = needed - _GAP <= room
            line.setDirection(direction.LeftToRight if fits else direction.BottomToTop)

    def _wide(self, is_last: bool) -> int:
        """Return the width of the visible buttons of a line, each with a gap."""
        shown = [
            each for way, each in self.buttons.items()
            if (way in _LAST) is is_last and not each.isHidden()
        ]  # fmt: skip
        for each in shown:
            each.ensurePolished()
        return sum(each.sizeHint().width() + _GAP for each in shown)

    def minimumSizeHint(self) -> QSize:
        """Return the size of the widest button."""
        hint = super().minimumSizeHint()
        shown = [each for each in self.buttons.values() if not each.isHidden()]
        wide = max((each.minimumSizeHint().width() for each in shown), default=0)
        hint.setWidth(wide + 2 * _SIDE)
        return hint

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Arrange the buttons for the new width."""
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange and hasattr(self, "note"):
            self._paint()
