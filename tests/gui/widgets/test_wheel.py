"""The wheel over a control scrolls the page, until the control has the keyboard."""

from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.widgets.stepper import Stepper
from reader.gui.widgets.wheel import WheelScrolls


def _turn(part: Stepper) -> None:
    at = QPointF(part.rect().center())
    none, phase = Qt.MouseButton.NoButton, Qt.ScrollPhase.NoScrollPhase
    event = QWheelEvent(at, at, QPoint(), QPoint(0, 120), none,
                        Qt.KeyboardModifier.NoModifier, phase, False)  # fmt: skip
    QApplication.sendEvent(part, event)


def test_the_wheel_changes_a_number_only_if_it_has_the_keyboard(qtbot: QtBot) -> None:
    stepper = Stepper((0, 10))
    stepper.setValue(5)
    qtbot.addWidget(stepper)
    WheelScrolls([stepper], stepper)
    stepper.show()
    stepper.clearFocus()
    _turn(stepper)
    assert stepper.value() == 5
    stepper.activateWindow()
    stepper.setFocus()
    qtbot.waitUntil(stepper.hasFocus)
    _turn(stepper)
    assert stepper.value() == 6
