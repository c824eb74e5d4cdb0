"""Menus show what can be done, why something cannot, and which step undo takes."""

import pytest
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.action import Action, Needs, Pane, unmarked
from reader.gui.actions import keymap, menus
from reader.gui.actions.conditions import Conditions, reason
from reader.gui.actions.table import ACTIONS
from reader.settings import Settings

_ALL = ~Needs.NOTHING


@pytest.fixture
def triggered() -> list[Action]:
    return []


@pytest.fixture
def window(qtbot: QtBot) -> QMainWindow:
    made = QMainWindow()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def actions(window: QMainWindow, triggered: list[Action]) -> menus.QActions:
    """Return the actions of a plain window; those that are triggered are written down."""
    panes = {pane: QWidget(window) for pane in Pane}
    return menus.build(window, panes, keymap.USUAL, triggered.append)


def _tip(action: QAction) -> str:
    """Return the tool tip of an action in one line."""
    return " ".join(action.toolTip().split())


def test_every_action_runs_itself(actions: menus.QActions, triggered: list[Action]) -> None:
    for action in actions.values():
        action.trigger()
    assert triggered == [*ACTIONS]


@pytest.mark.parametrize("need", Needs)
def test_an_action_is_off_and_says_why_unless_all_it_needs_is_there(
    actions: menus.QActions, need: Needs
) -> None:
    menus.show_state(actions, Conditions(_ALL & ~need, {}, on_page=_ALL & ~need))
    for action in actions.values():
        needed = need in menus.entry_of(action).needs
        assert action.isEnabled() == (not needed), action.text()
        assert (reason(need) in _tip(action)) == needed
    menus.show_state(actions, Conditions(_ALL, {}, on_page=_ALL))
    assert all(action.isEnabled() for action in actions.values())
    assert not any(reason(need) in _tip(action) for action in actions.values())


def test_every_need_is_one_that_can_be_there_and_missing() -> None:
    needed = Needs.NOTHING
    for action in ACTIONS:
        needed |= action.needs
    assert needed == _ALL
    assert all(reason(need) for need in Needs)
    both = Needs.IN_TRASH | Needs.NOT_IN_TRASH
    assert [action.id for action in ACTIONS if both in action.needs] == []


def test_the_chosen_value_of_a_setting_is_checked_and_no_other(actions: menus.QActions) -> None:
    for entry in ACTIONS:
        if entry.choice is not None:
            setting, value = entry.choice
            settings = Settings()._replace(**{setting: value})  # type: ignore[arg-type]
            menus.show_state(actions, Conditions(_ALL, {}, settings))
            checked = [
                other.id for other in ACTIONS
                if other.choice and other.choice[0] == setting and actions[other.id].isChecked()
            ]  # fmt: skip
            assert checked == [entry.id]


def test_a_key_with_alt_takes_its_letter_from_the_menu_bar(
    window: QMainWindow, actions: menus.QActions
) -> None:
    def letter() -> str:
        titles = window.menuBar().actions()
        return str(next(each for each in titles if unmarked(each.text()) == "Article")
                   .property("letter"))  # fmt: skip

    assert letter() == "a"
    menus.set_keys(actions, {**keymap.USUAL, "article.archive": ("Alt+A",)})
    assert letter() not in ("a", "")
    menus.set_keys(actions, keymap.USUAL)
    assert letter() == "a"


@pytest.mark.parametrize("id", ["history.undo", "history.redo"])
def test_undo_and_redo_name_their_step(actions: menus.QActions, id: str) -> None:
    name, text = id.partition(".")[2].capitalize(), f"Archived “{'x' * 10_000} & y”"
    for step, shown in (
        ("Archived “Salt & Rye”", f"{name}: Archived “Salt & Rye”"),
        (text, f"{name}: {text[:60]}…"),
        ("", name),
    ):
        told = {id.partition(".")[2]: step}
        menus.show_state(actions, Conditions(_ALL, {}, **told))  # type: ignore[arg-type]
        assert unmarked(actions[id].text()) == shown
        assert "&" in actions[id].text(), "its letter stays"


def test_actions_found_at_run_time_stand_in_their_group_with_a_letter(
    window: QMainWindow, actions: menus.QActions, triggered: list[Action]
) -> None:
    own = Action("theme.own.x", "A && B", lambda _: None, "View", "theme", choice=("theme", "x"))
    menus.add(window, actions, [own], triggered.append)
    shown = menus.menu(window, "View", "Theme").actions()
    assert unmarked(shown[-1].text()) == "A & B"
    assert shown[-1].actionGroup() is actions["theme.dark"].actionGroup()
    letters = [each.property("letter") for each in shown]
    assert len({*letters, ""}) == len(letters) + 1
    shown[-1].trigger()
    assert triggered == [own]
