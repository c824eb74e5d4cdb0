"""Deleted for good, and back again: from a copy, and undone."""

from PySide6.QtWidgets import QApplication, QMessageBox
from tests.journeys.drive import Person, Script
from tests.journeys.homes import Home
from tests.journeys.stock import fill

from reader.gui.backups.dialog import BackupsDialog
from reader.library.library import Library
from reader.model import Query, State

_TITLES = {"Kept": 2, "Bees": 2, "Apples": 2, "Clouds": 2}


def _box(me: Person) -> QMessageBox | None:
    box = QApplication.activeModalWidget()
    return box if isinstance(box, QMessageBox) else None


def _dialog(me: Person) -> BackupsDialog | None:
    found = me.window.findChildren(BackupsDialog)
    return next((each for each in found if each.isVisible()), None)


def _compared(me: Person) -> bool:
    dialog = _dialog(me)
    return dialog is not None and dialog.restore.isEnabled()


def _empty_trash_and_bring_back(me: Person) -> Script:
    me.press("Ctrl+Shift+Backspace")
    yield lambda: _box(me) is not None
    me.press("Shift+Tab", "Space")  # from Cancel to Empty Trash
    yield lambda: me.window.library.counts().trash == 0
    yield me.at_rest
    me.facts["told"] = me.window.context.messages.text()
    me.press("Ctrl+Alt+B")
    yield lambda: _compared(me)
    dialog = _dialog(me)
    assert dialog is not None
    me.facts["copies"] = [dialog.list.copies.index(n, 0).data() for n in range(2)]
    me.facts["deleted"] = sorted(each.title for each in dialog.page.difference.deleted)
    me.facts["button"] = dialog.restore.text()
    me.press("Return")
    yield lambda: me.window.library.counts().queue == 4
    yield me.at_rest
    me.facts["restored"] = me.window.context.messages.text()
    me.press("Ctrl+Z")
    yield lambda: me.window.library.counts().trash == 3
    yield me.at_rest
    me.press("Ctrl+Shift+Z")
    yield lambda: me.window.library.counts().queue == 4
    yield me.at_rest
    me.press("Ctrl+Q")


def test_three_articles_deleted_for_good_come_back_from_a_copy(at_home: Home) -> None:
    ids = fill(at_home.library, _TITLES)
    with Library.open(at_home.library) as library:
        library.set_state(ids[1:], State.TRASH)
    seen = at_home.go(_empty_trash_and_bring_back)
    assert seen["told"] == "3 articles deleted for good."
    assert seen["copies"] == ["Today", "before 3 articles were deleted for good"]
    assert seen["deleted"] == ["Apples", "Bees", "Clouds"]
    assert seen["button"] == "Restore 3 Articles"
    assert "3 articles" in seen["restored"]
    with Library.open(at_home.library) as library:
        assert {row.title for row in library.rows(Query(State.QUEUE))} == {*_TITLES}
