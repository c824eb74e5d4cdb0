"""The visible page is there soon: before the rest, and after each change without a white moment."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.document.images import Pictures
from reader.gui.printing.page_views import Pages
from reader.gui.printing.print_window import ArticleChoice, PrintWindow
from reader.library.library import Library
from reader.model import Article
from reader.printing.book import Book
from reader.printing.piece import entry_of
from reader.settings_store import SettingsStore
from reader.sheet import Sheet

Add = Callable[..., Article]
_LONG = "\n\n".join(f"## Part {n}\n\n" + "Some words of text. " * 150 for n in range(120))


@pytest.fixture
def window(qtbot: QtBot, library: Library, add: Add, pictures: Pictures) -> Iterator[PrintWindow]:
    article = add("Long one", _LONG)._replace(words=60_000)
    choice = ArticleChoice("This article", "Long one", lambda: [entry_of(article)])
    made = PrintWindow([choice], library.article, pictures, SettingsStore())
    yield made
    made.reject()
    made.reject()
    made.deleteLater()


def _label(pages: Pages) -> str:
    return pages._number.text()


def test_the_first_pages_are_shown_before_the_whole(qtbot: QtBot, window: PrintWindow) -> None:
    shown: list[tuple[bool, int, str]] = []
    while window.busy:
        window._go_on(0.001)
        book = window.pages.preview._book
        if book is not None:
            shown.append((book.complete, window.pages.preview.count, _label(window.pages)))
    first, last = shown[0], shown[-1]
    assert (first[0], first[2]) == (False, "Page 1"), "it is not known how many there will be"
    assert 1 <= first[1] < last[1]
    assert (last[0], last[2]) == (True, f"Page 1 of {last[1]}")


def test_the_page_in_view_stays_until_its_new_one_is_laid_out(
    qtbot: QtBot, window: PrintWindow
) -> None:
    window.show()
    qtbot.waitUntil(lambda: not window.busy)
    old = window.pages.preview._book
    window.pages.preview.turn(20)
    assert window.pages.preview.current == 20
    window.sheet_choices._choose("justified", True)
    for _ in range(3):
        window._go_on(0.001)
    assert window.busy
    assert window.pages.preview._book is old, "its glimpse does not have this page"
    qtbot.waitUntil(lambda: not window.busy)
    assert window.pages.preview._book is window._book
    assert window.pages.preview.current == 20


def test_a_stopped_layout_shows_what_there_is(qtbot: QtBot, window: PrintWindow) -> None:
    window._go_on(0.001)
    window.stop()
    assert window.status == "Stopped. Not all pages are shown."
    assert window.pages.preview.count > 0


def test_old_pages_stay_until_others_are_drawn_if_the_paper_is_the_same(
    qtbot: QtBot, window: PrintWindow
) -> None:
    window.show()
    qtbot.waitUntil(lambda: not window.busy)
    preview = window.pages.preview
    qtbot.waitUntil(lambda: bool(preview._drawn) and not preview._wanted)

    def others(sheet: Sheet) -> Book:
        assert window._book is not None
        setter = window._book.typesetter
        made = Book(window._book.entries, setter.find, sheet, setter.pictures)
        for _ in made.steps():
            pass
        return made

    for paper, is_kept in (("A4", True), ("A5", False)):
        preview.show_book(others(Sheet(paper, grey=True)))
        preview.set_sides(window.pages.thumbnails._sides[:1])
        old = {key: drawn.cacheKey() for key, drawn in preview._old.items()}
        assert (0, preview._size.width()) in old
        fits = preview._old[0, preview._size.width()].deviceIndependentSize().toSize()
        assert (fits == QRect(preview._rect(0)).size()) is is_kept
        QApplication.processEvents()
    qtbot.waitUntil(lambda: not preview._later.isActive())
    assert not preview._old, "they are not kept for ever"
