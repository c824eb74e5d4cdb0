"""What the window offers to print: articles, a shelf, and the week as an issue."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtWidgets import QFileDialog
from pytestqt.qtbot import QtBot

from reader.gui.printing.print_window import PrintWindow
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State
from reader.printing.sheets import PRESETS
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

Add = Callable[..., Article]
_OWN = Sheet("A5", size_pt=13, grey=True)


@pytest.fixture
def dialog(make_window: Callable[..., Window], library: Library, add: Add) -> PrintWindow:
    """Return a print window on a shelf of two, with a sheet that the user chose before."""
    add("One", "Words. " * 400)
    add("Two")
    window = make_window()
    choices = window.controllers.page.printing.choices()
    store = SettingsStore(value=window.context.settings.value._replace(sheet=_OWN))
    return PrintWindow(choices, library.article, window.context.images, store, window)


def _choose(qtbot: QtBot, dialog: PrintWindow, text: str) -> None:
    texts = [dialog.what.itemText(n) for n in range(dialog.what.count())]
    (index,) = (n for n, each in enumerate(texts) if each.startswith(text))
    dialog.what.setCurrentIndex(index)
    dialog.what.activated.emit(index)
    qtbot.waitUntil(lambda: not dialog.busy)


def test_the_week_is_an_issue_in_the_look_of_a_newspaper(
    qtbot: QtBot, dialog: PrintWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    _choose(qtbot, dialog, "My Weekly: ")
    book = dialog._book
    assert book is not None
    assert book.title == "My Weekly"
    assert str(date.today().year) in book.dated
    assert [entry.title for entry in book.entries] == ["Two", "One"], "newest first"
    assert book.sheet == PRESETS["Newspaper"]._replace(paper="A5"), "the paper stays"
    assert dialog._store.value.sheet == _OWN, "the issue does not change what was chosen"
    asked: list[str] = []

    def ask(_parent: object, _title: str, default: str, _kinds: str) -> tuple[str, str]:
        asked.append(default)
        return "", ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", ask)
    dialog.save_pdf()
    assert asked[0].endswith(f"My Weekly {date.today().isoformat()}.pdf")


def test_other_articles_have_the_look_of_before(qtbot: QtBot, dialog: PrintWindow) -> None:
    _choose(qtbot, dialog, "My Weekly: ")
    _choose(qtbot, dialog, "This article")
    assert dialog._book is not None
    assert dialog._book.sheet == _OWN
    assert dialog._book.dated == ""
    _choose(qtbot, dialog, "My Weekly: ")
    dialog.sheet_choices._choose("columns", 3)
    assert dialog._store.value.sheet.columns == 3, "what is chosen in an issue is kept"


def test_an_empty_week_is_told_and_prints_nothing(
    qtbot: QtBot, dialog: PrintWindow, library: Library
) -> None:
    library.set_state([1, 2], State.ARCHIVE)
    _choose(qtbot, dialog, "My Weekly: ")
    assert dialog.status.startswith("My Weekly is empty: no article")
    assert dialog.pages.preview.count == 0
    dialog.save_pdf()
    dialog.print_out()
    _choose(qtbot, dialog, "This article")
    assert dialog.pages.preview.count > 0


def test_without_a_queue_no_week_is_offered(
    make_window: Callable[..., Window], library: Library, add: Add
) -> None:
    add("One")
    library.set_state([1], State.ARCHIVE)
    window = make_window()
    assert not [choice for choice in window.controllers.page.printing.choices() if choice.preset]
