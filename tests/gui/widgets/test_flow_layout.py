"""Parts that follow each other in lines, from the leading edge."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.widgets.flow_layout import Flow


@pytest.fixture
def parts(qtbot: QtBot) -> list[QPushButton]:
    return [QPushButton("word " * n) for n in (1, 4, 2, 6)]


@pytest.fixture
def panel(qtbot: QtBot, parts: list[QPushButton]) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    flow = Flow(8)
    made.setLayout(flow)
    for part in parts:
        flow.addWidget(part)
    made.show()
    return made


def _places(panel: QWidget, parts: list[QPushButton], width: int) -> list[QRect]:
    panel.setMinimumSize(0, 0)
    panel.resize(width, 400)
    layout = panel.layout()
    assert layout is not None
    layout.setGeometry(QRect(0, 0, width, 400))
    QApplication.processEvents()
    return [part.geometry() for part in parts if part.isVisible()]


def test_a_line_has_as_many_as_there_is_room_for(panel: QWidget, parts: list[QPushButton]) -> None:
    assert len({place.top() for place in _places(panel, parts, 4000)}) == 1
    assert len({place.top() for place in _places(panel, parts, 40)}) == 4
    for width in range(300, 900, 50):
        places = _places(panel, parts, width)
        assert all(place.right() < width for place in places)
        assert not any(a.intersects(b) for n, a in enumerate(places) for b in places[:n])
        layout = panel.layout()
        assert layout is not None
        assert layout.heightForWidth(width) == max(place.bottom() for place in places) + 1


def test_from_right_to_left_it_is_the_mirror_image(
    panel: QWidget, parts: list[QPushButton]
) -> None:
    before = _places(panel, parts, 500)
    panel.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    after = _places(panel, parts, 500)
    assert [500 - place.right() - 1 for place in after] == [place.left() for place in before]
    assert [place.top() for place in after] == [place.top() for place in before]


def test_a_hidden_part_leaves_no_gap(panel: QWidget, parts: list[QPushButton]) -> None:
    parts[0].hide()
    assert _places(panel, parts, 4000)[0].left() == 0
