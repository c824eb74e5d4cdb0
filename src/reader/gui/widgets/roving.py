"""A row of buttons as one stop of the Tab key, with the arrow keys within it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractButton, QWidget


class Roving(QObject):
    """Lets Tab reach one button of a row, and Left, Right, Home and End the others.

    See the roving tabindex of the WAI-ARIA Authoring Practices.
    """

    def __init__(self, buttons: Iterable[QAbstractButton], row: QWidget) -> None:
        super().__init__(row)
        self._row = row
        self._buttons: list[QAbstractButton] = []
        for button in buttons:
            self.add(button)

    def add(self, button: QAbstractButton) -> None:
        """Add a button at the end of the row."""
        self._buttons.append(button)
        button.installEventFilter(self)
        self._make_stop(self._buttons[0])

    def order(self, buttons: Iterable[QAbstractButton]) -> None:
        """Walk through the buttons in another order."""
        self._buttons = [*buttons]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Move the focus by the arrow keys, and keep one reachable stop."""
        kind = event.type()
        if kind == QEvent.Type.FocusIn and isinstance(watched, QAbstractButton):
            self._make_stop(watched)
        elif kind in (QEvent.Type.Hide, QEvent.Type.Show, QEvent.Type.EnabledChange):
            self._keep_a_stop()
        elif isinstance(event, QKeyEvent) and isinstance(watched, QAbstractButton):
            wanted = self._wanted(watched, event)
            if wanted is not None:
                if kind == QEvent.Type.KeyPress:
                    wanted.setFocus(Qt.FocusReason.TabFocusReason)
                event.accept()
                return True
        return super().eventFilter(watched, event)

    def _wanted(self, here: QAbstractButton, event: QKeyEvent) -> QAbstractButton | None:
        """Return the button that a key leads to, None if it is another key."""
        if event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            return None
        usable = self._usable()
        place = usable.index(here) if here in usable else 0
        step = -1 if self._row.layoutDirection() is Qt.LayoutDirection.RightToLeft else 1
        match event.key():
            case Qt.Key.Key_Right:
                place += step
            case Qt.Key.Key_Left:
                place -= step
            case Qt.Key.Key_Home:
                place = 0
            case Qt.Key.Key_End:
                place = len(usable) - 1
            case _:
                return None
        return usable[place % len(usable)] if usable else None

    def _usable(self) -> list[QAbstractButton]:
        return [x for x in self._buttons if not x.isHidden() and x.isEnabled()]

    def _make_stop(self, stop: QAbstractButton) -> None:
        policy = Qt.FocusPolicy
        for button in self._buttons:
            button.setFocusPolicy(policy.TabFocus if button is stop else policy.NoFocus)

    def _keep_a_stop(self) -> None:
        usable = self._usable()
        if usable and not any(x.focusPolicy() is Qt.FocusPolicy.TabFocus for x in usable):
            self._make_stop(usable[0])
