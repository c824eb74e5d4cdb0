"""Return presses a button that has the keyboard, as Space does."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QPushButton


def press_by_return(button: QAbstractButton) -> None:
    """Let Return press a button.

    Qt's ``autoDefault`` would also paint it as the main button while it has the keyboard.
    """
    if isinstance(button, QPushButton):
        button.setAutoDefault(False)
    button.installEventFilter(_Return(button))


class _Return(QObject):
    def __init__(self, button: QAbstractButton) -> None:
        super().__init__(button)
        self._button = button

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        keys = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if (
            not isinstance(event, QKeyEvent)
            or event.type() is not QEvent.Type.KeyPress
            or event.key() not in keys
        ):
            return super().eventFilter(watched, event)
        if not event.isAutoRepeat():
            self._button.click()
        return True
