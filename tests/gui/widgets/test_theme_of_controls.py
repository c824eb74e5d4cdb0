"""Controls in every theme: seen against what they stand on, and in high contrast."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialog,
    QLineEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.widgets import theme
from reader.gui.widgets.day_list import DayEntry, DayList
from reader.gui.widgets.stepper import Stepper

_KINDS = {"field": QLineEdit, "button": QPushButton, "list": QComboBox, "number": Stepper,
          "check": QCheckBox}  # fmt: skip
THEMES = ("light", "sepia", "dark")


def _light(colour: str) -> float:
    parts = [value / 255 for value in QColor(colour).getRgb()[:3]]  # type: ignore[index]
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in parts]
    return float(0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2])


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours by WCAG."""
    high, low = sorted((_light(one), _light(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def _made(qtbot: QtBot) -> tuple[QDialog, dict[str, QWidget]]:
    dialog = QDialog()
    qtbot.addWidget(dialog)
    layout = QVBoxLayout(dialog)
    first = QPushButton("First")
    layout.addWidget(first)
    parts: dict[str, QWidget] = {}
    for name, kind in _KINDS.items():
        part = Stepper((0, 9)) if kind is Stepper else kind()
        if isinstance(part, QPushButton):
            part.setAutoDefault(False)
        layout.addWidget(part)
        parts[name] = part
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    first.setFocus()
    return dialog, parts


def _colours(part: QWidget) -> set[str]:
    image = part.grab().toImage()
    return {
        image.pixelColor(x, y).name()
        for y in range(image.height()) for x in range(image.width())
    }  # fmt: skip


@pytest.mark.parametrize("name", THEMES)
def test_edges_of_controls_are_seen_and_the_focus_has_a_ring(qtbot: QtBot, name: str) -> None:
    chosen = themes.theme(name)
    for ground in (chosen.page, chosen.window, chosen.list):
        assert contrast(chosen.edge, ground) >= 3
    assert contrast(chosen.on_accent, chosen.accent) >= 4.5
    theme.apply(chosen)
    _, parts = _made(qtbot)
    for kind, part in parts.items():
        assert chosen.edge in _colours(part), kind
        assert chosen.accent not in _colours(part), kind
        part.setFocus()
        qtbot.waitUntil(part.hasFocus)
        assert chosen.accent in _colours(part), kind


@pytest.mark.parametrize("name", THEMES)
def test_what_is_off_is_paler(qtbot: QtBot, name: str) -> None:
    theme.apply(themes.theme(name))
    _, parts = _made(qtbot)
    for kind, part in parts.items():
        part.setEnabled(False)
        assert themes.theme(name).edge not in _colours(part), kind


def test_fields_and_buttons_are_equally_high(qtbot: QtBot) -> None:
    theme.apply(themes.theme("light"))
    _, parts = _made(qtbot)
    high = {parts[kind].sizeHint().height() for kind in ("field", "button", "list", "number")}
    assert high == {36}


def test_high_contrast_takes_the_colours_of_the_system_and_wide_edges(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    theme.apply(themes.theme("sepia"))
    monkeypatch.setattr(theme, "wants_contrast", lambda: True)
    chosen = theme.resolve("sepia")
    theme.apply(chosen)
    assert "1px solid" not in QApplication.instance().styleSheet()  # type: ignore[union-attr]
    assert chosen.page != themes.theme("sepia").page
    assert (chosen.text, chosen.edge) == (chosen.muted, chosen.text)
    role = QPalette.ColorRole
    QApplication.setPalette(QPalette())
    system = QApplication.palette()
    assert chosen.page == system.color(role.Base).name()
    assert chosen.selection == system.color(role.Highlight).name()
    assert contrast(chosen.text, chosen.page) >= 7


@pytest.mark.parametrize(("highlight", "drawn"), [("#1aebff", "#000000"), ("#dbe7f8", "#1aebff")])
def test_the_focus_of_a_selected_row_is_seen_even_if_the_selection_is_the_accent(
    qtbot: QtBot, highlight: str, drawn: str
) -> None:
    palette, role = QPalette(), QPalette.ColorRole
    for target, colour in (
        (role.Accent, "#1aebff"),
        (role.Highlight, highlight),
        (role.HighlightedText, "#000000"),
    ):
        palette.setColor(target, QColor(colour))
    days = DayList("Steps")
    qtbot.addWidget(days)
    days.setPalette(palette)
    days.resize(300, 200)
    days.show_entries([DayEntry(1, "", "A step")])
    days.show()
    days.select_first()
    days.setFocus()
    qtbot.waitUntil(days.hasFocus)
    row = days.visualRect(days.currentIndex())
    image = days.viewport().grab().toImage()
    assert image.pixelColor(row.center().x(), row.top() + 1).name() == drawn
