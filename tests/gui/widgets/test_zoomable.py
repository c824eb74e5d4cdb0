"""Every way of asking for another size: keys, Ctrl and wheel, and the pinch of a touchpad."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.widgets.zoomable import ZoomableBrowser

CTRL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class Browser(ZoomableBrowser):
    shown: float | None = None

    def _show_zoom(self) -> None:
        self.shown = self.zoom


@pytest.fixture
def browser(qtbot: QtBot) -> Browser:
    made = Browser()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.setPlainText("A line.\n" * 200)
    made.show()
    return made


def _wheel(browser: Browser, steps: float, held: Qt.KeyboardModifier) -> QWheelEvent:
    event = QWheelEvent(
        QPointF(9, 9), QPointF(9, 9), QPoint(), QPoint(0, round(120 * steps)),
        Qt.MouseButton.NoButton, held, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(browser, event)
    return event


def test_a_size_is_told_and_shown_once_and_rounded(browser: Browser) -> None:
    told: list[float] = []
    browser.zoom_changed.connect(told.append)
    assert browser.zoom == 1.0
    for wanted in (1.0, 1.029, 0.971, 1.03, 1.03, 1.23456, 1.2351, 0.97, 0.9751, 99, 4.0, 0.0, 0.4):
        browser.set_zoom(wanted)
        assert browser.shown in (None, browser.zoom)
    assert told == pytest.approx([1.03, 1.235, 0.97, 1.0, 4.0, 0.4])
    browser.reset_zoom()
    browser.zoom_in()
    browser.zoom_in()
    assert browser.zoom == 1.21
    browser.zoom_out()
    assert (browser.zoom, browser.shown) == (1.1, 1.1)


def test_ctrl_and_wheel_zoom_by_steps_and_do_not_scroll(browser: Browser) -> None:
    for steps, zoom in ((1, 1.1), (2, 1.331), (-3, 1.0), (0.5, 1.049), (0, 1.049)):
        assert _wheel(browser, steps, CTRL).isAccepted()
        assert browser.zoom == pytest.approx(zoom, abs=0.002)
    assert browser.verticalScrollBar().value() == 0
    _wheel(browser, -1, NONE)
    assert browser.zoom == pytest.approx(1.049, abs=0.002)
    assert browser.verticalScrollBar().value() > 0


def test_the_pinch_of_a_touchpad_zooms_and_other_gestures_do_not(browser: Browser) -> None:
    at, kinds = QPointF(5, 5), Qt.NativeGestureType
    for kind, value in (
        (kinds.ZoomNativeGesture, 0.5),
        (kinds.RotateNativeGesture, 0.5),
        (kinds.ZoomNativeGesture, -0.2),
    ):
        QApplication.sendEvent(
            browser,
            QNativeGestureEvent(
                kind, QPointingDevice.primaryPointingDevice(), 2, at, at, at, value, at
            ),
        )
    assert browser.zoom == pytest.approx(1.5 * 0.8)
