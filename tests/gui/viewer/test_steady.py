"""Only the person moves the page: layout, focus, windows and starts leave the line where it is."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QFont, QTextCursor, QWheelEvent
from PySide6.QtWidgets import QAbstractSlider, QApplication, QScrollBar
from pytestqt.qtbot import QtBot

from reader import themes
from reader.anchor import Anchor
from reader.gui.viewer.scroll_anchor import ScrollAnchor, anchor_at_top, y_of
from reader.gui.viewer.steady import SteadyBrowser
from reader.gui.viewer.viewer import Viewer
from reader.gui.widgets.zoomable import ZoomableBrowser
from reader.gui.window import Window
from reader.library.library import Library
from reader.model import Article, Look

Make = Callable[..., Window]
Add = Callable[..., Article]
LONG = "\n\n".join(f"Paragraph {n}. " + "Some words of it. " * 40 for n in range(90))
PLACE = Anchor(40, 12)


@pytest.fixture
def article(add: Add, library: Library) -> Article:
    """Return a long article that was left in its middle."""
    made = add("Long", LONG)
    library.reading_log.keep_position(made.id, PLACE, 0.5)
    return library.article(made.id)


def _read(qtbot: QtBot, window: Window) -> Viewer:
    viewer = window.viewer
    qtbot.waitUntil(lambda: viewer.document_ready)
    qtbot.wait(30)
    return viewer


def _block_at_top(viewer: Viewer) -> int:
    return viewer.page.anchor_at(anchor_at_top(viewer).position).block


def test_starts_and_quick_ends_keep_the_place(
    qtbot: QtBot, make_window: Make, article: Article, library: Library
) -> None:
    for number in range(6):
        window = make_window(article=article.id)
        if number % 2:
            _read(qtbot, window)
            qtbot.wait(450)  # longer than the page rests before it tells its place
            assert _block_at_top(window.viewer) in (PLACE.block - 1, PLACE.block)
        window.close()
        assert library.article(article.id).position == PLACE
        assert library.article(article.id).progress == 0.5


def _hide_and_show(window: Window) -> None:
    window.hide()
    window.show()


def _minimize(window: Window) -> None:
    window.showMinimized()
    QApplication.processEvents()
    window.showNormal()


def _search(window: Window) -> None:
    window.controllers.page.find_bar.open_bar()
    QApplication.processEvents()
    window.controllers.page.find_bar.close_bar()


def _statistics(window: Window) -> None:
    window.controllers.statistics.toggle()
    QApplication.processEvents()
    window.controllers.statistics.close_page()


def _another_font(window: Window) -> None:
    font = QFont(window.viewer.font())
    font.setPointSizeF(font.pointSizeF() + 3)
    window.viewer.setFont(font)


@pytest.mark.parametrize(
    "happening",
    [
        _hide_and_show,
        _minimize,
        _search,
        _statistics,
        _another_font,
        lambda window: window.resize(700, 500),
        lambda window: window.list.setFocus(),
        lambda window: window.viewer.setFocus(),
        lambda window: window.panes.fold(not window.panes.folded),
        lambda window: window.viewer.zoom_in(),
        lambda window: window.viewer.set_look(Look(themes.theme("dark"))),
        lambda window: window.refresh(),
        lambda window: window.context.images.arrived.emit(),
        lambda window: window.context.messages.warn("A message."),
        lambda window: window.viewer.ensureCursorVisible(),
        lambda window: window.viewer.page.documentLayout().documentSizeChanged.emit(
            window.viewer.page.size()
        ),
        lambda window: QApplication.sendEvent(
            window.viewer, QEvent(QEvent.Type.DevicePixelRatioChange)
        ),
    ],
)
def test_nothing_but_the_person_changes_the_place(
    qtbot: QtBot,
    make_window: Make,
    article: Article,
    library: Library,
    happening: Callable[[Window], object],
) -> None:
    window = make_window(article=article.id)
    viewer = _read(qtbot, window)
    happening(window)
    _read(qtbot, window)
    if "ensureCursorVisible" not in happening.__code__.co_names:
        assert _block_at_top(viewer) in (PLACE.block - 1, PLACE.block)
    window.close()
    assert library.article(article.id).position == PLACE


def _wheel(qtbot: QtBot, viewer: Viewer) -> None:
    place, buttons = QPointF(300, 300), Qt.MouseButton.NoButton
    event = QWheelEvent(
        place, place, QPoint(), QPoint(0, -120), buttons,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(viewer.viewport(), event)


def _find(_: QtBot, viewer: Viewer) -> None:
    viewer.show_cursor(QTextCursor(viewer.page.find("Paragraph 80")))


@pytest.mark.parametrize(
    "way",
    [
        _wheel,
        _find,
        lambda qtbot, viewer: qtbot.keyClick(viewer, Qt.Key.Key_PageDown),
        lambda qtbot, viewer: qtbot.keyClick(viewer, Qt.Key.Key_Down),
        lambda qtbot, viewer: qtbot.keyClick(viewer, Qt.Key.Key_Space),
        lambda _, viewer: viewer._bar.triggerAction(QAbstractSlider.SliderAction.SliderToMaximum),
        lambda _, viewer: viewer._bar.setSliderPosition(viewer._bar.value() + 300),
        lambda _, viewer: viewer._bar.setValue(viewer._bar.value() + 300),
    ],
)
def test_every_way_in_which_a_person_scrolls_changes_the_place(
    qtbot: QtBot,
    make_window: Make,
    article: Article,
    library: Library,
    way: Callable[[QtBot, Viewer], object],
) -> None:
    window = make_window(article=article.id)
    viewer = _read(qtbot, window)
    way(qtbot, viewer)
    qtbot.waitUntil(lambda: library.article(article.id).position not in (PLACE, Anchor()))


def test_another_text_of_the_article_is_read_on_from_the_same_words(
    qtbot: QtBot, make_window: Make, add: Add, article: Article, library: Library
) -> None:
    window = make_window(article=article.id)
    viewer = _read(qtbot, window)
    shorter = "\n\n".join(LONG.split("\n\n")[9:]).replace("Some", "Sume")
    add("Long", f"Put in first.\n\n{shorter}")
    window.refresh()
    qtbot.waitUntil(lambda: "Put in first" in viewer.page.toPlainText())
    _read(qtbot, window)
    block = viewer.page.findBlock(anchor_at_top(viewer).position)
    assert {"Paragraph 39.", "Paragraph 40."} & {block.text()[:13], block.next().text()[:13]}
    window.close()
    assert library.article(article.id).position == PLACE, "nobody has moved"


def test_the_place_is_told_before_another_window_comes(
    qtbot: QtBot, make_window: Make, article: Article, library: Library
) -> None:
    viewer = _read(qtbot, window := make_window(article=article.id))
    viewer._resting.setInterval(10**6)
    viewer._bar.setValue(viewer._bar.value() + 900)
    QApplication.sendEvent(viewer, QEvent(QEvent.Type.WindowDeactivate))
    qtbot.waitUntil(lambda: library.article(article.id).position.block > PLACE.block)
    before = library.article(article.id).position
    viewer._bar.setValue(viewer._bar.value() + 900)
    window.controllers.statistics.toggle()
    qtbot.waitUntil(lambda: library.article(article.id).position.block > before.block)


_KIND = QEvent.Type


@pytest.mark.parametrize(
    ("kinds", "moves", "is_told"),
    [
        ((_KIND.Show, _KIND.Resize, _KIND.LayoutRequest, _KIND.FontChange, _KIND.StyleChange,
          _KIND.PaletteChange, _KIND.DevicePixelRatioChange, _KIND.WindowActivate,
          _KIND.WindowDeactivate, _KIND.FocusIn, _KIND.FocusOut), False, False),
        ((_KIND.KeyPress, _KIND.Wheel, _KIND.MouseButtonPress, _KIND.MouseMove, _KIND.TouchUpdate,
          _KIND.NativeGesture, _KIND.InputMethod, _KIND.Timer), True, True),
        ((_KIND.ToolTip, _KIND.Enter, _KIND.User), True, False),
    ],
)  # fmt: skip
def test_what_moves_the_page_within_an_event_is_kept_told_or_taken_back(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, kinds: tuple[QEvent.Type, ...], moves: bool,
    is_told: bool,
) -> None:  # fmt: skip
    browser = SteadyBrowser()
    qtbot.addWidget(browser)
    browser.setPlainText("line\n" * 500)
    browser.resize(300, 200)
    browser.show()

    def jump(_: object, event: QEvent) -> bool:
        if event.type() in kinds:
            QScrollBar.setValue(browser._bar, browser._bar.value() + 100)  # as Qt itself does
        return True

    monkeypatch.setattr(ZoomableBrowser, "event", jump, raising=False)
    told: list[int] = []
    browser.scrolled.connect(lambda: told.append(browser._bar.value()))
    for kind in kinds:
        browser._bar.setValue(700)
        told.clear()
        assert browser.event(QEvent(kind))
        assert browser._bar.value() == (800 if moves else 700), kind
        assert told == ([800] if is_told else []), kind


def test_a_place_behind_the_end_is_its_end(
    qtbot: QtBot, make_window: Make, article: Article
) -> None:
    viewer = _read(qtbot, make_window(article=article.id))
    end = y_of(viewer, viewer.page.characterCount() - 1)
    assert y_of(viewer, 10**9) == end > 0


def test_trouble_while_laying_out_does_not_stop_the_page_from_moving(
    qtbot: QtBot, make_window: Make, article: Article
) -> None:
    viewer = _read(qtbot, make_window(article=article.id))
    with pytest.raises(ZeroDivisionError), viewer._holding():
        raise ZeroDivisionError
    viewer._bar.setValue(700)
    assert viewer._anchor != ScrollAnchor(0, 0)
    assert viewer._resting.isActive(), "the page still hears the person"


def test_search_down_return_escape_is_no_trouble(
    qtbot: QtBot, make_window: Make, add: Add, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    troubles: list[object] = []
    monkeypatch.setattr(
        "reader.gui.widgets.messages.show_report", lambda *told: troubles.append(told)
    )
    add("Short", "Other words of it.")
    window = make_window(article=article.id)
    window.activateWindow()
    _read(qtbot, window)
    window.controllers.search.focus_field()
    qtbot.keyClicks(window.search_field, "words")
    qtbot.wait(200)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Escape):
        qtbot.keyClick(QApplication.focusWidget() or window, key)
        qtbot.wait(60)
    assert troubles == []


@pytest.mark.logs
def test_a_page_that_cannot_be_painted_raises_nothing(
    qtbot: QtBot, make_window: Make, article: Article, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    viewer = _read(qtbot, make_window(article=article.id))
    monkeypatch.setattr("reader.gui.viewer.viewer.decorate", fail)
    assert not viewer.grab().isNull()
