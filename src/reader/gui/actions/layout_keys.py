"""Keys by their places, for keyboard layouts whose letters or digits no shortcut names.

On a Russian layout the key of S types ``ы``; on a French one, 0 needs Shift. If Qt finds no
shortcut for such a key, the one that it would be on a US layout is looked for.
"""

import sys
import unicodedata
from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QAction, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QApplication, QWidget

_ROWS = {2: "1234567890-=", 16: "QWERTYUIOP[]", 30: "ASDFGHJKL;'`", 43: "\\ZXCVBNM,./"}
_PLACES = {first + n: sign for first, row in _ROWS.items() for n, sign in enumerate(row)}
"""The signs of a US layout by the scan codes of Linux and Windows."""

_X11 = 8  # X11 and Wayland add this to the codes of Linux
_ALT_OR_CTRL = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier
_FIRST_NAMED = 0x01000000  # keys without a sign of their own, as F1


class LayoutKeys(QObject):
    """Triggers the actions of a window by the places of keys."""

    def __init__(self, window: QWidget, actions: Iterable[QAction]) -> None:
        super().__init__(window)
        self._actions = actions
        self._pressed = 0
        self._begun: tuple[int, ...] = ()
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for a key that no widget takes; if no shortcut takes it either, act by its place.

        A text field accepts its letters before the window is asked. Qt sends a key press behind
        the question only if there is no shortcut.
        """
        kind = event.type()
        if kind == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            if not self._pressed and is_elsewhere(event):
                self._pressed = event.nativeScanCode()
                QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        elif self._pressed and isinstance(event, QKeyEvent):
            pressed = kind == QEvent.Type.KeyPress
            mine = pressed and event.nativeScanCode() == self._pressed
            if pressed or kind == QEvent.Type.KeyRelease:
                self._pressed = 0
                QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]
            if mine:
                return self._act(event)
        return super().eventFilter(watched, event)

    def _act(self, event: QKeyEvent) -> bool:
        """Trigger the action of a key; give the key to the field that knows it, as Ctrl+C."""
        stroke = stroke_of(event)
        field = QApplication.focusWidget()
        if field is not None and _takes(field, event, stroke):
            return True
        for begun in ((*self._begun, stroke), (stroke,)):
            matches = {self._match(action, begun): action for action in self._actions}
            if action := matches.get(QKeySequence.SequenceMatch.ExactMatch):
                self._begun = ()
                action.trigger()
                return True
            if QKeySequence.SequenceMatch.PartialMatch in matches:
                self._begun = begun
                return True
        self._begun = ()
        return False

    def _match(self, action: QAction, strokes: tuple[int, ...]) -> QKeySequence.SequenceMatch:
        """Return how an action that can be used now matches some strokes."""
        here = QApplication.focusWidget()
        only_in = action.shortcutContext() is Qt.ShortcutContext.WidgetShortcut
        found = QKeySequence.SequenceMatch.NoMatch
        if action.isEnabled() and (not only_in or here in action.associatedObjects()):
            for keys in action.shortcuts():
                fits = QKeySequence(*strokes).matches(keys)
                found = fits if fits.value > found.value else found
        return found


def is_elsewhere(event: QKeyEvent) -> bool:
    """Return whether a key types another sign than on a US layout, and one that is not Latin.

    Digits and signs count only with Ctrl or Alt: without them, they stand for themselves.
    """
    place, key = _PLACES.get(_code(event)), event.key()
    if place is None or not ord(" ") < key < _FIRST_NAMED or chr(key) == place:
        return False
    foreign = chr(key).isalpha() and not unicodedata.name(chr(key), "").startswith("LATIN")
    return foreign or (not place.isalpha() and bool(event.modifiers() & _ALT_OR_CTRL))


def stroke_of(event: QKeyEvent) -> int:
    """Return the key and the modifiers that an event would have on a US layout."""
    return event.modifiers().value | ord(_PLACES[_code(event)])


def _code(event: QKeyEvent) -> int:
    return event.nativeScanCode() - (0 if sys.platform == "win32" else _X11)


def _takes(field: QWidget, event: QKeyEvent, stroke: int) -> bool:
    """Offer a text field the key that it would be, and return whether it takes it."""
    key = stroke & ~event.modifiers().value
    asked = QKeyEvent(QEvent.Type.ShortcutOverride, key, event.modifiers())
    asked.ignore()
    field.event(asked)
    if not asked.isAccepted() or not event.modifiers() & _ALT_OR_CTRL:
        return False
    QApplication.sendEvent(field, QKeyEvent(QEvent.Type.KeyPress, key, event.modifiers()))
    return True
