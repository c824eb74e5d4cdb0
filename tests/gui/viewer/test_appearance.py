"""The menu of how the page looks: each choice is kept, and what is shown is what is set."""

import pytest
from PySide6.QtGui import QAction
from pytestqt.qtbot import QtBot

from reader import themes
from reader.gui.viewer.appearance import Appearance
from reader.settings import Settings
from reader.settings_store import SettingsStore

CHOICES: dict[str, tuple[str, list[tuple[str, object]]]] = {
    "Font": ("font", [("Serif", "serif"), ("Sans", "sans")]),
    "Column": ("measure", [("Narrow", 54), ("Normal", 66), ("Wide", 84)]),
    "Line Spacing": ("leading", [("Tight", 1.4), ("Normal", 1.55), ("Loose", 1.75)]),
}


def _groups(menu: Appearance) -> dict[str, list[QAction]]:
    return {each.text(): each.menu().actions() for each in menu.actions()}  # type: ignore[attr-defined]


def _checked(menu: Appearance) -> list[str]:
    return [each.text() for group in _groups(menu).values() for each in group if each.isChecked()]


def _menu(qtbot: QtBot, store: SettingsStore) -> Appearance:
    menu = Appearance(store)
    qtbot.addWidget(menu)
    return menu


def test_every_theme_can_be_chosen_by_its_title(qtbot: QtBot) -> None:
    store = SettingsStore()
    menu = _menu(qtbot, store)
    shown = _groups(menu)["Theme"]
    titles = [themes.theme(name).title for name in themes.names()]
    assert [each.text() for each in shown] == ["Follow the System", *titles]
    for action, name in zip(shown, ["system", *themes.names()], strict=True):
        action.trigger()
        assert store.value.theme == name
        assert [each for each in shown if each.isChecked()] == [action]
    assert set(_groups(menu)) == {"Theme", *CHOICES}


@pytest.mark.parametrize("title", [*CHOICES])
def test_a_choice_is_kept_and_the_only_one(qtbot: QtBot, title: str) -> None:
    store = SettingsStore()
    name, choices = CHOICES[title]
    menu = _menu(qtbot, store)
    shown = _groups(menu)[title]
    assert [each.text() for each in shown] == [text for text, _ in choices]
    for action, (_, value) in zip(shown, choices, strict=True):
        action.trigger()
        assert getattr(store.value, name) == value
        assert [each for each in shown if each.isChecked()] == [action]
        assert action.toolTip() == action.text()


def test_what_is_set_is_checked_from_the_start_and_after_a_change(qtbot: QtBot) -> None:
    store = SettingsStore(None, Settings(theme="dark", font="sans", measure=84, leading=1.4))
    menu = _menu(qtbot, store)
    assert _checked(menu) == [themes.theme("dark").title, "Sans", "Wide", "Tight"]
    store.update(theme="system", font="serif", measure=54, leading=1.75)
    menu.refresh()
    assert _checked(menu) == ["Follow the System", "Serif", "Narrow", "Loose"]
