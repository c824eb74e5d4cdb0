"""Shelves changed from the window: tags and saved searches, sites, and many articles at once."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QItemSelection, QItemSelectionModel, QPoint, Qt
from PySide6.QtGui import QContextMenuEvent
from PySide6.QtWidgets import QInputDialog, QMenu, QPushButton
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press
from tests.library.conftest import said

from reader.gui.action import unmarked
from reader.gui.editing.tag_dialog import TagDialog
from reader.gui.sidebar.name_dialog import NameDialog
from reader.gui.sidebar.search_dialog import SearchDialog
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Query, State

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def type_in(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Return a function that says what a person types into the next questions."""

    def type_in(text: str) -> None:
        monkeypatch.setattr(QInputDialog, "exec", lambda _: 1)
        monkeypatch.setattr(QInputDialog, "textValue", lambda _: text)

    return type_in


def test_a_renamed_tag_stays_chosen_and_undo_takes_it_back(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, type_in: Callable[[str], None]
) -> None:
    library.tags.add([add().id], "art")
    window = make_window(shelf="tag:art")
    type_in("culture / art")
    window.qactions["shelf.rename"].trigger()
    qtbot.waitUntil(lambda: _chosen(window) == "tag:culture/art")
    window.qactions["history.undo"].trigger()
    qtbot.waitUntil(lambda: dict(library.tags.all()) == {"art": 1})


