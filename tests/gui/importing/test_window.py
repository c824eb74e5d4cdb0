"""The window of imports: sums before, choices, progress, the report, trouble, the keyboard."""

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering, press
from tests.gui.importing.faking import Fake, many, rows

from reader.entries import Placing
from reader.errors import IngestError, LibraryLocked
from reader.gui.context import Context
from reader.gui.importing.foot import Way
from reader.gui.importing.importing import Importing
from reader.gui.importing.one_import import Stage
from reader.gui.importing.window import ImportWindow
from reader.gui.list.row_drag import data_of
from reader.importing.formats.format import TextsFrom
from reader.library.library import Library
from reader.model import Query, State
from reader.outcomes import ImportRow, Outcome

Open = Callable[[], ImportWindow]


def _ended(qtbot: QtBot, window: ImportWindow, stage: Stage = Stage.READY) -> None:
    import_ = window.import_
    assert import_ is not None
    qtbot.waitUntil(lambda: import_.stage is stage and import_.job is None)


def _shown(window: ImportWindow) -> list[str]:
    buttons = window.foot.buttons.values()
    return [each.text().replace("&", "") for each in buttons if not each.isHidden()]


def test_the_sums_are_shown_before_anything_is_done(
    open_import: Open, library: Library, fake: Fake
) -> None:
    window = open_import()
    text = window.page.text()
    assert text.startswith("pocket_export.zip\n")
    assert (
        "30 items, 912 highlights, 64 tags, 12 folders, 2012 to 2025. Nothing is changed yet."
        in text
    )
    assert "20 will be added: 12 unread, 8 archived" in text
    assert "line 318 – no address – Reading list for the summer" in text
    assert "2 more tags, 5 more highlights" in text
    assert window.foot.main.text() == "&Import 23 Articles"
    assert _shown(window) == ["Save Report…", "Cancel", "Import 23 Articles"]
    assert window.foot.note.text() == (
        "A copy of the library is made first; one Undo takes all of it back."
    )
    assert library.counts().all == 1
    assert fake.taken == 0


