"""Duplicates in the window: shown side by side, merged, told apart, and undone."""

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.document.images import Pictures
from reader.gui.duplicates.dialog import DuplicatesDialog
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Clipping, Duplicate, Look, State

Make = Callable[..., Window]
Add = Callable[..., Article]
_TEXT = "<p>" + " ".join(f"word{number} more" for number in range(60)) + "</p>"


def _add(library: Library, address: str, html: str = _TEXT) -> int:
    return library.add(Clipping(address, address[-1], html=html, words=120)).id


@pytest.fixture
def dialog(
    qtbot: QtBot, library: Library, pictures: Pictures, look: Look
) -> Callable[..., DuplicatesDialog]:
    def make() -> DuplicatesDialog:
        made = DuplicatesDialog(library, library.duplicates.find(), pictures, look)
        qtbot.addWidget(made)
        made.show()
        return made

    return make


def test_both_are_shown_and_what_differs_is_bold(
    library: Library, dialog: Callable[..., DuplicatesDialog]
) -> None:
    one, other = _add(library, "https://a.example/a"), _add(library, "https://b.example/b")
    shown = dialog()
    assert (shown.older.page.article_id, shown.newer.page.article_id) == (one, other)
    bold = {name for name, label in shown.newer.values.items() if label.font().bold()}
    assert bold == {"Title", "Address"}
    assert shown.windowTitle() == "Duplicates: 1 pair"


def test_deciding_goes_on_to_the_next_and_closes_after_the_last(
    library: Library, dialog: Callable[..., DuplicatesDialog]
) -> None:
    ids = [_add(library, f"https://{name}.example/x") for name in "abc"]
    shown = dialog()
    merged: list[Duplicate] = []
    apart: list[Duplicate] = []
    shown.merged.connect(merged.append)
    shown.kept_apart.connect(apart.append)
    shown.merge.click()
    assert shown.isVisible()
    shown.apart.click()
    assert not shown.isVisible()
    assert [pair[:2] for pair in merged] == [(ids[0], ids[1])]
    assert [pair[:2] for pair in apart] == [(ids[0], ids[2])]


def test_the_window_finds_merges_and_undoes(
    qtbot: QtBot, make_window: Make, library: Library
) -> None:
    _add(library, "https://a.example/a")
    other = _add(library, "https://b.example/b")
    window = make_window()

    def merge(dialog: DuplicatesDialog) -> None:
        dialog.merge.click()
        dialog.close()

    with answering(merge) as shown:
        window.qactions["duplicates.find"].trigger()
        qtbot.waitUntil(lambda: bool(shown))
    qtbot.waitUntil(lambda: library.article(other).state is State.TRASH)
    qtbot.waitUntil(lambda: window.context.messages.text() == "Merged two copies of “a”.")
    window.qactions["history.undo"].trigger()
    qtbot.waitUntil(lambda: library.article(other).state is State.QUEUE)


def test_without_duplicates_that_is_said(qtbot: QtBot, make_window: Make, add: Add) -> None:
    add()
    window = make_window()
    window.qactions["duplicates.find"].trigger()
    qtbot.waitUntil(lambda: window.context.messages.text() == "There are no duplicates.")
