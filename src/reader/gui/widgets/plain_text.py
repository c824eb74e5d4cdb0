"""The door for text to widgets: whatever it says, Qt shows it as it stands.

Qt takes text that looks like HTML for HTML, in labels, message boxes and tooltips, and then reads
the files that it names. Titles, tags, names of files and sentences of errors come from outside.
"""

import textwrap

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, Qt
from PySide6.QtWidgets import QLabel, QMessageBox, QProgressDialog, QToolTip, QWidget

_JOINER = "\u2060"  # seen by nobody, and no part of any tag
_TIP_WIDTH = 100
_TIP_LONGEST = 500


class Label(QLabel):
    """A label that shows plain text."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setText(text)


def literal(text: str) -> str:
    """Return a text in which Qt finds no markup where it looks for some."""
    if not Qt.mightBeRichText(text):
        return text
    return text.replace("<", f"<{_JOINER}").replace("&", f"&{_JOINER}")


def tip(text: str) -> str:
    """Return a text as a tooltip: in lines that fit on a screen, without the end of a long one."""
    short = text if len(text) <= _TIP_LONGEST else f"{text[:_TIP_LONGEST]}…"
    return literal("\n".join(textwrap.wrap(short, _TIP_WIDTH)))


def set_tip(part: QWidget | QAction, text: str) -> None:
    """Give a part of the window a tooltip."""
    part.setToolTip(tip(text))


def show_tip(place: QPoint, text: str, part: QWidget) -> None:
    """Show a tooltip at a place on the screen."""
    QToolTip.showText(place, tip(text), part)


def caption(text: str) -> str:
    """Return a text for a button or a menu, where ``&`` would mark a key."""
    return text.replace("&", "&&")


def set_window_title(window: QWidget, text: str) -> None:
    """Give a window a title; Qt takes ``[*]`` in it for the mark of unsaved changes."""
    window.setWindowTitle(text.replace("[*]", "[*][*]"))


def message_box(parent: QWidget | None, text: str, more: str = "") -> QMessageBox:
    """Return a box with a sentence and more about it."""
    box = QMessageBox(parent)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(text)
    box.setInformativeText(more)
    return box


def progress_dialog(parent: QWidget, text: str, stop: str) -> QProgressDialog:
    """Return a dialog that shows progress, with a button that stops it."""
    dialog = QProgressDialog("", stop, 0, 0, parent)
    dialog.setLabel(Label(text))
    return dialog
