"""A switch is turned by mouse and keyboard, and shows its state in both directions."""

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.widgets import theme
from reader.gui.widgets.switch import Switch


def _switch(qtbot: QtBot) -> Switch:
    theme.apply(themes.theme("light"))
    switch = Switch("Statistics")
    qtbot.addWidget(switch)
    switch.show()
    return switch


def test_click_and_space_turn_it(qtbot: QtBot) -> None:
    switch, told = _switch(qtbot), list[bool]()
    switch.toggled.connect(told.append)
    QTest.mouseClick(switch, Qt.MouseButton.LeftButton, pos=switch.rect().center())
    switch.setFocus()
    QTest.keyClick(switch, Qt.Key.Key_Space)
    assert told == [True, False]
    assert switch.accessibleName() == "Statistics"
    assert min(switch.width(), switch.height()) >= 24


def _colour_at(switch: Switch, share: float) -> str:
    image = switch.grab().toImage()
    at = QPoint(round(image.width() * share), image.height() // 2)
    return image.pixelColor(at).name()


def test_the_knob_is_at_the_end_if_it_is_on(qtbot: QtBot) -> None:
    switch, light = _switch(qtbot), themes.theme("light")
    switch.clearFocus()
    assert _colour_at(switch, 0.3) == light.edge
    switch.setChecked(True)
    assert (_colour_at(switch, 0.3), _colour_at(switch, 0.7)) == (light.accent, light.page)
    switch.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    assert (_colour_at(switch, 0.3), _colour_at(switch, 0.7)) == (light.page, light.accent)


def test_a_ring_shows_the_focus(qtbot: QtBot) -> None:
    switch = _switch(qtbot)
    switch.activateWindow()
    switch.setFocus()
    qtbot.waitUntil(switch.hasFocus)
    ringed = switch.grab().toImage()
    switch.clearFocus()
    QApplication.processEvents()
    assert switch.grab().toImage() != ringed
