"""A page is turned softly, never beyond its ends, and at once if no motion is wanted."""

import pytest
from PySide6.QtWidgets import QProxyStyle, QScrollBar, QStyle
from pytestqt.qtbot import QtBot

from reader.gui.viewer.smooth_scroll import Turning


class _Style(QProxyStyle):
    """A desktop that wants motion, or none."""

    motion = 100

    def styleHint(self, hint, option=None, widget=None, returnData=None) -> int:  # type: ignore[no-untyped-def] # noqa: N803
        if hint is QStyle.StyleHint.SH_Widget_Animation_Duration:
            return self.motion
        return super().styleHint(hint, option, widget, returnData)


@pytest.fixture
def style() -> _Style:
    return _Style("fusion")


@pytest.fixture
def bar(qtbot: QtBot, style: _Style) -> QScrollBar:
    made = QScrollBar()
    qtbot.addWidget(made)
    made.setStyle(style)
    made.setRange(0, 1000)
    made.setValue(500)
    return made


@pytest.mark.parametrize(("pixels", "end"), [(100, 600), (-100, 400), (900, 1000), (-900, 0)])
def test_without_motion_it_is_there_at_once(
    bar: QScrollBar, style: _Style, pixels: int, end: int
) -> None:
    style.motion = 0
    turning = Turning(bar, bar)
    turning.by(pixels)
    assert (bar.value(), turning.running) == (end, False)


@pytest.mark.parametrize(("pixels", "end"), [(100, 600), (-900, 0), (900, 1000)])
def test_with_motion_it_begins_where_it_is_and_comes_to_the_end(
    bar: QScrollBar, pixels: int, end: int
) -> None:
    turning = Turning(bar, bar)
    turning.by(pixels)
    assert turning.running
    assert bar.value() == 500
    turning.setCurrentTime(turning.duration() // 2)
    assert min(500, end) < bar.value() < max(500, end)
    assert abs(bar.value() - 500) > abs(end - 500) / 2  # it slows down towards the end
    turning.setCurrentTime(turning.duration())
    assert (bar.value(), turning.running) == (end, False)


def test_asked_again_on_its_way_it_adds_to_where_it_was_to_end(bar: QScrollBar) -> None:
    turning = Turning(bar, bar)
    turning.by(100)
    turning.setCurrentTime(turning.duration() // 2)
    turning.by(100)
    assert turning.endValue() == 700
    turning.setCurrentTime(turning.duration())
    turning.by(100)
    assert turning.endValue() == 800
