"""Which actions can be used follows from the open article and the order of the list."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QMainWindow, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.action import Action, Needs, Pane
from reader.gui.actions import keymap, menus
from reader.gui.actions.table import ACTIONS
from reader.model import Article, State

_OF_ARTICLE = {
    "article.read_later", "article.archive", "article.favourite", "article.edit_tags",
    "article.edit_title", "queue.next_up", "queue.to_top", "queue.to_end", "page.copy",
    "copy.markdown", "copy.quote", "copy.link",
    "find.find", "print.print", "print.save_pdf",
}  # fmt: skip
_TRASH, _RESTORE = {"article.trash"}, {"article.restore"}
_MOVE = {"queue.move_up", "queue.move_down"}


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


def test_every_action_runs_itself(actions: menus.QActions, triggered: list[Action]) -> None:
    for action in actions.values():
        action.trigger()
    assert triggered == [*ACTIONS]


@pytest.mark.parametrize(
    ("state", "queue_order", "off"),
    [
        (None, False, _OF_ARTICLE | _TRASH | _RESTORE | _MOVE),
        (None, True, _OF_ARTICLE | _TRASH | _RESTORE),
        (State.QUEUE, False, _RESTORE | _MOVE),
        (State.QUEUE, True, _RESTORE),
        (State.ARCHIVE, False, _RESTORE | _MOVE),
        (State.ARCHIVE, True, _RESTORE),
        (State.TRASH, False, _TRASH | _MOVE),
        (State.TRASH, True, _TRASH),
    ],
)
def test_an_action_is_off_unless_all_it_needs_is_there(
    actions: menus.QActions, add: Callable[..., Article],
    state: State | None, queue_order: bool, off: set[str],
) -> None:  # fmt: skip
    for action in actions.values():  # whatever it was before
        action.setEnabled(not action.isEnabled())
    article = add()._replace(state=state) if state else None
    menus.show_state(actions, article, queue_order=queue_order)
    assert {id for id, action in actions.items() if not action.isEnabled()} == off


def test_every_need_is_one_that_can_be_there_and_missing() -> None:
    needed = Needs.NOTHING
    for action in ACTIONS:
        needed |= action.needs
    assert needed == ~Needs.NOTHING
    both = Needs.IN_TRASH | Needs.NOT_IN_TRASH
    assert [action.id for action in ACTIONS if both in action.needs] == []


@pytest.mark.parametrize("state", State)
@pytest.mark.parametrize("favourite", [False, True])
def test_what_an_article_is_already_is_checked(
    actions: menus.QActions, add: Callable[..., Article], state: State, favourite: bool
) -> None:
    article = add()._replace(state=state, favourite=favourite)
    menus.show_state(actions, article, queue_order=True)
    assert actions["article.read_later"].isChecked() == (state is State.QUEUE)
    assert actions["article.favourite"].isChecked() == favourite
    menus.show_state(actions, None, queue_order=True)
    assert not actions["article.read_later"].isChecked()
    assert not actions["article.favourite"].isChecked()
