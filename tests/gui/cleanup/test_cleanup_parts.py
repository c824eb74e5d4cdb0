"""What Care says and offers in each case, and what it leaves alone."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtWidgets import QMessageBox, QToolButton
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press

from reader.damage import REPAIRABLE, Damage, Kind, sentences
from reader.gui.window import Window
from reader.ingest import reprocess, rules
from reader.ingest.rows import failed
from reader.library.library import Library
from reader.model import Article, Clipping, ImportResult, ImportRow, Outcome
from reader.reasons import Reason, Remark

Make = Callable[..., Window]
Add = Callable[..., Article]


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Note what is handed to other programs."""
    made: list[str] = []

    def open_url(url: QUrl) -> bool:
        made.append(url.toString())
        return True

    monkeypatch.setattr("reader.gui.viewer.links.QDesktopServices.openUrl", open_url)
    return made


def _act(window: Window) -> str:
    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    return button.text() if button.isVisible() else ""


def _quiet(window: Window) -> bool:
    return not window.context.messages.isVisible()


def test_without_an_article_there_is_nothing_to_mend(make_window: Make) -> None:
    window = make_window()
    care = window.controllers.cleanup
    for does in (care.clean_up, care.whole_page, care.extract_again, care.fetch_missing,
                 care.open_original):  # fmt: skip
        does()
        assert _quiet(window)
        assert not window.context.jobs.running
    care.show_versions()
    assert window.context.messages.text() == "This article has no older texts."


def test_damage_is_told_once_with_what_can_be_done(window: Window) -> None:
    health = window.controllers.health
    health.report_damage("It is damaged.")
    assert (window.context.messages.text(), _act(window)) == ("It is damaged.", "Repair…")
    window.context.messages.hide()
    health.report_damage("Again.")
    assert _quiet(window)


def test_damage_that_cannot_be_repaired_offers_nothing(window: Window) -> None:
    window.controllers.health.report_damage("It is damaged.", can_repair=False)
    assert (window.context.messages.text(), _act(window)) == ("It is damaged.", "")


@pytest.mark.parametrize("answer", ["Repair", "Cancel"])
def test_what_a_repair_would_lose_is_asked_first(window: Window, answer: str) -> None:
    window.controllers.health.report_damage("It is damaged.", lost=2)
    assert _act(window) == "Repair and Leave Out 2 Entries…"
    assert not window.controllers.health.is_repair_wanted

    def look(box: QMessageBox) -> None:
        assert box.defaultButton().text().replace("&", "") == "Cancel"
        assert box.icon() is QMessageBox.Icon.Question
        assert "keeps the damaged file" in box.informativeText()
        press(answer)(box)

    button = window.context.messages.findChild(QToolButton, "act")
    assert isinstance(button, QToolButton)
    with answering(look) as asked:
        button.click()
    assert asked == ["Repair and Leave Out 2 Entries?"]
    assert window.controllers.health.accepts_loss is (answer == "Repair")
    assert window.controllers.health.is_repair_wanted is (answer == "Repair")
    assert window.isVisible() is (answer == "Cancel")


def test_a_repair_closes_the_window(window: Window) -> None:
    window.controllers.health.repair()
    assert window.controllers.health.is_repair_wanted
    assert not window.controllers.health.accepts_loss
    assert not window.isVisible()


def test_a_check_tells_of_three_kinds_at_most_and_whether_they_can_be_repaired(
    window: Window,
) -> None:
    window.controllers.health._checked(())
    assert _quiet(window)
    found = tuple(Damage(kind=kind, article=1, title="T", detail="d") for kind in Kind)
    window.controllers.health._checked(found)
    said = window.context.messages.text()
    assert said == " ".join(sentences(found)[:3])
    assert _act(window) == "Repair…"
    other = next(kind for kind in Kind if kind not in REPAIRABLE)
    window.controllers.health._is_reported = False
    window.controllers.health._checked((Damage(kind=other, article=1, title="T", detail="d"),))
    assert _act(window) == "Show…"


def _row(outcome: Outcome, reason: Reason) -> ImportRow:
    return ImportRow("x", outcome, 1, (Remark(reason, (9, 7)),))


