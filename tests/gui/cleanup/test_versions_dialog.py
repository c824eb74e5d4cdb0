"""The dialog of older texts: each has a line and a page, and only another one can be used."""

from collections.abc import Callable
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.cleanup.versions_dialog import VersionsDialog
from reader.gui.context import Context
from reader.gui.widgets.dialogs import room_for
from reader.model import Article, Look, Version

_VERSIONS = (
    Version(7, "2020-01-02T00:00:00Z", "edited by hand", 1, True),
    Version(5, "2019-03-02T00:00:00Z", "", 1200, False),
)


@pytest.fixture
def dialog(
    qtbot: QtBot, context: Context, look: Look, add: Callable[..., Article]
) -> VersionsDialog:
    article = add("A [*] title", "The text in use.")
    texts = SimpleNamespace(
        versions=lambda _: _VERSIONS, html=lambda _, version: f"<p>Text {version}</p>"
    )
    shared = context._replace(library=SimpleNamespace(texts=texts))  # type: ignore[arg-type]
    made = VersionsDialog(shared, article, look)
    qtbot.addWidget(made)
    made.show()
    return made


def test_each_text_has_a_line_with_how_and_when_it_was_made(dialog: VersionsDialog) -> None:
    assert dialog.windowTitle() == "Older Texts of “A [*][*] title”"
    assert [dialog.list.item(n).text() for n in range(dialog.list.count())] == [
        "Edited by hand, Jan 2020\n1 word · in use", "Added, Mar 2019\n1,200 words"
    ]  # fmt: skip
    assert dialog.list.accessibleName() == "Texts"
    high = dialog.list.visualItemRect(dialog.list.item(0)).height()
    assert high == 2 * dialog.fontMetrics().height() + 24
    assert dialog.focusWidget() is dialog.list


def test_the_page_shows_the_text_that_is_meant_and_only_another_can_be_used(
    qtbot: QtBot, dialog: VersionsDialog
) -> None:
    for row, text, can in ((0, "The text in use.", False), (1, "Text 5", True)):
        dialog.list.setCurrentRow(row)
        qtbot.waitUntil(lambda text=text: text in dialog.page.page.toPlainText())  # type: ignore[misc]
        assert dialog.use.isEnabled() is can
        assert dialog.chosen == _VERSIONS[row].id


@pytest.mark.parametrize(("row", "taken"), [(0, False), (1, True)])
def test_return_uses_a_text_and_cancel_none(
    qtbot: QtBot, dialog: VersionsDialog, row: int, taken: bool
) -> None:
    dialog.list.setCurrentRow(row)
    dialog.list.itemActivated.emit(dialog.list.item(row))
    assert dialog.isVisible() is not taken
    if taken:
        assert dialog.result() == VersionsDialog.DialogCode.Accepted
        dialog.show()
    buttons = dialog.findChildren(QPushButton)
    next(each for each in buttons if each.text().replace("&", "") == "Cancel").click()
    assert not dialog.isVisible()
    assert dialog.result() == VersionsDialog.DialogCode.Rejected


def test_the_page_stands_beside_the_list_and_takes_the_room(dialog: VersionsDialog) -> None:
    assert dialog.size() == QSize(980, 640).boundedTo(room_for(dialog).size())
    assert dialog.list.geometry().topLeft() == QPoint(0, 0)
    assert dialog.list.width() == 270
    assert (dialog.page.x(), dialog.page.width()) == (270, dialog.width() - 270)
    assert dialog.page.y() == 0
    foot = dialog.use.mapTo(dialog, QPoint(0, 0)).y()
    assert foot >= dialog.page.height() == dialog.list.height()
    assert dialog.page.height() > 500
    assert dialog.buttons.orientation() is Qt.Orientation.Horizontal
