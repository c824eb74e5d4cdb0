"""Exports from the window: written in the background, reported, stopped."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader.exporting.kinds import Kind, Wanted
from reader.gui.exporting import places
from reader.gui.exporting.choices import Choice
from reader.gui.exporting.dialog import ExportDialog, Order
from reader.gui.exporting.places import Place
from reader.gui.exporting.told import told
from reader.gui.viewer import links
from reader.gui.window import Window
from reader.model import Article, ImportResult, ImportRow, Outcome
from reader.reasons import Reason, Remark

Add = Callable[..., Article]


@pytest.fixture
def window(
    make_window: Callable[..., Window], add: Add, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Window:
    monkeypatch.setattr(places, "documents", lambda: tmp_path)
    for title in ("One", "Two", "Three"):
        add(title)
    return make_window()


def _order(kind: Kind, place: Place, *ids: int) -> Order:
    choice = Choice("These", "", "These", len(ids), lambda _: ids)
    return Order(choice, Wanted(kind, (), "These"), place)


def _message(window: Window) -> str:
    return window.context.messages.text()


def test_a_shelf_is_exported_and_its_folder_is_offered(
    qtbot: QtBot, window: Window, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(links, "open_file", lambda file, _: opened.append(file))

    def answer(dialog: Any) -> None:
        assert isinstance(dialog, ExportDialog)
        dialog.what.choose(1)
        dialog.button.click()

    with answering(answer) as titles:
        window.qactions["export.show"].trigger()
    assert titles == ["Export"]
    qtbot.waitUntil(lambda: _message(window).startswith("3 articles exported to"))
    folder = tmp_path / "Queue"
    assert {each.name for each in folder.glob("*.md")} == {"One.md", "Two.md", "Three.md"}
    buttons = window.context.messages._buttons.acts
    assert buttons[0].text() == "Show in Folder"
    buttons[0].click()
    assert opened == [folder]


def test_a_stopped_export_leaves_nothing_half(qtbot: QtBot, window: Window, tmp_path: Path) -> None:
    exporting = window.controllers.exporting
    exporting.run(_order(Kind.EPUB, Place(tmp_path, "a.epub", exact=True), 1, 2, 3))
    window.context.jobs.running[-1].stop()
    qtbot.waitUntil(lambda: _message(window).startswith("Stopped."))
    assert not (tmp_path / "a.epub").exists()
    assert [*tmp_path.glob(".reader-writing-*")] == []


def test_a_place_that_cannot_be_written_is_told(
    qtbot: QtBot, window: Window, tmp_path: Path
) -> None:
    order = _order(Kind.CSV, Place(tmp_path / "none", "a.csv", exact=True), 1)
    window.controllers.exporting.run(order)
    qtbot.waitUntil(lambda: "Nothing can be written" in _message(window))


def test_an_article_that_failed_is_told_row_by_row() -> None:
    missing = Remark(Reason.PICTURES_MISSING, (1, 2))
    rows = (
        ImportRow("One", Outcome.ADDED, 1),
        ImportRow("Two", Outcome.UPDATED, 2, (missing,)),
        ImportRow("Three", Outcome.FAILED, 3, (Remark(Reason.ERROR, text="broken"),)),
        ImportRow("Four", Outcome.SKIPPED, 4, (Remark(Reason.WAITING),)),
    )
    found = told(ImportResult(rows), "exported", "~/Books")
    assert found.text == (
        "2 articles exported to ~/Books; 1 could not be written; 1 left out, without a text."
    )
    assert found.is_error
    assert [row.name for row in found.details] == ["Two", "Three", "Four"]
    one = told(ImportResult(rows[:1]), "sent", "KOBO")
    assert (one.text, one.is_error, one.details) == ("“One” sent to KOBO.", False, ())
