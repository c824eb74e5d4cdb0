"""The keyboard among the parts of a window: panes, the menu bar, context menus."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QPoint
from PySide6.QtGui import QAction, QContextMenuEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QApplication,
    QLineEdit,
    QMainWindow,
    QMenu,
    QTextEdit,
    QWidget,
)

from reader.gui.action import Pane

_ASIDE = (Pane.SIDEBAR,)  # may be hidden, or lie over the other panes


class Focus:
    """Moves the keyboard; ``show_bars`` makes the menu bar visible.

    ``panes`` are walked in their order, each by the action that goes to it.
    """

    def __init__(
        self,
        window: QMainWindow,
        panes: Mapping[Pane, tuple[QWidget, QAction]],
        messages: QWidget,
        show_bars: Callable[[], None],
    ) -> None:
        self._window = window
        self._panes = panes
        self._messages = messages
        self._show_bars = show_bars
        self._others: list[tuple[QWidget, Callable[[], None]]] = []

    def add(self, place: QWidget, go: Callable[[], None]) -> None:
        """Walk to another place too while it is visible, by ``go``."""
        self._others.append((place, go))

    def next_pane(self) -> None:
        """Go to the next pane, or to a message that is shown."""
        self._walk(1)

    def previous_pane(self) -> None:
        """Go to the pane before."""
        self._walk(-1)

    def menu_bar(self) -> None:
        """Open the first menu, from which the arrows lead to the others."""
        self._show_bars()
        bar = self._window.menuBar()
        bar.setFocus()
        bar.setActiveAction(first := bar.actions()[0])
        if isinstance(menu := first.menu(), QMenu):
            menu.setActiveAction(menu.actions()[0])

    def context_menu(self) -> None:
        """Show the context menu of the widget that has the keyboard."""
        widget = QApplication.focusWidget()
        if widget is None:
            return
        at = _place_in(widget)
        if isinstance(widget, QTextEdit):  # whose menu is that of its viewport
            widget = widget.viewport()
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, at, widget.mapToGlobal(at))
        QApplication.sendEvent(widget, event)

    def _walk(self, by: int) -> None:
        stops = self._stops()
        here = next((n for n, (place, _) in enumerate(stops) if _has_focus(place)), -min(by, 0))
        _, go = stops[(here + by) % len(stops)]
        go()

    def _stops(self) -> list[tuple[QWidget, Callable[[], None]]]:
        """Return the places to walk, each with what goes there."""
        all_seen = all(
            pane.isVisible() for key, (pane, _) in self._panes.items() if key not in _ASIDE
        )
        # If not, one pane at a time is shown, or only the page: the others appear when gone to.
        stops: list[tuple[QWidget, Callable[[], None]]] = [
            (pane, goes.trigger)
            for pane, goes in self._panes.values()
            if pane.isVisible() or not all_seen
        ]
        stops += [(place, go) for place, go in self._others if place.isVisible()]
        if self._messages.isVisible():
            stops.append((self._messages, self._messages.setFocus))  # to its button
        return stops


def _has_focus(place: QWidget) -> bool:
    widget = QApplication.focusWidget()
    return widget is not None and (widget is place or place.isAncestorOf(widget))


def _place_in(widget: QWidget) -> QPoint:
    """Return the place for the menu of a widget, or its viewport: its current line or cursor."""
    if isinstance(widget, QAbstractItemView) and widget.currentIndex().isValid():
        area = widget.visualRect(widget.currentIndex())
        return widget.viewport().mapTo(widget, area.center())
    if isinstance(widget, QTextEdit):
        return widget.cursorRect().center()
    if isinstance(widget, QLineEdit):
        return widget.cursorRect().bottomLeft()
    return widget.rect().center()
