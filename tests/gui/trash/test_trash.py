"""The trash from the window: asked first, told of, and tidied by itself after its days."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QMessageBox
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Query, State

Make = Callable[..., Window]
Add = Callable[..., Article]


def _trash(library: Library, article: Article, days: int) -> None:
    library.set_state([article.id], State.TRASH)
    with library._database.writing() as connection:
        sql = "UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)"
        connection.execute(f"{sql} WHERE id = ?", (f"-{days} days", article.id))


def test_emptying_says_how_many_and_asks_first(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    kept = add("Kept")
    for number in range(3):
        _trash(library, add(f"Article {number}"), 0)
    window = make_window()
    empty = window.qactions["trash.empty"]
    with answering(lambda box: qtbot.keyClick(box, Qt.Key.Key_Return)) as asked:
        empty.trigger()  # Enter means Cancel
    assert library.counts().trash == 3
    with answering(press("Cancel")):
        empty.trigger()
    assert library.counts().trash == 3
    more: list[str] = []

    def agree(box: QMessageBox) -> None:
        more.append(box.informativeText())
        press("Empty Trash")(box)

    with answering(agree):
        empty.trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "3 articles deleted for good.")
    assert asked == ["Delete 3 articles in the trash for good?"]
    assert "cannot be undone" in more[0]
    assert library.ids(Query()) == [kept.id]
    window.shelves.select("trash")
    assert window.list.model().rowCount() == 0
    assert not empty.isEnabled()
    assert "The trash is empty." in empty.toolTip()


def test_only_what_is_chosen_in_the_trash_is_deleted_for_good(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    one, two, three = (add(title) for title in ("One", "Two", "Three"))
    for each in (one, two, three):
        _trash(library, each, 0)
    window = make_window(shelf="trash")
    window.list.select(two.id)
    window.navigation.open(two.id)
    with answering(press("Delete for Good")) as asked:
        window.qactions["article.delete"].trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "1 article deleted for good.")
    assert asked == ["Delete “Two” for good?"]
    assert sorted(library.ids(Query(State.TRASH))) == [one.id, three.id]
    assert window.viewer.article_id is None
    window.list.selectAll()
    with answering(press("Cancel")) as asked:
        window.qactions["article.delete"].trigger()
    assert asked == ["Delete 2 articles for good?"]
    assert library.counts().trash == 2


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (10, "The trash is kept for 10 days."),
        (1, "The trash is kept for 1 day."),
        (0, "The trash is kept until you empty it."),
    ],
)
def test_the_days_of_the_trash_are_chosen(make_window: Make, days: int, said: str) -> None:
    window = make_window(trash_days=30)
    with answering(QInputDialog.reject):
        window.qactions["trash.choose_days"].trigger()
    assert window.settings.trash_days == 30
    assert window.context.messages.text() == ""

    def choose(dialog: QInputDialog) -> None:
        assert dialog.intValue() == 30
        dialog.setIntValue(days)
        dialog.accept()

    with answering(choose):
        window.qactions["trash.choose_days"].trigger()
    assert window.settings.trash_days == days
    assert window.context.messages.text() == said


def test_only_the_trash_is_deleted_for_good(make_window: Make, add: Add, library: Library) -> None:
    add()
    window = make_window()
    delete = window.qactions["article.delete"]
    assert not delete.isEnabled()
    assert "not in the trash" in delete.toolTip()
    window.controllers.trash.delete()
    assert "Only articles in the trash" in window.context.messages.text()
    assert library.counts().queue == 1


def test_what_is_old_enough_goes_by_itself_as_the_setting_says(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    _trash(library, add("Old"), 20)
    _trash(library, add("Young"), 5)
    window = make_window()
    window.controllers.trash.tidy()
    assert window.context.jobs.running == []
    window.store.update(trash_days=10)
    window.controllers.trash.tidy()
    qtbot.waitUntil(lambda: library.counts().trash == 1)
    qtbot.waitUntil(lambda: not window.context.jobs.running)


def test_with_no_days_the_trash_is_kept(make_window: Make, add: Add, library: Library) -> None:
    _trash(library, add(), 9999)
    window = make_window(trash_days=0)
    window.controllers.trash.tidy()
    assert window.context.jobs.running == []


def test_if_no_copy_can_be_made_it_asks_once_more(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    _trash(library, add("Article"), 0)
    (library.folder / "backups").write_text("no folder")
    window = make_window()
    with answering(press("Empty Trash"), press("Cancel")) as asked:
        window.qactions["trash.empty"].trigger()
        qtbot.waitUntil(lambda: len(asked) == 2)
    assert asked[1] == "Delete without a copy?"
    assert library.counts().trash == 1
    with answering(press("Empty Trash"), press("Delete for Good")):
        window.qactions["trash.empty"].trigger()
        qtbot.waitUntil(lambda: library.counts().trash == 0)


def test_if_no_copy_can_be_made_emptying_by_itself_waits(
    qtbot: QtBot, make_window: Make, add: Add, library: Library
) -> None:
    _trash(library, add("Article"), 40)
    (library.folder / "backups").write_text("no folder")
    window = make_window()
    window.controllers.trash.tidy()
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    assert window.context.messages.text() == ""
    assert library.counts().trash == 1
