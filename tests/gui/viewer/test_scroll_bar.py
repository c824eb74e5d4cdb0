"""The scroll bar of the page reports what a person moves, not what Qt does by itself."""

import pytest
from PySide6.QtWidgets import QAbstractSlider, QScrollBar
from pytestqt.qtbot import QtBot

from reader.gui.viewer.scroll_bar import PageBar


@pytest.fixture
def told() -> list[int]:
    return []


@pytest.fixture
def bar(qtbot: QtBot, told: list[int]) -> PageBar:
    made = PageBar()
    qtbot.addWidget(made)
    made.setRange(0, 100)
    made.scrolled.connect(lambda: told.append(made.value()))
    return made


def test_moves_on_purpose_are_reported_once_each(bar: PageBar, told: list[int]) -> None:
    bar.setValue(40)
    bar.setValue(40)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderSingleStepAdd)
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)
    assert told == [40, 41, 100]


def test_moves_by_a_shorter_page_are_not_reported(bar: PageBar, told: list[int]) -> None:
    bar.setValue(40)
    bar.setRange(0, 30)
    assert (bar.value(), told) == (30, [40])
    bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum)  # it is there already
    bar.setRange(0, 20)
    assert (bar.value(), told) == (20, [40])


def test_the_purpose_ends_with_its_block_even_after_trouble(bar: PageBar, told: list[int]) -> None:
    with pytest.raises(ZeroDivisionError), bar.on_purpose():
        bar.setValue(10)
        QScrollBar.setValue(bar, 20)
        raise ZeroDivisionError
    QScrollBar.setValue(bar, 30)
    assert told == [10, 20]
