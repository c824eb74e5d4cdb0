"""Screens: which one shows a widget."""

from PySide6.QtGui import QGuiApplication, QScreen, QWindow
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

_held: list[QScreen] = []
_handles: list[QWindow] = []


def screen_of(widget: QWidget) -> QScreen:
    """Return the screen that shows a widget, or will show it.

    Call this instead of ``widget.screen()``. That makes the screen a child of the widget in
    Python, and if both are collected as garbage, PySide may delete the screen itself; the program
    then crashes. A screen that is held is never collected.
    """
    screen = widget.screen() or QGuiApplication.primaryScreen()
    _held[:] = [each for each in _held if isValid(each) and each is not screen]
    _held.append(screen)
    return screen


def handle_of(window: QWidget) -> QWindow | None:
    """Return the handle of a window, None if it has none yet; held as the screens are."""
    handle = window.windowHandle()
    if handle is not None:
        _handles[:] = [each for each in _handles if isValid(each) and each is not handle]
        _handles.append(handle)
    return handle
