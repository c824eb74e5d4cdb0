"""The sheet of keys has every line of the menus, in their order, each key beside its words."""

from PySide6.QtWidgets import QGridLayout, QLabel, QScrollArea
from pytestqt.qtbot import QtBot

from reader.gui.actions import ACTIONS, MENUS, MORE_KEYS
from reader.gui.help_sheet import HelpSheet


def _lines(sheet: HelpSheet) -> list[list[str]]:
    grid = sheet.findChild(QScrollArea).widget().layout()
    assert isinstance(grid, QGridLayout)
    rows: dict[int, dict[int, str]] = {}
    for index in range(grid.count()):
        row, column, *_ = grid.getItemPosition(index)  # type: ignore[misc]
        label = grid.itemAt(index).widget()
        assert isinstance(label, QLabel)
        assert column not in rows.setdefault(row, {}), "two labels in one place"
        rows[row][column] = label.text()
    return [[row[column] for column in sorted(row)] for _, row in sorted(rows.items())]


def test_each_key_stands_beside_what_it_does_under_the_head_of_its_menu(qtbot: QtBot) -> None:
    keys = {each.does: (f"Alt+{n}", "X") for n, each in enumerate(ACTIONS) if each.does}
    expected: list[list[str]] = []
    for menu in MENUS:
        expected.append([menu])
        for each in ACTIONS:
            if each.menu == menu and each.does in keys:
                expected.append([f"{keys[each.does][0]}, X", each.text.rstrip("…")])
    expected += [["Reading"], *map(list, MORE_KEYS)]
    sheet = HelpSheet(keys)
    qtbot.addWidget(sheet)
    assert _lines(sheet) == expected
