"""A number is typed, stepped by its buttons, or by keys, and stays within its limits."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.widgets.stepper import Stepper


def _stepper(qtbot: QtBot, value: float = 5) -> Stepper:
    stepper = Stepper((0, 10), 0.5, " pt")
    stepper.setValue(value)
    qtbot.addWidget(stepper)
    stepper.resize(160, 36)
    stepper.show()
    return stepper


def test_buttons_and_arrow_keys_step_alike(qtbot: QtBot) -> None:
    stepper, told = _stepper(qtbot), list[float]()
    stepper.valueChanged.connect(told.append)
    QTest.mouseClick(stepper.more, Qt.MouseButton.LeftButton)
    QTest.mouseClick(stepper.less, Qt.MouseButton.LeftButton)
    stepper.setFocus()
    QTest.keyClick(stepper, Qt.Key.Key_Up)
    assert told == [5.5, 5.0, 5.5]


def test_a_typed_number_counts_when_it_is_finished(qtbot: QtBot) -> None:
    stepper, told = _stepper(qtbot), list[float]()
    stepper.valueChanged.connect(told.append)
    stepper.setFocus()
    stepper.selectAll()
    QTest.keyClicks(stepper, "7.5")
    assert told == []
    QTest.keyClick(stepper, Qt.Key.Key_Return)
    assert told == [7.5]


def test_the_button_that_can_do_nothing_is_off(qtbot: QtBot) -> None:
    stepper = _stepper(qtbot, 0)
    assert (stepper.less.isEnabled(), stepper.more.isEnabled()) == (False, True)
    stepper.setValue(10)
    assert (stepper.less.isEnabled(), stepper.more.isEnabled()) == (True, False)


def test_the_buttons_stand_at_the_end_of_the_line_in_both_directions(qtbot: QtBot) -> None:
    stepper = _stepper(qtbot)
    for direction in (Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft):
        stepper.setLayoutDirection(direction)
        QApplication.processEvents()
        field = stepper.lineEdit().geometry()
        order = [field.x(), stepper.less.x(), stepper.more.x()]
        is_rtl = direction is Qt.LayoutDirection.RightToLeft
        assert order == sorted(order, reverse=is_rtl)
        for button in (stepper.less, stepper.more):
            assert not field.intersects(button.geometry())
            assert min(button.width(), button.height()) >= 24
            assert button.accessibleName()
            assert stepper.rect().contains(button.geometry())
