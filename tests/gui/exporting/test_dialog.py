"""The window of an export: what it offers, where it goes, what it remembers."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from reader.exporting.kinds import FORMS, Kind
from reader.gui.exporting import places
from reader.gui.exporting.choices import choices_of
from reader.gui.exporting.dialog import ExportDialog
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, State
from reader.settings import Settings
from reader.settings_store import SettingsStore

Add = Callable[..., Article]
Make = Callable[..., Window]


@pytest.fixture
def window(make_window: Make, add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Window:
    """Return a window on one of three articles, whose user keeps documents in a folder."""
    monkeypatch.setattr(places, "documents", lambda: tmp_path)
    for title in ("One", "Two", "Three"):
        add(title)
    return make_window()


def _dialog(window: Window, **settings: object) -> ExportDialog:
    store = SettingsStore(value=Settings(**settings))  # type: ignore[arg-type]
    return ExportDialog(choices_of(window), store, window)


def _choose(dialog: ExportDialog, kind: Kind) -> None:
    dialog.formats.choose([*FORMS].index(kind))


def _texts(window: Window) -> list[str]:
    return [choice.text for choice in choices_of(window)]


def test_the_most_likely_articles_come_first(window: Window, library: Library) -> None:
    assert _texts(window) == ["This article", "The shelf (3)", "Everything (3)"]
    window.list.selectAll()
    assert _texts(window)[0] == "The 3 selected articles"
    library.set_state([1], State.TRASH)
    *_, everything = choices_of(window)
    assert [everything.count_as(kind) for kind in (Kind.CSV, Kind.JSONL)] == [2, 3]
    assert len(everything.ids(Kind.CSV)) == 2
    assert len(everything.ids(Kind.JSONL)) == 3


def test_the_results_of_a_search_can_be_exported(window: Window) -> None:
    window.controllers.search.ask_saved("Two")
    found = choices_of(window)[1]
    assert (found.text, found.title) == ("The articles in the list (1)", "Two")
    assert [*found.ids(Kind.CSV)] == window.list.selected_ids()


def test_each_format_goes_to_a_file_or_a_folder(window: Window, tmp_path: Path) -> None:
    dialog = _dialog(window)
    for kind, form in FORMS.items():
        dialog.what.choose(0)
        _choose(dialog, kind)
        assert dialog.place.place.path.parent == tmp_path
        assert dialog.place.place.name.endswith(form.suffix)
        dialog.what.choose(1)
        many = kind in (Kind.MARKDOWN, Kind.HTML, Kind.TEXT)
        place = dialog.order.place
        assert bool(place.name) is not many
        assert place.target == (place.path if many or kind is Kind.JSONL else tmp_path)
        assert dialog.button.text() == "Export 3 Articles"


def test_only_options_that_matter_are_shown(qtbot: QtBot, window: Window) -> None:
    dialog = _dialog(window)
    dialog.show()
    shown = dialog.options.isVisible
    _choose(dialog, Kind.CSV)
    assert not shown()
    _choose(dialog, Kind.EPUB)
    assert shown()
    assert not dialog.options.title.isVisible(), "one article is a book by itself"
    dialog.what.choose(2)
    assert dialog.options.title.isVisible()
    dialog.options.title.selectAll()
    qtbot.keyClicks(dialog.options.title, "My book")
    assert dialog.place.place.name == "My book.epub"
    dialog.options.each.setChecked(True)
    assert not dialog.options.title.isVisible()
    assert dialog.place.place.name == ""


def test_what_was_chosen_is_remembered(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    vault = tmp_path / "Vault"
    vault.mkdir()
    dialog = _dialog(window)
    dialog.what.choose(2)
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_: str(vault))
    dialog.place.button.click()
    dialog.options.highlights.setChecked(False)
    dialog.accept()
    assert dialog.order.place.target == vault
    value = dialog._store.value
    again = ExportDialog(choices_of(window), SettingsStore(value=value), window)
    again.what.choose(2)
    assert again.order.place.target == vault
    assert not again.order.wanted.highlights
    vault.rmdir()
    assert again._store.value.export_places == {"markdown": str(vault)}
    gone = ExportDialog(choices_of(window), SettingsStore(value=value), window)
    assert gone.order.place.folder == tmp_path


def test_a_file_that_the_user_names_is_taken_as_it_is(
    window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    dialog = _dialog(window, export_kind="csv")
    named = str(tmp_path / "mine")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (named, ""))
    dialog.place.button.click()
    assert dialog.order.place.target == tmp_path / "mine.csv"


def test_the_keyboard_goes_through_the_questions_in_order(qtbot: QtBot, window: Window) -> None:
    dialog = _dialog(window, export_kind="epub")
    dialog.what.choose(2)
    dialog.show()
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.what.focus()
    seen: list[QWidget | None] = []
    for _ in range(6):
        seen.append(QApplication.focusWidget())
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
    wanted = [
        dialog.what.lines[2].button, dialog.formats.lines[2].button, dialog.options.highlights,
        dialog.options.one, dialog.options.title, dialog.place.button,
    ]  # fmt: skip
    assert seen == wanted


def test_in_a_narrow_window_the_formats_stand_below_the_articles(
    qtbot: QtBot, window: Window
) -> None:
    dialog = _dialog(window)
    dialog.show()
    for width, is_narrow in ((420, True), (2560, False), (420, True)):
        dialog.resize(width, 500)
        QApplication.processEvents()
        top = dialog.formats.mapTo(dialog, dialog.formats.rect().topLeft()).y()
        assert (top > dialog.what.height()) is is_narrow
