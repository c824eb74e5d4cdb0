"""The contents beside the page: headings at once, the place, what is read, and the way there."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from reader.gui.contents.panel import ContentsPanel
from reader.gui.window import Window
from reader.model import Article

Add = Callable[..., Article]
Make = Callable[..., Window]
NESTED = "\n\n".join(
    f"{'##' if n % 3 == 0 else '####'} Part {n} of *it*\n\n" + f"Sentence {n}. " * 90
    for n in range(12)
)


def _open(qtbot: QtBot, make_window: Make, article: Article, *, wide: int = 1400) -> Window:
    window = make_window()
    window.resize(wide, 800)
    window.open(article.id)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    window.qactions["contents.focus"].trigger()
    return window


def _panel(window: Window) -> ContentsPanel:
    return window.controllers.around.contents.panel


def _texts(window: Window) -> list[str]:
    model = _panel(window).view.headings
    return [model.text(number) for number in model.rows]


def _here(window: Window) -> str:
    _panel(window).follow()
    model = _panel(window).view.headings
    return model.text(model.here) if model.here >= 0 else ""


def test_return_goes_to_a_heading_and_back_returns(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _open(qtbot, make_window, add("Long", NESTED))
    view = _panel(window).view
    assert view.hasFocus()
    for _ in range(5):
        qtbot.keyClick(view, Qt.Key.Key_Down)
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert _here(window) == "Part 5 of it"
    assert window.viewer.hasFocus()
    assert view.isVisible(), "as it stands beside the page"
    window.navigation.go_back()
    assert window.viewer.verticalScrollBar().value() == 0


def test_the_place_follows_and_what_is_read_gets_its_tick(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _open(qtbot, make_window, add("Long", NESTED))
    viewer, model = window.viewer, _panel(window).view.headings
    viewer.leap_to(viewer.page.headings[10][0])
    assert _here(window) == "Part 10 of it"
    assert not any(model.read), "as a leap reads nothing"
    bar = viewer.verticalScrollBar()
    bar.setValue(0)
    for number in range(5):
        bar.setValue(round(bar.maximum() * number / 10))
        _panel(window).follow()
    here = model.here
    assert 3 < here < 8
    assert [*model.read] == [n < here and (n % 3 > 0 or n + 3 <= here) for n in range(12)]


def test_typing_finds_headings_and_esc_gives_the_keyboard_back(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _open(qtbot, make_window, add("Long", NESTED + "\n\n## Über  Wörter\n\nEnd."))
    panel = _panel(window)
    qtbot.keyClick(panel.view, "w")
    assert panel.field.hasFocus()
    qtbot.keyClicks(panel.field, "orter uber")
    assert _texts(window) == ["Über Wörter"]
    qtbot.keyClick(panel.field, Qt.Key.Key_Return)
    assert _here(window) == "Über Wörter"
    panel.take_keyboard()
    qtbot.keyClick(panel.view, Qt.Key.Key_Escape)
    assert window.viewer.hasFocus()


def test_an_article_without_headings_says_so(qtbot: QtBot, make_window: Make, add: Add) -> None:
    window = _open(qtbot, make_window, add("Short", "No heading. " * 50))
    assert "no headings" in _panel(window)._empty.text()
    assert _panel(window)._empty.isVisible()
    qtbot.waitUntil(lambda: _panel(window)._close.hasFocus())
    qtbot.keyClick(_panel(window)._close, Qt.Key.Key_Escape)
    assert window.viewer.hasFocus()


def test_below_a_width_they_lie_over_the_page_and_go_once_one_has_chosen(
    qtbot: QtBot, make_window: Make, add: Add
) -> None:
    window = _open(qtbot, make_window, add("Long", NESTED), wide=900)
    panel, viewer = _panel(window), window.viewer
    assert panel.geometry().intersects(viewer.geometry())
    qtbot.keyClick(panel.view, Qt.Key.Key_Return)
    assert not panel.isVisible()
    assert not window.settings.contents
    window.resize(1400, 800)
    window.qactions["contents.toggle"].trigger()
    assert not panel.geometry().intersects(viewer.geometry())
    assert window.settings.contents
    assert window.qactions["contents.toggle"].isChecked()


def test_they_go_while_the_page_is_alone(qtbot: QtBot, make_window: Make, add: Add) -> None:
    window = _open(qtbot, make_window, add("Long", NESTED))
    window.qactions["window.focus_mode"].trigger()
    assert not _panel(window).isVisible()
    qtbot.waitUntil(lambda: window.viewer.width() == window.width())
    window.qactions["window.focus_mode"].trigger()
    assert _panel(window).isVisible()


def test_they_are_there_again_at_the_next_start(make_window: Make, add: Add) -> None:
    article = add("Long", NESTED)
    window = make_window(contents=True, article=article.id)
    assert window.controllers.around.contents.is_shown
    assert len(_texts(window)) == 12


@pytest.mark.parametrize("number", [0, 577, 999])
def test_of_a_thousand_headings_each_is_found_before_the_page_is_built(
    qtbot: QtBot, make_window: Make, add: Add, number: int
) -> None:
    text = "\n\n".join(f"{'#' * (n % 6 + 1)} Part {n % 500}\n\nWords of {n}." for n in range(1000))
    window = make_window(contents=True, article=add("Long", text).id)
    assert not window.viewer.document_ready
    assert len(_texts(window)) == 1000
    _panel(window).go_to(number)
    qtbot.waitUntil(lambda: window.viewer.document_ready)
    _panel(window).follow()
    position = window.viewer.page.headings[number][0]
    seen = window.viewer.cursorRect(window.viewer.cursor_over(position, position))
    assert 0 <= seen.top() < window.viewer.height()
