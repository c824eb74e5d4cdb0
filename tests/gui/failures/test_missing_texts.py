"""Missing texts in the window: what waits comes slowly, or when opened; what is dead has ways."""

import time
from collections.abc import Callable
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from reader.entries import Entry, Placing
from reader.gui.failures import missing_texts
from reader.gui.failures.missing import Missing, about, counted, going_on, missing
from reader.gui.window import Window
from reader.ingest import politely, snapshots, web
from reader.ingest.politely import Left
from reader.library.articles.later_texts import Tally
from reader.library.library import Library
from reader.model import Clipping, FailureKind, ImportResult, ImportRow, Outcome
from reader.progress import Cancelled, Report
from reader.reasons import Reason, Remark

Make = Callable[..., Window]


def _imported(library: Library, *urls: str, slowly: bool = True) -> list[int]:
    entries = [Entry(Clipping(url, url), slowly=slowly) for url in urls]
    return [each.article for each in library.imports.take_in(entries, Placing.BEHIND, "pocket")]


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[list[int]]:
    """Return the ids of each run; each goes on until it is stopped."""
    begun: list[list[int]] = []

    def run(_library: Library, articles: Any, report: Report, _told: object) -> Left:
        begun.append([each.id for each in articles])
        try:
            while True:
                report(0, len(articles), "")
                time.sleep(0.01)
        except Cancelled:
            begun.append([])
            raise

    monkeypatch.setattr(politely, "download_slowly", run)
    return begun


def test_what_an_import_leaves_is_fetched_slowly_and_can_be_paused(
    qtbot: QtBot, make_window: Make, library: Library, runs: list[list[int]]
) -> None:
    ids = _imported(library, "https://one.example/a", "https://two.example/b")
    window = make_window(choosing=False)
    slow = window.controllers.missing_texts.slow
    slow.look()
    qtbot.waitUntil(lambda: len(runs) == 1)
    assert sorted(runs[0]) == ids
    assert not window.context.jobs.running, "copies of the library do not wait for days"
    slow.pause(True)
    qtbot.waitUntil(lambda: not slow.is_running and library.downloads.later.is_paused)
    slow.look()
    qtbot.waitUntil(lambda: not slow.is_running)
    assert len(runs) == 2, "another start does not go on either"
    slow.pause(False)
    qtbot.waitUntil(lambda: len(runs) == 3)
    new = _imported(library, "https://three.example/c")
    slow._settling.timeout.emit()
    qtbot.waitUntil(lambda: len(runs) == 5)
    assert set(runs[4]) == {*ids, *new}
    window.close()
    assert runs[-1] == [], "closing ends it"


def test_nothing_else_asks_for_the_texts_of_an_import(library: Library) -> None:
    slow = _imported(library, "https://one.example/a")
    opened = _imported(library, "https://two.example/b", slowly=False)
    added = library.add(Clipping("https://three.example/c")).id
    assert library.downloads.due(at_start=True) == [added]
    assert [each.id for each in library.downloads.later.slow()] == slow
    assert library.downloads.later.is_wanted_when_opened(opened[0])
    assert not library.downloads.later.is_wanted_when_opened(added)
    assert library.downloads.later.tally() == Tally(0, 3, 0, 1)
    library.history.undo()
    assert library.downloads.later.tally() == Tally(0, 2, 0, 1)
    library.add(Clipping("https://one.example/a", html="<p>Words</p>", words=1))
    assert library.downloads.later.slow() == []


def test_an_article_is_fetched_when_it_is_opened(
    qtbot: QtBot, make_window: Make, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def download(_library: Library, ids: list[int], *_: object, **__: object) -> ImportResult:
        asked.extend(ids)
        return ImportResult((ImportRow("a", Outcome.UNCHANGED, ids[0]),))

    monkeypatch.setattr(web, "download", download)
    (id,) = _imported(library, "https://one.example/a", slowly=False)
    window = make_window()
    qtbot.waitUntil(lambda: asked == [id])
    qtbot.waitUntil(lambda: not window.context.jobs.running)
    window.refresh()
    qtbot.wait(20)
    assert asked == [id], "once for each opening"


def test_the_dead_are_grouped_and_looked_for_only_after_a_question(
    qtbot: QtBot, make_window: Make, library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    ids = _imported(library, *(f"https://{host}.example/{n}" for host in "ab" for n in range(3)))
    for id in ids[:4]:
        library.downloads.note_failure(id, FailureKind.GONE, 404)
    library.downloads.note_failure(ids[4], FailureKind.REFUSED, 403)
    sent: list[list[int]] = []

    def looked(_library: Library, ids: list[int], _report: Report) -> ImportResult:
        sent.append(ids)
        row = ImportRow("a", Outcome.UPDATED, ids[0], (Remark(Reason.FROM_ARCHIVE, (2021, 3, 4)),))
        none = ImportRow("b", Outcome.FAILED, ids[-1], (Remark(Reason.NOT_ARCHIVED),))
        return ImportResult((row, *[none] * (len(ids) - 1)))

    monkeypatch.setattr(snapshots, "add_snapshots", looked)
    window = make_window(choosing=False)
    window.qactions["texts.missing"].trigger()
    texts = window.controllers.missing_texts
    qtbot.waitUntil(lambda: texts.window is not None and texts.window.isVisible())
    shown = texts.window
    assert shown is not None
    assert shown.count.text() == "0 at home · 1 waiting · 5 dead"
    tops = [(top.text(0), top.text(1)) for top in shown._tops()]
    assert [number for _, number in tops] == ["4", "1"]
    first = shown._tops()[0].child(0)
    assert first is not None
    assert first.text(0) == "a.example"
    answers = iter([False, True])
    monkeypatch.setattr(missing_texts, "confirmed", lambda *_: next(answers))
    shown.archive.click()
    assert sent == []
    shown._tops()[0].setSelected(True)
    assert "(4)" in shown.archive.text()
    shown.archive.click()
    qtbot.waitUntil(lambda: [sorted(each) for each in sent] == [sorted(ids[:4])])
    qtbot.waitUntil(lambda: "Found 1 of 4" in window.context.messages.text())


def test_the_state_is_told_in_sentences(library: Library) -> None:
    _imported(library, "https://one.example/a")
    found = missing(library)
    assert counted(found.tally) == "0 at home · 1 waiting · 0 dead"
    assert going_on(found) == "1 text is fetched slowly: about 1 minute."
    many = Missing(Tally(1, 3100, 0, 3000), 180_000, False, ())
    assert going_on(many) == (
        "3,000 texts are fetched slowly: about 2 days. 100 texts come when their article is opened."
    )
    assert "paused" in going_on(many._replace(is_paused=True))
    assert "there is a network" in going_on(many, is_offline=True)
    assert about(7200) == "about 2 hours"