def test_only_choices_that_make_a_difference_are_offered(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    assert window.page.choices.text().splitlines() == [
        "Folders become tags (12)",
        "Highlights and notes come along (912)",
        "Keep the order of the list",
        "behind the queue",
        "before it",
        "into the archive",
        "download slowly afterwards, about 6 h, may be stopped",
        "download when an article is opened",
    ]
    fake.facts, fake.states = {"from_feed": 3}, {State.ARCHIVE: 20}
    window.close()
    window = open_import()
    assert window.page.choices.text() == "Items of feeds come along, too (3)"


def test_a_choice_plans_again_and_stays_on_offer(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    fake.facts = {"highlights": 0}
    fake.states = {State.ARCHIVE: 20}
    window.page.choices.checks["highlights"].click()
    _ended(qtbot, window)
    window.page.choices.placings[Placing.ARCHIVE].click()
    _ended(qtbot, window)
    window.page.choices.texts[TextsFrom.WHEN_OPENED].click()
    _ended(qtbot, window)
    asked = fake.asked[-1][1]
    assert (asked.highlights, asked.placing) == (False, Placing.ARCHIVE)
    assert asked.texts is TextsFrom.WHEN_OPENED
    assert "Highlights and notes come along (912)" in window.page.choices.text()
    assert "into the archive" in window.page.choices.text()
    assert not window.page.choices.checks["highlights"].isChecked()


def test_another_format_is_read_with_its_own_columns(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    formats = window.page.formats
    assert [formats.itemData(n) for n in range(2)] == ["pocket", "csv"]
    formats.setCurrentIndex(1)
    formats.activated.emit(1)
    _ended(qtbot, window)
    key, choices = fake.asked[-1]
    assert (key, choices.columns) == ("csv", {"url": "Link", "title": "Name"})
    assert window.page.columns.text() == "Link: Address\nName: Title\nSeen: Left out"
    assert formats.currentData() == "csv"


def test_a_column_gets_the_field_of_another_one(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    fake.formats = ("csv",)
    window = open_import()
    panel = window.page.columns
    box = panel.boxes[1]
    box.setCurrentIndex(box.findData("url"))
    box.activated.emit(box.currentIndex())
    _ended(qtbot, window)
    assert fake.asked[-1][1].columns == {"url": "Name"}
    assert panel.text() == "Link: Left out\nName: Address\nSeen: Left out"
    box.setCurrentIndex(0)
    box.activated.emit(0)
    assert panel.needed.isVisible()
    assert not window.foot.main.isEnabled()
    assert "– will be added" in window.page.text()
    box.setCurrentIndex(box.findData("url"))
    box.activated.emit(box.currentIndex())
    assert window.foot.main.isEnabled()
    assert panel.boxes[0].accessibleName() == "Field of the column Link"


def test_choices_in_a_row_plan_only_the_last_one_to_its_end(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    fake.is_slow = True
    for name in ("folders_as_tags", "keep_order"):
        window.page.choices.checks[name].click()
    assert not window.foot.main.isEnabled()
    qtbot.waitUntil(lambda: window.foot.progress.maximum() == 100_000)
    assert window.foot.note.text() == "Reading… 12,000 of 100,000"
    fake.is_slow = False
    _ended(qtbot, window)
    asked = fake.asked[-1][1]
    assert (asked.folders_as_tags, asked.keep_order) == (False, False)
    assert window.foot.main.isEnabled()


def test_reading_can_be_stopped_and_begun_again(
    qtbot: QtBot, importing: Importing, fake: Fake
) -> None:
    fake.is_slow = True
    importing.begin([Path("pocket_export.zip")])
    [window] = importing.windows
    assert "– will be added" in window.page.text()
    window.foot.buttons[Way.STOP].click()
    _ended(qtbot, window, Stage.STOPPED)
    assert window.foot.note.text() == "It was stopped before all of it was read."
    fake.is_slow = False
    window.foot.main.click()
    _ended(qtbot, window)
    assert "20 will be added" in window.page.text()


def test_what_cannot_be_read_is_explained_and_can_be_tried_again(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    fake.trouble = IngestError("“pocket_export.zip” is not there.")
    window = open_import()
    assert window.page.sentence.text() == "“pocket_export.zip” is not there."
    assert _shown(window) == ["Cancel", "Read Again"]
    fake.trouble = None
    window.foot.main.click()
    _ended(qtbot, window)
    assert window.foot.main.isEnabled()


@pytest.mark.parametrize(
    ("outcome", "why"),
    [
        (Outcome.UNCHANGED, "All of it is in your library already."),
        (Outcome.FAILED, "None of its rows can be read."),
    ],
)
def test_nothing_can_be_imported_without_a_reason_beside_it(
    open_import: Open, fake: Fake, outcome: Outcome, why: str
) -> None:
    fake.rows = (ImportRow("x", outcome),)
    window = open_import()
    assert not window.foot.main.isEnabled()
    assert window.foot.main.text() == "Nothing to Import"
    assert window.foot.note.text() == why
    assert window.foot.main.accessibleDescription() == why


def test_an_import_is_reported_and_undone(
    qtbot: QtBot, open_import: Open, library: Library, fake: Fake
) -> None:
    window = open_import()
    QTest.keyClick(window, Qt.Key.Key_Return)
    _ended(qtbot, window, Stage.DONE)
    text = window.page.text()
    assert "20 were added: 12 unread, 8 archived" in text
    assert "3 could not be read" in text
    assert "710 are at home." in text
    assert "4,102 wait for the text." in text
    assert _shown(window) == ["Save Report…", "Undo", "Close"]
    assert library.history.undo_text() == "Renamed “Taken”"
    window.foot.buttons[Way.UNDO].click()
    qtbot.waitUntil(lambda: window.foot.note.text().startswith("Undone: "))
    assert library.history.redo_text() == "Renamed “Taken”"
    assert _shown(window) == ["Save Report…", "Close"]


def test_a_running_import_is_stopped_and_nothing_has_changed(
    qtbot: QtBot, open_import: Open, library: Library, fake: Fake
) -> None:
    window = open_import()
    fake.runs_slowly = True
    window.foot.main.click()
    qtbot.waitUntil(lambda: window.foot.note.text().startswith("Importing: 2,345 of 4,758."))
    assert not window.page.choices.isEnabled()
    window.foot.buttons[Way.STOP].click()
    _ended(qtbot, window)
    assert window.foot.note.text() == "The import was stopped; nothing was changed."
    assert window.page.choices.isEnabled()
    assert library.counts().all == 1


def test_an_import_goes_on_if_its_window_is_closed(
    qtbot: QtBot, open_import: Open, importing: Importing, context: Context, fake: Fake
) -> None:
    window = open_import()
    fake.runs_slowly = True
    window.foot.main.click()
    import_ = window.import_
    assert import_ is not None
    window.reject()
    assert importing.windows == []
    importing.show()
    assert importing.windows == [window]
    window.reject()
    fake.runs_slowly = False
    qtbot.waitUntil(lambda: "20 were added, 3 were merged" in context.messages.text())
    assert import_.stage is Stage.DONE
    context.messages._act.click()
    assert window.isVisible()
    assert "20 were added" in window.page.text()


def test_a_locked_library_is_told_in_the_window_and_tried_again(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    fake.run_trouble = LibraryLocked("Another program is writing to the library. Try again.")
    window.foot.main.click()
    _ended(qtbot, window)
    assert window.foot.note.text() == "Another program is writing to the library. Try again."
    fake.run_trouble = None
    window.foot.main.click()
    _ended(qtbot, window, Stage.DONE)
    assert fake.taken == 1


def test_files_that_were_changed_are_read_again(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    fake.run_trouble = IngestError("“pocket_export.zip” was changed.")
    fake.rows = rows(5)
    window.foot.main.click()
    qtbot.waitUntil(lambda: window.foot.main.text() == "&Import 8 Articles")
    assert window.foot.note.text() == "“pocket_export.zip” was changed. This was read again."
    assert fake.closed == 1


def test_a_library_that_has_changed_is_counted_again(
    qtbot: QtBot, open_import: Open, library: Library, importing: Importing, fake: Fake
) -> None:
    window = open_import()
    article = library.ids(Query())[0]
    library.set_title(article, "Other")
    fake.rows = rows(7)
    window.foot.main.click()
    qtbot.waitUntil(lambda: window.foot.main.text() == "&Import 10 Articles")
    assert fake.taken == 0
    assert window.foot.note.text().startswith("The library has changed meanwhile")
    library.set_title(article, "Another")
    window.foot.main.click()  # the same sums as before: nothing to ask
    _ended(qtbot, window, Stage.DONE)


def test_two_imports_at_once_come_one_after_the_other(
    qtbot: QtBot, open_import: Open, importing: Importing, fake: Fake
) -> None:
    one = open_import()
    two = open_import()
    assert one is not two
    fake.runs_slowly = True
    one.foot.main.click()
    qtbot.waitUntil(lambda: one.foot.note.text().startswith("Importing"))
    two.foot.main.click()
    qtbot.waitUntil(lambda: two.import_ is not None and two.import_.is_running)
    assert "as soon as another change" in two.foot.note.text()
    fake.runs_slowly = False
    for window in (one, two):
        _ended(qtbot, window, Stage.DONE)
    assert fake.taken == 2


def test_all_problems_are_shown_however_many_there_are(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    fake.rows = many(100_000)
    window = open_import()
    window.page.problems.all.click()
    list_ = window.rows.list
    assert window.rows.which.currentText() == "100,000 problems"
    assert QApplication.focusWidget() is list_
    QTest.keyClick(list_, Qt.Key.Key_End)
    QTest.keyClick(list_, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    copied = QGuiApplication.clipboard().text()
    assert copied == "line 99,999 – not an address of the web – mailto:99999"
    window.rows.which.setCurrentIndex(window.rows.which.findData("added"))
    assert window.rows.none.isVisible()
    window.rows.back.click()
    assert window.page.isVisible()


def test_an_earlier_import_is_opened_again(
    qtbot: QtBot, open_import: Open, importing: Importing, fake: Fake
) -> None:
    window = open_import()
    window.foot.main.click()
    _ended(qtbot, window, Stage.DONE)
    window.close()
    importing.show()
    [window] = importing.windows
    qtbot.waitUntil(lambda: len(window.start.list.entries()) == 1)
    [entry] = window.start.list.entries()
    assert entry.text == "pocket_export.zip"
    assert entry.detail == "20 added · 3 merged · 2 the same · 2 left out · 3 not readable"
    window.start.list.setFocus()
    QTest.keyClick(window.start.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.page.isVisible())
    assert "20 were added" in window.page.text()
    fake.kept[0] = fake.kept[0]._replace(key="gone")
    window.foot.buttons[Way.EARLIER].click()
    window.start.opened.emit("other")
    qtbot.waitUntil(lambda: "damaged" in window.foot.note.text())


def test_the_original_is_deleted_after_a_question(
    qtbot: QtBot, open_import: Open, fake: Fake
) -> None:
    window = open_import()
    window.foot.main.click()
    _ended(qtbot, window, Stage.DONE)
    assert "“pocket_export.zip” is kept in the library, 1.2 MB." in window.page.text()
    with answering(press("Cancel")) as asked:
        window.page.report.delete.click()
    assert asked == ["Delete the original of this import?"]
    assert fake.size
    with answering(press("Delete")):
        window.page.report.delete.click()
    qtbot.waitUntil(lambda: "It is not kept in the library." in window.page.text())
    assert not window.page.report.delete.isVisible()


def test_there_is_a_place_to_begin_if_nothing_was_imported_yet(
    qtbot: QtBot, importing: Importing, fake: Fake, monkeypatch: pytest.MonkeyPatch
) -> None:
    importing.show()
    [window] = importing.windows
    qtbot.waitUntil(lambda: window.start.none.text() == "Nothing was imported yet.")
    assert QApplication.focusWidget() is window.start.files
    monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_: (["a.csv", "b.csv"], ""))
    QTest.keyClick(window, Qt.Key.Key_Return)
    _ended(qtbot, window)
    assert window.name == "a.csv and 1 more"


def test_a_report_is_saved(
    qtbot: QtBot, open_import: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "report.txt"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    window = open_import()
    window.foot.buttons[Way.SAVE].click()
    qtbot.waitUntil(lambda: "is saved as" in window.foot.note.text())
    assert "javascript:void(0)" in target.read_text()


def test_esc_cancels_and_leaves_everything_as_it_is(
    qtbot: QtBot, open_import: Open, importing: Importing, library: Library, fake: Fake
) -> None:
    window = open_import()
    assert QApplication.focusWidget() is window.foot.main
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert importing.windows == []
    assert library.counts().all == 1
    qtbot.waitUntil(lambda: fake.closed == 1)


def test_files_are_dropped_on_the_window(qtbot: QtBot, open_import: Open, fake: Fake) -> None:
    window = open_import()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile("/tmp/other.csv")])
    event = QDropEvent(QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
                       Qt.KeyboardModifier.NoModifier)  # fmt: skip
    window.dropEvent(event)
    _ended(qtbot, window)
    assert window.name == "other.csv"
    assert len(fake.asked) == 2


def test_articles_of_the_library_are_not_written_to_files_over_the_window(
    open_import: Open, fake: Fake, tmp_path: Path
) -> None:
    window, written = open_import(), []

    def write(ids: Sequence[int]) -> list[Path]:
        written.append(ids)
        return [tmp_path / "One.html"]

    mime, copy = data_of([1], [("One", "https://example.org/1")], write), Qt.DropAction.CopyAction
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPoint(9, 9), copy, mime, left, none)
    enter.ignore()
    window.dragEnterEvent(enter)
    window.dropEvent(QDropEvent(QPointF(9, 9), copy, mime, left, none))
    assert not enter.isAccepted()
    assert written == []
    assert window.name == "pocket_export.zip"
    assert len(fake.asked) == 1
