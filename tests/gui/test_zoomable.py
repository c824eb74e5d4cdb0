"""Every way of asking for another size changes it by as much as is asked, within bounds."""

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QNativeGestureEvent, QPointingDevice, QWheelEvent
from pytestqt.qtbot import QtBot

from reader.gui.zoomable import ZoomableBrowser

_CTRL, _NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier


class _Page(ZoomableBrowser):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[float] = []
        self.told: list[float] = []
        self.zoom_changed.connect(self.told.append)

    def _show_zoom(self) -> None:
        self.shown.append(self.zoom)


@pytest.fixture
def page(qtbot: QtBot) -> _Page:
    made = _Page()
    qtbot.addWidget(made)
    made.resize(300, 200)
    made.setPlainText("line\n" * 200)
    made.show()
    return made


def _turn(page: _Page, angle: int, modifier: Qt.KeyboardModifier) -> QWheelEvent:
    at = QPointF(20, 20)
    event = QWheelEvent(
        at, at, QPoint(), QPoint(0, angle), Qt.MouseButton.NoButton, modifier,
        Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    event.ignore()
    page.event(event)
    return event


def _pinch(page: _Page, kind: Qt.NativeGestureType, value: float) -> None:
    at, device = QPointF(20, 20), QPointingDevice.primaryPointingDevice()
    page.event(QNativeGestureEvent(kind, device, 2, at, at, at, value, QPointF()))


@pytest.mark.parametrize(
    ("angle", "zoom"), [(120, 1.1), (240, 1.21), (-120, 0.909), (60, 1.049), (0, 1.0)]
)
def test_the_wheel_zooms_with_ctrl_by_how_far_it_turns(
    page: _Page, angle: int, zoom: float
) -> None:
    assert _turn(page, angle, _CTRL).isAccepted()
    assert page.zoom == zoom
    assert page.verticalScrollBar().value() == 0


def test_the_wheel_scrolls_without_ctrl(page: _Page) -> None:
    _turn(page, -120, _NONE)
    assert page.zoom == 1
    assert page.verticalScrollBar().value() > 0


def test_a_pinch_zooms_by_as_much_as_the_fingers_part(page: _Page) -> None:
    page.set_zoom(2)
    _pinch(page, Qt.NativeGestureType.ZoomNativeGesture, 0.25)
    assert page.zoom == 2.5
    _pinch(page, Qt.NativeGestureType.RotateNativeGesture, 0.25)
    assert page.zoom == 2.5


@pytest.mark.parametrize(
    ("wanted", "zoom"),
    [(0.1, 0.4), (0.4, 0.4), (4, 4.0), (9, 4.0), (1.029, 1.0), (0.975, 1.0), (1.04, 1.04),
     (0.96, 0.96), (1.23456, 1.235)],
)  # fmt: skip
def test_a_size_stays_in_its_bounds_and_what_is_nearly_its_own_is_its_own(
    page: _Page, wanted: float, zoom: float
) -> None:
    page.set_zoom(1.5)
    page.set_zoom(wanted)
    page.set_zoom(wanted)
    assert page.zoom == zoom
    assert page.shown == page.told == [1.5, zoom], "only a change is shown and told, once"


def test_steps_go_a_tenth_and_back(page: _Page) -> None:
    page.zoom_in()
    assert page.zoom == 1.1
    page.zoom_in()
    assert page.zoom == 1.21
    page.zoom_out()
    page.zoom_out()
    page.zoom_out()
    assert page.zoom == 0.909
    page.reset_zoom()
    assert page.zoom == 1
