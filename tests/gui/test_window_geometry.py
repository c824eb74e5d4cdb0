"""The shape of the window is kept when it changes, without any closing."""

from collections.abc import Callable

from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from reader import paths, settings
from reader.gui.window import Window
from reader.settings import Settings

Make = Callable[..., Window]


def _kept() -> Settings:
    return settings.load(paths.settings_file())


def test_size_panes_folds_and_zoom_are_kept_while_the_window_is_open(
    qtbot: QtBot, make_window: Make
) -> None:
    window = make_window(folded=())
    window.resize(1200, 640)
    qtbot.waitUntil(lambda: _kept().window != "")
    shape = _kept().window
    window.panes.setSizes([200, 300, 500])
    window.panes.splitterMoved.emit(200, 1)
    window.list.larger()
    window.shelves.set_folded("section:tags", True)
    window.viewer.zoom_in()
    qtbot.waitUntil(lambda: _kept().folded == ("section:tags",) and _kept().zoom == 1.1)
    kept = _kept()
    assert kept.panes == tuple(window.panes.sizes())
    assert kept.list_size == window.list.size_factor > 1
    window.resize(1100, 700)
    qtbot.waitUntil(lambda: _kept().window not in ("", shape))


def test_a_window_that_hides_its_shelves_keeps_their_width(qtbot: QtBot, make_window: Make) -> None:
    window = make_window(panes=(210, 330, 800))
    window.qactions["window.show_panes"].trigger()
    assert not window.shelves.isVisible()
    window.geometry_keeper.keep()
    assert window.settings.panes == (210, 330, 800)


def test_the_first_window_fits_on_its_screen(make_window: Make) -> None:
    window = make_window()
    fresh = Window(window.library, Settings())
    free = fresh.screen().availableGeometry()
    assert fresh.width() <= free.width() - 24
    assert fresh.height() <= free.height() - 24
    fresh.close()
    fresh.deleteLater()


def test_a_window_comes_back_if_its_screen_goes(qtbot: QtBot, make_window: Make) -> None:
    window = make_window()
    window.resize(600, 400)
    window.move(7000, 5000)
    app = QGuiApplication.instance()
    assert isinstance(app, QGuiApplication)
    app.screenRemoved.emit(window.screen())
    qtbot.waitUntil(lambda: window.screen().availableGeometry().contains(window.geometry()))
