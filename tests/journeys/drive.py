"""A person at the program: plays a script of keys and clicks inside the real program.

``python -m tests.journeys.drive MODULE SCRIPT FACTS [WORDS…]`` starts what ``reader WORDS…``
starts. SCRIPT is a generator in MODULE: between its actions it yields conditions, which are
waited for. FACTS is a JSON file: the script reads there what the test gives, and the test
what the script saw.
"""

import importlib
import inspect
import json
import os
import sys
import time
import traceback
from collections import deque
from collections.abc import Callable, Generator, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QWidget

from reader import cli
from reader.gui import app
from reader.gui.window import Window

Script = Generator[Callable[[], object], None, None]
Play = Callable[["Person"], Script]

_TICK_MS = 4
_PATIENCE_SECONDS = 20.0
_STUCK = 70
_BUG = "Something went wrong"


class Person:
    """Someone at the keyboard: presses keys and buttons, sees what is on the screen."""

    def __init__(self, given: dict[str, Any]) -> None:
        self.given = given
        self.facts: dict[str, Any] = {}
        self._to_do: deque[Callable[[], object]] = deque()

    # ---- what is seen

    @property
    def window(self) -> Window:
        """The main window, once it is on the screen."""
        found = [each for each in QApplication.topLevelWidgets() if isinstance(each, Window)]
        return next(each for each in found if each.isVisible())

    def sees_window(self) -> bool:
        """Return whether the window is on the screen and takes the keys."""
        return isinstance(QApplication.activeWindow(), Window) and self.window.isVisible()

    def sees(self, title: str) -> Callable[[], bool]:
        """Return the condition that the window shows an article, whole."""
        return lambda: (
            self.window.windowTitle() == f"{title} – Reader" and self.window.viewer.document_ready
        )

    def at_rest(self) -> bool:
        """Return whether no work is going on behind the window."""
        return not self.window.context.jobs.running

    def image(self, widget: QWidget) -> QImage:
        """Return a widget as it is painted."""
        return widget.grab().toImage()

    def is_inside_screen(self) -> bool:
        """Return whether all of the window can be seen."""
        room = self.window.screen().availableGeometry()
        return room.contains(self.window.frameGeometry())

    # ---- what is done: later, one after the other, so that dialogs do not hold the script up

    def press(self, *keys: str) -> None:
        """Press keys, such as ``Ctrl+L``, where the keyboard is."""
        for each in keys:
            pressed = QKeySequence.fromString(each)[0]  # type: ignore[index]
            self._later(_click, pressed.key(), pressed.keyboardModifiers())

    def type(self, text: str) -> None:
        """Type a text letter by letter."""
        for sign in text:
            shift = Qt.KeyboardModifier.ShiftModifier
            modifier = shift if sign.isupper() else Qt.KeyboardModifier.NoModifier
            self._later(_click, Qt.Key(ord(sign.upper())), modifier)

    def click(self, widget: QWidget, at: QPoint | None = None) -> None:
        """Click into a widget, in its middle if no place is named."""
        place = at or widget.rect().center()
        top = widget.window()
        handle = top.windowHandle()
        self._later(
            lambda: QTest.mouseClick(
                handle,
                Qt.MouseButton.LeftButton,
                Qt.KeyboardModifier.NoModifier,
                widget.mapTo(top, place),
            )
        )

    def drag(self, widget: QWidget, right: int) -> None:
        """Drag a widget to the right by so many pixels."""
        top, left, none = widget.window(), Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        handle = top.windowHandle()
        start = widget.mapTo(top, widget.rect().center())
        end = start + QPoint(right, 0)
        self._later(lambda: QTest.mousePress(handle, left, none, start))
        self._later(lambda: QTest.mouseMove(handle, start + QPoint(right // 2, 0)))
        self._later(lambda: QTest.mouseMove(handle, end))
        self._later(lambda: QTest.mouseRelease(handle, left, none, end))

    def do(self, action: Callable[[], object]) -> None:
        """Do something that keys cannot, such as what the window manager does."""
        self._later(action)

    def rest(self, milliseconds: int) -> None:
        """Do nothing for a moment, as people do; everything else goes on."""
        end = time.monotonic() + milliseconds / 1000

        def wait() -> None:
            if time.monotonic() < end:
                self._to_do.appendleft(wait)

        self._later(wait)

    def busy(self) -> bool:
        """Return whether something is still to be done."""
        return bool(self._to_do)

    def act(self) -> None:
        """Do the next thing."""
        self._to_do.popleft()()

    def _later(self, do: Callable[..., object], *arguments: object) -> None:
        self._to_do.append(lambda: do(*arguments))


def _click(key: Qt.Key, modifiers: Qt.KeyboardModifier) -> None:
    # To the window that has the keyboard: one that is not shown never has.
    if QGuiApplication.focusWindow() is None:
        _hand_keyboard_on()
    popup = QApplication.activePopupWidget()
    target = popup.windowHandle() if popup else QGuiApplication.focusWindow()
    assert target is not None, "no window has the keyboard"
    QTest.keyClick(target, key, modifiers)


def _hand_keyboard_on() -> None:
    """Do what a window manager does when a dialog is closed."""
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    next_one = QApplication.activeModalWidget() or next(iter(tops), None)
    if next_one is not None:
        next_one.activateWindow()
        QApplication.processEvents()


class _Player:
    """Plays a script tick by tick, in the program's own event loop and those of its dialogs."""

    def __init__(self, person: Person, script: Script) -> None:
        self._person = person
        self._script = script
        self._condition: Callable[[], object] = person.sees_window
        self._since = time.monotonic()
        self._first = True
        self._acting = 0

    def start(self) -> None:
        """Begin to play."""
        self._person.facts |= {"ended": False, "bugs": [], "inside": None}
        self._arm()

    def _arm(self) -> None:
        QTimer.singleShot(_TICK_MS, self._tick)

    def _tick(self) -> None:
        if self._person.facts["ended"] and not self._person.busy():
            return
        self._arm()  # first: what is done next may open a dialog with a loop of its own
        try:
            self._step()
        except Exception:
            _give_up(traceback.format_exc())

    def _step(self) -> None:
        # Qt handles events while a key is sent: the next one waits, unless it is for a dialog.
        if self._acting and QApplication.activeModalWidget() is None:
            return
        self._look()
        if self._person.busy():
            self._acting += 1
            self._person.act()
            self._acting -= 1
        elif self._condition():
            self._go_on()
        elif time.monotonic() - self._since > _PATIENCE_SECONDS:
            at = QApplication.focusWidget()
            _give_up(f"waited in vain: {self._where()}, the keyboard at {at}")

    def _go_on(self) -> None:
        if self._first:
            self._person.facts["inside"] = self._person.is_inside_screen()
            self._first = False
        self._since = time.monotonic()
        self._condition = next(self._script, lambda: True)
        self._person.facts["ended"] = inspect.getgeneratorstate(self._script) == inspect.GEN_CLOSED

    def _where(self) -> str:
        frame = getattr(self._script, "gi_frame", None)
        return f"line {frame.f_lineno} of {frame.f_code.co_filename}" if frame else "the end"

    def _look(self) -> None:
        for box in QApplication.topLevelWidgets():
            if isinstance(box, QMessageBox) and _BUG in box.text():
                self._person.facts["bugs"].append(box.detailedText())


def _give_up(why: str) -> None:
    print(why, file=sys.stderr, flush=True)
    os._exit(_STUCK)


def _count_lines_for_this_test() -> None:
    """Let coverage know whose lines these are, if it counts them by test."""
    if coverage := sys.modules.get("coverage"):
        measured, test = coverage.Coverage.current(), os.environ.get("PYTEST_CURRENT_TEST", "")
        if measured is not None and test:
            measured.switch_context(test.rpartition(" ")[0] + "|run")


def play(script: Play, file: Path, words: Sequence[str]) -> int:
    """Start the program, play the script in it, and write down what was seen."""
    given = json.loads(file.read_text())
    for place, value in given.get("patience", {}).items():  # what comes later, sooner
        module, _, name = place.rpartition(".")
        assert hasattr(importlib.import_module(module), name)
        setattr(sys.modules[module], name, value)
    _count_lines_for_this_test()
    person = Person(given)
    player = _Player(person, script(person))  # Qt holds the methods of a timer weakly
    really = app._application

    def application() -> QApplication:
        made = really()
        player.start()
        return made

    app._application = application
    sys.argv[1:] = words
    try:
        return cli.main()
    finally:
        file.write_text(json.dumps(person.facts))


if __name__ == "__main__":
    module, name, facts, *rest = sys.argv[1:]
    sys.exit(play(getattr(importlib.import_module(module), name), Path(facts), rest))
