"""The print window: pages seen at once, choices at work, files written or stopped."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QComboBox
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.library.library import Library
from reader.model import Article
from reader.printing.piece import entry_of
from reader.printing.sheets import PRESETS
from reader.settings import Settings
from reader.settings_store import SettingsStore
from reader.sheet import Imposition, Links, Sheet

Add = Callable[..., Article]
Open = Callable[..., PrintWindow]
_LONG = "\n\n".join(f"## Part {n}\n\n" + "Some words of text. " * 60 for n in range(30))


@pytest.fixture
def open_window(qtbot: QtBot, library: Library, add: Add, pictures: Pictures) -> Iterator[Open]:
    made: list[PrintWindow] = []

    def make(*articles: Article, **liking: object) -> PrintWindow:
        chosen = articles or (add("Long one", _LONG), add("Another", "Words."))
        choices = [
            ArticleChoice("This article", chosen[0].title, lambda: [entry_of(chosen[0])]),
            ArticleChoice("All", "Everything", lambda: [entry_of(each) for each in chosen]),
        ]
        store = SettingsStore(value=Settings(**liking))  # type: ignore[arg-type]
        window = PrintWindow(choices, library.article, pictures, store)
        made.append(window)
        window.show()
        qtbot.waitUntil(lambda: not window.busy)
        return window

    yield make
    for window in made:
        window.close()
        window.deleteLater()


def _count(window: PrintWindow) -> int:
    return window.pages.preview.count


def test_pages_are_there_and_turn(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    count = _count(window)
    assert count > 5
    assert window.status == f"{count} pages."
    preview = window.pages.preview
    qtbot.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.current == 1
    assert window.pages.thumbnails.current == 1
    qtbot.keyClick(preview, Qt.Key.Key_End)
    assert preview.current == count - 1
    qtbot.keyClick(preview, Qt.Key.Key_Home)
    assert preview.current == 0


def test_a_page_is_drawn_with_its_text(qtbot: QtBot, open_window: Open) -> None:
    preview = open_window().pages.preview

    def dark() -> int:
        image = preview.grab().toImage()
        return sum(
            image.pixelColor(x, y).lightness() < 90
            for x in range(0, image.width(), 2)
            for y in range(0, image.height(), 2)
        )

    qtbot.waitUntil(lambda: dark() > 400)


def test_a_choice_changes_the_pages_and_is_told(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    before = _count(window)
    kept = window._store
    box = next(b for b in window.findChildren(QComboBox) if b.findText("Newspaper") >= 0)
    box.setCurrentText("Newspaper")
    box.activated.emit(box.currentIndex())
    qtbot.waitUntil(lambda: 0 < _count(window) < before and not window.busy)
    assert kept.value.sheet == PRESETS["Newspaper"]
    check = next(b for b in window.findChildren(QCheckBox) if b.text() == "Greyscale")
    check.click()
    assert kept.value.sheet.grey
    assert box.currentText() == "Your own"


def test_the_paper_may_be_of_any_size(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    paper = next(b for b in window.findChildren(QComboBox) if b.isEditable())
    edit = paper.lineEdit()
    assert edit is not None
    paper.setCurrentText("148x100")
    edit.editingFinished.emit()
    assert window.sheet_choices.sheet.paper == "148x100"
    paper.setCurrentText("nonsense")
    edit.editingFinished.emit()
    assert window.sheet_choices.sheet.paper == "148x100"
    assert paper.currentText() == "148x100"


def test_own_presets_are_kept_and_deleted(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "reader.gui.printing.sheet_choices.QInputDialog.getText", lambda *_: ("Mine", True)
    )
    own = Sheet(links=Links.NUMBERED, size_pt=12.5)
    window = open_window(sheet=own)
    window._store.update(presets={"Made elsewhere": Sheet()})
    window.sheet_choices.save_button.click()
    assert window._store.value.presets == {"Made elsewhere": Sheet(), "Mine": own}
    window.sheet_choices.remove_button.click()
    assert window._store.value.presets == {"Made elsewhere": Sheet()}


def test_a_book_of_many_has_contents(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    alone = _count(window)
    window.what.setCurrentIndex(1)
    window.what.activated.emit(1)
    qtbot.waitUntil(lambda: _count(window) > alone and not window.busy)
    assert window.each_button.isVisible()


def test_a_folded_booklet_tells_how_to_print_it(qtbot: QtBot, open_window: Open) -> None:
    window = open_window(sheet=Sheet(imposition=Imposition.FOLDED))
    assert "short edge" in window.status
    assert _count(window) % 2 == 0


def test_a_pdf_is_saved(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    target = tmp_path / "out.pdf"
    monkeypatch.setattr(
        "reader.gui.printing.print_window.QFileDialog.getSaveFileName",
        lambda *_: (str(target.with_suffix("")), ""),
    )
    window.pdf_button.click()
    assert not window.sheet_choices.isEnabled()
    qtbot.waitUntil(lambda: not window.busy)
    assert target.read_bytes().startswith(b"%PDF")
    assert "Saved" in window.status
    assert window.sheet_choices.isEnabled()


def test_stopping_leaves_no_file(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(
        "reader.gui.printing.print_window.QFileDialog.getSaveFileName",
        lambda *_: (str(folder / "out.pdf"), ""),
    )
    window.pdf_button.click()
    assert window.busy
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.busy
    assert window.isVisible()
    assert list(folder.iterdir()) == []
    assert "Stopped" in window.status


def test_trouble_is_said_in_the_window(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window()
    monkeypatch.setattr(
        "reader.gui.printing.print_window.QFileDialog.getSaveFileName",
        lambda *_: (str(tmp_path / "none" / "a.pdf"), ""),
    )
    window.pdf_button.click()
    qtbot.waitUntil(lambda: not window.busy)
    assert "There is no folder" in window.status


def test_each_article_becomes_a_pdf(
    qtbot: QtBot, open_window: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window = open_window(pdf_name="{number} {title}")
    window.what.setCurrentIndex(1)
    window.what.activated.emit(1)
    folder = tmp_path / "out"
    folder.mkdir()
    monkeypatch.setattr(
        "reader.gui.printing.print_window.QFileDialog.getExistingDirectory", lambda *_: str(folder)
    )
    qtbot.waitUntil(lambda: not window.busy)
    window.each_button.click()
    qtbot.waitUntil(lambda: not window.busy)
    assert sorted(each.name for each in folder.iterdir()) == [
        "001 Long one.pdf",
        "002 Another.pdf",
    ]
    assert "2 PDFs saved" in window.status


def test_without_a_printer_a_pdf_is_offered(
    qtbot: QtBot, open_window: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("reader.gui.printing.print_window.has_printer", lambda: False)
    window = open_window()
    window.print_button.click()
    assert "Save as PDF" in window.status


def test_zoom_keeps_the_page(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    preview = window.pages.preview
    preview.turn(3)
    for factor in (1.5, 1.5, 0.5, 0.0):
        preview.zoom(factor)
        assert preview.current == 3


def test_escape_closes_and_so_does_the_button(qtbot: QtBot, open_window: Open) -> None:
    window = open_window()
    qtbot.keyClick(window, Qt.Key.Key_Escape)
    assert not window.isVisible()
    window.show()
    window.close_button.click()
    assert not window.isVisible()
    window.show()
    window.close()
    assert not window.isVisible()


def test_a_template_for_names_is_kept_and_a_wrong_one_explained(
    qtbot: QtBot, open_window: Open
) -> None:
    window = open_window()
    window.template.setText("{date} {title}")
    window.template.editingFinished.emit()
    window.template.setText("{nonsense}")
    window.template.editingFinished.emit()
    assert window._store.value.pdf_name == "{date} {title}"
    assert "its fields are {title}" in window.status
