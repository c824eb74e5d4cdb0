"""The keyboard of a part that comes and goes: whether the part has it, and who gets it back."""

from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid


def has_keyboard(part: QWidget) -> bool:
    """Return whether something within a part has the keyboard."""
    focused = QApplication.focusWidget()
    return focused is not None and part.isAncestorOf(focused)


def give_back(part: QWidget, before: QWidget | None) -> None:
    """Give the keyboard of a part back to the widget that had it, if that can still be seen."""
    if has_keyboard(part) and before is not None and isValid(before) and before.isVisible():
        before.setFocus()
