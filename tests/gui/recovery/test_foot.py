"""The buttons stand in one line if there is room, else in two columns; the default one is last."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.recovery.foot import Foot
from reader.gui.recovery.trouble import Way

_ALL = (Way.REPAIR, Way.RESTORE, Way.WHOLE, Way.CHECK, Way.CHOOSE, Way.CLOSE)


@pytest.fixture
def foot(qtbot: QtBot) -> Foot:
    foot = Foot()
    qtbot.addWidget(foot)
    foot.show()
    return foot


def _lines(foot: Foot) -> list[list[str]]:
    """Return the texts of the visible buttons, line by line, as they stand."""
    QApplication.processEvents()
    lines: dict[int, list[tuple[int, str]]] = {}
    for button in foot.buttons.values():
        if button.isVisible():
            lines.setdefault(button.y(), []).append((button.x(), button.text()))
    return [[text for _, text in sorted(lines[y])] for y in sorted(lines)]


def test_a_wide_foot_is_one_line_with_the_default_button_at_its_end(foot: Foot) -> None:
    foot.resize(1200, 60)
    foot.offer(*_ALL)
    assert _lines(foot) == [
        ["Close", "Another Library…", "Check Again", "Open What Is Whole", "Restore a Copy…",
         "Repair"],
    ]  # fmt: skip
    foot.offer(Way.CHECK, Way.RESTORE, Way.CLOSE)
    assert _lines(foot) == [["Close", "Restore a Copy…", "Check Again"]]
    assert foot.buttons[Way.CHECK].isDefault()
    assert foot.rect().right() - foot.buttons[Way.CHECK].geometry().right() == 16


def test_a_narrow_foot_has_two_columns_below_its_default_button(foot: Foot) -> None:
    foot.resize(400, 200)
    foot.offer(*_ALL)
    assert _lines(foot) == [
        ["Repair"],
        ["Restore a Copy…", "Open What Is Whole"],
        ["Check Again", "Another Library…"],
        ["Close"],
    ]
    foot.resize(1200, 60)
    assert len(_lines(foot)) == 1


def test_a_single_button_is_not_stretched(foot: Foot) -> None:
    foot.resize(800, 60)
    foot.offer(Way.CLOSE)
    close = foot.buttons[Way.CLOSE]
    QApplication.processEvents()
    assert close.width() < 200


def test_from_right_to_left_the_default_button_is_at_the_left(foot: Foot) -> None:
    foot.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    foot.resize(1200, 60)
    foot.offer(*_ALL)
    assert _lines(foot)[0][0] == "Repair"


def test_only_closing_is_possible_while_a_job_runs(foot: Foot) -> None:
    foot.offer(*_ALL)
    foot.set_enabled(False)
    assert [way for way, each in foot.buttons.items() if each.isEnabled()] == [Way.CLOSE]


@pytest.mark.parametrize("width", [400, 1200])
def test_tab_goes_through_the_buttons_as_they_stand(foot: Foot, width: int) -> None:
    foot.resize(width, 200)
    foot.offer(Way.COPY, Way.DOWNLOAD, Way.REPAIR, Way.CLOSE)
    in_order = [text for line in _lines(foot) for text in line]
    foot.buttons[Way.CLOSE if width == 1200 else Way.COPY].setFocus()
    passed = []
    for _ in in_order:
        button = foot.focusWidget()
        assert isinstance(button, QPushButton)
        passed.append(button.text())
        QTest.keyClick(button, Qt.Key.Key_Tab)
    assert passed == in_order
