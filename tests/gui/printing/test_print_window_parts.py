"""The print window in detail: what it says and offers, what it keeps, and how work ends."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pikepdf
import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtWidgets import QDialog, QFileDialog, QLineEdit, QProgressBar, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from tests.gui.answering import answering

from reader import phrases
from reader.document.images import Pictures
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.gui.widgets.dialogs import room_for
from reader.library.library import Library
from reader.model import Article, ImportResult, Outcome
from reader.printing.piece import entry_of
from reader.settings import Settings
from reader.settings_store import SettingsStore
from reader.sheet import Imposition, Sheet

Add = Callable[..., Article]
Open = Callable[..., PrintWindow]
_LONG = "\n\n".join("Some words of text. " * 60 for _ in range(20))


@pytest.fixture
def opened(qtbot: QtBot, library: Library, add: Add, pictures: Pictures) -> Iterator[Open]:
    made: list[PrintWindow] = []
    articles = [add("Long one", _LONG), add("Other: a/b", "Words.")]

    def make(entries: bool = True, **liking: object) -> PrintWindow:
        shown = articles if entries else []
        choices = [
            ArticleChoice(
                "This article", "Long one", lambda: [entry_of(each) for each in shown[:1]]
            ),
            ArticleChoice("All", "Every: thing", lambda: [entry_of(each) for each in shown]),
        ]
        store = SettingsStore(value=Settings(**liking))  # type: ignore[arg-type]
        window = PrintWindow(choices, library.article, pictures, store)
        made.append(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(lambda: not window.busy and window.isActiveWindow())
        return window

    yield make
    for window in made:
        window.reject()
        window.reject()
        window.deleteLater()


def _all(qtbot: QtBot, window: PrintWindow) -> None:
    window.what.setCurrentIndex(1)
    window.what.activated.emit(1)
    qtbot.waitUntil(lambda: not window.busy)


def _to(target: Path) -> Callable[[QFileDialog], None]:
    def answer(dialog: QFileDialog) -> None:
        name = dialog.findChild(QLineEdit)
        assert isinstance(name, QLineEdit)
        name.setText(str(target))
        dialog.accept()

    return answer


def _count(file: Path) -> int:
    with pikepdf.open(file) as pdf:
        return len(pdf.pages)


def _bar(window: PrintWindow) -> QProgressBar:
    found = window.findChild(QProgressBar)
    assert isinstance(found, QProgressBar)
    return found


def test_what_may_be_printed_and_how_is_there_at_once(opened: Open) -> None:
    window = opened(pdf_name="{date} {title}", sheet=Sheet(margin_mm=33))
    assert window.windowTitle() == "Print"
    assert [window.what.itemText(n) for n in range(window.what.count())] == ["This article", "All"]
    assert window.what.accessibleName() == "What to print"
    assert window.template.text() == "{date} {title}"
    assert window.sheet_choices.sheet == Sheet(margin_mm=33)
    assert "{title}" in window.template.toolTip()
    assert window.focusWidget() is window.pages.preview
    texts = [each.text() for each in window.findChildren(QPushButton) if each.isVisible()]
    assert texts[-3:] == ["Close", "Save as PDF…", "Print…"]
    assert window.size() == QSize(1120, 800).boundedTo(room_for(window).size())


def test_parts_stand_where_they_belong(qtbot: QtBot, opened: Open) -> None:
    window = opened()
    _all(qtbot, window)

    def at(part: QWidget) -> QPoint:
        return part.mapTo(window, QPoint(0, 0))

    side = window.sheet_choices
    assert (side.width(), at(side).x()) == (336, window.width() - 336)
    assert at(window.pages) == QPoint(0, 0)
    assert window.pages.width() == window.width() - 336
    for part in (window.what, window.template):
        assert at(part).x() >= at(side).x() + 16 + 92
        assert at(part).x() + part.width() == at(side).x() + side.viewport().width() - 16
    assert at(window.what).y() == 12
    assert at(window.template).y() > at(window.what).y()
    assert at(window.close_button).y() >= at(side).y() + side.height()
    buttons = [window.each_button, window.close_button, window.pdf_button, window.print_button]
    lefts = [at(each).x() for each in buttons]
    assert lefts == sorted(set(lefts))
    assert at(window.print_button).x() + window.print_button.width() == window.width() - 16
    assert at(window._status).x() == 16
    assert at(window.close_button).y() + window.close_button.height() == window.height() - 12
    assert at(side).y() + side.height() == at(window.close_button).y() - 12
    assert _bar(window).size().toTuple() == (160, 4)
    assert not any(each.autoDefault() for each in buttons)


def test_only_several_can_be_written_each(qtbot: QtBot, opened: Open) -> None:
    window = opened()
    assert not window.each_button.isVisible()
    _all(qtbot, window)
    assert window.each_button.isVisible()


def test_while_it_writes_only_stop_can_be_pressed(
    qtbot: QtBot, opened: Open, tmp_path: Path
) -> None:
    window = opened()
    parts = (window.what, window.sheet_choices, window.each_button, window.pdf_button,
             window.print_button)  # fmt: skip
    assert not window.stop_button.isVisible()
    assert not _bar(window).isVisible()
    with answering(_to(tmp_path / "out.pdf")):
        window.pdf_button.click()
    assert window.stop_button.isVisible()
    assert _bar(window).isVisible()
    assert [each.isEnabled() for each in parts] == [False] * 5
    window.stop_button.click()
    assert window.status == "Stopped. No incomplete file was left behind."
    assert not window.stop_button.isVisible()
    assert [each.isEnabled() for each in parts] == [True] * 5
    assert list(tmp_path.glob("*.pdf")) == []
    window.stop()
    assert window.status == "Stopped. No incomplete file was left behind."


def test_while_pages_are_made_all_can_be_chosen(opened: Open) -> None:
    window = opened()
    window._start(iter([(1, 3, "Making")] * 9), window._show_count)
    assert window.stop_button.isVisible()
    assert window.sheet_choices.isEnabled()
    assert window.pdf_button.isEnabled()
    window.stop_button.click()
    assert window.status == "Stopped. Not all pages are shown."
    window._start(iter([(1, 3, "Making")] * 9), window._show_count)
    window.reject()
    assert not window.isVisible()
    assert not window.busy


def test_how_far_it_is_is_shown(opened: Open) -> None:
    window = opened()
    window._start(iter([(1, 3, "First"), (2, 3, "Second"), (3, 3, "Third")]), lambda: None)
    assert _bar(window).maximum() == 0, "it is not known yet"
    for done, text in ((1, "First"), (2, "Second")):
        window._go_on(0)
        assert (_bar(window).value(), _bar(window).maximum()) == (done, 3)
        assert window.status == text
    window._report(1, 2, "w" * 500)
    assert window.status == "w" * 500
    assert window._status.toolTip(), "it has no room, so the tool tip holds it"
    assert window.width() <= room_for(window).width()


@pytest.mark.parametrize("name", ["out.pdf", "out", "OUT.PDF", "out.txt"])
def test_a_file_is_written_and_told_with_its_pages(
    qtbot: QtBot, opened: Open, tmp_path: Path, name: str
) -> None:
    window, told = opened(), list[str]()
    window.reported.connect(told.append)
    with answering(_to(tmp_path / name)) as titles:
        qtbot.keyClick(window, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert titles == ["Save as PDF"]
    qtbot.waitUntil(lambda: not window.busy)
    target = tmp_path / (name if name.lower().endswith(".pdf") else f"{name}.pdf")
    count = _count(target)
    assert count > 1
    assert told == [f"Saved {target.name}: {count} pages."]
    assert window.status == f"Saved {target}: {count} pages."


def test_no_name_writes_nothing(opened: Open) -> None:
    window = opened()
    with answering(QDialog.reject):
        window.pdf_button.click()
    assert not window.busy


def test_files_are_named_by_the_template_and_books_by_their_title(
    qtbot: QtBot, opened: Open
) -> None:
    names: list[str] = []

    def look(dialog: QFileDialog) -> None:
        names.extend(Path(each).name for each in dialog.selectedFiles())
        dialog.reject()

    window = opened(pdf_name="{title} by name")
    with answering(look):
        window.pdf_button.click()
    _all(qtbot, window)
    with answering(look):
        window.pdf_button.click()
    assert names[0] == "Long one by name.pdf"
    assert names[1].startswith("Every")
    assert ":" not in names[1]


def test_each_is_written_and_one_that_fails_is_told(
    qtbot: QtBot, opened: Open, library: Library, tmp_path: Path
) -> None:
    window, told = opened(pdf_name="{number} {title}"), list[str]()
    window.reported.connect(told.append)
    _all(qtbot, window)
    library.trash.delete([2])
    assert window._book is not None
    ids = [each.id for each in window._book.entries]
    results: list[ImportResult] = []
    for _ in window._each([*ids, 99], tmp_path, results):
        pass
    assert sorted(each.name[:3] for each in tmp_path.glob("*.pdf")) == ["001", "002"]
    result = results[0]
    assert [row.outcome for row in result.rows] == [Outcome.ADDED, Outcome.ADDED, Outcome.FAILED]
    window._saved_each(result, "folder")
    failure = phrases.remarks(result.rows[2].remarks)
    assert window.status == told[-1] == f"2 PDFs saved in folder, 1 failed: {failure}"
    window._saved_each(ImportResult(result.rows[:1]), "folder")
    assert window.status == told[-1] == "1 PDF saved in folder."
    with answering(QDialog.reject) as titles:
        window.each_button.click()
    assert titles == ["A PDF for Each"]
    assert not window.busy


def test_nothing_to_print_prints_nothing(opened: Open) -> None:
    window = opened(entries=False)
    before = window.status
    for button in (window.pdf_button, window.print_button):
        button.click()
        assert (window.busy, window.status) == (False, before)
    assert before == "0 pages."


@pytest.mark.parametrize(
    ("imposition", "end"),
    [
        (Imposition.TWO_UP, " on {} sides."),
        (Imposition.FOLDED, " on {} sides; print on both sides, flipped on the short edge."),
    ],
)
def test_pages_and_sides_are_counted(opened: Open, imposition: Imposition, end: str) -> None:
    window = opened(sheet=Sheet(imposition=imposition))
    assert window._book is not None
    pages, sides = len(window._book.pages), window.pages.preview.count
    assert sides < pages
    assert window.status == f"{pages} pages{end.format(sides)}"


def test_a_choice_is_kept_at_once_and_laid_out_when_it_is_quiet(qtbot: QtBot, opened: Open) -> None:
    window = opened()
    book = window._book
    window.sheet_choices.changed.emit(Sheet(margin_mm=40))
    window.sheet_choices._sheet = Sheet(margin_mm=40)
    assert window._store.value.sheet == Sheet(margin_mm=40)
    assert window._book is book
    assert window._quiet.isActive()
    qtbot.waitUntil(lambda: window._book is not book and not window.busy)
    assert window._book is not None
    assert window._book.sheet == Sheet(margin_mm=40)
    window._quiet.start()
    window.reject()
    assert not window._quiet.isActive(), "nothing is laid out behind a closed window"


def test_presets_are_kept_beside_each_other(opened: Open) -> None:
    window = opened(presets={"One": Sheet()})
    window.sheet_choices.preset_changed.emit("Two", Sheet(grey=True))
    window.sheet_choices.preset_changed.emit("One", Sheet(code=True))
    assert window._store.value.presets == {"One": Sheet(code=True), "Two": Sheet(grey=True)}
    window.sheet_choices.preset_changed.emit("One", None)
    assert window._store.value.presets == {"Two": Sheet(grey=True)}


def test_without_a_printer_keys_say_so_too(
    qtbot: QtBot, opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.printing.print_window.has_printer", lambda: False)
    window = opened()
    qtbot.keyClick(window, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier)
    assert window.status.startswith("No printer was found")


def test_a_printer_is_asked_for_and_what_was_sent_is_said(
    qtbot: QtBot, opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from PySide6.QtPrintSupport import QPrintDialog

    monkeypatch.setattr("reader.gui.printing.print_window.has_printer", lambda: True)
    names: list[str] = []

    def choose(dialog: QPrintDialog) -> None:
        names.append(dialog.printer().docName())
        dialog.printer().setOutputFileName(str(tmp_path / "out.pdf"))
        dialog.done(QDialog.DialogCode.Accepted)

    window = opened()
    with answering(QDialog.reject):
        window.print_button.click()
    assert not window.busy
    with answering(choose):
        window.print_button.click()
    assert not window.sheet_choices.isEnabled()
    qtbot.waitUntil(lambda: not window.busy)
    assert names == ["Long one"]
    assert window.status == "Sent to the printer."
    assert _count(tmp_path / "out.pdf") == window.pages.preview.count


def test_a_template_is_kept_without_blanks_around_it(opened: Open) -> None:
    window = opened()
    window.template.setText("  {title}  ")
    window.template.editingFinished.emit()
    assert window._store.value.pdf_name == window._template == "{title}"
