"""The bar of several selected articles: named buttons, as many as there is room for."""

from itertools import pairwise

import pytest
from PySide6.QtGui import QAction, QPalette
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.list.bulk_bar import BulkBar

NAMES = (
    "article.read_later", "article.archive", "article.favourite", "article.edit_tags",
    "print.print", "article.trash",
)  # fmt: skip


@pytest.fixture
def bar(qtbot: QtBot) -> BulkBar:
    actions = {name: QAction(f"&{name.split('.')[1].title()}…") for name in NAMES}
    made = BulkBar(actions)
    made.actions_kept = actions  # type: ignore[attr-defined]
    qtbot.addWidget(made)
    made.offer(NAMES)
    made.show_selected("5 selected", "59 min", "5 selected, 59 minutes")
    made.show()
    return made


@pytest.mark.parametrize("wide", [240, 280, 340, 480, 700])
def test_buttons_without_room_are_left_to_the_menu(bar: BulkBar, wide: int) -> None:
    bar.resize(wide, bar.height())
    QApplication.processEvents()
    shown = [name for name in NAMES if bar.buttons[name].isVisible()]
    assert {"article.archive", "article.trash"} <= {*shown}
    assert (shown == [*NAMES]) == (wide >= 480)
    assert bar.more.isVisible()
    places = [bar.buttons[name].geometry() for name in shown] + [bar.more.geometry()]
    assert all(one.right() < two.left() for one, two in pairwise(places))
    assert places[-1].right() < wide
    assert bar.height() == 52


def test_every_button_has_a_name_a_target_and_the_keyboard(bar: BulkBar) -> None:
    for button in (*bar.buttons.values(), bar.more):
        assert button.accessibleName().strip("…& ")
        assert "&" not in button.accessibleName()
        assert button.toolTip()
        assert min(button.width(), button.height()) >= 24
        assert button.focusPolicy() & button.focusPolicy().TabFocus
        assert not button.icon().isNull()
    assert bar.accessibleName()


def test_a_button_tells_its_action(qtbot: QtBot, bar: BulkBar) -> None:
    told: list[str] = []
    bar.wanted.connect(told.append)
    for name in NAMES:
        bar.buttons[name].click()
    assert told == [*NAMES]


def test_another_palette_paints_the_icons_again(bar: BulkBar) -> None:
    before = bar.more.icon().pixmap(20).toImage()
    palette = QPalette(bar.palette())
    palette.setColor(QPalette.ColorRole.WindowText, "#ff0000")
    bar.setPalette(palette)
    assert bar.more.icon().pixmap(20).toImage() != before
