"""The actions of the table, by their keys and their menus, in every state of the window.

Each run presses a third of them in each state, and other ones than the run before.
"""

import os
from collections.abc import Callable, Iterator
from typing import Any

import apsw
import pytest
from PySide6.QtCore import QEventLoop, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFileDialog,
    QInputDialog,
    QMenu,
    QMessageBox,
)
from pytestqt.qtbot import QtBot
from tests.sampling import sample

from reader.gui.action import Action
from reader.gui.actions import menus
from reader.gui.actions.table import ACTIONS, submenu_of
from reader.gui.window import Window
from reader.library.library import Library
from reader.library.session import pick
from reader.model import Clipping, State
from reader.settings import Settings

_TEXT = "<p>" + "Words of the text. " * 60 + "</p>"
_WAYS = [each for each in ACTIONS if each.id != "window.quit"]


class _Answers(QObject):
    """Answers every dialog that is opened, as a person does, and closes every popup."""

    def __init__(self, *, agree: bool) -> None:
        super().__init__()
        self.agree = agree
        self.reports: list[str] = []
        self._timer = QTimer(self, interval=4)
        self._timer.timeout.connect(self.answer)
        self._timer.start()

    def answer(self) -> None:
        for each in QApplication.topLevelWidgets():
            if isinstance(each, QMessageBox) and each.isVisible() and each.detailedText():
                self.reports.append(each.detailedText())
                each.close()
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QInputDialog) and self.agree:
            dialog.setTextValue(f"{dialog.textValue()} more".strip())
        if isinstance(dialog, QDialog):
            dialog.done(int(self.agree and not isinstance(dialog, QFileDialog)))
        popup = QApplication.activePopupWidget()
        if popup is not None and not isinstance(popup, QMenu):
            popup.close()


class _Record:
    """What undo has to bring back, as another program reads it from the file."""

    _PARTS = (
        "SELECT id, title, state, favourite, place FROM article",
        "SELECT article, html FROM content",
        "SELECT article, name, colour FROM article_tag JOIN tag ON tag.id = tag",
        "SELECT * FROM saved WHERE name <> ''",
    )

    def __init__(self, library: Library) -> None:
        self._file = apsw.Connection(
            str(library.folder / "library.db"), flags=apsw.SQLITE_OPEN_READONLY
        )

    def read(self) -> list[list[object]]:
        return [sorted(self._file.execute(each)) for each in self._PARTS]

    def close(self) -> None:
        self._file.close()


def _fill(library: Library) -> None:
    """Put six articles into the queue, among them one that waits, one without text, one deleted."""
    for number in range(1, 7):
        html = {5: "", 6: "<p></p>"}.get(number, f"{_TEXT}<p>{number}</p>")
        library.add(
            Clipping(
                f"http://127.0.0.1:9/{number}", f"Article {number}", site="site.example",
                tags=("art", "art/new"), html=html, words=300 if html else 0,
                source=f"<article>{html}</article>".encode(), source_type="text/html",
            )
        )  # fmt: skip
    library.set_state([4], State.TRASH)
    library.saved.add("Words", "words")
    library.set_favourite([2], True)  # the step that Undo takes back


def _nothing(_window: Window) -> None:
    pass


def _open(id: int, shelf: str = "all") -> Callable[[Window], None]:
    def enter(window: Window) -> None:
        window.shelves.select(shelf)
        window.navigation.open_listed(id)
        window.viewer.setFocus()

    return enter


def _select_three(window: Window) -> None:
    _open(1)(window)
    window.list.setFocus()
    window.list.clearSelection()
    for row in range(3):
        index = window.list.model().index(row, 0)
        window.list.selectionModel().select(
            index, window.list.selectionModel().SelectionFlag.Select
        )
    assert len(window.selection.ids()) == 3


def _search(window: Window) -> None:
    _open(1)(window)
    window.search_field.setFocus()
    window.search_field.setText("words")


def _find(window: Window) -> None:
    _open(1)(window)
    window.controllers.page.find_bar.open_bar()
    window.controllers.page.find_bar.show_words(["words"], "words")
    window.viewer.setFocus()


def _begin_session(window: Window) -> None:
    _open(1)(window)
    window.controllers.session.start(pick(window.library, 20).rows)


def _clean_up(window: Window) -> None:
    _open(1)(window)
    window.controllers.cleanup.clean_up()
    _settle(window)


def _open_statistics(window: Window) -> None:
    _open(1)(window)
    window.controllers.statistics.toggle()


def _open_palette(window: Window) -> None:
    _open(1)(window)
    window.controllers.palette.open_palette()


_STATES: dict[str, Callable[[Window], None]] = {
    "an empty library": _nothing,
    "one article unread": _open(1),
    "a selection of three": _select_three,
    "an article in the trash": _open(4, "trash"),
    "an article that waits": _open(5),
    "an article without text": _open(6),
    "a library to read only": _open(1),
    "a search": _search,
    "words marked on the page": _find,
    "a session": _begin_session,
    "a page that is cleaned up": _clean_up,
    "the statistics": _open_statistics,
    "the palette": _open_palette,
    "a tag": _open(1, "tag:art"),
    "a saved search": lambda window: window.shelves.select(window.shelves.all_but_tags()[6].key),
}