def test_a_tag_gets_a_colour_from_the_menu(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    library.tags.add([add().id], "art")
    window = make_window(shelf="tag:art")
    shelf = window.shelves.shelf()
    assert shelf is not None
    menu = window.controllers.shelf_editing._colours(shelf, QMenu(window))
    next(each for each in menu.actions() if each.text() == "Green").trigger()
    qtbot.waitUntil(lambda: library.counts().colours == {"art": "green"})


def test_a_tag_is_deleted_only_when_that_is_meant(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    library.tags.add([add().id], "art/music")
    window = make_window(shelf="tag:art")
    with answering(press("Cancel")) as asked:
        window.qactions["shelf.delete"].trigger()
    assert asked == ["Remove the tag “art” and the tags inside it from 1 article?"]
    assert library.tags.all()
    with answering(press("Delete")):
        window.qactions["shelf.delete"].trigger()
    qtbot.waitUntil(lambda: not library.tags.all())
    assert _chosen(window) == "queue"


def test_shelves_that_are_always_there_cannot_be_changed(make_window: Make, add: Add) -> None:
    add()
    window = make_window()
    for name in ("rename", "colour", "merge", "delete", "change_search", "move_up", "move_down"):
        assert not window.qactions[f"shelf.{name}"].isEnabled()
        assert "in the sidebar first" in window.qactions[f"shelf.{name}"].toolTip()
    window.controllers.shelf_editing.rename()  # as from the command palette of another shelf
    assert "Only tags" in window.context.messages.text()


def test_a_search_is_saved_asked_and_deleted(
    qtbot: QtBot,
    make_window: Make,
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    window = make_window()
    asked: list[str] = []
    monkeypatch.setattr(window.controllers.search, "ask_saved", asked.append)

    def save(dialog: SearchDialog) -> None:
        dialog._question.setText("words:>3000")
        dialog.accept()

    with answering(save):
        window.qactions["search.save"].trigger()
    qtbot.waitUntil(lambda: bool(library.saved.all()))
    qtbot.waitUntil(lambda: len(window.shelves._model._lines) == 8)
    window.shelves.select(f"saved:{library.saved.all()[0].uid}")
    assert asked == ["words:>3000"]
    window.controllers.show_state()  # as after a search that is shown
    window.qactions["shelf.delete"].trigger()
    qtbot.waitUntil(lambda: not library.saved.all())


def test_all_sites_narrow_by_typing_and_one_is_gone_to(qtbot: QtBot) -> None:
    dialog = NameDialog(
        [("Big", 900), ("Small One", 2), ("Small Two", 1)], "Go to Site", "Find a site"
    )
    qtbot.addWidget(dialog)
    dialog.show()
    assert dialog.name == "Big"
    qtbot.keyClicks(dialog._edit, "small")
    qtbot.keyClick(dialog._edit, Qt.Key.Key_Down)
    assert dialog.name == "Small Two"
    qtbot.keyClicks(dialog._edit, "!")
    assert dialog.name == ""


@pytest.mark.parametrize(("name", "goes"), [("Choose", True), ("Cancel", False)])
def test_the_dialog_of_sites_has_a_button_to_go_and_one_to_stay(
    qtbot: QtBot, name: str, goes: bool
) -> None:
    dialog = NameDialog([("Big", 900), ("Small One", 2)], "Go to Site", "Find a site")
    qtbot.addWidget(dialog)
    dialog.show()
    buttons = dialog.findChildren(QPushButton)
    assert {each.text().replace("&", "") for each in buttons} == {"Choose", "Cancel"}
    button = next(each for each in buttons if each.text().replace("&", "") == name)
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    assert not dialog.isVisible()
    assert dialog.result() == int(goes)


def test_the_menu_of_a_shelf_offers_what_can_be_done_to_it(
    make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.tags.add([add().id], "art")
    uid = library.saved.add("Long", "words:>3000")
    window = make_window()
    shown: list[list[str]] = []

    def popup(menu: QMenu, _place: object) -> None:
        shown.append([unmarked(each.text()) for each in menu.actions() if each.text()])

    monkeypatch.setattr(QMenu, "popup", popup)
    monkeypatch.setattr(window.controllers.search, "ask_saved", lambda _: None)
    for key in ("queue", "tag:art", f"saved:{uid}", "trash", "site:example.org"):
        window.shelves.select(key)
        near = QPoint(3, 3)
        event = QContextMenuEvent(QContextMenuEvent.Reason.Keyboard, near, near)
        window.shelves.contextMenuEvent(event)
    assert shown == [
        ["Print…", "I Have 20 Minutes…", "Surprise Me"],
        ["Print…", "Rename…", "Colour…", "Merge with Tag…", "Delete…"],
        ["Rename…", "Change Search…", "Move Up", "Move Down", "Delete…"],
        ["Print…", "Empty Trash…", "Days in the Trash…"],
        ["Print…", "Rules for Sites…", "Go to Site…"],
    ]


def test_what_is_folded_is_remembered(make_window: Make, add: Add, library: Library) -> None:
    library.tags.add([add().id], "art")
    window = make_window()
    window.shelves.set_folded("section:tags", True)
    window.close()
    assert "section:tags" in window.settings.folded
    again = make_window(folded=window.settings.folded)
    assert "tag:art" not in [line.key for line in again.shelves._model._lines]


# ---- several articles at once


def test_every_action_works_on_all_that_are_selected_as_one_step(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = [add(f"Article {number}").id for number in range(4)]
    library.set_favourite(ids[:1], True)
    window = make_window(shelf="all")
    window.list.selectAll()
    steps = {
        "article.favourite": lambda: library.counts().favourites == 4,
        "article.archive": lambda: library.counts().archive == 4,
        "article.read_later": lambda: library.counts().queue == 4,
        "article.edit_tags": lambda: library.tags.all() == [("art", 4), ("new", 4)],
        "article.trash": lambda: library.counts().trash == 4,
    }
    library.tags.add(ids[:2], "art")
    library.tags.add(ids[:1], "old")
    monkeypatch.setattr(TagDialog, "exec", lambda _: 1)
    monkeypatch.setattr(TagDialog, "added", lambda _: ["art", "new"])
    monkeypatch.setattr(TagDialog, "removed", lambda _: ["old"])
    for name, is_done in steps.items():
        window.list.selectAll()
        window.qactions[name].trigger()
        qtbot.waitUntil(is_done)
    labels = [said(library.history.undo()) for _ in steps]
    assert labels[::-1][1:] == [
        "Archived 4 articles",
        "Put into the queue: 4 articles",
        "Tagged “art”, “new”; Removed the tag “old”: 4 articles",
        "Moved to the trash: 4 articles",
    ]
    assert library.counts().favourites == 1


def test_many_selected_rows_are_read_at_once(
    make_window: Make, library: Library, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    with library.together():
        for number in range(700):
            add(f"Article {number}")
    window = make_window(shelf="all")
    window.list.setFocus()
    window.list.setCurrentIndex(window.list.model().index(5, 0))
    model = window.list.selectionModel()
    far = QItemSelection(window.list._articles.index(10, 0), window.list._articles.index(650, 0))
    model.select(far, QItemSelectionModel.SelectionFlag.Select)
    wanted = library.ids(Query())

    def no_rows(*_: object, **__: object) -> None:
        raise AssertionError("rows are not needed to know ids")

    monkeypatch.setattr(library, "rows", no_rows)
    assert window.selection.ids() == [wanted[5], *wanted[10:651]]


def _chosen(window: Window) -> str:
    shelf = window.shelves.shelf()
    return shelf.key if shelf else ""


def test_an_article_deleted_for_good_leaves_the_page(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    library.set_state([add().id], State.TRASH)
    window = make_window(shelf="trash")
    monkeypatch.setattr("reader.gui.trash.trash.confirmed", lambda *_: True)
    window.qactions["article.delete"].trigger()
    qtbot.waitUntil(lambda: library.counts().total == 0)
    qtbot.waitUntil(lambda: window.article is None)
    qtbot.waitUntil(lambda: window.context.messages.text() == "1 article deleted for good.")
