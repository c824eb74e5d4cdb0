"""The page of an article without a text: in any size, direction, theme, and with any title."""

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader import themes
from reader.document.images import Pictures
from reader.gui.failures.page import FailurePage
from reader.gui.viewer.viewer import Viewer
from reader.library.library import Library
from reader.model import Article, Clipping, Failure, FailureKind, Look


@pytest.fixture
def viewer(qtbot: QtBot, pictures: Pictures, look: Look) -> Viewer:
    made = Viewer(pictures, look)
    qtbot.addWidget(made)
    made.resize(700, 600)
    made.show()
    return made


def _article(
    library: Library, title: str = "A title", url: str = "https://example.org/a"
) -> Article:
    return library.article(library.add(Clipping(url, title, site="Site")).id)


def _failed(article: Article, kind: FailureKind, status: int = 0) -> Article:
    return article._replace(failure=Failure(kind, status, "2026-11-14T09:12:00Z", 3))


def _place(part: QWidget, page: FailurePage) -> QRect:
    return QRect(part.mapTo(page.viewport(), part.rect().topLeft()), part.size())


@pytest.mark.parametrize("kind", FailureKind)
def test_every_kind_of_failure_has_words_of_its_own(
    viewer: Viewer, library: Library, kind: FailureKind
) -> None:
    page = FailurePage(viewer)
    page.show_article(_failed(_article(library), kind, 503), busy=False, can_change=True)
    said = page._card.accessibleName()
    assert "503 Service Unavailable" in said
    assert "three times in all" in said
    assert page.buttons["again"].text() == "Try Again"
    assert page.buttons["plain"].isHidden() == (kind is not FailureKind.UNSAFE)


@pytest.mark.parametrize(
    "title", ["W" * 10_000, "word " * 2_000, "😀", "   ", "حارس " * 60, "<b>&amp;"]
)
@pytest.mark.parametrize("width", [420, 320, 1600])
@pytest.mark.parametrize(
    "direction", [Qt.LayoutDirection.LeftToRight, Qt.LayoutDirection.RightToLeft]
)
def test_nothing_is_cut_at_any_width(
    viewer: Viewer, library: Library, title: str, width: int, direction: Qt.LayoutDirection
) -> None:
    viewer.setLayoutDirection(direction)
    viewer.resize(width, 500)
    page = FailurePage(viewer)
    article = _article(library, title, f"https://example.org/{'x' * 900}?{'y' * 900}")
    page.show_article(_failed(article, FailureKind.UNSAFE), busy=False, can_change=True)
    for _ in range(5):
        QApplication.processEvents()
    column = page.widget()
    assert column is not None
    assert column.width() <= page.viewport().width()
    parts = [
        x for x in (*page.findChildren(QLabel), *page.findChildren(QPushButton)) if x.isVisible()
    ]
    for part in parts:
        place = _place(part, page)
        assert place.left() >= 0
        assert place.right() < page.viewport().width()
        if isinstance(part, QPushButton):
            assert part.width() >= part.sizeHint().width()
            assert part.height() >= 24
        elif isinstance(part, QLabel) and part.text():
            assert part.height() >= part.heightForWidth(part.width())
    shown = [_place(part, page) for part in parts]
    assert not any(a.intersects(b) for n, a in enumerate(shown) for b in shown[:n])


def test_the_edge_of_the_card_is_at_its_start(viewer: Viewer, library: Library) -> None:
    page = FailurePage(viewer)
    bad, panel = viewer.look.theme.bad, viewer.look.theme.panel
    for direction, near in (
        (Qt.LayoutDirection.LeftToRight, 2),
        (Qt.LayoutDirection.RightToLeft, -3),
    ):
        viewer.setLayoutDirection(direction)
        page.show_article(_failed(_article(library), FailureKind.GONE), busy=False, can_change=True)
        QApplication.processEvents()
        image = page._card.grab().toImage()
        middle, width = image.height() // 2, image.width()
        assert image.pixelColor(near % width, middle).name() == bad
        assert image.pixelColor((-near - 1) % width, middle).name() == panel


@pytest.mark.parametrize("theme", ["light", "sepia", "dark"])
def test_another_theme_paints_it_anew(viewer: Viewer, library: Library, theme: str) -> None:
    page = FailurePage(viewer)
    page.show_article(_failed(_article(library), FailureKind.GONE), busy=False, can_change=True)
    viewer.set_look(viewer.look._replace(theme=themes.theme(theme)))
    QApplication.processEvents()
    image = page._card.grab().toImage()
    assert image.pixelColor(2, image.height() // 2).name() == themes.theme(theme).bad


def test_it_covers_the_viewer_in_every_size_and_what_lies_beneath_is_out_of_reach(
    viewer: Viewer, library: Library
) -> None:
    page = FailurePage(viewer)
    page.show_article(_article(library), busy=False, can_change=True)
    viewer.resize(900, 400)
    assert page.geometry() == viewer.rect()
    assert not viewer.viewport().isEnabled()
    page.give_way()
    assert viewer.viewport().isEnabled()
    assert viewer.focusProxy() is None


def test_what_cannot_be_done_is_not_offered(viewer: Viewer, library: Library) -> None:
    page = FailurePage(viewer)
    failed = _failed(_article(library), FailureKind.UNSAFE)
    page.show_article(failed, busy=False, can_change=False)
    assert [id for id, button in page.buttons.items() if not button.isHidden()] == ["browser"]
    local = failed._replace(url="http://192.168.1.5/a")
    page.show_article(local, busy=False, can_change=True)
    assert page.buttons["snapshot"].isHidden()
    assert page.buttons["plain"].isHidden()
    pasted = _article(library, url="paste:abc")
    page.show_article(pasted, busy=False, can_change=True)
    assert [id for id, x in page.buttons.items() if not x.isHidden()] == ["paste", "remove"]
    assert page._heading.text() == "This article has no text"


def test_return_presses_a_button_that_keeps_its_colours(
    qtbot: QtBot, viewer: Viewer, library: Library
) -> None:
    page = FailurePage(viewer)
    page.show_article(_failed(_article(library), FailureKind.OFFLINE), busy=False, can_change=True)
    viewer.activateWindow()
    qtbot.waitUntil(viewer.isActiveWindow)
    button = page.buttons["browser"]
    button.setFocus()
    assert not button.isDefault(), "it would look like the main button"
    with qtbot.waitSignal(page.wanted) as wanted:
        qtbot.keyClick(button, Qt.Key.Key_Return)
    assert wanted.args == ["browser"]
