"""Cards in columns: as many as fit, none over another, the height that they need."""

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.widgets.columns import GAP, Columns
from reader.gui.widgets.plain_text import Label


def _card(text: str) -> QWidget:
    card = QWidget()
    label = Label(text)
    label.setWordWrap(True)
    QVBoxLayout(card).addWidget(label)
    return card


@pytest.mark.parametrize(("wide", "count"), [(200, 1), (331, 1), (648, 2), (964, 3), (2560, 8)])
def test_there_are_as_many_columns_as_fit(qtbot: QtBot, wide: int, count: int) -> None:
    cards = [_card("Some words " * (n * 7 % 23 + 1)) for n in range(12)]
    columns = Columns(cards, 300)
    qtbot.addWidget(columns)
    columns.resize(wide, 600)
    columns.show()
    places = [card.geometry() for card in cards]
    assert len({place.x() for place in places}) == count
    for n, place in enumerate(places):
        assert not any(place.intersects(other) for other in places[:n])
        assert QRect(0, 0, wide, columns.minimumHeight()).contains(place)
    assert columns.minimumHeight() == columns.height_at(wide)
    assert columns.minimumHeight() == max(place.bottom() for place in places) + 1 + GAP
    for card in cards[1:]:
        card.hide()
    columns.arrange()
    assert columns.minimumHeight() < 600
