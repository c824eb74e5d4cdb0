"""The wheel over controls in a page that scrolls: it scrolls, and changes no value by accident."""

from collections.abc import Iterable
from typing import cast

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import QWidget


class WheelScrolls(QObject):
    """Hands the wheel on to the page unless the control has the keyboard."""

    def __init__(self, controls: Iterable[QWidget], parent: QObject) -> None:
        super().__init__(parent)
        for control in controls:
            self.keep_from(control)

    def keep_from(self, control: QWidget) -> None:
        """Hand the wheel on from one more control."""
        control.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        control.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the wheel from a control without the keyboard."""
        if event.type() is QEvent.Type.Wheel and not cast(QWidget, watched).hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)
