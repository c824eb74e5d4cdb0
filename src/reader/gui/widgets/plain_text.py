"""Plain text in widgets: Qt shows it literally, even if it looks like HTML.

Qt renders text that looks like HTML in labels, message boxes and tool tips, and then loads the
files that it refers to. Titles, tags, file names and error messages come from untrusted sources.
"""

import textwrap

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, Qt, QTextOption
from PySide6.QtWidgets import (
    QFrame,
    QLabel,
    QListWidgetItem,
    QMessageBox,
    QProgressDialog,
    QTextEdit,
    QToolTip,
    QWidget,
)

from reader.gui.widgets.screens import screen_of

_AT_THE_RIGHT = (
    Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
)
_JOINER = "\u2060"  # invisible, and not allowed in a tag
_TIP_WIDTH = 100
_BOX_WIDTH, _BOX_SIDES, _BOX_FOOT = 480, 90, 150  # pixels
_TIP_LONGEST = 500
_LONGEST = 1500  # letters


class Label(QLabel):
    """A label that shows plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        if self.layoutDirection() is Qt.LayoutDirection.RightToLeft:
            # Qt would put a Latin text to the left, whatever the direction of the window is.
            self.setAlignment(_AT_THE_RIGHT)
        self.setText(text)


class Words(QTextEdit):
    """Plain text that breaks anywhere if a word is too long, and scrolls if there is no room."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("words")
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.document().setDocumentMargin(0)
        self.document().setUndoRedoEnabled(False)
        self._natural = 0

    def set_words(self, text: str) -> None:
        """Show a text, shortened if it is longer than anyone reads here."""
        shown = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        self.setPlainText(shown)
        metrics = self.fontMetrics()
        self._natural = max(map(metrics.horizontalAdvance, shown.splitlines()), default=0) + 2

    def set_scrolls(self, scrolls: bool) -> None:
        """Allow a scroll bar; one that came for a moment would take the room that it needs."""
        policy = Qt.ScrollBarPolicy
        self.setVerticalScrollBarPolicy(
            policy.ScrollBarAsNeeded if scrolls else policy.ScrollBarAlwaysOff
        )

    def natural_width(self) -> int:
        """Return the width of the text without line breaks."""
        return self._natural

    def height_at(self, width: int) -> int:
        """Return the height of the text if it is ``width`` wide."""
        measured = self.document().clone()  # the own one returns to the width that is shown
        measured.setTextWidth(width)
        return round(measured.size().height() + 0.5)


def literal(text: str) -> str:
    """Return a text that Qt does not take for HTML."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_JOINER}").replace("&", f"&{_JOINER}")


def tip(text: str) -> str:
    """Return a text for a tool tip, wrapped and shortened to fit on the screen."""
    if len(text) <= _TIP_WIDTH and text.isprintable():
        return literal(text)
    short = text if len(text) <= _TIP_LONGEST else f"{text[:_TIP_LONGEST]}…"
    return literal("\n".join(textwrap.wrap(short, _TIP_WIDTH)))


def set_tip(part: QWidget | QAction | QListWidgetItem, text: str) -> None:
    """Set the tool tip of a widget, an action or a line of a list."""
    part.setToolTip(tip(text))


def show_tip(place: QPoint, text: str, part: QWidget) -> None:
    """Show a tool tip at a position on the screen."""
    QToolTip.showText(place, tip(text), part)


def caption(text: str) -> str:
    """Escape ``&``, which marks a key in buttons and menus."""
    return text.replace("&", "&&")


def set_window_title(window: QWidget, text: str) -> None:
    """Set the title of a window; escape ``[*]``, Qt's mark of unsaved changes."""
    window.setWindowTitle(text.replace("[*]", "[*][*]"))


def message_box(parent: QWidget | None, text: str, more: str = "") -> QMessageBox:
    """Return a message box with a sentence and details."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    room = _letters_for(box)
    box.setText(_short(text, room // 2))
    box.setInformativeText(_short(more, max(room - len(text), room // 2)))
    return box


def _letters_for(box: QMessageBox) -> int:
    """Return how many letters have room in a box that leaves its buttons on the screen."""
    near = box.parentWidget() or box
    free = screen_of(near).availableSize()
    metrics = box.fontMetrics()
    width = min(free.width(), _BOX_WIDTH) - _BOX_SIDES
    lines = (free.height() - _BOX_FOOT) // metrics.lineSpacing()
    return max(80, lines * (width // metrics.averageCharWidth()) * 2 // 3)


def _short(text: str, room: int) -> str:
    """Return a text that has room, with few lines."""
    lines = text.split("\n")
    kept = "\n".join(lines[: max(2, room // 60)])
    return text if kept == text and len(text) <= room else f"{kept[:room]}…"


def progress_dialog(parent: QWidget, text: str, stop: str) -> QProgressDialog:
    """Return a dialog that shows progress, with a button that stops it."""
    dialog = QProgressDialog("", stop, 0, 0, parent)
    dialog.setLabel(Label(text))
    return dialog
