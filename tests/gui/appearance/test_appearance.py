"""Themes, typefaces, the column and the leading are chosen by actions and kept."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reader import paths, themes
from reader.gui.actions.table import ACTIONS
from reader.gui.appearance import steps
from reader.gui.window import Window
from reader.settings import Settings
from reader.settings_store import SettingsStore


def _own() -> Path:
    folder = paths.config_dir() / "themes"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def test_every_bundled_theme_is_an_action_of_the_table_under_its_title() -> None:
    offered = {each.choice[1]: each.plain for each in ACTIONS if each.id.startswith("theme.")
               and each.choice}  # fmt: skip
    titles = {name: themes.theme(name).title for name in themes.names()}
    assert offered == {"system": "Follow the System", **titles}


def test_own_themes_are_found_even_if_one_cannot_be_read() -> None:
    (_own() / "moss.toml").write_text('title = "Moss & Fern"\n')
    (_own() / "torn.toml").write_text("title = 7")
    (_own() / "dark.toml").write_text('title = "My Dark"\n')  # replaces one of the table
    found = {each.id: each.plain for each in steps.own_themes()}
    assert found == {"theme.own.moss": "Moss & Fern", "theme.own.torn": "torn (cannot be read)"}


@pytest.mark.parametrize("id", [each.id for each in ACTIONS if each.choice])
def test_a_choice_is_kept_and_checked_alone(make_window: Callable[..., Window], id: str) -> None:
    window = make_window()
    entry = next(each for each in ACTIONS if each.id == id)
    assert entry.choice is not None
    setting, value = entry.choice
    for _ in range(2):  # choosing it again does not take it away
        window.qactions[id].trigger()
        assert getattr(window.settings, setting) == value
        group = window.qactions[id].actionGroup()
        assert [each for each in group.actions() if each.isChecked()] == [window.qactions[id]]


def test_a_step_goes_on_from_what_the_settings_allow() -> None:
    store = SettingsStore(None, Settings(measure=120, leading=2.5))
    steps.wider(store)
    steps.more_leading(store)
    assert (store.value.measure, store.value.leading) == (124, 2.55)


def test_the_column_and_the_leading_change_by_steps_and_stop_at_the_ends() -> None:
    store = SettingsStore()
    steps.wider(store)
    steps.more_leading(store)
    assert (store.value.measure, store.value.leading) == (70, 1.6)
    steps.narrower(store)
    steps.less_leading(store)
    assert (store.value.measure, store.value.leading) == (66, 1.55)
    for _ in range(50):
        steps.wider(store)
        steps.less_leading(store)
    assert (store.value.measure, store.value.leading) == (140, 1.0)
    for _ in range(50):
        steps.narrower(store)
        steps.more_leading(store)
    assert (store.value.measure, store.value.leading) == (30, 3.0)
