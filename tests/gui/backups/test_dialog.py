"""The window of the copies: compares once, can be stopped, has room everywhere, has names."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.backups.dialog import BackupsDialog
from reader.gui.window import Window
from reader.library.backup.backups import Backups
from reader.library.backup.copy import Change, Copy, Difference, Differing, Reason
from reader.library.library import Library
from reader.model import Article
from reader.progress import Report

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def copies(library: Library, add: Add) -> list[Copy]:
    """Return two copies, the newest first."""
    made = []
    for title in ("One", "Two"):
        add(title)
        made.append(library.backups.take(Reason.ASKED))
    return made[::-1]


@pytest.fixture
def dialog(qtbot: QtBot, make_window: Make, copies: list[Copy]) -> BackupsDialog:
    window = make_window()
    window.controllers.backups.show()
    found = window.controllers.backups.dialog
    assert found is not None
    qtbot.waitUntil(lambda: found.copy == copies[0])
    qtbot.waitUntil(lambda: "whole" in found.page.text())
    return found


def _choose(dialog: BackupsDialog, copy: Copy) -> None:
    number = dialog.list.copies.number_of(copy.id)
    dialog.list.setCurrentIndex(dialog.list.copies.index(number, 0))


def test_a_copy_is_compared_once_while_the_library_stays_as_it_is(
    qtbot: QtBot, dialog: BackupsDialog, copies: list[Copy], monkeypatch: pytest.MonkeyPatch
) -> None:
    compared: list[str] = []
    really = Backups.difference

    def noted(self: Backups, copy: Copy, report: Report) -> Difference:
        compared.append(copy.id)
        return really(self, copy, report)

    monkeypatch.setattr(Backups, "difference", noted)
    _choose(dialog, copies[1])
    qtbot.waitUntil(lambda: "whole" in dialog.page.text())
    assert [each.title for each in dialog.page.difference.added] == ["Two"]
    _choose(dialog, copies[0])
    _choose(dialog, copies[1])
    assert "whole" in dialog.page.text()
    assert compared == [copies[1].id]


def test_a_comparison_is_stopped_and_begun_again(
    qtbot: QtBot, dialog: BackupsDialog, copies: list[Copy], monkeypatch: pytest.MonkeyPatch
) -> None:
    really = Backups.difference

    def endless(_self: Backups, _copy: Copy, report: Report) -> Difference:
        while True:
            report(1, 9, "Comparing")

    monkeypatch.setattr(Backups, "difference", endless)
    _choose(dialog, copies[1])
    qtbot.waitUntil(lambda: "Comparing with the library…" in dialog.page.text())
    assert not dialog.restore.isEnabled()
    qtbot.waitUntil(lambda: dialog.page._note.progress.maximum() == 9)
    dialog.page._note.stop.click()
    assert "The comparison was stopped." in dialog.page.text()
    qtbot.waitUntil(lambda: not dialog._jobs.running)
    monkeypatch.setattr(Backups, "difference", really)
    dialog.page._note.compare.click()
    qtbot.waitUntil(lambda: "whole" in dialog.page.text())


def test_what_is_compared_is_compared_again_after_a_change(
    qtbot: QtBot, dialog: BackupsDialog, library: Library, add: Add
) -> None:
    assert dialog.page.difference.added == ()
    add("Three")
    dialog.look()
    qtbot.waitUntil(lambda: len(dialog.page.difference.added) == 1)


def test_a_change_meanwhile_leaves_the_check_boxes_as_they_are(
    qtbot: QtBot, dialog: BackupsDialog, library: Library, add: Add
) -> None:
    for title in ("One", "Two"):
        id = library.find(f"https://example.org/{title}")
        assert id is not None
        library.set_title(id, f"{title} again")
    dialog.look()
    qtbot.waitUntil(lambda: len(dialog.page.difference.changed) == 2)
    dialog.page.segments.pick(1)
    dialog.page._show_articles()
    checked = dialog.page.difference.changed[0].uid
    dialog.page.list.rows.check([checked], checked=True)
    add("Three")
    dialog.look()
    qtbot.waitUntil(lambda: len(dialog.page.difference.added) == 1)
    assert dialog.page.uids() == [checked]
    assert dialog.page.segments.text == "Changed 2"


def test_ten_thousand_changed_articles_are_checked_with_one_click(
    dialog: BackupsDialog, copies: list[Copy]
) -> None:
    many = tuple(Differing(str(n), Change.CHANGED, f"Title {n}") for n in range(10_000))
    dialog.page.show_copy(copies[0], 0.0)
    dialog.page.show_difference(copies[0], Difference(changed=many))
    assert dialog.page.segments.text == "Changed 10,000"  # as nothing was deleted
    assert dialog.restore.text() == "Restore Articles"
    dialog.page.all.click()
    assert dialog.restore.text() == "Restore 10,000 Articles"
    assert dialog.page.all.text() == "Select None"
    dialog.page.all.click()
    assert not dialog.restore.isEnabled()


def test_a_damaged_library_offers_its_repair(
    qtbot: QtBot, dialog: BackupsDialog, library: Library
) -> None:
    assert dialog.head.repair.isHidden()
    library._database.is_damaged = True
    dialog.look()
    qtbot.waitUntil(lambda: dialog.head.repair.isVisible())
    assert "no copies are made until it is repaired" in dialog.head.text()
    assert not dialog.head.now.isEnabled()
    assert dialog.whole.isEnabled()  # a copy may be the remedy
    window = dialog.parent()
    assert isinstance(window, Window)
    dialog.head.repair.click()
    library._database.is_damaged = False
    assert window.controllers.health.is_repair_wanted
    assert not window.isVisible()


def test_the_settings_of_the_copies_are_one_click_away(dialog: BackupsDialog) -> None:
    dialog.head.settings.click()
    window = dialog.parent()
    assert isinstance(window, Window)
    settings = window.controllers.preferences.open_settings()
    assert settings.page.page.title == "Backups"
    settings.reject()


def _stops(dialog: BackupsDialog) -> list[QWidget]:
    """Return the widgets that Tab reaches, from the list on."""
    dialog.list.setFocus()
    stops: list[QWidget] = []
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        if stops and focused is stops[0]:
            break
        stops.append(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    return stops


def test_tab_reaches_everything_and_everything_has_a_name(
    qtbot: QtBot, dialog: BackupsDialog, copies: list[Copy]
) -> None:
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    gone = Differing("a", Change.DELETED, "Gone")
    dialog.page.show_copy(copies[0], 0.0)
    dialog.page.show_difference(copies[0], Difference(deleted=(gone,)))
    stops = _stops(dialog)
    wanted = {
        dialog.list, dialog.page.all, dialog.page.list, dialog.beside, dialog.whole,
        dialog.restore, dialog.head.settings, dialog.head.now,
    }  # fmt: skip
    assert wanted <= {*stops}
    assert stops.index(dialog.page.list) < stops.index(dialog.restore)
    for stop in stops:
        text = stop.text() if isinstance(stop, QAbstractButton) else ""
        assert stop.accessibleName() or text, stop
    assert dialog.head.accessibleName().startswith("The library is whole")
    told = QAccessible.queryAccessibleInterface(dialog.list)
    assert told.role() is QAccessible.Role.List


@pytest.mark.parametrize("width", [400, 560, 700, 2560])
def test_the_dialog_has_room_for_its_parts_at_any_width(dialog: BackupsDialog, width: int) -> None:
    dialog.resize(width, 700)
    for _ in range(3):  # the layout that is turned is laid out later
        QApplication.processEvents()
    for button in (dialog.beside, dialog.whole, dialog.restore):
        place = QRect(button.mapTo(dialog, QPoint(0, 0)), button.size())
        assert dialog.rect().contains(place)
    is_beside = dialog.list.geometry().right() < dialog.page.geometry().left()
    assert is_beside is (width >= 700)


def test_the_numbers_stay_until_a_comparison_takes_longer_than_a_moment(
    qtbot: QtBot, dialog: BackupsDialog, copies: list[Copy], monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[str] = []
    number = dialog.page._numbers[0]._number
    monkeypatch.setattr(number, "setText", shown.append)
    dialog.page._waiting.setInterval(60_000)
    _choose(dialog, copies[1])
    qtbot.waitUntil(lambda: "whole" in dialog.page.text())
    assert shown == ["0"]


def test_the_primary_button_has_room_for_its_text_once_it_is_enabled(
    qtbot: QtBot, dialog: BackupsDialog, copies: list[Copy], library: Library
) -> None:
    assert not dialog.restore.isEnabled()
    library.set_title(1, "Another title")
    dialog.look()
    qtbot.waitUntil(lambda: len(dialog.page.difference.changed) == 1)
    dialog.page.segments.pick(1)
    dialog.page._show_articles()
    dialog.page.all.click()
    QApplication.processEvents()
    assert dialog.restore.isEnabled()
    assert dialog.restore.width() >= dialog.restore.sizeHint().width()