@pytest.mark.parametrize(
    ("row", "said", "act"),
    [
        (failed("x", "It is gone", 1), "It is gone.", "Try Again"),
        (ImportRow("x", Outcome.UPDATED, 1), "All pictures are downloaded.", ""),
        (
            _row(Outcome.UNCHANGED, Reason.NO_PICTURE_MISSING),
            "No picture is missing whose address is known.",
            "",
        ),
    ],
)
def test_what_came_of_missing_pictures_is_said(
    qtbot: QtBot,
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
    row: ImportRow,
    said: str,
    act: str,
) -> None:
    monkeypatch.setattr(reprocess, "fetch_missing", lambda *_: ImportResult((row,)))
    window.controllers.cleanup.fetch_missing()
    qtbot.waitUntil(lambda: window.context.messages.text() == said)
    assert _act(window) == act


@pytest.mark.parametrize(
    ("row", "said", "act"),
    [
        (_row(Outcome.UPDATED, Reason.LENGTHS), "Extracted again: 9 words before, 7 now.",
         "Undo"),
        (_row(Outcome.UNCHANGED, Reason.SHORTER),
         "The text stays: it would get shorter (7 words, not 9).", "Take It Anyway"),
        (_row(Outcome.UNCHANGED, Reason.EDITED),
         "The text stays: it was cleaned up by hand.", "Take It Anyway"),
        (_row(Outcome.UNCHANGED, Reason.UNSURE),
         "The text stays: the new text may not be the article.", "Take It Anyway"),
        (_row(Outcome.UNCHANGED, Reason.IN_TRASH), "The text stays: it is in the trash.", ""),
        (_row(Outcome.UNCHANGED, Reason.NO_PAGE),
         "The original page of this article was not stored, so its text stays as it is.", ""),
        (ImportRow("x", Outcome.UNCHANGED, 1), "The text is the same.", ""),
    ],
)  # fmt: skip
def test_what_came_of_extracting_again_is_said(
    qtbot: QtBot,
    window: Window,
    monkeypatch: pytest.MonkeyPatch,
    row: ImportRow,
    said: str,
    act: str,
) -> None:
    forced: list[bool] = []

    def extract(*_: object, anyway: bool) -> ImportResult:
        forced.append(anyway)
        return ImportResult((row,))

    monkeypatch.setattr(reprocess, "extract_again", extract)
    window.controllers.cleanup.extract_again()
    qtbot.waitUntil(lambda: window.context.messages.text() == said)
    assert _act(window) == act
    assert forced == [False]
    if act == "Take It Anyway":
        button = window.context.messages.findChild(QToolButton, "act")
        assert isinstance(button, QToolButton)
        button.click()
        qtbot.waitUntil(lambda: forced == [False, True])


@pytest.mark.parametrize(("changed", "act"), [(1, "Undo"), (0, "")])
def test_the_whole_page_can_be_taken_back(
    qtbot: QtBot, window: Window, monkeypatch: pytest.MonkeyPatch, changed: int, act: str
) -> None:
    monkeypatch.setattr(reprocess, "whole_page", lambda *_: changed)
    window.controllers.cleanup.whole_page()
    whole, none = "This is the text of the whole page", "The original page of this article was"
    said = whole if changed else none
    qtbot.waitUntil(lambda: window.context.messages.text().startswith(said))
    assert _act(window) == act


def test_an_original_is_a_file_here_an_address_or_nothing(
    make_window: Make, library: Library, opened: list[str], tmp_path: Path
) -> None:
    ids = [
        library.add(Clipping(url, url, html="<p>x</p>")).id
        for url in ("https://example.org/a", f"file://{tmp_path}/a.md", "urn:pasted")
    ]
    window = make_window()
    for id in ids:
        window.navigation.open(id)
        window.controllers.cleanup.open_original()
    assert opened == ["https://example.org/a", f"file://{tmp_path}/a.md"]
    assert (
        window.context.messages.text() == "This article was pasted; there is no original to open."
    )


def test_rules_that_cannot_be_read_are_told(window: Window, opened: list[str]) -> None:
    (window.library.folder / rules.FILE).mkdir()
    window.controllers.cleanup.open_rules_file()
    assert not _quiet(window)
    assert opened == []