@pytest.fixture
def state(
    request: pytest.FixtureRequest, library: Library, monkeypatch: pytest.MonkeyPatch
) -> Iterator[tuple[str, Library]]:
    """Give each state and a library for it."""
    name: str = request.param
    if name != "an empty library":
        _fill(library)
    if name != "a library to read only":
        yield name, library
        return
    can = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: mode != os.W_OK and can(path, mode))
    with Library.open(library.folder) as read_only:
        assert read_only.read_only
        yield name, read_only


def _calm(window: Window) -> None:
    """Leave whatever an action has opened."""
    QGuiApplication.clipboard().clear()
    made = _made(window)
    if "palette" in made:
        window.controllers.palette.close_palette()
    if "statistics" in made:
        window.controllers.statistics.close_page()
    if "session" in made:
        window.controllers.session.stop()
    if "cleanup" in made and window.controllers.cleanup.editor is not None:
        window.controllers.cleanup._close()
    if window.search_field.text():
        window.search_field.clear()
    if "find_bar" in made:
        window.controllers.page.find_bar.hide()
    if window.isFullScreen():
        window.showNormal()
    for menu in window.findChildren(QMenu):
        menu.close()
    window.activateWindow()
    window.refresh()


def _made(window: Window) -> dict[str, Any]:
    """Return the controllers that have been created, by their names."""
    held = window.controllers
    return {**held.__dict__, **held.page.__dict__, **held.around.__dict__}


def _look(window: Window) -> tuple[object, ...]:
    """Return what tells a state from another, without making a part that is not there yet."""
    made = _made(window)
    bar, session, cleanup = (made.get(name) for name in ("find_bar", "session", "cleanup"))
    opened = [made[name].isVisible() for name in ("palette", "statistics") if name in made]
    return (
        window.viewer.article_id, window.shelves.shelf(), window.selection.ids(),
        window.focusWidget(),
        window.search_field.text(), window.windowState(), any(opened), bar and bar.isVisible(),
        session and session.current, cleanup and cleanup.editor, window.viewer.isVisible(),
        window.list.isVisible(), window.isActiveWindow(), QApplication.activePopupWidget(),
    )  # fmt: skip


def _settle(window: Window) -> None:
    """Wait for the end of the work in the background, and of what follows from it."""
    QApplication.processEvents()
    while window.context.jobs.running:
        QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
    QApplication.processEvents()


def _press_key(window: Window, action: Action) -> None:
    at = QApplication.focusWidget() or window
    QTest.keySequence(at, QKeySequence(action.keys[0]))


def _press_entry(window: Window, action: Action) -> None:
    menus.menu(window, action.menu).aboutToShow.emit()
    menu = menus.menu(window, action.menu, submenu_of(action))
    menu.popup(window.pos())
    entry = next(each for each in menu.actions() if each is window.qactions[action.id])
    if entry.isEnabled():
        menu.setActiveAction(entry)
        QTest.keyClick(menu, Qt.Key.Key_Return)
    menu.close()


@pytest.fixture
def some_actions(request: pytest.FixtureRequest) -> list[Action]:
    """Return a third of the actions."""
    return sample(_WAYS, 1 / 3, request)


@pytest.mark.logs
@pytest.mark.parametrize("state", _STATES, indirect=True)
@pytest.mark.parametrize("press", [_press_key, _press_entry])
def test_no_action_breaks_anything_and_undo_takes_it_back(
    qtbot: QtBot,
    state: tuple[str, Library],
    press: Callable[[Window, Action], None],
    some_actions: list[Action],
) -> None:
    name, library = state
    window = Window(library, Settings())
    qtbot.addWidget(window)
    window.show()
    answers, record = _Answers(agree=press is _press_entry), _Record(library)
    faults, entered, before = [], None, record.read()
    for action in some_actions:
        if entered != _look(window):
            _calm(window)
            _STATES[name](window)
            _settle(window)
            entered = _look(window)
        if action.id == "history.redo" and not library.read_only:
            library.history.undo()
        held = record.read()
        with qtbot.capture_exceptions() as raised:
            press(window, action)
            _settle(window)
        if record.read() != held:
            (library.history.redo if action.id == "history.undo" else library.history.undo)()
            entered = None
        faults += [f"{action.id}: {error[1]!r}" for error in raised]
        faults += [f"{action.id} is a bug: {report[-300:]}" for report in answers.reports]
        answers.reports.clear()
        if record.read() != held:
            faults.append(f"{action.id} cannot be undone")
        if not window.isVisible() or QApplication.activeModalWidget() is not None:
            faults.append(f"{action.id} leaves no window that answers")
        if action.id == "history.redo" and not library.read_only:
            library.history.redo()
    assert record.read() == before
    record.close()
    window.close()
    assert faults == []
