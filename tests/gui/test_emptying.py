"""The trash from the window: asked first, told of, and tidied by itself after its days."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QInputDialog
from pytestqt.qtbot import QtBot

from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State

Make = Callable[..., Window]
Add = Callable[..., Article]


def _trash(library: Library, article: Article, days: int) -> None:
    library.set_state([article.id], State.TRASH)
    with library._database.writing() as connection:
        sql = "UPDATE article SET trashed_at = strftime('%Y-%m-%dT%H:%M:%SZ', 'now', ?)"
        connection.execute(f"{sql} WHERE id = ?", (f"-{days} days", article.id))


def test_emptying_says_how_many_and_asks_first(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        _trash(library, add(f"Article {number}"), 0)
    window = make_window()
    asked: list[str] = []
    answers = iter((False, True))

    def agreed(_parent: object, text: str, more: str, _button: str) -> bool:
        asked.append(text)
        assert "cannot be undone" in more
        return next(answers)

    monkeypatch.setattr("reader.gui.emptying.agreed", agreed)
    window.verbs["emptying.empty"].trigger()
    assert library.counts().trash == 3
    window.verbs["emptying.empty"].trigger()
    qtbot.waitUntil(lambda: library.counts().trash == 0)
    qtbot.waitUntil(lambda: window.messages.text() == "3 articles deleted for good.")
    assert asked == ["Delete 3 articles in the trash for good?"] * 2
    window.verbs["emptying.empty"].trigger()
    assert window.messages.text() == "The trash is empty."


def test_only_the_trash_is_deleted_for_good(make_window: Make, add: Add, library: Library) -> None:
    add()
    window = make_window()
    window.verbs["emptying.delete"].trigger()
    assert "Only what is in the trash" in window.messages.text()
    assert library.counts().queue == 1


def test_what_is_old_enough_goes_by_itself_as_the_setting_says(
    qtbot: QtBot, make_window: Make, add: Add, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    _trash(library, add("Old"), 20)
    _trash(library, add("Young"), 5)
    window = make_window()
    window.emptying.tidy()
    assert window.jobs.running == []
    monkeypatch.setattr(QInputDialog, "getInt", lambda *_: (10, True))
    window.verbs["emptying.choose_days"].trigger()
    assert window.settings.trash_days == 10
    window.emptying.tidy()
    qtbot.waitUntil(lambda: library.counts().trash == 1)
    qtbot.waitUntil(lambda: not window.jobs.running)


def test_with_no_days_the_trash_is_kept(make_window: Make, add: Add, library: Library) -> None:
    _trash(library, add(), 9999)
    window = make_window(trash_days=0)
    window.emptying.tidy()
    assert window.jobs.running == []
