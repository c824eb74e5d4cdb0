"""Screens: which one shows a widget, and the window of the system that does."""

from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_held: list[QScreen | QWindow] = []


def screen_of(widget: QWidget) -> QScreen:
    """Return the screen that shows a widget, or will show it.

    Call this instead of ``widget.screen()``. That makes the screen a child of the widget in
    Python, and if both are collected as garbage, PySide may delete the screen itself; the program
    then crashes. A screen that is held is never collected.
    """
    screen = widget.screen() or QGuiApplication.primaryScreen()
    _hold(screen)
    return screen


def handle_of(widget: QWidget) -> QWindow | None:
    """Return the window of the system that shows a widget, None before it is shown.

    It is held for the same reason as a screen.
    """
    handle = widget.windowHandle()
    if handle is not None:
        _hold(handle)
    return handle


def _hold(part: QScreen | QWindow) -> None:
    _held[:] = [each for each in _held if isValid(each) and each is not part]
    _held.append(part)
