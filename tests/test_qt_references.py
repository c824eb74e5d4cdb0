"""Qt's binding must not lose references: 6.12.0 did on Python 3.11, and aborted after a while."""

import sys

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

_TIMES = 300
_SLACK = 60

# From 3.12 on None and True are immortal: their counts are not counted, and no loss can free them.
pytestmark = pytest.mark.skipif(
    sys.version_info >= (3, 12), reason="None and True cannot be freed from Python 3.12 on"
)


class _Teller(QObject):
    told = Signal(int)


class _Painted(QWidget):
    def paintEvent(self, event: QPaintEvent) -> None:
        pass


def test_signals_lose_no_reference(qtbot: QtBot) -> None:
    teller = _Teller()
    heard: list[int] = []
    teller.told.connect(heard.append)
    before = sys.getrefcount(True), sys.getrefcount(None)
    for number in range(_TIMES):
        teller.told.emit(number)
        teller.setObjectName("x")
    assert len(heard) == _TIMES
    assert sys.getrefcount(True) > before[0] - _SLACK
    assert sys.getrefcount(None) > before[1] - _SLACK


def test_painting_loses_no_reference(qtbot: QtBot) -> None:
    widget = _Painted()
    qtbot.addWidget(widget)
    widget.resize(20, 20)
    before = sys.getrefcount(None)
    for _ in range(_TIMES):
        widget.grab()
    assert sys.getrefcount(None) > before - _SLACK
