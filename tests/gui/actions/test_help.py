"""The sheet of keys has every line of the menus, in their order, each key beside its words."""

from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.gui.actions.help import HelpSheet
from reader.gui.actions.table import ACTIONS, MENUS, MORE_KEYS


def _lines(sheet: HelpSheet) -> list[list[str]]:
    grid, rows = sheet._grid, list[list[str]]()
    for row in range(grid.rowCount()):
        found = [grid.itemAtPosition(row, column) for column in (0, 1)]
        labels = [each.widget() for each in found if each]
        # A head is as wide as both columns.
        rows.append([each.text() for each in dict.fromkeys(labels) if isinstance(each, QLabel)])
    return [row for row in rows if row]


def test_each_key_stands_beside_what_it_does_under_the_head_of_its_menu(qtbot: QtBot) -> None:
    keys = {each.id: (f"Alt+{n}", "X") for n, each in enumerate(ACTIONS) if each.id}
    expected: list[list[str]] = []
    for menu in MENUS:
        expected.append([menu])
        for each in ACTIONS:
            if each.menu == menu and each.id in keys:
                expected.append([f"{keys[each.id][0]}, X", each.text.rstrip("…")])
    expected += [["Reading"], *map(list, MORE_KEYS)]
    sheet = HelpSheet(keys)
    qtbot.addWidget(sheet)
    assert _lines(sheet) == expected
